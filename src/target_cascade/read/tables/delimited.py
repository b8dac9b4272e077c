"""The text of a CSV → its grid: cells apart by a comma, a semicolon or a tab, as the text itself shows."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from target_cascade.errors import InputError, Located
from target_cascade.pattern import Pattern
from target_cascade.read.source import Mark, Source
from target_cascade.read.tables.grid import Cell, Grid, cell_text

MOST_CELLS = 300_000
MOST_ROWS = 25_000
MOST_COLUMNS = 2_000
"""Of a CSV; the days of sixty years by twelve columns, which take a second."""

_LONGEST_LINE = 1_000_000
_SEPARATORS = "\t;,"
"""The likeliest first: a comma stands in amounts too, as in ``2011-01;1.234,56``."""
_OTHERS = {
    "，": "`，`, the full-width comma",
    "；": "`；`, the full-width semicolon",
    "|": "`|`",
    "、": "`、`",
}
_ROWS_LOOKED_AT = 400
_SEP_LINE = Pattern(r'"?sep=(.)"?[\t;,]*\s*', re.IGNORECASE)
_AS_TEXT = Pattern(r'="([^"]*)"')
"""How exports keep a spreadsheet from reading ``0012`` as a number."""

_FORMS = (
    (
        "<?xml",
        Pattern(r"<\?xml.*urn:schemas-microsoft-com:office", re.DOTALL),
        "a workbook in the XML of Excel 2003",
    ),
    (
        "<",
        Pattern(r"<(?:!doctype\s+html|html|head|meta|body|style|div|table|tr)\b|<\?xml.*<html\b", re.DOTALL),
        "a web page (HTML)",
    ),
    ("<", Pattern(r"<\?xml|<[a-z][\w:.-]*[\s/>]"), "XML"),
    ("mime-version:", Pattern(""), "a web page (MHTML)"),
    ("from:", Pattern(r"from:.*\nsubject:.*\n.*mime-version:", re.DOTALL), "a web page (MHTML)"),
    ("{", Pattern(r'\{\s*["}]'), "JSON"),
    ("[", Pattern(r"\[\s*[\[{]"), "JSON"),
    (r"{\rtf", Pattern(""), "a text document (RTF)"),
    ("id;p", Pattern(r"id;p[a-z]"), "SYLK, an old form of spreadsheets"),
    ("%pdf-", Pattern(""), "a PDF"),
)
"""How a text begins, in small letters, that is no CSV whatever it is called: its first letters, all of it."""


class _Widths(NamedTuple):
    """How many rows have as many cells as most rows do, of how many rows."""

    alike: int
    rows: int


def grid_of(source: Source, encoding: str) -> Grid:
    """The rows of a CSV that have any text.

    Raises `InputError` where the text is in another form, where a quote is not closed, and where there
    are more than `MOST_CELLS` cells, `MOST_ROWS` rows or `MOST_COLUMNS` columns.
    """
    check_form(source)
    _check_size(source)
    separator = separator_of(source)
    rows: list[list[Cell]] = []
    width = 0
    for row in csv_rows(source, separator):
        width = max(width, len(row))
        count = width * (len(rows) + 1)  # Short rows are filled up later.
        if any(cell.text for cell in row[MOST_COLUMNS:]):
            message = f"this row has more than {MOST_COLUMNS:,} cells, and a table of days has 366 columns"
            raise InputError(row[0].mark.problem(message)._replace(text=""))
        if count > MOST_CELLS or len(rows) == MOST_ROWS:
            most = f"{MOST_CELLS:,} cells" if count > MOST_CELLS else f"{MOST_ROWS:,} rows"
            message = f"there are more than {most} up to here; sum the file by day or by month"
            raise InputError(row[0].mark.problem(message)._replace(text=""))
        rows.append(row)
    return Grid(source.name, encoding, separator, rows)


def _check_size(source: Source) -> None:
    # The lines are counted before the text is cut into them, which takes ten times its memory.
    problem = ""
    if max(source.text.count("\n"), source.text.count("\r")) > MOST_CELLS:
        problem = f"there are more than {MOST_CELLS:,} lines; sum the file by day or by month"
    elif max(map(len, source.lines)) > _LONGEST_LINE:
        problem = f"a line has more than {_LONGEST_LINE:,} characters, so this is no table"
    if problem:
        raise InputError(Located(source.name, 1, 1, problem))


def check_form(source: Source) -> None:
    """Raises `InputError` where the text is HTML, XML, JSON or the like, as exports called .xls are."""
    start = source.text[:2000].lstrip().lower()
    for begins, pattern, form in _FORMS:
        if start.startswith(begins) and pattern.match(start):
            message = f"this is {form}, whatever the file is called; open it in a spreadsheet and save it as"
            raise InputError(
                Mark(source, 0, 0).problem(f"{message} .xlsx, or as CSV in UTF-8")._replace(text="")
            )


def separator_of(source: Source) -> str:
    """What stands between the cells: the separator by which most rows have as many cells as each other;
    a comma where the file has one column.

    Raises `InputError` where it is a sign that is not read, such as the full-width comma.
    """
    if named := _SEP_LINE.fullmatch(source.line(0)):
        if named[1] not in _SEPARATORS:
            message = f"the cells are separated by `{named[1]}`; save the file with `,`, `;` or tabs"
            raise InputError(Mark(source, 0, 0).problem(message))
        return named[1]
    lines = [line for line in source.lines[:_ROWS_LOOKED_AT] if line.strip()]
    widths = {sign: _widths(lines, sign) for sign in _SEPARATORS}
    if sum(bool(re.search(r"\t\s*[;,]", line)) for line in lines) * 2 >= max(len(lines), 1):
        del widths["\t"]  # Cells that end in a tab, which keeps spreadsheets from reading 0012 as 12.
    best = max(widths, key=lambda sign: widths[sign].alike / max(widths[sign].rows, 1))
    if widths[best].alike < widths[best].rows:
        _refuse_others(source, lines, widths[best])
    return best if widths[best].alike else ","


def _widths(lines: list[str], separator: str) -> _Widths:
    """Of rows with two cells or more."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True)
    counts: Counter[int] = Counter()
    with suppress(csv.Error):  # Reading it will tell; what went before counts.
        counts.update(len(row) for row in reader)
    rows = counts.total()
    return _Widths(max((count for width, count in counts.items() if width > 1), default=0), rows)


def _refuse_others(source: Source, lines: list[str], best: _Widths) -> None:
    for sign, name in _OTHERS.items():
        having = sum(sign in line for line in lines)
        if len(lines) > 1 and having * best.rows > best.alike * len(lines) and having * 3 >= len(lines) * 2:
            line = next(at for at, line in enumerate(source.lines) if sign in line)
            mark = Mark(source, line, source.line(line).index(sign))
            hint = "put a plain `,` between them, and amounts with commas in quotes"
            raise InputError(mark.problem(f"the cells are separated by {name}; {hint}"))


def csv_rows(source: Source, separator: str = ",") -> Iterator[list[Cell]]:
    """The rows that have any text, as cells. Raises `InputError` where a row cannot be read."""
    lines = source.lines  # Once: of a text that was read twice, each asking compares the whole of it.
    for line, row in text_rows(source, separator):
        yield list(_cells(row, separator, source, lines, line))


def text_rows(source: Source, separator: str, first: int = 0) -> Iterator[tuple[int, list[str]]]:
    """The rows that have any text, from the line `first` on, as they are written; each with its line.

    Raises `InputError` where a row cannot be read.
    """
    lines = source.lines
    reader = csv.reader(
        (f"{line}\n" for line in islice(lines, first, None)), delimiter=separator, strict=True
    )
    line = first
    try:
        if not first and _SEP_LINE.fullmatch(source.line(0)):
            line = len(list(islice(reader, 1)))
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = first + reader.line_num
    except csv.Error as error:
        raise InputError(Mark(source, line, 0).problem(_in_plain_words(error))) from None


def cells_of(row: list[str], separator: str, source: Source, line: int) -> list[Cell]:
    """The cells of a row that begins in a line."""
    return list(_cells(row, separator, source, source.lines, line))


def _cells(row: list[str], separator: str, source: Source, lines: list[str], line: int) -> Iterator[Cell]:
    """The cells of a row that begins in a line; it ends in a later one where cells have line breaks."""
    at = 0
    if '"' not in lines[line]:  # What stands in most files is the fastest.
        for cell in row:
            yield Cell(text_of_cell(cell), Mark(source, line, at + len(cell) - len(cell.lstrip())))
            at += len(cell) + 1
        return
    for cell in row:
        first, *rest = cell.split("\n") if "\n" in cell else (cell,)
        found = lines[line].find(_in_quotes(first), at)
        start = (found if found >= 0 else at) + len(first) - len(first.lstrip())
        yield Cell(text_of_cell(cell), Mark(source, line, start))
        end = start + len(first.lstrip())
        if rest:
            line = min(line + len(rest), len(lines) - 1)
            end = max(lines[line].find(_in_quotes(rest[-1])), 0) + len(rest[-1])
        at = lines[line].find(separator, end) + 1 or end


def text_of_cell(written: str) -> str:
    """What a cell of a CSV says: without the spaces around it, and without what keeps a spreadsheet from
    reading a number."""
    text = cell_text(written)
    if text[:1] in ("`", "'") and text[1:2].isdigit() and text[1:4] != "000":
        return text[1:]  # What exports keep a spreadsheet from reading a number with, as those of WeChat do.
    match = _AS_TEXT.fullmatch(text) if text.startswith("=") else None
    return cell_text(match[1]) if match else text


def _in_quotes(text: str) -> str:
    return text.replace('"', '""') if '"' in text else text


def _in_plain_words(error: csv.Error) -> str:
    if "end of data" in str(error):
        return "a quote is opened in this row and not closed"
    if "field limit" in str(error):
        return f"a cell of this row has more than {csv.field_size_limit():,} characters"
    return f"this row is not CSV: {error}"
