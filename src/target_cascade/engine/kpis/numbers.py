"""Cascade → KPIs: what each month's quota takes, exactly, and as it is shown by month, week and day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from target_cascade.engine.apportion import nearest, round_up
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.kpis.below_zero import below_zero
from target_cascade.engine.kpis.periods import over_days, over_weeks
from target_cascade.engine.kpis.sources import Offer, Sourced, SourcePart, sourced
from target_cascade.engine.kpis.spending import is_cost, money_kpis, spent
from target_cascade.engine.kpis.values import (
    Failure,
    Known,
    Values,
    by_month,
    changed,
    driver_values,
    evaluated,
    failure_problems,
    known_of,
)
from target_cascade.errors import InfeasibleError
from target_cascade.kpis import graph
from target_cascade.kpis.driver import Better
from target_cascade.minor_unit import minor_unit
from target_cascade.plan import Plan

__all__ = [
    "KpiNumbers",
    "SourcePart",
    "Sourced",
    "better",
    "bound_of",
    "budget_of",
    "effort",
    "kpi_numbers",
    "money_unit",
    "source_costs_of",
    "spending_of",
]

Shown = tuple[Fraction | None, ...]


@dataclass(frozen=True)
class KpiNumbers:
    """The drivers and KPIs of a plan.

    Formulas see each other unrounded, in `exact`; what is shown is rounded from there: a `count` up to
    a whole, `money` to the nearest minor unit of the currency, all else not at all.
    """

    cascade: Cascade
    exact: Values
    """Drivers, then KPIs, both in file order, by month; a KPI `between` has None."""
    order: tuple[str, ...]
    """KPIs, each after those that it is computed from."""
    bounds: Values = field(repr=False)
    """The `max` of the KPIs that have one, by month, exact."""
    budgets: Values = field(repr=False)
    """The budgets of the teams that have one, by month, exact."""
    offers: Mapping[str, tuple[tuple[Offer, ...], ...]] = field(repr=False)
    """By KPI with sources and by month, what each source offers, in file order."""

    def months(self, name: str) -> Shown:
        """A driver's or KPI's values by month, as shown."""
        return tuple(_shown(self.cascade.plan, name, value) for value in self.exact[name])

    def year(self, name: str) -> Fraction | None:
        """The sum of the months as shown; None of what does not add up."""
        unit = unit_of(self.cascade.plan, name)
        return None if unit is None else sum((value for value in self.months(name) if value), Fraction(0))

    def weeks(self, name: str) -> tuple[Shown, ...]:
        """By month its part weeks, in their order: they add up to the month, or repeat it."""
        unit = unit_of(self.cascade.plan, name)
        return tuple(
            (amount,) * len(month.parts)
            if unit is None or amount is None
            else over_weeks(amount, month, unit)
            for month, amount in zip(self.cascade.months, self.months(name), strict=True)
        )

    def days(self, name: str) -> tuple[tuple[Shown, ...], ...]:
        """By month and part week its days: they add up to the part week, or repeat it."""
        unit = unit_of(self.cascade.plan, name)
        return tuple(
            tuple((value,) * part.period.days for value, part in zip(weeks, month.parts, strict=True))
            if unit is None
            else over_days([value or Fraction(0) for value in weeks], month, unit)
            for month, weeks in zip(self.cascade.months, self.weeks(name), strict=True)
        )

    def sources(self, name: str) -> tuple[Sourced, ...]:
        """By month where a KPI with sources comes from."""
        plan = self.cascade.plan
        unit = unit_of(plan, name)
        assert unit is not None, "only what adds up has sources"
        return tuple(
            sourced(month, amount or Fraction(0), offers, unit, money_unit(plan))
            for month, (amount, offers) in enumerate(zip(self.months(name), self.offers[name], strict=True))
        )

    def parent(self, name: str) -> str | None:
        """The KPI below which a KPI stands: the first that its formula names; None directly below quota."""
        return next(iter(graph.needs(self.cascade.plan.kpis, name)), None)


def kpi_numbers(cascade: Cascade) -> KpiNumbers:
    """The drivers and KPIs of a cascade's plan; none where it has none.

    Raises `InfeasibleError` with every formula that has no value, and what is below 0 and cannot be, with
    the months in which it is so.
    """
    plan = cascade.plan
    if wrong := list(graph.problems(plan)):
        raise InfeasibleError(*wrong)
    order = graph.order(plan)
    values, failures = evaluated(cascade, order, driver_values(plan))
    known = known_of(cascade, values)
    exact = {name: values[name] for name in (*plan.drivers, *plan.kpis)}
    bounds, budgets = _bounds(plan, known, failures), _budgets(plan, known, failures)
    numbers = KpiNumbers(cascade, exact, order, bounds, budgets, _offers(plan, known, failures))
    if wrong := [*failure_problems(failures, plan.year), *below_zero(plan, exact, numbers.offers)]:
        raise InfeasibleError(*wrong)
    return numbers


def money_unit(plan: Plan) -> Fraction:
    """The minor unit of the plan's currency, in units of currency; 1/100 where it names none."""
    return minor_unit(plan.currency)


def unit_of(plan: Plan, name: str) -> Fraction | None:
    """What a KPI's amounts are whole multiples of; None of what does not add up, such as a driver."""
    kpi = plan.kpis.get(name)
    if kpi is None or not kpi.is_additive:
        return None
    return Fraction(1) if kpi.unit == "count" else money_unit(plan)


def bound_of(numbers: KpiNumbers, name: str) -> Shown:
    """A KPI's `max` by month, rounded as the KPI is, so that what keeps to it is not shown above it; None
    where it has none."""
    plan = numbers.cascade.plan
    return tuple(_shown(plan, name, value) for value in numbers.bounds.get(name, (None,) * 12))


def budget_of(numbers: KpiNumbers, team: str) -> Shown:
    """A team's budget by month, to the nearest minor unit of the currency; None where it has none."""
    unit = money_unit(numbers.cascade.plan)
    values = numbers.budgets.get(team, (None,) * 12)
    return tuple(None if value is None else nearest(value, unit) for value in values)


def spending_of(numbers: KpiNumbers, team: str) -> tuple[Fraction, ...]:
    """What a team spends by month: its KPIs in money as shown, none counted twice (see `spending.spent`)."""
    plan = numbers.cascade.plan
    names = money_kpis(plan, team)
    shown = {name: numbers.months(name) for name in names}
    known = known_of(numbers.cascade, numbers.exact)
    return tuple(
        sum((shown[name][month] or Fraction(0) for name in spent(plan, names, known[month])), Fraction(0))
        for month in range(12)
    )


def source_costs_of(numbers: KpiNumbers, team: str) -> tuple[Fraction, ...]:
    """What the sources of a team's KPIs cost by month. It stands beside what the team spends: a KPI in
    money may be the same cost in another reckoning, so the two are not added."""
    plan = numbers.cascade.plan
    costs = [Fraction(0)] * len(numbers.cascade.months)
    for name in plan.sources:
        if plan.kpis[name].team == team:
            for month, sourced_month in enumerate(numbers.sources(name)):
                costs[month] += sum((part.cost for part in sourced_month.parts), Fraction(0))
    return tuple(costs)


def better(numbers: KpiNumbers, driver: str) -> Better:
    """Which way a driver is better: as the plan says, or the way in which a quota takes less effort.

    Effort is what people do and pay: counts, and money that somebody bounds or that is said to be spent.
    The driver is raised by 1 % of itself in all months (by 0.01 where it is 0), exactly. If some effort
    rises and none falls, a lower one is better: clicks that cost more, parcels that come back. If any
    falls, a higher one is: conversion, order value, and returning customers, who bring more orders of
    their own but leave fewer to be found. One that moves nothing is taken to be better higher.
    """
    given = numbers.cascade.plan.drivers[driver].better
    if given is not None:
        return given
    raised = [value * Fraction(101, 100) if value else Fraction(1, 100) for value in _driver(numbers, driver)]
    after = changed(numbers.cascade, numbers.order, numbers.exact, {driver: raised}).values
    moves = [
        new - old
        for name in effort(numbers)
        for old, new in zip(numbers.exact[name], after[name], strict=True)
        if old is not None and new is not None
    ]
    return "lower" if any(move > 0 for move in moves) and all(move >= 0 for move in moves) else "higher"


def effort(numbers: KpiNumbers) -> tuple[str, ...]:
    """The KPIs that say what people do and pay, in file order: counts, and money that is a cost (see
    `spending.is_cost`) or has sources; none that is no spending."""
    plan = numbers.cascade.plan
    money = money_kpis(plan)
    return tuple(
        name
        for name, kpi in plan.kpis.items()
        if kpi.unit == "count" or (name in money and (is_cost(plan, name) or name in plan.sources))
    )


def _driver(numbers: KpiNumbers, name: str) -> Iterator[Fraction]:
    for value in numbers.exact[name]:
        assert value is not None, "a driver has a value in every month"
        yield value


def _bounds(plan: Plan, known: Known, failures: list[Failure]) -> Values:
    return {
        name: by_month(kpi.max, known, failures, ("kpis", name, "max"), f"the `max` of `{name}`")
        for name, kpi in plan.kpis.items()
        if kpi.max is not None
    }


def _budgets(plan: Plan, known: Known, failures: list[Failure]) -> Values:
    return {
        name: by_month(team.budget, known, failures, ("teams", name, "budget"), f"the budget of `{name}`")
        for name, team in plan.teams.items()
        if team.budget is not None
    }


def _offers(plan: Plan, known: Known, failures: list[Failure]) -> Mapping[str, tuple[tuple[Offer, ...], ...]]:
    by_kpi: dict[str, tuple[tuple[Offer, ...], ...]] = {}
    for name, sources in plan.sources.items():
        by_source: list[list[Offer]] = []
        for index, source in enumerate(sources):
            path = ("sources", name, index)
            cost = by_month(source.cost, known, failures, (*path, "cost"), f"the cost of `{source.name}`")
            most: Shown = (None,) * len(known)
            if source.max is not None:
                most = by_month(source.max, known, failures, (*path, "max"), f"the `max` of `{source.name}`")
            pairs = zip(cost, most, strict=True)
            by_source.append([Offer(source.name, each or Fraction(0), bound) for each, bound in pairs])
        by_kpi[name] = tuple(zip(*by_source, strict=True)) or ((),) * len(known)
    return by_kpi


def _shown(plan: Plan, name: str, value: Fraction | None) -> Fraction | None:
    unit = unit_of(plan, name)
    if value is None or unit is None:
        return value
    return round_up(value, unit) if plan.kpis[name].unit == "count" else nearest(value, unit)
