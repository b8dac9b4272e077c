"""The layout of a table on a sheet, and what a workbook cannot hold."""

from fractions import Fraction

import pytest

from target_cascade.errors import OutputError
from target_cascade.report.table import Cell, Column, Fact, Row, Table
from target_cascade.sentence import amount, sentence
from target_cascade.write.sheet import lines, places, sheet

MONTH = Column("month", "Month", "text")
QUOTA = Column("quota", "Quota", "amount", vital=True)
BASE = Column("base", "Last year", "amount")
BAR = Column("bar", "", "bar")


def table(
    columns: tuple[Column, ...], *rows: Row, facts: tuple[Fact, ...] = (), title: str = "Plan"
) -> Table:
    return Table("Months", title, facts, columns, rows)


def amounts(*cells: Cell) -> Table:
    return table((QUOTA,), *(Row((cell,)) for cell in cells))


def test_bars_and_columns_of_the_unknown_are_left_out() -> None:
    rows = [
        Row(("2027-01", Fraction(8), None, Fraction(1))),
        Row(("Total", Fraction(8), None, None), "total"),
    ]
    layout = sheet(table((MONTH, QUOTA, BASE, BAR), *rows))
    assert [column.title for column in layout.columns] == ["Month", "Quota"]


def test_a_column_without_a_title_is_headed_by_its_key() -> None:
    layout = sheet(table((Column("weekday", "", "text"),), Row(("Mon",))))
    assert [column.title for column in layout.columns] == ["Weekday"]


def test_groups_become_breaks_between_the_rows() -> None:
    rows = [
        Row(("January",), "group"),
        Row(("a",)),
        Row(("b",)),
        Row(("February",), "group"),
        Row(("c",)),
        Row(("Total",), "total"),
    ]
    layout = sheet(table((MONTH,), *rows))
    assert layout.rows == (rows[1], rows[2], rows[4])
    assert layout.breaks == {2}
    assert layout.total == rows[5]


def test_the_head_stands_below_title_facts_and_an_empty_row() -> None:
    facts = (Fact("Target", Fraction(8), "amount"), Fact("Buffer", Fraction(0), "share"))
    layout = sheet(table((MONTH,), Row(("a",)), Row(("b",)), facts=facts))
    assert (layout.head, layout.first, layout.last) == (1 + 2 + 1, 5, 6)


@pytest.mark.parametrize(
    ("cells", "decimals"),
    [
        pytest.param([Fraction(4), Fraction(12)], 0, id="whole"),
        pytest.param([Fraction(4), Fraction(1, 100), Fraction(1, 2)], 2, id="the longest counts"),
        pytest.param([None, Fraction(-1, 8), 7, "x"], 3, id="other cells do not"),
        pytest.param([], 0, id="none at all"),
    ],
)
def test_places_are_those_of_the_longest_decimal(cells: list[Cell], decimals: int) -> None:
    assert places(cells) == decimals


@pytest.mark.parametrize(
    ("columns", "least"),
    [
        pytest.param([Fraction(1234567)], len("1,234,567"), id="thousands are apart"),
        pytest.param(
            [Fraction(1234567), Fraction(1, 100)], len("1,234,567.00"), id="with the column's decimals"
        ),
        pytest.param([Fraction(-1234567)], len("-1,234,567"), id="a sign"),
    ],
)
def test_a_column_is_wider_than_its_amounts(columns: list[Cell], least: int) -> None:
    assert sheet(amounts(*columns)).columns[0].width > least


def test_a_column_of_texts_counts_chinese_letters_twice() -> None:
    layout = sheet(table((MONTH,), Row(("旗舰店二〇一二年",))))
    assert layout.columns[0].width > 2 * len("旗舰店二〇一二年")


def test_the_columns_are_wide_enough_for_the_facts_above_them() -> None:
    fact = Fact("Planned total", Fraction(10**12), "amount", "x" * 100)
    layout = sheet(table((MONTH, QUOTA, BASE), Row(("a", Fraction(1), Fraction(1))), facts=(fact,)))
    label, value, rest = (column.width for column in layout.columns)
    assert label > len("Planned total")
    assert value > len("1,000,000,000,000")
    assert rest > 100 * 0.7


def test_long_texts_are_broken_into_lines() -> None:
    layout = sheet(table((MONTH,), Row(("word " * 40,)), Row(("short",))))
    assert layout.columns[0].wraps
    assert layout.columns[0].width < len("word " * 40)
    assert layout.lines(layout.rows[0]) > layout.lines(layout.rows[1]) == 1


@pytest.mark.parametrize(
    ("text", "width", "count"),
    [
        pytest.param("", 10, 1, id="nothing"),
        pytest.param("one two", 10, 1, id="fits"),
        pytest.param("one two three", 10, 2, id="breaks between words"),
        pytest.param("seven seven seven", 5, 3, id="a word a line"),
        pytest.param("x" * 25, 10, 3, id="a long word is broken anywhere"),
        pytest.param("旗舰店二〇一二年销售目标", 10, 3, id="Chinese has no spaces"),
        pytest.param("one " + "x" * 15, 10, 3, id="a long word begins a line"),
    ],
)
def test_lines_of_a_text(text: str, width: int, count: int) -> None:
    assert lines(text, width) == count


@pytest.mark.parametrize(
    "amount",
    [
        pytest.param(Fraction(999_999_999_999_999), id="15 digits"),
        pytest.param(Fraction(99_999_999_999_999, 100), id="15 digits with decimals"),
        pytest.param(Fraction(4_000_000_000_000_000), id="16 digits, but round"),
        pytest.param(-Fraction(999_999_999_999_999), id="negative"),
    ],
)
def test_an_amount_of_15_digits_is_kept(amount: Fraction) -> None:
    assert sheet(amounts(amount)).rows == (Row((amount,)),)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        pytest.param(Fraction(1_234_567_890_123_456), "1,234,567,890,123,456", id="16 digits"),
        pytest.param(
            Fraction(1_234_567_890_123_456, 100), "12,345,678,901,234.56", id="16 digits with decimals"
        ),
        pytest.param(Fraction(10**17), "100,000,000,000,000,000", id="round, but sums of it would drift"),
        pytest.param(Fraction(1, 10**16), "0.0000000000000001", id="16 decimals"),
        pytest.param(Fraction(100, 3), "33.33", id="decimals without end"),
        pytest.param(-Fraction(1_234_567_890_123_456), "-1,234,567,890,123,456", id="negative"),
    ],
)
def test_an_amount_of_more_digits_is_refused(amount: Fraction, text: str) -> None:
    with pytest.raises(OutputError, match=rf"^{text} has more than the 15 digits .* write a \.csv"):
        sheet(amounts(Fraction(1), amount))


def test_an_amount_of_more_digits_in_a_fact_is_refused() -> None:
    fact = Fact("Target", Fraction(1_234_567_890_123_456), "amount")
    with pytest.raises(OutputError, match="15 digits"):
        sheet(table((MONTH,), Row(("a",)), facts=(fact,)))


def test_a_text_that_no_cell_holds_is_refused() -> None:
    with pytest.raises(
        OutputError, match=r"^`x{40}…` has 32,768 characters, and a cell of a workbook holds 32,767"
    ):
        sheet(table((MONTH,), Row(("x" * 32_768,))))


def test_groups_that_are_sums_stay_among_the_rows() -> None:
    rows = [Row((name,), "group" if name.isupper() else "row") for name in ("A", "b", "c", "D", "e")]
    layout = sheet(table((MONTH,), *rows, Row(("Total",), "total"))._replace(subtotals=True))
    assert layout.rows == tuple(rows)
    assert layout.groups == (0, 3)
    assert [layout.group(position) for position in layout.groups] == [(1, 2), (4, 4)]
    assert not layout.breaks


def test_sentence_above_a_table_makes_no_column_wide() -> None:
    facts = (Fact("To do", sentence("long words " * 20), "text"),)
    plain = sheet(table((MONTH, QUOTA), Row(("2027-01", Fraction(8)))))
    assert [c.width for c in sheet(plain.table._replace(facts=facts)).columns] == [
        c.width for c in plain.columns
    ]


def test_amount_of_a_figure_with_too_many_digits_is_refused() -> None:
    with pytest.raises(OutputError, match="digits"):
        sheet(table((MONTH,), Row((amount(Fraction(10**16 + 1)),))))


def test_count_with_too_many_digits_is_refused() -> None:
    with pytest.raises(OutputError, match="digits"):
        sheet(table((Column("n", "N", "count"),), Row((10**16 + 1,))))
