"""The actuals of a plan, or of --actuals: from which folder, which revision, and what if there are none."""

import subprocess
import sys
from pathlib import Path

import pytest
from repositories import isolate, needs_git, new_repository

from target_cascade.cli.actuals import LoadedActuals, load_actuals
from target_cascade.errors import InputError, UnreadableError, UsageError
from target_cascade.read.plan_file import read_plan

PLAN = "year: 2012\ntarget: 1200\n"
MONTHS = [f"2012-{month:02d}" for month in range(1, 13)]
CLOSED = f"""closed:
  through: 2012-01
  months: {{2012-01: {{quota: 100, actual: 90}}}}
  open: {{{", ".join(f"{month}: 100" for month in MONTHS[1:])}}}
  first: {{{", ".join(f"{month}: 100" for month in MONTHS)}}}
"""
FILE = "month,amount\n2012-01,90\n2012-02,95\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "actuals.csv").write_text(FILE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load(folder: Path, plan: str, option: str | None = None, *settings: str) -> LoadedActuals:
    (folder / "plans" / "plan.yaml").write_text(plan, encoding="utf-8")
    return load_actuals(read_plan("plans/plan.yaml", settings), option)


def test_file_of_the_plan_is_beside_it(folder: Path) -> None:
    loaded = load(folder, f"{PLAN}actuals: actuals.csv\n")
    assert [row.amount for row in loaded.rows] == [90, 95]
    assert loaded.files == (Path("plans/actuals.csv"),)
    assert loaded.said == ("plans/actuals.csv: UTF-8, column amount, 2 months to 2012-02-29, total 185",)


def test_option_is_read_from_the_working_directory(folder: Path) -> None:
    (folder / "june.csv").write_text("month,amount\n2012-01,1\n", encoding="utf-8")
    loaded = load(folder, f"{PLAN}actuals: {{file: actuals.csv, unit: 万}}\n", "june.csv")
    assert [row.amount for row in loaded.rows] == [10_000], "what the plan decides holds for it too"
    assert loaded.files == (Path("june.csv"),)


def test_setting_names_another_file(folder: Path) -> None:
    (folder / "plans" / "june.csv").write_text("month,amount\n2012-01,1\n", encoding="utf-8")
    loaded = load(folder, f"{PLAN}actuals: actuals.csv\n", None, "actuals=june.csv")
    assert loaded.files == (Path("plans/june.csv"),)


def test_amounts_in_the_plan_need_no_file(folder: Path) -> None:
    loaded = load(folder, f"{PLAN}actuals: {{2012-01: 90}}\n")
    assert [(int(row.amount), row.where.line if row.where else 0) for row in loaded.rows] == [(90, 3)]
    assert (loaded.files, loaded.said) == ((), ())


def test_plan_that_says_nothing_is_told_what_to_write(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"write `actuals: actuals\.csv` into it, or give --actuals FILE"):
        load(folder, PLAN)


def test_missing_file_is_told_at_the_key(folder: Path) -> None:
    with pytest.raises(InputError) as refused:
        load(folder, f"{PLAN}actuals: none.csv\n")
    (problem,) = refused.value.problems
    assert (problem.line, problem.column) == (3, 10)
    assert "its path begins at the folder of the plan file" in problem.message


def test_absolute_path_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="is an absolute path"):
        load(folder, f"{PLAN}actuals: {folder / 'plans' / 'actuals.csv'}\n")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param("actuals: none.csv\n", "`none.csv`: cannot read the actuals", id="file is gone"),
        pytest.param("", "no actuals are given", id="no key"),
    ],
)
def test_revision_goes_on_with_what_it_closed(folder: Path, key: str, said: str) -> None:
    loaded = load(folder, f"{PLAN}{key}{CLOSED}")
    assert (loaded.rows, loaded.files) == ((), ())
    assert said in loaded.said[0]
    assert loaded.said[0].endswith("what came in is what `closed` has, to 2012-01")


def test_option_that_is_not_there_is_an_error_in_a_revision_too(folder: Path) -> None:
    with pytest.raises(UnreadableError):
        load(folder, f"{PLAN}{CLOSED}", "none.csv")


def test_file_that_is_wrong_is_an_error_in_a_revision_too(folder: Path) -> None:
    (folder / "plans" / "actuals.csv").write_text("month,amount\n2012-01,x\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"actuals\.csv:2:"):
        load(folder, f"{PLAN}actuals: actuals.csv\n{CLOSED}")


@needs_git
def test_plan_of_a_revision_has_the_actuals_of_that_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    isolate(monkeypatch, tmp_path)
    repository = new_repository(tmp_path / "repository")
    repository.write("plans/plan.yaml", f"{PLAN}actuals: actuals.csv\n")
    repository.write("plans/actuals.csv", FILE)
    repository.commit()
    repository.write("plans/actuals.csv", "month,amount\n2012-01,1\n")
    monkeypatch.chdir(repository.folder)
    loaded = load_actuals(read_plan("HEAD:plans/plan.yaml"), None)
    assert [row.amount for row in loaded.rows] == [90, 95]
    assert loaded.files == ()
    assert loaded.said[0].startswith("HEAD:plans/actuals.csv: UTF-8")


def test_split_imports_nothing_of_it(folder: Path) -> None:
    (folder / "plans" / "plan.yaml").write_text(f"{PLAN}base: {list(range(1, 13))}\n", encoding="utf-8")
    script = """if True:
        import os, sys
        from target_cascade import __main__ as start
        def leave(status):
            print(status, sorted(name for name in sys.modules if "actuals" in name))
            sys.stdout.flush()
        os._exit = leave
        sys.argv = ["plan", "split", "plans/plan.yaml"]
        start.main()
    """
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert ran.stdout.splitlines()[-1] == "0 []"


def test_split_of_a_plan_with_actuals_reads_no_file(folder: Path) -> None:
    (folder / "plans" / "plan.yaml").write_text(
        f"{PLAN}base: {list(range(1, 13))}\nactuals: none.csv\n", encoding="utf-8"
    )
    ran = subprocess.run(
        [sys.executable, "-m", "target_cascade", "split", "plans/plan.yaml"], capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
