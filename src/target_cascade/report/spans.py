"""Months and days in words."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Literal

from target_cascade.calendar import Period, PlanYear

KpiBy = Literal["month", "week", "day"]
PeopleBy = Literal["year", "month", "week"]
"""By what the quotas of teams and people are shown."""


def months_text(positions: Collection[int] | None, year: PlanYear) -> str:
    """``2012-01, 2012-03 to 2012-05``; the whole year where no months are named."""
    if positions is None or len(positions) == len(year.months):
        return "the whole year"
    ordered = sorted(positions)
    labels = [year.months[position].label for position in ordered]
    breaks = [i for i, (one, next_one) in enumerate(pairwise(ordered), 1) if next_one > one + 1]
    runs = pairwise([0, *breaks, len(labels)])
    return ", ".join(span_text(labels[first], labels[after - 1]) for first, after in runs)


def days_text(spans: Sequence[Period]) -> str:
    """``2012-11-08 to 2012-11-13``."""
    return ", ".join(span_text(str(span.start), str(span.end)) for span in spans)


def year_text(year: PlanYear) -> str:
    """``2012``, or ``2012-04 to 2013-03``: a year from April has the label of its first month."""
    return year.label if year.label != year.months[0].label else year.span.replace("..", " to ")


def noun(by: str, year: PlanYear | None) -> str:
    """What a quarter, month, week or day of a year is called: a month of a retail year is a period."""
    return "period" if by == "month" and year is not None and year.is_retail else by


def span_text(first: str, last: str) -> str:
    """``first to last``, or the one that both are."""
    return first if first == last else f"{first} to {last}"
