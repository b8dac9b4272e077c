"""Table → Markdown that can be pasted into a page as it is."""

from collections.abc import Iterable

from target_cascade.report.table import Row, Table
from target_cascade.write.cell_text import people_cell

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\|`*_<>[]"})


def markdown_text(table: Table) -> str:
    """A heading, the facts, and a table with the sums in bold."""
    columns = [(i, column) for i, column in table.columns_for("people") if column.kind != "bar"]
    facts = [
        f"- {fact.label}: **{people_cell(fact.value, fact.kind)}**"
        + (f" ({fact.remark})" if fact.remark else "")
        for fact in table.facts
    ]
    head = _line(column.title or " " for _, column in columns)
    rule = _line("---" if column.kind in ("text", "date") else "---:" for _, column in columns)
    rows = [_line(_cells(row, table)) for row in table.rows]
    return "\n".join([f"## {table.title.translate(_SPECIAL)}", "", *facts, "", head, rule, *rows]) + "\n"


def _cells(row: Row, table: Table) -> Iterable[str]:
    for i, column in table.columns_for("people"):
        if column.kind == "bar":
            continue
        text = people_cell(row.cells[i], column.kind).translate(_SPECIAL)
        yield f"**{text}**" if text and row.role != "row" else text


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
