"""The amounts of a timeline's rows, and what is wrong with each."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.amount import fold_width
from target_cascade.calendar import PlanYear
from target_cascade.errors import InputError, Located
from target_cascade.pattern import Pattern
from target_cascade.read.sales.columns import Column
from target_cascade.read.sales.gathered import is_of, label_of
from target_cascade.read.sales.layout import Frame
from target_cascade.read.sales.period_rows import PeriodRow
from target_cascade.read.sales.stated_units import Unit
from target_cascade.read.sales.timeline import Timeline
from target_cascade.read.sales.totals import AmountRow
from target_cascade.read.tables.figure_text import Style, is_figure, money_of, own_unit, read_figure, style_of
from target_cascade.read.tables.grid import Cell

_UNITS = frozenset("元 圆 圓 块 円 원".split())
"""Currencies that say as well that an amount is in units of it."""
_END_OF_GROUPS = Pattern(r"\d{3}(?:\.\d+)?", re.ASCII)


class Amounts(NamedTuple):
    """The rows with their amounts: `mine` are those of the year, `rows` those that totals may sum, `totals`
    sum rows. `every` counts the rows of all years, `empty` those of
    the year that have no amount and need none; `left_out` names averages and the like."""

    rows: Sequence[AmountRow]
    mine: Sequence[AmountRow]
    totals: Sequence[AmountRow]
    every: int
    empty: int
    left_out: Sequence[str]
    problems: Sequence[Located]


def read_amounts(
    time: Timeline, column: Column, unit: Unit | None, year: PlanYear, may_lack: Collection[str]
) -> Amounts:
    """Raises `InputError` where the column's figures are written in no one style."""
    uses: dict[str, list[tuple[int, PeriodRow]]] = {}
    for order, row in enumerate(time.rows):
        uses.setdefault(_use(row, row.cells[column.place], year), []).append((order, row))
    totals, mine = uses.get("total", []), uses.get("mine", [])
    if may_lack:
        mine = [
            (order, row)
            for order, row in mine
            if row.cells[column.place].text or row.when is None or label_of(row.when, year) not in may_lack
        ]
    # What other years had matters to a total only, and where they had nothing to read, not even to that.
    others = uses.get("other", []) if totals else []
    others = [(order, row) for order, row in others if is_figure(row.cells[column.place].text)]
    problems = [stray(row, row.cells[column.place]) for _, row in uses.get("stray", [])]
    reader = AmountReader(
        style_for(time, [row for _, row in (*mine, *totals)], column, unit), unit, column.place
    )
    read_mine, read_totals, read_others = (
        reader.read_all(some, time.frame, problems) for some in (mine, totals, others)
    )
    rows = sorted([*read_mine, *read_others], key=lambda row: row.order)
    every = len(uses.get("mine", [])) + len(uses.get("other", []))
    empty = len(uses.get("mine", [])) - len(mine)
    left_out = [row.at.text for _, row in uses.get("left out", [])]
    return Amounts(rows, read_mine, read_totals, every, empty, left_out, problems)


def _use(row: PeriodRow, cell: Cell, year: PlanYear) -> str:
    """What a row is: of the year, of another, a total, left out, or one that should not be there."""
    when = row.when
    if when is None:
        return "stray" if is_figure(cell.text) or cell.kind in ("number", "error") else "note"
    if when.is_fine:
        return "mine" if is_of(when, year) else "other"
    if not cell.text:
        return "note"
    return "left out" if when.kind == "left out" else "total"


class AmountReader(NamedTuple):
    """Reads the amounts in a column, which are in `unit` where they do not say it themselves; `figure` is
    what a cell says in the style of the file."""

    style: Style
    unit: Unit | None
    column: int
    figure: Callable[[Cell, Style], Fraction] = read_figure

    def read_all(
        self, rows: Sequence[tuple[int, PeriodRow]], frame: Frame, problems: list[Located]
    ) -> list[AmountRow]:
        """The rows with their amounts; what is wrong with others is added to `problems`."""
        done: list[AmountRow] = []
        for order, row in rows:
            cell = row.cells[self.column]
            assert row.when is not None
            try:
                if row.when.is_fine:
                    _check_width(frame, row, self.column)
                done.append(AmountRow(order, row.when, row.at, cell, self.read(cell)))
            except InputError as error:
                problems.extend(error.problems)
        return done

    def read(self, cell: Cell) -> Fraction:
        """The amount in a cell. Raises `InputError`."""
        if not cell.text:
            message = "this cell is empty; write 0 where nothing was sold, or the amount"
            raise InputError(cell.mark.problem(message))
        amount = self.figure(cell, self.style)
        return amount if self.unit is None else amount * self._worth(cell, self.unit)

    def _worth(self, cell: Cell, unit: Unit) -> Fraction:
        """What the number of a cell is still to be multiplied by: nothing is multiplied twice."""
        where = f"({unit.at.where})" if unit.at is not None else "(in the plan)"
        if own_unit(cell.text) and unit.worth != 1:
            message = f"`{cell.text}` has a unit of its own, and all amounts are in {unit.name} {where}"
            raise InputError(cell.mark.problem(f"{message}; write it without one, or in {unit.name}"))
        if money_of(cell.text)[1] in _UNITS and unit.worth != 1 and not own_unit(cell.text):
            message = (
                f"`{cell.text}` is written in {cell.text[-1]}, and all amounts are in {unit.name} {where}"
            )
            raise InputError(cell.mark.problem(f"{message}; correct the unit that is wrong"))
        if cell.divided_by not in (1, unit.worth) and unit.worth != 1:
            seen = f"`{cell.text}` is shown divided by {cell.divided_by:,}"
            message = f"{seen}, and all amounts are in {unit.name} {where}"
            hint = "show it in the format `0.00`, so that it is seen what it is, and save the file again"
            raise InputError(cell.mark.problem(f"{message}; {hint}"))
        return Fraction(1) if cell.divided_by != 1 or own_unit(cell.text) else unit.worth


def style_for(time: Timeline, rows: Sequence[PeriodRow], column: Column, unit: Unit | None) -> Style:
    """The style of the amounts of `rows`; of all figures, where these alone do not tell."""
    scaled = unit is not None and unit.worth >= 1000
    separator = time.frame.grid.separator
    try:
        return style_of(_figures(rows, [column.place]), separator, scaled)
    except InputError:
        others = [place for place in range(len(time.frame.names)) if place not in time.columns]
        return style_of(_figures(time.rows, others), separator, scaled)


def _figures(rows: Sequence[PeriodRow], columns: Sequence[int]) -> Iterator[Cell]:
    for row in rows:
        if row.when is not None:
            yield from (row.cells[place] for place in columns if is_figure(row.cells[place].text))


def stray(row: PeriodRow, cell: Cell) -> Located:
    """The problem of a row that has a figure and is about nothing known."""
    label = row.at if row.at.text else next((c for c in row.cells if c.text and not is_figure(c.text)), None)
    if label is None:
        message = f"`{cell.text}` stands in a row without a month, day or name"
        return cell.mark.problem(f"{message}; write what it is, or delete the row")
    message = f"`{label.text}` is no month or day, nor a total, and its row has `{cell.text}`"
    return label.mark.problem(f"{message}; write months as `2011-01`, or delete the row")


def _check_width(frame: Frame, row: PeriodRow, column: int) -> None:
    """Raises `InputError` where a comma inside an amount has cut it into cells."""
    if frame.wide or frame.grid.sheet or not frame.header:
        return
    hint = "an amount with commas stands in quotes"
    for cell in _beyond(frame, row):
        raise InputError(cell.mark.problem(f"this row has more cells than the header; {hint}"))
    after = row.cells[column + 1] if column + 1 < len(row.cells) else None
    if after is None or not _END_OF_GROUPS.fullmatch(after.text) or frame.grid.separator != ",":
        return
    amount = fold_width(row.cells[column].text).lstrip("￥¥$€£-+( ")
    if amount.isdigit() and len(amount) < 4 and _is_text_column(frame, column + 1):
        message = f"`{after.text}` may be the rest of `{row.cells[column].text},{after.text}`"
        raise InputError(after.mark.problem(f"{message}; {hint}"))


def _beyond(frame: Frame, row: PeriodRow) -> Iterator[Cell]:
    for index in range(len(row.cells) - 1, -1, -1):
        if frame.names[index]:
            return
        if row.cells[index].text:
            yield row.cells[index]


def _is_text_column(frame: Frame, column: int) -> bool:
    texts = [row[column].text for row in frame.body[:400] if row[column].text]
    return 2 * sum(map(is_figure, texts)) < len(frame.body[:400])
