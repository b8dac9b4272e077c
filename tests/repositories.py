"""Real repositories of git, apart from whoever runs the tests."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

_IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (
        ("NAME", "Planner"),
        ("EMAIL", "planner@example.org"),
        ("DATE", "2027-02-03T12:00:00Z"),
    )
}


class Repository(NamedTuple):
    """A folder with its history."""

    folder: Path

    def git(self, *arguments: str) -> str:
        """What git prints."""
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, check=True, capture_output=True, encoding="utf-8"
        ).stdout.strip()

    def write(self, path: str, content: str | bytes) -> None:
        """A file of the work tree."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, message: str = "a change") -> str:
        """Everything as it lies there, as a commit; gives its name."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", f"--message={message}")
        return self.git("rev-parse", "HEAD")


def isolate(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """Leave out of this test how the machine has set up git, and repositories around `root`."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    variables = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(root),
        **_IDENTITY,
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def new_repository(folder: Path) -> Repository:
    """An empty one on the branch `main`."""
    folder.mkdir(parents=True, exist_ok=True)
    repository = Repository(folder)
    repository.git("init", "--quiet", "--initial-branch=main")
    return repository
