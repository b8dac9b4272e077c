"""Which contingencies fire: whose period has brought too little, or is about to."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.review.came_in import CameIn
from target_cascade.engine.review.lines import Line, total
from target_cascade.kpis.team import Contingency, When

_SOON = 10
"""Days of a period after which it is judged though it is not over: fewer say little."""


class Fired(NamedTuple):
    """A contingency whose `when` is met: `attainment` is `actual` ÷ `quota`, which is that of the whole
    period where it is over, and else the quota to date. `known_since` is the month through which the plan
    was closed when it was met already, by the figures that it was closed with; None where it is new."""

    contingency: Contingency
    actual: Fraction
    quota: Fraction
    attainment: Fraction
    whole: bool
    known_since: int | None = None


def fired(came_in: CameIn, months: Sequence[Line]) -> tuple[Fired, ...]:
    """The contingencies that fire, in file order, but what is new before what was known when the plan was
    closed; `months` are those of the company that have begun.

    A period is judged at its end, or on its quota to date when it has begun ten days ago; one whose quota
    is 0 is not judged.
    """
    return tuple(sorted(_fired(came_in, months), key=lambda one: one.known_since is not None))


def _fired(came_in: CameIn, months: Sequence[Line]) -> Iterator[Fired]:
    year, by_position = came_in.cascade.plan.year, {line.month: line for line in months}
    for contingency in came_in.cascade.plan.contingency:
        when = contingency.when
        first, last = year.months[when.months[0]].start, year.months[when.months[-1]].end
        is_over = came_in.through >= last
        if not is_over and (came_in.through - first).days + 1 < _SOON:
            continue
        period = total([by_position[month] for month in when.months if month in by_position])
        reached = period.attainment
        if period.actual is None or reached is None:
            continue
        if when.is_met_by(reached):
            since = _known_since(came_in, when, period.quota_to_date)
            yield Fired(contingency, period.actual, period.quota_to_date, reached, is_over, since)


def _known_since(came_in: CameIn, when: When, quota: Fraction) -> int | None:
    """The last closed month, where the block's own actuals of a period that it closed meet `when`; `quota`
    is that of the period, above 0 or below."""
    closed = came_in.cascade.plan.closed
    if closed is None or when.months[-1] > closed.through:
        return None
    actual = sum((closed.actuals[month] for month in when.months), Fraction(0))
    return closed.through if when.is_met_by(actual / quota) else None
