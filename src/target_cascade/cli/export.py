"""`plan export`: quotas as a file for a spreadsheet or a program."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from target_cascade.cli.delivery import FORMATS, file_bytes
from target_cascade.cli.loading import load, say
from target_cascade.cli.options import CsvEncoding, Encoding, PlanArgument, Settings
from target_cascade.engine.cascade import Cascade
from target_cascade.errors import UsageError
from target_cascade.report.heading import with_what_ifs
from target_cascade.report.split import By, split_table
from target_cascade.write.files import replace_file

HELP = """Example: plan export plan.yaml -o quotas.xlsx

Writes months, weeks or days to a file: .csv, .xlsx, .json or .md, by its ending.
A workbook has all of them, each on its own sheet."""

_WORKBOOK = ".xlsx"


def export(
    plan: PlanArgument,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")],
    by: Annotated[
        By | None,
        typer.Option("--by", help="How finely; default: months, and all sheets in a workbook."),
    ] = None,
    settings: Settings = None,
    encoding: CsvEncoding = None,
) -> None:
    """Write the file."""
    ending = Path(output).suffix.lower()
    if ending != _WORKBOOK and ending not in FORMATS:
        known = ", ".join([*FORMATS, _WORKBOOK])
        raise UsageError(f"`{output}` ends in none of {known}, so its format is not known")
    file, cascade = load(plan, settings)
    say(file)
    if ending == _WORKBOOK:
        content = _workbook(cascade, by, encoding, settings)
    else:
        table = with_what_ifs(split_table(cascade, by or "month"), settings)
        content = file_bytes(table, FORMATS[ending], encoding)
    replace_file(Path(output), content, file.files)


def _workbook(
    cascade: Cascade, by: By | None, encoding: Encoding | None, settings: Sequence[str] | None
) -> bytes:
    from target_cascade.report.workbook import workbook
    from target_cascade.write.xlsx import xlsx_bytes

    if encoding is not None:
        raise UsageError("--encoding is for CSV files; a workbook has its own")
    book = workbook(cascade, by)
    return xlsx_bytes(book._replace(tables=tuple(with_what_ifs(table, settings) for table in book.tables)))
