"""`plan check`: what the guardrails find in plans."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path as FilePath
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from target_cascade.cli.delivery import deliver, show_text
from target_cascade.cli.options import AnyFormat, CsvEncoding, OutputOption, Settings, Today, day_of
from target_cascade.errors import InputError, Path, Place
from target_cascade.read.plan_file import PlanFile
from target_cascade.report.heading import title, with_what_ifs

if TYPE_CHECKING:
    from target_cascade.cli.scenarios import Loaded

HELP = """Example: plan check plan.yaml

Finds the weak points of a plan: each with its rule, its line in the file, the
figures, and one thing to do about it. `plan rule NAME` explains a rule.

The exit status is 1 where an error is found; with --strict, also for a warning."""


def check(
    plans: Annotated[
        list[str], typer.Argument(metavar="PLAN", help="The plan files; - reads one from stdin.")
    ],
    strict: Annotated[bool, typer.Option("--strict", help="Exit status 1 for warnings too.")] = False,
    form: Annotated[
        AnyFormat | None,
        typer.Option(
            "--format",
            help="Default: table, or by the ending of -o; github is annotations on a pull request.",
        ),
    ] = None,
    output: OutputOption = None,
    settings: Settings = None,
    today: Today = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show the findings, or write them to a file."""
    from target_cascade.cli.loading import say
    from target_cascade.report.check import CheckedPlan, check_page

    loaded = _load(plans, settings or (), day_of(today), annotated=form == "github" and output is None)
    say(*(one.file for one in loaded))
    found = [
        CheckedPlan(
            one.file.place(()).file,
            title(one.cascade),
            one.checked,
            _annotated(_places(one.file)) if form == "github" else _places(one.file),
        )
        for one in loaded
    ]
    sources = [source for one in loaded for source in one.file.files]
    deliver(with_what_ifs(check_page(found), settings), form, output, encoding, sources)
    if any(one.checked.count("error") or (strict and one.checked.count("warning")) for one in found):
        raise typer.Exit(1)


def _load(paths: Sequence[str], settings: Sequence[str], today: date, annotated: bool) -> "list[Loaded]":
    """The plans; where they cannot be read, their problems are annotations, too, if any are wanted."""
    from target_cascade.cli.scenarios import load_scenarios
    from target_cascade.read.scenarios import Variant

    try:
        return load_scenarios([Variant(path, path) for path in _once(paths)], settings, today)
    except InputError as error:
        if annotated:
            from target_cascade.write.github import github_problems

            problems = (one._replace(file=_file_of_a_pull_request(one.file)) for one in error.problems)
            show_text(github_problems(problems))
        raise


def _once(paths: Sequence[str]) -> list[str]:
    """Each plan once, as it is first named: patterns of a shell often overlap."""
    return list({PurePath(path): path for path in reversed(paths)}.values())[::-1]


def _places(file: PlanFile) -> Callable[[Path], Place]:
    """Where entries stand in the plan's own file: one that a --set has put in, where its parent is."""
    own = file.place(()).file

    def place(path: Path) -> Place:
        found = file.place(path)
        return found if found.file == own else place(path[:-1])

    return place


def _annotated(places: Callable[[Path], Place]) -> Callable[[Path], Place]:
    """The places for annotations, without the file where a pull request has none."""

    def place(path: Path) -> Place:
        found = places(path)
        return found._replace(file=_file_of_a_pull_request(found.file))

    return place


def _file_of_a_pull_request(file: str) -> str:
    """The file, or nothing for stdin, a file of a revision, and an option: these have no line there."""
    return file if FilePath(file).is_file() else ""
