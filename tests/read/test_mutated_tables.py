"""Whatever bytes a file of sales has, it is read as a table or refused at a place in it."""

import io
import time
from contextlib import suppress

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]  # it ships no py.typed
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import SHEET, changed, saved

from target_cascade.errors import AmountError, InputError, Located
from target_cascade.read.tables.figure_text import is_figure, read_figure, style_of, unit_of
from target_cascade.read.tables.files import grids_of
from target_cascade.read.tables.grid import Grid

SECONDS = 5
"""More than a file takes on the slowest machine that runs the tests; a second is meant."""

TABLE = "2011年销售（万元）\n月份;销售额\n" + "".join(
    f"2011-{month:02d};1.234,{month}\n" for month in range(1, 13)
)


def _by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["月份", "销售额"])
    for month in range(1, 13):
        sheet.append([month, month * 1.5])
    sheet.append(["合计", "=SUM(B2:B13)"])
    sheet.merge_cells("A20:C20")
    return saved(book)


def _by_xlsxwriter() -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, form = book.add_worksheet("销售"), book.add_format({"num_format": 'yyyy"年"m"月"'})
    for row in range(12):
        sheet.write_number(row, 0, 40544 + 31 * row, form)
        sheet.write_string(row, 1, f"{row}万")
        sheet.write_formula(row, 2, f"=A{row + 1}", None, row)
    book.close()
    return file.getvalue()


REAL = [TABLE.encode(), TABLE.encode("gbk"), TABLE.encode("utf-16"), _by_openpyxl(), _by_xlsxwriter()]
PARTS = (SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels")
edits = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["put", "cut", "repeat"]), st.binary(max_size=8)),
    min_size=1,
    max_size=4,
)


def mutated(raw: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    for place, how, new in changes:
        at = int(place * len(raw))
        if how == "put":
            raw = raw[:at] + new + raw[at + len(new) :]
        elif how == "cut":
            raw = raw[:at] + raw[at + 1 + len(new) * 8 :]
        else:
            raw = raw[:at] + raw[at : at + 40] * (1 + len(new)) + raw[at + 40 :]
    return raw


def check(raw: bytes) -> None:
    begun = time.monotonic()
    grids, problems = read(raw)
    for problem in problems:
        assert (problem.file, "\x00" in problem.message) == ("f", False)
        assert problem.line > 0
        assert problem.column > 0
    for grid in grids:
        _check_grid(grid)
    assert time.monotonic() - begun < SECONDS


def read(raw: bytes) -> tuple[list[Grid], tuple[Located, ...]]:
    try:
        return grids_of(raw, "f"), ()
    except InputError as error:
        return [], error.problems


def _check_grid(grid: Grid) -> None:
    cells = [cell for row in grid.rows for cell in row]
    assert all(any(cell.text for cell in row) for row in grid.rows)
    for cell in cells:
        assert cell.text == cell.text.strip()
        assert cell.mark.problem("x").line == cell.mark.line + 1
        with suppress(AmountError):
            unit_of(cell.text)
    try:
        style = style_of(cells, grid.separator)
    except InputError:
        return
    for cell in cells:
        try:
            read_figure(cell, style)
        except InputError:
            continue
        assert is_figure(cell.text)


@given(st.sampled_from(REAL), edits)
def test_mutated_file_is_a_table_or_refused(raw: bytes, changes: list[tuple[float, str, bytes]]) -> None:
    check(mutated(raw, changes))


@given(st.sampled_from(REAL[3:]), st.sampled_from(PARTS), edits)
def test_workbook_with_a_mutated_part_is_a_table_or_refused(
    raw: bytes, part: str, changes: list[tuple[float, str, bytes]]
) -> None:
    check(changed(raw, part, lambda content: mutated(content, changes)))


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes_are_a_table_or_refused(raw: bytes) -> None:
    check(raw)


@given(st.text(alphabet="12,.;'\t\"\n -()%￥万元月abc（）#=sep\u3000\x85", max_size=60))
def test_any_text_of_the_letters_of_tables_is_a_table_or_refused(text: str) -> None:
    check(text.encode())
