"""A workbook as the file of a command's output."""

from collections.abc import Collection, Sequence
from pathlib import Path

from target_cascade.cli.options import AnyFormat, Encoding
from target_cascade.errors import UsageError
from target_cascade.report.heading import with_what_ifs
from target_cascade.report.table import Workbook
from target_cascade.write.files import replace_file

ENDING = ".xlsx"


def is_workbook(output: str | None) -> bool:
    """Whether the output is asked for as a workbook, by the file's ending."""
    return output is not None and Path(output).suffix.lower() == ENDING


def workbook_bytes(book: Workbook, settings: Sequence[str] | None, encoding: Encoding | None) -> bytes:
    """The workbook, under titles that say which keys were set for this run.

    Raises `UsageError` for an encoding, `OutputError` for what a workbook cannot hold.
    """
    from target_cascade.write.xlsx import xlsx_bytes

    if encoding is not None:
        raise UsageError("--encoding is for CSV files; a workbook has its own")
    return xlsx_bytes(book._replace(tables=tuple(with_what_ifs(table, settings) for table in book.tables)))


def write_workbook(
    book: Workbook,
    settings: Sequence[str] | None,
    output: str,
    form: AnyFormat | None,
    encoding: Encoding | None,
    sources: Collection[Path],
) -> None:
    """The workbook in the file `output`, which may be none of the `sources`; written whole.

    Raises `UsageError` for options that do not go with it, `OutputError` where it cannot be written.
    """
    if form is not None:
        raise UsageError(f"--format {form} is no workbook; leave it out, or name another file")
    replace_file(Path(output), workbook_bytes(book, settings, encoding), sources)
