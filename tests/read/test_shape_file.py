"""The shape of a year from a file: numbers or percentages of whichever year."""

from fractions import Fraction

import pytest

from target_cascade.calendar import PlanYear, nrf_year
from target_cascade.errors import ChoiceError, InputError
from target_cascade.read.sales.shape_file import shape_of
from target_cascade.read.source import Source
from target_cascade.read.tables.delimited import grid_of

YEAR = PlanYear.starting(2011)
NUMBERS = range(1, 13)


def read(text: str, year: PlanYear = YEAR, column: str | None = None) -> tuple[Fraction, ...]:
    shape, _ = shape_of([grid_of(Source("season.csv", text), "UTF-8")], year, column)
    return shape


def rows(header: str, row: str, *more: str) -> str:
    return "\n".join([header, *(row.format(n=n) for n in NUMBERS), *more])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(rows("month,index", "{n},{n}"), id="bare months"),
        pytest.param(rows("month,index", "2008-{n:02d},{n}"), id="another year"),
        pytest.param(rows("月份,销售额,占比", "{n}月,5,{n}"), id="share beside sales"),
        pytest.param(rows("月份,订单数", "{n}月,{n}"), id="one column, of anything"),
        pytest.param(rows("月份,指数,同比", "{n}月,{n},3"), id="growth beside"),
        pytest.param(rows("月份,指数", "{n}月,{n}", "合计,78"), id="total"),
        pytest.param(
            "月份," + ",".join(f"{n}月" for n in NUMBERS) + "\n指数," + ",".join(map(str, NUMBERS)), id="wide"
        ),
    ],
)
def test_shape_is_read(text: str) -> None:
    assert read(text) == tuple(NUMBERS)


def test_shares_may_add_up_to_a_rounded_hundred() -> None:
    assert read(rows("月份,占比", "{n}月,8.3%", "合计,100%")) == (Fraction(83, 1000),) * 12


def test_shape_stands_in_the_order_of_the_plan() -> None:
    assert read(rows("month,index", "{n},{n}"), PlanYear.starting(2011, 4)) == (*range(4, 13), 1, 2, 3)


def test_shape_of_retail_periods() -> None:
    assert read(rows("period,index", "P{n:02d},{n}"), nrf_year(2011)) == tuple(NUMBERS)
    with pytest.raises(InputError, match="is no period"):
        read(rows("month,index", "2011-{n:02d},{n}"), nrf_year(2011))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(rows("month,index", "2008-{n:02d},-{n}"), "`-1` is below 0", id="negative"),
        pytest.param(rows("month,index", "{n},0"), "all twelve numbers are 0", id="zeros"),
        pytest.param(
            rows("month,index", "{n},{n}").replace("\n7,7", ""), "07 have no row", id="month missing"
        ),
        pytest.param(rows("month,index", "{n},{n}", "3,3"), "a second time", id="month twice"),
        pytest.param(
            rows("month,index", "2008-{n:02d},5", "2009-01,5"), "more than one year", id="two years"
        ),
        pytest.param(
            rows("月份,占比", "{n}月,8%").replace("3月,8%", "3月,0.08"), "is no percentage", id="mixed"
        ),
        pytest.param(rows("月份,占比", "{n}月,8%", "合计,100%"), "`合计`", id="shares of 96 %"),
        pytest.param(rows("月份,指数", "{n}月,x"), "no column has figures", id="text"),
    ],
)
def test_what_is_no_shape_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(text)


def test_column_of_a_shape_is_a_choice() -> None:
    text = rows("month,a,b", "{n},{n},5")
    with pytest.raises(ChoiceError) as asked:
        read(text)
    assert (asked.value.key, asked.value.choices) == ("column", ("a", "b"))
    assert read(text, column="A") == tuple(NUMBERS)
