"""Cascade → the table of its quarters, months, weeks or days."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from target_cascade.calendar import WEEKDAYS, Period
from target_cascade.engine.cascade import Cascade, Gathered, MonthQuota, Quota
from target_cascade.plan import base_name
from target_cascade.report.heading import facts, title
from target_cascade.report.spans import noun
from target_cascade.report.table import Cell, Column, Row, Table

By = Literal["quarter", "month", "week", "day"]

_SHARE = Column("share", "Share", "share", quotient=("quota", "total"))
_BAR = Column("bar", "", "bar", "people")
_QUOTA = Column("quota", "Quota", "amount", vital=True)
_ACTUAL = Column("actual", "Actual", "amount", vital=True)
_STATE = Column("state", "", "text", "people")
"""Of a plan with closed months."""
_SPAN = (
    Column("start", "Start", "date", "machines"),
    Column("end", "End", "date", "machines"),
    Column("days", "Days", "count", "machines"),
)
_DATED_SPAN = (
    Column("start", "From", "date"),
    Column("end", "To", "date"),
    Column("days", "Days", "count", "machines"),
)
"""Of a retail year, whose periods nobody knows by their labels."""
_WEEKS = (
    Column("month", "Month", "text", "machines"),
    Column("week", "Week", "text"),
    Column("start", "From", "date"),
    Column("end", "To", "date"),
    Column("days", "Days", "count"),
    _QUOTA,
    _SHARE,
    _BAR,
)
_DAYS = (
    Column("date", "Day", "date"),
    Column("weekday", "", "text", "people"),
    Column("month", "Month", "text", "machines"),
    Column("week", "Week", "text"),
    _QUOTA,
    _BAR,
)


def split_table(cascade: Cascade, by: By, whole: bool = False) -> Table:
    """The quotas by quarter, month, week or day; with `whole`, weeks are not cut at month ends."""
    columns: tuple[Column, ...]
    match by:
        case "day":
            columns, rows = _DAYS, _day_rows(cascade)
        case "week":
            columns, rows = _WEEKS, _whole_week_rows(cascade) if whole else _week_rows(cascade)
        case "month":
            columns, rows = _month_columns(cascade, by), _period_rows(cascade, cascade.months)
        case "quarter":
            columns, rows = _month_columns(cascade, by), _period_rows(cascade, cascade.quarters)
    month = noun("month", cascade.plan.year).capitalize()
    named = tuple(one._replace(title=month) if one.key == "month" else one for one in columns)
    name = f"{noun(by, cascade.plan.year)}s".capitalize()
    return Table(name, title(cascade), facts(cascade), named, tuple(rows))


def _month_columns(cascade: Cascade, by: By) -> tuple[Column, ...]:
    period = Column(by, by.capitalize(), "text")
    span = _DATED_SPAN if cascade.plan.year.is_retail else _SPAN
    before = base_name(cascade.plan)
    base = Column("base", before[0].upper() + before[1:], "amount")
    times = Column("times_base", f"× {before}", "ratio", quotient=("quota", "base"))
    if cascade.year.base is None:
        base, times = (column._replace(readers="machines") for column in (base, times))
    closed = () if cascade.plan.closed is None else (_ACTUAL, _STATE)
    return (period, *span, _QUOTA, _SHARE, base, times, *closed, _BAR)


def _period_rows(cascade: Cascade, periods: Sequence[MonthQuota | Gathered]) -> Iterator[Row]:
    largest = max(quota.amount for quota in periods)
    actuals = [_actual(quota) for quota in periods]
    states: Sequence[str | None] = ["" if actual is None else "closed" for actual in actuals]
    for quota, *closed in zip(periods, actuals, states, strict=True):
        yield _period_row(cascade, quota.period, quota, closed, quota.amount / largest)
    total, closed = cascade.year.period._replace(label="Total"), [_all_that_came_in(cascade, actuals), ""]
    yield _period_row(cascade, total, cascade.year, closed, None)._replace(role="total")


def _all_that_came_in(cascade: Cascade, actuals: Sequence[Fraction | None]) -> Fraction | None:
    """The sum of a column; None where it would hide closed months of a quarter that is not over."""
    column, closed = (
        sum((actual for actual in amounts if actual is not None), Fraction(0))
        for amounts in (actuals, [month.actual for month in cascade.closed_months])
    )
    shown = sum(actual is not None for actual in actuals)
    return column if shown and column == closed else None


def _actual(quota: MonthQuota | Gathered) -> Fraction | None:
    """What came in; None unless all of its months are closed."""
    months = (quota,) if isinstance(quota, MonthQuota) else quota.parts
    actuals = [month.actual for month in months if isinstance(month, MonthQuota)]
    return None if None in actuals else sum((actual for actual in actuals if actual), Fraction(0))


def _period_row(
    cascade: Cascade,
    period: Period,
    quota: MonthQuota | Gathered,
    closed: Sequence[Cell],
    length: Fraction | None,
) -> Row:
    share = quota.amount / cascade.planned_total
    cells = (*_period_cells(period), quota.amount, share, quota.printed_base, quota.times_base)
    return Row((*cells, *(() if cascade.plan.closed is None else closed), length))


def _week_rows(cascade: Cascade) -> Iterator[Row]:
    largest = max(week.amount for month in cascade.months for week in month.parts)
    for month in cascade.months:
        label = month.period.label
        yield _week_row(cascade, label, month.period, month.amount, None)._replace(role="group")
        for week in month.parts:
            yield _week_row(cascade, label, week.period, week.amount, week.amount / largest)
    yield _week_total(cascade)


def _whole_week_rows(cascade: Cascade) -> Iterator[Row]:
    largest = max(week.amount for week in cascade.weeks)
    for week in cascade.weeks:
        months = {part.parent.label for part in week.parts if isinstance(part, Quota)}
        month = "" if len(months) > 1 else months.pop()
        yield _week_row(cascade, month, week.period, week.amount, week.amount / largest)
    yield _week_total(cascade)


def _week_row(cascade: Cascade, month: str, week: Period, quota: Fraction, length: Fraction | None) -> Row:
    return Row((month, *_period_cells(week), quota, quota / cascade.planned_total, length))


def _week_total(cascade: Cascade) -> Row:
    year = cascade.year.period._replace(label="Total")
    return _week_row(cascade, "", year, cascade.year.amount, None)._replace(role="total")


def _day_rows(cascade: Cascade) -> Iterator[Row]:
    largest = max(day.amount for month in cascade.months for week in month.parts for day in week.parts)
    for month in cascade.months:
        yield Row((month.period.label, "", month.period.label, "", month.amount, None), "group")
        for week in month.parts:
            for day in week.parts:
                yield _day_row(month, week, day, largest)
    yield Row(("Total", "", "", "", cascade.planned_total, None), "total")


def _day_row(month: MonthQuota, week: Quota, day: Quota, largest: Fraction) -> Row:
    start: date = day.period.start
    weekday = WEEKDAYS[start.weekday()].capitalize()
    return Row((start, weekday, month.period.label, week.period.label, day.amount, day.amount / largest))


def _period_cells(period: Period) -> tuple[Cell, ...]:
    return period.label, period.start, period.end, period.days
