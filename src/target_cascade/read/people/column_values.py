"""The cells of a column → values; each that is written the same is read once."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Generic, NamedTuple, TypeVar

from target_cascade.amount import fold_width, parse_fraction, plain
from target_cascade.calendar import PlanYear
from target_cascade.errors import InputError, Located, TargetCascadeError
from target_cascade.period_text import parse_days
from target_cascade.read.people.light_table import NOWHERE, LightTable
from target_cascade.read.people.named_columns import Columns
from target_cascade.read.tables.figure_text import (
    Style,
    is_figure,
    own_unit,
    read_figure,
    read_share,
    says_nothing,
    style_of,
)
from target_cascade.read.tables.grid import Cell

T = TypeVar("T")

MOST_PROBLEMS = 50
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<sign>[-/.年])(?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})日?|月?)"
    r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?",
    re.ASCII,
)
_DIGITS_OF_A_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_STAYS = ("至今", "在职", "present", "now", "today", "今")
_THREE_DECIMALS = re.compile(r"\d+\.\d{3}", re.ASCII)
_WITH_POINT = re.compile(r"\d+\.(?:\d\d?|\d{4,15})", re.ASCII)
_PLAIN = re.compile(r"(\d{1,15})(?:\.(\d{1,15}))?", re.ASCII)
_END_OF_GROUPS = re.compile(r"\d{3}(?:\.\d+)?", re.ASCII)
_ERRORS = ("#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!", "#spill!")


class Told:
    """What is wrong with a table, in its order; of many problems the first, for nobody reads more."""

    def __init__(self, table: LightTable) -> None:
        self.table = table
        self.problems: list[Located] = []

    @property
    def is_full(self) -> bool:
        """Whether nothing more is to be looked for."""
        return len(self.problems) > MOST_PROBLEMS

    def add(self, row: int, column: int, message: str) -> None:
        """`message` at a cell."""
        if len(self.problems) == MOST_PROBLEMS:
            message = "and there may be more from here on"
        self.problems.append(self.table.problem(row, column, message))

    def raise_any(self) -> None:
        """Raises `InputError` where there is any."""
        if self.problems:
            raise InputError(*self.problems[: MOST_PROBLEMS + 1])


class Column(NamedTuple, Generic[T]):
    """A column of values; None stands for an empty cell."""

    told: Told
    place: int | None
    read: Callable[[Cell], T]
    known: dict[object, T]

    def at(self, row: int) -> T | None:
        """The value in a row; None where there is none, or where it is wrong, which is told."""
        if self.place is None:
            return None
        table = self.told.table
        texts = table.rows[row]
        if self.place >= len(texts) or not (text := texts[self.place]):
            return None
        kept = table.kept.get((row, self.place)) if table.kept else None
        key = (kept.text, kept.kind, kept.divided_by) if kept else text
        if key in self.known:
            return self.known[key]
        try:
            value = self.read(kept._replace(mark=NOWHERE) if kept else Cell(text, NOWHERE))
        except InputError as error:
            self.told.add(row, self.place, error.problems[0].message)
        except (TargetCascadeError, ValueError) as error:
            self.told.add(row, self.place, str(error))
        else:
            self.known[key] = value
            return value
        return None


class ValueColumns(NamedTuple):
    """The columns of a table as values of each kind, in the one style that its figures have."""

    told: Told
    columns: Columns
    style: Style
    year: PlanYear

    def amounts(self, meaning: str) -> Column[Fraction]:
        """Amounts from 0, in units of currency."""
        worth = self.columns.units.get(meaning, Fraction(1))
        return self._column(meaning, lambda cell: _amount(cell, self.style, worth))

    def numbers(self, meaning: str) -> Column[Fraction]:
        """Numbers from 0, in any unit."""
        return self._column(meaning, lambda cell: _number(cell, self.style))

    def shares(self, meaning: str) -> Column[Fraction]:
        """Parts of a whole, from 0 to 1."""
        return self._column(meaning, lambda cell: _share(cell, self.style))

    def first_days(self, meaning: str) -> Column[date]:
        """Days, and the first ones of months."""
        return self._column(meaning, lambda cell: parse_days(_day_text(cell), self.year).start)

    def last_days(self, meaning: str) -> Column[date]:
        """Days, and the last ones of months."""
        return self._column(meaning, lambda cell: parse_days(_day_text(cell), self.year).end)

    def texts(self, meaning: str) -> Column[str]:
        """Remarks, on one line."""
        return self._column(meaning, text_in)

    def of(self, meaning: str, read: Callable[[Cell], T]) -> Column[T]:
        """Values that `read` makes of cells."""
        return self._column(meaning, read)

    def _column(self, meaning: str, read: Callable[[Cell], T]) -> Column[T]:
        return Column(self.told, self.columns.places.get(meaning), read, {})


def value_columns(
    told: Told, columns: Columns, year: PlanYear, amounts: Sequence[str], numbers: Sequence[str]
) -> ValueColumns:
    """The columns of a table. Raises `InputError` where nothing tells how its figures are written."""
    figures = [columns.places[meaning] for meaning in (*amounts, *numbers) if meaning in columns.places]
    lenient = {columns.places[meaning] for meaning in numbers if meaning in columns.places}
    told_apart = list(_figures(told.table, columns.header, figures, lenient))
    try:
        style = style_of((told.table.cell(*at, placed=False) for at in told_apart), told.table.separator)
    except InputError:
        style = style_of((told.table.cell(*at) for at in told_apart), told.table.separator)
    return ValueColumns(told, columns, style, year)


def _figures(
    table: LightTable, header: int, columns: Sequence[int], lenient: set[int]
) -> Iterator[tuple[int, int]]:
    """Where a figure stands that may tell how figures are written, each text once; of those that have
    decimals behind a point beyond doubt, the first.

    A weight of 1.125 does not make a file doubtful where no amount does, but with semicolons between
    cells, where decimals have commas.
    """
    seen: set[str] = set()
    has_point = False
    for row in range(header + 1, len(table.rows)):
        texts = table.rows[row]
        for column in columns:
            text = texts[column] if column < len(texts) else ""
            if text in seen or not ("," in text or "." in text):
                continue
            if _WITH_POINT.fullmatch(text):
                if has_point:
                    continue
                has_point = True
            if column in lenient and table.separator != ";" and _THREE_DECIMALS.fullmatch(text):
                continue
            seen.add(text)
            yield row, column


def has_its_width(told: Told, columns: Columns, row: int, texts: Sequence[str] = ()) -> bool:
    """Whether a row of a CSV has its cells below their names: a comma in an amount makes one cell more.

    `texts` are columns in which the rest of an amount would not be seen otherwise.
    """
    table = told.table
    if table.sheet:
        return True
    width = len(table.rows[columns.header])
    if len(table.rows[row]) > width:
        hint = "a text or an amount with commas stands in quotes"
        told.add(row, width, f"this row has more cells than the header; {hint}")
        return False
    for meaning in texts if table.separator == "," else ():
        place = columns.places.get(meaning, 0)
        rest, digits = table.text(row, place), table.text(row, place - 1) if place else ""
        is_figure_column = place - 1 in columns.places.values()
        if _END_OF_GROUPS.fullmatch(rest) and digits.isdigit() and len(digits) < 4 and is_figure_column:
            message = f"`{rest}` may be the rest of `{digits},{rest}`"
            told.add(row, place, f"{message}; an amount with commas stands in quotes")
            return False
    return True


def text_in(cell: Cell) -> str:
    """A text on one line. Raises `ValueError` where it is an error of a spreadsheet, or cannot be shown."""
    text = " ".join(cell.text.split())
    if cell.kind == "error" or text.lower() in _ERRORS:
        raise ValueError(f"`{text}` is an error of the spreadsheet; mend it there and save the file again")
    if not text.isprintable():
        raise ValueError("this cell has characters that cannot be printed; type its text anew")
    return text


def _figure(cell: Cell, read: Callable[[Cell, Style], Fraction], style: Style) -> Fraction:
    if (match := _PLAIN.fullmatch(cell.text)) and (style.decimal == "." or not match[2]) and cell.divided_by:
        decimals = match[2] or ""  # What most figures are, and faster than all forms that there are.
        return Fraction(int(match[1] + decimals), 10 ** len(decimals))
    if says_nothing(cell.text):
        raise ValueError(f"`{cell.text}` is no number; leave the cell empty, or write 0 for a true zero")
    if cell.kind == "text" and not is_figure(cell.text) and not cell.text.startswith(("#", "=")):
        raise ValueError(f"`{cell.text}` is no number; write its digits, such as 1234567.89, or nothing")
    value = read(cell, style)
    if value < 0:
        raise ValueError(f"`{cell.text}` is below 0; only 0 and more makes sense here")
    return value


def _amount(cell: Cell, style: Style, worth: Fraction) -> Fraction:
    value = _figure(cell, read_figure, style)
    if worth == 1:
        return value
    if own_unit(cell.text) or cell.divided_by != 1:
        raise ValueError(
            f"`{cell.text}` has a unit of its own, and so has its column; write the unit in one place"
        )
    return value * worth


def _number(cell: Cell, style: Style) -> Fraction:
    return _figure(cell, read_share, style)


def _share(cell: Cell, style: Style) -> Fraction:
    value = _figure(cell, read_share, style)
    is_percentage = fold_width(cell.text).rstrip().endswith(("%", "‰"))
    part = value if is_percentage else parse_fraction(plain(value))
    if part > 1:
        raise ValueError(f"`{cell.text}` is more than 100 %; a share is a part of what stands above")
    return part


def _day_text(cell: Cell) -> str:
    text = year_first(text_in(cell))
    if says_nothing(text) or text.lower() in _STAYS:
        raise ValueError(f"`{cell.text}` is no date; leave the cell empty")
    return text


def year_first(text: str) -> str:
    """A date or a month with the year first as the plan file writes it; any other text as it is."""
    text = fold_width(text).strip()
    if match := _DIGITS_OF_A_DAY.fullmatch(text):
        return "-".join(match.groups())
    match = _YEAR_FIRST.fullmatch(text)
    if match is None or (match["sign"] == "." and not match["day"]):
        return text  # 2012.1 may be October without its zero.
    day = f"-{int(match['day']):02d}" if match["day"] else ""
    return f"{match['year']}-{int(match['month']):02d}{day}"
