"""The plan year: months, quarters and part weeks."""

from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest

from target_cascade.calendar import (
    WEEK_RULES,
    Period,
    PlanYear,
    month_number,
    part_weeks,
    weekday_number,
)
from target_cascade.errors import CalendarError

# Years in which each of the 14 calendars occurs: January 1 on each weekday, with and without a leap day;
# 2004, 2009, 2015, 2020 and 2026 have 53 ISO weeks.
YEARS = (2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008, 2009, 2010, 2012, 2015, 2016, 2020, 2024, 2026)
STARTS = [(year, 1) for year in YEARS] + [(2023, 4), (2024, 3), (2027, 4), (2027, 12), (2099, 7)]

every_start = pytest.mark.parametrize(("year", "month"), STARTS)
every_rule = pytest.mark.parametrize("rule", WEEK_RULES)


@every_start
def test_year_is_twelve_months_without_gaps(year: int, month: int) -> None:
    plan_year = PlanYear.starting(year, month)
    assert len(plan_year.months) == 12
    assert (plan_year.start, plan_year.months[0].label) == (date(year, month, 1), f"{year}-{month:02d}")
    for before, after in pairwise(plan_year.months):
        assert after.start == before.end + timedelta(days=1)
    assert plan_year.end + timedelta(days=1) == date(year + 1, month, 1)


@every_start
def test_base_is_the_year_before(year: int, month: int) -> None:
    plan_year = PlanYear.starting(year, month)
    assert plan_year.base.start == date(year - 1, month, 1)
    assert plan_year.base.end + timedelta(days=1) == plan_year.start


@every_start
def test_quarters_are_three_months_each(year: int, month: int) -> None:
    plan_year = PlanYear.starting(year, month)
    quarters = plan_year.quarters()
    assert [quarter.label for quarter in quarters] == [f"{year}-Q{i}" for i in (1, 2, 3, 4)]
    assert [quarter.start for quarter in quarters] == [plan_year.months[i].start for i in (0, 3, 6, 9)]
    assert [quarter.end for quarter in quarters] == [plan_year.months[i].end for i in (2, 5, 8, 11)]


@pytest.mark.parametrize(
    ("year", "month", "days"),
    [(2023, 1, 365), (2024, 1, 366), (2023, 3, 366), (2023, 4, 366), (2024, 4, 365), (1900, 1, 365)],
)
def test_leap_day_counts_where_it_lies(year: int, month: int, days: int) -> None:
    plan_year = PlanYear.starting(year, month)
    assert sum(period.days for period in plan_year.months) == days
    assert sum(len(period.dates()) for period in plan_year.months) == days


@pytest.mark.parametrize(
    ("year", "month", "label", "span"),
    [(2012, 1, "2012", "2012-01..2012-12"), (2012, 4, "2012-04", "2012-04..2013-03")],
)
def test_year_is_named_by_where_it_begins(year: int, month: int, label: str, span: str) -> None:
    assert (PlanYear.starting(year, month).label, PlanYear.starting(year, month).span) == (label, span)


@every_start
def test_each_day_has_the_position_of_its_month(year: int, month: int) -> None:
    plan_year = PlanYear.starting(year, month)
    for position, period in enumerate(plan_year.months):
        assert {plan_year.position(day) for day in period.dates()} == {position}


@pytest.mark.parametrize("day", [date(2011, 12, 31), date(2013, 1, 1)])
def test_day_outside_the_year_has_no_position(day: date) -> None:
    with pytest.raises(CalendarError, match=f"`{day}` is outside the plan year, 2012-01..2012-12"):
        PlanYear.starting(2012).position(day)


def test_period_holds_both_of_its_ends_and_nothing_else() -> None:
    period = Period("x", date(2012, 2, 28), date(2012, 3, 1))
    assert period.days == 3
    assert period.dates() == [date(2012, 2, 28), date(2012, 2, 29), date(2012, 3, 1)]
    assert [day in period for day in (date(2012, 2, 27), date(2012, 2, 29), date(2012, 3, 2))] == [
        False,
        True,
        False,
    ]
    assert "2012-02-29" not in period


def all_parts(plan_year: PlanYear, rule: str) -> list[Period]:
    return [part for month in plan_year.months for part in part_weeks(month, plan_year, rule)]


@every_rule
@every_start
def test_part_weeks_of_a_month_are_its_days(year: int, month: int, rule: str) -> None:
    plan_year = PlanYear.starting(year, month)
    for period in plan_year.months:
        parts = part_weeks(period, plan_year, rule)
        assert [day for part in parts for day in part.dates()] == period.dates()
        assert all(1 <= part.days <= 7 for part in parts)


@every_rule
@every_start
def test_parts_of_one_label_are_one_week(year: int, month: int, rule: str) -> None:
    plan_year = PlanYear.starting(year, month)
    first_day = {"iso": 0, "monday": 0, "saturday": 5, "sunday": 6}[rule]
    weeks = [list(parts) for _, parts in groupby(all_parts(plan_year, rule), key=lambda part: part.label)]
    labels = [parts[0].label for parts in weeks]
    assert len(set(labels)) == len(labels) in (53, 54)
    assert all(week[0].start.weekday() == first_day for week in weeks[1:])
    assert all(sum(part.days for part in week) == 7 for week in weeks[1:-1])


@every_start
def test_iso_weeks_carry_the_number_of_the_standard(year: int, month: int) -> None:
    for part in all_parts(PlanYear.starting(year, month), "iso"):
        for day in part.dates():
            assert part.label == day.strftime("%G-W%V")


@pytest.mark.parametrize("rule", ["monday", "saturday", "sunday"])
@every_start
def test_other_weeks_count_from_the_first_of_the_plan(year: int, month: int, rule: str) -> None:
    labels = [part.label for part in all_parts(PlanYear.starting(year, month), rule)]
    weeks = list(dict.fromkeys(labels))
    assert weeks == [f"W{number:02d}" for number in range(1, len(weeks) + 1)]


@pytest.mark.parametrize(
    ("year", "rule", "first", "last"),
    [
        pytest.param(2012, "iso", "2011-W52", "2013-W01", id="January 1 in the old ISO year"),
        pytest.param(2009, "iso", "2009-W01", "2009-W53", id="53 ISO weeks, January 1 on a Thursday"),
        pytest.param(2010, "iso", "2009-W53", "2010-W52", id="January 1 in week 53 of the year before"),
        pytest.param(2020, "iso", "2020-W01", "2020-W53", id="53 ISO weeks in a leap year"),
        pytest.param(2018, "iso", "2018-W01", "2019-W01", id="January 1 on a Monday"),
        pytest.param(2012, "monday", "W01", "W54", id="54 weeks from Monday: a leap year from Sunday"),
        pytest.param(2012, "sunday", "W01", "W53", id="the year begins on a Sunday"),
        pytest.param(2012, "saturday", "W01", "W53", id="one day after a Saturday"),
        pytest.param(2028, "sunday", "W01", "W54", id="54 weeks from Sunday: a leap year from Saturday"),
    ],
)
def test_first_and_last_week_of_the_year(year: int, rule: str, first: str, last: str) -> None:
    parts = all_parts(PlanYear.starting(year), rule)
    assert (parts[0].label, parts[-1].label) == (first, last)


def test_part_weeks_of_february_2015_are_four_whole_sunday_weeks() -> None:
    year = PlanYear.starting(2015)
    assert [part.days for part in part_weeks(year.months[1], year, "sunday")] == [7, 7, 7, 7]
    assert [part.days for part in part_weeks(year.months[1], year, "iso")] == [1, 7, 7, 7, 6]


@pytest.mark.parametrize(
    ("name", "number"),
    [("1", 1), ("03", 3), ("12", 12), ("mar", 3), ("march", 3), ("may", 5), ("december", 12)],
)
def test_month_number(name: str, number: int) -> None:
    assert month_number(name) == number


@pytest.mark.parametrize("name", ["", "0", "13", "003", "smarch", "marc", "٣", "²", "3.", "-3", "mar "])
def test_what_is_no_month_has_no_number(name: str) -> None:
    assert month_number(name) is None


@pytest.mark.parametrize(("name", "number"), [("mon", 0), ("sunday", 6), ("thu", 3)])
def test_weekday_number(name: str, number: int) -> None:
    assert weekday_number(name) == number


@pytest.mark.parametrize("name", ["", "1", "thx", "thurs", "周六"])
def test_what_is_no_weekday_has_no_number(name: str) -> None:
    assert weekday_number(name) is None
