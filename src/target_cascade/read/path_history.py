"""Why a revision has no file at a path: renamed, deleted, not there yet, or lost."""

import os
import posixpath
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from target_cascade.read.git import ask_git, look_up
from target_cascade.read.source import Revised

_RENAMES = ("-M", "-z", "--name-status", "--diff-filter=R")
_LONGEST_CHAIN = 20  # renames of one file


class Absence(NamedTuple):
    """The reason, and the file to read instead where there is one."""

    reason: str
    instead: Revised | None = None


class _Change(NamedTuple):
    """A commit that deleted or added a path, by its short name."""

    commit: str
    date: str

    def __str__(self) -> str:
        return f"{self.commit} ({self.date})"


def absence(file: Revised, remark: str) -> Absence | None:
    """Why `file` is not there; None where git has never heard of its path. `remark` is what git said
    when it looked for the file."""
    if not file.tree and ask_git("ls-files", "--unmerged", "--", _pathspec(file.path)).output:
        return Absence("it is in conflict there (`git add` when that is resolved)")
    if _is_listed(file):
        about = f": {remark}" if remark else ""
        return Absence(
            f"it is listed, but git has no object of it (a damaged repository, or a submodule){about}"
        )
    if not file.tree:
        return _absence_from_index(file)
    if then := _name_then(file):
        return Absence(f"it was called `{then.path}` there", then)
    return _went(file) or _came(file)


def similar(file: Revised) -> Revised | None:
    """A file of the same revision with this name in another folder, or with nearly this path."""
    stem, ending = posixpath.splitext(file.path)
    stems = [path.removesuffix(ending) for path in _paths(file) if path.endswith(ending)]
    name = posixpath.basename(stem)
    elsewhere = [other for other in stems if posixpath.basename(other) == name]
    near = elsewhere or get_close_matches(stem, stems, 1)
    return file._replace(path=near[0] + ending) if near else None


def _is_listed(file: Revised) -> bool:
    if file.tree:
        return bool(ask_git("ls-tree", "-z", "--full-tree", file.tree, _pathspec(file.path)).output)
    return bool(ask_git("ls-files", "-z", "--", _pathspec(file.path)).output)


def _absence_from_index(file: Revised) -> Absence | None:
    head = Revised("HEAD", look_up("HEAD^{tree}").name, file.path)
    if not head.tree or look_up(f"{head.tree}:{file.path}").kind != "blob":
        return _uncommitted(file, "it is not added yet (`git add`)")
    for old, new in _renames("diff-index", "--cached", *_RENAMES, head.tree):
        if old == file.path:
            return Absence(f"it is renamed to `{new}` there", file._replace(path=new))
    return Absence("it is deleted there", head)


def _name_then(file: Revised) -> Revised | None:
    """The file of that revision which has been renamed to this path since, in one step or in several."""
    # What is staged counts as well: `git mv` comes before the commit.
    at_once = [
        old for old, new in _renames("diff-index", "--cached", *_RENAMES, file.tree) if new == file.path
    ]
    since = f"{file.revision}..HEAD"
    in_steps = [
        old
        for old, _ in _renames(*_log("--follow", *_RENAMES, "--format=", since), "--", _pathspec(file.path))
    ]
    for old in (*at_once, *in_steps[-1:]):
        then = file._replace(path=old)
        if look_up(f"{then.tree}:{old}").kind == "blob":
            return then
    return None


def _went(file: Revised) -> Absence | None:
    """What became of the path before the revision."""
    path = file.path
    for _ in range(_LONGEST_CHAIN):
        change = _last_change("D", file.revision, path)
        if change is None:
            return None
        renames = dict(_renames("diff-tree", "-r", "--no-commit-id", *_RENAMES, change.commit))
        if path not in renames:
            last_name = f" as `{path}`" if path != file.path else ""
            before = Revised(f"{change.commit}~1", "", path)
            return Absence(f"it was deleted{last_name} in {change}", before)
        path = renames[path]
        if look_up(f"{file.tree}:{path}").kind == "blob":
            return Absence(f"it was renamed to `{path}` in {change}", file._replace(path=path))
    return None


def _came(file: Revised) -> Absence | None:
    """How the path came after the revision, or on another branch."""
    if change := _last_change("A", f"{file.revision}..HEAD", file.path):
        return Absence(f"it was not there yet, and was added in {change}")
    return _uncommitted(file, "it is not committed yet")


def _uncommitted(file: Revised, reason: str) -> Absence | None:
    lying = ask_git("ls-files", "-z", "--cached", "--others", "--", _pathspec(file.path)).output
    return Absence(reason) if lying else None


def _last_change(kind: str, commits: str, path: str) -> _Change | None:
    """The newest of `commits` that deleted (``D``) or added (``A``) the path."""
    what = ("-1", "--full-history", f"--diff-filter={kind}", "--format=%h %cs")
    fields = ask_git(*_log(*what, commits), "--", _pathspec(path)).output.decode().split()
    return _Change(*fields) if fields else None


def _log(*arguments: str) -> tuple[str, ...]:
    return "log", "--no-color", *arguments


def _renames(*arguments: str) -> Iterator[tuple[str, str]]:
    """Pairs of an old and a new path that git lists, in its order."""
    fields = os.fsdecode(ask_git(*arguments).output).split("\0")
    return zip(fields[1::3], fields[2::3], strict=False)


def _paths(file: Revised) -> list[str]:
    if file.tree:
        listed = ask_git("ls-tree", "-r", "-z", "--name-only", "--full-tree", file.tree)
    else:
        listed = ask_git("ls-files", "-z", "--full-name", "--", ":(top)")
    return os.fsdecode(listed.output).split("\0")[:-1]


def _pathspec(path: str) -> str:
    return f":(top,literal){path}"
