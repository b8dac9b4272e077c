"""Workbook → .xlsx, with live sums; the only place that imports XlsxWriter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from io import BytesIO

import xlsxwriter  # type: ignore[import-untyped]  # it ships no py.typed
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell  # type: ignore[import-untyped]

from target_cascade.report.table import Cell, Chart, Kind, Notes, Row, Stretch, Workbook
from target_cascade.sentence import Figure, Sentence
from target_cascade.write.cell_text import sentence_text
from target_cascade.write.csv import harmless
from target_cascade.write.sheet import Sheet, SheetColumn, lines, places, sheet
from target_cascade.write.xlsx_format import (
    BREAK,
    DARK,
    FACT,
    FACT_LINE,
    GROUP,
    HEAD,
    HEAD_OF_NUMBERS,
    LINE,
    MIDDLE,
    REMARK,
    ROW,
    SECTION,
    STATED,
    TITLE,
    TITLE_SIZE,
    TOTAL,
    Properties,
    cell_style,
    kept_number,
    number_format,
    text_style,
)

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # a clock would give the same plan other bytes each day
_A4 = 9
_PORTRAIT = 110
"""Up to how wide a sheet prints upright; a wider one would come out too small."""
_ONE_PAGE = 70
"""Up to how many rows a sheet prints on one page; a year's weeks do."""
_LETTERS = 1.1
"""Letters of a text that have room where a digit has."""
_SHORT = 60
"""Characters of a title where there is little room."""

_SIZE, _AXIS_SIZE = 11, 8
_TITLE_POINTS, _HEAD_POINTS, _ROW_POINTS = 26, 21, 16
_CHART_ROWS = 26
"""Sizes and heights are in points, of which an inch has 72; it has 96 pixels."""


@dataclass(frozen=True)
class _Page:
    """A worksheet, its layout, and what makes a format of properties, each once in a workbook."""

    worksheet: xlsxwriter.worksheet.Worksheet
    sheet: Sheet
    format: Callable[..., xlsxwriter.format.Format]

    def write(self, row: int, at: int, cell: Cell, kind: Kind, properties: Properties) -> None:
        """Put a value of a kind into a cell; text stays text, whatever it begins with."""
        match cell:
            case None:
                self.worksheet.write_blank(row, at, None, self.format(**properties))
            case str():
                # With the prefix it stays text even where a person edits the cell.
                prefix: Properties = {"quote_prefix": True} if harmless(cell) != cell else {}
                self.worksheet.write_string(row, at, cell, self.format(**properties, **prefix))
            case date():
                self.worksheet.write_datetime(row, at, cell, self.format(**properties))
            case Figure():
                self.write(row, at, cell.value, cell.kind, properties)
            case Sentence():
                self.write(row, at, sentence_text(cell), kind, properties)
            case Stretch():
                self.write(row, at, None, kind, properties)
            case _:
                self.worksheet.write_number(row, at, kept_number(cell, kind), self.format(**properties))

    def write_formula(self, row: int, at: int, formula: str, value: object, properties: Properties) -> None:
        """Put a formula into a cell, with its value for programs that do not calculate."""
        self.worksheet.write_formula(row, at, f"={formula}", self.format(**properties), value)


def xlsx_bytes(workbook: Workbook) -> bytes:
    """The workbook as a file; the same tables give the same bytes.

    Sums, shares and ratios are formulas with their values beside them. Raises `OutputError` for
    amounts with more digits than a spreadsheet keeps, and for texts that are too long for a cell.
    """
    sheets = [sheet(table) for table in workbook.tables]
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties({"title": _short(workbook.tables[0].title), "created": _CREATED})

    @cache
    def made(**properties: str | int | bool) -> xlsxwriter.format.Format:
        return book.add_format(properties)

    for layout in sheets:
        page = _Page(book.add_worksheet(layout.table.name), layout, made)
        _set_up(page)
        _write_heading(page)
        _write_table(page)
        chart = workbook.chart
        if chart is not None and chart.table == layout.table.name:
            _draw(page, chart, book.add_chart({"type": "column"}))
            _set_up_print(page, rows_below=1 + _CHART_ROWS + 1)
        else:
            _set_up_print(page, rows_below=_write_below(page, workbook.below.get(layout.table.name, ())))
    book.close()
    return stream.getvalue()


def _set_up(page: _Page) -> None:
    """What is seen on opening."""
    layout, worksheet = page.sheet, page.worksheet
    worksheet.set_default_row(_ROW_POINTS)
    worksheet.hide_gridlines(2)
    worksheet.freeze_panes(layout.first, 0)
    for at, column in enumerate(layout.columns):
        worksheet.set_column(at, at, column.width)
    if layout.rows:
        body = layout.first, 0, layout.last, len(layout.columns) - 1
        if not layout.groups:  # A filter or an order of its own would tear the rows from their sums.
            worksheet.autofilter(layout.head, *body[1:])
        # A name such as 618 is meant as text.
        worksheet.ignore_errors({"number_stored_as_text": xl_range(*body)})


def _set_up_print(page: _Page, rows_below: int) -> None:
    """A4, one page wide, the head on every page; `rows_below` are those of a chart."""
    layout, worksheet = page.sheet, page.worksheet
    worksheet.set_paper(_A4)
    if layout.width > _PORTRAIT:
        worksheet.set_landscape()
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.75)
    worksheet.center_horizontally()
    worksheet.print_area(0, 0, layout.last + 1 + rows_below, len(layout.columns) - 1)
    worksheet.fit_to_pages(1, 1 if len(layout.rows) <= _ONE_PAGE else 0)
    worksheet.repeat_rows(layout.head)
    worksheet.set_footer(f"&L&9{_footer_text(layout.table.title)} · &A&R&9Page &P of &N")


def _write_heading(page: _Page) -> None:
    """The title over all columns, and the facts below it."""
    table, last = page.sheet.table, len(page.sheet.columns) - 1
    page.worksheet.merge_range(0, 0, 0, last, "", page.format(**TITLE))
    page.write(0, 0, table.title, "text", TITLE)
    title_lines = lines(table.title, page.sheet.width * _SIZE / TITLE_SIZE)
    page.worksheet.set_row(0, title_lines * _TITLE_POINTS)
    for row, fact in enumerate(table.facts, 1):
        if isinstance(fact.value, Sentence):
            said = sentence_text(fact.value)
            _write_line(page, row, f"{fact.label}: {said}" if fact.label else said, FACT_LINE)
            continue
        decimals = places([fact.value]) if fact.kind == "amount" else STATED
        page.write(row, 0, fact.label, "text", {})
        page.write(row, 1, fact.value, fact.kind, FACT | number_format(fact.kind, decimals))
        page.write(row, 2, fact.remark, "text", REMARK)


def _write_line(page: _Page, row: int, text: str, properties: Properties) -> None:
    """A text over all columns, in as many lines as it takes."""
    last = len(page.sheet.columns) - 1
    if last:
        page.worksheet.merge_range(row, 0, row, last, "", page.format(**properties))
    page.write(row, 0, text, "text", properties)
    # Letters are narrower than digits, in which widths are measured; those of Chinese are twice as wide.
    width = page.sheet.width * (_LETTERS if text.isascii() else 1)
    page.worksheet.set_row(row, lines(text, width) * _ROW_POINTS)


def _write_below(page: _Page, blocks: Sequence[Notes]) -> int:
    """The remarks below a table; how many rows they take."""
    first = row = page.sheet.last + (2 if page.sheet.total is not None else 1)
    for block in blocks:
        row += 1
        if block.title:
            _write_line(page, row, block.title, SECTION)
            row += 1
        for note in block.notes:
            said = [sentence_text(part) for part in (note.head, *note.lines)]
            _write_line(page, row, " ".join(said), FACT_LINE)
            row += 1
    return row - first


def _write_table(page: _Page) -> None:
    layout = page.sheet
    page.worksheet.set_row(layout.head, _HEAD_POINTS)
    for at, column in enumerate(layout.columns):
        look = HEAD_OF_NUMBERS if column.is_number else text_style(column)
        page.write(layout.head, at, column.title, "text", HEAD | look)
    plain_row = ROW | {"valign": "top" if layout.wraps else "vcenter"}
    for i, row in enumerate(layout.rows):
        if layout.wraps:
            page.worksheet.set_row(layout.first + i, layout.lines(row) * _ROW_POINTS)
        _write_row(page, layout.first + i, row, _row_look(layout, i, row, plain_row))
    if layout.total is not None:
        _write_row(page, layout.last + 1, layout.total, TOTAL)


def _row_look(layout: Sheet, at: int, row: Row, plain_row: Properties) -> Properties:
    if row.role == "group":
        return plain_row | GROUP
    return plain_row | BREAK if at in layout.breaks else plain_row


def _write_row(page: _Page, at_row: int, row: Row, properties: Properties) -> None:
    """A row's cells; quotients are formulas everywhere, and so are sums of rows and of columns."""
    for at, column in enumerate(page.sheet.columns):
        cell, kind = row.cells[column.position], column.column.kind
        look = cell_style(column, cell) | properties
        if column.column.quotient is not None:
            formula = _quotient(page.sheet, at_row, *column.column.quotient)
            value = kept_number(cell, kind) if isinstance(cell, Fraction) else ""
            page.write_formula(at_row, at, formula, value, look)
            continue
        formula = _sum_of_row(page.sheet, at_row, at, row, cell)
        number = cell if not isinstance(cell, Figure) else cell.value
        if formula and isinstance(number, int | Fraction):
            kept = kept_number(number, cell.kind if isinstance(cell, Figure) else kind)
            page.write_formula(at_row, at, formula, kept, look)
        else:
            page.write(at_row, at, cell, kind, look)


def _sum_of_row(layout: Sheet, at_row: int, at: int, row: Row, cell: Cell) -> str:
    """The formula of a cell that is a sum: of the rows of its group, of all rows or all groups, or of
    columns of its row; nothing for the others."""
    column = layout.columns[at]
    decimals = _decimals(cell, column)
    if row.role != "row" and column.column.kind in ("amount", "count"):
        return _rounded(f"SUM({_summed(layout, at_row, at, row)})", decimals)
    if row.role == "row" and column.column.sum_of:
        first, last = (layout.at(key) for key in (column.column.sum_of[0], column.column.sum_of[-1]))
        return _rounded(f"SUM({xl_range(at_row, first, at_row, last)})", decimals)
    return ""


def _decimals(cell: Cell, column: SheetColumn) -> int:
    if isinstance(cell, Figure):
        return places([Fraction(cell.value)]) if cell.kind == "amount" else 0
    return column.places


def _summed(layout: Sheet, at_row: int, at: int, row: Row) -> str:
    """The cells that a sum of a group, or of all rows, is of."""
    if row.role == "group":
        first, last = layout.group(at_row - layout.first)
        return str(xl_range(layout.first + first, at, layout.first + last, at))
    if layout.groups:
        return ",".join(xl_rowcol_to_cell(layout.first + group, at) for group in layout.groups)
    return str(xl_range(layout.first, at, layout.last, at))


def _rounded(formula: str, decimals: int) -> str:
    # 0.1 has no exact binary form, and a sum of such numbers drifts.
    return f"ROUND({formula},{decimals})" if decimals else formula


def _quotient(layout: Sheet, row: int, above: str, below: str) -> str:
    """A share of the total, or how many times another column; empty where that is nothing."""
    numerator = xl_rowcol_to_cell(row, layout.at(above))
    if below == "total":
        denominator = xl_rowcol_to_cell(layout.last + 1, layout.at(above), row_abs=True)
    else:
        denominator = xl_rowcol_to_cell(row, layout.at(below))
    return f'IF({denominator}=0,"",{numerator}/{denominator})'


def _draw(page: _Page, chart: Chart, drawing: xlsxwriter.chart.Chart) -> None:
    """The chart below the table, as wide as the table; its last series is the one that stands out."""
    layout = page.sheet
    for key in chart.series:
        color = DARK if key == chart.series[-1] else MIDDLE
        drawing.add_series({**_series(layout, chart.labels, key), "fill": {"color": color}, "gap": 60})
    font = {"size": _AXIS_SIZE, "bold": False}
    decimals = layout.columns[layout.at(chart.series[-1])].places
    grid = {"visible": True, "line": {"color": LINE, "width": 0.5}}
    drawing.set_title({"name": chart.title, "name_font": {"size": 12, "color": DARK}})
    drawing.set_x_axis({"num_font": font, "line": {"color": LINE}})
    drawing.set_y_axis(
        {
            **number_format("amount", decimals),
            "num_font": font,
            "min": 0,
            "line": {"none": True},
            "major_gridlines": grid,
        }
    )
    drawing.set_legend({"position": "bottom", "font": font} if len(chart.series) > 1 else {"none": True})
    drawing.set_chartarea({"border": {"none": True}})
    drawing.set_size({"width": _pixels(layout), "height": _CHART_ROWS * _ROW_POINTS * 96 // 72})
    # Type 2 moves with the rows above it and keeps its size when they are filtered.
    options = {"object_position": 2, "description": chart.title}
    page.worksheet.insert_chart(layout.last + 3, 0, drawing, options)


def _series(layout: Sheet, labels: str, amounts: str) -> dict[str, list[str | int]]:
    name, label, amount = layout.table.name, layout.at(labels), layout.at(amounts)
    return {
        "name": [name, layout.head, amount],
        "categories": [name, layout.first, label, layout.last, label],
        "values": [name, layout.first, amount, layout.last, amount],
    }


def _pixels(layout: Sheet) -> int:
    """The columns' width on screen: a digit of the standard font has 7 pixels, a cell's edges 5."""
    return sum(int(column.width * 7 + 0.5) + 5 for column in layout.columns)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def _footer_text(title: str) -> str:
    """The title with its `&` doubled, as the language of footers wants it.

    XlsxWriter takes `&G` and `&[` for pictures even there, and would drop the footer; a full-width ＆
    keeps it.
    """
    doubled = _short(title).replace("&", "&&")
    return doubled.replace("&&G", "＆G").replace("&&[", "＆[")
