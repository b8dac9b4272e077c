"""The page of `plan compare`: the answer, and what stands side by side."""

import re
from typing import Any

import pytest

from target_cascade.engine.cascade import cascade
from target_cascade.engine.check import Checked, Finding, Severity
from target_cascade.engine.compare import Comparison, Length, compare
from target_cascade.plan import Plan
from target_cascade.report.compare import compare_page
from target_cascade.report.table import Notes, Table
from target_cascade.sentence import sentence
from target_cascade.write.cell_text import sentence_text
from target_cascade.write.csv import csv_text
from target_cascade.write.json import json_text
from target_cascade.write.plain import plain_text

BASE = ["50"] * 12
NEW = [{"name": "shop", "expect": "120"}]
HELD = [{"months": month, "hold": "100"} for month in range(1, 13)]


def comparison(by: Length = "month", **plans: dict[str, Any]) -> Comparison:
    """Scenarios without findings, so that what is said here is not moved by new rules."""
    made = [
        (name, cascade(Plan.model_validate({"year": "2027", "target": "1200", **fields})), Checked((), ()))
        for name, fields in plans.items()
    ]
    return compare(made, by)


def answer(compared: Comparison) -> str:
    return sentence_text(compare_page(compared).answer)


@pytest.mark.parametrize(
    ("plans", "text"),
    [
        pytest.param(
            {"careful": {"base": BASE}, "bold": {"base": BASE, "target": "1800"}},
            f"growth factor from ×{1200 / 600:.2f} (careful) to ×{1800 / 600:.2f} (bold)",
            id="growth",
        ),
        pytest.param(
            {"b": {"base": BASE, "target": "1800"}, "a": {"base": BASE}, "c": {"base": BASE}},
            "growth factor from ×2.00 (a and c) to ×3.00 (b)",
            id="two with the least",
        ),
        pytest.param(
            {name: {"base": BASE} for name in "abc"} | {"d": {"base": BASE, "target": "1800"}},
            "growth factor from ×2.00 (3 scenarios) to ×3.00 (d)",
            id="three with the least",
        ),
        pytest.param(
            {"a" * 20: {"base": BASE}, "b" * 20: {"base": BASE}, "c": {"base": BASE, "target": "1800"}},
            "growth factor from ×2.00 (2 scenarios) to ×3.00 (c)",
            id="two with long names",
        ),
        pytest.param(
            {"a": {"base": BASE}, "b": {"base": BASE, "target": "1201"}},
            "growth factor ×2.00 in all, target from 1,200 (a) to 1,201 (b)",
            id="growth that prints the same",
        ),
        pytest.param(
            {"a": {}, "b": {"target": "2400"}}, "target from 1,200 (a) to 2,400 (b)", id="targets, no base"
        ),
        pytest.param(
            {"a": {"base": BASE}, "b": {"target": "2400"}},
            "target from 1,200 (a) to 2,400 (b)",
            id="targets where one has no base",
        ),
        pytest.param(
            {"a": {}, "b": {"buffer": "5%"}}, "planned total from 1,200 (a) to 1,260 (b)", id="buffers"
        ),
        pytest.param(
            {
                "a": {"limits": HELD},
                "b": {"limits": [*HELD[:9], {"months": 10, "hold": 76}, {"months": "11-12", "hold": 112}]},
            },
            "year-end share from 16.7 % (a) to 18.7 % (b)",
            id="months",
        ),
        pytest.param({"a": {}, "b": {}}, "all are the same", id="nothing differs"),
        pytest.param(
            {"a": {"base": BASE}, "b": {"base": BASE}},
            "all are the same, with a growth factor of ×2.00",
            id="nothing differs with growth",
        ),
        pytest.param(
            {"a": {"base": BASE}, "b": {"base": ["40", "60", *BASE[2:]]}},
            "growth factor ×2.00 in all, only the quotas differ",
            id="quotas",
        ),
        pytest.param({"a": {}, "b": {"year": "2026"}}, "only the plan years differ", id="years"),
        pytest.param(
            {"a": {"currency": "EUR"}, "b": {"currency": "CNY", "target": "2400", "limits": []}},
            "the currencies differ",
            id="amounts of different currencies",
        ),
    ],
)
def test_answer_begins_with_what_the_scenarios_differ_in(plans: dict[str, Any], text: str) -> None:
    assert answer(comparison(**plans)) == f"{len(plans)} scenarios: {text}"


@pytest.mark.parametrize(
    ("buffers", "text"),
    [
        pytest.param(["10%", "12%"], "all still reach the target", id="all"),
        pytest.param(["0", "10%"], "only b still reaches the target", id="one"),
        pytest.param(["0", "10%", "12%"], "only b and c still reach the target", id="two"),
        pytest.param(["0", "10%", "11%", "12%"], "only b, c and d still reach the target", id="three"),
        pytest.param(["0", "5%"], "none reaches the target, b comes nearest with 95.0 %", id="none"),
        pytest.param(
            ["0", "5%", "5%"], "none reaches the target, b and c come nearest with 95.0 %", id="tie"
        ),
        pytest.param(
            ["0", *["10%"] * 5], "all but a still reach the target", id="more than are named, but for one"
        ),
        pytest.param(
            [*["0"] * 5, *["10%"] * 5], "only 5 of 10 still reach the target", id="more than are named"
        ),
        pytest.param(["5%", "5%"], "none reaches the target, all land at 95.0 % of it", id="all miss alike"),
    ],
)
def test_answer_tells_who_reaches_the_target_without_new_business(buffers: list[str], text: str) -> None:
    """New business is 10 % of the target, so that a buffer of 10 % just carries it."""
    plans: dict[str, Any] = {
        name: {"buffer": buffer, "new_business": NEW}
        for name, buffer in zip("abcdefghij", buffers, strict=False)
    }
    assert answer(comparison(**plans)).split("; ")[1:] == [f"without new business {text}"]


def test_answer_names_the_least_growth_that_reaches_the_target_where_it_cannot_name_all() -> None:
    """Of those that reach it, the smallest buffer: what new business of 10 % needs."""
    buffers = {**dict.fromkeys("abcde", "0"), **{f"{i}%": f"{i}%" for i in (13, 14, 10, 11, 12)}}
    plans: dict[str, Any] = {
        name: {"base": BASE, "buffer": buffer, "new_business": NEW} for name, buffer in buffers.items()
    }
    growth = (1200 * 1.10 - 120) / 600
    assert answer(comparison(**plans)).endswith(
        f"only 5 of 10 still reach the target, of which 10% asks for the least growth (×{growth:.2f})"
    )


@pytest.mark.parametrize("by", ["week", "month"])
def test_weeks_are_said_to_be_whole(by: Length) -> None:
    page = compare_page(comparison(by, a={"base": BASE}, b={"base": BASE}))
    notes = [
        sentence_text(one.head) for block in page.blocks if isinstance(block, Notes) for one in block.notes
    ]
    expected = "Weeks are whole: one that crosses the end of a month is one row."
    assert notes == ([expected] if by == "week" else [])


@pytest.mark.parametrize(
    ("having", "text"),
    [
        ("", []),
        ("b", ["check finds errors in b"]),
        ("ac", ["check finds errors in a and c"]),
        ("abc", ["check finds errors in 3 of 4"]),
        ("abcd", ["check finds errors in all"]),
    ],
)
def test_answer_tells_where_check_finds_errors(having: str, text: list[str]) -> None:
    assert answer(found(having, "error")).split("; ")[1:] == text


def test_answer_leaves_warnings_to_the_table() -> None:
    assert "check" not in answer(found("abcd", "warning"))


def found(having: str, severity: Severity) -> Comparison:
    """Four scenarios, some of them with two findings."""
    finding = Finding("growth", severity, sentence(""), sentence(""), (), None, None)
    compared = comparison(a={}, b={}, c={}, d={})
    return compared._replace(
        scenarios=tuple(
            one._replace(checked=Checked((finding, finding), ())) if one.name in having else one
            for one in compared.scenarios
        )
    )


def rows(compared: Comparison) -> dict[str, list[str]]:
    """The cells of the people's table by what stands before them."""
    table = compare_page(compared).blocks[0]
    assert isinstance(table, Table)
    lines = [re.split("  +", line.strip()) for line in plain_text(table, 200).splitlines()]
    return {words: cells for words, *cells in lines}


def test_table_begins_with_what_a_scenario_is_chosen_by() -> None:
    table = compare_page(comparison(a={"base": BASE}, b={"base": BASE})).blocks[0]
    assert isinstance(table, Table)
    assert [(row.cells[0], row.role) for row in table.rows[:16]] == [
        ("Promised", "group"),
        ("Target", "row"),
        ("Planned total", "row"),
        ("Asked for", "group"),
        ("Growth factor", "row"),
        ("Year-end share", "row"),
        ("New business", "row"),
        ("Without new business", "group"),
        ("Year lands at", "row"),
        ("of the target", "row"),
        ("Findings", "group"),
        ("Errors", "row"),
        ("Warnings", "row"),
        ("Notes", "row"),
        ("Quotas", "group"),
        ("2027-01", "row"),
    ]
    assert (table.rows[-1].cells[0], table.rows[-1].role) == ("Total", "total")


def test_cells_are_printed_by_what_they_are() -> None:
    cells = rows(comparison(a={"base": BASE, "new_business": NEW}, b={"target": "900.5"}))
    assert cells["Target"] == ["1,200", "900.5"]
    assert cells["Planned total"] == ["1,200", "901.0"]
    assert cells["Growth factor"] == [f"×{(1200 - 120) / 600:.2f}", "–"]
    assert cells["New business"] == ["10.0 %", "0.0 %"]
    assert cells["of the target"] == ["90.0 %", "100.1 %"]
    assert cells["Errors"] == ["0", "0"]
    assert cells["Findings"] == []


@pytest.mark.parametrize(
    ("other", "row", "note"),
    [
        pytest.param(
            {"year": "2028"},
            ("Plan year", "2027", "2028"),
            "The plans do not have the same months, so these are matched by their place: M01 is the first"
            " month of each plan's year.",
            id="years",
        ),
        pytest.param(
            {"currency": "EUR"},
            ("Currency", None, "EUR"),
            "The plans do not name the same currency: compare growth and shares, not amounts.",
            id="currencies",
        ),
        pytest.param({}, None, "Without base amounts there is no growth factor: all.", id="no growth"),
    ],
)
def test_differences_of_plans_are_shown_and_explained(
    other: dict[str, Any], row: tuple[Any, ...] | None, note: str
) -> None:
    page = compare_page(comparison(a={}, b=other))
    table, notes = page.blocks
    assert isinstance(table, Table)
    assert isinstance(notes, Notes)
    cells = {line.cells[0]: line.cells for line in table.rows}
    assert [cells[words] for words in ("Plan year", "Currency") if words in cells] == ([row] if row else [])
    assert note in [sentence_text(one.head) for one in notes.notes]


def test_plans_that_are_alike_need_no_notes() -> None:
    assert len(compare_page(comparison(a={"base": BASE}, b={"base": BASE})).blocks) == 1


@pytest.mark.parametrize(
    ("plans", "title"),
    [
        pytest.param({"a": {"plan": "Shop"}, "b": {"plan": "Shop"}}, "Shop", id="one plan"),
        pytest.param(
            {"a": {"plan": "Shop", "revision": "1"}, "b": {"plan": "Shop", "revision": "2"}},
            "Shop",
            id="two revisions",
        ),
        pytest.param({"a": {"plan": "Shop"}, "b": {}}, "Shop | Plan 2027", id="two plans"),
        pytest.param(
            {name: {"plan": name} for name in "ABCDEF"}, "A | B | C | D | 2 more", id="more than a line holds"
        ),
    ],
)
def test_title_names_the_plans_once(plans: dict[str, Any], title: str) -> None:
    assert compare_page(comparison(**plans)).title == title


def test_machines_get_a_row_for_each_scenario() -> None:
    held = {"buffer": "5%", "limits": [{"months": "1-12", "hold": "105"}]}
    page = compare_page(comparison("quarter", a={"base": BASE, "new_business": NEW}, b=held))
    (records,) = page.records
    assert csv_text(records) == (
        "scenario,target,planned_total,growth,year_end_share,new_business_share,without_new_business,"
        "without_new_business_share,errors,warnings,notes,2027-Q1,2027-Q2,2027-Q3,2027-Q4\n"
        "a,1200,1200,1.800000,0.166667,0.100000,1080,0.900000,0,0,0,300,300,300,300\n"
        "b,1200,1260,,0.166667,0.000000,1260,1.050000,0,0,0,315,315,315,315\n"
    )


def test_machines_get_places_where_months_differ() -> None:
    page = compare_page(comparison(a={}, b={"year": "2028"}))
    assert csv_text(page.records[0]).splitlines()[0].endswith(",notes," + ",".join(PLACES))
    assert json_text(*page.records).count('"M12": ') == 2


PLACES = [f"M{place:02d}" for place in range(1, 13)]
