"""KPIs by month, week and day: known figures, rounding, closure, spending, which way drivers are better."""

from fractions import Fraction
from typing import Any

import pytest
from kpi_plans import in_one_month, numbers_of, shop

from target_cascade.engine.apportion import nearest, round_up
from target_cascade.engine.kpis.numbers import (
    KpiNumbers,
    better,
    bound_of,
    budget_of,
    effort,
    money_unit,
    source_costs_of,
    spending_of,
)
from target_cascade.engine.kpis.periods import over_days, over_weeks
from target_cascade.errors import InfeasibleError, Path

CENT = Fraction(1, 100)


def kpi(formula: str, unit: str = "count", **more: Any) -> dict[str, Any]:
    return {"formula": formula, "unit": unit, **more}


class TestPublishedArithmetic:
    def test_two_million_take_ten_thousand_orders_and_half_a_million_visits(self) -> None:
        numbers = in_one_month(
            "200万",
            drivers={"order_value": 200, "conversion": "2%", "click_cost": "0.8"},
            kpis={
                "orders": kpi("quota / order_value"),
                "visits": kpi("orders / conversion"),
                "ad_spend": kpi("visits * click_cost", "money"),
            },
        )
        assert [numbers.months(name)[0] for name in ("orders", "visits", "ad_spend")] == [
            2_000_000 / Fraction(200),
            10_000 / Fraction(2, 100),
            500_000 * Fraction(8, 10),
        ]

    def test_the_tree_of_the_specification(self) -> None:
        numbers = in_one_month("200万", **shop())
        orders = 2_000_000 / (200 * Fraction("0.95") * Fraction("0.96"))
        visits = orders / Fraction("0.014")
        paid = visits * Fraction("0.55")
        assert {name: values[0] for name, values in numbers.exact.items() if name in numbers.order} == {
            "orders": orders,
            "visits": visits,
            "paid_visits": paid,
            "impressions": paid / Fraction("0.012"),
            "ad_spend": paid * Fraction("0.85"),
            "good_reviews": Fraction("0.98"),
            "reply_seconds": 30,
            "talk_minutes": None,
        }
        assert numbers.months("paid_visits")[0] == round_up(paid, Fraction(1)) != paid
        assert numbers.months("ad_spend")[0] == nearest(paid * Fraction("0.85"), CENT)

    def test_drivers_come_first_and_glide_in_equal_steps(self) -> None:
        numbers = numbers_of(**shop())
        assert list(numbers.exact)[:7] == list(shop()["drivers"])
        step = (Fraction("0.018") - Fraction("0.014")) / 11
        assert numbers.months("conversion") == tuple(Fraction("0.014") + step * i for i in range(12))
        assert [*numbers.months("order_value")[9:]] == [200, 220, 220]

    def test_each_kpi_stands_below_the_first_that_its_formula_names(self) -> None:
        numbers = numbers_of(**shop())
        parents = {name: numbers.parent(name) for name in numbers.order}
        assert parents == {
            "orders": None,
            "visits": "orders",
            "paid_visits": "visits",
            "impressions": "paid_visits",
            "ad_spend": "paid_visits",
            "good_reviews": None,
            "reply_seconds": None,
            "talk_minutes": None,
        }

    def test_formulas_know_the_period_and_the_year(self) -> None:
        numbers = numbers_of(
            days=[{"name": "weekend", "weekdays": "sat-sun", "times": "0.5"}],
            kpis={"a": kpi("quota / target", "ratio"), "b": kpi("days + effective_days", "ratio")},
        )
        january = numbers.cascade.months[0].amount
        assert numbers.months("a")[0] == january / 24_000_000
        assert numbers.months("b")[0] == 31 + (31 - 10 * Fraction(1, 2))  # five Saturdays and Sundays

    def test_a_plan_without_kpis_has_no_numbers(self) -> None:
        assert numbers_of().exact == {}


class TestRounding:
    def test_a_count_is_rounded_up_and_formulas_see_it_unrounded(self) -> None:
        numbers = in_one_month(
            "1000",
            drivers={"order_value": 300},
            kpis={"orders": kpi("quota / order_value"), "visits": kpi("orders * 30")},
        )
        assert numbers.months("orders")[0] == 4
        assert numbers.months("visits")[0] == 1000 / 300 * Fraction(30) == 100

    @pytest.mark.parametrize(
        ("currency", "unit", "shown"),
        [
            pytest.param(None, Fraction(1, 100), Fraction("2.35"), id="none"),
            pytest.param("CNY", Fraction(1, 100), Fraction("2.35"), id="CNY"),
            pytest.param("JPY", Fraction(1), Fraction(2), id="JPY"),
            pytest.param("KWD", Fraction(1, 1000), Fraction("2.345"), id="KWD"),
        ],
    )
    def test_money_is_rounded_to_the_minor_unit_halves_up(
        self, currency: str | None, unit: Fraction, shown: Fraction
    ) -> None:
        named = {"currency": currency} if currency else {}
        numbers = numbers_of(kpis={"fee": kpi("2.345", "money")}, **named)
        assert money_unit(numbers.cascade.plan) == unit
        assert numbers.months("fee")[0] == shown
        assert numbers.year("fee") == 12 * shown

    def test_the_year_is_the_sum_of_what_is_shown_and_a_ratio_has_none(self) -> None:
        numbers = numbers_of(drivers={"price": 7}, kpis={"few": kpi("0.1"), "part": kpi("0.1", "share")})
        assert [numbers.year(name) for name in ("few", "part", "price")] == [12, None, None]

    def test_weeks_and_days_of_a_ratio_repeat_it(self) -> None:
        numbers = numbers_of(drivers={"price": 7}, kpis={"talk": {"between": "3..8"}})
        month = numbers.cascade.months[0]
        assert numbers.weeks("price")[0] == (7,) * len(month.parts)
        assert numbers.days("price")[0] == tuple((7,) * part.period.days for part in month.parts)
        assert numbers.weeks("talk")[0] == (None,) * len(month.parts)


class TestPeriods:
    def test_weeks_follow_the_quotas_of_part_weeks(self) -> None:
        """January 2027 has part weeks of 3, 7, 7, 7 and 7 days: 31 units are one a day."""
        numbers = in_one_month("310", kpis={"calls": kpi("quota / 10")})
        assert [*numbers.weeks("calls")[0]] == [3, 7, 7, 7, 7]
        assert numbers.days("calls")[0] == ((1,) * 3, *[(1,) * 7] * 4)

    def test_a_month_without_quota_goes_by_effective_days(self) -> None:
        numbers = in_one_month(
            "0",
            days=[{"name": "closed", "dates": "2027-01-01..2027-01-17", "times": 0}],
            kpis={"rent": kpi("140", "money")},
        )
        assert [*numbers.weeks("rent")[0]] == [0, 0, 0, 70, 70]
        assert [*numbers.days("rent")[0][3]] == [10] * 7

    def test_a_closed_month_goes_by_days(self) -> None:
        numbers = numbers_of(
            days=[{"name": "closed", "dates": "2027-01-01..2027-01-31", "times": 0}],
            kpis={"rent": kpi("310", "money")},
        )
        assert numbers.cascade.months[0].amount == 0
        assert [*numbers.weeks("rent")[0]] == [30, 70, 70, 70, 70]
        assert [*numbers.days("rent")[0][0]] == [10, 10, 10]

    def test_a_negative_amount_goes_as_the_positive_one_of_its_size(self) -> None:
        month = numbers_of().cascade.months[1]
        gained = over_weeks(Fraction("12345.67"), month, CENT)
        lost = over_weeks(Fraction("-12345.67"), month, CENT)
        assert sum(lost) == Fraction("-12345.67")
        assert lost == tuple(-amount for amount in gained)
        mirrored = tuple(tuple(-amount for amount in days) for days in over_days(gained, month, CENT))
        assert over_days(lost, month, CENT) == mirrored


class TestNoValue:
    @staticmethod
    def told(**fields: Any) -> list[tuple[str, Path]]:
        with pytest.raises(InfeasibleError) as error:
            numbers_of(**fields)
        return [(problem.message, problem.path) for problem in error.value.problems]

    def test_a_division_by_zero_names_kpi_place_and_months(self) -> None:
        told = self.told(
            drivers={"conversion": {"default": "2%", "3-5": 0, "9": 0}},
            kpis={"orders": kpi("quota"), "visits": kpi("orders / conversion")},
        )
        message = (
            "`visits` has no value in 2027-03 to 2027-05, 2027-09:"
            " `conversion` is 0, and nothing can be divided by 0"
        )
        assert told == [(message, ("kpis", "visits", "formula"))]

    def test_what_follows_from_it_is_not_told_again(self) -> None:
        told = self.told(
            drivers={"none": 0},
            kpis={"a": kpi("quota / none"), "b": kpi("a", max="a"), "c": kpi("1 / (b - a)")},
            teams={"Sales": {"budget": "b"}},
        )
        assert [path for _, path in told] == [("kpis", "a", "formula")]
        assert "in every month" in told[0][0]

    @pytest.mark.parametrize(
        ("fields", "subject", "path"),
        [
            pytest.param(
                {"kpis": {"a": kpi("quota", max="1 / none")}},
                "the `max` of `a`",
                ("kpis", "a", "max"),
                id="max",
            ),
            pytest.param(
                {"teams": {"Sales": {"budget": "quota / none"}}},
                "the budget of `Sales`",
                ("teams", "Sales", "budget"),
                id="budget",
            ),
            pytest.param(
                {"kpis": {"a": kpi("quota")}, "sources": {"a": [{"name": "ads", "cost": "1 / none"}]}},
                "the cost of `ads`",
                ("sources", "a", 0, "cost"),
                id="cost",
            ),
            pytest.param(
                {
                    "kpis": {"a": kpi("quota")},
                    "sources": {"a": [{"name": "ads", "cost": 1, "max": "1 / none"}]},
                },
                "the `max` of `ads`",
                ("sources", "a", 0, "max"),
                id="max-of-a-source",
            ),
        ],
    )
    def test_so_do_bounds_budgets_and_sources(self, fields: dict[str, Any], subject: str, path: Path) -> None:
        reason = "`none` is 0, and nothing can be divided by 0"
        assert self.told(drivers={"none": 0}, **fields) == [
            (f"{subject} has no value in every month: {reason}", path)
        ]

    def test_a_number_beyond_any_amount(self) -> None:
        chain = {f"k{i}": kpi(f"k{i - 1} * k{i - 1}") for i in range(1, 40)}
        told = self.told(kpis={"k0": kpi("quota"), **chain})
        assert "grows beyond any amount" in told[0][0]
        assert {path[0] for _, path in told} == {"kpis"}

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            pytest.param(
                {"kpis": {"orders": kpi("1 - returned")}, "drivers": {"returned": {"default": 0, "3-5": 3}}},
                "`orders` is -2 in 2027-03 to 2027-05, and a count cannot be below 0",
                id="a count in some months",
            ),
            pytest.param(
                {"kpis": {"orders": kpi("0 - days")}},
                "`orders` is below 0 in every month, at worst -31 in 2027-01, and a count cannot be below 0",
                id="a count, by month another",
            ),
            pytest.param(
                {"kpis": {"orders": kpi("-1 / 3")}},
                "`orders` is -0.33 in every month, and a count cannot be below 0",
                id="a count that would be shown as 0",
            ),
            pytest.param(
                {"kpis": {"orders": kpi("-1", "money")}, "sources": {"orders": [{"name": "ads", "cost": 1}]}},
                "`orders` is -1 in every month, and no source brings less than 0",
                id="money with sources",
            ),
        ],
    )
    def test_a_kpi_that_cannot_be_below_0_names_amount_and_months(
        self, fields: dict[str, Any], message: str
    ) -> None:
        remedy = "; write `max(0, …)` if nothing is needed then"
        assert self.told(**fields) == [(message + remedy, ("kpis", "orders", "formula"))]

    def test_a_source_that_costs_less_than_nothing(self) -> None:
        sources = [{"name": "ads", "cost": 1}, {"name": "gifts", "cost": "0 - bonus", "max": 5}]
        told = self.told(
            drivers={"bonus": {"default": 0, 4: "0.5"}},
            kpis={"visits": kpi("quota")},
            sources={"visits": sources},
        )
        message = "the cost of `gifts` is -0.5 in 2027-04, and what it brings would earn money"
        assert told == [(f"{message}; write 0 if it costs nothing", ("sources", "visits", 1, "cost"))]

    def test_money_may_be_below_0(self) -> None:
        assert [*numbers_of(kpis={"margin": kpi("-1", "money")}).months("margin")] == [-1] * 12


class TestMoney:
    def test_a_bound_and_a_budget_by_month(self) -> None:
        numbers = in_one_month("200万", **shop())
        assert budget_of(numbers, "Promotion")[0] == 2_000_000 * Fraction(15, 100)
        assert bound_of(numbers, "ad_spend")[0] == 2_000_000 * Fraction(15, 100)
        assert set(budget_of(numbers, "Service")) == set(bound_of(numbers, "visits")) == {None}

    @pytest.mark.parametrize(
        ("kpis", "spent"),
        [
            pytest.param({"ads": "100", "samples": "20"}, 120, id="side by side"),
            pytest.param({"ads": "100", "samples": "20", "all": "ads + samples"}, 120, id="a sum"),
            pytest.param({"ads": "100", "fee": "ads / 50", "all": "ads + fee"}, 102, id="a sum of a part"),
            pytest.param({"ads": "100", "with_fee": "ads * 1.1", "all": "with_fee + 5"}, 115, id="a chain"),
            pytest.param({"goods": "100", "freight": "3% of goods"}, 103, id="a part beside it"),
            pytest.param({"ads": "100", "margin": "quota / 4 - ads"}, 100, id="what is left over"),
            pytest.param({"ads": "100", "mail": "20", "larger": "max(ads, mail)"}, 120, id="the larger one"),
            pytest.param({}, 0, id="nothing"),
        ],
    )
    def test_no_spending_is_counted_twice(self, kpis: dict[str, str], spent: int) -> None:
        named = {name: kpi(formula, "money", team="Promotion") for name, formula in kpis.items()}
        numbers = numbers_of(kpis={**named, "others": kpi("7", "money", team="Service")})
        assert [*spending_of(numbers, "Promotion")] == [spent] * 12
        assert [*spending_of(numbers, "Service")] == [7] * 12

    @pytest.mark.parametrize(
        ("said", "spent"),
        [
            pytest.param({}, 105, id="nothing: kept is a part of ads, gap of none"),
            pytest.param({"kept": False}, 110, id="what is left of what is no spending is spent"),
            pytest.param({"kept": False, "gap": False}, 105, id="two are no spending"),
            pytest.param({"ads": False}, 100, id="what it is computed from is counted instead"),
            pytest.param({"kept": True}, 205, id="counted beside what is computed from it"),
            pytest.param({"gap": True}, 110, id="counted though it gets less"),
        ],
    )
    def test_what_the_plan_says_of_spending_comes_first(self, said: dict[str, bool], spent: int) -> None:
        formulas = {"kept": "100", "ads": "kept + 5", "gap": "105 - kept"}
        kpis = {
            name: kpi(formula, "money", team="Shop", **({"spends": said[name]} if name in said else {}))
            for name, formula in formulas.items()
        }
        assert [*spending_of(numbers_of(kpis=kpis), "Shop")] == [spent] * 12

    def test_a_gross_margin_is_no_spending_and_the_goods_are(self) -> None:
        margin = kpi("30% of quota", "money", team="Shop", spends=False)
        numbers = numbers_of(kpis={"margin": margin, "goods": kpi("quota - margin", "money", team="Shop")})
        assert spending_of(numbers, "Shop") == numbers.months("goods")

    def test_the_sources_of_a_team_cost_by_month(self) -> None:
        sources = {
            "visits": [{"name": "ads", "cost": 2, "max": 10}, {"name": "more", "cost": 3}],
            "calls": [{"name": "agency", "cost": 5}],
            "others": [{"name": "x", "cost": 9}],
        }
        kpis = {
            "visits": kpi("12", team="Shop"),
            "calls": kpi("days", team="Shop"),
            "others": kpi("7", team="Service"),
        }
        numbers = numbers_of(kpis=kpis, sources=sources)
        visits = 10 * 2 + 2 * 3
        assert [*source_costs_of(numbers, "Shop")[:2]] == [visits + 31 * 5, visits + 28 * 5]
        assert [*source_costs_of(numbers, "Idle")] == [0] * 12


class TestBetter:
    @pytest.mark.parametrize(
        ("driver", "way"),
        [
            ("order_value", "higher"),
            ("conversion", "higher"),
            ("free_visits", "higher"),
            ("click_cost", "lower"),
            ("click_rate", "higher"),
            ("signed", "higher"),
            ("refunded", "lower"),
        ],
    )
    def test_a_quota_takes_less_effort(self, driver: str, way: str) -> None:
        assert better(numbers_of(**shop()), driver) == way

    def test_what_the_plan_says_comes_first(self) -> None:
        fields = shop()
        fields["drivers"]["click_cost"] = {"default": "0.85", "better": "higher"}
        assert better(numbers_of(**fields), "click_cost") == "higher"

    def test_returning_customers_leave_fewer_to_be_found(self) -> None:
        kpis = {"again": kpi("quota / 200 * loyal"), "new": kpi("quota / 200 - again")}
        assert better(numbers_of(drivers={"loyal": "20%"}, kpis=kpis), "loyal") == "higher"

    def test_a_driver_that_is_zero_can_be_raised(self) -> None:
        kpis = {"orders": kpi("quota / (200 * (1 - refunded))")}
        assert better(numbers_of(drivers={"refunded": 0}, kpis=kpis), "refunded") == "lower"

    def test_a_raise_beyond_what_has_a_value_is_no_error(self) -> None:
        kpis = {"orders": kpi("quota / (1.01 - kept)")}
        assert better(numbers_of(drivers={"kept": 1}, kpis=kpis), "kept") == "higher"

    def test_money_is_effort_where_somebody_bounds_it(self) -> None:
        kpis = {
            "free": kpi("1", "money"),
            "bounded": kpi("1", "money", max="2"),
            "of_a_team": kpi("1", "money", team="Promotion"),
            "bought": kpi("1", "money"),
            "counted": kpi("1"),
            "talk": kpi("1", "ratio"),
            "margin": kpi("1", "money", max="2", team="Promotion", spends=False),
            "spent": kpi("1", "money", spends=True),
        }
        numbers = numbers_of(
            kpis=kpis,
            teams={"Promotion": {"budget": 5}},
            sources={"bought": [{"name": "shop", "cost": 1}]},
        )
        assert effort(numbers) == ("bounded", "of_a_team", "bought", "counted", "spent")


def test_a_chain_of_a_thousand_kpis_is_computed() -> None:
    chain = {f"k{i}": kpi(f"k{i - 1} + 1") for i in range(1, 1000)}
    numbers: KpiNumbers = numbers_of(kpis={"k0": kpi("quota"), **chain})
    assert numbers.months("k999")[0] == numbers.cascade.months[0].amount + 999
