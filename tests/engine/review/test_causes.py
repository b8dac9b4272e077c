"""Each driver's part of the gap: by the log of actual ÷ plan, exact in its sum."""

import math
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kpi_plans import numbers_of, shop

from target_cascade.engine.apportion import nearest
from target_cascade.engine.kpis.numbers import KpiNumbers
from target_cascade.engine.kpis.values import known_of
from target_cascade.engine.review.came_in import came_in
from target_cascade.engine.review.causes import (
    UNEXPLAINED,
    CausePart,
    Causes,
    MonthSales,
    causes,
    causes_of,
)
from target_cascade.engine.review.factors import chains
from target_cascade.engine.review.month_factors import KnownFrom, Unexplained
from target_cascade.review.actuals import Actual

CENT = Fraction(1, 100)
QUOTA = Fraction(2_000_000)
Given = Mapping[str, Any]


def kpi(formula: str, unit: str = "count") -> dict[str, Any]:
    return {"formula": formula, "unit": unit}


LADDER: dict[str, Any] = {
    "drivers": {"order_value": 200, "conversion": "2%", "refunded": "4%"},
    "kpis": {
        "orders": kpi("quota / (order_value * (1 - refunded))"),
        "visits": kpi("orders / conversion"),
    },
}


def even(**fields: Any) -> KpiNumbers:
    """A plan of which each month brings 2 million."""
    return numbers_of(limits=[{"months": "2027-01..2027-12", "hold": "2M"}], **{**LADDER, **fields})


def of(sales: Any, *months: Given, numbers: KpiNumbers | None = None) -> Causes:
    """The causes where each month brought `sales`, or its own of a list, with the figures of `months`."""
    each = sales if isinstance(sales, list) else [sales] * len(months)
    lines = [MonthSales(month, QUOTA, Fraction(one)) for month, one in enumerate(each)]
    return causes_of(lines, numbers or even(), lookup(*months))


def lookup(*months: Given) -> Any:
    def actual(month: int, name: str) -> Fraction | None:
        value = months[month].get(name)
        return None if value is None else Fraction(str(value))

    return actual


def part(found: Causes, name: str) -> CausePart:
    return next(one for one in found.parts if one.name == name)


def told(found: Causes, name: str) -> tuple[Fraction | int | None, Fraction | int | None]:
    """The plan and the actual value of a part."""
    one = part(found, name)
    return one.plan, one.actual


def amounts(found: Causes) -> dict[str, Fraction]:
    return {one.name: one.amount for one in found.parts}


def plan_orders(sales: Fraction = QUOTA) -> Fraction:
    return sales / (200 * Fraction(96, 100))


# The worked case


def test_a_month_by_hand() -> None:
    """Sales of 1.8 million instead of 2; 190 an order instead of 200, 9,900 orders, 600,000 visits."""
    found = of(1_800_000, {"order_value": 190, "orders": 9900, "visits": 600_000})
    mean = -200_000 / math.log(0.9)
    orders = 2_000_000 / (200 * 0.96)
    expected = {
        "order_value": mean * math.log(190 / 200),
        "refunded": mean * math.log(1_800_000 / 9900 / 190 / 0.96),
        "conversion": mean * math.log(9900 / 600_000 / 0.02),
        "visits": mean * math.log(600_000 / (orders / 0.02)),
    }
    assert sum(expected.values()) == pytest.approx(-200_000)
    assert {name: float(one) for name, one in amounts(found).items()} == pytest.approx(expected, abs=0.011)
    assert found.gap == sum(amounts(found).values()) == -200_000
    assert [one.amount for one in found.parts] == sorted(amounts(found).values())
    implied = {one.name for one in found.parts if one.is_implied}
    assert implied == {"refunded"}
    assert part(found, "conversion").known_from == KnownFrom("orders", "visits", is_quotient=True)
    assert told(found, "order_value") == (200, 190)
    assert told(found, "conversion") == (Fraction(2, 100), Fraction(9900, 600_000))
    assert told(found, "visits") == (plan_orders() * 50, 600_000)
    assert told(found, "refunded") == (Fraction(4, 100), 1 - Fraction(1_800_000, 9900 * 190))


def test_the_mean_weight_is_the_quota_where_sales_are_on_plan() -> None:
    """Fewer orders that are worth more: L(q, q) = q."""
    found = of(QUOTA, {"order_value": 210, "refunded": "0.04"})
    assert float(part(found, "order_value").amount) == pytest.approx(2_000_000 * math.log(1.05), abs=0.011)
    assert amounts(found)["orders"] == -amounts(found)["order_value"]


# What is left, and what it is called

NAMES = [
    pytest.param({"orders": 9000}, {"order_value and refunded", "orders"}, id="two that nobody measures"),
    pytest.param({"visits": 500_000}, {"conversion, order_value and refunded", "visits"}, id="three"),
    pytest.param({"orders": 9000, "order_value": 200}, {"order_value", "refunded", "orders"}, id="one"),
    pytest.param(
        {"order_value": 190, "refunded": "0.05"}, {"order_value", "refunded", "orders"}, id="the volume"
    ),
    pytest.param({"order_value": 190}, {"order_value", "orders and refunded"}, id="volume and a driver"),
    pytest.param(
        {"conversion": "0.019"},
        {"conversion", "order_value, refunded and visits"},
        id="drivers of two links",
    ),
    pytest.param(
        {"order_value": 190, "refunded": "0.05", "conversion": "0.019"},
        {"order_value", "refunded", "conversion", "visits"},
        id="the deepest volume",
    ),
    pytest.param(
        {"order_value": 190, "refunded": "0.05", "orders": 9000},
        {"order_value", "refunded", "orders", UNEXPLAINED},
        id="figures that do not multiply to the sales",
    ),
]


@pytest.mark.parametrize(("given_figures", "names"), NAMES)
def test_what_is_left_has_a_name(given_figures: Given, names: set[str]) -> None:
    found = of(1_900_000, given_figures)
    assert set(amounts(found)) == names
    assert sum(amounts(found).values()) == found.gap == -100_000
    assert not found.unexplained


def test_what_several_leave_has_no_plan_and_no_actual() -> None:
    assert part(of(1_900_000, {"orders": 9000}), "order_value and refunded")[2:] == (None, None, False, None)


def test_an_implied_volume_is_what_the_drivers_leave() -> None:
    found = of(1_900_000, {"order_value": 190, "refunded": "0.05"})
    expected = plan_orders(), 1_900_000 / (190 * Fraction(95, 100)), True, None
    assert part(found, "orders")[2:] == expected


def test_an_implied_driver_below_zero_is_not_told() -> None:
    """1.9 million from 9,000 orders of 200 would take refunds of −5.6 %."""
    assert part(of(1_900_000, {"orders": 9000, "order_value": 200}), "refunded").actual is None


def test_a_figure_that_fits_exactly_leaves_nothing() -> None:
    fits = {"order_value": 190, "refunded": "0.05", "orders": 10_000}
    assert set(amounts(of(190 * 9500, fits))) == set(fits)


def test_a_root_is_not_told() -> None:
    numbers = even(kpis={"parts": kpi("quota / (order_value * order_value)")})
    found = of(1_900_000, {"parts": 50}, numbers=numbers)
    assert told(found, "order_value") == (None, None)
    assert sum(amounts(found).values()) == -100_000


# Months


def test_a_conversion_over_months_is_orders_by_visits_of_them_all() -> None:
    first = {"order_value": 200, "refunded": "0.04", "orders": 9000, "visits": 500_000}
    second = {**first, "orders": 11_000, "visits": 400_000}
    found = of(1_900_000, first, second)
    assert told(found, "conversion") == (Fraction(2, 100), Fraction(20_000, 900_000))
    assert told(found, "visits") == (plan_orders() * 50 * 2, 900_000)


def test_a_driver_of_two_months_is_weighted_by_what_it_applies_to() -> None:
    """The value of an order is sales ÷ what was sold, and not the mean of two months."""
    found = of([1_000_000, 3_000_000], {"order_value": 100}, {"order_value": 300})
    assert part(found, "order_value").actual == Fraction(4_000_000, 10_000 + 10_000)


def test_a_driver_of_unknown_weight_is_not_told_where_months_differ() -> None:
    differ = of(1_900_000, {"conversion": "0.019"}, {"conversion": "0.018"})
    assert told(differ, "conversion") == (Fraction(2, 100), None)
    same = of(1_900_000, {"conversion": "0.019"}, {"conversion": "0.019"})
    assert told(same, "conversion") == (Fraction(2, 100), Fraction(19, 1000))


UNUSABLE = [
    pytest.param(1_900_000, {}, Unexplained("unknown"), id="nothing known"),
    pytest.param(0, {"orders": 9000}, Unexplained("sales"), id="no sales"),
    pytest.param(-5, {"orders": 9000}, Unexplained("sales"), id="more came back than went out"),
    pytest.param(1_900_000, {"orders": 0}, Unexplained("figure", ("orders",)), id="a KPI of 0"),
    pytest.param(1_900_000, {"refunded": 1}, Unexplained("formula", ("refunded",)), id="a factor of 0"),
    pytest.param(
        1_900_000, {"order_value": -1}, Unexplained("figure", ("order_value",)), id="a driver below 0"
    ),
]


@pytest.mark.parametrize(("sales", "given_figures", "why"), UNUSABLE)
def test_a_month_that_no_log_can_take_is_not_explained_and_says_why(
    sales: int, given_figures: Given, why: Unexplained
) -> None:
    found = of([1_900_000, sales], {"orders": 9000}, given_figures)
    assert found.unexplained == {1: why}
    assert amounts(found)[UNEXPLAINED] == sales - QUOTA
    assert sum(amounts(found).values()) == found.gap


def test_a_month_without_a_gap_needs_no_explanation() -> None:
    assert of([1_900_000, QUOTA], {"orders": 9000}, {}).unexplained == {}


def test_a_quota_to_date_of_zero_is_not_explained() -> None:
    months = [MonthSales(0, QUOTA, Fraction(1)), MonthSales(1, Fraction(0), Fraction(7))]
    found = causes_of(months, even(), lookup({"orders": 1}, {"orders": 1}))
    assert found.unexplained == {1: Unexplained("quota")}
    assert sum(amounts(found).values()) == found.gap


def test_figures_off_the_chain_explain_no_sales() -> None:
    kpis = {**LADDER["kpis"], "parcels": kpi("quota / 3")}
    found = of(1_900_000, {"orders": 9000, "visits": 1}, {"parcels": 5}, numbers=even(kpis=kpis))
    assert found.unexplained == {1: Unexplained("apart")}


def test_what_is_planned_as_nothing_explains_nothing() -> None:
    free = {**LADDER["drivers"], "refunded": {"default": "4%", "2": "0%"}}
    kpis = {"orders": kpi("quota / order_value"), "refunds": kpi("orders * refunded")}
    given_figures = {"orders": 9000, "refunds": 300}
    found = of(1_900_000, given_figures, given_figures, numbers=even(drivers=free, kpis=kpis))
    assert found.unexplained == {1: Unexplained("planned", ("refunds",))}


KNOWN_FROM = [
    pytest.param({"orders": kpi("quota / order_value")}, ("quota", "orders", True), id="quotient"),
    pytest.param({"orders": kpi("quota * order_value")}, ("orders", "quota", True), id="rate"),
    pytest.param({"orders": kpi("quota / order_value * 2")}, ("quota", "orders", False), id="with a number"),
    pytest.param({"orders": kpi("quota * (1 - order_value)")}, ("orders", "quota", False), id="rest of 1"),
]


@pytest.mark.parametrize(("kpis", "known_from"), KNOWN_FROM)
def test_a_driver_alone_between_two_figures_is_known_from_them(
    kpis: dict[str, Any], known_from: tuple[str, str, bool]
) -> None:
    numbers = even(drivers={"order_value": "0.5"}, kpis=kpis)
    found = part(of(1_900_000, {"orders": 900_000}, numbers=numbers), "order_value")
    assert (found.is_implied, found.known_from) == (False, known_from)


def test_a_driver_with_figures_in_some_months_only_says_neither() -> None:
    numbers = even(kpis={"orders": kpi("quota / order_value")})
    found = part(
        of(1_900_000, {"orders": 9000}, {"orders": 9500, "order_value": 200}, numbers=numbers), "order_value"
    )
    assert (found.is_implied, found.known_from) == (False, None)


PRINTED = [
    pytest.param(-100_000, 1, 1, id="day unit"),
    pytest.param(-100_000, 10, 10, id="larger day unit"),
    pytest.param(-100_001, 10, 1, id="gap finer than the day unit"),
    pytest.param("-100000.5", 1, CENT, id="gap with decimals"),
]


@pytest.mark.parametrize(("gap", "day_unit", "unit"), PRINTED)
def test_printed_parts_are_whole_units_and_add_up(gap: Any, day_unit: int, unit: Fraction) -> None:
    exact = of(QUOTA + Fraction(gap), {"order_value": 190, "orders": 9900, "visits": 600_000})
    printed = exact.printed(Fraction(day_unit))
    assert sum(one.amount for one in printed.parts) == printed.gap == Fraction(gap)
    assert all((one.amount / unit).denominator == 1 for one in printed.parts)
    assert all(
        abs(one.amount - other.amount) < unit for one, other in zip(exact.parts, printed.parts, strict=True)
    )
    assert (printed == exact) == (unit == CENT)


def test_no_figures_at_all_are_no_causes() -> None:
    assert of(1_900_000, {}, {}) == Causes((), Fraction(-200_000))


def test_no_drivers_are_no_causes() -> None:
    assert of(1_900_000, {}, numbers=numbers_of()) == Causes((), Fraction(-100_000))


def test_a_month_in_part_is_held_against_what_its_quota_to_date_takes() -> None:
    """Half of the quota takes half of the orders."""
    half = causes_of([MonthSales(0, QUOTA / 2, QUOTA / 2)], even(), lookup({"orders": plan_orders() / 2}))
    assert set(amounts(half).values()) == {Fraction(0)}
    assert told(half, "orders") == (plan_orders() / 2, plan_orders() / 2)


def test_the_quota_to_date_is_that_of_the_days_until_through() -> None:
    """Whatever order the rows stand in."""
    numbers, through = even(), date(2027, 1, 10)
    month = numbers.cascade.months[0]
    rows = [
        Actual(month.period, "month", Fraction(600_000)),
        Actual(month.period, "month", Fraction(3000), "orders"),
        Actual(month.period, "month", Fraction(190), "order_value"),
    ]
    days = [day for week in month.parts for day in week.parts]
    due = sum((day.amount for day in days if day.period.end <= through), Fraction(0))
    found = causes(came_in(numbers.cascade, rows, through), numbers)
    assert found.gap == 600_000 - due == sum(amounts(found).values())
    assert told(found, "orders") == (plan_orders(due), 3000)
    for other in permutations(rows):
        assert causes(came_in(numbers.cascade, other, through), numbers) == found


# Which chain


def test_the_chain_with_the_most_figures_is_taken() -> None:
    numbers = even(kpis={**LADDER["kpis"], "parcels": kpi("orders * 2"), "boxes": kpi("parcels / 3")})
    assert "visits" in amounts(of(1_900_000, {"orders": 9000, "visits": 5 * 10**5}, numbers=numbers))
    found = amounts(of(1_900_000, {"parcels": 9000, "boxes": 3000, "visits": 1}, numbers=numbers))
    assert "boxes" in found
    assert "visits" not in found


def test_of_chains_with_as_many_figures_the_deepest_is_taken_and_then_the_first() -> None:
    kpis = {"short": kpi("quota / order_value"), "mid": kpi("quota / 3"), "deep": kpi("mid / conversion")}
    both = {"short": 9000, "deep": 30_000_000}
    assert "deep" in amounts(of(1_900_000, both, numbers=even(kpis=kpis)))
    level = {"one": kpi("quota / order_value"), "two": kpi("quota / conversion")}
    assert "one" in amounts(of(1_900_000, {"one": 9000, "two": 10**8}, numbers=even(kpis=level)))


def test_what_does_not_add_up_is_no_amount_to_date() -> None:
    """A KPI without `unit: count` may be a month's or a day's figure; what is below it still counts."""
    kpis = {"orders": {"formula": "quota / order_value"}, "visits": kpi("orders / conversion")}
    found = of(1_900_000, {"orders": 300, "visits": 490_000}, numbers=even(kpis=kpis))
    assert set(amounts(found)) == {"conversion and order_value", "visits"}


# Laws

RATES = st.integers(1, 4000).map(lambda n: Fraction(n, 1000))
SALES = st.integers(1, 10**12).map(lambda cents: Fraction(cents, 100))


@st.composite
def figures_of_shop(draw: st.DrawFn) -> tuple[list[MonthSales], list[dict[str, Fraction]]]:
    """Months with quotas and sales, and figures of some KPIs and drivers, mostly near the plan."""
    months, figures = [], []
    plan = known_of(SHOP.cascade, SHOP.exact)
    for month in range(draw(st.integers(1, 4))):
        months.append(MonthSales(month, draw(SALES), draw(st.one_of(SALES, st.just(Fraction(0))))))
        names = draw(st.sets(st.sampled_from(NAMED), max_size=len(NAMED)))
        figures.append({name: plan[month][name] * draw(RATES) for name in sorted(names)})
    return months, figures


SHOP = numbers_of(**shop())
NAMED = ["orders", "visits", "paid_visits", "ad_spend", *shop()["drivers"]]


def causes_in(
    months: list[MonthSales], figures: list[dict[str, Fraction]], numbers: KpiNumbers = SHOP
) -> Causes:
    return causes_of(months, numbers, lambda month, name: figures[month].get(name))


@settings(max_examples=80, deadline=None)
@given(figures_of_shop(), st.integers(0, 999))
def test_parts_add_up_to_the_gap(
    drawn: tuple[list[MonthSales], list[dict[str, Fraction]]], finer: int
) -> None:
    """Also where sales have finer decimals than the currency: one part has these."""
    months, figures = drawn
    months[0] = months[0]._replace(actual=months[0].actual + Fraction(finer, 10**5))
    found = causes_in(months, figures)
    assert found.gap == sum(one.actual - one.quota for one in months)
    if found.parts:
        assert sum(one.amount for one in found.parts) == found.gap
        assert sum((one.amount / CENT).denominator > 1 for one in found.parts) == bool(finer % 1000)
    else:
        assert not found.unexplained
    assert list(found.parts) == sorted(found.parts, key=lambda one: (one.amount, one.name))


@settings(max_examples=40, deadline=None)
@given(figures_of_shop(), st.integers(2, 10**6))
def test_parts_grow_with_the_amounts(
    drawn: tuple[list[MonthSales], list[dict[str, Fraction]]], factor: int
) -> None:
    """Another unit of currency: quota, sales, the value of an order and spending times `factor`."""
    months, figures = drawn
    fields = shop()
    fields["drivers"]["order_value"] = {"default": 200 * factor, "11-12": 220 * factor}
    fields["drivers"]["click_cost"] = Fraction(85, 100) * factor
    scaled = numbers_of(**{**fields, "target": 24_000_000 * factor})
    money = {"order_value", "ad_spend", "click_cost"}
    after = causes_in(
        [MonthSales(one.month, one.quota * factor, one.actual * factor) for one in months],
        [{name: v * (factor if name in money else 1) for name, v in one.items()} for one in figures],
        scaled,
    )
    before = causes_in(months, figures)
    assert after.unexplained == before.unexplained
    assert {one.name for one in after.parts} == {one.name for one in before.parts}
    for name, amount in amounts(before).items():
        assert abs(amounts(after)[name] - amount * factor) <= CENT * (factor + 1)


@settings(max_examples=40, deadline=None)
@given(SALES, st.sets(st.sampled_from(NAMED), min_size=1), st.data())
def test_a_driver_on_plan_has_no_part(sales: Fraction, names: set[str], data: st.DataObject) -> None:
    plan = known_of(SHOP.cascade, SHOP.exact)[0]
    on_plan = data.draw(st.sampled_from(list(shop()["drivers"])))
    figures = {name: plan[name] * data.draw(RATES) for name in sorted(names)} | {on_plan: plan[on_plan]}
    found = amounts(causes_in([MonthSales(0, QUOTA, sales)], [figures]))
    assert found.get(on_plan, 0) == 0


@settings(max_examples=30, deadline=None)
@given(figures_of_shop(), st.randoms(use_true_random=False))
def test_order_changes_nothing(
    drawn: tuple[list[MonthSales], list[dict[str, Fraction]]], shuffle: Any
) -> None:
    """Of figures, of drivers in the file, and of factors in a formula."""
    months, figures = drawn
    fields = shop()
    drivers = list(fields["drivers"].items())
    shuffle.shuffle(drivers)
    factors = ["order_value", "signed", "(1 - refunded)"]
    shuffle.shuffle(factors)
    fields["kpis"]["orders"]["formula"] = "quota / (" + " * ".join(factors) + ")"
    shuffled = [dict(sorted(one.items(), key=lambda _: shuffle.random())) for one in figures]
    other = numbers_of(**{**fields, "drivers": dict(drivers)})
    assert causes_in(months, shuffled, other) == causes_in(months, figures)


@settings(max_examples=30, deadline=None)
@given(SALES, SALES, RATES)
def test_two_factors_off_by_as_much_have_the_same_part(
    quota: Fraction, sales: Fraction, rate: Fraction
) -> None:
    plan = known_of(SHOP.cascade, SHOP.exact)[0]
    figures = {name: plan[name] * rate for name in ("order_value", "signed")}
    found = amounts(causes_in([MonthSales(0, quota, sales)], [figures]))
    assert abs(found["order_value"] - found["signed"]) <= CENT


def test_the_plan_multiplies_to_the_quota() -> None:
    """quota = K · Π factor ** −power · what formulas have of numbers, which is the same every month."""
    known = known_of(SHOP.cascade, SHOP.exact)
    found = chains(SHOP, lambda _: False)
    assert [chain[-1].kpi for chain in found] == [
        "orders",
        "visits",
        "paid_visits",
        "impressions",
        "ad_spend",
    ]
    for chain in found:
        for month in known:
            product = month[chain[-1].kpi]
            for factor in (factor for link in chain for factor in link.factors):
                product *= factor.value(month) ** -factor.power
            assert product == month["quota"]


def test_amounts_are_in_the_minor_unit_of_the_currency() -> None:
    found = of(1_900_000, {"order_value": 190}, numbers=even(currency="JPY"))
    assert all(one.amount == nearest(one.amount, Fraction(1)) for one in found.parts)
