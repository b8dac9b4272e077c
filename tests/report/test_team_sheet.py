"""The page of `plan sheet`: a team's week, with a count beside each ratio, and somebody's of the tree."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from target_cascade.calendar import Period, PlanYear
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.kpis.numbers import kpi_numbers
from target_cascade.errors import UsageError
from target_cascade.plan import Plan
from target_cascade.report.sheet.page import sheet_page, sheet_workbook
from target_cascade.report.sheet.team_ratios import of_many
from target_cascade.report.sheet.team_week import (
    PlanWeek,
    TeamWeek,
    dated,
    day_text,
    days_text,
    plan_week,
    week_with,
)
from target_cascade.report.table import Notes, Page, Table
from target_cascade.report.workbook import workbook
from target_cascade.sentence import Figure, Sentence
from target_cascade.write.cell_text import machine_cell, people_cell, sentence_text
from target_cascade.write.xlsx import xlsx_bytes

PLAN: dict[str, Any] = {
    "year": 2012,
    "target": 366_000,  # 1,000 a day
    "drivers": {
        "price": {"default": 10, "team": "Shop"},
        "conversion": {"default": "5%", "11-12": "8%", "team": "Shop"},
        "free": {"default": "20%", "team": "Shop", "best": "25%"},
        "click": {"default": 2, "unit": "money", "team": "Shop"},
        "kept": {"default": "96%", "team": "Depot"},
        "far": {"default": "0.4%", "team": "Depot"},
    },
    "kpis": {
        "orders": {"formula": "quota / price", "unit": "count", "team": "Shop"},
        "visits": {"formula": "orders / conversion", "unit": "count", "team": "Shop"},
        "paid": {"formula": "visits * (1 - free)", "unit": "count", "team": "Shop"},
        "spend": {"formula": "paid * click", "unit": "money", "team": "Shop"},
        "gifts": {"formula": "orders * kept * kept * far", "unit": "count"},
        "late": {"at_most": "3%", "of": "orders", "team": "Depot"},
        "whole": {"at_least": "98%", "of": "orders", "team": "Depot"},
        "open": {"between": "10%..20%", "of": "orders", "team": "Depot"},
        "clean": {"at_least": "99.5%", "team": "Depot"},
        "hours": {"at_most": 8, "unit": "hours", "team": "Depot"},
        "stock": {"formula": "orders / days", "unit": "boxes", "team": "Depot"},
        "rate": {"formula": "spend / quota", "unit": "share", "of": "orders", "team": "Depot"},
    },
}
WEEK = "2012-W45"
"""Mon 5 Nov to Sun 11 Nov."""


def settled(**keys: Any) -> Cascade:
    return cascade(Plan.model_validate({**PLAN, **keys}))


def week_of(company: Cascade, label: str) -> PlanWeek:
    (week,) = (one for one in company.weeks if one.period.label == label)
    return plan_week(company, week.period)


def page_of(name: str, week: str = WEEK, **keys: Any) -> Page:
    company = settled(**keys)
    return sheet_page(company, name, week_of(company, week))


def said(page: Page, section: str) -> list[str]:
    """The lines of a section; none where the page does not have it."""
    blocks = (block for block in page.blocks if isinstance(block, Notes) and block.title == section)
    return [sentence_text(note.head) for block in blocks for note in block.notes]


def cells(page: Page, table: int = 0) -> list[list[str]]:
    """The cells of a table as people read them."""
    found = [block for block in page.blocks if isinstance(block, Table)][table]
    return [
        [people_cell(cell, column.kind) for cell, column in zip(row.cells, found.columns, strict=True)]
        for row in found.rows
    ]


# Weeks


def test_week_across_months_has_both_parts() -> None:
    company = settled()
    week = week_of(company, "2012-W44")
    assert week.period == Period("2012-W44", date(2012, 10, 29), date(2012, 11, 4))
    assert [(part.month, part.quota.period.days) for part in week.parts] == [(9, 3), (10, 4)]


@pytest.mark.parametrize(
    ("day", "label", "is_outside"),
    [
        pytest.param(date(2012, 11, 5), "2012-W45", False, id="monday"),
        pytest.param(date(2012, 11, 4), "2012-W44", False, id="sunday"),
        pytest.param(date(2012, 1, 1), "2011-W52", False, id="first day of the year"),
        pytest.param(date(2012, 12, 31), "2013-W01", False, id="last day of the year"),
        pytest.param(date(2011, 12, 31), "2011-W52", True, id="the day before the year"),
        pytest.param(date(2013, 1, 1), "2013-W01", True, id="the day after the year"),
    ],
)
def test_week_of_a_day_is_that_it_lies_in_or_the_nearest(day: date, label: str, is_outside: bool) -> None:
    week = week_with(settled(), day)
    assert (week.period.label, week.outside) == (label, day if is_outside else None)


@pytest.mark.parametrize(
    ("day", "line"),
    [
        pytest.param(date(2012, 11, 5), None, id="inside"),
        pytest.param(
            date(2011, 12, 31), "Sat 31 Dec 2011 is before 2012; this is its first week", id="before"
        ),
        pytest.param(date(2026, 6, 1), "Mon 1 Jun 2026 is after 2012; this is its last week", id="after"),
    ],
)
@pytest.mark.parametrize("name", ["Depot", "Li", "Shop"])
def test_today_outside_of_the_year_is_said_once(name: str, day: date, line: str | None) -> None:
    company = settled(**TREE)
    page = sheet_page(company, name, week_with(company, day))
    lines = [f"{line}, and --week shows another"] if line else []
    assert said(page, "Which week") == lines
    records = [row.cells for row in page.records[-1].rows if row.cells[0] == "Which week"]
    assert [sentence_text(cell) for _, cell in records if isinstance(cell, Sentence)] == lines


@pytest.mark.parametrize(
    ("day", "text"),
    [
        pytest.param(date(2027, 4, 1), "Thu 1 Apr", id="first day of the year"),
        pytest.param(date(2028, 3, 31), "Fri 31 Mar", id="last day of the year"),
        pytest.param(date(2027, 3, 31), "Wed 31 Mar 2027", id="before the year"),
        pytest.param(date(2028, 4, 1), "Sat 1 Apr 2028", id="after the year"),
    ],
)
def test_day_outside_of_the_plan_year_has_its_year(day: date, text: str) -> None:
    assert dated(day, PlanYear.starting(2027, 4)) == text


@pytest.mark.parametrize("label", ["2012-11", "2012-11-05..2012-11-06"])
def test_period_that_is_no_week_is_refused(label: str) -> None:
    with pytest.raises(UsageError, match="2011-W52 to 2013-W01"):
        plan_week(settled(), Period(label, date(2012, 11, 5), date(2012, 11, 6)))


def test_day_names_its_week() -> None:
    day = Period("2012-11-07", date(2012, 11, 7), date(2012, 11, 7))
    assert plan_week(settled(), day).period.label == WEEK


def test_days_of_the_week_have_their_names() -> None:
    assert day_text(date(2012, 11, 5)) == "Mon 5 Nov"
    assert days_text(Period("", date(2012, 11, 5), date(2012, 11, 11))) == "Mon 5 Nov to Sun 11 Nov"
    assert days_text(Period("", date(2012, 1, 1), date(2012, 1, 1))) == "Sun 1 Jan"


def test_days_of_each_week_add_up_to_it_and_weeks_to_the_year() -> None:
    company = settled()
    numbers = kpi_numbers(company)
    for name in ("orders", "spend"):
        weeks = [TeamWeek(numbers, "Shop", plan_week(company, week.period)) for week in company.weeks]
        assert sum(week.amount(name) for week in weeks) == numbers.year(name)
        for week in weeks:
            assert sum(value for _, value in week.days(name)) == week.amount(name)


# Numbers


def test_numbers_of_a_week() -> None:
    page = page_of("Shop")
    assert cells(page)[0] == ["orders", "700", "Mon 5 Nov: 100", "3,000", ""]
    assert cells(page)[3][:3] == ["spend", "14,000", "Mon 5 Nov: 2,000"]
    assert sentence_text(page.answer) == (
        "Shop in week 2012-W45 (Mon 5 Nov to Sun 11 Nov): 700 orders, most on Mon 5 Nov: 100"
    )


def test_each_day_of_the_week_has_its_own_numbers() -> None:
    numbers = [block for block in page_of("Shop").blocks if isinstance(block, Table)]
    days = next(table for table in numbers if table.name == "Days")
    assert [row.cells[0] for row in days.rows][::6] == ["Mon 5 Nov", "Sun 11 Nov"]
    orders = [row.cells[1] for row in days.rows]
    assert sum(cell.value for cell in orders if isinstance(cell, Figure)) == 700


def test_numbers_of_a_week_across_months_have_both_months() -> None:
    page = page_of("Shop", "2012-W44", teams={"Shop": {"lead": "Ann"}})
    assert cells(page)[0] == ["orders", "700", "Mon 29 Oct: 100", "3,100", "3,000", ""]
    assert sentence_text(page.answer).startswith("Shop, led by Ann, in week 2012-W44 ")


def test_numbers_for_machines() -> None:
    numbers, lines = page_of("Shop").records
    record = next(iter(numbers.records()))
    assert {column.key: machine_cell(cell, column.kind) for column, cell in record} == {
        "team": "Shop",
        "week": WEEK,
        "start": "2012-11-05",
        "end": "2012-11-11",
        "kpi": "orders",
        "unit": "count",
        "value": "700",
        "a_day": "100",
        "busiest_day": "2012-11-05",
        "busiest": "100",
        "2012-11": "3000",
    }
    assert [column.key for column in lines.columns] == ["section", "text"]


# No ratio without a count


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("late: at most 3 % of 700 orders this week: 21", id="at most"),
        pytest.param("whole: at least 98 % of 700 orders this week: 686", id="at least"),
        pytest.param("open: 10 % to 20 % of 700 orders this week: 70 to 140", id="between"),
        pytest.param("clean: at least 99.5 %: 995 of 1,000", id="of nothing that is counted"),
        pytest.param("hours: at most 8 hours", id="no share"),
        pytest.param("stock: 100 boxes, with 700 orders this week", id="in a unit of its own"),
        pytest.param("rate: 200 % of 700 orders this week: 1,400", id="by a formula, of a count"),
    ],
)
def test_kpi_that_does_not_add_up_stands_with_its_count(line: str) -> None:
    assert line in said(page_of("Depot"), "What has to hold")


@pytest.mark.parametrize(
    ("kpi", "words"),
    [
        pytest.param(
            "spend / quota", "2, with 14,000 spend and a quota of 7,000 this week", id="of the quota"
        ),
        pytest.param(
            "orders * price / (visits + paid)",
            "0.444, with 700 orders, 8,750 visits and 7,000 paid this week",
            id="of several, without drivers",
        ),
        pytest.param(
            "ratio_of_others / 2", "1, with 14,000 spend and a quota of 7,000 this week", id="of a ratio"
        ),
        pytest.param("conversion * 2", "0.16: 16 of 100", id="of drivers alone"),
    ],
)
def test_ratio_by_formula_stands_beside_the_amounts_that_it_names(kpi: str, words: str) -> None:
    other = {"formula": "spend / quota"}
    kpis = {**PLAN["kpis"], "ratio_of_others": other, "cost_ratio": {"formula": kpi, "team": "Press"}}
    page = page_of("Press", kpis=kpis)
    assert said(page, "What has to hold") == [f"cost ratio: {words}"]
    assert sentence_text(page.answer).endswith(f": cost ratio {words}")


def test_bound_of_a_ratio_stands_with_its_count() -> None:
    kpis = {**PLAN["kpis"], "lines": {"at_least": "1.5", "of": "orders", "team": "Press"}}
    line = "lines: at least 1.5 of 700 orders this week: 1,050"
    assert said(page_of("Press", kpis=kpis), "What has to hold") == [line]


@pytest.mark.parametrize(
    ("bound", "counts"),
    [
        pytest.param({"at_least": "98%"}, "at least 98 % of 33 orders this week: 33", id="up"),
        pytest.param({"at_most": "4%"}, "at most 4 % of 33 orders this week: 1", id="down"),
    ],
)
def test_counts_are_rounded_to_the_side_on_which_the_bound_holds(bound: dict[str, Any], counts: str) -> None:
    kpis = {
        "orders": {"formula": "4 * days + 20", "unit": "count"},
        "kept": {**bound, "of": "orders", "team": "Depot"},
    }
    page = page_of("Depot", kpis=kpis, drivers={})
    assert said(page, "What has to hold") == [f"kept: {counts}"]


@pytest.mark.parametrize(
    ("team", "line"),
    [
        pytest.param("Shop", "conversion: 8 %: 700 orders from 8,750 visits", id="part of a whole"),
        pytest.param(
            "Shop", "free: 20 %: leaves 7,000 paid of 8,750 visits; best so far 25 %", id="what it leaves"
        ),
        pytest.param("Shop", "click: 2 money: 14,000 spend for 7,000 paid", id="so much each"),
        pytest.param("Shop", "price: 10, with 700 orders this week", id="of the quota"),
        pytest.param("Depot", "kept: 96 %: 96 of 100, with 3 gifts this week", id="one factor of several"),
        pytest.param("Depot", "far: 0.4 %: 4 of 1,000, with 3 gifts this week", id="a small share"),
    ],
)
def test_driver_stands_with_the_counts_that_it_joins(team: str, line: str) -> None:
    assert line in said(page_of(team), "What the plan assumes")


def test_driver_that_changes_with_the_month_has_both_values() -> None:
    lines = said(page_of("Shop", "2012-W44"), "What the plan assumes")
    visits = 300 * 20 + 400 * Fraction(100, 8)
    assert f"conversion: 5 % in 2012-10, 8 % in 2012-11: 700 orders from {int(visits):,} visits" in lines


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(98, 100), "98 of 100"),
        (Fraction(16, 1000), "16 of 1,000"),
        (Fraction(1, 3), "333 of 1,000"),
        (Fraction(3, 10_000), "30 of 100,000"),
        (Fraction(0), "0 of 100"),
    ],
)
def test_share_of_nothing_that_is_counted_is_one_of_many(share: Fraction, words: str) -> None:
    assert sentence_text(of_many(share)) == words


# Money, days, orders, sources


@pytest.mark.parametrize(
    ("budget", "week", "month"),
    [
        pytest.param(
            "300% of quota",
            "this week: 14,000 to spend of a budget of 21,000 (66.7 %)",
            "2012-11: 60,000 to spend of a budget of 90,000 (66.7 %)",
            id="inside",
        ),
        pytest.param(
            "150% of quota",
            "this week: 14,000 to spend of a budget of 10,500, 3,500 above it",
            "2012-11: 60,000 to spend of a budget of 45,000, 15,000 above it",
            id="above",
        ),
        pytest.param(
            None,
            "this week: 14,000 to spend, without a budget",
            "2012-11: 60,000 to spend, without a budget",
            id="none",
        ),
    ],
)
def test_spending_stands_beside_the_budget(budget: str | None, week: str, month: str) -> None:
    page = page_of("Shop", teams={"Shop": {"budget": budget} if budget else {}})
    assert said(page, "Money") == [week, month]


def test_money_that_is_a_part_of_other_money_is_counted_once() -> None:
    kpis = {**PLAN["kpis"], "all_costs": {"formula": "spend + 3000", "unit": "money", "team": "Shop"}}
    page = page_of("Shop", kpis=kpis)
    assert said(page, "Money")[0] == "this week: 14,700 to spend, without a budget"  # 3,000 ÷ 30 · 7 more


@pytest.mark.parametrize(
    ("most", "line"),
    [
        pytest.param(
            120,
            "120 orders a day: no day of this week is above; the busiest is Mon 5 Nov with 100",
            id="enough",
        ),
        pytest.param(
            "100.5",
            "100.5 orders a day: no day of this week is above; the busiest is Mon 5 Nov with 100",
            id="enough by a half",
        ),
        pytest.param(
            "99.5",
            "Mon 5 Nov: 100, 0.5 more than the 99.5 orders that a day can take",
            id="a half too little",
        ),
        pytest.param(
            "2.5", "Mon 5 Nov: 100, 97.5 more than the 2.5 orders that a day can take", id="a small capacity"
        ),
        pytest.param(90, "Sun 11 Nov: 100, 10 more than the 90 orders that a day can take", id="too little"),
    ],
)
def test_days_above_the_capacity_are_named(most: int | str, line: str) -> None:
    lines = said(
        page_of("Depot", teams={"Depot": {"capacity_per_day": {"orders": most}}}), "What a day can take"
    )
    assert line in lines
    assert len(lines) == (1 if Fraction(most) > 100 else 7)


@pytest.mark.parametrize("most", ["300.5", "2.5"])
def test_capacity_keeps_its_fraction_in_workbooks(most: str) -> None:
    teams = {"Depot": {"capacity_per_day": {"orders": most}}}
    (table,) = (one for one in workbook(settled(teams=teams)).tables if one.name == "Depot")
    takes = [fact.value for fact in table.facts if fact.label == "A day takes"]
    assert [sentence_text(value) for value in takes if isinstance(value, Sentence)] == [f"{most} orders"]
    page = page_of("Depot", teams=teams)
    (notes,) = (one for one in sheet_workbook(page, "Depot").below["Depot"] if "day can take" in one.title)
    assert f"{most} orders" in sentence_text(notes.notes[0].head)


@pytest.mark.parametrize(
    ("lead_days", "lines"),
    [
        pytest.param(26, ["by Mon 5 Nov order for 2012-12: "], id="the week's first day"),
        pytest.param(13, ["by Sun 18 Nov order for 2012-12: "], id="the next week's last day"),
        pytest.param(12, [], id="the day after"),
    ],
)
def test_orders_of_this_week_and_the_next_are_named(lead_days: int, lines: list[str]) -> None:
    page = page_of("Shop", teams={"Shop": {"lead_days": lead_days, "ordered": "2012-11"}})
    amounts = "3,100 orders, 38,750 visits, 31,000 paid, 62,000 spend"
    assert said(page, "To order this week and the next") == [f"{line}{amounts}" for line in lines]


@pytest.mark.parametrize(
    ("week", "entry", "begins"),
    [
        pytest.param(
            WEEK,
            {"lead_days": 27},
            ["overdue since Fri 5 Oct: order for 2012-11: ", "overdue since Sun 4 Nov: order for 2012-12: "],
            id="since the day before the week",
        ),
        pytest.param(
            WEEK,
            {"lead_days": 26},
            ["overdue since Sat 6 Oct: order for 2012-11: ", "by Mon 5 Nov order for 2012-12: "],
            id="before what is due",
        ),
        pytest.param(WEEK, {"lead_days": 27, "ordered": "2012-12"}, [], id="ordered"),
        pytest.param(
            "2011-W52",
            {"lead_days": 40, "ordered": "2012-02"},
            [],
            id="ordered for the months that are near",
        ),
        pytest.param(
            "2011-W52",
            {"lead_days": 5},
            ["overdue since Tue 27 Dec 2011: order for 2012-01: "],
            id="since a day of the year before",
        ),
        pytest.param(
            "2012-W44",
            {"lead_days": 0},
            [
                "overdue since Mon 1 Oct: order for 2012-10: ",
                "by Thu 1 Nov order for 2012-11: ",
            ],
            id="a month that the week still touches",
        ),
    ],
)
def test_orders_that_are_overdue_are_named_first(week: str, entry: dict[str, Any], begins: list[str]) -> None:
    lines = said(page_of("Shop", week, teams={"Shop": entry}), "To order this week and the next")
    assert len(lines) == len(begins)
    for line, begin in zip(lines, begins, strict=True):
        assert line.startswith(begin)
        month = begin.removesuffix(": ")[-7:]
        assert line.endswith(f" spend, or write `ordered: {month}`") == begin.startswith("overdue")


def test_sources_that_are_not_enough_are_told() -> None:
    sources = {
        "paid": [
            {"name": "search", "cost": 1, "max": 20_000},
            {"name": "display", "cost": "1.5", "max": 5_000},
            {"name": "radio", "cost": 9, "max": 0},
        ]
    }
    page = page_of("Shop", sources=sources)
    parts = "20,000 from search for 20,000, 5,000 from display for 7,500 and 5,000 from nowhere yet"
    assert said(page, "Where it comes from") == [f"paid in 2012-11: {parts}"]


# What is done


@pytest.mark.parametrize(
    ("action", "line"),
    [
        pytest.param({"kpi": "orders"}, "act (for orders)", id="for its KPI"),
        pytest.param({"kpi": "price"}, "act (for price)", id="for its driver"),
        pytest.param({"kpi": "late", "who": "Shop"}, "act (for late)", id="for another team's KPI"),
        pytest.param({"kpi": "orders", "who": "Ann"}, "act (for orders, Ann does it)", id="by somebody else"),
        pytest.param({"kpi": "late"}, None, id="another team's"),
        pytest.param(
            {"kpi": "orders", "from": "2012-11-11", "until": "2012-12"},
            "act (for orders, from Sun 11 Nov until Mon 31 Dec)",
            id="from the week's last day",
        ),
        pytest.param(
            {"kpi": "orders", "until": "2012-11-05"}, "act (for orders, until Mon 5 Nov)", id="to its first"
        ),
        pytest.param({"kpi": "orders", "from": 12}, None, id="later"),
        pytest.param({"kpi": "orders", "until": 10}, None, id="before"),
    ],
)
def test_actions_of_the_week_are_told(action: dict[str, Any], line: str | None) -> None:
    page = page_of("Shop", actions=[{"do": "act", **action}])
    assert said(page, "To do") == ([line] if line else [])


JUDGED = "; judged at its end, or on its quota to date after its first ten days"


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        pytest.param(
            {"when": "11 < 80%", "amount": 500},
            "if 2012-11 brings less than 24,000 (80 % of 30,000): act, which brings 500",
            id="less",
        ),
        pytest.param(
            {"when": "Q4 <= 50%"},
            "if 2012-10 to 2012-12 brings 46,000 or less (50 % of 92,000): act",
            id="or equal",
        ),
        pytest.param(
            {"when": "10 < 80%"},
            "if 2012-10 brings less than 24,800 (80 % of 31,000): act",
            id="the month after",
        ),
        pytest.param({"when": "12 < 80%"}, None, id="another month"),
        pytest.param({"when": "9 < 80%"}, None, id="two months after"),
        pytest.param({"when": "11 < 80%", "who": "Depot"}, None, id="another team"),
    ],
)
def test_contingencies_of_the_months_are_told(entry: dict[str, Any], line: str | None) -> None:
    page = page_of("Shop", contingency=[{"do": "act", "who": "Shop", **entry}])
    assert said(page, "If it goes wrong") == ([line + JUDGED] if line else [])


def test_team_that_only_acts_has_a_page() -> None:
    page = page_of("Press", teams={"Press": {}}, actions=[{"kpi": "orders", "do": "write", "who": "Press"}])
    assert said(page, "To do") == ["write (for orders)"]
    assert sentence_text(page.answer).endswith("no number of its own; what it does is below")


# Somebody of the tree


TREE: dict[str, Any] = {
    "cascade": {
        "levels": ["region", "rep"],
        "ramp": ["25%", "50%"],
        "members": [
            {
                "name": "South",
                "share": "50%",
                "members": [
                    {"name": "Li", "start": "2012-11", "last_year": "10000", "note": "new here"},
                    *({"name": f"rep {n}"} for n in range(9)),
                ],
            },
            {"name": "Shop", "share": "50%"},
        ],
    }
}


def test_quota_of_somebody_stands_by_week_month_and_year() -> None:
    page = page_of("Shop", cascade=TREE["cascade"], kpis={}, drivers={})
    assert cells(page) == [
        [f"week {WEEK}", "3,500"],
        ["an ordinary day of it", "500"],
        ["2012-11", "15,000"],
        ["2012-12", "15,500"],
        ["2012", "183,000"],
    ]
    assert sentence_text(page.answer).endswith("3,500 to bring in; 15,000 in 2012-11")


def test_new_one_is_told_how_it_works_up() -> None:
    lines = said(page_of("South/Li", "2012-W44", **TREE), "About this quota")
    assert lines[0] == "works up: 25 % in 2012-11, 50 % in 2012-12"
    assert lines[1] == "begins on Thu 1 Nov"
    assert "note: new here" in lines
    assert any(line.startswith("last year it was 10,000; this year is ×") for line in lines)


@pytest.mark.parametrize(
    ("node", "week", "lines"),
    [
        pytest.param(
            {"start": "2012-06", "end": "2012-06-20"},
            "2012-W23",
            ["works up: 25 % in 2012-06", "the last day is Wed 20 Jun"],
            id="leaves in the first month",
        ),
        pytest.param(
            {"start": "2012-06", "end": "2012-07-02"},
            "2012-W23",
            ["works up: 25 % in 2012-06, 50 % in 2012-07", "the last day is Mon 2 Jul"],
            id="leaves before it is full",
        ),
        pytest.param(
            {"start": "2012-06", "end": "2012-08"},
            "2012-W23",
            ["works up: 25 % in 2012-06, 50 % in 2012-07, full from 2012-08", "the last day is Fri 31 Aug"],
            id="leaves in the first full month",
        ),
        pytest.param(
            {"start": "2012-06", "end": "2012-06-20"}, "2012-W26", ["the last day was Wed 20 Jun"], id="left"
        ),
        pytest.param(
            {"start": "2010-01", "end": "2011-03"},
            "2012-W23",
            ["the last day was Thu 31 Mar 2011"],
            id="left in the year before",
        ),
        pytest.param(
            {"start": "2013-03"}, "2012-W23", ["begins on Fri 1 Mar 2013"], id="begins in the next year"
        ),
        pytest.param(
            {"start": "2011-12"},
            "2012-W02",
            ["works up: 50 % in 2012-01, full from 2012-02"],
            id="began in the year before",
        ),
        pytest.param({"end": "2013-02"}, "2012-W23", [], id="leaves in the next year"),
    ],
)
def test_node_is_told_its_ramp_and_its_days(node: dict[str, Any], week: str, lines: list[str]) -> None:
    tree = {"ramp": ["25%", "50%"], "members": [{"name": "Li", **node}, {"name": "Wu"}]}
    assert said(page_of("Li", week, cascade=tree), "About this quota") == lines


def test_ordinary_day_of_a_week_with_a_closed_sunday_is_a_sixth_of_it() -> None:
    open_days = 366 - 53  # 2012 begins with a Sunday
    plan = {
        "target": open_days * 1000,
        "days": [{"name": "closed", "weekdays": "sun", "weight": 0}],
        "cascade": TREE["cascade"],  # the Shop has half
    }
    rows = cells(page_of("Shop", kpis={}, drivers={}, **plan))
    assert rows[:2] == [[f"week {WEEK}", f"{6 * 1000 // 2:,}"], ["an ordinary day of it", f"{1000 // 2:,}"]]


def test_one_who_works_in_full_is_not_told_so() -> None:
    # A ninth, less what Li brings in November and December.
    assert said(page_of("rep 0", **TREE), "About this quota") == [
        "11.0 % of what South has to bring in the year"
    ]


def test_members_show_the_largest_and_the_smallest() -> None:
    rows = cells(page_of("South", **TREE), 1)
    assert [row[0] for row in rows][3:] == ["… 4 more …", "rep 7", "rep 8", "Li", "Total"]


def test_over_assignment_stands_apart() -> None:
    tree = {**TREE["cascade"], "over_assign": {"region": "10%"}}
    page = page_of("rep 0", cascade=tree)
    assert all(len(row) == 3 for row in cells(page))
    assert any("more in the year than the true quota" in line for line in said(page, "About this quota"))


def test_name_of_a_team_and_of_a_node_shows_both_and_nothing_twice() -> None:
    contingency = [{"when": "11 < 80%", "do": "act", "who": "Shop"}]
    page = page_of("Shop", **TREE, contingency=contingency)
    assert [table.name for table in page.records] == ["Numbers", "Quotas", "Lines"]
    assert len(said(page, "If it goes wrong")) == 1
    lines = [row for row in page.records[-1].rows if row.cells[0] == "If it goes wrong"]
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("keys", "hint"),
    [
        pytest.param({}, "is no team of the plan; did you mean `Shop`", id="no tree"),
        pytest.param(TREE, "it is no team either, did you mean `Shop`", id="with a tree"),
        pytest.param({"kpis": {}, "drivers": {}}, "no `kpis:`", id="nothing at all"),
    ],
)
def test_name_that_nobody_has_is_refused(keys: dict[str, Any], hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        page_of("Shops", **keys)


# The sheet of a workbook


def test_workbook_has_one_sheet_with_the_lines_below() -> None:
    page = page_of("Depot", teams={"Depot": {"capacity_per_day": {"orders": 90}}})
    book = sheet_workbook(page, "Depot")
    assert [table.name for table in book.tables] == ["Depot"]
    assert [notes.title for notes in book.below["Depot"]][:2] == ["What has to hold", "What the plan assumes"]
    assert book.tables[0].facts[0].value == page.answer


def test_further_tables_have_sheets_of_their_own() -> None:
    book = sheet_workbook(page_of("South", **TREE), "South")
    assert [table.name for table in book.tables] == ["South", "South Members"]


def test_team_without_numbers_has_a_sheet_as_well() -> None:
    book = sheet_workbook(page_of("Press", teams={"Press": {}}), "Press")
    assert [table.name for table in book.tables] == ["Press"]
    assert xlsx_bytes(book)


def test_tree_is_not_computed_for_a_team_that_is_not_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("target_cascade.engine.people.quotas.people_quotas", None)
    assert page_of("Depot", **TREE).records[0].name == "Numbers"
