"""Quotas before and after, period by period: of two cascades, or of what an earlier run exported."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from target_cascade.engine.cascade import Cascade, Gathered, MonthQuota, Quota


class Known(NamedTuple):
    """A quota, and its ideal and its first and last day where they are known."""

    amount: Fraction
    ideal: Fraction | None = None
    span: tuple[date, date] | None = None


Level = Literal["quarter", "month", "week", "whole week", "day"]
Labels = tuple[str, ...]
"""What names a period: of a part week the month and the week, else one label."""


class Change(NamedTuple):
    """A quota before and after; None where a side has no such period. With `rounding` it has moved by
    a rounding unit at most, though less than that is due; what is due is known where ideals are."""

    labels: Labels
    old: Fraction | None
    new: Fraction | None
    rounding: bool = False

    @property
    def amount(self) -> Fraction:
        """New less old."""
        return (self.new or Fraction(0)) - (self.old or Fraction(0))


def quotas(cascade: Cascade, by: Level) -> dict[Labels, Known]:
    """Each period's quota and ideal, in order."""
    match by:
        case "quarter":
            return {(one.period.label,): _gathered(one) for one in cascade.quarters}
        case "month":
            return {(one.period.label,): _quota(one) for one in cascade.months}
        case "week":
            return {
                (week.parent.label, week.period.label): _quota(week)
                for month in cascade.months
                for week in month.parts
            }
        case "whole week":
            return {(one.period.label,): _gathered(one) for one in cascade.weeks}
    return {
        (day.period.label,): _quota(day)
        for month in cascade.months
        for week in month.parts
        for day in week.parts
    }


def unit_of(cascade: Cascade, by: Level) -> Fraction:
    """What the quotas of a level are multiples of."""
    rounding = cascade.plan.rounding
    units = {"day": rounding.day_unit, "week": rounding.week_unit, "whole week": rounding.week_unit}
    return units.get(by, rounding.month)


def _quota(one: MonthQuota | Quota) -> Known:
    return Known(one.amount, _ideal(one), (one.period.start, one.period.end))


def _gathered(one: Gathered) -> Known:
    ideals = [_ideal(part) for part in one.parts]
    known = [ideal for ideal in ideals if ideal is not None]
    ideal = sum(known, Fraction(0)) if len(known) == len(ideals) else None
    return Known(one.amount, ideal, (one.period.start, one.period.end))


def _ideal(one: MonthQuota | Quota) -> Fraction | None:
    """What is due to the period; a quota that a review has frozen comes from no ideal."""
    if isinstance(one, MonthQuota) and one.plan.closed is not None:
        return None
    return one.ideal


def changes(old: Mapping[Labels, Known], new: Mapping[Labels, Known], unit: Fraction) -> tuple[Change, ...]:
    """Each period's quota before and after, in order; `unit` is what they are multiples of, or 0 where
    nobody knows. Where no label is shared, as in two years, the periods, of which there are as many,
    are matched by their places."""
    # Labels sort by time, whatever the order of a file: those that only one side has stand where they belong.
    if not old.keys() & new.keys():
        old = {label: old[other] for label, other in zip(sorted(new), sorted(old), strict=True)}
    labels = sorted({*old, *new})
    return tuple(_change(label, old.get(label), new.get(label), unit) for label in labels)


def _change(labels: Labels, old: Known | None, new: Known | None, unit: Fraction) -> Change:
    if old is None or new is None:
        return Change(labels, old and old.amount, new and new.amount)
    moved = abs(new.amount - old.amount)
    if old.ideal is None or new.ideal is None:
        return Change(labels, old.amount, new.amount)
    due = abs(new.ideal - old.ideal)
    return Change(labels, old.amount, new.amount, 0 < moved <= unit and due < unit)
