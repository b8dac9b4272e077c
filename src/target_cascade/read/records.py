"""The records of a .csv or a .json: cells by the names of their columns, each at its place."""

import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.amount import parse_amount
from target_cascade.errors import AmountError, InputError, Located
from target_cascade.read.source import Mark, Source
from target_cascade.read.tables.delimited import check_form, csv_rows, separator_of
from target_cascade.read.tables.figure_text import Style, read_figure, style_of
from target_cascade.read.tables.grid import Cell, SheetMark

DIFFERENCE = "this is the difference of two plans, not their quotas; `plan export` writes what is read here"
_DIFFERENCE = re.compile(r'\s*\{\s*"(?:quarter|month|week|day)s"\s*:\s*\[\s*\{[^{}]*"old"\s*:')


class Record(NamedTuple):
    """A row or a JSON object, `name`d as messages call it: its cells by their columns."""

    name: str
    mark: Mark | SheetMark
    cells: Mapping[str, Cell]
    style: Style | None = None
    """How its amounts are written, where that is not as in a plan."""

    def cell(self, column: str) -> Cell:
        """The cell of a column. Raises `InputError` where there is none."""
        if column not in self.cells:
            raise InputError(self.problem(column, f"this has no `{column}`, as the first has"))
        return self.cells[column]

    def amount(self, column: str) -> Fraction:
        """The amount in a column. Raises `InputError` where there is none."""
        cell = self.cell(column)
        if self.style is not None:
            return read_figure(cell, self.style)
        try:
            return parse_amount(cell.text)
        except AmountError as error:
            raise InputError(self.problem(column, str(error))) from None

    def problem(self, column: str, message: str) -> Located:
        """`message` about the cell of a column."""
        mark = self.cells[column].mark if column in self.cells else self.mark
        # An editor finds a row by its line; an object may stand in one line with all others.
        return mark.problem(message if self.name.startswith("line") else f"{self.name}: {message}")


class Records(NamedTuple):
    """The records of a file, and which columns it has; `mark` is where these stand."""

    columns: Sequence[str]
    mark: Mark | SheetMark
    records: Sequence[Record]


def is_difference(text: str) -> bool:
    """Whether a JSON is what `plan diff` writes; a plan has `days` and `weeks` too, but no `old`."""
    return _DIFFERENCE.match(text) is not None


def csv_records(source: Source) -> Records:
    """Each row below the first, which names the columns. Raises `InputError`."""
    check_form(source)
    separator = separator_of(source)
    rows = csv_rows(source, separator)
    header = next(rows, None)
    if header is None:
        raise InputError(Mark(source, 0, 0).problem("the export is empty"))
    columns = [cell.text.lower() for cell in header]
    for at, cell in enumerate(header):
        if cell.text and columns[at] in columns[:at]:
            raise InputError(cell.mark.problem(f"a second column is called `{cell.text}`; keep one"))
    records = []
    for row in rows:
        if beyond := [cell for cell in row[len(header) :] if cell.text]:
            hint = "an amount with commas stands in quotes"
            raise InputError(beyond[0].mark.problem(f"this row has more cells than the first line; {hint}"))
        mark = row[0].mark
        records.append(Record(f"line {mark.line + 1}", mark, dict(zip(columns, row, strict=False))))
    return Records(columns, header[0].mark, records if separator == "," else _styled(records, separator))


def _styled(records: list[Record], separator: str) -> list[Record]:
    """Of a file that a spreadsheet has saved again, perhaps where decimals have a comma."""
    quotas = [record.cells["quota"] for record in records if "quota" in record.cells]
    style = style_of(quotas, separator)
    return [record._replace(style=style) for record in records]


def json_records(source: Source) -> Records:
    """Each object of a list, with numbers as the text that they are written in. Raises `InputError`."""
    # No float ever touches an amount.
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
    objects = _json_list(source, decoder)
    records: list[Record] = []
    at = source.text.index("[")
    for number, each in enumerate(objects, start=1):
        at = _after_spaces(source.text, at + 1)
        mark = _mark(source, at)
        if not isinstance(each, dict):
            like = '{"month": "2012-11", "quota": 8400000}'
            raise InputError(mark.problem(f"record {number} is no object, such as {like}"))
        cells = {key: Cell(_text(value), mark) for key, value in each.items()}
        records.append(Record(f"record {number}", mark, cells))
        _, end = decoder.raw_decode(source.text, at)
        at = _after_spaces(source.text, end)  # the comma
    columns = list(records[0].cells) if records else []
    return Records(columns, records[0].mark if records else Mark(source, 0, 0), records)


def _json_list(source: Source, decoder: json.JSONDecoder) -> list[object]:
    start = Mark(source, 0, 0)
    if not source.text.strip():
        raise InputError(start.problem("the export is empty"))
    try:
        objects: object = decoder.decode(source.text)
    except json.JSONDecodeError as error:
        mark = Mark(source, error.lineno - 1, error.colno - 1)
        raise InputError(mark.problem(f"this is no JSON: {error.msg}")) from None
    except RecursionError:
        raise InputError(start.problem("this nests deeper than an export does")) from None
    if is_difference(source.text):
        raise InputError(start.problem(DIFFERENCE))
    if not isinstance(objects, list):
        raise InputError(start.problem("an export is a list of objects, one for each period"))
    return objects


def _after_spaces(text: str, at: int) -> int:
    while text[at].isspace():
        at += 1
    return at


def _mark(source: Source, at: int) -> Mark:
    return Mark(source, source.text.count("\n", 0, at), at - source.text.rfind("\n", 0, at) - 1)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
