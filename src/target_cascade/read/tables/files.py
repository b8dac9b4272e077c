"""A CSV or a workbook → its grids, told apart by what is in the file."""

from target_cascade.errors import InputError, Located
from target_cascade.read.source import Revised, Source
from target_cascade.read.tables.delimited import grid_of
from target_cascade.read.tables.encoding import decode
from target_cascade.read.tables.first_bytes import is_package
from target_cascade.read.tables.grid import Grid
from target_cascade.read.text_file import read_raw

MAX_BYTES = 20_000_000
_OTHERS = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "packed (gzip)",
    b"Rar!": "an archive (rar)",
    b"7z\xbc\xaf": "an archive (7z)",
}


def read_grids(path: str | Revised, what: str, sheet: str | None = None) -> list[Grid]:
    """The grid of a CSV, or of a workbook one for each visible sheet that has any text; the named one
    only, with `sheet`, which may be hidden.

    Raises `InputError` where the file cannot be read as a table, `ChoiceError` where it has no such
    sheet, `UnreadableError` where there is no such file.
    """
    raw = read_raw(path, MAX_BYTES, what, plain=True)
    grids = grids_of(raw.content, raw.name, sheet)
    grids = [grid for grid in grids if any(cell.text for row in grid.rows for cell in row)]
    if not grids:
        shown = " in the sheets that are shown" if is_package(raw.content) and not sheet else ""
        message = f"{what} is empty{shown}; write `month,amount` and a row a month"
        raise InputError(Located(raw.name, 1, 1, message))
    return grids


def grids_of(content: bytes, name: str, sheet: str | None = None) -> list[Grid]:
    """The grids of a file by its bytes; that of a CSV may have no rows. Raises as `read_grids` does."""
    check_bytes(content, name)
    if is_package(content):
        from target_cascade.read.tables.workbook import read_workbook

        return read_workbook(content, name, sheet)
    text, encoding = decode(content, name)
    check_sheet(sheet, name)
    return [grid_of(Source(name, text), encoding)]


def check_bytes(content: bytes, name: str) -> None:
    """Raises `InputError` where a file begins as what is surely no table."""
    for start, form in _OTHERS.items():
        if content.startswith(start):
            message = f"this is {form}, and no table; save the table as .xlsx, or as CSV in UTF-8"
            raise InputError(Located(name, 1, 1, message))


def check_sheet(sheet: str | None, name: str) -> None:
    """Raises `InputError` where a sheet of a CSV is asked for."""
    if sheet is not None:
        message = f"a CSV has no sheets, so leave out `sheet: {sheet}`"
        raise InputError(Located(name, 1, 1, message))
