"""Feasts that move from year to year."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from target_cascade.calendar import Period, PlanYear
from target_cascade.day_rule import DayRule
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.finding import Finding, Rule, Severity, of_cascade
from target_cascade.feasts import days_off
from target_cascade.named_days import Anchor
from target_cascade.plan import Plan
from target_cascade.sentence import count, sentence

_SPRING_FESTIVAL_CURRENCIES = ("CNY", "HKD", "TWD", "SGD", "MYR", "VND", "KRW")
_EVE, _MORROW, _WEEK = timedelta(days=2), timedelta(days=1), timedelta(days=7)
"""Good Friday before Easter and its Monday, the eve of Spring Festival: days of the feast itself."""


class _Feast(NamedTuple):
    """A feast that a business feels, and how a rule for it may look."""

    name: str
    anchor: Anchor
    severity: Severity
    example: str


_SPRING_FESTIVAL = _Feast(
    "Spring Festival",
    Anchor("spring-festival"),
    "warning",
    "{name: Spring Festival, day: spring-festival, window: -2..6, times: 0.25}",
)
_EASTER = _Feast("Easter", Anchor("easter"), "note", "{name: Easter, day: easter, window: -2..1, times: 0.5}")


def _festival_moved(cascade: Cascade) -> Iterator[Finding]:
    plan, limit = cascade.plan, cascade.plan.guardrails.festival_days
    feast = _feast_of(plan)
    if feast is None or _followed(plan, feast):
        return
    before, now = _dates(feast, plan.base_year), _dates(feast, plan.year)
    days = _days_moved(before, now)
    far = days is not None and days > limit
    if not far and _months(plan.base_year, before) == _months(plan.year, now):
        return
    yield Finding(
        FESTIVAL_MOVED.name,
        feast.severity,
        sentence(f"{feast.name} {_comes(now)} this year and {_came(before)} last year, and no day rule")
        + sentence(" follows it"),
        sentence(f"add a rule under `days`, such as {feast.example}, with what its days are worth to you"),
        ("days",) if plan.days else ("base",),
        None if days is None else count(days),
        count(limit) if far else None,
    )


def _feast_of(plan: Plan) -> _Feast | None:
    """The feast that would show in last year's amounts; None where there are none to show it."""
    if plan.base is None or not plan.has_base_amounts:
        return None
    if plan.currency in _SPRING_FESTIVAL_CURRENCIES:
        return _SPRING_FESTIVAL
    return _EASTER if plan.base.daily else None


def _dates(feast: _Feast, year: PlanYear) -> list[date]:
    """The feast's days inside a year: one mostly, but a year that begins in spring may hold it never
    or twice."""
    numbers = range(year.start.year, year.end.year + 1)
    days = (day for number in numbers for day in feast.anchor.in_year(number))
    return [day for day in days if year.start <= day <= year.end]


def _months(year: PlanYear, days: Sequence[date]) -> list[int]:
    return [year.position(day) for day in days]


def _days_moved(before: Sequence[date], now: Sequence[date]) -> int | None:
    """By how many days of the calendar the feast has moved at most; None where one year has more of
    them than the other."""
    if len(before) != len(now):
        return None
    # Neither feast is ever on a 29th of February.
    pairs = zip(before, now, strict=True)
    return max((abs((to - of.replace(year=to.year)).days) for of, to in pairs), default=0)


def _followed(plan: Plan, feast: _Feast) -> bool:
    """Whether the rules speak of the feast: by its name, or by its days of both years."""
    if any(rule.day is not None and rule.day.kind == feast.anchor.kind for rule in plan.days):
        return True
    days = [*_dates(feast, plan.base_year), *_dates(feast, plan.year)]
    return all(any(_covers(rule, day) for rule in plan.days) for day in days)


def _covers(rule: DayRule, day: date) -> bool:
    """Whether a rule is for a day of the feast: dates, a holiday by its name, or days off that the days
    a week before and after are not, as a weekend's are."""
    near = Period("", day - _EVE, day + _MORROW).dates()
    if rule.workdays is not None:
        return any(_is_holiday(rule.workdays, one) for one in near)
    if rule.anchor is not None and rule.anchor.kind == "feast":
        return any(one in rule.anchor.in_year(one.year) for one in near)
    return any(span.start <= one <= span.end for span in rule.dates or () for one in near)


def _is_holiday(country: str, day: date) -> bool:
    is_off = [one in days_off(country, one.year) for one in (day - _WEEK, day, day + _WEEK)]
    return is_off[1] and not (is_off[0] and is_off[2])


def _comes(days: Sequence[date]) -> str:
    return f"is on {_listed(days)}" if days else "does not come"


def _came(days: Sequence[date]) -> str:
    return f"was on {_listed(days)}" if days else "did not come"


def _listed(days: Sequence[date]) -> str:
    return " and on ".join(map(str, days))


FESTIVAL_MOVED = Rule(
    name="festival-moved",
    finds="a feast has moved and no day rule follows it",
    severities=("warning", "note"),
    why=(
        "Spring Festival comes between 21 January and 20 February, Easter between 22 March and 25 April."
        " Last year's amounts have the feast where it was. Without a rule, a January that had the feast last"
        " year is planned low again, though the feast has gone to February, where nobody has planned for"
        " it."
    ),
    formula=(
        "With last year's amounts: Spring Festival for CNY, HKD, TWD, SGD, MYR, VND and KRW; Easter, as a"
        " note, for all others whose last year is known by day. Found where the feast lies in another month"
        " of the plan year than last year, or has moved by more than `festival_days`, and no rule under"
        " `days` has it as its `day`, or covers it in both years with `dates`, `workdays` or a named holiday."
    ),
    thresholds=("festival_days",),
    remedy=(
        "Write a day rule: `{day: spring-festival, window: -2..6, times: 0.25}` says what the days round the"
        " feast are worth, in both years. If your business does not feel the feast, accept the rule."
    ),
    find=of_cascade(_festival_moved),
)
