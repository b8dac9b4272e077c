"""The command in a process of its own, for what only a process can show."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PLANS = Path(__file__).parent / "cli" / "plans"
COMMAND = [sys.executable, "-m", "target_cascade"]


def environment(**variables: str) -> dict[str, str]:
    """This process's environment, without what would change how a command prints."""
    shown = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM", "PYTHONIOENCODING", "PYTHONUTF8")
    return {name: value for name, value in os.environ.items() if name not in shown} | variables


def run_process(
    *arguments: str,
    variables: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    stdout: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    """`plan` with these arguments, in the folder of the plans of tests/cli."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=PLANS,
        env=environment(**(variables or {})),
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
