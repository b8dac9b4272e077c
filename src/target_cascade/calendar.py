"""The plan year: its months, quarters and part weeks. Pure dates, no amounts.

Everything is days. A month, a part week, a quarter are ways to gather the same days; each is a
`Period` with both ends inside it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from target_cascade.errors import CalendarError

FIRST_YEAR, LAST_YEAR = 1902, 2098
"""Years a plan may begin in: the dates of Spring Festival are known a year further on both sides."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHOLE_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WHOLE_MONTH_NAMES = (
    "january february march april may june july august september october november december".split()
)

_WEEK_STARTS = {"iso": 0, "monday": 0, "saturday": 5, "sunday": 6}
WEEK_RULES = tuple(_WEEK_STARTS)
"""How weeks are cut: `iso` begins on Monday and is numbered by ISO 8601, the others from the plan's
first week."""

_DAY = timedelta(days=1)


class Period(NamedTuple):
    """A run of days from `start` to `end`, both inside it."""

    label: str
    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.end - self.start).days + 1

    def dates(self) -> list[date]:
        """Each day, in order."""
        return [self.start + timedelta(days=i) for i in range(self.days)]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


class PlanYear(NamedTuple):
    """Twelve calendar months in a row; a calendar year where the first is January.

    `name` is what messages call it.
    """

    months: tuple[Period, ...]
    name: str = "the plan year"

    @classmethod
    def starting(cls, year: int, month: int = 1) -> "PlanYear":
        """The plan year whose first month is `month` (1 to 12) of `year`."""
        return cls(tuple(_month(year, month + i) for i in range(12)))

    @property
    def start(self) -> date:
        """The first day."""
        return self.months[0].start

    @property
    def end(self) -> date:
        """The last day."""
        return self.months[-1].end

    @property
    def label(self) -> str:
        """``2012``, or ``2012-04`` where the year does not begin in January."""
        return str(self.start.year) if self.start.month == 1 else self.months[0].label

    @property
    def base(self) -> "PlanYear":
        """The year before: its month at a position matches the plan's month there."""
        return PlanYear.starting(self.start.year - 1, self.start.month)._replace(name="last year")

    def quarters(self) -> tuple[Period, ...]:
        """The plan's own quarters, labelled by the calendar year that the plan begins in."""
        starts = range(0, 12, 3)
        return tuple(
            Period(f"{self.start.year}-Q{i // 3 + 1}", self.months[i].start, self.months[i + 2].end)
            for i in starts
        )

    def position(self, day: date) -> int:
        """The position, 0 to 11, of the month that holds `day`.

        Raises `CalendarError` for a day outside the year.
        """
        if not self.start <= day <= self.end:
            raise CalendarError(f"`{day}` is outside {self.name}, {self.span}")
        return (day.year - self.start.year) * 12 + day.month - self.start.month

    @property
    def span(self) -> str:
        """``2012-01..2012-12``, as a message names the year."""
        return f"{self.months[0].label}..{self.months[-1].label}"


def month_number(name: str) -> int | None:
    """1 to 12 for ``3``, ``mar`` or ``march``; None for what is no month."""
    if name.isascii() and name.isdigit():
        return int(name) if len(name) <= 2 and 1 <= int(name) <= 12 else None
    return _position(name, MONTH_NAMES, _WHOLE_MONTH_NAMES, 1)


def weekday_number(name: str) -> int | None:
    """0 for ``mon`` or ``monday`` to 6 for ``sun``; None for what is no day of the week."""
    return _position(name, WEEKDAYS, _WHOLE_WEEKDAYS, 0)


def part_weeks(month: Period, year: PlanYear, rule: str) -> tuple[Period, ...]:
    """The weeks inside `month`: each week of `rule` (one of `WEEK_RULES`), cut at the month's ends.

    The parts of one week carry the same label, in whichever months they lie.
    """
    parts: list[Period] = []
    start = month.start
    while start <= month.end:
        week_end = start + timedelta(days=6 - _day_of_week(start, rule))
        parts.append(Period(_week_label(start, year, rule), start, min(week_end, month.end)))
        start = week_end + _DAY
    return tuple(parts)


def _position(name: str, short: Sequence[str], whole: Sequence[str], first: int) -> int | None:
    for names in (short, whole):
        if name in names:
            return names.index(name) + first
    return None


def _day_of_week(day: date, rule: str) -> int:
    """0 on the first day of a week of `rule`, 6 on its last."""
    return (day.weekday() - _WEEK_STARTS[rule]) % 7


def _week_label(day: date, year: PlanYear, rule: str) -> str:
    if rule == "iso":
        iso = day.isocalendar()
        return f"{iso.year}-W{iso.week:02d}"
    first_week = year.start - timedelta(days=_day_of_week(year.start, rule))
    return f"W{(day - first_week).days // 7 + 1:02d}"


def _month(year: int, month: int) -> Period:
    """The calendar month `month`, counted from January of `year`; 13 is January of the next."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    start = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    return Period(f"{year}-{month:02d}", start, after - _DAY)
