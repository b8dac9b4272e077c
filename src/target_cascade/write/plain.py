"""Table or page → plain text, for pipes and files."""

from collections.abc import Iterator

from target_cascade.report.table import Block, HeatMap, Page, Table
from target_cascade.write.cell_text import sentence_text
from target_cascade.write.grid import FALL, GAP, Grid, aligned, cut, grid, ruled
from target_cascade.write.heat_map import heat_lines
from target_cascade.write.prose import note_lines, wrapped

_ASCII = str.maketrans(f"─×·–→{FALL}", "-x-->-")  # each as wide as what stands for it


def plain_text(result: Table | Page, width: int = 80, ascii_only: bool = False) -> str:
    """The result as lines of at most `width` cells, where its figures leave room for that."""
    if isinstance(result, Table):
        lines = list(_block_lines(result, width, ascii_only))
    else:
        lines = [*wrapped(sentence_text(result.answer), width), *wrapped(result.title, width)]
        for block in result.blocks:
            lines += ["", *_block_lines(block, width, ascii_only)]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return text.translate(_ASCII) if ascii_only else text


def _block_lines(block: Block, width: int, ascii_only: bool) -> Iterator[str]:
    if isinstance(block, Table):
        for number, piece in enumerate(cut(block, width)):
            yield from [""] if number else []
            yield from _table_lines(piece, width, ascii_only)
        return
    if isinstance(block, HeatMap):
        yield from (line.text for line in heat_lines(block, width, ascii_only))
        return
    if block.title:
        yield from wrapped(block.title, width)
    yield from note_lines(block, width)


def _table_lines(table: Table, width: int, ascii_only: bool) -> Iterator[str]:
    laid = grid(table, width, ascii_only)
    if laid.title:
        yield laid.title
        yield ""
    if laid.facts:
        yield from laid.facts
        yield ""
    yield from _lines(laid)


def _lines(laid: Grid) -> Iterator[str]:
    rule = (" " * GAP).join("─" * width for width in laid.widths)
    for row in ruled(laid):
        yield rule if row is None else aligned(laid, row)
