"""Table → a terminal, with colour; the only place that imports rich."""

from typing import TextIO

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from target_cascade.report.table import Table
from target_cascade.write.grid import BLOCKS, Grid, GridRow, grid


def print_table(table: Table, stream: TextIO, width: int | None = None) -> None:
    """Show the table on the terminal behind `stream`, as wide as it is or as `width` says."""
    console = Console(file=stream, width=width, highlight=False)
    # rich reserves a cell at the right edge for a padding that it does not draw.
    laid = grid(table, console.width - 1, ascii_only=console.options.ascii_only)
    console.print(Text(laid.title, style="bold"), soft_wrap=True)
    console.print()
    for fact in laid.facts:
        console.print(Text(fact), soft_wrap=True)
    console.print()
    console.print(_rich_table(laid))


def _rich_table(laid: Grid) -> RichTable:
    head, *body = laid.rows
    totals = [row for row in body if row.role == "total"]
    table = RichTable(
        box=SIMPLE, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), show_footer=bool(totals)
    )
    footers = totals[0].texts if totals else head.texts
    for title, footer, width, right in zip(head.texts, footers, laid.widths, laid.right, strict=True):
        column = Text(title), Text(footer)
        table.add_column(*column, justify="right" if right else "left", width=width, no_wrap=True)
    for row in body:
        if row.role != "total":
            table.add_row(*_cells(row), style="bold" if row.role == "group" else "")
    return table


def _cells(row: GridRow) -> list[Text]:
    return [Text(text, style="green" if text.strip(BLOCKS) == "" else "") for text in row.texts]
