"""A plan file → the plan, and the problems at their places."""

from fractions import Fraction
from pathlib import Path

import pytest
from plans import base_of

from target_cascade import load_plan
from target_cascade.errors import InfeasibleError, InputError, Problem, UnreadableError
from target_cascade.read.plan_file import read_plan

SHORTEST = "year: 2012\ntarget: 4000万\n"


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    return tmp_path / "plan.yaml"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(SHORTEST.encode(), id="LF"),
        pytest.param(SHORTEST.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(SHORTEST.replace("\n", "\r").encode(), id="CR"),
        pytest.param(SHORTEST.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(SHORTEST.rstrip().encode(), id="no line end at the end"),
        pytest.param(b"# a plan\n---\n" + SHORTEST.encode() + b"...\n", id="document marks"),
        pytest.param('{"year": 2012, "target": "4000万"}'.encode(), id="JSON"),
        pytest.param('target: \'4000万\'\n"year": "2012"\n'.encode(), id="quoted"),
        pytest.param(b"t: &t 2012\n".replace(b"t: &t", b"year: &t") + b"target: *t\n", id="alias"),
    ],
)
def test_plan_is_read_from_any_text_of_utf_8(plan_file: Path, raw: bytes) -> None:
    plan_file.write_bytes(raw)
    assert load_plan(plan_file).year.label == "2012"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("no", "no", id="no is no false"),
        pytest.param("16:00", "16:00", id="no sexagesimal"),
        pytest.param("007", "007", id="no octal"),
        pytest.param("1e3", "1e3", id="no float"),
        pytest.param("2012-11-11", "2012-11-11", id="no date"),
        pytest.param("null", "null", id="no null"),
        pytest.param("'~'", "~", id="quoted tilde"),
        pytest.param("|\n  two\n  lines", "two lines", id="block"),
        pytest.param("旗舰店 №1 — “ok”", "旗舰店 №1 — “ok”", id="curly quotes inside"),
    ],
)
def test_scalars_are_text(plan_file: Path, text: str, title: str) -> None:
    plan_file.write_text(f"{SHORTEST}plan: {text}\n", encoding="utf-8")
    assert load_plan(plan_file).title == title


@pytest.mark.parametrize(("days", "daily"), [(12, False), (13, True)])
def test_base_knows_whether_its_file_has_a_row_a_day(plan_file: Path, days: int, daily: bool) -> None:
    rows = [f"2011-{month:02d}-01,1" for month in range(1, 13)] + ["2011-12-31,1"]
    (plan_file.parent / "sales.csv").write_text("\n".join(["date,amount", *rows[:days]]), encoding="utf-8")
    plan_file.write_text(f"{SHORTEST}base: sales.csv\n", encoding="utf-8")
    base = load_plan(plan_file).base
    assert base is not None
    assert (base.daily, base.file) == (daily, None)


def test_base_file_stands_beside_the_plan(plan_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (plan_file.parent / "last_year.csv").write_text(
        "month,amount\n" + "".join(f"2011-{month:02d},{month}\n" for month in range(1, 13)), encoding="utf-8"
    )
    plan_file.write_text(f"{SHORTEST}base: {{file: last_year.csv, fix: {{jul: 60万}}}}\n", encoding="utf-8")
    monkeypatch.chdir("/")
    repaired = [1, 2, 3, 4, 5, 6, 600_000, 8, 9, 10, 11, 12]
    assert base_of(load_plan(plan_file)) == tuple(map(Fraction, repaired))
    assert read_plan(str(plan_file)).files == (plan_file, plan_file.parent / "last_year.csv")


def test_setting_is_read_as_if_it_stood_in_the_file(plan_file: Path) -> None:
    plan_file.write_text(SHORTEST, encoding="utf-8")
    plan = read_plan(str(plan_file), ["buffer=5%", "target=5000万", "target=6000万"]).plan
    assert [plan.buffer, plan.target] == [Fraction(5, 100), Fraction(60_000_000)]


def test_missing_plan_is_told_apart(plan_file: Path) -> None:
    with pytest.raises(UnreadableError):
        load_plan(plan_file)


def test_all_problems_are_told_in_the_order_of_the_file(plan_file: Path) -> None:
    plan_file.write_text(
        "year: 2012\nyear: 2013\nbufer: 5%\nbase: 5\ntarget: x\nlimits:\n  - {months: 13, max: }\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as refused:
        load_plan(plan_file)
    assert [(problem.line, problem.column) for problem in refused.value.problems] == [
        (2, 1),
        (3, 1),
        (5, 9),
        (7, 18),
    ]
    assert {problem.file for problem in refused.value.problems} == {str(plan_file)}


def test_infeasible_plan_is_told_at_its_lines(plan_file: Path) -> None:
    plan_file.write_text(f"{SHORTEST}limits:\n  - {{months: 1, min: 5, max: 9}}\n", encoding="utf-8")
    file = read_plan(str(plan_file))
    located = file.located(
        InfeasibleError(
            Problem("whole", ()), Problem("max", ("limits", 0, "max")), Problem("none", ("limits", 0, "hold"))
        )
    )
    assert [(p.line, p.column, p.message) for p in located.problems] == [
        (1, 1, "whole"),
        (4, 5, "none"),
        (4, 30, "max"),
    ]


def test_empty_key_beside_a_whole_entry_is_the_only_problem(plan_file: Path) -> None:
    plan_file.write_text(f"{SHORTEST}adjust:\n  - {{name: x, lift: 5, 000}}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_plan(plan_file)
    assert [problem.column for problem in refused.value.problems] == [24]
