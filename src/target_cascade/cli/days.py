"""`plan days`: what each day is worth, last year and this year one above the other."""

from typing import Annotated

import typer

from target_cascade.calendar import PlanYear
from target_cascade.cli.delivery import deliver
from target_cascade.cli.loading import say
from target_cascade.cli.options import CsvEncoding, FormatOption, OutputOption, PlanArgument, Settings
from target_cascade.errors import UsageError
from target_cascade.read.plan_file import read_plan

HELP = """Example: plan days plan.yaml

Shows what each day is worth as a calendar, last year above this year, and the
days that each day rule covers."""


def days(
    plan: PlanArgument,
    year: Annotated[
        str | None, typer.Option("--year", help="One year only: last, this, or as 2011. Default: both.")
    ] = None,
    form: FormatOption = None,
    output: OutputOption = None,
    settings: Settings = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show the calendar, or write it to a file."""
    from target_cascade.report.days import days_page
    from target_cascade.report.heading import with_what_ifs

    file = read_plan(plan, settings or ())
    both = file.plan.base_year, file.plan.year
    years = both if year is None else (_named(year, *both),)
    say(file)
    page = with_what_ifs(days_page(file.plan, years, file.place), settings)
    deliver(page, form, output, encoding, file.files)


def _named(text: str, before: PlanYear, now: PlanYear) -> PlanYear:
    """The one of two years that `text` names. Raises `UsageError` for any other."""
    names = {"last": before, "this": now}
    for year in (before, now) if before.label != now.label else ():
        names |= {year.label: year, str(year.number): year}
    if text.strip().lower() not in names:
        raise UsageError(
            f"--year `{text}` names neither year of the plan; write `last` for {before.span} or `this` for"
            f" {now.span}"
        )
    return names[text.strip().lower()]
