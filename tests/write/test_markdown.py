"""Table → Markdown that can be pasted into a page."""

from fractions import Fraction

import pytest

from target_cascade.report.table import Column, Fact, Note, Notes, Page, Row, Table
from target_cascade.sentence import sentence
from target_cascade.write.markdown import markdown_text

COLUMNS = (
    Column("month", "Month", "text"),
    Column("start", "Start", "date", "machines"),
    Column("quota", "Quota", "amount", vital=True),
    Column("weekday", "", "text", "people"),
    Column("bar", "", "bar", "people"),
)
FACTS = (Fact("Target", Fraction(8000), "amount", "to reach"), Fact("Buffer", Fraction(0), "share"))


def text(*names: str, title: str = "Plan 2012") -> str:
    rows = [Row((name, None, Fraction(4000), "Sun", Fraction(1))) for name in names]
    total = Row(("Total", None, Fraction(8000), "", None), "total")
    return markdown_text(Table("Months", title, FACTS, COLUMNS, (*rows, total)))


def test_heading_facts_and_table() -> None:
    assert text("2012-01", "2012-02") == (
        "## Plan 2012\n"
        "\n"
        "- Target: **8,000** (to reach)\n"
        "- Buffer: **0.0 %**\n"
        "\n"
        "| Month | Quota |   |\n"
        "| --- | ---: | --- |\n"
        "| 2012-01 | 4,000 | Sun |\n"
        "| 2012-02 | 4,000 | Sun |\n"
        "| **Total** | **8,000** |  |\n"
    )


@pytest.mark.parametrize("char", "\\|`*_<>[]~")
def test_what_markdown_would_take_for_its_own_is_escaped(char: str) -> None:
    written = text(f"a{char}b", title=f"a{char}b")
    assert written.startswith(f"## a\\{char}b\n")
    assert f"\n| a\\{char}b | 4,000 | Sun |\n" in written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        pytest.param("ask @me", "ask @<!-- -->me", id="a mention"),
        pytest.param("see #12", "see #<!-- -->12", id="an issue"),
        pytest.param("see shop/plans#12", "see shop/plans#<!-- -->12", id="an issue of another repository"),
        pytest.param("$a$", "<span>$</span>a<span>$</span>", id="a formula"),
        pytest.param("# of shops @ 5", "# of shops @ 5", id="signs that link nothing"),
    ],
)
def test_what_github_would_act_on_is_defused(said: str, written: str) -> None:
    assert f"\n| {written} | 4,000 | Sun |\n" in text(said)


@pytest.mark.parametrize(
    ("head", "lines", "written"),
    [
        pytest.param("revision 2 → 3", [], "- revision 2 → 3", id="a line"),
        pytest.param("buffer", ["too little"], "- **buffer** too little", id="a head above a line"),
        pytest.param("# 1", [], "- \\# 1", id="no heading"),
        pytest.param("- 1", [], "- \\- 1", id="no list"),
        pytest.param("12. shop", [], "- 12\\. shop", id="no numbered list"),
        pytest.param("12.5 shops", [], "- 12.5 shops", id="a number"),
    ],
)
def test_only_the_head_of_a_remark_of_several_lines_is_bold(
    head: str, lines: list[str], written: str
) -> None:
    note = Note(sentence(head), tuple(sentence(line) for line in lines))
    page = Page(sentence("Two."), "Shop", (Notes("Why", (note,)),), ())
    assert markdown_text(page).splitlines()[-1] == written


def test_amounts_and_changes_of_a_table_have_as_many_decimals() -> None:
    columns = (
        Column("new", "New", "amount"),
        Column("change", "Change", "change"),
        Column("part", "%", "percent"),
    )
    rows = (Row((Fraction(61_000), Fraction("-0.25"), Fraction(1, 8))), Row((None, Fraction(0), None)))
    assert markdown_text(Table("Months", "", (), columns, rows)).splitlines()[2:] == [
        "| 61,000.00 | -0.25 | +12.5 % |",
        "| – | 0.00 | – |",
    ]


def test_cell_that_is_indented_stays_so() -> None:
    rows = (Row(("orders",)), Row(("  visits",)), Row(("    paid visits",)))
    made = Table("KPIs", "", (), (Column("kpi", "KPI", "text"),), rows)
    assert markdown_text(made).splitlines()[-3:] == [
        "| orders |",
        "| &emsp;visits |",
        "| &emsp;&emsp;paid visits |",
    ]
