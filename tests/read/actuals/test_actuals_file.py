"""What came in, from files that people really have: whose, of what, on which days, and how much."""

import random
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from actuals_texts import FISCAL, RETAIL, SHOP, SUNDAY, TEAMS, plan_of, read, refusal
from openpyxl.workbook.workbook import Workbook
from workbooks import Value, of_cells, saved

from target_cascade.errors import UnreadableError
from target_cascade.read.actuals.actuals_file import read_actuals, rows_of
from target_cascade.review.actuals import Actual, Actuals


def amounts(rows: Sequence[Actual]) -> dict[str, Fraction]:
    return {row.period.label: row.amount for row in rows}


TWO_MONTHS = {"2012-01": 1_000_500, "2012-02": -2_000_000}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("month,amount\n2012-01,1000500\n2012-02,-2000000\n", id="plain"),
        pytest.param("amount,month\n-2000000,2012-02\n1000500,2012-01\n", id="other order"),
        pytest.param("月份,销售额\n2012年1月,100.05万\n2012年2月,-200万\n", id="chinese"),
        pytest.param(
            '统计表\n单位：万元\n月份,销售额\n1月,100.05\n2月,(200)\n3月,\n合计,"(99.95)"\n',
            id="titles and total",
        ),
        pytest.param("Monat;Umsatz\n01/2012;1.000.500,00\n02/2012;-2.000.000,00\n", id="semicolons"),
        pytest.param("month\tamount (k)\n2012-01\t1000.5\n2012-02\t-2000\n", id="tabs and thousands"),
        pytest.param('month,amount\n2012-01,"￥1,000,500"\n2012-02,"(2,000,000)"\n', id="parentheses"),
        pytest.param("项目,2012-01,2012-02\n销售额,1000500,-2000000\n订单数,5,6\n", id="months across"),
        pytest.param("date,amount\n2012-01-31,1000500\n2012-02-29,-2000000\n", id="last days for months"),
        pytest.param("date,amount\n2012-01-01,1000500\n2012-02-01,-2000000\n", id="first days for months"),
        pytest.param("month,quota,actual\n2012-01,9,1000500\n2012-02,9,-2000000\n", id="beside the quota"),
        pytest.param(
            "month,amount\n2012-01,1000500\n2012-02,-2000000\n2012-03,\n2012-04,\n", id="empty ahead"
        ),
        pytest.param("month,2011,2012\n1,5,1000500\n2,6,-2000000\n", id="beside last year"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_months_are_read_as_they_are_written(content: str, encoding: str, tmp_path: Path) -> None:
    rows = read(content.encode(encoding), SHOP, tmp_path).rows
    assert amounts(rows) == TWO_MONTHS
    assert {(row.grain, row.kpi, row.who) for row in rows} == {("month", None, None)}


def test_workbook_is_read_with_its_dates(tmp_path: Path) -> None:
    cells: dict[str, Value] = {
        "A1": "日期",
        "B1": "金额",
        "A2": date(2012, 1, 2),
        "B2": 5,
        "A3": date(2012, 1, 3),
        "B3": 0.1,
    }
    rows = read(of_cells(cells), SHOP, tmp_path).rows
    assert amounts(rows) == {"2012-01-02": 5, "2012-01-03": Fraction(1, 10)}
    assert [row.grain for row in rows] == ["day", "day"]


def test_sheet_of_kpis_may_be_called_so(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "KPI"
    for row in (["month", "kpi", "value"], ["2012-01", "orders", 5], ["2012-01", "conversion", 0.015]):
        sheet.append(row)
    rows = read(saved(book), TEAMS, tmp_path).rows
    assert {row.kpi: row.amount for row in rows} == {"orders": 5, "conversion": Fraction(15, 1000)}


@pytest.mark.parametrize(
    ("plan", "content", "weeks"),
    [
        pytest.param(SHOP, "week,amount\n2012-W02,5\nW01,6\n", ["2012-01-09", "2012-01-02"], id="iso labels"),
        pytest.param(SHOP, "周,金额\n1,5\n2,6\n", ["2012-01-02", "2012-01-09"], id="numbers below 周"),
        pytest.param(
            SHOP, "year,week,amount\n2012,1,5\n2012,2,6\n", ["2012-01-02", "2012-01-09"], id="year beside"
        ),
        pytest.param(SHOP, "month,amount\n第22周,5\n", ["2012-05-28"], id="chinese label"),
        pytest.param(SHOP, "week,amount\n2012-01-02,5\n", ["2012-01-02"], id="first days, the plan's own"),
        pytest.param(SHOP, "week ending,amount\n2012-01-08,5\n", ["2012-01-02"], id="last days"),
        pytest.param(SHOP, "week starting,amount\n2012-01-08,5\n", ["2012-01-08"], id="first days, others"),
        pytest.param(SHOP, "周结束日期,金额\n2012-01-08,5\n", ["2012-01-02"], id="last days in chinese"),
        pytest.param(SUNDAY, "week,amount\nW02,5\n", ["2012-01-08"], id="weeks from sunday"),
        pytest.param(SUNDAY, "week,amount\n2012-01-08,5\n", ["2012-01-08"], id="first days, sunday"),
        pytest.param(FISCAL, "week,amount\nW14,5\n2013-W02,6\n", ["2012-04-02", "2013-01-07"], id="fiscal"),
        pytest.param(RETAIL, "week,amount\nW01,5\nW02,6\n", ["2012-01-29", "2012-02-05"], id="retail"),
    ],
)
def test_weeks_are_seven_days(plan: str, content: str, weeks: list[str], tmp_path: Path) -> None:
    rows = read(content, plan, tmp_path).rows
    assert [str(row.period.start) for row in rows] == weeks
    assert {(row.grain, row.period.days) for row in rows} == {("week", 7)}


def test_week_that_the_year_cuts_is_the_part_that_it_has(tmp_path: Path) -> None:
    (row,) = read("week,amount\nW01,5\n", f"{SHOP}weeks: monday\n", tmp_path).rows
    assert (row.period.start, row.period.end) == (date(2012, 1, 1), date(2012, 1, 1))


def test_retail_periods_are_months_of_the_plan(tmp_path: Path) -> None:
    rows = read("period,amount\nP01,5\nP02,6\n", RETAIL, tmp_path).rows
    assert [(row.period, row.grain) for row in rows] == [
        (month, "month") for month in plan_of(RETAIL).year.months[:2]
    ]


def test_months_and_then_days_are_both_kept(tmp_path: Path) -> None:
    rows = read("date,amount\n2012-01,100\n2012-02-01,5\n2012-02-02,6\n", SHOP, tmp_path).rows
    assert [row.grain for row in rows] == ["month", "day", "day"]


def test_month_among_its_own_days_is_their_total(tmp_path: Path) -> None:
    rows = read("date,amount\n2012-01,11\n2012-01-01,5\n2012-01-02,6\n", SHOP, tmp_path).rows
    assert sum(row.amount for row in rows) == 5 + 6


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            "month,who,kpi,amount\n2012-01,South/Li,,100\n2012-01,May,sales,200\n2012-01,North,,50\n"
            "2012-01,Li,orders,7\n",
            id="paths and names",
        ),
        pytest.param(
            "月份,负责人,指标,金额\n1月,Li,销售额,100\n1月,May,销售额,200\n1月,North,销售额,50\n1月,合计,销售额,350\n"
            "1月,Li,Orders,7\n",
            id="chinese with a total",
        ),
        pytest.param(
            "month,region,rep,kpi,amount\n2012-01,South,Li,sales,100\n2012-01,South,May,sales,200\n"
            "2012-01,North,,sales,50\n2012-01,South,Li,orders,7\n",
            id="levels",
        ),
        pytest.param(
            "name,kpi,2012-01,合计\nLi,sales,100,100\nMay,sales,200,200\nNorth,sales,50,50\nLi,orders,7,7\n",
            id="months across",
        ),
    ],
)
def test_rows_are_of_nodes_and_kpis(content: str, tmp_path: Path) -> None:
    rows = read(content, TEAMS, tmp_path).rows
    assert {(row.who, row.kpi, int(row.amount)) for row in rows} == {
        ("South/Li", None, 100),
        ("South/May", None, 200),
        ("North", None, 50),
        ("South/Li", "orders", 7),
    }


def test_company_stands_beside_its_nodes(tmp_path: Path) -> None:
    content = "month,who,amount\n2012-01,company,500\n2012-01,Li,100\n2012-02,公司,300\n"
    assert [row.who for row in read(content, TEAMS, tmp_path).rows] == [None, "South/Li", None]


def test_month_that_is_the_name_of_a_person_is_a_person(tmp_path: Path) -> None:
    content = "rep,amount,month\nMay,200,2012-01\nMay,300,2012-02\nMay,400,2012-03\n"
    rows = read(content, TEAMS, tmp_path).rows
    assert [(row.who, row.period.label) for row in rows] == [
        ("South/May", f"2012-0{month}") for month in (1, 2, 3)
    ]


def test_kpis_take_percentages_and_only_money_takes_the_unit(tmp_path: Path) -> None:
    rows_of_january = ("orders,3500", "conversion,1.5%", "spend,20", "sales,2")
    content = "\n".join(["month,kpi,金额(万元)", *(f"2012-01,{row}" for row in rows_of_january)])
    rows = read(content, TEAMS, tmp_path).rows
    assert {row.kpi: row.amount for row in rows} == {
        "orders": 3500,
        "conversion": Fraction(15, 1000),
        "spend": 20 * 10_000,
        None: 2 * 10_000,
    }


def test_file_of_kpis_alone_is_fine(tmp_path: Path) -> None:
    read_ = read("month,kpi,actual\n2012-01,conversion,1.5%\n2012-02,conversion,\n", TEAMS, tmp_path)
    assert [(row.kpi, row.amount) for row in read_.rows] == [("conversion", Fraction(15, 1000))]
    assert "no sales" in read_.understood


def test_rows_of_other_years_are_left_out_and_said(tmp_path: Path) -> None:
    content = "month,amount\n2011-12,9\n2012-01,100\n2013-01,7\n"
    found = read(content, SHOP, tmp_path)
    assert amounts(found.rows) == {"2012-01": 100}
    assert "2 rows of other years than 2012 left out (2011-12 to 2013-01)" in found.understood


def test_total_over_two_years_is_held_against_both(tmp_path: Path) -> None:
    assert amounts(read("month,amount\n2011-12,9\n2012-01,100\n总计,109\n", SHOP, tmp_path).rows) == {
        "2012-01": 100
    }


@pytest.mark.parametrize(
    "total", [pytest.param(300, id="of the highest"), pytest.param(600, id="of all rows")]
)
def test_total_beside_a_region_and_its_people_is_either_sum(total: int, tmp_path: Path) -> None:
    content = f"month,who,amount\n2012-01,South,300\n2012-01,Li,100\n2012-01,May,200\n2012-01,合计,{total}\n"
    assert sum(row.amount for row in read(content, TEAMS, tmp_path).rows) == 300 + 100 + 200


def test_title_above_and_note_below_are_about_all_nodes(tmp_path: Path) -> None:
    content = "单位：万元,,\nname,1月,2月\nLi,5,6\nMay,7,8\n由财务部填报,,\n"
    rows = read(content, TEAMS, tmp_path).rows
    assert [row.amount for row in rows] == [50_000, 60_000, 70_000, 80_000]


def test_orders_are_summed_by_day(tmp_path: Path) -> None:
    content = "日期,订单编号,金额\n2012-01-02,a1,5\n2012-01-02,a2,6\n2012-01-03,a3,-7\n2012-01-05,a4,8\n"
    assert amounts(read(content, SHOP, tmp_path).rows) == {
        "2012-01-02": 5 + 6,
        "2012-01-03": -7,
        "2012-01-05": 8,
    }


def test_place_is_that_of_the_amount(tmp_path: Path) -> None:
    rows = read("sales of 2012,,\nname,1月,2月\nLi,5,6\nMay,7,8\n", TEAMS, tmp_path).rows
    assert [(row.where.line if row.where else 0) for row in rows] == [3, 3, 4, 4]


def test_what_was_understood_is_one_line(tmp_path: Path) -> None:
    content = "月份,金额(万)\n1月,5\n2月,6\n3月,\n合计,11\n".encode("gbk")
    name = tmp_path / "actuals.csv"
    assert read(content, SHOP, tmp_path).understood == (
        f"{name}: GBK, column 金额(万) in 万, 2 months to 2012-02-29 (written without a year),"
        " total 110,000 (total row agrees), 1 row without an amount"
    )


ROWS = [
    *(
        f"2012-0{month},{who},sales,{month}{place}"
        for month in (1, 2, 3)
        for place, who in enumerate(("Li", "May"), 1)
    ),
    *(f"2012-04-0{day},Li,sales,{day}" for day in (1, 2, 3)),
    "2012-01,,orders,7",
    "2012-01,company,sales,99",
    "2011-12,Li,sales,5",
    "2012-04-04,Li,sales,",
]


@pytest.mark.parametrize("seed", range(5))
def test_order_of_rows_changes_nothing(seed: int, tmp_path: Path) -> None:
    shuffled = list(ROWS)
    random.Random(seed).shuffle(shuffled)
    found = [
        {
            row._replace(where=None)
            for row in read("\n".join(["date,who,kpi,amount", *rows]), TEAMS, tmp_path).rows
        }
        for rows in (ROWS, shuffled)
    ]
    assert found[0] == found[1]
    assert len(found[0]) == len(ROWS) - 2


def test_rows_of_the_plan_itself_are_months() -> None:
    plan = plan_of(f"{SHOP}actuals: {{2012-02: 6万, 1: 5万}}\n")
    assert rows_of(plan) == (
        Actual(plan.year.months[0], "month", Fraction(50_000)),
        Actual(plan.year.months[1], "month", Fraction(60_000)),
    )
    assert rows_of(plan_of(SHOP)) == ()


def test_missing_file_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot read the actuals"):
        read_actuals(str(tmp_path / "none.csv"), plan_of(SHOP), Actuals(file="none.csv"))


def test_choice_of_a_column_settles_which_is_meant(tmp_path: Path) -> None:
    content = "month,sales A,sales B\n2012-01,9,5\n2012-02,100,6\n"
    assert (
        "say which one is meant with `actuals: {file: …, column: …}`" in refusal(content, SHOP, tmp_path)[0]
    )
    assert amounts(read(content, SHOP, tmp_path, column="sales B").rows) == {"2012-01": 5, "2012-02": 6}


def test_unit_of_the_plan_is_that_of_the_file(tmp_path: Path) -> None:
    assert amounts(read("month,amount\n2012-01,5\n", SHOP, tmp_path, unit="万").rows) == {"2012-01": 50_000}


@pytest.mark.parametrize(
    ("plan", "weeks"),
    [
        pytest.param(SHOP, ["2012-W01", "2012-W02"], id="iso weeks"),
        pytest.param(SUNDAY, ["W02", "W03"], id="own weeks"),
    ],
)
def test_weeks_by_name_stand_beside_days_in_a_column_of_days(
    plan: str, weeks: list[str], tmp_path: Path
) -> None:
    """What is advised where the year begins inside a week."""
    content = f"day,amount\n2012-01-01,5\n{weeks[0]},7\n{weeks[1]},8\n"
    rows = read(content, plan, tmp_path).rows
    assert [row.grain for row in rows] == ["day", "week", "week"]
    assert list(amounts(rows)) == ["2012-01-01", *weeks]
