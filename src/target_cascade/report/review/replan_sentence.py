"""The one sentence of a re-plan, which a manager can read aloud."""

from collections.abc import Collection
from fractions import Fraction

from target_cascade.calendar import PlanYear
from target_cascade.engine.replan.replan import Replan
from target_cascade.report.review.words import month_name
from target_cascade.report.spans import span_text
from target_cascade.review.spread import Spread
from target_cascade.sentence import Sentence, amount, sentence, stated


def replan_sentence(one: Replan) -> Sentence:
    """Whether the target is still reached, what was missing and where it was put, and what is left."""
    if not open_months(one):
        return _year_over(one)
    if one.relaxed:
        return _relaxed(one)
    if not one.missing:
        return _no_change(one)
    return _raised(one) if not one.unplaced else _gap(one)


def open_months(one: Replan) -> tuple[int, ...]:
    """The positions of the months that are not over."""
    return tuple(move.position for move in one.months if move.state == "open")


def changed_months(one: Replan) -> tuple[int, ...]:
    """The positions of the open months that have another quota."""
    return tuple(move.position for move in one.months if move.state == "open" and move.change)


def last_closed(one: Replan) -> str:
    """The last month that is over, by its name."""
    return month_name(one.cascade.plan.year, one.closed.through)


def month_names(positions: Collection[int], year: PlanYear) -> str:
    """``June to August and November``."""
    ordered = sorted(positions)
    firsts = [month for month in ordered if month - 1 not in positions]
    lasts = [month for month in ordered if month + 1 not in positions]
    runs = [
        span_text(month_name(year, first), month_name(year, last))
        for first, last in zip(firsts, lasts, strict=True)
    ]
    return f"{', '.join(runs[:-1])} and {runs[-1]}" if len(runs) > 1 else "".join(runs)


def spread_words(spread: Spread) -> str:
    """How a policy puts an amount on months."""
    match spread.kind:
        case "even":
            return "the same on each"
        case "late":
            return "more on the later ones"
    return "in proportion to their quotas"


def _year_over(one: Replan) -> Sentence:
    said = sentence("The year is over: it brought ", amount(one.outlook))
    beyond = one.outlook - one.target
    if beyond < 0:
        said += sentence(" and missed the target of ", amount(one.target), " by ", amount(-beyond))
        return said + sentence("; no month is left to put that on")
    more = sentence(", ", amount(beyond), " more than") if beyond else sentence(", just")
    return said + more + sentence(" the target of ", amount(one.target))


def _no_change(one: Replan) -> Sentence:
    said = sentence("Nothing need change: ") + _so_far(one) + sentence(", and with the quotas of the other")
    said += sentence(" months the year comes to ", amount(one.total_after))
    if not one.buffer_left:
        return said + sentence(", just the target; no buffer is left")
    said += sentence("; the target of ", amount(one.target), " is reached with a buffer of ")
    return said + sentence(amount(one.buffer_left), " left")


def _so_far(one: Replan) -> Sentence:
    """What the months that are over brought, against what was agreed for them."""
    lead = f"through {last_closed(one)} the year has brought "
    if not one.bank:
        return sentence(f"{lead}just what was agreed")
    return sentence(lead, amount(abs(one.bank)), f" {'more' if one.bank > 0 else 'less'} than was agreed")


def _relaxed(one: Replan) -> Sentence:
    year = one.cascade.plan.year
    said = sentence(f"After {last_closed(one)} the year is ", amount(one.surplus), " above its first plan: ")
    said += sentence(month_names(changed_months(one), year), " may bring ", amount(one.lowered), " less")
    said += sentence(", and the year still comes to ", amount(one.total_after))
    if not one.buffer_left:
        return said + sentence(", just the target")
    said += sentence(", the target of ", amount(one.target), " with a buffer of ")
    return said + sentence(amount(one.buffer_left))


def _raised(one: Replan) -> Sentence:
    year, months = one.cascade.plan.year, changed_months(one)
    how = f", {spread_words(one.spread)}" if len(months) > 1 else ""
    said = sentence("The target of ", amount(one.target), " is still reached: after ", last_closed(one), " ")
    said += sentence(amount(one.missing), f" was missing, and it now stands on {month_names(months, year)}")
    left = one.buffer_left
    if not left:
        return said + sentence(f"{how}; no buffer is left")
    return said + sentence(f"{how}; a buffer of ", amount(left), " is left, from rounding")


def _gap(one: Replan) -> Sentence:
    """What finds no place, and what would have to give."""
    year, months = one.cascade.plan.year, changed_months(one)
    short = one.target - one.total_after
    said = sentence(amount(short), " of the target of ", amount(one.target), " has no place: after ")
    said += sentence(f"{last_closed(one)} ", amount(one.missing), " was missing, and ")
    if months:
        said += sentence(f"{month_names(months, year)} can take ", amount(one.placed), " of it")
    else:
        named = f" of `--spread {one.spread.text}`" if one.spread.kind == "next" else ""
        said += sentence(f"no month{named} can take any of it")
    return said + sentence("; ") + what_gives(one)


def what_gives(one: Replan) -> Sentence:
    """The least that would make room for the gap, or that nothing does alone."""
    would = one.would_give
    assert would is not None, "a gap says what would place more"
    if would.proportional >= one.unplaced:
        return sentence("`--spread proportional` has a place for all of it")
    limits = [cap for cap in one.caps if cap.why == "limit" and cap.gives >= one.unplaced]
    higher = f"a higher {limits[0].name}" if limits else ""
    if would.catch_up is not None:
        also = f", or {higher}" if higher else ""
        said = sentence("there is a place for the rest with a `catch_up` of ", stated(would.catch_up))
        return said + sentence(also)
    if higher:
        return sentence(f"there is a place for the rest with {higher}")
    said = sentence("no single bound makes room for it")
    bring = [(filler.do, filler.amount) for filler in would.fillers if filler.amount is not None]
    if not bring:
        return said + sentence(": something else must bring it, or the target give")
    if len(bring) == 1:
        return said + sentence(f", and {bring[0][0]} would bring ", amount(bring[0][1]))
    together = sum((brought for _, brought in bring), Fraction(0))
    return said + sentence(", and the contingencies of the plan would bring ", amount(together))
