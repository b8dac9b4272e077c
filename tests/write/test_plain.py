"""Table → plain text, for pipes and files."""

from fractions import Fraction

from target_cascade.report.table import Column, Fact, Row, Table
from target_cascade.write.plain import plain_text

COLUMNS = (
    Column("month", "Month", "text"),
    Column("quota", "Quota", "amount", vital=True),
    Column("times_base", "× last year", "ratio"),
    Column("bar", "", "bar", "people"),
)
TABLE = Table(
    "Months",
    "旗舰店 · revision 3",
    (Fact("Growth factor", Fraction(5, 2), "ratio"),),
    COLUMNS,
    (
        Row(("2012-01", Fraction(500), Fraction(5, 2), Fraction(1, 2))),
        Row(("2012-02", Fraction(1000), None, Fraction(1))),
        Row(("Total", Fraction(1500), Fraction(5), None), "total"),
    ),
)


def test_heads_and_sums_are_ruled_off() -> None:
    assert plain_text(TABLE, 40) == (
        "旗舰店 · revision 3\n"
        "\n"
        "Growth factor  ×2.50\n"
        "\n"
        "Month    Quota  × last year\n"
        "───────  ─────  ───────────  ───────────\n"
        "2012-01    500        ×2.50  █████▌\n"
        "2012-02  1,000            –  ███████████\n"
        "───────  ─────  ───────────  ───────────\n"
        "Total    1,500        ×5.00\n"
    )


def test_screen_without_blocks_gets_ascii() -> None:
    assert plain_text(TABLE, 40, ascii_only=True).splitlines()[:8] == [
        "旗舰店 - revision 3",
        "",
        "Growth factor  x2.50",
        "",
        "Month    Quota  x last year",
        "-------  -----  -----------  -----------",
        "2012-01    500        x2.50  #####",
        "2012-02  1,000            -  ###########",
    ]
