"""`plan review`: how the year stands, and whether anything need change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from target_cascade.cli.delivery import deliver
from target_cascade.cli.loading import load, located, say, tell_lines
from target_cascade.cli.options import (
    ActualsOption,
    CsvEncoding,
    FormatOption,
    OutputOption,
    PlanArgument,
    Settings,
    Through,
    last_day,
)
from target_cascade.engine.cascade import Cascade
from target_cascade.errors import UsageError
from target_cascade.report.heading import with_what_ifs

if TYPE_CHECKING:
    from target_cascade.engine.review.lines import Line
    from target_cascade.engine.review.review import Review
    from target_cascade.report.review.periods import ReviewBy
    from target_cascade.report.table import Page
    from target_cascade.review.actuals import Actual

HELP = """Example: plan review plan.yaml --through 2012-05

Says in one sentence how the year stands: whether the target is still reached, what
is missing or ahead, what the buffer covers, and whether anything need change.

The exit status is 0; with --strict it is 1 where the year to date is red."""


def review(
    plan: PlanArgument,
    actuals: ActualsOption = None,
    through: Through = None,
    by: Annotated[
        Literal["month", "week"] | None, typer.Option("--by", help="What a row is; default: month.")
    ] = None,
    node: Annotated[
        str | None, typer.Option("--node", metavar="NAME", help="Somebody of the tree, as South/Li.")
    ] = None,
    kpi: Annotated[
        str | None, typer.Option("--kpi", metavar="NAME", help="A KPI or driver: planned and come in.")
    ] = None,
    team: Annotated[
        str | None,
        typer.Option("--team", metavar="NAME", help="A team's week, or somebody's: last week and the pace."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit status 1 where the year to date is red.")
    ] = False,
    form: FormatOption = None,
    output: OutputOption = None,
    settings: Settings = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show how the year stands, or write it to a file."""
    _check(by, {"--node": node, "--kpi": kpi, "--team": team})
    file, cascade = load(plan, settings)
    say(file)
    from target_cascade.cli.actuals import load_actuals

    loaded = load_actuals(file, actuals)
    tell_lines(loaded.said)
    with located(file):
        found = _reviewed(cascade, loaded.rows, last_day(through, file.plan))
        page = with_what_ifs(_page(found, by, node, kpi, team), settings)
    deliver(page, form, output, encoding, (*file.files, *loaded.files))
    if strict and _to_date(found, node).status(file.plan.guardrails) == "red":
        raise typer.Exit(1)


def _to_date(found: "Review", node: str | None) -> "Line":
    """The year to date that --strict judges: of the node that is shown, and else of the company."""
    if node is None:
        return found.total
    from target_cascade.engine.review.lines import month_lines, total

    lines = month_lines(found.came_in, "/".join(found.came_in.people.find(node).names))
    return total([line for line in lines if line.actual is not None])


def _reviewed(cascade: Cascade, rows: Sequence["Actual"], through: date | None) -> "Review":
    """How the year stands; what is said of the figures goes to stderr."""
    from target_cascade.engine.review.came_in import came_in
    from target_cascade.engine.review.review import review as reviewed

    figures = came_in(cascade, rows, through)
    tell_lines((*figures.said, *figures.doubts))
    return reviewed(figures)


def _check(by: "ReviewBy | None", chosen: Mapping[str, str | None]) -> None:
    """Raises `UsageError` for options that do not go together."""
    named = [option for option, value in chosen.items() if value is not None]
    if len(named) > 1:
        raise UsageError(f"{' and '.join(named)} each make a page of their own; keep one")
    if by == "month" and chosen["--team"] is not None:
        raise UsageError("--team is about the week that begins; leave --by out, or take --node or --kpi")


def _page(
    found: "Review", by: "ReviewBy | None", node: str | None, kpi: str | None, team: str | None
) -> "Page":
    if team is not None:
        from target_cascade.report.review.week import team_review_page

        return team_review_page(found, team)
    from target_cascade.report.review import page

    if node is not None:
        return page.node_review_page(found.came_in, node, by or "month")
    if kpi is not None:
        return page.kpi_review_page(found.came_in, kpi, by or "month")
    made = page.review_page(found, by or "month")
    if by != "week":
        return made
    from target_cascade.report.review.week import with_pace

    return with_pace(made, found)
