"""What is wrong with dates that each can be read, and that together, or with what stands beside them,
cannot be what they say."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise

from target_cascade.amount import fold_width
from target_cascade.calendar import PlanYear
from target_cascade.errors import ChoiceError, InputError
from target_cascade.pattern import Pattern
from target_cascade.read.sales.header_words import (
    names_fiscal,
    names_month,
    names_period,
    names_year,
    years_of,
)
from target_cascade.read.sales.layout import Frame
from target_cascade.read.sales.period_cell import When, read_when
from target_cascade.read.sales.period_rows import PeriodColumns, PeriodRow

_CLOCK = Pattern(r"\d[t ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?(?: ?([ap])m)?$", re.ASCII)
_HOUR, _QUARTER = 3600, 900
_END_OF_DAY = 24 * _HOUR - 60


def check_swapped(rows: Sequence[PeriodRow]) -> None:
    """Raises `InputError` where a spreadsheet took days for months: 13/01/2011 stays text, and 12/01/2011
    becomes 1 December."""
    whens = [row.when for row in rows if row.when is not None]
    days = [when for when in whens if when.kind == "day"]
    slashed = [row for row in rows if row.when is not None and row.when.kind == "slashed"]
    if not days or not slashed or any(when.day > 12 for when in days):
        return
    if any(row.when is not None and max(row.when.month, row.when.day) <= 12 for row in slashed):
        return
    at = slashed[0].at
    message = (
        f"`{at.text}` and all dates like it are past the 12th of their month, and all others before it: a"
        " spreadsheet may have taken day and month for each other in those"
    )
    raise InputError(at.mark.problem(f"{message}; export again, with days as `2011-01-15`"))


def check_clock(rows: Sequence[PeriodRow]) -> None:
    """Raises `InputError` where all rows have one time of day that is not 00:00: midnight elsewhere.

    With summer time there are two, an hour apart. 23:59 is the end of a day.
    """
    cells = [row.at for row in rows if row.when is not None and row.when.is_day]
    found = [_CLOCK.search(fold_width(cell.text).lower()) for cell in cells]
    times = {_seconds(clock) for clock in found if clock is not None}
    if (
        len(cells) < 3
        or None in found
        or not 1 <= len(times) <= 2
        or times & {0, _END_OF_DAY, _END_OF_DAY + 59}
    ):
        return
    if any(time % _QUARTER for time in times) or (len(times) == 2 and max(times) - min(times) != _HOUR):
        return
    message = (
        f"`{cells[0].text}`: all rows have this time of day, which may be midnight in another time zone, and"
        " then they are of another day"
    )
    raise InputError(cells[0].mark.problem(f"{message}; write the day alone, as in `2011-01-15`"))


def _seconds(clock: re.Match[str]) -> int:
    hour, half = int(clock[1]), clock[4]
    return (
        (hour % 12 + 12 * (half == "p") if half else hour) * _HOUR + int(clock[2]) * 60 + int(clock[3] or 0)
    )


def check_fiscal(frame: Frame, columns: PeriodColumns, year: PlanYear) -> None:
    """Raises `InputError` where months stand beside a fiscal year that does not begin in January."""
    if columns.year is None or year.start.month == 1 or not names_fiscal(frame.names[columns.year]):
        return
    cell = (frame.header or frame.body[0])[columns.year]
    message = "months beside a fiscal year are of one calendar year or the next, and nothing tells which"
    raise InputError(cell.mark.problem(f"{message}; write each month as `{year.start:%Y-%m}`"))


def check_turn_of_year(rows: Sequence[PeriodRow]) -> None:
    """Raises `InputError` where months without a year go on from December to January, all of one year."""
    bare = [row for row in rows if _is_written_bare(row)]
    for _, of_year in groupby(bare, key=lambda row: row.when.year if row.when is not None else 0):
        firsts = [next(group) for _, group in groupby(of_year, key=_month)]
        months = [_month(row) for row in firsts]
        steps = {(after - before) % 12 for before, after in pairwise(months)}
        turn = next((i for i, pair in enumerate(pairwise(months), 1) if set(pair) == {1, 12}), None)
        if turn is not None and 2 < len(months) == len(set(months)) and steps in ({1}, {11}):
            at = firsts[turn].at
            message = (
                f"`{at.text}` comes after `{firsts[turn - 1].at.text}` ({firsts[turn - 1].at.where}): these"
                " months lie in two calendar years"
            )
            raise InputError(at.mark.problem(f"{message}; write each with its year, such as `2011-04`"))


def _is_written_bare(row: PeriodRow) -> bool:
    written = read_when(row.at.text)
    return (
        row.when is not None
        and row.when.kind in ("month", "day")
        and written is not None
        and written.kind in ("month", "day")
        and not written.year
    )


def _month(row: PeriodRow) -> int:
    return row.when.month if row.when is not None else 0


def check_columns_beside(
    frame: Frame, columns: PeriodColumns, rows: Sequence[PeriodRow], year: PlanYear
) -> None:
    """Raises `InputError` where a column of years or of months says another one than the dates do."""
    for place, name in enumerate(frame.names):
        if place in columns.all or not (names_year(name) or names_month(name)):
            continue
        for row in rows:
            said, when = read_when(row.cells[place].text), row.when
            if said is None or when is None or when.kind not in ("day", "month"):
                continue
            wrong_year = said.kind == "year" and names_year(name) and not _may_be(said.year, when, name, year)
            wrong_month = said.kind == "month" and names_month(name) and said.month != when.month
            if wrong_year or wrong_month:
                cell = row.cells[place]
                message = f"`{cell.text}`, below `{name}`, stands beside `{row.at.text}`, which is of another"
                kind = "year" if wrong_year else "month"
                raise InputError(cell.mark.problem(f"{message} {kind}; correct one, or delete the column"))


def check_year_beside(
    frame: Frame, columns: PeriodColumns, rows: Sequence[PeriodRow], year: PlanYear
) -> None:
    """Raises `ChoiceError` where months without a year stand beside what may be another: ``2010/11``."""
    bare = [row for row in rows if _is_written_bare(row) and row.when is not None and not row.when.year]
    for place, name in enumerate(frame.names):
        if place in (columns.main, columns.year, columns.day):
            continue
        of_years = names_year(name)
        if not of_years and not names_period(name):
            continue
        for cell in (row.cells[place] for row in bare):
            if cell.text and _may_be_another(cell.text, of_years, year):
                message = f"`{cell.text}`, below `{name}`, stands beside months that have no year"
                hint = f"write each with its own, such as `{year.start:%Y-%m}`"
                choice = f"or say `base: {{file: …, year: {year.label}}}` if they are of {year.span}"
                problem = cell.mark.problem(
                    f"{message}, and may be another than {year.name}; {hint}, {choice}"
                )
                raise ChoiceError(problem, key="year", choices=(year.label,))


def _may_be_another(text: str, of_years: bool, year: PlanYear) -> bool:
    """Whether a cell beside bare months says, or below a name of years may say, another year than `year`."""
    said, own = read_when(text), {year.start.year, year.end.year}
    if said is not None and said.kind == "year":
        return said.year not in own
    if not of_years:
        return len(years_of(text)) > 1 or fold_width(text).lower().startswith("fy")
    if said is not None and said.kind in ("total", "subtotal", "part", "left out"):
        return False
    plain = fold_width(text).lower().strip()
    if plain.isascii() and plain.isdigit() and len(plain) == 2:
        return 2000 + int(plain) not in own
    return "fy" in plain or years_of(plain) != own


def _may_be(said: int, when: When, name: str, year: PlanYear) -> bool:
    """Whether a date can be of the year that is told: a fiscal one, or that of its week, may be another."""
    if said == when.year:
        return True
    if names_fiscal(name) or year.is_retail or year.start.month > 1:
        return abs(said - when.year) <= 1
    return when.kind == "day" and date(when.year, when.month, when.day).isocalendar()[0] == said
