"""A team's week: its KPIs in whole weeks, and how days are called."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from target_cascade.calendar import MONTH_NAMES, WEEKDAYS, Period, PlanYear
from target_cascade.engine.cascade import Cascade, MonthQuota, Quota
from target_cascade.engine.kpis.numbers import KpiNumbers
from target_cascade.errors import UsageError
from target_cascade.plan import Plan

_ZERO = Fraction(0)


class Part(NamedTuple):
    """A part of a week in one month: where that month and the part are, and the part's quota."""

    month: int
    place: int
    quota: Quota


class PlanWeek(NamedTuple):
    """A week of the plan year, with its part in each month that it touches; `outside` is the day, in no
    week of the year, in whose place it is shown."""

    period: Period
    parts: tuple[Part, ...]
    outside: date | None = None

    @property
    def months(self) -> tuple[int, ...]:
        """The positions of the months that it touches."""
        return tuple(part.month for part in self.parts)


def plan_week(cascade: Cascade, period: Period) -> PlanWeek:
    """The week of the plan year that `period` is, or that holds its first day.

    Raises `UsageError` where the period is neither a day nor a week.
    """
    weeks = list(_weeks(cascade))
    named = [week for week in weeks if week.period.label == period.label]
    if not named and period.days == 1:
        named = [week for week in weeks if period.start in week.period]
    if not named:
        first, last = weeks[0].period.label, weeks[-1].period.label
        raise UsageError(f"--week `{period.label}` is no week of the plan; write one from {first} to {last}")
    return named[0]


def week_with(cascade: Cascade, today: date) -> PlanWeek:
    """The week that a day lies in; before the year its first, and after it its last."""
    weeks = list(_weeks(cascade))
    found = next((week for week in weeks if today in week.period), None)
    return found or weeks[0 if today < weeks[0].period.start else -1]._replace(outside=today)


def _weeks(cascade: Cascade) -> Iterator[PlanWeek]:
    places = {
        part.period: Part(month.position, place, part)
        for month in cascade.months
        for place, part in enumerate(month.parts)
    }
    for week in cascade.weeks:
        parts = [part.period for part in week.parts]
        yield PlanWeek(week.period, tuple(places[part] for part in parts))


class TeamWeek:
    """What a team's page is made of: its KPIs and drivers in one week."""

    def __init__(self, numbers: KpiNumbers, team: str, week: PlanWeek) -> None:
        self.numbers, self.team, self.week = numbers, team, week
        # Numbers make whole years of each name, and a page asks for the same ones several times.
        self._parts: dict[str, tuple[Fraction, ...]] = {}
        self._days: dict[str, tuple[Fraction, ...]] = {}

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.numbers.cascade.plan

    @cached_property
    def kpis(self) -> tuple[str, ...]:
        """The KPIs that the team owns, in file order."""
        return tuple(name for name, kpi in self.plan.kpis.items() if kpi.team == self.team)

    @cached_property
    def additive(self) -> tuple[str, ...]:
        """Those of them that add up over days."""
        return tuple(name for name in self.kpis if self.plan.kpis[name].is_additive)

    @cached_property
    def drivers(self) -> tuple[str, ...]:
        """The drivers that the team answers for."""
        return tuple(name for name, driver in self.plan.drivers.items() if driver.team == self.team)

    @property
    def months(self) -> tuple[MonthQuota, ...]:
        """The months that the week touches."""
        return tuple(self.numbers.cascade.months[at] for at in self.week.months)

    def by_part(self, name: str) -> tuple[Fraction, ...]:
        """A KPI's amounts, one a part of the week."""
        if name not in self._parts:
            weeks = self.numbers.weeks(name)
            self._parts[name] = tuple(weeks[part.month][part.place] or _ZERO for part in self.week.parts)
        return self._parts[name]

    def amount(self, name: str) -> Fraction:
        """What a KPI comes to in the week."""
        return sum(self.by_part(name), _ZERO)

    @property
    def quota(self) -> Fraction:
        """The quota of the week."""
        return sum((part.quota.amount for part in self.week.parts), _ZERO)

    def days(self, name: str) -> list[tuple[date, Fraction]]:
        """A KPI's amount on each day of the week."""
        if name not in self._days:
            days = self.numbers.days(name)
            self._days[name] = tuple(
                value or _ZERO for part in self.week.parts for value in days[part.month][part.place]
            )
        return list(zip(self.week.period.dates(), self._days[name], strict=True))

    def ratios(self, name: str) -> tuple[Fraction, ...]:
        """A driver's or ratio's values, one a month that the week touches."""
        months = self.numbers.exact[name]
        return tuple(months[at] or _ZERO for at in self.week.months)


def day_text(day: date) -> str:
    """``Mon 5 Nov``."""
    return f"{WEEKDAYS[day.weekday()].capitalize()} {day.day} {MONTH_NAMES[day.month - 1].capitalize()}"


def dated(day: date, year: PlanYear) -> str:
    """``Mon 5 Nov``, and with its year a day outside of the plan year: ``Wed 1 Mar 2028``."""
    return day_text(day) if year.start <= day <= year.end else f"{day_text(day)} {day.year}"


def days_text(period: Period) -> str:
    """``Mon 5 Nov to Sun 11 Nov``."""
    first, last = day_text(period.start), day_text(period.end)
    return first if first == last else f"{first} to {last}"
