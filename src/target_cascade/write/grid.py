"""Table → aligned text for a screen of some width, before any colour."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple
from unicodedata import combining, east_asian_width

from target_cascade.report.table import Column, Row, Table
from target_cascade.write.cell_text import people_cell

_GAP = 2
_BAR_LEAST, _BAR_MOST = 8, 30
BLOCKS = " ▏▎▍▌▋▊▉█"
"""A bar's cells, from empty to full in eighths."""


class GridRow(NamedTuple):
    """A line of the table: a text a column."""

    texts: tuple[str, ...]
    role: Literal["head", "row", "group", "total"]


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
    columns = _fitting(table, width)
    grouped = _grouped(table)
    rows = [
        GridRow(tuple(column.title for _, column in columns), "head"),
        *(GridRow(_texts(row, columns, grouped), row.role) for row in table.rows),
    ]
    widths = [max(text_width(row.texts[i]) for row in rows) for i in range(len(columns))]
    if columns[-1][1].kind == "bar":
        space = width - sum(widths) - _GAP * (len(widths) - 1)
        widths[-1] = min(space, _BAR_MOST)
        rows = _with_bars(table, rows, columns[-1][0], widths[-1], ascii_only)
    right = tuple(column.kind not in ("text", "date", "bar") for _, column in columns)
    return Grid(table.title, tuple(_facts(table, width)), tuple(rows), tuple(widths), right)


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


def _fitting(table: Table, width: int) -> list[tuple[int, Column]]:
    columns = table.columns_for("people")

    def needed() -> int:
        widths = (_BAR_LEAST if c.kind == "bar" else _natural(table, i, c) for i, c in columns)
        return sum(widths) + _GAP * (len(columns) - 1)

    while needed() > width:
        spare = [at for at, (_, column) in enumerate(columns) if at and column.key != "quota"]
        if not spare:
            break
        del columns[spare[-1]]
    return columns


def _natural(table: Table, position: int, column: Column) -> int:
    texts = [people_cell(row.cells[position], column.kind) for row in table.rows]
    indent = _GAP if position == 0 and _grouped(table) else 0
    return max(text_width(column.title), *(text_width(text) + indent for text in texts))


def _grouped(table: Table) -> bool:
    return any(row.role == "group" for row in table.rows)


def _texts(row: Row, columns: Sequence[tuple[int, Column]], grouped: bool) -> tuple[str, ...]:
    texts = ["" if column.kind == "bar" else people_cell(row.cells[i], column.kind) for i, column in columns]
    if grouped and row.role == "row":
        texts[0] = " " * _GAP + texts[0]
    return tuple(texts)


def _with_bars(
    table: Table, rows: Sequence[GridRow], position: int, width: int, ascii_only: bool
) -> list[GridRow]:
    head, *body = rows
    bars = [_bar(row.cells[position], width, ascii_only) for row in table.rows]
    drawn = [r._replace(texts=(*r.texts[:-1], bar)) for r, bar in zip(body, bars, strict=True)]
    return [head, *drawn]


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
