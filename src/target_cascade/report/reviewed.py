"""A review between two states of a plan: what it found, and what it did to the quotas."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from target_cascade.engine.alterations import Alteration
from target_cascade.engine.cascade import Cascade, MonthQuota
from target_cascade.engine.diff import Cause
from target_cascade.report.spans import months_text
from target_cascade.report.table import Note, Notes
from target_cascade.sentence import Sentence, amount, change, sentence

_ZERO = Fraction(0)


def review_text(cause: Cause, alteration: Alteration) -> Sentence:
    """``review through 2012-05: …``, all that there is to say in one sentence."""
    if cause.after.plan.closed is None:
        return sentence(f"{alteration.name} (removed)")
    said = sentence(f"{alteration.name}: ")
    for at, line in enumerate(_lines(cause.before, cause.after)):
        said += sentence("; " * bool(at)) + line
    return said


def review_notes(cause: Cause) -> Notes:
    """The same, a line each."""
    name = next(one.name for one in cause.alterations if one.section == "closed")
    return Notes(name.capitalize(), tuple(Note(line) for line in _lines(cause.before, cause.after)))


def _lines(before: Cascade, after: Cascade) -> Iterator[Sentence]:
    """What came in, what that left missing, which open months changed, and what found no place."""
    yield _came_in("closed", after, after.closed_months)
    known = {month.position: month for month in before.closed_months}
    new = [month for month in after.closed_months if month.position not in known]
    if known and new:
        yield _came_in("new among them", after, new)
    for month in after.closed_months:
        earlier = known.get(month.position)
        if earlier is not None and earlier.actual != month.actual:
            was, now = (one.actual or _ZERO for one in (earlier, month))
            yield sentence(f"{month.period.label} is corrected from ", amount(was), " to ", amount(now))
    yield _left(before, after)
    yield _moved(before, after)
    agreed = _change(before, after, after.closed_months)
    if agreed:
        yield sentence("the quotas agreed for closed months differ by ", change(agreed))
    yield from _without_place(after)


def _came_in(words: str, cascade: Cascade, months: Sequence[MonthQuota]) -> Sentence:
    came_in = sum((month.actual for month in months if month.actual is not None), _ZERO)
    agreed = sum((month.amount for month in months), _ZERO)
    covered = months_text([month.position for month in months], cascade.plan.year)
    said = sentence(f"{words} {covered}: ", amount(came_in), " came in, ", amount(agreed), " agreed")
    if came_in == agreed:
        return said
    return said + sentence(", ", amount(abs(came_in - agreed)), " short" if came_in < agreed else " more")


def _landing(before: Cascade, after: Cascade) -> Fraction:
    """Where the year comes to with what came in, and the other months' quotas as they were."""
    olds = [month.amount for month in before.months]
    amounts = (olds[one.position] if one.actual is None else one.actual for one in after.months)
    return sum(amounts, _ZERO)


def _left(before: Cascade, after: Cascade) -> Sentence:
    landing, target = _landing(before, after), after.plan.target
    said = sentence("with the other quotas as they were, the year lands at ", amount(landing))
    if landing < target:
        return said + sentence(": after the buffer, ", amount(target - landing), " is missing")
    return said + sentence(": the buffer still covers ", amount(landing - target))


def _moved(before: Cascade, after: Cascade) -> Sentence:
    """Which open months changed, by how much, and by which policy."""
    closed = after.plan.closed
    assert closed is not None, "a review has closed months"
    olds, year = [month.amount for month in before.months], after.plan.year
    rising, falling = (
        [one for one in after.open_months if sign * (one.amount - olds[one.position]) > 0] for sign in (1, -1)
    )
    if not (rising or falling):
        return sentence("no open month changes")
    said = sentence(f"spread {closed.spread.text}")
    for verb, months in (("rises", rising), ("falls", falling)):
        if months:
            covered = months_text([month.position for month in months], year)
            told = verb if len(months) == 1 else verb.removesuffix("s")
            said += sentence(f": {covered} {told} by ", amount(abs(_change(before, after, months))))
            said += sentence(" together" * (len(months) > 1))
    return said


def _change(before: Cascade, after: Cascade, months: Sequence[MonthQuota]) -> Fraction:
    olds = [month.amount for month in before.months]
    return sum((after.months[one.position].amount - olds[one.position] for one in months), _ZERO)


def _without_place(after: Cascade) -> Iterator[Sentence]:
    """What is missing and on no month: a gap that has a name."""
    left = after.plan.target - after.landing
    if left > 0:
        yield sentence(amount(left), " finds no place: the year lands at ", amount(after.landing))
