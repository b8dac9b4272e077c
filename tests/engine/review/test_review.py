"""How the year stands: worked years with known answers, and which contingencies fire."""

from fractions import Fraction
from typing import Any

import pytest
from figures_of import closed, days, months, taken, whole_year_to

from target_cascade.engine.review.review import Review, review
from target_cascade.review.actuals import Actual

MILLION = Fraction(1_000_000)


def of(*actuals: int, **fields: Any) -> Review:
    return review(taken(months(1, *actuals), **fields))


class TestLandings:
    def test_of_a_year_on_its_quotas_are_its_planned_total(self) -> None:
        found = of(*[1_000_000] * 5)
        assert [found.gap, found.on_plan, found.at_pace] == [0, 12 * MILLION, 12 * MILLION]
        assert [found.buffer, found.buffer_left, found.needed_rate] == [0, 0, 1]

    def test_with_ninety_five_percent_of_all_months_fall_short_of_a_buffer_of_five(self) -> None:
        buffered = {"target": "1200万", "buffer": "5%", "limits": [{"months": "1-12", "hold": "105万"}]}
        found = of(*[997_500] * 6, **buffered)
        assert found.total.attainment == Fraction(95, 100)
        assert found.at_pace == Fraction(9975, 10_000) * 12 * MILLION < found.target
        assert found.on_plan == 6 * 997_500 + 6 * 1_050_000 >= found.target
        assert [found.buffer, found.buffer_left] == [600_000, 600_000 - 6 * 52_500]
        assert found.needed_rate == (12 * MILLION - 6 * 997_500) / (6 * 1_050_000)

    def test_of_a_month_that_is_not_over_take_the_rest_of_it_on_plan(self) -> None:
        found = review(taken(whole_year_to("2012-02-10", 30_000)))
        due = found.total.quota_to_date
        assert due < 2 * MILLION
        assert found.on_plan == 41 * 30_000 + (12 * MILLION - due)
        assert found.rest == 12 * MILLION - due

    def test_at_a_pace_that_nothing_was_due_for_are_not_known(self) -> None:
        limits = [{"months": "1-2", "hold": 0}]
        found = of(5000, limits=limits)
        assert found.at_pace is None
        assert found.on_plan == 12 * MILLION + 5000

    def test_of_a_year_that_is_over_are_what_came_in(self) -> None:
        found = of(*[900_000] * 12)
        assert found.on_plan == found.at_pace == found.actual == 12 * 900_000
        assert found.needed_rate is None
        assert not found.is_reached


class TestRevision:
    def test_is_compared_with_agreed_quotas_and_not_with_what_came_in(self) -> None:
        found = review(taken(months(3, 1_000_000), closed=closed(2)))
        assert [line.quota for line in found.months] == [MILLION, MILLION, 1_050_000]
        assert [line.gap for line in found.months] == [-100_000, -100_000, -50_000]
        total = 2 * MILLION + 10 * 1_050_000
        assert found.buffer == total - 12 * MILLION
        assert found.on_plan == 2 * 900_000 + MILLION + 9 * 1_050_000

    def test_counts_corrections(self) -> None:
        before = review(taken(months(3, 1_000_000), closed=closed(2)))
        after = review(taken(months(2, 880_000, 1_000_000), closed=closed(2)))
        assert after.on_plan == before.on_plan - 20_000
        assert [one.change for one in after.corrections] == [-20_000]


class TestContingencies:
    @pytest.mark.parametrize(
        ("when", "actuals", "fires"),
        [
            pytest.param("2012-02 < 85%", months(1, 900_000, 849_999), True, id="below"),
            pytest.param("2012-02 < 85%", months(1, 900_000, 850_000), False, id="just the part"),
            pytest.param("2012-02 <= 85%", months(1, 900_000, 850_000), True, id="just the part, or equal"),
            pytest.param("Q1 < 85%", months(1, 900_000, 700_000), True, id="period not over"),
            pytest.param("2012-03 < 85%", months(1, 900_000, 700_000), False, id="not begun"),
        ],
    )
    def test_fire_where_the_period_brings_too_little(
        self, when: str, actuals: list[Actual], fires: bool
    ) -> None:
        plan = [{"when": when, "do": "extra sale"}]
        found = review(taken(actuals, contingency=plan)).fired
        assert bool(found) == fires

    @pytest.mark.parametrize(
        ("through", "fires"), [("2012-02-09", False), ("2012-02-10", True), ("2012-02-29", True)]
    )
    def test_are_judged_from_the_tenth_day_on(self, through: str, fires: bool) -> None:
        rows = [*months(1, 1_000_000), *days("2012-02-01", *[1] * int(through[-2:]))]
        found = review(taken(rows, contingency=[{"when": "2012-02 < 85%", "do": "extra sale"}])).fired
        assert bool(found) == fires
        if found:
            assert found[0].whole == (through == "2012-02-29")

    def test_say_the_quota_to_date_of_a_period_that_is_not_over(self) -> None:
        plan = [{"when": "Q1 < 85%", "do": "extra sale"}]
        (fired,) = review(taken(months(1, 900_000, 700_000), contingency=plan)).fired
        assert [fired.actual, fired.quota, fired.whole] == [1_600_000, 2_000_000, False]
        assert fired.attainment == Fraction(80, 100)

    def test_of_a_period_without_a_quota_are_not_judged(self) -> None:
        plan = [{"when": "2012-01 < 85%", "do": "extra sale"}]
        limits = [{"months": "1", "hold": 0}]
        assert review(taken(months(1, -5), contingency=plan, limits=limits)).fired == ()

    @pytest.mark.parametrize(
        ("when", "since"),
        [
            pytest.param("2012-01 < 85%", 1, id="closed and met"),
            pytest.param("2012-02 < 85%", 1, id="last closed month"),
            pytest.param("2012-01 < 75%", None, id="met by a correction only"),
            pytest.param("2012-03 < 85%", None, id="open month"),
            pytest.param("Q1 < 85%", None, id="closed in part"),
        ],
    )
    def test_are_known_where_the_plan_was_closed_with_them(self, when: str, since: int | None) -> None:
        """Closed with 80 %; January is 70 % by now."""
        rows = months(1, 700_000, 800_000, 800_000)
        plan = [{"when": when, "do": "extra sale"}]
        (fired,) = review(taken(rows, contingency=plan, closed=closed(2, "80万"))).fired
        assert fired.known_since == since

    def test_that_are_new_stand_first(self) -> None:
        plan = [{"when": f"2012-0{month} < 85%", "do": "extra sale"} for month in (1, 3)]
        found = review(taken(months(3, 800_000), contingency=plan, closed=closed(2, "80万"))).fired
        assert [one.contingency.when.months for one in found] == [(2,), (0,)]
