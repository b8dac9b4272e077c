"""Arguments and options that commands share."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from target_cascade.errors import CalendarError, UsageError

if TYPE_CHECKING:
    from target_cascade.plan import Plan

Format = Literal["table", "csv", "json", "markdown"]
AnyFormat = Literal[Format, "github"]
"""The formats of all commands: those of most, and annotations, which are of findings only."""
Encoding = Literal["utf-8", "gbk"]

PlanArgument = Annotated[str, typer.Argument(metavar="PLAN", help="The plan file; - reads it from stdin.")]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="A what-if on any key, repeatable: buffer=8%, 'adjust.\"Brand day\".add=50万'.",
    ),
]
FormatOption = Annotated[
    Format | None, typer.Option("--format", help="Default: table, or by the ending of -o.")
]
OutputOption = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help="A file instead of the screen.")
]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="DATE", help="The day of the check, such as 2012-09-01; default: today."),
]
CsvEncoding = Annotated[
    Encoding | None,
    typer.Option("--encoding", help="Of a CSV file: utf-8 (without BOM) or gbk; default is UTF-8 with BOM."),
]

ActualsOption = Annotated[
    str | None,
    typer.Option(
        "--actuals", metavar="FILE", help="What came in; default: the file that the plan names as `actuals`."
    ),
]
Through = Annotated[
    str | None,
    typer.Option(
        "--through",
        metavar="DATE",
        help="How far the figures go: a day, or a whole month or week; default: to their last day.",
    ),
]


def last_day(through: str | None, plan: "Plan") -> date | None:
    """The last day of what --through names; None where it is left out. Raises `UsageError`."""
    if through is None:
        return None
    from target_cascade.period_text import parse_period

    try:
        return parse_period(through, plan.year, plan.weeks).end
    except CalendarError as error:
        raise UsageError(f"--through: {error}") from None


def day_of(today: str | None) -> date:
    """The day that --today names, or else the day that it is. Raises `UsageError`."""
    if today is None:
        return date.today()  # noqa: DTZ011 - the day where the user is, as calendars have it
    from target_cascade.period_text import parse_date

    try:
        return parse_date(today)
    except CalendarError as error:
        raise UsageError(f"--today: {error}") from None
