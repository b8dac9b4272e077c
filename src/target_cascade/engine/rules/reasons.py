"""Entries without a reason."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.cascade import Cascade
from target_cascade.engine.demand import NOTHING
from target_cascade.engine.finding import Finding, Rule, of_cascade
from target_cascade.engine.rules.measures import brought
from target_cascade.errors import Path
from target_cascade.plan import Adjustment, Limit, Plan, YearEnd
from target_cascade.sentence import Sentence, amount, sentence, share


class _Entry(NamedTuple):
    """An entry without a reason: what it is, and the amount that hangs on it."""

    path: Path
    what: Sentence
    size: Fraction


def _because(cascade: Cascade) -> Iterator[Finding]:
    limit = cascade.plan.guardrails.without_because
    for path, what, size in (*_repairs(cascade), *_causes(cascade), *_holds(cascade.plan)):
        part = abs(size) / cascade.planned_total
        yield Finding(
            BECAUSE.name,
            "warning" if part > limit else "note",
            what + sentence(" has no `because`; it stands for ", share(part), " of the planned total"),
            sentence("add a `because`: what it rests on, or who has promised it"),
            path,
            share(part),
            share(limit) if part > limit else None,
        )


def _repairs(cascade: Cascade) -> Iterator[_Entry]:
    base = cascade.plan.base
    if base is not None and base.fix and base.because is None:
        yield _Entry(("base", "fix"), sentence("the repair of last year (`fix`)"), _repaired(cascade))


def _repaired(cascade: Cascade) -> Fraction:
    """By how much the repairs change last year's months, in sum: a month that was lacking, by all of it."""
    base = cascade.plan.base
    given = base.given or {} if base is not None else {}
    fixed = base.fix if base is not None else {}
    return sum((abs(repaired - given.get(month, NOTHING)) for month, repaired in fixed.items()), NOTHING)


def _causes(cascade: Cascade) -> Iterator[_Entry]:
    plan = cascade.plan
    sizes = {cause.path: brought(cascade, cause) for cause in cascade.demand.causes}
    for position, business in enumerate(plan.new_business):
        if business.because is None:
            path: Path = ("new_business", position)
            yield _Entry(path, sentence(f"`{business.name}`, new business,"), sizes[path])
    for position, entry in enumerate(plan.adjust):
        if entry.because is None:
            path = ("adjust", position)
            yield _Entry(path, sentence(f"`{entry.name}`, ") + _kind(entry), sizes[path])


def _kind(entry: Adjustment) -> Sentence:
    if entry.lift is not None:
        return sentence("a lift of ", share(entry.lift), ",")
    return sentence("an add of ", amount(entry.add or NOTHING), ",")


def _holds(plan: Plan) -> Iterator[_Entry]:
    for position, limit in enumerate(plan.limits):
        if limit.hold is not None and limit.because is None:
            months = 1 if limit.together else len(limit.months)
            each = "" if months == 1 else "each of "
            what = sentence("the hold of ", amount(limit.hold), f" in {each}{_labels(limit, plan)}")
            yield _Entry(("limits", position), what, limit.hold * months)
    end = plan.year_end
    if end is not None and end.hold is not None and end.because is None:
        what = sentence("the hold of ", amount(end.hold), f" in {_labels(end, plan)}")
        yield _Entry(("year_end",), what, end.hold)


def _labels(limit: Limit | YearEnd, plan: Plan) -> str:
    return ", ".join(plan.year.months[month].label for month in limit.months)


BECAUSE = Rule(
    name="because",
    finds="a cause, fix, hold or new business has no reason",
    severities=("warning", "note"),
    why=(
        "In June nobody remembers why August has 8 % more. A reason in the file can be checked when the"
        " month comes: the campaign is booked or it is not. It can also be seen to be wrong early, which a"
        " bare number cannot."
    ),
    formula=(
        "A lift, an add, new business, a `fix` of last year or a `hold` that has no `because`: a note, and a"
        " warning where its size is above `without_because` of the planned total. The size of a cause is its"
        " row in the year's bridge; of the repairs Σ |repaired − given|; of a hold the held amounts."
    ),
    thresholds=("without_because",),
    remedy="Add a `because`: what the number rests on, or who has promised it. One line is enough.",
    find=of_cascade(_because),
)
