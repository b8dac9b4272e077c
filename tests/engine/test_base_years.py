"""Last year's amounts as the plan reckons with them: gathered to retail periods, filled, of other years."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from target_cascade.calendar import calendar_month, nrf_year
from target_cascade.engine.apportion import without_end_rounded
from target_cascade.engine.bridge import bridge, printed
from target_cascade.engine.carried_base import base_amounts
from target_cascade.engine.cascade import cascade
from target_cascade.engine.weights import weighted_days
from target_cascade.errors import InfeasibleError
from target_cascade.last_year import filled_months
from target_cascade.plan import Plan

Weight = Callable[[date], Fraction]
NRF_2024: dict[str, Any] = {"year": {"nrf": 2024}, "target": 4_000_000}
SEASON = [7, 4, 6, 6, 7, 7, 6, 6, 8, 9, 16, 14]


def amounts(**keys: Any) -> tuple[Fraction, ...]:
    plan = Plan.model_validate({"target": 4_000_000, **keys})
    found = base_amounts(plan, weighted_days(plan))
    assert found is not None
    return found


def labels(first: str, count: int) -> list[str]:
    year, month = map(int, first.split("-"))
    return [calendar_month(year, month + i).label for i in range(count)]


def ordinary(_: date) -> Fraction:
    return Fraction(1)


def weekends_and_a_closed_july(day: date) -> Fraction:
    if (day.year, day.month) == (2023, 7):
        return Fraction(0)
    return Fraction(8, 5) if day.weekday() >= 5 else Fraction(1)


def double_eleven(day: date) -> Fraction:
    return Fraction(9) if (day.month, day.day) == (11, 11) else Fraction(1)


RULES: dict[Weight, list[dict[str, Any]]] = {
    ordinary: [],
    weekends_and_a_closed_july: [
        {"weekdays": "sat-sun", "times": "1.6"},
        {"dates": "2023-07-01..2023-07-31", "weight": 0},
    ],
    double_eleven: [{"day": "11-11", "weight": 9}],
}


def by_day(months: dict[str, int], weight: Weight) -> dict[date, Fraction]:
    """What each day of some calendar months sold: its month's amount by what the day was worth."""
    sold: dict[date, Fraction] = {}
    for label, amount in months.items():
        day = date.fromisoformat(f"{label}-01")
        days = [day + timedelta(i) for i in range(31) if (day + timedelta(i)).month == day.month]
        worth = sum(weight(one) for one in days)
        sold |= {one: amount * weight(one) / worth if worth else Fraction(0) for one in days}
    return sold


def by_weeks(sold: dict[date, Fraction], first: date, lengths: list[int]) -> list[Fraction]:
    """The sums of runs of weeks that follow each other."""
    sums = []
    for weeks in lengths:
        sums.append(sum((sold[first + timedelta(i)] for i in range(7 * weeks)), Fraction(0)))
        first += timedelta(weeks=weeks)
    return sums


@pytest.mark.parametrize("weight", RULES, ids=lambda weight: weight.__name__)
@pytest.mark.parametrize(
    ("year", "first", "count", "start", "lengths"),
    [
        pytest.param(
            {"nrf": 2024},
            "2023-01",
            14,
            date(2023, 1, 29),
            [4, 5, 4] * 3 + [4, 5, 5],
            id="53 weeks, 14 months",
        ),
        pytest.param(
            {"nrf": 2024, "base_weeks": 52}, "2023-02", 13, date(2023, 2, 5), [4, 5, 4] * 4, id="restated"
        ),
        pytest.param({"nrf": 2026}, "2025-02", 12, date(2025, 2, 2), [4, 5, 4] * 4, id="12 months"),
        pytest.param(
            {"pattern": "4-4-5", "ends": "2024-12-28", "base_weeks": 53, "leap": "P02"},
            "2022-12",
            13,
            date(2022, 12, 25),
            [4, 5, 5, *[4, 4, 5] * 3],
            id="a week more in P02",
        ),
    ],
)
def test_calendar_months_are_gathered_by_what_their_days_were_worth(
    year: dict[str, Any], first: str, count: int, start: date, lengths: list[int], weight: Weight
) -> None:
    months = {label: 100 * (number + 7) for number, label in enumerate(labels(first, count))}
    if weight is weekends_and_a_closed_july and "2023-07" in months:
        months["2023-07"] = 0
    expected = by_weeks(by_day(months, weight), start, lengths)
    assert list(amounts(year=year, base=dict(months), days=RULES[weight])) == expected


def test_gathered_periods_of_whole_months_add_up_to_them() -> None:
    """NRF 2026 begins on 1 February; all of the months is in it but for 31 January 2027."""
    months = dict.fromkeys(labels("2026-02", 12), 31_000)
    assert sum(amounts(year={"nrf": 2027}, base=months)) == 12 * 31_000 - 1_000


def test_fix_of_a_calendar_month_is_gathered_and_that_of_a_period_is_taken_as_it_is() -> None:
    months = dict.fromkeys(labels("2025-02", 12), 31_000)
    found = amounts(year={"nrf": 2026}, base={**months, "fix": {"2025-08": 62_000, "P12": 5_000}})
    plain = amounts(year={"nrf": 2026}, base=months)
    # P07 is 3 to 30 August; P08 has the 31st too.
    assert found[6] == 28 * Fraction(62_000, 31)
    assert found[7] - plain[7] == 1 * Fraction(31_000, 31)
    assert found[11] == 5_000
    assert [i for i in range(12) if found[i] != plain[i]] == [5, 6, 7, 11]


def test_negative_calendar_month_is_planned_once_it_is_repaired() -> None:
    months = dict.fromkeys(labels("2025-02", 12), 31_000) | {"2025-05": -5}
    with pytest.raises(InfeasibleError, match="last year's 2025-05 is negative, -5"):
        amounts(year={"nrf": 2026}, base=months)
    repaired = amounts(year={"nrf": 2026}, base={**months, "fix": {"2025-05": 31_000}})
    assert repaired == amounts(year={"nrf": 2026}, base=months | {"2025-05": 31_000})


def test_period_that_is_given_needs_no_calendar_month_for_itself() -> None:
    """The base of NRF 2025 begins on 4 February 2024 and has one day of February 2025."""
    months = dict.fromkeys(labels("2024-02", 12), 31_000)
    found = amounts(year={"nrf": 2025}, base={**months, "fix": {"P12": 28_000}})
    assert found[0] == 26 * Fraction(31_000, 29) + 2 * 1_000
    assert found[11] == 28_000


def test_fill_takes_the_season_at_the_scale_of_the_months_that_both_have() -> None:
    found = amounts(year=2027, base={"2026-10": 1_800, "2026-11": 3_200, "fill": {"shape": SEASON}})
    # 5,000 in the two months in which the season has 9 + 16.
    scale = Fraction(5_000, 9 + 16)
    assert found == (*(scale * part for part in SEASON[:9]), 1_800, 3_200, scale * SEASON[11])


def test_fill_scales_on_what_is_repaired() -> None:
    base = {"2026-10": 9, "2026-11": 1_600, "fix": {"2026-10": 900}, "fill": {"shape": SEASON}}
    assert amounts(year=2027, base=base)[0] == SEASON[0] * Fraction(2_500, 25)


def test_fill_of_a_retail_year_fills_the_days_of_which_a_calendar_month_is_lacking() -> None:
    months = dict.fromkeys(labels("2025-08", 6), 31_000)
    found = amounts(year={"nrf": 2026}, base={**months, "fill": {"shape": [1] * 12}})
    known = amounts(year={"nrf": 2026}, base=dict.fromkeys(labels("2025-02", 12), 31_000))[6:]
    assert found[6:] == known
    season = sum(known) / 6
    assert found[:5] == (season,) * 5
    assert found[5] == 2 * 1_000 + season * 26 / 28, "P06 ends with two days of August, which is known"
    lacking = {calendar_month(2025, month) for month in range(8, 13)} | {calendar_month(2026, 1)}
    assert filled_months(lacking, nrf_year(2026).base) == ["P01", "P02", "P03", "P04", "P05", "P06"]


@pytest.mark.parametrize(
    ("year", "base_year", "february"),
    [
        (2012, 2010, Fraction(29, 28)),
        ("2012-04", "2010-04", Fraction(28, 28)),
        (2012, 2008, Fraction(29, 29)),
    ],
)
def test_base_of_an_earlier_year_is_carried_from_its_own_calendar(
    year: object, base_year: object, february: Fraction
) -> None:
    plan = Plan.model_validate(
        {"year": year, "target": 4_000_000, "base": {"year": base_year, "months": [2_800] * 12}}
    )
    at = next(i for i, month in enumerate(plan.year.months) if month.start.month == 2)
    assert cascade(plan).demand.corrected[at] == 2_800 * february


def test_53rd_week_of_last_year_is_no_sales_of_this_years_52() -> None:
    """P12 had five weeks in 2023 and has four in 2024: b = a · 4/5; restated it had four."""
    base = [1_000] * 12
    as_it_was = cascade(Plan.model_validate({**NRF_2024, "base": base}))
    restated = {"year": {"nrf": 2024, "base_weeks": 52}, "target": 4_000_000, "base": base}
    assert list(as_it_was.demand.corrected) == [*[Fraction(1_000)] * 11, 1_000 * Fraction(4, 5)]
    assert list(cascade(Plan.model_validate(restated)).demand.corrected) == [Fraction(1_000)] * 12


@pytest.mark.parametrize(
    ("given", "unit", "rounded"),
    [
        pytest.param(["1.5", "2.25"], 1, ["1.5", "2.25"], id="what ends stays"),
        pytest.param(["1/3", "2/3", "5"], 1, ["0", "1", "5"], id="thirds add up to their sum"),
        pytest.param(["1/3", "1/3", "1/3"], 1, ["1", "0", "0"], id="the first of equals"),
        pytest.param(["10/3", "10/7"], 1, ["3", "2"], id="sum to the nearest unit"),
        pytest.param(["1/3", "2/3"], "0.01", ["0.33", "0.67"], id="in cents"),
    ],
)
def test_amounts_without_an_end_are_printed_so_that_they_add_up(
    given: list[str], unit: object, rounded: list[str]
) -> None:
    assert without_end_rounded([Fraction(x) for x in given], Fraction(str(unit))) == [*map(Fraction, rounded)]


def test_printed_base_adds_up_and_the_bridge_too() -> None:
    months = dict.fromkeys(labels("2023-01", 14), 100_000)
    made = cascade(
        Plan.model_validate({**NRF_2024, "base": months, "days": [{"weekdays": "sun", "times": 3}]})
    )
    bases = [(month.base, month.printed_base) for month in made.months]
    bases.append((made.year.base, made.year.printed_base))
    assert all(base is not None and printed_base is not None for base, printed_base in bases)
    exact, shown = ([one[side] or Fraction(0) for one in bases] for side in (0, 1))
    assert {amount.denominator for amount in shown} == {1}
    assert shown[12] == sum(shown[:12])
    assert abs(exact[12] - shown[12]) <= Fraction(1, 2)
    assert all(abs(one - other) < 1 for one, other in zip(exact, shown, strict=True))
    for month in made.months:
        rows = bridge(made, month.period.start, month.period.end)
        assert sum(row.amount for row in rows) == month.amount
        assert sum(row.amount for row in printed(rows, Fraction(1))) == month.amount


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ({"year": 2012, "base": [1] * 12}, "last year"),
        ({"year": 2012, "base": {"year": 2011, "months": [1] * 12}}, "last year"),
        ({"year": 2012, "base": {"year": 2010, "months": [1] * 12}}, "2010"),
        ({"year": "2012-04", "base": {"year": 2010, "months": [1] * 12}}, "2010/11"),
        ({"year": {"nrf": 2024}, "base": [1] * 12}, "last year"),
    ],
)
def test_row_of_the_base_is_called_by_its_year(keys: dict[str, Any], name: str) -> None:
    made = cascade(Plan.model_validate({"target": 4_000_000, **keys}))
    assert bridge(made, made.plan.year.start, made.plan.year.end)[0].name == name


def test_base_of_calendar_months_is_spread_over_days_that_the_year_itself_has_not() -> None:
    """February 2025 has one day of the base of NRF 2025, and its amount is spread over all 28."""
    year = nrf_year(2025).base
    months = dict.fromkeys(labels("2024-02", 12), 0) | {"2025-02": 28_000}
    found = amounts(year={"nrf": 2025}, base=months)
    assert year.end == date(2025, 2, 1)
    assert list(found) == [*[Fraction(0)] * 11, Fraction(1_000)]
