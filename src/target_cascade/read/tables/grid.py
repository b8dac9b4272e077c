"""The cells of a CSV or of a sheet, each at its place."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from target_cascade.errors import Located
from target_cascade.read.source import Mark

_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\ufeff"))

CellKind = Literal["text", "number", "date", "error"]


class SheetMark(NamedTuple):
    """A cell of a workbook; row and column count from 0."""

    file: str
    sheet: str
    row: int
    column: int

    @property
    def line(self) -> int:
        """The row, under the name that it has in a text."""
        return self.row

    @property
    def address(self) -> str:
        """What a spreadsheet calls the cell: ``C14``."""
        return f"{column_letters(self.column)}{self.row + 1}"

    def problem(self, message: str) -> Located:
        """`message` at this cell."""
        message = f"cell {self.address} of sheet `{self.sheet}`: {message}"
        return Located(self.file, self.row + 1, self.column + 1, message)


class Cell(NamedTuple):
    """A cell with its place.

    `text` is stripped, empty where the cell is. Of a workbook it is the number in plain decimals, with
    the 15 significant digits that a spreadsheet has; a date as ``2011-01-31``, with `` HH:MM:SS`` where
    the time is not midnight; ``TRUE``; an error as ``#REF!``, and a formula without a value as it is
    written. `kind` is what the workbook says; all of a CSV is text.
    """

    text: str
    mark: Mark | SheetMark
    kind: CellKind = "text"
    divided_by: int = 1
    """By what a workbook divides the number in `text` to show it: 10,000 of 780000 where 78.0 is seen; a unit
    in the header is then about what is seen. 0 where the workbook contradicts itself."""

    @property
    def where(self) -> str:
        """Where the cell is, for a message about another one: ``line 14`` or ``cell C14``."""
        mark = self.mark
        return f"cell {mark.address}" if isinstance(mark, SheetMark) else f"line {mark.line + 1}"


class Grid(NamedTuple):
    """The rows that have any text, each with all of its cells from the first column on; a row may be
    shorter than others, and the marks tell its true line.

    `name` is what messages call the file, `encoding` ``UTF-8``, ``GBK``, ``GB18030``, ``UTF-16`` or
    ``Excel``; `separator` and `sheet` are empty where there is none.
    """

    name: str
    encoding: str
    separator: str
    rows: Sequence[Sequence[Cell]]
    sheet: str = ""


def cell_text(written: str) -> str:
    """`written` without the spaces around it, and in one line; marks of no width go too."""
    if not written.isascii():
        written = written.translate(_NO_WIDTH)
    return " ".join(written.split()) if "\n" in written or "\r" in written else written.strip()


def column_letters(column: int) -> str:
    """What a spreadsheet calls a column, which counts from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters
