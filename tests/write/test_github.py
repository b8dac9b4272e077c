"""Annotations for GitHub: the workflow commands and their escapes."""

from fractions import Fraction

import pytest

from target_cascade.errors import Located
from target_cascade.report.table import Cell, Column, Row, Table
from target_cascade.sentence import Sentence, sentence, share
from target_cascade.write.github import github_problems, github_text

KEYS = ("rule", "severity", "message", "where.file", "where.line", "remedy")
COLUMNS = tuple(Column(key, "", "text") for key in KEYS)


def annotations(*rows: tuple[Cell, ...]) -> str:
    return github_text(Table("Findings", "Plan", (), COLUMNS, tuple(Row(cells) for cells in rows)))


def annotation(
    severity: str = "warning",
    message: Sentence = sentence("m"),  # noqa: B008  # a sentence is frozen
    file: str = "plan.yaml",
    line: int = 1,
) -> str:
    return annotations(("lift-size", severity, message, file, line, sentence("r")))


@pytest.mark.parametrize(
    ("severity", "command"), [("error", "error"), ("warning", "warning"), ("note", "notice")]
)
def test_severity_is_the_command(severity: str, command: str) -> None:
    assert annotation(severity) == f"::{command} file=plan.yaml,line=1,title=lift-size::m%0Ar\n"


def test_no_finding_gives_no_command() -> None:
    assert annotations() == ""


def test_each_finding_is_one_line() -> None:
    cells = ("because", "note", sentence("a\nb\rc"), "plan.yaml", 7, sentence("d"))
    assert annotations(cells, cells) == 2 * "::notice file=plan.yaml,line=7,title=because::a%0Ab%0Dc%0Ad\n"


def test_line_above_a_thousand_has_no_separator() -> None:
    assert ",line=1234," in annotation(line=1234)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        pytest.param(sentence("a lift of ", share(Fraction(3, 5))), "a lift of 60.0 %25", id="per cent"),
        pytest.param(sentence("80%0Amore"), "80%250Amore", id="what looks escaped"),
        pytest.param(sentence("one: two, three"), "one: two, three", id="colon and comma stay"),
        pytest.param(
            sentence("`双11` {x} [red] ::error::"), "`双11` {x} [red] ::error::", id="signs and 中文"
        ),
    ],
)
def test_message_is_escaped(message: Sentence, text: str) -> None:
    assert annotation(message=message).partition("title=lift-size::")[2] == f"{text}%0Ar\n"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        pytest.param("plans/shop.yaml", "plans/shop.yaml", id="folder"),
        pytest.param("./shop.yaml", "shop.yaml", id="from here"),
        pytest.param("a,line=9.yaml", "a%2Cline=9.yaml", id="comma"),
        pytest.param("c:shop.yaml", "c%3Ashop.yaml", id="colon"),
        pytest.param("5%.yaml", "5%25.yaml", id="per cent"),
        pytest.param("a\nb.yaml", "a%0Ab.yaml", id="line end"),
        pytest.param("计划.yaml", "计划.yaml", id="中文"),
    ],
)
def test_file_is_escaped(file: str, text: str) -> None:
    assert annotation(file=file) == f"::warning file={text},line=1,title=lift-size::m%0Ar\n"


def test_what_keeps_a_plan_from_being_read_is_an_error_at_its_line() -> None:
    problems = [Located("./plan.yaml", 7, 12, "unknown key `a,b`: 5 %"), Located("b.yaml", 1, 1, "empty")]
    assert github_problems(problems) == (
        "::error file=plan.yaml,line=7,title=plan::unknown key `a,b`: 5 %25\n"
        "::error file=b.yaml,line=1,title=plan::empty\n"
    )


def test_annotation_without_a_file_has_no_line() -> None:
    assert annotation(file="") == "::warning title=lift-size::m%0Ar\n"
    assert github_problems([Located("", 7, 1, "empty")]) == "::error title=plan::empty\n"
