"""What cannot be less than nothing: counts, what sources are to bring, and what they cost."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from target_cascade.amount import show
from target_cascade.engine.kpis.sources import Offer
from target_cascade.engine.kpis.values import Values, named_months
from target_cascade.errors import Problem
from target_cascade.plan import Plan


def below_zero(
    plan: Plan, values: Values, offers: Mapping[str, Sequence[Sequence[Offer]]]
) -> Iterator[Problem]:
    """One problem for each KPI and each source that is below 0 where that makes no sense.

    `offers` are by KPI and month, in file order. Money may be below 0, as a margin is, except where
    sources are to bring it.
    """
    for name, kpi in plan.kpis.items():
        if kpi.unit == "count" or name in plan.sources:
            reason = "a count cannot be below 0" if kpi.unit == "count" else "no source brings less than 0"
            if told := _where(plan, values[name]):
                message = f"`{name}` is {told}, and {reason}; write `max(0, …)` if nothing is needed then"
                yield Problem(message, ("kpis", name, "formula"))
    for name, months in offers.items():
        for index, of_source in enumerate(zip(*months, strict=True)):
            if told := _where(plan, [offer.cost for offer in of_source]):
                message = f"the cost of `{of_source[0].name}` is {told}, and what it brings would earn money"
                path = ("sources", name, index, "cost")
                yield Problem(f"{message}; write 0 if it costs nothing", path)


def _where(plan: Plan, values: Sequence[Fraction | None]) -> str:
    """``-12 in 2012-03, the lowest, and below 0 in 2012-03 to 2012-05``; nothing where none is below 0."""
    below = {month: value for month, value in enumerate(values) if value is not None and value < 0}
    if not below:
        return ""
    lowest = min(below, key=lambda month: below[month])
    months = named_months(below, plan.year)
    if len(set(below.values())) == 1:
        return f"{show(below[lowest])} in {months}"
    return f"below 0 in {months}, at worst {show(below[lowest])} in {plan.year.months[lowest].label}"
