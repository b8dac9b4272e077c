"""`plan sheet`: one team's or person's week on one page."""

from typing import TYPE_CHECKING, Annotated

import typer

from target_cascade.cli.delivery import deliver
from target_cascade.cli.loading import load, located, say
from target_cascade.cli.options import (
    CsvEncoding,
    FormatOption,
    OutputOption,
    PlanArgument,
    Settings,
    day_of,
)
from target_cascade.cli.workbook_file import is_workbook, write_workbook
from target_cascade.engine.cascade import Cascade
from target_cascade.errors import CalendarError, UsageError
from target_cascade.period_text import parse_period
from target_cascade.read.plan_file import PlanFile
from target_cascade.report.heading import with_what_ifs

if TYPE_CHECKING:
    from target_cascade.report.sheet.team_week import PlanWeek

HELP = """Example: plan sheet plan.yaml --team Logistics --week 2012-W45

Puts a team's week on one page, in plain words: its numbers, what has to hold, what
it may spend, what it does, and what if it goes wrong. Also a person's, as South/Li."""


def sheet(
    plan: PlanArgument,
    team: Annotated[
        str, typer.Option("--team", metavar="NAME", help="A team, or somebody of the tree, as South/Li.")
    ],
    week: Annotated[
        str | None, typer.Option("--week", metavar="WEEK", help="2012-W45, or a day of it; default: today's.")
    ] = None,
    today: Annotated[
        str | None,
        typer.Option("--today", metavar="DATE", help="The day whose week is shown; default: today."),
    ] = None,
    form: FormatOption = None,
    output: OutputOption = None,
    settings: Settings = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show the page, or write it to a file."""
    if week is not None and today is not None:
        raise UsageError("--week and --today both name the week; keep one")
    file, cascade = load(plan, settings)
    say(file)
    from target_cascade.report.sheet.page import sheet_page, sheet_workbook

    with located(file):
        page = sheet_page(cascade, team, _week(file, cascade, week, today))
    page = with_what_ifs(page, settings)
    if output is not None and is_workbook(output):
        write_workbook(sheet_workbook(page, team), None, output, form, encoding, file.files)
        return
    deliver(page, form, output, encoding, file.files)


def _week(file: PlanFile, cascade: Cascade, week: str | None, today: str | None) -> "PlanWeek":
    from target_cascade.report.sheet.team_week import plan_week, week_with

    if week is None:
        return week_with(cascade, day_of(today))
    try:
        return plan_week(cascade, parse_period(week, file.plan.year, file.plan.weeks))
    except CalendarError as error:
        raise UsageError(f"--week: {error}") from None
