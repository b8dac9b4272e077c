"""Days that a year names: dates, nth weekdays, Easter, Spring Festival, and the windows around them."""

from calendar import monthrange
from datetime import date

import dateutil.easter
import pytest
from holidays.calendars.chinese import _ChineseLunisolar

from target_cascade.calendar import FIRST_YEAR, LAST_YEAR
from target_cascade.errors import CalendarError
from target_cascade.named_days import (
    Anchor,
    Window,
    anchored_days,
    easter,
    parse_anchor,
    parse_window,
    spring_festival,
)


def test_easter_of_every_year_is_that_of_dateutil() -> None:
    for year in range(FIRST_YEAR - 1, LAST_YEAR + 2):
        assert easter(year) == dateutil.easter.easter(year)


def test_spring_festival_is_that_of_the_holidays_library() -> None:
    lunar_years = _ChineseLunisolar()
    for year in range(1917, 2100):  # In 1916 that library is a day later than the almanacs of the time.
        assert spring_festival(year) == lunar_years.lunar_new_year_date(year)[0]


def test_spring_festival_is_known_a_year_beyond_every_plan() -> None:
    for year in range(FIRST_YEAR - 2, LAST_YEAR + 3):
        assert date(year, 1, 21) <= spring_festival(year) <= date(year, 2, 21)


@pytest.mark.parametrize("which", [1, 2, 3, 4, 5, -1])
def test_nth_weekday_is_that_of_a_count_over_all_days(which: int) -> None:
    for year in (1999, 2012, 2023, 2024, 2027):
        for month in range(1, 13):
            days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
            for weekday in range(7):
                of_month = [day for day in days if day.weekday() == weekday]
                position = which if which < 0 else which - 1
                expected = (of_month[position],) if position < len(of_month) else ()
                assert Anchor("nth", (month, weekday, which)).in_year(year) == expected


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        pytest.param("11-11", Anchor("date", (11, 11)), id="date"),
        pytest.param("02-29", Anchor("date", (2, 29)), id="leap day"),
        pytest.param("１１－１１", Anchor("date", (11, 11)), id="full-width date"),
        pytest.param("4th thu of nov", Anchor("nth", (11, 3, 4)), id="nth"),
        pytest.param("last fri of nov", Anchor("nth", (11, 4, -1)), id="last"),
        pytest.param("5th Monday of  March", Anchor("nth", (3, 0, 5)), id="whole names and capitals"),
        pytest.param("1st sun of may", Anchor("nth", (5, 6, 1)), id="first"),
        pytest.param(" Easter ", Anchor("easter"), id="Easter"),
        pytest.param("spring-festival", Anchor("spring-festival"), id="Spring Festival"),
        pytest.param("Mid-Autumn  Festival", Anchor("feast", name="Mid-Autumn Festival"), id="a holiday"),
        pytest.param("中秋节", Anchor("feast", name="中秋节"), id="a holiday in Chinese"),
        pytest.param("6th thu of nov", Anchor("feast", name="6th thu of nov"), id="what no month has"),
    ],
)
def test_anchor_is_read(text: str, anchor: Anchor) -> None:
    assert parse_anchor(text) == anchor


@pytest.mark.parametrize(
    "text",
    [
        "",
        "13-01",
        "00-10",
        "02-30",
        "04-31",
        "1-5",
        "11/11",
        "2012-11-11",
        "٠١-٠٢",
    ],
)
def test_what_is_no_name_either_is_refused(text: str) -> None:
    with pytest.raises(CalendarError, match="names no day that comes every year; write `11-11`"):
        parse_anchor(text)


@pytest.mark.parametrize(
    "text", ["easter monday", "0th thu of nov", "4th thx of nov", "4th friend of november", "1st 2 of 3"]
)
def test_what_is_like_a_form_and_is_not_can_only_be_a_name(text: str) -> None:
    assert parse_anchor(text) == Anchor("feast", name=text)
    assert parse_anchor(text).text == text


@pytest.mark.parametrize(
    ("text", "window"),
    [
        pytest.param("-9..-3", Window(-9, -3), id="before"),
        pytest.param("-2..6", Window(-2, 6), id="around"),
        pytest.param("0", Window(0, 0), id="the day itself"),
        pytest.param("1", Window(1, 1), id="one day"),
        pytest.param("+1..+3", Window(1, 3), id="plus signs"),
        pytest.param(" -1 .. 1 ", Window(-1, 1), id="spaces"),
        pytest.param("－１..１", Window(-1, 1), id="full width"),
        pytest.param("-366..366", Window(-366, 366), id="a year on both sides"),
    ],
)
def test_window_is_read(text: str, window: Window) -> None:
    assert parse_window(text) == window


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "is not a window", id="empty"),
        pytest.param("a week", "is not a window", id="words"),
        pytest.param("1-3", "is not a window", id="dash"),
        pytest.param("-3...3", "is not a window", id="three dots"),
        pytest.param("1.5", "is not a window", id="half a day"),
        pytest.param("3..-3", "ends before it begins; write `-3..3`", id="backwards"),
        pytest.param("-367..0", "reaches further than a year", id="too wide"),
        pytest.param("9999", "reaches further than a year", id="too far"),
    ],
)
def test_what_is_no_window_is_refused(text: str, message: str) -> None:
    with pytest.raises(CalendarError, match=message):
        parse_window(text)


def days_of(anchor: Anchor, window: Window, start: date, end: date) -> list[str]:
    return [day.isoformat() for day in anchored_days(anchor, window, start, end)]


def test_window_reaches_in_from_the_years_on_both_sides() -> None:
    new_year, year = Anchor("date", (1, 1)), (date(2012, 1, 1), date(2012, 12, 31))
    assert days_of(new_year, Window(-2, 0), *year) == ["2012-01-01", "2012-12-30", "2012-12-31"]
    assert days_of(Anchor("date", (12, 31)), Window(1, 2), *year) == ["2012-01-01", "2012-01-02"]


def test_lunar_feast_that_comes_twice_in_a_year_has_two_windows() -> None:
    eid = Anchor("feast", name="Eid al-Fitr", country="TR")
    assert days_of(eid, Window(-1, -1), date(2000, 1, 1), date(2000, 12, 31)) == ["2000-01-07", "2000-12-26"]


def test_window_is_cut_at_the_ends() -> None:
    assert days_of(Anchor("date", (3, 2)), Window(-3, 3), date(2012, 3, 1), date(2012, 3, 3)) == [
        "2012-03-01",
        "2012-03-02",
        "2012-03-03",
    ]


@pytest.mark.parametrize(
    ("anchor", "days"),
    [
        pytest.param(Anchor("date", (2, 29)), ["2012-02-29"], id="leap day"),
        pytest.param(Anchor("nth", (2, 2, 5)), ["2012-02-29"], id="fifth Wednesday of February"),
        pytest.param(Anchor("nth", (2, 0, 5)), [], id="fifth Monday of February"),
    ],
)
def test_year_without_the_anchor_is_skipped(anchor: Anchor, days: list[str]) -> None:
    assert days_of(anchor, Window(), date(2011, 1, 1), date(2013, 12, 31)) == days
