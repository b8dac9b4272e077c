"""Workbooks for tests, as bytes, and what other programs would have written into them."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, time

import openpyxl
from openpyxl.workbook.workbook import Workbook

Value = str | float | bool | date | time
SHEET = "xl/worksheets/sheet1.xml"
BEGIN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"


def saved(book: Workbook) -> bytes:
    """The file that openpyxl makes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    book.close()
    return file.getvalue()


def of_cells(values: Mapping[str, Value], formats: Mapping[str, str] | None = None) -> bytes:
    """A workbook of one sheet with values at addresses such as ``B2``."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for address, value in values.items():
        sheet[address] = value
    for address, number_format in (formats or {}).items():
        sheet[address].number_format = number_format
    return saved(book)


def changed(raw: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with another content of one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info.filename)
            new.writestr(info.filename, change(content) if info.filename == member else content)
    return file.getvalue()


def of_sheet(xml: str) -> bytes:
    """A workbook whose one sheet has this XML between the tags of its data."""
    return changed(of_cells({"A1": 1}), SHEET, lambda _: f"{BEGIN}{xml}{END}".encode())


def of_members(*names: str) -> bytes:
    """A zip with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()
