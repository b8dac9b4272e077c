"""What a team has to order, and until when."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from kpi_plans import numbers_of

from target_cascade.engine.kpis.orders import Order, orders

LEAD = timedelta(days=45)
KPIS: dict[str, Any] = {
    "coats": {"formula": "7 * takes", "unit": "count", "team": "Purchasing"},
    "goods": {"formula": "takes / 3", "unit": "money", "team": "Purchasing"},
    "margin": {"formula": "30", "unit": "money", "team": "Purchasing", "spends": False},
    "credit": {"formula": "-5", "unit": "money", "team": "Purchasing"},
    "ratio": {"formula": "2", "team": "Purchasing"},
    "orders": {"formula": "9", "unit": "count", "team": "Shop"},
}


def ordered(kpis: Any = KPIS, **team: Any) -> tuple[Order, ...]:
    drivers = {"takes": {"default": 0, 3: 1, 5: 2}}
    return orders(numbers_of(kpis=kpis, drivers=drivers, teams={"Purchasing": team}), "Purchasing")


def test_a_month_is_ordered_the_lead_days_before_it_with_all_that_it_takes() -> None:
    march, may = ordered(lead_days=45)
    amounts = (("coats", Fraction(7)), ("goods", Fraction("0.33")))
    assert march == Order(2, date(2027, 3, 1) - LEAD, amounts, is_ordered=False)
    assert (may.month, may.by) == (4, date(2027, 5, 1) - LEAD)
    assert dict(may.amounts)["coats"] == 14


@pytest.mark.parametrize(
    ("until", "is_ordered"),
    [
        pytest.param(2, [False, False], id="the month before the first"),
        pytest.param(3, [True, False], id="the first"),
        pytest.param("2027-03-01", [True, False], id="a day of the first"),
        pytest.param(12, [True, True], id="all"),
    ],
)
def test_what_the_plan_has_as_ordered(until: Any, is_ordered: list[bool]) -> None:
    assert [order.is_ordered for order in ordered(lead_days=45, ordered=until)] == is_ordered


def test_a_team_orders_nothing_without_lead_days_or_kpis_that_add_up() -> None:
    assert ordered() == ()
    assert ordered({"ratio": KPIS["ratio"]}, lead_days=45) == ()
    assert orders(numbers_of(kpis=KPIS, drivers={"takes": 1}), "Nobody") == ()
