"""The plan year: its months or retail periods, quarters and part weeks. Pure dates, no amounts.

Everything is days. A month, a part week, a quarter are ways to gather the same days; each is a
`Period` with both ends inside it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from target_cascade.errors import CalendarError

FIRST_YEAR, LAST_YEAR = 1902, 2098
"""Years a plan may begin in: the dates of Spring Festival are known a year further on both sides."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WHOLE_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WHOLE_MONTH_NAMES = (
    "january february march april may june july august september october november december".split()
)

_WEEK_STARTS = {"iso": 0, "monday": 0, "saturday": 5, "sunday": 6}
WEEK_RULES = tuple(_WEEK_STARTS)
"""How weeks are cut: `iso` begins on Monday and is numbered by ISO 8601, the others from the plan's
first week."""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


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


class RetailWeeks(NamedTuple):
    """How a retail year is cut: `pattern` has the weeks of each month of a quarter, and a 53rd week
    joins the period at position `leap`. The year before has `base_weeks` weeks."""

    pattern: tuple[int, int, int]
    leap: int = 11
    base_weeks: int = 52


class PlanYear(NamedTuple):
    """Twelve months in a row: calendar months, or the periods P01 to P12 of a retail year, which are
    whole weeks.

    `name` is what messages call it.
    """

    months: tuple[Period, ...]
    name: str = "the plan year"
    retail: RetailWeeks | None = None

    @classmethod
    def starting(cls, year: int, month: int = 1) -> "PlanYear":
        """The plan year whose first month is `month` (1 to 12) of `year`."""
        return cls(tuple(calendar_month(year, month + i) for i in range(12)))

    @classmethod
    def ending(cls, end: date, weeks: int, retail: RetailWeeks) -> "PlanYear":
        """The retail year of 52 or 53 `weeks` whose last day is `end`."""
        start = end - timedelta(days=7 * weeks - 1)
        periods: list[Period] = []
        for position in range(12):
            length = retail.pattern[position % 3] + (weeks - 52 if position == retail.leap else 0)
            after = start + timedelta(days=7 * length)
            periods.append(Period(f"P{position + 1:02d}", start, after - _DAY))
            start = after
        return cls(tuple(periods), retail=retail)

    @property
    def is_retail(self) -> bool:
        """Whether its months are retail periods and not calendar months."""
        return self.retail is not None

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
        """``2012``, or ``2012-04`` where a year of calendar months does not begin in January."""
        has_own_month = not self.is_retail and self.start.month > 1
        return self.months[0].label if has_own_month else str(self.number)

    @property
    def number(self) -> int:
        """The calendar year that it begins in, by which it is called. A retail year that begins in the
        last week of December is the next year's: weeks seldom begin on 1 January."""
        return (self.start + _WEEK).year if self.is_retail else self.start.year

    @property
    def base(self) -> "PlanYear":
        """The year before: its month at a position matches the plan's month there."""
        if self.retail is not None:
            before = PlanYear.ending(self.start - _DAY, self.retail.base_weeks, self.retail)
        else:
            before = PlanYear.starting(self.start.year - 1, self.start.month)
        return before._replace(name="last year")

    @property
    def calendar_months(self) -> tuple[Period, ...]:
        """The calendar months that have a day of the year, whole, in order."""
        first = self.start.year, self.start.month
        count = (self.end.year - first[0]) * 12 + self.end.month - first[1] + 1
        return tuple(calendar_month(first[0], first[1] + i) for i in range(count))

    @property
    def calendar_years(self) -> list[int]:
        """The calendar years of its calendar months."""
        return sorted({month.start.year for month in self.calendar_months})

    def quarters(self) -> tuple[Period, ...]:
        """The plan's own quarters, labelled by the calendar year that the plan starts in."""
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
        if self.is_retail:
            return next(position for position, period in enumerate(self.months) if day <= period.end)
        return (day.year - self.start.year) * 12 + day.month - self.start.month

    @property
    def span(self) -> str:
        """``2012-01..2012-12``, or the first and the last day of a retail year, as a message names it."""
        if self.is_retail:
            return f"{self.start}..{self.end}"
        return f"{self.months[0].label}..{self.months[-1].label}"


def touched(period: Period, periods: Iterable[Period]) -> list[int]:
    """The positions of the `periods` that have a day of `period`."""
    return [i for i, one in enumerate(periods) if one.start <= period.end and period.start <= one.end]


def nrf_year(number: int) -> PlanYear:
    """The 4-5-4 year `number` of the National Retail Federation: it ends on the Saturday nearest to
    31 January of the next year, and so every fifth or sixth has 53 weeks, the last of them in P12."""
    ends = [_nrf_end(number + i) for i in (-2, -1, 0)]
    base_weeks, weeks = ((end - before).days // 7 for before, end in pairwise(ends))
    return PlanYear.ending(ends[-1], weeks, RetailWeeks((4, 5, 4), base_weeks=base_weeks))


def year_names(old: PlanYear, new: PlanYear) -> tuple[str, str]:
    """What tells two years apart: their labels, or else their first and last months or days, or else
    the weeks of their periods."""
    if old.label != new.label:
        return old.label, new.label
    if old.span != new.span:
        return old.span, new.span
    before, after = ("-".join(str(month.days // 7) for month in year.months) for year in (old, new))
    return before, after


def month_number(name: str) -> int | None:
    """1 to 12 for ``3``, ``mar`` or ``march``; None for what is no month."""
    if name.isascii() and name.isdigit():
        return int(name) if len(name) <= 2 and 1 <= int(name) <= 12 else None
    return _position(name, MONTH_NAMES, WHOLE_MONTH_NAMES, 1)


def weekday_number(name: str) -> int | None:
    """0 for ``mon`` or ``monday`` to 6 for ``sun``; None for what is no day of the week."""
    return _position(name, WEEKDAYS, WHOLE_WEEKDAYS, 0)


def part_weeks(month: Period, year: PlanYear, rule: str) -> tuple[Period, ...]:
    """The weeks inside `month`: each week of `rule` (one of `WEEK_RULES`), cut at the month's ends.

    The parts of one week carry the same label, in whichever months they lie. A retail year has weeks
    of its own, which begin on the day of the week that the year begins on.
    """
    parts: list[Period] = []
    start = month.start
    first = first_weekday(year, rule)
    while start <= month.end:
        week_end = start + timedelta(days=6 - (start.weekday() - first) % 7)
        parts.append(Period(_week_label(start, year, rule), start, min(week_end, month.end)))
        start = week_end + _DAY
    return tuple(parts)


def _position(name: str, short: Sequence[str], whole: Sequence[str], first: int) -> int | None:
    for names in (short, whole):
        if name in names:
            return names.index(name) + first
    return None


def first_weekday(year: PlanYear, rule: str) -> int:
    """The day of the week on which the weeks of `year` begin, 0 for Monday."""
    return year.start.weekday() if year.is_retail else _WEEK_STARTS[rule]


def _week_label(day: date, year: PlanYear, rule: str) -> str:
    if rule == "iso" and not year.is_retail:
        iso = day.isocalendar()
        return f"{iso.year}-W{iso.week:02d}"
    first_week = year.start - timedelta(days=(year.start.weekday() - first_weekday(year, rule)) % 7)
    return f"W{(day - first_week).days // 7 + 1:02d}"


def calendar_month(year: int, month: int) -> Period:
    """The calendar month `month`, counted from January of `year`; 13 is January of the next."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    start = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    return Period(f"{year}-{month:02d}", start, after - _DAY)


def _nrf_end(number: int) -> date:
    """The Saturday from 28 January to 3 February."""
    latest = date(number + 1, 2, 3)
    return latest - timedelta(days=(latest.weekday() - 5) % 7)
