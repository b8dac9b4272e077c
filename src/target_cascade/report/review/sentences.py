"""How the year stands, in one sentence that can be read aloud: is the target still reached, what is
missing or ahead, what the buffer still covers, and whether anything need change."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from target_cascade.calendar import PlanYear
from target_cascade.engine.apportion import nearest, round_down, round_up
from target_cascade.report.review.words import (
    Rest,
    is_month_end,
    month_name,
    other_months,
    rest_of,
    through_text,
)
from target_cascade.report.spans import noun
from target_cascade.sentence import Sentence, amount, sentence, stated

PER_MILLE = Fraction(1, 1000)


class Standing(NamedTuple):
    """The figures that the sentence is made of, in units of currency.

    `on_plan` is where the year lands if the days after `through` bring their quotas, `at_pace` if they
    bring the part of them that the days so far have brought, `rest` is the sum of those quotas. `gap` is
    what is ahead of the quotas, below 0 where it is behind; in a revision only since the re-plan, which
    closed the months up to the position `closed`. `placed` is how much of what is missing a re-plan finds a
    place for, None where none is due yet; `unit` is what landings are rounded to.
    """

    year: PlanYear
    through: date
    target: Fraction
    quota: Fraction
    actual: Fraction
    gap: Fraction
    on_plan: Fraction
    at_pace: Fraction | None
    rest: Fraction
    placed: Fraction | None = None
    unit: Fraction = Fraction(1)
    closed: int | None = None
    is_corrected: bool = False
    """Whether a month has been corrected since it was closed, which is in the gap."""

    @property
    def buffer(self) -> Fraction:
        """What the quotas hold beyond the target before the gap is taken off; below 0 where a re-plan
        found no place for all that was missing."""
        return self.on_plan - self.gap - self.target

    @property
    def needed(self) -> Fraction | None:
        """The part of the rest's quotas that still reaches the target; None where these are 0."""
        return (self.target - self.actual) / self.rest if self.rest else None

    @property
    def left(self) -> Rest:
        """What is left of the year; there is none on its last day."""
        return rest_of(self.year, self.through)

    @property
    def is_reached(self) -> bool:
        """Whether the target is reached if the rest of the year brings its quotas."""
        return self.on_plan >= self.target


def enough(needed: Fraction, so_far: Fraction | None) -> Fraction:
    """`needed` rounded up, to a tenth of a per cent, or to as little as keeps it from looking like more than
    what the year brings so far, or like all of its quotas, where that is more than enough."""
    unit, more = PER_MILLE, [one for one in (so_far, Fraction(1)) if one is not None and needed < one]
    while any(one <= round_up(needed, unit) for one in more):
        unit /= 10
    return round_up(needed, unit)


def standing_sentence(one: Standing) -> Sentence:
    """``Through May the year is 150,000 behind its quotas; the buffer of 2,000,000 covers that …``."""
    if one.through >= one.year.end:
        return _year_over(one)
    if one.actual >= one.target:
        return _reached_already(one)
    if one.is_reached:
        return _gap(one) + _covered(one) + _landing(one) + _nothing_to_change(one)
    return _gap(one) + _not_covered(one) + _landing(one) + _pace(one) + sentence("; ") + _remedy(one)


def _year_over(one: Standing) -> Sentence:
    said = sentence("The year is over: it brought ", amount(one.actual))
    beyond = one.actual - one.target
    if beyond < 0:
        return said + sentence(" and missed the target of ", amount(one.target), " by ", amount(-beyond))
    if not beyond:
        return said + sentence(", just its target")
    return said + sentence(", ", amount(beyond), " more than the target of ", amount(one.target))


def _reached_already(one: Standing) -> Sentence:
    said = sentence(f"Through {through_text(one.year, one.through)} the year has brought ")
    said += sentence(amount(one.actual), ": the target of ", amount(one.target))
    return said + sentence(" is reached already, and nothing need change")


def _gap(one: Standing) -> Sentence:
    """How far the year is behind or ahead."""
    if one.closed is not None and one.year.months[one.closed].end == one.through:
        return _gap_of_corrections(one)
    lead = f"Through {through_text(one.year, one.through)}"
    if one.closed is not None:
        corrected = " and with what was corrected" if one.is_corrected else ""
        lead += f", since the re-plan after {month_name(one.year, one.closed)}{corrected},"
    if one.closed is None and one.quota and not one.actual:
        return sentence(f"{lead} nothing has come in, for quotas of ", amount(one.quota))
    if not one.gap:
        return sentence(f"{lead} the year has brought just its quotas")
    side = "ahead of" if one.gap > 0 else "behind"
    return sentence(f"{lead} the year is ", amount(abs(one.gap)), f" {side} its quotas")


def _gap_of_corrections(one: Standing) -> Sentence:
    """What late corrections have changed in a revision since which no month has gone by."""
    assert one.closed is not None, "only a revision has closed months"
    lead = f"since the re-plan after {month_name(one.year, one.closed)}"
    if not one.gap:
        return sentence(f"Nothing has come in {lead}")
    more = "more" if one.gap > 0 else "less"
    return sentence(
        f"Corrections {lead} make the closed {noun('month', one.year)}s ", amount(abs(one.gap)), f" {more}"
    )


def _covered(one: Standing) -> Sentence:
    """What the buffer has to do with it, where the target is still reached."""
    if one.gap >= 0:
        return sentence(": ")
    left = one.on_plan - one.target
    said = sentence("; the buffer of ", amount(one.buffer))
    if not left:
        return said + sentence(" covers just that, and nothing of it is left: ")
    return said + sentence(" covers that and has ", amount(left), " left: ")


def _not_covered(one: Standing) -> Sentence:
    """Why the target is not reached."""
    if one.buffer < 0:
        short = sentence("these are ", amount(-one.buffer), " short of the target themselves")
        if one.closed is not None:
            short = sentence("the re-plan left ", amount(-one.buffer), " without a place")
        return sentence(", but " if one.gap >= 0 else ", and ") + short + sentence(": ")
    if not one.buffer:
        return sentence(
            ", and the re-plan left no buffer: " if one.closed is not None else ", without a buffer: "
        )
    return sentence(", more than the buffer of ", amount(one.buffer), ": ")


def _landing(one: Standing) -> Sentence:
    said = sentence(f"if {one.left.bring}, the year lands at ", amount(one.on_plan), ", ")
    return said + beside_target(one.on_plan, one.target)


def beside_target(landing: Fraction, target: Fraction) -> Sentence:
    """``above the target of 40,000,000``, ``600,000 below the target of 40,000,000``."""
    if landing == target:
        return sentence("just the target")
    if landing > target:
        return sentence("above the target of ", amount(target))
    return sentence(amount(target - landing), " below the target of ", amount(target))


def _nothing_to_change(one: Standing) -> Sentence:
    """Whether the pace so far is enough as well."""
    if one.at_pace is None or one.at_pace >= one.target or one.needed is None or not _is_behind(one):
        return sentence(", and nothing need change")
    landing = landing_shown(one.at_pace, one.target, one.unit)
    said = sentence(", and nothing need change yet; at the pace so far it would land at ", amount(landing))
    said += sentence(", ", amount(one.target - landing), f" below, so {one.left.have} to bring at least ")
    whose = "their" if one.left.is_many else "its"
    return said + sentence(stated(enough(one.needed, None)), f" of {whose} {one.left.noun}")


def _is_behind(one: Standing) -> bool:
    """Whether the year is behind its quotas: since the re-plan, or in all where nothing has come in since."""
    return one.gap < 0 or (one.closed is not None and one.actual < one.quota)


def _pace(one: Standing) -> Sentence:
    """Where the year lands at the pace so far, which is further below the target."""
    if one.at_pace is None or one.actual <= 0 or one.at_pace >= one.on_plan:
        return Sentence()
    landing = landing_shown(one.at_pace, one.target, one.unit)
    return sentence(", and at the pace so far at ", amount(landing))


def landing_shown(landing: Fraction, target: Fraction, unit: Fraction) -> Fraction:
    """A landing in whole units; one below the target stays below it, one above is no less than it."""
    return round_down(landing, unit) if landing < target else max(target, nearest(landing, unit))


def _remedy(one: Standing) -> Sentence:
    """What can be done where the target is not reached."""
    year, position = one.year, one.year.position(one.through)
    last = len(year.months) - 1
    if not is_month_end(year, one.through):
        if position == last:
            return sentence(f"`plan replan` says what {month_name(year, last)} can still take")
        over = month_name(year, position)
        rest = month_name(year, last) if last - position == 1 else other_months(year)
        said = f"once {over} is over, `plan replan` puts what is missing then on {rest}"
        return sentence(f"{said}, as far as there is room")
    missing, rest = one.target - one.on_plan, one.left.subject
    if one.placed is None or one.placed >= missing:
        return sentence("`plan replan` puts the ", amount(missing), f" on {rest}")
    if not one.placed:
        return sentence(f"{rest} can take nothing of that, and `plan replan` says what would have to give")
    can = sentence("`plan replan` can put ", amount(one.placed), f" of that on {rest}, and ")
    return can + sentence(amount(missing - one.placed), " find no place there")
