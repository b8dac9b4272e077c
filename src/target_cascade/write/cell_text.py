"""A cell as text, for people and for machines."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from target_cascade.amount import plain
from target_cascade.report.table import Cell, Kind

_PLACES = 6
"""Decimals of shares and ratios for machines."""


def machine_cell(cell: Cell, kind: Kind) -> str:
    """A cell of a column of `kind` as machines read it: plain decimals, ISO dates, shares and ratios
    with six places; nothing for the unknown."""
    match cell:
        case None:
            return ""
        case Fraction() if kind in ("share", "ratio"):
            return decimal(cell, _PLACES)
        case Fraction():
            return plain(cell)
        case date():
            return cell.isoformat()
    return str(cell)


def people_cell(cell: Cell, kind: Kind) -> str:
    """A cell as people read it: thousands apart, per cent, ×; a dash for the unknown."""
    match cell:
        case None:
            return "" if kind in ("bar", "text") else "–"
        case Fraction() if kind == "share":
            return f"{decimal(cell * 100, 1)} %"
        case Fraction() if kind == "ratio":
            return f"×{decimal(cell, 2)}"
        case Fraction():
            return _thousands(plain(cell))
    return machine_cell(cell, kind)


def people_column(cells: Iterable[Cell], kind: Kind) -> list[str]:
    """The cells of one column as people read them; amounts have as many decimals, so that their
    points stand below each other."""
    texts = [people_cell(cell, kind) for cell in cells]
    if kind != "amount":
        return texts
    places = max((len(text.partition(".")[2]) for text in texts), default=0)
    return [_with_places(text, places) if any(map(str.isdigit, text)) else text for text in texts]


def decimal(number: Fraction, places: int) -> str:
    """`number` with a fixed number of places, halves away from zero."""
    scale = 10**places
    units = (2 * abs(number.numerator) * scale + number.denominator) // (2 * number.denominator)
    digits = str(units).rjust(places + 1, "0")
    sign = "-" if number < 0 and units else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def _with_places(text: str, places: int) -> str:
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest.ljust(places, '0')}" if places else whole


def _thousands(digits: str) -> str:
    whole, point, rest = digits.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{rest}"
