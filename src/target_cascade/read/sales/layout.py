"""A grid → a frame: a row for each month or day, whichever way round the file has them.

A wide table, with a column for each month, is turned on its side; from here on there is one kind.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from target_cascade.errors import InputError
from target_cascade.read.sales.doubts.crossed import check_days_down, check_header_lost
from target_cascade.read.sales.header_words import meaning_of, names_period, names_year
from target_cascade.read.sales.lane_names import name_before, numbers_else
from target_cascade.read.sales.period_cell import When, read_when
from target_cascade.read.sales.plain_names import kinds_of
from target_cascade.read.tables.figure_text import is_figure, unit_of
from target_cascade.read.tables.grid import Cell, Grid

Row = tuple[Cell, ...]

_SAMPLE = 80
"""Rows that are looked at to find out where things stand; a title has fewer."""

_HEADER_ROWS = 3
_FEW_MONTHS = 3
_SMALL_UNITS = "件 单 个 人 次 笔 台 箱 % 元/件 元/人 元/单 人次 pcs units 天".split()


class Frame(NamedTuple):
    """A table with a row for each period. `names` are the columns', from all rows of the header;
    `header` is its lowest row, empty where there is none; `units` is a row of units below it.

    `body` begins below the header; `notes` are the titles above and, of a wide table, the notes below.
    `wide` says that rows here are columns of the file, and columns here its rows.
    """

    grid: Grid
    wide: bool
    names: tuple[str, ...]
    header: Row
    units: Row
    body: Sequence[Row]
    titles: Sequence[Cell]
    notes: Sequence[Cell]
    first: int
    """Where in `body` the first period stands."""

    periods: tuple[int, ...]
    """The columns that have periods, the likeliest first."""

    @property
    def line_word(self) -> str:
        """What the file calls a column of the frame."""
        return "row" if self.wide else "column"

    def column(self, index: int) -> list[Cell]:
        """The cells of a column of the body."""
        return [row[index] for row in self.body]


class NoTableError(InputError):
    """A grid in which nothing looks like months or days."""


class _Lane(NamedTuple):
    """A column or a row of the grid that may have the periods."""

    size: int
    is_named: bool
    is_strong: bool
    place: int

    @property
    def rank(self) -> tuple[int, bool, bool]:
        return self.size, self.is_named, self.is_strong


def frame_of(grid: Grid) -> Frame:
    """Where the periods, the header and the body of a grid are.

    Raises `NoTableError` where nothing looks like months or days.
    """
    rows = _padded(grid.rows)
    sample = rows[:_SAMPLE]
    columns = _lanes(zip(*sample, strict=True))
    lines = _lanes(sample, is_line=True)
    best_column = max(columns, key=lambda lane: lane.rank, default=None)
    best_line = max(lines, key=lambda lane: lane.rank, default=None)
    if best_column is None and best_line is None:
        raise _no_table(grid, rows)
    if best_line is not None and best_line.is_strong and best_line.size >= _FEW_MONTHS:
        check_days_down(sample, best_line.place)
    if best_line is not None and (best_column is None or best_line.rank[0] > best_column.rank[0]):
        check_header_lost(sample, best_line.size)
        return _wide_frame(grid, rows, best_line.place)
    return _long_frame(grid, rows)


def _padded(rows: Sequence[Sequence[Cell]]) -> list[Row]:
    width = max(map(len, rows), default=0)
    return [(*row, *(Cell("", row[-1].mark) for _ in range(width - len(row)))) for row in rows]


def _lanes(lanes: Iterable[Sequence[Cell]], is_line: bool = False) -> list[_Lane]:
    """The lanes with periods in them: as such, or numbers below a name or that count up like months.

    What stands before a line of months may be the name of anything.
    """
    found: list[_Lane] = []
    for index, lane in enumerate(lanes):
        whens = [read_when(cell.text) for cell in lane]
        fine = [when for when in whens if when is not None and when.is_fine]
        strong = {when for when in fine if not when.weak}
        name = name_before(lane, whens)
        is_other = meaning_of(name) != "unknown" and not names_period(name)
        if is_other and not (is_line and (strong or (fine[0].year if fine else 0))):
            continue
        if not strong and numbers_else(name, fine, is_line):
            continue
        is_named = bool(name) and names_period(name)
        if strong and (len(strong) > 1 or len(fine) == 1 or is_named):
            found.append(_Lane(len(set(fine)), is_named, True, index))
        elif len(set(fine)) > 1 and (is_named or _counts(lane, whens)):
            found.append(_Lane(len(set(fine)), is_named, False, index))
    return found


def _counts(lane: Sequence[Cell], whens: Sequence[When | None]) -> bool:
    """Whether all numbers of a lane are months or days in a row, without a gap."""
    numbers = [when for cell, when in zip(lane, whens, strict=True) if cell.text and is_figure(cell.text)]
    steps = [_step(when) for when in numbers]
    if len(steps) < 3 or None in steps or len({when.kind for when in numbers if when is not None}) > 1:
        return False
    if all(when is not None and when.kind == "day" and when.day == 1 for when in numbers):
        steps = [when.year * 12 + when.month for when in numbers if when is not None]
    known = [step for step in steps if step is not None]
    return {after - before for before, after in pairwise(known)} in ({1}, {-1})


def _step(when: When | None) -> int | None:
    if when is None or when.kind not in ("day", "month"):
        return None
    if when.kind == "month":
        return when.year * 12 + when.month
    from datetime import date

    return date(when.year, when.month, when.day).toordinal()


def _no_table(grid: Grid, rows: Sequence[Row]) -> InputError:
    first = next((cell for row in rows for cell in row if cell.text), None)
    assert first is not None, "a grid has text"
    whens = [(cell, when) for row in rows[:_SAMPLE] for cell in row if (when := read_when(cell.text))]
    if parts := [cell for cell, when in whens if when.kind == "part"]:
        message = f"`{parts[0].text}` is no month: of quarters alone nothing is known about their months"
        return NoTableError(parts[0].mark.problem(f"{message}; export months or days"))
    if wrong := [cell for cell, when in whens if when.kind == "impossible"]:
        return NoTableError(wrong[0].mark.problem(why_impossible(wrong[0].text)))
    if others := _names_of_numbers(rows[:_SAMPLE]):
        message = f"`{others[0].text}` stands above numbers from 1 to 12, and is no name of months"
        return NoTableError(others[0].mark.problem(f"{message}; call them `month` if they are, or {HINT}"))
    if named := [(cell, below) for cell, below in _below_names(rows[:_SAMPLE]) if below.text]:
        _, below = named[0]
        return NoTableError(
            below.mark.problem(f"`{below.text}` is no month or day that is known here; {HINT}")
        )
    where = f"sheet `{grid.sheet}`" if grid.sheet else "this file"
    return NoTableError(first.mark.problem(f"{where} has no column or row of months or days; {HINT}"))


def _names_of_numbers(rows: Sequence[Row]) -> list[Cell]:
    """The names above columns of such numbers that are not taken for months."""
    found: list[Cell] = []
    for column in zip(*rows, strict=True):
        whens = [read_when(cell.text) for cell in column]
        fine = [when for when in whens if when is not None and when.is_fine]
        name = name_before(column, whens)
        if len(set(fine)) > _FEW_MONTHS and numbers_else(name, fine, is_line=False):
            found += [cell for cell in column if cell.text == name][:1]
    return found


def why_impossible(text: str) -> str:
    """What is wrong with a day that the calendar has not, or that is told in the time of Greenwich."""
    if ":" in text:
        return f"`{text}` is another day in another time zone; write the day alone, as in `2011-01-15`"
    return f"`{text}` is not a date of the calendar; write days as `2011-01-15` and months as `2011-01`"


HINT = "write months such as `2011-01`, or days such as `2011-01-15`"


def _below_names(rows: Sequence[Row]) -> list[tuple[Cell, Cell]]:
    pairs = [pair for upper, lower in pairwise(rows) for pair in zip(upper, lower, strict=True)]
    return [(name, cell) for name, cell in pairs if names_period(name.text)]


def _long_frame(grid: Grid, rows: Sequence[Row]) -> Frame:
    return _frame(grid, rows, [], [], wide=False)


def _wide_frame(grid: Grid, rows: Sequence[Row], line: int) -> Frame:
    """The table of which row `line` has the periods, on its side; a row of years above it comes along."""
    top = line
    months = [i for i, cell in enumerate(rows[line]) if (w := read_when(cell.text)) and w.is_fine]
    if line and any(_is_year(rows[line - 1][i]) for i in months) and not _has_years(rows[line]):
        top = line - 1
    below = [row for row in rows[line + 1 :] if _is_note(row)]
    notes = [cell for row in below for cell in row if cell.text]
    titles = [cell for row in rows[:top] for cell in row if cell.text]
    table = [*rows[top : line + 1], *(row for row in rows[line + 1 :] if not _is_note(row))]
    return _frame(grid, list(zip(*table, strict=True)), titles, notes, wide=True)


def _is_year(cell: Cell) -> bool:
    when = read_when(cell.text)
    return when is not None and when.kind == "year"


def _has_years(row: Row) -> bool:
    whens = [read_when(cell.text) for cell in row]
    return any(when.year for when in whens if when is not None and when.is_fine)


def _is_note(row: Row) -> bool:
    return sum(bool(cell.text) for cell in row) == 1 and not any(is_figure(cell.text) for cell in row)


def _frame(
    grid: Grid, rows: Sequence[Row], titles: Sequence[Cell], notes: Sequence[Cell], wide: bool
) -> Frame:
    sample = rows[:_SAMPLE]
    lanes = sorted(_lanes(zip(*sample, strict=True), wide), key=lambda lane: lane.rank, reverse=True)
    if any(lane.is_named or lane.is_strong for lane in lanes):
        lanes = [lane for lane in lanes if lane.is_named or lane.is_strong]
    periods = tuple(lane.place for lane in lanes if 2 * lane.size >= lanes[0].size)
    if not periods:  # Of many columns, turned on their side, the first few may have none.
        raise _no_table(grid, rows)
    main = periods[0]
    first = next(i for i, row in enumerate(sample) if (w := read_when(row[main].text)) and w.is_fine)
    low = _header_row(sample[:first], main)
    high = _first_figures(rows, first) if low is None else _highest(sample, low)
    start = high if low is None else low + 1
    header: Row = () if low is None else rows[low]
    units: Row = _units_above(rows[high:start], periods)
    named = [row for row in rows[high:start] if row is not units]
    names = ("",) * len(rows[0]) if low is None else _names(named, periods)
    if start < first and _is_units(rows[start]):
        units, start = rows[start], start + 1
    titles = [*titles, *(cell for row in rows[:high] for cell in row if cell.text and not wide)]
    return Frame(grid, wide, names, header, units, rows[start:], titles, notes, first - start, periods)


def _units_above(header: Sequence[Row], periods: tuple[int, ...]) -> Row:
    """The row of units above the lowest of a header, of which each column of amounts has one."""
    upper, lower = header[-2:] if len(header) > 1 else ((), ())
    others = [place for place in range(len(upper)) if place not in periods]
    is_whole = bool(others) and all(upper[place].text or not lower[place].text for place in others)
    return upper if is_whole and _is_units(upper) else ()


def _first_figures(rows: Sequence[Row], first: int) -> int:
    """Where a body without a header begins: its rows above the first period may be totals."""
    start = first
    while start and any(is_figure(cell.text) and not _is_year(cell) for cell in rows[start - 1]):
        start -= 1
    return start


def _header_row(above: Sequence[Row], main: int) -> int | None:
    """The header: the nearest row above the first period that has names and no figures."""
    for allow_colon in (False, True):
        for index in range(len(above) - 1, -1, -1):
            if _may_be_header(above[index], main, allow_colon):
                return index
    return None


def _may_be_header(row: Row, main: int, allow_colon: bool) -> bool:
    texts = [cell for cell in row if cell.text]
    if _is_units(row) or any(is_figure(cell.text) and not _is_year(cell) for cell in texts):
        return False
    if not allow_colon and any(_says(cell.text) for cell in texts):
        return False
    if len(texts) == 2 and (when := read_when(texts[1].text)) and when.is_day and not when.weak:
        return False  # `Release date,17-02-2012` is a statement too
    if not any(_is_name(cell, cell is row[main]) for cell in texts):
        return False  # a total without a figure, or the year above its months
    if len(texts) == 1:
        return names_period(texts[0].text) or (not row[main].text and not allow_colon)
    return len(texts) > 1


def _is_name(cell: Cell, is_period: bool) -> bool:
    when = read_when(cell.text)
    return when is None or when.kind == "left out" or (when.kind == "year" and not is_period)


def _says(text: str) -> bool:
    """Whether a cell is a statement, ``单位：万元``, and no name."""
    before, colon, after = text.replace("：", ":").partition(":")
    return bool(colon and before.strip() and after.strip())


def _is_units(row: Row) -> bool:
    texts = [_out_of_brackets(cell.text) for cell in row if cell.text]
    names = [text for text in texts if text not in ("单位", "単位", "단위", "unit", "Unit", "计量单位")]
    return bool(names) and all(
        text.lower() in _SMALL_UNITS
        or (
            len(text) <= 6
            and not set("()（）[]【】") & set(text)
            and not kinds_of(text.lower())
            and unit_of(f"({text})")
        )
        for text in names
    )


def _out_of_brackets(text: str) -> str:
    return text[1:-1].strip() if text[:1] in "(（" and text[-1:] in ")）" else text


def _highest(rows: Sequence[Row], low: int) -> int:
    """The highest row of the header: groups of columns stand above their names."""
    high = low
    while high and low - high < _HEADER_ROWS - 1:
        texts = [cell for cell in rows[high - 1] if cell.text]
        is_group = len(texts) > 1 and not any(is_figure(c.text) and not _is_year(c) for c in texts)
        if not is_group or any(_says(cell.text) for cell in texts):
            break
        high -= 1
    return high


def _names(header: Sequence[Row], periods: tuple[int, ...]) -> tuple[str, ...]:
    """The name of each column, the groups above it first; a group reaches over merged cells."""
    names = [""] * len(header[0])
    for depth, row in enumerate(header):
        group = ""
        for column, cell in enumerate(row):
            is_lowest = depth == len(header) - 1
            if cell.text:
                group = "" if column in periods or names_year(cell.text) else cell.text
                text = cell.text
            else:
                text = group if not is_lowest and header[-1][column].text else ""
            if text and text not in names[column].split(" "):
                names[column] = f"{names[column]} {text}".strip()
    return tuple(names)
