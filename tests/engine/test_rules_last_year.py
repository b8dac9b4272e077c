"""Rules about last year and the calendar, just inside and just outside of each threshold."""

from pathlib import Path as FilePath
from typing import Any

import pytest
from findings import FLAT, Fields, Found, figures, found, months, number, only, plan_of

from target_cascade.calendar import PlanYear
from target_cascade.errors import Path
from target_cascade.plan import Plan
from target_cascade.read.plan_file import load_plan
from target_cascade.sentence import amount, count, ratio, share

THREE, A_THIRD = ratio(number(3)), ratio(number("1/3"))
# 2026-07-01 to 2026-07-20 closed: 11 of July's 31 days are left.
JULY_CLOSED = {"days": [{"dates": "2026-07-01..2026-07-20", "weight": 0}]}
JULY_SHUT = {"days": [{"dates": "2026-07-01..2026-07-31", "weight": 0}]}


def of_month(position: int) -> Path:
    return ("base", "months", position)


@pytest.mark.parametrize(
    ("base", "fields", "expected"),
    [
        pytest.param(FLAT, {}, [], id="even months"),
        pytest.param(months({6: 300}), {}, [], id="high, on the threshold"),
        pytest.param(months({6: 301}), {}, [(5, "3.01", THREE)], id="high, above it"),
        pytest.param(months({6: 100}, other=300), {}, [], id="low, on the threshold"),
        pytest.param(months({6: 99}, other=300), {}, [(5, "0.33", A_THIRD)], id="low, below it"),
        # The mean of 100 and 200 is 150.
        pytest.param(months({5: 100, 6: 450, 7: 200}, other=140), {}, [], id="between unlike months"),
        pytest.param(
            months({5: 100, 6: 451, 7: 200}, other=140), {}, [(5, "451/150", THREE)], id="above unlike months"
        ),
        pytest.param(months({1: 300}), {}, [], id="the first month"),
        pytest.param(months({1: 301}), {}, [(0, "3.01", THREE)], id="the first month, above"),
        pytest.param(months({12: 33}), {}, [(11, "0.33", A_THIRD)], id="the last month"),
        pytest.param(months({6: 0}), {}, [(5, 0, A_THIRD)], id="a month that was closed"),
        pytest.param([0] * 12, {"adjust": [{"name": "A", "add": 1000}]}, [], id="a last year of 0"),
        pytest.param(months({6: 98}, other=300), {"guardrails": {"one_off": "3.1"}}, [], id="of the plan"),
        pytest.param(
            months({6: 211}),
            {"guardrails": {"one_off": 2}},
            [(5, "2.11", ratio(number(2)))],
            id="plan, above",
        ),
        # With its 11 days a July of 36 is as one of 36 · 31 ÷ 11 = 101.5 with all of them.
        pytest.param(months({7: 36}, other=300), JULY_CLOSED, [], id="a day rule explains it"),
        pytest.param(
            months({7: 35}, other=300),
            JULY_CLOSED,
            [(6, "35/300", A_THIRD)],
            id="a day rule does not suffice",
        ),
        pytest.param(months({7: 0}), JULY_SHUT, [], id="a day rule closes the month"),
        # A June between a May of 100 and a July that a rule has closed is held against May alone.
        pytest.param(months({6: 250, 7: 0}), JULY_SHUT, [], id="a day rule closes the month beside it"),
        pytest.param(
            months({6: 301, 7: 0}),
            JULY_SHUT,
            [(5, "301/50", THREE)],
            id="above the one month beside it that was open",
        ),
        # 06-18 is worth 31 days: June has 60 effective days instead of 30.
        pytest.param(
            months({6: 600}),
            {"days": [{"day": "06-18", "weight": 31}]},
            [],
            id="a day that comes every year",
        ),
        pytest.param(
            months({6: 602}),
            {"days": [{"day": "06-18", "weight": 31}]},
            [(5, "6.02", THREE)],
            id="more than a day that comes every year",
        ),
    ],
)
def test_one_off(base: list[Any], fields: Fields, expected: list[tuple[int, Any, Any]]) -> None:
    assert found("one-off-in-base", {"base": {"months": base}, **fields}) == [
        Found("warning", of_month(position), ratio(number(times)), limit)
        for position, times, limit in expected
    ]


def test_month_between_months_without_sales_has_no_mean() -> None:
    fields = {"base": months({5: 0, 7: 0})}
    of_june = [one for one in found("one-off-in-base", fields) if one.path == of_month(5)]
    assert of_june == [Found("warning", of_month(5), amount(number(100)), amount(number(0)))]


@pytest.mark.parametrize(
    ("base", "path"),
    [
        pytest.param(months({6: 0}), of_month(5), id="a list"),
        pytest.param(
            {f"2026-{m:02d}": 0 if m == 6 else 100 for m in range(1, 13)},
            ("base", "by_month", "2026-06"),
            id="by name",
        ),
        pytest.param({"months": FLAT, "fix": {6: 0}}, ("base", "fix", "2026-06"), id="a repair"),
    ],
)
def test_one_off_is_at_its_month(base: Any, path: Path) -> None:
    assert only("one-off-in-base", {"base": base}).path == path


def test_closed_month_that_adds_fill_has_a_quota() -> None:
    fields = {"base": months({6: 0})}
    assert "so the quota of 2027-06 is 0" in str(only("one-off-in-base", fields).message)
    filled = fields | {"adjust": [{"name": "A", "months": 6, "add": 10}]}
    assert "so the quota" not in str(only("one-off-in-base", filled).message)


def closed(year: int, first_days_of_june: int) -> Fields:
    return {"days": [{"dates": f"{year}-06-01..{year}-06-{first_days_of_june:02d}", "weight": 0}]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"base": FLAT}, [], id="no rules"),
        pytest.param({"base": FLAT, **closed(2027, 15)}, [], id="down, on the threshold"),
        pytest.param({"base": FLAT, **closed(2027, 16)}, [("16/30", "0.5")], id="down, above it"),
        pytest.param({"base": FLAT, **closed(2026, 10)}, [], id="up, on the threshold"),
        pytest.param({"base": FLAT, **closed(2026, 11)}, [("11/19", "0.5")], id="up, above it"),
        pytest.param({"base": FLAT, **closed(2027, 30)}, [("1", "0.5")], id="the month is closed"),
        pytest.param({"base": months({6: 0}), **closed(2027, 16)}, [], id="nothing sold"),
        pytest.param(closed(2027, 30), [], id="no base"),
        pytest.param({"base": {"shape": [1] * 12}, **closed(2027, 16)}, [], id="a shape"),
        pytest.param(
            {"base": FLAT, **closed(2027, 4), "guardrails": {"calendar_size": "10%"}},
            [("4/30", "0.1")],
            id="a threshold of the plan",
        ),
    ],
)
def test_calendar_size(fields: Fields, expected: list[tuple[str, str]]) -> None:
    assert found("calendar-size", fields) == [
        Found("warning", ("days",), share(number(move)), share(number(limit))) for move, limit in expected
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"base": {"shape": [1] * 12}}, [Found("note", ("base", "shape"))], id="a shape"),
        pytest.param({"base": FLAT}, [], id="last year's amounts"),
        pytest.param({}, [], id="no base"),
    ],
)
def test_borrowed_shape(fields: Fields, expected: list[Found]) -> None:
    assert found("borrowed-shape", fields) == expected


def festival(year: Any, *rules: Fields, **keys: Any) -> Fields:
    return {"year": year, "currency": "CNY", "base": FLAT, "days": list(rules), **keys}


def rails(days: int) -> Fields:
    return {"festival_days": days}


MOVED_BY_ELEVEN = Found("warning", ("base",), count(11), count(5))
HOLIDAYS = {"weight": "50%", "dates": ["2007-02-16..2007-02-24", "2008-02-06..2008-02-12"]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # 2007-02-18 and 2008-02-07: the same month, eleven days earlier.
        pytest.param(festival(2008), [MOVED_BY_ELEVEN], id="by days"),
        pytest.param(festival(2008, guardrails=rails(11)), [], id="days, on the threshold"),
        pytest.param(
            festival(2008, guardrails=rails(10)),
            [MOVED_BY_ELEVEN._replace(limit=count(10))],
            id="days, above it",
        ),
        # 2011-02-03 and 2012-01-23: eleven days, and another month.
        pytest.param(
            festival(2012, guardrails=rails(31)),
            [Found("warning", ("base",), count(11))],
            id="into another month",
        ),
        pytest.param(
            festival(2008, {"day": "spring-festival", "window": "-2..6", "times": "0.25"}), [], id="a rule"
        ),
        pytest.param(
            festival(2008, {"day": "easter", "times": "0.25"}),
            [MOVED_BY_ELEVEN._replace(path=("days",))],
            id="another rule",
        ),
        pytest.param(
            festival(2008, {"day": "春节", "country": "CN", "window": "-2..6", "times": "0.25"}),
            [],
            id="a holiday by name",
        ),
        pytest.param(
            festival(2008, {"day": "Mid-Autumn Festival", "country": "HK", "times": "0.25"}),
            [MOVED_BY_ELEVEN._replace(path=("days",))],
            id="another holiday",
        ),
        pytest.param(festival(2008, {"workdays": "CN", "times": "0.5"}), [], id="days off"),
        pytest.param(
            # 2007-02-18 was a Sunday, and so no day of work there either.
            festival(2008, {"workdays": "JP", "times": "0.5"}),
            [MOVED_BY_ELEVEN._replace(path=("days",))],
            id="days off of another country",
        ),
        pytest.param(festival(2008, HOLIDAYS), [], id="dates of both years"),
        pytest.param(
            festival(2008, {**HOLIDAYS, "dates": HOLIDAYS["dates"][:1]}),
            [MOVED_BY_ELEVEN._replace(path=("days",))],
            id="dates of last year alone",
        ),
        *(
            pytest.param(festival(2008, currency=code), [MOVED_BY_ELEVEN], id=code)
            for code in ("HKD", "TWD", "SGD", "MYR", "VND", "KRW")
        ),
        pytest.param(festival(2008, currency="EUR"), [], id="EUR"),
        pytest.param({"year": 2008, "base": FLAT}, [], id="no currency"),
        pytest.param(festival(2008, base={"shape": [1] * 12}), [], id="a shape"),
        pytest.param({"year": 2008, "currency": "CNY"}, [], id="no base"),
        # February 2012 to January 2013 has none; the year before it has 2011-02-03 and 2012-01-23.
        pytest.param(festival("2012-02"), [Found("warning", ("base",))], id="none this year, two last year"),
        # June to May: 2009-01-26 and 2010-02-14 are both there.
        pytest.param(
            festival("2009-06"), [Found("warning", ("base",), count(19), count(5))], id="a year from June"
        ),
    ],
)
def test_spring_festival(fields: Fields, expected: list[Found]) -> None:
    assert found("festival-moved", fields) == expected


def by_day(fields: Fields) -> Plan:
    """The plan, its last year known by day."""
    plan = plan_of({"base": FLAT, **fields})
    assert plan.base is not None
    amounts = dict(enumerate(map(number, FLAT)))
    return plan.model_copy(update={"base": plan.base.with_file_read(amounts, daily=True)})


GOOD_FRIDAYS = {"dates": ["2025-04-18", "2026-04-03", "2027-03-26"], "weight": 0}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # 2026-04-05 and 2027-03-28.
        pytest.param({}, [Found("note", ("base",), count(8), count(5))], id="no currency"),
        pytest.param({"currency": "EUR"}, [Found("note", ("base",), count(8), count(5))], id="EUR"),
        pytest.param({"days": [{"day": "easter", "times": "0.5"}]}, [], id="a rule"),
        pytest.param({"days": [GOOD_FRIDAYS]}, [], id="Good Fridays"),
        pytest.param(
            {"days": [{"day": "Good Friday", "country": "DE", "times": "0.5"}]}, [], id="Good Friday by name"
        ),
        pytest.param({"days": [{"workdays": "DE", "times": "0.5"}]}, [], id="days off with Good Friday"),
        pytest.param(
            {"days": [{"workdays": "CN", "times": "0.5"}]},
            [Found("note", ("days",), count(8), count(5))],
            id="days off without it",
        ),
        # April 2026 to March 2027 has two of them.
        pytest.param({"year": "2026-04"}, [Found("note", ("base",))], id="two this year, one last year"),
        pytest.param({"year": "2026-04", "days": [GOOD_FRIDAYS]}, [], id="both Good Fridays"),
        # 2019-04-21 and 2020-04-12.
        pytest.param({"year": 2020, "guardrails": rails(9)}, [], id="days, on the threshold"),
        pytest.param(
            {"year": 2020, "guardrails": rails(8)},
            [Found("note", ("base",), count(9), count(8))],
            id="above it",
        ),
        # Of a business in yuan it is Spring Festival that is asked about: 2026-02-17 and 2027-02-06.
        pytest.param({"currency": "CNY"}, [Found("warning", ("base",), count(11), count(5))], id="CNY"),
    ],
)
def test_easter(fields: Fields, expected: list[Found]) -> None:
    assert found("festival-moved", by_day(fields)) == expected


@pytest.mark.parametrize("daily", [True, False])
def test_easter_is_asked_of_a_file_of_days(tmp_path: FilePath, daily: bool) -> None:
    year = PlanYear.starting(2026)
    dates = [day for month in year.months for day in month.dates()][:: 1 if daily else 400]
    rows = dates if daily else [month.label for month in year.months]
    head = "date" if daily else "month"
    (tmp_path / "sales.csv").write_text(f"{head},amount\n" + "".join(f"{row},1\n" for row in rows))
    (tmp_path / "plan.yaml").write_text("year: 2027\ntarget: 1000\nbase: sales.csv\n")
    assert len(found("festival-moved", load_plan(tmp_path / "plan.yaml"))) == daily


def test_feast_is_told_with_its_dates() -> None:
    told = str(only("festival-moved", by_day({"year": "2026-04"})).message)
    assert "on 2026-04-05 and on 2027-03-28 this year" in told
    assert "on 2025-04-20 last year" in told
    assert "does not come this year" in str(only("festival-moved", festival("2012-02")).message)


def test_remedy_of_a_one_off_is_the_mean_of_the_months_beside_it() -> None:
    fields = {"base": months({6: 0, 7: 201}, other=300)}
    # (300 + 201) ÷ 2 = 250.5, in whole units.
    assert figures(only("one-off-in-base", fields).remedy) == [amount(number(251))]


@pytest.mark.parametrize(
    ("base", "fields", "outliers"),
    [
        pytest.param(months({6: 1000}), {}, [5], id="high, and not the months beside it"),
        pytest.param(months({6: 3}), {}, [5], id="low"),
        pytest.param(months({1: 1000}), {}, [0], id="the first month"),
        pytest.param(
            months({2: 1000}), {}, [1], id="the second, and not the first that has it alone beside it"
        ),
        pytest.param(months({11: 1000}), {}, [10], id="the last but one"),
        pytest.param(months({6: 1000, 9: 1000}), {}, [5, 8], id="two, and not the months between"),
        pytest.param(
            months({6: 1000, 7: 10}), {}, [5, 6], id="two beside each other, each far off the others"
        ),
        # A June of 301 is far off its neighbours of 100, and September changes nothing of that.
        pytest.param(months({6: 301, 9: 2000}), {}, [5, 8], id="just outside, with others that are normal"),
    ],
)
def test_month_is_not_found_for_an_outlier_beside_it(
    base: list[Any], fields: Fields, outliers: list[int]
) -> None:
    assert [one.path for one in found("one-off-in-base", {"base": {"months": base}, **fields})] == [
        of_month(month) for month in outliers
    ]
