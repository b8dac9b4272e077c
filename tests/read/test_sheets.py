"""The cells of workbooks, and what is refused of them."""

import io
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it ships no py.typed
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from repositories import isolate, needs_git, new_repository
from workbooks import SHEET, Value, changed, of_cells, of_members, of_sheet, saved

from target_cascade.errors import ChoiceError, InputError
from target_cascade.read.source import Revised
from target_cascade.read.tables.files import grids_of, read_grids


def texts(raw: bytes, sheet: str | None = None) -> list[list[str]]:
    (grid,) = grids_of(raw, "f.xlsx", sheet)
    return [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.parametrize(
    ("value", "number_format", "text", "kind"),
    [
        pytest.param(780_000, "General", "780000", "number", id="whole"),
        pytest.param(780_000.0, "#,##0.00", "780000", "number", id="float without decimals"),
        pytest.param(0.1 + 0.2, "General", "0.3", "number", id="digits that a spreadsheet does not show"),
        pytest.param(
            -1234.5, "#,##0.00_);[Red](#,##0.00)", "-1234.5", "number", id="negative in parentheses"
        ),
        pytest.param(1e-20, "General", "0." + "0" * 19 + "1", "number", id="very small"),
        pytest.param(1e300, "General", "1" + "0" * 300, "number", id="very large"),
        pytest.param(12345678901234567, "0", "12345678901234600", "number", id="more than 15 digits"),
        pytest.param(-0.0, "General", "0", "number", id="negative zero"),
        pytest.param(0.083, "0.0%", "8.3%", "number", id="percentage"),
        pytest.param(78, '0"万"', "78万", "number", id="scale in the format"),
        pytest.param(5, '0"月"', "5月", "number", id="month in the format"),
        pytest.param(5, '0"元"', "5", "number", id="currency in the format"),
        pytest.param(date(2011, 1, 31), "yyyy-mm-dd", "2011-01-31", "date", id="date"),
        pytest.param(40544, 'yyyy"年"m"月"', "2011-01-01", "date", id="Chinese month"),
        pytest.param(40544, "[$-804]yyyy/m/d;@", "2011-01-01", "date", id="Chinese locale"),
        pytest.param(40544.5, "yyyy-mm-dd hh:mm", "2011-01-01 12:00:00", "date", id="date and time"),
        pytest.param(time(12, 30), "hh:mm", "12:30:00", "date", id="time"),
        pytest.param(date(2011, 3, 1), "mmm-yy", "2011-03-01", "date", id="English month"),
        pytest.param(True, "General", "TRUE", "text", id="truth"),
        pytest.param(" 销售额\n（万元） ", "General", "销售额 （万元）", "text", id="text in two lines"),
        pytest.param("2011-01", "@", "2011-01", "text", id="text"),
        pytest.param("#REF!", "General", "#REF!", "error", id="error"),
        pytest.param("=SUM(B2:B3)", "General", "=SUM(B2:B3)", "error", id="formula without a value"),
    ],
)
def test_cell_is_read_as_the_workbook_means_it(
    value: Value, number_format: str, text: str, kind: str
) -> None:
    (grid,) = grids_of(of_cells({"B3": value}, {"B3": number_format}), "f.xlsx")
    ((before, cell),) = grid.rows
    assert (cell.text, cell.kind, before.text) == (text, kind, "")
    assert cell.mark.problem("x")[:4] == ("f.xlsx", 3, 2, "cell B3 of sheet `Sheet`: x")


@pytest.mark.parametrize(
    ("number_format", "divided_by"),
    [
        ('0!.0,"万"', 10**4),
        ('0!.0000"万"', 10**4),
        ("0!.0,", 10**4),
        ('0"."0,"万元"', 10**4),
        ("#,##0,", 10**3),
        ('0.0,"K"', 10**3),
        ("0,.0", 10**3),
        ("0.0,,", 10**6),
        ('[>=10000]0!.0,"万";0', 10**4),
        ("#,##0.00", 1),
        ('#,##0.00"元"', 1),
        ('"no. "0000\\-0000', 1),
        ('0.0,"万"', 0),
        ('0.0,"元"', 0),
        ('0.0" thousand"', 0),
        ('[>=10000]0.0"万";0', 0),
    ],
)
def test_number_tells_by_what_its_format_divides_it(number_format: str, divided_by: int) -> None:
    (grid,) = grids_of(of_cells({"A1": 780_000}, {"A1": number_format}), "f.xlsx")
    assert (grid.rows[0][0].text, grid.rows[0][0].divided_by) == ("780000", divided_by)


@pytest.mark.parametrize("number", [27, 31, 36, 50, 57, 58])
def test_date_in_a_format_that_chinese_workbooks_do_not_write_out_is_a_date(number: int) -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    book.add_worksheet().write(0, 0, 40544, book.add_format({"num_format": number}))
    book.close()
    assert texts(file.getvalue()) == [["2011-01-01"]]


def test_dates_of_old_macs_are_four_years_later() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0]["A1"] = date(2011, 3, 1)
    assert texts(saved(book)) == [["2011-03-01"]]


def test_zero_that_stands_for_a_formula_nobody_has_computed_is_none() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, "=1+1")
    sheet.write_formula(1, 0, "=1+1", None, 2)
    sheet.write_number(2, 0, 0)
    book.close()
    assert texts(file.getvalue()) == [["=1+1"], ["2"], ["0"]]


def test_zero_that_a_formula_comes_to_is_zero() -> None:
    assert texts(of_sheet('<row r="1"><c r="A1"><f>B1</f><v>0</v></c></row>')) == [["=B1"]]  # by openpyxl
    plain = of_sheet('<row r="1"><c r="A1"><f>B1</f><v>0</v></c></row>')
    computed = changed(plain, "xl/workbook.xml", lambda xml: xml.replace(b'fullCalcOnLoad="1"', b""))
    assert texts(computed) == [["0"]]


def test_formula_that_comes_to_an_empty_text_is_empty() -> None:
    assert grids_of(of_sheet('<row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row>'), "f.xlsx") == []


def test_error_of_a_formula_keeps_its_text() -> None:
    (grid,) = grids_of(of_sheet('<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'), "f.xlsx")
    assert (grid.rows[0][0].text, grid.rows[0][0].kind) == ("#DIV/0!", "error")


def test_merged_cells_have_the_value_of_the_first_only() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["C1"] = "title", "x"
    sheet.merge_cells("A1:B1")
    assert texts(saved(book)) == [["title", "", "x"]]


def test_size_that_a_sheet_says_it_has_is_not_believed() -> None:
    raw = of_cells({"A1": 1, "B2": 2, "C9": 3})
    raw = changed(raw, SHEET, lambda xml: xml.replace(b'<dimension ref="A1:C9"', b'<dimension ref="A1"'))
    assert texts(raw) == [["1"], ["", "2"], ["", "", "3"]]


def test_empty_cells_far_off_do_no_harm() -> None:
    xml = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576"/></row>'
    assert texts(of_sheet(xml)) == [["1"]]


def test_cells_without_addresses_are_counted() -> None:
    xml = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>"
    assert texts(of_sheet(xml)) == [["1", "2"], ["", "3"]]


# Sheets


@pytest.fixture
def three_sheets() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "first"
    book.create_sheet("空")
    hidden = book.create_sheet("隐藏")
    hidden["A1"], hidden.sheet_state = "hidden", "hidden"
    book.create_chartsheet("Chart")
    return saved(book)


def test_hidden_and_empty_sheets_and_charts_are_skipped(three_sheets: bytes) -> None:
    assert [grid.sheet for grid in grids_of(three_sheets, "f.xlsx")] == ["Sheet"]


@pytest.mark.parametrize(("sheet", "text"), [("隐藏", "hidden"), ("sheet ", "first")])
def test_named_sheet_is_read_also_if_it_is_hidden(three_sheets: bytes, sheet: str, text: str) -> None:
    assert texts(three_sheets, sheet) == [[text]]


def test_sheet_that_is_not_there_is_told_with_those_that_are(three_sheets: bytes) -> None:
    with pytest.raises(ChoiceError, match="no sheet `x`; it has `Sheet`, `空`, `隐藏`") as refused:
        grids_of(three_sheets, "f.xlsx", "x")
    assert (refused.value.key, refused.value.choices) == ("sheet", ("Sheet", "空", "隐藏"))


def test_sheet_that_is_not_meant_may_be_large() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "first"
    book.create_sheet("far")["XFD1048576"] = 1
    raw = saved(book)
    assert texts(raw, "Sheet") == [["first"]]
    with pytest.raises(InputError, match="`far` reaches to cell XFD1048576"):
        grids_of(raw, "f.xlsx")


# What is refused


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CELLS = of_cells({"A1": "月份", "B1": 5})


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(OLE + "Workbook".encode("utf-16-le"), "the old form of Excel", id="xls"),
        pytest.param(
            b"\x09\x08\x10\x00\x00\x06\x05\x00", "the old form of Excel", id="xls without container"
        ),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "has a password", id="password"),
        pytest.param(OLE, "an old office program", id="doc"),
        pytest.param(of_members("xl/workbook.bin"), "xlsb", id="xlsb"),
        pytest.param(of_members("mimetype", "content.xml"), "ods", id="ods"),
        pytest.param(of_members("Index/Document.iwa"), "Numbers", id="Numbers"),
        pytest.param(of_members("word/document.xml"), "docx", id="docx"),
        pytest.param(of_members("sales.csv"), "an archive", id="zip"),
        pytest.param(CELLS[:2000], "damaged", id="cut off"),
        pytest.param(b"PK\x03\x04", "damaged", id="first bytes only"),
        pytest.param(of_sheet('<row r="1"><c r="A1"><v>x</v></c></row>'), "damaged", id="no number"),
        pytest.param(
            of_sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), "damaged", id="no such text"
        ),
        pytest.param(of_sheet('<row r="1"><c r="A1"><v>1'), "damaged", id="XML cut off"),
        pytest.param(
            of_sheet('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'),
            "have no order",
            id="rows in no order",
        ),
        pytest.param(
            changed(CELLS, "xl/workbook.xml", lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml),
            "damaged",
            id="document type",
        ),
        pytest.param(changed(CELLS, "xl/styles.xml", lambda _: b"<x"), "damaged", id="styles"),
        pytest.param(
            changed(
                CELLS,
                "xl/workbook.xml",
                lambda xml: xml.replace(
                    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
                ),
            ),
            "Strict Open XML",
            id="strict",
        ),
        pytest.param(of_sheet("<a/>" * 1_000_000), "more than is read", id="many elements"),
        pytest.param(
            of_sheet('<row r="1">' + "<c/>" * 500_000 + "</row>"), "more than is read", id="many cells"
        ),
        pytest.param(of_sheet(" " * 30_000_000), "more than is read", id="zip bomb"),
        pytest.param(of_cells({"XFD1": 1}), "reaches to cell XFD1", id="far column"),
        pytest.param(of_cells({"A1048576": 1}), "reaches to cell A1048576", id="far row"),
        pytest.param(of_cells({"BZZ1": 1, "A20000": 1}), "places are read", id="wide and long"),
        pytest.param(
            of_sheet('<row r="999999999"><c><v>1</v></c></row>'), "reaches to cell A999999999", id="row"
        ),
    ],
)
def test_what_cannot_be_read_is_refused(raw: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as refused:
        grids_of(raw, "f.xlsx")
    assert refused.value.problems[0].file == "f.xlsx"


# Files


def test_kind_is_told_by_the_content_not_by_the_name(tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_bytes(CELLS)
    (grid,) = read_grids(str(tmp_path / "sales.csv"), "the base")
    assert (grid.encoding, grid.separator, grid.sheet) == ("Excel", "", "Sheet")


@needs_git
def test_workbook_of_a_revision_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    isolate(monkeypatch, tmp_path)
    monkeypatch.chdir(tmp_path)
    repository = new_repository(tmp_path)
    (tmp_path / "sales.xlsx").write_bytes(CELLS)
    repository.commit()
    (tmp_path / "sales.xlsx").unlink()
    (grid,) = read_grids(Revised("HEAD", "HEAD", "sales.xlsx"), "the base")
    assert [cell.text for cell in grid.rows[0]] == ["月份", "5"]


def test_workbook_of_many_sheets_is_asked_for_one() -> None:
    book = openpyxl.Workbook()
    for number in range(60):
        book.create_sheet(f"s{number}")
    raw = saved(book)
    with pytest.raises(ChoiceError, match="has 61 sheets, and no more than 50 are looked through") as asked:
        grids_of(raw, "f.xlsx")
    assert asked.value.key == "sheet"
    with pytest.raises(ChoiceError, match=r"no sheet `x`; it has .* and 51 more"):
        grids_of(raw, "f.xlsx", "x")
