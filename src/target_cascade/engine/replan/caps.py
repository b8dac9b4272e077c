"""What bounds the open months: the limits of the plan, less what came in, and the credibility bound.

Months are raised up to their highest amounts, and with `--relax` lowered to their least ones. A bound
never moves a quota by itself: a month that is beyond one already stays where it is.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from target_cascade.engine.apportion import round_down
from target_cascade.engine.growth import ZERO
from target_cascade.engine.limits import Bound, written_bounds
from target_cascade.engine.replan.placing import Room, group
from target_cascade.engine.replan.standing import Standing
from target_cascade.errors import Path

CATCH_UP: Path = ("guardrails", "catch_up")


class Cap(NamedTuple):
    """A bound on what open months come to together.

    `amount` is the most that `months` may come to (where months are lowered, the least); of a limit that
    binds closed months too, it is what their actuals leave over. `name` is the limit's name or place, or
    the policy's text.
    """

    months: tuple[int, ...]
    amount: Fraction
    why: Literal["catch_up", "limit", "policy"]
    path: Path
    name: str
    gives: Fraction = ZERO
    """How much more would find a place if this alone gave way."""

    def units(self, quotas: Sequence[Fraction], unit: Fraction, *, lower: bool) -> int:
        """How many whole units the months may still move; 0 where they are at the bound or beyond."""
        rest = self.amount - sum(quotas[month] for month in self.months)
        return max(0, (-rest if lower else rest) // unit)


def caps(standing: Standing, *, lower: bool = False) -> list[Cap]:
    """What bounds the movable months, in the order of the months; limits in file order.

    Where months are raised, one cap of each of them is its credibility bound: `catch_up` times its quota
    in the first revision. Where they are lowered, one is the 0 that no month goes below, without a path.
    """
    own = [_floor(month) for month in standing.movable] if lower else _credible(standing)
    limits = (
        _limit(standing, bound, lower=lower) for bound in written_bounds(standing.plan, standing.first_total)
    )
    return [*own, *(cap for cap in limits if cap is not None)]


def _floor(month: int) -> Cap:
    return Cap((month,), ZERO, "limit", (), "0")


def _credible(standing: Standing, times: Fraction | None = None) -> list[Cap]:
    times = standing.plan.guardrails.catch_up if times is None else times
    return [
        Cap(
            (month,),
            round_down(times * standing.first[month], standing.unit),
            "catch_up",
            CATCH_UP,
            "`catch_up`",
        )
        for month in standing.movable
    ]


def with_catch_up(standing: Standing, caps: Sequence[Cap], times: Fraction) -> list[Cap]:
    """The caps as they would be with another `catch_up`."""
    return [*_credible(standing, times), *(cap for cap in caps if cap.why != "catch_up")]


def _limit(standing: Standing, bound: Bound, *, lower: bool) -> Cap | None:
    """What a bound of the plan leaves to the open months; None where it says nothing of them."""
    months = tuple(month for month in standing.movable if month in bound.months)
    amount = bound.low if lower else bound.high
    if not months or amount is None:
        return None
    if len(bound.months) == 1 and bound.low == bound.high:
        amount = standing.quotas[months[0]]  # a held month does not move, wherever it stands
    elif lower and not amount:
        return None
    came_in = sum((standing.actuals[month] for month in bound.months if month not in standing.open), ZERO)
    return Cap(months, amount - came_in, "limit", bound.path, bound.name)


def room(standing: Standing, caps: Sequence[Cap], *, lower: bool = False) -> Room:
    """The places that the caps leave: months in groups that lie one inside the other, or apart."""
    capacities: dict[tuple[int, ...], int] = {}
    for cap in caps:
        units = cap.units(standing.quotas, standing.unit, lower=lower)
        capacities[cap.months] = min(units, capacities.get(cap.months, units))
    rooms = [Room((month,), capacities[month,], weight) for month, weight in standing.weights.items()]
    for months in sorted((months for months in capacities if len(months) > 1), key=len):
        inside = tuple(one for one in rooms if set(one.months) <= set(months))
        rooms = [one for one in rooms if one not in inside] + [group(inside, capacities[months])]
    return group(tuple(rooms))


def full(
    standing: Standing, caps: Sequence[Cap], quotas: Sequence[Fraction], *, lower: bool
) -> Iterator[Cap]:
    """The caps that leave `quotas` no unit more, of months that the policy may move."""
    for cap in caps:
        moved = any(standing.weights[month] for month in cap.months)
        if moved and not cap.units(quotas, standing.unit, lower=lower):
            yield cap
