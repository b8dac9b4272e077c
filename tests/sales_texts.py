"""Tables of sales as texts, with the amounts that are in them, for the tests of reading."""

from collections.abc import Sequence
from fractions import Fraction

from target_cascade.calendar import PlanYear, nrf_year
from target_cascade.read.sales.sales_file import Choices, Sales, sales_of
from target_cascade.read.source import Source
from target_cascade.read.tables.delimited import grid_of

YEAR = PlanYear.starting(2011)._replace(name="last year")
FISCAL = PlanYear.starting(2011, 4)._replace(name="last year")
RETAIL = nrf_year(2011)._replace(name="last year")  # 2011-01-30..2012-01-28
NUMBERS = range(1, 13)
AMOUNTS = [100 * n for n in NUMBERS]
TOTAL = sum(AMOUNTS)
ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
CHINESE = "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月".split()
MONTHS = [f"2011-{n:02d}" for n in NUMBERS]
BARE = [f"{n}月" for n in NUMBERS]


NO_CHOICES = Choices()


def read(text: str, year: PlanYear = YEAR, choices: Choices = NO_CHOICES) -> Sales:
    return sales_of([grid_of(Source("sales.csv", text), "UTF-8")], year, choices)


def amounts(sales: Sales) -> list[Fraction]:
    return [sales.by_position[i] for i in range(12)]


def table(header: str, months: Sequence[str], *more: str, row: str = "{month},{amount}") -> str:
    rows = [
        row.format(month=m, amount=a, n=n) for n, (m, a) in enumerate(zip(months, AMOUNTS, strict=True), 1)
    ]
    return "\n".join([*([header] if header else []), *rows, *more])


def wide(*rows: str, months: Sequence[str] = BARE, corner: str = "项目") -> str:
    return "\n".join([",".join([corner, *months]), *rows])


SALES_ROW = "销售额," + ",".join(map(str, AMOUNTS))
ORDERS_ROW = "订单数," + ",".join("7" * 12)
