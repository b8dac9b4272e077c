"""What days are worth (spec § 1)."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import lcm

from target_cascade.calendar import Period
from target_cascade.day_rule import DayRule
from target_cascade.feasts import days_off
from target_cascade.named_days import Window, anchored_days
from target_cascade.plan import Plan


class DayWeights:
    """w(d) for each day of the plan year and of the year before.

    Weights are kept as whole numbers over one `denominator`, because a year has few different
    weights and many sums of them.
    """

    def __init__(self, rules: Iterable[DayRule], start: date, end: date) -> None:
        self._start = start
        days = Period("", start, end).dates()
        numbered = list(rules)
        covering: list[tuple[int, ...]] = [()] * len(days)
        for number, rule in enumerate(numbered):
            for day in _covered(rule, days):
                covering[(day - start).days] += (number,)
        self._covering = covering
        known = {cover: _weight([numbered[number] for number in cover]) for cover in set(covering)}
        self.denominator = lcm(*(weight.denominator for weight in known.values()))
        scaled = {cover: int(weight * self.denominator) for cover, weight in known.items()}
        self._scaled = [scaled[cover] for cover in covering]

    def scaled(self, day: date) -> int:
        """w(d)·denominator."""
        return self._scaled[(day - self._start).days]

    def weight(self, day: date) -> Fraction:
        """w(d)."""
        return Fraction(self.scaled(day), self.denominator)

    def rules_on(self, day: date) -> tuple[int, ...]:
        """The positions of the rules that cover the day, in file order."""
        return self._covering[(day - self._start).days]

    def effective_days(self, period: Period) -> Fraction:
        """W(S) of a run of days."""
        first = (period.start - self._start).days
        return Fraction(sum(self._scaled[first : first + period.days]), self.denominator)


def weighted_days(plan: Plan) -> DayWeights:
    """The weights of the plan year, of the base year, and of what lies between them; of the calendar
    months that a retail base begins and ends in, all days."""
    base = plan.base_year
    return DayWeights(plan.days, base.calendar_months[0].start, plan.year.end)


def _covered(rule: DayRule, days: list[date]) -> set[date]:
    """The days that a rule covers; a day is covered or not, however many windows do it."""
    if rule.weekdays is not None:
        return {day for day in days if day.weekday() in rule.weekdays}
    start, end = days[0], days[-1]
    if rule.workdays is not None:
        return {day for day in days if day in days_off(rule.workdays, day.year)}
    if rule.anchor is not None:
        return set(anchored_days(rule.anchor, rule.window or Window(), start, end))
    spans = [Period("", max(span.start, start), min(span.end, end)) for span in rule.dates or ()]
    return {day for span in spans for day in span.dates()}


def _weight(rules: Iterable[DayRule]) -> Fraction:
    """w(d) of a day that `rules`, in file order, cover."""
    product, last = Fraction(1), None
    for rule in rules:
        if rule.times is not None:
            product *= rule.times
        else:
            last = rule.weight
    return product if last is None else last
