"""Table or page → a terminal, with colour; the only place that imports rich."""

from typing import TextIO

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from target_cascade.report.table import Notes, Page, Table
from target_cascade.write.cell_text import sentence_text
from target_cascade.write.grid import BLOCKS, FALL, Grid, GridRow, cut, grid
from target_cascade.write.prose import note_lines, wrapped


def print_result(result: Table | Page, stream: TextIO, width: int | None = None) -> None:
    """Show the result on the terminal behind `stream`, as wide as it is or as `width` says."""
    console = Console(file=stream, width=width, highlight=False)
    if isinstance(result, Table):
        _print_table(result, console)
        return
    for line in wrapped(sentence_text(result.answer), console.width - 1):
        _print_line(line, console, "bold")
    for line in wrapped(result.title, console.width - 1):
        _print_line(line, console, "dim")
    for block in result.blocks:
        console.print()
        if isinstance(block, Table):
            _print_table(block, console)
        else:
            _print_notes(block, console)


def _print_table(table: Table, console: Console) -> None:
    # rich reserves a cell at the right edge for a padding that it does not draw.
    width = console.width - 1
    for number, piece in enumerate(cut(table, width)):
        if number:
            console.print()
        _print_grid(grid(piece, width, ascii_only=console.options.ascii_only), console)


def _print_grid(laid: Grid, console: Console) -> None:
    if laid.title:
        _print_line(laid.title, console, "bold")
        console.print()
    for fact in laid.facts:
        _print_line(fact, console)
    if laid.facts:
        console.print()
    console.print(_rich_table(laid))


def _print_notes(block: Notes, console: Console) -> None:
    for line in wrapped(block.title, console.width - 1) if block.title else ():
        _print_line(line, console, "bold")
    for line in note_lines(block, console.width - 1):
        _print_line(line, console)


def _print_line(line: str, console: Console, style: str = "") -> None:
    # A line that is still too long is the terminal's to wrap: it is copied whole.
    console.print(Text(line, style=style), soft_wrap=True)


def _rich_table(laid: Grid) -> RichTable:
    heads = [row for row in laid.rows if row.role == "head"]
    totals = [row for row in laid.rows if row.role == "total"]
    table = RichTable(
        box=SIMPLE, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), show_footer=bool(totals)
    )
    for at, (width, right) in enumerate(zip(laid.widths, laid.right, strict=True)):
        title, footer = ("\n".join(row.texts[at] for row in rows).rstrip() for rows in (heads, totals))
        column = Text(title), Text(footer)
        table.add_column(*column, justify="right" if right else "left", width=width, no_wrap=True)
    for row in laid.rows:
        if row.role not in ("head", "total"):
            table.add_row(*_cells(row), style="bold" if row.role == "group" else "")
    return table


def _cells(row: GridRow) -> list[Text]:
    return [Text(text, style=_style(text)) for text in row.texts]


def _style(text: str) -> str:
    """Bars are green, and red where they take away."""
    if text.strip(BLOCKS) == "":
        return "green"
    return "red" if text.strip(" " + FALL) == "" else ""
