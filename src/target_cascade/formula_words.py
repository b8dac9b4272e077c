"""What formulas are made of: names, numbers and signs, each with its place in the text."""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from target_cascade.amount import fold_width, parse_amount, parse_number
from target_cascade.errors import AmountError, FormulaError

RESERVED = ("min", "max", "of")
"""The words of formulas, which can be no names."""

MOST_OF_A_NAME = 60
_MOST_OF_A_NUMBER = 40
_MOST_SHOWN = 60

_TWINS = str.maketrans("×÷", "*/")
_SIGNS = "+-*/(),"
_DIGITS = re.compile(r"\.?[0-9][0-9._]*")
_PERCENT = re.compile(r"\s*%")
_EXPONENT = re.compile(r"[eE](?:[0-9]|[+-][0-9])")
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks that show nothing: with one, two names would look the same."""
_NAMES_ARE = "a name is letters, digits and `_`, such as `order_value`"
_NUMBERS_ARE = "write numbers such as 1000, 1_000, 0.85, 15%, 80万 or 40k"


def parse_name(text: str) -> str:
    """A name that formulas can use, in NFC. Raises `FormulaError`, which proposes one where it can."""
    written = text.strip()
    wrong = _wrong_with_name(written)
    if not wrong:
        return unicodedata.normalize("NFC", written)
    proposed = _proposed(written) if len(written) <= 4 * MOST_OF_A_NAME else ""
    raise FormulaError(f"{wrong}; " + (f"write `{proposed}`" if proposed else _NAMES_ARE))


def _proposed(written: str) -> str:
    """A good name that is near to `written`, or nothing."""
    name = "".join(char if _is_part(char) else "_" for char in fold_width(written))
    name = re.sub("_{2,}", "_", name).strip("_")
    if name in RESERVED:
        name += "_value"
    elif name and not _is_first(name[0]):
        name = f"_{name}"
    return "" if _wrong_with_name(name) else name


def _wrong_with_name(name: str) -> str:
    """What is wrong with `name`, or nothing."""
    if not name:
        return "a name is empty"
    # NFC makes one of at most three characters; to normalise a text without end could take for ever.
    if len(name) > 4 * MOST_OF_A_NAME or len(unicodedata.normalize("NFC", name)) > MOST_OF_A_NAME:
        return f"{quoted(name)} is longer than the {MOST_OF_A_NAME} characters that a name may have"
    if fold_width(name) in RESERVED:
        return f"`{name}` is a word of formulas and can be no name"
    for at, char in enumerate(name):
        if not _is_part(char):
            return f"{quoted(name)} is no name: {quoted(char)} stands in it, at character {at + 1}"
    return "" if _is_first(name[0]) else f"`{name}` is no name: it does not begin with a letter or `_`"


def _is_first(char: str) -> bool:
    return _is_part(char) and unicodedata.category(char)[0] != "M" and unicodedata.category(char) != "Nd"


def _is_part(char: str) -> bool:
    """Whether a name may have `char` in it: a letter of any script, its marks, a digit, `_`."""
    kind = unicodedata.category(char)
    return char == "_" or ((kind[0] in "LM" or kind in ("Nd", "Nl")) and not _is_unseen(char))


class Token(NamedTuple):
    """`text` is a sign in ASCII, `min`, `max`, `of`, a name in NFC, or a number without spaces."""

    kind: Literal["number", "name", "sign", "end"]
    text: str
    start: int
    end: int
    number: Fraction = Fraction(0)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text`, whose spaces mean nothing. Raises `FormulaError` at what is none."""
    # Twins are one character for one, so both texts have the same positions.
    folded = fold_width(text).translate(_TWINS)
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _token(text, folded, at)
        yield token
        at = token.end
    yield Token("end", "", len(text), len(text))


def _token(text: str, folded: str, at: int) -> Token:
    if digits := _DIGITS.match(folded, at):
        return _number(text, folded, at, digits.end())
    if _is_first(text[at]):
        return _word(text, at)
    if folded[at] in _SIGNS and folded[at : at + 2] not in _HINTS:
        return Token("sign", folded[at], at, at + 1)
    raise FormulaError(_no_sign(text, folded, at))


def _word(text: str, at: int) -> Token:
    end = _end_of_word(text, at)
    word = unicodedata.normalize("NFC", text[at:end])
    if fold_width(word) in RESERVED:
        return Token("sign", fold_width(word), at, end)
    if len(word) > MOST_OF_A_NAME:
        raise FormulaError(f"{_wrong_with_name(word)}, at character {at + 1}")
    return Token("name", word, at, end)


def _end_of_word(text: str, at: int) -> int:
    return next((end for end in range(at, len(text)) if not _is_part(text[end])), len(text))


def _number(text: str, folded: str, start: int, end: int) -> Token:
    """The number whose digits stand from `start` to `end`, with its unit or `%`."""
    percent = _PERCENT.match(folded, end)
    stop = percent.end() if percent else _end_of_word(text, end)
    digits, unit = folded[start:end], "" if percent else text[end:stop]
    if len(digits) + len(unit) <= _MOST_OF_A_NUMBER:
        try:
            number = parse_number(f"{digits}%") if percent else parse_amount(digits + unit)
        except AmountError:
            pass
        else:
            return Token("number", "".join(text[start:stop].split()), start, stop, number)
    raise FormulaError(_no_number(text[start:end], text[end:stop], folded[end:], start))


def _no_number(digits: str, rest: str, after: str, start: int) -> str:
    """What is wrong with `digits`, which `rest` follows without a space."""
    if len(digits) > _MOST_OF_A_NUMBER:
        return f"the number at character {start + 1} has more than {_MOST_OF_A_NUMBER} characters"
    if _EXPONENT.match(after):
        return f"the number at character {start + 1} has an exponent; write all of its digits, or 40k, 3M"
    if rest and is_number(digits):
        return missing(digits, rest, start + len(digits)) + "; a number may end in 千 万 亿, k W M bn or %"
    return f"{quoted(digits + rest)}, at character {start + 1}, is no number; {_NUMBERS_ARE}"


def is_number(text: str) -> bool:
    """Whether `text` is a number as formulas have them, perhaps with a unit."""
    try:
        parse_amount(text)
    except AmountError:
        return False
    return True


_HINTS = {
    "**": "a power is written out, as in `a * a`",
    "//": "to divide, write one `/`",
    "^": "a power is written out, as in `a * a`",
    "%": "`%` makes a percentage of the number before it, as in `15%`",
    ".": "a name has nothing inside that could be reached",
    **dict.fromkeys("=<>!", "a formula is a value, and compares nothing"),
    **dict.fromkeys("'\"“”‘’", "a text is no value; names are written without quotes"),
    **dict.fromkeys("[]{}", "write `(` and `)`"),
    **dict.fromkeys("‐‑‒–—―", "a minus is written `-`"),
}


def _no_sign(text: str, folded: str, at: int) -> str:
    length = 2 if folded[at : at + 2] in _HINTS else 1
    sign, kind = folded[at : at + length], unicodedata.category(text[at])
    hint = _HINTS.get(sign) or "a formula has names, numbers, + - * / ( ), min, max and of"
    if kind == "Sc":
        hint = "write the amount without its currency"
    elif kind == "Nd":
        hint = "digits are written 0 to 9"
    return f"{quoted(text[at : at + length])}, at character {at + 1}, has no place in a formula; {hint}"


def missing(left: str, right: str, at: int) -> str:
    """The message for two values side by side; `at` is where the right one begins, from 0."""
    return f"a sign is missing between {quoted(left)} and {quoted(right)}, at character {at + 1}"


def quoted(text: str, ends: bool = False) -> str:
    """`text` in a message: its beginning, or end, on one line and with nothing that cannot be seen."""
    text = " ".join(text.split()) or text
    shown = text[-_MOST_SHOWN:] if ends else text[:_MOST_SHOWN]
    shown = "".join(f"U+{ord(char):04X}" if char == "`" or _is_unseen(char) else char for char in shown)
    if len(shown) > _MOST_SHOWN or len(text) > _MOST_SHOWN:
        shown = f"…{shown[-_MOST_SHOWN:]}" if ends else f"{shown[:_MOST_SHOWN]}…"
    return f"`{shown}`"


def _is_unseen(char: str) -> bool:
    return not char.isprintable() or bool(_UNSEEN.match(char))
