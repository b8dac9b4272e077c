"""The statuses of `plan check`, and what only its output as a whole can show."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from processes import PLANS, run_process, said
from screens import Shown, run_plan

from target_cascade.write.prose import text_width

FORMS = ("table", "csv", "json", "markdown", "github")
SOUND, NOTED, WARNED, WRONG = (
    ["sound.yaml"],
    ["shortest.yaml", "--set", "buffer=5%"],
    ["shortest.yaml"],
    ["weak.yaml"],
)


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PLANS)
    monkeypatch.setenv("COLUMNS", "80")


def check(patch: pytest.MonkeyPatch, *arguments: str, stdin: bytes = b"") -> Shown:
    return run_plan(["check", *arguments], patch, stdin)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("arguments", "status", "strict"),
    [
        pytest.param(SOUND, 0, 0, id="nothing"),
        pytest.param(NOTED, 0, 0, id="a note"),
        pytest.param(WARNED, 0, 1, id="warnings"),
        pytest.param(WRONG, 1, 1, id="an error"),
        pytest.param(SOUND + WARNED, 0, 1, id="warnings in the last plan"),
        pytest.param(WRONG + SOUND, 1, 1, id="an error in the first plan"),
        pytest.param(["accepting.yaml"], 0, 0, id="accepted"),
    ],
)
def test_status_is_1_for_errors_and_when_strict_for_warnings(
    arguments: list[str], status: int, strict: int, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    careful = check(monkeypatch, *arguments, "--strict", "--format", form)
    shown = check(monkeypatch, *arguments, "--format", form)
    assert (shown.status, careful.status) == (status, strict)
    assert shown.output == careful.output
    assert shown.messages == careful.messages == said(*arguments)


@pytest.mark.parametrize("form", FORMS)
def test_file_holds_what_stdout_shows_and_the_status_stays(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "findings"
    shown = check(monkeypatch, *WRONG, "--format", form)
    written = check(monkeypatch, *WRONG, "--format", form, "-o", str(file))
    assert (written.status, written.output, written.messages) == (1, b"", said(*WRONG))
    assert file.read_bytes().removeprefix(b"\xef\xbb\xbf") == shown.output
    dashed = check(monkeypatch, *WRONG, "--format", form, "-o", "-")
    assert (dashed.status, dashed.output) == (1, shown.output)


@pytest.mark.parametrize("bad", ["infeasible.yaml", "nowhere.yaml", "last_year.csv"])
def test_one_bad_plan_stops_all_and_writes_nothing(
    bad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "findings.csv"
    for arguments in (["weak.yaml", bad], [bad, "weak.yaml"], [bad, "weak.yaml", "-o", str(file)]):
        shown = check(monkeypatch, *arguments)
        assert (shown.status, shown.output) == (2, b"")
        assert shown.text.startswith(f"{bad}:")
        assert not file.exists()


def test_findings_of_all_formats_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = ("weak.yaml", "shortest.yaml")
    records = json.loads(check(monkeypatch, *plans, "--format", "json").output)
    rows = list(csv.DictReader(StringIO(check(monkeypatch, *plans, "--format", "csv").output.decode())))
    assert [row["message"] for row in rows] == [record["message"] for record in records]
    places = [
        f"{one['where']['file']}:{one['where']['line']}: {one['severity']}: {one['rule']}" for one in records
    ]
    lines = check(monkeypatch, *plans).output.decode().splitlines()
    assert [line for line in lines if line.startswith(("weak.yaml:", "shortest.yaml:"))] == places
    commands = check(monkeypatch, *plans, "--format", "github").output.decode().splitlines()
    assert [command.partition("title=")[2].partition("::")[0] for command in commands] == [
        record["rule"] for record in records
    ]
    for row, record in zip(rows, records, strict=True):
        assert row["value"] == "" or float(row["value"]) == record["value"]


def test_place_leads_to_the_entry_that_the_finding_names(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (PLANS / "weak.yaml").read_text(encoding="utf-8").splitlines()
    records = json.loads(check(monkeypatch, "weak.yaml", "--format", "json").output)
    (lift,) = (record for record in records if record["rule"] == "lift-size")
    assert "`双11 ]{ *大促* 100%`" in lift["message"]
    assert "双11 ]{ *大促* 100%" in lines[lift["where"]["line"] - 1]


@pytest.mark.parametrize(
    "setting", ["buffer=1%", "adjust.'second oven'.lift=60%", "new_business={Cakes: 90k}"]
)
def test_place_of_what_is_set_stays_in_the_plan(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = check(monkeypatch, "sound.yaml", "-", "--set", setting, "--format", "json", stdin=_sound())
    files = [record["where"]["file"] for record in json.loads(shown.output)]
    assert set(files) == {"sound.yaml", "stdin"}


def _sound() -> bytes:
    return (PLANS / "sound.yaml").read_bytes()


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("plan", ["weak.yaml", "accepting.yaml", "flagship.yaml"])
def test_lines_fit_the_screen(columns: int, plan: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(text_width, check(monkeypatch, plan).output.decode().splitlines())) <= columns


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param([], "Missing argument 'PLAN", id="no plan"),
        pytest.param(["sound.yaml", "--format", "junit"], "'junit' is not one of", id="unknown format"),
        pytest.param(["sound.yaml", "--bogus"], "No such option: --bogus", id="unknown option"),
    ],
)
def test_wrong_use_ends_with_status_2(
    arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = check(monkeypatch, *arguments)
    assert (shown.status, shown.output) == (2, b"")
    assert message in shown.text


def test_github_is_a_format_of_findings_only(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run_plan(["split", "sound.yaml", "--format", "github"], monkeypatch)
    assert (shown.status, shown.output) == (2, b"")


@pytest.mark.parametrize("form", FORMS)
def test_findings_are_written_whatever_stdout_can_show(form: str) -> None:
    shown = run_process("check", "weak.yaml", "--format", form, variables={"PYTHONIOENCODING": "ascii"})
    assert (shown.returncode, shown.stderr) == (1, said("weak.yaml"))
    text = shown.stdout.decode("ascii" if form == "table" else "utf-8")
    assert "{x}" in text
    assert ("新店" in text) == (form != "table")


def test_plan_that_is_named_twice_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    once = check(monkeypatch, "weak.yaml", "sound.yaml").output
    assert check(monkeypatch, "weak.yaml", "sound.yaml", "./weak.yaml", "sound.yaml").output == once
    stdin = check(monkeypatch, "-", "-", "--format", "csv", stdin=_weak())
    assert stdin.output == check(monkeypatch, "-", "--format", "csv", stdin=_weak()).output


def _weak() -> bytes:
    return (PLANS / "weak.yaml").read_bytes()


def test_annotations_of_what_no_pull_request_has_stand_beside_no_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named = check(monkeypatch, "weak.yaml", "--format", "github").output.decode()
    piped = check(monkeypatch, "-", "--format", "github", stdin=_weak()).output.decode()
    assert "file=weak.yaml,line=" in named
    assert piped == re.sub(r"file=weak.yaml,line=\d+,", "", named)
    wrong = check(monkeypatch, "-", "--format", "github", stdin=b"year: 2027\n").output
    assert wrong.startswith(b"::error title=plan::")
