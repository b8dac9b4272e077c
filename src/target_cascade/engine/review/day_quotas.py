"""The day quotas of a month: what is due by a day, and by which a week is shared over its days."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import lcm

from target_cascade.calendar import Period
from target_cascade.engine.apportion import running_totals, units_of, whole
from target_cascade.engine.cascade import Cascade, MonthQuota


def day_quotas(month: MonthQuota) -> list[Fraction]:
    """The quotas of the month's days, in order."""
    return [day.amount for week in month.parts for day in week.parts]


def quota_to_date(month: MonthQuota, through: date) -> Fraction:
    """What the month's days up to and with `through` have to bring."""
    if through >= month.period.end:
        return month.amount
    if through < month.period.start:
        return Fraction(0)
    return sum(day_quotas(month)[: (through - month.period.start).days + 1], Fraction(0))


def due_between(cascade: Cascade, start: date, end: date) -> Fraction:
    """The sum of the day quotas from `start` to `end`."""
    before = date.fromordinal(start.toordinal() - 1)
    return sum(
        (quota_to_date(month, end) - quota_to_date(month, before) for month in cascade.months), Fraction(0)
    )


def shared(cascade: Cascade, amount: Fraction, period: Period, unit: Fraction) -> list[Fraction]:
    """`amount` over the days of `period`, to which they add up: by their day quotas, where these are all 0
    by what the days are worth, and else evenly.

    The day quotas are those of the first revision: so what a closed month had of a week that reaches into an
    open one stays what it was, whatever becomes of the open month. Days are whole multiples of the last
    decimal of `unit` or of `amount`, whichever is finer, by running totals; a negative amount goes as the
    positive one of its size does.
    """
    unit = Fraction(1, lcm(_last_decimal(unit), _last_decimal(amount)))
    counts = running_totals(abs(units_of(amount, unit)), _weights(cascade, period))
    return [count * unit * (-1 if amount < 0 else 1) for count in counts]


def _last_decimal(amount: Fraction) -> int:
    """The power of ten whose part the last decimal of `amount` is, whose decimals end."""
    power = 1
    while power % amount.denominator:
        power *= 10
    return power


def _weights(cascade: Cascade, period: Period) -> Sequence[int]:
    year = cascade.plan.year
    touched = [month for month in cascade.first_months if _meet(month.period, period)]
    months = {month.position: day_quotas(month) for month in touched}
    places = [(day, year.position(day)) for day in period.dates()]
    quotas = whole([months[at][(day - year.months[at].start).days] for day, at in places])
    if any(quotas):
        return quotas
    first = (period.start - year.start).days
    worth = cascade.demand.weights[first : first + period.days]
    return worth if any(worth) else [1] * period.days


def _meet(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end
