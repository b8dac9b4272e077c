"""What the amounts of a column are in: all that a file says about it, which must be one thing."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from target_cascade.amount import fold_width
from target_cascade.errors import AmountError, ChoiceError, InputError
from target_cascade.pattern import Pattern
from target_cascade.read.sales.columns import Column
from target_cascade.read.sales.header_words import folded, names_multiplier
from target_cascade.read.sales.layout import Frame
from target_cascade.read.sales.period_rows import PeriodRow
from target_cascade.read.sales.plain_names import kinds_of
from target_cascade.read.tables.figure_text import is_figure
from target_cascade.read.tables.grid import Cell
from target_cascade.unit_text import is_unit_or_harmless, parse_unit, unclear_in_name, unclear_unit, unit_of

_MULTIPLIERS = {"units": 0, "unit": 0, "thousands": 3, "millions": 6, "billions": 9, "hundreds": 2, "tens": 1}
_INDEX = Pattern(r"i\d\d(?:_\w+)?|index\b.*")
"""An index of statistics, ``I21``, which has no scale."""
_NAUGHTS = Pattern(r"(?<![\d.,])000(?!\d)")
_POWER = Pattern(r"10*(?:\.0+)?", re.ASCII)
_MAY_NAME_UNIT = Pattern(r"单位|單位|単位|단위|[以按].{1,8}(?:计|列示)|\bunits?\b|\bin\s", re.IGNORECASE)


class Unit(NamedTuple):
    """What the amounts of a column are in, as it is written and where (None: the plan says it)."""

    worth: Fraction
    name: str
    at: Cell | None


def unit_for(frame: Frame, column: Column, rows: Sequence[PeriodRow], asked: str | None) -> Unit | None:
    """The unit of the amounts: what the header, the row of units, a title or a note says, or the plan.

    Raises `ChoiceError` where two of them differ, where one stands among the amounts, and where a unit
    may be named that is not known; `InputError` where the plan's is no unit.
    """
    found = _written_units(frame, column, rows)
    within = _units_within(frame, column, rows)
    _check_same([*found, *within])
    if asked is None:
        if not found and within:
            raise _within(within[0])
        # Of 美元 nothing but the currency may be meant.
        _check_understood(frame, column, rows, any(unit.worth != 1 for unit in found))
        return found[0] if found else None
    try:
        worth = parse_unit(asked)
    except AmountError as error:
        raise ChoiceError(column.at.mark.problem(str(error)), key="unit") from None
    for unit in (*found, *within):
        if unit.worth != worth:
            assert unit.at is not None
            said = f"`{unit.at.text}` says that the amounts are in {unit.name}"
            message = f"{said}, and the plan says `unit: {asked}`"
            problem = unit.at.mark.problem(f"{message}; take the one out that is wrong")
            raise ChoiceError(problem, key="unit", choices=(unit.name, asked))
    return Unit(worth, asked, None)


def _check_same(units: Sequence[Unit]) -> None:
    for unit in units[1:]:
        if unit.worth != units[0].worth:
            assert unit.at is not None
            assert units[0].at is not None
            message = f"`{unit.at.text}` and `{units[0].at.text}` ({units[0].at.where}) name two units"
            problem = unit.at.mark.problem(f"{message}; correct the one that is wrong")
            raise ChoiceError(problem, key="unit", choices=(units[0].name, unit.name))


def _within(unit: Unit) -> ChoiceError:
    assert unit.at is not None
    message = (
        f"the unit `{unit.at.text}` stands among the amounts, and nothing says whether those above it have it"
    )
    hint = f"write it once above the table, or say `base: {{file: …, unit: {unit.name}}}`"
    return ChoiceError(unit.at.mark.problem(f"{message}; {hint}"), key="unit", choices=(unit.name,))


def _written_units(frame: Frame, column: Column, rows: Sequence[PeriodRow]) -> list[Unit]:
    """All that is said of the whole table: by the column's name or the row of units, then around it."""
    found: list[Unit] = []
    if (unit := _unit_in(column.name, column.at)) is not None:
        found.append(Unit(*unit, column.at))
    if frame.units and (cell := frame.units[column.place]).text:
        named = cell.text.strip("()（） ")
        if (unit := _unit_in(f"({named})", cell)) is not None:
            found.append(Unit(*unit, cell))
    found += _multipliers(frame, column, rows)
    about = [cell for cell in frame.header if "单位" in cell.text and cell is not column.at]
    said = [unit for cell in (*frame.titles, *frame.notes, *about) for unit in _said(cell)]
    corner = [unit for unit in _corner(frame) if unit not in said]
    after = (cell for cell in _outside(rows) if not found or _MAY_NAME_UNIT.search(cell.text))
    return [*found, *said, *corner, *(unit for cell in after for unit in _said(cell))]


def _corner(frame: Frame) -> Iterator[Unit]:
    """What the name of the periods' column says: ``万元`` in the corner of a table."""
    for place in frame.periods if frame.header else ():
        unit = next(_said(frame.header[place]), None)
        if unit is not None and unit.worth >= 1:
            yield unit


def _said(cell: Cell) -> Iterator[Unit]:
    unit = _unit_in(cell.text, cell) if cell.text and not _is_amount(cell.text) else None
    # "Double 11 brought 50万元" is no unit of the table.
    if unit is not None and re.search(rf"\d\s*{re.escape(unit[1])}", fold_width(cell.text)) is None:
        yield Unit(*unit, cell)


def _is_amount(text: str) -> bool:
    """Whether a text is a figure; three naughts alone, ``($000)``, are a unit."""
    return is_figure(text) and _NAUGHTS.search(text) is None


def _outside(rows: Sequence[PeriodRow]) -> Iterator[Cell]:
    """The cells of the rows of words before the first row of a period and after the last."""
    first, last = _ends(rows)
    for index, row in enumerate(rows):
        if _is_remark(row) and not first < index < last:
            yield from row.cells


def _is_remark(row: PeriodRow) -> bool:
    """Whether a row has words alone; "except per share" has a word of rows that are left out."""
    when = row.when
    return when is None or (not when.is_fine and not any(is_figure(cell.text) for cell in row.cells))


def _ends(rows: Sequence[PeriodRow]) -> tuple[int, int]:
    fine = [index for index, row in enumerate(rows) if row.when is not None and row.when.is_fine]
    return fine[0], fine[-1]


def _units_within(frame: Frame, column: Column, rows: Sequence[PeriodRow]) -> list[Unit]:
    """What is said between the rows of periods, or beside an amount: it may be about some of them only."""
    first, last = _ends(rows)
    between = (row.cells for row in rows[first:last] if _is_remark(row))
    other = [place for place in range(len(frame.names)) if place not in (column.place, *frame.periods)]
    beside = (row.cells[place] for row in rows if row.when is not None for place in other)
    cells = chain(chain.from_iterable(between), (c for c in beside if _MAY_NAME_UNIT.search(c.text)))
    return [unit for cell in cells for unit in _said(cell)]


def _check_understood(frame: Frame, column: Column, rows: Sequence[PeriodRow], is_known: bool) -> None:
    """Raises `ChoiceError` where something may be a unit that is not known here."""
    if not kinds_of(folded(column.name)) and (said := unclear_in_name(column.name)):
        raise _unclear(column.at, said)
    if frame.units and (cell := frame.units[column.place]).text and not is_unit_or_harmless(cell.text):
        raise _unclear(cell, cell.text)
    for place in _multiplier_columns(frame, column, rows):
        for row in rows:
            cell = row.cells[place]
            if row.when is not None and row.when.is_fine and not _is_known_multiplier(cell):
                raise _unclear(cell, cell.text)
    if is_known:
        return
    for cell in (*frame.titles, *frame.notes, *_outside(rows)):
        if said := unclear_unit(cell.text):
            raise _unclear(cell, said)


def _unclear(at: Cell, said: str) -> ChoiceError:
    message = f"`{said}` looks like a unit of the amounts that is not known here"
    hint = "say which it is, `base: {file: …, unit: 千}` or 万, 百万, 亿, 分, or `unit: 元` where it is none"
    return ChoiceError(at.mark.problem(f"{message}; {hint}"), key="unit", choices=("元", "千", "万", "百万"))


def _unit_in(text: str, at: Cell) -> tuple[Fraction, str] | None:
    if kinds_of(folded(text)):
        return None
    try:
        return unit_of(text)
    except AmountError as error:
        raise InputError(at.mark.problem(str(error))) from None


def _multiplier_columns(frame: Frame, column: Column, rows: Sequence[PeriodRow]) -> list[int]:
    """The columns that say what the values of their rows are in, by their names or by all of their cells."""
    fine = [row.cells for row in rows if row.when is not None and row.when.is_fine]
    found: list[int] = []
    for place, name in enumerate(frame.names):
        if place == column.place or place in frame.periods:
            continue
        texts = {cells[place].text for cells in fine} - {""}
        is_named = names_multiplier(name.split(":")[0]) or ("单位" in name and any(map(_is_unit, texts)))
        if is_named or (texts and len(texts) < 4 and all(map(_is_unit, texts))):
            found.append(place)
    return found


def _is_unit(text: str) -> bool:
    """Whether a cell says a unit and can say nothing else: a size may be ``M``."""
    bare = text.strip("()（） ")
    try:
        return len(bare) > 1 - (not bare.isascii()) and not is_figure(bare) and bool(parse_unit(bare))
    except AmountError:
        return False


def _is_known_multiplier(cell: Cell) -> bool:
    text = _without_label(cell)
    return (
        text in _MULTIPLIERS
        or is_figure(text)
        or _INDEX.fullmatch(text) is not None
        or is_unit_or_harmless(text)
    )


def _multipliers(frame: Frame, column: Column, rows: Sequence[PeriodRow]) -> list[Unit]:
    """What the columns of statistics say: ``SCALAR_FACTOR`` thousands, ``UNIT_MULT`` 6."""
    columns = _multiplier_columns(frame, column, rows)
    fine = [row.cells for row in rows if row.when is not None and row.when.is_fine]
    said = (_multiplier(frame.names[place], cells[place]) for cells in fine for place in columns)
    return list({unit.worth: unit for unit in said if unit is not None}.values())


def _without_label(cell: Cell) -> str:
    """``6`` of ``6: Millions``, as the values of SDMX are labelled."""
    return cell.text.split(":")[0].strip().lower()


def _multiplier(name: str, cell: Cell) -> Unit | None:
    text, name = _without_label(cell), folded(name.split(":", maxsplit=1)[0])
    if name.startswith("unit mult") and text in set("0123456789"):
        return Unit(Fraction(10) ** int(text), cell.text, cell)
    if name in ("multiplier", "scale", "倍数") and _POWER.fullmatch(text.replace(",", "")):
        return Unit(Fraction(text.replace(",", "")), cell.text, cell)
    if text in _MULTIPLIERS:
        return Unit(Fraction(10) ** _MULTIPLIERS[text], cell.text, cell)
    unit = _unit_in(f"({text})", cell) if text else None
    return Unit(*unit, cell) if unit is not None else None
