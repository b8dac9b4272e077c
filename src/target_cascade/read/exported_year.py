"""The retail year that the rows of an export make up: whole weeks, by the days that they name."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from target_cascade.calendar import FIRST_YEAR, LAST_YEAR, PlanYear, RetailWeeks
from target_cascade.errors import CalendarError
from target_cascade.read.records import Record, Records

Span = tuple[date, date]
"""The first and the last day, both inside."""

PERIOD = r"P(0[1-9]|1[0-2])"
"""How a table labels a period of a retail year."""
_PATTERNS = ((4, 4, 5), (4, 5, 4), (5, 4, 4))
_QUARTER = 13


def is_retail(file: Records) -> bool:
    """Whether the rows are of a retail year: months are called P01, quarters are whole weeks long, as no
    quarter of calendar months is."""
    if "month" in file.columns:
        return any(re.fullmatch(PERIOD, _text(record, "month"), re.ASCII) for record in file.records)
    return bool(file.records) and all(_is_whole_weeks(record) for record in file.records)


def year_of_periods(spans: Mapping[str, Span]) -> PlanYear:
    """The year whose periods have these days; they follow each other. Raises `CalendarError`."""
    ordered = sorted(spans.items(), key=lambda span: span[1])
    names = [name for name, _ in ordered]
    if names != [f"P{number:02d}" for number in range(1, 13)]:
        rest = "and an export has the 12 of a year, P01 to P12, one after another"
        raise CalendarError(f"the periods are {', '.join(names)}, {rest}")
    weeks = [_weeks(span) for _, span in ordered]
    for pattern in _PATTERNS:
        usual = pattern * 4
        longer = [position for position in range(12) if weeks[position] != usual[position]]
        if not longer or (len(longer) == 1 and weeks[longer[0]] == usual[longer[0]] + 1):
            return _ending(ordered[-1][1][1], len(longer), RetailWeeks(pattern, *longer))
    lengths = ", ".join("a part" if length.denominator > 1 else str(length) for length in weeks)
    raise CalendarError(f"periods of {lengths} weeks are no retail year; a plan's are 4-4-5, 4-5-4 or 5-4-4")


def year_of_quarters(spans: Iterable[Span]) -> PlanYear:
    """The year whose quarters have these days. How many weeks its periods have they do not tell: they
    are taken for 4-5-4. Raises `CalendarError`."""
    ordered = sorted(spans)
    weeks = [_weeks(span) for span in ordered]
    longer = [position for position, length in enumerate(weeks) if length != _QUARTER]
    if len(weeks) != 4 or len(longer) > 1 or any(weeks[position] != _QUARTER + 1 for position in longer):
        raise CalendarError("an export has the 4 quarters of a year, of 13 weeks each and one perhaps of 14")
    leap = [3 * position + 2 for position in longer]
    return _ending(ordered[-1][1], len(longer), RetailWeeks((4, 5, 4), *leap))


def _ending(end: date, more: int, retail: RetailWeeks) -> PlanYear:
    if not FIRST_YEAR < end.year <= LAST_YEAR:
        message = f"outside {FIRST_YEAR + 1} to {LAST_YEAR}, in which a retail year can end"
        raise CalendarError(f"the quotas end on {end}, {message}")
    return PlanYear.ending(end, 52 + more, retail)


def _weeks(span: Span) -> Fraction:
    return Fraction((span[1] - span[0]).days + 1, 7)


def _is_whole_weeks(record: Record) -> bool:
    try:
        start, end = (date.fromisoformat(_text(record, column)) for column in ("start", "end"))
    except ValueError:
        return False  # What is wrong with it is told where it is read.
    return _weeks((start, end)).denominator == 1


def _text(record: Record, column: str) -> str:
    return record.cells[column].text if column in record.cells else ""
