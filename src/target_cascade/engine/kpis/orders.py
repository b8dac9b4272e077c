"""What a team has to order, and the last day on which that is in time."""

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.kpis.numbers import KpiNumbers


class Order(NamedTuple):
    """What a month takes of a team's KPIs that add up, as shown and in file order; none of it is 0.

    `month` is a position in the plan year, `by` the last day on which it can be ordered in time, and
    `is_ordered` says that the plan has it as ordered.
    """

    month: int
    by: date
    amounts: tuple[tuple[str, Fraction], ...]
    is_ordered: bool


def orders(numbers: KpiNumbers, team: str) -> tuple[Order, ...]:
    """The team's orders in the order of their months, without months that take nothing.

    `by` is the first day of the month − `lead_days`. Money that is no spending is not ordered. None
    where the team has no `lead_days`, or no KPI that adds up.
    """
    plan = numbers.cascade.plan
    entry = plan.teams.get(team)
    if entry is None or entry.lead_days is None:
        return ()
    taken = {
        name: numbers.months(name)
        for name, kpi in plan.kpis.items()
        if kpi.team == team and kpi.is_additive and kpi.spends is not False
    }
    found: list[Order] = []
    for position, month in enumerate(plan.year.months):
        months = ((name, values[position]) for name, values in taken.items())
        amounts = tuple((name, value) for name, value in months if value is not None and value > 0)
        by = month.start - timedelta(days=entry.lead_days)
        if amounts:
            is_ordered = entry.ordered is not None and month.start <= entry.ordered
            found.append(Order(position, by, amounts, is_ordered))
    return tuple(found)
