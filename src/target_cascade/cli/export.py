"""`plan export`: quotas as a file for a spreadsheet or a program."""

from pathlib import Path
from typing import Annotated

import typer

from target_cascade.cli.delivery import FORMATS, file_bytes
from target_cascade.cli.loading import load, located, say
from target_cascade.cli.options import CsvEncoding, PlanArgument, Settings
from target_cascade.cli.workbook_file import ENDING, is_workbook, write_workbook
from target_cascade.engine.cascade import Cascade
from target_cascade.errors import UsageError
from target_cascade.read.plan_file import PlanFile
from target_cascade.report.heading import with_what_ifs
from target_cascade.report.split import By, split_table
from target_cascade.report.table import Workbook
from target_cascade.write.files import replace_file

HELP = """Example: plan export plan.yaml -o quotas.xlsx

Writes months, weeks or days to a file: .csv, .xlsx, .json or .md, by its ending.
A workbook has all of them, each on its own sheet, and the KPIs of the teams."""


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
    if ending != ENDING and ending not in FORMATS:
        known = ", ".join([*FORMATS, ENDING])
        raise UsageError(f"`{output}` ends in none of {known}, so its format is not known")
    file, cascade = load(plan, settings)
    say(file)
    if is_workbook(output):
        write_workbook(_workbook(file, cascade, by), settings, output, None, encoding, file.files)
        return
    table = with_what_ifs(split_table(cascade, by or "month"), settings)
    replace_file(Path(output), file_bytes(table, FORMATS[ending], encoding), file.files)


def _workbook(file: PlanFile, cascade: Cascade, by: By | None) -> Workbook:
    from target_cascade.report.workbook import workbook

    with located(file):
        return workbook(cascade, by)
