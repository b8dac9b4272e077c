"""Pages: an answer, tables and remarks for people; records for machines."""

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest

from target_cascade.report.table import Cell, Column, Fact, Note, Notes, Page, Row, Table
from target_cascade.sentence import (
    Figure,
    amount,
    change,
    count,
    percent,
    ratio,
    sentence,
    share,
    stated,
)
from target_cascade.write.console import print_result
from target_cascade.write.csv import csv_text
from target_cascade.write.json import json_text
from target_cascade.write.markdown import markdown_text
from target_cascade.write.plain import plain_text
from target_cascade.write.prose import text_width

ODD = "[red]店 {x}[/red] | *a* :smile:"
"""A name with what each of the writers might take for its own."""

BRIDGE = Table(
    "Bridge",
    "",
    (),
    (
        Column("row", "Row", "text"),
        Column("kind", "Kind", "text", "machines"),
        Column("amount", "Amount", "amount", vital=True),
        Column("line", "Line", "text", "people"),
    ),
    (
        Row(("last year", "base", Fraction(1000), "4")),
        Row((ODD, "lift", Fraction(-200), None)),
        Row(("11 rows that are 0", None, None, None), "fold"),
        Row(("sum", None, Fraction(800), None), "total"),
    ),
)
FINDINGS = Table(
    "Findings",
    "What was found",
    (Fact("Rules", 24, "count"),),
    (
        Column("rule", "Rule", "text"),
        Column("where.file", "File", "text", "machines"),
        Column("where.line", "Line", "count", "machines"),
        Column("message", "Message", "text", "machines"),
        Column("value", "Value", "text"),
    ),
    (
        Row(
            (
                "buffer",
                "plan.yaml",
                4,
                sentence("=", share(Fraction(1, 40)), " is little"),
                share(Fraction(1, 40)),
            )
        ),
        Row(("budget", "plan.yaml", None, sentence("fine"), amount(Fraction(-1234)))),
    ),
)
PAGE = Page(
    sentence("November must bring ", amount(Fraction(800)), ", ", ratio(Fraction(4, 5)), f" of {ODD}"),
    f"{ODD} · revision 3",
    (
        BRIDGE,
        Notes("Why (lines of plan.yaml)", (Note(sentence(f"{ODD}: hired"), margin="21"),)),
        FINDINGS,
        Notes("", (Note(sentence("buffer"), (sentence("too little"), sentence("→ more"))),)),
    ),
    (BRIDGE, FINDINGS),
)

SCREEN = f"""\
November must bring 800, ×0.80 of {ODD}
{ODD} · revision 3

{"Row":31}  Amount  Line
{"─" * 31}  ──────  ────
{"last year":31}   1,000  4
{ODD}    -200
11 rows that are 0
{"─" * 31}  ──────  ────
{"sum":31}     800

Why (lines of plan.yaml)
21  {ODD}: hired

What was found

Rules  24

Rule     Value
──────  ──────
buffer   2.5 %
budget  -1,234

buffer
  too little
  → more
"""


def on_terminal(page: Page | Table, width: int) -> list[str]:
    stream = StringIO()
    print_result(page, stream, width)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def test_page_as_plain_text() -> None:
    assert plain_text(PAGE, 72) == SCREEN


def test_terminal_shows_the_words_of_plain_text() -> None:
    terminal = [line.split() for line in on_terminal(PAGE, 72) if line and "─" not in line]
    assert terminal == [line.split() for line in SCREEN.splitlines() if line and "─" not in line]


@pytest.mark.parametrize("width", [20, 27, 40, 60, 80, 200])
def test_no_line_of_a_page_is_longer_than_the_screen(width: int) -> None:
    lines = plain_text(PAGE, width).splitlines()
    # The first column keeps 16 cells and amounts are never cut.
    assert max(map(text_width, lines)) <= max(width, 16 + 2 + len("Amount"))
    assert max(map(text_width, on_terminal(PAGE, width))) <= max(width, 16 + 2 + len("Amount"))
    # In the table its amount may stand beside the first of its lines.
    assert "".join("".join(lines).split()).count("[red]店{x}[/red]|*a*:smile:") >= 3


def test_screen_without_blocks_gets_a_page_of_ascii() -> None:
    text = plain_text(PAGE, 72, ascii_only=True)
    assert text.splitlines()[0].startswith("November must bring 800, x0.80 of ")
    assert "  > more\n" in text
    assert text.replace("店", "").isascii()


def test_page_as_markdown() -> None:
    odd = r"\[red\]店 {x}\[/red\] \| \*a\* :smile:"
    assert markdown_text(PAGE) == (
        f"## {odd} · revision 3\n"
        "\n"
        f"**November must bring 800, ×0.80 of {odd}**\n"
        "\n"
        "| Row | Amount | Line |\n"
        "| --- | ---: | --- |\n"
        "| last year | 1,000 | 4 |\n"
        f"| {odd} | -200 |  |\n"
        "| 11 rows that are 0 |  |  |\n"
        "| **sum** | **800** |  |\n"
        "\n"
        "### Why (lines of plan.yaml)\n"
        "\n"
        f"- 21: {odd}: hired\n"
        "\n"
        "### What was found\n"
        "\n"
        "- Rules: **24**\n"
        "\n"
        "| Rule | Value |\n"
        "| --- | --- |\n"
        "| buffer | 2.5 % |\n"
        "| budget | -1,234 |\n"
        "\n"
        "- **buffer** too little → more\n"
    )


class TestJson:
    RECORDS = (
        {"row": "last year", "kind": "base", "amount": Decimal(1000)},
        {"row": ODD, "kind": "lift", "amount": Decimal(-200)},
    )

    def read(self, text: str) -> object:
        return json.loads(text, parse_float=Decimal, parse_int=Decimal)

    def test_one_table_is_a_list(self) -> None:
        assert self.read(json_text(BRIDGE)) == list(self.RECORDS)

    def test_one_table_that_is_named_is_an_object(self) -> None:
        assert self.read(json_text(BRIDGE, named=True)) == {"bridge": list(self.RECORDS)}

    def test_several_tables_are_an_object_by_their_names(self) -> None:
        read = self.read(json_text(*PAGE.records))
        assert read == {
            "bridge": list(self.RECORDS),
            "findings": [
                {
                    "rule": "buffer",
                    "where": {"file": "plan.yaml", "line": Decimal(4)},
                    "message": "=2.5 % is little",
                    "value": Decimal("0.025000"),
                },
                {
                    "rule": "budget",
                    "where": {"file": "plan.yaml", "line": None},
                    "message": "fine",
                    "value": Decimal(-1234),
                },
            ],
        }

    def test_keys_keep_the_order_of_the_columns(self) -> None:
        line = json_text(FINDINGS).splitlines()[1]
        assert line == (
            '  {"rule": "buffer", "where": {"file": "plan.yaml", "line": 4},'
            ' "message": "=2.5 % is little", "value": 0.025000},'
        )

    def test_keys_may_be_nested_deeper(self) -> None:
        columns = (Column("a.b.c", "", "count"), Column("a.b.d", "", "count"), Column("a.e", "", "count"))
        table = Table("Deep", "", (), columns, (Row((1, 2, None)),))
        assert self.read(json_text(table)) == [{"a": {"b": {"c": 1, "d": 2}, "e": None}}]

    def test_empty_tables_are_empty_lists(self) -> None:
        empty = BRIDGE._replace(rows=())
        assert json_text(empty) == "[]\n"
        assert self.read(json_text(empty, FINDINGS._replace(rows=()))) == {"bridge": [], "findings": []}


class TestCsv:
    def records(self, table: Table) -> list[list[str]]:
        return list(csv.reader(StringIO(csv_text(table), newline="")))

    def test_sums_and_what_is_folded_are_left_out(self) -> None:
        assert self.records(BRIDGE) == [
            ["row", "kind", "amount"],
            ["last year", "base", "1000"],
            [ODD, "lift", "-200"],
        ]

    def test_a_sentence_that_a_spreadsheet_would_run_is_made_harmless_and_a_figure_is_a_number(self) -> None:
        head, *records = self.records(FINDINGS)
        assert head == ["rule", "where.file", "where.line", "message", "value"]
        assert records == [
            ["buffer", "plan.yaml", "4", "'=2.5 % is little", "0.025000"],
            ["budget", "plan.yaml", "", "fine", "-1234"],
        ]

    def test_table_without_rows_has_its_head(self) -> None:
        assert csv_text(BRIDGE._replace(rows=())) == "row,kind,amount\n"


FIGURES = [
    pytest.param(amount(Fraction(2469, 2)), "1,234.5", "1234.5", id="amount"),
    pytest.param(change(Fraction(1234)), "+1,234", "1234", id="change up"),
    pytest.param(change(Fraction(-1234)), "-1,234", "-1234", id="change down"),
    pytest.param(change(Fraction(0)), "0", "0", id="no change"),
    pytest.param(share(Fraction(1, 400)), "0.3 %", "0.002500", id="share"),
    pytest.param(stated(Fraction(1, 400)), "0.25 %", "0.002500", id="share as it is stated"),
    pytest.param(stated(Fraction(12)), "1,200 %", "12.000000", id="stated in full"),
    pytest.param(percent(Fraction(1, 3)), "+33.3 %", "33.333333", id="per cent up"),
    pytest.param(percent(Fraction(-1, 3)), "-33.3 %", "-33.333333", id="per cent down"),
    pytest.param(percent(Fraction(0)), "0.0 %", "0.000000", id="no per cent"),
    pytest.param(ratio(Fraction(5, 2)), "×2.50", "2.500000", id="ratio"),
    pytest.param(count(1200), "1,200", "1200", id="count"),
]


@pytest.mark.parametrize(("figure", "people", "machines"), FIGURES)
def test_figure_is_formatted_by_what_it_is(figure: Figure, people: str, machines: str) -> None:
    table = Table("Figures", "", (), (Column("figure", "", "text"),), (Row((figure,)),))
    said = plain_text(Page(sentence("It is ", figure, "."), "Plan", (), ()))
    assert said == f"It is {people}.\nPlan\n"
    assert plain_text(table).split("\n")[-2].strip() == people
    assert csv_text(table).splitlines()[1].strip('"') == machines
    assert json.loads(json_text(table), parse_float=str, parse_int=str) == [{"figure": machines}]
    assert markdown_text(table).splitlines()[-1] == f"| {people} |"


@pytest.mark.parametrize(
    "cell", [None, sentence("words ", count(1)), "words 1"], ids=["none", "sentence", "text"]
)
def test_sentence_in_a_cell_is_text(cell: Cell) -> None:
    table = Table("Texts", "", (), (Column("text", "Text", "text"),), (Row((cell,)),))
    words = "" if cell is None else "words 1"
    assert plain_text(table).splitlines()[2:] == [words]
    assert csv_text(table).splitlines()[1:] == [words or '""']
    assert json.loads(json_text(table)) == [{"text": words or None}]


EMPTY = Page(sentence("Nothing to say."), "Plan", (BRIDGE._replace(rows=()), Notes("Why", ())), ())


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param(plain_text, "Nothing to say.\nPlan\n\nRow  Amount  Line\n\nWhy\n", id="plain"),
        pytest.param(
            markdown_text,
            "## Plan\n\n**Nothing to say.**\n\n| Row | Amount | Line |\n| --- | ---: | --- |\n\n### Why\n\n",
            id="markdown",
        ),
    ],
)
def test_table_without_rows_is_its_head(written: Callable[[Page], str], text: str) -> None:
    assert written(EMPTY) == text


def test_terminal_shows_the_head_of_a_table_without_rows() -> None:
    lines = on_terminal(EMPTY, 60)
    assert lines[:2] == ["Nothing to say.", "Plan"]
    assert ["Row", "Amount", "Line"] in [line.split() for line in lines]


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_answer_and_titles_of_a_terminal_are_bold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    print_result(PAGE, stream, 80)
    lines = stream.getvalue().splitlines()
    assert lines[0] == f"\x1b[1m{SCREEN.splitlines()[0]}\x1b[0m"
    assert lines[1] == f"\x1b[2m{SCREEN.splitlines()[1]}\x1b[0m"
    assert "\x1b[1mWhy (lines of plan.yaml)\x1b[0m" in lines
