"""Table → aligned text for a screen of some width, before any colour."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, zip_longest
from typing import Literal, NamedTuple

from target_cascade.report.table import Cell, Column, Row, Stretch, Table
from target_cascade.sentence import Figure
from target_cascade.write.cell_text import people_cell, people_columns
from target_cascade.write.prose import text_width, wrapped

GAP = 2
"""Cells between two columns."""
_BAR_LEAST, _BAR_MOST = 8, 30
_NAME_LEAST = 15
"""Cells that the first column keeps where the others want room: what is longer is wrapped. Where vital
columns want them it gives up more, but breaks no word for it."""
_WRAPPED_LEAST = 10
"""Cells that a text of several lines keeps."""
_WORD, _WORD_MOST = 14, 20
"""Cells up to which a word of a wrapped title had better be whole, and from which on it is broken
anywhere."""
_BREAKS = re.compile(r"(?<= )(?!·)|(?<==)(?=\S)|(?<=[.:/])(?=[^\s\d/])")
"""Where a title may be broken: between words, in the keys that name a scenario, and in a path."""
BLOCKS = " ▏▎▍▌▋▊▉█"
"""A bar's cells, from empty to full in eighths."""
FALL = "░"
"""A cell of a bar that shows what is taken away."""


Role = Literal["head", "row", "group", "total", "fold"]


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
    """The table laid out for `width` cells.

    What does not fit goes: the last columns first, but vital ones never. A first column that is
    still too wide is wrapped; where its row holds nothing else, it runs over the others instead.
    """
    texts = _shortened(table, _all_texts(table), width)
    columns = _fitting(table, texts, width)
    widths = _widths(table, columns, texts, width)
    for at, (i, column) in enumerate(columns):
        if column.kind == "bar":
            texts[i] = ["", *(_bar(row.cells[i], widths[at], ascii_only) for row in table.rows)]
    roles: list[Role] = ["head", *(row.role for row in table.rows)]
    lines = zip(*(texts[i] for i, _ in columns), strict=True)
    room = max(width, sum(widths) + GAP * (len(widths) - 1))
    rows = (
        row for cells, role in zip(lines, roles, strict=True) for row in _rows(cells, role, widths[0], room)
    )
    right = tuple(_right(table, i, column) for i, column in columns)
    return Grid(table.title, tuple(_facts(table, width)), tuple(rows), tuple(widths), right)


def cut(table: Table, width: int) -> Sequence[Table]:
    """The table; one that may be cut as several, where it does not fit into `width` cells.

    Each has the first column and as many of the others as there is room for. Their titles are
    wrapped, words of a common length only where more columns stand side by side then.
    """
    if not table.cut:
        return [table]
    return min((list(_pieces(table, width, word)) for word in (_WORD, 0)), key=len)


def aligned(grid: Grid, row: GridRow) -> str:
    """The row as one line, columns apart by two spaces; what is wider than its column stands in full."""
    cells = zip(row.texts, grid.widths, grid.right, strict=True)
    return (" " * GAP).join(_padded(text, width, right) for text, width, right in cells).rstrip()


def ruled(grid: Grid) -> Iterator[GridRow | None]:
    """The rows, with None where a rule is drawn: below the head and above the sums."""
    before = ""
    for row in grid.rows:
        if before != row.role and (before == "head" or row.role == "total"):
            yield None
        yield row
        before = row.role


def _pieces(table: Table, width: int, word: int) -> Iterator[Table]:
    texts = _all_texts(table)
    first, *others = texts
    left = room = width - min(_width_of(_names(table, texts)), _NAME_LEAST)
    titles: dict[int, str] = {}
    for i in others:
        title = _wrapped_title(texts[i], room - GAP, word)
        needed = GAP + _width_of([title, *texts[i][1:]])
        if titles and needed > left:
            yield _piece(table, first, titles)
            table, titles, left = table._replace(title="", facts=()), {}, room
        titles[i] = title
        left -= needed
    yield _piece(table, first, titles)


def _piece(table: Table, first: int, titles: Mapping[int, str]) -> Table:
    """The table with two kinds of columns for people: the first one, and those with a title."""
    columns = (
        column._replace(readers="machines")
        if i != first and i not in titles
        else column._replace(title=titles.get(i, column.title))
        for i, column in enumerate(table.columns)
    )
    return table._replace(columns=tuple(columns))


def _wrapped_title(texts: Sequence[str], room: int, word: int) -> str:
    """A column's title over several lines, hardly wider than its cells; words of up to `word` cells
    are whole."""
    title, *cells = texts
    pieces = _BREAKS.split(title)
    word = min(_width_of(title.split(" ")), word)
    width = max(_width_of(cells), min(max(word, min(_width_of(pieces), _WORD_MOST)), room))
    lines: list[str] = []
    for piece in pieces:
        if lines and text_width((lines[-1] + piece).rstrip()) <= width:
            lines[-1] += piece
        else:
            lines += wrapped(piece.rstrip(), width)
            lines[-1] += " " * piece.endswith(" ")
    return "\n".join(line.rstrip() for line in lines)


def _width_of(texts: Iterable[str]) -> int:
    """Cells of the longest line."""
    return max((text_width(line) for text in texts for line in text.split("\n")), default=0)


def _all_texts(table: Table) -> dict[int, list[str]]:
    """The columns for people by position, each with its title and cells."""
    cells = people_columns(table)
    return {i: _texts(table, i, column, cells.get(i, ())) for i, column in table.columns_for("people")}


def _names(table: Table, texts: Mapping[int, Sequence[str]]) -> list[str]:
    """The texts that the first column has to hold: its title, and the cells beside which others stand."""
    first, *others = texts
    alone = [
        bool(others) and not any(texts[i][at] or _is_bar(row.cells[i]) for i in others)
        for at, row in enumerate(table.rows, 1)
    ]
    return [text for text, is_alone in zip(texts[first], [False, *alone], strict=True) if not is_alone]


def _is_bar(cell: Cell) -> bool:
    return isinstance(cell, Stretch | Fraction)


def _least(names: Sequence[str]) -> int:
    """Cells of the longest word among the names, or of what a line of several has to hold."""
    if max(map(_words, names), default=0) <= 1:
        return _width_of(names)
    indent = max(len(name) - len(name.lstrip()) for name in names)
    longest = _width_of(word for name in names for word in name.split())
    return indent + GAP + max(longest, _WRAPPED_LEAST)


def _words(name: str) -> int:
    return len(name.split())


def _texts(table: Table, position: int, column: Column, texts: Sequence[str]) -> list[str]:
    """A column's title and cells; in the first one, rows are indented below their group."""
    if column.kind == "bar":
        return [""] * (len(table.rows) + 1)
    texts = ["" if _blank(row, position) else text for row, text in zip(table.rows, texts, strict=True)]
    first, _ = table.columns_for("people")[0]
    if position == first and any(row.role == "group" for row in table.rows):
        indents = [" " * GAP if row.role == "row" else "" for row in table.rows]
        texts = [indent + text for indent, text in zip(indents, texts, strict=True)]
    return [column.title, *texts]


def _blank(row: Row, position: int) -> bool:
    """Whether a cell without a value says nothing, not even that it is not known."""
    return row.role in ("fold", "group") and row.cells[position] is None


def _right(table: Table, position: int, column: Column) -> bool:
    """Whether a column's cells stand at its right edge, as numbers do."""
    if column.kind == "text":
        cells: list[Cell] = [row.cells[position] for row in table.rows if row.cells[position] is not None]
        return bool(cells) and all(isinstance(cell, Figure) for cell in cells)
    return column.kind not in ("date", "bar")


def _shortened(table: Table, texts: dict[int, list[str]], width: int) -> dict[int, list[str]]:
    """The texts, those of a column that may be cut short as long as there is room for; where that is
    hardly any, they stay as they are, and the column goes."""
    for i, column in table.columns_for("people"):
        others = [_names(table, texts), *(texts[j] for j in list(texts)[1:] if j != i)]
        room = width - sum(_width_of(of) + GAP for of in others)
        if column.shortened and room >= _NAME_LEAST:
            texts[i] = [_cut_short(text, room) for text in texts[i]]
    return texts


def _cut_short(text: str, room: int) -> str:
    if text_width(text) <= room:
        return text
    widths = accumulate(map(text_width, text))
    return text[: sum(reached < room for reached in widths)].rstrip() + "…"


def _fitting(table: Table, texts: Mapping[int, Sequence[str]], width: int) -> list[tuple[int, Column]]:
    columns = table.columns_for("people")
    widths = [_BAR_LEAST if c.kind == "bar" else _width_of(texts[i]) for i, c in columns]
    widths[0] = min(_width_of(_names(table, texts)), _NAME_LEAST)
    while sum(widths) + GAP * (len(widths) - 1) > width:
        spare = [at for at, (_, column) in enumerate(columns) if at and not column.vital]
        if not spare:
            break
        del columns[spare[-1]], widths[spare[-1]]
    return columns


def _widths(
    table: Table, columns: Sequence[tuple[int, Column]], texts: Mapping[int, Sequence[str]], width: int
) -> list[int]:
    """The columns' widths: the first gives way to the others, and a bar takes what is left."""
    widths = [_BAR_LEAST if c.kind == "bar" else _width_of(texts[i]) for i, c in columns]
    others = sum(widths[1:]) + GAP * (len(widths) - 1)
    names = _names(table, texts)
    widths[0] = _width_of(names)
    widths[0] = min(widths[0], max(width - others, min(_least(names), _NAME_LEAST)))
    left = width - widths[0] - others
    for at, (_, column) in enumerate(columns):
        if column.kind == "bar":
            widths[at] = min(widths[at] + max(left, 0), _BAR_MOST)
    return widths


def _rows(cells: Sequence[str], role: Role, width: int, room: int) -> Iterator[GridRow]:
    """A row; where its first cell is wrapped, the lines below it hold nothing else. One that holds
    nothing else has `room` for it."""
    first, *others = cells
    if role == "total" and others and not any(others):
        return  # Its sums stand in columns that there is no room for.
    if role == "head":
        yield from _head_rows(["\n".join(wrapped(first, width)), *others])
        return
    if others and not any(others):
        width = room
    if text_width(first) <= width:
        yield GridRow(tuple(cells), role)
        return
    indent = first[: len(first) - len(first.lstrip())]
    lines = wrapped(first.lstrip(), width - len(indent), " " * GAP)
    for line, rest in zip_longest(lines, [others], fillvalue=[""] * len(others)):
        yield GridRow((f"{indent}{line}", *rest), role)


def _head_rows(titles: Sequence[str]) -> Iterator[GridRow]:
    """The titles, which may have several lines, above the rule that is drawn below them."""
    lines = [title.split("\n") for title in titles]
    most = max(map(len, lines))
    for line in zip(*([""] * (most - len(of_one)) + of_one for of_one in lines), strict=True):
        yield GridRow(line, "head")


def _bar(cell: Cell, width: int, ascii_only: bool) -> str:
    match cell:
        case Fraction():
            return _blocks(cell * width, ascii_only)
        case Stretch():
            return _stretched(cell, width, ascii_only)
    return ""


def _stretched(bar: Stretch, width: int, ascii_only: bool) -> str:
    """A bar as long as its stretch, and as near to its place as whole cells allow; what falls, and
    ASCII, is drawn in whole cells."""
    length = (bar.end - bar.start) * width
    if bar.falls or ascii_only:
        text = max(_nearest(length), 1) * ("#" if not bar.falls else "-" if ascii_only else FALL)
    else:
        text = _blocks(Fraction(max(_nearest(length * 8), 1), 8), ascii_only)
    before = _nearest(bar.end * width) - len(text) if bar.falls else _nearest(bar.start * width)
    return " " * min(before, width - len(text)) + text


def _nearest(cells: Fraction) -> int:
    return int(cells + Fraction(1, 2))


def _blocks(cells: Fraction, ascii_only: bool) -> str:
    full, rest = divmod(int(cells * 8), 8)
    return "#" * full if ascii_only else BLOCKS[8] * full + BLOCKS[rest].strip()


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
