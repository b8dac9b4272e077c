"""Tables that are cut where a screen is too narrow, and columns that hold figures of several kinds."""

from collections.abc import Sequence
from fractions import Fraction
from io import StringIO

import pytest

from target_cascade.report.table import Cell, Column, Fact, Page, Row, Table
from target_cascade.sentence import amount, count, ratio, sentence, share
from target_cascade.write.cell_text import people_column
from target_cascade.write.console import print_result
from target_cascade.write.grid import cut, grid
from target_cascade.write.markdown import markdown_text
from target_cascade.write.plain import plain_text
from target_cascade.write.prose import text_width

FACTS = (Fact("Target", Fraction(9), "amount"),)


def table(*names: str, figure: int = 40_000_000) -> Table:
    """A column of eight digits for each name, a dozen cells wide with the gap before it."""
    columns = (Column("figure", "Scenario", "text"), *(Column(name, name, "amount") for name in names))
    rows = (
        Row(("Without new business", *(None for _ in names)), "group"),
        Row(("Target", *(Fraction(figure) for _ in names))),
        Row(("Growth factor", *(ratio(Fraction(5, 2)) for _ in names))),
        Row(("Total", *(Fraction(figure) for _ in names)), "total"),
    )
    return Table("Scenarios", "Plan", FACTS, columns, rows, cut=True)


def titles(piece: Table) -> list[str]:
    return [column.title for _, column in piece.columns_for("people")]


@pytest.mark.parametrize(
    ("width", "pieces"),
    [
        pytest.param(22 + 5 * 12, ["abcde"], id="room for all"),
        pytest.param(15 + 5 * 12, ["abcde"], id="just room beside a wrapped first column"),
        pytest.param(15 + 5 * 12 - 1, ["abcd", "e"], id="one cell less"),
        pytest.param(15 + 2 * 12, ["ab", "cd", "e"], id="two at a time"),
        pytest.param(15 + 12, ["a", "b", "c", "d", "e"], id="one at a time"),
        pytest.param(1, ["a", "b", "c", "d", "e"], id="no room at all"),
    ],
)
def test_table_is_cut_into_as_many_columns_as_fit(width: int, pieces: list[str]) -> None:
    assert [titles(piece) for piece in cut(table(*"abcde"), width)] == [
        ["Scenario", *names] for names in pieces
    ]


@pytest.mark.parametrize("width", range(1, 130, 3))
def test_no_column_is_lost_and_no_line_too_long(width: int) -> None:
    names = [f"plan {i} · buffer={i}%" for i in range(9)]
    pieces = list(cut(table(*names), width))
    shown = [title.replace("\n", " ") for piece in pieces for title in titles(piece)[1:]]
    assert [name.replace("= ", "=") for name in shown] == names
    lines = plain_text(table(*names), width).splitlines()
    assert sum(line.startswith("Total") for line in lines) == len(pieces)
    assert max(map(text_width, lines)) <= max(width, 15 + 2 + 10)


def test_table_that_is_not_to_be_cut_is_whole() -> None:
    whole = table(*"abcde")._replace(cut=False)
    assert list(cut(whole, 20)) == [whole]


def test_heading_stands_above_the_first_piece_only() -> None:
    one, other = cut(table("a", "b"), 30)
    assert (one.title, one.facts) == ("Plan", FACTS)
    assert (other.title, other.facts) == ("", ())


SCREEN = """\
Plan

Target  9

                  careful ·
Scenario         buffer=3%%
───────────────  ──────────
Without new business
  Target         40,000,000
  Growth factor       ×2.50
───────────────  ──────────
Total            40,000,000

Scenario               bold
───────────────  ──────────
Without new business
  Target         40,000,000
  Growth factor       ×2.50
───────────────  ──────────
Total            40,000,000
"""


def test_pieces_stand_below_each_other_with_their_names() -> None:
    assert plain_text(table("careful · buffer=3%%", "bold"), 27) == SCREEN
    page = Page(sentence("Two."), "Shop", (table("careful · buffer=3%%", "bold"),), ())
    assert plain_text(page, 27) == f"Two.\nShop\n\n{SCREEN}"


def test_terminal_shows_the_same_pieces() -> None:
    stream = StringIO()
    print_result(table("careful · buffer=3%%", "bold"), stream, 27)
    lines = [line.rstrip() for line in stream.getvalue().splitlines()]
    assert [line.split() for line in lines if "─" not in line and line] == [
        line.split() for line in SCREEN.splitlines() if "─" not in line and line
    ]


@pytest.mark.parametrize(
    ("title", "figure", "lines"),
    [
        pytest.param("careful", 1, ["careful"], id="a short name is wider than its cells"),
        pytest.param("careful · buffer=3%", 10**7, ["careful ·", "buffer=3%"], id="at the dot"),
        pytest.param("ecommerce · b=3%", 10**7, ["ecommerce ·", "b=3%"], id="a dot stays with the first"),
        pytest.param("careful · buffer=3%", 10**15, ["careful · buffer=3%"], id="not where there is room"),
        pytest.param(
            "year_end.max_share=30%", 10**7, ["year_end.", "max_share=30%"], id="in the key of a value"
        ),
        pytest.param("target=40.5M", 1, ["target=40.5M"], id="not in a number"),
        pytest.param("limits=[{months: 11}]", 10**7, ["limits=", "[{months: 11}]"], id="before a long value"),
        pytest.param(
            "origin/main:plans/north",
            10**7,
            ["origin/main:", "plans/north"],
            id="in a path of a revision",
        ),
        pytest.param("http://a.example/plan", 10**7, ["http://a.", "example/plan"], id="behind both slashes"),
        pytest.param("a" * 45, 10**7, ["a" * 20, "a" * 20, "a" * 5], id="anywhere in a long word"),
        pytest.param("旗舰店" * 4, 10**7, ["旗舰店旗舰店旗舰店旗", "舰店"], id="Chinese, by its cells"),
    ],
)
def test_name_is_broken_where_it_reads_well(title: str, figure: int, lines: Sequence[str]) -> None:
    (piece,) = cut(table(title, figure=figure), 100)
    assert titles(piece)[1].split("\n") == lines
    heads = [row.texts[1] for row in grid(piece, 100).rows if row.role == "head"]
    assert heads == lines


def test_names_of_several_lines_stand_above_the_rule() -> None:
    (piece,) = cut(table("year_end.max_share=30%", "a"), 100)
    heads = [row.texts for row in grid(piece, 100).rows if row.role == "head"]
    assert heads == [("", "year_end.", ""), ("Scenario", "max_share=30%", "a")]


def test_wrapped_row_keeps_its_indent() -> None:
    indented = table("a")
    rows = (indented.rows[0], Row(("Year-end share of it", Fraction(1))))
    laid = grid(indented._replace(rows=rows), 15 + 2 + 1)
    assert [row.texts[0] for row in laid.rows[3:]] == ["  Year-end", "    share of it"]


def test_heading_row_of_markdown_is_empty_beside_its_words() -> None:
    assert "\n| **Without new business** |  |\n" in markdown_text(table("a"))


def test_figures_of_a_column_are_printed_by_their_own_kind() -> None:
    cells: list[Cell] = [
        Fraction(1000),
        Fraction("12.5"),
        ratio(Fraction(5, 2)),
        share(Fraction(1, 8)),
        count(3),
        "2027",
    ]
    assert people_column(cells, "amount") == ["1,000.0", "12.5", "×2.50", "12.5 %", "3", "2027"]


def test_amounts_among_texts_have_their_points_below_each_other() -> None:
    cells = [amount(Fraction(7)), None, amount(Fraction("1.25")), "a.b"]
    assert people_column(cells, "text") == ["7.00", "", "1.25", "a.b"]
