"""Where a KPI comes from: the cheapest first, up to what each brings."""

from fractions import Fraction
from typing import Any

import pytest
from kpi_plans import in_one_month, shop

from target_cascade.engine.kpis.sources import Offer, Sourced, SourcePart, sourced

ONE, CENT = Fraction(1), Fraction(1, 100)


def offer(name: str, cost: str, most: str | None = None) -> Offer:
    return Offer(name, Fraction(cost), None if most is None else Fraction(most))


@pytest.mark.parametrize(
    ("wanted", "offers", "amounts", "unfilled"),
    [
        pytest.param(100, [offer("ads", "1")], {"ads": 100}, 0, id="one"),
        pytest.param(
            100,
            [offer("dear", "2"), offer("cheap", "1", "70")],
            {"cheap": 70, "dear": 30},
            0,
            id="cheapest first",
        ),
        pytest.param(
            100,
            [offer("one", "1", "60"), offer("two", "1")],
            {"one": 60, "two": 40},
            0,
            id="ties in file order",
        ),
        pytest.param(
            100, [offer("a", "1", "60"), offer("b", "2", "30")], {"a": 60, "b": 30}, 10, id="unfilled is kept"
        ),
        pytest.param(
            100, [offer("a", "1", "60.9"), offer("b", "2")], {"a": 60, "b": 40}, 0, id="snapped down"
        ),
        pytest.param(100, [offer("a", "1", "-5"), offer("b", "2")], {"a": 0, "b": 100}, 0, id="not below 0"),
        pytest.param(100, [offer("a", "1"), offer("b", "2")], {"a": 100, "b": 0}, 0, id="not needed"),
        pytest.param(100, [], {}, 100, id="no source"),
    ],
)
def test_sources_are_filled(wanted: int, offers: list[Offer], amounts: dict[str, int], unfilled: int) -> None:
    found = sourced(3, Fraction(wanted), offers, ONE, CENT)
    assert {part.name: part.amount for part in found.parts} == amounts
    assert list(amounts) == [part.name for part in found.parts]
    assert [found.month, found.wanted, found.unfilled] == [3, wanted, unfilled]


def test_a_part_costs_its_amount_times_the_cost_of_one() -> None:
    found = sourced(0, Fraction(3), [offer("ads", "0.335")], ONE, CENT)
    assert found.parts == (SourcePart("ads", Fraction(3), Fraction("1.01")),)  # 1.005, halves up


def test_a_plan_has_its_sources_by_month() -> None:
    fields: dict[str, Any] = shop()
    fields["sources"]["paid_visits"][0]["max"] = "10% of quota"
    fields["sources"]["paid_visits"][1]["cost"] = "click_cost * 2"
    numbers = in_one_month("200万", **fields)
    wanted = numbers.months("paid_visits")[0]
    assert wanted is not None
    assert numbers.sources("paid_visits")[0] == Sourced(
        0,
        wanted,
        (
            SourcePart("search ads", Fraction(200_000), Fraction(140_000)),
            SourcePart("display", wanted - 200_000, (wanted - 200_000) * Fraction("1.7")),
        ),
        Fraction(0),
    )
    assert [one.month for one in numbers.sources("paid_visits")] == list(range(12))


def test_the_cheapest_may_change_from_month_to_month() -> None:
    numbers = in_one_month(
        "100",
        drivers={"price": {"default": 5, "2": 1}},
        kpis={"visits": {"formula": "100", "unit": "count"}},
        sources={"visits": [{"name": "steady", "cost": 2}, {"name": "varying", "cost": "price"}]},
    )
    first = [one.parts[0].name for one in numbers.sources("visits")]
    assert first == ["steady", "varying", *["steady"] * 10]
