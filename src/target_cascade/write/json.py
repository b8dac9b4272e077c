"""Table → JSON: a list of records, amounts as numbers written exactly."""

import json

from target_cascade.report.table import Cell, Kind, Table
from target_cascade.write.cell_text import machine_cell

_NUMBERS = ("count", "amount", "share", "ratio")


def json_text(table: Table) -> str:
    """A list of an object a record, keyed by the columns; the unknown is null."""
    records = [
        ", ".join(f"{json.dumps(column.key)}: {_value(cell, column.kind)}" for column, cell in record)
        for record in table.records()
    ]
    return "[\n" + ",\n".join(f"  {{{record}}}" for record in records) + "\n]\n"


def _value(cell: Cell, kind: Kind) -> str:
    if cell is None:
        return "null"
    text = machine_cell(cell, kind)
    # Not json.dumps for numbers: it knows floats only, and no float touches an amount.
    return text if kind in _NUMBERS else json.dumps(text, ensure_ascii=False)
