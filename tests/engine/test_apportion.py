"""`apportion` against other systems' figures, its laws, and what it refuses."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from target_cascade import apportion
from target_cascade.engine.apportion import round_down, round_ideals, round_up, running_totals
from target_cascade.errors import ApportionError

VECTORS = json.loads((Path(__file__).parent / "apportion-vectors.json").read_text())

CENT = Decimal("0.01")
weights = st.lists(st.fractions(0, 1000), min_size=1, max_size=40).filter(any)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['source']} {vector['total']}")
@pytest.mark.parametrize("number", [Fraction, Decimal])
def test_other_systems_vectors_come_out_alike(vector: dict[str, Any], number: Any) -> None:
    parts = apportion(vector["total"], [number(weight) for weight in vector["weights"]])
    assert parts == vector["parts"]
    assert all(type(part) is int for part in parts)


@pytest.mark.parametrize(
    ("total", "shares", "unit", "parts"),
    [
        pytest.param(100, [1, 1, 1], 1, [34, 33, 33], id="ties go to the earlier"),
        pytest.param(0, [1, 2], 1, [0, 0], id="nothing to divide"),
        pytest.param(-100, [1, 1, 1], 1, [-33, -33, -34], id="a negative total is floored too"),
        pytest.param(1000, [1, 1, 1], 100, [400, 300, 300], id="whole hundreds"),
        pytest.param(1, [1, 1, 1], CENT, [34 * CENT, 33 * CENT, 33 * CENT], id="cents"),
        pytest.param(1, [1, 3], Fraction(1, 8), [Fraction(1, 4), Fraction(3, 4)], id="eighths"),
        pytest.param(3, [Decimal("0.5"), 1, Fraction(3, 2)], 1, [1, 1, 1], id="number types side by side"),
        pytest.param(10**40, [1, 2], 1, [10**40 // 3, 10**40 - 10**40 // 3], id="beyond any float"),
        pytest.param(10**30, [1], CENT, [Decimal(10**30)], id="beyond decimal's precision"),
    ],
)
def test_total_is_divided_in_whole_units(total: Any, shares: Any, unit: Any, parts: Any) -> None:
    assert apportion(total, shares, unit) == parts
    assert all(type(part) is type(unit) for part in apportion(total, shares, unit))


@pytest.mark.parametrize(
    ("total", "shares", "unit", "message"),
    [
        pytest.param(1, [0, 0], 1, "no weight is above 0", id="all weights zero"),
        pytest.param(0, [], 1, "no weight is above 0", id="no weights"),
        pytest.param(1, [1, -1], 1, "weight 1 is negative", id="negative weight"),
        pytest.param(7, [1, 1], 2, "not a whole number of units", id="total between units"),
        pytest.param(Fraction(1, 2), [1], 1, "not a whole number of units", id="half a unit"),
        pytest.param(7, [1, 1], 0, "unit has to be above 0", id="unit zero"),
        pytest.param(7, [1, 1], -1, "unit has to be above 0", id="unit negative"),
        pytest.param(7, [1, 0.5], 1, "weight 1: 0.5 is a float", id="float weight"),
        pytest.param(7.0, [1], 1, "the total: 7.0 is a float", id="float total"),
        pytest.param(7, [1], 1.0, "the unit: 1.0 is a float", id="float unit"),
        pytest.param(7, [Decimal("NaN")], 1, "not a finite number", id="not a number"),
        pytest.param(7, [Decimal("Infinity")], 1, "not a finite number", id="infinite"),
        pytest.param(7, [Decimal("1e999999")], 1, "too large", id="a weight that would fill the memory"),
        pytest.param(7, ["1"], 1, "is not a number", id="text"),
        pytest.param(7, [None], 1, "is not a number", id="nothing"),
    ],
)
def test_what_cannot_be_divided_raises(total: Any, shares: Any, unit: Any, message: str) -> None:
    with pytest.raises(ApportionError, match=message):
        apportion(total, shares, unit)


@given(st.integers(-(10**9), 10**12), weights)
def test_parts_add_up_and_lie_less_than_a_unit_from_their_ideals(total: int, shares: list[Fraction]) -> None:
    parts = apportion(total, shares)
    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - total * share / sum(shares)) < 1


@given(st.integers(0, 10**6), weights, st.fractions(Fraction(1, 100), 100))
def test_scaled_weights_change_nothing(total: int, shares: list[Fraction], factor: Fraction) -> None:
    assert apportion(total, [share * factor for share in shares]) == apportion(total, shares)


@given(st.integers(0, 10**6), weights)
def test_a_weight_of_zero_gets_nothing(total: int, shares: list[Fraction]) -> None:
    parts = apportion(total, [*shares, 0])
    assert parts[-1] == 0


@given(st.integers(0, 10**6), st.lists(st.integers(0, 1000), min_size=1, max_size=7).filter(any))
def test_running_totals_add_up_and_stay_within_half_a_unit(units: int, values: list[int]) -> None:
    days = running_totals(units, values)
    assert sum(days) == units
    for i in range(len(days)):
        assert abs(sum(days[: i + 1]) - Fraction(units * sum(values[: i + 1]), sum(values))) <= Fraction(1, 2)


def test_running_totals_fall_evenly_over_a_week() -> None:
    assert running_totals(3, [1] * 7) == [0, 1, 0, 1, 0, 1, 0]


def test_ideals_that_miss_the_amount_by_less_than_a_unit_are_made_up_by_remainders() -> None:
    ideals = [Fraction("100.3"), Fraction("100.4")]
    assert round_ideals(Fraction(201), ideals, Fraction(1)) == [100, 101]
    assert round_ideals(Fraction(200), ideals, Fraction(1)) == [100, 100]


@pytest.mark.parametrize(("amount", "down", "up"), [("12.5", 10, 15), ("15", 15, 15), ("-12.5", -15, -10)])
def test_rounding_to_a_unit_goes_one_way(amount: str, down: int, up: int) -> None:
    assert round_down(Fraction(amount), Fraction(5)) == down
    assert round_up(Fraction(amount), Fraction(5)) == up
