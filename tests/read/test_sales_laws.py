"""Known months, written in any way that people write them, are read back exactly or refused."""

import csv
import io
from collections.abc import Callable
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from target_cascade.amount import plain
from target_cascade.calendar import PlanYear
from target_cascade.errors import InputError
from target_cascade.read.sales.sales_file import Choices, sales_of
from target_cascade.read.tables.files import grids_of

YEARS = [PlanYear.starting(2011), PlanYear.starting(2011, 4)]
NAMES = "January February March April May June July August September October November December".split()
CHINESE = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()

Writer = Callable[[int, int], str]
MONTHS: list[Writer] = [
    lambda y, m: f"{y}-{m:02d}",
    lambda y, m: f"{y}/{m}",
    lambda y, m: f"{y}.{m:02d}",
    lambda y, m: f"{y}.{m}",
    lambda y, m: f"{y}{m:02d}",
    lambda y, m: f"{y}M{m:02d}",
    lambda y, m: f"{y}年{m}月",
    lambda y, m: f"{y}年{m:02d}月份",
    lambda _, m: f"{m}月",
    lambda _, m: f"{CHINESE[m - 1]}月份",
    lambda _, m: NAMES[m - 1][:3],
    lambda _, m: NAMES[m - 1],
    lambda _, m: str(m),
    lambda y, m: f"{NAMES[m - 1][:3]}-{y % 100}",
    lambda y, m: f"{NAMES[m - 1]} {y}",
    lambda y, m: f"{m:02d}/{y}",
    lambda y, m: f"{y}-{m:02d}-01",
    lambda y, m: f"{y}/{m}/1 00:00:00",
    lambda y, m: f"{m}/1/{y}",
    lambda y, m: f"1.{m}.{y}",
]


def grouped(amount: Fraction, groups: str, point: str) -> str:
    whole, _, rest = plain(abs(amount)).partition(".")
    text = f"{int(whole):,}".replace(",", groups) + (point + rest if rest else "")
    return f"({text})" if amount < 0 else text


AMOUNTS: list[Callable[[Fraction], str]] = [
    plain,
    lambda a: grouped(a, ",", "."),
    lambda a: "￥" + grouped(a, ",", ".") if a >= 0 else grouped(a, ",", "."),
    lambda a: grouped(a, ".", ","),
    lambda a: grouped(a, "", ","),
    lambda a: grouped(a, " ", ","),
    lambda a: plain(a / 10_000) + "万",
]
HEADERS = [
    ("月份", "销售额"),
    ("Month", "Sales"),
    ("统计日期", "成交金额（元）"),
    ("foo", "bar"),
    ("date", "Amount"),
]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]


@st.composite
def tables(draw: st.DrawFn) -> tuple[PlanYear, list[Fraction], bytes]:
    """A year, its amounts, and a file that has them."""
    year = draw(st.sampled_from(YEARS))
    cents = st.integers(-10_000, 10**9).map(lambda n: Fraction(n, 100))
    amounts = draw(st.lists(cents, min_size=12, max_size=12))
    when, what = draw(st.sampled_from(MONTHS)), draw(st.sampled_from(AMOUNTS))
    name, column = draw(st.sampled_from(HEADERS))
    rows = [[when(m.start.year, m.start.month), what(a)] for m, a in zip(year.months, amounts, strict=True)]
    if draw(st.booleans()):
        rows.append(["合计", what(sum(amounts, Fraction(0)))])
    rows.insert(0, [name, column])
    if draw(st.booleans()):
        counts = draw(st.lists(st.integers(0, 3000), min_size=12, max_size=12))
        extra = ["订单数", *map(str, counts), str(sum(counts))][: len(rows)]
        rows = [[row[0], cell, row[1]] for row, cell in zip(rows, extra, strict=True)]
    if draw(st.booleans()):
        rows = [rows[0], *draw(st.permutations(rows[1:]))]
    if draw(st.booleans()):
        rows = [list(row) for row in zip(*rows, strict=True)]
    for title in draw(st.lists(st.sampled_from(["2011年销售统计", "单位：元", "", "Report"]), max_size=2)):
        rows.insert(0, [title])
    if draw(st.booleans()):
        rows.append(["制表人：张三"])
    text = io.StringIO()
    csv.writer(text, delimiter=draw(st.sampled_from(",;\t"))).writerows(rows)
    return year, amounts, text.getvalue().encode(draw(st.sampled_from(ENCODINGS)))


@settings(max_examples=300, deadline=None)
@given(tables())
def test_known_months_are_read_exactly_or_refused(table: tuple[PlanYear, list[Fraction], bytes]) -> None:
    year, amounts, content = table
    try:
        sales = sales_of(grids_of(content, "sales.csv"), year, Choices())
    except InputError:
        return
    assert [sales.by_position[i] for i in range(12)] == amounts
    assert not sales.daily


def test_most_ways_of_writing_are_read() -> None:
    """That nothing is read differently would be true of a reader that refuses all."""
    amounts = [Fraction(100 * n + 7) * 1000 + Fraction(1, 4) for n in range(12)]
    year = YEARS[0]
    refused = []
    for at, when in enumerate(MONTHS):
        for which, what in enumerate(AMOUNTS):
            rows = zip(year.months, amounts, strict=True)
            text = "\n".join(f"{when(m.start.year, m.start.month)};{what(a)}" for m, a in rows)
            try:
                sales = sales_of(grids_of(f"月份;销售额\n{text}".encode(), "sales.csv"), year, Choices())
            except InputError:
                refused.append((at, which))
            else:
                assert [sales.by_position[i] for i in range(12)] == amounts
    assert not refused
