"""A small share of what `python tests/fuzz` does: whatever is in a file, the answer is a table or a message.

Seeded, so that each run is the same; `HYPOTHESIS_PROFILE=thorough` tries twenty times as many.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz.floods import FLOODS, changed_book
from fuzz.loop import MEGABYTES, Run, write_case
from fuzz.measured import STATUS, said_peak
from fuzz.targets import TARGETS, Case, plan_answer, reader_answer
from hypothesis import given
from hypothesis import strategies as st

FUZZ = Path(__file__).parents[1] / "fuzz"
RUNS = 150 if os.environ.get("HYPOTHESIS_PROFILE") != "thorough" else 3000
SALES = ("2011", "none", "sales")


@pytest.mark.parametrize("target", ["plan", "csv", "workbook", "written", "formulas"])
def test_fuzzed_input_gives_an_answer(target: str, tmp_path: Path) -> None:
    run = Run(target, 0, tmp_path, alone=False)
    result = run.until(lambda runs: runs >= RUNS)
    assert result.findings == ()
    assert result.answers > RUNS // 20, "the mutations reach many different answers"


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_an_answer(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    assert reader_answer(path, Case(content, SALES))
    assert plan_answer(path, Case(content, ("", "year")))


FOUND: dict[str, bytes] = {
    "a line of numbers that repeat": b"month;1;2" + b"1;2" * 100 + b";3;4;5\namount" + b";0.0002w" * 9,
    "a control character in a name": b"month,am\x1bount\n2011-01,1\n",
    "nothing": b"",
    "separators alone": b",,,\n;;;\n",
    "spaces alone": " \u3000\u200b\n".encode(),
    "header alone": b"month,amount\n",
    "amounts are empty in a wide row": b"date\trevenue\r\n2011-01" + b"\t" * 500 + b"\r\n",
}
"""What once ended in a traceback."""


@pytest.mark.parametrize("content", FOUND.values(), ids=FOUND)
@pytest.mark.parametrize("what", ["sales", "shape"])
def test_what_was_found_gives_an_answer(content: bytes, what: str, tmp_path: Path) -> None:
    path = tmp_path / "base.csv"
    path.write_bytes(content)
    assert reader_answer(path, Case(content, ("2011", "none", what)))


@pytest.mark.skipif(not STATUS.exists(), reason="the system does not say what a process took at the most")
@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_flood_is_answered_by_the_plain_program_in_little_memory(
    flood: Callable[[], tuple[str, Case]], tmp_path: Path
) -> None:
    name, case = flood()
    file = TARGETS[name].file
    write_case(tmp_path / file, name, case)
    if name != "plan":
        (tmp_path / "plan.yaml").write_text(f"year: 2012\ntarget: 4000\nbase: {{file: {file}}}\n", "utf-8")
    command = [sys.executable, str(FUZZ / "measured.py"), "split", "plan.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    said = done.stderr.decode()
    assert done.returncode in (0, 2), said[-1000:]
    assert "Traceback" not in said
    assert said_peak(said) < MEGABYTES


def test_saved_input_is_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "base.csv"
    write_case(path, "csv", Case(b"month,amount\n2011-01,x\n", SALES))
    command = [sys.executable, str(FUZZ), "--again", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert re.fullmatch(r"_ is not an amount.+\n[\d.]+ s, \d+ MB at the most\n", said)


def test_nothing_but_the_answer_is_printed_of_a_broken_style(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, case = changed_book("xl/worksheets/sheet1.xml", lambda sheet: sheet.replace(b' s="1"', b' s="99"'))
    path = tmp_path / TARGETS[name].file
    path.write_bytes(case.content)
    assert reader_answer(path, case)
    assert capsys.readouterr() == ("", "")
