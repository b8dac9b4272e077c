"""How a plan file names months, days and weekdays: text → positions in the plan year, and dates.

A month is a position in the plan year (0 to 11), so that whatever reads a plan need not know in
which month it begins.
"""

import re
from collections.abc import Sequence
from datetime import date

from target_cascade.amount import fold_width
from target_cascade.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    Period,
    PlanYear,
    calendar_month,
    month_number,
    part_weeks,
    weekday_number,
)
from target_cascade.errors import CalendarError

_YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ONE_DATE = "write year-month-day, as in `2012-11-08`"
_DATES = f"{_ONE_DATE}, and for several days the first and the last with `..` between them"
_ONE_MONTH = "write a month such as `3`, `mar` or `2012-03`"
_ONE_PERIOD = "write a period such as `P03`"
_CHINESE_MONTH = re.compile(r"(?:(\d{4})年)?(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?!\d)", re.ASCII)
_CHINESE_NUMBERS = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()


def parse_year(text: str) -> PlanYear:
    """``2012`` for the calendar year, ``2012-04`` for twelve months from April.

    Raises `CalendarError`.
    """
    folded = fold_width(text).strip()
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?", folded, re.ASCII)
    if match is None or not 1 <= int(match[2] or 1) <= 12:
        raise CalendarError(
            f"`{text}` is not a year; write `2027`, or `2027-04` for twelve months from April"
        )
    if not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise CalendarError(f"`{text}` is outside {FIRST_YEAR} to {LAST_YEAR}, the years that plans can have")
    return PlanYear.starting(int(match[1]), int(match[2] or 1))


def parse_base_year(text: str, year: PlanYear) -> PlanYear:
    """The year whose amounts are the base of `year`: ``2010``, or ``2010-04`` where that begins in April.

    Raises `CalendarError` where it does not begin in the same month, or not before `year`.
    """
    if year.is_retail:
        hint = "`base_weeks` in the plan's `year` says how many weeks it has"
        raise CalendarError(f"the base of a retail year is the retail year before it; {hint}")
    named = parse_year(text)
    month = year.start.month
    if "-" in text and named.start.month != month:
        like = f"{named.start.year}-{month:02d}"
        raise CalendarError(f"`{text}` does not begin in the month that the plan begins in; write `{like}`")
    base = PlanYear.starting(named.start.year, month)
    if base.start >= year.start:
        raise CalendarError(
            f"`{text}` is not before the plan year {year.label}; last year is {year.base.label}"
        )
    return base._replace(name=year.base.name if base.start == year.base.start else "the base year")


def parse_base_month(text: str, base: PlanYear) -> int | Period:
    """The position of a month in the base year; of a retail year also a calendar month that has a day
    of it, ``2011-03``. Raises `CalendarError`."""
    match = _YEAR_MONTH.fullmatch(fold_width(text).strip())
    if not base.is_retail or match is None or not 1 <= int(match[2]) <= 12:
        return parse_month(text, base)
    month = calendar_month(int(match[1]), int(match[2]))
    if month not in base.calendar_months:
        raise CalendarError(f"`{text}` is outside {base.name}, {base.span}")
    return month


def parse_months(texts: Sequence[str], year: PlanYear) -> tuple[int, ...]:
    """The positions, in order and each once, of months, quarters and ranges of them.

    Raises `CalendarError` for what names no month of `year`.
    """
    positions: set[int] = set()
    for text in texts:
        positions.update(_months_of(text, year))
    return tuple(sorted(positions))


def parse_month(text: str, year: PlanYear) -> int:
    """The position of a single month: ``3``, ``mar`` or ``2012-03``. Raises `CalendarError`."""
    hint = _ONE_PERIOD if year.is_retail else _ONE_MONTH
    span = _named_span(text, year, hint)
    if len(span) != 1:
        raise CalendarError(f"`{text}` is more than one month; {hint}")
    return span[0]


def parse_start(text: str, year: PlanYear) -> date:
    """A date, or the first day of a month. Raises `CalendarError` outside `year`."""
    return _month_or_date(text, year).start


def parse_end(text: str, year: PlanYear) -> date:
    """A date, or the last day of a month. Raises `CalendarError` outside `year`."""
    return _month_or_date(text, year).end


def parse_days(text: str, year: PlanYear) -> Period:
    """The days of a date or of a month, also of those outside `year`: ``2012-04-16``, ``2011-11``; ``4``
    is one of the plan `year`.

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


def parse_date(text: str, hint: str = _ONE_DATE) -> date:
    """``2012-11-08``. Raises `CalendarError`, which ends in `hint`."""
    folded = fold_width(text).strip()
    try:
        if _ISO_DATE.fullmatch(folded):
            return date.fromisoformat(folded)
    except ValueError:
        pass  # 2012-02-30: written like a date, and none
    raise CalendarError(f"`{text}` is not a date of the calendar; {hint}")


def parse_date_ranges(texts: Sequence[str]) -> tuple[Period, ...]:
    """``2012-11-08..2012-11-13`` or single dates. Raises `CalendarError`."""
    return tuple(_date_range(text) for text in texts)


def parse_period(text: str, year: PlanYear, weeks: str) -> Period:
    """A period of the plan year, as its tables label it: a month, a quarter ``2012-Q4``, a week of the
    rule `weeks` (``2012-W45``, or ``W45``), a day, the whole ``year``, or a range from the first day
    of one of these to the last of another. ``11月`` is a month too.

    A week has its days of all months, and at the ends of the year those that the year has. Raises
    `CalendarError` for what is no period of `year`.
    """
    written = _CHINESE_MONTH.sub(_month_in_digits, fold_width(text))
    first, separator, last = (part.strip() for part in written.partition(".."))
    if separator and (not first or not last or ".." in last):
        raise CalendarError(f"`{text}` is no range with two ends; {_periods(year)}")
    start = _one_period(first, year, weeks)
    if not separator:
        return start
    end = _one_period(last, year, weeks)
    if end.end < start.start:
        raise CalendarError(f"`{text}` ends before it begins; write `{last}..{first}`")
    label = start.label if start == end else f"{start.label}..{end.label}"
    return Period(label, start.start, end.end)


def parse_weekdays(texts: Sequence[str]) -> frozenset[int]:
    """``sat-sun``, ``mon``: days of the week, 0 is Monday. A range may run over Sunday."""
    days: set[int] = set()
    for text in texts:
        first, separator, last = fold_width(text).partition("-")
        start = _weekday(first, text)
        stop = _weekday(last, text) if separator else start
        days.update((start + i) % 7 for i in range((stop - start) % 7 + 1))
    return frozenset(days)


def _months_of(text: str, year: PlanYear, hint: str = "") -> range:
    hint = hint or _months_hint(year)
    first, separator, last = _split_range(fold_width(text).strip())
    if separator and not (first and last):
        raise CalendarError(f"`{text}` is a range with one end; {hint}")
    start = _named_span(first, year, hint)
    if not separator:
        return start
    stop = _named_span(last, year, hint)
    if stop[-1] < start[0]:
        raise CalendarError(
            f"`{text}` runs backwards in the plan year {year.span};"
            " write the month that comes first in the plan year first, or a list of months"
        )
    return range(start[0], stop[-1] + 1)


def _month_or_date(text: str, year: PlanYear) -> Period:
    """A month or a date of `year`."""
    folded = fold_width(text).strip()
    if not _ISO_DATE.fullmatch(folded):
        return year.months[parse_month(folded, year)]
    days = parse_days(folded, year)
    year.position(days.start)
    return days


def _months_hint(year: PlanYear) -> str:
    one, several = (_ONE_PERIOD, "P03-P12") if year.is_retail else (_ONE_MONTH, "3-12")
    return f"{one}, a quarter such as `Q1`, or a range `{several}`"


def _one_period(name: str, year: PlanYear, weeks: str) -> Period:
    # The label of a year from April is that of its first month, which goes first.
    if name.lower() == "year" or name == str(year.number):
        return Period(year.label, year.start, year.end)
    if match := re.fullmatch(r"(\d{4}-)?W(\d{1,2})", name, re.ASCII | re.IGNORECASE):
        return _week(f"{match[1] or ''}W{int(match[2]):02d}", year, weeks)
    if re.fullmatch(r"(\d{4}-)?Q[1-4]", name, re.ASCII | re.IGNORECASE):
        return _quarter(name.upper(), year)
    if re.match(r"\d{4}-\d{1,2}-\d", name, re.ASCII):
        hint = f"write year-month-day, as in `{_a_day(year)}`"
        day = parse_date(name, f"{hint}, and for several days the first and the last with `..` between them")
        year.position(day)
        return Period(name, day, day)
    if reason := _no_period(name, year):
        raise CalendarError(f"`{name}` is {reason}")
    months = [year.months[position] for position in _months_of(name, year, _periods(year))]
    labels = dict.fromkeys((months[0].label, months[-1].label))
    return Period("..".join(labels), months[0].start, months[-1].end)


def _no_period(name: str, year: PlanYear) -> str | None:
    """Why a name that is nearly a period is none, and what to write."""
    if re.fullmatch(r"(\d{4}-)?Q\d+", name, re.ASCII | re.IGNORECASE):
        return "no quarter; quarters are `Q1` to `Q4`"
    if re.fullmatch(r"(\d{4}-)?H[12]", name, re.ASCII | re.IGNORECASE):
        return f"no period; write a half of the year as `{'Q1..Q2' if name.endswith('1') else 'Q3..Q4'}`"
    if re.fullmatch(r"\d{4}", name, re.ASCII):
        return f"not the plan year {year.label}; write `year` for all of {year.span}"
    return None


def _periods(year: PlanYear) -> str:
    """What periods there are, for the end of a message, by examples that the year has."""
    return (
        f"write a {'period' if year.is_retail else 'month'} such as `{year.months[2].label}`, a quarter `Q1`,"
        " a week `W45`, a day"
        f" `{_a_day(year)}`, `year`, or the first and the last of these with `..` between them"
    )


def _a_day(year: PlanYear) -> str:
    return str(year.months[10].start.replace(day=8))


def _month_in_digits(found: re.Match[str]) -> str:
    """``11`` for ``十一月``, ``2012-11`` for ``2012年11月``."""
    number = found[2]
    if number in _CHINESE_NUMBERS:
        number = str(_CHINESE_NUMBERS.index(number) + 1)
    return f"{found[1]}-{number}" if found[1] else number


def _week(name: str, year: PlanYear, rule: str) -> Period:
    parts = [part for month in year.months for part in part_weeks(month, year, rule)]
    named = [part for part in parts if name in (part.label, part.label[-3:])]
    labels = list(dict.fromkeys(part.label for part in named))
    if len(labels) == 1:
        return Period(labels[0], named[0].start, named[-1].end)
    if labels:
        raise CalendarError(f"`{name}` may be {' or '.join(labels)}; write one of them")
    hint = f"its weeks are {parts[0].label} to {parts[-1].label}"
    raise CalendarError(f"`{name}` is no week of {year.name}, {year.span}; {hint}")


def _quarter(name: str, year: PlanYear) -> Period:
    quarters = year.quarters()
    for quarter in quarters:
        if name in (quarter.label, quarter.label[-2:]):
            return quarter
    hint = f"its quarters are {quarters[0].label} to {quarters[-1].label}"
    raise CalendarError(f"`{name}` is no quarter of {year.name}, {year.span}; {hint}")


def _split_range(text: str) -> tuple[str, str, str]:
    if ".." in text:
        first, separator, last = text.partition("..")
        return first.strip(), separator, last.strip()
    if _YEAR_MONTH.fullmatch(text):
        return text, "", ""
    first, separator, last = text.partition("-")
    return first.strip(), separator, last.strip()


def _named_span(text: str, year: PlanYear, hint: str) -> range:
    """The positions of one month or quarter."""
    name = fold_width(text).strip().lower()
    if match := re.fullmatch(r"q([1-4])", name):
        first = (int(match[1]) - 1) * 3
        return range(first, first + 3)
    period = re.fullmatch(r"p(\d{1,2})", name, re.ASCII)
    if year.is_retail:
        if period is None or not 1 <= int(period[1]) <= 12:
            raise CalendarError(f"`{text}` is none of the periods of a retail year, P01 to P12; {hint}")
        position = int(period[1]) - 1
    elif match := _YEAR_MONTH.fullmatch(name):
        position = _year_month(int(match[1]), int(match[2]), text, year)
    elif period:
        raise CalendarError(
            f"`{text}` is a period of a retail year, and this plan's year has calendar months; {hint}"
        )
    else:
        month = month_number(name)
        if month is None:
            raise CalendarError(f"`{text}` is not a month; {hint}")
        position = (month - year.start.month) % 12
    return range(position, position + 1)


def _year_month(calendar_year: int, month: int, text: str, year: PlanYear) -> int:
    if not 1 <= month <= 12:
        raise CalendarError(f"`{text}` is not a month; months go from 01 to 12")
    position = (calendar_year - year.start.year) * 12 + month - year.start.month
    if not 0 <= position < 12:
        raise CalendarError(f"`{text}` is outside {year.name}, {year.span}")
    return position


def _weekday(name: str, text: str) -> int:
    number = weekday_number(name.strip().lower())
    if number is None:
        raise CalendarError(f"`{text}` is not a day of the week; write `sat-sun`, `mon` or `[mon, wed]`")
    return number


def _date_range(text: str) -> Period:
    first, separator, last = text.partition("..")
    start = parse_date(first, _DATES)
    end = parse_date(last, _DATES) if separator else start
    if end < start:
        raise CalendarError(f"`{text}` ends before it begins; write `{end}..{start}`")
    return Period(str(start) if start == end else f"{start}..{end}", start, end)
