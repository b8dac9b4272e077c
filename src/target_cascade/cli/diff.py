"""`plan diff`: what differs between two plans, and why."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from target_cascade.calendar import PlanYear
from target_cascade.cli.delivery import deliver
from target_cascade.cli.loading import each_of, load, say
from target_cascade.cli.options import CsvEncoding, FormatOption, OutputOption, Settings
from target_cascade.engine.cascade import Cascade
from target_cascade.errors import UsageError
from target_cascade.read.plan_file import PlanFile
from target_cascade.report.split import By

if TYPE_CHECKING:
    from target_cascade.engine.changes import Level
    from target_cascade.read.exported import Exported
    from target_cascade.report.diff import Side

HELP = """Example: plan diff HEAD~1:plan.yaml plan.yaml

Shows what differs between two plans: the causes first, then the quotas.
--set is put into NEW, so that a plan can be held against its own what-if."""

_LEAP, _LEAP_DAYS = 2000, 366
"""A year that has every day of the calendar, and how many it has."""
_TWO_WEEKS = 14
_SIDE = "A plan (- is stdin), REV:path of git, or an exported .csv or .json."


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=_SIDE)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same, for the new one.")],
    by: Annotated[By, typer.Option("--by", help="What a row of quotas is.")] = "month",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 where quotas differ.")] = False,
    form: FormatOption = None,
    output: OutputOption = None,
    settings: Settings = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show the difference, or write it to a file."""
    from target_cascade.engine.changes import changes, unit_of
    from target_cascade.engine.diff import diff as caused_by
    from target_cascade.report.diff import diff_page

    if old == new == "-":
        raise UsageError("`-` is the plan on stdin, which can be read once")
    one, other = each_of([lambda: _read(old, None), lambda: _read(new, settings)])
    say(*(side.plan for side in (one, other) if side.plan is not None))
    level = _level(by, one, other)
    sides = _side(one, level), _side(other, level)
    plans = [side.cascade for side in (one, other) if side.cascade is not None]
    unit = max((unit_of(cascade, level) for cascade in plans), default=Fraction(0))
    _check_periods(*sides, level)
    changed = changes(sides[0].quotas, sides[1].quotas, unit)
    caused = caused_by(*plans) if len(plans) == len(sides) else None
    deliver(diff_page(*sides, changed, level, caused), form, output, encoding, [*one.files, *other.files])
    if exit_code and (any(change.amount for change in changed) or (caused and caused.moves)):
        raise typer.Exit(1)


class _Read(NamedTuple):
    """A side as it was read: a plan with its cascade, or exported quotas."""

    name: str
    cascade: Cascade | None
    exported: "Exported | None"
    files: tuple[Path, ...]
    plan: PlanFile | None = None


def _read(path: str, settings: Sequence[str] | None) -> _Read:
    from target_cascade.read.exported import is_exported, read_exported

    if not is_exported(path):
        file, cascade = load(path, settings)
        what_if = f" with {', '.join(settings)}" if settings else ""
        return _Read(file.place(()).file + what_if, cascade, None, file.files, file)
    if settings:
        raise UsageError(f"`{path}` holds quotas, and --set changes the plan that NEW is")
    return _Read(path, None, read_exported(path), (Path(path),))


def _level(by: By, *sides: _Read) -> "Level":
    """What is compared: whole weeks where one side has no others."""
    exports = [side.exported for side in sides if side.exported is not None]
    if by == "week" and any(one.weeks and not one.part_weeks for one in exports):
        return "whole week"
    return by


def _side(side: _Read, by: "Level") -> "Side":
    from target_cascade.engine.changes import Known, quotas
    from target_cascade.report.diff import Side

    if side.cascade is not None:
        return Side(side.name, quotas(side.cascade, by), side.cascade.plan)
    assert side.exported is not None, "a side is a plan or exported quotas"
    known = side.exported.by_label(by)
    if not known:
        has = ", ".join(side.exported.levels)
        raise UsageError(f"`{side.name}` cannot tell quotas by {by}; it has {has}")
    spans = side.exported.spans
    listed = {labels: Known(amount, None, spans.get(labels)) for labels, amount in known.items()}
    return Side(side.name, listed, exported=side.exported.year)


def _check_periods(old: "Side", new: "Side", by: "Level") -> None:
    """Raises `UsageError` where periods of the two sides do not stand for each other."""
    names = f"`{old.name}` and `{new.name}`"
    years = [side.year for side in (old, new) if side.year is not None]
    if len(years) == len((old, new)) and not _begin_alike(*years):
        begin = " and ".join(_first(year) for year in years)
        at = "at different times" if any(year.is_retail for year in years) else "in different months"
        raise UsageError(f"the years of {names} begin {at}, {begin}, and match nowhere")
    if by in ("month", "quarter") or _days_of_year(old) == _days_of_year(new):
        return
    if by != "day" and all(year.is_retail for year in years):
        return  # The first week stands beside the first.
    if by == "day":
        raise UsageError(f"{names} have no day in common; --by month compares them")
    # Whole weeks tell no months.
    hint = "; --by month compares them" if by == "week" else ""
    raise UsageError(f"the weeks of {names} begin or end on other days{hint}")


def _first(year: PlanYear) -> str:
    """Where a year begins, as its plan says it."""
    return str(year.start) if year.is_retail else year.months[0].label


def _begin_alike(one: PlanYear, other: PlanYear) -> bool:
    """Whether two years begin at most two weeks apart, whatever the year: retail years begin on another
    day each year, and may match a year of calendar months."""
    apart = abs((one.start.replace(year=_LEAP) - other.start.replace(year=_LEAP)).days)
    return min(apart, _LEAP_DAYS - apart) <= _TWO_WEEKS


def _days_of_year(side: "Side") -> list[list[tuple[int, int]]]:
    """The first and the last day of each period, in order, whatever the year."""
    spans = [known.span for known in side.quotas.values() if known.span is not None]
    return [[(day.month, day.day) for day in span] for span in sorted(spans)]
