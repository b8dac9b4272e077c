"""What a driver's slip costs, against figures worked by hand."""

from fractions import Fraction
from typing import Any

import pytest
from kpi_plans import numbers_of, shop

from target_cascade.engine.apportion import nearest
from target_cascade.engine.kpis.sensitivity import Slip, slips
from target_cascade.errors import InfeasibleError, UsageError

TENTH = Fraction(1, 10)
CENT = Fraction(1, 100)
YEAR = Fraction(24_000_000)


def kpi(formula: str, unit: str = "count", **more: Any) -> dict[str, Any]:
    return {"formula": formula, "unit": unit, **more}


def by_driver(slip: Fraction = TENTH, **fields: Any) -> dict[str, Slip]:
    return {one.driver: one for one in slips(numbers_of(**fields), slip)}


def test_a_tenth_less_conversion_carries_a_tenth_less_quota_or_takes_a_ninth_more_money() -> None:
    """More visits by 1 / 0.9; with the visits as planned, quota · (1 − 0.9)."""
    found = by_driver(
        drivers={"conversion": "2%"},
        kpis={"visits": kpi("quota / 200 / conversion"), "ads": kpi("visits * 0.8", "money", max="quota")},
    )
    ads = YEAR / 200 / Fraction(2, 100) * Fraction(8, 10)
    assert found["conversion"] == Slip(
        "conversion", "higher", TENTH, YEAR / 10, nearest(ads / 9, CENT), "visits", Fraction(10, 9)
    )


def test_a_tenth_more_of_a_cost_carries_an_eleventh_less() -> None:
    found = by_driver(
        drivers={"click_cost": "0.8"}, kpis={"ads": kpi("quota / 4 * click_cost", "money", max="quota")}
    )
    ads = YEAR / 4 * Fraction(8, 10)
    assert found["click_cost"] == Slip(
        "click_cost",
        "lower",
        TENTH,
        nearest(YEAR * (1 - 1 / Fraction(11, 10)), CENT),
        ads / 10,
        "ads",
        1 + TENTH,
    )


def test_what_follows_from_effort_that_rises_is_not_what_lacks() -> None:
    """Refunds of 4.4 % instead of 4 % take 96 / 95.6 of the orders; that a tenth more parcels come back
    is no reason to lose a tenth of the quota."""
    found = by_driver(
        drivers={"refunded": "4%"},
        kpis={"orders": kpi("quota / (200 * (1 - refunded))"), "returned": kpi("orders * refunded")},
    )
    assert found["refunded"].needed == Fraction(960, 956)
    assert found["refunded"].quota_lost == YEAR * (1 - Fraction(956, 960))


def test_the_largest_loss_comes_first() -> None:
    found = slips(numbers_of(**shop()), TENTH)
    losses = [(one.quota_lost, one.more_spent) for one in found]
    assert losses == sorted(losses, reverse=True)
    assert [one.driver for one in found] == [
        *("order_value", "conversion", "signed"),  # each a tenth of the quota and as much money: file order
        "click_rate",  # impressions cost nothing here
        *("click_cost", "free_visits", "refunded"),
    ]


def test_months_are_added_up_where_a_slip_weighs_on_some() -> None:
    """May has no visits to be paid, so its quota is safe."""
    found = by_driver(
        drivers={"paid": {"default": 1, "5": 0}, "rate": 2}, kpis={"visits": kpi("quota * paid / rate")}
    )
    may = numbers_of().cascade.months[4].amount
    assert found["rate"].quota_lost == (YEAR - may) / 10


def test_a_driver_that_moves_nothing_costs_nothing() -> None:
    found = by_driver(drivers={"mood": 5}, kpis={"orders": kpi("quota / 200")})
    assert found["mood"] == Slip("mood", "higher", TENTH, Fraction(0), Fraction(0), None, None)


@pytest.mark.parametrize(
    ("kpis", "more"),
    [
        pytest.param({"ads": kpi("10 * cost", "money", max="9999")}, 12, id="with a max"),
        pytest.param({"ads": kpi("10 * cost", "money", team="Promotion")}, 12, id="of a team with a budget"),
        pytest.param({"ads": kpi("10 * cost", "money")}, 12, id="where nothing is bounded, all that rise"),
        pytest.param(
            {"ads": kpi("10 * cost", "money", max="99"), "other": kpi("5 * cost", "money")},
            12,
            id="only what is bounded where something is",
        ),
        pytest.param(
            {"ads": kpi("10 * cost", "money", max="99"), "all": kpi("ads + 5 * cost", "money", max="99")},
            18,
            id="a part is not counted beside its sum",
        ),
        pytest.param(
            {"ads": kpi("10 * cost", "money"), "margin": kpi("quota - ads", "money")},
            12,
            id="what is left over is no spending",
        ),
        pytest.param(
            {"ads": kpi("10 * cost", "money"), "kept": kpi("7 * cost", "money", spends=False)},
            12,
            id="what the plan says is no spending",
        ),
        pytest.param(
            {
                "ads": kpi("10 * cost", "money", max="99"),
                "kept": kpi("7 * cost", "money", max="99", spends=False),
            },
            12,
            id="even where it is bounded",
        ),
        pytest.param(
            {
                "ads": kpi("10 * cost", "money", max="99"),
                "gifts": kpi("5 * cost", "money", spends=True),
                "fees": kpi("5 * cost", "money"),
            },
            18,
            id="what the plan says is spending counts beside what is bounded",
        ),
    ],
)
def test_more_is_spent(kpis: dict[str, Any], more: int) -> None:
    """A tenth more of a cost of 1, in twelve months."""
    drivers = {"cost": {"default": 1, "better": "lower"}}
    found = by_driver(drivers=drivers, kpis=kpis, teams={"Promotion": {"budget": 9999}})
    assert found["cost"].more_spent == more


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param(
            {"drivers": {"kept": "80%"}, "kpis": {"orders": kpi("quota / (1 - kept)")}},
            "a slip of `kept` by 25 % leaves `orders` without a value in 2027-01: `(1 - kept)` is 0, and"
            " nothing can be divided by 0; take a smaller slip",
            id="a share of a hundred percent",
        ),
        pytest.param(
            {"drivers": {"refunded": "90%"}, "kpis": {"orders": kpi("quota / (1 - refunded)")}},
            "a slip of `refunded` by 25 % takes `orders` below 0 in every month, which cannot be counted;"
            " take a smaller slip",
            id="a count below nothing",
        ),
    ],
)
def test_a_slip_beyond_what_can_be_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InfeasibleError) as error:
        slips(numbers_of(**fields), Fraction(1, 4))
    (problem,) = error.value.problems
    assert problem.message == message
    assert problem.path == ("drivers", next(iter(fields["drivers"])))


def test_a_plan_without_drivers_has_nothing_that_could_slip() -> None:
    with pytest.raises(UsageError, match="no `drivers:`, so there is nothing that could be worse"):
        slips(numbers_of(kpis={"orders": kpi("quota / 200")}), TENTH)
