"""The quotas of an earlier run, read back from what `plan export` writes."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from repositories import isolate, needs_git, new_repository

from target_cascade.cli.delivery import FORMATS, file_bytes
from target_cascade.engine.cascade import Cascade, MonthQuota, Quota, cascade
from target_cascade.engine.changes import Level, quotas
from target_cascade.errors import InputError, UnreadableError
from target_cascade.plan import Plan
from target_cascade.read.exported import Exported, is_exported, read_exported
from target_cascade.read.plan_file import read_plan
from target_cascade.report.split import By, split_table

PLAN = "target: 1000000.05\nrounding: {month: 0.05, day: 0.01}\n"
MONTHS = [f"2012-{month:02d}" for month in range(1, 13)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def planned(folder: Path) -> Cascade:
    """A year that begins in April, with quotas that have decimals."""
    (folder / "plan.yaml").write_text(f"year: 2012-04\n{PLAN}", encoding="utf-8")
    return cascade(read_plan("plan.yaml").plan)


def by_month(*rows: str) -> str:
    return "month,quota\n" + "".join(f"{row}\n" for row in rows)


def by_quarter(*rows: str) -> str:
    return "quarter,start,quota\n" + "".join(f"{row},5\n" for row in rows)


def year_but_november() -> str:
    """The rows of a year, all 0, without that of November."""
    return "".join(f"{month},0\n" for month in MONTHS if month != "2012-11")


def problems(name: str, content: str | bytes) -> list[tuple[int, int, str]]:
    """Line, column and message of what is wrong with a file."""
    Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InputError) as refused:
        read_exported(name)
    assert {problem.file for problem in refused.value.problems} == {name}
    return [(problem.line, problem.column, problem.message) for problem in refused.value.problems]


def months_of(planned: Cascade) -> Mapping[str, Fraction]:
    return {month.period.label: month.amount for month in planned.months}


# What an export tells


@pytest.mark.parametrize("ending", [".csv", ".json"])
@pytest.mark.parametrize("by", ["day", "week", "month", "quarter"])
def test_quotas_are_what_the_plan_said(folder: Path, planned: Cascade, by: By, ending: str) -> None:
    _export(folder / f"quotas{ending}", planned, by)
    read = read_exported(f"quotas{ending}")
    assert (read.name, read.year) == (f"quotas{ending}", planned.plan.year)
    assert read.quarters == {quarter.period.label: quarter.amount for quarter in planned.quarters}
    assert read.months == (months_of(planned) if by != "quarter" else {})
    assert read.weeks == ({w.period.label: w.amount for w in planned.weeks} if by in ("day", "week") else {})
    assert read.part_weeks == (_part_weeks(planned) if by in ("day", "week") else {})
    assert read.days == (_days(planned) if by == "day" else {})


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_whole_weeks_tell_nothing_else(folder: Path, planned: Cascade, ending: str) -> None:
    _export(folder / f"weeks{ending}", planned, "week", whole=True)
    weeks = {week.period.label: week.amount for week in planned.weeks}
    read = read_exported(f"weeks{ending}")
    assert read == Exported(read.name, planned.plan.year, {}, {}, weeks, {}, {}, read.spans)


@pytest.mark.parametrize("level", ["week", "whole week", "day"])
@pytest.mark.parametrize(
    ("by", "whole"), [("day", False), ("week", False), ("week", True)], ids=["days", "weeks", "whole weeks"]
)
def test_days_of_what_is_shorter_than_a_month_are_known(
    folder: Path, planned: Cascade, by: By, whole: bool, level: Level
) -> None:
    _export(folder / "quotas.csv", planned, by, whole)
    read = read_exported("quotas.csv")
    expected = {labels: known.span for labels, known in quotas(planned, level).items()}
    if known := read.by_label(level):
        assert {labels: read.spans[labels] for labels in known} == expected
    else:
        assert (whole and level != "whole week") or (by, level) == ("week", "day")


@pytest.mark.parametrize("rule", ["sunday", "monday"])
def test_weeks_that_are_numbered_from_the_first_are_read(folder: Path, rule: str) -> None:
    (folder / "plan.yaml").write_text(f"year: 2012\n{PLAN}weeks: {rule}\n", encoding="utf-8")
    planned = cascade(read_plan("plan.yaml").plan)
    _export(folder / "weeks.csv", planned, "week")
    assert read_exported("weeks.csv").weeks == {week.period.label: week.amount for week in planned.weeks}


def test_order_is_that_of_the_file(folder: Path) -> None:
    (folder / "x.csv").write_text(by_month(*(f"{m},{i}" for i, m in reversed(list(enumerate(MONTHS))))))
    read = read_exported("x.csv")
    assert list(read.months) == list(reversed(MONTHS))
    assert read.quarters == {f"2012-Q{q + 1}": sum(range(3 * q, 3 * q + 3)) for q in range(4)}


@pytest.mark.parametrize(
    ("november", "encoding"),
    [
        pytest.param("month,quota\n2012-11,8400000.5\n", "utf-8", id="plain"),
        pytest.param("month,quota\r\n2012-11,8400000.5\r\n", "utf-8-sig", id="byte order mark and CRLF"),
        pytest.param("month,quota,备注\n2012-11,8400000.5,双十一\n", "gbk", id="GBK"),
        pytest.param("MONTH, Quota ,备注\n2012-11 , 8400000.5 ,双十一\n", "utf-8", id="capitals, spaces"),
        pytest.param('month,quota\n2012-11,"8,400,000.50",,\n\n', "utf-8", id="groups, empty cells, lines"),
    ],
)
def test_csv_is_read_in_any_dress(folder: Path, november: str, encoding: str) -> None:
    (folder / "x.csv").write_bytes((november + year_but_november()).encode(encoding))
    assert read_exported("x.csv").months["2012-11"] == Fraction("8400000.5")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_csv_that_a_spreadsheet_has_saved_with_decimal_commas_is_read(folder: Path, separator: str) -> None:
    rows = [f"{month}{separator}1.234,5" for month in MONTHS]
    text = "\n".join([f"month{separator}quota", *rows])
    (folder / "quotas.csv").write_text(text, encoding="utf-8")
    assert read_exported("quotas.csv").months == dict.fromkeys(MONTHS, Fraction(12345, 10))


def test_columns_may_stand_in_another_order(folder: Path) -> None:
    rows = "".join(f"x,5,{month}\n" for month in MONTHS)
    (folder / "x.csv").write_text(f"why,quota,month\n{rows}", encoding="utf-8")
    assert read_exported("x.csv").months == dict.fromkeys(MONTHS, 5)


@pytest.mark.parametrize(
    "november",
    [
        pytest.param('{"month": "2012-11", "quota": 0.1}', id="one line"),
        pytest.param('\n {\n"quota"\n:\n0.10, "x": null, "month": "2012-11"} ', id="spread out"),
        pytest.param('{"month": "2012-11", "quota": "0.1"}', id="amount as text"),
    ],
)
def test_json_is_read_exactly(folder: Path, november: str) -> None:
    others = [f'{{"month": "{month}", "quota": 0}}' for month in MONTHS if month != "2012-11"]
    (folder / "x.JSON").write_text(f"\ufeff [{november},{','.join(others)} ]\n", encoding="utf-8")
    assert read_exported("x.JSON").months["2012-11"] == Fraction(1, 10)


@needs_git
def test_export_of_a_revision_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    isolate(monkeypatch, folder)
    repository = new_repository(folder)
    repository.write("quotas.csv", by_month(*(f"{month},5" for month in MONTHS)))
    rows = ",".join(f'{{"month": "{month}", "quota": 5}}' for month in MONTHS)
    repository.write("quotas.json", f"[{rows}]")
    repository.commit()
    repository.write("quotas.csv", by_month("2012-11,x"))
    repository.commit()
    assert read_exported("HEAD~1:quotas.csv").months == dict.fromkeys(MONTHS, 5)
    assert is_exported("HEAD~1:quotas.json")
    assert read_exported("HEAD:quotas.json").name == "HEAD:quotas.json"
    with pytest.raises(InputError, match=r"^HEAD:quotas\.csv:2:9: error: `x` is not an amount"):
        read_exported("HEAD:quotas.csv")


# A plan or an export


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("plan.yaml", "[]", False, id="YAML"),
        pytest.param("plan", "month,quota", False, id="no ending"),
        pytest.param("plan.json", '{"year": 2012, "target": "4000万"}', False, id="object"),
        pytest.param("plan.json", '{"days": [{"name": "old", "dates": 5}]}', False, id="days of a plan"),
        pytest.param("quotas.json", " \n[]", True, id="list"),
        pytest.param("d.json", '{\n"days": [\n{"date": "2012-01-01", "old": 5}]}', True, id="difference"),
        pytest.param("quotas.csv", "", True, id="CSV"),
        pytest.param("QUOTAS.CSV", "", True, id="capitals"),
        pytest.param("quotas.xlsx", "", True, id="workbook"),
    ],
)
def test_export_is_told_from_a_plan(folder: Path, name: str, content: str, expected: bool) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    assert is_exported(name) is expected


@pytest.mark.parametrize("name", ["quotas.xlsx", "quotas.xls", "quotas.md", "HEAD:quotas.xlsx"])
def test_what_is_for_people_is_refused_with_what_is_read(name: str) -> None:
    with pytest.raises(InputError, match=r"read from \.csv or \.json, and this is \.\w+; `plan export`"):
        read_exported(name)


@pytest.mark.parametrize("name", ["absent.csv", "absent.json", "nope:absent.csv"])
def test_missing_file_is_told(name: str) -> None:
    with pytest.raises(UnreadableError, match="cannot read the export: "):
        read_exported(name)


# What is wrong with a file


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("", (1, 1, "the export is empty"), id="empty"),
        pytest.param("month,quota\n", (1, 1, "no quotas stand here"), id="columns only"),
        pytest.param("month,amount\n2012-01,5\n", (1, 1, "no column is called `quota`"), id="a base"),
        pytest.param("month,old,new\n2012-01,5,6\n", (1, 1, "this is the difference"), id="a diff"),
        pytest.param("who,quota\nx,5\n", (1, 1, "no column is called `month`"), id="no period"),
        pytest.param(
            "date,quota\n2012-01-01,5\n", (1, 1, "called `month`, `week`"), id="days without months"
        ),
        pytest.param(
            "week,quota\nW01,5\n", (1, 1, "called `month`, `start`, `end`"), id="weeks without dates"
        ),
        pytest.param("month|quota\n2012-01|5\n", (1, 6, "separated by `|`"), id="bars"),
        pytest.param("month;quota\n2012-01;5.000\n", (2, 9, "`5.000` could be 5000 or"), id="point unclear"),
        pytest.param("month;quota\n2012-01;5,5\n2012-02;5.5\n", (2, 9, "comma before"), id="two styles"),
        pytest.param("month,quota,Quota\n", (1, 13, "a second column is called `Quota`"), id="column twice"),
        pytest.param(by_month("2012-01"), (2, 1, "this has no `quota`, as the first has"), id="cell missing"),
        pytest.param(by_month("2012-01,"), (2, 9, "an empty text is not an amount"), id="quota missing"),
        pytest.param(by_month("2012-01,5 Mio"), (2, 9, "`5 Mio` ends in a unit"), id="no amount"),
        pytest.param(by_month("2012-01,-5"), (2, 9, "`-5` is below 0, as no quota is"), id="below 0"),
        pytest.param(by_month("2012-01,#REF!"), (2, 9, "`#REF!` is not an amount"), id="error of Excel"),
        pytest.param(
            by_month("2012-01,1,000"), (2, 11, "more cells than the first line"), id="comma unquoted"
        ),
        pytest.param(by_month("Jan-12,5"), (2, 1, "`Jan-12` is no month"), id="month as Excel writes it"),
        pytest.param(by_month("2012/1/1,5"), (2, 1, "a spreadsheet may have changed it"), id="date of Excel"),
        pytest.param(by_month("2012-13,5"), (2, 1, "`2012-13` is no month"), id="month 13"),
        pytest.param(by_month("0000-01,5"), (2, 1, "`0000-01` is no month"), id="year 0"),
        pytest.param(by_month(",5"), (2, 1, "an empty cell is no month"), id="month missing"),
        pytest.param(by_month("Total,5"), (2, 1, "`Total` is no month"), id="total"),
        pytest.param(
            by_month("2012-01,5", "2012-02,6", "2012-01,7"),
            (4, 1, "`2012-01` stands here a second time, the first is in line 2; keep one"),
            id="month twice",
        ),
        pytest.param(
            by_month("2012-01,5", "", "2012-03,6"),
            (4, 1, "something is missing between `2012-01` in line 2 and `2012-03`"),
            id="month left out",
        ),
        pytest.param(
            "quarter,start,quota\n2012-Q5,2012-01-01,1\n",
            (2, 1, "`2012-Q5` is no quarter"),
            id="fifth quarter",
        ),
        pytest.param(
            by_quarter("2012-Q1,2012-01-01", "2012-Q3,2012-07-01"),
            (3, 1, "something is missing"),
            id="quarter left out",
        ),
        pytest.param("quarter,quota\n2012-Q4,1\n", (1, 1, "called `start`"), id="quarters without dates"),
        pytest.param(
            by_quarter(*(f"2012-Q{i + 1},2012-{1 + 3 * i:02d}-02" for i in range(4))),
            (2, 9, "`2012-01-02` is not the first day of `2012-Q1`"),
            id="quarters from the second",
        ),
        pytest.param(
            by_quarter(
                "2012-Q2,2012-04-01", "2012-Q3,2012-07-01", "2012-Q4,2012-10-01", "2013-Q1,2013-01-01"
            ),
            (2, 9, "not the first day of `2012-Q2` in a year that begins on 2012-04-01"),
            id="quarters of two years",
        ),
        pytest.param('month,quota\n2012-01,"5\n', (2, 1, "a quote is opened"), id="quote not closed"),
        pytest.param("month,quota\n2012-01,\x005\n", (2, 9, "not an amount"), id="control character"),
    ],
)
def test_what_is_wrong_with_a_csv_is_told_at_its_place(content: str, expected: tuple[int, int, str]) -> None:
    ((line, column, message),) = problems("x.csv", content)
    assert (line, column) == expected[:2]
    assert expected[2] in message


@pytest.mark.parametrize(
    ("by", "whole", "first", "last", "expected"),
    [
        pytest.param("month", False, 0, 9, "from `2012-04` to `2012-12` it is 9 months", id="9 months"),
        pytest.param("month", False, 9, 12, "from `2013-01` to `2013-03` it is 3 months", id="last months"),
        pytest.param(
            "month", False, 0, 1, "it is 1 month, and an export has the 12 of a year; 11 are", id="one"
        ),
        pytest.param("month", False, 0, 11, "12 of a year; 1 is missing before or after", id="one missing"),
        pytest.param("quarter", False, 0, 3, "it is 3 quarters, and an export has the 4", id="3 quarters"),
        pytest.param("day", False, 0, 30, "to `2012-04-30` it is 1 month", id="30 days"),
        pytest.param("week", False, 0, 6, "to `2012-W18` it is 1 month", id="weeks of one month"),
        pytest.param("week", True, 0, 4, "the quotas end on 2012-04-22, within", id="4 whole weeks"),
        pytest.param("week", True, 1, 60, "the quotas begin on 2012-04-02, within", id="first week cut off"),
        pytest.param("week", True, 0, 52, "the quotas end on 2013-03-24, within", id="last week cut off"),
    ],
)
def test_less_than_a_year_is_told(
    planned: Cascade, by: By, whole: bool, first: int, last: int, expected: str
) -> None:
    _export(Path("whole.csv"), planned, by, whole)
    header, *rows = Path("whole.csv").read_text("utf-8-sig").splitlines(keepends=True)
    ((_, _, message),) = problems("x.csv", header + "".join(rows[first:last]))
    assert expected in message


@pytest.mark.parametrize(
    ("first", "count", "expected"),
    [
        pytest.param(2012, 13, "from `2012-01` to `2013-01` it is 13 months", id="13 months"),
        pytest.param(1901, 12, "`1901` is outside 1902 to 2098", id="before all plans"),
        pytest.param(9999, 12, "`9999` is outside", id="the last year"),
    ],
)
def test_months_that_are_no_year_of_a_plan_are_told(first: int, count: int, expected: str) -> None:
    months = [f"{first + i // 12:04d}-{i % 12 + 1:02d},5" for i in range(count)]
    ((_, _, message),) = problems("x.csv", by_month(*months))
    assert expected in message


WEEK = "month,week,start,end,quota\n"
DAY = "date,month,week,quota\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(DAY + "2012-02-30,2012-02,W09,1\n", (2, 1, "is not a date"), id="no date"),
        pytest.param(
            DAY + "2012-02-01,2012-03,W05,1\n", (2, 12, "`2012-02-01` is not in `2012-03`"), id="month"
        ),
        pytest.param(DAY + "2012-02-01,2012-02,5,1\n", (2, 20, "`5` is no week"), id="week"),
        pytest.param(WEEK + "2012-02,W05,2012-02-05,2012-02-01,1\n", (2, 24, "is before"), id="backwards"),
        pytest.param(
            WEEK + "2012-02,W05,2012-02-01,2012-02-05,1\n2012-02,W06,2012-02-05,2012-02-29,1\n",
            (3, 9, "`W06` has days that line 2 has already"),
            id="weeks that overlap",
        ),
        pytest.param(
            WEEK + "2012-02,W05,2012-02-01,2012-02-05,1\n2012-02,W05,2012-02-01,2012-02-05,1\n",
            (3, 9, "`W05` stands here a second time, the first is in line 2"),
            id="week twice",
        ),
        pytest.param(
            DAY + "".join(f"2012-02-{d:02d},2012-02,W05,1\n" for d in range(1, 30) if d != 7),
            (8, 1, "something is missing between `2012-02-06` in line 7 and `2012-02-08`"),
            id="day left out",
        ),
        pytest.param(
            DAY + "".join(f"2012-02-{d:02d},2012-02,W05,1\n" for d in range(1, 29)),
            (29, 1, "the quotas end on 2012-02-28, within a month"),
            id="last day left out",
        ),
        pytest.param(
            DAY + "".join(f"2012-02-{d:02d},2012-02,W05,1\n" for d in range(2, 30)),
            (2, 1, "the quotas begin on 2012-02-02, within a month"),
            id="first day left out",
        ),
    ],
)
def test_days_that_are_no_whole_months_are_told(content: str, expected: tuple[int, int, str]) -> None:
    found = problems("x.csv", content)
    assert (found[0][:2], expected[2] in found[0][2]) == (expected[:2], True), found


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(" ", (1, 1, "the export is empty"), id="empty"),
        pytest.param("[]", (1, 1, "no quotas stand here"), id="no record"),
        pytest.param('{"year": 2012}', (1, 1, "a list of objects"), id="a plan"),
        pytest.param(
            '[\n{"month" "2012-11"}]', (2, 10, "this is no JSON: Expecting ':' delimiter"), id="no JSON"
        ),
        pytest.param("[1, 2]", (1, 2, "record 1 is no object"), id="numbers"),
        pytest.param('[{"month": "2012-11", "quota": 5},\n [5]]', (2, 2, "record 2 is no object"), id="list"),
        pytest.param('{"months": [{"month": "2012-11", "old": 5}]}', (1, 1, "difference"), id="a diff"),
        pytest.param('[{"month": "2012-11"}]', (1, 2, "no column is called `quota`"), id="no quota"),
        pytest.param(
            '[{"month": "2012-11", "quota": 5}, {"month": "2012-12"}]',
            (1, 36, "record 2: this has no `quota`"),
            id="no quota in a record",
        ),
        pytest.param(
            '[{"month": "2012-11", "quota": null}]', (1, 2, "record 1: an empty text is not"), id="null"
        ),
        pytest.param(
            '[{"month": "2012-11", "quota": NaN}]', (1, 2, "record 1: `NaN` is not an amount"), id="NaN"
        ),
        pytest.param(
            '[{"month": "2012-11", "quota": 1e999999999}]',
            (1, 2, "record 1: `1e999999999` is not"),
            id="exponent",
        ),
        pytest.param(
            '[{"month": "2012-11", "quota": ' + "9" * 9999 + "}]", (1, 2, "more than 40 char"), id="endless"
        ),
        pytest.param(
            '[{"month": "2012-11", "quota": [5]}]', (1, 2, "is not an amount"), id="list as a quota"
        ),
        pytest.param(
            '[{"month": 201211, "quota": 5}]', (1, 2, "record 1: `201211` is no month"), id="number"
        ),
        pytest.param(
            '[\n  {"month": "2012-11", "quota": 5},\n  {"month": "2012-11", "quota": 5}\n]',
            (3, 3, "record 2: `2012-11` stands here a second time, the first is in record 1"),
            id="month twice",
        ),
        pytest.param("[" * 100_000, (1, 1, "nests deeper"), id="nested"),
    ],
)
def test_what_is_wrong_with_json_is_told_with_the_number_of_the_record(
    content: str, expected: tuple[int, int, str]
) -> None:
    ((line, column, message),) = problems("x.json", content)
    assert (line, column) == expected[:2]
    assert expected[2] in message


def test_every_problem_is_told_and_of_many_the_first() -> None:
    found = problems("x.csv", by_month("2012-01,x", "2012-02,5", "y,5"))
    assert [place[:2] for place in found] == [(2, 9), (4, 1)]
    found = problems("x.csv", by_month(*(f"{i},5" for i in range(50))))
    assert (len(found), found[-1]) == (21, (22, 1, "and 30 more from here on"))


def test_workbook_by_another_name_is_told() -> None:
    ((_, _, message),) = problems("x.csv", b"PK\x03\x04\xff\xff\xff\xff")
    assert "but a workbook" in message


def test_file_that_is_too_large_is_refused() -> None:
    ((_, _, message),) = problems("x.csv", "month,quota\n" + " " * 1_000_000)
    assert message.startswith("the export is larger than 1,000,000 bytes")


# Retail years


RETAIL = {
    "NRF, 53 weeks": {"nrf": 2023},
    "4-4-5": {"pattern": "4-4-5", "ends": "2027-12-25"},
    "a week more in P02": {"pattern": "5-4-4", "ends": "2028-01-29", "weeks": 53, "leap": "P02"},
    "from 1 February": {"nrf": 2026},
}


def retail(year: Mapping[str, object]) -> Cascade:
    return cascade(Plan.model_validate({"year": year, "target": 40_000_000}))


@pytest.mark.parametrize("ending", [".csv", ".json"])
@pytest.mark.parametrize("by", ["day", "week", "month", "quarter"])
@pytest.mark.parametrize("year", RETAIL.values(), ids=RETAIL)
def test_quotas_of_a_retail_year_are_what_the_plan_said(
    folder: Path, year: Mapping[str, object], by: By, ending: str
) -> None:
    made = retail(year)
    _export(path := folder / f"quotas{ending}", made, by)
    read = read_exported(str(path))
    expected = {labels: known.amount for labels, known in quotas(made, by).items()}
    assert read.by_label(by) == expected
    assert (read.year.label, read.year.span) == (made.plan.year.label, made.plan.year.span)
    if by != "quarter":
        assert read.year.months == made.plan.year.months


def test_weeks_of_a_retail_year_are_whole_and_tell_its_periods(folder: Path) -> None:
    made = retail({"nrf": 2023})
    _export(path := folder / "weeks.csv", made, "week", whole=True)
    read = read_exported(str(path))
    assert read.months == {month.period.label: month.amount for month in made.months}
    assert len(read.weeks) == len(read.part_weeks) == 53


def retail_rows(*lengths: int, first: int = 1) -> str:
    """Periods of so many days from 31 January 2027, numbered from `first`."""
    start, rows = date(2027, 1, 31), ["month,start,end,quota"]
    for number, days in enumerate(lengths, first):
        rows.append(f"P{number:02d},{start},{start + timedelta(days=days - 1)},5")
        start += timedelta(days=days)
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(retail_rows(28, 35, 28), "the periods are P01, P02, P03, and an export", id="3 periods"),
        pytest.param(
            retail_rows(*[28, 35, 28] * 4, first=2).replace("P13", "P01"), "P12, P01, and an", id="from P02"
        ),
        pytest.param(retail_rows(*[28] * 12), "periods of 4, 4, 4, 4,", id="48 weeks"),
        pytest.param(retail_rows(*[28, 35, 28] * 3, 28, 35, 42), "4, 5, 6 weeks are no", id="54 weeks"),
        pytest.param(retail_rows(*[30] * 12), "periods of a part, a part,", id="no whole weeks"),
        pytest.param(retail_rows(28, 35).replace("P02", "2027-03"), "`2027-03` is no month", id="mixed"),
        pytest.param(retail_rows(28).replace("2027-02-27", "2027-01-01"), "is before", id="backwards"),
        pytest.param("month,quota\nP01,5\n", "called `start`, `end`", id="without dates"),
        pytest.param(
            "quarter,start,end,quota\n2027-Q1,2027-01-31,2027-05-01,5\n", "the 4 quarters", id="1 quarter"
        ),
    ],
)
def test_what_is_no_retail_year_is_told(content: str, expected: str) -> None:
    ((_, _, message),) = problems("x.csv", content)
    assert expected in message


def _export(path: Path, planned: Cascade, by: By, whole: bool = False) -> None:
    path.write_bytes(file_bytes(split_table(planned, by, whole), FORMATS[path.suffix], None))


def _part_weeks(planned: Cascade) -> Mapping[tuple[str, str], Fraction]:
    return {(month.period.label, week.period.label): week.amount for month, week in _weeks(planned)}


def _days(planned: Cascade) -> Mapping[str, Fraction]:
    return {str(day.period.start): day.amount for _, week in _weeks(planned) for day in week.parts}


def _weeks(planned: Cascade) -> list[tuple[MonthQuota, Quota]]:
    return [(month, week) for month in planned.months for week in month.parts]
