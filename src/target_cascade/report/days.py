"""Day rules → what each day is worth, last year above this year."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.calendar import WEEKDAYS, PlanYear, first_weekday, part_weeks
from target_cascade.engine.weights import DayWeights, weighted_days
from target_cascade.errors import Path, Place
from target_cascade.plan import Plan
from target_cascade.report.day_rules import day_rule_notes, idle_rules, rule_name
from target_cascade.report.heading import plan_title
from target_cascade.report.table import Block, Cell, Column, HeatMap, Page, Row, Strip, Table
from target_cascade.sentence import Sentence, days, percent, sentence

_RECORDS = (
    Column("date", "Day", "date"),
    Column("month", "Month", "text"),
    Column("week", "Week", "text"),
    Column("weight", "Weight", "days"),
    Column("rules", "Rules", "text"),
)
_MAP = (
    Column("month", "Month", "text"),
    Column("effective_days", "Worth", "days"),
    Column("change", "Change", "percent"),
)


class _Worth(NamedTuple):
    """A year with what it is called, and the effective days of its months."""

    year: PlanYear
    name: str
    months: tuple[Fraction, ...]

    @property
    def sum(self) -> Fraction:
        """The effective days of the year."""
        return sum(self.months, Fraction(0))


def days_page(plan: Plan, years: Sequence[PlanYear], place: Callable[[Path], Place]) -> Page:
    """What the days are worth in one of the plan's two years, or in both, the base year first; and the
    rules that say so, beside their lines, which `place` knows.

    The records are the days, each with the names of the rules that cover it.
    """
    weights = weighted_days(plan)
    worths = [
        _Worth(year, _year_name(plan, year), tuple(weights.effective_days(month) for month in year.months))
        for year in years
    ]
    answer = _both(*worths) if len(worths) > 1 else _alone(worths[0])
    rules = day_rule_notes(plan, weights, {name: year for year, name, _ in worths}, place)
    blocks: list[Block] = [_heat_map(plan, worths, weights)]
    if rules.notes:
        blocks.append(rules)
    records = Table("Days", "", (), _RECORDS, tuple(_records(plan, years, weights)))
    return Page(answer + _idle(plan, weights), plan_title(plan), tuple(blocks), (records,))


def _year_name(plan: Plan, year: PlanYear) -> str:
    """``2012``; where that would be the name of a month or of both years, which of the two it is."""
    names_a_month = any(month.label == year.label for month in year.months)
    if names_a_month or plan.base_year.label == plan.year.label:
        return "this year" if year == plan.year else "last year"
    return year.label


def _subject(one: _Worth) -> str:
    """The year as a sentence begins with it: 2012, 2026-04 to 2027-03."""
    return one.name if one.name == one.year.label else one.year.span.replace("..", " to ")


def _both(before: _Worth, now: _Worth) -> Sentence:
    """How many effective days the years have, and the months whose days change most in worth."""
    more = now.sum - before.sum
    said = sentence(f"{_subject(now)} has ", days(now.sum), " effective days, ")
    if more:
        said += sentence(days(abs(more))._replace(beside=0), f" {'more' if more > 0 else 'fewer'} than ")
    else:
        said += sentence("as many as ")
    said += sentence(before.name)
    changes = {
        month.label: worth / was - 1
        for month, worth, was in zip(now.year.months, now.months, before.months, strict=True)
        if was
    }
    gains = max(changes, key=lambda label: changes[label], default="")
    loses = min(changes, key=lambda label: changes[label], default="")
    if changes and changes[gains] > 0:
        said += sentence(f"; {gains} gains most, ", percent(changes[gains])._replace(beside=0))
    if changes and changes[loses] < 0:
        said += sentence(f"; {loses} loses most, ", percent(changes[loses])._replace(beside=0))
    return said


def _alone(one: _Worth) -> Sentence:
    """How many effective days the year has, and its months with most and fewest of them."""
    most, fewest = one.months.index(max(one.months)), one.months.index(min(one.months))
    labels = [month.label for month in one.year.months]
    return (
        sentence(f"{_subject(one)} has ", days(one.sum), " effective days")
        + sentence(f"; most in {labels[most]}, ", days(one.months[most]))
        + sentence(f", fewest in {labels[fewest]}, ", days(one.months[fewest]))
    )


def _idle(plan: Plan, weights: DayWeights) -> Sentence:
    """The rules that do nothing in either year, by name; or that there are none at all."""
    if not plan.days:
        return sentence("; the plan has no day rules, so each day is worth 1")
    idle = [f"`{rule_name(plan, number)}`" for number in sorted(idle_rules(plan, weights))]
    return sentence(f"; no day of either year is covered by {', '.join(idle)}" if idle else "")


def _heat_map(plan: Plan, worths: Sequence[_Worth], weights: DayWeights) -> HeatMap:
    """The months of the years, those that match together."""
    first = first_weekday(plan.year, plan.weeks)
    columns = _MAP if len(worths) > 1 else _MAP[:-1]
    strips = [list(_strips(one, worths[0], first, weights)) for one in worths]
    totals = tuple(Strip(_cells(one.name, one.sum, one, worths[0], worths[0].sum)) for one in worths)
    initials = tuple(WEEKDAYS[(first + at) % 7][0].upper() for at in range(7))
    return HeatMap(initials, columns, tuple(zip(*strips, strict=True)), totals)


def _strips(one: _Worth, against: _Worth, first: int, weights: DayWeights) -> Iterator[Strip]:
    """The months of a year; `first` is the day of the week that stands in the first column."""
    for position, month in enumerate(one.year.months):
        # The label of a retail period says neither its year nor its dates.
        label = f"{month.label} {month.start}" if one.year.is_retail else month.label
        at = (month.start.weekday() - first) % 7
        cells = _cells(label, one.months[position], one, against, against.months[position])
        yield Strip(cells, at, tuple(weights.weight(day) for day in month.dates()))


def _cells(label: str, worth: Fraction, one: _Worth, against: _Worth, was: Fraction) -> tuple[Cell, ...]:
    """The label and the figures of a strip; the first year is compared with nothing."""
    if one is against:
        return label, worth, ""
    return label, worth, worth / was - 1 if was else None


def _records(plan: Plan, years: Sequence[PlanYear], weights: DayWeights) -> Iterator[Row]:
    for year in years:
        for month in year.months:
            for week in part_weeks(month, year, plan.weeks):
                for day in week.dates():
                    names = "; ".join(rule_name(plan, number) for number in weights.rules_on(day))
                    yield Row((day, month.label, week.label, weights.weight(day), names))
