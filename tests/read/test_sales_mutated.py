"""Tables of odd cells are read or refused, and never end in a traceback."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from target_cascade.calendar import PlanYear, nrf_year
from target_cascade.errors import InputError
from target_cascade.read.sales.choices import Choices
from target_cascade.read.sales.sales_file import sales_of
from target_cascade.read.sales.shape_file import shape_of
from target_cascade.read.source import Mark, Source
from target_cascade.read.tables.grid import Cell, Grid

YEARS = [PlanYear.starting(2011), PlanYear.starting(2011, 4), nrf_year(2011)]
WORDS = (
    "月份 日期 年 月 日 销售额 订单数 合计 小计 一季度 Q1 2011Q1 2011 2010年 2011年 单位：万元 万元 件 元"
    " 2011-01 2011-02 2011-13 1月 2月 3月 Jan Feb Jan-11 11-Jan 15-Jan-11 01/02/2011 13/02/2011 P01 P02 W01"
    " W53 W54 40544 40575 201101 20110101 1 2 3 12 13 100 1,234 1.234 1.234,56 5% #REF! x 78万 (5) - 2011.1"
    " 2011.10 平均 同比 2011-01-08 2月29日 SCALAR_FACTOR thousands UNIT_MULT 6 今年 去年 备注：x Sales total"
    " 2011-01-01T16:00:00Z 单位 2099 1901"
).split()
PERIODS = [
    [f"{n}月" for n in range(1, 13)],
    [f"2011-{n:02d}" for n in range(1, 13)],
    [f"P{n:02d}" for n in range(1, 13)],
]
cells = st.sampled_from([*WORDS, "", "", ""])
odd_rows = st.lists(st.lists(cells, min_size=1, max_size=7), min_size=1, max_size=12)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    rows = draw(odd_rows)
    if draw(st.booleans()):
        rows = rows[:3]
        rows += [[name, *draw(st.lists(cells, max_size=4))] for name in draw(st.sampled_from(PERIODS))]
    if draw(st.booleans()):
        width = max(map(len, rows))
        rows = [list(row) for row in zip(*([*row, *[""] * (width - len(row))] for row in rows), strict=True)]
    source = Source("sales.csv", "")
    made = [[Cell(text, Mark(source, y, x)) for x, text in enumerate(row)] for y, row in enumerate(rows)]
    return Grid("sales.csv", "UTF-8", ",", [row for row in made if any(cell.text for cell in row)])


@settings(max_examples=400, deadline=None)
@given(grids().filter(lambda grid: grid.rows), st.sampled_from(YEARS), st.booleans(), st.booleans())
def test_odd_table_ends_in_an_answer(grid: Grid, year: PlanYear, year_given: bool, may_lack: bool) -> None:
    labels = [month.label for month in (*year.months, *year.calendar_months)] if may_lack else []
    with suppress(InputError):
        sales = sales_of([grid], year, Choices(year_given=year_given, may_lack=frozenset(labels)))
        assert set(sales.by_position) <= set(range(12))
    with suppress(InputError):
        shape, _ = shape_of([grid], year)
        assert len(shape) == 12
        assert min(shape) >= 0
