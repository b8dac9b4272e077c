"""Bars that do not begin at the edge, and rows that a narrow screen wraps."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from target_cascade.report.table import Column, Row, Stretch, Table
from target_cascade.write.grid import BLOCKS, FALL, aligned, grid
from target_cascade.write.plain import plain_text
from target_cascade.write.prose import text_width

COLUMNS = (
    Column("row", "Row", "text"),
    Column("amount", "Amount", "amount", vital=True),
    Column("line", "Line", "text"),
    Column("bar", "", "bar", "people"),
)
WITHOUT_BAR = 4 + 2 + 6 + 2 + 4 + 2
"""Cells of the other columns below, with the gaps between them."""
LEAST = 15
"""Cells that the first column keeps."""


def bar(start: object, end: object, falls: bool = False, width: int = 10, ascii_only: bool = False) -> str:
    """The bar in a column of so many cells; its ends are told in cells."""
    stretch = Stretch(Fraction(str(start)) / width, Fraction(str(end)) / width, falls)
    table = Table("Bars", "", (), COLUMNS, (Row(("name", Fraction(1), "1", stretch)),))
    laid = grid(table, WITHOUT_BAR + width, ascii_only)
    assert laid.widths[-1] == width
    return laid.rows[-1].texts[-1]


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        pytest.param(0, 10, "█" * 10, id="from edge to edge"),
        pytest.param(0, 4, "████", id="from the edge"),
        pytest.param(3, 7, "   ████", id="in the middle"),
        pytest.param(3, "5.5", "   ██▌", id="half a cell"),
        pytest.param("3.4", "5.9", "   ██▌", id="its place is the nearest cell, its length its own"),
        pytest.param("3.5", 6, "    ██▌", id="halves up"),
        pytest.param(3, "3.01", "   ▏", id="tiny"),
        pytest.param("9.99", 10, " " * 9 + "▏", id="tiny at the edge"),
        pytest.param("7.6", 10, " " * 7 + "██▍", id="never beyond the edge"),
        pytest.param(0, "9.99", "█" * 10, id="to the nearest eighth"),
    ],
)
def test_bar_that_rises(start: object, end: object, text: str) -> None:
    assert bar(start, end) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        pytest.param(3, 7, "   ░░░░", id="in the middle"),
        pytest.param("6.9", 7, " " * 6 + "░", id="tiny, below what it takes away from"),
        pytest.param(0, "0.1", "░", id="tiny at the edge"),
        pytest.param("4.6", "7.2", "    ░░░", id="whole cells, up to where the sum was"),
        pytest.param(0, 10, "░" * 10, id="everything"),
    ],
)
def test_bar_that_falls(start: object, end: object, text: str) -> None:
    assert bar(start, end, falls=True) == text


@pytest.mark.parametrize(
    ("start", "end", "falls", "text"),
    [
        pytest.param(3, 7, False, "   ####", id="rises"),
        pytest.param(3, 7, True, "   ----", id="falls"),
        pytest.param(3, "3.1", False, "   #", id="tiny"),
        pytest.param(3, "5.6", False, "   ###", id="to the nearest cell"),
        pytest.param("9.8", 10, False, " " * 9 + "#", id="tiny at the edge"),
    ],
)
def test_bars_of_ascii(start: object, end: object, falls: bool, text: str) -> None:
    assert bar(start, end, falls, ascii_only=True) == text
    stretch = Stretch(Fraction(str(start)) / 10, Fraction(str(end)) / 10, falls)
    table = Table("Bars", "", (), COLUMNS, (Row(("name", Fraction(1), "1", stretch)),))
    assert plain_text(table, WITHOUT_BAR + 10, ascii_only=True).splitlines()[-1].endswith(text)


@given(st.fractions(0, 1), st.fractions(0, 1), st.booleans(), st.integers(8, 30), st.booleans())
def test_every_bar_is_seen_and_stays_in_its_column(
    one: Fraction, other: Fraction, falls: bool, width: int, ascii_only: bool
) -> None:
    start, end = sorted((one * width, other * width))
    text = bar(start, end, falls, width, ascii_only)
    drawn = text.strip(" ")
    assert 1 <= len(text) <= width
    assert set(drawn) <= (set("#-") if ascii_only else {FALL} if falls else set(BLOCKS) - {" "})
    assert abs(len(text) - end if falls else len(text) - len(drawn) - start) <= 1
    assert abs(len(drawn) - (end - start)) <= 1


def test_no_stretch_is_no_bar() -> None:
    table = Table("Bars", "", (), COLUMNS, (Row(("name", Fraction(1), "1", None)),))
    assert grid(table, 80).rows[-1].texts[-1] == ""


ROWS = (
    Row(("last year", Fraction(1000), "4", Stretch(Fraction(0), Fraction(1)))),
    Row(("a campaign that has a rather long name", Fraction(-250), "21", None)),
    Row(("旗舰店的双十一大促活动", Fraction(50), "22", None)),
    Row(("3 rows of nothing", None, None, None), "fold"),
    Row(("quota", Fraction(800), None, None), "total"),
)
TABLE = Table("Bridge", "", (), COLUMNS, ROWS)


def test_first_column_is_wrapped_where_the_others_want_room() -> None:
    assert plain_text(TABLE, 34) == (
        "Row                   Amount  Line\n"
        "────────────────────  ──────  ────\n"
        "last year              1,000  4\n"
        "a campaign that has     -250  21\n"
        "  a rather long name\n"
        "旗舰店的双十一大促活      50  22\n"
        "  动\n"
        "3 rows of nothing\n"
        "────────────────────  ──────  ────\n"
        "quota                    800\n"
    )


@pytest.mark.parametrize(
    ("width", "titles"),
    [
        pytest.param(LEAST + 8 + 6 + 10, ["Row", "Amount", "Line", ""], id="just room for a bar"),
        pytest.param(LEAST + 8 + 6 + 9, ["Row", "Amount", "Line"], id="one cell less"),
        pytest.param(LEAST + 8 + 6, ["Row", "Amount", "Line"], id="just room for lines"),
        pytest.param(LEAST + 8 + 5, ["Row", "Amount"], id="lines go"),
        pytest.param(10, ["Row", "Amount"], id="vital columns never go"),
    ],
)
def test_columns_go_from_the_right_but_vital_ones_stay(width: int, titles: list[str]) -> None:
    laid = grid(TABLE, width)
    assert list(laid.rows[0].texts) == titles
    assert sum(laid.widths) + 2 * (len(titles) - 1) <= max(width, LEAST + 8)


def test_a_vital_column_stays_where_one_before_it_goes() -> None:
    columns = (COLUMNS[0], COLUMNS[1]._replace(vital=False), COLUMNS[2]._replace(vital=True), COLUMNS[3])
    laid = grid(TABLE._replace(columns=columns), LEAST + 6)
    assert list(laid.rows[0].texts) == ["Row", "Line"]


@pytest.mark.parametrize("width", range(24, 100, 7))
def test_wrapped_rows_keep_their_amounts_and_fit(width: int) -> None:
    lines = plain_text(TABLE, width).splitlines()
    assert max(map(text_width, lines)) <= width
    assert sum("-250" in line for line in lines) == sum("1,000" in line for line in lines) == 1


def test_a_fold_is_a_row_without_dashes() -> None:
    laid = grid(TABLE, 80)
    fold = next(row for row in laid.rows if row.role == "fold")
    assert aligned(laid, fold) == "3 rows of nothing"


def test_rows_below_a_group_are_indented_and_folds_stand_beside_groups() -> None:
    rows = (Row(("2012-01", None, None, None), "group"), *ROWS)
    laid = grid(TABLE._replace(rows=rows), 80)
    firsts = [row.texts[0] for row in laid.rows]
    assert firsts[1:3] == ["2012-01", "  last year"]
    assert "3 rows of nothing" in firsts


def test_decimals_of_a_column_stand_below_each_other() -> None:
    rows = (Row(("a", Fraction(1), None, None)), Row(("b", Fraction("-2.25"), None, None)))
    lines = plain_text(TABLE._replace(rows=rows), 40).splitlines()
    assert [line.rstrip() for line in lines[2:]] == ["a      1.00", "b     -2.25"]
