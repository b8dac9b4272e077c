"""`REV:path`: a file of a git repository as it was in a revision.

The work tree is not read: what a revision does not have is an error, whatever lies there today.
"""

import os
import posixpath

from target_cascade.errors import RevisionError
from target_cascade.read.git import GitObject, ask_git, look_up
from target_cascade.read.source import Revised, too_large

_LFS = b"version https://git-lfs.github.com/spec/"
_NO_FILE = "no file has this name, and"


def read_revision(name: str | Revised, limit: int, what: str) -> tuple[Revised, bytes]:
    """Where ``REV:path`` leads to, and what the file holds.

    A `path` begins at the top of the repository, as git takes it; where the revision has no such
    file, at the current folder, as ``./path`` always does. Raises `RevisionError` where there is
    nothing to read, `InputError` for more than `limit` bytes.
    """
    files = [name] if isinstance(name, Revised) else _meant(name)
    found = [(file, look_up(_address(file))) for file in files]
    for file, there in found:
        if there.kind == "blob":
            if there.size > limit:
                raise too_large(name if isinstance(name, str) else name.name, limit, what)
            return file, _content(there)
    raise RevisionError(_why_not(found, is_named=isinstance(name, str)))


def hint_at_revision(name: str) -> str:
    """For the end of a message that there is no file `name`: how to write it if it is a revision."""
    try:
        if name.startswith("-") or look_up(f"{name}^{{tree}}").kind != "tree":
            return ""
    except (RevisionError, OSError, ValueError):
        return ""  # Nobody said that it should be one.
    return f"; `{name}` is a revision of git, so name the file in it: `{name}:plan.yaml`"


def _meant(name: str) -> list[Revised]:
    """The files that `name` may mean, the likeliest first."""
    at = _colon(name)
    revision, path = name[:at], name[at + 1 :].replace(os.sep, "/")
    if at < 0 or posixpath.normpath(path) == ".":
        revision = revision if at >= 0 else name
        raise RevisionError(f"{_NO_FILE} a file of a revision is written `{revision}:plan.yaml`")
    if path.startswith("/"):
        raise RevisionError(
            f"{_NO_FILE} in REV:path the path begins at the top of the repository, without `/`"
        )
    folder = _folder()
    tree = _tree(revision) if revision else ""
    here = posixpath.normpath(posixpath.join(folder, path))
    paths = [here] if path.startswith(("./", "../")) else [posixpath.normpath(path), here]
    return [Revised(revision, tree, path) for path in dict.fromkeys(paths)]


def _colon(name: str) -> int:
    """Where the first colon is that is not in braces, as in ``HEAD@{2027-01-31 10:00}:plan.yaml``."""
    depth = 0
    for at, char in enumerate(name):
        depth += (char == "{") - (char == "}" and depth > 0)
        if char == ":" and not depth:
            return at
    return -1


def _folder() -> str:
    """The current folder, from the top of the repository; empty at the top and beside a work tree."""
    answer = ask_git("rev-parse", "--show-prefix")
    if not answer.done:
        raise RevisionError(f"{_NO_FILE} git finds no revisions from here: {answer.remark}")
    return os.fsdecode(answer.output).rstrip("\n")


def _tree(revision: str) -> str:
    """The object that holds the files of `revision`."""
    # One that begins with a dash would be an option where its history is asked for.
    found = GitObject("missing") if revision.startswith("-") else look_up(f"{revision}^{{tree}}")
    if found.kind == "tree":
        return found.name
    raise RevisionError(f"{_NO_FILE} git knows no revision `{revision}`{_why_unknown(revision, found)}")


def _why_unknown(revision: str, found: GitObject) -> str:
    if found.remark:
        return f": {found.remark}"
    if look_up(f"origin/{revision}").kind == "commit":
        return f"; did you mean `origin/{revision}`?"
    if look_up("HEAD").kind == "missing":
        return "; nothing is committed yet"
    return _cut_off()


def _cut_off() -> str:
    if ask_git("rev-parse", "--is-shallow-repository").output.strip() != b"true":
        return ""
    return "; this clone is shallow, its history is cut off (`git fetch --unshallow` brings the rest)"


def _address(file: Revised) -> str:
    """What git calls the file; 0 is what is added, not the sides of a conflict."""
    if file.path.split("/")[0] == "..":
        raise RevisionError(f"`{file.path}` is outside the repository, whose revisions are read")
    return f"{file.tree or ':0'}:{file.path}"


def _content(there: GitObject) -> bytes:
    # Not `git show`: that runs filters and shows dates and differences of what is no file.
    answer = ask_git("cat-file", "blob", there.name)
    if not answer.done:
        raise RevisionError(f"git cannot read it, the repository is damaged: {answer.remark}")
    if answer.output.startswith(_LFS):
        raise RevisionError("Git LFS keeps it outside the repository, whose revisions have a pointer only")
    return answer.output


def _why_not(found: list[tuple[Revised, GitObject]], is_named: bool) -> str:
    """Why none of the files is there; where a name `is_named`, with the one to write instead."""
    from target_cascade.read.path_history import absence, similar

    for file, there in found:
        if there.kind == "tree":
            return f"`{file.path}` is a folder in {file.where}; name a file in it"
        if there.kind in ("symlink", "dangling", "loop"):
            return f"`{file.path}` is a link in {file.where}, which leads to no file there"
    for file, there in found:
        if known := absence(file, there.remark):
            instead = f"; write `{known.instead.name}`" if is_named and known.instead else ""
            return f"{file.where} has no `{file.path}`: {known.reason}{instead}"
    file, _ = found[0]
    near = similar(file)
    return f"{file.where} has no `{file.path}`" + (f"; did you mean `{near.name}`?" if near else _cut_off())
