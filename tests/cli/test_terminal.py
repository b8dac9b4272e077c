"""What a real terminal shows: through a pseudo-terminal of some width."""

import os
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from processes import COMMAND, PLANS, environment, run_process, said

from target_cascade.write.prose import text_width

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals of this kind", allow_module_level=True)

import fcntl
import pty
import termios

_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_COLOUR = re.compile(r"\x1b\[(?:\d+;)*3\d(?:;\d+)*m")


def shown(columns: int, *arguments: str, **variables: str) -> str:
    """What `plan` writes to a terminal with so many columns, line ends as in a file; stderr is a pipe, and
    has what it should."""
    text, messages = on_terminal(columns, arguments, variables, stderr=False)
    assert messages == said(*arguments)
    return text


def screen(columns: int, *arguments: str, **variables: str) -> str:
    """What `plan` shows where stderr is the same terminal."""
    return on_terminal(columns, arguments, variables, stderr=True)[0]


def on_terminal(
    columns: int, arguments: Sequence[str], variables: Mapping[str, str], stderr: bool
) -> tuple[str, bytes]:
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    variables = {"TERM": "xterm-256color", **variables}
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=PLANS,
        env=environment(**variables),
        stdin=follower,
        stdout=follower,
        stderr=follower if stderr else subprocess.PIPE,
    )
    os.close(follower)
    output = b"".join(iter(lambda: _read(leader), b""))
    os.close(leader)
    _, messages = process.communicate()
    assert process.returncode == 0
    return output.decode("utf-8").replace("\r\n", "\n"), messages


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # how a terminal ends on Linux
        return b""


@pytest.mark.parametrize("by", ["quarter", "month", "week", "day"])
@pytest.mark.parametrize("columns", [120, 80, 40])
def test_no_line_is_longer_than_the_terminal(columns: int, by: str) -> None:
    lines = _STYLE.sub("", shown(columns, "split", "flagship.yaml", "--by", by)).splitlines()
    assert max(map(text_width, lines)) <= columns
    assert lines[0] == "旗舰店 2012 · revision 3 · CNY"
    assert [line.split()[:2] for line in lines[2:5]] == [
        ["Target", "40,000,000"],
        ["Buffer", "5.0"],
        ["Planned", "total"],
    ]
    assert "…" not in "".join(lines), "nothing is cut"
    assert lines[-1].split()[0] == "Total"
    assert "42,000,000" in lines[-1]


@pytest.mark.parametrize("columns", [120, 80, 40, 27])
def test_no_line_of_an_explained_quota_is_longer_than_the_terminal(columns: int) -> None:
    lines = _STYLE.sub("", shown(columns, "explain", "causes.yaml", "2012-11")).splitlines()
    assert max(map(text_width, lines)) <= columns
    assert lines[0].startswith("2012-11 must bring")
    assert any(line.startswith("quota") and "7,800,000" in line for line in lines)


def test_terminal_explains_a_quota_with_the_words_of_a_pipe() -> None:
    piped = run_process("explain", "causes.yaml", "2012-11", variables={"COLUMNS": "80"})
    terminal = _STYLE.sub("", shown(80, "explain", "causes.yaml", "2012-11"))
    assert words(terminal) == words(piped.stdout.decode("utf-8"))


def test_what_takes_away_is_red() -> None:
    lines = shown(80, "explain", "causes.yaml", "2012-11").splitlines()
    assert "\x1b[31m" in next(line for line in lines if "limits" in line)
    assert "\x1b[32m" in next(line for line in lines if "growth " in line and "%" in line)
    assert lines[0].startswith("\x1b[1m2012-11 must bring")


@pytest.mark.parametrize("columns", [100, 40, 24])
def test_terminal_shows_a_difference_line_by_line_as_a_pipe_does(columns: int) -> None:
    arguments = ("diff", "flagship.yaml", "flagship.yaml", "--set", "buffer=8.25%")
    piped = run_process(*arguments, variables={"COLUMNS": str(columns)}).stdout.decode("utf-8")
    terminal = _STYLE.sub("", shown(columns, *arguments))
    assert "…" not in terminal, "no figure is cut"
    assert [line.rstrip() for line in terminal.splitlines() if "─" not in line] == [
        line for line in piped.splitlines() if "─" not in line
    ]


@pytest.mark.parametrize("columns", [80, 40, 12])
@pytest.mark.parametrize("command", ["split", "check", "explain", "export", "diff"])
def test_line_of_a_file_stands_above_the_rest_and_fits_the_terminal(
    command: str, columns: int, tmp_path: Path
) -> None:
    arguments = {"export": ["-o", str(tmp_path / "quotas.csv")], "diff": ["flagship.yaml"]}.get(command, [])
    command_line = (command, "flagship.yaml", *arguments)
    line = said("flagship.yaml").decode().split()
    lines = screen(columns, *command_line).splitlines()
    below = shown(columns, *command_line).splitlines()
    above = lines[: len(lines) - len(below)]
    assert lines[len(above) :] == below
    assert "".join(" ".join(above).split()) == "".join(line), "said once, and nothing is cut"
    assert len(above) == 1 or all(one.startswith("  ") for one in above[1:])
    assert max(map(text_width, above)) <= columns


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_line_of_a_file_with_a_chinese_name_fits_a_terminal_of_any_encoding(
    encoding: str, tmp_path: Path
) -> None:
    folder = tmp_path / ("去年的销售额" * 5)
    folder.mkdir()
    shutil.copy(PLANS / "last_year.csv", folder)
    plan = tmp_path / "plan.yaml"
    base = f"{folder.name}/last_year.csv"
    plan.write_text(f"{{year: 2012, target: 40M, base: {base}}}", encoding="utf-8")
    lines = screen(30, "split", str(plan), "--format", "csv", PYTHONIOENCODING=encoding).splitlines()
    above = lines[: next(at for at, line in enumerate(lines) if line.startswith("month,"))]
    line = said("flagship.yaml").decode().replace("last_year.csv", f"{folder}/last_year.csv")
    escaped = line.encode(encoding, "backslashreplace").decode()
    assert "".join(" ".join(above).split()) == "".join(escaped.split())
    assert max(map(text_width, above)) <= 30


@pytest.mark.parametrize("by", ["quarter", "month", "week", "day"])
def test_terminal_shows_the_words_and_numbers_of_a_pipe(by: str) -> None:
    piped = run_process("split", "flagship.yaml", "--by", by)
    terminal = _STYLE.sub("", shown(80, "split", "flagship.yaml", "--by", by))
    assert words(terminal) == words(piped.stdout.decode("utf-8"))


def words(text: str) -> list[str]:
    """Without bars and rules, which are drawn to fit."""
    return [word for word in text.split() if not set(word) <= set("─▏▎▍▌▋▊▉█░")]


def test_bars_have_a_colour_and_heads_and_sums_are_bold() -> None:
    lines = shown(80, "split", "flagship.yaml", "--by", "week").splitlines()
    assert "\x1b[32m" in next(line for line in lines if "2012-W10" in line)
    for word in ("旗舰店", "Week", "2012-03 ", "Total"):
        assert "\x1b[1m" in next(line for line in lines if word in line), word


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_colour_can_be_switched_off(variables: dict[str, str]) -> None:
    coloured = shown(80, "split", "flagship.yaml")
    plain = shown(80, "split", "flagship.yaml", **variables)
    assert _COLOUR.search(coloured)
    assert not _COLOUR.search(plain)
    assert _STYLE.sub("", plain) == _STYLE.sub("", coloured)


def test_columns_of_the_environment_go_before_those_of_the_terminal() -> None:
    lines = _STYLE.sub("", shown(120, "split", "flagship.yaml", COLUMNS="60")).splitlines()
    assert max(map(text_width, lines)) <= 60


def test_terminal_of_ascii_gets_plain_lines() -> None:
    text = shown(60, "split", "flagship.yaml", PYTHONIOENCODING="ascii")
    assert text.isascii()
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 60


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_other_formats_are_the_same_on_a_terminal(form: str) -> None:
    arguments = ("split", "shortest.yaml", "--by", "quarter", "--format", form)
    assert shown(40, *arguments) == run_process(*arguments).stdout.decode("utf-8")
