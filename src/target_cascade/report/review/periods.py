"""Months or weeks with what came in beside their quotas → tables for people and for machines."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from math import lcm
from typing import Literal, NamedTuple

from target_cascade.calendar import Period
from target_cascade.engine.apportion import nearest
from target_cascade.engine.review.came_in import CameIn
from target_cascade.engine.review.lines import Line, kpi_total
from target_cascade.plan import Plan
from target_cascade.report.kpis.words import part_figure
from target_cascade.report.review.words import day_and_month
from target_cascade.report.spans import noun
from target_cascade.report.table import Cell, Column, Row, Table
from target_cascade.sentence import FigureKind

ReviewBy = Literal["month", "week"]

TO_DATE = "Year to date"
AS_FAR_AS_KNOWN = "As far as known"

_CAME_IN = (
    Column("quota_to_date", "Quota to date", "amount", vital=True),
    Column("actual", "Actual", "amount", vital=True),
    Column("gap", "Gap", "change", vital=True),
    Column("attainment", "Attainment", "share"),
    Column("status", "Status", "text", vital=True),
)

Status = Callable[[Line], str | None]
"""What a line is, green, amber or red; None where it is not judged."""


def status_of(plan: Plan) -> Status:
    """By the thresholds of a plan, where more is better."""
    return lambda line: line.status(plan.guardrails)


class Periods(NamedTuple):
    """Months or part weeks of sales or of one KPI, as far as `through`; `kind` is what their figures are."""

    plan: Plan
    lines: Sequence[Line]
    by: ReviewBy
    through: date
    status: Status
    kind: FigureKind = "amount"
    planned: str = "Quota to date"
    """What people read above what was due."""
    is_whole: bool = True
    """Whether nothing that has begun lacks, so that the total is the year to date."""
    unit: Fraction | None = None
    """What the actuals are written in, where a week's share is not to be printed finer than that."""


def written_unit(came_in: CameIn, kpi: str | None = None) -> Fraction:
    """The unit that the actuals of sales or a KPI are written in: the plan's day unit, or finer where they
    have decimals."""
    parts = [came_in.cascade.plan.rounding.day_unit.denominator]
    closed = came_in.cascade.plan.closed
    if kpi is None and closed is not None:
        parts += [one.denominator for one in closed.actuals]
    of_it = [one for (_, name), one in came_in.series.items() if name == kpi]
    return Fraction(1, lcm(*parts, *(row.amount.denominator for one in of_it for row in one.rows)))


def _in_unit(lines: Sequence[Line], unit: Fraction) -> list[Line]:
    """What came in as multiples of `unit`, by running totals: a week that lies in two months has cents in
    each, and its parts still add up. What is such a multiple already stays, and so do gaps in what is known.
    """
    before, printed = Fraction(0), []
    for line in lines:
        if line.actual is None:
            printed.append(line)
            continue
        after = before + line.actual
        printed.append(line._replace(actual=nearest(after, unit) - nearest(before, unit)))
        before = after
    return printed


def periods_table(periods: Periods, total: Line | None) -> Table:
    """For people: a row a month or week; one that is not over says how far it goes, and the months head
    their weeks. The total is the year to date. Shares of weeks are in the unit of the actuals."""
    title = noun(periods.by, periods.plan.year).capitalize()
    columns = (Column("period", title, "text", vital=True), *_titled(periods))
    printed = periods.lines if periods.unit is None else _in_unit(periods.lines, periods.unit)
    pairs = list(zip(periods.lines, printed, strict=True))
    rows = list(_month_rows(periods, pairs) if periods.by == "month" else _week_rows(periods, pairs))
    if total is not None:
        label = TO_DATE if periods.is_whole else AS_FAR_AS_KNOWN
        rows.append(Row((label, *_people_cells(total, total, periods)), "total"))
    return Table(f"{title}s", "", (), columns, tuple(rows))


def _titled(periods: Periods) -> Iterator[Column]:
    for column in came_in_columns(periods.kind):
        is_due = column.key == "quota_to_date"
        yield column._replace(title=periods.planned) if is_due else column


def _month_rows(periods: Periods, pairs: Sequence[tuple[Line, Line]]) -> Iterator[Row]:
    """A row a line; `pairs` are the lines and what is printed of each."""
    for line, printed in pairs:
        yield Row((period_text(line.period, periods.through), *_people_cells(line, printed, periods)))


def _week_rows(periods: Periods, pairs: Sequence[tuple[Line, Line]]) -> Iterator[Row]:
    for position, weeks in groupby(pairs, key=lambda pair: pair[0].month):
        assert position is not None, "a part week lies in a month"
        of_month = list(weeks)
        heading = period_text(periods.plan.year.months[position], periods.through)
        exact = kpi_total([line for line, _ in of_month])
        printed = kpi_total([line for _, line in of_month])
        cells: tuple[Cell, ...] = (None,) * len(_CAME_IN)
        if exact is not None and printed is not None:
            cells = _people_cells(exact, printed, periods)
        yield Row((heading, *cells), "group")
        yield from _month_rows(periods, of_month)


def _people_cells(line: Line, printed: Line, periods: Periods) -> tuple[Cell, ...]:
    """As `line_cells`, with the amounts as they are printed; a share has two decimals, as 1.52 % and 1.6 %
    are far apart."""
    judged = line_cells(line, periods.status)[3:]
    values = printed.quota_to_date, printed.actual, printed.gap
    if periods.kind != "share":
        return *values, *judged
    return *(None if value is None else part_figure(value) for value in values), *judged


def came_in_columns(kind: FigureKind) -> tuple[Column, ...]:
    """Quota to date, actual, gap, attainment and status; figures of a kind of their own, such as shares."""
    if kind == "amount":
        return _CAME_IN
    gap: FigureKind = "change" if kind == "count" else kind
    kinds = {"quota_to_date": kind, "actual": kind, "gap": gap}
    return tuple(column._replace(kind=kinds.get(column.key, column.kind)) for column in _CAME_IN)


def line_cells(line: Line, status: Status) -> tuple[Cell, ...]:
    """Quota to date, actual, gap, attainment and status."""
    return line.quota_to_date, line.actual, line.gap, line.attainment, status(line)


def period_text(period: Period, through: date) -> str:
    """``2012-05``, or ``2012-05 to 17 May`` where it is not over."""
    return period.label if period.end <= through else f"{period.label} to {day_and_month(through)}"


def records_table(periods: Periods, title: str) -> Table:
    """For machines: a record a month or part week, each with its whole quota too."""
    by = periods.by
    rows = (
        Row((*_labels(periods.plan, line, by), line.quota, *line_cells(line, periods.status)))
        for line in periods.lines
    )
    week = (Column("week", "Week", "text"),) if by == "week" else ()
    columns = (
        Column("month", "Month", "text"),
        *week,
        Column("quota", "Quota", periods.kind),
        *came_in_columns(periods.kind),
    )
    return Table(f"{by}s".capitalize(), title, (), columns, tuple(rows))


def _labels(plan: Plan, line: Line, by: ReviewBy) -> tuple[Cell, ...]:
    if by == "month":
        return (line.period.label,)
    assert line.month is not None, "a part week lies in a month"
    return plan.year.months[line.month].label, line.period.label


def to_date_table(plan: Plan, total: Line, through: date) -> Table:
    """For machines: the year to date, a record of its own."""
    columns = (Column("through", "Through", "date"), *_CAME_IN)
    return Table("Year_to_date", "", (), columns, (Row((through, *line_cells(total, status_of(plan)))),))
