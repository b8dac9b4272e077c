"""`plan explain`: where a quota comes from, cause by cause."""

from typing import Annotated

import typer

from target_cascade.cli.delivery import deliver
from target_cascade.cli.loading import load, say
from target_cascade.cli.options import CsvEncoding, FormatOption, OutputOption, PlanArgument, Settings
from target_cascade.period_text import parse_period

HELP = """Example: plan explain plan.yaml 2012-11

Traces a quota from last year to this one, each step to its line of the plan."""


def explain(
    plan: PlanArgument,
    period: Annotated[
        str,
        typer.Argument(
            metavar="PERIOD",
            help="2012-11, Q4, 2012-W45, 2012-11-11, a range 2012-10..2012-12; default: the year.",
        ),
    ] = "year",
    form: FormatOption = None,
    output: OutputOption = None,
    settings: Settings = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show the bridge of a period, or write it to a file."""
    from target_cascade.report.explain import explain_page
    from target_cascade.report.heading import with_what_ifs

    file, cascade = load(plan, settings)
    say(file)
    span = parse_period(period, file.plan.year, file.plan.weeks)
    page = with_what_ifs(explain_page(cascade, span, file.place), settings)
    deliver(page, form, output, encoding, file.files)
