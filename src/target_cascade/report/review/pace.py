"""Last week, this week, and the pace that the rest of the month takes: of sales, of a node, of a KPI."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.apportion import nearest, round_up
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.kpis.numbers import KpiNumbers, unit_of
from target_cascade.engine.review.came_in import CameIn
from target_cascade.report.kpis.words import exact_figure, figure, spoken
from target_cascade.report.review.periods import written_unit
from target_cascade.report.sheet.team_week import PlanWeek, week_with
from target_cascade.report.table import Cell, Column, Row, Table
from target_cascade.sentence import Figure, amount

_DAY = timedelta(days=1)
_ZERO = Fraction(0)


class Monday(NamedTuple):
    """The day after the figures, with its week, the one before, its month, and how many effective days that
    month has up to then and from then on."""

    day: date
    week: PlanWeek
    before: PlanWeek | None
    month: int
    days_gone: Fraction
    days_left: Fraction
    is_first: bool
    """Whether a month begins with it, of which nothing has come in yet."""


class Series(NamedTuple):
    """What is planned, and what came in, by month and by part week in it, of sales or of a KPI that adds up.

    `name` is None for sales, `label` is what people call it, `unit` what a day of it is rounded to, and
    `written` what its actuals are written in: people read no share of a week that is finer than both.
    """

    label: str
    name: str | None
    unit: Fraction
    written: Fraction
    months: Sequence[Fraction]
    weeks: Sequence[Sequence[Fraction]]
    came_in: Callable[[int], Fraction | None]
    came_in_week: Callable[[int, int], Fraction | None]


class Pace(NamedTuple):
    """A series in the weeks around a Monday: None is not known, or not to be.

    `left` is what the month still has to bring, `needed` that for each of its effective days that are
    left, and `so_far` what each effective day of it has brought.
    """

    series: Series
    last_plan: Fraction | None
    last_actual: Fraction | None
    this_plan: Fraction
    this_actual: Fraction | None
    left: Fraction | None
    needed: Fraction | None
    so_far: Fraction | None


def monday_after(cascade: Cascade, through: date) -> Monday | None:
    """The day after the figures; None where the year is over."""
    year, day = cascade.plan.year, through + _DAY
    if day > year.end:
        return None
    week = week_with(cascade, day)
    first = week.period.start
    before = week_with(cascade, first - _DAY) if first > year.start else None
    month = year.position(day)
    days = cascade.demand.months[month]
    gone = days[: (day - year.months[month].start).days]
    worth = cascade.demand.effective_days
    return Monday(day, week, before, month, worth(gone), worth(days[len(gone) :]), not gone)


def company_series(came_in: CameIn) -> Series:
    """Sales of the company."""
    months = came_in.cascade.months
    return Series(
        "sales",
        None,
        came_in.cascade.plan.rounding.day_unit,
        written_unit(came_in),
        [month.amount for month in months],
        [[part.amount for part in month.parts] for month in months],
        came_in.month,
        came_in.part_week,
    )


def node_series(came_in: CameIn, who: str) -> Series:
    """Sales of a node of the tree."""
    people = came_in.people
    node = people.find(who)
    weeks: list[list[Fraction]] = [[] for _ in came_in.cascade.months]
    for month, quota in zip(people.month_of, people.weeks_of(node), strict=True):
        weeks[month].append(quota)
    return Series(
        "sales",
        None,
        people.unit,
        written_unit(came_in),
        people.months(node),
        weeks,
        lambda month: came_in.month(month, who),
        lambda month, place: came_in.part_week(month, place, who),
    )


def kpi_series(came_in: CameIn, numbers: KpiNumbers, name: str) -> Series:
    """A KPI that adds up."""
    unit = unit_of(numbers.cascade.plan, name)
    assert unit is not None, "a pace is of what adds up"
    return Series(
        spoken(name),
        name,
        unit,
        written_unit(came_in, name),
        [value or _ZERO for value in numbers.months(name)],
        [[value or _ZERO for value in weeks] for weeks in numbers.weeks(name)],
        lambda month: came_in.month(month, None, name),
        lambda month, place: came_in.part_week(month, place, None, name),
    )


def pace(series: Series, monday: Monday, through: date) -> Pace:
    """The series in the weeks around a Monday."""
    came_in = _ZERO if monday.is_first else series.came_in(monday.month)
    left = None if came_in is None else series.months[monday.month] - came_in
    needed = None if left is None or not monday.days_left else max(_ZERO, left) / monday.days_left
    so_far = came_in / monday.days_gone if came_in is not None and monday.days_gone else None
    return Pace(
        series,
        None if monday.before is None else _planned(series, monday.before),
        None if monday.before is None else _brought(series, monday.before, through),
        _planned(series, monday.week),
        _brought(series, monday.week, through),
        left,
        None if needed is None else round_up(needed, series.unit),
        None if so_far is None else nearest(so_far, series.unit),
    )


def _planned(series: Series, week: PlanWeek) -> Fraction:
    return sum((series.weeks[part.month][part.place] for part in week.parts), _ZERO)


def _brought(series: Series, week: PlanWeek, through: date) -> Fraction | None:
    """What came in of a week as far as it has gone; None where it has not begun or a part is not known."""
    begun = [part for part in week.parts if part.quota.period.start <= through]
    known = [series.came_in_week(part.month, part.place) for part in begun]
    amounts = [value for value in known if value is not None]
    return sum(amounts, _ZERO) if known and len(amounts) == len(known) else None


def pace_table(cascade: Cascade, monday: Monday, paces: Sequence[Pace]) -> Table:
    """For people: a column a series."""
    columns = (
        Column("what", "", "text", vital=True),
        *(Column(one.series.label, one.series.label, "amount", vital=True) for one in paces),
    )
    rows = []
    for label, values in _lines(cascade, monday, paces):
        if any(value is not None for value in values):
            pairs = zip(paces, values, strict=True)
            cells = (None if value is None else _cell(cascade, one.series, value) for one, value in pairs)
            rows.append(Row((label, *cells)))
    return Table("Pace", "This week", (), columns, tuple(rows), cut=True)


def _lines(
    cascade: Cascade, monday: Monday, paces: Sequence[Pace]
) -> Iterator[tuple[str, list[Fraction | None]]]:
    """What the lines of the table are called, and their values, one a series."""
    month, week = cascade.months[monday.month].period.label, monday.week.period.label
    if monday.before is not None:
        last = monday.before.period.label
        yield f"last week, {last}: planned", [one.last_plan for one in paces]
        yield f"last week, {last}: came in", [one.last_actual for one in paces]
    yield f"this week, {week}: planned", [one.this_plan for one in paces]
    yield f"this week, {week}: came in so far", [one.this_actual for one in paces]
    yield f"left of {month}", [one.left for one in paces]
    yield "needed on an ordinary day of that", [one.needed for one in paces]
    yield f"an ordinary day of {month} so far", [one.so_far for one in paces]


def _cell(cascade: Cascade, series: Series, value: Fraction) -> Figure:
    return shown(cascade, series, nearest(value, min(series.unit, series.written)))


def shown(cascade: Cascade, series: Series, value: Fraction) -> Figure:
    """An amount of sales, or of a KPI, as people read it."""
    return amount(value) if series.name is None else figure(cascade.plan, series.name, value)


def pace_records(cascade: Cascade, monday: Monday | None, paces: Sequence[Pace], who: str) -> Table:
    """For machines; none where the year is over."""
    columns = (
        Column("who", "Who", "text"),
        Column("kpi", "KPI", "text"),
        Column("last_week", "Last week", "text"),
        Column("last_quota", "Its quota", "amount"),
        Column("last_actual", "Came in", "amount"),
        Column("week", "This week", "text"),
        Column("week_quota", "Its quota", "amount"),
        Column("week_to_date", "Came in so far", "amount"),
        Column("month", "Month", "text"),
        Column("left", "Left of it", "amount"),
        Column("effective_days_left", "Effective days left", "days"),
        Column("needed_a_day", "Needed a day", "amount"),
        Column("a_day_so_far", "A day so far", "amount"),
    )
    rows = () if monday is None else tuple(_record(cascade, monday, one, who) for one in paces)
    return Table("Pace", "", (), columns, rows)


def _record(cascade: Cascade, monday: Monday, one: Pace, who: str) -> Row:
    def told(value: Fraction | None) -> Cell:
        return value if one.series.name is None else exact_figure(cascade.plan, one.series.name, value)

    before = None if monday.before is None else monday.before.period.label
    month = cascade.months[monday.month].period.label
    return Row(
        (
            *(who, one.series.name or "sales", before, told(one.last_plan), told(one.last_actual)),
            *(monday.week.period.label, told(one.this_plan), told(one.this_actual)),
            *(month, told(one.left), monday.days_left, told(one.needed), told(one.so_far)),
        )
    )
