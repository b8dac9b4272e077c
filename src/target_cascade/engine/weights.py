"""What days are worth, and the base carried to this year's calendar (spec § 1 and § 2)."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import lcm

from target_cascade.amount import show
from target_cascade.calendar import Period
from target_cascade.errors import InfeasibleError, Path, Problem
from target_cascade.named_days import Window, anchored_days
from target_cascade.plan import Plan
from target_cascade.season import DayRule


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
        known = {cover: _weight([numbered[number] for number in cover]) for cover in set(covering)}
        self.denominator = lcm(*(weight.denominator for weight in known.values()))
        scaled = {cover: int(weight * self.denominator) for cover, weight in known.items()}
        self._scaled = [scaled[cover] for cover in covering]

    def scaled(self, day: date) -> int:
        """w(d)·denominator."""
        return self._scaled[(day - self._start).days]

    def effective_days(self, period: Period) -> Fraction:
        """W(S) of a run of days."""
        first = (period.start - self._start).days
        return Fraction(sum(self._scaled[first : first + period.days]), self.denominator)


def corrected_base(plan: Plan, weights: DayWeights) -> tuple[Fraction, ...]:
    """b_m: each month's base as this year's calendar would have brought it.

    `b_m = a_m · W(m) / W(m')` with base amounts, the shape itself with a shape, W(m) with neither.
    Raises `InfeasibleError` for a negative month, and for one that sold though its rules close it.
    """
    months = plan.year.months
    if plan.base is not None and plan.base.shape is not None:
        return plan.base.shape
    amounts = plan.base_amounts
    if amounts is None:
        return tuple(weights.effective_days(month) for month in months)
    problems: list[Problem] = []
    corrected: list[Fraction] = []
    for position, (month, before) in enumerate(zip(months, plan.year.base.months, strict=True)):
        amount, worth = amounts[position], weights.effective_days(before)
        problem = _base_problem(amount, worth, before)
        if problem:
            problems.append(Problem(problem, base_path(plan, position)))
        corrected.append(amount * weights.effective_days(month) / worth if worth else Fraction(0))
    if problems:
        raise InfeasibleError(*problems)
    return tuple(corrected)


def _base_problem(amount: Fraction, worth: Fraction, before: Period) -> str:
    if amount < 0:
        return (
            f"last year's {before.label} is negative, {show(amount)}; a season cannot be read from it:"
            " repair it with `fix`"
        )
    if amount and not worth:
        return (
            f"last year's {before.label} sold {show(amount)}, but the day rules give all of its days"
            " the weight 0; give the days that sold a weight"
        )
    return ""


def base_path(plan: Plan, position: int) -> Path:
    """The entry that says what last year's month at a position has sold."""
    base = plan.base
    if base is not None and position in base.fix:
        return ("base", "fix", plan.year.base.months[position].label)
    if base is not None and base.months is not None:
        return ("base", "months", position)
    return ("base", "by_month", plan.year.base.months[position].label)


def _covered(rule: DayRule, days: list[date]) -> set[date]:
    """The days that a rule covers; a day is covered or not, however many windows do it."""
    if rule.weekdays is not None:
        return {day for day in days if day.weekday() in rule.weekdays}
    start, end = days[0], days[-1]
    if rule.day is not None:
        return set(anchored_days(rule.day, rule.window or Window(), start, end))
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
