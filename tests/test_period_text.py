"""How a plan file names years, months, days and weekdays."""

from datetime import date

import pytest

from target_cascade.calendar import PlanYear
from target_cascade.errors import CalendarError
from target_cascade.period_text import (
    parse_date,
    parse_date_ranges,
    parse_month,
    parse_months,
    parse_start,
    parse_weekdays,
    parse_year,
)

CALENDAR_YEAR = PlanYear.starting(2012)
APRIL_YEAR = PlanYear.starting(2012, 4)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        pytest.param("2012", date(2012, 1, 1), id="calendar year"),
        pytest.param("2012-04", date(2012, 4, 1), id="April year"),
        pytest.param("2012-4", date(2012, 4, 1), id="one digit"),
        pytest.param("2012-01", date(2012, 1, 1), id="calendar year by its month"),
        pytest.param("２０１２－０４", date(2012, 4, 1), id="full width"),
        pytest.param("1902", date(1902, 1, 1), id="first"),
        pytest.param("2098-12", date(2098, 12, 1), id="last"),
    ],
)
def test_year_is_read(text: str, start: date) -> None:
    assert parse_year(text).start == start


@pytest.mark.parametrize("text", ["", "12", "20122", "2012-13", "2012-00", "2012/04", "2012-04-01", "٢٠١٢"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(CalendarError, match="is not a year; write `2027`, or `2027-04`"):
        parse_year(text)


@pytest.mark.parametrize("text", ["1901", "1901-12", "2099", "9999", "0000"])
def test_year_beyond_the_table_of_spring_festival_is_refused(text: str) -> None:
    with pytest.raises(CalendarError, match=f"`{text}` is outside 1902 to 2098"):
        parse_year(text)


@pytest.mark.parametrize(
    ("texts", "calendar_year", "april_year"),
    [
        pytest.param(["3"], [2], [11], id="a number is the month of the calendar"),
        pytest.param(["03"], [2], [11], id="two digits"),
        pytest.param(["mar"], [2], [11], id="short name"),
        pytest.param(["March"], [2], [11], id="whole name"),
        pytest.param(["２"], [1], [10], id="full-width digit"),
        pytest.param(["2012-05"], [4], [1], id="year and month"),
        pytest.param(["Q1"], [0, 1, 2], [0, 1, 2], id="a quarter is the plan's own"),
        pytest.param(["q4"], [9, 10, 11], [9, 10, 11], id="small q"),
        pytest.param(["5-7"], [4, 5, 6], [1, 2, 3], id="range"),
        pytest.param(["may-jul"], [4, 5, 6], [1, 2, 3], id="range of names"),
        pytest.param(["5..7"], [4, 5, 6], [1, 2, 3], id="range with dots"),
        pytest.param(["2012-05..2012-07"], [4, 5, 6], [1, 2, 3], id="range of years and months"),
        pytest.param(["2012-05 .. jul"], [4, 5, 6], [1, 2, 3], id="range of both"),
        pytest.param(["Q1-Q2"], [*range(6)], [*range(6)], id="range of quarters"),
        pytest.param(["7-7"], [6], [3], id="range of one month"),
        pytest.param(["5", "7", "5"], [4, 6], [1, 3], id="list with one twice"),
        pytest.param(["12", "5-6"], [4, 5, 11], [1, 2, 8], id="list out of order"),
    ],
)
def test_months_are_positions_in_the_plan_year(
    texts: list[str], calendar_year: list[int], april_year: list[int]
) -> None:
    assert list(parse_months(texts, CALENDAR_YEAR)) == calendar_year
    assert list(parse_months(texts, APRIL_YEAR)) == april_year


def test_range_runs_in_plan_order() -> None:
    assert parse_months(["10-3"], APRIL_YEAR) == (6, 7, 8, 9, 10, 11)
    assert parse_months(["2012-12..2013-02"], APRIL_YEAR) == (8, 9, 10)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        pytest.param("10-3", CALENDAR_YEAR, id="over the end of a January year"),
        pytest.param("3-4", APRIL_YEAR, id="over the end of an April year"),
        pytest.param("Q2-Q1", APRIL_YEAR, id="quarters"),
        pytest.param("2012-05..2012-04", CALENDAR_YEAR, id="years and months"),
    ],
)
def test_range_that_runs_backwards_is_refused(text: str, year: PlanYear) -> None:
    with pytest.raises(CalendarError, match=f"`{text}` runs backwards in the plan year {year.span}"):
        parse_months([text], year)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "`` is not a month; write a month such as `3`", id="empty"),
        pytest.param("0", "`0` is not a month", id="zero"),
        pytest.param("13", "`13` is not a month", id="thirteen"),
        pytest.param("Q5", "`Q5` is not a month", id="fifth quarter"),
        pytest.param("2012-13", "months go from 01 to 12", id="thirteenth of a year"),
        pytest.param("2012-00", "months go from 01 to 12", id="month zero of a year"),
        pytest.param("2013-01", "`2013-01` is outside the plan year, 2012-01..2012-12", id="next year"),
        pytest.param("2011-12", "`2011-12` is outside the plan year, 2012-01..2012-12", id="last year"),
        pytest.param("P03", "`P03` is a period of a retail year", id="retail period"),
        pytest.param("3-", "`3-` is a range with one end", id="open range"),
        pytest.param("-3", "`-3` is a range with one end", id="open at the front"),
        pytest.param("..", "`..` is a range with one end", id="dots alone"),
        pytest.param("1-2-3", "`2-3` is not a month", id="two dashes"),
        pytest.param("三月", "`三月` is not a month", id="Chinese"),
        pytest.param("²", "`²` is not a month", id="superscript"),
        pytest.param("3.5", "`3.5` is not a month", id="half a month"),
    ],
)
def test_what_is_no_month_of_the_year_is_refused(text: str, message: str) -> None:
    with pytest.raises(CalendarError) as refused:
        parse_months([text], CALENDAR_YEAR)
    assert message in str(refused.value)


def test_single_month_is_no_quarter_and_no_range() -> None:
    assert parse_month(" Mar ", APRIL_YEAR) == 11
    for text, message in (("Q2", "`Q2` is more than one month"), ("3-4", "`3-4` is not a month")):
        with pytest.raises(CalendarError, match=f"{message}; write a month such as `3`, `mar` or `2012-03`$"):
            parse_month(text, APRIL_YEAR)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("2012-11-08", date(2012, 11, 8), id="date"),
        pytest.param("11", date(2012, 11, 1), id="month"),
        pytest.param("mar", date(2013, 3, 1), id="month of the plan year's second part"),
        pytest.param("2013-03", date(2013, 3, 1), id="year and month"),
        pytest.param("2013-03-31", date(2013, 3, 31), id="last day"),
        pytest.param("２０１３－０３", date(2013, 3, 1), id="full width"),
    ],
)
def test_start_is_a_day_or_a_month(text: str, day: date) -> None:
    assert parse_start(text, APRIL_YEAR) == day


@pytest.mark.parametrize("text", ["2012-03-31", "2013-04-01", "2013-04", "Q2", "3-4", "soon", "2012-11-31"])
def test_start_outside_the_year_is_refused(text: str) -> None:
    with pytest.raises(CalendarError):
        parse_start(text, APRIL_YEAR)


@pytest.mark.parametrize("text", ["2012-02-29", " 2012-02-29 ", "２０１２－０２－２９"])
def test_date_is_read(text: str) -> None:
    assert parse_date(text) == date(2012, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2011-02-29",
        "2012-2-29",
        "20120229",
        "2012/02/29",
        "29.02.2012",
        "2012-W09-3",
        "2012-060",
        "2012-02",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(CalendarError, match="is not a date of the calendar; write year-month-day"):
        parse_date(text)


def test_date_ranges_hold_both_ends() -> None:
    one, several = parse_date_ranges(["2012-11-11", "2012-11-08 .. 2012-11-13"])
    assert (one.start, one.end) == (date(2012, 11, 11), date(2012, 11, 11))
    assert (several.start, several.end) == (date(2012, 11, 8), date(2012, 11, 13))


def test_date_range_backwards_is_refused_with_the_right_order() -> None:
    with pytest.raises(CalendarError, match=r"ends before it begins; write `2012-11-08\.\.2012-11-13`"):
        parse_date_ranges(["2012-11-13..2012-11-08"])


@pytest.mark.parametrize(
    "text", ["2012-11-08-2012-11-13", "2012-11-08.2012-11-13", "2012-11-08..", "..", "a..b"]
)
def test_what_is_no_date_range_is_refused(text: str) -> None:
    with pytest.raises(CalendarError, match="is not a date of the calendar"):
        parse_date_ranges([text])


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        pytest.param(["sat-sun"], {5, 6}, id="weekend"),
        pytest.param(["mon", "wed"], {0, 2}, id="list"),
        pytest.param(["sat-mon"], {5, 6, 0}, id="range over Sunday"),
        pytest.param(["mon-sun"], {0, 1, 2, 3, 4, 5, 6}, id="whole week"),
        pytest.param(["sun-sat"], {0, 1, 2, 3, 4, 5, 6}, id="whole week from Sunday"),
        pytest.param(["tue-tue"], {1}, id="range of one day"),
        pytest.param(["Saturday - Sunday"], {5, 6}, id="whole names and spaces"),
        pytest.param(["ｓａｔ－ｓｕｎ"], {5, 6}, id="full width"),
    ],
)
def test_weekdays_are_read(texts: list[str], days: set[int]) -> None:
    assert parse_weekdays(texts) == days


@pytest.mark.parametrize("text", ["", "sum", "6", "周六", "sat..sun", "sat-", "-sun", "-", "sat-sun-mon"])
def test_what_is_no_weekday_is_refused(text: str) -> None:
    with pytest.raises(CalendarError, match=f"`{text}` is not a day of the week"):
        parse_weekdays([text])
