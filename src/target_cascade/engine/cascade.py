"""Plan → cascade: the planned total over months, part weeks and days, exact to the last unit."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from target_cascade.calendar import Period, part_weeks
from target_cascade.engine.apportion import round_up, running_totals, share_units, units_of
from target_cascade.engine.demand import Demand
from target_cascade.engine.growth import Settled, settle
from target_cascade.engine.limits import limit_tree
from target_cascade.plan import Plan


class Quota(NamedTuple):
    """A part week's or a day's quota: its part of the amount of the period that holds it.

    `amount` is a whole multiple of the period's unit and less than one unit from `ideal`; the
    amounts of `parts` add up to it exactly. `value` is the sum of its day values, and `values` that
    of the whole.
    """

    period: Period
    amount: Fraction
    whole: Fraction
    value: int
    values: int
    parts: tuple["Quota", ...] = ()

    @property
    def ideal(self) -> Fraction:
        """`whole` in proportion to the day values, unrounded."""
        return self.whole * self.value / self.values if self.values else Fraction(0)


class _Month(NamedTuple):
    demand: Demand
    plan: Plan
    period: Period
    amount: Fraction
    ideal: Fraction
    growth: Fraction
    base: Fraction | None


class MonthQuota(_Month):
    """A month's quota, with what it came from.

    `growth` is the growth factor of the month's node in the tree of limits; `base` is a_m, last
    year's amount after repairs, and None where there is none. Its days are made when they are
    first asked for, as a table of months needs none.
    """

    @cached_property
    def values(self) -> tuple[int, ...]:
        """The values of its days at its growth factor, as whole numbers in their proportions."""
        month = self.plan.year.months.index(self.period)
        values = self.demand.values(month, self.growth)
        if any(values):
            return tuple(values)
        # A minimum on a month without base: all that is known of its days is what they are worth.
        return tuple(self.demand.weights[day] for day in self.demand.months[month])

    @cached_property
    def parts(self) -> tuple[Quota, ...]:
        """Its part weeks."""
        return tuple(_part_weeks(self.plan, self.period, self.amount, self.values))


class Cascade(NamedTuple):
    """A plan's quotas. `growth` is the root's growth factor g; the months' amounts add up to
    `planned_total` P, the target with its buffer rounded up to the month unit."""

    plan: Plan
    demand: Demand
    planned_total: Fraction
    growth: Fraction
    months: tuple[MonthQuota, ...]

    @property
    def base_total(self) -> Fraction | None:
        """Last year's total; None where there are no base amounts."""
        amounts = self.plan.base_amounts
        return None if amounts is None else sum(amounts, Fraction(0))

    def quarters(self) -> Iterator[tuple[Period, tuple[MonthQuota, ...]]]:
        """The plan's quarters, each with its three months."""
        for i, quarter in enumerate(self.plan.year.quarters()):
            yield quarter, self.months[3 * i : 3 * i + 3]


def cascade(plan: Plan) -> Cascade:
    """The quotas of a plan.

    Raises `InfeasibleError` where the plan's numbers cannot all be true at once.
    """
    demand = Demand(plan)
    total = round_up(plan.target * (1 + plan.buffer), plan.rounding.month)
    root = limit_tree(plan, demand, total)
    settled = dict(settle(root, total, plan.rounding.month))
    span = root.reach(total)
    assert span is not None, "the tree of limits has been checked to reach the total"
    months = tuple(_months(plan, demand, settled))
    return Cascade(plan, demand, total, span.nearest(root.free_growth(total)), months)


def _months(plan: Plan, demand: Demand, settled: Mapping[int, Settled]) -> Iterator[MonthQuota]:
    bases = plan.base_amounts or [None] * len(plan.year.months)
    for position, (period, base) in enumerate(zip(plan.year.months, bases, strict=True)):
        ideal, amount, growth = settled[position]
        demand.check(position, growth)
        yield MonthQuota(demand, plan, period, amount, ideal, growth, base)


def _part_weeks(plan: Plan, month: Period, amount: Fraction, values: Sequence[int]) -> Iterator[Quota]:
    """`amount` over the month's part weeks; `values` has the value of each of its days."""
    weeks = part_weeks(month, plan.year, plan.weeks)
    starts = [(week.start - month.start).days for week in weeks]
    days = [values[start : start + week.days] for start, week in zip(starts, weeks, strict=True)]
    sums = [sum(of_week) for of_week in days]
    unit, total = plan.rounding.week_unit, sum(sums)
    counts = share_units(units_of(amount, unit), sums) if amount else [0] * len(weeks)
    for week, count, value, of_week in zip(weeks, counts, sums, days, strict=True):
        parts = tuple(_days(week, count * unit, of_week, plan.rounding.day_unit))
        yield Quota(week, count * unit, amount, value, total, parts)


def _days(week: Period, amount: Fraction, values: Sequence[int], unit: Fraction) -> Iterator[Quota]:
    counts = running_totals(units_of(amount, unit), values)
    total = sum(values)
    for day, count, value in zip(week.dates(), counts, values, strict=True):
        yield Quota(Period(day.isoformat(), day, day), count * unit, amount, value, total)


def whole_weeks(cascade: Cascade) -> Iterator[tuple[str, list[Quota]]]:
    """The weeks of the plan year, each with the label and its parts: one, or two across months."""
    parts = [part for month in cascade.months for part in month.parts]
    for label, of_week in groupby(parts, key=lambda part: part.period.label):
        yield label, list(of_week)
