"""`plan kpi`: what has to happen for the quotas to come in, by period and team."""

from fractions import Fraction
from typing import Annotated

import typer

from target_cascade.amount import parse_fraction
from target_cascade.cli.delivery import deliver
from target_cascade.cli.loading import load, located, say
from target_cascade.cli.options import CsvEncoding, FormatOption, OutputOption, PlanArgument, Settings
from target_cascade.engine.cascade import Cascade
from target_cascade.errors import AmountError, UsageError
from target_cascade.read.plan_file import PlanFile
from target_cascade.report.heading import with_what_ifs
from target_cascade.report.spans import KpiBy
from target_cascade.report.table import Page

HELP = """Example: plan kpi plan.yaml --by week --team Promotion

Shows what each quota takes: orders, visits, money, and who owns it; with
--sensitivity what it costs if a driver is worse than assumed."""


def kpi(
    plan: PlanArgument,
    by: Annotated[KpiBy | None, typer.Option("--by", help="What a row is; default: month.")] = None,
    team: Annotated[
        str | None, typer.Option("--team", metavar="TEAM", help="Only what this team owns.")
    ] = None,
    sensitivity: Annotated[
        str | None,
        typer.Option("--sensitivity", metavar="PART", help="What it costs if a driver is worse, by 10%."),
    ] = None,
    form: FormatOption = None,
    output: OutputOption = None,
    settings: Settings = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show the KPIs, or write them to a file."""
    if sensitivity is not None and by is not None:
        raise UsageError("--sensitivity is about the whole year; leave --by out")
    slip = None if sensitivity is None else _part(sensitivity)
    file, cascade = load(plan, settings)
    say(file)
    from target_cascade.report.kpis.words import check_has_kpis, known_team

    check_has_kpis(file.plan)
    owner = None if team is None else known_team(file.plan, team)
    page = with_what_ifs(_page(file, cascade, by or "month", owner, slip), settings)
    deliver(page, form, output, encoding, file.files)


def _page(file: PlanFile, cascade: Cascade, by: KpiBy, team: str | None, slip: Fraction | None) -> Page:
    from target_cascade.engine.kpis.numbers import kpi_numbers

    with located(file):
        numbers = kpi_numbers(cascade)
        if slip is None:
            from target_cascade.report.kpis.page import kpi_page

            return kpi_page(numbers, by, team)
        from target_cascade.engine.kpis.sensitivity import slips
        from target_cascade.report.kpis.slips import slips_page

        return slips_page(numbers, slips(numbers, slip), team)


def _part(text: str) -> Fraction:
    """By which part of themselves drivers are worse."""
    try:
        part = parse_fraction(text)
    except AmountError as error:
        raise UsageError(f"--sensitivity: {error}") from None
    if not 0 < part < 1:
        raise UsageError(
            f"--sensitivity `{text}` is no slip; write a part between 0 % and 100 %, such as 10%"
        )
    return part
