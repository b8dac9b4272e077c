"""How amounts are written in real files: ￥1,234.00, (1.234,56), 1.2万, 8.3%."""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from target_cascade.amount import fold_width, parse_amount
from target_cascade.currency import MONEY, currencies_of
from target_cascade.errors import AmountError, InputError
from target_cascade.pattern import Pattern
from target_cascade.read.tables.grid import Cell
from target_cascade.unit_text import unit_of

__all__ = [
    "Style",
    "is_figure",
    "money_of",
    "own_unit",
    "read_figure",
    "read_share",
    "says_nothing",
    "style_of",
    "unit_of",
]

_FOLDED = (
    {ord(sign): "'" for sign in "’‘´`"}
    | {ord(sign): " " for sign in "\xa0\u202f\u2009\u2007"}
    | {0x2013: "-"}
)
_FIGURE = Pattern(
    rf"(?P<open>\()?\s*(?P<sign>[+-]?)\s*(?P<money>{MONEY})?\s*(?P<after>[+-]?)\s*"
    r"(?P<number>\d(?:[\d.,_' ]*\d)?(?:[.,](?=-{1,2}\D*$))?|[.,]\d+|\d[\d,]*[.,](?=\D*$))"
    r"(?:(?<=[.,])-{1,2})?\s*"
    rf"(?P<suffix>%|‰|e[+-]?\d+|[a-z千万十百亿]{{1,8}}?\.?)??\s*(?P<currency>{MONEY})?\s*(?P<end>-?)"
    r"\s*(?P<close>\))?",
    re.ASCII,
)
"""``780.000,-`` has no cents, and is not below 0."""
_SUFFIXES = {"mio": "m", "mn": "m", "mln": "m", "million": "m", "mrd": "bn", "billion": "bn", "tsd": "k"}
_LONGEST = 40
_DIGITS = frozenset("0123456789")

_ERROR = Pattern(r"#[A-Z/0!?_]{2,}[!?]?|#{2,}", re.IGNORECASE)
_NOTHING = frozenset(
    r"- -- --- — —— ― / // \ * ? . … n/a na n.a. n.a nan null none nil nul tbd tba"
    " 无 暂无 空 缺 未知 待定 不详 没有 缺失 无数据".split()
)
_LAKHS = Pattern(r"[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?", re.ASCII)
"""Groups of India, of amounts in rupees: ₹7,80,123."""
_SPACED = Pattern(r"\d{1,3}(?: \d{3})+(?:[.,]\d*)?", re.ASCII)


class Style(NamedTuple):
    """How the figures of a file are written: `decimal` is ``.`` or ``,``; the other one, if any, groups."""

    decimal: str


class _Written(NamedTuple):
    """A figure taken apart: `number` has digits and their separators, `suffix` a scale, an exponent or
    a sign of shares, `money` what the currency is called, before the number and after it."""

    is_negative: bool
    number: str
    suffix: str
    money: tuple[str, str] = ("", "")


def style_of(cells: Iterable[Cell], separator: str, scaled: bool = False) -> Style:
    """The style that the figures among `cells` are written in.

    `cells` are those of the columns that hold figures, not dates such as ``2011.01``. `scaled` says that
    they are in thousands or more, so that ``1.234`` is likely. Raises `InputError` where two cells
    contradict each other, and where nothing tells whether ``1.234`` is more than a thousand.
    """
    proofs: dict[str, Cell] = {}
    unclear: dict[str, Cell] = {}
    for cell in cells:
        written = _written(cell.text) if cell.kind == "text" else None
        if written is None:
            continue
        if decimal := _proven(written.number):
            proofs.setdefault(decimal, cell)
        elif "," in written.number:
            unclear.setdefault(",", cell)
        elif "." in written.number and (separator == ";" or not (scaled or _is_scale(written.suffix))):
            unclear.setdefault(".", cell)
    if len(proofs) > 1:
        raise _contradiction(proofs)
    if not proofs and (unclear.keys() & {".", ","} if separator == ";" else "." in unclear):
        raise _ambiguous(unclear.get(".") or unclear[","])
    return Style(next(iter(proofs), "."))


def read_figure(cell: Cell, style: Style) -> Fraction:
    """The amount in a cell, in units of the file, where its own suffix counts: ``1.2万`` is 12000.

    Raises `InputError` at the cell, also for an empty one and for a percentage.
    """
    written = _taken_apart(cell)
    if written.suffix in ("%", "‰"):
        message = f"`{cell.text}` is a percentage, not an amount; write the amount itself"
        raise InputError(cell.mark.problem(message))
    return _value(cell, written, style)


def read_share(cell: Cell, style: Style) -> Fraction:
    """The share in a cell, where ``8.3%`` is 0.083 and ``8.3`` is 8.3. Raises `InputError` at the cell."""
    written = _taken_apart(cell)
    part = {"%": 100, "‰": 1000}.get(written.suffix, 1)
    return _value(cell, written._replace(suffix="") if part > 1 else written, style) / part


def is_figure(text: str) -> bool:
    """Whether `text` looks like a number of any style: with a currency, parentheses, 万 or % too."""
    return _written(text) is not None


def says_nothing(text: str) -> bool:
    """Whether `text` stands for a value that is not there: ``-``, ``n/a``, ``无``."""
    return fold_width(text).strip().lower() in _NOTHING


def own_unit(text: str) -> str:
    """The scale that a figure names itself, which a unit of its column must not be put on top of: 万 of
    ``1.2万``. Empty where there is none."""
    written = _written(text)
    return written.suffix if written and _is_scale(written.suffix) else ""


def money_of(text: str) -> tuple[str, str]:
    """What the currency of a figure is called before it and after it: ``¥`` and nothing of ``¥780``."""
    written = _written(text)
    return written.money if written else ("", "")


@lru_cache(maxsize=16_384)  # Of each cell it is asked a handful of times.
def _written(text: str) -> _Written | None:
    """`text` taken apart; None where it is no figure."""
    folded = fold_width(text.strip()[: _LONGEST + 1]).translate(_FOLDED).strip().lower()
    if folded[:1] == "'" and folded[1:2].isdigit():
        folded = folded[1:]  # It keeps a spreadsheet from reading a number.
    if folded.isascii() and folded.isdigit() and len(folded) <= _LONGEST:
        return _Written(False, folded, "")
    if _DIGITS.isdisjoint(folded):
        return None
    match = _FIGURE.fullmatch(folded) if len(folded) <= _LONGEST else None
    if match is None:
        return None
    signs = [match["sign"], match["after"], match["end"], match["open"] or ""]
    is_one = sum(map(bool, signs)) <= 1 and bool(match["open"]) == bool(match["close"])
    is_one = is_one and (" " not in match["number"] or _SPACED.fullmatch(match["number"]) is not None)
    suffix = (match["suffix"] or "").removesuffix(".")
    suffix = _SUFFIXES.get(suffix, suffix)
    if not is_one or not (not suffix or suffix[0] in "e%‰" or _is_scale(suffix)):
        return None
    number = match["number"]
    if "INR" in currencies_of(match["money"] or "") and _LAKHS.fullmatch(number):
        number = number.replace(",", "")
    money = (match["money"] or "", match["currency"] or "")
    return _Written(bool(match["open"]) or "-" in signs, number, suffix, money)


@lru_cache(maxsize=256)
def _is_scale(suffix: str) -> bool:
    try:
        return bool(suffix) and suffix not in "%‰" and parse_amount(f"1{suffix}") >= 1000
    except AmountError:
        return False


def _taken_apart(cell: Cell) -> _Written:
    written = _written(cell.text) if cell.kind in ("text", "number") else None
    if written is None:
        raise InputError(cell.mark.problem(_why_none(cell)))
    if written.suffix.startswith("e"):
        message = f"`{cell.text}` is written with an exponent, which may have lost digits"
        hint = "show the column as a number in the spreadsheet and save it again"
        raise InputError(cell.mark.problem(f"{message}; {hint}"))
    if not cell.divided_by:
        message = f"`{cell.text}` is shown in a unit by which its number format does not divide it"
        hint = "show it in the format `0.00`, see whether it is right, and save the file again"
        raise InputError(cell.mark.problem(f"{message}; {hint}"))
    return written


def _why_none(cell: Cell) -> str:
    shown = f"`{cell.text}`" if len(cell.text) <= _LONGEST else f"`{cell.text[:_LONGEST]}…`"
    folded = fold_width(cell.text).strip().lower()
    if not folded:
        why = "this cell is empty; write 0 if there were no sales"
    elif cell.kind == "error" and folded.startswith("="):
        why = f"{shown} is a formula without a value; open the file in Excel or LibreOffice and save it"
    elif cell.kind == "error" or _ERROR.fullmatch(folded):
        why = f"{shown} is an error of the spreadsheet; mend it there and save the file again"
    elif cell.kind == "date":
        why = f"{shown} is a date, not an amount; is the column shown as dates by mistake?"
    elif says_nothing(cell.text):
        why = f"{shown} is no number; write 0 if there were no sales"
    else:
        why = f"{shown} is not an amount; write its digits, such as 1234567.89"
    return why


def _value(cell: Cell, written: _Written, style: Style) -> Fraction:
    decimal = "." if cell.kind == "number" else style.decimal
    try:
        amount = parse_amount(_plain(written.number, decimal) + written.suffix)
    except AmountError as error:
        message = f"`{cell.text}` is not an amount: {error}"
        raise InputError(cell.mark.problem(message)) from None
    return -amount if written.is_negative else amount


def _plain(number: str, decimal: str) -> str:
    """The digits without groups, and with a point. Raises `AmountError` where the groups are none."""
    whole, *rest = number.split(decimal)
    if len(rest) > 1:
        raise AmountError(
            f"`{decimal}` stands in it {len(rest)} times, and it is the sign of the decimals here"
        )
    signs = sorted(set(whole) - set("0123456789"))
    if len(signs) > 1 or (rest and not rest[0].isdigit() and rest[0]):
        raise AmountError("its digits are apart by more than one sign")
    if signs:
        first, *groups = whole.split(signs[0])
        if not re.fullmatch(r"[1-9]\d{0,2}", first) or any(len(group) != 3 for group in groups):
            like = f"1{signs[0]}234{signs[0]}567"
            raise AmountError(
                f"its digits are in no groups of three, as {like} is; decimals have `{decimal}`"
            )
        whole = first + "".join(groups)
    return f"{whole or '0'}.{rest[0]}" if rest and rest[0] else whole


def _proven(number: str) -> str:
    """The sign of decimals that a number proves, ``.`` or ``,``; empty where it could be read either way,
    where it has neither, and where it is malformed."""
    if number.isdigit():
        return ""
    whole, _, rest = number.partition(".")
    if whole.isdigit() and rest.isdigit() and len(rest) != 3:
        return "."
    readings = {}
    for decimal in ".,":
        try:
            readings[decimal] = _plain(number, decimal)
        except AmountError:
            continue
    return next(iter(readings)) if len(readings) == 1 and {".", ","} & set(number) else ""


def _contradiction(proofs: dict[str, Cell]) -> InputError:
    point, comma = proofs["."], proofs[","]
    message = f"`{comma.text}` has a comma before its decimals, and `{point.text}` in {point.where} a point"
    return InputError(comma.mark.problem(f"{message}; write all of the file in one way"))


def _ambiguous(cell: Cell) -> InputError:
    digits = next(filter(None, [_written(cell.text)])).number
    grouped, decimal = digits.replace(".", "").replace(",", ""), digits.replace(",", ".")
    message = f"`{cell.text}` could be {grouped} or {decimal}, and no amount of the file tells which"
    return InputError(cell.mark.problem(f"{message}; write the amounts without signs between thousands"))
