"""From when to when somebody is there: months and dates, also those of other years than the plan's."""

import re
from datetime import date
from typing import Annotated, Any

from target_cascade.amount import fold_width
from target_cascade.calendar import Period, PlanYear, calendar_month
from target_cascade.errors import CalendarError
from target_cascade.period_text import parse_date, parse_month
from target_cascade.scalar import ScalarInYear, scalar_text

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_SCHEMA: dict[str, Any] = {"type": ["string", "integer"]}


def parse_days(text: str, year: PlanYear) -> Period:
    """The days of a date, or of a month: ``2012-04-16``, ``2011-11``; ``4`` is one of the plan `year`.

    Raises `CalendarError`.
    """
    folded = fold_width(text).strip()
    if _ISO_DATE.fullmatch(folded):
        day = parse_date(folded)
        return Period(folded, day, day)
    if (match := _YEAR_MONTH.fullmatch(folded)) and not year.is_retail:
        if not 1 <= int(match[2]) <= 12 or not int(match[1]):
            raise CalendarError(f"`{text}` is not a month; months go from 01 to 12")
        return calendar_month(int(match[1]), int(match[2]))
    return year.months[parse_month(folded, year)]


FirstDay = Annotated[
    date, ScalarInYear(lambda value, year: parse_days(scalar_text(value), year).start, date.min, _SCHEMA)
]
LastDay = Annotated[
    date, ScalarInYear(lambda value, year: parse_days(scalar_text(value), year).end, date.max, _SCHEMA)
]
