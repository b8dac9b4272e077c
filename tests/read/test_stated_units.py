"""What a file says its amounts are in, wherever it says so; what may be a unit is never passed over."""

import pytest
from sales_texts import AMOUNTS, BARE, MONTHS, SALES_ROW, amounts, read, table, wide

from target_cascade.errors import ChoiceError, InputError
from target_cascade.read.sales.sales_file import Choices

IN_UNITS = Choices(unit="元")
FIGURES = SALES_ROW.partition(",")[2]


def with_column(header: str, cell: str) -> str:
    return table(header, MONTHS, row="{month},{amount}," + cell)


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        (wide(f"销售额（万元）,{FIGURES}", corner=""), 10_000),
        (wide(f"GMV(k),{FIGURES}", corner=""), 1_000),
        (wide(SALES_ROW, corner="万元"), 10_000),
        (wide(SALES_ROW, corner="（百万元）"), 1_000_000),
        (wide(f"2010,{FIGURES}", f"2011,{FIGURES}", corner="万元"), 10_000),
        (table('month,"销售额（万元，含税）"', MONTHS), 10_000),
        (table("month,销售额（不含税，万元）", MONTHS), 10_000),
        (table("month,销售额（万元/月）", MONTHS), 10_000),
        (table("month,銷售額(百萬元)", MONTHS), 1_000_000),
        (table("month,売上高（百万円）", MONTHS), 1_000_000),
        (table("month,매출(만원)", MONTHS), 10_000),
        (table("month,Sales US$m", MONTHS), 1_000_000),
        *(
            (table(f"月份,销售额{sign}万元人民币", BARE), 10_000)
            for sign in ("", "/", "-", " ", "：", "，", ";")
        ),
        (table("月份,销售额（亿元人民币）", BARE), 10**8),
        (table("月份,销售额\n,千元人民币", BARE), 1_000),
        (table("以万元为单位,\n月份,销售额", BARE), 10_000),
        (table("月份,销售额", BARE, "以下金额均以千元计,"), 1_000),
        (table("月份,营业额 万", BARE), 10_000),
        (table("月份,支付金额\u3000亿", BARE), 10**8),
        (table("月份,营业收入 ￥万", BARE), 10_000),
        (table("月份,成交金额 万RMB", BARE), 10_000),
        (table("月份,销售额【单位：万元】", BARE), 10_000),
        (table(",万元,单\n月份,销售额,订单数", BARE, row="{month},{amount},7"), 10_000),
        (with_column("月份,销售额,数量单位", "（万元）"), 10_000),
        (with_column("月份,销售额,金额单位", "万元人民币"), 10_000),
        *(
            (table(f"month,{name}", MONTHS), 1_000)
            for name in ("Turnover kUSD", "$k sales", "USD k sales", "TEUR sales", "T€_sales", "£k sales")
        ),
        *(
            (table(f"month,{name}", MONTHS), 1_000_000)
            for name in ("Sales mEUR", "Sales_Mio EUR", "Turnover/Mio EUR", "Net sales_Mio. €", "EUR m sales")
        ),
        (table("month,Sales RMB'000", MONTHS), 1_000),
        (table("month,Sales (x1000)", MONTHS), 1_000),
        (table("month,Umsatz in 1.000 €", MONTHS), 1_000),
        (table("単位：千円,\nmonth,sales", MONTHS), 1_000),
        (table("month,sales", MONTHS, '"$ in thousands, except per share",'), 1_000),
        (table("系列名称,売上高\n単位,億円", MONTHS), 10**8),
        (with_column("month,sales,scale", "thousands"), 1_000),
        (with_column("month,sales,multiplier", "1000"), 1_000),
        (with_column("TIME_PERIOD,OBS_VALUE,UNIT_MULT: Unit of Multiplier", "6: Millions"), 1_000_000),
        (with_column("", "万元"), 10_000),
        (table("月份,销售额（万元）", BARE).replace("7月", "单位：万元,\n7月"), 10_000),
    ],
)
def test_unit_is_found_where_it_stands(text: str, worth: int) -> None:
    assert amounts(read(text)) == [worth * amount for amount in AMOUNTS]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(
            (table(f"month,{name}", MONTHS), said)
            for name, said in (
                ("sales_k", "k"),
                ("Sales M", "M"),
                ("k sales", "k sales"),
                ("bn_sales", "bn_sales"),
                ("Sales (Mm)", "Mm"),
                ("销售额w", "w"),
                ("Sales 10K RMB", "10K"),
                ("champagne sales millions", "millions"),
                ("Sales ($ Mil)", r"\$ Mil"),
                ("Sales (hundreds)", "hundreds"),
                ("Vendas (R$ mil)", r"R\$ mil"),
                ("Omsättning (Mkr)", "Mkr"),
                ("Sprzedaż (tys. zł)", "tys. zł"),
                ("Doanh thu (triệu đồng)", "triệu đồng"),
                ("ยอดขาย (ล้านบาท)", "ล้านบาท"),
                ("销售额(万达)", "万达"),
                ("Sales (quux)", "quux"),
            )
        ),
        (table("en milliers d’euros,\nmonth,sales", MONTHS), "milliers"),
        (table("month,sales", MONTHS, "Em R$ mil,"), r"R\$ mil"),
        (with_column("月份,销售额,单位", "箱"), "箱"),
    ],
)
def test_what_may_be_a_unit_is_asked_for_and_settled_by_the_plan(text: str, said: str) -> None:
    with pytest.raises(ChoiceError, match=rf"`{said}` looks like a unit of the amounts") as refused:
        read(text)
    assert refused.value.key == "unit"
    assert amounts(read(text, choices=IN_UNITS)) == AMOUNTS


@pytest.mark.parametrize(
    ("name", "worth"),
    [
        *((name, 1_000) for name in ("销售额K美元", "销售额k元", "销售额 KUSD", "销售额kRMB", "K美元销售额")),
        *((name, 10_000) for name in ("销售额 W元", "销售额w元", "销售额万泰铢")),
        *((f"销售额{unit}", 1_000_000) for unit in ("百万美金", "百万新台币", " 百万卢布", "HK$m", "HKDmn")),
    ],
)
def test_unit_outside_brackets_is_read_where_it_is_known(name: str, worth: int) -> None:
    assert amounts(read(table(f"月份,{name}", BARE))) == [worth * amount for amount in AMOUNTS]


@pytest.mark.parametrize(
    ("title", "worth"),
    [
        *((title, 1_000) for title in ("($000)", "'000", "000 USD", "K美元")),
        ("单位：百万卢布", 1_000_000),
        ("单位：万澳元", 10_000),
    ],
)
def test_title_that_is_a_unit_is_read(title: str, worth: int) -> None:
    text = f"{title},\n" + table("月份,销售额", BARE)
    assert amounts(read(text)) == [worth * amount for amount in AMOUNTS]


def check_asked(text: str, said: str) -> None:
    with pytest.raises(ChoiceError) as refused:
        read(text)
    told = f"`{said}` looks like a unit of the amounts that is not known here; say which it is, `base: {{file"
    assert refused.value.problems[0].message.startswith(told)
    assert refused.value.key == "unit"
    assert amounts(read(text, choices=IN_UNITS)) == AMOUNTS


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("销售额10K", "10K"),
        ("销售额x1000", "x1000"),
        ("10K销售额", "10K"),
        ("销售额 分", "分"),
        ("销售额角", "角"),
        ("万元销售额", "万元"),
        ("百万 销售额", "百万"),
        ("百万港币 销售额", "百万港币"),
        ("万RMB销售额", "万RMB"),
        ("T sales", "T sales"),
        ("sales t", "t"),
        ("sales k 2011", "sales k"),
        ("Sales 10^3 USD", "10^3"),
        ("Sales in thous. USD", "thous"),
        ("GMVw", "w"),
        ("Sales pence", "pence"),
        ("amount_micros", "micros"),
        ("amount_minor", "minor"),
        ("revenue_th_usd", "th_usd"),
    ],
)
def test_rest_of_a_name_that_may_be_a_scale_is_asked_for(name: str, said: str) -> None:
    check_asked(table(f"month,{name}", MONTHS), said)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("USD 10k", "USD 10k"),
        ("USD 10,000", "USD 10,000"),
        ("Sales 2011 (USD 10k)", "USD 10k"),
        ("t sales", "t sales"),
        ("Values in 10K RMB", "10K RMB"),
        ("HKD mil", "HKD mil"),
        ("Unit: HKD mil", "HKD mil"),
        ("Rs. in Cr", "Rs. in Cr"),
        ("Sales in t", "in t"),
        ("$000 omitted", "$000 omitted"),
        ("×1000", "×1000"),
        ("2011年销售额w", "w"),
        ("单位：USD 10k", "USD 10k"),
        ("单位：百万盾特", "单位：百万盾特"),
        ("K", "K"),
    ],
)
def test_rest_of_a_title_that_may_be_a_scale_is_asked_for(title: str, said: str) -> None:
    check_asked(f'"{title}",\n' + table("month,sales", MONTHS), said)


def test_scale_in_a_title_is_asked_for_though_the_header_names_a_currency() -> None:
    check_asked("USD 10k,\n" + table("month,销售额（美元）", MONTHS), "USD 10k")


@pytest.mark.parametrize(
    "name",
    "Sales (net)|Sales (incl. VAT)|Sales (all stores)"
    "|Sales (USD)|Sales (2011)|销售额（含税）|销售额(京东)"
    "|销售额(1-12月)|GMV（全渠道）|Umsatz (brutto)|销售额(¥)|百货|十足便利店|Sales at 7-Eleven|K11|RSXFSN"
    "|Выручка (руб.)".split("|"),
)
def test_name_with_words_that_are_no_unit_is_read(name: str) -> None:
    assert amounts(read(table(f"month,{name}", MONTHS))) == AMOUNTS


@pytest.mark.parametrize(
    "name",
    "天猫M站销售额 千岛湖店成交额 第一百货销售额 百元店销售额 千元机销售额 万元以上客户销售额 T恤销售额"
    " 4K电视销售额 满1000元订单销售额 百度渠道销售额 欧元区销售额 新元素店销售额"
    " T-Mobile_sales Sales_T-shirts H&M_sales Sales_Asia_Minor 三千里店销售额 华润万家销售额 KTV营业额"
    " 销售额2011".split(),
)
def test_name_of_a_shop_or_of_goods_is_no_unit(name: str) -> None:
    assert amounts(read(table(f"month,{name.replace('_', ' ')}", MONTHS))) == AMOUNTS


@pytest.mark.parametrize(
    "title",
    "2011年万达广场店销售表|会员满1000元打折|2011年销售突破1000万元|Orders above $1,000|10K run store sales"
    "|部门：M|门店：W|填报单位：万特|编制单位：百特|单位：万达集团|千元以下商品|1 USD = 6.8 CNY"
    "|汇率：100日元=6.8元"
    "|Report for M&S|3M sales 2011".split("|"),
)
def test_title_with_an_amount_or_a_name_is_no_unit(title: str) -> None:
    assert amounts(read(f'"{title}",\n' + table("month,sales", MONTHS))) == AMOUNTS


@pytest.mark.parametrize(("header", "foot"), [("元", "万元"), ("万元", "元"), ("万元", "千元")])
def test_foot_of_another_unit_than_the_header_is_refused(header: str, foot: str) -> None:
    with pytest.raises(ChoiceError, match="name two units"):
        read(table(f"月份,销售额（{header}）", BARE, f"单位：{foot},"))


@pytest.mark.parametrize("header", ["销售额", "销售额(元)"])
def test_unit_among_the_amounts_is_refused(header: str) -> None:
    text = table(f"月份,{header}", BARE).replace("\n7月", "\n单位：百万元,\n7月")
    with pytest.raises(ChoiceError, match=r"stands among the amounts|name two units") as refused:
        read(text)
    assert refused.value.problems[0].line == 8


def test_unit_beside_one_amount_is_refused() -> None:
    text = table("月份,销售额,备注", BARE, row="{month},{amount},").replace("100,", "100,单位万元", 1)
    with pytest.raises(ChoiceError, match="the unit `单位万元` stands among the amounts"):
        read(text)


def test_amounts_in_units_below_a_header_of_another_unit_are_refused() -> None:
    with pytest.raises(InputError, match=r"`100元` is written in 元, and all amounts are in 万元"):
        read(table("月份,销售额（万元）", BARE, row="{month},{amount}元"))
