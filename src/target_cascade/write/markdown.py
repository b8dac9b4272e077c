"""Table or page → Markdown that can be pasted into a page as it is."""

from collections.abc import Iterable, Iterator

from target_cascade.report.table import Note, Notes, Page, Row, Table
from target_cascade.sentence import Sentence
from target_cascade.write.cell_text import people_cell, people_column, sentence_text

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\|`*_<>[]"})


def markdown_text(result: Table | Page) -> str:
    """A heading, the facts, and a table with the sums in bold; of a page its answer and all blocks."""
    if isinstance(result, Table):
        return "\n".join(_table(result)) + "\n"
    lines = [f"## {_escaped(result.title)}", "", f"**{_sentence(result.answer)}**"]
    for block in result.blocks:
        lines += ["", *(_table(block, "###") if isinstance(block, Table) else _notes(block))]
    return "\n".join(lines) + "\n"


def _table(table: Table, heading: str = "##") -> Iterator[str]:
    if table.title:
        yield f"{heading} {_escaped(table.title)}"
        yield ""
    for fact in table.facts:
        remark = f" ({fact.remark})" if fact.remark else ""
        yield f"- {fact.label}: **{people_cell(fact.value, fact.kind)}**{remark}"
    if table.facts:
        yield ""
    columns = [(i, column) for i, column in table.columns_for("people") if column.kind != "bar"]
    texts = [people_column((row.cells[i] for row in table.rows), column.kind) for i, column in columns]
    yield _line(_escaped(column.title) or " " for _, column in columns)
    yield _line("---" if column.kind in ("text", "date") else "---:" for _, column in columns)
    for number, row in enumerate(table.rows):
        cells = (
            "" if row.role in ("fold", "group") and row.cells[i] is None else column[number]
            for (i, _), column in zip(columns, texts, strict=True)
        )
        yield _line(_cells(cells, row))


def _notes(block: Notes) -> Iterator[str]:
    if block.title:
        yield f"### {_escaped(block.title)}"
        yield ""
    for note in block.notes:
        yield _note(note)


def _note(note: Note) -> str:
    """A remark as one entry of a list; its margin stands first."""
    head, *lines = (_sentence(line) for line in (note.head, *note.lines))
    first = f"{_escaped(note.margin)}: {head}" if note.margin else f"**{head}**"
    return " ".join(["-", first, *lines])


def _sentence(sentence: Sentence) -> str:
    return _escaped(sentence_text(sentence))


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)


def _cells(texts: Iterable[str], row: Row) -> Iterator[str]:
    """A row's cells, in bold where they are sums."""
    for text in texts:
        escaped = _escaped(text)
        yield f"**{escaped}**" if escaped and row.role in ("group", "total") else escaped


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
