"""Whether a plan can follow an advice, and what stands against it where it cannot."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.apportion import nearest, round_down
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.cascade import cascade as cascaded
from target_cascade.engine.demand import NOTHING
from target_cascade.engine.limits import bound_name, limits_of
from target_cascade.errors import InfeasibleError, Path
from target_cascade.plan import Limit, YearEnd
from target_cascade.sentence import Sentence, amount, sentence


class _Weight(NamedTuple):
    """An entry that asks for an amount in some months, whatever the rest of the year brings."""

    amount: Fraction
    verb: str
    name: str
    asks: str


def what_opposes(cascade: Cascade, limits: Sequence[Limit]) -> Sentence | None:
    """What to do first, where the plan is not possible with `limits` beside its own; None where it is.

    The entry that is named is one that asks for much in the months of the last of `limits`, or one that
    keeps the other months from carrying the rest.
    """
    plan = cascade.plan
    try:
        cascaded(plan.model_copy(update={"limits": (*plan.limits, *limits)}))
    except InfeasibleError as error:
        return _first_step(cascade, limits[-1], error.problems[0].path)
    return None


def _first_step(cascade: Cascade, limit: Limit, path: Path) -> Sentence:
    months, plan = frozenset(limit.months), cascade.plan
    high = (limit.max_share or NOTHING) * cascade.planned_total if limit.max is None else limit.max
    if _least(cascade, months) > high:
        return _less(cascade, months, high)
    if path[0] == "adjust":
        return sentence(f"have `{plan.adjust[int(path[1])].name}` take less, or spread it over more days")
    return _more_room(cascade, months)


def _less(cascade: Cascade, months: frozenset[int], high: Fraction) -> Sentence:
    """To lower what asks for most in months that are to come to `high` at most."""
    plan, heaviest = cascade.plan, max(_weights(cascade, months), key=lambda weight: weight.amount)
    where = " and ".join(plan.year.months[month].label for month in sorted(months))
    asked = amount(nearest(heaviest.amount, plan.rounding.day_unit))
    until = f" in {where}, until {'the month comes' if len(months) == 1 else 'they come'} to "
    told = sentence(f"{heaviest.verb} {heaviest.name}, which {heaviest.asks} ", asked, until)
    return told + sentence(amount(round_down(high, plan.rounding.month)), " at most")


def _least(cascade: Cascade, months: frozenset[int]) -> Fraction:
    """What the months come to at least, with nothing of last year's business."""
    fixed = {month: cascade.demand.line(month).fixed for month in months}
    together = NOTHING
    for _, limit, low in _minimums(cascade):
        if len(limit.months) > 1 and limit.together and months.issuperset(limit.months):
            together = max(together, low)
        elif len(limit.months) == 1 or not limit.together:
            fixed |= {month: max(fixed[month], low) for month in months.intersection(limit.months)}
    return max(together, sum(fixed.values(), NOTHING))


def _weights(cascade: Cascade, months: frozenset[int]) -> Iterator[_Weight]:
    demand = cascade.demand
    days = [day for month in sorted(months) for day in demand.months[month]]
    for cause in demand.causes:
        if cause.kind != "lift":
            yield _Weight(demand.of_cause(cause, days), "move or lower", f"`{cause.name}`", "brings")
    for path, limit, low in _minimums(cascade):
        inside = months.intersection(limit.months)
        if not limit.together:
            yield _Weight(low * len(inside), "lower", bound_name(path, limit), "asks for")
        elif months.issuperset(limit.months):
            yield _Weight(low, "lower", bound_name(path, limit), "asks for")


def _minimums(cascade: Cascade) -> Iterator[tuple[Path, Limit | YearEnd, Fraction]]:
    """The entries that bound months from below, with the bound."""
    for path, limit in limits_of(cascade.plan):
        low = limit.hold if limit.hold is not None else limit.min
        if low:
            yield path, limit, low


def _more_room(cascade: Cascade, months: frozenset[int]) -> Sentence:
    """What to do where the other months cannot carry what these are to leave."""
    binding = {one.path: one.demand - one.amount for one in cascade.held if one.side == "at most"}
    outside = [
        (path, limit)
        for path, limit in limits_of(cascade.plan)
        if (limit.min is None or limit.max is not None or limit.max_share is not None)
        and not months.issuperset(limit.months)
    ]
    if not outside:
        return sentence("lower the target, as the other months cannot carry more")
    path, limit = max(outside, key=lambda one: binding.get(one[0], NOTHING))
    return sentence(f"let {bound_name(path, limit)} allow more, so that other months can carry the rest")
