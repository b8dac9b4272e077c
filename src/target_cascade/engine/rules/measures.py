"""What several guardrails measure."""

from collections.abc import Sequence
from fractions import Fraction

from target_cascade.engine.cascade import Cascade
from target_cascade.engine.demand import NOTHING, Cause
from target_cascade.plan import Plan


def brought(cascade: Cascade, cause: Cause) -> Fraction:
    """What a cause brings in the year: its row in the year's bridge, in units of currency."""
    amount = cascade.demand.of_cause(cause, range(len(cascade.demand.weights)))
    return amount * cascade.growth if cause.kind == "lift" else amount


def new_business_total(plan: Plan) -> Fraction:
    """Σ expect·count_on, in units of currency."""
    return sum((entry.expect * entry.count_on for entry in plan.new_business), NOTHING)


def quotas(cascade: Cascade) -> tuple[Fraction, ...]:
    """The months' quotas; they add up to the planned total."""
    return tuple(month.amount for month in cascade.months)


def part_of_year(amounts: Sequence[Fraction], first: int, count: int) -> Fraction | None:
    """What `count` months from position `first` on carry of the year; None of a year of 0."""
    total = sum(amounts, NOTHING)
    return sum(amounts[first : first + count], NOTHING) / total if total else None
