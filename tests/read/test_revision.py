"""`REV:path`: plans and the base that they name, as they were in a revision of git."""

import stat
import subprocess
import sys
from hashlib import sha1
from pathlib import Path

import pytest
from processes import COMMAND
from repositories import Repository, isolate, needs_git, new_repository

from target_cascade.errors import InputError, UnreadableError
from target_cascade.read import revision
from target_cascade.read.plan_file import PlanFile, read_plan

pytestmark = needs_git

PLAN = "year: 2027\ntarget: {target}\n# agreed in the meeting of January\n# with sales and finance\n"
WITH_BASE = PLAN + "base: {base}\n"


def plan(target: str = "400万") -> str:
    return PLAN.format(target=target)


def with_base(base: str = "last_year.csv", target: str = "400万") -> str:
    return WITH_BASE.format(base=base, target=target)


def last_year(amount: int) -> str:
    """Twelve months of `amount`."""
    return "month,amount\n" + "".join(f"2026-{month:02d},{amount}\n" for month in range(1, 13))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    isolate(monkeypatch, tmp_path)
    made = new_repository(tmp_path / "repository")
    monkeypatch.chdir(made.folder)
    return made


def base_of(file: PlanFile) -> int:
    """Last year's January."""
    assert file.plan.base is not None
    assert file.plan.base.by_month is not None
    return int(file.plan.base.by_month[0])


def message(name: str) -> str:
    """The one problem of a plan that is nowhere to be read."""
    with pytest.raises(UnreadableError) as refused:
        read_plan(name)
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.column) == (name, 1, 1)
    return problem.message.removeprefix("cannot read the plan: ")


# What a name means


@pytest.mark.parametrize(
    ("name", "target"),
    [
        pytest.param("HEAD~1:plan.yaml", 1_000_000, id="commit before"),
        pytest.param("main~1:plan.yaml", 1_000_000, id="branch"),
        pytest.param("v1.0:plan.yaml", 1_000_000, id="annotated tag"),
        pytest.param("v1.0:./plan.yaml", 1_000_000, id="from the current folder"),
        pytest.param("v1.0:plans/../plan.yaml", 1_000_000, id="folder up"),
        pytest.param("v1.0^{/one}:plan.yaml", 1_000_000, id="message of a commit"),
        pytest.param("v1.0^{tree}:plan.yaml", 1_000_000, id="tree"),
        pytest.param("HEAD@{2037-01-31 10:00}:plan.yaml", 2_000_000, id="colon in braces"),
        pytest.param("HEAD:plan.yaml", 2_000_000, id="last commit"),
        pytest.param(":plan.yaml", 3_000_000, id="index"),
        pytest.param("plan.yaml", 4_000_000, id="work tree"),
    ],
)
def test_plan_is_read_from_its_revision(repository: Repository, name: str, target: int) -> None:
    repository.write("plan.yaml", plan("1M"))
    repository.write("plans/other.yaml", plan("9M"))
    repository.commit("one")
    repository.git("tag", "--annotate", "--message=agreed", "v1.0")
    repository.write("plan.yaml", plan("2M"))
    repository.commit("two")
    repository.write("plan.yaml", plan("3M"))
    repository.git("add", "plan.yaml")
    repository.write("plan.yaml", plan("4M"))
    assert read_plan(name).plan.target == target


@pytest.mark.parametrize(
    "path", ["计划 2027.yaml", "a 'single' and a $HOME.yaml", "-n.yaml", "*.yaml", "é#?.yaml"]
)
def test_path_may_be_any_text(repository: Repository, path: str) -> None:
    repository.write(path, plan())
    repository.commit()
    assert read_plan(f"HEAD:{path}").plan.target == 4_000_000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
@pytest.mark.parametrize(
    "path", ['a "double".yaml', "a\\b.yaml", "10:00.yaml", "v1:plan.yaml", ":(top)x.yaml"]
)
def test_path_may_have_signs_that_windows_has_not(repository: Repository, path: str) -> None:
    repository.write(path, plan())
    repository.commit()
    assert read_plan(f"HEAD:{path}").plan.target == 4_000_000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
@pytest.mark.parametrize("name", ["HEAD:plan.yaml", ":plan.yaml", "C:/plan.yaml", "C:\\plan.yaml"])
def test_file_of_that_very_name_is_read(repository: Repository, name: str) -> None:
    repository.write("plan.yaml", plan("1M"))
    repository.commit()
    repository.write(name, plan("2M"))
    assert read_plan(name).plan.target == 2_000_000


@pytest.mark.parametrize("name", ["C:\\plans\\plan.yaml", "c:/plans/plan.yaml"])
def test_path_with_a_drive_is_none_of_git(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    repository.write("plans/plan.yaml", plan())
    repository.commit()
    monkeypatch.setenv("PATH", str(repository.folder))
    assert "git" not in message(name)


def test_path_begins_at_the_top_and_else_at_the_current_folder(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("both.yaml", plan("1M"))
    repository.write("plans/both.yaml", plan("2M"))
    repository.write("plans/here.yaml", plan("3M"))
    repository.commit()
    monkeypatch.chdir(repository.folder / "plans")
    names = ("both", "./both", "../both", "plans/both", "here")
    targets = [read_plan(f"HEAD:{name}.yaml").plan.target for name in names]
    assert targets == [1_000_000, 2_000_000, 1_000_000, 2_000_000, 3_000_000]


@pytest.mark.parametrize("where", ["detached head", "linked worktree", "bare repository", "GIT_DIR"])
def test_plan_is_read_wherever_git_finds_its_repository(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, where: str
) -> None:
    repository.write("plan.yaml", with_base())
    repository.write("last_year.csv", last_year(1))
    repository.commit()
    other = tmp_path / "other"
    if where == "detached head":
        repository.git("checkout", "--quiet", "--detach")
    elif where == "linked worktree":
        repository.git("worktree", "add", "--quiet", str(other))
        monkeypatch.chdir(other)
    elif where == "bare repository":
        repository.git("clone", "--quiet", "--bare", ".", str(other))
        monkeypatch.chdir(other)
    else:
        other.mkdir()
        monkeypatch.chdir(other)
        monkeypatch.setenv("GIT_DIR", str(repository.folder / ".git"))
    assert base_of(read_plan("HEAD:plan.yaml")) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_link_inside_a_revision_is_followed(repository: Repository) -> None:
    repository.write("plan.yaml", plan("1M"))
    (repository.folder / "now.yaml").symlink_to("plan.yaml")
    repository.commit()
    repository.write("plan.yaml", plan("2M"))
    assert read_plan("HEAD:now.yaml").plan.target == 1_000_000


# The base of a plan in a revision


def test_base_is_read_from_the_same_revision(repository: Repository) -> None:
    repository.write("plan.yaml", with_base())
    for amount in (1, 2):
        repository.write("last_year.csv", last_year(amount))
        repository.commit()
    repository.write("last_year.csv", last_year(3))
    names = ("HEAD~1:plan.yaml", "HEAD:plan.yaml", ":plan.yaml", "plan.yaml")
    assert [base_of(read_plan(name)) for name in names] == [1, 2, 2, 3]


@pytest.mark.parametrize(
    ("base", "path"),
    [
        pytest.param("last_year.csv", "plans/2027/last_year.csv", id="beside the plan"),
        pytest.param("./last_year.csv", "plans/2027/last_year.csv", id="with a dot"),
        pytest.param("../last_year.csv", "plans/last_year.csv", id="folder up"),
        pytest.param("../../last_year.csv", "last_year.csv", id="at the top"),
        pytest.param("../2026/去年 销售.csv", "plans/2026/去年 销售.csv", id="folder beside"),
    ],
)
@pytest.mark.parametrize("folder", [".", "plans/2027", "elsewhere"])
def test_path_of_a_base_begins_at_the_plans_folder(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, base: str, path: str, folder: str
) -> None:
    repository.write("plans/2027/plan.yaml", with_base(base))
    repository.write(path, last_year(7))
    repository.write("elsewhere/last_year.csv", last_year(8))
    repository.commit()
    (repository.folder / path).unlink()
    monkeypatch.chdir(repository.folder / folder)
    assert base_of(read_plan("HEAD:plans/2027/plan.yaml")) == 7


def test_base_absent_in_the_revision_is_not_taken_from_the_work_tree(repository: Repository) -> None:
    repository.write("plan.yaml", with_base())
    repository.commit()
    repository.write("last_year.csv", last_year(1))
    added = repository.commit()
    with pytest.raises(InputError) as refused:
        read_plan("HEAD~1:plan.yaml")
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.column) == ("HEAD~1:plan.yaml", 5, 7)
    assert problem.message == (
        "`last_year.csv`: cannot read the base: `HEAD~1` has no `last_year.csv`: it was not there yet, and"
        f" was added in {added[:7]} (2027-02-03); its path begins at the folder of the plan file"
    )


def test_base_renamed_since_is_told_without_a_name_that_no_plan_can_write(repository: Repository) -> None:
    repository.write("plan.yaml", with_base())
    repository.write("before.csv", last_year(1))
    repository.commit()
    repository.git("mv", "before.csv", "last_year.csv")
    with pytest.raises(InputError, match=r"it was called `before\.csv` there; its path begins at the folder"):
        read_plan("HEAD:plan.yaml")


def test_base_outside_the_repository_is_refused(repository: Repository) -> None:
    repository.write("plan.yaml", with_base("../last_year.csv"))
    repository.commit()
    repository.write("../last_year.csv", last_year(1))
    with pytest.raises(InputError, match=r"HEAD:plan\.yaml:5:7: error: .* is outside the repository"):
        read_plan("HEAD:plan.yaml")
    assert base_of(read_plan("plan.yaml")) == 1


def test_base_of_a_file_is_no_revision(repository: Repository) -> None:
    repository.write("last_year.csv", last_year(1))
    repository.commit()
    repository.write("plan.yaml", with_base("HEAD:last_year.csv"))
    with pytest.raises(InputError, match="No such file or directory"):
        read_plan("plan.yaml")


def test_broken_base_is_told_at_its_place_in_the_revision(repository: Repository) -> None:
    repository.write("plans/plan.yaml", with_base("../last_year.csv"))
    repository.write("last_year.csv", last_year(1).replace("2026-05,1", "2026-05,x"))
    repository.commit()
    repository.write("last_year.csv", last_year(1))
    with pytest.raises(InputError, match=r"^HEAD:last_year\.csv:6:9: error: `x` is not an amount"):
        read_plan("HEAD:plans/plan.yaml")


def test_broken_plan_is_told_at_its_place_in_the_revision(repository: Repository) -> None:
    repository.write("plan.yaml", plan() + "bufer: 5%\n")
    repository.commit()
    repository.write("plan.yaml", plan())
    repository.commit()
    with pytest.raises(InputError, match=r"^HEAD~1:plan\.yaml:5:1: error: unknown key `bufer`"):
        read_plan("HEAD~1:plan.yaml")


def test_only_files_of_the_work_tree_are_protected(repository: Repository) -> None:
    repository.write("plan.yaml", with_base())
    repository.write("last_year.csv", last_year(1))
    repository.commit()
    assert read_plan("HEAD:plan.yaml").files == ()
    assert read_plan("plan.yaml").files == (Path("plan.yaml"), Path("last_year.csv"))


# A path that a revision does not have


def test_renamed_since_is_told_with_the_name_then(repository: Repository) -> None:
    repository.write("budget.yaml", plan())
    repository.commit()
    repository.git("mv", "budget.yaml", "plan.yaml")
    repository.commit()
    assert message("HEAD~1:plan.yaml") == (
        "`HEAD~1` has no `plan.yaml`: it was called `budget.yaml` there; write `HEAD~1:budget.yaml`"
    )


def test_renamed_but_not_committed_yet_is_told_with_the_name_then(repository: Repository) -> None:
    repository.write("plans/budget.yaml", plan())
    repository.commit()
    repository.git("mv", "plans/budget.yaml", "plan.yaml")
    assert message("HEAD:plan.yaml").endswith("write `HEAD:plans/budget.yaml`")


def test_renamed_and_rewritten_in_steps_is_told_with_the_name_then(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"# line {number} of what was agreed\n" for number in range(30)]
    repository.write("a.yaml", "".join(lines))
    first = repository.commit()
    for step, (old, new) in enumerate((("a", "b"), ("b", "plans/c"))):
        repository.write("plans/keep", "")
        repository.git("mv", f"{old}.yaml", f"{new}.yaml")
        repository.commit()
        lines[15 * step : 15 * step + 15] = [f"# {number}\n" for number in range(15)]
        repository.write(f"{new}.yaml", "".join(lines))
        repository.commit()
    monkeypatch.chdir(repository.folder / "plans")
    assert message(f"{first}:c.yaml").endswith(f"it was called `a.yaml` there; write `{first}:a.yaml`")


def test_renamed_before_is_told_with_its_later_name(repository: Repository) -> None:
    repository.write("a.yaml", plan())
    repository.commit()
    repository.git("mv", "a.yaml", "b.yaml")
    repository.commit()
    repository.git("mv", "b.yaml", "c.yaml")
    commit = repository.commit()
    assert message("HEAD:a.yaml") == (
        "`HEAD` has no `a.yaml`: it was renamed to `c.yaml`"
        f" in {commit[:7]} (2027-02-03); write `HEAD:c.yaml`"
    )


def test_deleted_is_told_with_the_last_revision_that_has_it(repository: Repository) -> None:
    repository.write("plan.yaml", plan())
    repository.write("other.yaml", "year: 2020\n")
    repository.commit()
    repository.git("rm", "--quiet", "plan.yaml")
    commit = repository.commit()[:7]
    repository.commit("later")
    told = message("HEAD:plan.yaml")
    name = f"{commit}~1:plan.yaml"
    assert told == f"`HEAD` has no `plan.yaml`: it was deleted in {commit} (2027-02-03); write `{name}`"
    assert read_plan(name).plan.target == 4_000_000


def test_renamed_and_then_deleted_is_told_with_its_last_name(repository: Repository) -> None:
    repository.write("a.yaml", plan())
    repository.commit()
    repository.git("mv", "a.yaml", "b.yaml")
    repository.commit()
    repository.git("rm", "--quiet", "b.yaml")
    commit = repository.commit()[:7]
    assert message("HEAD:a.yaml").endswith(
        f"it was deleted as `b.yaml` in {commit} (2027-02-03); write `{commit}~1:b.yaml`"
    )


def test_deleted_on_a_branch_that_was_merged_is_told(repository: Repository) -> None:
    repository.write("README", "")
    repository.commit()
    repository.git("checkout", "--quiet", "-b", "other")
    repository.write("plan.yaml", plan())
    repository.commit()
    repository.git("rm", "--quiet", "plan.yaml")
    commit = repository.commit()[:7]
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message=merge", "other")
    assert f"it was deleted in {commit} " in message("HEAD:plan.yaml")


def test_deleted_and_added_again_is_told_as_it_was_then(repository: Repository) -> None:
    repository.write("plan.yaml", plan())
    repository.commit()
    repository.git("rm", "--quiet", "plan.yaml")
    commit = repository.commit()[:7]
    repository.write("plan.yaml", plan())
    repository.commit()
    assert f"it was deleted in {commit} " in message("HEAD~1:plan.yaml")


def test_added_and_renamed_since_is_told_as_not_there_yet(repository: Repository) -> None:
    repository.write("README", "")
    repository.commit()
    repository.write("a.yaml", plan())
    repository.commit()
    repository.git("mv", "a.yaml", "b.yaml")
    commit = repository.commit()[:7]
    assert message("HEAD~2:b.yaml").endswith(f"it was not there yet, and was added in {commit} (2027-02-03)")


def test_not_there_yet_is_told_with_the_commit_that_added_it(repository: Repository) -> None:
    repository.write("README", "")
    repository.commit()
    repository.write("plan.yaml", plan())
    commit = repository.commit()[:7]
    assert message("HEAD~1:plan.yaml") == (
        f"`HEAD~1` has no `plan.yaml`: it was not there yet, and was added in {commit} (2027-02-03)"
    )


@pytest.mark.parametrize("is_added", [False, True])
def test_never_committed_is_told(repository: Repository, is_added: bool) -> None:
    repository.write("README", "")
    repository.commit()
    repository.write("plan.yaml", plan())
    if is_added:
        repository.git("add", "plan.yaml")
    assert message("HEAD:plan.yaml") == "`HEAD` has no `plan.yaml`: it is not committed yet"


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        pytest.param("plans/2027/plam.yaml", "plans/2027/plan.yaml", id="misspelled"),
        pytest.param("plan.yaml", "plans/2027/plan.yaml", id="in another folder"),
    ],
)
def test_path_like_another_is_told_with_it(repository: Repository, path: str, meant: str) -> None:
    repository.write("plans/2027/plan.yaml", plan())
    repository.commit()
    assert message(f"HEAD:{path}") == f"`HEAD` has no `{path}`; did you mean `HEAD:{meant}`?"


def test_path_like_no_other_is_told(repository: Repository) -> None:
    repository.write("plan.yaml", plan())
    repository.commit()
    for path in ("q.yaml", "*.yaml"):
        assert message(f"HEAD:{path}") == f"`HEAD` has no `{path}`"


def test_folder_is_told(repository: Repository) -> None:
    repository.write("plans/plan.yaml", plan())
    repository.commit()
    assert message("HEAD:plans/") == "`plans` is a folder in `HEAD`; name a file in it"


@pytest.mark.parametrize("name", ["HEAD:", ":", "HEAD:.", "HEAD:./"])
def test_revision_without_a_path_is_told_how_to_write_it(repository: Repository, name: str) -> None:
    repository.write("plan.yaml", plan())
    repository.commit()
    assert f"{name.split(':', maxsplit=1)[0]}:plan.yaml" in message(name)


def test_path_outside_the_repository_is_refused(repository: Repository) -> None:
    repository.write("plan.yaml", plan())
    repository.commit()
    assert message("HEAD:../plan.yaml").startswith("`../plan.yaml` is outside the repository")
    assert "without `/`" in message("HEAD:/etc/plan.yaml")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
@pytest.mark.parametrize("target", ["/etc/hostname", "../plan.yaml", "nowhere.yaml", "link.yaml"])
def test_link_out_of_the_revision_is_refused(repository: Repository, target: str) -> None:
    repository.write("../plan.yaml", plan())
    (repository.folder / "link.yaml").symlink_to(target)
    repository.commit()
    assert message("HEAD:link.yaml") == "`link.yaml` is a link in `HEAD`, which leads to no file there"


def test_index_tells_what_is_not_added_and_what_is_deleted(repository: Repository) -> None:
    for name in ("gone.yaml", "moved.yaml"):
        repository.write(name, plan() + f"plan: {name}\n" * 9)
    repository.commit()
    repository.git("rm", "--quiet", "gone.yaml")
    repository.git("mv", "moved.yaml", "here.yaml")
    repository.write("new.yaml", plan())
    assert message(":new.yaml") == "the index of git has no `new.yaml`: it is not added yet (`git add`)"
    assert message(":gone.yaml").endswith("it is deleted there; write `HEAD:gone.yaml`")
    assert message(":moved.yaml").endswith("it is renamed to `here.yaml` there; write `:here.yaml`")
    assert message(":her.yaml").endswith("did you mean `:here.yaml`?")


def test_plan_in_conflict_is_told(repository: Repository) -> None:
    repository.write("plan.yaml", plan("1M"))
    repository.commit()
    repository.git("checkout", "--quiet", "-b", "other")
    repository.write("plan.yaml", plan("2M"))
    repository.commit()
    repository.git("checkout", "--quiet", "main")
    repository.write("plan.yaml", plan("3M"))
    repository.commit()
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "other")
    assert "it is in conflict there" in message(":plan.yaml")
    assert "the index of git has no `2:plan.yaml`" in message(":2:plan.yaml")  # no side is taken


# A revision that is none, and a git that does not answer


@pytest.mark.parametrize("name", ["nope", "HEAD~9", "0" * 40, "a..b", "HEAD^{blob}", "^HEAD", "two words"])
def test_unknown_revision_is_told(repository: Repository, name: str) -> None:
    repository.write("plan.yaml", plan())
    repository.commit()
    told = message(f"{name}:plan.yaml")
    assert told.startswith(f"no file has this name, and git knows no revision `{name}`")


@pytest.mark.parametrize("name", ["--all", "--output=written", "-n", "--help"])
def test_revision_is_never_an_option_of_git(repository: Repository, name: str) -> None:
    repository.write("plan.yaml", plan())
    repository.commit()
    repository.git("update-ref", f"refs/heads/{name}", "HEAD")
    for path in ("plan.yaml", "other.yaml"):
        assert f"git knows no revision `{name}`" in message(f"{name}:{path}")
    assert message(name) == "No such file or directory"
    assert sorted(file.name for file in repository.folder.iterdir()) == [".git", "plan.yaml"]


def test_line_break_asks_git_for_nothing_else(repository: Repository) -> None:
    repository.write("plan.yaml", plan())
    repository.commit()
    assert "no line break" in message("HEAD\nHEAD:plan.yaml")
    assert "no line break" in message("HEAD:plan.yaml\n")
    assert "no NUL" in message("HEAD:plan.yaml\0.old")


def test_branch_of_the_origin_is_told(repository: Repository) -> None:
    repository.write("plan.yaml", plan())
    repository.git("update-ref", "refs/remotes/origin/review", repository.commit())
    assert message("review:plan.yaml").endswith("no revision `review`; did you mean `origin/review`?")


def test_beginning_of_several_commits_is_told(repository: Repository) -> None:
    repository.write("plan.yaml", plan())
    repository.commit()
    lines = repository.git("cat-file", "commit", "HEAD")
    seen: dict[str, bytes] = {}
    for number in range(9999):
        body = f"{lines}\n{number}\n".encode()
        name = sha1(b"commit %d\0" % len(body) + body, usedforsecurity=False).hexdigest()
        if name[:4] in seen:
            break
        seen[name[:4]] = body
    for content in (body, seen[name[:4]]):
        repository.write("commit", content)
        repository.git("hash-object", "-t", "commit", "-w", "commit")
    assert message(f"{name[:4]}:plan.yaml").endswith(f"short object ID {name[:4]} is ambiguous")


def test_repository_without_a_commit_is_told(repository: Repository) -> None:
    repository.write("plan.yaml", plan())
    assert message("HEAD:plan.yaml").endswith("git knows no revision `HEAD`; nothing is committed yet")
    repository.git("add", "plan.yaml")
    assert read_plan(":plan.yaml").plan.target == 4_000_000


def test_shallow_clone_is_told(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.write("plan.yaml", plan("1M"))
    repository.commit()
    repository.write("plan.yaml", plan("2M"))
    repository.commit()
    repository.git("clone", "--quiet", "--depth=1", repository.folder.as_uri(), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert read_plan("HEAD:plan.yaml").plan.target == 2_000_000
    for name in ("HEAD~1:plan.yaml", "HEAD:q.yaml"):
        assert message(name).endswith("its history is cut off (`git fetch --unshallow` brings the rest)")


def test_folder_without_a_repository_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    isolate(monkeypatch, tmp_path.parent)
    monkeypatch.chdir(tmp_path)
    for name in ("HEAD:plan.yaml", ":plan.yaml"):
        assert message(name).startswith(
            "no file has this name, and git finds no revisions from here: not a git"
        )
    assert message("HEAD") == "No such file or directory"


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE"])
def test_variable_of_git_that_leads_nowhere_is_told(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    repository.write("plan.yaml", plan())
    repository.commit()
    monkeypatch.setenv(name, str(repository.folder / "nowhere"))
    if name == "GIT_DIR":
        assert "git finds no revisions from here" in message("HEAD:plan.yaml")
    else:  # Where the work tree lies is of no matter to a revision.
        assert read_plan("HEAD:plan.yaml").plan.target == 4_000_000


def test_git_that_is_not_installed_is_told(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository.folder))
    assert message("HEAD:plan.yaml") == (
        "no file has this name, and git, which reads REV:path, is not installed"
    )
    assert message("HEAD") == "No such file or directory"


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a script of a shell")
def test_git_is_asked_in_one_language(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write("git", '#!/bin/sh\necho "fatal: LC_ALL=$LC_ALL" >&2\nexit 128\n')
    (repository.folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(repository.folder))
    for variable in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.setenv(variable, "zh_CN.UTF-8")
    assert message("HEAD:plan.yaml").endswith("git finds no revisions from here: LC_ALL=C")


# What git holds


def test_file_that_is_too_large_is_refused_before_it_is_read(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("plan.yaml", plan() + "# " + "x" * 1_000_000)
    repository.write("based.yaml", with_base())
    repository.write("last_year.csv", b"0" * 20_000_001)
    repository.commit()
    with pytest.raises(
        InputError, match=r"^HEAD:plan\.yaml:1:1: error: the plan is larger than 1,000,000 bytes"
    ):
        read_plan("HEAD:plan.yaml")
    with pytest.raises(InputError, match=r"^HEAD:last_year\.csv:1:1: error: the base is larger"):
        read_plan("HEAD:based.yaml")
    monkeypatch.setattr(revision, "_content", lambda _: pytest.fail("it was read"))
    with pytest.raises(InputError, match="the plan is larger"):
        read_plan("HEAD:plan.yaml")


def test_other_encoding_is_told_at_its_place(repository: Repository) -> None:
    repository.write("plan.yaml", plan() + "# ok\n")
    repository.write("gbk.yaml", (plan() + "plan: 旗舰店\n").encode("gbk"))
    repository.commit()
    with pytest.raises(InputError, match=r"^HEAD:gbk\.yaml:2:12: error: .* perhaps in GBK"):
        read_plan("HEAD:gbk.yaml")


def test_pointer_of_git_lfs_is_told(repository: Repository) -> None:
    repository.write("plan.yaml", with_base())
    repository.write("last_year.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    repository.commit()
    with pytest.raises(InputError, match=r"^HEAD:plan\.yaml:5:7: error: .*: Git LFS keeps it outside"):
        read_plan("HEAD:plan.yaml")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        pytest.param(None, "it is listed, but git has no object of it", id="missing"),
        pytest.param(b"", "it is listed, but git has no object of it", id="empty"),
        pytest.param(b"no object at all", "it is listed, but git has no object of it", id="rubbish"),
    ],
)
def test_broken_object_is_told(repository: Repository, damage: bytes | None, told: str) -> None:
    repository.write("plan.yaml", plan())
    repository.commit()
    _break(repository, repository.git("rev-parse", "HEAD:plan.yaml"), damage)
    assert told in message("HEAD:plan.yaml")


def test_object_that_breaks_off_is_told(repository: Repository) -> None:
    repository.write("plan.yaml", plan() + "".join(f"# {number * 7919}\n" for number in range(999)))
    repository.commit()
    name = repository.git("rev-parse", "HEAD:plan.yaml")
    whole = (repository.folder / ".git" / "objects" / name[:2] / name[2:]).read_bytes()
    _break(repository, name, whole[: len(whole) // 2])
    assert message("HEAD:plan.yaml").startswith("git cannot read it, the repository is damaged: ")


def test_revision_whose_object_is_broken_is_told(repository: Repository) -> None:
    repository.write("plan.yaml", plan())
    _break(repository, repository.commit(), b"")
    assert message("HEAD:plan.yaml").startswith("git says: object file ")


def _break(repository: Repository, name: str, content: bytes | None) -> None:
    file = repository.folder / ".git" / "objects" / name[:2] / name[2:]
    file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are scripts of a shell")
def test_nothing_that_a_repository_names_is_run(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trap, ran = tmp_path / "trap.sh", tmp_path / "ran"
    trap.write_text(f'#!/bin/sh\necho "$0 $@" >> "{ran}"\ncat\n', encoding="utf-8")
    trap.chmod(0o755)
    repository.write("old.yaml", plan())
    repository.write(".gitattributes", "*.yaml filter=trap diff=trap\n")
    repository.commit()
    repository.git("mv", "old.yaml", "plan.yaml")
    repository.commit()
    _sign(repository)
    settings = (
        *("core.pager", "core.fsmonitor", "core.editor", "pager.log", "diff.external", "diff.trap.textconv"),
        *(
            "diff.trap.command",
            "filter.trap.smudge",
            "filter.trap.clean",
            "filter.trap.process",
            "gpg.program",
        ),
    )
    for setting in settings:
        repository.git("config", setting, str(trap))
    repository.git("config", "log.showSignature", "true")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(trap))
    monkeypatch.setenv("GIT_PAGER", str(trap))
    assert read_plan("HEAD:plan.yaml").plan.target == 4_000_000
    for name in ("HEAD~1:plan.yaml", "HEAD:old.yaml", "HEAD:q.yaml", ":old.yaml", "q:plan.yaml", "HEAD"):
        message(name)
    assert not ran.exists()


@pytest.mark.parametrize("variable", ["GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"])
def test_settings_of_git_change_no_answer(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    repository.write("old.yaml", plan())
    repository.write("plans/other.yaml", "year: 2020\n")
    repository.commit()
    repository.git("mv", "old.yaml", "plans/plan.yaml")
    repository.commit()
    settings = {
        "color.ui": "always",
        "core.abbrev": "12",
        "core.quotePath": "true",
        "diff.noprefix": "true",
        "diff.relative": "true",
        "diff.renames": "false",
        "log.date": "relative",
        "log.follow": "true",
    }
    for name, value in settings.items():
        repository.git("config", name, value)
    monkeypatch.setenv(variable, "1")
    monkeypatch.chdir(repository.folder / "plans")
    assert message("HEAD~1:plan.yaml").endswith("write `HEAD~1:old.yaml`")
    assert message("HEAD:old.yaml").endswith("write `HEAD:plans/plan.yaml`")


# What is no `REV:path`


def test_revision_without_a_colon_is_told_how_to_name_a_file_in_it(repository: Repository) -> None:
    repository.write("plan.yaml", plan())
    repository.commit()
    for name in ("HEAD", "main", "@"):
        assert message(name) == (
            f"No such file or directory; `{name}` is a revision of git,"
            f" so name the file in it: `{name}:plan.yaml`"
        )
    for name in ("HEAD^", "other", "p.yaml"):
        assert message(name) == "No such file or directory"


def _sign(repository: Repository) -> None:
    """Give the last commit a signature, which nobody has made."""
    head, _, text = repository.git("cat-file", "commit", "HEAD").partition("\n\n")
    signature = "-----BEGIN PGP SIGNATURE-----\n\n x\n -----END PGP SIGNATURE-----"
    repository.write("../signed", f"{head}\ngpgsig {signature}\n\n{text}\n")
    signed = repository.git("hash-object", "-t", "commit", "-w", "../signed")
    repository.git("update-ref", "HEAD", signed)


def test_commands_take_revisions(repository: Repository) -> None:
    repository.write("plan.yaml", with_base(target="1M"))
    repository.write("last_year.csv", last_year(1))
    repository.commit()
    repository.write("plan.yaml", with_base(target="2M"))
    assert b"Target         1,000,000" in _run("split", "HEAD:plan.yaml").stdout
    assert _run("export", "HEAD:plan.yaml", "-o", "then.csv").returncode == 0
    assert _run("export", "plan.yaml", "-o", "now.csv", "--set", "target=1M").returncode == 0
    assert (repository.folder / "then.csv").read_bytes() == (repository.folder / "now.csv").read_bytes()
    ended = _run("split", "HEAD~1:plan.yaml")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.startswith(
        b"HEAD~1:plan.yaml:1:1: error: cannot read the plan: no file has this name"
    )


def test_plan_of_the_work_tree_is_read_without_git(repository: Repository) -> None:
    repository.write("plan.yaml", plan())
    script = """if True:
        import sys
        from target_cascade import load_plan
        load_plan("plan.yaml")
        print([name for name in sys.modules if name.endswith(("read.revision", "read.git"))])
    """
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert ended.stdout == "[]\n"


def _run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, check=False, timeout=60)
