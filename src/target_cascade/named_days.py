"""Days that a year names: 11-11, the fourth Thursday of November, Easter, Spring Festival, a holiday."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from target_cascade.amount import fold_width
from target_cascade.calendar import MONTH_NAMES, WEEKDAYS, Period, month_number, weekday_number
from target_cascade.errors import CalendarError
from target_cascade.feasts import first_days

_WINDOW_LIMIT = 366

# Spring Festival (the lunar new year of UTC+8) of 1900 to 2100: days after 20 January, in base 36.
# Facts of the Chinese calendar; tests hold them against the table of another library.
_SPRING_FESTIVAL_FIRST = 1900
_SPRING_FESTIVAL = (
    "buj9rf5od2lath6pe3mcvj8rg4od3lash6pf4mbuj7qg5od2l9"
    "sh7pe4nbtj8qg5od1kash7qe3mbti8rg5odvk9sh7qf3lbui8r"
    "g4nc2k9ti6pe3lbuj8rg5nc2l9sh6oe3mbuj8qf4nc2lash6pd"
    "3mcuj8qf4nd1k9sg6pe3mbui7qg4nd2k9sh6pe4lati7qg5nc1"
    "k"
)

NO_NAMED_DAY = (
    "names no day that comes every year; write `11-11` (month-day), `4th thu of nov`, `last fri of nov`,"
    " `easter` or `spring-festival`, or the name of a holiday and its country, such as `country: CN`"
)

_NTH = re.compile(r"(1st|2nd|3rd|4th|5th|last) ([a-z]+) of ([a-z]+)")
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)


class Anchor(NamedTuple):
    """A day that comes once a year, or in some years only.

    `kind` is ``date`` (month, day), ``nth`` (month, weekday 0 to 6, which: 1 to 5 or -1 for the
    last), ``easter``, ``spring-festival`` or ``feast``, a holiday by its name; `numbers` are those of
    its kind. Only a feast has a `name`, and days only with its `country`.
    """

    kind: str
    numbers: tuple[int, ...] = ()
    name: str = ""
    country: str = ""

    @property
    def text(self) -> str:
        """The anchor as a plan file writes it."""
        match self.kind:
            case "date":
                month, day = self.numbers
                return f"{month:02d}-{day:02d}"
            case "nth":
                month, weekday, which = self.numbers
                name = "last" if which < 0 else ("1st", "2nd", "3rd", "4th", "5th")[which - 1]
                return f"{name} {WEEKDAYS[weekday]} of {MONTH_NAMES[month - 1]}"
        return self.name or self.kind

    def in_year(self, year: int) -> tuple[date, ...]:
        """The day in calendar year `year`: none in a year that does not have it, two where a lunar
        feast comes twice."""
        match self.kind:
            case "easter":
                return (easter(year),)
            case "spring-festival":
                return (spring_festival(year),)
            case "feast":
                return first_days(self.name, self.country, year)
            case "nth":
                return _nth_weekday(year, *self.numbers)
        month, day = self.numbers
        return (date(year, month, day),) if day <= _month_length(year, month) else ()


class Window(NamedTuple):
    """Days around an anchor, both ends inside: -9..-3 is from nine days before to three before."""

    first: int = 0
    last: int = 0

    @property
    def text(self) -> str:
        """The window as a plan file writes it."""
        return f"{self.first}..{self.last}"


def anchored_days(anchor: Anchor, window: Window, start: date, end: date) -> Iterator[date]:
    """The days from `start` to `end` that lie in the window of the anchor of any year."""
    for year in range(start.year - 1, end.year + 2):
        for day in anchor.in_year(year):
            first = max(day + timedelta(days=window.first), start)
            last = min(day + timedelta(days=window.last), end)
            yield from Period("", first, last).dates()


def parse_anchor(text: str) -> Anchor:
    """``11-11``, ``4th thu of nov``, ``last fri of nov``, ``easter`` or ``spring-festival``; other words
    as the name of a holiday, which needs a country.

    Raises `CalendarError` for what is no name either.
    """
    words = " ".join(fold_width(text).lower().split())
    if words in ("easter", "spring-festival"):
        return Anchor(words)
    if match := _NTH.fullmatch(words):
        month, weekday = month_number(match[3]), weekday_number(match[2])
        if month is not None and weekday is not None:
            return Anchor("nth", (month, weekday, -1 if match[1] == "last" else int(match[1][0])))
    if match := _MONTH_DAY.fullmatch(words):
        month_day = int(match[1]), int(match[2])
        # 2000 has the longest February.
        if 1 <= month_day[0] <= 12 and 1 <= month_day[1] <= _month_length(2000, month_day[0]):
            return Anchor("date", month_day)
    if any(character.isalpha() for character in text):
        return Anchor("feast", name=" ".join(text.split()))
    raise CalendarError(f"`{text}` {NO_NAMED_DAY}")


def parse_window(text: str) -> Window:
    """``-9..-3``, or ``1`` for that one day. Raises `CalendarError`."""
    match = re.fullmatch(r"([+-]?\d{1,4})(?:\s*\.\.\s*([+-]?\d{1,4}))?", fold_width(text).strip(), re.ASCII)
    if match is None:
        raise CalendarError(
            f"`{text}` is not a window; write first and last day around the day itself, as in `-9..-3`"
        )
    first = int(match[1])
    window = Window(first, int(match[2]) if match[2] else first)
    if window.last < window.first:
        raise CalendarError(f"`{text}` ends before it begins; write `{window.last}..{window.first}`")
    if max(abs(window.first), abs(window.last)) > _WINDOW_LIMIT:
        raise CalendarError(f"`{text}` reaches further than a year; a window is days around a day")
    return window


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar: the anonymous algorithm (Nature, 20 April 1876)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - correction + 15) % 30
    to_sunday = (32 + 2 * century_rest + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def spring_festival(year: int) -> date:
    """The first day of the Chinese year that begins in `year`, 1900 to 2100."""
    offset = int(_SPRING_FESTIVAL[year - _SPRING_FESTIVAL_FIRST], 36)
    return date(year, 1, 20) + timedelta(days=offset)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> tuple[date, ...]:
    length = _month_length(year, month)
    first = 1 + (weekday - date(year, month, 1).weekday()) % 7
    day = first + 7 * (nth - 1) if nth > 0 else first + 7 * ((length - first) // 7)
    return (date(year, month, day),) if day <= length else ()


def _month_length(year: int, month: int) -> int:
    after = date(year + month // 12, month % 12 + 1, 1)
    return (after - timedelta(days=1)).day
