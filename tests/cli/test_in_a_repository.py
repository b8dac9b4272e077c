"""docs/in-a-repository.md, done: its hooks by pre-commit, its workflow by bash, in real repositories."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from processes import file_line
from repositories import Repository, isolate, needs_git, new_repository

pytestmark = needs_git

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "in-a-repository.md").read_text(encoding="utf-8")
MANIFEST = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
REVISIONS = ROOT / "examples" / "revisions"
PROPOSAL, REVIEWED, AGREED = (
    (REVISIONS / name).read_text(encoding="utf-8")
    for name in ("1-proposal.yaml", "2-after-review.yaml", "3-agreed.yaml")
)
LAST_YEAR = (REVISIONS / "last_year.csv").read_text(encoding="utf-8")
READ = file_line("last_year.csv", LAST_YEAR)
READ_THERE = f"origin/main:{READ}"
"""What the log says of last year, here and on the branch that is merged into."""
CORRECTED = LAST_YEAR.replace("2026-11,86700", "2026-11,80000")
BROKEN = AGREED.replace("target:", "targte:")
BROKEN_LINE = 1 + BROKEN[: BROKEN.index("targte")].count("\n")
OF_MACHINES = ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "PRE_COMMIT_COLOR", "SKIP", "XDG_CONFIG_HOME")
"""Variables that would change what hooks print, or which of them run."""


def documented(language: str, *begins: str) -> list[str]:
    """The blocks of the page in a language whose first line is, or begins with, one of these."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    found = [block for block in blocks if block.startswith(begins)]
    assert found, f"the page has no block that begins with {begins}"
    return found


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, in which `plan` and pre-commit are the ones that these tests run with."""
    isolate(monkeypatch, tmp_path)
    for name in OF_MACHINES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


# Before each commit


CHECKED, WITH_LAST_YEAR, SHOWN = (yaml.safe_load(one) for one in documented("yaml", "# .pre-commit-config"))


@pytest.fixture
def hooks(machine: Path) -> Repository:
    """A repository that has the hooks of this checkout."""
    made = new_repository(machine / "target-cascade")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", made.folder)
    made.commit()
    return made


@pytest.fixture
def plans(machine: Path) -> Repository:
    made = new_repository(machine / "plans")
    made.write("last_year.csv", LAST_YEAR)
    return made


def set_up(plans: Repository, hooks: Repository, config: Any, **keys: Any) -> None:
    """A documented configuration, with more keys of its hook, and `pre-commit install`.

    Only the placeholders are replaced, and `language`: what pre-commit would install is here already.
    """
    (repo,) = config["repos"]
    (hook,) = repo["hooks"]
    if repo["repo"] != "local":
        repo = {"repo": str(hooks.folder), "rev": hooks.git("rev-parse", "HEAD")}
        hook = {**hook, "language": "system"}
    written = {"repos": [{**repo, "hooks": [{**hook, **keys}]}]}
    plans.write(".pre-commit-config.yaml", yaml.safe_dump(written))
    subprocess.run(["pre-commit", "install"], cwd=plans.folder, check=True, capture_output=True)


class Committed(NamedTuple):
    """Whether a commit was made, and what the hooks printed."""

    done: bool
    printed: str


def commit(plans: Repository, files: Mapping[str, str] = {}) -> Committed:
    """The commit of these files and of all others as they lie there."""
    for name, content in files.items():
        plans.write(name, content)
    plans.git("add", "--all")
    ended = subprocess.run(
        ["git", "commit", "--message", "a change"],
        cwd=plans.folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Committed(ended.returncode == 0, ended.stderr)


def test_hook_refuses_a_plan_with_an_error_as_the_page_shows(plans: Repository, hooks: Repository) -> None:
    set_up(plans, hooks, CHECKED)
    done, printed = commit(plans, {"plan.yaml": PROPOSAL})
    assert not done
    assert plans.git("status", "--porcelain", "plan.yaml") == "A  plan.yaml"
    (screen,) = documented("text", "$ git commit")
    command, *lines, cut = screen.splitlines()
    assert (command[:14], cut) == ("$ git commit -", "…")
    assert "\n".join(lines) in printed


def test_hook_passes_a_sound_plan(plans: Repository, hooks: Repository) -> None:
    set_up(plans, hooks, CHECKED)
    done, printed = commit(plans, {"plan.yaml": AGREED})
    assert done
    assert re.search(r"^plan check\.+Passed$", printed, re.MULTILINE)
    assert plans.git("show", "HEAD:plan.yaml") == AGREED.strip()


def test_hook_refuses_a_plan_that_cannot_be_read(plans: Repository, hooks: Repository) -> None:
    set_up(plans, hooks, CHECKED)
    done, printed = commit(plans, {"plan.yaml": BROKEN})
    assert not done
    assert f"plan.yaml:{BROKEN_LINE}:1: error: unknown key `targte` in the plan" in printed


def test_hook_checks_what_is_committed_and_not_what_lies_beside_it(
    plans: Repository, hooks: Repository
) -> None:
    set_up(plans, hooks, CHECKED)
    plans.write("plan.yaml", PROPOSAL)
    plans.git("add", "--all")
    plans.write("plan.yaml", AGREED)
    with pytest.raises(subprocess.CalledProcessError):
        plans.git("commit", "--message", "a change")
    assert (plans.folder / "plan.yaml").read_text(encoding="utf-8") == AGREED


def test_warnings_pass_unless_the_hook_is_strict(plans: Repository, hooks: Repository) -> None:
    set_up(plans, hooks, CHECKED, args=["--strict"])
    done, printed = commit(plans, {"plan.yaml": REVIEWED})
    assert not done
    assert "3 warnings, 1 note in plan.yaml" in printed
    set_up(plans, hooks, CHECKED, verbose=True)
    done, printed = commit(plans)
    assert done
    assert "3 warnings, 1 note in plan.yaml" in printed


def test_several_plans_of_a_commit_are_checked_in_one_run(plans: Repository, hooks: Repository) -> None:
    set_up(plans, hooks, CHECKED)
    names = [f"plan-{number}.yaml" for number in range(40)]  # as many as pre-commit would share out
    for name in names:
        plans.write(name, AGREED)
    plans.write("shop.plan.yaml", PROPOSAL)
    done, printed = commit(plans)
    assert not done
    assert printed.count("1 error, 6 warnings, 2 notes in 41 plans; 40 rules accepted") == 1
    assert "shop.plan.yaml:15: error: new-business-share" in printed


@pytest.mark.parametrize(
    ("file", "is_plan"),
    [
        ("plan.yaml", True),
        ("plan.yml", True),
        ("plan-2027.yaml", True),
        ("plan_2027.yaml", True),
        ("2027.plan.yaml", True),
        ("计划-plan.yaml", True),
        ("shop plan.yaml", True),
        ("plans/shop.plan.yml", True),
        ("plans/.github/plan.yaml", True),
        ("planet.yaml", False),
        ("floorplan.yaml", False),
        ("plans/shop.yaml", False),
        ("plan.yaml/other.txt", False),
        ("plan.yaml.orig", False),
        ("plan.csv", False),
        (".github/workflows/plan.yaml", False),
    ],
)
def test_files_that_the_hook_takes_for_plans(file: str, is_plan: bool) -> None:
    (hook,) = MANIFEST
    taken = re.search(hook["files"], file) and not re.search(hook["exclude"], file)
    assert bool(taken) is is_plan


def test_corrected_last_year_is_checked_where_the_hook_names_it(plans: Repository, hooks: Repository) -> None:
    lost = LAST_YEAR.replace("2026-11,86700\n", "")
    plans.write("plan.yaml", AGREED)
    plans.commit()
    set_up(plans, hooks, CHECKED)
    assert "(no files to check)Skipped" in commit(plans, {"last_year.csv": lost}).printed
    set_up(plans, hooks, WITH_LAST_YEAR)
    done, printed = commit(plans, {"last_year.csv": lost + "\n"})
    assert not done
    assert "last_year.csv:" in printed
    assert "2026-11" in printed
    assert commit(plans, {"last_year.csv": CORRECTED}).done


def test_diff_at_each_commit_shows_its_causes_and_refuses_nothing(
    plans: Repository, hooks: Repository
) -> None:
    set_up(plans, hooks, SHOWN)
    done, printed = commit(plans, {"plan.yaml": REVIEWED})
    assert done, "the first commit of a plan has nothing to be compared with"
    done, printed = commit(plans, {"plan.yaml": AGREED})
    assert done
    assert "HEAD:plan.yaml (revision 2) → plan.yaml (revision 3)" in printed
    assert "The year rises by 54,000" in printed


# On a pull request


def run_steps(written: str) -> list[str]:
    """The commands of a workflow, or of a list of steps, but for the one that installs `plan`."""
    found = yaml.safe_load(written)
    steps = found if isinstance(found, list) else found["jobs"]["plan"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    return [run for run in runs if not run.startswith("pip install ")]


(WORKFLOW,) = documented("yaml", "# .github/workflows/plan.yaml")
(SEVERAL,) = documented("yaml", "# .github/workflows/plans.yaml")
IN_A_FOLDER = {"base: last_year.csv": "base: ../last_year.csv"}


class Job(NamedTuple):
    """How the steps of a job ended, what is in its log, and what on its page."""

    statuses: list[int]
    log: str
    summary: str


class PullRequest(NamedTuple):
    """What is merged into, and the branch that asks for it, as they lie on a server."""

    server: Repository
    folder: Path

    def commit(self, branch: str, files: Mapping[str, str | None]) -> None:
        """A commit on a branch; a file without content is deleted."""
        self.server.git("switch", "--quiet", branch)
        for name, content in files.items():
            if content is None:
                (self.server.folder / name).unlink()
            else:
                self.server.write(name, content)
        self.server.commit()

    def check_out(self, *options: str) -> Path:
        """A fresh clone at the merge of both branches, which is what a job works on."""
        self.server.git("switch", "--quiet", "--detach", "main")
        self.server.git("merge", "--quiet", "--no-ff", "--message=merge", "change")
        self.server.git("update-ref", "refs/pull/1/merge", "HEAD")
        self.server.git("clone", "--quiet", *options, self.server.folder.as_uri(), str(self.folder))
        clone = Repository(self.folder)
        clone.git("fetch", "--quiet", *options[:1], "origin", "refs/pull/1/merge")
        clone.git("checkout", "--quiet", "FETCH_HEAD")
        return self.folder

    def run(self, steps: list[str], *options: str) -> Job:
        """A job of these steps, as GitHub runs them; one goes on where another has failed."""
        folder, summary = self.check_out(*options), self.folder.with_name("summary.md")
        summary.touch()
        environment = {
            **os.environ,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_BASE_REF": "main",
            "GITHUB_HEAD_REF": "change",
            "GITHUB_REF": "refs/pull/1/merge",
            "GITHUB_STEP_SUMMARY": str(summary),
        }
        statuses, log = [], ""
        for step in steps:
            script = self.folder.with_name("step.sh")
            script.write_text(step, encoding="utf-8")
            ended = subprocess.run(
                ["bash", "-e", str(script)],
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                check=False,
            )
            statuses.append(ended.returncode)
            log += ended.stdout
        return Job(statuses, log, summary.read_text(encoding="utf-8"))


@pytest.fixture
def pull_request(machine: Path) -> PullRequest:
    """Two branches that have last year; what is on `main` alone has come after the branch."""
    server = new_repository(machine / "server")
    server.write("last_year.csv", LAST_YEAR)
    server.commit()
    server.git("branch", "change")
    server.write("notes.txt", "meanwhile\n")
    server.commit()
    return PullRequest(server, machine / "checkout")


def with_plan(asked: PullRequest, plan: str, name: str = "plan.yaml") -> None:
    """A plan that both branches have."""
    asked.commit("change", {name: plan})
    asked.server.git("switch", "--quiet", "main")
    asked.server.git("merge", "--quiet", "--message=merge", "change")
    asked.server.write("notes.txt", "and later\n")
    asked.server.commit()


def test_workflow_fetches_the_history_that_the_difference_needs() -> None:
    (job,) = yaml.safe_load(WORKFLOW)["jobs"].values()
    checkout, *others = job["steps"]
    assert (checkout["uses"][:17], checkout["with"]["fetch-depth"]) == ("actions/checkout@", 0)
    assert [step["if"] for step in others if step.get("name") == "Difference"] == ["${{ !cancelled() }}"]
    assert [step["name"] for step in yaml.safe_load(SEVERAL)] == [step["name"] for step in job["steps"][-2:]]


def test_job_of_a_changed_plan_shows_the_causes(pull_request: PullRequest) -> None:
    with_plan(pull_request, REVIEWED)
    pull_request.commit("change", {"plan.yaml": AGREED})
    job = pull_request.run(run_steps(WORKFLOW))
    assert (job.statuses, job.log) == ([0, 0], READ + READ_THERE + READ)
    title, _, answer, *_ = job.summary.splitlines()
    assert title == "## origin/main:plan.yaml (revision 2) → plan.yaml (revision 3) · EUR"
    assert answer.startswith("**The year rises by 54,000 (+4.8 %) from 1,133,000 to 1,187,000")
    assert re.search(r"target 1,100,000 → 1,130,000 \| \+31,000", job.summary)
    assert "Jana in sales: was called second salesman" in job.summary


def test_job_of_a_plan_with_an_error_is_red_and_shows_the_difference_too(pull_request: PullRequest) -> None:
    with_plan(pull_request, REVIEWED)
    pull_request.commit("change", {"plan.yaml": PROPOSAL})
    job = pull_request.run(run_steps(WORKFLOW))
    assert job.statuses == [1, 0]
    lines = job.log.splitlines(keepends=True)
    commands = [line for line in lines if line.startswith("::")]
    assert lines == [READ, *commands, READ_THERE, READ]
    kinds = [command[2:].split(" ")[0] for command in commands]
    assert kinds == ["error", *["warning"] * 6, *["notice"] * 2]
    assert commands[0].startswith("::error file=plan.yaml,line=15,title=new-business-share::new business is")
    assert "**The year rises by 67,000 (+5.9 %) from 1,133,000 to 1,200,000" in job.summary


def test_job_of_a_corrected_last_year_shows_what_it_moves(pull_request: PullRequest) -> None:
    with_plan(pull_request, AGREED)
    pull_request.commit("change", {"last_year.csv": CORRECTED})
    job = pull_request.run(run_steps(WORKFLOW))
    read = file_line("last_year.csv", CORRECTED)
    assert (job.statuses, job.log) == ([0, 0], read + READ_THERE + read)
    assert "**The year stays at 1,187,000" in job.summary
    assert "2026-11 86,700 → 80,000" in job.summary


def test_job_of_a_branch_without_changes_says_so(pull_request: PullRequest) -> None:
    with_plan(pull_request, AGREED)
    pull_request.commit("change", {"notes_on_sales.txt": "to do\n"})
    job = pull_request.run(run_steps(WORKFLOW))
    assert job.statuses == [0, 0]
    assert "**No quota differs: the plans say the same.**" in job.summary


def test_job_of_a_new_plan_shows_its_quotas(pull_request: PullRequest) -> None:
    pull_request.commit("change", {"plan.yaml": AGREED})
    job = pull_request.run(run_steps(WORKFLOW))
    assert (job.statuses, job.log) == ([0, 0], READ + READ)
    assert "| 2027-08 | 60,000 |" in job.summary
    assert "| **Total** | **1,187,000** |" in job.summary


def test_job_of_a_broken_plan_is_red_with_the_message_at_its_line(pull_request: PullRequest) -> None:
    with_plan(pull_request, AGREED)
    pull_request.commit("change", {"plan.yaml": BROKEN})
    job = pull_request.run(run_steps(WORKFLOW))
    assert (job.statuses, job.summary) == ([2, 2], "")
    assert f"plan.yaml:{BROKEN_LINE}:1: error: unknown key `targte` in the plan" in job.log
    assert f"::error file=plan.yaml,line={BROKEN_LINE},title=plan::unknown key `targte`" in job.log


@pytest.mark.parametrize("new_name", [{}, {"year.yaml": AGREED}], ids=["deleted", "renamed"])
def test_job_without_the_plan_of_the_workflow_is_red(
    pull_request: PullRequest, new_name: dict[str, str]
) -> None:
    with_plan(pull_request, AGREED)
    pull_request.commit("change", {"plan.yaml": None, **new_name})
    job = pull_request.run(run_steps(WORKFLOW))
    assert (job.statuses, job.summary) == ([2, 2], "")
    assert "plan.yaml:1:1: error: cannot read the plan: No such file or directory" in job.log


def test_job_of_a_plan_that_is_renamed_in_the_workflow_too_takes_it_for_new(
    pull_request: PullRequest,
) -> None:
    with_plan(pull_request, REVIEWED)
    pull_request.commit("change", {"plan.yaml": None, "year.yaml": AGREED})
    job = pull_request.run(run_steps(WORKFLOW.replace("plan.yaml", "year.yaml")))
    assert (job.statuses, job.log) == ([0, 0], READ + READ)
    assert "| **Total** | **1,187,000** |" in job.summary


def test_job_without_history_fails_instead_of_taking_the_plan_for_new(pull_request: PullRequest) -> None:
    with_plan(pull_request, AGREED)
    pull_request.commit("change", {"plan.yaml": REVIEWED})
    job = pull_request.run(run_steps(WORKFLOW), "--depth=1", "--branch=change")
    assert job.statuses[1] not in (0, 1)
    assert "origin/main" in job.log
    assert job.summary == ""


def test_job_of_several_plans_follows_names(pull_request: PullRequest) -> None:
    agreed, reviewed = (_replaced(plan, IN_A_FOLDER) for plan in (AGREED, REVIEWED))
    for name, plan in {"same": reviewed, "shop": agreed, "gone": "year: 2026\ntarget: 9M\n"}.items():
        with_plan(pull_request, plan, f"plans/{name}.yaml")
    after = {
        "plans/shop.yaml": None,
        "plans/旗舰店 2027.yaml": _replaced(agreed, {"buffer: 5%": "buffer: 6%"}),
        "plans/gone.yaml": None,
        "plans/young.yaml": "plan: Young brand\nyear: 2027-04\ntarget: 120k\nbuffer: 10%\n",
    }
    pull_request.commit("change", after)
    job = pull_request.run(run_steps(SEVERAL))
    assert job.statuses == [0, 0]
    lines = job.log.splitlines(keepends=True)
    commands = [line for line in lines if line.startswith("::")]
    assert {re.findall("file=(.*?),", line)[0] for line in commands} == {
        "plans/same.yaml",
        "plans/young.yaml",
    }
    here = f"plans/../{READ}"
    assert lines == [here, *commands, *[READ_THERE, here] * 2], (
        "once to check, and for each of two differences"
    )
    same, new, renamed = re.findall(r"^## .*\n\n.*", job.summary, re.MULTILINE)
    assert same.startswith("## origin/main:plans/same.yaml (revision 2) → plans/same.yaml (revision 2)")
    assert "No quota differs" in same
    assert new.startswith("## Young brand\n")
    assert renamed.startswith("## origin/main:plans/shop.yaml (revision 3) → plans/旗舰店 2027.yaml")
    assert "The year rises by 11,000" in renamed  # one per cent of 1.13M, in thousands


def test_job_of_several_plans_fails_where_one_is_broken(pull_request: PullRequest) -> None:
    with_plan(pull_request, _replaced(AGREED, IN_A_FOLDER), "plans/a.yaml")
    with_plan(pull_request, _replaced(AGREED, IN_A_FOLDER), "plans/b.yaml")
    pull_request.commit("change", {"plans/a.yaml": BROKEN})
    job = pull_request.run(run_steps(SEVERAL))
    assert job.statuses == [2, 2]
    assert f"plans/a.yaml:{BROKEN_LINE}:1: error: unknown key `targte` in the plan" in job.log


def _replaced(text: str, words: dict[str, str]) -> str:
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new)
    return text


# Elsewhere


def run_shell(script: str, folder: Path) -> str:
    ended = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


def test_commands_for_other_services_show_what_the_branch_alone_does(pull_request: PullRequest) -> None:
    with_plan(pull_request, REVIEWED)
    pull_request.commit("change", {"plan.yaml": AGREED})
    pull_request.commit("main", {"plan.yaml": _replaced(REVIEWED, {"buffer: 3%": "buffer: 9%"})})
    pull_request.server.git("clone", "--quiet", "--branch=change", ".", str(pull_request.folder))
    (script,) = documented("sh", "plan check plan.yaml\n")
    assert "nothing found" in run_shell(script, pull_request.folder)
    difference = (pull_request.folder / "difference.md").read_text(encoding="utf-8")
    assert "**The year rises by 54,000 (+4.8 %) from 1,133,000 to 1,187,000" in difference


def test_commands_at_the_top_of_the_page_work(plans: Repository) -> None:
    plans.write("plan.yaml", REVIEWED)
    plans.commit("After the review")
    plans.git("tag", "v2027.1")
    plans.git("switch", "--quiet", "--create=change")
    plans.write("plan.yaml", AGREED)
    plans.commit("Agreed")
    (script,) = documented("sh", "git log ")
    printed = run_shell(script, plans.folder)
    assert printed.count("The year rises by 54,000") == 2
    assert "2027-11 must bring 142,000" in printed
