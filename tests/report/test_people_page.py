"""What `plan cascade` shows: the largest and smallest, and sums that hold all nodes, shown or not."""

import csv
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from findings import plan_of

from target_cascade.engine.cascade import cascade
from target_cascade.engine.people.quotas import people_quotas
from target_cascade.report.people.chosen import Chosen, chosen
from target_cascade.report.people.page import cascade_page
from target_cascade.report.people.records import cascade_table, cascade_workbook
from target_cascade.report.spans import PeopleBy
from target_cascade.report.table import Notes, Row, Table
from target_cascade.sentence import Sentence
from target_cascade.write.cell_text import sentence_text
from target_cascade.write.csv import csv_text

TARGET = 120_000
STORES = [{"name": f"{number:05d}", "weight": number} for number in range(1, 31)]
TREE = {"levels": ["region", "store"], "members": [{"name": "South", "members": STORES}, {"name": "North"}]}


def choice(tree: Any, level: str | None = None, node: str | None = None, **fields: Any) -> Chosen:
    plan = plan_of({"target": TARGET, "cascade": tree, **fields})
    return chosen(people_quotas(cascade(plan)), level, node)


def tables(choice: Chosen, by: PeopleBy = "month", top: int = 3) -> list[Table]:
    return [block for block in cascade_page(choice, by, top).blocks if isinstance(block, Table)]


def amounts(rows: list[Row], column: int) -> Fraction:
    return sum((cell for row in rows if isinstance(cell := row.cells[column], Fraction)), Fraction(0))


@pytest.mark.parametrize("by", ["year", "month"])
def test_rows_that_are_shown_and_those_between_add_up_to_the_total(by: PeopleBy) -> None:
    for table in tables(choice(TREE), by):
        *rows, total = table.rows
        assert [row.role for row in rows] == ["row"] * 3 + ["fold"] + ["row"] * 3
        assert total.role == "total"
        for column in range(1, 2 if table.name == "Quotas" else 13):
            assert amounts(rows, column) == total.cells[column]


def test_screen_shows_the_largest_and_the_smallest() -> None:
    cells = [row.cells[0] for row in tables(choice(TREE))[0].rows]
    names = [sentence_text(cell) if isinstance(cell, Sentence) else cell for cell in cells]
    assert names == [
        *("South/00030", "South/00029", "South/00028"),
        "… 25 between",
        *("South/00002", "North", "South/00001"),
        "Total",
    ]


def test_all_are_shown_where_top_leaves_none_out() -> None:
    rows = tables(choice(TREE), top=16)[0].rows
    assert len(rows) == len(STORES) + 1 + 1
    assert "fold" not in {row.role for row in rows}


@pytest.mark.parametrize(
    ("level", "node", "names"),
    [
        pytest.param("region", None, [("South", ""), ("North", "")], id="a level"),
        pytest.param(None, "North", [("North", "")], id="a leaf above the others"),
        pytest.param(None, "South/00007", [("South", "00007")], id="a leaf"),
        pytest.param("store", "South", [("South", store["name"]) for store in STORES], id="below a node"),
        pytest.param("region", "South", [("South", "")], id="the node itself"),
    ],
)
def test_records_are_of_the_nodes_that_are_chosen(
    level: str | None, node: str | None, names: list[tuple[str, str]]
) -> None:
    text = csv_text(cascade_table(choice(TREE, level, node), "year"))
    records = list(csv.DictReader(StringIO(text)))
    assert [(record["region"], record["store"]) for record in records] == names


@pytest.mark.parametrize(("by", "columns"), [("month", ["month"]), ("week", ["month", "week"])])
def test_records_by_period_add_up_to_the_planned_total(by: PeopleBy, columns: list[str]) -> None:
    text = csv_text(cascade_table(choice(TREE), by))
    records = list(csv.DictReader(StringIO(text)))
    assert list(records[0]) == ["region", "store", *columns, "quota"]
    assert sum(int(record["quota"]) for record in records) == TARGET


@pytest.mark.parametrize(
    ("member", "last_year", "times"),
    [
        pytest.param({"last_year": 60_000}, Fraction(100_000), Fraction(TARGET, 100_000), id="known of all"),
        pytest.param({}, None, None, id="unknown of one, so that nothing can be compared"),
        pytest.param(
            {"start": "2027-02"}, Fraction(40_000), Fraction(TARGET, 40_000), id="one is new, and had nothing"
        ),
    ],
)
def test_last_year_is_compared_where_all_of_it_is_known(
    member: dict[str, Any], last_year: Fraction | None, times: Fraction | None
) -> None:
    tree = [{"name": "Li", "last_year": 40_000}, {"name": "Wu", **member}]
    table = tables(choice(tree), "year")[0]
    at = [column.key for column in table.columns].index("last_year")
    total = table.rows[-1].cells
    assert (total[at], total[at + 1]) == (last_year, times)


def test_share_of_resources_stands_beside_the_share_of_the_quota() -> None:
    tree = [{"name": "Li", "weight": 3, "resource": 20}, {"name": "Wu", "resource": 60}]
    table = tables(choice(tree), "year")[0]
    at = [column.key for column in table.columns].index("resource")
    li, wu, total = table.rows
    assert (li.cells[2], li.cells[at]) == (Fraction(3, 4), Fraction(1, 4))
    assert (wu.cells[2], wu.cells[at]) == (Fraction(1, 4), Fraction(3, 4))
    assert total.cells[at] == 1


def test_what_is_assigned_stands_apart_and_moves_no_quota() -> None:
    tree = TREE | {"over_assign": {"region": "5%"}}
    plain, over = (choice(one, node="South") for one in (TREE, tree))
    assert over.total == plain.total
    text = csv_text(cascade_table(over, "month"))
    records = list(csv.DictReader(StringIO(text)))
    assert sum(int(record["assigned"]) for record in records) == -(-over.total * 105 // 100)
    assert "assigned" not in csv_text(cascade_table(plain, "month"))


@pytest.mark.parametrize(("by", "periods"), [("year", 0), ("month", 12), ("week", 61)])
def test_workbook_has_a_row_a_node_and_the_sum_of_its_periods(by: PeopleBy, periods: int) -> None:
    (table,) = cascade_workbook(choice(TREE), by).tables
    year = [column.key for column in table.columns].index("year")
    assert len(table.columns[year].sum_of) == periods
    *rows, total = table.rows
    assert len(rows) == len(STORES) + 1
    for row in rows if periods else ():
        assert amounts([Row((cell,)) for cell in row.cells[2:year]], 0) == row.cells[year]
    assert total.cells[year] == TARGET


@pytest.mark.parametrize(
    ("reps", "buffer", "said"),
    [
        pytest.param(
            2, "0%", f"{TARGET // 2:,} below the target, which is more than the buffer of 0", id="half"
        ),
        pytest.param(
            20, "3%", f"{2_580:,} below the target; the buffer is {TARGET * 3 // 100:,}", id="a little"
        ),
        pytest.param(50, "3%", "and the target is still reached", id="nothing"),
    ],
)
def test_page_says_what_the_year_misses_without_the_best(reps: int, buffer: str, said: str) -> None:
    page = cascade_page(choice([{"name": f"rep {at}"} for at in range(reps)], buffer=buffer), "year", 5)
    notes = [note for block in page.blocks if isinstance(block, Notes) for note in block.notes]
    assert any(sentence_text(note.head).endswith(said) for note in notes)


def test_answer_names_who_has_most() -> None:
    page = cascade_page(choice(TREE, node="South"), "year", 5)
    assert sentence_text(page.answer).startswith("30 stores of South share ")
    assert "`00030` has the most" in sentence_text(page.answer)
