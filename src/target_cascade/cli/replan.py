"""`plan replan`: months that are over close, and what is missing to the target goes on the open ones."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

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
from target_cascade.plan import Plan

if TYPE_CHECKING:
    from target_cascade.engine.replan.replan import Replan
    from target_cascade.review.actuals import Actual
    from target_cascade.review.spread import Spread

HELP = """Example: plan replan plan.yaml --through 2012-05 -o plan-r2.yaml

Closes the months that are over and puts what is missing to the target on the
open ones, as far as limits and people can take it; the rest is a named gap."""


def replan(
    plan: PlanArgument,
    through: Through = None,
    spread: Annotated[
        str | None,
        typer.Option(
            "--spread",
            metavar="POLICY",
            help="Where to: proportional, even, late, next:3; default: as the last time, or proportional.",
        ),
    ] = None,
    relax: Annotated[
        bool, typer.Option("--relax", help="Lower the open months where the year is ahead of its first plan.")
    ] = False,
    actuals: ActualsOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    settings: Settings = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show the re-plan, or write the next revision of the plan with -o FILE.yaml."""
    from target_cascade.cli.actuals import load_actuals
    from target_cascade.cli.revision_file import check_options, is_revision, write_revision
    from target_cascade.report.heading import with_what_ifs
    from target_cascade.report.review.replan import replan_page

    revision = output if output is not None and is_revision(output) else None
    if revision is not None:
        check_options(revision, settings, encoding)
    policy = _policy(spread)
    file, cascade = load(plan, settings)
    say(file)
    loaded = load_actuals(file, actuals)
    tell_lines(loaded.said)
    with located(file):
        made = _replanned(cascade, loaded.rows, last_day(through, file.plan), policy, relax)
    page = with_what_ifs(replan_page(made, file.place), settings)
    sources = (*file.files, *loaded.files)
    # What is written is told before the page, which may fail where that has not.
    tell_lines(write_revision(file, made.closed, revision, sources) if revision is not None else ())
    deliver(page, form, None if revision else output, encoding, sources)


def _replanned(
    cascade: Cascade, rows: Sequence["Actual"], through: date | None, spread: "Spread | None", relax: bool
) -> "Replan":
    from target_cascade.engine.replan.replan import replan as replanned
    from target_cascade.engine.review.came_in import came_in

    figures = came_in(cascade, rows, _whole(through, cascade.plan))
    tell_lines((*figures.said, *figures.doubts))
    return replanned(figures, spread, relax)


def _whole(through: date | None, plan: Plan) -> date | None:
    """The last day of the months that are over by `through`: of a month that is not over nothing is closed,
    so that it does not matter what of it came in. Raises `UsageError` where none is over."""
    begun = [month for month in plan.year.months if through is not None and month.start <= through]
    if through is None or not begun or through >= begun[-1].end:
        return through
    if len(begun) == 1:
        raise UsageError(f"{begun[0].label} is not over on {through}, so no month can be closed yet")
    over = begun[-2]
    tell_lines((f"{begun[-1].label} is not over on {through}, and only whole months close: to {over.label}",))
    return over.end


def _policy(spread: str | None) -> "Spread | None":
    if spread is None:
        return None
    from target_cascade.review.spread import parse_spread

    try:
        return parse_spread(spread)
    except ValueError as error:
        raise UsageError(f"--spread {error}") from None
