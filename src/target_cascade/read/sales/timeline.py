"""A frame with its rows in time: what both sales and shapes are read from."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from target_cascade.calendar import PlanYear
from target_cascade.errors import InputError
from target_cascade.read.sales.dating import dated
from target_cascade.read.sales.doubts.date_doubts import check_columns_beside, check_fiscal, check_year_beside
from target_cascade.read.sales.doubts.second_headers import check_headers
from target_cascade.read.sales.gathered import check_kinds, check_year, days_to_months
from target_cascade.read.sales.layout import HINT, Frame, NoTableError, why_impossible
from target_cascade.read.sales.period_rows import PeriodRow, check_agreement, period_columns, period_rows


class Timeline(NamedTuple):
    """The rows of a frame with their months or days, the columns that these stand in, and whether the
    file writes them without a year."""

    frame: Frame
    rows: Sequence[PeriodRow]
    columns: Collection[int]
    is_bare: bool


def timeline_of(frame: Frame, year: PlanYear, year_given: bool, is_shape: bool = False) -> Timeline:
    """Raises `InputError` where a row or all of them leave open which month or day is meant, and
    `ChoiceError` where none is of `year`; a shape may be of any."""
    time = timeline_as_written(frame, year, year_given, is_shape)
    check_kinds(time.rows, year)
    if not is_shape:
        check_year(time.rows, year)
    return time._replace(rows=days_to_months(list(time.rows), year))


def timeline_as_written(frame: Frame, year: PlanYear, year_given: bool, is_shape: bool = False) -> Timeline:
    """The rows with the days, weeks and months that they name, of any year, also where a day stands for
    its month. Raises `InputError` as `timeline_of` does."""
    columns = period_columns(frame)
    rows = period_rows(frame, columns)
    fine = [row.when for row in rows if row.when is not None and row.when.is_fine]
    if not fine:
        first = next(cell for row in frame.body for cell in row if cell.text)
        raise NoTableError(first.mark.problem(f"no row from here on is about a month or a day; {HINT}"))
    check_headers(frame, columns, rows)
    if not is_shape:
        check_fiscal(frame, columns, year)
        if not year_given:
            check_year_beside(frame, columns, rows, year)
    is_bare = all(not when.year and when.kind in ("month", "day") for when in fine)
    rows = dated(rows, frame, year, year_given, is_shape)
    check_agreement(frame, columns, rows)
    check_columns_beside(frame, columns, rows, year)
    wrong = [row for row in rows if row.when is not None and row.when.kind == "impossible"]
    if wrong:
        said = [row.at.mark.problem(why_impossible(row.at.text)) for row in wrong[:20]]
        raise InputError(*said)
    return Timeline(frame, rows, columns.all, is_bare)
