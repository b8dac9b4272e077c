"""Table → a terminal; what a real one shows is tested with the commands."""

from fractions import Fraction
from io import StringIO

from target_cascade.report.table import Column, Fact, Row, Table
from target_cascade.write.console import print_result
from target_cascade.write.prose import text_width

COLUMNS = (
    Column("month", "Month", "text"),
    Column("quota", "Quota", "amount", vital=True),
    Column("bar", "", "bar", "people"),
)


def printed(title: str, *rows: Row, width: int = 60) -> list[str]:
    stream = StringIO()
    print_result(
        Table("Months", title, (Fact("Target", Fraction(9), "amount"),), COLUMNS, rows), stream, width
    )
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def test_rows_and_sums_are_shown() -> None:
    lines = printed(
        "Plan 2012",
        Row(("2012-01", Fraction(1000), Fraction(1))),
        Row(("Total", Fraction(1000), None), "total"),
    )
    assert lines[:4] == ["Plan 2012", "", "Target  9", ""]
    assert lines[4].split() == ["Month", "Quota"]
    assert set(lines[5]) == set(lines[7]) == {"─"}
    assert lines[6] == f"2012-01  1,000  {'█' * 30}"
    assert lines[8] == "Total    1,000"


def test_table_without_a_sum_has_no_rule_below() -> None:
    assert printed("Plan", Row(("2012-01", Fraction(1), Fraction(1))))[-1].startswith("2012-01")


def test_text_that_looks_like_markup_is_text() -> None:
    lines = printed("[bold]Plan[/bold] :smile: [link=x]", Row(("[red]a[/red]", Fraction(1), None)))
    assert lines[0] == "[bold]Plan[/bold] :smile: [link=x]"
    assert lines[6].startswith("[red]a[/red]")


def test_long_title_is_left_to_the_terminal_to_wrap() -> None:
    title = "旗舰店 " * 20
    lines = printed(title.strip(), Row(("2012-01", Fraction(1), Fraction(1))), width=40)
    assert lines[0] == title.strip()
    assert all(text_width(line) <= 40 for line in lines[1:])


def test_figure_that_does_not_fit_stands_in_full() -> None:
    lines = printed("Plan", Row(("2012-01", Fraction(12_345_678), None)), width=12)
    assert lines[-1] == "2012-01  12,345,678"
