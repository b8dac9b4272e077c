"""The thresholds of `plan check`, and the rules that a plan accepts."""

from collections.abc import Sequence
from difflib import get_close_matches
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from target_cascade.entry import Entry
from target_cascade.scalar import (
    DaysFromZero,
    FractionFromZero,
    NumberFromZero,
    Part,
    PeopleFromZero,
    Scalar,
    Text,
    read_text,
)

RULE_NAMES = (
    "new-business-share",
    "new-business-late",
    "without-new-business",
    "year-end-share",
    "year-end-miss",
    "buffer",
    "growth",
    "explained-growth",
    "lift-size",
    "because",
    "season-twice",
    "one-off-in-base",
    "calendar-size",
    "festival-moved",
    "month-reach",
    "five-factors",
    "borrowed-shape",
    "back-loaded",
    "kpi-reach",
    "budget",
    "peak-day",
    "order-by",
    "contingency",
    "unowned",
    "equal-split",
    "full-quota-at-once",
    "best-leaves",
)
"""The rules that can be accepted, in the order in which they are listed."""


OF_REVIEWS = ("attainment_green", "attainment_amber", "catch_up")
"""The thresholds that no rule of `plan check` reads: those of `plan review` and `plan replan`."""


def _rule_name(value: Any) -> str:
    name = read_text(value)
    if name not in RULE_NAMES:
        near = get_close_matches(name.lower().replace("_", "-"), RULE_NAMES, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"the rules are {', '.join(RULE_NAMES)}"
        raise ValueError(f"`{name}` is no rule; {hint}")
    return name


class Accept(Entry):
    """A rule that is silenced, with the reason."""

    rule: Annotated[str, Scalar(_rule_name, {"enum": list(RULE_NAMES)})] = Field(
        description="the rule that is silenced"
    )
    because: Text = Field(description="why; `plan check` goes on printing it")


def _each_rule_once(accepted: Sequence[Accept]) -> Sequence[Accept]:
    for position, entry in enumerate(accepted):
        if entry.rule in [before.rule for before in accepted[:position]]:
            raise ValueError(f"silences `{entry.rule}` twice; keep one, with all the reasons in it")
    return accepted


class Guardrails(Entry):
    """What `plan check` and reviews tolerate. `plan rule NAME` says what its thresholds mean."""

    new_business_share: FractionFromZero = Field(
        Fraction(20, 100), description="new business above this part of the target is a warning"
    )
    new_business_share_error: FractionFromZero = Field(
        Fraction(35, 100), description="new business above this part of the target is an error"
    )
    new_business_late: FractionFromZero = Field(
        Fraction(50, 100), description="most of new business that may come in the last three months"
    )
    without_new_business: FractionFromZero = Field(
        Fraction(85, 100), description="least part of the target that the rest of the plan has to bring"
    )
    year_end_over_base: FractionFromZero = Field(
        Fraction(3, 100), description="points by which the last two months may exceed last year's share"
    )
    year_end_share: FractionFromZero = Field(
        Fraction(33, 100), description="most that the last two months may carry where there is no base"
    )
    year_end_miss: Part = Field(
        Fraction(15, 100), description="by how much the last two months may miss with the target reached"
    )
    buffer_min: FractionFromZero = Field(Fraction(3, 100), description="least buffer")
    buffer_max: FractionFromZero = Field(Fraction(15, 100), description="largest buffer")
    growth: NumberFromZero = Field(Fraction(2), description="a growth factor above this is a warning")
    growth_note: NumberFromZero = Field(Fraction(9, 10), description="a growth factor below this is a note")
    explained_growth: FractionFromZero = Field(
        Fraction(30, 100), description="least part of the growth that named causes have to bring"
    )
    explained_growth_above: NumberFromZero = Field(
        Fraction(3, 2), description="growth factor above which causes have to be named"
    )
    lift_size: FractionFromZero = Field(Fraction(50, 100), description="largest single lift")
    lifts_of_a_month: FractionFromZero = Field(
        Fraction(60, 100), description="most that the lifts of a month may add up to"
    )
    without_because: FractionFromZero = Field(
        Fraction(5, 100),
        description="an entry without `because` above this part of the planned total is a warning",
    )
    one_off: NumberFromZero = Field(
        Fraction(3), description="how many times its neighbours' mean a month of last year may be"
    )
    calendar_size: FractionFromZero = Field(
        Fraction(50, 100), description="most by which the calendar may move a month of last year"
    )
    festival_days: DaysFromZero = Field(5, description="days that a feast may move without a day rule")
    month_reach: NumberFromZero = Field(
        Fraction(5), description="how many times its base on this year's calendar a month may be"
    )
    month_step: NumberFromZero = Field(
        Fraction(3, 2), description="how many times last year's step from month to month one may be"
    )
    back_loaded: FractionFromZero = Field(
        Fraction(5, 100), description="points by which the first six months may stay below last year's"
    )
    kpi_reach: NumberFromZero = Field(
        Fraction(6, 5), description="how many times its best a driver may have to be"
    )
    contingency_share: FractionFromZero = Field(
        Fraction(15, 100), description="most of the planned total in a month that no contingency speaks of"
    )
    equal_split: PeopleFromZero = Field(3, description="most people of one parent with the same weight")
    top_fifth: FractionFromZero = Field(
        Fraction(80, 100), description="most of the planned total that a fifth of the people may carry"
    )
    attainment_green: FractionFromZero = Field(
        Fraction(97, 100), description="a review is green from this part of the quota on"
    )
    attainment_amber: FractionFromZero = Field(
        Fraction(90, 100), description="a review is amber from this part of the quota on, and red below"
    )
    catch_up: NumberFromZero = Field(
        Fraction(5, 4), description="how many times its quota in the first revision a re-planned month may be"
    )
    accept: Annotated[tuple[Accept, ...], AfterValidator(_each_rule_once)] = Field(
        (), description="rules that are silenced, each with a reason"
    )
