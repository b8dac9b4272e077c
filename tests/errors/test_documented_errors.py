"""One bad file and its one message each: NAME.yaml, the base NAME.csv that it may name, and NAME.txt with
all that the command says about it. The folders are kinds of mistakes; `several/` has many in one file.

`pytest tests/errors --update-golden` writes what is said now.
"""

import re
import shutil
from pathlib import Path

import pytest
from screens import run_plan

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*/*.yaml"))
KINDS = 70

every_case = pytest.mark.parametrize(
    "case", [pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in CASES]
)


@every_case
def test_bad_file_gets_its_message(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    folder = tmp_path / "plans"
    shutil.copytree(case.parent, folder)
    before = sorted(folder.iterdir())
    monkeypatch.chdir(folder)

    shown = run_plan(["split", case.name, "-o", "quotas.csv"], monkeypatch)

    assert (shown.status, shown.output) == (2, b"")
    assert sorted(folder.iterdir()) == before, "nothing is written"
    golden = case.with_suffix(".txt")
    if update_golden:
        golden.write_bytes(shown.messages)
    assert shown.messages.decode("utf-8") == golden.read_text(encoding="utf-8")


@every_case
def test_message_has_the_form_that_editors_jump_to(case: Path) -> None:
    told = case.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    # Where the numbers cannot be true, it comes first how a file was understood.
    understood = re.compile(r"\S+\.csv: UTF-8, |base: .* filled by the shape")
    lines = [line for line in told if not understood.match(line)]
    places = [re.match(r"(\S+\.(?:yaml|csv)):(\d+):(\d+): error: [`\w]", line) for line in lines]
    heads = [(lines[i:], place) for i, place in enumerate(places) if place]
    assert len(heads) * 3 >= len(lines), "each problem has a line, its place in the file and a caret"
    for (_, *below), place in heads:
        text = (case.parent / place[1]).read_text(encoding="utf-8").splitlines()
        line = text[int(place[2]) - 1] if text else ""
        if below and below[0].startswith("    "):
            assert below[0][4:] in line
            assert below[1].strip() == "^"
        else:
            assert not line.strip(), "only an empty line is not shown"


def test_one_slip_has_one_message() -> None:
    told = {case: case.with_suffix(".txt").read_text(encoding="utf-8").count(": error: ") for case in CASES}
    several = {case.stem for case, messages in told.items() if messages > 1 and case.parent.name != "several"}
    assert several == {
        "merge_key",
        "several_kinds_at_once",
        "unknown_key_chinese",
        "year_and_target_missing",
    }


def test_each_kind_of_mistake_is_documented() -> None:
    assert len(CASES) >= KINDS
    assert {path.stem for path in HERE.glob("*/*.txt")} == {path.stem for path in CASES}
