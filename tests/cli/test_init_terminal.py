"""The questions of `plan init`, asked and answered in a real terminal."""

import os
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from processes import COMMAND, PLANS, environment

from target_cascade import load_plan
from target_cascade.write.prose import text_width

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals of this kind", allow_module_level=True)

import fcntl
import pty
import termios

PAGE = Path(__file__).parent.parent.parent / "docs" / "commands" / "init.md"
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_SECONDS = 30
INTERRUPT, END = "\x03", "\x04"


class Talk(NamedTuple):
    """What a terminal showed, answers included, and the status at the end."""

    text: str
    status: int

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files of sales."""
    shutil.copy(PLANS / "last_year.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def talk(answers: Sequence[str], *arguments: str) -> Talk:
    """`plan init` in a terminal of 80 columns, where each question gets the next of the answers."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
    process = subprocess.Popen(
        [*COMMAND, "init", *arguments],
        env=environment(TERM="xterm-256color"),
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
        preexec_fn=_own_terminal,  # noqa: PLW1509 (nothing here has threads)
    )
    os.close(follower)
    try:
        shown = _conversation(leader, list(answers))
        return Talk(_STYLE.sub("", shown.replace("\r\n", "\n")), process.wait(_SECONDS))
    finally:
        process.kill()
        process.wait()
        os.close(leader)


def _own_terminal() -> None:
    """Make the terminal the one that Ctrl-C is sent by."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _conversation(leader: int, answers: list[str]) -> str:
    shown = b""
    answered = 0
    while piece := _read(leader):
        shown += piece
        if shown.endswith(b"? ") and len(shown) > answered:
            assert answers, f"one question too many: {shown.decode()}"
            answer = answers.pop(0)
            os.write(leader, answer.encode() if answer in (INTERRUPT, END) else f"{answer}\n".encode())
            answered = len(shown)
    assert not answers, f"never asked for: {answers}"
    return shown.decode("utf-8")


def _read(leader: int) -> bytes:
    ready, _, _ = select.select([leader], [], [], _SECONDS)
    assert ready, "the command waits for something else than an answer"
    try:
        return os.read(leader, 65536)
    except OSError:  # how a terminal ends on Linux
        return b""


def plan_text(path: str = "plan.yaml") -> str:
    return Path(path).read_text(encoding="utf-8")


def test_page_shows_what_a_terminal_shows(update_golden: bool) -> None:
    page = PAGE.read_text(encoding="utf-8")
    match = re.search(r"(?<=^```text\n)\$ plan init (\w+)\n(.*?)(?=^```$)", page, re.MULTILINE | re.DOTALL)
    assert match
    answers = ["4000万", "last_year.csv", "", "JD store", "500万", ""]
    lines = talk(answers, match[1]).lines
    end = next(number for number, line in enumerate(lines) if line.startswith("Month"))
    shown = "".join(f"{line}\n".replace(" \n", "\n") for line in [*lines[:end], "…"])
    written = page[: match.start()] + f"$ plan init {match[1]}\n{shown}" + page[match.end() :]
    if update_golden:
        PAGE.write_text(written, encoding="utf-8")
    else:
        assert written == page


def test_plan_has_the_answers_as_they_were_typed() -> None:
    done = talk(["４０００万", " 'last_year.csv' ", "", "京东: #1", "0.05亿", ""])
    assert done.status == 0
    assert "\ntarget: ４０００万\n" in plan_text()
    assert "\nyear: 2012\n" in plan_text()
    assert "\nbase: last_year.csv\n" in plan_text()
    assert "\n  - {name: '京东: #1', expect: 0.05亿}\n" in plan_text()
    assert load_plan("plan.yaml").target == 40_000_000


def test_no_line_is_longer_than_the_terminal() -> None:
    done = talk(["4000万", "last_year.csv", "", "JD store", "9000万", "500万", ""])
    questions = [line for line in done.lines if "? " not in line]
    assert max(map(text_width, questions)) <= 80


def test_what_may_be_left_open_is_left_open() -> None:
    done = talk(["4000万", "", "2027", ""])
    assert done.status == 0
    assert "\n# base: last_year.csv\n" in plan_text()
    assert "\n# new_business:\n" in plan_text()


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        pytest.param(["", "4000万", "", "2027", ""], "this cannot be left open", id="no target"),
        pytest.param(["40x", "4000万", "", "2027", ""], "`40x` ends in a unit", id="target"),
        pytest.param(["0", "4000万", "", "2027", ""], "`0` is not above 0", id="target of nothing"),
        pytest.param(["1M", "no.csv", "", "2027", ""], "cannot read `no.csv`", id="file"),
        pytest.param(["1M", ".", "", "2027", ""], "it is no plain file", id="folder"),
        pytest.param(["1M", "", "27", "2027", ""], "`27` is not a year", id="year"),
        pytest.param(["1M", "", "", "2027", ""], "this cannot be left open", id="no year"),
        pytest.param(["1M", "", "2027", "a", "x", "1k", ""], "`x` is not an amount", id="amount"),
        pytest.param(
            ["1M", "", "2027", "a", "2M", "1k", ""], "more than the months are to add up to", id="too much"
        ),
        pytest.param(
            ["1M", "", "2027", "a", "1k", "a", ""], "names tell entries apart", id="same business twice"
        ),
        pytest.param(
            ["1M", "last_year.csv", "2014", "", "", "", ""],
            "a base of the wrong year",
            id="year that is not the file's",
        ),
    ],
)
def test_wrong_answer_is_explained_and_asked_for_again(answers: list[str], reason: str) -> None:
    done = talk(answers)
    assert done.status == 0, done.text
    assert reason in " ".join(done.text.split())
    assert load_plan("plan.yaml").target > 0


WITHOUT_MAY = "month,amount\n" + "".join(f"2026-{month:02},{month}\n" for month in range(1, 13) if month != 5)
NO_YEARS = "month,amount\n" + "".join(f"{month}月,{month}\n" for month in range(1, 13))


def test_wrong_file_is_explained_before_the_year_is_asked_for() -> None:
    Path("bad.csv").write_text(WITHOUT_MAY, encoding="utf-8")
    done = talk(["1M", "bad.csv", "last_year.csv", "", ""])
    assert done.status == 0, done.text
    assert done.text.index("no row is about 2026-05") < done.text.index("Which year")
    assert "\nbase: last_year.csv\n" in plan_text()


def test_wrong_file_named_again_may_be_of_another_year() -> None:
    Path("bad.csv").write_text(WITHOUT_MAY, encoding="utf-8")
    done = talk(["1M", "bad.csv", "", "", "none", "2027", ""])
    assert done.status == 0, done.text
    assert "one from April [2027]? " in done.text
    assert done.text.count("no row is about 2026-05") == 2
    assert load_plan("plan.yaml").base is None


def test_year_of_a_title_is_offered() -> None:
    Path("sales.csv").write_text(f"sales of 2026\n{NO_YEARS}", encoding="utf-8")
    done = talk(["1M", "sales.csv", "", ""])
    assert "one from April [2027]? " in done.text
    assert "\nyear: 2027\n" in plan_text()


def test_no_year_is_offered_where_the_file_names_none() -> None:
    Path("sales.csv").write_text(NO_YEARS, encoding="utf-8")
    done = talk(["1M", "sales.csv", "2027", ""])
    assert "one from April? " in done.text


@pytest.mark.parametrize("before", [(), ("9M",)], ids=["at once", "after a wrong amount"])
def test_new_business_is_dropped_by_no_amount(before: tuple[str, ...]) -> None:
    done = talk(["1M", "", "2027", "JD stroe", *before, "", "JD store", "1k", ""])
    assert done.status == 0, done.text
    assert [one.name for one in load_plan("plan.yaml").new_business] == ["JD store"]


def test_file_that_did_not_go_with_the_year_can_be_left_out() -> None:
    done = talk(["1M", "last_year.csv", "2014", "", "none", "2014", ""])
    assert done.status == 0
    assert load_plan("plan.yaml").base is None


def test_plan_may_be_held_against_a_year_further_back() -> None:
    done = talk(["1M", "last_year.csv", "2014", "1", ""])
    assert done.status == 0
    assert "\nbase: {file: last_year.csv, year: 2011}\n" in plan_text()


TWO_COLUMNS = "月份,成交金额,支付金额\n" + "".join(
    f"2026年{month}月,{month},{9 * month}\n" for month in range(1, 13)
)


@pytest.mark.parametrize("answer", ["2", "２", "支付金额"])
def test_choice_that_a_file_leaves_is_asked_for_and_stands_in_the_plan(answer: str) -> None:
    Path("two.csv").write_text(TWO_COLUMNS, encoding="utf-8")
    done = talk([answer], "--target", "4000万", "--from", "two.csv")
    assert done.status == 0
    assert {"  1  成交金额", "  2  支付金额"} <= set(done.lines)
    assert "more than one could be sales" in " ".join(done.text.split())
    assert "base: {file" not in done.text
    assert "\nbase: {file: two.csv, column: 支付金额}\n" in plan_text()
    assert f"total {sum(9 * month for month in range(1, 13))}" in done.text


def test_choice_is_asked_for_until_it_is_one_of_them() -> None:
    Path("two.csv").write_text(TWO_COLUMNS, encoding="utf-8")
    done = talk(["3", "", "支付", "1"], "--target", "4000万", "--from", "two.csv")
    assert done.text.count("write the number that stands before it") == 3
    assert "\nbase: {file: two.csv, column: 成交金额}\n" in plan_text()


@pytest.mark.parametrize(("key", "status"), [(INTERRUPT, 130), (END, 2)], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("before", [[], ["4000万"], ["4000万", "last_year.csv", "", "JD store"]], ids=len)
def test_who_leaves_leaves_nothing_behind(before: list[str], key: str, status: int) -> None:
    done = talk([*before, key], "shop")
    assert done.status == status
    assert done.lines[-1] == "plan: nothing is written"
    assert "Traceback" not in done.text
    assert [path.name for path in Path().iterdir()] == ["last_year.csv"]


@pytest.mark.parametrize("known", [("--year", "2027"), ("--from", "last_year.csv")], ids=lambda one: one[0])
def test_nothing_is_asked_where_nothing_is_missing(known: tuple[str, str]) -> None:
    assert talk([], "--target", "4000万", *known).status == 0


def test_what_options_say_is_not_asked() -> None:
    done = talk(["4000万", ""], "--year", "2027", "--new-business", "JD store=500万")
    assert done.status == 0
    assert "expect: 500万" in plan_text()


def test_wrong_option_ends_before_anything_is_asked() -> None:
    done = talk([], "--buffer", "5")
    assert done.status == 2
    assert done.lines[0].startswith("--buffer:1:1: error: `5` as a fraction would be 500 %")


def test_plan_that_is_there_ends_it_before_anything_is_asked() -> None:
    Path("plan.yaml").write_bytes(b"mine")
    done = talk([])
    assert done.status == 2
    assert Path("plan.yaml").read_bytes() == b"mine"
