"""`plan diff` between revisions of git, and what it leaves behind."""

import json
from pathlib import Path

import pytest
from repositories import Repository, isolate, needs_git, new_repository
from screens import Shown, run_plan

PLAN = "year: 2027\ntarget: {target}\nbase: sales.csv\n"


def sales(amount: int) -> str:
    """A last year with the same amount in each month."""
    return "month,amount\n" + "".join(f"2026-{month:02d},{amount}\n" for month in range(1, 13))


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A plan with its base file in three revisions; the work tree is a fourth."""
    isolate(monkeypatch, tmp_path)
    repository = new_repository(tmp_path / "plans")
    monkeypatch.chdir(repository.folder)
    for target, amount in ((1200, 100), (1320, 100), (1320, 90)):
        repository.write("plan.yaml", PLAN.format(target=target))
        repository.write("sales.csv", sales(amount))
        repository.commit()
    repository.write("plan.yaml", PLAN.format(target=1440))
    return repository


def diffed(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Shown:
    return run_plan(["diff", *arguments], monkeypatch)


def causes(shown: Shown) -> list[str]:
    assert shown.status == 0, shown.text
    return [cause["change"] for cause in json.loads(shown.output)["causes"]]


@needs_git
@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("HEAD~2:plan.yaml", "HEAD~1:plan.yaml", ["target 1,200 → 1,320"], id="the target"),
        pytest.param(
            "HEAD~1:plan.yaml",
            "HEAD:plan.yaml",
            ["base: 12 months of last year, together 1,200 → 1,080"],
            id="the base file as it was",
        ),
        pytest.param("HEAD:plan.yaml", "plan.yaml", ["target 1,320 → 1,440"], id="the work tree"),
        pytest.param(
            "plan.yaml",
            "HEAD~2:plan.yaml",
            ["base: 12 months of last year, together 1,080 → 1,200", "target 1,440 → 1,200"],
            id="back",
        ),
    ],
)
def test_difference_of_revisions(
    old: str, new: str, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert causes(diffed(monkeypatch, old, new, "--format", "json")) == expected


@needs_git
@pytest.mark.usefixtures("history")
def test_what_if_of_a_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = diffed(monkeypatch, "HEAD:plan.yaml", "HEAD:plan.yaml", "--set", "buffer=10%")
    assert "HEAD:plan.yaml → HEAD:plan.yaml with buffer=10%\n" in shown.text
    assert "buffer 0 % → 10 %" in shown.text


@needs_git
def test_two_broken_revisions_are_both_told_and_no_file_is_written(
    history: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.write("plan.yaml", "year: 2027\ntarget: lots\n")
    history.commit()
    shown = diffed(monkeypatch, "HEAD:plan.yaml", "v9:plan.yaml", "-o", "diff.md", "--exit-code")
    messages = shown.messages.decode()
    assert (shown.status, shown.output) == (2, b"")
    assert messages.startswith("HEAD:plan.yaml:2:9: error: ")
    assert "v9:plan.yaml:1:1: error: " in messages
    assert not Path("diff.md").exists()


@needs_git
def test_exported_quotas_of_a_revision(history: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_plan(["export", "HEAD~2:plan.yaml", "-o", "quotas.csv"], monkeypatch).status == 0
    history.commit()
    shown = diffed(monkeypatch, "HEAD:quotas.csv", "HEAD~1:plan.yaml", "--format", "csv")
    assert shown.output.splitlines()[1] == b"2027-01,100,110,10,10.000000"


@needs_git
@pytest.mark.parametrize("status", [0, 1])
def test_exit_code_tells_whether_a_commit_moves_quotas(
    status: int, history: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = 1440 if status else 1320
    history.write("plan.yaml", f"# A comment.\n{PLAN.format(target=target)}")
    assert diffed(monkeypatch, "HEAD:plan.yaml", "plan.yaml", "--exit-code").status == status


PLANS = {
    "april": "year: 2027-04\ntarget: 12M\n",
    "iso": "year: 2027\ntarget: 12M\n",
    "monday": "year: 2027\ntarget: 12M\nweeks: monday\n",
    "sunday": "year: 2027\ntarget: 12M\nweeks: sunday\n",
    "later": "year: 2028\ntarget: 12M\n",
    "same_days": "year: 2038\ntarget: 12M\n",  # begins on a Friday, as 2027 does
}


def written(name: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """`name`, written here: a plan, ``iso.yaml``, or what it exports, ``iso-week.csv``; whole weeks are
    ``iso-whole.csv``."""
    plan, _, by = Path(name).stem.partition("-")
    Path(f"{plan}.yaml").write_text(PLANS[plan], encoding="utf-8")
    options = ["--by", "week", "--whole-weeks"] if by == "whole" else ["--by", by]
    if by:
        assert run_plan(["split", f"{plan}.yaml", *options, "-o", name], monkeypatch).status == 0
    return name


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


OTHER_MONTHS = "begin in different months"
OTHER_DAYS = "begin or end on other days"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("old", "new", "by", "expected"),
    [
        ("april-quarter.csv", "iso.yaml", "quarter", OTHER_MONTHS),
        ("iso.yaml", "april-quarter.csv", "quarter", OTHER_MONTHS),
        ("april-month.csv", "iso.yaml", "month", OTHER_MONTHS),
        ("april-month.csv", "iso-day.csv", "quarter", OTHER_MONTHS),
        ("april-whole.csv", "monday-whole.csv", "week", OTHER_MONTHS),
        ("sunday.yaml", "monday.yaml", "week", f"{OTHER_DAYS}; --by month compares them"),
        ("iso.yaml", "sunday.yaml", "week", f"{OTHER_DAYS}; --by month compares them"),
        ("sunday-week.csv", "monday.yaml", "week", f"{OTHER_DAYS}; --by month compares them"),
        ("sunday-day.csv", "monday-week.csv", "week", f"{OTHER_DAYS}; --by month compares them"),
        ("sunday-whole.csv", "monday.yaml", "week", f"{OTHER_DAYS}\n"),
        ("sunday-whole.csv", "iso-day.csv", "week", f"{OTHER_DAYS}\n"),
        ("iso.yaml", "later.yaml", "week", f"{OTHER_DAYS}; --by month compares them"),
        ("iso-whole.csv", "later-whole.csv", "week", f"{OTHER_DAYS}\n"),
        ("iso-day.csv", "later.yaml", "day", "have no day in common; --by month compares them"),
    ],
)
def test_periods_of_other_days_are_not_compared(
    old: str, new: str, by: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = diffed(
        monkeypatch, *(written(side, monkeypatch) for side in (old, new)), "--by", by, "-o", "diff.md"
    )
    assert (shown.status, shown.output) == (2, b"")
    assert expected in shown.messages.decode()
    assert not Path("diff.md").exists()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("old", "new", "by"),
    [
        ("april-quarter.csv", "april.yaml", "quarter"),
        ("april-month.csv", "april-day.csv", "quarter"),
        ("sunday-whole.csv", "sunday.yaml", "week"),
        ("sunday-day.csv", "sunday-whole.csv", "week"),
        ("sunday-week.csv", "sunday.yaml", "week"),
        ("iso-week.csv", "monday.yaml", "week"),
        ("iso-whole.csv", "monday-whole.csv", "week"),
        ("iso-day.csv", "iso.yaml", "day"),
        ("iso-day.csv", "same_days.yaml", "day"),
        ("iso-whole.csv", "same_days-whole.csv", "week"),
        ("iso-week.csv", "same_days.yaml", "week"),
    ],
)
def test_periods_of_the_same_days_are_compared_whatever_their_labels(
    old: str, new: str, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = diffed(
        monkeypatch, *(written(side, monkeypatch) for side in (old, new)), "--by", by, "--format", "csv"
    )
    assert shown.status == 0, shown.text
    header, *rows = shown.output.decode("utf-8-sig").splitlines()
    at = header.split(",").index("change")
    assert {row.split(",")[at] for row in rows} == {"0"}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("iso.yaml", "later.yaml", "2027 → 2028: The year stays at 12,000,000; all 12 months change, "),
        ("iso-month.csv", "later-day.csv", "2027 → 2028: The year stays at 12,000,000; all 12 "),
        ("iso-month.csv", "same_days.yaml", "2027 → 2038: No quota differs.\n"),
        ("same_days.yaml", "iso.yaml", "2038 → 2027: Every month keeps its quota; "),
        ("iso-month.csv", "iso.yaml", "No quota differs.\n"),
    ],
)
def test_first_line_names_two_years(
    old: str, new: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = diffed(monkeypatch, *(written(side, monkeypatch) for side in (old, new)))
    assert shown.text.startswith(expected)
    assert ("beside the one at the same place" in shown.text) == ("→ 20" in expected)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", ["json", "csv"])
def test_difference_is_told_from_quotas(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for plan in ("iso.yaml", "sunday.yaml"):
        written(plan, monkeypatch)
    assert diffed(monkeypatch, "iso.yaml", "sunday.yaml", "-o", f"diff.{form}").status == 0
    shown = diffed(monkeypatch, f"diff.{form}", "iso.yaml")
    assert shown.status == 2
    assert "the difference of two plans, not their quotas" in shown.messages.decode()
