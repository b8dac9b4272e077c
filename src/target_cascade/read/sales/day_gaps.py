"""What the days of a file leave out, which its sums by month do not show."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from target_cascade.calendar import PlanYear
from target_cascade.read.sales.totals import AmountRow

_HOLE = 7
"""Days without a row, one after the other, that are told; a shop may close for fewer."""
_MOST = 3


def gaps_told(rows: Sequence[AmountRow], year: PlanYear) -> list[str]:
    """``no rows from 2011-02-19 to 2011-02-28``, ``2011-04 begins on the 11th``; of months and weeks none.

    Months without any row are not told: they are lacking as such.
    """
    whens = [row.when for row in rows if row.when.kind == "day"]
    days = sorted({date(when.year, when.month, when.day) for when in whens})
    if not days:
        return []
    with_rows = {year.position(day) for day in days}
    holes = [
        (first, last)
        for before, after in pairwise(days)
        if (after - before).days > _HOLE
        for first, last in _in_months(before + timedelta(1), after - timedelta(1), year, with_rows)
    ]
    told = [f"no rows from {first} to {last}" for first, last in holes[:_MOST]]
    if len(holes) > _MOST:
        told.append(f"and {len(holes) - _MOST} more weeks or longer without rows")
    return [*_begun(days[0], year), *told, *_ended(days[-1], year), *_at_edges(days, year)]


def _at_edges(days: Sequence[date], year: PlanYear) -> list[str]:
    """``no rows before 2011-01-05``: fewer days than a week, where all between have rows."""
    if (days[-1] - days[0]).days + 1 != len(days):
        return []
    lead, trail = (days[0] - year.start).days, (year.end - days[-1]).days
    before = [f"no rows before {days[0]}"] if 0 < lead < _HOLE else []
    return [*before, *([f"no rows after {days[-1]}"] if 0 < trail < _HOLE else [])]


def cut_at_ends(rows: Sequence[AmountRow], year: PlanYear) -> list[int]:
    """The positions of the months that the first or the last day with a row leaves a week or more of."""
    whens = [row.when for row in rows]
    days = [date(when.year, when.month, when.day) for when in whens]
    ends = [(min(days), _begun), (max(days), _ended)]
    return sorted({year.position(day) for day, told in ends if told(day, year)})


def _in_months(first: date, last: date, year: PlanYear, with_rows: set[int]) -> list[tuple[date, date]]:
    """The part of a hole that lies in months with rows: at its start, at its end, or all of it."""
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    mine = [day for day in days if year.position(day) in with_rows]
    if len(mine) == len(days):
        return [(first, last)]
    parts: list[list[date]] = []
    for day in mine:
        if parts and day - parts[-1][-1] == timedelta(1):
            parts[-1].append(day)
        else:
            parts.append([day])
    return [(part[0], part[-1]) for part in parts if len(part) >= _HOLE]


def _begun(first: date, year: PlanYear) -> list[str]:
    month = year.months[year.position(first)]
    if (first - month.start).days < _HOLE:
        return []
    return [f"{month.label} begins on {_called(first, year)}"]


def _ended(last: date, year: PlanYear) -> list[str]:
    month = year.months[year.position(last)]
    if (month.end - last).days < _HOLE:
        return []
    return [f"{month.label} ends on {_called(last, year)}"]


def _called(day: date, year: PlanYear) -> str:
    """``the 11th`` of a month of the calendar; of a retail period the whole date."""
    if year.is_retail:
        return str(day)
    ending = "th" if day.day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"the {day.day}{ending}"
