"""Table → aligned text for a screen of some width, before any colour."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple
from unicodedata import combining, east_asian_width

from target_cascade.report.table import Column, Table
from target_cascade.write.cell_text import people_cell, people_column

_GAP = 2
_BAR_LEAST, _BAR_MOST = 8, 30
BLOCKS = " ▏▎▍▌▋▊▉█"
"""A bar's cells, from empty to full in eighths."""


Role = Literal["head", "row", "group", "total"]


class GridRow(NamedTuple):
    """A line of the table: a text a column."""

    texts: tuple[str, ...]
    role: Role


class Grid(NamedTuple):
    """The table as text: lines above it, its rows, the widths of its columns in cells, and whether
    each is aligned to the right."""

    title: str
    facts: tuple[str, ...]
    rows: tuple[GridRow, ...]
    widths: tuple[int, ...]
    right: tuple[bool, ...]


def grid(table: Table, width: int, ascii_only: bool = False) -> Grid:
    """The table laid out for `width` cells; columns that do not fit are left out, quotas last."""
    texts = {i: _texts(table, i, column) for i, column in table.columns_for("people")}
    columns = _fitting(table, texts, width)
    widths = [max(map(text_width, texts[i])) for i, _ in columns]
    last, column = columns[-1]
    if column.kind == "bar":
        widths[-1] = min(width - sum(widths) - _GAP * (len(widths) - 1), _BAR_MOST)
        texts[last] = ["", *(_bar(row.cells[last], widths[-1], ascii_only) for row in table.rows)]
    roles: list[Role] = ["head", *(row.role for row in table.rows)]
    lines = zip(*(texts[i] for i, _ in columns), strict=True)
    rows = tuple(GridRow(cells, role) for cells, role in zip(lines, roles, strict=True))
    right = tuple(column.kind not in ("text", "date", "bar") for _, column in columns)
    return Grid(table.title, tuple(_facts(table, width)), rows, tuple(widths), right)


def aligned(grid: Grid, row: GridRow) -> str:
    """The row as one line, columns apart by two spaces."""
    cells = [
        _padded(text, width, right)
        for text, width, right in zip(row.texts, grid.widths, grid.right, strict=True)
    ]
    return (" " * _GAP).join(cells).rstrip()


def text_width(text: str) -> int:
    """How many cells of a terminal `text` takes: two for a character of East Asian width."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _texts(table: Table, position: int, column: Column) -> list[str]:
    """A column's title and cells; in the first one, rows are indented below their group."""
    if column.kind == "bar":
        return [""] * (len(table.rows) + 1)
    texts = people_column((row.cells[position] for row in table.rows), column.kind)
    first, _ = table.columns_for("people")[0]
    if position == first and any(row.role == "group" for row in table.rows):
        indents = [" " * _GAP if row.role == "row" else "" for row in table.rows]
        texts = [indent + text for indent, text in zip(indents, texts, strict=True)]
    return [column.title, *texts]


def _fitting(table: Table, texts: Mapping[int, Sequence[str]], width: int) -> list[tuple[int, Column]]:
    columns = table.columns_for("people")
    widths = [_BAR_LEAST if c.kind == "bar" else max(map(text_width, texts[i])) for i, c in columns]
    while sum(widths) + _GAP * (len(widths) - 1) > width:
        spare = [at for at, (_, column) in enumerate(columns) if at and column.key != "quota"]
        if not spare:
            break
        del columns[spare[-1]], widths[spare[-1]]
    return columns


def _bar(length: object, width: int, ascii_only: bool) -> str:
    eighths = int(length * width * 8) if isinstance(length, Fraction) else 0
    full, rest = divmod(eighths, 8)
    if ascii_only:
        return "#" * full
    return BLOCKS[8] * full + BLOCKS[rest].strip()


def _facts(table: Table, width: int) -> Iterator[str]:
    """A line a fact; its remark goes where it does not fit."""
    values = [people_cell(fact.value, fact.kind) for fact in table.facts]
    label_width = max((text_width(fact.label) for fact in table.facts), default=0)
    value_width = max(map(text_width, values), default=0)
    for fact, value in zip(table.facts, values, strict=True):
        line = f"{_padded(fact.label, label_width, False)}  {_padded(value, value_width, True)}"
        full = f"{line}  {fact.remark}".rstrip()
        yield full if text_width(full) <= width else line


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - text_width(text))
    return space + text if right else text + space
