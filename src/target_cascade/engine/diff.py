"""Two cascades → the causes of their differences, and what they do to each quota.

The alterations are applied one after another, in the engine's order; what a quota moves by between
two steps is the step's doing. So the causes add up to the change exactly, in every month.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from target_cascade.engine.alterations import Alteration, Draft, alterations, drafts
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.demand import Rate
from target_cascade.engine.growth import ZERO
from target_cascade.engine.held import Held
from target_cascade.errors import InfeasibleError, Path
from target_cascade.plan import Bounds, Limit, Plan, YearEnd

Step = tuple[tuple[Alteration, ...], Draft, Cascade]
"""Alterations, the plan with them, and its cascade."""


@dataclass(frozen=True)
class Cause:
    """One step from the old plan to the new one: the cascades before and after it, and what was
    altered; several alterations at once where none of them makes a plan that is possible alone."""

    alterations: tuple[Alteration, ...]
    before: Cascade
    after: Cascade
    draft: Draft
    """The plan after it, between the two."""

    @cached_property
    def months(self) -> tuple[Fraction, ...]:
        """By how much it changes the quota of each month, by position in the plan year."""
        pairs = zip(self.before.months, self.after.months, strict=True)
        return tuple(after.amount - before.amount for before, after in pairs)

    @property
    def year(self) -> Fraction:
        """By how much it changes the planned total, which is the sum over its months."""
        return self.after.planned_total - self.before.planned_total

    @property
    def strongest(self) -> int:
        """The position of the month that it moves most; the first of several."""
        sizes = [abs(amount) for amount in self.months]
        return sizes.index(max(sizes))

    @cached_property
    def masks(self) -> tuple[Held, ...]:
        """The bounds that keep it from moving months as it would.

        Of a cause that moves months, the bounds that hold those whose demand it changes; of one that
        moves none, the bounds without which it would.
        """
        found = self._limits_beside() if self.limits else self._limits_around()
        if any(self.months) or not found:
            return () if self.limits else found
        alone = tuple(one for one in found if self._moves_without([one]))
        return alone or (found if self._moves_without(found) else ())

    @cached_property
    def limits(self) -> tuple[Limit | YearEnd, ...]:
        """The limits that are altered, as they are now or were."""
        entries = (one.entry for one in self.alterations)
        return tuple(entry for entry in entries if isinstance(entry, Limit | YearEnd))

    @property
    def only_days(self) -> bool:
        """Whether it moves part weeks or days, and no month."""
        return not any(self.months) and _parts(self.before) != _parts(self.after)

    @property
    def review(self) -> bool:
        """Whether it is a review, which closes months and re-plans the others."""
        return any(one.section == "closed" for one in self.alterations)

    @property
    def frozen(self) -> bool:
        """Whether it would move months by the plan's entries alone, and does not as a review has frozen
        their quotas."""
        if self.before.plan.closed is None or self.after.plan.closed is None:
            return False
        pairs = zip(self.before.months, self.after.months, strict=True)
        return any(before.before_review != after.before_review for before, after in pairs)

    @property
    def below_unit(self) -> bool:
        """Whether it moves months by so little that rounding leaves them all where they were."""
        pairs = zip(self.before.months, self.after.months, strict=True)
        return not any(self.months) and any(before.ideal != after.ideal for before, after in pairs)

    def _limits_around(self) -> tuple[Held, ...]:
        """The bounds on months whose demand it changes: of each month the innermost, whose sum may move
        although single months in it do not."""
        if self.before.plan.year != self.after.plan.year:
            return ()  # It is about everything.
        demands = [[one.demand.line(month) for month in range(12)] for one in (self.before, self.after)]
        changed = {month for month in range(12) if demands[0][month] != demands[1][month]}
        around = {month: [one for one in self.after.held if month in one.months] for month in changed}
        fewest = {month: min((len(one.months) for one in held), default=0) for month, held in around.items()}
        return tuple(
            one
            for one in self.after.held
            if any(len(one.months) == fewest[month] for month in one.months & changed)
            and _sum_of(demands[0], one.months) != _sum_of(demands[1], one.months)
        )

    def _limits_beside(self) -> tuple[Held, ...]:
        """The bounds on months of the limits that are altered, but for these limits themselves."""
        months = frozenset(month for one in self.limits for month in one.months)
        beside = (one for one in self.after.held if one.months & months)
        return tuple(one for one in beside if one.entry(self.after.plan) not in self.limits)

    def _moves_without(self, bounds: Sequence[Held]) -> bool:
        """Whether it would move months if some bounds were not there."""
        entries = [bound.entry(self.after.plan) for bound in bounds]
        try:
            before, after = (cascade(_without(one.plan, entries)) for one in (self.before, self.after))
        except InfeasibleError:
            return True  # Nobody can tell, and they do bind.
        return [month.amount for month in before.months] != [month.amount for month in after.months]


UNMOVING = (
    "drivers",
    "kpis",
    "sources",
    "teams",
    "actions",
    "contingency",
    "cascade",
    "proposals",
    "decided",
    "actuals",
)
"""Sections of a plan that say what a quota takes, who brings it and what came in, and move none."""


class Diff(NamedTuple):
    """The way from `old` to `new`. What the causes do to a month adds up to its change; `silent` are
    the alterations that can move no quota."""

    old: Cascade
    new: Cascade
    causes: tuple[Cause, ...]
    silent: tuple[Alteration, ...]
    drafts: tuple[Draft, Draft]

    @property
    def moves(self) -> bool:
        """Whether any quota differs: of a month, a part week or a day."""
        return _parts(self.old) != _parts(self.new)

    def path_of(self, mask: Held, cause: Cause) -> tuple[Path, bool]:
        """Where the bound that masks a cause stands in the new plan, or else in the old one; and
        whether it is the new one."""
        key = cause.draft.key(mask.path)
        if key is None:  # the year's end, which stands once
            return mask.path, self.new.plan.year_end is not None
        old, new = (draft.path("limits", key) for draft in self.drafts)
        return (new, True) if new is not None else (old or mask.path, False)


def diff(old: Cascade, new: Cascade) -> Diff:
    """What leads from one plan's quotas to another's."""
    first, last = ends = drafts(old.plan, new.plan)
    found = [*_in_turn(alterations(first, last), old, new), *_unmoving(old.plan, new.plan)]
    causes: list[Cause] = []
    before = old
    for step, draft, after in _steps(first, [one for one in found if one.moves]):
        causes.append(Cause(step, before, after, draft))
        before = after
    if causes:  # The last draft is the new plan, but for the order of its lists.
        causes[-1] = replace(causes[-1], after=new, draft=last)
    return Diff(old, new, tuple(causes), tuple(one for one in found if not one.moves), ends)


def _in_turn(found: Sequence[Alteration], old: Cascade, new: Cascade) -> Sequence[Alteration]:
    """A review in the place where it was made: behind entries that it went by, and before entries that
    were altered when it had frozen the quotas; one that is taken back the other way round."""
    if old.plan.closed is None:
        before = new.altered_since_closed
    else:
        before = new.plan.closed is None and not old.altered_since_closed
    return sorted(found, key=lambda one: one.section != "closed") if before else found


def _unmoving(old: Plan, new: Plan) -> Iterator[Alteration]:
    """What moves no quota; its models are imported only where one of the plans has any."""
    if any(getattr(plan, key) for plan in (old, new) for key in UNMOVING):
        from target_cascade.engine.unmoving import unmoving

        yield from unmoving(old, new)


def _steps(draft: Draft, pending: Sequence[Alteration]) -> Iterator[Step]:
    """The alterations one after another; what leaves a plan that is impossible waits.

    A higher target may need the limits that come after it. What has waited is tried again when all
    others have had their turn; where that brings nothing, as few as can be are made together.
    """
    while pending:
        waiting: list[Alteration] = []
        for one in pending:
            if made := _made(draft, (one,)):
                draft = made[0]
                yield (one,), *made
            else:
                waiting.append(one)
        if len(waiting) == len(pending):
            step, draft, after = _together(draft, waiting)
            waiting = [one for one in waiting if not any(one is done for done in step)]
            yield step, draft, after
        pending = waiting


def _together(draft: Draft, waiting: Sequence[Alteration]) -> Step:
    """As few of the alterations as make a plan that is possible; all of them do."""
    steps = (tuple(waiting[:n]) for n in range(2, len(waiting) + 1))
    step, made = next((step, made) for step in steps if (made := _made(draft, step)))
    for one in step if len(step) > 2 else ():
        fewer = tuple(other for other in step if other is not one)
        if less := _made(draft, fewer):
            step, made = fewer, less
    return step, *made


def _made(draft: Draft, step: Sequence[Alteration]) -> tuple[Draft, Cascade] | None:
    """The plan with some alterations; None where its numbers cannot all be true at once."""
    try:
        for one in step:
            draft = one.apply(draft)
        return (draft, cascade(draft.plan)) if _in_whole_units(draft.plan) else None
    except InfeasibleError:
        return None


def _in_whole_units(plan: Plan) -> bool:
    """Whether the quotas that a review has frozen are multiples of the month's unit, as weeks and days
    have to add up to them."""
    quotas = () if plan.closed is None else plan.closed.quotas
    return all((quota / plan.rounding.month).denominator == 1 for quota in quotas)


def _sum_of(lines: Sequence[Rate], months: frozenset[int]) -> tuple[Fraction, Fraction]:
    """Σ x_m(g) of some months, by its slope and what is fixed."""
    chosen = [lines[month] for month in months]
    return sum((line.slope for line in chosen), ZERO), sum((line.fixed for line in chosen), ZERO)


def _without(plan: Plan, entries: Sequence[Bounds | None]) -> Plan:
    """The plan without some of its limits."""
    limits = tuple(limit for limit in plan.limits if limit not in entries)
    year_end = None if plan.year_end in entries else plan.year_end
    return plan.model_copy(update={"limits": limits, "year_end": year_end})


def _parts(cascade: Cascade) -> list[tuple[date, Fraction, list[Fraction]]]:
    """The part weeks by their first days, with their quotas and those of their days."""
    weeks = (week for month in cascade.months for week in month.parts)
    return [(week.period.start, week.amount, [day.amount for day in week.parts]) for week in weeks]
