"""Text ↔ exact numbers: 4000万, 40M, 5 %.

Numbers are read from text straight into `Fraction`; no float is ever in between.
"""

import re
from decimal import Decimal
from fractions import Fraction

from target_cascade.errors import AmountError

# What a Chinese input method types for ASCII; nothing else is folded, because "²" or "①" are not digits here.
_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0xFFE5: 0xA5, 0x2212: 0x2D}

_SUFFIXES = {
    "": 1,
    "k": 10**3,
    "千": 10**3,
    "w": 10**4,
    "万": 10**4,
    "十万": 10**5,
    "m": 10**6,
    "百万": 10**6,
    "kw": 10**7,
    "千万": 10**7,
    "亿": 10**8,
    "bn": 10**9,
}

# One kind of separator a number: 1,000_000 is more likely a slip than a style.
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:_\d{3})+|\d+"
_NUMBER = re.compile(
    rf"(?P<sign>[+-]?)\s*(?P<currency>[$¥€£₩₹₫฿₱₽₺₴₪]?)\s*(?P<number>(?:{_DIGITS})(?:\.\d+)?|\.\d+)"
    r"\s*(?P<suffix>[a-z千万十百亿%]*)",
    re.ASCII,
)
_LONGEST = 40
"""Characters of a number text that are looked at; longer ones are no sales figure but an attack."""


def fold_width(text: str) -> str:
    """`text` with full-width letters, digits and signs as their ASCII twins."""
    return text.translate(_FULL_WIDTH)


def parse_amount(text: str) -> Fraction:
    """An amount of money, in units of currency: ``4000万``, ``40M``, ``￥40_000_000``, ``-30万``.

    Raises `AmountError` where the text is no amount.
    """
    match = _match(text.strip().removesuffix("元"))
    if match is None or match["suffix"].endswith("%"):
        raise AmountError(f"{_quoted(text)} is not an amount; {_amount_hint(fold_width(text).strip())}")
    if match["suffix"] not in _SUFFIXES:
        raise AmountError(
            f"{_quoted(text)} ends in a unit that is not known here; write one of"
            " 千 万 十万 百万 千万 亿, W KW, k M bn"
        )
    return _signed(match) * _SUFFIXES[match["suffix"]]


def parse_number(text: str) -> Fraction:
    """A plain number or a percentage: ``0.8``, ``9``, ``80%``. Raises `AmountError`."""
    match = _match(text)
    if match is None or match["currency"] or match["suffix"] not in ("", "%"):
        raise AmountError(f"{_quoted(text)} is not a number; write `0.8` or `80%`")
    return _signed(match) / (100 if match["suffix"] else 1)


def parse_fraction(text: str) -> Fraction:
    """A part of something: ``5%`` or ``0.05``.

    Raises `AmountError` for a bare number beyond 1: whether ``5`` means 5 % or 500 % would be a guess.
    """
    try:
        number = parse_number(text)
    except AmountError:
        raise AmountError(f"{_quoted(text)} is not a fraction; write `5%` or `0.05`") from None
    if abs(number) > 1 and not fold_width(text).strip().endswith("%"):
        raise AmountError(
            f"{_quoted(text)} as a fraction would be {show(number * 100)} %;"
            f" write `{plain(number)}%` for {show(number)} %, or a number between 0 and 1"
        )
    return number


def exact(value: object) -> Fraction:
    """`value` as a fraction, where it is of an exact number type.

    Raises `AmountError` for floats, which have already lost what was meant, for NaN and infinities,
    and for whatever is no number.
    """
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise AmountError(f"{value} is not a finite number")
        if abs(value.adjusted()) > 1000:
            raise AmountError(f"{value} is too large or too small to be an amount")
        return Fraction(value)
    if isinstance(value, float):
        raise AmountError(f"{value!r} is a float, which is not exact; use int, Decimal, Fraction or text")
    raise AmountError(f"{value!r} is not a number; use int, Decimal or Fraction")


def plain(number: Fraction) -> str:
    """The plain decimal of a number whose decimals end: ``8400000``, ``12.5``.

    Amounts and units all do, because they are read from decimals. A number whose decimals do not
    end is a mistake of the program and raises `ValueError`.
    """
    places, power = 0, 1
    while power % number.denominator:
        places, power = places + 1, power * 10
        if places > 2 * _LONGEST:
            raise ValueError(f"{number} has no finite decimal")
    digits = str(abs(number.numerator) * (power // number.denominator)).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def show(number: Fraction) -> str:
    """A number as a message prints it: thousands apart, with all of its decimals where six are
    enough, and else cut after two of them, but never to 0."""
    places = next((p for p in range(7) if not 10**p % number.denominator), None)
    if places is None:
        size = abs(number)
        places = next((p for p in range(2, _LONGEST) if size * 10**p >= 1), _LONGEST)
    whole, rest = divmod(abs(number.numerator) * 10**places // number.denominator, 10**places)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole:,}" + (f".{rest:0{places}d}".rstrip("0") if rest else "")


def _match(text: str) -> re.Match[str] | None:
    folded = fold_width(text).strip().lower()
    return _NUMBER.fullmatch(folded) if len(folded) <= _LONGEST else None


def _signed(match: re.Match[str]) -> Fraction:
    number = Fraction(match["number"].replace(",", "").replace("_", ""))
    return -number if match["sign"] == "-" else number


def _quoted(text: str) -> str:
    if not text.strip():
        return "an empty text"
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return f"`{shown}`"


def _amount_hint(folded: str) -> str:
    if len(folded) > _LONGEST:
        return f"it has more than {_LONGEST} characters"
    if folded.endswith("%"):
        return "a percentage has no place here; write what it comes to, such as 300万"
    if re.search(r"\d[eE][+-]?\d", folded):
        return "exponents are not read; write all the digits, such as 40_000_000"
    if re.search(r"\d[,_' .]+\d", folded):
        return "`,` or `_` stands between groups of three digits, as in 40,000,000"
    return "write 4000万, 40M, 0.4亿 or 40_000_000"
