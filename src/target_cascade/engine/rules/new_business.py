"""New business: how much hangs on it, and when it comes."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from target_cascade.engine.apportion import nearest, round_down, round_up
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.demand import NOTHING
from target_cascade.engine.finding import Finding, Rule, of_cascade
from target_cascade.engine.rules.measures import new_business_total
from target_cascade.plan import Plan
from target_cascade.sentence import Sentence, amount, apart, sentence, share

_TENTH_OF_A_PERCENT = Fraction(1, 1000)
_LATE = 3
"""The last months, in which a start is late."""
_ENTRIES = ("new_business",)


def _share(cascade: Cascade) -> Iterator[Finding]:
    plan, rails = cascade.plan, cascade.plan.guardrails
    total = new_business_total(plan)
    part = total / plan.target
    wrong = part > rails.new_business_share_error
    if not wrong and part <= rails.new_business_share:
        return
    limit = rails.new_business_share_error if wrong else rails.new_business_share
    enough, unit = min(rails.new_business_share, rails.new_business_share_error), plan.rounding.day_unit
    shown, most = nearest(total, unit), round_down(enough * plan.target, unit)
    told, passed = apart(share(part), share(limit))
    yield Finding(
        NEW_BUSINESS_SHARE.name,
        "error" if wrong else "warning",
        sentence("new business is to bring ", amount(shown), ", ", told, " of the target")
        + sentence(", more than ", passed),
        sentence("count on ", amount(most), " of it at most (", share(enough), ", where nothing is found)")
        + sentence(", and name what else brings the other ", amount(shown - most)),
        _ENTRIES,
        share(part),
        share(limit),
    )


NEW_BUSINESS_SHARE = Rule(
    name="new-business-share",
    finds="new business is to bring too much of the target",
    severities=("error", "warning"),
    why=(
        "New business has no last year: nobody knows what it sells until it sells. Stores open late,"
        " partners need longer than they say, and first months are slow. A plan can carry some of that."
        "\n\n"
        "Where much of the target hangs on it, the plan is a bet: if it fails, the existing business is too"
        " small to make good what is missing."
    ),
    formula=(
        "Σ expect·count_on ÷ T, where T is the target. A warning above `new_business_share`, an error above"
        " `new_business_share_error`."
    ),
    thresholds=("new_business_share", "new_business_share_error"),
    remedy=(
        "Count on less of it (`count_on`), and say what else brings the difference. Where a young company"
        " lives on new business, raise both thresholds, or accept the rule with that reason."
    ),
    find=of_cascade(_share),
)


def _late(cascade: Cascade) -> Iterator[Finding]:
    yield from _late_together(cascade)
    first = cascade.plan.year.months[-_LATE].start
    for position, entry in enumerate(cascade.plan.new_business):
        if entry.start is None or entry.start < first or not entry.expect * entry.count_on:
            continue
        yield Finding(
            NEW_BUSINESS_LATE.name,
            "warning",
            sentence(f"`{entry.name}` starts on {entry.start}, in the last three months; if it is late,")
            + sentence(" the year ends without it"),
            sentence(f"have it start before {first}, or count on it next year"),
            (*_ENTRIES, position),
        )


def _late_together(cascade: Cascade) -> Iterator[Finding]:
    plan, late, total = cascade.plan, _late_amounts(cascade), new_business_total(cascade.plan)
    limit = plan.guardrails.new_business_late
    part = sum(late, NOTHING) / total if total else limit
    if part <= limit:
        return
    months = plan.year.months[-_LATE:]
    told, passed = apart(share(part), share(limit))
    yield Finding(
        NEW_BUSINESS_LATE.name,
        "warning",
        sentence(told, " of the ", amount(nearest(total, plan.rounding.day_unit)), " of new business falls")
        + sentence(" into the last three months, ")
        + sentence(f"{months[0].label} to {months[-1].label}; more than ", passed, " is late"),
        _sooner(plan, late),
        _ENTRIES,
        share(part),
        share(limit),
    )


def _late_amounts(cascade: Cascade) -> list[Fraction]:
    """What each entry brings in the last three months, in file order."""
    demand = cascade.demand
    days = [day for month in demand.months[-_LATE:] for day in month]
    return [demand.of_cause(cause, days) for cause in demand.causes if cause.kind == "new_business"]


def _sooner(plan: Plan, late: Sequence[Fraction]) -> Sentence:
    """What to do about the entry that is late with most beyond what may be."""
    limit = plan.guardrails.new_business_late
    own = [entry.expect * entry.count_on for entry in plan.new_business]
    worst = max(range(len(own)), key=lambda position: late[position] - limit * own[position])
    entry, part = plan.new_business[worst], share(late[worst] / own[worst])
    if entry.start is None or entry.start == plan.year.start:
        return sentence(f"count on less of `{entry.name}`: ", part, " of it is late")
    return sentence(f"bring `{entry.name}` forward, as ", part, " of it is late, or count on less of it")


NEW_BUSINESS_LATE = Rule(
    name="new-business-late",
    finds="new business comes late in the year",
    severities=("warning",),
    why=(
        "Openings slip. What starts in March and is two months late still sells for eight months; what"
        " starts in October and is two months late has missed the year. By then no month is left in which"
        " anybody could make it good."
    ),
    formula=(
        "The part of Σ expect·count_on that falls into the last three months of the plan year, above"
        " `new_business_late`; and each entry of new business whose `start` lies in these months."
    ),
    thresholds=("new_business_late",),
    remedy="Bring the start forward, or count on less of it this year.",
    find=of_cascade(_late),
)


def _without(cascade: Cascade) -> Iterator[Finding]:
    plan, total = cascade.plan, new_business_total(cascade.plan)
    left = cascade.planned_total - total
    part, limit = left / plan.target, plan.guardrails.without_new_business
    if not total or part >= limit:
        return
    spare, unit = max(min(cascade.planned_total - plan.target, total), NOTHING), plan.rounding.day_unit
    told, passed = apart(share(part), share(limit))
    reached = (
        sentence("; the target is still reached while no more than ", amount(round_down(spare, unit)))
        + sentence(" of it fails (")
        + sentence(share(round_down(spare / total, _TENTH_OF_A_PERCENT)), ")")
        if spare
        else sentence("; as there is no buffer, none of it may fail")
    )
    yield Finding(
        WITHOUT_NEW_BUSINESS.name,
        "warning",
        sentence("if new business brings nothing, the year lands at ", amount(round_down(left, unit)), ", ")
        + sentence(told, " of the target and less than ", passed)
        + reached,
        sentence("agree now what brings ", amount(round_up(limit * plan.target - left, unit)))
        + sentence(" if it fails, or count on that much less of it"),
        _ENTRIES,
        share(part),
        share(limit),
    )


WITHOUT_NEW_BUSINESS = Rule(
    name="without-new-business",
    finds="the year lands low if new business brings nothing",
    severities=("warning",),
    why=(
        "The question that owners and banks ask first: what is left if nothing new works? A plan should"
        " have an answer that one can live with. The same figures say how much of the new business may"
        " fail before the target is missed: all that the buffer covers."
    ),
    formula=(
        "(P − Σ expect·count_on) ÷ T, below `without_new_business`; P is the planned total and T the target."
        " The target is reached while new business misses by (P − T) ÷ Σ expect·count_on at most."
    ),
    thresholds=("without_new_business",),
    remedy=(
        "Count on less of it, or agree now what is done if it does not come: which cost is cut, which"
        " campaign is brought forward."
    ),
    find=of_cascade(_without),
)
