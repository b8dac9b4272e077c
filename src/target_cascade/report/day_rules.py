"""Day rules in words: what each does, at which line, and to which days."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from target_cascade.calendar import WEEKDAYS, PlanYear
from target_cascade.day_rule import DayRule
from target_cascade.engine.weights import DayWeights
from target_cascade.errors import Path, Place
from target_cascade.plan import Plan
from target_cascade.report.table import Note, Notes
from target_cascade.sentence import Sentence, amount, count, sentence

_MOST_RUNS = 15
"""Runs of days that are told one by one; of more it is their number that a person can check."""
_SATURDAY = 5


def day_rule_notes(
    plan: Plan, weights: DayWeights, years: Mapping[str, PlanYear], place: Callable[[Path], Place]
) -> Notes:
    """Each rule of the plan beside its line of the file, with the days that it covers in each of the
    `years`, which are called by their keys, and with what is not known of these days."""
    file = place(()).file
    idle = idle_rules(plan, weights)
    notes: list[Note] = []
    for number, rule in enumerate(plan.days):
        lines = [_covered(weights, number, rule, name, year) for name, year in years.items()]
        about = _about(rule)
        if number in idle:
            lines = [sentence("→ covers no day of either year, so it does nothing")]
            about = about or ", ".join(span.label for span in rule.dates or ())
        calendar_years = {number for year in years.values() for number in year.calendar_years}
        lines += [sentence(f"→ {note}") for note in rule.notes(calendar_years)]
        at = place(("days", number))
        margin = str(at.line) if at.file == file else at.file
        notes.append(Note(_head(plan, number, about), tuple(lines), margin))
    return Notes(f"Day rules (lines of {file})", tuple(notes))


def rule_name(plan: Plan, number: int) -> str:
    """The name of a rule; of one without a name its place in the file, counted from 0."""
    return plan.days[number].name or f"days[{number}]"


def idle_rules(plan: Plan, weights: DayWeights) -> set[int]:
    """The positions of the rules that cover no day of either year, nor of the calendar months from
    which a retail base is gathered."""
    days = (day for month in (*plan.base_year.calendar_months, *plan.year.months) for day in month.dates())
    return set(range(len(plan.days))) - {number for day in days for number in weights.rules_on(day)}


def _head(plan: Plan, number: int, about: str) -> Sentence:
    """``couriers stop: spring-festival -9..-3, ×0.6``."""
    rule = plan.days[number]
    sign, value = ("×", rule.times) if rule.times is not None else ("=", rule.weight)
    assert value is not None  # a rule has exactly one of the two
    about = f"{about}, " if about else ""
    return sentence(f"{rule_name(plan, number)}: {about}{sign}", amount(value))


def _about(rule: DayRule) -> str:
    """What the rule says of its days; nothing of dates, which stand below it anyway."""
    if rule.weekdays is not None:
        return ", ".join(name for day, name in enumerate(WEEKDAYS) if day in rule.weekdays)
    if rule.workdays is not None:
        return f"no workday in {rule.workdays}"
    country = f"in {rule.country}" if rule.country is not None else ""
    words = (rule.day.text if rule.day else "", country, rule.window.text if rule.window else "")
    return " ".join(word for word in words if word)


def _covered(weights: DayWeights, number: int, rule: DayRule, name: str, year: PlanYear) -> Sentence:
    """``2012: 7 days, 2012-01-14..2012-01-20``; days of the week, which are many, are only counted, and
    of days off those are told that make the weeks differ."""
    dates = [day for month in year.months for day in month.dates()]
    days = [day for day in dates if number in weights.rules_on(day)]
    if not days:
        return sentence(f"{name}: no day")
    said = sentence(f"{name}: ", count(len(days)), " day" if len(days) == 1 else " days")
    if rule.weekdays is not None:
        return said
    if rule.workdays is None:
        return said + _told(", ", days)
    off = [day for day in days if day.weekday() < _SATURDAY]
    worked = [day for day in dates if day.weekday() >= _SATURDAY and number not in weights.rules_on(day)]
    return said + _told("; of Monday to Friday ", off) + _told("; worked weekends ", worked)


def _told(before: str, days: Sequence[date]) -> Sentence:
    """The runs of days behind some words; nothing where they are too many, or none."""
    runs = list(_runs(days)) if days else []
    return sentence(before + ", ".join(runs) if 0 < len(runs) <= _MOST_RUNS else "")


def _runs(days: Sequence[date]) -> Iterator[str]:
    """The days that follow one another, as a plan file writes them: ``2012-01-14..2012-01-20``."""
    first = days[0]
    for day, after in zip(days, [*days[1:], None], strict=True):
        if after is None or after - day > timedelta(days=1):
            yield str(first) if first == day else f"{first}..{day}"
            first = after or day
