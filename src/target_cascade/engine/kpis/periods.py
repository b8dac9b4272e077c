"""A KPI's month → its part weeks and days, in proportion to their quotas.

Where all of these are 0 and the amount is not (a month that is to bring nothing and has a cost all
the same), effective days take their place, and where there are none, days.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from target_cascade.engine.apportion import running_totals, share_units, units_of, whole
from target_cascade.engine.cascade import MonthQuota, Quota


def over_weeks(amount: Fraction, month: MonthQuota, unit: Fraction) -> tuple[Fraction, ...]:
    """`amount`, a multiple of `unit`, over the month's part weeks by largest remainder; they add up to it.

    A negative amount goes as the positive one of its size does.
    """
    worth = [sum(days) for days in _worth(month)]
    weights = _weights(month.parts, worth, [part.period.days for part in month.parts])
    return tuple(_sized(amount, unit, share_units(abs(units_of(amount, unit)), weights)))


def over_days(
    weeks: Sequence[Fraction], month: MonthQuota, unit: Fraction
) -> tuple[tuple[Fraction, ...], ...]:
    """The amounts of the month's part weeks over their days by running totals, which add up to them."""
    return tuple(
        tuple(_sized(amount, unit, running_totals(abs(units_of(amount, unit)), weights)))
        for amount, weights in zip(weeks, _day_weights(month), strict=True)
    )


def _day_weights(month: MonthQuota) -> Iterator[list[int]]:
    for week, worth in zip(month.parts, _worth(month), strict=True):
        yield _weights(week.parts, worth, [1] * len(worth))


def _weights(parts: Sequence[Quota], worth: list[int], days: list[int]) -> list[int]:
    quotas = whole([part.amount for part in parts])
    return next((weights for weights in (quotas, worth) if any(weights)), days)


def _worth(month: MonthQuota) -> Iterator[list[int]]:
    """The day weights of each part week, as whole numbers in their proportions."""
    first = month.demand.months[month.position].start
    for part in month.parts:
        yield month.demand.weights[first : first + part.period.days]
        first += part.period.days


def _sized(amount: Fraction, unit: Fraction, counts: Sequence[int]) -> Iterator[Fraction]:
    """Counts of units as amounts of the sign of `amount`."""
    for count in counts:
        yield -count * unit if amount < 0 else count * unit
