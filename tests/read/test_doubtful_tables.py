"""Tables of which each cell can be read, and that together cannot be what they seem to say."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from sales_texts import AMOUNTS, BARE, FISCAL, MONTHS, NUMBERS, YEAR, amounts, read

from target_cascade.errors import ChoiceError, InputError
from target_cascade.read.sales.sales_file import Choices

ALL_MAY_LACK = Choices(may_lack=frozenset(month.label for month in YEAR.months))
FROM_APRIL = [*range(4, 13), 1, 2, 3]
DAYS = [date(2011, 1, 1) + timedelta(n) for n in range(365)]


def rows(months: Sequence[object], off: int = 0, more: str = "") -> list[str]:
    return [f"{month},{amount + off}{more}" for month, amount in zip(months, AMOUNTS, strict=True)]


def table(*lines: str) -> str:
    return "\n".join(lines)


def block(year: int | str, off: int = 0, header: str = "月份,销售额") -> list[str]:
    return [f"{year},", *([header] if header else []), *rows(BARE, off)]


WIDE_SALES = ",".join(["销售额", *map(str, AMOUNTS)])
TWO_ROWS = ["月份,销售,", ",线上,订单数"]


def daily(written: Callable[[date], object], days: Sequence[date] = DAYS) -> str:
    return table("date,sales", *(f"{written(day)},{day.day}" for day in days))


def changed(lines: list[str], index: int, line: str) -> list[str]:
    return [*lines[:index], line, *lines[index + 1 :]]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([*block("2011年"), *block("2010年", 1)], id="newest first"),
        pytest.param([*block("2010年", 1), *block("2011年")], id="oldest first"),
        pytest.param([*block("2011"), *block("2010", 1)], id="plain years"),
        pytest.param([*block("2011年"), *block("2010年", 1, header="")], id="one header"),
    ],
)
def test_block_of_months_has_the_year_above_it(lines: list[str]) -> None:
    assert amounts(read(table(*lines))) == AMOUNTS


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["month,sales", *rows(MONTHS)[:6], "month,sales", *rows(MONTHS)[6:]], id="repeated"),
        pytest.param(
            [*TWO_ROWS, *rows(BARE, more=",7")[:6], *TWO_ROWS, *rows(BARE, more=",7")[6:]],
            id="repeated, of two rows",
        ),
        pytest.param(
            ["month,sales,note", *changed(rows(MONTHS), 4, "2011-05,500,fair")], id="note in one row"
        ),
        pytest.param(
            ["month,sales,orders,note", *changed(rows(MONTHS, more=",7"), 4, "2011-05,500,7,fair")],
            id="note behind orders",
        ),
        pytest.param([",".join(["项目", *BARE, "备注"]), WIDE_SALES], id="wide, note"),
        pytest.param(
            ["year,date,sales", *(f"{day.isocalendar()[0]},{day},1" for day in DAYS)], id="years of weeks"
        ),
        pytest.param(["店,月份,销售额", *(f"1,{row}" for row in rows(BARE))], id="one shop"),
        pytest.param(["行标签,销售额", *rows(NUMBERS)], id="row labels of a pivot"),
        pytest.param([",".join(["店铺", *map(str, NUMBERS)]), WIDE_SALES], id="wide"),
        pytest.param(
            [f"指标,{','.join(f'2011{n:02d}' for n in NUMBERS)}", f"访客数{',7' * 12}", WIDE_SALES],
            id="wide, several rows below 201101",
        ),
        pytest.param(
            ["统计期间 2011-01-01 至 2011-12-31 导出时间 2012-01-05", "月份,销售额", *rows(BARE)],
            id="made later",
        ),
        pytest.param(
            [
                "Title,Retail sales",
                "Unit,",
                "Release date,17-02-2012",
                "Next release,15 March 2012",
                "Notes,",
                *rows(MONTHS),
            ],
            id="dates of releases above",
        ),
    ],
)
def test_table_that_is_plain_is_read(lines: list[str]) -> None:
    sales = read(table(*lines))
    assert len(sales.by_position) == 12
    assert sales.daily or amounts(sales) == AMOUNTS


def end_of_day(day: date) -> str:
    return f"{day} 23:59:59"


@pytest.mark.parametrize("written", [end_of_day, lambda day: f"{day} 00:00:00", lambda d: f"{d:%d/%m/%Y}"])
def test_days_are_read_where_nothing_is_doubtful(written: Callable[[date], object]) -> None:
    sales = read(daily(written))
    assert sales.by_position[1] == sum(range(1, 29))


HALVES = ["month,sales,orders", *rows(MONTHS, more=",7")]
SHIFTED = [",".join(["项目", *MONTHS, "合计"]), ",".join(["销售额", *map(str, AMOUNTS[1:]), "7700"])]


def utc(day: date) -> str:
    return f"{day} 16:00:00"


def summer(day: date) -> str:
    return f"{day} {22 if 4 <= day.month <= 10 else 23}:00:00"


def swapped(day: date) -> str:
    return f"2011-{day.day:02d}-{day.month:02d}" if day.day <= 12 else f"{day:%d/%m/%Y}"


THREE_YEARS = [date(2010, 1, 1) + timedelta(n) for n in range(1095)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            table("月份,销售额", *rows(BARE), "2010年,", *rows(BARE, 1)),
            "stands below it",
            id="no year above",
        ),
        pytest.param(
            table("month,sales", *rows(MONTHS)[:6], "month,budget", *rows(MONTHS)[6:]),
            "a second header, `month,budget`",
            id="second header of a budget",
        ),
        pytest.param(
            table(*HALVES[:7], "month,orders,sales", *HALVES[7:]), "a second header", id="columns change over"
        ),
        pytest.param(
            table(
                "销售额（元）,月份",
                *(f"7,{m}" for m in BARE[:6]),
                "销售额（万元）,月份",
                *(f"7,{m}" for m in BARE[6:]),
            ),
            "a second header",
            id="unit changes",
        ),
        pytest.param(
            table("月份,销售额", *rows(BARE)[:6], "以下为预测,", *rows(BARE)[6:]),
            "`以下为预测` stands between the months",
            id="forecast from here on",
        ),
        pytest.param(table(*changed(HALVES, 5, "2011-05,7")), "this row has 2 cells", id="row lacks a cell"),
        pytest.param(
            table(
                "month,channel,sales,orders",
                *(f"{m},web,{n},7" for m, n in zip(MONTHS, AMOUNTS, strict=True)),
            ).replace("2011-05,web,", "2011-05,"),
            "this row has 3 cells and the header 4",
            id="row lacks a text",
        ),
        pytest.param(
            table("month,sales,orders,note", *changed(rows(MONTHS, more=",7,"), 4, "2011-05,7,")),
            "this row has 3 cells",
            id="row lacks a cell before an empty note",
        ),
        pytest.param(table(*SHIFTED), "this row ends before `合计`", id="wide row lacks a cell"),
        pytest.param(daily(swapped), "day and month for each other", id="day and month changed over"),
        pytest.param(
            daily(utc, THREE_YEARS), "midnight in another time zone", id="midnights of China in UTC"
        ),
        pytest.param(daily(summer, THREE_YEARS), "midnight in another", id="midnights of Europe in UTC"),
        pytest.param(table("月份,销售额", *rows([f"{n}月" for n in FROM_APRIL])), "two calendar", id="4…3"),
        pytest.param(
            table("月份,销售额", *reversed(rows([f"{n}月" for n in FROM_APRIL]))), "two calendar", id="3…4"
        ),
        pytest.param(
            table("FY,month,sales", *(f"2011,{row}" for row in rows(FROM_APRIL))), "two calendar", id="FY"
        ),
        pytest.param(
            table("年份,日期,销售额", *(f"2010,{row}" for row in rows(MONTHS))),
            "`2010`, below `年份`, stands beside `2011-01`",
            id="column of another year",
        ),
        pytest.param(
            table("month,date,sales", *(f"2,{day},1" for day in DAYS)),
            "`2`, below `month`, stands beside `2011-01-01`",
            id="column of another month",
        ),
        pytest.param(
            table("hour,sales", *rows(NUMBERS)), "`hour` stands above numbers from 1 to 12", id="hours"
        ),
        pytest.param(
            table("门店,销售额", *rows(NUMBERS)), "`门店` stands above numbers from 1 to 12", id="shops"
        ),
        pytest.param(table("day,sales", *rows(NUMBERS)), "`day` stands above", id="days of no month"),
        pytest.param(table("month,2010/11,2011/12", *rows(NUMBERS, more=",7")), "lies in two", id="2011/12"),
        pytest.param(table("month,2011F", *rows(NUMBERS)), "2011F", id="2011F"),
        pytest.param(
            table("日," + ",".join(BARE), *(f"{n}{',7' * 12}" for n in range(1, 32))),
            "days stand down and months across",
            id="days down, months across",
        ),
        pytest.param(
            table("销售额（万元）", *rows(MONTHS)),
            "a header with a cell for each column",
            id="header of one cell",
        ),
    ],
)
def test_table_that_cannot_be_what_it_says_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read(text)
    assert message in error.value.problems[0].message


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["月份,销售额", *rows(BARE), "注：数据为2010年,"], id="note below"),
        pytest.param(["制表日期：2011-05-02,", "月份,销售额", *rows(BARE)], id="made in May"),
        pytest.param(
            ["月份,销售额", *rows(BARE)[:6], "2010年下半年,", *rows(BARE)[6:]], id="half of another year"
        ),
    ],
)
def test_bare_months_beside_another_year_are_a_choice(lines: list[str]) -> None:
    with pytest.raises(ChoiceError) as error:
        read(table(*lines))
    assert error.value.key == "year"
    assert amounts(read(table(*lines), choices=Choices(year_given=True))) == AMOUNTS


def test_fiscal_year_beside_months_is_refused_where_it_does_not_begin_in_january() -> None:
    text = table("财年,月份,销售额", *(f"{y},{row}" for y in (2011, 2012) for row in rows(BARE)))
    with pytest.raises(InputError, match="one calendar year or the next"):
        read(text, FISCAL)


@pytest.mark.parametrize(
    "name", ["年份", "年度", "年", "year", "会计年度", "财年", "FY", "fiscal year", "period"]
)
@pytest.mark.parametrize("said", ["2010/11", "2011/12", "FY2011", "2010"])
def test_another_year_in_a_column_beside_bare_months_is_refused(name: str, said: str) -> None:
    with pytest.raises(ChoiceError) as error:
        read(table(f"{name},月份,销售额", *(f"{said},{row}" for row in rows(BARE))))
    assert error.value.key == "year"


@pytest.mark.parametrize("said", ["2011", "2011年", "11"])
def test_own_year_in_a_column_beside_bare_months_is_read(said: str) -> None:
    text = table("年份,月份,销售额", *(f"{said},{row}" for row in rows(BARE)))
    assert amounts(read(text)) == AMOUNTS


def of_february(cut: Sequence[int]) -> list[date]:
    return [day for day in DAYS if day.month != 2 or day.day not in cut]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        pytest.param(of_february(range(19, 29)), ", no rows from 2011-02-19 to 2011-02-28", id="ten days"),
        pytest.param(of_february(range(3, 10)), ", no rows from 2011-02-03 to 2011-02-09", id="a week"),
        pytest.param(of_february(range(3, 9)), "", id="six days"),
        pytest.param(DAYS[4:], ", no rows before 2011-01-05", id="first days"),
        pytest.param(DAYS[:-3], ", no rows after 2011-12-28", id="last days"),
        pytest.param(
            [d for d in DAYS if d >= date(2011, 4, 11)], ", 2011-04 begins on the 11th", id="begun late"
        ),
        pytest.param(
            [d for d in DAYS if d <= date(2011, 10, 22)], ", 2011-10 ends on the 22nd", id="ended early"
        ),
        pytest.param(
            [d for d in DAYS if not date(2011, 1, 20) <= d <= date(2011, 3, 3)],
            "without 2011-02, no rows from 2011-01-20 to 2011-01-31",
            id="a month and more",
        ),
    ],
)
def test_days_without_rows_are_told(days: Sequence[date], told: str) -> None:
    line = read(daily(str, days), choices=ALL_MAY_LACK).understood
    assert line.endswith(told) if told else "no rows" not in line


def test_rows_without_amounts_are_told_as_such() -> None:
    lines = ["month,sales", *rows(MONTHS)[:8], *(f"{month}," for month in MONTHS[8:])]
    line = read(table(*lines), choices=ALL_MAY_LACK).understood
    assert "8 months of 2011 (4 rows without an amount), total 3,600" in line
