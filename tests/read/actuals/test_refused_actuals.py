"""Files of actuals that leave something open: they are refused, with what to write."""

from pathlib import Path

import pytest
from actuals_texts import FISCAL, RETAIL, SHOP, SUNDAY, TEAMS, refusal
from workbooks import of_cells


@pytest.mark.parametrize(
    ("plan", "content", "said"),
    [
        pytest.param(SHOP, "month,amount\n2012-01,5\n2012-02,6\n合计,12\n", "4:4: `合计` is 12", id="total"),
        pytest.param(
            SHOP,
            "month,amount\n2012-01,5\n2012-01,6\n",
            "3:1: `2012-01` stands here a second time",
            id="twice",
        ),
        pytest.param(
            SHOP, "week,amount\nW01,5\n2012-W01,6\n", "3:1: `2012-W01` stands here a second", id="week twice"
        ),
        pytest.param(
            SHOP,
            "date,amount\n2012-01,5\n2012-W02,6\n",
            "3:1: `2012-W02` has days that `2012-01` (line 2)",
            id="overlap",
        ),
        pytest.param(
            SHOP,
            "date,amount\n2012-01,12\n2012-01-01,5\n2012-01-02,6\n",
            "2:9: `2012-01` is 12",
            id="month and days",
        ),
        pytest.param(
            SHOP, "month,amount\n2011-01,5\n2011-02,6\n", "no row with an amount is of", id="other year"
        ),
        pytest.param(SHOP, "month,amount\n2012-01,\n2012-02,\n", "nor is any below", id="no amount"),
        pytest.param(SHOP, "month,amount\n2012-01,-\n2012-02,6\n", "2:9: `-` is no number", id="dash"),
        pytest.param(
            SHOP, "month,amount\n2012-01,#REF!\n2012-02,6\n", "`#REF!` is an error of the", id="error"
        ),
        pytest.param(SHOP, "month,amount\n2012-01,5%\n2012-02,6\n", "`5%` is a percentage", id="percentage"),
        pytest.param(
            SHOP, "month,amount\n2012-01,1.234\n2012-02,2.345\n", "could be 1234 or 1.234", id="style"
        ),
        pytest.param(
            SHOP, "month,amount (USD)\n2012-01,5\n", "another currency than the plan's, CNY", id="currency"
        ),
        pytest.param(
            SHOP, "month,amount,status\n2012-01,5,actual\n2012-02,6,forecast\n", "`forecast`", id="forecast"
        ),
        pytest.param(SHOP, "month,amount\n2012-01,5\nrefunds,6\n", "3:1: `refunds` is no month", id="stray"),
        pytest.param(SHOP, "2011年\n月份,金额\n1月,5\n2月,6\n", "names 2011", id="title of last year"),
        pytest.param(SHOP, "month,去年,今年\n1,5,6\n2,6,7\n3,8,9\n", "nothing says which", id="this year"),
        pytest.param(
            SHOP, "month,2010,2011\n1,5,6\n2,6,7\n3,8,9\n", "figures of the wrong year", id="old columns"
        ),
        pytest.param(FISCAL, "month,amount\n1月,5\n2月,6\n3月,7\n", "of no known year", id="bare months"),
        pytest.param(SHOP, "month,amount\nP01,5\nP02,6\n", "is a period of a retail year", id="periods"),
        pytest.param(RETAIL, "month,amount\n2012-02,5\n2012-03,6\n", "write P01 to P12", id="months, retail"),
        pytest.param(RETAIL, "week,amount\n2012-W05,5\n", "week of another calendar", id="iso week, retail"),
        pytest.param(SUNDAY, "week,amount\n2012-W05,5\n", "write `W05` for a week", id="iso week, sunday"),
        pytest.param(SHOP, "week,amount\n2012-W53,5\n", "2012 has 52 of them", id="no such week"),
        pytest.param(
            SHOP,
            "week,amount\n2011-W52,5\n2012-W01,6\n",
            "such as `2012-01-01`: call the column `day`, and write whole weeks in it as `2012-W01`",
            id="week cut",
        ),
        pytest.param(
            SHOP,
            "week,amount\n2012-W52,5\n2013-W01,6\n",
            "such as `2012-12-31`: call the column `day`, and write whole weeks in it as `2012-W52`",
            id="week cut by the end of the year",
        ),
        pytest.param(
            SHOP,
            "week ending,amount\n2012-01-03,5\n2012-01-10,6\n",
            "write the actuals by day, from `2012-01-01` on, or by month",
            id="week cut that has no number",
        ),
        pytest.param(SHOP, "week,amount\n2012-01-08,5\n2012-01-15,6\n", "is a Sunday", id="weekday"),
        pytest.param(
            SHOP, "date,amount\n2012-01-02,5\n2012-01-09,6\n", "call the column `week starting`", id="weeks?"
        ),
        pytest.param(SHOP, "week starting,amount\n1,5\n2,6\n", "is no week", id="numbers"),
        pytest.param(SHOP, "date,amount\n2012-01-01,5\n", "call the column `day`", id="one day or a month"),
        pytest.param(
            SHOP, "date,amount\n2012-01-15,5\n2012-02-15,6\n", "write months as `2012-01`", id="midmonth"
        ),
        pytest.param(
            SHOP, "日期,金额\n01/02/2012,5\n02/02/2012,6\n", "write `2011-01-15`", id="day or month first"
        ),
        pytest.param(SHOP, "month,who,amount\n2012-01,Li,5\n", "the plan has no `cascade`", id="no tree"),
        pytest.param(
            SHOP, "month,门店,金额\n2012-01,A,5\n2012-02,B,6\n", "the plan has no `cascade`", id="shops"
        ),
        pytest.param(
            SHOP, "month,kpi,amount\n2012-01,orders,5\n", "no `kpis` and no `drivers`", id="no KPIs"
        ),
        pytest.param(TEAMS, "month,who,amount\n2012-01,Wong,5\n", "did you mean `North/Wang`?", id="name"),
        pytest.param(TEAMS, "month,kpi,value\n2012-01,order,5\n", "did you mean `orders`?", id="kpi"),
        pytest.param(TEAMS, "month,team,姓名,amount\n2012-01,South,Li,5\n", "keep one of", id="names twice"),
        pytest.param(
            TEAMS, "month,kpi,指标,amount\n2012-01,orders,orders,5\n", "keep one of these", id="two of KPIs"
        ),
        pytest.param(
            TEAMS,
            "month,who,amount\n2012-01,Li,5\n2012-02,,6\n2012-03,,7\n",
            "3:9: no name stands here",
            id="merged names",
        ),
        pytest.param(
            TEAMS,
            "month,kpi,amount\n2012-01,orders,5\n2012-02,,6\n",
            "3:9: no KPI stands here",
            id="merged KPIs",
        ),
        pytest.param(
            TEAMS,
            "month,who,amount\n2012-01,Li,5\n2012-01,合计,6\n",
            "3:12: `合计` is 6",
            id="total of nodes",
        ),
        pytest.param(
            TEAMS, "name,1月,2月\nLi,5,6\nMay,7\n", "this row ends before `2月`", id="row cut short"
        ),
        pytest.param(
            TEAMS, "name,1月,2月\nLi,5,6\nMay,1,234,7\n", "more cells than the header", id="row too long"
        ),
        pytest.param(TEAMS, "month,kpi,value\n2012-01,conversion,1.5\n", "would be 150 %", id="share"),
        pytest.param(
            TEAMS,
            "month,kpi,value\n2012-01,conversion,1.5%\n2012-02,conversion,0.9\n",
            "and some not",
            id="mixed shares",
        ),
        pytest.param(
            TEAMS, "month,kpi,value\n2012-01,orders,5%\n", "and `orders` is none", id="percentage of a count"
        ),
        pytest.param(
            TEAMS,
            "date,kpi,value\n2012-01,aov,5\n2012-01-01,aov,2\n2012-01-02,aov,3\n",
            "3:1: `2012-01-01` has days that `2012-01`",
            id="month and days of a ratio",
        ),
        pytest.param(TEAMS, "month,kpi,value\n2012-01,orders,-5\n", "is a count", id="negative count"),
        pytest.param(
            TEAMS,
            "month,kpi,value(万)\n2012-01,orders,5\n2012-01,sales,6\n",
            "write all values in full",
            id="unit",
        ),
        pytest.param(
            TEAMS, "month,kpi,value,unit\n2012-01,conversion,0.9,%\n", "beside `0.9`", id="unit beside"
        ),
        pytest.param(
            TEAMS, "month,who,amount\n2012-01,=cmd|' /C calc'!A0,5\n", "is no node of the tree", id="formula"
        ),
        pytest.param(TEAMS, "month,who,amount\n2012-01,\x1b[31mLi,5\n", "cannot be printed", id="escapes"),
        pytest.param(
            TEAMS, "month,who,amount\n2012-01,#N/A,5\n", "error of the spreadsheet", id="name is an error"
        ),
    ],
)
def test_refusal_says_what_is_wrong(plan: str, content: str, said: str, tmp_path: Path) -> None:
    told = refusal(content, plan, tmp_path)
    assert said in told[0]
    assert not any("base" in line for line in told), "it is about actuals"


def test_formula_without_a_value_is_refused(tmp_path: Path) -> None:
    book = of_cells({"A1": "month", "B1": "amount", "A2": "2012-01", "B2": "=1+1"})
    assert "is a formula without a value" in refusal(book, SHOP, tmp_path)[0]


def test_all_wrong_rows_are_told_at_once(tmp_path: Path) -> None:
    content = "month,who,amount\n2012-01,Wong,5\n2012-02,Li,x\n2012-03,Li,7\n"
    assert [line.split(":")[0] for line in refusal(content, TEAMS, tmp_path)] == ["2", "3"]
