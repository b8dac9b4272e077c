"""Table or page → a terminal, with colour; the only place that imports rich."""

from collections.abc import Iterable
from itertools import groupby
from typing import TextIO

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from target_cascade.report.table import Block, HeatMap, Notes, Page, Table
from target_cascade.write.cell_text import sentence_text
from target_cascade.write.grid import BLOCKS, FALL, GAP, Grid, GridRow, aligned, cut, grid, ruled
from target_cascade.write.heat_map import COLOURS, heat_lines
from target_cascade.write.prose import note_lines, text_width, wrapped

_BOLD = ("head", "group", "total")


def print_result(result: Table | Page, stream: TextIO, width: int | None = None) -> None:
    """Show the result on the terminal behind `stream`, as wide as it is or as `width` says."""
    console = Console(file=stream, width=width, highlight=False)
    if isinstance(result, Table):
        _print_table(result, console)
        return
    for line in wrapped(sentence_text(result.answer), console.width):
        _print_line(line, console, "bold")
    for line in wrapped(result.title, console.width):
        _print_line(line, console, "dim")
    for block in result.blocks:
        console.print()
        _print_block(block, console)


def _print_block(block: Block, console: Console) -> None:
    match block:
        case Table():
            _print_table(block, console)
        case HeatMap():
            _print_heat_map(block, console)
        case _:
            _print_notes(block, console)


def _print_table(table: Table, console: Console) -> None:
    for number, piece in enumerate(cut(table, console.width)):
        if number:
            console.print()
        _print_grid(grid(piece, console.width, ascii_only=console.options.ascii_only), console)


def _print_grid(laid: Grid, console: Console) -> None:
    if laid.title:
        _print_line(laid.title, console, "bold")
        console.print()
    for fact in laid.facts:
        _print_line(fact, console)
    if laid.facts:
        console.print()
    rule = ("-" if console.options.ascii_only else "─") * (sum(laid.widths) + GAP * (len(laid.widths) - 1))
    # rich would crop what is wider than the terminal, and a figure without its digits is worse than a
    # line that runs over.
    fits = text_width(rule) <= console.width
    for is_table, rows in groupby(ruled(laid), key=lambda row: fits and _stands_in_columns(laid, row)):
        if is_table:
            console.print(_rich_table(laid, rows))
            continue
        for row in rows:
            line = Text(rule) if row is None else Text(aligned(laid, row), style=_row_style(row))
            _print_line(line, console)


def _stands_in_columns(laid: Grid, row: GridRow | None) -> bool:
    """Whether a row keeps to the columns; rules do not, nor what runs over columns that are empty."""
    if row is None or not any(row.texts[1:]):
        return False
    return all(text_width(text) <= width for text, width in zip(row.texts, laid.widths, strict=True))


def _rich_table(laid: Grid, rows: Iterable[GridRow | None]) -> RichTable:
    table = RichTable.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    for width, right in zip(laid.widths, laid.right, strict=True):
        table.add_column(width=width, justify="right" if right else "left", no_wrap=True)
    for row in rows:
        if row is not None:
            cells = (Text(text, style=_style(text)) for text in row.texts)
            table.add_row(*cells, style=_row_style(row))
    return table


def _row_style(row: GridRow) -> str:
    return "bold" if row.role in _BOLD else ""


def _print_heat_map(block: HeatMap, console: Console) -> None:
    for line in heat_lines(block, console.width, console.options.ascii_only):
        text = Text(line.text, style="bold" if line.is_bold else "")
        for at, char in enumerate(line.text):
            if char in COLOURS:
                text.stylize(COLOURS[char], at, at + 1)
        _print_line(text, console)


def _print_notes(block: Notes, console: Console) -> None:
    for line in wrapped(block.title, console.width) if block.title else ():
        _print_line(line, console, "bold")
    for line in note_lines(block, console.width):
        _print_line(line, console)


def _print_line(line: str | Text, console: Console, style: str = "") -> None:
    # A line that is still too long is the terminal's to wrap: it is copied whole, and no figure is cut.
    console.print(Text(line, style=style) if isinstance(line, str) else line, soft_wrap=True)


def _style(text: str) -> str:
    """Bars are green, and red where they take away."""
    if text.strip(BLOCKS) == "":
        return "green"
    return "red" if text.strip(" " + FALL) == "" else ""
