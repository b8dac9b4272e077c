"""A frame → its rows with the month or day that each is about."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from target_cascade.amount import fold_width
from target_cascade.errors import InputError
from target_cascade.read.sales.header_words import (
    meaning_of,
    names_day,
    names_month,
    names_week,
    names_year,
)
from target_cascade.read.sales.layout import Frame, Row
from target_cascade.read.sales.period_cell import When, read_when
from target_cascade.read.tables.figure_text import is_figure
from target_cascade.read.tables.grid import Cell


class PeriodRow(NamedTuple):
    """A row of the body; `when` is None where it is about no period, and `at` the cell that says so."""

    when: When | None
    at: Cell
    cells: Row


class PeriodColumns(NamedTuple):
    """The columns that say when: `main`, the year and the day where they stand apart, and columns that
    say the same more coarsely."""

    main: int
    year: int | None
    day: int | None
    checks: tuple[int, ...]

    @property
    def all(self) -> set[int]:
        """All of them."""
        return {self.main, *self.checks} | {c for c in (self.year, self.day) if c is not None}


def period_columns(frame: Frame) -> PeriodColumns:
    """Raises `InputError` where two columns of dates could be meant."""
    usable = [c for c in frame.periods if meaning_of(frame.names[c]) != "other" and not _constant(frame, c)]
    candidates = usable or list(frame.periods[:1])
    by_day = [c for c in candidates if _is_daily(frame, c)]
    if len(by_day) > 1 and any(_texts(frame, c) != _texts(frame, by_day[0]) for c in by_day[1:]):
        raise _two_columns(frame, by_day)
    with_year = [c for c in candidates if any(w.year for w in _whens(frame, c))]
    main = (by_day or with_year or candidates)[0]
    year, day = _year_column(frame, main, candidates), _day_column(frame, main)
    checks = tuple(c for c in candidates if c not in (main, year, day))
    return PeriodColumns(main, year, day, checks)


def period_rows(frame: Frame, columns: PeriodColumns) -> list[PeriodRow]:
    """The rows of the body, with the year and the day of other columns put to their months."""
    rows: list[PeriodRow] = []
    year = 0
    are_weeks = names_week(frame.names[columns.main])
    for cells in frame.body:
        if columns.year is not None:
            of_year = read_when(cells[columns.year].text)
            year = of_year.year if of_year is not None and of_year.kind == "year" else year
        row = _period_row(cells, columns, year)
        rows.append(_as_week(row) if are_weeks else row)
    return rows


def _as_week(row: PeriodRow) -> PeriodRow:
    """Below a header of weeks a plain number is that of a week, never of a month."""
    number = fold_width(row.at.text)
    if number.isascii() and number.isdigit() and 1 <= int(number[:3]) <= 53:
        year = row.when.year if row.when is not None else 0
        return row._replace(when=When("week", year, int(number)))
    return row


def _period_row(cells: Row, columns: PeriodColumns, year: int) -> PeriodRow:
    at = cells[columns.main]
    when = read_when(at.text)
    if columns.year is not None and when is not None and year:
        if not cells[columns.year].text and when.kind not in ("month", "part"):
            year = 0
        when = _with_year(when, year, bool(cells[columns.year].text), at)
    if columns.day is not None and when is not None and when.kind == "month":
        when = _with_day(when, cells[columns.day])
    if when is None or (when.kind == "year" and columns.year is not None):
        words = [(cell, found) for cell in cells if (found := _word(cell)) is not None]
        if words:
            at, when = words[0]
            if columns.year is not None and cells[columns.year].text and when.kind == "total" and year:
                own = read_when(cells[columns.year].text)
                when = When("year", year) if own is not None and own.kind == "year" else when
    return PeriodRow(when, at, cells)


def _word(cell: Cell) -> When | None:
    """What a label says that stands outside the column of the periods."""
    when = read_when(cell.text) if cell.text and not is_figure(cell.text) else None
    return (
        when if when is not None and when.kind in ("total", "subtotal", "left out", "part", "year") else None
    )


def _with_year(when: When, year: int, is_written: bool, at: Cell) -> When:
    if when.is_fine or when.kind == "part":
        if when.year and is_written and when.year != year:
            message = f"`{at.text}` stands beside the year {year}; make them agree"
            raise InputError(at.mark.problem(message))
        return when._replace(year=when.year or year)
    return When("year", year) if when.kind == "total" and is_written else when


def _with_day(when: When, cell: Cell) -> When:
    text = re.sub("[日号]$", "", fold_width(cell.text))
    if not text.isascii() or not text.isdigit():
        return When("part", when.year, when.month, when.month)
    try:
        date(when.year or 2000, when.month, int(text))
    except ValueError:
        return When("impossible")
    return When("day", when.year, when.month, int(text))


def check_agreement(frame: Frame, columns: PeriodColumns, rows: Sequence[PeriodRow]) -> None:
    """Raises `InputError` where a column says another month than the one that is read."""
    for column in columns.checks:
        for row in rows:
            said = read_when(row.cells[column].text)
            if said is None or row.when is None or not said.is_fine or not row.when.is_fine:
                continue
            same_year = not said.year or not row.when.year or said.year == row.when.year
            if said.kind in ("month", "day") and (not same_year or said.month != row.when.month):
                cell = row.cells[column]
                main = _called(frame, columns.main)
                raise InputError(
                    cell.mark.problem(
                        f"`{cell.text}` stands beside `{row.at.text}`: two {frame.line_word}s have periods,"
                        f" {main} and {_called(frame, column)}, and do not agree; keep one"
                    )
                )


def _constant(frame: Frame, column: int) -> bool:
    """Whether a column says the same in all rows, as the date of an export does."""
    texts = [text for text in _texts(frame, column)[:400] if read_when(text)]
    return len(texts) > 2 and len(set(texts)) == 1


def _texts(frame: Frame, column: int) -> list[str]:
    return [row[column].text for row in frame.body]


def _whens(frame: Frame, column: int) -> list[When]:
    found = (read_when(text) for text in _texts(frame, column)[:400])
    return [when for when in found if when is not None and when.is_fine]


def _is_daily(frame: Frame, column: int) -> bool:
    whens = _whens(frame, column)
    return 2 * sum(when.is_day for when in whens) > len(whens)


def _year_column(frame: Frame, main: int, candidates: Sequence[int]) -> int | None:
    if all(when.year for when in _whens(frame, main)):
        return None
    for column, name in enumerate(frame.names):
        if column == main or column in candidates:
            continue
        texts = [row[column].text for row in frame.body[frame.first :][:400] if row[column].text]
        whens = [read_when(text) for text in texts]
        years = [when for when in whens if when is not None and when.kind == "year"]
        others = [when for when in whens if when is None or when.kind not in ("year", "total", "part")]
        is_plain = any(when.weak for when in years) and not names_year(name)
        if years and not others and not (is_plain and (name or len({w.year for w in years}) > 3)):
            return column
    return None


def _day_column(frame: Frame, main: int) -> int | None:
    if not names_month(frame.names[main]) or _is_daily(frame, main):
        return None
    days = [c for c, name in enumerate(frame.names) if c != main and names_day(name)]
    return days[0] if len(days) == 1 else None


def _called(frame: Frame, column: int) -> str:
    name = frame.names[column]
    cell = frame.header[column] if frame.header else frame.body[0][column]
    return f"`{name}` ({cell.where})" if name else f"the one of `{cell.text}` ({cell.where})"


def _two_columns(frame: Frame, columns: Sequence[int]) -> InputError:
    first = frame.header[columns[0]] if frame.header else frame.body[0][columns[0]]
    named = " and ".join(_called(frame, column) for column in columns[:2])
    message = (
        f"two {frame.line_word}s have dates, {named}, and sales may be counted by either; keep one of them"
    )
    return InputError(first.mark.problem(message))
