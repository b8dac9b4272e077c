"""Cascades → the figures by which one of several plans is chosen."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from plans import Fields, feasible, plan_fields

from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.check import check
from target_cascade.engine.compare import Comparison, Length, Scenario, compare
from target_cascade.plan import Plan

BASE = [Fraction(amount) for amount in (10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 20, 30)]


def made(**fields: Any) -> Cascade:
    return cascade(Plan.model_validate({"year": "2027", "target": "1200", **fields}))


def compared(*cascades: Cascade, by: Length = "month") -> Comparison:
    return compare([(f"plan {i}", one, check(one)) for i, one in enumerate(cascades)], by)


def scenario(**fields: Any) -> Scenario:
    return compared(made(**fields)).scenarios[0]


def test_scenarios_keep_their_order_and_their_cascades() -> None:
    careful, bold = made(target="1000"), made(target="2000")
    compared_plans = compare(
        [("careful", careful, check(careful)), ("bold", bold, check(bold))], "month"
    ).scenarios
    assert [(one.name, one.cascade) for one in compared_plans] == [("careful", careful), ("bold", bold)]


def test_year_end_share_is_that_of_the_last_two_months() -> None:
    in_april = scenario(year="2027-04", base=BASE)
    *_, february, march = in_april.cascade.months
    assert in_april.year_end_share == (february.amount + march.amount) / 1200
    held = scenario(limits=[{"months": 11, "hold": "100"}, {"months": 12, "hold": "140"}])
    assert held.year_end_share == Fraction(100 + 140, 1200)


@pytest.mark.parametrize(
    ("buffer", "business", "expected", "lands_at"),
    [
        pytest.param("0", [], 0, 1200, id="none"),
        pytest.param("5%", [], 0, 1260, id="none and a buffer"),
        pytest.param("5%", [("300", "80%"), ("60", "100%")], 300, 960, id="two, of one a part"),
        pytest.param("25%", [("300", "100%")], 300, 1200, id="the buffer carries it"),
    ],
)
def test_year_without_new_business_is_the_planned_total_without_what_is_counted_on(
    buffer: str, business: list[tuple[str, str]], expected: int, lands_at: int
) -> None:
    entries = [
        {"name": str(i), "expect": expect, "count_on": part} for i, (expect, part) in enumerate(business)
    ]
    one = scenario(buffer=buffer, new_business=entries)
    assert one.new_business == expected
    assert one.new_business_share == Fraction(expected, 1200)
    assert one.without_new_business == lands_at
    assert one.without_new_business_share == Fraction(lands_at, 1200)


@pytest.mark.parametrize(
    ("base", "growth"),
    [
        pytest.param({"base": BASE}, Fraction(1200, sum(BASE)), id="base amounts"),
        pytest.param({}, None, id="no base"),
        pytest.param({"base": {"shape": BASE}}, None, id="a shape"),
        pytest.param(
            {"base": [Fraction(0)] * 12, "limits": [{"months": "1-12", "hold": "100"}]},
            None,
            id="a base of nothing",
        ),
    ],
)
def test_growth_is_known_with_base_amounts_only(base: Fields, growth: Fraction | None) -> None:
    assert scenario(**base).growth == growth


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("quarter", ["2027-Q1", "2027-Q4"]),
        ("month", ["2027-01", "2027-12"]),
        ("week", ["2026-W53", "2027-W52"]),
        ("day", ["2027-01-01", "2027-12-31"]),
    ],
)
def test_periods_that_all_plans_share_keep_their_labels(by: Length, labels: list[str]) -> None:
    comparison = compared(made(), made(base=BASE), by=by)
    assert (comparison.by, comparison.by_place) == (by, False)
    assert [comparison.labels[0], comparison.labels[-1]] == labels
    assert len(set(comparison.labels)) == len(comparison.labels)


@pytest.mark.parametrize(
    ("other", "by", "labels"),
    [
        pytest.param({"year": "2028"}, "month", ["M01", "M12"], id="another year"),
        pytest.param({"year": "2027-04"}, "month", ["M01", "M12"], id="another first month"),
        pytest.param({"year": "2028"}, "quarter", ["Q1", "Q4"], id="quarters"),
        pytest.param({"weeks": "sunday"}, "week", ["W01", "W53"], id="another week rule"),
        pytest.param({"year": "2028"}, "day", ["D001", "D366"], id="a leap year"),
    ],
)
def test_other_periods_are_matched_by_their_place(other: Fields, by: Length, labels: list[str]) -> None:
    comparison = compared(made(), made(**other), by=by)
    assert comparison.by_place
    assert [comparison.labels[0], comparison.labels[-1]] == labels
    assert {len(one.quotas) for one in comparison.scenarios} == {len(comparison.labels)}


def test_another_week_rule_moves_no_month() -> None:
    assert not compared(made(), made(weeks="sunday")).by_place


def test_period_that_a_year_does_not_have_has_no_quota() -> None:
    plain, leap = compared(made(year="2027"), made(year="2028"), by="day").scenarios
    assert plain.quotas[-1] is None
    assert leap.quotas[-1] == made(year="2028").months[-1].parts[-1].parts[-1].amount


@given(plan_fields())
@settings(max_examples=25)
def test_quotas_of_every_length_add_up_to_the_planned_total(fields: Fields) -> None:
    one = feasible(fields)
    lengths: tuple[Length, ...] = ("quarter", "month", "week", "day")
    for by in lengths:
        quotas = compared(one, by=by).scenarios[0].quotas
        assert sum(amount for amount in quotas if amount is not None) == one.planned_total


def test_findings_are_those_that_are_given() -> None:
    plan = made(base=BASE, new_business=[{"name": "shop", "expect": "600"}])
    assert compared(plan).scenarios[0].checked == check(plan)
