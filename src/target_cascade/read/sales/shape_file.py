"""The shape of a year from a file: twelve numbers or percentages, of whichever year."""

from collections.abc import Sequence
from fractions import Fraction

from target_cascade.calendar import PlanYear
from target_cascade.errors import InputError, Located
from target_cascade.read.sales.columns import shape_column
from target_cascade.read.sales.doubts.row_lengths import short_rows
from target_cascade.read.sales.gathered import shape_position, twice
from target_cascade.read.sales.layout import frame_of
from target_cascade.read.sales.row_amounts import stray
from target_cascade.read.sales.sheets import first_of, read_one_of
from target_cascade.read.sales.timeline import Timeline, timeline_of
from target_cascade.read.sales.totals import AmountRow, check_totals
from target_cascade.read.source import Revised
from target_cascade.read.tables.figure_text import Style, is_figure, read_share, style_of
from target_cascade.read.tables.files import read_grids
from target_cascade.read.tables.grid import Cell, Grid

_ROUNDED = Fraction(1, 100)
"""By what part of it a total of shares may be off: each of them is rounded."""


def read_shape(
    path: str | Revised, year: PlanYear, column: str | None = None, sheet: str | None = None
) -> tuple[tuple[Fraction, ...], str]:
    """Twelve numbers ≥ 0 in plan order, and the one line on how the file was understood.

    Raises `InputError` with all rows that are wrong, `ChoiceError` where the file leaves a choice.
    """
    return shape_of(read_grids(path, "the shape", sheet), year, column)


def shape_of(
    grids: Sequence[Grid], year: PlanYear, column: str | None = None
) -> tuple[tuple[Fraction, ...], str]:
    """The shape in the one of `grids` that has one. Raises as `read_shape` does."""
    return read_one_of(grids, lambda grid: _shape(grid, year, column))


def _shape(grid: Grid, year: PlanYear, asked: str | None) -> tuple[tuple[Fraction, ...], str]:
    time = timeline_of(frame_of(grid), year, year_given=True, is_shape=True)
    column = shape_column(time, asked)
    if short := short_rows(time, column.place):
        raise InputError(*first_of(short))
    rows, totals = _numbers(time, column.place)
    if year.is_retail and rows[0].when.kind not in ("period", "week"):
        message = f"`{rows[0].at.text}` is no period, and {year.name} has retail periods; write P01 to P12"
        raise InputError(rows[0].at.mark.problem(message))
    shares: dict[int, Fraction] = {}
    for row in rows:
        position = shape_position(row.when, year)
        shares[position] = shares.get(position, Fraction(0)) + row.amount
    _check_one_year(rows)
    lacking = [month.label for i, month in enumerate(year.months) if i not in shares]
    if lacking:
        months = ", ".join(label[-2:] if not year.is_retail else label for label in lacking)
        raise InputError(
            rows[-1].at.mark.problem(f"a shape has twelve months, and {months} have no row here")
        )
    if not any(shares.values()):
        raise InputError(rows[0].cell.mark.problem("all twelve numbers are 0, which is no shape"))
    slack = max((abs(total.amount) for total in totals), default=Fraction(0)) * _ROUNDED
    if problems := check_totals(rows, totals, year, slack):
        raise InputError(*first_of(problems))
    name = f" {column.name}" if column.name else ""
    where = f"sheet {grid.sheet}" if grid.sheet else grid.encoding
    understood = f"{grid.name}: {where}, {time.frame.line_word}{name}, a shape of {len(rows)} rows"
    return tuple(shares[position] for position in range(12)), understood


def _numbers(time: Timeline, column: int) -> tuple[list[AmountRow], list[AmountRow]]:
    """The rows with their numbers, and the totals. Raises `InputError`."""
    cells = [row.cells[column] for row in time.rows if row.when is not None]
    style = style_of([cell for cell in cells if is_figure(cell.text)], time.frame.grid.separator)
    rows: list[AmountRow] = []
    totals: list[AmountRow] = []
    problems: list[Located] = []
    for index, row in enumerate(time.rows):
        cell = row.cells[column]
        if row.when is None:
            problems += [stray(row, cell)] if is_figure(cell.text) else []
            continue
        if row.when.kind == "left out" or (not row.when.is_fine and not cell.text):
            continue
        try:
            number = _share(cell, style)
        except InputError as error:
            problems += error.problems
            continue
        (rows if row.when.is_fine else totals).append(AmountRow(index, row.when, row.at, cell, number))
    problems += [*twice(rows), *_mixed(rows)]
    if problems:
        raise InputError(*first_of(problems))
    return rows, totals


def _share(cell: Cell, style: Style) -> Fraction:
    number = read_share(cell, style)
    if number < 0:
        raise InputError(cell.mark.problem(f"`{cell.text}` is below 0, and a shape has none such"))
    return number


def _mixed(rows: Sequence[AmountRow]) -> list[Located]:
    """Percentages among plain numbers, of which some must be meant otherwise."""
    shares = [row for row in rows if row.cell.text.endswith(("%", "％"))]
    plain = [row for row in rows if row not in shares and row.amount]
    if not shares or not plain:
        return []
    message = f"`{plain[0].cell.text}` is no percentage, and `{shares[0].cell.text}` is one; write all alike"
    return [plain[0].cell.mark.problem(message)]


def _check_one_year(rows: Sequence[AmountRow]) -> None:
    months = sorted({row.when.year * 12 + row.when.month for row in rows})
    if months[-1] - months[0] > 11 and rows[0].when.kind != "week":
        message = "the rows are of more than one year, and a shape is of one; keep twelve months"
        raise InputError(rows[-1].at.mark.problem(message))
