"""Last year's amounts from a file; what is wrong with one stands in tests/errors/base_file."""

import os
from fractions import Fraction
from pathlib import Path

import pytest

from target_cascade.calendar import PlanYear
from target_cascade.errors import InputError, UnreadableError
from target_cascade.read.sales.sales_file import Choices, Sales, read_sales

YEAR = PlanYear.starting(2011)
MONTHS = [month.label for month in YEAR.months]


@pytest.fixture
def base_file(tmp_path: Path) -> Path:
    return tmp_path / "last_year.csv"


def read(path: Path, year: PlanYear = YEAR) -> Sales:
    return read_sales(str(path), year, Choices())


def amounts(path: Path, year: PlanYear = YEAR) -> list[Fraction]:
    by_position = read(path, year).by_position
    return [by_position[month] for month in range(12)]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("month,amount\n" + "".join(f"{m},5万\n" for m in MONTHS), id="year and month"),
        pytest.param("month,amount\n" + "".join(f"{m},5万\n" for m in range(1, 13)), id="numbers"),
        pytest.param("amount,month\n" + "".join(f"5万,{m}\n" for m in MONTHS), id="columns the other way"),
        pytest.param("month,shop,amount\n" + "".join(f"{m},JD,5万\n" for m in MONTHS), id="a column more"),
        pytest.param(
            "Month, AMOUNT \n" + "".join(f" {m} , 5万 \n" for m in MONTHS), id="capitals and spaces"
        ),
        pytest.param("month,amount,,\n" + "".join(f"{m},5万,,\n" for m in MONTHS), id="empty columns"),
        pytest.param("month,amount\n" + "".join(f"{m},5万,,\n" for m in MONTHS), id="empty cells beyond"),
        pytest.param("month,amount\n" + "".join(f'"{m}","50,000"\n' for m in MONTHS), id="quoted groups"),
        pytest.param("month,amount\n" + "".join(f"{m},￥５００００\n" for m in MONTHS), id="full width"),
        pytest.param(
            "\nmonth,amount\n\n" + "".join(f"{m},5万\n\n" for m in reversed(MONTHS)), id="blank lines"
        ),
        pytest.param(
            "\ufeffmonth,amount\r\n" + "".join(f"{m},5万\r\n" for m in MONTHS), id="as Excel writes it"
        ),
        pytest.param("date,amount\n" + "".join(f"{m}-28,5万\n" for m in MONTHS), id="a day a month"),
    ],
)
def test_base_is_read(base_file: Path, content: str) -> None:
    base_file.write_text(content, encoding="utf-8", newline="")
    assert amounts(base_file) == [50_000] * 12


@pytest.mark.parametrize(
    ("content", "daily"),
    [
        pytest.param("month,amount\n" + "".join(f"{m},5万\n" for m in MONTHS), False, id="months"),
        pytest.param("date,amount\n" + "".join(f"{m}-01,5万\n" for m in MONTHS), False, id="months by date"),
        pytest.param(
            "date,amount\n2011-12-31,1\n" + "".join(f"{m}-01,5万\n" for m in MONTHS), True, id="days"
        ),
    ],
)
def test_base_is_known_by_day_where_a_month_has_several(base_file: Path, content: str, daily: bool) -> None:
    base_file.write_text(content, encoding="utf-8")
    assert read(base_file).daily is daily


def test_days_are_gathered_to_months(base_file: Path) -> None:
    year = PlanYear.starting(2011, 4)
    rows = [
        f"{day},{month_position}.25"
        for month_position, month in enumerate(year.months)
        for day in month.dates()
    ]
    base_file.write_text("date,amount\n" + "\n".join(rows), encoding="utf-8")
    assert amounts(base_file, year) == [
        (position + Fraction(1, 4)) * month.days for position, month in enumerate(year.months)
    ]


def test_negative_day_lowers_its_month(base_file: Path) -> None:
    rows = [f"{month}-01,5" for month in MONTHS]
    base_file.write_text(
        "date,amount\n" + "\n".join(rows) + "\n2011-03-31,-2\n2011-12-31,0\n", encoding="utf-8"
    )
    assert amounts(base_file)[2] == 5 - 2


def test_row_over_two_lines_keeps_the_places_of_the_rows_below(base_file: Path) -> None:
    base_file.write_text('month,note,amount\n2011-01,"two\nlines",5\n2011-02,x,y\n', encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read(base_file)
    (problem,) = refused.value.problems
    assert (problem.line, problem.column, problem.text) == (4, 11, "2011-02,x,y")


def test_third_row_of_a_month_is_told_with_the_first(base_file: Path) -> None:
    base_file.write_text("month,amount\n2011-01,5\n2011-01,6\n2011/1,7\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read(base_file)
    assert [(p.line, "the first is in line 2" in p.message) for p in refused.value.problems] == [
        (3, True),
        (4, True),
    ]


def test_missing_file_is_told_apart(base_file: Path) -> None:
    with pytest.raises(UnreadableError):
        read(base_file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_refused_before_anybody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(UnreadableError, match="no plain file"):
        read(tmp_path / "pipe.csv")
