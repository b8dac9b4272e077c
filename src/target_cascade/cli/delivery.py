"""Where a command's output goes: stdout, or a file that is written whole; and its messages: stderr."""

import os
import sys
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO, cast

from target_cascade.cli.options import AnyFormat, Encoding, Format
from target_cascade.errors import OutputError, UsageError
from target_cascade.report.table import Page, Table

WIDTH = 80
"""Cells of a line where no terminal says how wide it is."""

FORMATS: Mapping[str, Format] = {".csv": "csv", ".json": "json", ".md": "markdown"}
"""The format of a file, by its ending."""


def deliver(
    result: Table | Page,
    form: AnyFormat | None,
    output: str | None,
    encoding: Encoding | None,
    sources: Collection[Path],
) -> None:
    """The result on stdout, or in the file `output`, which may be none of the `sources`.

    Raises `UsageError` for options that do not go together, `OutputError` where the file cannot be
    written.
    """
    if output is None or output == "-":
        if encoding is not None:
            raise UsageError("--encoding goes with -o FILE; stdout is UTF-8")
        show(result, form or "table")
        return
    from target_cascade.write.files import replace_file

    replace_file(Path(output), file_bytes(result, file_format(output, form), encoding), sources)


def show(result: Table | Page, form: AnyFormat) -> None:
    """The result on stdout."""
    if form == "table":
        stdout = _stdout()
        _show_to_people(result, stdout)
        stdout.flush()
    else:
        show_text(_text(result, form))


def show_lines(made: Callable[[int], str]) -> None:
    """On stdout what is `made` for people, given the width of a line."""
    stdout = _stdout()
    cast(Any, stdout).reconfigure(errors="replace")
    stdout.write(made(line_width(stdout)))
    stdout.flush()


def show_text(text: str) -> None:
    """`text` on stdout, in UTF-8 wherever it runs, because a program reads it."""
    stdout = _stdout()
    stdout.buffer.write(text.encode())
    stdout.flush()


def tell(text: str) -> None:
    """A line, or several, on stderr. Where it cannot be written, such as on a full disk, the command goes
    on without: its result and its exit status do not depend on who reads the messages."""
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def file_format(output: str, form: AnyFormat | None) -> AnyFormat:
    """What a file of a command's output holds: `form`, or else what its ending says; plain text
    without an ending.

    Raises `UsageError` where neither says it, and for a workbook, which is no format of a text.
    """
    ending = Path(output).suffix.lower()
    if ending == ".xlsx":
        hint = "which this command does not write; `plan export` writes one"
        raise UsageError(f"`{output}` would be a workbook, {hint}")
    if form is not None:
        return form
    if ending in ("", ".txt"):
        return "table"
    if ending not in FORMATS:
        raise UsageError(f"`{output}` ends in none of {', '.join(FORMATS)}, .txt; give a --format")
    return FORMATS[ending]


def is_for_machines(form: AnyFormat | None, output: str | None) -> bool:
    """Whether the result is asked for as CSV or JSON, of which machines read the records only."""
    return (form or FORMATS.get(Path(output or "").suffix.lower())) in ("csv", "json")


def file_bytes(result: Table | Page, form: AnyFormat, encoding: Encoding | None) -> bytes:
    """What a file of the result holds: CSV has a BOM unless an encoding is asked for, so that Excel
    shows 中文; everything else is UTF-8.

    Raises `UsageError` for an encoding of what is no CSV, `OutputError` where it lacks a character.
    """
    text = _text(result, form)
    if form != "csv":
        if encoding is not None:
            raise UsageError("--encoding is for CSV files; everything else is UTF-8")
        return text.encode()
    try:
        return text.encode(encoding or "utf-8-sig")
    except UnicodeEncodeError as error:
        raise OutputError(
            f"`{text[error.start]}` cannot be written in {encoding}; use --encoding utf-8"
        ) from None


def _text(result: Table | Page, form: AnyFormat) -> str:
    records = (result,) if isinstance(result, Table) else result.records
    if form == "csv":
        from target_cascade.write.csv import csv_text

        return csv_text(records[0])
    if form == "json":
        from target_cascade.write.json import json_text

        if isinstance(result, Table):
            return json_text(result)
        return json_text(*records, named=result.named, values=result.values)
    if form == "markdown":
        from target_cascade.write.markdown import markdown_text

        return markdown_text(result)
    if form == "github":
        from target_cascade.write.github import github_text

        return github_text(records[0])
    from target_cascade.write.plain import plain_text

    return plain_text(result, WIDTH)


def _show_to_people(result: Table | Page, stdout: TextIO) -> None:
    ascii_only = _ascii_only(stdout)
    cast(Any, stdout).reconfigure(errors="replace")
    if stdout.isatty() and not ascii_only:
        from target_cascade.write.console import print_result

        print_result(result, stdout)
        return
    from target_cascade.write.plain import plain_text

    stdout.write(plain_text(result, line_width(stdout), ascii_only))


def _stdout() -> TextIO:
    if sys.stdout is None:
        raise OutputError("cannot write to stdout: it is closed")
    return sys.stdout


def line_width(stream: TextIO) -> int:
    """How many cells a line of a stream has."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or WIDTH
    except OSError:  # a pipe or a file has no width
        return WIDTH


def _ascii_only(stdout: TextIO) -> bool:
    try:
        "─█▏▎▍▌▋▊▉".encode(stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return True
    return False
