"""Table → CSV for machines and spreadsheets."""

import csv
from datetime import date
from fractions import Fraction
from io import StringIO

import pytest

from target_cascade.report.table import Cell, Column, Row, Table
from target_cascade.write.csv import csv_text, harmless

COLUMNS = (
    Column("name", "Name", "text"),
    Column("start", "Start", "date", "machines"),
    Column("quota", "Quota", "amount", vital=True),
    Column("share", "Share", "share"),
    Column("weekday", "", "text", "people"),
    Column("bar", "", "bar", "people"),
)


def table(*rows: Row) -> Table:
    return Table("Names", "Title", (), COLUMNS, rows)


def row(name: str, quota: Cell = Fraction(5), role: str = "row") -> Row:
    cells: tuple[Cell, ...] = (name, date(2012, 1, 1), quota, Fraction(1, 3), "Sun", Fraction(1))
    return Row(cells, "row" if role == "row" else "total" if role == "total" else "group")


def test_rows_and_nothing_but_rows_are_records() -> None:
    text = csv_text(table(row("January", role="group"), row("a"), row("b", None), row("Total", role="total")))
    assert text == "name,start,quota,share\na,2012-01-01,5,0.333333\nb,2012-01-01,,0.333333\n"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        " =1",
        "\u3000=1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "\r=1",
        "\n=1",
        "-",
    ],
)
def test_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_text_cells_are_made_harmless() -> None:
    (_, record) = csv.reader(StringIO(csv_text(table(row("=1+1"))), newline=""))
    assert record[0] == "'=1+1"


@pytest.mark.parametrize("text", ["", "JD store", "1=1", "a-b", "'=1", "2012-11", "京东，天猫", 'say "=1"'])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_numbers_are_never_guarded() -> None:
    assert csv_text(table(row("a", Fraction(-5)))).splitlines()[1] == "a,2012-01-01,-5,0.333333"


@pytest.mark.parametrize("text", ["a,b", 'a"b', "a\nb"])
def test_text_with_separators_is_quoted(text: str) -> None:
    (_, record) = csv.reader(StringIO(csv_text(table(row(text))), newline=""))
    assert record[0] == text
