"""A CSV or a workbook with a row a person → its tables, as plain texts: light, for there may be 200,000 rows.

A cell gets a place only when something is wrong with it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from target_cascade.errors import InputError, Located
from target_cascade.read.source import Mark, Revised, Source
from target_cascade.read.tables.delimited import cells_of, check_form, separator_of, text_of_cell, text_rows
from target_cascade.read.tables.encoding import decode
from target_cascade.read.tables.files import MAX_BYTES, check_bytes, check_sheet
from target_cascade.read.tables.first_bytes import is_package
from target_cascade.read.tables.grid import Cell, Grid, SheetMark
from target_cascade.read.tables.package import Bounds
from target_cascade.read.text_file import read_raw

MOST_ROWS, MOST_CELLS = 200_000, 4_000_000
_LONGEST_LINE = 1_000_000

NOWHERE = Mark(Source("", ""), 0, 0)
"""The mark of a cell whose place is not asked for yet."""

Texts = tuple[str, ...]


class LightTable(NamedTuple):
    """The rows that have any text, without the empty cells at their ends.

    `lines` are the lines that rows begin in, from 0. `kept` are the cells of a workbook that are more than
    a text, by row and column; `place` says where a cell stands, also an empty one behind the last.
    `encoding` and `sheet` are as those of a grid.
    """

    name: str
    encoding: str
    separator: str
    sheet: str
    rows: Sequence[Texts]
    lines: Sequence[int]
    kept: Mapping[tuple[int, int], Cell]
    place: Callable[[int, int], Mark | SheetMark]

    def text(self, row: int, column: int) -> str:
        """What stands in a cell; empty behind the end of its row."""
        texts = self.rows[row]
        return texts[column] if column < len(texts) else ""

    def cell(self, row: int, column: int, placed: bool = True) -> Cell:
        """A cell; one of a CSV that is not `placed` says nothing of where it is."""
        if kept := self.kept.get((row, column)):
            return kept
        return Cell(self.text(row, column), self.place(row, column) if placed else NOWHERE)

    def problem(self, row: int, column: int, message: str) -> Located:
        """`message` at a cell."""
        return self.place(row, column).problem(message)


def read_tables(path: str | Revised, section: str, sheet: str | None) -> list[LightTable]:
    """The table of a CSV, or of a workbook those of its visible sheets, or of the named one only.

    `section` is the key of the plan that names the file. Raises `InputError` where the file cannot be
    read as a table, `UnreadableError` where there is no such file.
    """
    raw = read_raw(path, MAX_BYTES, f"the file of `{section}`", plain=True)
    check_bytes(raw.content, raw.name)
    if is_package(raw.content):
        from target_cascade.read.tables.workbook import read_workbook

        bounds = Bounds(
            cells=200_000,
            rows=50_000,
            places=1_000_000,
            sheet_bytes=60_000_000,
            string_bytes=20_000_000,
            strings=200_000,
            advice="save it as CSV, of which 200,000 rows are read",
            section=section,
            as_seen=True,
        )
        tables = [_of_grid(grid) for grid in read_workbook(raw.content, raw.name, sheet, bounds)]
    else:
        check_sheet(sheet, raw.name)
        text, encoding = decode(raw.content, raw.name)
        tables = [_of_text(Source(raw.name, text), encoding)]
    if not any(table.rows for table in tables):
        message = f"the file of `{section}` is empty; write a header, and a row each below it"
        raise InputError(Located(raw.name, 1, 1, message))
    return tables


def _of_grid(grid: Grid) -> LightTable:
    kept = {
        (row, column): cell
        for row, cells in enumerate(grid.rows)
        for column, cell in enumerate(cells)
        if cell.kind != "text" or cell.divided_by != 1
    }

    def place(row: int, column: int) -> Mark | SheetMark:
        cells = grid.rows[row]
        if column < len(cells):
            return cells[column].mark
        mark = cells[0].mark
        return mark._replace(column=column) if isinstance(mark, SheetMark) else mark

    rows = [tuple(cell.text for cell in cells) for cells in grid.rows]
    lines = [cells[0].mark.line for cells in grid.rows]
    return LightTable(grid.name, grid.encoding, grid.separator, grid.sheet, rows, lines, kept, place)


def _of_text(source: Source, encoding: str) -> LightTable:
    check_form(source)
    _check_size(source)
    separator = separator_of(source)
    rows: list[Texts] = []
    lines: list[int] = []
    cells = 0
    for line, row in _light_rows(source, separator):
        cells += len(row)
        if len(rows) == MOST_ROWS or cells > MOST_CELLS:
            most = f"{MOST_ROWS:,} rows" if cells <= MOST_CELLS else f"{MOST_CELLS:,} cells"
            message = f"there are more than {most} up to here, and no more are read"
            raise InputError(Mark(source, line, 0).problem(message)._replace(text=""))
        rows.append(row)
        lines.append(line)

    def place(row: int, column: int) -> Mark | SheetMark:
        line = lines[row]
        written = next(texts for _, texts in text_rows(source, separator, line))
        found = cells_of(written, separator, source, line)
        return found[min(column, len(found) - 1)].mark

    return LightTable(source.name, encoding, separator, "", rows, lines, {}, place)


def _light_rows(source: Source, separator: str) -> Iterator[tuple[int, Texts]]:
    """The rows with their lines. A text that stands in many cells is kept once."""
    texts: dict[str, str] = {}
    for line, row in text_rows(source, separator):
        made = []
        for written in row:
            text = texts.get(written)
            if text is None:
                texts[written] = text = text_of_cell(written)
            made.append(text)
        while made and not made[-1]:
            made.pop()
        if made:
            yield line, tuple(made)


def _check_size(source: Source) -> None:
    # The lines are counted before the text is cut into them, which takes ten times its memory.
    problem = ""
    if max(source.text.count("\n"), source.text.count("\r")) > 2 * MOST_ROWS:
        problem = f"there are more than {2 * MOST_ROWS:,} lines, and {MOST_ROWS:,} rows are the most"
    elif max(map(len, source.lines)) > _LONGEST_LINE:
        problem = f"a line has more than {_LONGEST_LINE:,} characters, so this is no table"
    if problem:
        raise InputError(Located(source.name, 1, 1, problem))
