"""The rows of a table → those of the plan year with whose and what they are, totals, and the rest."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from target_cascade.errors import InputError, Located
from target_cascade.plan import Plan
from target_cascade.read.actuals.row_periods import Placed, days_meaning, names_weeks, placed, when_of
from target_cascade.read.actuals.series import Series, adds_up
from target_cascade.read.actuals.series_columns import SeriesCells, Split, is_explicit
from target_cascade.read.actuals.series_names import SeriesNames, names_total
from target_cascade.read.people.named_columns import folded
from target_cascade.read.sales.columns import Column
from target_cascade.read.sales.period_cell import When
from target_cascade.read.sales.period_rows import PeriodRow, period_columns
from target_cascade.read.sales.row_amounts import stray
from target_cascade.read.sales.timeline import Timeline
from target_cascade.read.tables.figure_text import is_figure
from target_cascade.read.tables.grid import Cell
from target_cascade.read.tables.listing import listed

_NONE = SeriesCells()


class SortedRow(NamedTuple):
    """A row with its place among all; `placed` is None for another year's, and for totals but those of
    the nodes in one period, which are `named` a total in their column of nodes."""

    order: int
    row: PeriodRow
    series: Series
    placed: Placed | None
    cells: SeriesCells
    named: Cell | None = None


class Sorted(NamedTuple):
    """`fine` are rows with an amount, of other years only where totals may sum them; `empty` counts rows of
    the plan year without one, `others` those of other years by what they are called."""

    fine: Sequence[SortedRow]
    totals: Sequence[SortedRow]
    problems: Sequence[Located]
    empty: int
    others: Sequence[str]
    left_out: Sequence[str]


def sorted_rows(time: Timeline, split: Split, column: Column, plan: Plan) -> Sorted:
    """Raises `InputError` where no row is of the plan year, and where it is not known what dates are."""
    sorting = _Sorting(time, split, column, plan)
    for order, row in enumerate(time.rows):
        try:
            sorting.add(order, row)
        except InputError as error:
            sorting.problems += error.problems
    if not sorting.mine and not sorting.problems:
        raise _none_of_the_year(time, plan)
    fine = [*sorting.mine, *(sorting.others if sorting.totals else ())]
    problems = [*sorting.problems, *_unnamed(sorting.mine, plan), *_without_tree(sorting.mine, split, plan)]
    called = [one.row.at.text for one in sorting.others]
    return Sorted(fine, sorting.totals, problems, sorting.empty, called, sorting.left_out)


class _Sorting:
    """Sorts rows one after another."""

    def __init__(self, time: Timeline, split: Split, column: Column, plan: Plan) -> None:
        self.column, self.plan, self.cells = column.place, plan, split.cells
        self.name = time.frame.names[period_columns(time.frame).main]
        self.names = SeriesNames(plan)
        self.mine: list[SortedRow] = []
        self.others: list[SortedRow] = []
        self.totals: list[SortedRow] = []
        self.problems: list[Located] = []
        self.left_out: list[str] = []
        self.empty = 0
        groups: dict[str, list[PeriodRow]] = {}
        for row in time.rows:
            if row.when is not None and row.when.is_fine:
                groups.setdefault(self._group(row), []).append(row)
        self.days = {group: days_meaning(rows, self.name, plan) for group, rows in groups.items()}

    def _cells(self, row: PeriodRow) -> SeriesCells:
        return self.cells.get(row.cells[0].mark.line, _NONE)

    def _group(self, row: PeriodRow) -> str:
        """What tells KPIs apart, of which one may be known by day and another by month."""
        kpi = self._cells(row).kpi
        return folded(kpi.text) if kpi is not None else ""

    def add(self, order: int, row: PeriodRow) -> None:
        """Raises `InputError` for what is wrong with a row."""
        cell, when = row.cells[self.column], row.when
        if when is None:
            if is_figure(cell.text) or cell.kind in ("number", "error"):
                raise InputError(*[stray(row, cell)])
        elif when.is_fine:
            self._add_fine(order, row, cell, when)
        elif cell.text:
            self._add_total(order, row, when)

    def _add_fine(self, order: int, row: PeriodRow, cell: Cell, when: When) -> None:
        if names_weeks(self.name) and when.kind not in ("week", "day"):
            message = f"`{row.at.text}` is no week, and stands below `{self.name}`"
            raise InputError(row.at.mark.problem(f"{message}; write `W05`, or the first day of the week"))
        try:
            found = placed(row, self.days[self._group(row)], self.plan)
        except InputError:
            if cell.text:
                raise
            return
        cells = self._cells(row)
        if found is None:
            if is_figure(cell.text):
                self.others.append(SortedRow(order, row, Series(None, None), None, cells))
            return
        if not cell.text:
            self.empty += 1
            return
        row = row._replace(when=when_of(found, when, self.plan))
        kpi = self.names.kpi(cells.kpi)
        if self.plan.cascade is not None and names_total(cells.who):
            self._add_sum(SortedRow(order, row, Series(None, kpi), found, cells, cells.who[0]))
            return
        series = Series(self.names.who(cells.who), kpi)
        self.mine.append(SortedRow(order, row, series, found, cells))

    def _add_total(self, order: int, row: PeriodRow, when: When) -> None:
        cells = self._cells(row)
        if when.kind == "left out":
            self.left_out.append(row.at.text)
            return
        who = None if names_total(cells.who) else self.names.who(cells.who)
        self._add_sum(SortedRow(order, row, Series(who, self.names.kpi(cells.kpi)), None, cells))

    def _add_sum(self, one: SortedRow) -> None:
        if adds_up(self.plan, one.series.kpi):
            self.totals.append(one)
        else:
            self.left_out.append((one.named or one.row.at).text)


def _none_of_the_year(time: Timeline, plan: Plan) -> InputError:
    fine = [row for row in time.rows if row.when is not None and row.when.is_fine]
    texts = list(dict.fromkeys(row.at.text for row in fine))
    shown = f"`{texts[0]}`" if len(texts) == 1 else f"`{texts[0]}` to `{texts[-1]}`"
    message = f"no row with an amount is of {plan.year.name}, {plan.year.span}; the rows are about {shown}"
    return InputError(fine[0].at.mark.problem(f"{message}; give the actuals of that year"))


def _unnamed(rows: Sequence[SortedRow], plan: Plan) -> Iterator[Located]:
    """Rows without a name where others have one, and of which none is about the same days: of a name that
    stands in the first of its rows only, as in merged cells, nothing would tell whose the others are."""
    by_kpi: dict[str | None, list[SortedRow]] = {}
    for one in rows if plan.cascade is not None else ():
        by_kpi.setdefault(one.series.kpi, []).append(one)
    for its in by_kpi.values():
        filled = [one for one in its if any(cell.text for cell in one.cells.who)]
        empty = [one for one in its if one.cells.who and not any(cell.text for cell in one.cells.who)]
        if filled and empty and not _meet(filled, empty):
            hint = "write the name in each row, and `company` in rows of the whole company"
            yield empty[0].cells.who[0].mark.problem(f"no name stands here, and others have one; {hint}")
    of_kpi = [one for one in rows if one.cells.kpi is not None and one.cells.kpi.text]
    of_none = [one for one in rows if one.cells.kpi is not None and not one.cells.kpi.text]
    if of_kpi and of_none and not _meet(of_kpi, of_none):
        cell = of_none[0].cells.kpi
        assert cell is not None
        hint = "write the KPI in each row, and `sales` in rows of sales"
        yield cell.mark.problem(f"no KPI stands here, and others have one; {hint}")


def _meet(some: Sequence[SortedRow], others: Sequence[SortedRow]) -> bool:
    """Whether two kinds of rows have days in common."""
    return not _days(some).isdisjoint(_days(others))


def _days(rows: Sequence[SortedRow]) -> set[date]:
    periods = {one.placed.period for one in rows if one.placed is not None}
    return {day for period in periods for day in period.dates()}


def _without_tree(rows: Sequence[SortedRow], split: Split, plan: Plan) -> Iterator[Located]:
    """What is wrong where rows have names and the plan has no tree that they could be of."""
    if plan.cascade is not None:
        return
    for place, name in enumerate(split.who_names):
        cells = [one.cells.who[place] for one in rows if place < len(one.cells.who)]
        texts = list(dict.fromkeys(cell.text for cell in cells if cell.text))
        if len(texts) > 1 or (texts and is_explicit(name)):
            at = next(cell for cell in cells if cell.text)
            message = f"the rows are of {listed(texts)}, below `{name}`, and the plan has no `cascade`"
            hint = "sum them, so that each month or day has one row, or write the tree into the plan"
            yield at.mark.problem(f"{message}: whether these are all of the company is not known; {hint}")
