"""KPIs that are products of the quota: quota = (quota ÷ orders) · (orders ÷ visits) · visits, and which
drivers stand in each quotient."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from target_cascade.engine.kpis.numbers import KpiNumbers
from target_cascade.formula import Factor
from target_cascade.kpis.kpi import Kpis
from target_cascade.kpis.names import KNOWN

QUOTA = "quota"


class Link(NamedTuple):
    """A KPI that is `parent`, the quota or another KPI, times its factors, and times what is the same in
    plan and actual: numbers, days, the target."""

    kpi: str
    parent: str
    factors: tuple[Factor, ...]


Chain = tuple[Link, ...]
"""Links from the quota down, each from the KPI of the one before."""


def chains(numbers: KpiNumbers, has_actuals: Callable[[str], bool]) -> list[Chain]:
    """The chain down to each KPI that has one, in file order.

    A chain ends above a formula that is no product with one KPI of it, or the quota, to the power of 1:
    at a sum, `min` or `max` that holds it. A ratio that is a KPI, has no actuals and does not depend on
    the quota stands for the factors of its own formula.
    """
    kpis = numbers.cascade.plan.kpis
    down: dict[str, Chain] = {QUOTA: ()}
    moved = {QUOTA}
    for name in numbers.order:
        formula = kpis[name].formula
        if formula is None or moved.isdisjoint(formula.names):
            continue
        link = _link(name, list(_opened(formula.factors, kpis, moved, has_actuals)), moved)
        moved.add(name)
        if link is not None and link.parent in down:
            down[name] = (*down[link.parent], link)
    return [down[name] for name in kpis if name in down]


def names_of(factor: Factor) -> tuple[str, ...]:
    """The drivers and KPIs in a factor."""
    return tuple(name for name in factor.names if name not in KNOWN)


def _opened(
    factors: Sequence[Factor], kpis: Kpis, moved: set[str], has_actuals: Callable[[str], bool]
) -> Iterator[Factor]:
    """The factors, with those of its own formula in place of a ratio that nothing is known of."""
    for factor in factors:
        name = factor.names[0] if factor.is_name else ""
        formula = kpis[name].formula if name in kpis else None
        if formula is None or name in moved or has_actuals(name):
            yield factor
        else:
            for inner in _opened(formula.factors, kpis, moved, has_actuals):
                yield replace(inner, power=inner.power * factor.power)


def _link(kpi: str, factors: Sequence[Factor], moved: set[str]) -> Link | None:
    powers: dict[str, int] = {}
    for factor in factors:
        if factor.is_name:
            powers[factor.names[0]] = powers.get(factor.names[0], 0) + factor.power
    above = [factor for factor in factors if not moved.isdisjoint(factor.names)]
    parents = {factor.names[0] for factor in above if factor.is_name}
    if len(parents) != 1 or not all(factor.is_name for factor in above):
        return None
    parent = parents.pop()
    if powers.pop(parent) != 1:
        return None
    # A driver that stands twice is one factor with the sum of its powers, and none where that is 0.
    once = {factor.names[0]: factor for factor in factors if factor.is_name}
    plain = [replace(once[name], power=power) for name, power in powers.items() if power]
    others = [factor for factor in factors if not factor.is_name]
    return Link(kpi, parent, tuple(factor for factor in (*plain, *others) if names_of(factor)))
