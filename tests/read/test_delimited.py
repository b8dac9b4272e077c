"""The cells of a CSV, and where they stand."""

import pytest

from target_cascade.errors import InputError
from target_cascade.read.source import Source
from target_cascade.read.tables.delimited import MOST_CELLS, MOST_ROWS, grid_of
from target_cascade.read.tables.files import grids_of
from target_cascade.read.tables.grid import Grid


def grid(text: str) -> Grid:
    return grid_of(Source("f.csv", text), "UTF-8")


def texts(text: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid(text).rows]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        pytest.param("month,amount\n2011-01,5\n", ",", id="comma"),
        pytest.param("month;amount\n2011-01;5\n", ";", id="semicolon"),
        pytest.param("month\tamount\n2011-01\t5\n", "\t", id="tab"),
        pytest.param(
            "Monat;Umsatz\n2011-01;1.234,56\n2011-02;2.234,56\n", ";", id="decimal comma in each row"
        ),
        pytest.param("Umsatz, netto;Monat\n1,5;1\n2,5;2\n", ";", id="as many commas as semicolons"),
        pytest.param('month,note\n2011-01,"a;b"\n2011-02,"c;d;e"\n', ",", id="semicolons in quotes"),
        pytest.param("Report\nMade; by me\n\nmonth,amount\n1,2\n2,3\n", ",", id="title lines"),
        pytest.param("no\t,amount\t\n1\t,5\t\n2\t,6\t\n", ",", id="cells that end in tabs"),
        pytest.param("month\tamount\n1\t1,234\n2\t2,234\n", "\t", id="tabs and thousands"),
        pytest.param("a;b;c\n1;2\n3;4\n", ";", id="header longer than rows"),
        pytest.param("sep=;\nmonth;amount\n1;2,5\n", ";", id="named in the first line"),
        pytest.param("amount\n5\n6\n", ",", id="one column"),
        pytest.param("", ",", id="empty"),
    ],
)
def test_separator_is_found(text: str, separator: str) -> None:
    assert grid(text).separator == separator


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(' a ,"b, c"\n', [["a", "b, c"]], id="quotes and spaces"),
        pytest.param("a,b\r1,2\r", [["a", "b"], ["1", "2"]], id="old Mac line ends"),
        pytest.param("a,b\r\n\r\n , \r\n1,2", [["a", "b"], ["1", "2"]], id="rows without text"),
        pytest.param(
            '"sales\n（万元）",b\n1,2\n', [["sales （万元）", "b"], ["1", "2"]], id="line break in a cell"
        ),
        pytest.param('"a ""b""",c\n', [['a "b"', "c"]], id="quotes in a cell"),
        pytest.param('="0012",5\n', [["0012", "5"]], id="text as a formula"),
        pytest.param("\u200ba\u200b,b\n", [["a", "b"]], id="marks of no width"),
        pytest.param("sep=,\na,b\n", [["a", "b"]], id="separator named in the first line"),
        pytest.param("a,b,c\n1\n", [["a", "b", "c"], ["1"]], id="short row"),
    ],
)
def test_cells_are_read(text: str, expected: list[list[str]]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "row", "column", "place"),
    [
        pytest.param("a,b\n1,2\n", 1, 1, (2, 3), id="second cell"),
        pytest.param("a,b,c\n1,,3\n", 1, 1, (2, 3), id="empty cell"),
        pytest.param("a,b\n1, 2\n", 1, 1, (2, 4), id="after a space"),
        pytest.param('a,b\n"1",1\n', 1, 1, (2, 5), id="same text twice, once in quotes"),
        pytest.param('"x\ny",b\n1,2\n', 0, 1, (2, 4), id="after a line break in a cell"),
        pytest.param('"x\ny",b\n1,2\n', 1, 0, (3, 1), id="row after a line break in a cell"),
        pytest.param('"a ""b""",c\n', 0, 1, (1, 11), id="after quotes in a cell"),
        pytest.param("sep=;\na;b\n", 0, 1, (2, 3), id="below the line that names the separator"),
    ],
)
def test_cell_knows_its_place(text: str, row: int, column: int, place: tuple[int, int]) -> None:
    problem = grid(text).rows[row][column].mark.problem("")
    assert (problem.line, problem.column) == place


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param('a,b\n1,"2\n3,4\n', 2, "a quote is opened in this row", id="open quote"),
        pytest.param('a,b\n"1"2,3\n', 2, "this row is not CSV", id="text after a quote"),
        pytest.param(f"a,b\n{'x' * 200_000},3\n", 2, "has more than 131,072 characters", id="huge cell"),
        pytest.param("月份，金额\n一月，5\n二月，1,000\n", 1, "the full-width comma", id="full-width commas"),
        pytest.param("month|amount\n1|2\n", 1, r"separated by `\|`", id="bars"),
        pytest.param("sep=|\nmonth|amount\n", 1, r"separated by `\|`", id="bars that are named"),
        pytest.param(("," * 99 + "1\n") * 3001, 3001, "more than 300,000 cells", id="too many cells"),
        pytest.param("1\n" * (MOST_ROWS + 1), MOST_ROWS + 1, "rows up to here", id="too many rows"),
        pytest.param("1\n" * (MOST_CELLS + 1), 1, "more than 300,000 lines", id="too many lines"),
        pytest.param("," * 1_000_001, 1, "a line has more than", id="long line"),
        pytest.param("<html><table><tr><td>1</td></tr></table>", 1, "a web page", id="HTML"),
        pytest.param("\n <table border=1>", 1, "a web page", id="a table of HTML"),
        pytest.param(
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            1,
            "the XML of Excel 2003",
            id="XML of Excel",
        ),
        pytest.param('<?xml version="1.0"?><sales/>', 1, "this is XML", id="XML"),
        pytest.param('[{"month": 1}]', 1, "this is JSON", id="JSON"),
        pytest.param("MIME-Version: 1.0\n", 1, "MHTML", id="MHTML"),
    ],
)
def test_what_is_no_table_is_refused(text: str, line: int, message: str) -> None:
    with pytest.raises(InputError, match=message) as refused:
        grid(text)
    assert refused.value.problems[0].line == line


@pytest.mark.parametrize("content", [b"%PDF-1.4 ...", b"\x1f\x8b\x08\x00", b"Rar!\x1a\x07"])
def test_other_kinds_of_files_are_told_by_their_first_bytes(content: bytes) -> None:
    with pytest.raises(InputError, match="and no table"):
        grids_of(content, "f.csv")


def test_csv_has_no_sheet_to_be_named() -> None:
    with pytest.raises(InputError, match="a CSV has no sheets"):
        grids_of(b"a,b\n", "f.csv", "Sheet1")
