"""From when to when somebody is there, as the tree says it."""

from datetime import date

import pytest
from pydantic import ValidationError

from target_cascade.plan import Plan


def times(year: object, start: str, end: str) -> tuple[date | None, date | None]:
    leaf = {"name": "Li", "start": start, "end": end}
    plan = Plan.model_validate({"year": year, "target": "1000", "cascade": [leaf]})
    assert plan.cascade is not None
    (node,) = plan.cascade.nodes
    return node.start, node.end


@pytest.mark.parametrize(
    ("year", "start", "end", "first", "last"),
    [
        pytest.param("2012", "2011-11", "2013-02", (2011, 11, 1), (2013, 2, 28), id="months of other years"),
        pytest.param("2012", "2", "2012-02-15", (2012, 2, 1), (2012, 2, 15), id="a month and a date"),
        pytest.param({"nrf": "2012"}, "P01", "P02", (2012, 1, 29), (2012, 3, 31), id="retail periods"),
        pytest.param(
            {"nrf": "2012"}, "2010-03-05", "2013-04-01", (2010, 3, 5), (2013, 4, 1), id="dates, retail year"
        ),
    ],
)
def test_start_is_the_first_day_and_end_the_last(
    year: object, start: str, end: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert times(year, start, end) == (date(*first), date(*last))


@pytest.mark.parametrize(("start", "end"), [("2012-03", "P12"), ("P01", "2012-05"), ("2011-11", "P12")])
def test_calendar_month_in_a_retail_year_is_refused(start: str, end: str) -> None:
    """Its periods do not begin with calendar months: to read one would move somebody by weeks in silence."""
    with pytest.raises(ValidationError, match="none of the periods of a retail year"):
        times({"nrf": "2012"}, start, end)
