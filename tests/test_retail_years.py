"""Retail years: whole weeks in twelve periods, by the rule of the NRF and by a pattern."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from target_cascade.calendar import WEEK_RULES, PlanYear, RetailWeeks, nrf_year, part_weeks, year_names
from target_cascade.errors import CalendarError

# First day, last day and weeks of each year as the National Retail Federation has published them
# (nrf.com, 4-5-4 calendar), and as retailers' annual reports say when their years end.
PUBLISHED = {
    2000: ("2000-01-30", "2001-02-03", 53),
    2006: ("2006-01-29", "2007-02-03", 53),
    2007: ("2007-02-04", "2008-02-02", 52),
    2008: ("2008-02-03", "2009-01-31", 52),
    2009: ("2009-02-01", "2010-01-30", 52),
    2010: ("2010-01-31", "2011-01-29", 52),
    2011: ("2011-01-30", "2012-01-28", 52),
    2012: ("2012-01-29", "2013-02-02", 53),
    2013: ("2013-02-03", "2014-02-01", 52),
    2014: ("2014-02-02", "2015-01-31", 52),
    2015: ("2015-02-01", "2016-01-30", 52),
    2016: ("2016-01-31", "2017-01-28", 52),
    2017: ("2017-01-29", "2018-02-03", 53),
    2018: ("2018-02-04", "2019-02-02", 52),
    2019: ("2019-02-03", "2020-02-01", 52),
    2020: ("2020-02-02", "2021-01-30", 52),
    2021: ("2021-01-31", "2022-01-29", 52),
    2022: ("2022-01-30", "2023-01-28", 52),
    2023: ("2023-01-29", "2024-02-03", 53),
    2024: ("2024-02-04", "2025-02-01", 52),
    2025: ("2025-02-02", "2026-01-31", 52),
    2026: ("2026-02-01", "2027-01-30", 52),
}
# The first days of February, March, … January of the retail calendar.
PERIODS = {
    2012: "01-29 02-26 04-01 04-29 05-27 07-01 07-29 08-26 09-30 10-28 11-25 12-30",
    2015: "02-01 03-01 04-05 05-03 05-31 07-05 08-02 08-30 10-04 11-01 11-29 01-03",
    2023: "01-29 02-26 04-02 04-30 05-28 07-02 07-30 08-27 10-01 10-29 11-26 12-31",
    2024: "02-04 03-03 04-07 05-05 06-02 07-07 08-04 09-01 10-06 11-03 12-01 01-05",
}
PATTERNS = {"4-4-5": (4, 4, 5), "4-5-4": (4, 5, 4), "5-4-4": (5, 4, 4)}

every_published = pytest.mark.parametrize("number", PUBLISHED)


def weeks_of(year: PlanYear) -> list[int]:
    assert all(period.days % 7 == 0 for period in year.months)
    return [period.days // 7 for period in year.months]


@every_published
def test_nrf_year_is_the_published_one(number: int) -> None:
    year = nrf_year(number)
    assert (str(year.start), str(year.end), sum(weeks_of(year))) == PUBLISHED[number]


@every_published
def test_nrf_year_has_4_5_4_weeks_and_a_53rd_in_its_last_period(number: int) -> None:
    year = nrf_year(number)
    assert weeks_of(year) == [4, 5, 4] * 3 + [4, 5, 4 + PUBLISHED[number][2] - 52]
    assert [period.label for period in year.months] == [f"P{i:02d}" for i in range(1, 13)]


@pytest.mark.parametrize("number", PERIODS)
def test_nrf_periods_begin_on_the_published_days(number: int) -> None:
    assert " ".join(f"{period.start:%m-%d}" for period in nrf_year(number).months) == PERIODS[number]


def test_years_with_53_weeks_from_2000_to_2026() -> None:
    long = [number for number in range(2000, 2027) if sum(weeks_of(nrf_year(number))) == 53]
    assert long == [2000, 2006, 2012, 2017, 2023]


def test_nrf_years_follow_each_other_without_a_gap_for_two_centuries() -> None:
    for one, other in pairwise(nrf_year(number) for number in range(1903, 2099)):
        assert other.start == one.end + timedelta(days=1)
        assert other.base.months == one.months
        assert one.label == str(one.start.year)


def test_base_of_a_year_after_53_weeks_is_that_year_as_it_was() -> None:
    base = nrf_year(2024).base
    assert (str(base.start), str(base.end), weeks_of(base)[-1]) == ("2023-01-29", "2024-02-03", 5)


def test_restated_base_is_weeks_2_to_53_of_the_year_before() -> None:
    """The NRF's restated comparison: each week stands beside the one that is nearest in the calendar."""
    year = nrf_year(2024)
    assert year.retail is not None
    restated = year._replace(retail=year.retail._replace(base_weeks=52)).base
    assert (str(restated.start), str(restated.end)) == ("2023-02-05", "2024-02-03")
    assert weeks_of(restated) == [4, 5, 4] * 4
    assert restated.start == nrf_year(2023).start + timedelta(weeks=1)
    assert str(restated.months[9].start) == "2023-11-05", "week 41 of 2023 stands beside week 40"


@pytest.mark.parametrize("weeks", [52, 53])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_pattern_is_that_of_each_quarter(pattern: str, weeks: int) -> None:
    year = PlanYear.ending(date(2028, 1, 29), weeks, RetailWeeks(PATTERNS[pattern]))
    expected = [int(length) for length in pattern.split("-")] * 4
    assert weeks_of(year) == [*expected[:11], expected[11] + weeks - 52]
    assert (year.end, (year.end - year.start).days + 1) == (date(2028, 1, 29), 7 * weeks)


@pytest.mark.parametrize("leap", range(12))
def test_week_53_joins_the_period_that_leap_names(leap: int) -> None:
    retail = RetailWeeks((4, 4, 5), leap, base_weeks=53)
    year = PlanYear.ending(date(2028, 1, 29), 53, retail)
    assert [weeks - usual for weeks, usual in zip(weeks_of(year), [4, 4, 5] * 4, strict=True)] == [
        int(position == leap) for position in range(12)
    ]
    assert weeks_of(year.base) == weeks_of(year)


@pytest.mark.parametrize("weeks", [52, 53])
@pytest.mark.parametrize("rule", WEEK_RULES)
@pytest.mark.parametrize("end", [date(2028, 1, 29), date(2027, 12, 31), date(2028, 1, 2)])
def test_weeks_are_whole_and_counted_from_the_first_day_whatever_the_rule(
    end: date, rule: str, weeks: int
) -> None:
    year = PlanYear.ending(end, weeks, RetailWeeks((4, 5, 4)))
    parts = [part for period in year.months for part in part_weeks(period, year, rule)]
    assert {part.days for part in parts} == {7}
    assert [part.label for part in parts] == [f"W{number:02d}" for number in range(1, weeks + 1)]


@pytest.mark.parametrize("number", [2023, 2024])
def test_each_day_has_the_position_of_its_period(number: int) -> None:
    year = nrf_year(number)
    for position, period in enumerate(year.months):
        assert {year.position(day) for day in period.dates()} == {position}


@pytest.mark.parametrize("day", [date(2024, 2, 3), date(2025, 2, 2)])
def test_day_outside_the_year_has_no_position(day: date) -> None:
    with pytest.raises(CalendarError, match=f"`{day}` is outside the plan year, 2024-02-04..2025-02-01"):
        nrf_year(2024).position(day)


def test_quarters_are_three_periods_each() -> None:
    year = nrf_year(2023)
    assert [quarter.label for quarter in year.quarters()] == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
    assert [quarter.days // 7 for quarter in year.quarters()] == [13, 13, 13, 14]


@pytest.mark.parametrize(
    ("end", "label"),
    [
        pytest.param(date(2028, 1, 29), "2027", id="from the end of January"),
        pytest.param(date(2027, 12, 25), "2027", id="from 27 December, the year that follows"),
        pytest.param(date(2027, 12, 31), "2027", id="from 2 January"),
        pytest.param(date(2027, 6, 26), "2026", id="from the end of June"),
        pytest.param(date(2027, 9, 25), "2026", id="from the end of September"),
    ],
)
def test_year_is_called_by_the_calendar_year_that_it_begins_in(end: date, label: str) -> None:
    year = PlanYear.ending(end, 52, RetailWeeks((4, 4, 5)))
    assert year.label == label
    assert year.quarters()[0].label == f"{year.start.year}-Q1", "quarters go by the year it starts in"


@pytest.mark.parametrize(
    ("number", "first", "last", "count"),
    [
        pytest.param(2023, "2023-01", "2024-02", 14, id="53 weeks"),
        pytest.param(2024, "2024-02", "2025-02", 13, id="one day of February"),
        pytest.param(2026, "2026-02", "2027-01", 12, id="from 1 February"),
    ],
)
def test_calendar_months_are_those_that_have_a_day_of_the_year(
    number: int, first: str, last: str, count: int
) -> None:
    months = nrf_year(number).calendar_months
    assert (months[0].label, months[-1].label, len(months)) == (first, last, count)
    assert months[0].start.day == 1, "whole months"


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        pytest.param(PlanYear.starting(2026), nrf_year(2027), ("2026", "2027"), id="labels"),
        pytest.param(
            PlanYear.starting(2027),
            nrf_year(2027),
            ("2027-01..2027-12", "2027-01-31..2028-01-29"),
            id="spans",
        ),
        pytest.param(
            PlanYear.ending(date(2028, 1, 29), 52, RetailWeeks((4, 4, 5))),
            nrf_year(2027),
            ("4-4-5-4-4-5-4-4-5-4-4-5", "4-5-4-4-5-4-4-5-4-4-5-4"),
            id="weeks",
        ),
    ],
)
def test_two_years_are_told_apart(old: PlanYear, new: PlanYear, names: tuple[str, str]) -> None:
    assert year_names(old, new) == names
