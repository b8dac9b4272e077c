"""What several guardrails measure."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from target_cascade.engine.apportion import nearest
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.demand import NOTHING, Cause
from target_cascade.plan import Plan
from target_cascade.sentence import Sentence, count, sentence

_MOST_NAMES = 3
"""Names that a message tells; the others are counted."""


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


def readable(number: Fraction, rounded: Callable[[Fraction, Fraction], Fraction] = nearest) -> Fraction:
    """`number` with two decimals, or three digits that count where it is below 1: numbers of KPIs may
    have no end."""
    unit = Fraction(1, 100)
    while number and abs(number) < 100 * unit:
        unit /= 10
    return rounded(number, unit)


def named(names: Sequence[str]) -> Sentence:
    """```South/Li`, `South/Wu`, `North/Ma` and 12 more``."""
    told = sentence(", ".join(f"`{name}`" for name in names[:_MOST_NAMES]))
    return told + more(len(names) - _MOST_NAMES)


def more(number: int) -> Sentence:
    """`` and 12 more``; nothing where there are none."""
    return sentence(" and ", count(number), " more") if number > 0 else sentence()


def in_places(number: int, preposition: str, places: str) -> Sentence:
    """``; it is so on 3 days``, told where it is so in several."""
    return sentence(f"; it is so {preposition} ", count(number), f" {places}") if number > 1 else sentence()


def in_months(number: int) -> Sentence:
    """``; it is so in 3 months``, as `in_places`."""
    return in_places(number, "in", "months")
