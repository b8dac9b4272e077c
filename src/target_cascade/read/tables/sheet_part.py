"""The XML of a sheet → what must be known before it is read: how far it reaches, and which of its formulas
nobody has computed."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.parsers import expat

from target_cascade.errors import InputError
from target_cascade.pattern import Pattern
from target_cascade.read.tables.grid import column_letters
from target_cascade.read.tables.package import Bounds, damaged, refused, too_large

_MOST_COLUMNS = 2_000
_ELEMENTS_OF_A_CELL = 10
"""Of the XML, at the most: offices give styles to thousands of rows that stay empty."""

_ADDRESS = Pattern(r"([A-Za-z]{1,3})(\d{1,9})", re.ASCII)


class Extent(NamedTuple):
    """The last row and column that have anything, from 1; and the formulas that have no value, as they
    are written, by their rows and columns from 0."""

    rows: int
    columns: int
    formulas: Mapping[tuple[int, int], str]
    cells: int


def extent(part: bytes, file: str, sheet: str, zero_is_none: bool, bounds: Bounds) -> Extent:
    """Of a sheet. With `zero_is_none`, a formula whose value is 0 has none: some programs write that for
    what they cannot compute.

    Raises `InputError` where it reaches further than is read, and where its rows have no order.
    """
    walk = _Walk(file, sheet, zero_is_none, bounds)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError):
        raise damaged(file, f"the sheet `{sheet}` is not written as sheets are") from None
    return Extent(walk.rows, walk.columns, walk.formulas, walk.cells)


class _Walk:
    """Goes through the elements of a sheet without keeping them. Rows and columns count from 1."""

    def __init__(self, file: str, sheet: str, zero_is_none: bool, bounds: Bounds) -> None:
        self.file, self.sheet, self.zero_is_none, self.bounds = file, sheet, zero_is_none, bounds
        self.rows = self.columns = self.cells = 0
        self.formulas: dict[tuple[int, int], str] = {}
        self._elements = self._all_cells = self._row = self._column = 0
        self._kind = ""
        self._inside = ""
        self._texts: dict[str, str] = {}

    def start(self, tag: str, has: Mapping[str, str]) -> None:
        """Of an element."""
        self._elements += 1
        name = tag.rpartition(" ")[2]
        if name == "c":
            self._begin_cell(has)
        elif name == "row":
            self._row, self._column = _whole(has.get("r", ""), self._row + 1), 0
        elif name in ("v", "f", "t"):
            self._inside = name
            self._texts.setdefault(name, "")
        most = self.bounds.cells
        if self._elements > _ELEMENTS_OF_A_CELL * most or self.cells > most:
            raise too_large(self.file, self.bounds)

    def text(self, text: str) -> None:
        """Between elements."""
        if self._inside:
            self._texts[self._inside] += text

    def end(self, tag: str) -> None:
        """Of an element."""
        name = tag.rpartition(" ")[2]
        if name == self._inside:
            self._inside = ""
        elif name == "c" and self._texts:
            self._end_cell()

    def _begin_cell(self, has: Mapping[str, str]) -> None:
        self._all_cells += 1
        self._texts, self._kind, self._inside = {}, has.get("t", "n"), ""
        if address := _ADDRESS.fullmatch(has.get("r", "")):
            self._row, self._column = int(address[2]), _number(address[1])
        else:
            self._column += 1

    def _end_cell(self) -> None:
        if self._row < self.rows:
            raise damaged(self.file, f"the rows of the sheet `{self.sheet}` have no order")
        self.rows, self.columns = self._row, max(self.columns, self._column)
        self.cells += 1
        if self._all_cells > 2 * self.bounds.cells:  # Those that are empty in between are read too.
            raise too_large(self.file, self.bounds)
        is_too_far = self.rows > self.bounds.rows or self.columns > _MOST_COLUMNS
        if is_too_far or self.rows * self.columns > self.bounds.places:
            raise self._too_wide()
        formula, value = self._texts.get("f"), self._texts.get("v", "").strip()
        if (
            formula is not None
            and self._kind != "str"
            and (not value or (self.zero_is_none and value == "0"))
        ):
            self.formulas[self._row - 1, self._column - 1] = f"={formula.strip()}"
        self._texts = {}

    def _too_wide(self) -> InputError:
        where = f"{column_letters(self._column - 1)}{self._row}"
        most = f"{self.bounds.rows:,} rows, {_MOST_COLUMNS:,} columns and {self.bounds.places:,} places"
        message = f"the sheet `{self.sheet}` reaches to cell {where}, and no more than {most} are read"
        return refused(self.file, f"{message}; delete what stands far off, or {self.bounds.advice}")


def _whole(text: str, otherwise: int) -> int:
    number = text.removesuffix(".0")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else otherwise


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
