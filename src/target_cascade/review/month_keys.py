"""Single months of the plan year, and keys that are such months."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from target_cascade.calendar import PlanYear
from target_cascade.entry import EntryError
from target_cascade.errors import CalendarError
from target_cascade.period_text import parse_months
from target_cascade.scalar import MONTH_SCHEMA, ScalarInYear, scalar_text


def _one_month(value: Any, year: PlanYear) -> int:
    text = scalar_text(value)
    months = parse_months([text], year)
    if len(months) != 1:
        raise CalendarError(f"`{text}` is several months; write one, such as `{year.months[0].label}`")
    return months[0]


OneMonth = Annotated[int, ScalarInYear(_one_month, 0, MONTH_SCHEMA)]
"""The position of one month in the plan year."""


def _each_month_once(value: Any, info: ValidationInfo) -> Any:
    """Raises `EntryError` where two keys name one month, such as 2026-03 and mar."""
    year = info.context.year if info.context is not None else None
    if year is None or not isinstance(value, Mapping):
        return value
    named: dict[tuple[int, ...], str] = {}
    for key in value:
        try:
            month = parse_months([scalar_text(key)], year)
        except ValueError:
            continue  # reported as a key of its own
        if month in named:
            raise EntryError(f"names the same month as `{named[month]}`; keep one of them", str(key))
        named[month] = str(key)
    return value


EachMonthOnce = BeforeValidator(_each_month_once)
