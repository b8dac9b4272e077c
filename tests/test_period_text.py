"""How a plan file names years, months, days and weekdays."""

from datetime import date

import pytest

from target_cascade.calendar import WEEK_RULES, PlanYear, calendar_month, nrf_year, part_weeks
from target_cascade.errors import CalendarError
from target_cascade.period_text import (
    parse_base_month,
    parse_base_year,
    parse_date,
    parse_date_ranges,
    parse_days,
    parse_end,
    parse_month,
    parse_months,
    parse_period,
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
    with pytest.raises(CalendarError):
        parse_end(text, APRIL_YEAR)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("2012-11-08", date(2012, 11, 8), id="date"),
        pytest.param("11", date(2012, 11, 30), id="month"),
        pytest.param("2013-02", date(2013, 2, 28), id="year and month"),
    ],
)
def test_end_is_a_day_or_the_last_of_a_month(text: str, day: date) -> None:
    assert parse_end(text, APRIL_YEAR) == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("2011-11", date(2011, 11, 1), date(2011, 11, 30), id="a month before the year"),
        pytest.param("2020-02-29", date(2020, 2, 29), date(2020, 2, 29), id="a day after it"),
        pytest.param("4", date(2012, 4, 1), date(2012, 4, 30), id="a month of the year"),
    ],
)
def test_days_may_lie_outside_the_year(text: str, first: date, last: date) -> None:
    assert parse_days(text, APRIL_YEAR)[1:] == (first, last)


@pytest.mark.parametrize("text", ["2011-13", "0000-01", "2011-02-29", "Q2", "soon"])
def test_days_of_what_is_no_month_and_no_date_are_refused(text: str) -> None:
    with pytest.raises(CalendarError):
        parse_days(text, APRIL_YEAR)


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


def period(text: str, year: PlanYear = CALENDAR_YEAR, weeks: str = "iso") -> tuple[str, str]:
    """The label, and the first and the last day."""
    found = parse_period(text, year, weeks)
    return found.label, f"{found.start}..{found.end}"


@pytest.mark.parametrize(
    ("text", "label", "days"),
    [
        pytest.param("2012-11", "2012-11", "2012-11-01..2012-11-30", id="month"),
        pytest.param("11", "2012-11", "2012-11-01..2012-11-30", id="month by its number"),
        pytest.param("Nov", "2012-11", "2012-11-01..2012-11-30", id="month by its name"),
        pytest.param("2012-2", "2012-02", "2012-02-01..2012-02-29", id="month of one digit"),
        pytest.param("Q4", "2012-Q4", "2012-10-01..2012-12-31", id="quarter"),
        pytest.param("2012-q4", "2012-Q4", "2012-10-01..2012-12-31", id="quarter as tables label it"),
        pytest.param("2012-W45", "2012-W45", "2012-11-05..2012-11-11", id="week"),
        pytest.param("w45", "2012-W45", "2012-11-05..2012-11-11", id="week without its year"),
        pytest.param("W5", "2012-W05", "2012-01-30..2012-02-05", id="week over the end of a month, whole"),
        pytest.param("2011-W52", "2011-W52", "2012-01-01..2012-01-01", id="first week, cut by the year"),
        pytest.param("2013-W01", "2013-W01", "2012-12-31..2012-12-31", id="last week, cut by the year"),
        pytest.param("2012-02-29", "2012-02-29", "2012-02-29..2012-02-29", id="day"),
        pytest.param("year", "2012", "2012-01-01..2012-12-31", id="year"),
        pytest.param(" YEAR ", "2012", "2012-01-01..2012-12-31", id="year in capitals"),
        pytest.param("2012", "2012", "2012-01-01..2012-12-31", id="year by its number"),
        pytest.param("２０１２－Ｗ４５", "2012-W45", "2012-11-05..2012-11-11", id="full width"),
        pytest.param("11月", "2012-11", "2012-11-01..2012-11-30", id="month in Chinese"),
        pytest.param("十一月", "2012-11", "2012-11-01..2012-11-30", id="month in Chinese numbers"),
        pytest.param("十月份", "2012-10", "2012-10-01..2012-10-31", id="tenth month in Chinese numbers"),
        pytest.param("２０１２年３月", "2012-03", "2012-03-01..2012-03-31", id="year and month in Chinese"),
        pytest.param("十月..12月", "2012-10..2012-12", "2012-10-01..2012-12-31", id="months in Chinese"),
        pytest.param("10月-12月", "2012-10..2012-12", "2012-10-01..2012-12-31", id="and with a dash"),
        pytest.param("2012-10..2012-12", "2012-10..2012-12", "2012-10-01..2012-12-31", id="months"),
        pytest.param("oct-dec", "2012-10..2012-12", "2012-10-01..2012-12-31", id="months with a dash"),
        pytest.param("11..11", "2012-11", "2012-11-01..2012-11-30", id="range of one"),
        pytest.param("Q1 .. Q2", "2012-Q1..2012-Q2", "2012-01-01..2012-06-30", id="quarters"),
        pytest.param("W45..W46", "2012-W45..2012-W46", "2012-11-05..2012-11-18", id="weeks"),
        pytest.param("2012-11-08..2012-11-13", "2012-11-08..2012-11-13", "2012-11-08..2012-11-13", id="days"),
        pytest.param(
            "2012-11-11..Q4", "2012-11-11..2012-Q4", "2012-11-11..2012-12-31", id="a day, a quarter"
        ),
        pytest.param("W45..dec", "2012-W45..2012-12", "2012-11-05..2012-12-31", id="a week and a month"),
    ],
)
def test_period_is_named_as_tables_label_it(text: str, label: str, days: str) -> None:
    assert period(text) == (label, days)


@pytest.mark.parametrize(
    ("text", "label", "days"),
    [
        pytest.param("year", "2012-04", "2012-04-01..2013-03-31", id="year"),
        pytest.param("2012", "2012-04", "2012-04-01..2013-03-31", id="year by its number"),
        pytest.param("2012-04", "2012-04", "2012-04-01..2012-04-30", id="its name is that of its month"),
        pytest.param("三月", "2013-03", "2013-03-01..2013-03-31", id="month in Chinese"),
        pytest.param("mar", "2013-03", "2013-03-01..2013-03-31", id="month of the next calendar year"),
        pytest.param("Q4", "2012-Q4", "2013-01-01..2013-03-31", id="quarters are the plan's own"),
        pytest.param("2012-W13", "2012-W13", "2012-04-01..2012-04-01", id="week at the beginning"),
        pytest.param("2013-W13", "2013-W13", "2013-03-25..2013-03-31", id="week at the end"),
        pytest.param("W50", "2012-W50", "2012-12-10..2012-12-16", id="week that is there once"),
        pytest.param("dec-feb", "2012-12..2013-02", "2012-12-01..2013-02-28", id="range in plan order"),
    ],
)
def test_period_of_an_april_year(text: str, label: str, days: str) -> None:
    assert period(text, APRIL_YEAR) == (label, days)


@pytest.mark.parametrize(
    ("text", "weeks", "days"),
    [
        pytest.param("W01", "sunday", "2012-01-01..2012-01-07", id="sunday, the year's first week"),
        pytest.param("W05", "sunday", "2012-01-29..2012-02-04", id="sunday, over the end of a month"),
        pytest.param("W53", "sunday", "2012-12-30..2012-12-31", id="sunday, the year's last week"),
        pytest.param("w1", "monday", "2012-01-01..2012-01-01", id="monday, not numbered by ISO 8601"),
        pytest.param("W02", "saturday", "2012-01-07..2012-01-13", id="saturday"),
    ],
)
def test_weeks_of_a_period_are_those_of_the_plan(text: str, weeks: str, days: str) -> None:
    assert period(text, weeks=weeks) == (text.upper().replace("W1", "W01"), days)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "`` is not a month; write a month such as `2012-03`, a quarter `Q1`", id="empty"),
        pytest.param("soon", "`soon` is not a month; write a month such as", id="word"),
        pytest.param("2013", "`2013` is not the plan year 2012; write `year` for all of", id="another year"),
        pytest.param("H1", "`H1` is no period; write a half of the year as `Q1..Q2`", id="half"),
        pytest.param("2012-h2", "write a half of the year as `Q3..Q4`", id="second half"),
        pytest.param("13月", "`13` is not a month", id="thirteenth month in Chinese"),
        pytest.param("11月11日", "`11月11日` is not a month", id="day in Chinese"),
        pytest.param("2012-13", "`2012-13` is not a month; months go from 01 to 12", id="thirteenth month"),
        pytest.param(
            "2013-01", "`2013-01` is outside the plan year, 2012-01..2012-12", id="month of next year"
        ),
        pytest.param("P03", "`P03` is a period of a retail year", id="retail period"),
        pytest.param("Q5", "`Q5` is no quarter; quarters are `Q1` to `Q4`", id="fifth quarter"),
        pytest.param(
            "2013-Q1",
            "is no quarter of the plan year, 2012-01..2012-12; its quarters are 2012-Q1 to 2012-Q4",
            id="quarter of next year",
        ),
        pytest.param(
            "2012-W53",
            "is no week of the plan year, 2012-01..2012-12; its weeks are 2011-W52 to 2013-W01",
            id="week that the year does not have",
        ),
        pytest.param("W0", "`W00` is no week of the plan year", id="week zero"),
        pytest.param("W1", "`W01` may be 2012-W01 or 2013-W01; write one of them", id="week of two years"),
        pytest.param(
            "2012-02-30", "`2012-02-30` is not a date of the calendar; write year-month-day", id="no day"
        ),
        pytest.param("2012-11-8", "`2012-11-8` is not a date of the calendar", id="day of one digit"),
        pytest.param(
            "2013-01-01", "`2013-01-01` is outside the plan year, 2012-01..2012-12", id="day outside"
        ),
        pytest.param(
            "2012-11-08-2012-11-13", "the first and the last with `..` between them", id="days with a dash"
        ),
        pytest.param(
            "W45-W46", "the first and the last of these with `..` between them", id="weeks with a dash"
        ),
        pytest.param("2012-10..", "`2012-10..` is no range with two ends", id="open range"),
        pytest.param("..2012-10", "`..2012-10` is no range with two ends", id="open at the front"),
        pytest.param("..", "`..` is no range with two ends", id="dots alone"),
        pytest.param("2012-12..2012-10", "ends before it begins; write `2012-10..2012-12`", id="backwards"),
        pytest.param(
            "W46..2012-11-11", "ends before it begins; write `2012-11-11..W46`", id="backwards by a day"
        ),
        pytest.param("dec-oct", "`dec-oct` runs backwards in the plan year", id="backwards with a dash"),
        pytest.param("10..soon", "`soon` is not a month", id="end that is no period"),
        pytest.param("1..2..3", "`1..2..3` is no range with two ends", id="three ends"),
    ],
)
def test_what_is_no_period_of_the_year_is_refused(text: str, message: str) -> None:
    with pytest.raises(CalendarError) as refused:
        parse_period(text, CALENDAR_YEAR, "iso")
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "soon", "a month such as `2012-06`, a quarter `Q1`, a week `W45`, a day `2013-02-08`", id="any"
        ),
        pytest.param("2013-02-30", "write year-month-day, as in `2013-02-08`", id="no day"),
        pytest.param("2013", "`2013` is not the plan year 2012-04; write `year`", id="year it ends in"),
    ],
)
def test_hints_are_periods_of_the_plan_year(text: str, message: str) -> None:
    with pytest.raises(CalendarError) as refused:
        parse_period(text, APRIL_YEAR, "iso")
    assert message in str(refused.value)


def test_week_that_an_april_year_begins_and_ends_in_is_two() -> None:
    with pytest.raises(CalendarError, match="`W13` may be 2012-W13 or 2013-W13; write one of them"):
        parse_period("W13", APRIL_YEAR, "iso")


@pytest.mark.parametrize("weeks", ["sunday", "monday", "saturday"])
def test_week_of_a_year_is_no_week_where_weeks_are_counted_from_the_plans_first(weeks: str) -> None:
    with pytest.raises(CalendarError, match=r"`2012-W45` is no week of .*; its weeks are W01 to W5[34]$"):
        parse_period("2012-W45", CALENDAR_YEAR, weeks)


@pytest.mark.parametrize("year", [CALENDAR_YEAR, APRIL_YEAR], ids=["calendar year", "April year"])
@pytest.mark.parametrize("weeks", WEEK_RULES)
def test_every_label_of_a_table_is_a_period(year: PlanYear, weeks: str) -> None:
    parts = [part for month in year.months for part in part_weeks(month, year, weeks)]
    for one in (*year.months, *year.quarters()):
        assert parse_period(one.label, year, weeks) == one
    for label in {part.label for part in parts}:
        of_label = [part for part in parts if part.label == label]
        whole = parse_period(label, year, weeks)
        assert (whole.label, whole.start, whole.end) == (label, of_label[0].start, of_label[-1].end)


# Retail years

RETAIL = nrf_year(2027)


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("P03", {2}),
        ("p3", {2}),
        (" Ｐ１２ ", {11}),
        ("P03-P05", {2, 3, 4}),
        ("P03..P05", {2, 3, 4}),
        ("Q4", {9, 10, 11}),
        ("P02-Q2", {1, 2, 3, 4, 5}),
    ],
)
def test_months_of_a_retail_year_are_its_periods(text: str, positions: set[int]) -> None:
    assert set(parse_months([text], RETAIL)) == positions


@pytest.mark.parametrize("text", ["3", "mar", "2027-03", "P00", "P13", "P", "三月", "P03.5", "W05", ""])
def test_what_is_no_period_of_a_retail_year_is_refused(text: str) -> None:
    with pytest.raises(
        CalendarError, match="none of the periods of a retail year, P01 to P12; write a period"
    ):
        parse_months([text], RETAIL)


@pytest.mark.parametrize(
    ("text", "day"), [("P03", date(2027, 4, 4)), ("2027-03-09", date(2027, 3, 9)), ("p12", date(2028, 1, 2))]
)
def test_start_in_a_retail_year_is_a_day_or_a_period(text: str, day: date) -> None:
    assert parse_start(text, RETAIL) == day


@pytest.mark.parametrize(
    ("text", "label", "days"),
    [
        pytest.param("P03", "P03", "2027-04-04..2027-05-01", id="period"),
        pytest.param("W05", "W05", "2027-02-28..2027-03-06", id="week"),
        pytest.param("w5", "W05", "2027-02-28..2027-03-06", id="week of one digit"),
        pytest.param("Q2", "2027-Q2", "2027-05-02..2027-07-31", id="quarter"),
        pytest.param("2027-Q4", "2027-Q4", "2027-10-31..2028-01-29", id="quarter of the year"),
        pytest.param("P03..P05", "P03..P05", "2027-04-04..2027-07-03", id="periods"),
        pytest.param("P03-P05", "P03..P05", "2027-04-04..2027-07-03", id="periods with a dash"),
        pytest.param("W05..P03", "W05..P03", "2027-02-28..2027-05-01", id="a week to a period"),
        pytest.param("year", "2027", "2027-01-31..2028-01-29", id="year"),
        pytest.param("2027", "2027", "2027-01-31..2028-01-29", id="its number"),
        pytest.param("2028-01-29", "2028-01-29", "2028-01-29..2028-01-29", id="last day"),
    ],
)
def test_period_of_a_retail_year(text: str, label: str, days: str) -> None:
    period = parse_period(text, RETAIL, "iso")
    assert (period.label, f"{period.start}..{period.end}") == (label, days)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("W53", "2027-01-31..2028-01-29; its weeks are W01 to W52", id="W53"),
        pytest.param("2027-W05", "`2027-W05` is no week of the plan year", id="ISO week"),
        pytest.param("2027-03", "`2027-03` is none of the periods of a retail year", id="calendar month"),
        pytest.param("3月", "`3` is none of the periods of a retail year", id="Chinese month"),
        pytest.param("2027-01-30", "is outside the plan year, 2027-01-31..2028-01-29", id="the day before"),
        pytest.param(
            "2026", "`2026` is not the plan year 2027; write `year` for all of 2027-01-31", id="year"
        ),
        pytest.param("P05..P03", "ends before it begins; write `P03..P05`", id="backwards"),
    ],
)
def test_what_is_no_period_of_a_retail_year_is_told(text: str, message: str) -> None:
    with pytest.raises(CalendarError) as refused:
        parse_period(text, RETAIL, "iso")
    assert message in str(refused.value)


@pytest.mark.parametrize("number", [2023, 2024])
def test_every_label_of_a_table_of_a_retail_year_is_a_period(number: int) -> None:
    year = nrf_year(number)
    weeks = [week for month in year.months for week in part_weeks(month, year, "iso")]
    for period in [*year.months, *year.quarters(), *weeks]:
        assert parse_period(period.label, year, "iso") == period


# The year of the base


@pytest.mark.parametrize(
    ("text", "year", "first", "name"),
    [
        pytest.param("2011", CALENDAR_YEAR, "2011-01", "last year", id="last year"),
        pytest.param("2010", CALENDAR_YEAR, "2010-01", "the base year", id="two years back"),
        pytest.param("2010", APRIL_YEAR, "2010-04", "the base year", id="April year by its number"),
        pytest.param("2010-04", APRIL_YEAR, "2010-04", "the base year", id="April year"),
        pytest.param("2011-04", APRIL_YEAR, "2011-04", "last year", id="last April year"),
    ],
)
def test_base_year_begins_in_the_month_of_the_plan(text: str, year: PlanYear, first: str, name: str) -> None:
    base = parse_base_year(text, year)
    assert (base.months[0].label, base.name) == (first, name)


@pytest.mark.parametrize(
    ("text", "year", "message"),
    [
        ("2012", CALENDAR_YEAR, "`2012` is not before the plan year 2012; last year is 2011"),
        ("2013", APRIL_YEAR, "is not before the plan year 2012-04; last year is 2011-04"),
        ("2010-01", APRIL_YEAR, "does not begin in the month that the plan begins in; write `2010-04`"),
        ("2010-04", CALENDAR_YEAR, "does not begin in the month that the plan begins in; write `2010-01`"),
        ("2026", RETAIL, "the base of a retail year is the retail year before it"),
    ],
)
def test_what_is_no_base_year_is_refused(text: str, year: PlanYear, message: str) -> None:
    with pytest.raises(CalendarError) as refused:
        parse_base_year(text, year)
    assert message in str(refused.value)


def test_base_month_of_a_retail_year_is_a_period_or_a_calendar_month() -> None:
    base = nrf_year(2024).base
    assert parse_base_month("P03", base) == 2
    assert parse_base_month("2023-01", base) == calendar_month(2023, 1)
    assert parse_base_month("2024-2", base) == calendar_month(2024, 2)
    refused = {"2022-12": "outside last year, 2023-01-29..2024-02-03", "3": "none of the periods"}
    for text, message in refused.items():
        with pytest.raises(CalendarError, match=message):
            parse_base_month(text, base)
