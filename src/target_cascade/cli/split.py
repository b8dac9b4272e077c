"""`plan split`: the cascade on screen, by quarter, month, week or day."""

from pathlib import Path
from typing import Annotated

import typer

from target_cascade.cli.delivery import file_bytes, file_format, show
from target_cascade.cli.loading import load
from target_cascade.cli.options import CsvEncoding, Format, PlanArgument, Settings
from target_cascade.errors import UsageError
from target_cascade.report.split import By, split_table
from target_cascade.write.files import replace_file

HELP = """Example: plan split plan.yaml --by week

Splits the year's target into what every quarter, month, week or day must bring."""


def split(
    plan: PlanArgument,
    by: Annotated[By, typer.Option("--by", help="What a row is.")] = "month",
    form: Annotated[
        Format | None, typer.Option("--format", help="Default: table, or by the ending of -o.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="A file instead of the screen.")
    ] = None,
    whole_weeks: Annotated[
        bool, typer.Option("--whole-weeks", help="With --by week: do not cut weeks at month ends.")
    ] = False,
    settings: Settings = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show the quotas, or write them to a file."""
    if whole_weeks and by != "week":
        raise UsageError("--whole-weeks goes with --by week")
    if output == "-":
        output = None
    if encoding is not None and output is None:
        raise UsageError("--encoding goes with -o FILE; stdout is UTF-8")
    file, cascade = load(plan, settings)
    table = split_table(cascade, by, whole_weeks)
    if output is None:
        show(table, form or "table")
    else:
        content = file_bytes(table, file_format(output, form), encoding)
        replace_file(Path(output), content, file.files)
