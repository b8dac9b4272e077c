"""What two plans say differently about drivers, KPIs, teams and people, and how it is told."""

from typing import Any

import pytest
from findings import plan_of

from target_cascade.engine.cascade import cascade
from target_cascade.engine.diff import diff
from target_cascade.report.alteration import alteration_text
from target_cascade.write.cell_text import sentence_text

PLAN: dict[str, Any] = {
    "drivers": {"order_value": {"default": 200, "11-12": 220}, "conversion": "1.4%"},
    "kpis": {"orders": {"formula": "quota / order_value", "unit": "count", "team": "Shop"}},
    "sources": {"orders": [{"name": "search", "cost": 1, "max": 80}]},
    "teams": {"Shop": {"lead": "Wang", "budget": "15% of quota", "capacity_per_day": {"orders": 40}}},
    "actions": [{"kpi": "orders", "do": "a second shift", "from": "2027-03"}],
    "contingency": [{"when": "2027-11 < 85%", "do": "extra sale", "amount": 80}],
    "cascade": [{"name": "South", "members": [{"name": "Li", "weight": 5, "min": 2}]}, {"name": "North"}],
    "proposals": [{"name": "Li", "period": "2027-05", "amount": 30}],
    "decided": [{"name": "North", "period": "2027-05", "amount": 40}],
}


def told(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    found = diff(cascade(plan_of(old)), cascade(plan_of(new)))
    assert not found.causes
    assert not found.moves
    return [sentence_text(alteration_text(one, found.new.plan.year)) for one in found.silent]


CHANGES = {
    "a file of actuals": (
        {"actuals": "actuals.csv"},
        ["actuals (new): file actuals.csv"],
    ),
    "actuals by month": (
        {"actuals": {"2027-01": 90, "feb": -5}},
        ["actuals (new): 2027-01 90, 2027-02 -5"],
    ),
    "a driver's value": (
        {"drivers": {"order_value": 210, "conversion": "1.4%"}},
        ["order_value in drivers: default 200 → 210, by month 2027-11 to 2027-12 220 → none"],
    ),
    "a driver that is gone": (
        {"drivers": {}},
        ["order_value in drivers (removed)", "conversion in drivers (removed)"],
    ),
    "a formula": (
        {"kpis": {"orders": {"formula": "quota / 200", "unit": "count", "team": "Shop"}}},
        ["orders in kpis: formula quota / order_value → quota / 200"],
    ),
    "a source's bound": (
        {"sources": {"orders": [{"name": "search", "cost": 1, "max": 90}]}},
        ["orders from search in sources: max 80 → 90"],
    ),
    "a capacity": (
        {"teams": {"Shop": {"lead": "Wang", "budget": "15% of quota", "capacity_per_day": {"orders": 50}}}},
        ["Shop in teams: capacity_per_day orders 40 → orders 50"],
    ),
    "an action's month": (
        {"actions": [{"kpi": "orders", "do": "a second shift", "from": "2027-04"}]},
        ["a second shift in actions: from 2027-03-01 → 2027-04-01"],
    ),
    "a contingency's bar": (
        {"contingency": [{"when": "2027-11 < 80%", "do": "extra sale", "amount": 80}]},
        ["extra sale in contingency: when 2027-11 < 85% → 2027-11 < 80%"],
    ),
    "a leaf's weight and a new leaf": (
        {
            "cascade": [
                {"name": "South", "members": [{"name": "Li", "weight": 6, "min": 2}, {"name": "Wu"}]},
                {"name": "North"},
            ]
        },
        ["South/Li in cascade: weight 5 → 6", "South/Wu in cascade (new): weight 1"],
    ),
    "shares": (
        {
            "cascade": [
                {"name": "South", "share": "40%", "members": [{"name": "Li", "weight": 5, "min": 2}]},
                {"name": "North", "share": "60%"},
            ]
        },
        ["South in cascade: share none → 40 %", "North in cascade: share none → 60 %"],
    ),
    "a proposal": (
        {"proposals": [{"name": "Li", "period": "2027-05", "amount": 20}]},
        ["Li in 2027-05 in proposals: amount 30 → 20"],
    ),
    "a decision that is gone": ({"decided": []}, ["North in 2027-05 in decided (removed): amount 40"]),
}


@pytest.mark.parametrize(("changes", "expected"), CHANGES.values(), ids=CHANGES)
def test_change_beside_the_quotas_is_told_and_moves_none(
    changes: dict[str, Any], expected: list[str]
) -> None:
    said = told(PLAN, PLAN | changes)
    assert len(said) == len(expected)
    assert all(one.startswith(start) for one, start in zip(said, expected, strict=True)), said


def test_same_plans_differ_in_nothing() -> None:
    assert told(PLAN, PLAN) == []


def test_many_nodes_that_differ_are_told_by_their_number() -> None:
    old = {"cascade": [{"name": f"Store {number}"} for number in range(30)]}
    new = {"cascade": [{"name": f"Store {number}", "weight": 2} for number in range(31)]}
    assert told(old, new) == ["cascade: nodes 30 → 31, altered 0 → 31"]


def test_two_contingencies_of_one_deed_are_told_apart() -> None:
    old, new = (
        {
            "contingency": [
                {"when": f"2027-11 < {part}", "do": "sale"},
                {"when": "2027-12 < 80%", "do": "sale"},
            ]
        }
        for part in ("85%", "70%")
    )
    assert told(old, new) == ["sale in contingency: when 2027-11 < 85% → 2027-11 < 70%"]


def test_section_that_is_all_new_is_told_entry_by_entry() -> None:
    assert told({}, PLAN)[:2] == [
        "order_value in drivers (new): default 200, 2027-11 to 2027-12 220",
        "conversion in drivers (new): default 1.4 %",
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param({}, {"spends": False}, "spends none → no", id="no"),
        pytest.param({"spends": False}, {"spends": True}, "spends no → yes", id="yes"),
    ],
)
def test_a_flag_that_says_no_is_told(old: dict[str, Any], new: dict[str, Any], words: str) -> None:
    margin = {"formula": "30% of quota", "unit": "money"}
    assert told({"kpis": {"margin": margin | old}}, {"kpis": {"margin": margin | new}}) == [
        f"margin in kpis: {words}"
    ]


def test_a_number_that_says_0_is_told() -> None:
    assert told({"teams": {"Shop": {"lead_days": 5}}}, {"teams": {"Shop": {"lead_days": 0}}}) == [
        "Shop in teams: lead_days 5 → 0"
    ]
