"""Sales by month from a file that people really have: CSV or workbook, long or wide, in any words."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.amount import show
from target_cascade.calendar import Period, PlanYear
from target_cascade.errors import ChoiceError, InputError
from target_cascade.read.sales.choices import Choices
from target_cascade.read.sales.columns import Column, amount_column
from target_cascade.read.sales.day_gaps import gaps_told
from target_cascade.read.sales.doubts.claims import check_rows, check_sheet, check_titles
from target_cascade.read.sales.doubts.made_on import check_made_on
from target_cascade.read.sales.doubts.one_currency import Stated, stated_currency
from target_cascade.read.sales.doubts.row_lengths import short_rows
from target_cascade.read.sales.gathered import Gathered, gathered, is_of, label_of, twice
from target_cascade.read.sales.header_words import meaning_of
from target_cascade.read.sales.layout import frame_of
from target_cascade.read.sales.orders import by_day, many_a_day
from target_cascade.read.sales.row_amounts import Amounts, read_amounts
from target_cascade.read.sales.shape_file import read_shape
from target_cascade.read.sales.sheets import first_of, read_one_of
from target_cascade.read.sales.stated_units import Unit, unit_for
from target_cascade.read.sales.timeline import Timeline, timeline_of
from target_cascade.read.sales.totals import check_totals
from target_cascade.read.source import Revised
from target_cascade.read.tables.files import read_grids
from target_cascade.read.tables.grid import Grid
from target_cascade.read.tables.listing import listed

__all__ = ["Choices", "Sales", "Stated", "read_sales", "read_shape", "sales_of"]


_LONGEST_NAME = 60
"""Characters of a column's name that are said; a header may be a whole paragraph."""


class Sales(NamedTuple):
    """The amounts of one year, and the one line on how the file was understood.

    `by_position` are those of its months, or of its periods in a retail year. `calendar` is instead used
    where a retail year is to be made of calendar months: each that has a day of the year, whole. `daily`
    says that the file has days, and `currency` what it says that its amounts are in.
    """

    by_position: Mapping[int, Fraction]
    calendar: Mapping[Period, Fraction]
    daily: bool
    understood: str
    currency: Stated | None = None


def read_sales(path: str | Revised, year: PlanYear, choices: Choices) -> Sales:
    """The amounts of `year` in the file at `path`.

    Raises `InputError` with all rows that are wrong, the first of them in a long file; `ChoiceError` where
    the file leaves a choice that is not made in `choices`.
    """
    grids = read_grids(path, "the base", choices.sheet)
    return sales_of(grids, year, choices)


def sales_of(grids: Sequence[Grid], year: PlanYear, choices: Choices) -> Sales:
    """The amounts of `year` in the one of `grids` that has sales. Raises as `read_sales` does."""
    return read_one_of(
        grids,
        lambda grid: _sales(grid, year, choices, len(grids)),
        lambda grid: _may_be_meant(grid, year, choices),
    )


def _may_be_meant(grid: Grid, year: PlanYear, choices: Choices) -> bool:
    """Whether a sheet that cannot be read has sales for more than half of `year`: it may be the right one,
    while one for each month, or of something else, is not."""
    try:
        time = timeline_of(frame_of(grid), year, choices.year_given)
    except InputError:
        return False
    try:
        amount_column(time, year, choices.column)
    except ChoiceError as error:
        if error.key != "column" or not any(meaning_of(name) == "sales" for name in error.choices):
            return False
    except InputError:
        return False
    whens = {row.when for row in time.rows if row.when is not None and row.when.is_fine}
    return 2 * len({label_of(when, year) for when in whens if is_of(when, year)}) > len(year.months)


class _Reading(NamedTuple):
    """All that was understood of a grid, for the line that says so."""

    time: Timeline
    column: Column
    unit: Unit | None
    amounts: Amounts
    result: Gathered
    sheets: int


def _sales(grid: Grid, year: PlanYear, choices: Choices, sheets: int) -> Sales:
    check_sheet(grid, choices)
    time = timeline_of(frame_of(grid), year, choices.year_given)
    column = amount_column(time, year, choices.column)
    check_titles(time.frame, column, choices)
    unit = unit_for(time.frame, column, time.rows, choices.unit)
    if short := short_rows(time, column.place):
        raise InputError(*first_of(short))
    amounts = read_amounts(time, column, unit, year, choices.may_lack)
    if time.is_bare and not choices.year_given:
        check_made_on(time, amounts.mine, year)
    mine = amounts.mine if amounts.problems else by_day(amounts.mine, time)
    problems = [*amounts.problems, *(many_a_day(mine) or twice(mine))]
    currency: Stated | None = None
    if not problems:
        check_rows(amounts.mine, time, column)
        currency, problems = stated_currency(time, column, unit, amounts)
        problems = problems or check_totals(amounts.rows, amounts.totals, year)
    if problems:
        raise InputError(*first_of(problems))
    at = next(row.at for row in time.rows if row.when is not None and row.when.is_fine)
    top = time.frame.header[column.place] if time.frame.header else at
    result = gathered(mine, year, choices.may_lack, top.mark.problem(""))
    understood = _understood(_Reading(time, column, unit, amounts, result, sheets), year)
    return Sales(result.by_position, result.calendar, result.daily, understood, currency)


def _understood(read: _Reading, year: PlanYear) -> str:
    """``last_year.csv: GBK, column 成交金额 in 万, 365 days, total 10,000,000 (total row agrees)``."""
    grid, result = read.time.frame.grid, read.result
    values = result.calendar.values() if result.calendar else result.by_position.values()
    total = f"total {show(sum(values, Fraction(0)))}"
    if count := len(read.amounts.totals):
        total += f" ({'total row agrees' if count == 1 else f'{count} total rows agree'})"
    of = f" (of {read.sheets})" if read.sheets > 1 else ""
    parts = [
        f"sheet {grid.sheet}{of}" if grid.sheet else grid.encoding,
        _named(read),
        _counted(read, year),
        total,
    ]
    if read.amounts.left_out:
        parts.append(f"left out: {listed(list(dict.fromkeys(read.amounts.left_out)), quote='')}")
    if result.lacking:
        parts.append(f"without {', '.join(result.lacking)}")
    parts += gaps_told(read.amounts.mine, year)
    return f"{grid.name}: {', '.join(parts)}"


def _named(read: _Reading) -> str:
    word, name = read.time.frame.line_word, read.column.name
    shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    named = f"{word} {shown}" if name else f"the only {word} of figures"
    if read.column.sums:
        named += f" (the sum of the {read.column.sums} others)"
    elif read.column.is_only and name:
        named += " (no other could be sales)"
    return f"{named} in {read.unit.name}" if read.unit is not None else named


def _counted(read: _Reading, year: PlanYear) -> str:
    rows, what = read.result.rows, read.result.what
    of = year.span if year.is_retail else year.label
    every, mine, empty = read.amounts.every, len(read.amounts.mine), read.amounts.empty
    line = "column" if read.time.frame.wide else "row"
    counted = f"{rows} {what if rows != 1 else what.removesuffix('s')}"
    if mine > rows:
        counted = f"{mine:,} orders on {counted}"
    elif every > rows + empty:
        counted = f"{rows} of {every - empty} {line}s are of {of}"
    elif read.time.is_bare or empty:
        counted = f"{counted} of {of}"
    return f"{counted} ({empty} {line if empty == 1 else line + 's'} without an amount)" if empty else counted
