"""A cell as text, for people and for machines."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import count

from target_cascade.amount import plain
from target_cascade.report.table import Cell, Kind, Stretch, Table
from target_cascade.sentence import Figure, Sentence

_PLACES = 6
"""Decimals of shares and ratios for machines."""
_DAY_PLACES = 2
"""Decimals of effective days for people; machines get all that there are."""
_QUOTIENTS = ("share", "stated", "ratio", "number")
_DIGITS = 3
"""Digits that a number below 1 keeps for people, behind its zeros."""
_SMALLEST = 12
"""Decimals that no number goes beyond for people."""


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
            return _people_figure(cell)
        case Fraction():
            return _people_number(cell, kind)
        case int() if kind == "count":
            return f"{cell:,}"
    return machine_cell(cell, kind)


def sentence_text(sentence: Sentence) -> str:
    """A sentence as people read it, its figures among the words."""
    parts = (part if isinstance(part, str) else people_cell(part, "text") for part in sentence.parts)
    return "".join(parts)


def people_columns(table: Table) -> dict[int, list[str]]:
    """The cells of the columns for people but bars, by position. Changes stand beside what they are
    changes of, so that in a table with changes all amounts have as many decimals."""
    columns = [(i, column) for i, column in table.columns_for("people") if column.kind != "bar"]
    cells = {i: [row.cells[i] for row in table.rows] for i, _ in columns}
    places = [_places(cells[i], column.kind) for i, column in columns]
    least = max(places, default=0) if any(column.kind == "change" for _, column in columns) else 0
    return {i: people_column(cells[i], column.kind, least) for i, column in columns}


def people_column(cells: Sequence[Cell], kind: Kind, least: int = 0) -> list[str]:
    """The cells of one column as people read them; amounts have as many decimals, at `least` some, so
    that their points stand below each other."""
    places = max(_places(cells, kind), least)
    texts = [(people_cell(cell, kind), _is_amount(cell, kind)) for cell in cells]
    return [_with_places(text, places) if is_amount else text for text, is_amount in texts]


def _places(cells: Sequence[Cell], kind: Kind) -> int:
    """Decimals of the amounts and effective days among the cells."""
    amounts = (people_cell(cell, kind) for cell in cells if _is_amount(cell, kind))
    return max((len(text.partition(".")[2]) for text in amounts), default=0)


def _is_amount(cell: Cell, kind: Kind) -> bool:
    if isinstance(cell, Figure):
        return _is_amount(cell.value, cell.kind)
    return isinstance(cell, int | Fraction) and kind in ("amount", "change", "days")


def _machine_number(number: Fraction, kind: Kind) -> str:
    if kind == "percent":
        return decimal(number * 100, _PLACES)
    if kind == "days":
        return _finite(number)
    return decimal(number, _PLACES) if kind in _QUOTIENTS else plain(number)


def _finite(number: Fraction) -> str:
    """All decimals of a number whose decimals end; a product of weights may have more than amounts."""
    places = next(p for p in range(number.denominator.bit_length()) if not 10**p % number.denominator)
    return decimal(number, places) if places else str(number.numerator)


def _people_figure(figure: Figure) -> str:
    """The figure with more decimals than others have where it would look like the one beside it."""
    value, kind, beside = figure
    text = people_cell(value, kind)
    if beside is None or beside == value or text != people_cell(beside, kind):
        return text
    one, other = Fraction(value), Fraction(beside)
    places = (
        more for more in count(1) if _people_number(one, kind, more) != _people_number(other, kind, more)
    )
    return _people_number(one, kind, next(places))


def _people_number(number: Fraction, kind: Kind, more: int = 0) -> str:
    """`number` with `more` decimals than its kind has, unless it has all of its decimals anyway."""
    sign = "+" if number > 0 and kind in ("change", "percent") else ""
    match kind:
        case "share" | "percent":
            return f"{sign}{decimal(number * 100, 1 + more)} %"
        case "stated":
            return f"{_thousands(plain(number * 100))} %"
        case "ratio":
            return f"×{decimal(number, 2 + more)}"
        case "days":
            return _thousands(decimal(number, _DAY_PLACES + more).rstrip("0").rstrip("."))
        case "number":
            return _thousands(decimal(number, _number_places(number) + more).rstrip("0").rstrip("."))
    return f"{sign}{_thousands(plain(number))}"


def _number_places(number: Fraction) -> int:
    """Two decimals, and more where a number below 1 would lose its digits."""
    places = 2
    while number and places < _SMALLEST and abs(number) * 10**places < 10 ** (_DIGITS - 1):
        places += 1
    return places


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
