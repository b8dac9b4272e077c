"""What a single cell says about time."""

import pytest

from target_cascade.read.sales.header_words import Meaning, meaning_of, names_period, years_in
from target_cascade.read.sales.period_cell import When, read_when


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2011Q1", When("part", 2011, 1, 3)),
        ("第一季度", When("part", 0, 1, 3)),
        ("Q2 2011", When("part", 2011, 4, 6)),
        ("2011年下半年", When("part", 2011, 7, 12)),
        ("H1", When("part", 0, 1, 6)),
        ("一季度合计", When("part", 0, 1, 3)),
        ("2011年3月 小计", When("part", 2011, 3, 3)),
        ("2011/1/1 至 2011/3/31", When("part", 2011, 1, 3)),
        ("合 计：", When("total")),
        ("合计（万元）", When("total")),
        ("Grand Total", When("total")),
        ("小计", When("subtotal")),
        ("Total 2011", When("year", 2011)),
        ("月均", When("left out")),
        ("YoY growth", When("left out")),
        ("P01", When("period", 0, 1)),
        ("FY2011 P03", When("period", 2011, 3)),
        ("第 7 周", When("week", 0, 7)),
        ("1/2/2011", When("slashed", 2011, 1, 2)),
        ("Jan-11", When("named", 0, 1, 11)),
        ("15-Jan-11", When("dated", 0, 1, 15, 11)),
        ("2011-01-15 13:20", When("day", 2011, 1, 15)),
        ("2011-01-15T16:00:00Z", When("impossible")),
        ("2011-13", When("impossible")),
        ("13/13/2011", When("impossible")),
        ("201101", When("month", 2011, 1, weak=True)),
        ("40544", When("day", 2011, 1, 1, weak=True)),
        ("201113", None),
        ("1234", None),
        ("summer", None),
        ("注：含税", None),
        ("", None),
        ("1月" * 40, None),
    ],
)
def test_cell_says_when(text: str, when: When | None) -> None:
    assert read_when(text) == when


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("销售额（万元）", "sales"),
        ("支付金额", "sales"),
        ("支付件数", "other"),
        ("目标销售额", "other"),
        ("销售额占比", "other"),
        ("销售额(去年)", "other"),
        ("不含税销售额", "sales"),
        ("税额", "other"),
        ("客单价", "other"),
        ("Net Sales", "sales"),
        ("sales_target", "other"),
        ("Sales (units)", "other"),
        ("Sales (incl. VAT)", "sales"),
        ("Order amount", "sales"),
        ("Orders", "other"),
        ("杭州店", "unknown"),
    ],
)
def test_name_of_a_column_means(name: str, meaning: Meaning) -> None:
    assert meaning_of(name) == meaning


@pytest.mark.parametrize(
    "name", ["月份", "统计日期", "下单时间", "Month", "TIME_PERIOD", "REF_DATE", "observation_date"]
)
def test_name_of_a_column_of_periods(name: str) -> None:
    assert names_period(name)
    assert not names_period(f"{name}x销售额")


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("2011年销售统计", {2011}),
        ("统计时间：2011-01-01 至 2011-12-31", {2011}),
        ("2010-2011", {2010, 2011}),
        ("导出时间 2012-01-05", set()),
        ("12011", set()),
        ("销售 2,011 件", set()),
    ],
)
def test_years_of_a_title(title: str, years: set[int]) -> None:
    assert years_in(title) == years


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("März", When("month", 0, 3)),
        ("Okt", When("month", 0, 10)),
        ("février 2011", When("month", 2011, 2)),
        ("第1月", When("month", 0, 1)),
        ("二〇一一年一月", When("month", 2011, 1)),
        ("2011.1.1-2011.1.31", When("month", 2011, 1)),
        ("M01", When("month", 0, 1, weak=True)),
        ("M13", When("left out")),
        ("1/2/11", When("short", 0, 1, 2, 11)),
        ("Summe", When("total")),
        ("Gesamtergebnis", When("total")),
        ("**合计**", When("total")),
        ("2011-01-01 09:00:00 +0800", When("day", 2011, 1, 1)),
        ("2011-01-01 09:00:00 +0000", When("impossible")),
    ],
)
def test_more_ways_to_write_time_are_known(text: str, when: When) -> None:
    assert read_when(text) == when
