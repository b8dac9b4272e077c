"""Rows of actuals → what came in, up to a day, without gaps; what is not known is refused."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from figures_of import closed, days, months, refusal, taken, week, whole_year_to

from target_cascade.amount import plain
from target_cascade.engine.review.came_in import Correction, whole_months
from target_cascade.plan_year import year_of
from target_cascade.review.actuals import Actual

TREE = [
    {"name": "North", "share": "60%", "members": [{"name": "Li"}, {"name": "Wu", "weight": 0}]},
    {"name": "South", "share": "40%"},
]
SHOP: dict[str, Any] = {
    "drivers": {"order_value": 200},
    "kpis": {"orders": {"formula": "quota / order_value", "unit": "count"}},
}


class TestThrough:
    @pytest.mark.parametrize(
        ("rows", "through"),
        [
            pytest.param(months(1, 5, 5, 5), "2012-03-31", id="end of the last month"),
            pytest.param(whole_year_to("2012-02-10", 3), "2012-02-10", id="last day"),
            pytest.param([*months(1, 5), *days("2012-02-01", 3, 3)], "2012-02-02", id="days after a month"),
            pytest.param(
                [*days("2012-01-01", 1), week("2012-01-02", 7), week("2012-01-09", 7)],
                "2012-01-15",
                id="last day of the last week",
            ),
        ],
    )
    def test_is_the_last_day_of_the_figures(self, rows: list[Actual], through: str) -> None:
        assert taken(rows).through == date.fromisoformat(through)

    def test_of_sales_is_not_moved_by_figures_of_kpis(self) -> None:
        rows = [*months(1, 5, 5), *months(1, 9, 9, 9, kpi="orders")]
        found = taken(rows, kpis={"orders": {"formula": "quota / 200", "unit": "count"}})
        assert found.through == date(2012, 2, 29)
        assert found.said == ("1 row after 2012-02-29 is left out",)

    def test_leaves_out_what_came_later_and_says_so(self) -> None:
        found = taken(months(1, 5, 6, 7, 8), "2012-02-29")
        assert [found.month(position) for position in range(4)] == [5, 6, None, None]
        assert found.said == ("2 rows after 2012-02-29 are left out",)

    def test_inside_a_month_takes_its_row_as_a_figure_to_date(self) -> None:
        assert taken(months(1, 5, 6), "2012-02-10").month(1) == 6

    def test_inside_a_month_that_later_ones_follow_is_refused(self) -> None:
        message = refusal(months(1, 5, 6, 7), "2012-02-10")
        assert "actuals.csv:2:1: error: `2012-02` is followed by later figures, so it is whole" in message

    def test_inside_a_month_that_prepared_ones_follow_takes_it_as_a_figure_to_date(self) -> None:
        assert taken(months(1, 5, 6, 0, 0), "2012-02-10").month(1) == 6

    def test_inside_a_month_of_a_kpi_that_later_ones_follow_leaves_it_unknown(self) -> None:
        rows = [*whole_year_to("2012-02-10", 1), *months(1, 9, 9, 9, kpi="orders")]
        found = taken(rows, **SHOP)
        assert [found.month(position, None, "orders") for position in range(3)] == [9, None, None]
        assert found.said == ("2 rows after 2012-02-10 are left out",)

    def test_inside_a_week_puts_all_of_it_on_the_days_before(self) -> None:
        found = taken([*days("2012-01-01", 1), week("2012-01-02", 700)], "2012-01-04")
        assert found.part_week(0, 1) == 700
        assert found.series[None, None].days.keys() == {date(2012, 1, day) for day in range(1, 5)}

    @pytest.mark.parametrize(
        ("day", "whole"), [("2012-01-30", 0), ("2012-01-31", 1), ("2012-06-17", 5), ("2012-12-31", 12)]
    )
    def test_says_how_many_months_are_over(self, day: str, whole: int) -> None:
        year = year_of("2012")
        assert year is not None
        assert whole_months(date.fromisoformat(day), year) == whole

    @pytest.mark.parametrize(
        ("rows", "through", "message"),
        [
            pytest.param(months(1, 5), "2013-01-31", "outside the plan year, 2012-01-01 to", id="outside"),
            pytest.param(
                months(3, 5), "2012-02-10", "before the first figures, which are of 2012-03", id="too early"
            ),
            pytest.param([], None, "no actuals of 2012-01..2012-12", id="no rows"),
            pytest.param(
                months(1, 5, 5, 5, 5, 5),
                "2012-06-30",
                "actuals.csv:5:1: error: the figures end with 2012-05, and the review goes to 2012-06-30:"
                " 2012-06 lacks; add the rest, write 0 where nothing was sold, or say --through 2012-05",
                id="after the last month",
            ),
            pytest.param(
                months(1, 5), "2012-02-03", "the review goes to 2012-02-03: 2012-02 lacks", id="in a month"
            ),
            pytest.param(
                whole_year_to("2012-02-10", 1),
                "2012-02-18",
                "end with 2012-02-10, and the review goes to 2012-02-18: 2012-02-11..2012-02-18 lack",
                id="days are cut short",
            ),
        ],
    )
    def test_that_cannot_be_is_refused(self, rows: list[Actual], through: str | None, message: str) -> None:
        assert message in refusal(rows, through)


class TestMonthsOfZero:
    @pytest.mark.parametrize(
        ("rows", "message"),
        [
            pytest.param(
                months(1, 5, 5, 0, 0),
                "actuals.csv:3:1: error: 2012-03 to 2012-04 have 0, after amounts to 2012-02: are these"
                " months not over yet? say --through 2012-02, or leave what has not come yet empty; where"
                " really nothing was sold, say --through 2012-04-30",
                id="months",
            ),
            pytest.param(
                months(1, 5, 0), "2012-02 has 0, after amounts to 2012-01: is this month", id="one month"
            ),
            pytest.param(
                [*whole_year_to("2012-02-10", 1), *days("2012-02-11", *[0] * 8)],
                "2012-02-11 to 2012-02-18 have 0, after amounts to 2012-02-10: are these days not over",
                id="days",
            ),
            pytest.param(
                [*days("2012-01-01", 1), week("2012-01-02", 1), week("2012-01-09", 0)],
                "2012-W02 has 0, after amounts to 2012-01-08: is this week not over",
                id="a week",
            ),
        ],
    )
    def test_at_the_end_may_not_be_over(self, rows: list[Actual], message: str) -> None:
        assert message in refusal(rows)

    @pytest.mark.parametrize(
        ("rows", "through"),
        [
            pytest.param(months(1, 5, 0, 0), "2012-03-31", id="the day is given"),
            pytest.param(months(1, 0, 0, 0), None, id="nothing came in before"),
            pytest.param(months(1, 5, 0, 7), None, id="in between"),
            pytest.param(months(1, 5, 5, -1), None, id="refunds"),
            pytest.param(
                [*whole_year_to("2012-02-10", 1), *days("2012-02-11", *[0] * 7)], None, id="a few days"
            ),
        ],
    )
    def test_count_where_they_can_be_meant(self, rows: list[Actual], through: str | None) -> None:
        assert taken(rows, through).month(1) is not None

    def test_count_where_nothing_is_due(self) -> None:
        limits = [{"months": "3-12", "hold": 0}]
        assert taken(months(1, 5, 5, 0), limits=limits).month(2) == 0

    def test_after_closed_months_may_not_be_over(self) -> None:
        assert "2012-03 has 0, after amounts to 2012-02" in refusal(months(3, 0), closed=closed(2))


class TestGaps:
    @pytest.mark.parametrize(
        ("rows", "message"),
        [
            pytest.param(
                [*months(1, 5), *months(4, 5)],
                "actuals.csv:1:1: error: no row is about 2012-02, 2012-03, before 2012-04",
                id="months",
            ),
            pytest.param(
                months(3, 5),
                "actuals.csv:3:1: error: the first figures are of 2012-03, and they are needed from"
                " 2012-01-01 on: 2012-01, 2012-02 lack",
                id="first months",
            ),
            pytest.param(
                [*days("2012-01-01", 1), week("2012-01-02", 5), week("2012-01-16", 5)],
                "no row is about 2012-W02, before 2012-W03",
                id="a week",
            ),
            pytest.param(
                [week("2012-01-02", 5)],
                "are of 2012-W01, and they are needed from 2012-01-01 on: 2012-01-01 lacks; add a row for"
                " 2012-01-01, 0 where nothing was sold: call the column `day`, and write weeks in"
                " it as `2012-W01`",
                id="the day before the first week",
            ),
            pytest.param(
                days("2012-01-09", 1, 1), "from 2012-01-01 on: 2012-01-01..2012-01-08 lack", id="first days"
            ),
            pytest.param(
                [*days("2012-01-01", 1), *days("2012-01-10", 1)],
                "no row is about 2012-01-02..2012-01-09, before 2012-01-10",
                id="eight days",
            ),
            pytest.param(
                [*whole_year_to("2012-01-31", 1), *days("2012-03-01", 1)],
                "no row is about 2012-02, before 2012-03-01",
                id="a month of days",
            ),
        ],
    )
    def test_are_refused_by_name(self, rows: list[Actual], message: str) -> None:
        assert message in refusal(rows)

    def test_of_single_days_are_closed_days_and_told(self) -> None:
        found = taken([*days("2012-01-03", 2, None, 2)])
        assert found.month(0) == 4
        assert found.said == ("3 days without a row count as 0, the first is 2012-01-01",)

    def test_on_days_that_the_plan_closes_are_no_gaps(self) -> None:
        rows = [*days("2012-01-01", 1), *days("2012-01-20", 1)]
        shut = [{"name": "shut", "dates": "2012-01-02..2012-01-19", "weight": 0}]
        found = taken(rows, days=shut)
        assert found.month(0) == 2
        assert found.said == ()

    def test_end_of_days_that_is_lacking_counts_as_closed(self) -> None:
        found = taken(whole_year_to("2012-01-28", 1), "2012-01-31")
        assert found.month(0) == 28
        assert found.said == ("3 days without a row count as 0, the first is 2012-01-29",)

    @pytest.mark.parametrize(
        "rows",
        [
            pytest.param([*months(1, 5), *days("2012-01-20", 1)], id="a day of a month"),
            pytest.param([*months(1, 5), *months(1, 6)], id="a month twice"),
            pytest.param([*months(1, 5), week("2012-01-30", 9)], id="a week that begins in a month"),
        ],
    )
    def test_two_rows_with_the_same_days_would_count_twice(self, rows: list[Actual]) -> None:
        assert "so that they would count twice; keep one of them" in refusal(rows)


class TestWeeks:
    def test_crossing_months_are_shared_by_the_day_quotas(self) -> None:
        rows = [*whole_year_to("2012-01-29", 0), week("2012-01-30", 700)]
        found = taken(rows, days=[{"name": "first", "dates": "2012-02-01", "times": 6}])
        january, february = found.month(0), found.month(1)
        assert january is not None
        assert february is not None
        quotas = [day.amount for week in found.cascade.months[0].parts[-1:] for day in week.parts]
        quotas += [day.amount for day in found.cascade.months[1].parts[0].parts]
        exact = 700 * sum(quotas[:2], Fraction(0)) / sum(quotas, Fraction(0))
        assert abs(january - exact) <= Fraction(1, 100)
        assert january + february == 700
        assert found.part_week(0, 5) == january

    @pytest.mark.parametrize("later", [[], [week("2012-02-06", 700)]], ids=["the last", "one follows"])
    def test_that_the_end_of_a_month_cuts_count_with_their_days_in_it(self, later: list[Actual]) -> None:
        rows = [*whole_year_to("2012-01-29", 0), week("2012-01-30", 700)]
        cut = taken([*rows, *later], "2012-01-31").month(0)
        assert cut is not None
        assert cut == taken([*rows, *later]).month(0)
        assert 0 < cut < 700

    def test_leave_a_closed_month_what_it_had_of_them_before_the_open_one_was_raised(self) -> None:
        rows = [*whole_year_to("2012-01-29", 0), week("2012-01-30", 700)]
        first = taken(rows).month(0)
        assert taken(rows, closed=closed(1, plain(first or Fraction(0)))).corrections == ()
        assert taken(rows, closed=closed(1)).month(0) == first

    @pytest.mark.parametrize(
        ("amount", "decimals"),
        [
            pytest.param("1000.5", 10, id="coarser than a cent"),
            pytest.param("1000.125", 1000, id="finer than a cent"),
        ],
    )
    def test_are_shared_in_decimals(self, amount: str, decimals: int) -> None:
        rows = [*whole_year_to("2012-01-29", 0), week("2012-01-30", Fraction(amount))]
        january = taken(rows, currency="JPY").month(0) or Fraction(0)
        assert (january * decimals).denominator == 1

    def test_of_refunds_go_as_sales_of_their_size_do(self) -> None:
        sold, refunded = (
            taken([*whole_year_to("2012-01-29", 0), week("2012-01-30", amount)])
            for amount in (Fraction("700.25"), Fraction("-700.25"))
        )
        assert refunded.month(0) == -(sold.month(0) or 0) != 0
        assert (refunded.month(0) or 0) + (refunded.month(1) or 0) == Fraction("-700.25")

    def test_without_any_quota_go_by_what_days_are_worth(self) -> None:
        rows = [*months(1, 5, 5), *days("2012-03-01", *[0] * 4), week("2012-03-05", 60)]
        nothing = [{"months": 3, "hold": 0}]
        rule = {"name": "weekend", "weekdays": "sat-sun", "weight": "0.5"}
        series = taken(rows, limits=nothing, days=[rule]).series[None, None]
        assert [series.days[date(2012, 3, day)] for day in range(5, 12)] == [10, 10, 10, 10, 10, 5, 5]

    def test_of_days_that_are_worth_nothing_go_evenly(self) -> None:
        rows = [*months(1, 5, 5), *days("2012-03-01", *[0] * 4), week("2012-03-05", 70)]
        rule = {"name": "shut", "dates": "2012-03-05..2012-03-11", "weight": 0}
        series = taken(rows, days=[rule]).series[None, None]
        assert {series.days[date(2012, 3, day)] for day in range(5, 12)} == {10}

    def test_of_months_are_not_known(self) -> None:
        found = taken([*months(1, 5), *days("2012-02-01", 3, 3)])
        assert found.part_week(0, 0) is None
        assert found.part_week(1, 0) == 6
        assert found.grains == {"month", "day"}


class TestNodes:
    def test_add_up_to_the_company(self) -> None:
        rows = [*months(1, 5, 6, who="North"), *months(1, 3, 4, who="South")]
        found = taken(rows, cascade=TREE)
        assert [found.month(0), found.month(1)] == [8, 10]
        assert found.month(1, "South") == 4
        assert found.nodes == ("North", "South")

    def test_members_add_up_where_a_node_has_no_rows(self) -> None:
        rows = [*months(1, 5, who="North/Li"), *months(1, 3, who="South")]
        found = taken(rows, cascade=TREE)
        assert found.month(0, "North") == 5
        assert found.month(0) == 8
        assert found.has("North")
        assert not found.has("Wu")

    def test_own_rows_win_over_those_of_members(self) -> None:
        rows = [*months(1, 7, who="North"), *months(1, 5, who="North/Li"), *months(1, 3, who="South")]
        assert taken(rows, cascade=TREE).month(0) == 10

    def test_with_a_quota_and_no_figure_are_named(self) -> None:
        rows = [*months(1, 5, 5, who="North/Li"), *months(1, 3, who="South")]
        message = refusal(rows, cascade=TREE)
        assert "actuals.csv:1:1: error: there are no rows of the whole company" in message
        assert "what came in of South in 2012-02 is not known" in message

    def test_without_any_rows_are_named(self) -> None:
        message = refusal(months(1, 3, who="South"), cascade=TREE)
        assert "what came in of North in 2012-01 is not known" in message

    def test_beside_the_company_do_not_count_and_the_difference_is_told(self) -> None:
        rows = [*months(1, 10), *months(1, 5, who="North"), *months(1, 3, who="South")]
        found = taken(rows, cascade=TREE)
        assert found.month(0) == 10
        assert found.said == (
            "in 2012-01 the rows of nodes add up to 2 less than those of the whole company, which count",
        )

    def test_lacking_ones_beside_the_company_are_not_known(self) -> None:
        found = taken([*months(1, 10, 10), *months(1, 5, who="North")], cascade=TREE)
        assert [found.month(1), found.month(1, "North"), found.month(0, "South")] == [10, None, None]

    def test_lack_nothing_before_they_begin(self) -> None:
        tree = [{"name": "old"}, {"name": "new", "start": "2012-02-15"}]
        rows = [*whole_year_to("2012-02-29", 1, who="old"), *days("2012-02-15", *[2] * 15, who="new")]
        found = taken(rows, cascade=tree)
        assert [found.month(0), found.month(1)] == [31, 29 + 30]
        assert [found.month(0, "new"), found.month(1, "new")] == [0, 30]


class TestKpis:
    def test_that_add_up_are_sums(self) -> None:
        rows = [*months(1, 5), *days("2012-01-01", *[2] * 31, kpi="orders")]
        found = taken(rows, **SHOP)
        assert found.month(0, None, "orders") == 62
        assert found.part_week(0, 1, None, "orders") == 14
        assert found.kpis == ("orders",)

    def test_that_do_not_add_up_are_means_of_days(self) -> None:
        values = [
            *days("2012-01-01", 100, kpi="order_value"),
            week("2012-01-02", 180, kpi="order_value"),
            *days("2012-01-09", 300, 240, kpi="order_value"),
        ]
        found = taken([*months(1, 5), *values], **SHOP)
        assert found.month(0, None, "order_value") == Fraction(100 + 7 * 180 + 300 + 240, 10)
        assert found.part_week(0, 2, None, "order_value") == Fraction(300 + 240, 2)
        assert found.part_week(0, 3, None, "order_value") is None

    def test_of_a_month_in_part_are_not_known_and_told(self) -> None:
        rows = [*months(1, 5, 5), *days("2012-01-20", *[2] * 41, kpi="orders")]
        found = taken(rows, **SHOP)
        assert [found.month(0, None, "orders"), found.month(1, None, "orders")] == [None, 58]
        assert found.said == ("`orders` in 2012-01: days lack, so what came in then is not known",)

    def test_that_begin_later_are_not_known_before(self) -> None:
        found = taken([*months(1, 5, 5), *months(2, 9, kpi="orders")], **SHOP)
        assert [found.month(0, None, "orders"), found.month(1, None, "orders")] == [None, 9]
        assert found.said == ()


class TestRevision:
    def test_closed_months_count_as_they_were_closed(self) -> None:
        found = taken(months(3, 800_000), closed=closed(2))
        assert [found.month(position) for position in range(3)] == [900_000, 900_000, 800_000]

    def test_needs_no_rows(self) -> None:
        found = taken([], closed=closed(2))
        assert found.through == date(2012, 2, 29)
        assert found.month(1) == 900_000

    def test_row_of_a_closed_month_that_disagrees_is_a_correction_and_counts(self) -> None:
        found = taken(months(1, 900_000, 850_000, 800_000), closed=closed(2))
        assert found.corrections == (Correction(1, Fraction(900_000), Fraction(850_000)),)
        assert found.month(1) == 850_000

    def test_rows_of_a_closed_month_in_part_do_not_count(self) -> None:
        rows = [*days("2012-02-20", *[1] * 10), *months(3, 800_000)]
        found = taken(rows, closed=closed(2))
        assert found.corrections == ()
        assert found.month(1) == 900_000
        assert "2012-02: the rows are not of the whole month" in found.said[0]

    @pytest.mark.parametrize(
        ("rows", "through", "message"),
        [
            pytest.param([], "2012-03-31", "no row is about sales from 2012-03 on", id="no rows"),
            pytest.param(months(4, 5), None, "needed from 2012-03-01 on: 2012-03 lacks", id="a month lacks"),
            pytest.param([], "2012-02-10", "lies inside 2012-02, which is closed as a whole", id="inside"),
        ],
    )
    def test_what_is_not_known_is_refused(
        self, rows: list[Actual], through: str | None, message: str
    ) -> None:
        assert message in refusal(rows, through, closed=closed(2))

    def test_before_the_last_closed_month_is_looked_at_as_it_was(self) -> None:
        found = taken([], "2012-01-31", closed=closed(2))
        assert [found.month(0), found.month(1)] == [900_000, None]

    def test_inside_a_closed_month_days_are_known_from_rows(self) -> None:
        found = taken(days("2012-02-01", *[5] * 10), "2012-02-10", closed=closed(2))
        assert [found.month(0), found.month(1)] == [900_000, 50]

    def test_sums_of_nodes_correct_as_well(self) -> None:
        rows = [*months(1, 5, who="North"), *months(1, 3, who="South")]
        found = taken(rows, closed=closed(1), cascade=TREE)
        assert found.corrections == (Correction(0, Fraction(900_000), Fraction(8)),)

    def test_weeks_of_a_closed_month_are_known_where_its_rows_are(self) -> None:
        rows = [*whole_year_to("2012-01-31", 100), *months(2, 5)]
        found = taken(rows, closed=closed(1))
        assert found.month(0) == 3100
        assert found.part_week(0, 1) == 700
        assert taken([], closed=closed(1)).part_week(0, 1) is None
