"""What came in → the open months re-planned (spec "Review and re-plan")."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from target_cascade.calendar import Period
from target_cascade.engine.apportion import round_down, round_up, units_of
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.growth import ZERO
from target_cascade.engine.replan.caps import Cap, caps, room
from target_cascade.engine.replan.gap import WouldGive, binding, keeping, would_give
from target_cascade.engine.replan.placing import Room, place
from target_cascade.engine.replan.standing import Standing
from target_cascade.engine.review.came_in import CameIn, Correction, whole_months
from target_cascade.errors import UsageError
from target_cascade.review.closed import Closed, ClosedMonth
from target_cascade.review.spread import PROPORTIONAL, Spread


@dataclass(frozen=True)
class MonthMove:
    """A month before and after: of a closed one the agreed quota and what came in, of an open one its
    quotas."""

    position: int
    period: Period
    state: Literal["closed", "open"]
    old: Fraction
    new: Fraction

    @property
    def change(self) -> Fraction:
        """New less old."""
        return self.new - self.old


@dataclass(frozen=True)
class Replan:
    """The year as it has been re-planned. All amounts are in units of currency.

    `outlook` is what the year brings if the open months stay as they are; where it is below the target,
    `missing` is by how much, and `needed` that rounded up to the month's unit, of which `placed` is put on
    open months and `unplaced` is what `missing` then still lacks. `lowered` is what `--relax` takes off
    open months.
    """

    came_in: CameIn = field(repr=False)
    months: tuple[MonthMove, ...]
    outlook: Fraction
    first_total: Fraction
    """P of the first revision."""
    missing: Fraction
    needed: Fraction
    placed: Fraction
    lowered: Fraction
    bank: Fraction
    """What came in above the agreed quotas of the closed months; below 0 where they fell short."""
    spread: Spread
    closed: Closed = field(repr=False)
    """The block of the new revision."""
    caps: tuple[Cap, ...]
    """The bounds that open months have reached, with which more cannot be raised (or lowered)."""
    would_give: WouldGive | None
    """What would place more; None where all is placed."""
    corrections: tuple[Correction, ...]
    unfinished: Period | None
    """The month that has begun and is not over, which stays open."""

    @property
    def cascade(self) -> Cascade:
        """The quotas before."""
        return self.came_in.cascade

    @property
    def target(self) -> Fraction:
        """T."""
        return self.cascade.plan.target

    @property
    def unplaced(self) -> Fraction:
        """The named gap: what the year then misses of the target."""
        return max(ZERO, self.missing - self.placed)

    @property
    def total_after(self) -> Fraction:
        """What the year brings if the open months bring their new quotas."""
        return self.outlook + self.placed - self.lowered

    @property
    def buffer_left(self) -> Fraction:
        """What the year may still lose with the target reached."""
        return max(ZERO, self.total_after - self.target)

    @property
    def surplus(self) -> Fraction:
        """By how much the year, with the open months as they were, exceeds P of the first revision."""
        return max(ZERO, self.outlook - self.first_total)

    @property
    def ahead(self) -> bool:
        """Whether the year is above P of the first revision, so that `--relax` may lower the rest."""
        return self.surplus > 0

    @property
    def relaxed(self) -> bool:
        """Whether open months have been lowered."""
        return self.lowered > 0


def replan(came_in: CameIn, spread: Spread | None = None, relax: bool = False) -> Replan:
    """The open months re-planned by a policy; None: that of the last re-plan, or in proportion.

    Raises `UsageError` where no month is over, or fewer than the last re-plan has closed.
    """
    standing = _standing(came_in, spread)
    change = _lowered(standing) if relax and standing.ahead else _raised(standing)
    return Replan(
        came_in=came_in,
        months=tuple(_moves(standing, change.quotas)),
        outlook=standing.outlook,
        first_total=standing.first_total,
        missing=standing.missing,
        needed=round_up(standing.missing, standing.unit),
        placed=change.placed,
        lowered=change.lowered,
        bank=sum((a - q for a, q in zip(standing.actuals, standing.quotas, strict=False)), ZERO),
        spread=standing.spread,
        closed=_closed(standing, change.quotas),
        caps=change.caps,
        would_give=change.would_give,
        corrections=came_in.corrections,
        unfinished=_unfinished(came_in),
    )


class _Change(NamedTuple):
    """The quotas after, what was put on open months or taken off them, and what stood in the way."""

    quotas: tuple[Fraction, ...]
    placed: Fraction = ZERO
    lowered: Fraction = ZERO
    caps: tuple[Cap, ...] = ()
    would_give: WouldGive | None = None


def _raised(standing: Standing) -> _Change:
    """What is missing to the target, rounded up to the unit, put on the open months."""
    needed = units_of(round_up(standing.missing, standing.unit), standing.unit)
    if not needed:
        return _Change(standing.quotas)
    bounds = caps(standing)
    quotas = _moved(standing, room(standing, bounds), needed, standing.unit)
    placed = sum(quotas, -sum(standing.quotas, ZERO))
    left = would_give(standing, bounds, needed) if placed < needed * standing.unit else None
    return _Change(quotas, placed, caps=binding(standing, bounds, quotas, needed), would_give=left)


def _lowered(standing: Standing) -> _Change:
    """What the year brings above P of the first revision, in whole units, taken off the open months."""
    surplus = round_down(standing.outlook - standing.first_total, standing.unit)
    bounds = caps(standing, lower=True)
    places = room(standing, bounds, lower=True)
    quotas = _moved(standing, places, units_of(surplus, standing.unit), -standing.unit)
    lowered = sum(standing.quotas, -sum(quotas, ZERO))
    return _Change(quotas, lowered=lowered, caps=keeping(standing, bounds, quotas))


def _moved(standing: Standing, places: Room, units: int, unit: Fraction) -> tuple[Fraction, ...]:
    """The quotas, each with the units that its month gets."""
    given = dict(zip(places.months, place(places, units), strict=True))
    return tuple(quota + given.get(month, 0) * unit for month, quota in enumerate(standing.quotas))


def _standing(came_in: CameIn, spread: Spread | None) -> Standing:
    cascade = came_in.cascade
    closed = cascade.plan.closed
    if spread is None:
        spread = PROPORTIONAL if closed is None else closed.spread
    quotas = tuple(month.amount for month in cascade.months)
    return Standing(cascade.plan, quotas, cascade.first_quotas, tuple(_actuals(came_in)), spread)


def _actuals(came_in: CameIn) -> Iterator[Fraction]:
    """What came in, of each month that is over."""
    plan, months = came_in.cascade.plan, came_in.cascade.plan.year.months
    whole = whole_months(came_in.through, plan.year)
    if not whole:
        message = f"the figures go to {came_in.through}, and {months[0].label} is over on {months[0].end}"
        raise UsageError(f"no month is over, so nothing can be closed: {message}; replan when it is over")
    if plan.closed is not None and whole <= plan.closed.through:
        message = f"the plan has closed the months to {months[plan.closed.through].label} already"
        raise UsageError(
            f"{message}, and the figures go to {came_in.through}; say --through"
            f" {months[plan.closed.through].label} or later, or replan the revision before"
        )
    for position in range(whole):
        actual = came_in.month(position)
        assert actual is not None, "a gap is refused when the figures are taken in"
        yield actual


def _unfinished(came_in: CameIn) -> Period | None:
    """The month that has begun by the last day of the figures, and is not over."""
    months = came_in.cascade.plan.year.months
    return next((month for month in months if month.start <= came_in.through < month.end), None)


def _moves(standing: Standing, quotas: Sequence[Fraction]) -> Iterator[MonthMove]:
    for position, period in enumerate(standing.plan.year.months):
        old = standing.quotas[position]
        if position in standing.open:
            yield MonthMove(position, period, "open", old, quotas[position])
        else:
            yield MonthMove(position, period, "closed", old, standing.actuals[position])


def _closed(standing: Standing, quotas: Sequence[Fraction]) -> Closed:
    """The block of the new revision: closed months keep the quotas that were agreed."""
    months = {m: _closed_month(standing, m, actual) for m, actual in enumerate(standing.actuals)}
    return Closed.model_construct(
        through=len(months) - 1,
        months=months,
        open={month: quotas[month] for month in standing.open},
        first=dict(enumerate(standing.first)),
        spread=standing.spread,
    )


def _closed_month(standing: Standing, month: int, actual: Fraction) -> ClosedMonth:
    """A month that is over, with what it was closed with before where that has been corrected."""
    block = standing.plan.closed
    before = None if block is None else block.months.get(month)
    was = None
    if before is not None:
        was = before.was if before.actual == actual else before.actual
    return ClosedMonth.model_construct(quota=standing.quotas[month], actual=actual, was=was)
