"""What it costs when a driver slips: in quota if effort stays as planned, in money if the quota is still to
come in."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.amount import show
from target_cascade.engine.apportion import nearest
from target_cascade.engine.kpis.numbers import KpiNumbers, better, effort, money_unit
from target_cascade.engine.kpis.spending import is_cost, money_kpis, spent
from target_cascade.engine.kpis.values import Failure, Values, changed, known_of, named_months
from target_cascade.errors import InfeasibleError, Problem, UsageError
from target_cascade.kpis.driver import Better
from target_cascade.kpis.graph import needs

_NO_DRIVERS = """the plan has no `drivers:`, so there is nothing that could be worse than assumed; make a \
driver of each number in a formula that may turn out otherwise, for example

  drivers: {order_value: 200}
  kpis: {orders: {formula: quota / order_value, unit: count}}"""


class Slip(NamedTuple):
    """What a driver's slip costs in the year, to the nearest minor unit of the currency.

    `quota_lost` is what the year falls short if effort stays as planned, `more_spent` what it costs more
    if the quota is still to come in. `most` is the effort that rises most over the year and `needed` by
    which factor, without what only follows from other effort that rises; None where none rises.
    """

    driver: str
    better: Better
    slip: Fraction
    quota_lost: Fraction
    more_spent: Fraction
    most: str | None
    needed: Fraction | None


def slips(numbers: KpiNumbers, slip: Fraction) -> tuple[Slip, ...]:
    """What it costs if each driver alone is worse by a part `slip` of itself in all months: v·(1 − slip)
    where higher is better, v·(1 + slip) where lower is. The largest quota lost comes first, then what
    costs more, then file order.

    Raises `UsageError` where the plan has no drivers, and `InfeasibleError` where a slip leaves a KPI
    without a value, or a count below 0.
    """
    if not numbers.cascade.plan.drivers:
        raise UsageError(_NO_DRIVERS)
    found: list[Slip] = []
    problems: list[Problem] = []
    for driver in numbers.cascade.plan.drivers:
        try:
            found.append(_slip(numbers, driver, slip))
        except InfeasibleError as error:
            problems.extend(error.problems)
    if problems:
        raise InfeasibleError(*problems)
    return tuple(sorted(found, key=lambda one: (-one.quota_lost, -one.more_spent)))


def _slip(numbers: KpiNumbers, driver: str, slip: Fraction) -> Slip:
    way = better(numbers, driver)
    factor = 1 - slip if way == "higher" else 1 + slip
    worse = [value * factor for value in numbers.exact[driver] if value is not None]
    after, failures = changed(numbers.cascade, numbers.order, numbers.exact, {driver: worse})
    if wrong := [*_failed(numbers, failures), *_below_zero(numbers, after)]:
        slipped = f"a slip of `{driver}` by {show(slip * 100)} %"
        raise InfeasibleError(*(Problem(f"{slipped} {what}", ("drivers", driver)) for what in wrong))
    unit = money_unit(numbers.cascade.plan)
    first = _first_to_rise(numbers, after)
    most, needed = _most(numbers, after, first)
    lost = nearest(_quota_lost(numbers, after, first), unit)
    return Slip(driver, way, slip, lost, nearest(_more_spent(numbers, after), unit), most, needed)


def _failed(numbers: KpiNumbers, failures: Sequence[Failure]) -> Iterator[str]:
    """The first reason by which each formula has no value after a slip."""
    by_subject = {failure.subject: failure for failure in reversed(failures)}
    for failure in by_subject.values():
        month = numbers.cascade.plan.year.months[failure.month].label
        yield f"leaves {failure.subject} without a value in {month}: {failure.reason}; take a smaller slip"


def _below_zero(numbers: KpiNumbers, after: Values) -> Iterator[str]:
    plan = numbers.cascade.plan
    for name, kpi in plan.kpis.items():
        months = [month for month, value in enumerate(after[name]) if value is not None and value < 0]
        if kpi.unit == "count" and months:
            where = named_months(months, plan.year)
            yield f"takes `{name}` below 0 in {where}, which cannot be counted; take a smaller slip"


def _first_to_rise(numbers: KpiNumbers, after: Values) -> tuple[str, ...]:
    """The effort that rises in some month, without what only follows from other effort that rises: of
    orders and the parcels that come back, the orders."""
    kpis, counted = numbers.cascade.plan.kpis, effort(numbers)
    first: list[str] = []
    moved: set[str] = set()
    for name in numbers.order:
        rises = name in counted and any(new > old for old, new in _above_zero(numbers, after, name))
        follows = not moved.isdisjoint(needs(kpis, name))
        if rises and not follows:
            first.append(name)
        if rises or follows:
            moved.add(name)
    return tuple(first)


def _quota_lost(numbers: KpiNumbers, after: Values, first: Sequence[str]) -> Fraction:
    """Σ over months of quota·(1 − 1/r), r the largest factor new/old of the effort that rises `first`.

    With effort as planned the scarcest of it carries 1/r of what it would have to. That is exact where
    KPIs are in proportion to the quota, as they are in a chain of factors; where a formula adds
    something to the quota's part, it is near.
    """
    factors = [Fraction(1)] * len(numbers.cascade.months)
    for name in first:
        for month, (old, new) in enumerate(zip(numbers.exact[name], after[name], strict=True)):
            if old is not None and new is not None and old > 0:
                factors[month] = max(factors[month], new / old)
    months = zip(numbers.cascade.months, factors, strict=True)
    return sum((month.amount * (1 - 1 / factor) for month, factor in months), Fraction(0))


def _most(numbers: KpiNumbers, after: Values, first: Sequence[str]) -> tuple[str | None, Fraction | None]:
    """Of `first` the KPI whose year rises most, and by which factor; of equal ones the first of the chain."""
    factors: dict[str, Fraction] = {}
    for name in first:
        pairs = list(_above_zero(numbers, after, name))
        factors[name] = sum(new for _, new in pairs) / sum((old for old, _ in pairs), Fraction(0))
    most = max(factors, key=lambda name: factors[name], default=None)
    return (None, None) if most is None else (most, factors[most])


def _above_zero(numbers: KpiNumbers, after: Values, name: str) -> Iterator[tuple[Fraction, Fraction]]:
    """A KPI before and after, in the months in which it was above 0."""
    for old, new in zip(numbers.exact[name], after[name], strict=True):
        if old is not None and new is not None and old > 0:
            yield old, new


def _year(values: Values, name: str) -> Fraction:
    return sum((value for value in values[name] if value is not None), Fraction(0))


def _more_spent(numbers: KpiNumbers, after: Values) -> Fraction:
    """By how much spending rises over the year, 0 where it does not.

    Of the KPIs in money these are costs (see `spending.is_cost`), or where there is none of them, those
    that rise. Parts of others are not counted beside them, as before the slip.
    """
    plan = numbers.cascade.plan
    costs = [name for name in money_kpis(plan) if is_cost(plan, name)]
    if not costs:
        costs = [name for name in money_kpis(plan) if _year(after, name) > _year(numbers.exact, name)]
    more = Fraction(0)
    for month, known in enumerate(known_of(numbers.cascade, numbers.exact)):
        for name in spent(plan, costs, known):
            old, new = numbers.exact[name][month], after[name][month]
            assert old is not None
            assert new is not None
            more += new - old
    return max(Fraction(0), more)
