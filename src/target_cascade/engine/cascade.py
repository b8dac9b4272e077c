"""Plan → cascade: the planned total over months, part weeks and days, exact to the last unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from target_cascade.amount import show
from target_cascade.calendar import Period, part_weeks
from target_cascade.engine.apportion import (
    round_up,
    running_totals,
    share_units,
    units_of,
    without_end_rounded,
)
from target_cascade.engine.demand import Demand
from target_cascade.engine.growth import Node, Settled, settle
from target_cascade.engine.held import Held, held
from target_cascade.engine.limits import limit_tree
from target_cascade.errors import InfeasibleError, Problem
from target_cascade.plan import Plan

if TYPE_CHECKING:
    from target_cascade.review.closed import Closed


class Quota(NamedTuple):
    """A part week's or a day's quota: its part of the amount of the period that holds it.

    `amount` is a whole multiple of the period's unit and less than one unit from `ideal`; the
    amounts of `parts` add up to it exactly. `parent` is the month of a part week and the part week
    of a day, and `of` its amount. `value` is the sum of its day values, and `values` the parent's.
    """

    period: Period
    amount: Fraction
    parent: Period
    of: Fraction
    value: int
    values: int
    parts: tuple["Quota", ...] = ()

    @property
    def ideal(self) -> Fraction:
        """The parent's amount in proportion to the day values, unrounded."""
        return self.of * self.value / self.values if self.values else Fraction(0)


@dataclass(frozen=True)
class MonthQuota:
    """A month's quota, with what it came from.

    `position` is its place in the plan year, `growth` the growth factor of its node in the tree of
    limits, `base` a_m, last year's amount after repairs, and None where there is none; `printed_base`
    is that as tables print it, in whole units of the day where its decimals have no end.
    `before_review` is its amount as the plan's entries give it, in whose place a re-plan may have put
    another `amount`; `actual` is what came in where a re-plan has closed it. Its days are made when they
    are first asked for, as a table of months needs none.
    """

    position: int
    period: Period
    amount: Fraction
    ideal: Fraction
    growth: Fraction
    base: Fraction | None
    printed_base: Fraction | None
    plan: Plan = field(repr=False)
    demand: Demand = field(repr=False, compare=False)
    before_review: Fraction
    actual: Fraction | None = None

    @property
    def times_base(self) -> Fraction | None:
        """Quota ÷ base; None where there is no base or it is 0."""
        return self.amount / self.base if self.base else None

    @cached_property
    def values(self) -> tuple[int, ...]:
        """The values of its days at its growth factor, as whole numbers in their proportions."""
        values = self.demand.values(self.position, self.growth)
        if any(values):
            return tuple(values)
        # A minimum on a month without base: all that is known of its days is what they are worth.
        return tuple(self.demand.weights[day] for day in self.demand.months[self.position])

    @cached_property
    def parts(self) -> tuple[Quota, ...]:
        """Its part weeks."""
        return tuple(_part_weeks(self.plan, self.period, self.amount, self.values))


@dataclass(frozen=True)
class Gathered:
    """Quotas gathered to a longer period: the months of a quarter or of the year, the part weeks of
    a week. `base` is the sum of theirs, and None where there is none."""

    period: Period
    parts: tuple[MonthQuota, ...] | tuple[Quota, ...]

    @cached_property
    def amount(self) -> Fraction:
        """The sum of the parts."""
        return sum((part.amount for part in self.parts), Fraction(0))

    @cached_property
    def base(self) -> Fraction | None:
        """The sum of the parts' bases."""
        return _sum([part.base if isinstance(part, MonthQuota) else None for part in self.parts])

    @cached_property
    def printed_base(self) -> Fraction | None:
        """The sum of the parts' bases as they are printed."""
        return _sum([part.printed_base if isinstance(part, MonthQuota) else None for part in self.parts])

    @property
    def times_base(self) -> Fraction | None:
        """Quota ÷ base; None where there is no base or it is 0."""
        return self.amount / self.base if self.base else None


@dataclass(frozen=True)
class Cascade:
    """A plan's quotas. `growth` is the root's growth factor g; the months' amounts add up to
    `planned_total`: P, the target with its buffer rounded up to the month unit, or in a plan with closed
    months what the re-plan left."""

    plan: Plan
    planned_total: Fraction
    growth: Fraction
    months: tuple[MonthQuota, ...]
    demand: Demand = field(repr=False, compare=False)
    held: tuple[Held, ...] = ()
    """The bounds that keep months from what they would bring without them."""

    @property
    def growth_of_base(self) -> Fraction | None:
        """g where it says how last year's business must grow. It is a scale only where there are no base
        amounts, or where this year's calendar leaves nothing of them."""
        judged = self.base_amounts is not None and any(self.demand.corrected)
        return self.growth if judged else None

    @property
    def base_amounts(self) -> tuple[Fraction, ...] | None:
        """a_m: last year's amounts in plan order, after repairs; None without them."""
        return self.demand.base

    @property
    def closed_months(self) -> tuple[MonthQuota, ...]:
        """The months that a re-plan has closed; the year's first ones."""
        return tuple(month for month in self.months if month.actual is not None)

    @property
    def landing(self) -> Fraction:
        """Where the year comes to if the open months bring their quotas: with what came in in the others."""
        amounts = (month.amount if month.actual is None else month.actual for month in self.months)
        return sum(amounts, Fraction(0))

    @property
    def open_months(self) -> tuple[MonthQuota, ...]:
        """The months that no re-plan has closed."""
        return tuple(month for month in self.months if month.actual is None)

    @cached_property
    def first_quotas(self) -> tuple[Fraction, ...]:
        """The quotas of the months in the first revision, which bound what a re-plan may raise."""
        closed = self.plan.closed
        if closed is None:
            return tuple(month.amount for month in self.months)
        return tuple(closed.first[month.position] for month in self.months)

    @cached_property
    def first_months(self) -> tuple[MonthQuota, ...]:
        """The months with their quotas of the first revision."""
        pairs = zip(self.months, self.first_quotas, strict=True)
        return tuple(one if one.amount == first else replace(one, amount=first) for one, first in pairs)

    @property
    def altered_since_closed(self) -> bool:
        """Whether the plan's entries would give other quotas than they did in the first revision: what has
        been altered since moves nothing before the next re-plan, for the quotas are frozen."""
        return any(
            month.before_review != first for month, first in zip(self.months, self.first_quotas, strict=True)
        )

    @cached_property
    def year(self) -> Gathered:
        """All months."""
        span = self.plan.year
        return Gathered(Period(span.label, span.start, span.end), self.months)

    @cached_property
    def quarters(self) -> tuple[Gathered, ...]:
        """The plan's quarters, each with its three months."""
        quarters = self.plan.year.quarters()
        return tuple(Gathered(q, self.months[3 * i : 3 * i + 3]) for i, q in enumerate(quarters))

    @cached_property
    def weeks(self) -> tuple[Gathered, ...]:
        """The weeks of the plan year, each with its part weeks: one, or two across months."""
        parts = (part for month in self.months for part in month.parts)
        weeks = [tuple(week) for _, week in groupby(parts, key=lambda part: part.period.label)]
        return tuple(Gathered(_span([part.period for part in week]), week) for week in weeks)


def _sum(amounts: Sequence[Fraction | None]) -> Fraction | None:
    """The sum; None where one of them is not known."""
    return None if None in amounts else sum((amount for amount in amounts if amount), Fraction(0))


def _span(periods: Sequence[Period]) -> Period:
    """From the first of some periods to the last, with the label that they share."""
    return Period(periods[0].label, periods[0].start, periods[-1].end)


def cascade(plan: Plan) -> Cascade:
    """The quotas of a plan.

    Raises `InfeasibleError` where the plan's numbers cannot all be true at once.
    """
    demand = Demand(plan)
    total = round_up(plan.target * (1 + plan.buffer), plan.rounding.month)
    root, bounds = limit_tree(plan, demand, total)
    span = root.reach(total)
    assert span is not None, "the tree of limits has been checked to reach the total"
    growth = span.nearest(root.free_growth(total))
    settled = tuple(settle(root, total, plan.rounding.month))
    months = tuple(_months(plan, demand, settled))
    if plan.closed is not None:
        months = tuple(_reviewed(months, plan.closed, demand))
        total = sum(plan.closed.quotas, Fraction(0))
    return Cascade(plan, total, growth, months, demand, tuple(held(bounds, settled, growth)))


def _reviewed(months: Sequence[MonthQuota], closed: "Closed", demand: Demand) -> Iterator[MonthQuota]:
    """The months with their quotas and actuals as a re-plan has left them."""
    for month, quota in zip(months, closed.quotas, strict=True):
        if quota and not demand.effective_days(demand.months[month.position]):
            part = "open" if month.position > closed.through else "months"
            message = f"{month.period.label} has a quota of {show(quota)}"
            raise InfeasibleError(
                Problem(f"{message}, but the day rules close all of its days", ("closed", part))
            )
        came_in = closed.months.get(month.position)
        yield replace(month, amount=quota, actual=None if came_in is None else came_in.actual)


def _months(plan: Plan, demand: Demand, settled: Sequence[tuple[Node, Settled]]) -> Iterator[MonthQuota]:
    outcomes = {node.months[0]: outcome for node, outcome in settled if not node.children}
    unknown = [None] * len(plan.year.months)
    bases = demand.base or unknown
    printed = without_end_rounded(demand.base, plan.rounding.day_unit) if demand.base else unknown
    for position, period in enumerate(plan.year.months):
        ideal, amount, growth = outcomes[position]
        demand.check(position, growth)
        yield MonthQuota(
            position, period, amount, ideal, growth, bases[position], printed[position], plan, demand, amount
        )


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
        yield Quota(week, count * unit, month, amount, value, total, parts)


def _days(week: Period, amount: Fraction, values: Sequence[int], unit: Fraction) -> Iterator[Quota]:
    counts = running_totals(units_of(amount, unit), values)
    total = sum(values)
    for day, count, value in zip(week.dates(), counts, values, strict=True):
        yield Quota(Period(day.isoformat(), day, day), count * unit, week, amount, value, total)
