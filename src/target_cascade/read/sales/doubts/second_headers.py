"""Headers that stand a second time inside a table: with other names, other amounts stand below them."""

from collections.abc import Sequence

from target_cascade.errors import InputError
from target_cascade.read.sales.header_words import folded, meaning_of, names_period
from target_cascade.read.sales.layout import Frame, Row
from target_cascade.read.sales.period_rows import PeriodColumns, PeriodRow
from target_cascade.read.tables.figure_text import is_figure
from target_cascade.read.tables.grid import Cell

_LABEL = 12
"""Characters of a label; with more it is a note, about anything."""


def check_headers(frame: Frame, columns: PeriodColumns, rows: Sequence[PeriodRow]) -> None:
    """Raises `InputError` where a header between the rows of periods is not the first one.

    One that repeats the first, as each page of a printed table has it, is no row of its own.
    """
    fine = [i for i, row in enumerate(rows) if row.when is not None and row.when.is_fine]
    for row in rows[fine[0] : fine[-1]]:
        if row.when is not None and row.when.is_fine:
            continue
        if _is_header(frame, row.cells, columns.main) and not _repeats(frame, row.cells):
            shown = "`" + ",".join(cell.text for cell in row.cells).rstrip(",") + "`"
            first = f", and the first is in {frame.header[0].where}" if frame.header else ""
            message = f"a second header, {shown}, stands here{first}: the {frame.line_word}s are not the same"
            hint = "keep one table, or make the headers and their columns alike"
            at = next(cell for cell in row.cells if cell.text)
            raise InputError(at.mark.problem(f"{message}; {hint}"))
        if (label := _of_no_sales(row)) is not None:
            message = f"`{label.text}` stands between the months, and what is below it may be no sales"
            raise InputError(label.mark.problem(f"{message}; keep what was sold, or delete that row"))


def _of_no_sales(row: PeriodRow) -> Cell | None:
    """The label of a row without figures that makes something else of the rows below it: ``以下为预测``."""
    texts = [cell for cell in row.cells if cell.text]
    if row.when is not None or any(is_figure(cell.text) for cell in texts):
        return None
    others = [cell for cell in texts if meaning_of(cell.text) == "other" and len(cell.text) <= _LABEL]
    return others[0] if others and len(texts) == len(others) else None


def _is_header(frame: Frame, cells: Row, main: int) -> bool:
    texts = [cell for cell in cells if cell.text]
    if len(texts) < 2 or any(is_figure(cell.text) for cell in texts):
        return False
    if names_period(cells[main].text):
        return True
    known = [cell for cell in texts if len(cell.text) <= 20 and meaning_of(cell.text) != "unknown"]
    return not frame.wide and bool(known) and known[0] is not texts[0]


def _repeats(frame: Frame, cells: Row) -> bool:
    """Whether each cell says what a row of the first header says there."""
    if not frame.header:
        return False
    for cell, first, name in zip(cells, frame.header, frame.names, strict=True):
        parts = name.split(" ") if folded(first.text) != folded(name) else []
        if cell.text and folded(cell.text) not in {folded(first.text), *map(folded, parts)}:
            return False
        if first.text and not cell.text and not parts:
            return False
    return True
