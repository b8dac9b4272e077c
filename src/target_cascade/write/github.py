"""Findings and problems → commands of GitHub, which shows them at their lines of a pull request."""

from collections.abc import Iterable
from pathlib import PurePath

from target_cascade.errors import Located
from target_cascade.report.table import Cell, Table
from target_cascade.write.cell_text import people_cell

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def github_text(findings: Table) -> str:
    """A command a row: ``::warning file=plan.yaml,line=43,title=lift-size::message``, and below the
    message, as its second line, the remedy.

    The columns are those of `report.check`: rule, severity, message, where.file, where.line, remedy.
    """
    keys = [column.key for column in findings.columns]
    commands = (_command(dict(zip(keys, row.cells, strict=True))) for row in findings.rows)
    return "".join(f"{command}\n" for command in commands)


def github_problems(problems: Iterable[Located]) -> str:
    """A command for each thing that keeps a plan from being read."""
    lines = (_line("error", one.file, str(one.line), "plan", one.message) for one in problems)
    return "".join(f"{line}\n" for line in lines)


def _command(finding: dict[str, Cell]) -> str:
    text = {key: people_cell(cell, "text") for key, cell in finding.items()}
    command, message = _COMMANDS[text["severity"]], f"{text['message']}\n{text['remedy']}"
    return _line(command, text["where.file"], text["where.line"], text["rule"], message)


def _line(command: str, file: str, line: str, title: str, message: str) -> str:
    """A command; without a file it stands beside no line, but among all annotations."""
    # GitHub compares with the paths of its own list of files, which are bare: no `./`.
    place = {"file": PurePath(file).as_posix(), "line": line} if file else {}
    properties = {**place, "title": title}
    listed = ",".join(f"{key}={value.translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{command} {listed}::{message.translate(_MESSAGE)}"
