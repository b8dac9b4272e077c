"""A cell as text, for people and for machines."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from target_cascade.amount import plain
from target_cascade.report.table import Cell, Kind, Stretch
from target_cascade.sentence import Figure, Sentence

_PLACES = 6
"""Decimals of shares and ratios for machines."""
_QUOTIENTS = ("share", "stated", "points", "ratio")


def machine_cell(cell: Cell, kind: Kind) -> str:
    """A cell of a column of `kind` as machines read it: plain decimals, ISO dates, shares, ratios and
    per cents with six places; nothing for the unknown."""
    match cell:
        case None | Stretch():
            return ""
        case Figure():
            return machine_cell(cell.value, cell.kind)
        case Sentence():
            return sentence_text(cell)
        case Fraction():
            return _machine_number(cell, kind)
        case date():
            return cell.isoformat()
    return str(cell)


def people_cell(cell: Cell, kind: Kind) -> str:
    """A cell as people read it: thousands apart, per cent, ×, changes with their sign; a dash for
    the unknown."""
    match cell:
        case None:
            return "" if kind in ("bar", "text") else "–"
        case Figure():
            return people_cell(cell.value, cell.kind)
        case Fraction():
            return _people_number(cell, kind)
        case int() if kind == "count":
            return f"{cell:,}"
    return machine_cell(cell, kind)


def sentence_text(sentence: Sentence) -> str:
    """A sentence as people read it, its figures among the words."""
    parts = (part if isinstance(part, str) else people_cell(part, "text") for part in sentence.parts)
    return "".join(parts)


def people_column(cells: Iterable[Cell], kind: Kind) -> list[str]:
    """The cells of one column as people read them; amounts have as many decimals, so that their
    points stand below each other."""
    texts = [(people_cell(cell, kind), _is_amount(cell, kind)) for cell in cells]
    places = max((len(text.partition(".")[2]) for text, is_amount in texts if is_amount), default=0)
    return [_with_places(text, places) if is_amount else text for text, is_amount in texts]


def _is_amount(cell: Cell, kind: Kind) -> bool:
    if isinstance(cell, Figure):
        return _is_amount(cell.value, cell.kind)
    return isinstance(cell, int | Fraction) and kind in ("amount", "change")


def _machine_number(number: Fraction, kind: Kind) -> str:
    if kind == "percent":
        return decimal(number * 100, _PLACES)
    return decimal(number, _PLACES) if kind in _QUOTIENTS else plain(number)


def _people_number(number: Fraction, kind: Kind) -> str:
    sign = "+" if number > 0 and kind in ("change", "percent") else ""
    match kind:
        case "share" | "percent" | "points":
            return f"{sign}{decimal(number * 100, 1)} {'points' if kind == 'points' else '%'}"
        case "stated":
            return f"{_thousands(plain(number * 100))} %"
        case "ratio":
            return f"×{decimal(number, 2)}"
    return f"{sign}{_thousands(plain(number))}"


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
