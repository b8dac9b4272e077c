"""The application: its commands, and the only place that answers an error."""

import sys
from io import StringIO
from typing import Annotated

import typer

from target_cascade.cli import (
    cascade,
    check,
    compare,
    days,
    diff,
    explain,
    export,
    init,
    kpi,
    reconcile,
    replan,
    review,
    rule,
    schema,
    sheet,
    split,
)
from target_cascade.cli.delivery import tell
from target_cascade.errors import InputError, TargetCascadeError

HELP = """Example: plan split plan.yaml

Turns one annual target into what every month, week and day must bring."""

app = typer.Typer(
    name="plan",
    help=HELP,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)
app.command("init", help=init.HELP, short_help="A plan file to begin with.")(init.init)
app.command("split", help=split.HELP, short_help="Quotas by quarter, month, week or day.")(split.split)
app.command("explain", help=explain.HELP, short_help="Where a quota comes from, cause by cause.")(
    explain.explain
)
app.command("check", help=check.HELP, short_help="The weak points of a plan, and what to do.")(check.check)
app.command("rule", help=rule.HELP, short_help="What a rule of `plan check` is about.")(rule.rule)
app.command("compare", help=compare.HELP, short_help="Scenarios side by side.")(compare.compare)
app.command("diff", help=diff.HELP, short_help="What differs between two plans, and why.")(diff.diff)
app.command("kpi", help=kpi.HELP, short_help="What each quota takes, and who owns it.")(kpi.kpi)
app.command("sheet", help=sheet.HELP, short_help="A team's week on one page.")(sheet.sheet)
app.command("cascade", help=cascade.HELP, short_help="Quotas of teams and people.")(cascade.cascade)
app.command("reconcile", help=reconcile.HELP, short_help="What people propose beside what is asked.")(
    reconcile.reconcile
)
app.command("review", help=review.HELP, short_help="How the year stands; need anything change?")(
    review.review
)
app.command("replan", help=replan.HELP, short_help="The open months re-planned; the next revision.")(
    replan.replan
)
app.command("days", help=days.HELP, short_help="What each day is worth, as a calendar.")(days.days)
app.command("export", help=export.HELP, short_help="Quotas as .csv, .xlsx, .json or .md.")(export.export)
app.command("schema", help=schema.HELP, short_help="The JSON Schema of the plan file.")(schema.schema)


@app.callback(invoke_without_command=True)
def _plan(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"plan {installed('target-cascade')}")
        raise typer.Exit


def main() -> int:
    """Run the command line, and give its exit status: 2 is wrong use and bad input."""
    if sys.stderr is None:  # It is closed, and messages would go to stdout, which is for results.
        sys.stderr = StringIO()
    try:
        return _status()
    except InputError as error:
        from target_cascade.write.problem_text import problem_text

        for problem in error.problems:
            tell(problem_text(problem))
    except TargetCascadeError as error:
        from target_cascade.write.problem_text import printable

        # Names and titles that others have written are in it, which may have what a terminal would obey.
        tell("\n".join(printable(line) for line in f"plan: error: {error}".split("\n")))
    except BrokenPipeError:  # `plan split … | head`: whoever reads has seen enough
        return 1
    except OSError as error:  # Reading and writing files have answers of their own, so this is stdout.
        tell(f"plan: error: cannot write to stdout: {error.strerror}")
    return 2


def _status() -> int:
    """The exit status of a command that has come to its end, with all of its output on its way."""
    try:
        app(prog_name=app.info.name)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    finally:
        if sys.stdout is not None:
            sys.stdout.flush()
    return 0
