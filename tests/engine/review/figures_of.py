"""Plans of 2012 that bring 12 million, and rows of what came in."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from target_cascade.calendar import Period, calendar_month
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.review.came_in import CameIn, came_in
from target_cascade.errors import InputError, Place, UsageError
from target_cascade.plan import Plan
from target_cascade.review.actuals import Actual

MONTHS = [f"2012-{month:02d}" for month in range(1, 13)]
EVEN = [{"months": "1-12", "hold": "100万"}]


def plan_of(**fields: Any) -> Plan:
    """A plan whose months bring a million each, with fields of its own."""
    even = {"limits": EVEN} if "closed" not in fields else {}
    return Plan.model_validate({"year": "2012", "target": "1200万", **even, **fields})


def even(**fields: Any) -> Cascade:
    return cascade(plan_of(**fields))


def closed(through: int, actual: str = "90万", **of_months: Any) -> dict[str, Any]:
    """The block of a revision that has closed the months up to the number `through`."""
    months = {label: {"quota": "100万", "actual": actual, **of_months} for label in MONTHS[:through]}
    return {
        "through": MONTHS[through - 1],
        "months": months,
        "open": dict.fromkeys(MONTHS[through:], "105万"),
        "first": dict.fromkeys(MONTHS, "100万"),
    }


def month(label: str, amount: Any, **fields: Any) -> Actual:
    """``2012-03`` as a row of its own."""
    year, number = map(int, label.split("-"))
    return Actual(calendar_month(year, number), "month", Fraction(amount), where=at(number), **fields)


def months(first: int, *amounts: Any, **fields: Any) -> list[Actual]:
    """Rows of consecutive months, from the number `first` on."""
    return [month(MONTHS[first - 1 + i], amount, **fields) for i, amount in enumerate(amounts)]


def days(first: str, *amounts: Any, **fields: Any) -> list[Actual]:
    """Rows of consecutive days; None is a day without a row."""
    start = date.fromisoformat(first)
    dated = [(start + timedelta(i), amount) for i, amount in enumerate(amounts) if amount is not None]
    return [
        Actual(Period(str(day), day, day), "day", Fraction(amount), where=at(day.toordinal()), **fields)
        for day, amount in dated
    ]


def whole_year_to(last: str, amount: Any, **fields: Any) -> list[Actual]:
    """A row a day from 1 January to `last`."""
    count = (date.fromisoformat(last) - date(2012, 1, 1)).days + 1
    return days("2012-01-01", *[amount] * count, **fields)


def week(first: str, amount: Any, count: int = 7, **fields: Any) -> Actual:
    """The week that begins on `first`; `count` of its days."""
    start = date.fromisoformat(first)
    end = start + timedelta(count - 1)
    return Actual(Period(f"{start:%G-W%V}", start, end), "week", Fraction(amount), where=at(1), **fields)


def at(line: int) -> Place:
    return Place("actuals.csv", line)


def taken(rows: Sequence[Actual], through: str | None = None, **fields: Any) -> CameIn:
    return came_in(even(**fields), rows, date.fromisoformat(through) if through else None)


def refusal(rows: Sequence[Actual], through: str | None = None, **fields: Any) -> str:
    """The message with which rows are refused."""
    try:
        taken(rows, through, **fields)
    except (InputError, UsageError) as error:
        return str(error)
    raise AssertionError("was not refused")
