"""Files as people have them → the amounts that they mean, or why they cannot be known."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest
from sales_texts import (
    AMOUNTS,
    BARE,
    CHINESE,
    ENGLISH,
    FISCAL,
    MONTHS,
    NO_CHOICES,
    NUMBERS,
    ORDERS_ROW,
    RETAIL,
    SALES_ROW,
    TOTAL,
    YEAR,
    amounts,
    read,
    table,
    wide,
)

from target_cascade.errors import ChoiceError, InputError
from target_cascade.read.sales.sales_file import Choices, sales_of
from target_cascade.read.tables.grid import Cell, Grid, SheetMark


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(lambda n: f"2011-{n:02d}", id="2011-01"),
        pytest.param(lambda n: f"2011-{n}", id="2011-1"),
        pytest.param(lambda n: f"2011/{n}", id="2011/1"),
        pytest.param(lambda n: f"2011.{n:02d}", id="2011.01"),
        pytest.param(lambda n: f"2011.{n}", id="2011.1 with 2011.10"),
        pytest.param(lambda n: f"2011年{n}月", id="2011年1月"),
        pytest.param(lambda n: f"2011年{n:02d}月份", id="2011年01月份"),
        pytest.param(lambda n: f"2011 年 {n} 月", id="spaces in Chinese"),
        pytest.param(lambda n: f"2011{n:02d}", id="201101"),
        pytest.param(lambda n: f"2011M{n:02d}", id="2011M01"),
        pytest.param(lambda n: f"2011-M{n:02d}", id="2011-M01"),
        pytest.param(lambda n: CHINESE[n - 1], id="一月"),
        pytest.param(lambda n: CHINESE[n - 1] + "份", id="一月份"),
        pytest.param(lambda n: f"{n}月", id="1月"),
        pytest.param(lambda n: chr(0xFF10 + n) + "月" if n < 10 else f"{n}月", id="full width"),
        pytest.param(lambda n: ENGLISH[n - 1], id="Jan"),
        pytest.param(lambda n: ENGLISH[n - 1].upper(), id="JAN"),
        pytest.param(lambda n: f"{ENGLISH[n - 1]} 2011", id="Jan 2011"),
        pytest.param(lambda n: f"2011 {ENGLISH[n - 1].upper()}", id="2011 JAN"),
        pytest.param(lambda n: f"{ENGLISH[n - 1]}-11", id="Jan-11, all of 11"),
        pytest.param(lambda n: f"11-{ENGLISH[n - 1]}", id="11-Jan, all of 11"),
        pytest.param(lambda n: f"{ENGLISH[n - 1]} '11", id="Jan '11"),
        pytest.param(lambda n: f"{n:02d}/2011", id="01/2011"),
        pytest.param(lambda n: f"{n}", id="1"),
        pytest.param(lambda n: f"{n:02d}", id="01"),
        pytest.param(lambda n: f"2011-{n:02d}-01", id="first of the month"),
        pytest.param(lambda n: f"{YEAR.months[n - 1].end}", id="last of the month"),
        pytest.param(lambda n: f"2011/{n}/1 0:00:00", id="midnight"),
        pytest.param(lambda n: f"2011-{n:02d}-01T00:00:00Z", id="ISO timestamp"),
        pytest.param(lambda n: f"{(YEAR.months[n - 1].start.toordinal() - 693594)}", id="Excel serial"),
        pytest.param(lambda n: f"{n}/1/2011", id="month first, by the whole year"),
        pytest.param(lambda n: f"01.{n:02d}.2011", id="day first, by the whole year"),
        pytest.param(lambda n: f"2011-{n:02d}-01~{YEAR.months[n - 1].end}", id="first to last day"),
    ],
)
def test_months_are_read_however_they_are_written(written: Callable[[int], str]) -> None:
    sales = read(table("月份,销售额", [written(n) for n in NUMBERS]))
    assert amounts(sales) == AMOUNTS
    assert not sales.daily


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(table("month,amount", MONTHS), id="English header"),
        pytest.param(table("", MONTHS), id="no header"),
        pytest.param(table("", [str(n) for n in NUMBERS]), id="no header, bare numbers"),
        pytest.param(table("foo,bar", MONTHS), id="names that say nothing"),
        pytest.param(table(",", BARE), id="empty header"),
        pytest.param(table("2011年销售统计,\n月份,销售额", BARE), id="title with the year"),
        pytest.param(table("2011年销售统计\n单位：元\n\n月份,销售额", BARE), id="title, unit, empty row"),
        pytest.param(
            table("报表,,制表日期：2012-01-05\n月份,销售额,备注", BARE), id="date of making in a title"
        ),
        pytest.param(
            table("月份,销售额", BARE, "制表人：张三", "注：含税", "导出时间 2012-01-05"), id="footers"
        ),
        pytest.param(table("月份,销售额", BARE, f"合计,{TOTAL}"), id="total row"),
        pytest.param(table("月份,销售额", BARE, f"合 计：,{TOTAL}"), id="total with a space and a colon"),
        pytest.param(table("月份,销售额", BARE, f",{TOTAL},Grand Total"), id="total named elsewhere"),
        pytest.param(table(f"月份,销售额\n总计,{TOTAL}", BARE), id="total row on top"),
        pytest.param(table("月份,销售额", BARE, f"2011,{TOTAL}"), id="bare year is the year's total"),
        pytest.param(table("月份,销售额", BARE, "平均,650", "同比增长,12%"), id="average and growth rows"),
        pytest.param(table("月份,销售额", BARE, "合计,"), id="total row without a figure"),
        pytest.param(table("月份,订单数,销售额", MONTHS, row="{month},7,{amount}"), id="orders beside"),
        pytest.param(
            table("月份,销售额,目标销售额,累计销售额", MONTHS, row="{month},{amount},9,9"),
            id="target, cumulative beside",
        ),
        pytest.param(
            table("Month,Sales,Sales Target", MONTHS, row="{month},{amount},9"), id="sales target beside"
        ),
        pytest.param(
            table("月份,销售额,同比,占比", MONTHS, row="{month},{amount},3%,4%"), id="percentages beside"
        ),
        pytest.param(table("排名,月份,金额", MONTHS, row="{n},{month},{amount}"), id="rank in front"),
        pytest.param(table("年,月,金额", MONTHS, row="2011,{n},{amount}"), id="year and month apart"),
        pytest.param(
            table("year,month,sales", ENGLISH, row="2011,{month},{amount}"), id="year and name apart"
        ),
        pytest.param(
            "年份,月份,金额\n"
            + "\n".join(f"{'2011年' if n == 1 else ''},{n}月,{a}" for n, a in enumerate(AMOUNTS, 1)),
            id="merged year",
        ),
        pytest.param(
            table("年,月,日,金额", MONTHS, row="2011,{n},1,{amount}"), id="year, month and day apart"
        ),
        pytest.param(
            table("日期,月份,金额", MONTHS, row="{month}-01,{n}月,{amount}"), id="date and month agree"
        ),
        pytest.param(table("月份,Month,金额", BARE, row="{month},{n},{amount}"), id="two names of one month"),
        pytest.param(table("月份,2010年,2011年", BARE, row="{month},5,{amount}"), id="a column a year"),
        pytest.param(
            table("月份,2010年销售额,2011年销售额", BARE, row="{month},5,{amount}"), id="sales by year"
        ),
        pytest.param(
            table("月份,2010年,,2011年,\n,销售额,订单数,销售额,订单数", BARE, row="{month},5,6,{amount},8"),
            id="header of two rows",
        ),
        pytest.param(wide(SALES_ROW), id="wide"),
        pytest.param(wide(SALES_ROW, ORDERS_ROW), id="wide with orders"),
        pytest.param(wide(f"{SALES_ROW},{TOTAL}", months=[*BARE, "合计"]), id="wide with a total"),
        pytest.param(wide(SALES_ROW, months=MONTHS, corner=""), id="wide without a corner"),
        pytest.param(
            wide("amount," + ",".join(map(str, AMOUNTS[::-1])), months=MONTHS[::-1]), id="wide, descending"
        ),
        pytest.param("2011年销售表\n" + wide(SALES_ROW) + "\n制表人：张三", id="wide with title and footer"),
        pytest.param(
            wide("2010," + ",".join("5" * 12), "2011," + ",".join(map(str, AMOUNTS)), corner="年份"),
            id="wide, a row a year",
        ),
        pytest.param(
            wide("2010年," + ",".join("5" * 12), "2011年," + ",".join(map(str, AMOUNTS)), corner=""),
            id="wide, a row a year, no corner",
        ),
        pytest.param(
            ",2010年"
            + "," * 12
            + "2011年"
            + "," * 11
            + "\n"
            + wide("销售额," + ",".join(["5"] * 12 + [str(a) for a in AMOUNTS]), months=BARE * 2),
            id="wide below merged years",
        ),
        pytest.param("月份," + ",".join(map(str, NUMBERS)) + "\n" + SALES_ROW, id="wide, bare numbers"),
        pytest.param(
            table("month,amount", MONTHS, *(f"2010-{n:02d},5" for n in NUMBERS)), id="another year below"
        ),
        pytest.param(
            table("month,amount", MONTHS, *(f"2010-{n:02d},5" for n in NUMBERS), f"total,{TOTAL}"),
            id="total of this year",
        ),
        pytest.param(
            table("month,amount", MONTHS, *(f"2010-{n:02d},5" for n in NUMBERS), f"total,{TOTAL + 60}"),
            id="total of both years",
        ),
        pytest.param(
            table("月份,销售额\n2011年,", BARE, "2010年,", *(f"{m},5" for m in BARE)), id="years as headings"
        ),
        pytest.param(
            "\n".join(table("月份;销售额", BARE, row="{month};{amount}").splitlines()), id="semicolons"
        ),
        pytest.param(table("月份\t销售额", BARE, row="{month}\t{amount}"), id="tabs"),
        pytest.param(
            table("TIME_PERIOD,OBS_VALUE,DECIMALS", MONTHS, row="{month},{amount},0"), id="statistics"
        ),
        pytest.param(table("月份,销售额\n,元", BARE), id="row of units"),
        pytest.param(table("月份,部门,销售额\n", BARE, row="{month},全部,{amount}"), id="a column of text"),
        pytest.param(table("月份,含税单价,支付金额", BARE, row="{month},3,{amount}"), id="price with tax"),
    ],
)
def test_table_is_understood(text: str) -> None:
    assert amounts(read(text)) == AMOUNTS


@pytest.mark.parametrize(
    ("text", "choices", "worth"),
    [
        pytest.param(table("月份,销售额（万元）", BARE), NO_CHOICES, 10_000, id="in the header"),
        pytest.param(table("单位：万元\n月份,销售额", BARE), NO_CHOICES, 10_000, id="in a title"),
        pytest.param(
            table("2011年销售统计,单位：万元\n月份,销售额", BARE), NO_CHOICES, 10_000, id="beside a title"
        ),
        pytest.param(
            table("月份,销售额,订单数\n,万元,单", BARE, row="{month},{amount},7"),
            NO_CHOICES,
            10_000,
            id="row of units",
        ),
        pytest.param(table("月份,销售额", BARE, "单位：万元"), NO_CHOICES, 10_000, id="in a footer"),
        pytest.param(table("月份,销售额", BARE), Choices(unit="万"), 10_000, id="in the plan"),
        pytest.param(table("月份,销售额（万元）", BARE), Choices(unit="万"), 10_000, id="in both"),
        pytest.param(table("Month,Sales ($000)", BARE), NO_CHOICES, 1000, id="thousands"),
        pytest.param(
            wide("销售额（万元）," + ",".join(map(str, AMOUNTS))),
            NO_CHOICES,
            10_000,
            id="in the label of a row",
        ),
        pytest.param("单位：万元\n" + wide(SALES_ROW), NO_CHOICES, 10_000, id="in the title of a wide table"),
        pytest.param(
            table("月份,销售额", BARE, row="{month},{amount}万"), NO_CHOICES, 10_000, id="in each cell"
        ),
        pytest.param(
            table("TIME_PERIOD,OBS_VALUE,UNIT_MULT", MONTHS, row="{month},{amount},6"),
            NO_CHOICES,
            10**6,
            id="SDMX",
        ),
        pytest.param(
            table("月份,销售额", BARE, "注：双11带来50万元"), NO_CHOICES, 1, id="an amount in a note is none"
        ),
    ],
)
def test_unit_is_put_to_the_amounts(text: str, choices: Choices, worth: int) -> None:
    assert amounts(read(text, choices=choices)) == [worth * amount for amount in AMOUNTS]


DAYS = [day for month in YEAR.months for day in month.dates()]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(lambda day: f"{day}", id="2011-01-15"),
        pytest.param(lambda day: f"{day.year}/{day.month}/{day.day}", id="2011/1/15"),
        pytest.param(lambda day: f"{day.year}.{day.month}.{day.day}", id="2011.1.15"),
        pytest.param(lambda day: f"{day:%Y%m%d}", id="20110115"),
        pytest.param(lambda day: f"{day.year}年{day.month}月{day.day}日", id="2011年1月15日"),
        pytest.param(lambda day: f"{day:%d.%m.%Y}", id="15.01.2011"),
        pytest.param(lambda day: f"{day.month}/{day.day}/{day.year}", id="1/15/2011"),
        pytest.param(lambda day: f"{day.day}/{day.month}/{day.year}", id="15/1/2011"),
        pytest.param(lambda day: f"{day} 00:00:00", id="midnight"),
        pytest.param(lambda day: f"{day} 周{'一二三四五六日'[day.weekday()]}", id="Chinese weekday"),
        pytest.param(
            lambda day: f"{day} ({'Mon Tue Wed Thu Fri Sat Sun'.split()[day.weekday()]})", id="weekday"
        ),
        pytest.param(lambda day: f"{day.toordinal() - 693594}", id="Excel serial"),
        pytest.param(lambda day: f"{day.month}月{day.day}日", id="1月15日"),
        pytest.param(lambda day: f"{day.day}-{ENGLISH[day.month - 1]}-2011", id="15-Jan-2011"),
        pytest.param(lambda day: f"{ENGLISH[day.month - 1]} {day.day}, 2011", id="Jan 15, 2011"),
        pytest.param(lambda day: f"{day.day}-{ENGLISH[day.month - 1]}-11", id="15-Jan-11"),
    ],
)
def test_days_are_gathered_to_months(written: Callable[[object], str]) -> None:
    sales = read("日期;销售额\n" + "\n".join(f"{written(day)};{day.month}" for day in DAYS))
    assert amounts(sales) == [month.days * n for n, month in enumerate(YEAR.months, 1)]
    assert sales.daily


def daily(days: Sequence[object] = DAYS, *more: str) -> str:
    return "\n".join(["日期,销售额", *(f"{day},10" for day in days), *more])


def test_month_totals_between_days_are_checked() -> None:
    assert amounts(read(daily(DAYS, "2011-01 合计,310", "一季度,900", "合计,3650")))[0] == 310
    with pytest.raises(
        InputError, match="`2011-01 合计` is 311, and the 31 rows that it sums come to 310: 1 less"
    ):
        read(daily(DAYS, "2011-01 合计,311"))


def test_days_may_begin_a_week_late() -> None:
    assert amounts(read(daily(DAYS[7:-7])))[0] == 24 * 10


NO_FEBRUARY = [day for day in DAYS if day.month != 2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # periods
        pytest.param(
            table("month,amount", MONTHS, "2011-03,5"),
            "`2011-03` stands here a second time, the first is in line 4",
            id="month twice",
        ),
        pytest.param(
            table("month,amount", MONTHS, "Mar 2011,5"),
            "`Mar 2011` stands here a second time",
            id="month twice in two notations",
        ),
        pytest.param(
            "month,amount\n" + "\n".join(f"{m},1" for m in MONTHS[1:11]),
            "no row is about 2011-01, 2011-12",
            id="months missing",
        ),
        pytest.param(
            daily(DAYS, "2011-01-01,1"),
            "`2011-01-01` stands here a second time, the first is in line 2",
            id="day twice",
        ),
        pytest.param(daily(DAYS[30:]), "first day with a row is 2011-01-31", id="days cut at the start"),
        pytest.param(daily(DAYS[:-20]), "last day with a row is 2011-12-11", id="days cut at the end"),
        pytest.param(daily(NO_FEBRUARY), "no row is about 2011-02", id="a month without days"),
        pytest.param(
            daily(DAYS[::7]), "whole weeks apart, such as 2011-01-01 and 2011-01-08", id="weekly sums"
        ),
        pytest.param(
            "季度,金额\n" + "\n".join(f"2011Q{n},5" for n in range(1, 5)),
            "`2011Q1` is no month: of quarters alone",
            id="quarters",
        ),
        pytest.param(
            "季度,金额\n" + "\n".join(f"{n}季度,5" for n in "一二三四"),
            "of quarters alone",
            id="Chinese quarters",
        ),
        pytest.param(
            table("下单日期,付款日期,销售额", MONTHS, row="{month}-01,{month}-02,{amount}"),
            "two columns have dates, `下单日期`.*`付款日期`",
            id="two columns of dates",
        ),
        pytest.param(
            table("日期,月份,金额", MONTHS, row="{month}-01,{n}月,{amount}").replace("3月", "4月"),
            "do not agree",
            id="date and month differ",
        ),
        pytest.param(
            table("月份,销售额,月份,销售额", BARE, row="{month},1,{n}月,2").replace("3月,2", "4月,2"),
            "do not agree",
            id="tables side by side",
        ),
        pytest.param(
            table("月份,销售额", [f"{m}-10" for m in ENGLISH]),
            "`Jan-10` may be a day, or a month of a year",
            id="Jan-10 in a base of 2011",
        ),
        pytest.param(
            table("月份,销售额", [f"{m}-{n}" for n, m in enumerate(ENGLISH, 1)]),
            "may be a day, or a month",
            id="names with other numbers",
        ),
        pytest.param(
            "日期,销售额\n" + "\n".join(f"0{n}/02/2011,5" for n in range(1, 8)),
            "may begin with the day or with the month",
            id="order of day and month unknown",
        ),
        pytest.param("日期,销售额\n13/1/2011,5\n1/14/2011,5", "in two orders", id="both orders"),
        pytest.param(
            table("month,amount", ["2011-13", *MONTHS[1:]]),
            "`2011-13` is not a date of the calendar",
            id="month 13",
        ),
        pytest.param(
            daily([*DAYS, "2011-02-30"]), "`2011-02-30` is not a date of the calendar", id="30 February"
        ),
        pytest.param(
            daily([*DAYS[1:], "2011-01-01T16:00:00Z"]),
            "another day in another time zone",
            id="hour of another zone",
        ),
        pytest.param(
            table(
                "月份,销售额",
                [f"2011.{n}" if n < 10 else f"2011.{n - 9}" if n == 10 else f"2011.{n}" for n in NUMBERS],
            ),
            "may be January, or October",
            id="2011.1 for October",
        ),
        pytest.param(
            table("月份,销售额", [f"P{n:02d}" for n in NUMBERS]),
            "`P01` is a period of a retail year",
            id="retail periods in a calendar year",
        ),
        pytest.param(
            "周,销售额\n" + "\n".join(f"W{n:02d},5" for n in range(1, 53)),
            "`W01` is a week of a retail year",
            id="weeks in a calendar year",
        ),
        pytest.param("a,b\nc,d", "no column or row of months or days", id="no table"),
        pytest.param("月份,销售额\n春季,5\n夏季,6", "`春季` is no month or day that is known", id="seasons"),
        # rows
        pytest.param(
            table("month,amount", MONTHS, "extra,5"),
            "`extra` is no month or day, nor a total",
            id="a row of something else",
        ),
        pytest.param(
            table("month,amount", MONTHS, ",5"),
            "in a row without a month, day or name",
            id="a row without a name",
        ),
        pytest.param(
            table("month,amount", MONTHS).replace("2011-05,500", "2011-05,"), "line|empty", id="empty amount"
        ),
        pytest.param(
            table("month,amount", MONTHS).replace("2011-05,500", "2011-05,#REF!"),
            "#REF!",
            id="error of Excel",
        ),
        pytest.param(
            table("month,amount", MONTHS).replace("2011-05,500", "2011-05,五万"),
            "`五万` is not an amount",
            id="text for an amount",
        ),
        pytest.param(
            table("month,amount", MONTHS).replace("2011-05,500", "2011-05,500,000"),
            "more cells than the header",
            id="comma not quoted",
        ),
        pytest.param(
            table("month,amount,note", MONTHS).replace("2011-05,500", "2011-05,500,000"),
            "may be the rest of `500,000`",
            id="comma not quoted, into a note",
        ),
        # totals
        pytest.param(
            table("月份,销售额", BARE, f"合计,{TOTAL + 1}"),
            "`合计` is 7,801, and the 12 rows that it sums come to 7,800: 1 less",
            id="total off by one",
        ),
        pytest.param(
            table("月份,销售额", BARE, f"合计,{TOTAL - 300}"),
            r"`3月` \(line 4\) is just that, perhaps it is not in the total",
            id="total without a month",
        ),
        pytest.param(
            table("月份,销售额", BARE, "合计,0.78万", row="{month},{amount}").replace("0.78万", "0.078"),
            "`合计`",
            id="total in another unit",
        ),
        pytest.param(
            table("月份,销售额", BARE, "一季度,601"),
            "`一季度` is 601, and the 3 rows that it sums come to 600",
            id="quarter off by one",
        ),
        pytest.param(table("月份,销售额", BARE, "上半年,2101"), "`上半年`", id="half off by one"),
        pytest.param(
            wide(f"{SALES_ROW},{TOTAL + 1}", months=[*BARE, "合计"]),
            "`合计` is 7,801",
            id="total column off by one",
        ),
        pytest.param(
            table("month,amount", MONTHS, *(f"2010-{n:02d},5" for n in NUMBERS), "total,7861"),
            "`total` is 7,861",
            id="total of neither year",
        ),
        # units
        pytest.param(
            table("月份,销售额（万元）", BARE).replace("5月,500", "5月,500万"),
            "`500万` has a unit of its own",
            id="unit in a cell and the header",
        ),
    ],
)
def test_what_cannot_be_known_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(text)


@pytest.mark.parametrize(
    ("text", "choices", "key", "offered", "message"),
    [
        pytest.param(
            table("月份,销售额,成交金额", BARE, row="{month},{amount},5"),
            NO_CHOICES,
            "column",
            ("销售额", "成交金额"),
            "more than one could be sales",
            id="two columns of sales",
        ),
        pytest.param(
            table("月份,杭州,上海", BARE, row="{month},{amount},5"),
            NO_CHOICES,
            "column",
            ("杭州", "上海"),
            "more than one",
            id="two columns that say nothing",
        ),
        pytest.param(
            table("月份,订单数,成本", BARE, row="{month},{amount},5"),
            NO_CHOICES,
            "column",
            ("订单数", "成本"),
            "none is known to be sales",
            id="no column of sales",
        ),
        pytest.param(
            table("月份,订单数", BARE),
            NO_CHOICES,
            "column",
            ("订单数",),
            "none is known to be sales",
            id="orders alone",
        ),
        pytest.param(
            table("月份,目标销售额", BARE),
            NO_CHOICES,
            "column",
            ("目标销售额",),
            "none is known",
            id="a target alone",
        ),
        pytest.param(
            table("月份,销售额", BARE),
            Choices(column="金额"),
            "column",
            ("销售额",),
            "none is called `金额`",
            id="no such column",
        ),
        pytest.param(
            wide("杭州," + ",".join("5" * 12), "上海," + ",".join("6" * 12)),
            NO_CHOICES,
            "column",
            ("杭州", "上海"),
            "of the rows more than one",
            id="two rows",
        ),
        pytest.param(
            table("month,amount", [f"2010-{n:02d}" for n in NUMBERS]),
            NO_CHOICES,
            "year",
            ("2010",),
            "a base of the wrong year: the rows are of 2010",
            id="another year",
        ),
        pytest.param(
            table("月份,2010年", BARE),
            NO_CHOICES,
            "year",
            ("2010",),
            "wrong year",
            id="a column of another year",
        ),
        pytest.param(
            table("2010年销售统计\n月份,销售额", BARE),
            NO_CHOICES,
            "year",
            ("2010",),
            "names 2010",
            id="a title of another year",
        ),
        pytest.param(
            table("月份,今年", BARE),
            NO_CHOICES,
            "year",
            ("2011",),
            "the year that this file was made in",
            id="this year",
        ),
        pytest.param(
            table("月份,销售额（万元）", BARE),
            Choices(unit="千"),
            "unit",
            ("万元", "千"),
            "the plan says",
            id="unit of the plan differs",
        ),
        pytest.param(
            table("单位：元\n月份,销售额（万元）", BARE),
            NO_CHOICES,
            "unit",
            ("万元", "元"),
            "two units",
            id="two units",
        ),
        pytest.param(
            table("月份,销售额", BARE), Choices(unit="bananas"), "unit", (), "no unit", id="no unit"
        ),
    ],
)
def test_choice_of_the_user_is_asked_for(
    text: str, choices: Choices, key: str, offered: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ChoiceError, match=message) as asked:
        read(text, choices=choices)
    assert (asked.value.key, asked.value.choices) == (key, offered)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        pytest.param(
            table("月份,销售额,成交金额", BARE, row="{month},5,{amount}"),
            Choices(column="成交金额"),
            id="column",
        ),
        pytest.param(
            table("月份,订单数,成交金额（元）", BARE, row="{month},5,{amount}"),
            Choices(column="成交金额"),
            id="unit left out",
        ),
        pytest.param(
            table("Month,Orders,Net Sales", BARE, row="{month},5,{amount}"),
            Choices(column="net sales"),
            id="case",
        ),
        pytest.param(
            wide("杭州," + ",".join("5" * 12), "上海," + ",".join(map(str, AMOUNTS))),
            Choices(column="上海"),
            id="row",
        ),
        pytest.param(
            table("2010年销售统计\n月份,销售额", BARE), Choices(year_given=True), id="year against a title"
        ),
        pytest.param(table("月份,目标销售额", BARE), Choices(column="目标销售额"), id="a target on purpose"),
    ],
)
def test_choice_of_the_user_is_followed(text: str, choices: Choices) -> None:
    assert amounts(read(text, choices=choices)) == AMOUNTS


def test_two_columns_of_one_name_are_refused() -> None:
    text = table("月份,销售额,销售额", BARE, row="{month},{amount},5")
    with pytest.raises(InputError, match="two columns are called `销售额`") as refused:
        read(text)
    assert not isinstance(refused.value, ChoiceError)
    with pytest.raises(InputError, match="2 columns are called `销售额`"):
        read(text, choices=Choices(column="销售额"))


def test_lacking_months_are_allowed_where_they_are_filled() -> None:
    text = table("month,amount", MONTHS).replace("2011-01,100\n", "").replace("2011-02,200", "2011-02,")
    sales = read(text, choices=may_lack("2011-01", "2011-02"))
    assert dict(sales.by_position) == {n - 1: amount for n, amount in enumerate(AMOUNTS, 1) if n > 2}
    assert "without 2011-01, 2011-02" in sales.understood


def may_lack(*labels: str) -> Choices:
    return Choices(may_lack=frozenset(labels))


def test_days_may_be_cut_where_months_are_filled() -> None:
    choices = may_lack(*MONTHS)
    # The 101st day is 11 April: what April would have sold, its last 20 days do not say.
    assert sorted(read(daily(DAYS[100:]), choices=choices).by_position) == list(range(4, 12))
    assert sorted(read(daily(DAYS[94:]), choices=choices).by_position) == list(range(3, 12))


@pytest.mark.parametrize(
    ("cut", "labels"),
    [
        ((15, 365), "2011-01"),
        ((40, 365), "2011-01 2011-02"),
        ((0, 340), "2011-12"),
        ((0, 310), "2011-11 2011-12"),
    ],
)
def test_days_may_be_cut_within_the_months_that_are_repaired(cut: tuple[int, int], labels: str) -> None:
    days = daily(DAYS[slice(*cut)])
    assert read(days, choices=may_lack(*labels.split())).daily
    with pytest.raises(InputError, match="the file may be cut short"):
        read(days, choices=may_lack(*labels.split()[1:], "2011-06"))


@pytest.mark.parametrize("cell", ["2011-03,", "2011-03,300\n", ""], ids=["empty", "given", "no row"])
def test_month_that_is_not_repaired_may_not_lack(cell: str) -> None:
    text = table("month,amount", MONTHS).replace("2011-03,300", cell.strip())
    if cell.endswith("\n"):
        assert amounts(read(text, choices=may_lack("2011-04"))) == AMOUNTS
        return
    with pytest.raises(InputError, match=r"this cell is empty|no row is about 2011-03;"):
        read(text, choices=may_lack("2011-04"))
    assert 2 not in read(text, choices=may_lack("2011-03")).by_position


@pytest.mark.parametrize(
    "months", [[*range(4, 13), 1, 2, 3], [3, 2, 1, *range(12, 3, -1)]], ids=["rising", "falling"]
)
def test_bare_months_of_a_fiscal_year_stand_in_its_order(months: list[int]) -> None:
    sales = read("月份,销售额\n" + "\n".join(f"{n}月,{n}" for n in months), FISCAL)
    assert amounts(sales) == [*range(4, 13), 1, 2, 3]


def test_bare_months_in_calendar_order_are_refused_in_a_fiscal_year() -> None:
    with pytest.raises(ChoiceError, match="may be those of one calendar year"):
        read(table("月份,销售额", BARE), FISCAL)
    assert amounts(read(table("月份,销售额", BARE), FISCAL, Choices(year_given=True)))[0] == AMOUNTS[3]


def test_months_of_two_calendar_years_are_gathered_to_a_fiscal_year() -> None:
    months = [f"2011-{n:02d}" for n in NUMBERS] + [f"2012-{n:02d}" for n in NUMBERS]
    sales = read("month,amount\n" + "\n".join(f"{m},{n}" for n, m in enumerate(months)), FISCAL)
    assert amounts(sales) == list(range(3, 15))
    assert "12 of 24 rows are of 2011-04" in sales.understood


class TestRetailYear:
    def test_periods(self) -> None:
        assert amounts(read(table("period,sales", [f"P{n:02d}" for n in NUMBERS]), RETAIL)) == AMOUNTS

    def test_weeks_are_gathered_by_the_pattern(self) -> None:
        sales = read("week,sales\n" + "\n".join(f"W{n:02d},1" for n in range(1, 53)), RETAIL)
        assert amounts(sales) == [4, 5, 4] * 4

    def test_week_that_lacks(self) -> None:
        with pytest.raises(InputError, match="no row is about W07"):
            read("week,sales\n" + "\n".join(f"W{n:02d},1" for n in range(1, 53) if n != 7), RETAIL)

    @pytest.mark.parametrize("ending", ["", "-01"], ids=["months", "first days"])
    def test_calendar_months_stay_whole(self, ending: str) -> None:
        months = [*MONTHS, "2012-01"]
        sales = read("month,sales\n" + "\n".join(f"{m}{ending},{n}" for n, m in enumerate(months)), RETAIL)
        assert {month.label: amount for month, amount in sales.calendar.items()} == {
            month: Fraction(n) for n, month in enumerate(months)
        }
        assert (sales.by_position, sales.daily) == ({}, False)

    def test_calendar_month_that_lacks(self) -> None:
        with pytest.raises(InputError, match="no row is about 2012-01"):
            read(table("month,sales", MONTHS), RETAIL)

    def test_days_are_gathered_to_periods(self) -> None:
        days = [day for period in RETAIL.months for day in period.dates()]
        assert amounts(read(daily(days), RETAIL)) == [280, 350, 280] * 4

    def test_bare_months_have_no_year(self) -> None:
        with pytest.raises(InputError, match="lies in two of them"):
            read(table("月份,销售额", BARE), RETAIL)


def test_what_was_understood_is_one_line() -> None:
    text = table(
        "2011年\n月份,销售额（万元）,订单数", BARE, f"合计,{TOTAL},84", "平均,650,7", row="{month},{amount},7"
    )
    assert read(text).understood == (
        "sales.csv: UTF-8, column 销售额（万元） in 万元, 12 months of 2011,"
        " total 78,000,000 (total row agrees), left out: 平均"
    )


def sheet(name: str, rows: Sequence[Sequence[str]], kind: str = "text") -> Grid:
    cells = [
        [Cell(text, SheetMark("book.xlsx", name, y, x), kind if x else "text") for x, text in enumerate(row)]  # type: ignore[arg-type]
        for y, row in enumerate(rows)
    ]
    return Grid("book.xlsx", "Excel", "", cells, name)


MONTHLY = [["月份", "销售额"], *([month, str(amount)] for month, amount in zip(BARE, AMOUNTS, strict=True))]


def test_sheet_that_can_be_read_is_taken() -> None:
    sheets = [sheet("说明", [["本表由财务部制作"]]), sheet("数据", MONTHLY), sheet("2010年", MONTHLY)]
    sales = sales_of(sheets, YEAR, Choices())
    assert amounts(sales) == AMOUNTS
    assert sales.understood.startswith("book.xlsx: sheet 数据 (of 3), column 销售额,")


def test_two_sheets_are_a_choice() -> None:
    with pytest.raises(ChoiceError, match="2 sheets could be meant: `杭州`, `上海`") as asked:
        sales_of([sheet("杭州", MONTHLY), sheet("上海", MONTHLY)], YEAR, Choices())
    assert (asked.value.key, asked.value.choices) == ("sheet", ("杭州", "上海"))


def test_error_is_told_of_the_sheet_that_comes_nearest() -> None:
    broken = [*MONTHLY[:-1], ["12月", ""]]
    with pytest.raises(InputError, match="cell B13 of sheet `数据`"):
        sales_of([sheet("说明", [["本表由财务部制作"]]), sheet("数据", broken)], YEAR, Choices())


def test_sum_of_binary_numbers_may_be_off_in_its_last_digit() -> None:
    rows = [["月份", "销售额"], *([month, "0.1"] for month in BARE), ["合计", "1.2000000001"]]
    with pytest.raises(InputError, match="合计"):
        sales_of([sheet("数据", rows, "number")], YEAR, Choices())
    rows[-1][1] = "1.2000000000000001"
    assert sum(amounts(sales_of([sheet("数据", rows, "number")], YEAR, Choices()))) == Fraction("1.2")
    with pytest.raises(InputError, match="合计"):
        sales_of([sheet("数据", rows, "text")], YEAR, Choices())


def test_long_file_tells_its_first_problems() -> None:
    with pytest.raises(InputError) as refused:
        read(daily(DAYS).replace(",", ",x"))
    assert len(refused.value.problems) <= 21


def orders(
    *more: str, numbers: Sequence[str] = ("a{n}", "b{n}"), header: str = "日期,订单编号,实付金额"
) -> str:
    rows = [f"{day},{number.format(n=n)},10" for n, day in enumerate(DAYS) for number in numbers]
    return "\n".join([header, *rows, *more])


def test_orders_are_summed_by_day_where_each_has_its_number() -> None:
    sales = read(orders())
    assert amounts(sales)[:2] == [31 * 2 * 10, 28 * 2 * 10]
    assert sales.daily
    assert "730 orders on 365 days" in sales.understood


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            orders(numbers=("a{n}", "a{n}")),
            "stands here a second time, as 364 other days do: 730 rows are about 365",
        ),
        (orders(numbers=("", "")), "stands here a second time"),
        (orders(header="日期,商品,实付金额"), "stands here a second time"),
        (
            orders(numbers=("a{n},已完成", "b{n},已关闭"), header="日期,订单编号,订单状态,实付金额"),
            "the orders differ in `订单状态`: `已完成`, `已关闭`; which of them are sales is not known",
        ),
    ],
    ids=["number twice", "no numbers", "no column of numbers", "two states"],
)
def test_rows_that_may_be_no_orders_are_not_summed(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as refused:
        read(text)
    assert len(refused.value.problems) == 1


def test_numbers_below_a_header_of_weeks_are_no_months() -> None:
    with pytest.raises(InputError, match="`1` is a week of a retail year"):
        read(table("week,sales", [str(n) for n in NUMBERS]))
    weeks = "\n".join(["week,sales", *(f"{n},7" for n in range(1, 53))])
    assert amounts(read(weeks, RETAIL)) == [7 * n for n in (4, 5, 4) * 4]


def test_amounts_with_and_without_tax_are_a_choice() -> None:
    text = table("月份,含税金额,无税金额,税额", BARE, row="{month},{amount},{amount},5")
    with pytest.raises(ChoiceError, match=r"more than one could be sales: `含税金额`.*`无税金额`"):
        read(text)


def test_year_within_an_identifier_is_none() -> None:
    assert amounts(read(table("month,amount,c2010", MONTHS, row="{month},{amount},x"))) == AMOUNTS
    with pytest.raises(ChoiceError, match="the amounts are those of 2010"):
        read(table("month,sales2010", BARE))


@pytest.mark.parametrize("title", ["(in hundreds)", "a shop with millions of dollars in sales"])
def test_unit_that_is_said_and_not_known_is_refused_until_the_plan_says_it(title: str) -> None:
    text = f"{title},\n" + table("month,amount", MONTHS)
    with pytest.raises(
        ChoiceError, match="looks like a unit of the amounts that is not known here"
    ) as refused:
        read(text)
    assert refused.value.key == "unit"
    assert amounts(read(text, choices=Choices(unit="元"))) == AMOUNTS


def test_title_of_millions_that_are_no_unit_is_left_alone() -> None:
    assert amounts(read("1.2 million visitors,\n" + table("month,amount", MONTHS))) == AMOUNTS


def scaled(header: str, cell: Cell) -> Grid:
    grid = sheet("数据", [["月份", header], *([month, "780000"] for month in BARE)])
    rows = [[row[0], cell._replace(mark=row[1].mark)] for row in grid.rows[1:]]
    return grid._replace(rows=[grid.rows[0], *rows])


@pytest.mark.parametrize(
    ("header", "divided_by", "amount"),
    [
        ("销售额", 10**4, 780_000),
        ("销售额（万元）", 10**4, 780_000),
        ("销售额（元）", 10**4, 780_000),
        ("销售额（千元）", 10**3, 780_000),
        ("销售额（千元）", 1, 780_000_000),
        ("销售额（千元）", 10**4, "is shown divided by 10,000, and all amounts are in 千元"),
        ("销售额（万元）", 10**3, "is shown divided by 1,000, and all amounts are in 万元"),
        ("销售额", 0, "is shown in a unit by which its number format does not divide it"),
    ],
)
def test_number_that_its_format_divides_is_not_multiplied_again(
    header: str, divided_by: int, amount: int | str
) -> None:
    grid = scaled(header, Cell("780000", SheetMark("f", "数据", 0, 0), "number", divided_by))
    if isinstance(amount, str):
        with pytest.raises(InputError, match=amount):
            sales_of([grid], YEAR, Choices())
    else:
        assert amounts(sales_of([grid], YEAR, Choices())) == [amount] * 12


@pytest.mark.parametrize(
    "text",
    [
        table("月份,销售额（万元）", BARE, row="{month},{amount}万"),
        table("月份,销售额（万元）", BARE, f"合计,{TOTAL}万"),
        wide("销售额（万元）," + ",".join(f"{amount}万" for amount in AMOUNTS)),
        "单位：万元,\n" + table("月份,销售额", BARE, row="{month},{amount}万"),
    ],
    ids=["long", "total row", "wide", "title"],
)
def test_amount_with_a_unit_of_its_own_is_not_multiplied_by_that_of_the_header(text: str) -> None:
    with pytest.raises(InputError, match=r"万` has a unit of its own, and all amounts are in 万元"):
        read(text)


def test_amounts_in_wan_below_a_header_of_yuan_are_what_they_say() -> None:
    text = table("月份,销售额（元）", BARE, row="{month},{amount}万")
    assert amounts(read(text)) == [10_000 * amount for amount in AMOUNTS]


@pytest.mark.parametrize(
    "form",
    ["{d.month}/{d.day}/11", "{d.day:02}.{d.month:02}.11", "{d.day}-{d:%b}", "`{d}", "{d} 09:00:00 +0800"],
)
def test_days_are_read_as_exports_write_them(form: str) -> None:
    text = "date,amount\n" + "\n".join(f"{form.format(d=day)},1" for day in DAYS)
    assert amounts(read(text))[:3] == [31, 28, 31]


@pytest.mark.parametrize("form", ["11-{d:%m-%d}", "{d} 09:00:00Z"])
def test_days_that_may_be_others_are_refused(form: str) -> None:
    text = "date,amount\n" + "\n".join(f"{form.format(d=day)},1" for day in DAYS)
    with pytest.raises(InputError, match=r"year in two digits|in another time zone"):
        read(text)
