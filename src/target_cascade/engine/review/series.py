"""The rows of one subject → its amounts by day and by month, and the runs of days that lack."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import NamedTuple

from target_cascade.calendar import Period
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.review.day_quotas import shared
from target_cascade.engine.review.refused import refused
from target_cascade.minor_unit import minor_unit
from target_cascade.review.actuals import Actual, Grain

Subject = tuple[str | None, str | None]
"""A node's path, None for the company, and a KPI or driver, None for sales."""

_DAY = timedelta(days=1)
_FEW = 7
"""Days without a row, one after the other, that rows of days may leave: a shop may close for so many."""


class Lacking(NamedTuple):
    """A run of days that no row is about, and the rows beside it."""

    start: date
    end: date
    before: Actual | None
    after: Actual | None

    @property
    def period(self) -> Period:
        """The run."""
        label = str(self.start) if self.start == self.end else f"{self.start}..{self.end}"
        return Period(label, self.start, self.end)


@dataclass(frozen=True)
class Series:
    """What came in of the company, a node or a KPI, as far as `through`.

    `days` are the days that are known, the days of a week among them, and `months` what is known by month
    only; both add up. Of what does not add up, `days` repeat the value of their row. `rows` are in the
    order of their days and share none of them. On days outside `there` nobody is there to bring something,
    so that none of them lacks.
    """

    cascade: Cascade
    through: date
    rows: tuple[Actual, ...]
    there: Period
    adds_up: bool
    days: Mapping[date, Fraction]
    months: Mapping[int, Fraction]

    def month(self, position: int) -> Fraction | None:
        """The month as far as `through`: the sum of its days, or their mean of what does not add up; None
        where it has not begun, or where days of it lack."""
        return self._by_month[position]

    @cached_property
    def _by_month(self) -> tuple[Fraction | None, ...]:
        return tuple(self._month(month.position, month.period) for month in self.cascade.months)

    def _month(self, position: int, period: Period) -> Fraction | None:
        known = self._known(period)
        if known is None:
            return None
        return sum(known, self.months.get(position, Fraction(0))) if self.adds_up else _mean(known)

    def part_week(self, position: int, place: int) -> Fraction | None:
        """As `month`, a part week of it; None as well where only the month is known."""
        if position in self.months:
            return None
        known = self._known(self.cascade.months[position].parts[place].period)
        if known is None:
            return None
        return sum(known, Fraction(0)) if self.adds_up else _mean(known)

    def _known(self, period: Period) -> list[Fraction] | None:
        if period.start > self.through:
            return None
        if self.adds_up and any(run.start <= period.end and run.end >= period.start for run in self.lacking):
            return None
        return [self.days[day] for day in period.dates() if day in self.days] if self.days else []

    @cached_property
    def lacking(self) -> tuple[Lacking, ...]:
        """The runs of days up to `through` that are not known. Some single days that rows of days leave
        out are closed days, and so is a longer run on which the plan has no open day."""
        return tuple(run for run in self._uncovered if not self._is_closed(run))

    @cached_property
    def left_out(self) -> tuple[date, ...]:
        """The open days that have no row and are taken as days on which nothing came in."""
        return tuple(
            day
            for run in self._uncovered
            if self._is_closed(run)
            for day in run.period.dates()
            if self._is_open(day)
        )

    @cached_property
    def grains(self) -> frozenset[Grain]:
        """Of its rows."""
        return frozenset(row.grain for row in self.rows)

    @cached_property
    def _uncovered(self) -> tuple[Lacking, ...]:
        runs = _uncovered(self.rows, self.cascade.plan.year.start, self.through)
        within = [
            run._replace(start=max(run.start, self.there.start), end=min(run.end, self.there.end))
            for run in runs
        ]
        return tuple(run for run in within if run.start <= run.end)

    def _is_closed(self, run: Lacking) -> bool:
        beside = {row.grain for row in (run.before, run.after) if row is not None}
        if "day" not in beside or "week" in beside:
            return False
        if run.after is None and run.before is not None and run.before.grain != "day":
            return False
        days = run.period.dates()
        return len(days) <= _FEW or not any(map(self._is_open, days))

    def _is_open(self, day: date) -> bool:
        return self.cascade.demand.weights[(day - self.cascade.plan.year.start).days] > 0


def series_of(
    rows: Sequence[Actual], cascade: Cascade, through: date, unit: Fraction | None, there: Period
) -> Series:
    """The series of one subject's rows that begin up to `through`; a week or month that goes beyond it is
    a figure to date, unless it is a week that the end of a month cuts there.

    `there` is when somebody is there to bring something. `unit` is what its amounts are counted in, None
    of what does not add up. Raises `InputError` or `UsageError` where two rows are about the same day.
    """
    ordered = tuple(sorted(rows, key=lambda row: (row.period.start, row.period.end)))
    _check_apart(ordered)
    days: dict[date, Fraction] = {}
    months: dict[int, Fraction] = {}
    for row in ordered:
        period = row.period if is_cut(row, cascade, through) else _to_date(row, through)
        position = month_of(row, cascade)
        if unit is None:
            days |= dict.fromkeys(_to_date(row, through).dates(), row.amount)
        elif position is not None:
            months[position] = months.get(position, Fraction(0)) + row.amount
        else:
            by_day = zip(period.dates(), shared(cascade, row.amount, period, unit), strict=True)
            days |= {day: amount for day, amount in by_day if day <= through}
    return Series(cascade, through, ordered, there, unit is not None, days, months)


def is_cut(row: Actual, cascade: Cascade, through: date) -> bool:
    """Whether a row is a whole week that `through`, the last day of a month, cuts: of it counts what its
    days up to then have by their quotas, as of any week that lies in two months."""
    ends = {month.period.end for month in cascade.months}
    return row.grain == "week" and through < row.period.end and through in ends


def _to_date(row: Actual, through: date) -> Period:
    return row.period._replace(end=min(row.period.end, through))


def money_day_unit(cascade: Cascade) -> Fraction:
    """What shares of a week in units of currency are whole multiples of: it divides the day unit and the
    minor unit of the currency."""
    plan = cascade.plan
    return Fraction(1, lcm(plan.rounding.day_unit.denominator, minor_unit(plan.currency).denominator))


def month_of(row: Actual, cascade: Cascade) -> int | None:
    """The month that a row of a month lies in; None of other rows."""
    return cascade.plan.year.position(row.period.start) if row.grain == "month" else None


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def _check_apart(rows: Sequence[Actual]) -> None:
    """Raises `InputError` where a day stands in two rows: it would count twice."""
    last: Actual | None = None
    for row in rows:
        if last is not None and row.period.start <= last.period.end:
            first = f"`{last.period.label}`"
            if last.where is not None:
                first += f" in line {last.where.line}"
            both = "twice" if row.period == last.period else f"beside {first}, which has the same days"
            raise refused(
                f"`{row.period.label}` stands here {both}, so that they would count twice; keep one of them",
                row.where,
            )
        last = row


def _uncovered(rows: Sequence[Actual], start: date, through: date) -> Iterator[Lacking]:
    """The runs of days from `start` to `through` that no row is about."""
    cursor, before = start, None
    for row in rows:
        if row.period.start > cursor:
            yield Lacking(cursor, row.period.start - _DAY, before, row)
        cursor, before = max(cursor, row.period.end + _DAY), row
    if cursor <= through:
        yield Lacking(cursor, through, before, None)
