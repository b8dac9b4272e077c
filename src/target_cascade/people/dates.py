"""From when to when somebody is there: months and dates, also those of other years than the plan's."""

from datetime import date
from typing import Annotated, Any

from target_cascade.period_text import parse_days
from target_cascade.scalar import ScalarInYear, scalar_text

_SCHEMA: dict[str, Any] = {"type": ["string", "integer"]}

FirstDay = Annotated[
    date, ScalarInYear(lambda value, year: parse_days(scalar_text(value), year).start, date.min, _SCHEMA)
]
LastDay = Annotated[
    date, ScalarInYear(lambda value, year: parse_days(scalar_text(value), year).end, date.max, _SCHEMA)
]
