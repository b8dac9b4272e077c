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
