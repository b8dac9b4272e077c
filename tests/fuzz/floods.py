"""Files that are small enough to be read, and made to take long or to grow once they are."""

import random
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from fuzz.plans import CALENDAR_PLANS, PLANS
from fuzz.tables import workbook_of
from fuzz.targets import Case
from fuzz.workbooks import BOMB, archive, bomb, part

_HEAD = "month,amount\n"
_MONTHS = "".join(f"2011-{month:02d},{month}\n" for month in range(1, 13))
_LIFTS = "".join(f" - {{name: n{i}, months: P01, lift: 1%}}\n" for i in range(499))
_BOOK = "xl/workbook.xml"
_SHEET, _TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def _table(text: str) -> tuple[str, Case]:
    return "csv", Case(text.encode(), ("2011", "none", "sales"))


def _plan(text: str) -> tuple[str, Case]:
    return "plan", Case(text.encode(), ("", "year"))


def changed_book(
    name: str, change: Callable[[bytes], bytes], stored: bytes = b"", size: int = 0
) -> tuple[str, Case]:
    """A workbook with one part changed, or with other bytes stored that are said to have `size`."""
    content = workbook_of(
        random.Random(0), [("month", "amount"), *((f"2011-{m:02d}", str(m)) for m in range(1, 13))]
    )
    with ZipFile(BytesIO(content)) as opened:
        files = {info.filename: opened.read(info) for info in opened.infolist()}
    parts = {key: part(key, change(file) if key == name else file) for key, file in files.items()}
    if stored:
        parts[name] = parts[name]._replace(stored=stored, size=size or len(files[name]), crc=0)
    return "workbook", Case(archive(list(parts.values())), ("2011", "none", "sales"))


def _same(content: bytes) -> bytes:
    return content


def _long_texts(content: bytes) -> bytes:
    text = '<c t="inlineStr"><is><t>' + "x" * 32_000 + "</t></is></c>"
    return content.replace(b"</sheetData>", f"<row>{text}</row>".encode() * 400 + b"</sheetData>")


def _long_first(content: bytes) -> bytes:
    return content.replace(b"month", b"x" * 32_000)


def _many_rows(content: bytes) -> bytes:
    return content.replace(b"</sheetData>", b"<row><c><v>1</v></c></row>" * 90_000 + b"</sheetData>")


def _days(years: int) -> str:
    rows = [f"{2011 + n // 372}-{n // 31 % 12 + 1:02d}-{n % 31 + 1:02d},{n}" for n in range(372 * years)]
    return "date,amount\n" + "\n".join(row for row in rows if row[8:10] < "29") + "\n"


FLOODS: dict[str, Callable[[], tuple[str, Case]]] = {
    "a workbook that unpacks to much": lambda: changed_book(_SHEET, _same, bomb(), BOMB),
    "a workbook that unpacks to more than it says": lambda: changed_book(_SHEET, _same, bomb()),
    "texts that unpack to more than they say": lambda: changed_book(_TEXTS, _same, bomb()),
    "a list of parts that unpacks to more than it says": lambda: changed_book(
        "xl/workbook.xml", _same, bomb()
    ),
    "a workbook with many rows": lambda: changed_book(_SHEET, _many_rows),
    "a workbook with long texts": lambda: changed_book(_SHEET, _long_texts),
    "a workbook with a long header": lambda: changed_book(_TEXTS, _long_first),
    "a workbook with a text too long": lambda: changed_book(
        _TEXTS, lambda texts: texts.replace(b"month", b"x" * 3_000_000)
    ),
    "a cell in the last row and column": lambda: changed_book(
        _SHEET, lambda sheet: sheet.replace(b'r="B2"', b'r="XFD1048576"')
    ),
    "a long name of a column": lambda: _table("month," + "销售 " * 30_000 + "\n" + _MONTHS),
    "a name of a column that is brackets": lambda: _table("month," + "(" * 130_000 + "\n" + _MONTHS),
    "a name of a column that is digits": lambda: _table("month," + "1," * 60_000 + "x\n" + _MONTHS),
    "an amount of digits": lambda: _table(_HEAD + _MONTHS + "2011-12," + "1" * 130_000),
    "a month of spaces": lambda: _table(_HEAD + _MONTHS + "2011 " * 25_000 + ",1"),
    "one row with many cells": lambda: _table(_HEAD + _MONTHS + "," * 200_000),
    "many rows and one with many cells": lambda: _table(_HEAD + "x\n" * 100_000 + "," * 100_000),
    "many rows that are wrong": lambda: _table(_HEAD + _MONTHS + "x,1万\n" * 19_900),
    "many amounts that are wrong": lambda: _table(_HEAD + _MONTHS + "2011-01,1.0.5万\n" * 19_900),
    "the days of fifty years": lambda: _table(_days(50)),
    "many empty lines": lambda: _table(_HEAD + "\n" * 19_000_000),
    "many lines of one digit": lambda: _table(_HEAD + "1\n" * 9_900_000),
    "one long line": lambda: _table(_HEAD + "1" * 19_000_000),
    "a quote that is not closed": lambda: _table(_HEAD + '"' + "1,1\n" * 4_900_000),
    "many quotes": lambda: _table(_HEAD + '"' * 19_000_000),
    "many brackets": lambda: _plan("[" * 990_000),
    "many short lines": lambda: _plan("a: 1\n" * 190_000),
    "many keys that nobody knows": lambda: _plan("".join(f"a{i}: 1\n" for i in range(90_000))),
    "a long value": lambda: _plan(PLANS[0] + "currency: " + "x" * 990_000),
    "an alias of an alias": lambda: _plan(
        "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [{f'*a{i - 1}, ' * 9}]\n" for i in range(1, 40)) + PLANS[0]
    ),
    "many days": lambda: _plan(
        CALENDAR_PLANS[1]
        + "adjust:\n"
        + "".join(f" - {{name: n{i}, months: P01, lift: 1%}}\n" for i in range(499))
    ),
}
