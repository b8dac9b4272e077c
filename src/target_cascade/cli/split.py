"""`plan split`: the cascade on screen, by quarter, month, week or day."""

from typing import Annotated

import typer

from target_cascade.cli.delivery import deliver
from target_cascade.cli.loading import load, say
from target_cascade.cli.options import CsvEncoding, FormatOption, OutputOption, PlanArgument, Settings
from target_cascade.errors import UsageError
from target_cascade.report.heading import with_what_ifs
from target_cascade.report.split import By, split_table

HELP = """Example: plan split plan.yaml --by week

Splits the year's target into what every quarter, month, week or day must bring."""


def split(
    plan: PlanArgument,
    by: Annotated[By, typer.Option("--by", help="What a row is.")] = "month",
    form: FormatOption = None,
    output: OutputOption = None,
    whole_weeks: Annotated[
        bool, typer.Option("--whole-weeks", help="With --by week: do not cut weeks at month ends.")
    ] = False,
    settings: Settings = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show the quotas, or write them to a file."""
    if whole_weeks and by != "week":
        raise UsageError("--whole-weeks goes with --by week")
    file, cascade = load(plan, settings)
    say(file)
    table = with_what_ifs(split_table(cascade, by, whole_weeks), settings)
    deliver(table, form, output, encoding, file.files)
