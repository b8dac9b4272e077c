"""Units that headers and titles name."""

from fractions import Fraction

import pytest

from target_cascade.errors import AmountError
from target_cascade.unit_text import parse_unit, unclear_unit, unit_of

NAMED: dict[Fraction | int, str] = {
    1: "销售额（元）=元 单位：元=元 金额(美元)=美元 元=元 销售额/元=元",
    Fraction(1, 10): "金额（角）=角",
    Fraction(1, 100): "金额（分）=分 (cents)=cents",
    1_000: "单位：千元=千元 销售额(千元)=千元 Sales_(k)=k Sales_($000)=$000 Sales_('000)='000"
    " Sales_(000s)=000s"
    " in_thousands=thousands Sales_in_thousands=thousands amounts_in_thousands_of_USD=thousands_of_USD"
    " Umsatz_(T€)=T€ Umsatz_T€=T€ Umsatz_in_TEUR=TEUR Umsatz_(Tsd._EUR)=Tsd._EUR"
    " Value_in_thousand_USD=thousand_USD Shown_in_1,000_dollars=1,000_dollars"
    " Sales_(Rmb'000)=Rmb'000"
    " Unit:_thousands=thousands units:_$000=$000 CNY_in_thousands=CNY_in_thousands Sales_(’000)=’000",
    10_000: "销售额（万元）=万元 销售额(万元)=万元 销售额[万元]=万元 销售额【万】=万 单位:万元=万元"
    " 单位：万元=万元"
    " 单位为万元=万元 金额单位：人民币万元=人民币万元 （单位：万元）=万元 （单位_万元）=万元"
    " 万美元=万美元 （万人民币）=万人民币"
    " (RMB万)=RMB万 成交金额（W）=W 销售额/万元=万元 销售额万元=万元 销售额（万件）=万件 销量（Ｗ）=Ｗ"
    " 万元=万元 (in_10_thousand_CNY)=10_thousand_CNY in_10_thousand_CNY=10_thousand_CNY"
    " Unit:_10,000_yuan=10,000_yuan",
    100_000: "销售额（十万）=十万",
    1_000_000: "销售额（百万元）=百万元 Sales_(M)=M Revenue_(USD_mn)=USD_mn Umsatz_in_Mio._€=Mio._€"
    " Revenue_(US$_million)=US$_million Revenue_(in_millions)=millions Sales_in_millions_by_month=millions"
    " Revenue,_USD_mn=USD_mn Sales_($M)=$M (in_RMB_million)=RMB_million"
    " Millions_of_Dollars=Millions_of_Dollars Sales,_Millions_of_Dollars,_Adjusted=Millions_of_Dollars"
    " [Estimates_are_shown_in_millions_of_dollars_and_rounded]=millions_of_dollars"
    " Sales_in_US$_millions=US$_millions",
    10_000_000: "销售额（千万）=千万",
    100_000_000: "销售额（亿元）=亿元 销售额（亿）=亿",
    1_000_000_000: "Revenue_($bn)=$bn Revenue_$bn=$bn Umsatz_(Mrd._€)=Mrd._€ in_billions=billions",
}
CASES = [
    pytest.param(text.replace("_", " "), Fraction(scale), unit.replace("_", " "), id=text)
    for scale, cases in NAMED.items()
    for text, unit in (case.split("=") for case in cases.split())
]


@pytest.mark.parametrize(("text", "scale", "unit"), CASES)
def test_unit_is_read_as_it_is_written(text: str, scale: Fraction, unit: str) -> None:
    assert unit_of(text) == (scale, unit)


@pytest.mark.parametrize(
    "text",
    "销售额 销售额（含税） (USD) 销售额(¥) Sales_(net) 万达店销售额 Marketing 千山店 k-pop 第一分店 得分"
    " 百万店 万元店销售额"
    " m k month amount Sales_M Sales-K Brand/k sales_k 单位 单位名称 销售单位：万达 Made_in_China"
    " Sales_(t) in_2011"
    " Sales_in_thousand_stores units unit_price 店铺(第1店) Sales_(2000) 2011年1月".split(),
)
def test_what_names_no_unit_is_not_taken_for_one(text: str) -> None:
    assert unit_of(text.replace("_", " ")) is None


def test_two_units_that_differ_are_refused() -> None:
    with pytest.raises(AmountError, match="names two units, `万元` and `元`"):
        unit_of("销售额（万元）（单位：元）")


def test_same_unit_may_be_named_twice() -> None:
    assert unit_of("单位：万元 销售额（万元）") == (Fraction(10_000), "万元")


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("Revenue in hundreds", "in hundreds"),
        ("Sales in millions of shillings", "in millions"),
        ("a company with millions of dollars in sales", "millions of dollars"),
        ("单位：3万元", "单位：3万元"),
        ("Unit: hundred", "Unit: hundred"),
        ("单位：万元", ""),
        ("1.2 million visitors", ""),
        ("We sold for 3 millions of dollars", ""),
        ("填报单位：万达", ""),
        ("单位：万达集团", ""),
        ("in 10 thousand stores", ""),
        ("in 2011 dollars", ""),
    ],
)
def test_unit_that_is_plainly_said_and_not_known_is_told(text: str, unclear: str) -> None:
    assert unclear_unit(text) == unclear
    assert unit_of(text) is None or not unclear


@pytest.mark.parametrize("unit", "元 千 千元 万 万元 W k M bn 百万 千万 亿 角 分 million".split())
def test_unit_of_a_plan_is_worth_what_it_is_in_a_header(unit: str) -> None:
    assert unit_of(f"销售额（{unit}）") == (parse_unit(unit), unit)


@pytest.mark.parametrize("text", ["", "  ", "10", "万达", "%", "dollars", "x" * 2000])
def test_what_is_no_unit_of_a_plan_is_refused(text: str) -> None:
    with pytest.raises(AmountError, match="is no unit of amounts; write one of"):
        parse_unit(text)
