"""An .xlsx or .xlsm → a grid for each sheet, with the values that its formulas had when it was saved."""

import io
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from typing import TYPE_CHECKING, NamedTuple, cast

from target_cascade.errors import ChoiceError, InputError, Located
from target_cascade.pattern import Pattern
from target_cascade.read.tables.grid import Cell, Grid, SheetMark, cell_text
from target_cascade.read.tables.listing import listed
from target_cascade.read.tables.number_format import Shown, shown
from target_cascade.read.tables.package import (
    DAMAGED,
    OF_SALES,
    Bounds,
    Package,
    SheetPart,
    damaged,
    too_large,
)
from target_cascade.read.tables.sheet_part import Extent, extent

if TYPE_CHECKING:
    from openpyxl.cell import Cell as AnyCell
    from openpyxl.cell.read_only import ReadOnlyCell

_EXCEL = Context(prec=15)
"""A spreadsheet has that many digits: of 0.1+0.2 it shows 0.3."""
_CHINESE_DATES = frozenset([*range(27, 37), *range(50, 59)])
"""Number formats that a workbook of China, Japan or Korea has without writing them out: all are dates."""
_LONGEST_TEXT = 32_767
_MOST_SHEETS = 50
_ESCAPED = Pattern(r"_x000[dD]_")
_ZEROS = Pattern("0{2,20}")
_LITERAL = Pattern(r'"[^"]*"|\[[^\]]*\]|\\.')


class _Held(NamedTuple):
    """What a cell of a sheet holds; row and column count from 0, `format` is its number format."""

    row: int
    column: int
    value: object
    is_error: bool
    format: str


def read_workbook(raw: bytes, name: str, sheet: str | None, bounds: Bounds = OF_SALES) -> list[Grid]:
    """The grids of the visible sheets that have any text, or of the named one.

    Raises `InputError` where the bytes are no workbook that is read, `ChoiceError` where it has no such
    sheet.
    """
    package = Package(raw, name, bounds)
    sheets = _wanted(package.sheets(), sheet, name, bounds.section)
    unsure = package.computes_when_opened
    extents = [extent(package.sheet(each), name, each.name, unsure, bounds) for each in sheets]
    if sum(each.cells for each in extents) > bounds.cells:
        raise too_large(name, bounds)
    held = _held(package.only(sheets), extents, name)
    grids = [
        _grid(name, each.name, reach, cells, bounds.as_seen)
        for each, reach, cells in zip(sheets, extents, held, strict=True)
    ]
    return [grid for grid in grids if grid.rows]


def _wanted(sheets: list[SheetPart], named: str | None, name: str, section: str) -> list[SheetPart]:
    if named is None:
        seen = [sheet for sheet in sheets if not sheet.is_hidden]
        if len(seen) > _MOST_SHEETS:
            names = tuple(sheet.name for sheet in seen)
            message = (
                f"this workbook has {len(seen):,} sheets, and no more than {_MOST_SHEETS} are looked through"
            )
            hint = f"say which is meant with `{section}: {{file: …, sheet: {names[0]}}}`"
            raise ChoiceError(Located(name, 1, 1, f"{message}; {hint}"), key="sheet", choices=names)
        return seen
    same = [sheet for sheet in sheets if sheet.name.strip().casefold() == named.strip().casefold()]
    if not same:
        names = tuple(sheet.name for sheet in sheets)
        problem = Located(name, 1, 1, f"this workbook has no sheet `{named}`; it has {listed(names)}")
        raise ChoiceError(problem, key="sheet", choices=names)
    return same[:1]


def _held(file: io.BytesIO, extents: list[Extent], name: str) -> list[list[_Held]]:
    """What the cells of each sheet hold. Raises `InputError` where the workbook is damaged."""
    from openpyxl import load_workbook

    # openpyxl prints what is wrong with a style, where the answer of a command should stand alone.
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # Of styles, extensions and dates out of range, as `#VALUE!`.
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                found = []
                for sheet, reach in zip(book.worksheets, extents, strict=True):
                    sheet.reset_dimensions()  # What a sheet says of its size is wrong in many.
                    rows = sheet.iter_rows(max_row=reach.rows, max_col=reach.columns) if reach.rows else ()
                    epoch = book.epoch
                    found.append(
                        [_one(cell, epoch) for row in rows for cell in row if cell.value is not None]
                    )
                return found
            finally:
                book.close()
        except DAMAGED:
            raise damaged(name) from None


def _one(cell: "AnyCell", epoch: datetime) -> _Held:
    value = cell.value
    if cell.data_type == "n" and cast("ReadOnlyCell", cell).style_array.numFmtId in _CHINESE_DATES:
        from openpyxl.utils.datetime import from_excel

        value = from_excel(value, epoch)
    return _Held(cell.row - 1, cell.column - 1, value, cell.data_type == "e", cell.number_format)


def _grid(name: str, sheet: str, reach: Extent, held: list[_Held], as_seen: bool) -> Grid:
    rows: dict[int, dict[int, Cell]] = {}
    formats: dict[str, Shown] = {}
    for each in held:
        as_shown = formats.get(each.format) or formats.setdefault(each.format, shown(each.format))
        mark = SheetMark(name, sheet, each.row, each.column)
        cell = _cell(each, as_shown, mark)
        rows.setdefault(each.row, {})[each.column] = _as_seen(cell, each.format) if as_seen else cell
    for (row, column), formula in reach.formulas.items():
        mark = SheetMark(name, sheet, row, column)
        rows.setdefault(row, {})[column] = Cell(formula, mark, "error")
    lines = [list(_line(rows[at], SheetMark(name, sheet, at, 0))) for at in sorted(rows)]
    return Grid(name, "Excel", "", [line for line in lines if line], sheet)


def _line(cells: dict[int, Cell], start: SheetMark) -> Iterator[Cell]:
    """The cells up to the last that has text."""
    last = max((column for column, cell in cells.items() if cell.text), default=-1)
    for column in range(last + 1):
        yield cells.get(column) or Cell("", start._replace(column=column))


def _cell(held: _Held, as_shown: Shown, mark: SheetMark) -> Cell:
    value = held.value
    if held.is_error:
        return Cell(str(value).strip(), mark, "error")
    if isinstance(value, bool):
        return Cell(str(value).upper(), mark)
    if isinstance(value, datetime | date | time | timedelta):
        return Cell(_date_text(value), mark, "date")
    if isinstance(value, str):
        if len(value) > _LONGEST_TEXT:
            message = f"this cell has more than the {_LONGEST_TEXT:,} characters that a spreadsheet can keep"
            raise InputError(mark.problem(f"{message}; delete it"))
        return Cell(cell_text(_ESCAPED.sub("", value)), mark)
    number = Decimal(repr(value))
    if not number.is_finite():
        return Cell("#NUM!", mark, "error")
    return Cell(_number_text(number, as_shown), mark, "number", as_shown.divided_by)


def _as_seen(cell: Cell, number_format: str) -> Cell:
    """A code with the zeros that its format shows, ``00123``, and a month without the day that none is
    seen of, ``2012-04``."""
    if cell.kind == "number" and _ZEROS.fullmatch(number_format) and cell.text.isdigit():
        return cell._replace(text=cell.text.zfill(len(number_format)))
    codes = _LITERAL.sub("", number_format).lower()
    if cell.kind == "date" and len(cell.text) == 10 and "d" not in codes and "m" in codes and "y" in codes:
        return cell._replace(text=cell.text[:7])
    return cell


def _date_text(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
    return str(value)


def _number_text(number: Decimal, as_shown: Shown) -> str:
    number = _EXCEL.plus(number)
    if as_shown.is_percent:
        number = number.scaleb(2)
    digits = format(number.normalize(), "f")
    return ("0" if digits == "-0" else digits) + ("%" if as_shown.is_percent else as_shown.suffix)
