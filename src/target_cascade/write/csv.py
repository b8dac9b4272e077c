"""Table → CSV for machines and spreadsheets."""

import csv
from functools import lru_cache
from io import StringIO

from target_cascade.report.table import Cell, Kind, Table
from target_cascade.sentence import Figure
from target_cascade.write.cell_text import machine_cell

# What a spreadsheet takes for the beginning of a formula, also in full width and after spaces.
_RUNS = tuple("=+-@\t\r\n＝＋－＠")


def csv_text(table: Table) -> str:
    """A header of the column keys and a row a record; lines end in LF."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.key for _, column in table.columns_for("machines")])
    for record in table.records():
        writer.writerow([_cell(cell, column.kind) for column, cell in record])
    return buffer.getvalue()


@lru_cache(maxsize=16_384)  # Names and labels repeat in every row.
def harmless(text: str) -> str:
    """`text` so that no spreadsheet runs it: an apostrophe before what would begin a formula."""
    return f"'{text}" if text.startswith(_RUNS) or text.lstrip().startswith(_RUNS) else text


def _cell(cell: Cell, kind: Kind) -> str:
    if isinstance(cell, str):
        return harmless(cell) if kind == "text" else cell
    text = machine_cell(cell, kind)
    return harmless(text) if kind == "text" and not isinstance(cell, Figure) else text
