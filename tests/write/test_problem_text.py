"""Problems in the form that editors jump to."""

import pytest

from target_cascade.errors import Located
from target_cascade.write.problem_text import printable, problem_text


def lines(column: int, text: str, message: str = "wrong") -> list[str]:
    return problem_text(Located("plan.yaml", 7, column, message, text)).split("\n")


@pytest.mark.parametrize(
    ("column", "text", "caret"),
    [
        pytest.param(1, "bufer: 5%", "    ^", id="first column"),
        pytest.param(8, "buffer: 5", "           ^", id="after ASCII"),
        pytest.param(5, "旗舰店 x", "           ^", id="after Chinese"),
        pytest.param(3, "\t\tx", "    \t\t^", id="after tabs"),
        pytest.param(4, "e\u0301ax", "      ^", id="after a combining accent"),
        pytest.param(6, "x", "    ^", id="beyond the end of the line"),
    ],
)
def test_caret_stands_below_the_column(column: int, text: str, caret: str) -> None:
    shown = lines(column, text)
    assert shown[0] == f"plan.yaml:7:{column}: error: wrong"
    assert shown[1] == f"    {text}"
    if column <= len(text):
        assert shown[2] == caret


@pytest.mark.parametrize("text", ["", "   ", "\t"])
def test_empty_line_is_not_shown(text: str) -> None:
    assert lines(1, text) == ["plan.yaml:7:1: error: wrong"]


@pytest.mark.parametrize("column", [1, 159, 160, 161, 500, 100_000, 999_999])
def test_of_a_long_line_the_part_around_the_column_is_shown(column: int) -> None:
    text = "a" * (column - 1) + "X" + "b" * (1_000_000 - column)
    _, shown, caret = lines(column, text)
    assert len(shown) <= 4 + 160
    assert shown[caret.index("^")] == "X"


def test_long_message_is_cut() -> None:
    assert len(lines(1, "", "x" * 1_000_000)[0]) < 1_100


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    shown = lines(1, "a\x1b[2Jb\x07\u200b", "unknown key `\x1b[31m`\nsecond\udc80")
    assert shown[0] == "plan.yaml:7:1: error: unknown key `�[31m` second�"
    assert shown[1] == "    a�[2Jb��"


@pytest.mark.parametrize(
    ("text", "shown"), [("a\nb", "a b"), ("a\tb", "a b"), ("旗 – ×", "旗 – ×"), ("\ufeff", "�")]
)
def test_printable_keeps_what_can_be_seen(text: str, shown: str) -> None:
    assert printable(text) == shown
