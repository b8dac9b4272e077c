"""Tables → JSON: records, amounts as numbers written exactly."""

import json
from collections.abc import Sequence

from target_cascade.report.table import Cell, Column, Kind, Table, Value
from target_cascade.sentence import Figure
from target_cascade.write.cell_text import machine_cell

_NUMBERS = ("count", "amount", "change", "share", "stated", "percent", "ratio", "days", "number")


def json_text(*tables: Table, named: bool = False, values: Sequence[Value] = ()) -> str:
    """A list of an object a record, keyed by the columns; the unknown is null. Of several tables, or
    where they are `named` or there are `values`, an object: lists, keyed by the tables' names in lower
    case, and behind the first of them the values by their keys."""
    if len(tables) == 1 and not named and not values:
        return f"{_records(tables[0], '')}\n"
    first, *others = (f"  {json.dumps(table.name.lower())}: {_records(table, '  ')}" for table in tables)
    said = (f"  {json.dumps(one.key)}: {_value(one.value, one.kind)}" for one in values)
    return "{\n" + ",\n".join([first, *said, *others]) + "\n}\n"


def _records(table: Table, indent: str) -> str:
    records = [f"{indent}  {_object(record)}" for record in table.records()]
    return "[\n" + ",\n".join(records) + f"\n{indent}]" if records else "[]"


def _object(record: Sequence[tuple[Column, Cell]]) -> str:
    """An object; keys with dots, which stand side by side, are keys of an object inside it."""
    texts: list[str] = []
    inner: dict[str, list[tuple[Column, Cell]]] = {}
    for column, cell in record:
        head, dot, rest = column.key.partition(".")
        if not dot:
            texts.append(f"{json.dumps(column.key, ensure_ascii=False)}: {_value(cell, column.kind)}")
            continue
        if head not in inner:
            texts.append(head)  # the place of the inner object, which is not complete yet
        inner.setdefault(head, []).append((column._replace(key=rest), cell))
    made = (f"{json.dumps(text)}: {_object(inner[text])}" if text in inner else text for text in texts)
    return "{" + ", ".join(made) + "}"


def _value(cell: Cell, kind: Kind) -> str:
    if cell is None:
        return "null"
    text = machine_cell(cell, kind)
    # Not json.dumps for numbers: it knows floats only, and no float touches an amount.
    is_number = (cell.kind if isinstance(cell, Figure) else kind) in _NUMBERS
    return text if is_number else json.dumps(text, ensure_ascii=False)
