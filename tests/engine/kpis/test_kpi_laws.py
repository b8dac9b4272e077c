"""The laws of KPIs over generated plans: days add up to weeks, these to months, sources to what is wanted."""

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from plans import Fields, feasible, plan_fields

from target_cascade.engine.kpis.numbers import KpiNumbers, kpi_numbers, money_unit, unit_of
from target_cascade.engine.kpis.sensitivity import slips

RATES = st.integers(1, 400).map(lambda n: Fraction(n, 100))
FORMULAS = {
    "orders": {"formula": "quota / (price * rate)", "unit": "count"},
    "rent": {"formula": "price * 1000 + effective_days", "unit": "money"},
    "visits": {"formula": "orders / rate + days", "unit": "count"},
    "ads": {"formula": "visits * rate", "unit": "money", "max": "quota / 3"},
    "margin": {"formula": "quota / 4 - ads - rent", "unit": "money"},
    "part": {"formula": "ads / (quota + 1)"},
}


@st.composite
def plans_with_kpis(draw: st.DrawFn) -> Fields:
    fields = draw(plan_fields())
    source: Any = {"cost": draw(RATES)}
    return {
        **fields,
        "currency": draw(st.sampled_from(["CNY", "JPY", "KWD"])),
        "drivers": {"price": draw(RATES) * 50, "rate": {"from": draw(RATES), "to": draw(RATES)}},
        "kpis": FORMULAS,
        "sources": {
            "visits": [
                {"name": "some", "cost": draw(RATES), "max": draw(RATES) * 1000},
                {"name": "more", "cost": f"rate * {draw(RATES)}", "max": "visits / 3"},
                {"name": "rest", **source, **draw(st.sampled_from([{}, {"max": 0}]))},
            ]
        },
    }


def numbers(fields: Fields) -> KpiNumbers:
    return kpi_numbers(feasible(fields))


@settings(max_examples=40)
@given(plans_with_kpis())
def test_days_add_up_to_weeks_and_these_to_months(fields: Fields) -> None:
    found = numbers(fields)
    for name in FORMULAS:
        unit = unit_of(found.cascade.plan, name)
        if unit is None:
            continue
        for amount, weeks, days in zip(found.months(name), found.weeks(name), found.days(name), strict=True):
            assert sum(week for week in weeks if week is not None) == amount
            for week, of_week in zip(weeks, days, strict=True):
                assert sum(day for day in of_week if day is not None) == week
                assert all(day is not None and (day / unit).denominator == 1 for day in of_week)


@settings(max_examples=25)
@given(plans_with_kpis())
def test_weeks_and_days_have_the_sign_of_the_month(fields: Fields) -> None:
    found = numbers(fields)
    for amount, weeks, days in zip(
        found.months("margin"), found.weeks("margin"), found.days("margin"), strict=True
    ):
        sign = 1 if amount is not None and amount > 0 else -1
        assert all(part is not None and part * sign >= 0 for part in weeks)
        assert all(part is not None and part * sign >= 0 for week in days for part in week)


@settings(max_examples=40)
@given(plans_with_kpis())
def test_what_is_shown_is_within_a_unit_of_what_is_exact(fields: Fields) -> None:
    found = numbers(fields)
    cent = money_unit(found.cascade.plan)
    for name, kpi in FORMULAS.items():
        for shown, exact in zip(found.months(name), found.exact[name], strict=True):
            assert shown is not None
            assert exact is not None
            match kpi.get("unit"):
                case "count":
                    assert 0 <= shown - exact < 1
                case "money":
                    assert -cent / 2 < shown - exact <= cent / 2
                case _:
                    assert shown == exact


@settings(max_examples=40)
@given(plans_with_kpis())
def test_sources_add_up_to_what_is_wanted_and_a_dearer_one_waits_for_the_cheaper(fields: Fields) -> None:
    found = numbers(fields)
    for one, wanted, offers in zip(
        found.sources("visits"), found.months("visits"), found.offers["visits"], strict=True
    ):
        most = {offer.name: offer.most for offer in offers}
        assert sum((part.amount for part in one.parts), one.unfilled) == one.wanted == wanted
        assert one.unfilled >= 0
        for index, part in enumerate(one.parts):
            bound = most[part.name]
            assert part.amount >= 0
            assert bound is None or part.amount <= max(bound, Fraction(0))
            used_later = any(later.amount for later in one.parts[index + 1 :]) or one.unfilled
            assert not used_later or (bound is not None and part.amount > bound - 1)


@settings(max_examples=40)
@given(plans_with_kpis())
def test_a_chain_of_factors_loses_what_slips(fields: Fields) -> None:
    """Where all is in proportion to the quota and a driver stands in one divisor, the loss is exact."""
    kpis = {"orders": {"formula": "quota / price", "unit": "count"}, "visits": {"formula": "orders / 3"}}
    found = numbers({**fields, "kpis": kpis, "sources": {}})
    lost = {slip.driver: slip.quota_lost for slip in slips(found, Fraction(1, 8))}
    cent = money_unit(found.cascade.plan)
    assert abs(lost["price"] - found.cascade.planned_total / 8) <= cent / 2
    assert lost["rate"] == 0
