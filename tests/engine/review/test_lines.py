"""What came in beside the quota to date, of months, part weeks, nodes and KPIs."""

from fractions import Fraction
from typing import Any

import pytest
from figures_of import days, months, taken, week, whole_year_to

from target_cascade.calendar import Period, calendar_month
from target_cascade.engine.kpis.numbers import KpiNumbers, kpi_numbers
from target_cascade.engine.review.came_in import CameIn
from target_cascade.engine.review.lines import (
    Line,
    kpi_lines,
    kpi_total,
    month_lines,
    total,
    week_lines,
)
from target_cascade.errors import UsageError
from target_cascade.guardrails import Guardrails

TREE = [{"name": "North", "share": "60%"}, {"name": "South", "share": "40%"}]
SHOP: dict[str, Any] = {
    "drivers": {"order_value": {"default": 200, "2": 250}},
    "kpis": {
        "orders": {"formula": "quota / order_value", "unit": "count"},
        "replies": {"at_most": 30},
        "talk": {"between": "3..8"},
    },
}


def line(due: int, actual: int | None) -> Line:
    came_in = None if actual is None else Fraction(actual)
    return Line(calendar_month(2012, 1), 0, Fraction(1000), Fraction(due), came_in)


def numbers(found: CameIn) -> KpiNumbers:
    return kpi_numbers(found.cascade)


class TestLine:
    @pytest.mark.parametrize(
        ("due", "actual", "status"),
        [
            pytest.param(1000, 970, "green", id="just green"),
            pytest.param(1000, 969, "amber", id="below green"),
            pytest.param(1000, 900, "amber", id="just amber"),
            pytest.param(1000, 899, "red", id="below amber"),
            pytest.param(1000, 5000, "green", id="far ahead"),
            pytest.param(0, 0, "green", id="nothing due"),
            pytest.param(0, -1, "red", id="refunds with nothing due"),
            pytest.param(1000, None, None, id="not known"),
        ],
    )
    def test_has_a_status_by_its_attainment(self, due: int, actual: int | None, status: str | None) -> None:
        assert line(due, actual).status(Guardrails()) == status

    @pytest.mark.parametrize(
        ("due", "actual", "status"),
        [
            pytest.param(1000, 1030, "green", id="just green"),
            pytest.param(1000, 1100, "amber", id="just amber"),
            pytest.param(1000, 1101, "red", id="above amber"),
            pytest.param(1000, 0, "green", id="nothing spent"),
            pytest.param(0, 1, "red", id="spent with nothing planned"),
        ],
    )
    def test_may_be_better_below_its_plan(self, due: int, actual: int, status: str) -> None:
        assert line(due, actual).status(Guardrails(), lower_is_better=True) == status

    def test_is_short_below_zero(self) -> None:
        assert [line(1000, 900).gap, line(1000, 900).attainment] == [-100, Fraction(9, 10)]
        assert [line(1000, None).gap, line(0, 5).attainment] == [None, None]


class TestMonths:
    def test_that_are_over_are_due_whole(self) -> None:
        found = month_lines(taken(months(1, 900_000, 1_100_000)))
        assert [one.quota_to_date for one in found] == [one.quota for one in found] == [1_000_000] * 2
        assert [one.gap for one in found] == [-100_000, 100_000]

    def test_not_over_are_due_as_far_as_their_days(self) -> None:
        found = taken(whole_year_to("2012-02-10", 30_000))
        line = month_lines(found)[-1]
        quotas = [day.amount for part in found.cascade.months[1].parts for day in part.parts]
        assert [line.quota, line.quota_to_date] == [1_000_000, sum(quotas[:10])]
        assert line.actual == 300_000

    def test_of_nodes_are_due_by_the_days_of_the_company(self) -> None:
        rows = [*months(1, 500_000, who="North"), *months(1, 400_000, who="South")]
        rows += [
            *days("2012-02-01", *[1000] * 9, who="North"),
            *days("2012-02-01", *[1000] * 9, who="South"),
        ]
        found = taken(rows, cascade=TREE)
        company, north, south = (month_lines(found, who)[-1] for who in (None, "North", "South"))
        assert north.quota == 600_000
        assert abs(north.quota_to_date - company.quota_to_date * Fraction(6, 10)) < 2
        assert abs(north.quota_to_date + south.quota_to_date - company.quota_to_date) < 2
        assert [north.actual, company.actual] == [9000, 18_000]

    def test_of_an_unknown_node_are_refused(self) -> None:
        with pytest.raises(UsageError, match="no node of the tree"):
            month_lines(taken(months(1, 5), cascade=TREE), "East")


class TestWeeks:
    def test_are_due_as_far_as_their_days_and_add_up_to_the_month(self) -> None:
        found = taken(whole_year_to("2012-02-10", 30_000))
        lines = week_lines(found)
        assert lines[-1].period == Period("2012-W06", *(lines[-1].period[1:]))
        assert lines[-1].quota_to_date < lines[-1].quota
        for month in month_lines(found):
            of_month = [line for line in lines if line.month == month.month]
            assert sum(line.quota_to_date for line in of_month) == month.quota_to_date
            assert total(of_month).actual == month.actual

    def test_of_months_are_not_known(self) -> None:
        found = week_lines(taken(months(1, 5)))
        assert {line.actual for line in found} == {None}
        assert total(found).actual is None

    def test_of_nodes_add_up_to_their_months(self) -> None:
        rows = [
            *whole_year_to("2012-02-10", 1, who="North"),
            *whole_year_to("2012-02-10", 2, who="South"),
        ]
        found = taken(rows, cascade=TREE)
        for month in month_lines(found, "South"):
            of_month = [line for line in week_lines(found, "South") if line.month == month.month]
            assert sum(line.quota_to_date for line in of_month) == month.quota_to_date
            assert total(of_month).actual == month.actual


class TestKpis:
    def test_that_add_up_are_due_as_far_as_their_days(self) -> None:
        rows = [*whole_year_to("2012-01-10", 30_000), *days("2012-01-01", *[150] * 10, kpi="orders")]
        found = taken(rows, **SHOP)
        (line,) = kpi_lines(found, numbers(found), "orders")
        planned = [value or 0 for part in numbers(found).days("orders")[0] for value in part]
        assert [line.quota, line.quota_to_date] == [5000, sum(planned[:10])]
        assert line.actual == 1500
        assert kpi_total((line,)) == total([line])

    def test_by_week_add_up_to_the_month(self) -> None:
        rows = [
            *whole_year_to("2012-01-08", 30_000),
            *days("2012-01-01", 150, kpi="orders"),
            week("2012-01-02", 1000, kpi="orders"),
        ]
        found = taken(rows, **SHOP)
        weeks = kpi_lines(found, numbers(found), "orders", "week")
        (month,) = kpi_lines(found, numbers(found), "orders", "month")
        assert [line.actual for line in weeks] == [150, 1000]
        assert sum(line.quota_to_date for line in weeks) == month.quota_to_date

    def test_that_do_not_add_up_have_the_value_of_the_month_and_no_total(self) -> None:
        rows = [*months(1, 900_000, 900_000), *months(1, 210, 240, kpi="order_value")]
        found = taken(rows, **SHOP)
        lines = kpi_lines(found, numbers(found), "order_value")
        assert [line.quota_to_date for line in lines] == [200, 250]
        assert [line.actual for line in lines] == [210, 240]
        assert kpi_total(lines) is None

    def test_without_figures_are_not_known(self) -> None:
        found = taken(months(1, 5), **SHOP)
        assert [line.actual for line in kpi_lines(found, numbers(found), "replies")] == [None]

    @pytest.mark.parametrize(
        ("kpi", "message"), [("talk", "lies in a range"), ("visits", "is no KPI and no driver")]
    )
    def test_without_a_planned_value_are_refused(self, kpi: str, message: str) -> None:
        found = taken(months(1, 5), **SHOP)
        with pytest.raises(UsageError, match=message):
            kpi_lines(found, numbers(found), kpi)
