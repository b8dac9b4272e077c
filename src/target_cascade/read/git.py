"""Questions to git: no shell, no pager, no hook, no filter, and answers in one language."""

import os
import re
import subprocess
from typing import NamedTuple

from target_cascade.errors import RevisionError

# A repository's settings may name programs; of what is asked here, git would run a monitor of files,
# a check of signatures and, for what a partial clone lacks, a fetch. Paths are wanted whole.
_GIT = "git --no-pager -c core.fsmonitor= -c log.showSignature=no -c diff.relative=no".split()
_OBJECT = re.compile(rb"([0-9a-f]{40,64}) (\w+) (\d+)\n")
_LEADS_ASTRAY = re.compile(rb"(symlink|dangling|loop) \d+\n")


class Answer(NamedTuple):
    """What git printed; `remark` is the first thing that it said besides, in English."""

    done: bool
    output: bytes
    remark: str


class GitObject(NamedTuple):
    """A file (``blob``), a folder (``tree``), a ``commit``; what git calls a ``symlink`` that leads out
    of the revision, ``dangling`` or a ``loop``; or ``missing``, then with git's remark, if any."""

    kind: str
    name: str = ""
    size: int = 0
    remark: str = ""


def ask_git(*arguments: str, stdin: bytes = b"") -> Answer:
    """The answer of one command. Raises `RevisionError` where there is no git."""
    try:
        # Arguments are texts of this package and names of revisions, which never begin with a dash.
        ended = subprocess.run([*_GIT, *arguments], input=stdin, capture_output=True, env=_env(), check=False)  # noqa: S603
    except FileNotFoundError:
        raise RevisionError(
            "no file has this name, and git, which reads REV:path, is not installed"
        ) from None
    return Answer(ended.returncode == 0, ended.stdout, _first_remark(ended.stderr))


def look_up(name: str) -> GitObject:
    """The object that `name` leads to, links inside a revision followed.

    Raises `RevisionError` where git cannot say.
    """
    if "\n" in name or "\0" in name:
        raise RevisionError("a name that git is asked for has no line break and no NUL in it")
    # By stdin, so that no name can be an option.
    answer = ask_git("cat-file", "--batch-check", "--follow-symlinks", stdin=os.fsencode(f"{name}\n"))
    if not answer.done:
        raise RevisionError(f"git says: {answer.remark}")
    if match := _OBJECT.fullmatch(answer.output):
        return GitObject(match[2].decode(), match[1].decode(), int(match[3]))
    if match := _LEADS_ASTRAY.match(answer.output):
        return GitObject(match[1].decode())
    return GitObject("missing", remark=answer.remark)


def _env() -> dict[str, str]:
    """This process's environment, in the language that remarks are quoted in."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_PATHSPECS")}
    return kept | {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"}


def _first_remark(stderr: bytes) -> str:
    lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("fatal: ", "error: "))] or lines or [""]
    return told[0].removeprefix("fatal: ").removeprefix("error: ")
