"""Table → aligned text for a screen of some width."""

from fractions import Fraction
from itertools import pairwise

import pytest

from target_cascade.report.table import Column, Fact, Row, Table
from target_cascade.write.grid import aligned, grid
from target_cascade.write.plain import plain_text
from target_cascade.write.prose import text_width

COLUMNS = (
    Column("month", "Month", "text"),
    Column("start", "Start", "date", "machines"),
    Column("quota", "Quota", "amount", vital=True),
    Column("share", "Share", "share"),
    Column("bar", "", "bar", "people"),
)
FULL_WIDTH = 7 + 2 + 9 + 2 + 7 + 2  # of month, quota and share, with two cells behind each


def row(name: str, quota: int, share: Fraction, bar: Fraction | None) -> Row:
    return Row((name, None, Fraction(quota), share, bar))


ROWS = (
    row("2012-01", 1_000_000, Fraction(1, 4), Fraction(1, 3)),
    row("2012-02", 3_000_000, Fraction(3, 4), Fraction(1)),
    Row(("Total", None, Fraction(4_000_000), Fraction(1), None), "total"),
)
FACTS = (
    Fact("Target", Fraction(3_900_000), "amount", "to reach"),
    Fact("Growth factor", Fraction(5, 2), "ratio", "what last year is multiplied by"),
)


def table(*rows: Row) -> Table:
    return Table("Months", "旗舰店 2012", FACTS, COLUMNS, rows or ROWS)


def test_columns_are_aligned_by_what_they_hold() -> None:
    laid = grid(table(), 80)
    assert laid.right == (False, True, True, False)
    assert [aligned(laid, line) for line in laid.rows] == [
        "Month        Quota    Share",
        "2012-01  1,000,000   25.0 %  ██████████",
        "2012-02  3,000,000   75.0 %  ██████████████████████████████",
        "Total    4,000,000  100.0 %",
    ]


@pytest.mark.parametrize(
    ("width", "titles", "bar"),
    [
        pytest.param(200, ["Month", "Quota", "Share", ""], 30, id="a bar is thirty cells at most"),
        pytest.param(FULL_WIDTH + 30, ["Month", "Quota", "Share", ""], 30, id="just room for all"),
        pytest.param(FULL_WIDTH + 29, ["Month", "Quota", "Share", ""], 29, id="the bar gives way first"),
        pytest.param(FULL_WIDTH + 8, ["Month", "Quota", "Share", ""], 8, id="to eight cells"),
        pytest.param(FULL_WIDTH + 7, ["Month", "Quota", "Share"], 0, id="then it goes"),
        pytest.param(FULL_WIDTH - 2, ["Month", "Quota", "Share"], 0, id="just room for the numbers"),
        pytest.param(FULL_WIDTH - 3, ["Month", "Quota"], 0, id="then the share goes"),
        pytest.param(1, ["Month", "Quota"], 0, id="quotas stay"),
    ],
)
def test_columns_that_do_not_fit_are_left_out(width: int, titles: list[str], bar: int) -> None:
    laid = grid(table(), width)
    assert list(laid.rows[0].texts) == titles
    assert laid.widths[3:] == ((bar,) if bar else ())
    if width >= FULL_WIDTH - 2:
        assert all(text_width(line) <= width for line in plain_text(table(), width).splitlines()[5:])


def test_remark_that_does_not_fit_is_left_out() -> None:
    assert grid(table(), 80).facts == (
        "Target         3,900,000  to reach",
        "Growth factor      ×2.50  what last year is multiplied by",
    )
    assert grid(table(), 40).facts == ("Target         3,900,000  to reach", "Growth factor      ×2.50")


def test_rows_of_a_group_are_indented() -> None:
    rows = (
        Row(("2012-01", None, Fraction(4), Fraction(1), None), "group"),
        row("W01", 4, Fraction(1), Fraction(1)),
    )
    laid = grid(table(*rows), 80)
    assert [line.texts[0] for line in laid.rows] == ["Month", "2012-01", "  W01"]
    assert [line.role for line in laid.rows] == ["head", "group", "row"]


def test_bars_grow_by_eighths() -> None:
    rows = [row(str(i), 1, Fraction(1), Fraction(i, 240)) for i in range(241)]
    bars = [line.texts[-1] for line in grid(table(*rows), 80).rows[1:]]
    assert bars[0] == ""
    assert (bars[1], bars[8], bars[9], bars[240]) == ("▏", "█", "█▏", "█" * 30)
    assert all(text_width(after) - text_width(before) in (0, 1) for before, after in pairwise(bars))


def test_bars_of_ascii_are_whole_cells() -> None:
    assert [line.texts[-1] for line in grid(table(), 80, ascii_only=True).rows] == [
        "",
        "#" * 10,
        "#" * 30,
        "",
    ]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        pytest.param("2012", 4, id="ASCII"),
        pytest.param("旗舰店", 6, id="Chinese"),
        pytest.param("４０％", 6, id="full width"),
        pytest.param("×2.57 · ─█▏", 11, id="one cell each"),
        pytest.param("e\u0301", 1, id="combining accent"),
        pytest.param("한글かな", 8, id="Korean and Japanese"),
        pytest.param("🛒", 2, id="emoji"),
    ],
)
def test_width_counts_cells_of_a_terminal(text: str, width: int) -> None:
    assert text_width(text) == width


CHANGES = (
    Column("month", "Month", "text"),
    Column("old", "Old", "amount", vital=True),
    Column("new", "New", "amount", vital=True),
    Column("part", "%", "percent"),
)


def changes(*names: str) -> Table:
    """Rows of amounts of seven digits, below one for months that stay."""
    figures = Fraction(1_000_000), Fraction(1_100_000), Fraction(1, 10)
    rows = [Row((name, *figures)) for name in names]
    fold = Row(("2012-01 to 2012-03 unchanged", None, None, None), "fold")
    return Table("Months", "", (), CHANGES, (fold, *rows, Row(("Total", *figures), "total")))


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        pytest.param(
            7 + 2 * (2 + 9) + 2 + 7,
            [
                "Month          Old        New        %",
                "2012-01 to 2012-03 unchanged",
                "2012-04  1,000,000  1,100,000  +10.0 %",
                "Total    1,000,000  1,100,000  +10.0 %",
            ],
            id="over empty cells",
        ),
        pytest.param(
            27,
            [
                "Month          Old        New",
                "2012-01 to 2012-03 unchanged",
                "2012-04  1,000,000  1,100,000",
                "Total    1,000,000  1,100,000",
            ],
            id="as far as vital columns reach",
        ),
    ],
)
def test_row_that_holds_nothing_else_runs_over_and_does_not_widen_its_column(
    width: int, lines: list[str]
) -> None:
    laid = grid(changes("2012-04"), width)
    assert [aligned(laid, line) for line in laid.rows] == lines


@pytest.mark.parametrize(
    ("name", "least"),
    [
        pytest.param("2012-04", 7, id="one word"),
        pytest.param("last year of it", 12, id="words, and what a wrapped line has to hold"),
        pytest.param("Christmas-boxes and", 15, id="a long word"),
    ],
)
def test_first_column_gives_way_to_vital_ones(name: str, least: int) -> None:
    assert grid(changes(name), 1).widths == (least, 9, 9)


def test_sums_go_with_their_columns() -> None:
    columns = (*CHANGES[:1], CHANGES[3], Column("most", "Most in", "text", vital=True))
    rows = (
        Row(("target", Fraction(1, 10), "2012-11")),
        Row(("Total", Fraction(1, 10), ""), "total"),
    )
    table = Table("Causes", "", (), columns, rows)
    assert [line.role for line in grid(table, 24).rows] == ["head", "row", "total"]
    assert [line.role for line in grid(table, 23).rows] == ["head", "row"]


# Columns that are cut short


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        pytest.param(40, ["KPI     Formula", "orders  quota / order_value / signed"], id="room for all"),
        pytest.param(35, ["KPI     Formula", "orders  quota / order_value / sign…"], id="one cell less"),
        pytest.param(23, ["KPI     Formula", "orders  quota / order_…"], id="the least that is shown"),
        pytest.param(22, ["KPI", "orders"], id="hardly any room"),
    ],
)
def test_text_that_may_be_cut_short_ends_where_the_screen_does(width: int, lines: list[str]) -> None:
    columns = (Column("kpi", "KPI", "text", vital=True), Column("how", "Formula", "text", shortened=True))
    made = Table("KPIs", "", (), columns, (Row(("orders", "quota / order_value / signed")),))
    laid = grid(made, width)
    assert [aligned(laid, line) for line in laid.rows] == lines


def test_wide_characters_are_cut_short_by_their_cells() -> None:
    columns = (Column("kpi", "KPI", "text", vital=True), Column("how", "公式", "text", shortened=True))
    laid = grid(Table("KPIs", "", (), columns, (Row(("单", "配额除以客单价再除以签收率")),)), 21)
    assert [aligned(laid, line) for line in laid.rows] == ["KPI  公式", "单   配额除以客单价…"]
