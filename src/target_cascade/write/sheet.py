"""Table → a sheet's layout: which columns it has, how wide they are, and in which rows things stand.

Rows and columns of a sheet count from 0. A width is in digits of the standard font.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from target_cascade.amount import plain, show
from target_cascade.errors import OutputError
from target_cascade.report.table import Cell, Column, Fact, Row, Table
from target_cascade.sentence import Figure, Sentence
from target_cascade.write.cell_text import people_cell
from target_cascade.write.prose import text_width

_DIGITS = 15
"""What a spreadsheet shows of a number, and keeps of it when it is typed again."""
_LARGEST = 2**53
"""Sums of whole numbers are exact up to here: a spreadsheet adds with so many binary places."""
_LONGEST = 32_767
"""Characters of a cell."""

_WIDEST = 32
"""How wide a column of texts becomes before they are broken into lines."""
_MARGIN, _BUTTON = 3, 5
"""What a column is wider than its widest cell, and than its title with a filter's button beside it."""
_SMALL_PRINT = 0.75
"""How wide a remark is set, as a part of the standard font's width."""


class SheetColumn(NamedTuple):
    """A column of a sheet: where its cells are in a row of the table, how many decimals its amounts
    have, how wide it is, and whether its texts are broken into lines."""

    column: Column
    position: int
    places: int
    width: float
    wraps: bool
    follows_number: bool = False

    @property
    def title(self) -> str:
        """The column's head."""
        return self.column.title or self.column.key.capitalize()

    @property
    def is_number(self) -> bool:
        """Whether its cells stand at its right edge."""
        return self.column.kind not in ("text", "date")


@dataclass(frozen=True)
class Sheet:
    """A table on a sheet: its title in the first row, its facts, an empty row, a head, the rows
    without any groups, and the total. `breaks` are the rows before which a group begins; `groups` are
    the rows that are groups, where the table wants them kept as sums."""

    table: Table
    columns: tuple[SheetColumn, ...]
    rows: tuple[Row, ...]
    total: Row | None
    breaks: frozenset[int]
    groups: tuple[int, ...] = ()

    @property
    def head(self) -> int:
        """The row of the column titles."""
        return len(self.table.facts) + 2

    @property
    def first(self) -> int:
        """The first row of the table's cells."""
        return self.head + 1

    @property
    def last(self) -> int:
        """The last row that adds up to the total, which stands below it."""
        return self.head + len(self.rows)

    @property
    def width(self) -> float:
        """The widths of all columns together."""
        return sum(column.width for column in self.columns)

    @property
    def wraps(self) -> bool:
        """Whether some texts are broken into lines."""
        return any(column.wraps for column in self.columns)

    def at(self, key: str) -> int:
        """Where the column with a key stands."""
        return next(at for at, column in enumerate(self.columns) if column.column.key == key)

    def group(self, position: int) -> tuple[int, int]:
        """The first and the last row of the group whose sum stands at a position."""
        after = [group for group in self.groups if group > position]
        return position + 1, (after[0] if after else len(self.rows)) - 1

    def lines(self, row: Row) -> int:
        """How many lines a row is high."""
        texts = ((row.cells[column.position], column.width - 1) for column in self.columns if column.wraps)
        return max((lines(text, width) for text, width in texts if isinstance(text, str)), default=1)


def sheet(table: Table) -> Sheet:
    """The layout of a table. Bars, and columns in which nothing is known, are left out.

    Raises `OutputError` for what a workbook cannot hold exactly or whole.
    """
    _check(table)
    kept = ("row", "group") if table.subtotals else ("row",)
    rows = [row for row in table.rows if row.role in kept]
    groups = tuple(at for at, row in enumerate(rows) if row.role == "group")
    total = next((row for row in table.rows if row.role == "total"), None)
    columns = [
        _sheet_column(table, position, column)
        for position, column in enumerate(table.columns)
        if column.kind != "bar" and any(row.cells[position] not in (None, "") for row in rows)
    ]
    columns = _with_facts(table.facts, _with_neighbours(columns))
    breaks = frozenset[int]() if groups else _breaks(table)
    return Sheet(table, tuple(columns), tuple(rows), total, breaks, groups)


def places(cells: Iterable[Cell]) -> int:
    """The decimals that the amounts among some cells need."""
    texts = [plain(cell) for cell in cells if isinstance(cell, Fraction)]
    return max((len(text.partition(".")[2]) for text in texts), default=0)


def lines(text: str, width: float) -> int:
    """How many lines `text` takes in a cell that is `width` wide, broken between words where it can be."""
    count, room = 1, width
    for word in text.split():
        needed = text_width(word)
        if needed > room and room < width:
            count, room = count + 1, width
        # What is wider than a line, such as a sentence in Chinese, is broken anywhere.
        more = max(0, ceil(needed / width) - 1)
        count, room = count + more, room - (needed - more * width) - 1
    return count


def _sheet_column(table: Table, position: int, column: Column) -> SheetColumn:
    cells = [row.cells[position] for row in table.rows]
    decimals = places(cells) if column.kind == "amount" else 0
    # The widest amount may be one whose decimals are all 0 and that is written without them.
    content = max(text_width(people_cell(cell, column.kind)) for cell in cells) + decimals
    title = text_width(column.title or column.key)
    width = max(content + _MARGIN, title + _BUTTON)
    wraps = column.kind == "text" and width > _WIDEST
    return SheetColumn(column, position, decimals, _WIDEST if wraps else width, wraps)


def _with_neighbours(columns: Sequence[SheetColumn]) -> list[SheetColumn]:
    """The columns, each told whether a number stands to the left of it."""
    numbers = [False, *(column.is_number for column in columns)]
    return [column._replace(follows_number=numbers[at]) for at, column in enumerate(columns)]


def _with_facts(facts: Sequence[Fact], columns: Sequence[SheetColumn]) -> list[SheetColumn]:
    """The columns wide enough for the facts above: labels, values, and remarks over all the rest. What is
    a sentence stands over all columns."""
    facts = [fact for fact in facts if not isinstance(fact.value, Sentence)]
    values = _widest(people_cell(fact.value, fact.kind) for fact in facts)
    remarks = _widest(fact.remark for fact in facts) * _SMALL_PRINT
    least = {
        0: _widest(fact.label for fact in facts) + _MARGIN,
        1: values + _MARGIN,
        len(columns) - 1: remarks + _MARGIN - sum(column.width for column in columns[2:-1]),
    }
    return [column._replace(width=max(column.width, least.get(at, 0))) for at, column in enumerate(columns)]


def _widest(texts: Iterable[str]) -> int:
    return max(map(text_width, texts), default=0)


def _breaks(table: Table) -> frozenset[int]:
    breaks: list[int] = []
    rows = 0
    for row in table.rows:
        if row.role == "group" and rows:
            breaks.append(rows)
        rows += row.role == "row"
    return frozenset(breaks)


def _check(table: Table) -> None:
    for fact in table.facts:
        _check_cell(fact.value, fact.kind == "amount")
    _check_cell(table.title, False)
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            _check_cell(cell, column.kind == "amount")


def _check_cell(cell: Cell, is_amount: bool) -> None:
    if isinstance(cell, Figure):
        _check_cell(cell.value, cell.kind == "amount")
        return
    kept = (int, Fraction) if is_amount else int
    if isinstance(cell, kept) and not _is_kept(Fraction(cell)):
        raise OutputError(
            f"{show(Fraction(cell))} has more than the {_DIGITS} digits that a workbook keeps of a"
            " number; write a .csv, which keeps them all"
        )
    if isinstance(cell, str) and len(cell) > _LONGEST:
        raise OutputError(
            f"`{cell[:40]}…` has {len(cell):,} characters, and a cell of a workbook holds {_LONGEST:,};"
            " shorten it"
        )


def _is_kept(amount: Fraction) -> bool:
    """Whether a spreadsheet keeps all digits of an amount, before and after the decimal point."""
    if 10**_DIGITS % amount.denominator:
        return False
    digits = plain(abs(amount)).replace(".", "").strip("0")
    return len(digits) <= _DIGITS and abs(amount) <= _LARGEST
