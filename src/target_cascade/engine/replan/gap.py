"""What found no place: which bounds stand in the way, and what else may fill in."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from target_cascade.engine.growth import ZERO
from target_cascade.engine.replan.caps import CATCH_UP, Cap, full, room, with_catch_up
from target_cascade.engine.replan.standing import Standing
from target_cascade.errors import Path
from target_cascade.plan import Adjustment
from target_cascade.review.spread import PROPORTIONAL

if TYPE_CHECKING:
    from target_cascade.kpis.team import When

PERCENT = 100


@dataclass(frozen=True)
class Filler:
    """An entry of the plan that may fill in: a contingency with an amount, or the fallback of a cause.

    `months` are positions: of the contingency's period, or the open months that the cause covers.
    `amount` is what a contingency brings; of a fallback it is not known. `met` says that a contingency's
    condition was met; None: its period is not over, or it is a fallback.
    """

    kind: Literal["contingency", "fallback"]
    path: Path
    months: tuple[int, ...]
    do: str
    amount: Fraction | None = None
    who: str | None = None
    name: str | None = None
    met: bool | None = None


@dataclass(frozen=True)
class WouldGive:
    """What would place more of the gap.

    `proportional` is how much more would find a place with `--spread proportional`; 0 where the policy
    leaves no month out. `catch_up` is the least whole percent of it at which all would find a place with
    this policy; None where limits leave no place for all, however high it is.
    """

    proportional: Fraction
    catch_up: Fraction | None
    fillers: tuple[Filler, ...]


def binding(
    standing: Standing, caps: Sequence[Cap], quotas: Sequence[Fraction], needed: int
) -> tuple[Cap, ...]:
    """The caps that `quotas` have reached after `needed` units were to be placed, each with what more
    would find a place if it alone gave way; all months at their credibility bounds are one of them."""
    reached = list(full(standing, caps, quotas, lower=False))
    placed = min(needed, room(standing, caps).places)

    def without(gone: Collection[Cap]) -> Fraction:
        kept = [cap for cap in caps if cap not in gone]
        return (_places(standing, kept, needed) - placed) * standing.unit

    found = [
        cap._replace(gives=without([one for one in caps if one.path == cap.path]))
        for cap in reached
        if cap.why == "limit"
    ]
    credible = [cap for cap in reached if cap.why == "catch_up"]
    if credible:
        months = tuple(cap.months[0] for cap in credible)
        amount = sum((cap.amount for cap in credible), ZERO)
        gives = without([cap for cap in caps if cap.why == "catch_up"])
        found.insert(0, credible[0]._replace(months=months, amount=amount, gives=gives))
    return (*found, *_left_out(standing, caps, quotas, needed - placed))


def keeping(standing: Standing, caps: Sequence[Cap], quotas: Sequence[Fraction]) -> tuple[Cap, ...]:
    """The limits that keep `quotas` from being lowered any more."""
    return tuple(cap for cap in full(standing, caps, quotas, lower=True) if cap.path)


def _left_out(
    standing: Standing, caps: Sequence[Cap], quotas: Sequence[Fraction], lacking: int
) -> Iterator[Cap]:
    """The months that the policy leaves as they are, where they could take some of what lacks a place."""
    months = tuple(month for month, weight in standing.weights.items() if not weight)
    gives = _proportional(standing, caps, lacking)
    if gives:
        amount = sum((quotas[month] for month in months), ZERO)
        yield Cap(months, amount, "policy", (), standing.spread.text, gives)


def _proportional(standing: Standing, caps: Sequence[Cap], lacking: int) -> Fraction:
    if all(standing.weights.values()):
        return ZERO
    others = room(replace(standing, spread=PROPORTIONAL), caps).places - room(standing, caps).places
    return min(lacking, others) * standing.unit


def _places(standing: Standing, caps: Sequence[Cap], needed: int) -> int:
    """How many of the needed units find a place under `caps`; a month without a cap takes all of them."""
    everything = needed * standing.unit
    bare = [
        Cap((month,), standing.quotas[month] + everything, "catch_up", CATCH_UP, "")
        for month in standing.movable
    ]
    return min(needed, room(standing, [*bare, *caps]).places)


def would_give(standing: Standing, caps: Sequence[Cap], needed: int) -> WouldGive:
    """What would place the rest of `needed` units, where the caps leave too few places."""
    lacking = needed - room(standing, caps).places
    return WouldGive(
        _proportional(standing, caps, lacking),
        _catch_up(standing, caps, needed),
        tuple(fillers(standing)),
    )


def _catch_up(standing: Standing, caps: Sequence[Cap], needed: int) -> Fraction | None:
    """The least whole percent at which all finds a place; by bisection, as more of it takes no place away."""

    def fits(percent: int) -> bool:
        times = Fraction(percent, PERCENT)
        return room(standing, with_catch_up(standing, caps, times)).places >= needed

    low = standing.plan.guardrails.catch_up * PERCENT // 1
    high = max(low + 1, _beyond_need(standing, needed))
    if not fits(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle, high)
    return Fraction(high, PERCENT)


def _beyond_need(standing: Standing, needed: int) -> int:
    """A whole percent at which each month that can be raised has a place for everything."""
    everything = needed * standing.unit
    needs = (
        (standing.quotas[month] + everything) / standing.first[month]
        for month in standing.movable
        if standing.first[month]
    )
    return max((need * PERCENT // 1 + 1 for need in needs), default=0)


def fillers(standing: Standing) -> Iterator[Filler]:
    """Contingencies with an amount that no earlier re-plan can have counted on, and the fallbacks of causes
    that cover open months; each in file order."""
    plan = standing.plan
    counted = -1 if plan.closed is None else plan.closed.through
    for index, entry in enumerate(plan.contingency):
        is_over = max(entry.when.months) not in standing.open
        met = _met(standing, entry.when) if is_over else None
        # What is over and has not come to pass never will, and what an earlier re-plan knew of is counted.
        may_come = not is_over or (met and max(entry.when.months) > counted)
        if entry.amount is not None and entry.amount > 0 and may_come:
            path = ("contingency", index)
            months = entry.when.months
            yield Filler("contingency", path, months, entry.do, entry.amount, entry.who, met=met)
    for index, cause in enumerate(plan.adjust):
        months = tuple(month for month in standing.open if _covers(standing, cause, month))
        if cause.fallback is not None and months:
            path = ("adjust", index)
            yield Filler("fallback", path, months, cause.fallback, who=cause.owner, name=cause.name)


def _met(standing: Standing, when: "When") -> bool:
    """Whether the period of a contingency, which is over, brought too little; never where it has no quota."""
    quota = sum((standing.quotas[month] for month in when.months), ZERO)
    actual = sum((standing.actuals[month] for month in when.months), ZERO)
    return bool(quota) and when.is_met_by(actual / quota)


def _covers(standing: Standing, cause: Adjustment, month: int) -> bool:
    if cause.days is None:
        return cause.months is None or month in cause.months
    period = standing.plan.year.months[month]
    return any(span.start <= period.end and period.start <= span.end for span in cause.days)
