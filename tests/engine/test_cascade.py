"""What single sections of a plan do to its months; expectations are the formulas of spec §§ 1 to 5."""

from fractions import Fraction
from typing import Any

import pytest

from target_cascade.calendar import PlanYear
from target_cascade.day_rule import DayRule
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.weights import DayWeights
from target_cascade.plan import Plan

FLAT = {"shape": ["1"] * 12}
"""A season in which every month is like the others."""


def cascade_of(**fields: Any) -> Cascade:
    return cascade(Plan.model_validate({"year": "2011", "target": "1200", **fields}))


def amounts(of: Cascade) -> list[Fraction]:
    return [month.amount for month in of.months]


class TestDayWeights:
    def weight(self, day: str, *rules: dict[str, str]) -> Fraction:
        year = PlanYear.starting(2012)
        models = [DayRule.model_validate(rule) for rule in rules]
        weights = DayWeights(models, year.base.start, year.end)
        return Fraction(weights.scaled(year.start.fromisoformat(day)), weights.denominator)

    def test_a_day_without_rules_is_worth_one(self) -> None:
        assert self.weight("2012-05-05") == 1

    def test_times_multiply(self) -> None:
        weekend = {"weekdays": "sat-sun", "times": "0.8"}
        holiday = {"dates": "2012-05-05", "times": "0.5"}
        assert self.weight("2012-05-05", weekend, holiday) == Fraction("0.8") * Fraction("0.5")

    def test_the_last_weight_in_file_order_replaces_the_product(self) -> None:
        rules = [
            {"dates": "2012-05-05", "weight": "3"},
            {"dates": "2012-05-01..2012-05-09", "weight": "2"},
            {"weekdays": "sat-sun", "times": "0.8"},
        ]
        assert self.weight("2012-05-05", *rules) == 2

    def test_a_rule_covers_a_day_once_however_many_windows_reach_it(self) -> None:
        rule = {"day": "01-01", "window": "-200..200", "times": "0.5"}
        assert self.weight("2012-07-01", rule) == Fraction(1, 2)

    def test_windows_reach_across_the_years_end(self) -> None:
        rule = {"day": "12-31", "window": "-1..3", "times": "0.5"}
        assert self.weight("2012-01-03", rule) == Fraction(1, 2)
        assert self.weight("2011-12-30", rule) == Fraction(1, 2)

    def test_an_anchor_that_a_year_lacks_is_skipped(self) -> None:
        rule = {"day": "02-29", "window": "0..1", "times": "0.5"}
        assert self.weight("2012-03-01", rule) == Fraction(1, 2)
        assert self.weight("2011-03-01", rule) == 1

    @pytest.mark.parametrize(
        ("day", "worth"),
        [
            pytest.param("2012-09-29", "1", id="the day before"),
            pytest.param("2012-09-30", "0.7", id="the day itself"),
            pytest.param("2012-10-01", "0.7", id="the window"),
            pytest.param("2012-10-02", "1", id="after it"),
            pytest.param("2011-09-12", "0.7", id="last year's"),
        ],
    )
    def test_holiday_by_name_is_where_each_year_has_it(self, day: str, worth: str) -> None:
        rule = {"day": "Mid-Autumn Festival", "country": "CN", "window": "0..1", "times": "0.7"}
        assert self.weight(day, rule) == Fraction(worth)

    @pytest.mark.parametrize(
        ("day", "worth"),
        [
            pytest.param("2012-01-20", "1", id="Friday"),
            pytest.param("2012-01-21", "1", id="Saturday that is worked"),
            pytest.param("2012-01-22", "0.5", id="Sunday"),
            pytest.param("2012-01-27", "0.5", id="Friday that is off instead"),
            pytest.param("2011-12-31", "1", id="Saturday of last year that this year's list makes work"),
        ],
    )
    def test_workdays_cover_the_days_that_are_not_worked(self, day: str, worth: str) -> None:
        assert self.weight(day, {"workdays": "CN", "times": "0.5"}) == Fraction(worth)


class TestBase:
    def test_without_a_base_months_follow_their_days(self) -> None:
        of = cascade_of(target="365")
        assert amounts(of) == [month.period.days for month in of.months]

    def test_a_shape_is_taken_as_it_is(self) -> None:
        of = cascade_of(target="78", base={"shape": [str(i) for i in range(1, 13)]})
        assert amounts(of) == list(range(1, 13))

    def test_a_base_is_carried_to_this_years_calendar(self) -> None:
        """2012 has a 29th of February; 2011 had none."""
        of = cascade_of(year="2012", base=["280", *["310"] * 11])
        february = of.demand.corrected[1]
        assert february == Fraction(310) * 29 / 28

    def test_a_fix_replaces_a_month(self) -> None:
        of = cascade_of(base={"months": ["100"] * 12, "fix": {"2010-03": "40"}})
        assert [month.base for month in of.months][:4] == [100, 100, 40, 100]

    def test_a_closed_month_of_this_year_gets_nothing(self) -> None:
        closed = {"dates": "2011-02-01..2011-02-28", "weight": "0"}
        of = cascade_of(base=["100"] * 12, days=[closed])
        assert amounts(of)[1] == 0
        assert sum(amounts(of)) == 1200


class TestCauses:
    def test_lifts_add_up_and_do_not_compound(self) -> None:
        lifts = [{"name": "A", "months": "1", "lift": "50%"}, {"name": "B", "months": "1", "lift": "50%"}]
        of = cascade_of(target="1300", base=FLAT, adjust=lifts)
        assert amounts(of) == [200, *[100] * 11]

    def test_an_add_is_the_total_over_its_months(self) -> None:
        add = {"name": "A", "months": "jan,feb".split(","), "add": "59"}
        of = cascade_of(target="1259", base=FLAT, adjust=[add])
        assert amounts(of) == [131, 128, *[100] * 10]

    def test_new_business_ramps_up_and_follows_the_season(self) -> None:
        business = {"name": "A", "expect": "330", "start": "oct", "ramp": "3", "count_on": "20%"}
        of = cascade_of(target="1266", base=FLAT, new_business=[business])
        steps = [Fraction(step, 3) for step in (1, 2, 3)]
        assert amounts(of)[9:] == [100 + 66 * step / sum(steps) for step in steps]

    def test_new_business_that_starts_within_a_month_brings_nothing_before(self) -> None:
        business = {"name": "A", "expect": "500", "start": "2011-12-30"}
        of = cascade_of(target="500", new_business=[business])
        last_days = [day.amount for week in of.months[11].parts for day in week.parts][-2:]
        assert last_days == [250, 250]
        assert of.growth == 0


class TestLimits:
    def test_a_minimum_takes_from_the_others(self) -> None:
        of = cascade_of(base=FLAT, limits=[{"months": "1", "min": "210"}])
        assert amounts(of) == [210, *[90] * 11]

    def test_bounds_are_snapped_inward_to_the_unit(self) -> None:
        limits = [{"months": "1", "min": "201"}, {"months": "2", "max": "49"}]
        of = cascade_of(rounding="10", base=FLAT, limits=limits)
        assert amounts(of)[:2] == [210, 40]

    def test_a_group_shares_its_bound_by_a_growth_factor_of_its_own(self) -> None:
        limit = {"months": "Q1", "together": "true", "hold": "120"}
        shape = {"shape": ["1", "2", "3", *["10"] * 9]}
        of = cascade_of(base=shape, limits=[limit])
        assert amounts(of) == [20, 40, 60, *[120] * 9]
        assert [month.growth for month in of.months[:3]] == [20] * 3
        assert of.growth == 12

    def test_groups_nest(self) -> None:
        limits = [
            {"months": "1-6", "together": "true", "max": "300"},
            {"months": "Q1", "together": "true", "hold": "240"},
            {"months": "2", "max": "40"},
        ]
        of = cascade_of(base=FLAT, limits=limits)
        assert amounts(of) == [100, 40, 100, *[20] * 3, *[150] * 6]

    def test_two_limits_on_the_same_months_both_hold(self) -> None:
        limits = [{"months": "Q1", "together": "true", bound: "240"} for bound in ("min", "max")]
        assert sum(amounts(cascade_of(base=FLAT, limits=limits))[:3]) == 240

    def test_where_growth_is_flat_the_nearest_to_free_growth_is_taken(self) -> None:
        """Everything is held: every growth factor gives the same months."""
        limits = [{"months": "1-12", "hold": "100"}]
        assert cascade_of(base=FLAT, limits=limits).growth == 100

    def test_a_minimum_on_an_open_month_without_base_follows_its_day_weights(self) -> None:
        base = ["0", *["100"] * 11]
        of = cascade_of(base=base, limits=[{"months": "1", "min": "62"}])
        days = [day.amount for week in of.months[0].parts for day in week.parts]
        assert days == [2] * 31

    def test_an_amount_just_beyond_what_months_can_reach_is_made_up_by_remainders(self) -> None:
        """Two months that cannot grow bring 100.3 and 100.4; together they get 201, not 200.7."""
        adds = [{"name": m, "months": m, "add": a} for m, a in (("jan", "100.3"), ("feb", "100.4"))]
        limit = {"months": "1-2", "together": "true", "max": "500"}
        of = cascade_of(target="1201", base=["0", "0", *["100"] * 10], adjust=adds, limits=[limit])
        assert amounts(of) == [100, 101, *[100] * 10]


HALVES = {"month": "100", "week": "2.5"}


@pytest.mark.parametrize(
    ("rounding", "units"),
    [
        pytest.param("1", (1, 1, 1), id="default"),
        pytest.param("0.01", ("0.01", "0.01", "0.01"), id="a month's unit that 1 does not divide"),
        pytest.param(HALVES, (100, "2.5", "2.5"), id="a week's unit that 1 does not divide"),
    ],
)
def test_units_default_to_one_or_the_unit_above(rounding: Any, units: tuple[Any, ...]) -> None:
    given = Plan.model_validate({"year": "2011", "target": "1", "rounding": rounding}).rounding
    assert (given.month, given.week_unit, given.day_unit) == tuple(map(Fraction, units))


def test_one_plan_gives_equal_cascades() -> None:
    assert cascade_of() == cascade_of()
    assert cascade_of() != cascade_of(target="1201")


def test_quarters_weeks_and_the_year_gather_the_same_days() -> None:
    of = cascade_of(base=[str(i) for i in range(1, 13)])
    assert [quarter.base for quarter in of.quarters] == [6, 15, 24, 33]
    assert sum(quarter.amount for quarter in of.quarters) == sum(week.amount for week in of.weeks)
    assert of.year.amount == of.planned_total == 1200
    assert of.year.times_base == Fraction(1200, 78)
