"""What a workbook holds: its tables, its chart, and the plan's named entries."""

from fractions import Fraction
from typing import Any

import pytest

from target_cascade.engine.bridge import bridge
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.plan import Plan
from target_cascade.report.causes import causes_table
from target_cascade.report.sheet_names import sheet_name
from target_cascade.report.split import By, split_table
from target_cascade.report.table import Chart, Table
from target_cascade.report.workbook import workbook
from target_cascade.sentence import count, number
from target_cascade.write.cell_text import people_cell, sentence_text

SIMPLE = {"year": 2027, "target": 1200}
BASE = {"base": [100] * 12}
JD = {"name": "JD store", "expect": 300}


def settled(**keys: Any) -> Cascade:
    return cascade(Plan.model_validate({**SIMPLE, **keys}))


def causes(**keys: Any) -> list[dict[str, Any]]:
    """The rows of the causes' table as mappings, without what is not known."""
    table = causes_table(settled(**keys))
    return [_known(table, row.cells) for row in table.rows if row.role == "row"]


def _known(table: Table, cells: tuple[Any, ...]) -> dict[str, Any]:
    return {c.key: cell for c, cell in zip(table.columns, cells, strict=True) if cell is not None}


def test_months_weeks_and_days_are_tables_of_one_workbook() -> None:
    plan = settled()
    assert workbook(plan).tables == tuple(split_table(plan, by) for by in ("month", "week", "day"))


def test_causes_are_a_table_where_the_plan_has_any() -> None:
    assert [table.name for table in workbook(settled(new_business=[JD])).tables] == [
        "Months",
        "Weeks",
        "Days",
        "Causes",
    ]


@pytest.mark.parametrize("by", ["quarter", "month", "week", "day"])
def test_one_length_is_one_table(by: By) -> None:
    plan = settled(new_business=[JD])
    assert workbook(plan, by).tables == (split_table(plan, by),)


@pytest.mark.parametrize(
    ("keys", "by", "chart"),
    [
        pytest.param(
            BASE,
            None,
            Chart("Months", "Quota by month, beside last year", "month", ("base", "quota")),
            id="months beside last year",
        ),
        pytest.param({}, None, Chart("Months", "Quota by month", "month", ("quota",)), id="no base"),
        pytest.param(
            {"base": {"shape": [1] * 12}},
            "month",
            Chart("Months", "Quota by month", "month", ("quota",)),
            id="a shape is no base",
        ),
        pytest.param(
            BASE,
            "quarter",
            Chart("Quarters", "Quota by quarter, beside last year", "quarter", ("base", "quota")),
            id="quarters",
        ),
        pytest.param(BASE, "week", None, id="weeks are not drawn"),
        pytest.param(BASE, "day", None, id="days are not drawn"),
    ],
)
def test_the_chart_shows_what_is_known(keys: dict[str, Any], by: By | None, chart: Chart | None) -> None:
    assert workbook(settled(**keys), by).chart == chart


@pytest.mark.parametrize(
    ("entry", "row"),
    [
        pytest.param(
            {"name": "JD store", "expect": 300, "owner": "Li", "because": "signed"},
            {
                "section": "New business",
                "name": "JD store",
                "kind": "expected",
                "covers": "2027-01-01 to 2027-12-31",
                "amount": 300,
                "brings": 300,
                "owner": "Li",
                "because": "signed",
            },
            id="from the first day",
        ),
        pytest.param(
            {"name": "JD store", "expect": 300, "count_on": "80%", "start": "2027-03-15"},
            {
                "section": "New business",
                "name": "JD store",
                "kind": "expected × counted on",
                "covers": "2027-03-15 to 2027-12-31",
                "rate": Fraction(80, 100),
                "amount": 300,
                "brings": 300 * Fraction(80, 100),
            },
            id="counted on in part, from a date",
        ),
    ],
)
def test_new_business_is_stated_with_what_it_brings(entry: dict[str, Any], row: dict[str, Any]) -> None:
    assert causes(new_business=[entry]) == [row]


def test_an_add_brings_its_amount() -> None:
    add = {"name": "day", "months": 8, "add": -30, "factor": "channel", "fallback": "September"}
    assert causes(adjust=[add]) == [
        {
            "section": "Adjustment",
            "name": "day",
            "kind": "add",
            "covers": "2027-08",
            "amount": -30,
            "brings": -30,
            "factor": "channel",
            "fallback": "September",
        }
    ]


def test_a_lift_of_a_level_year_brings_its_part_of_the_factor() -> None:
    # A day is worth 1, and one of December 1.5: g·(365 + 31/2) = 1200.
    rule = {"name": "December", "months": 12, "lift": "50%"}
    (row,) = causes(base={"shape": [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]}, adjust=[rule])
    assert (row["kind"], row["rate"]) == ("lift", Fraction(1, 2))
    assert row["brings"] == round(1200 * Fraction(31, 2) / (365 + Fraction(31, 2)))


def test_an_entry_without_effect_brings_nothing() -> None:
    (row,) = causes(adjust=[{"name": "none", "lift": "0%"}])
    assert row["brings"] == 0


@pytest.mark.parametrize(
    ("keys", "covers"),
    [
        pytest.param({}, "the whole year", id="neither months nor days"),
        pytest.param({"months": "1-12"}, "the whole year", id="all months"),
        pytest.param({"months": "4"}, "2027-04", id="one month"),
        pytest.param({"months": "4-6"}, "2027-04 to 2027-06", id="months in a row"),
        pytest.param(
            {"months": ["1", "3-5", "11-12"]}, "2027-01, 2027-03 to 2027-05, 2027-11 to 2027-12", id="runs"
        ),
        pytest.param({"days": "2027-11-08..2027-11-13"}, "2027-11-08 to 2027-11-13", id="days in a row"),
        pytest.param({"days": ["2027-11-11", "2027-12-12"]}, "2027-11-11, 2027-12-12", id="single days"),
    ],
)
def test_what_a_cause_covers_is_said_in_words(keys: dict[str, Any], covers: str) -> None:
    (row,) = causes(adjust=[{"name": "cause", "lift": "1%", **keys}])
    assert row["covers"] == covers


@pytest.mark.parametrize(
    ("keys", "rows"),
    [
        pytest.param(
            {"limits": [{"name": "rent", "months": 1, "min": 50, "max": 150, "because": "costs"}]},
            [
                {
                    "section": "Limit",
                    "name": "rent",
                    "kind": kind,
                    "covers": "2027-01",
                    "amount": amount,
                    "because": "costs",
                }
                for kind, amount in (("at least", 50), ("at most", 150))
            ],
            id="a row a bound",
        ),
        pytest.param(
            {"limits": [{"months": "Q1", "together": True, "min": 90}]},
            [
                {
                    "section": "Limit",
                    "kind": "at least",
                    "covers": "2027-01 to 2027-03, together",
                    "amount": 90,
                }
            ],
            id="months together",
        ),
        pytest.param(
            {"limits": [{"months": "Q1", "hold": 90}]},
            [{"section": "Limit", "kind": "exactly", "covers": "2027-01 to 2027-03, each", "amount": 90}],
            id="each of some months",
        ),
        pytest.param(
            {"year_end": {"max_share": "32%"}},
            [
                {
                    "section": "Year end",
                    "kind": "at most, of the planned total",
                    "covers": "2027-11 to 2027-12, together",
                    "rate": Fraction(32, 100),
                }
            ],
            id="the year's end",
        ),
    ],
)
def test_limits_are_stated_and_bring_nothing_by_themselves(
    keys: dict[str, Any], rows: list[dict[str, Any]]
) -> None:
    assert causes(**keys) == rows


def test_limits_alone_have_no_total() -> None:
    table = causes_table(settled(limits=[{"months": 1, "min": 50}]))
    assert [row.role for row in table.rows] == ["row"]


def test_entries_stand_by_section_in_the_order_of_the_file() -> None:
    rows = causes(
        new_business=[JD],
        adjust=[{"name": "b", "lift": "1%"}, {"name": "a", "add": 1}],
        limits=[{"name": "cap", "months": 1, "max": 500}],
        year_end={"max": 900},
    )
    assert [row.get("name") for row in rows] == ["JD store", "b", "a", "cap", None]


def test_what_entries_bring_adds_up_and_closes_with_the_rest_of_the_bridge() -> None:
    plan = settled(
        **BASE,
        buffer="7%",
        new_business=[JD],
        adjust=[{"name": "a", "lift": "3%"}, {"name": "b", "months": 12, "lift": "41%"}],
        year_end={"max_share": "17%"},
    )
    table = causes_table(plan)
    at = [column.key for column in table.columns].index("brings")
    *rows, total = (row.cells[at] for row in table.rows)
    brings = [cell for cell in rows if isinstance(cell, Fraction)]
    named = [
        row.amount for row in bridge(plan, plan.plan.year.start, plan.plan.year.end) if len(row.path) == 2
    ]
    assert len(brings) == len(named) == 3
    assert total == sum(brings)
    assert all(abs(printed - exact) < 1 for printed, exact in zip(sorted(brings), sorted(named), strict=True))


# Sheets of KPIs and teams


TEAMS: dict[str, Any] = {
    "kpis": {
        "orders": {"formula": "quota / 10", "unit": "count", "team": "Shop"},
        "good": {"at_least": "98%", "team": "Care"},
        "talks": {"between": "3..8", "unit": "minutes"},
    },
    "drivers": {"price": {"from": 10, "to": 12, "team": "Shop"}},
    "teams": {"Press": {"lead": "Ann", "budget": "10% of quota"}},
    "actions": [{"kpi": "orders", "do": "write", "who": "Press"}],
}


def test_kpis_and_each_team_have_a_sheet() -> None:
    names = [table.name for table in workbook(settled(**TEAMS)).tables]
    assert names == ["Months", "Weeks", "Days", "KPIs", "Press", "Shop", "Care"]


def test_teams_without_any_kpi_have_sheets_and_no_list_of_kpis() -> None:
    book = workbook(settled(teams={"Press": {"lead": "Ann"}}))
    assert [table.name for table in book.tables] == ["Months", "Weeks", "Days", "Press"]


def test_one_length_has_no_sheets_of_teams() -> None:
    assert [table.name for table in workbook(settled(**TEAMS), "month").tables] == ["Months"]


def test_sheet_of_kpis_has_their_months_their_bounds_and_the_drivers() -> None:
    table = workbook(settled(**TEAMS)).tables[3]
    rows = [_known(table, row.cells) for row in table.rows]
    assert [row["kpi"] for row in rows] == ["orders", "good", "talks", "price"]
    assert (rows[0]["2027-01"], rows[0]["year"], rows[0]["formula"]) == (count(11), count(127), "quota / 10")
    assert sentence_text(rows[1]["formula"]) == "at least 98 %"
    assert "2027-01" not in rows[1]
    assert (rows[3]["2027-12"], rows[3]["formula"]) == (number(Fraction(12)), "assumed")


def test_sheet_of_a_team_has_weeks_below_their_months() -> None:
    table = workbook(settled(**TEAMS)).tables[5]
    assert [column.key for column in table.columns] == ["week", "start", "end", "quota", "orders"]
    assert table.subtotals
    months = [row for row in table.rows if row.role == "group"]
    weeks = [row for row in table.rows if row.role == "row"]
    (total,) = (row for row in table.rows if row.role == "total")
    assert len(months) == 12
    for rows in (months, weeks):
        assert sum(_int(row.cells[4]) for row in rows) == total.cells[4] == 127


def _int(cell: object) -> int:
    assert isinstance(cell, int)
    return cell


def test_team_without_numbers_of_its_own_has_its_facts() -> None:
    table = workbook(settled(**TEAMS)).tables[4]
    facts = {fact.label: people_cell(fact.value, fact.kind) for fact in table.facts}
    assert facts == {"Lead": "Ann", "Budget": "120", "To do": "write (for orders)"}
    assert [column.key for column in table.columns] == ["week", "start", "end", "quota"]


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        pytest.param("Shop", [], "Shop", id="as it is"),
        pytest.param("A/B [x]: *?\\", [], "A-B -x-- ---", id="signs that are not allowed"),
        pytest.param("shop", ["SHOP"], "shop (2)", id="like another but for its case"),
        pytest.param("shop", ["shop", "Shop (2)"], "shop (3)", id="like two others"),
        pytest.param("x" * 40, [], "x" * 31, id="too long"),
        pytest.param("x" * 40, ["X" * 31], f"{'x' * 27} (2)", id="too long and taken"),
        pytest.param("𝒳" * 20, [], "𝒳" * 15, id="in units of UTF-16"),
        pytest.param("'Tom's'", [], "Tom's", id="quotes at its ends"),
        pytest.param("History", [], "History (2)", id="reserved"),
        pytest.param("'", [], "(2)", id="nothing left"),
        pytest.param("旗舰店", [], "旗舰店", id="Chinese"),
    ],
)
def test_sheets_have_names_that_spreadsheets_take(wanted: str, taken: list[str], name: str) -> None:
    assert sheet_name(wanted, taken) == name
