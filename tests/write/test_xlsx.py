"""The workbook, read back with another library and recalculated by a spreadsheet."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, tzinfo
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell import Cell as BookCell
from openpyxl.chart import BarChart
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.plan import Plan
from target_cascade.read.plan_file import load_plan
from target_cascade.report.table import Cell, Column, Note, Notes, Row, Table, Workbook
from target_cascade.report.workbook import workbook
from target_cascade.sentence import Figure, Sentence, count, sentence
from target_cascade.write.cell_text import people_cell, sentence_text
from target_cascade.write.sheet import Sheet, sheet
from target_cascade.write.xlsx import xlsx_bytes

WORKED = Path(__file__).parent.parent / "engine" / "worked_example" / "plan.yaml"
CENTS: dict[str, Any] = {
    "plan": "=1+1",
    "year": "2027-04",
    "target": "12345.67",
    "rounding": {"month": "0.01"},
    "base": ["0", *["1000.1"] * 11],
    "new_business": [{"name": "@shop", "expect": "345.6"}],
    "adjust": [
        {"name": "618", "lift": "2.75%", "because": "+ a rumour", "owner": "=cmd|'/c calc'!A1"},
        {"name": "wish", "months": 5, "add": -1, "because": "long words " * 20},
    ],
}
"""Cents, a year from April, a month of last year without sales, and texts that look like formulas."""
TEAMS: dict[str, Any] = {
    "year": 2027,
    "target": "1200000.3",
    "rounding": {"month": "0.1"},
    "drivers": {
        "price": {"default": 30, "team": "Shop"},
        "conversion": {"from": "1%", "to": "2%", "team": "Shop"},
    },
    "kpis": {
        "orders": {"formula": "quota / price", "unit": "count", "team": "Shop"},
        "visits": {"formula": "orders / conversion", "unit": "count", "team": "A/B"},
        "spend": {"formula": "visits * 7 / 10", "unit": "money", "team": "A/B"},
        "part": {"formula": "spend / quota", "unit": "share", "team": "A/B"},
        "each": {"formula": "spend / orders", "team": "A/B"},
        "good": {"at_least": "98%", "of": "orders", "team": "Shop"},
    },
    "teams": {"A/B": {"lead": "=Wang", "budget": "90% of quota", "capacity_per_day": {"visits": 900}}},
    "actions": [{"kpi": "visits", "do": "look at the words that nobody buys by"}],
    "contingency": [{"when": "11 < 85%", "do": "sell more", "amount": 500, "who": "A/B"}],
}
"""KPIs of all kinds, and two teams."""


def settled(fields: dict[str, Any]) -> Cascade:
    return cascade(Plan.model_validate(fields))


WORKBOOKS: dict[str, Workbook] = {
    "worked example": workbook(cascade(load_plan(WORKED))),
    "cents": workbook(settled(CENTS)),
    "no base": workbook(settled({"year": 2027, "target": 1_000_000})),
    "quarters": workbook(settled(CENTS), "quarter"),
    "teams": workbook(settled(TEAMS)),
}


each_workbook = pytest.mark.parametrize("name", list(WORKBOOKS))


@cache
def written(name: str) -> bytes:
    return xlsx_bytes(WORKBOOKS[name])


@cache
def read(name: str, computed: bool = False) -> openpyxl.Workbook:
    """The workbook as another library reads it: formulas, or the values that stand beside them."""
    return opened(written(name), computed)


def opened(content: bytes, computed: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content), data_only=computed)


def part(content: bytes, name: str) -> str:
    """A part of the archive, such as the text of a sheet."""
    with ZipFile(BytesIO(content)) as parts:
        return parts.read(name).decode()


def layouts(name: str) -> list[Sheet]:
    return [sheet(table) for table in WORKBOOKS[name].tables]


def assert_shows(cell: BookCell, expected: Cell, column: Column) -> None:
    """The cell's value is the table's: amounts and sums exactly, quotients to the ninth place."""
    value: Any = cell.value
    where = f"{column.key} in {cell.coordinate}"
    if isinstance(expected, Figure):
        assert_shows(cell, Fraction(expected.value), column._replace(kind=expected.kind))
    elif isinstance(expected, Sentence):
        assert value == sentence_text(expected), where
    elif expected in (None, ""):
        assert value in (None, ""), where
    elif isinstance(expected, date):
        assert value.date() == expected, where
    elif column.kind in ("share", "ratio", "number"):
        assert isinstance(expected, Fraction), where
        assert value == pytest.approx(float(expected), rel=0, abs=1e-9), where
    elif isinstance(expected, str):
        assert value == expected, where
    else:
        assert Fraction(repr(value)) == expected, where


QUOTAS = ("Quarters", "Months", "Periods", "Weeks", "Days", "Causes")
"""The sheets whose rows add up."""


def assert_holds(worksheet: Worksheet, layout: Sheet) -> None:
    """The sheet's cells are the table's rows, one below the other, with the total as the last."""
    # Only what has no sum, such as the drivers and ratios among KPIs, may do without a total.
    assert layout.total is not None or layout.table.name not in QUOTAS
    totals = () if layout.total is None else (layout.total,)
    for number, row in enumerate((*layout.rows, *totals), layout.first + 1):
        for at, column in enumerate(layout.columns, 1):
            cell = worksheet.cell(number, at)
            assert isinstance(cell, BookCell)
            assert_shows(cell, row.cells[column.position], column.column)


@each_workbook
def test_each_table_has_a_sheet_with_its_values(name: str) -> None:
    book = read(name, computed=True)
    assert book.sheetnames == [table.name for table in WORKBOOKS[name].tables]
    for layout in layouts(name):
        assert_holds(book[layout.table.name], layout)


def test_title_and_facts_stand_on_top_as_real_numbers() -> None:
    rows = read("worked example")["Months"].iter_rows(max_row=5, max_col=2, values_only=True)
    growth = cascade(load_plan(WORKED)).growth
    assert list(rows) == [
        ("Flagship", None),
        ("Target", 40_000_000),
        ("Buffer", 0.05),
        ("Planned total", 42_000_000),
        ("Growth factor", pytest.approx(float(growth))),
    ]


def test_heads_name_the_columns_above_the_first_row() -> None:
    heads = [cell.value for cell in read("worked example")["Months"][7]]
    assert heads == ["Month", "Start", "End", "Days", "Quota", "Share", "Last year", "× last year"]


@pytest.mark.parametrize(
    ("name", "cell", "formula"),
    [
        pytest.param("Months", "D20", "=SUM(D8:D19)", id="days add up"),
        pytest.param("Months", "E20", "=SUM(E8:E19)", id="quotas add up"),
        pytest.param("Months", "G20", "=SUM(G8:G19)", id="last year adds up"),
        pytest.param("Months", "F8", '=IF(E$20=0,"",E8/E$20)', id="share of the total"),
        pytest.param("Months", "F20", '=IF(E$20=0,"",E20/E$20)', id="the total's share"),
        pytest.param("Months", "H8", '=IF(G8=0,"",E8/G8)', id="times last year, where there was one"),
        pytest.param("Months", "H20", '=IF(G20=0,"",E20/G20)', id="the total, times last year"),
        pytest.param("Weeks", "G8", '=IF(F$72=0,"",F8/F$72)', id="share of a week"),
        pytest.param("Days", "E374", "=SUM(E8:E373)", id="days of the year add up"),
    ],
)
def test_sums_and_quotients_are_live(name: str, cell: str, formula: str) -> None:
    assert read("worked example")[name][cell].value == formula


@pytest.mark.parametrize(
    ("sheet_name", "cell", "formula"),
    [
        pytest.param("KPIs", "Q7", "=SUM(E7:P7)", id="year of a count"),
        pytest.param("KPIs", "Q9", "=ROUND(SUM(E9:P9),2)", id="year of money"),
        pytest.param("KPIs", "Q10", None, id="no year of a ratio"),
        pytest.param("Shop", "E7", "=SUM(E8:E12)", id="month of a count"),
        pytest.param("Shop", "D7", "=ROUND(SUM(D8:D12),1)", id="month of the quota"),
    ],
)
def test_kpis_that_add_up_are_live_sums(sheet_name: str, cell: str, formula: str | None) -> None:
    assert read("teams")[sheet_name][cell].value == formula


def test_total_of_a_team_adds_up_its_months_and_not_its_weeks_twice() -> None:
    (layout,) = (one for one in layouts("teams") if one.table.name == "Shop")
    months = ",".join(f"E{layout.first + 1 + group}" for group in layout.groups)
    assert len(layout.groups) == 12
    assert read("teams")["Shop"][f"E{layout.last + 2}"].value == f"=SUM({months})"


@pytest.mark.parametrize(
    ("cell", "number_format"),
    [
        pytest.param("E7", "#,##0", id="count"),
        pytest.param("E9", "#,##0.00", id="money"),
        pytest.param("E10", "0.0#%", id="share"),
        pytest.param("E13", "#,##0", id="whole number"),
        pytest.param("E14", "0.0#%", id="share of a driver"),
        pytest.param("G11", "#,##0.00", id="number with decimals"),
    ],
)
def test_figures_of_one_column_have_their_own_formats(cell: str, number_format: str) -> None:
    assert read("teams")["KPIs"][cell].number_format == number_format


def test_sentences_above_a_table_stand_over_all_columns() -> None:
    worksheet = read("teams")["A-B"]
    texts = [row[0] for row in worksheet.iter_rows(min_row=2, max_row=9, max_col=1, values_only=True)]
    assert "To do: look at the words that nobody buys by (for visits)" in texts
    assert any(str(text).startswith("If it goes wrong: if 2027-11 brings less than ") for text in texts)
    assert "A5:H5" in [str(merged) for merged in worksheet.merged_cells.ranges]
    assert worksheet["B2"].quotePrefix  # =Wang leads


def test_remarks_stand_below_their_table_and_are_printed() -> None:
    table = Table("T", "Plan", (), (Column("a", "A", "text"), Column("b", "B", "count")), (Row(("x", 5)),))
    notes = Notes(
        "To do", (Note(sentence("count ", count(1200)), (sentence("twice"),)), Note(sentence("=1")))
    )
    worksheet = opened(xlsx_bytes(Workbook((table,), below={"T": (notes,)})))["T"]
    texts = [row[0] for row in worksheet.iter_rows(min_row=4, max_col=1, values_only=True)]
    assert texts == ["x", None, "To do", "count 1,200 twice", "=1"]
    assert worksheet["A8"].quotePrefix
    *_, last_row = range_boundaries(worksheet.print_area.partition("!")[2])
    assert last_row is not None
    assert last_row >= 8


def test_a_sum_of_cents_is_rounded_to_cents() -> None:
    assert read("cents")["Months"]["E20"].value == "=ROUND(SUM(E8:E19),2)"


@pytest.mark.parametrize(
    ("name", "cell", "number_format"),
    [
        pytest.param("worked example", "B2", "#,##0", id="target"),
        pytest.param("cents", "B2", "#,##0.00", id="target in cents"),
        pytest.param("worked example", "B3", "0.0###%", id="buffer"),
        pytest.param("worked example", "B5", '"×"0.00', id="growth factor"),
        pytest.param("worked example", "B8", "yyyy-mm-dd", id="date"),
        pytest.param("worked example", "E8", "#,##0", id="quota"),
        pytest.param("cents", "E8", "#,##0.00", id="quota in cents"),
        pytest.param("cents", "G8", "#,##0.0", id="base in tenths"),
        pytest.param("worked example", "F8", "0.0%", id="share"),
        pytest.param("worked example", "H8", '"×"0.00', id="times last year"),
        pytest.param("worked example", "E20", "#,##0", id="sum"),
    ],
)
def test_numbers_have_formats(name: str, cell: str, number_format: str) -> None:
    assert read(name)["Months"][cell].number_format == number_format


@each_workbook
def test_heads_are_frozen_and_filtered_and_repeated_in_print(name: str) -> None:
    for layout in layouts(name):
        worksheet = read(name)[layout.table.name]
        head, last = layout.head + 1, layout.last + 1
        letter = get_column_letter(len(layout.columns))
        assert worksheet.freeze_panes == f"A{head + 1}"
        # Where months are sums among the rows, a filter would tear them from what they add up.
        assert worksheet.auto_filter.ref == (None if layout.groups else f"A{head}:{letter}{last}")
        assert worksheet.print_title_rows == f"${head}:${head}"


@each_workbook
def test_sheets_print_on_a4_one_page_wide(name: str) -> None:
    for worksheet in read(name):
        assert worksheet.page_setup.paperSize == 9
        assert worksheet.page_setup.fitToWidth in (None, 1)
        fit = worksheet.sheet_properties.pageSetUpPr
        assert fit is not None
        assert fit.fitToPage


@pytest.mark.parametrize(
    ("name", "orientation", "height"),
    [
        pytest.param("Months", "portrait", 1, id="months with their chart on a page"),
        pytest.param("Weeks", "portrait", 1, id="weeks on a page"),
        pytest.param("Days", "portrait", 0, id="days on as many as they need"),
        pytest.param("Causes", "landscape", 1, id="causes on a page that lies"),
    ],
)
def test_pages_are_as_their_tables_need_them(name: str, orientation: str, height: int) -> None:
    setup = read("worked example")[name].page_setup
    assert setup.orientation == orientation
    assert (1 if setup.fitToHeight is None else int(setup.fitToHeight)) == height


@pytest.mark.parametrize(
    ("title", "footer"),
    [
        pytest.param("Flagship", "Flagship · Months", id="plain"),
        pytest.param("R&D", "R&&D · Months", id="an ampersand is doubled"),
        pytest.param("P&G &[Picture]", "P＆G ＆[Picture] · Months", id="what would be taken for a picture"),
        pytest.param("x" * 300, f"{'x' * 59}… · Months", id="too long for a footer"),
        pytest.param("&" * 300, f"{'&&' * 59}… · Months", id="long and all ampersands"),
    ],
)
def test_pages_are_numbered_below_the_title(title: str, footer: str) -> None:
    content = xlsx_bytes(workbook(settled({"plan": title, "year": 2027, "target": 1200})))
    found = re.search(r"<oddFooter>(.*)</oddFooter>", part(content, "xl/worksheets/sheet1.xml"))
    assert found is not None
    assert found[1].replace("&amp;", "&") == f"&L&9{footer.replace('Months', '&A')}&R&9Page &P of &N"


@each_workbook
def test_columns_are_wide_enough_for_what_they_show(name: str) -> None:
    for number, layout in enumerate(layouts(name), 1):
        widths = column_widths(part(written(name), f"xl/worksheets/sheet{number}.xml"))
        for column, width in zip(layout.columns, widths, strict=True):
            shown = [people_cell(row.cells[column.position], column.column.kind) for row in layout.table.rows]
            assert width > (20 if column.wraps else max(map(len, [*shown, column.title])))


def column_widths(text: str) -> list[float]:
    widths = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', text)
    return [float(width) for first, last, width in widths for _ in range(int(first), int(last) + 1)]


def charts(worksheet: Worksheet) -> list[Any]:
    return list(vars(worksheet)["_charts"])


def test_the_chart_sets_months_beside_last_year_and_covers_nothing() -> None:
    book = read("worked example")
    (chart,) = charts(book["Months"])
    assert isinstance(chart, BarChart)
    assert chart.type == "col"
    assert [(one.tx.strRef.f, one.val.numRef.f) for one in chart.series] == [
        ("Months!$G$7", "Months!$G$8:$G$19"),
        ("Months!$E$7", "Months!$E$8:$E$19"),
    ]
    assert {one.cat.strRef.f for one in chart.series} == {"Months!$A$8:$A$19"}
    assert vars(chart.anchor)["_from"].row >= book["Months"].max_row
    assert chart.y_axis.numFmt.formatCode == "#,##0"
    assert chart.y_axis.scaling.min == 0
    assert [charts(worksheet) for worksheet in book if worksheet.title != "Months"] == [[], [], []]


def test_the_chart_is_printed_whole() -> None:
    worksheet = read("worked example")["Months"]
    (chart,) = charts(worksheet)
    *_, last_column, last_row = range_boundaries(worksheet.print_area.partition("!")[2])
    assert (chart.anchor.to.col, chart.anchor.to.colOff) <= (last_column, 0)
    assert chart.anchor.to.row < last_row


def test_without_a_base_quotas_stand_alone() -> None:
    worksheet = read("no base")["Months"]
    assert [cell.value for cell in worksheet[6]] == ["Month", "Start", "End", "Days", "Quota", "Share"]
    (chart,) = charts(worksheet)
    assert [one.val.numRef.f for one in chart.series] == ["Months!$E$7:$E$18"]
    assert chart.legend is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param("A1", "=1+1", id="title"),
        pytest.param("B8", "@shop", id="name"),
        pytest.param("H9", "=cmd|'/c calc'!A1", id="owner"),
        pytest.param("I9", "+ a rumour", id="reason"),
    ],
)
def test_text_that_a_spreadsheet_would_run_stays_text(cell: str, text: str) -> None:
    written_cell = read("cents")["Causes"][cell]
    assert (written_cell.value, written_cell.data_type) == (text, "s")
    # With it a person who opens the cell and leaves it again does not make it a formula either.
    assert written_cell.quotePrefix


def test_a_web_address_and_a_number_stay_text() -> None:
    table = Table(
        "T", "Plan", (), tuple(Column(k, k, "text") for k in "ab"), (Row(("https://a.example", "618")),)
    )
    worksheet = opened(xlsx_bytes(Workbook((table,))))["T"]
    assert [(cell.data_type, cell.hyperlink) for cell in worksheet[4]] == [("s", None)] * 2


def test_a_month_begins_with_a_line() -> None:
    worksheet = read("worked example")["Days"]
    lined = [row[0].value for row in worksheet.iter_rows(min_row=8, max_row=373) if row[0].border.top.style]
    assert lined == [datetime(2012, month, 1) for month in range(2, 13)]  # noqa: DTZ001


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    worksheet = read("cents")["Causes"]
    heights = [worksheet.row_dimensions[row].height or 0 for row in (9, 10)]
    assert heights[1] >= 5 * heights[0] > 0
    assert worksheet["I10"].alignment.wrap_text


class AnyDatetime(type):
    """Makes its class pass for `datetime` itself."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


class NewYearsEve2099(datetime, metaclass=AnyDatetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "NewYearsEve2099":
        return cls(2099, 12, 31, tzinfo=tz)


@each_workbook
def test_the_same_workbook_has_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    now = xlsx_bytes(WORKBOOKS[name])
    monkeypatch.setattr("xlsxwriter.core.datetime", NewYearsEve2099)
    monkeypatch.setattr("time.time", lambda: NewYearsEve2099.now(UTC).timestamp())
    monkeypatch.setattr("time.localtime", lambda *_: NewYearsEve2099.now(UTC).timetuple())
    assert xlsx_bytes(WORKBOOKS[name]) == now


def test_the_workbook_is_named_as_the_plan() -> None:
    assert read("worked example").properties.title == "Flagship"


SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
WRONG = 777
"""A value that no cell of these workbooks has."""


def with_wrong_values(content: bytes) -> bytes:
    """The workbook with `WRONG` as the value of every formula."""
    changed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(rb"(</f>)<v>[^<]*</v>", rf"\1<v>{WRONG}</v>".encode(), text)
            new.writestr(name, text)
    return changed.getvalue()


def recalculated(folder: Path) -> Iterator[tuple[str, openpyxl.Workbook]]:
    """The workbooks after a spreadsheet has opened them, calculated every formula and saved them."""
    assert SOFFICE is not None
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_RECALCULATE)
    files = {name: folder / f"{name}.xlsx" for name in WORKBOOKS}
    for name, file in files.items():
        file.write_bytes(with_wrong_values(written(name)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out")]
    subprocess.run([*command, *map(str, files.values())], check=True, capture_output=True, timeout=180)
    for name, file in files.items():
        yield name, opened((folder / "out" / file.name).read_bytes(), computed=True)


def values(book: openpyxl.Workbook) -> list[Any]:
    return [value for worksheet in book for row in worksheet.iter_rows(values_only=True) for value in row]


@each_workbook
def test_every_formula_has_a_value_that_can_be_made_wrong(name: str) -> None:
    formulas = [value for value in values(read(name)) if str(value).startswith(("=SUM", "=ROUND", "=IF"))]
    assert values(opened(with_wrong_values(written(name)), computed=True)).count(WRONG) == len(formulas) > 0
    assert WRONG not in values(read(name, computed=True))


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice, which recalculates the workbook")
def test_libreoffice_calculates_the_same_figures(tmp_path: Path) -> None:
    # Every formula comes with a wrong value here, so what is right has been calculated.
    for name, book in recalculated(tmp_path):
        assert WRONG not in values(book)
        for layout in layouts(name):
            assert_holds(book[layout.table.name], layout)
