"""What a file says of its amounts: in the names of columns, in titles, sheets and notes."""

from collections.abc import Sequence

import pytest
import sales_texts
from sales_texts import AMOUNTS, MONTHS, NO_CHOICES, YEAR, amounts, read

from target_cascade.errors import ChoiceError, InputError
from target_cascade.read.sales.header_words import meaning_of
from target_cascade.read.sales.sales_file import Choices, sales_of
from target_cascade.read.tables.grid import Cell, Grid, SheetMark


def table(*header: str, row: str = "{month},{amount}") -> str:
    return sales_texts.table("\n".join(header), MONTHS, row=row)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "销售额",
            "天猫旗舰店成交金额",
            "朝阳店销售额",
            "主营业务收入",
            "求和项:销售额",
            "不含税销售额",
            "销售额/万元",
        ),
        *(
            "总金额",
            "手机店销售额",
            "Total sales",
            "Net sales 2011",
            "Sales (incl. tax)",
            "sales_amount",
            "Monthly retail sales",
        ),
        *("Sales - Not Adjusted - Millions of Dollars", "OBS_VALUE", "Umsatz in T€"),
    ],
)
def test_name_of_sales_is_known_where_what_is_left_of_it_changes_nothing(name: str) -> None:
    assert meaning_of(name) == "sales"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "采购金额",
            "应收金额",
            "未付款金额",
            "竞品销售额",
            "行业销售额",
            "每平米销售额",
            "同店销售额",
            "销售量",
        ),
        *("销售额(箱)", "销售(吨)", "Amount refunded", "Purchase amount", "Lost sales", "Deferred revenue"),
        *("Sales per store", "Sales / sq ft", "Sales PY", "Sales volume", "sales (12-mth rolling)"),
    ],
)
def test_name_with_a_word_for_sales_may_be_of_something_else(name: str) -> None:
    assert meaning_of(name) == "other"
    with pytest.raises(ChoiceError, match="none is known to be sales") as asked:
        read(table(f"month,{name}"))
    assert asked.value.key == "column"
    assert amounts(read(table(f"month,{name}"), choices=Choices(column=name, unit="元"))) == AMOUNTS


def test_name_with_a_word_for_sales_and_one_that_is_not_known_is_taken_alone_and_said() -> None:
    assert meaning_of("Perrin sales") == "perhaps"
    assert "column Perrin sales (no other could be sales)" in read(table("month,Perrin sales")).understood
    with pytest.raises(ChoiceError, match="more than one could be sales"):
        read(table("month,Perrin sales,foo", row="{month},{amount},5"))
    with pytest.raises(ChoiceError, match="more than one could be sales"):
        read(table("month,Perrin sales,sales", row="{month},{amount},5"))


NO_SALES = "支出 提现金额 工资 余额 电费 支出金额 temperature headcount ad_spend salary balance".split()


@pytest.mark.parametrize("name", NO_SALES)
def test_name_that_nobody_gives_to_sales_is_not_taken_though_it_is_alone(name: str) -> None:
    with pytest.raises(ChoiceError, match="none is known to be sales"):
        read(table(f"month,{name}"))


def test_name_that_nobody_gives_to_sales_does_not_make_another_one_the_sales() -> None:
    with pytest.raises(ChoiceError, match="more than one could be sales"):
        read(table("month,foo,电费", row="{month},{amount},5"))


@pytest.mark.parametrize("header", ["month,2010,2011 Budget", "月份,2010年,2011年计划"])
def test_plan_of_the_right_year_beside_sales_of_another_is_named_as_a_plan(header: str) -> None:
    with pytest.raises(ChoiceError, match="those of last year are not known to be sales") as asked:
        read(table(header, row="{month},5,{amount}"))
    assert asked.value.key == "column"


@pytest.mark.parametrize(
    "title",
    [
        *("累计数", "2011年销售预测", "2011年度销售计划表", "2011年采购明细", "退款"),
        *("Year to date", "Budget 2011", "Expenses 2011", "Refunds 2011", "Estimated sales 2011"),
        *(
            "2011年去年同期",
            "2011年竞品销售",
            "2011年度任务分解",
            "2011年指标分解表",
            "2011年KPI",
            "2011年应收",
        ),
    ],
)
def test_title_that_says_no_sales_is_refused_until_the_column_is_given(title: str) -> None:
    text = table(title, "month,amount")
    with pytest.raises(ChoiceError, match="the title") as asked:
        read(text)
    assert (asked.value.key, asked.value.choices) == ("column", ("amount",))
    assert amounts(read(text, choices=Choices(column="amount"))) == AMOUNTS


@pytest.mark.parametrize(
    "title",
    [
        *(
            "2011年销售计划完成情况",
            "销售额（已扣除退款）",
            "制表：采购部",
            "进销存：采购与销售",
            "Sales net of refunds",
        ),
        *("Budget vs actual 2011", "目标客户：企业", "去年销售额", "2011年与去年同期对比"),
    ],
)
def test_title_about_sales_and_something_else_is_let_be(title: str) -> None:
    assert amounts(read(table(title, "month,amount"))) == AMOUNTS


def test_title_may_be_about_another_column() -> None:
    text = table("2011年预算", "月份,预算,销售额", row="{month},5,{amount}")
    assert amounts(read(text)) == AMOUNTS


@pytest.mark.parametrize(
    ("name", "usual", "said"),
    [
        pytest.param("类型", "实际", "预测", id="type"),
        pytest.param("状态", "", "预计", id="state"),
        pytest.param("备注", "", "预测数", id="note"),
        pytest.param("type", "actual", "plan", id="English"),
        pytest.param("类型", "收入", "支出", id="expense"),
        pytest.param("状态", "交易成功", "退款成功", id="refund"),
        pytest.param("退款状态", "", "已退款", id="refunded"),
        pytest.param("说明", "", "去年", id="last year"),
        pytest.param("订单状态", "交易成功", "测试", id="test"),
        pytest.param("备注", "", "test", id="test in English"),
        pytest.param("type", "A", "E", id="estimate"),
        pytest.param("scenario", "Budget", "Budget", id="all rows"),
    ],
)
def test_row_that_is_said_to_be_no_sales_is_refused(name: str, usual: str, said: str) -> None:
    rows = [
        f"{m},{a},{said if n > 9 else usual}" for n, (m, a) in enumerate(zip(MONTHS, AMOUNTS, strict=True))
    ]
    with pytest.raises(InputError, match=f"`{name}` says `{said}` of this row"):
        read("\n".join([f"month,sales,{name}", *rows]))


@pytest.mark.parametrize("note", ["双11促销计划很成功", "无退款", "planet", "Q4", "预售"])
def test_note_that_only_has_such_a_word_is_let_be(note: str) -> None:
    assert amounts(read(table("month,sales,备注", row="{month},{amount}," + note))) == AMOUNTS


def test_letter_of_a_list_of_letters_is_no_estimate() -> None:
    rows = [f"{m},{a},{x}" for m, a, x in zip(MONTHS, AMOUNTS, "ABCDE" + "A" * 7, strict=True)]
    assert amounts(read("\n".join(["month,sales,type", *rows]))) == AMOUNTS


@pytest.mark.parametrize("name", ["合计", "全部（元）", "小计（元）"])
def test_total_may_have_its_unit_in_its_name(name: str) -> None:
    rows = [f"{m},{a - 1},1,{a}" for m, a in zip(MONTHS, AMOUNTS, strict=True)]
    assert amounts(read("\n".join([f"月份,朝阳店,海淀店,{name}", *rows]))) == AMOUNTS


def test_total_price_is_sales_where_nothing_else_is() -> None:
    text = table("month,unit_price,total_price", row="{month},5,{amount}")
    assert amounts(read(text)) == AMOUNTS


def test_total_beside_shops_is_taken_where_it_is_their_sum_in_every_row() -> None:
    text = table("月份,杭州,上海,合计", row="{month},{amount},1,{amount}")
    with pytest.raises(ChoiceError, match="more than one could be sales"):
        read(text)
    rows = [f"{m},{a - 1},1,{a}" for m, a in zip(MONTHS, AMOUNTS, strict=True)]
    sales = read("\n".join(["月份,杭州,上海,合计", *rows]))
    assert amounts(sales) == AMOUNTS
    assert "column 合计 (the sum of the 2 others)" in sales.understood


def test_long_name_is_cut_where_it_is_told() -> None:
    name = "sales " + "of all shops " * 9
    assert f"column {name[:59]}…," in read(table(f"month,{name}")).understood


def sheet(name: str, *more: Sequence[str]) -> Grid:
    rows = [["月份", "销售额"], *([m, str(a)] for m, a in zip(MONTHS, AMOUNTS, strict=True)), *more]
    cells = [
        [Cell(text, SheetMark("book.xlsx", name, y, x)) for x, text in enumerate(row)]
        for y, row in enumerate(rows)
    ]
    return Grid("book.xlsx", "Excel", "", cells, name)


@pytest.mark.parametrize("name", ["Budget", "预算", "目标", "退款", "2011年采购"])
def test_sheet_whose_name_says_no_sales_is_refused_until_it_is_given(name: str) -> None:
    with pytest.raises(ChoiceError, match="the sheet is called") as asked:
        sales_of([sheet(name)], YEAR, NO_CHOICES)
    assert (asked.value.key, asked.value.choices) == ("sheet", (name,))
    assert amounts(sales_of([sheet(name)], YEAR, Choices(sheet=name))) == AMOUNTS
    # Beside one that has sales it is in nobody's way.
    assert amounts(sales_of([sheet(name), sheet("销售")], YEAR, NO_CHOICES)) == AMOUNTS


def test_sheet_with_an_error_may_be_the_right_one() -> None:
    broken = sheet("销售", ["合计", "#REF!"])
    with pytest.raises(ChoiceError, match="sheet `旧` can be read, and sheet `销售` may be") as asked:
        sales_of([broken, sheet("旧")], YEAR, NO_CHOICES)
    assert (asked.value.key, asked.value.choices) == ("sheet", ("旧", "销售"))


def test_sheets_of_a_part_of_the_year_do_not_count_as_the_right_one() -> None:
    january = sheet("1月")
    january = january._replace(rows=january.rows[:4])
    assert amounts(sales_of([january, sheet("汇总")], YEAR, NO_CHOICES)) == AMOUNTS


def test_sheet_whose_title_says_no_sales_is_in_nobodys_way() -> None:
    plan = sheet("表2")
    title = [
        Cell("2011年采购明细", SheetMark("book.xlsx", "表2", 0, 0)),
        Cell("", SheetMark("book.xlsx", "表2", 0, 1)),
    ]
    plan = plan._replace(rows=[title, *plan.rows])
    assert amounts(sales_of([plan, sheet("表1")], YEAR, NO_CHOICES)) == AMOUNTS


def test_sheet_of_two_columns_of_sales_may_be_the_right_one() -> None:
    rows = [["月份", "销售额", "成交额"], *([m, str(a), "5"] for m, a in zip(MONTHS, AMOUNTS, strict=True))]
    cells = [
        [Cell(t, SheetMark("book.xlsx", "表2", y, x)) for x, t in enumerate(r)] for y, r in enumerate(rows)
    ]
    with pytest.raises(ChoiceError, match="sheet `表1` can be read, and sheet `表2` may be"):
        sales_of([sheet("表1"), Grid("book.xlsx", "Excel", "", cells, "表2")], YEAR, NO_CHOICES)
