"""Last year's amounts from a CSV of `month,amount` or `date,amount` in UTF-8."""

import csv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path as FilePath
from typing import NamedTuple

from target_cascade.amount import parse_amount
from target_cascade.calendar import PlanYear
from target_cascade.errors import AmountError, CalendarError, InputError, Located
from target_cascade.period_text import parse_date, parse_month
from target_cascade.read.source import Mark, Revised, Source
from target_cascade.read.text_file import read_source

_MAX_BYTES = 20_000_000
_MOST_PROBLEMS = 20  # A file in another form has one in each row.


class Cell(NamedTuple):
    """A cell with its place; `text` is stripped."""

    text: str
    mark: Mark


class _Columns(NamedTuple):
    """What the header says: ``month`` or ``date``, where it stands, where the amounts stand, and how
    many columns there are."""

    kind: str
    when: int
    what: int
    width: int


class BaseFile(NamedTuple):
    """The amount of each month by its position, 0 to 11; `daily` where the file has them by day."""

    by_month: dict[int, Fraction]
    daily: bool


def read_base(path: FilePath | Revised, year: PlanYear) -> BaseFile:
    """The amounts of `year`.

    Rows of dates are gathered to months; a date without a row sold nothing. Raises `InputError`
    with every row that cannot be read, that stands twice or is not of `year` (the first of them in
    a long file), and every month without a row.
    """
    source = read_source(path if isinstance(path, Revised) else str(path), _MAX_BYTES, "the base", plain=True)
    rows = csv_rows(source)
    header = next(rows, None)
    if header is None:
        raise InputError(
            Mark(source, 0, 0).problem("the base is empty; write `month,amount` and a row a month")
        )
    sums, periods, problems = _sums(rows, _columns(header), year)
    absent = [month.label for i, month in enumerate(year.months) if i not in sums]
    if absent and not problems:
        hint = "last year has 12 months, write 0 for one without sales"
        problems = [header[0].mark.problem(f"no row is about {', '.join(absent)}; {hint}")]
    if problems:
        raise InputError(*problems)
    # Months may be written as dates too, each as one of its days.
    return BaseFile(sums, periods > len(year.months))


def _sums(
    rows: Iterator[list[Cell]], columns: _Columns, year: PlanYear
) -> tuple[dict[int, Fraction], int, list[Located]]:
    """The sums by month, of how many months or dates, and what is wrong with the rows."""
    problems: list[Located] = []
    sums: dict[int, Fraction] = {}
    first: dict[object, int] = {}
    for row in rows:
        at = row[0].mark
        if len(problems) == _MOST_PROBLEMS:
            problems.append(at.problem("and there may be more from here on")._replace(text=""))
            break
        try:
            position, period, amount = _read_row(row, columns, year)
        except InputError as error:
            problems.extend(error.problems)
            continue
        if period in first:
            cell = row[columns.when]
            message = (
                f"`{cell.text}` stands here a second time, the first is in line {first[period]}; keep one"
            )
            problems.append(cell.mark.problem(message))
        first.setdefault(period, at.line + 1)
        sums[position] = sums.get(position, Fraction(0)) + amount
    return sums, len(first), problems


def csv_rows(source: Source) -> Iterator[list[Cell]]:
    """The rows that have any text, as cells."""
    reader = csv.reader(source.lines, strict=True)
    line = 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield list(_cells(row, source, line))
            line = reader.line_num
    except csv.Error as error:
        raise InputError(Mark(source, line, 0).problem(_in_plain_words(error))) from None


def _cells(row: list[str], source: Source, line: int) -> Iterator[Cell]:
    text, at = source.line(line), 0
    for cell in row:
        found = text.find(cell.strip(), at)
        at = found if found >= 0 else at
        yield Cell(cell.strip(), Mark(source, line, at))
        at += len(cell.strip())


def _in_plain_words(error: csv.Error) -> str:
    if "end of data" in str(error):
        return "a quote is opened in this row and not closed"
    if "field limit" in str(error):
        return f"a cell of this row has more than {csv.field_size_limit():,} characters"
    return f"this row is not CSV: {error}"


def _columns(header: list[Cell]) -> _Columns:
    names = [cell.text.lower() for cell in header]
    kinds = [name for name in names if name in ("month", "date")]
    if len(kinds) == 1 and names.count("amount") == 1:
        return _Columns(kinds[0], names.index(kinds[0]), names.index("amount"), len(names))
    raise InputError(
        header[0].mark.problem("the first line should name the columns, `month,amount` or `date,amount`")
    )


def _read_row(row: list[Cell], columns: _Columns, year: PlanYear) -> tuple[int, object, Fraction]:
    """The month's position, the month or date itself, and the amount."""
    if len(row) <= max(columns.when, columns.what):
        raise InputError(row[0].mark.problem("this row has fewer cells than the first line"))
    if beyond := [cell for cell in row[columns.width :] if cell.text]:
        hint = "an amount with commas stands in quotes"
        raise InputError(beyond[0].mark.problem(f"this row has more cells than the first line; {hint}"))
    cell = row[columns.when]
    try:
        if columns.kind == "month":
            position = parse_month(cell.text, year)
            period: object = position
        else:
            day = parse_date(cell.text)
            position, period = year.position(day), day
        cell = row[columns.what]
        return position, period, parse_amount(cell.text)
    except (AmountError, CalendarError) as error:
        raise InputError(cell.mark.problem(str(error))) from None
