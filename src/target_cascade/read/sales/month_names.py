"""How months are called beside English and numbers: Mai, février, 二〇一一年."""

import re

from target_cascade.calendar import month_number
from target_cascade.pattern import Pattern

_FOREIGN = {
    name: number
    for names in (
        "januar februar marz april mai juni juli august september oktober november dezember",
        "jan feb mrz apr mai jun jul aug sep okt nov dez",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    )
    for number, name in enumerate(names.split(), 1)
}
"""Months in German and in French, without the marks on their letters."""

_PLAIN_LETTERS = str.maketrans("äàâéèêûùôîïç", "aaaeeeuuoiic")
_HANZI_DIGITS = "〇一二三四五六七八九零"
_HANZI_YEAR = Pattern(rf"^[{_HANZI_DIGITS}]{{4}}(?=年)")


def month_of_name(name: str) -> int | None:
    """The number of a month by its name in small letters; None of another word."""
    return month_number("sep" if name == "sept" else name) or _FOREIGN.get(name)


def in_plain_signs(folded: str) -> str:
    """`folded` with plain letters where it has others; of Chinese without spaces, with its year in digits."""
    if folded.isascii():
        return folded
    letters = folded.translate(_PLAIN_LETTERS)
    return letters if letters.isascii() else _HANZI_YEAR.sub(_with_digits, folded.replace(" ", ""))


def _with_digits(found: re.Match[str]) -> str:
    return "".join(str(_HANZI_DIGITS.index(char) % 10) for char in found[0])
