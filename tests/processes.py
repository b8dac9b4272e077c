"""The command in a process of its own, for what only a process can show."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PLANS = Path(__file__).parent / "cli" / "plans"
COMMAND = [sys.executable, "-m", "target_cascade"]


def file_line(name: str, content: str) -> str:
    """What stderr says of a CSV file of months that a plan names, with whole amounts in its last column."""
    header, *rows = (line.split(",") for line in content.splitlines())
    total = sum(int(row[-1].replace("万", "0000")) for row in rows)
    return f"{name}: UTF-8, column {header[-1]}, {len(rows)} months, total {total:,}\n"


def said(*arguments: str) -> bytes:
    """What stderr says for a command with sound plans of tests/cli: a line for the file of last year,
    once, where one of them names it."""
    name = "last_year.csv"
    plans = [PLANS / argument for argument in arguments if argument.endswith(".yaml")]
    if not any(name in plan.read_text(encoding="utf-8") for plan in plans):
        return b""
    return file_line(name, (PLANS / name).read_text(encoding="utf-8")).encode()


def environment(**variables: str) -> dict[str, str]:
    """This process's environment, without what would change how a command prints."""
    shown = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM", "PYTHONIOENCODING", "PYTHONUTF8")
    return {name: value for name, value in os.environ.items() if name not in shown} | variables


def run_process(
    *arguments: str,
    variables: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    """`plan` with these arguments, in the folder of the plans of tests/cli."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=PLANS,
        env=environment(**(variables or {})),
        input=stdin,
        stdout=stdout,
        stderr=stderr,
        timeout=60,
        check=False,
    )
