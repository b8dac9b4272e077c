"""Table → Markdown that can be pasted into a page as it is."""

from collections.abc import Iterable, Iterator

from target_cascade.report.table import Row, Table
from target_cascade.write.cell_text import people_cell, people_column

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
    texts = [people_column((row.cells[i] for row in table.rows), column.kind) for i, column in columns]
    rows = [
        _line(_cells(cells, row)) for cells, row in zip(zip(*texts, strict=True), table.rows, strict=True)
    ]
    return "\n".join([f"## {table.title.translate(_SPECIAL)}", "", *facts, "", head, rule, *rows]) + "\n"


def _cells(texts: Iterable[str], row: Row) -> Iterator[str]:
    """A row's cells, in bold where they are sums."""
    for text in texts:
        escaped = text.translate(_SPECIAL)
        yield f"**{escaped}**" if escaped and row.role != "row" else escaped


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
