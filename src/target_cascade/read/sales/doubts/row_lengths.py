"""Rows of a CSV with fewer cells than the header: one cell that was lost moves all after it."""

from collections.abc import Sequence

from target_cascade.errors import Located
from target_cascade.read.sales.layout import Frame
from target_cascade.read.sales.period_cell import read_when
from target_cascade.read.sales.period_rows import PeriodRow
from target_cascade.read.sales.timeline import Timeline
from target_cascade.read.tables.figure_text import is_figure

_HINT = "write a separator for each cell that is empty, or put the lost cell back"


def short_rows(time: Timeline, column: int) -> list[Located]:
    """What is wrong with the rows that lack cells, where an amount may have come from another column."""
    frame = time.frame
    if frame.grid.sheet or not (frame.header or frame.wide):
        return []
    lengths = {row[0].mark.line: len(row) for row in frame.grid.rows}
    return _short_wide(frame, column, lengths) if frame.wide else _short_long(time, column, lengths)


def _short_wide(frame: Frame, column: int, lengths: dict[int, int]) -> list[Located]:
    """Of a table with a column for each month: the row of amounts must reach its last month or total."""
    at = (frame.header or frame.body[0])[column]
    width = max(lengths.values())
    reached = lengths.get(at.mark.line, width) - (width - len(frame.body))
    lacking = [row[frame.periods[0]] for row in frame.body[max(reached, 0) :]]
    named = next((cell for cell in lacking if _is_time(cell.text)), None)
    if named is None:
        return []
    message = f"this row ends before `{named.text}` ({named.where}): a cell in it may be lacking"
    return [at.mark.problem(f"{message}; {_HINT}")]


def _is_time(text: str) -> bool:
    when = read_when(text)
    return when is not None and when.kind != "left out"


def _short_long(time: Timeline, column: int, lengths: dict[int, int]) -> list[Located]:
    frame = time.frame
    rows = [row for row in time.rows if row.when is not None and row.when.is_fine]
    width = max((place + 1 for place, name in enumerate(frame.names) if name), default=0)
    if not _has_figures_after(rows, column, width):
        return []
    full = sum(lengths.get(row.cells[0].mark.line, width) >= width for row in rows)
    problems: list[Located] = []
    for row in rows:
        length = lengths.get(row.cells[0].mark.line, width)
        if length >= width or not row.cells[column].text:
            continue
        if 2 * full > len(rows) or any(_is_filled(rows, place) for place in range(length, width)):
            message = f"this row has {length} cells and the header {width}: an amount may stand in the wrong"
            problems.append(row.at.mark.problem(f"{message} column; {_HINT}"))
    return problems


def _has_figures_after(rows: Sequence[PeriodRow], column: int, width: int) -> bool:
    """Whether a figure of another column would move into the place of the amount."""
    return any(is_figure(row.cells[place].text) for row in rows[:400] for place in range(column + 1, width))


def _is_filled(rows: Sequence[PeriodRow], place: int) -> bool:
    return 2 * sum(bool(row.cells[place].text) for row in rows) >= len(rows)
