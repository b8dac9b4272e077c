"""Why sales are not the quota to date: each driver's part of the gap.

The KPIs of a plan form chains from the quota down: quota = (quota ÷ orders) · (orders ÷ visits) · visits.
Sales are the same product of what came in, so the logs of actual ÷ plan of its factors add up to that of
sales ÷ quota to date, and each factor's share of these is its part of the gap (see `logs`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.kpis.numbers import KpiNumbers, money_unit
from target_cascade.engine.kpis.values import known_of
from target_cascade.engine.review.came_in import CameIn
from target_cascade.engine.review.factors import Chain, chains
from target_cascade.engine.review.lines import month_lines
from target_cascade.engine.review.logs import log_parts, rounded_parts
from target_cascade.engine.review.month_factors import (
    Figures,
    KnownFrom,
    MonthFactor,
    Unexplained,
    factors_of_month,
    known_on,
    why_not,
)

UNEXPLAINED = "not explained by drivers"


class CausePart(NamedTuple):
    """A part of the gap, in units of currency: below 0 where it lost sales.

    `name` is a driver, a KPI, several of them that cannot be told apart (``refunded and signed``), or
    `UNEXPLAINED`. Of one driver or KPI, `plan` and `actual` are its values over the months in which it is
    told apart, up to the day that figures go to, and None where they are not known. `is_implied` says that
    nobody has measured it in some month: it is what sales and the other figures leave. `known_from` are the
    two figures, or sales and one, that say what it was in all of these months.
    """

    name: str
    amount: Fraction
    plan: Fraction | None = None
    actual: Fraction | None = None
    is_implied: bool = False
    known_from: KnownFrom | None = None


@dataclass(frozen=True)
class Causes:
    """The parts of the gap, the largest loss first; they add up to it exactly.

    `gap` is sales − quota to date of the year to date. `unexplained` has the positions of months that have
    a gap of which drivers explain nothing, and why. Where no driver has figures in any month there are no
    parts at all.
    """

    parts: tuple[CausePart, ...]
    gap: Fraction
    unexplained: Mapping[int, Unexplained] = field(default_factory=dict)

    def printed(self, unit: Fraction) -> "Causes":
        """The same with parts that are multiples of `unit`, the plan's day unit, and add up to the gap; of
        1 where only that divides the gap, and as they are where it has decimals."""
        amounts = {part.name: part.amount for part in self.parts}
        for size in (unit, Fraction(1)):
            if (self.gap / size).denominator == 1:
                rounded = rounded_parts(self.gap, amounts, size)
                parts = tuple(part._replace(amount=rounded[part.name]) for part in self.parts)
                return replace(self, parts=parts)
        return self


class MonthSales(NamedTuple):
    """A month's quota to date and its sales; `month` is a position in the plan year."""

    month: int
    quota: Fraction
    actual: Fraction


def causes(came_in: CameIn, numbers: KpiNumbers) -> Causes:
    """Each driver's part of the gap of the year to date. Months whose sales are not known have none."""
    months = [
        MonthSales(line.month, line.quota_to_date, line.actual)
        for line in month_lines(came_in)
        if line.month is not None and line.actual is not None
    ]
    return causes_of(months, numbers, lambda month, name: came_in.month(month, None, name))


def causes_of(
    months: Sequence[MonthSales], numbers: KpiNumbers, actual: Callable[[int, str], Fraction | None]
) -> Causes:
    """As `causes`; `actual` has what is known of a KPI or driver in the month at a position."""
    gap = sum((one.actual - one.quota for one in months), Fraction(0))
    figures = list(_figures(months, numbers, actual))
    chain = _chain(figures, numbers)
    if chain is None:
        return Causes((), gap)
    found = {one.month: factors_of_month(known, chain) for one, known in zip(months, figures, strict=True)}
    ideals: dict[str, Fraction] = {}
    for one in months:
        for name, part in _month_parts(one, found[one.month]):
            ideals[name] = ideals.get(name, Fraction(0)) + part
    amounts = rounded_parts(gap, ideals, money_unit(numbers.cascade.plan))
    parts = [_part(name, amount, list(found.values())) for name, amount in amounts.items()]
    unexplained = {
        one.month: why
        for one, known in zip(months, figures, strict=True)
        if one.actual != one.quota and (why := why_not(known, chain)) is not None
    }
    return Causes(tuple(sorted(parts, key=lambda part: (part.amount, part.name))), gap, unexplained)


def _figures(
    months: Sequence[MonthSales], numbers: KpiNumbers, actual: Callable[[int, str], Fraction | None]
) -> Iterator[Figures]:
    plan = numbers.cascade.plan
    planned = known_of(numbers.cascade, numbers.exact)
    additive = frozenset(name for name, kpi in plan.kpis.items() if kpi.is_additive)
    for one in months:
        given = {name: actual(one.month, name) for name in numbers.exact}
        known = {name: value for name, value in given.items() if value is not None}
        yield Figures(one.quota, one.actual, planned[one.month], known, additive)


def _chain(figures: Sequence[Figures], numbers: KpiNumbers) -> Chain | None:
    """The chain with the most figures, then the longest, then the first in the file; None where no chain
    has any."""
    found = chains(numbers, lambda name: any(name in one.actual for one in figures))
    known = [sum(known_on(one, chain) for one in figures) for chain in found]
    best = max(range(len(found)), key=lambda i: (known[i], len(found[i])), default=None)
    return None if best is None or not known[best] else found[best]


def _month_parts(month: MonthSales, factors: Sequence[MonthFactor]) -> Iterator[tuple[str, Fraction]]:
    """The names and parts of a month's gap; all of it is unexplained where there are no factors."""
    if factors:
        parts = log_parts(month.actual, month.quota, [factor.ratio for factor in factors])
        yield from zip((_name(factor) for factor in factors), parts, strict=True)
    elif month.actual != month.quota:
        yield UNEXPLAINED, month.actual - month.quota


def _name(factor: MonthFactor) -> str:
    *before, last = factor.names or (UNEXPLAINED,)
    return f"{', '.join(before)} and {last}" if before else last


def _part(name: str, amount: Fraction, months: Sequence[Sequence[MonthFactor]]) -> CausePart:
    """`months` have all factors of each month; one that stands twice in a month has the same values."""
    of_name = [[factor for factor in factors if _name(factor) == name] for factors in months]
    told = [factors[0] for factors in of_name if factors]
    if not told:
        return CausePart(name, amount)
    is_implied = any(one.is_implied for one in told)
    sources = {one.known_from for one in told}
    known_from = sources.pop() if len(sources) == 1 and not is_implied else None
    plans, actuals = [one.plan for one in told], [one.actual for one in told]
    weights = [one.weights for one in told if one.weights is not None]
    if not weights:
        return CausePart(name, amount, _sum(plans), _sum(actuals), is_implied, known_from)
    plan = _mean(plans, [planned for planned, _ in weights])
    actual = _mean(actuals, [came for _, came in weights])
    return CausePart(name, amount, plan, actual, is_implied, known_from)


def _sum(values: Sequence[Fraction | None]) -> Fraction | None:
    return None if None in values else sum((value for value in values if value is not None), Fraction(0))


def _mean(values: Sequence[Fraction | None], weights: Sequence[Fraction | None]) -> Fraction | None:
    """A driver's mean over months by what it applies to, so that conversion is orders ÷ visits of them all;
    None where months differ and a weight is not known."""
    known = [value for value in values if value is not None]
    by = [weight for weight in weights if weight is not None]
    if len(known) < len(values):
        return None
    if len(set(known)) == 1:
        return known[0]
    if len(by) < len(known):
        return None
    return sum((value * weight for value, weight in zip(known, by, strict=True)), Fraction(0)) / sum(by)
