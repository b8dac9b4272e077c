"""Table → Markdown that can be pasted into a page."""

from fractions import Fraction

import pytest

from target_cascade.report.table import Column, Fact, Row, Table
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


@pytest.mark.parametrize("char", "\\|`*_<>[]")
def test_what_markdown_would_take_for_its_own_is_escaped(char: str) -> None:
    written = text(f"a{char}b", title=f"a{char}b")
    assert written.startswith(f"## a\\{char}b\n")
    assert f"\n| a\\{char}b | 4,000 | Sun |\n" in written
