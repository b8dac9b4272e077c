"""Table or page → Markdown that can be pasted into a page as it is."""

import re
from collections.abc import Iterable, Iterator

from target_cascade.report.table import Block, HeatMap, Note, Notes, Page, Row, Table
from target_cascade.sentence import Sentence
from target_cascade.write.cell_text import people_cell, people_columns, sentence_text
from target_cascade.write.heat_map import heat_lines

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\|`*_<>[]~"} | {"$": "<span>$</span>"})
_INDENT = "&emsp;"
"""What stands for two spaces at the beginning of a cell."""
_LINKS = re.compile(r"@(?=\w)|#(?=\d)")
"""What GitHub makes a mention or the link of an issue of, which no backslash keeps it from."""
_BEGINS = re.compile(r"(#{1,6}|[-+]|\d+[.)])(?=\s|$)")
"""What a heading or another list would begin with."""


def markdown_text(result: Table | Page) -> str:
    """A heading, the facts, and a table with the sums in bold; of a page its answer and all blocks."""
    if isinstance(result, Table):
        return "\n".join(_table(result)) + "\n"
    lines = [f"## {_escaped(result.title)}", "", f"**{_sentence(result.answer)}**"]
    for block in result.blocks:
        lines += ["", *_block(block)]
    return "\n".join(lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield from _table(block, "###")
        case HeatMap():
            # As it is: no table of Markdown keeps days below each other.
            yield "```text"
            yield from (line.text for line in heat_lines(block))
            yield "```"
        case _:
            yield from _notes(block)


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
    texts = people_columns(table)
    yield _line(_escaped(column.title) or " " for _, column in columns)
    yield _line("---" if column.kind in ("text", "date") else "---:" for _, column in columns)
    for number, row in enumerate(table.rows):
        cells = (
            "" if row.role in ("fold", "group") and row.cells[i] is None else texts[i][number]
            for i, _ in columns
        )
        yield _line(_cells(cells, row))


def _notes(block: Notes) -> Iterator[str]:
    if block.title:
        yield f"### {_escaped(block.title)}"
        yield ""
    for note in block.notes:
        yield _note(note)


def _note(note: Note) -> str:
    """A remark as one entry of a list; its margin stands first. A head is bold above more lines."""
    head, *lines = (_sentence(line) for line in (note.head, *note.lines))
    if lines:
        head = f"**{head}**"
    if note.margin:
        head = f"{_escaped(note.margin)}: {head}"
    elif begins := _BEGINS.match(head):
        head = f"{begins[0][:-1]}\\{head[begins.end() - 1 :]}"
    return " ".join(["-", head, *lines])


def _sentence(sentence: Sentence) -> str:
    return _escaped(sentence_text(sentence))


def _escaped(text: str) -> str:
    # The empty comment is no part of the text, not even of what is copied from the page.
    return _LINKS.sub(r"\g<0><!-- -->", text.translate(_SPECIAL))


def _cells(texts: Iterable[str], row: Row) -> Iterator[str]:
    """A row's cells, in bold where they are sums; what is indented stays so, which spaces would not."""
    for text in texts:
        indent = len(text) - len(text.lstrip(" "))
        escaped = _INDENT * (indent // 2) + _escaped(text.strip(" "))
        yield f"**{escaped}**" if escaped and row.role in ("group", "total") else escaped


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
