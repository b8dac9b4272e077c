"""The page of `plan kpi`: its tree, its tables, its records, and what slips cost."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from target_cascade.engine.cascade import cascade
from target_cascade.engine.kpis.numbers import KpiNumbers, kpi_numbers
from target_cascade.engine.kpis.sensitivity import slips
from target_cascade.errors import UsageError
from target_cascade.plan import Plan
from target_cascade.report.kpis.page import kpi_page, kpi_table
from target_cascade.report.kpis.slips import slips_page
from target_cascade.report.kpis.words import (
    check_has_kpis,
    exact_figure,
    figure,
    find_team,
    known_team,
    part_figure,
    spoken,
    team_names,
)
from target_cascade.report.spans import KpiBy
from target_cascade.report.table import Notes, Page, Table
from target_cascade.write.cell_text import machine_cell, people_cell, sentence_text

QUOTA = 100_000
"""Of each month: the twelve are alike, whatever days they have."""
PLAN: dict[str, Any] = {
    "year": 2027,
    "target": 12 * QUOTA,
    "base": {"shape": [1] * 12},
    "drivers": {
        "order_value": {"default": 300, "team": "Shop"},
        "conversion": {"from": "1%", "to": "2.1%", "team": "Shop", "best": "1.8%"},
        "click": {"default": "0.5", "unit": "money"},
    },
    "kpis": {
        "visits": {"formula": "orders / conversion", "unit": "count", "team": "Ads"},
        "orders": {"formula": "quota / order_value", "unit": "count", "team": "Shop"},
        "spend": {"formula": "visits * click", "unit": "money", "team": "Ads"},
        "fees": {"formula": "quota * 2%", "unit": "money", "team": "Shop"},
        "cost_share": {"formula": "spend / quota", "unit": "share"},
        "good": {"at_least": "98%", "of": "orders", "team": "Care"},
        "talks": {"between": "3..8", "unit": "minutes", "team": "Care"},
        "waiting": {"at_most": 30, "team": "Care"},
    },
    "sources": {"visits": [{"name": "search", "cost": "0.4", "max": 1000}]},
    "teams": {"Ads": {"lead": "Wang", "budget": "10% of quota"}},
}


def numbers_of(**keys: Any) -> KpiNumbers:
    return kpi_numbers(cascade(Plan.model_validate({**PLAN, **keys})))


def block(page: Page, name: str) -> Table:
    (found,) = (one for one in page.blocks if isinstance(one, Table) and one.name == name)
    return found


def shown(table: Table) -> list[list[str]]:
    """The cells as people read them."""
    columns = table.columns_for("people")
    return [[people_cell(row.cells[i], column.kind) for i, column in columns] for row in table.rows]


def column(table: Table, key: str) -> list[str]:
    at = [column.key for column in table.columns].index(key)
    return [people_cell(row.cells[at], table.columns[at].kind) for row in table.rows]


def records(table: Table) -> list[dict[str, str]]:
    return [{c.key: machine_cell(cell, c.kind) for c, cell in record} for record in table.records()]


# The records


@pytest.mark.parametrize(
    ("by", "columns", "periods"),
    [
        ("month", "month", 12),
        ("week", "month,week", 61),
        ("day", "date,month,week", 365),
    ],
)
def test_records_have_each_kpi_in_each_period(by: KpiBy, columns: str, periods: int) -> None:
    numbers = numbers_of()
    table = kpi_table(numbers, by, list(PLAN["kpis"]))
    keys = [column.key for column in table.columns]
    assert keys == [*columns.split(","), "kpi", "value", "unit", "team", "kind", "upper"]
    rows = records(table)
    assert len(rows) == periods * len(PLAN["kpis"])
    assert [row["kpi"] for row in rows[: len(PLAN["kpis"])]] == list(PLAN["kpis"])


@pytest.mark.parametrize("by", ["month", "week", "day"])
@pytest.mark.parametrize("kpi", ["orders", "spend"])
def test_records_of_what_adds_up_add_up_to_the_year(kpi: str, by: KpiBy) -> None:
    numbers = numbers_of()
    rows = records(kpi_table(numbers, by, [kpi]))
    assert sum(Fraction(row["value"]) for row in rows) == numbers.year(kpi)


@pytest.mark.parametrize(
    ("kpi", "record"),
    [
        pytest.param("orders", ("334", "count", "Shop", "formula", ""), id="count goes up"),
        pytest.param("fees", ("2000", "money", "Shop", "formula", ""), id="money"),
        pytest.param("cost_share", ("0.166667", "share", "", "formula", ""), id="share without owner"),
        pytest.param("good", ("0.980000", "share", "Care", "at_least", ""), id="at least"),
        pytest.param("waiting", ("30.000000", "ratio", "Care", "at_most", ""), id="at most"),
        pytest.param("talks", ("3.000000", "minutes", "Care", "between", "8.000000"), id="between"),
    ],
)
def test_record_of_a_month(kpi: str, record: tuple[str, ...]) -> None:
    row = records(kpi_table(numbers_of(), "month", [kpi]))[0]
    assert tuple(row[key] for key in ("value", "unit", "team", "kind", "upper")) == record


# The tree


def test_kpis_stand_below_what_they_are_computed_from() -> None:
    assert column(block(kpi_page(numbers_of(), "month"), "KPIs"), "kpi") == [
        "orders",
        "  visits",
        "    spend",
        "      cost share",
        "fees",
        "good",
        "talks",
        "waiting",
    ]


def test_kpi_of_a_team_stands_below_the_nearest_that_is_shown() -> None:
    kpis = {**PLAN["kpis"], "late": {"formula": "cost_share * 2", "team": "Ads"}}
    page = kpi_page(numbers_of(kpis=kpis), "month", "Ads")
    assert column(block(page, "KPIs"), "kpi") == ["visits", "  spend", "    late"]


def test_long_chain_of_kpis_is_no_deep_recursion() -> None:
    chain = {f"k{n}": {"formula": f"k{n - 1} * 1" if n else "quota", "unit": "money"} for n in range(300)}
    names = column(block(kpi_page(numbers_of(kpis=chain, sources={}), "month"), "KPIs"), "kpi")
    assert names[-1] == "  " * 299 + "k299"


@pytest.mark.parametrize(
    ("kpi", "year"),
    [
        pytest.param("orders", "4,008", id="sum of the months as shown"),
        pytest.param("cost share", "7.94 % – 16.67 %", id="lowest and highest of a ratio"),
        pytest.param("good", "at least 98 %", id="at least"),
        pytest.param("waiting", "at most 30", id="at most"),
        pytest.param("talks", "3 to 8 minutes", id="range with its unit"),
    ],
)
def test_year_of_a_kpi(kpi: str, year: str) -> None:
    table = block(kpi_page(numbers_of(), "month"), "KPIs")
    assert (
        dict(zip((name.strip() for name in column(table, "kpi")), column(table, "year"), strict=True))[kpi]
        == year
    )


def test_drivers_show_range_best_and_which_way_is_better() -> None:
    assert shown(block(kpi_page(numbers_of(), "month"), "Drivers")) == [
        ["order value", "300", "", "Shop", "", "higher"],
        ["conversion", "1 % – 2.1 %", "", "Shop", "1.8 %", "higher"],
        ["click", "0.5", "money", "", "", "lower"],
    ]


def test_sources_add_up_and_show_what_nobody_brings() -> None:
    table = block(kpi_page(numbers_of(), "month"), "Sources")
    visits = int(numbers_of().year("visits") or 0)
    assert column(table, "source") == ["visits", "search", "unfilled"]
    assert column(table, "amount") == [f"{visits:,}", "12,000", f"{visits - 12_000:,}"]
    assert column(table, "cost")[:2] == [f"{12_000 * 4 // 10:,}"] * 2


def test_teams_show_budget_beside_spending() -> None:
    table = block(kpi_page(numbers_of(), "month"), "Teams")
    assert column(table, "team") == ["Ads", "Shop", "Care"]
    assert column(table, "budget") == ["120,000", "–", "–"]
    assert column(table, "spends")[1] == f"{12 * QUOTA * 2 // 100:,}"
    assert column(table, "share")[1] == "2.0 %"


# The periods


def test_periods_leave_out_what_is_the_same_in_each() -> None:
    table = block(kpi_page(numbers_of(), "month"), "Months")
    assert [one.title for one in table.columns] == [
        "Month",
        "visits",
        "orders",
        "spend",
        "fees",
        "cost share",
    ]
    assert column(table, "orders") == ["334"] * 12 + ["4,008"]
    assert column(table, "cost_share")[-1] == ""


@pytest.mark.parametrize(("by", "name"), [("week", "Weeks"), ("day", "Days")])
def test_months_head_their_weeks_and_days(by: KpiBy, name: str) -> None:
    table = block(kpi_page(numbers_of(), by), name)
    orders = [row.cells[2] for row in table.rows if row.role == "group"]
    assert [row.role for row in table.rows].count("group") == 12
    assert {people_cell(cell, "count") for cell in orders} == {"334"}


def test_retail_periods_are_called_so() -> None:
    page = kpi_page(numbers_of(year={"nrf": 2027}, base=None), "month")
    assert block(page, "Periods").columns[0].title == "Period"


# What is said


@pytest.mark.parametrize(
    ("team", "words"),
    [
        pytest.param(None, ["2027 takes ", " visits and 4,008 orders; Ads spends "], id="all"),
        pytest.param("Ads", ["Ads in 2027: ", " visits; it spends "], id="a team"),
        pytest.param(
            "Care",
            ["Care in 2027: good at least 98 %, talks 3 to 8 minutes, waiting at most 30"],
            id="bounds only",
        ),
    ],
)
def test_answer_tells_what_the_year_takes(team: str | None, words: Sequence[str]) -> None:
    said = sentence_text(kpi_page(numbers_of(), "month", team).answer)
    assert all(word in said for word in words), said


def test_team_with_drivers_alone_is_told_so() -> None:
    drivers = {**PLAN["drivers"], "click": {"default": 1, "team": "Buyers"}}
    page = kpi_page(numbers_of(drivers=drivers), "month", "Buyers")
    assert sentence_text(page.answer) == "Buyers owns drivers and no KPI"


def test_kpis_without_owner_are_named() -> None:
    notes = kpi_page(numbers_of(), "month").blocks[-1]
    assert isinstance(notes, Notes)
    said = "cost share has no owner; write `team:`, so that somebody does it"
    assert [sentence_text(note.head) for note in notes.notes] == [said]


def test_plan_without_kpis_is_told_what_to_write() -> None:
    plan = Plan.model_validate({"year": 2027, "target": 100})
    with pytest.raises(UsageError, match="no `kpis:`") as caught:
        check_has_kpis(plan)
    lines = [line.strip() for line in str(caught.value).splitlines()]
    assert len([line for line in lines if ": {" in line]) == 3


# Teams and names


def test_teams_are_those_of_teams_then_owners() -> None:
    assert team_names(numbers_of().cascade.plan) == ("Ads", "Shop", "Care")


@pytest.mark.parametrize(
    ("text", "team"), [("Ads", "Ads"), ("aDS", "Ads"), (" care ", "Care"), ("Cars", None)]
)
def test_team_is_found_in_letters_of_either_case(text: str, team: str | None) -> None:
    assert find_team(numbers_of().cascade.plan, text) == team


def test_teams_that_differ_in_case_only_are_told_apart() -> None:
    plan = numbers_of(teams={"ADS": {}}).cascade.plan
    assert (find_team(plan, "ADS"), find_team(plan, "Ads"), find_team(plan, "ads")) == ("ADS", "Ads", None)


@pytest.mark.parametrize(
    ("text", "hint"), [("Shops", "did you mean `Shop`"), ("People", "its teams are `Ads`, `Shop`, `Care`")]
)
def test_unknown_team_is_refused_with_names(text: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        known_team(numbers_of().cascade.plan, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(98, 100), "98 %"),
        (Fraction(1, 3), "33.33 %"),
        (Fraction(14363, 10**6), "1.44 %"),
        (Fraction(1234, 10**6), "0.1234 %"),
        (Fraction(0), "0.0 %"),
    ],
)
def test_shares_have_two_decimals_where_they_have_them(value: Fraction, text: str) -> None:
    assert people_cell(part_figure(value), "share") == text


def test_names_are_said_with_spaces() -> None:
    assert spoken("detail_page_views") == "detail page views"


# Slips


def test_slips_are_told_with_the_costliest_first() -> None:
    numbers = numbers_of()
    found = slips(numbers, Fraction(1, 10))
    page = slips_page(numbers, found)
    said = "the costliest driver is order value: if it is 10 % lower, the year falls short by 120,000"
    assert sentence_text(page.answer).startswith(said)
    assert column(block(page, "Slips"), "slip") == ["10 % lower", "10 % lower", "10 % higher"]


def test_slips_for_machines_have_their_columns() -> None:
    numbers = numbers_of()
    (table,) = slips_page(numbers, slips(numbers, Fraction(1, 10))).records
    first = records(table)[0]
    assert list(first) == ["driver", "better", "slip", "quota_lost", "more_spent", "kpi", "times"]
    assert (first["driver"], first["better"], first["slip"]) == ("order_value", "higher", "0.100000")
    assert first["quota_lost"] == "120000"
    assert first["times"] == "1.111111"  # 1 ÷ 0.9


@pytest.mark.parametrize(
    ("team", "answer"),
    [("Shop", "Shop's costliest driver is order value"), ("Care", "Care owns no driver")],
)
def test_slips_of_a_team_are_those_of_its_drivers(team: str, answer: str) -> None:
    numbers = numbers_of()
    page = slips_page(numbers, slips(numbers, Fraction(1, 10)), team)
    assert sentence_text(page.answer).startswith(answer)


def test_slip_that_costs_nothing_is_told_so() -> None:
    numbers = numbers_of(drivers={**PLAN["drivers"], "idle": {"default": 1, "team": "Care"}})
    page = slips_page(numbers, slips(numbers, Fraction(1, 10)), "Care")
    assert sentence_text(page.answer) == "none of Care's drivers costs anything if it slips by 10 %"


@pytest.mark.parametrize(
    ("value", "person", "machine"),
    [
        pytest.param(Fraction(1200), "1,200", "1200", id="whole"),
        pytest.param(Fraction("300.5"), "300.5", "300.500000", id="and a half"),
        pytest.param(Fraction("2.5"), "2.5", "2.500000", id="small"),
        pytest.param(Fraction("-0.5"), "-0.5", "-0.500000", id="below 0"),
    ],
)
def test_count_that_is_no_whole_keeps_its_fraction(value: Fraction, person: str, machine: str) -> None:
    plan = numbers_of().cascade.plan
    assert people_cell(figure(plan, "orders", value), "text") == person
    assert machine_cell(exact_figure(plan, "orders", value), "count") == machine
