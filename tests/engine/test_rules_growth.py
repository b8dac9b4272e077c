"""Rules that hold the plan against last year, just inside and just outside of each threshold."""

from typing import Any

import pytest
from findings import FLAT, Fields, Found, figures, findings, found, held, months, number, only

from target_cascade.sentence import amount, ratio, share

TARGET = ("target",)
STEPS_ARE_FREE = {"guardrails": {"month_step": 1000}}
# This year's July is closed, and last year sold in July only.
NOTHING_LEFT = {
    "base": months({7: 1200}, other=0),
    "days": [{"dates": "2027-07-01..2027-07-31", "weight": 0}],
    "adjust": [{"name": "A", "months": 8, "add": 1000}],
}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"base": FLAT, "target": 2400}, [], id="on the threshold"),
        pytest.param({"base": FLAT, "target": 2401}, [("warning", 2401, "2")], id="above it"),
        pytest.param(
            {"base": FLAT, "target": 2400, "buffer": "5%"}, [("warning", 2520, "2")], id="with the buffer"
        ),
        pytest.param(
            {"base": FLAT, "target": 2500, "new_business": {"JD": 100}}, [], id="what new business leaves"
        ),
        pytest.param({"base": FLAT, "target": 1080}, [], id="on the threshold of notes"),
        pytest.param(
            {"base": FLAT, "target": 1079}, [("note", 1079, "0.9")], id="below the threshold of notes"
        ),
        pytest.param(
            {"base": FLAT, "target": 3601, "guardrails": {"growth": 3}},
            [("warning", 3601, "3")],
            id="above a threshold of the plan",
        ),
        pytest.param(
            {"base": FLAT, "target": 1081, "guardrails": {"growth_note": "95%"}},
            [("note", 1081, "0.95")],
            id="below a threshold of the plan",
        ),
        pytest.param({"target": 10_000}, [], id="no base"),
        pytest.param({"base": {"shape": [1] * 12}}, [], id="a shape"),
        pytest.param({**NOTHING_LEFT, "base": [0] * 12}, [], id="a last year of 0"),
        pytest.param(NOTHING_LEFT, [], id="nothing of last year on this year's calendar"),
    ],
)
def test_growth(fields: Fields, expected: list[tuple[str, int, str]]) -> None:
    assert found("growth", fields) == [
        Found(severity, TARGET, ratio(number(total) / 1200), ratio(number(limit)))
        for severity, total, limit in expected
    ]


def test_remedy_of_growth_says_how_much_has_no_name() -> None:
    # With lifts of 10 % a growth of 2 would bring 2 · 1200 · 1.1.
    fields = {"base": FLAT, "target": 3000, "adjust": [{"name": "A", "lift": "10%"}]}
    assert figures(only("growth", fields).remedy) == [amount(number(3000 - 2 * 1320))]


def added(total: Any) -> Fields:
    return {"adjust": [{"name": "A", "add": total}]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # 3600 − 1200 = 2400 more than last year, of which causes have to explain 720.
        pytest.param({"target": 3600, **added(720)}, [], id="on the threshold"),
        pytest.param({"target": 3600, **added(719)}, [number("719/2400")], id="below it"),
        pytest.param({"target": 3600, "new_business": {"JD": 720}}, [], id="new business, on the threshold"),
        pytest.param(
            {"target": 3600, "new_business": {"JD": 719}}, [number("719/2400")], id="new business, below"
        ),
        pytest.param(
            {"target": 3600, "adjust": [{"name": "A", "lift": "25%"}]},
            [],
            id="a lift, on the threshold",  # g = 3600 ÷ 1500, and g · 25 % · 1200 = 720
        ),
        pytest.param(
            {"target": 3600, "adjust": [{"name": "A", "lift": "10%"}]},
            [number("3600/1320") * number("0.1") * 1200 / 2400],
            id="a lift, below",
        ),
        pytest.param(
            {"target": 3600, **added(360), "new_business": {"JD": 359}}, [number("719/2400")], id="several"
        ),
        pytest.param({"target": 3600, **added(-100)}, [number("-100/2400")], id="causes that take"),
        pytest.param({"target": 1800}, [], id="growth that needs no name"),
        pytest.param({"target": 1801}, [number(0)], id="growth that needs a name"),
        pytest.param(
            {"target": 1801, "guardrails": {"explained_growth_above": 2}}, [], id="a growth of the plan"
        ),
        pytest.param(
            {"target": 3600, **added(720), "guardrails": {"explained_growth": "30.1%"}},
            [number("0.3")],
            id="a threshold of the plan",
        ),
        # g = (1200 + 660) ÷ 1200, though the year is to bring no more than the last.
        pytest.param({"target": 1200, **added(-660)}, [], id="no more than last year"),
        pytest.param({"target": 1200, "base": None}, [], id="no base"),
    ],
)
def test_explained_growth(fields: Fields, expected: list[Any]) -> None:
    limit = fields.get("guardrails", {}).get("explained_growth")
    plan = {key: value for key, value in {"base": FLAT, **fields}.items() if value is not None}
    assert found("explained-growth", plan) == [
        Found("warning", TARGET, share(part), share(number("0.301" if limit else "0.3"))) for part in expected
    ]


CLOSED_HALF = {"days": [{"dates": "2027-06-01..2027-06-15", "weight": 0}]}
"""Of June's 30 days 15 are left, so that its base on this year's calendar is 50."""


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"limits": held({6: 500})}, [], id="on the threshold"),
        pytest.param({"limits": held({6: 501})}, [("5.01", 5)], id="above it"),
        pytest.param({"limits": held({6: 250}), **CLOSED_HALF}, [], id="on this year's calendar"),
        pytest.param(
            {"limits": held({6: 251}), **CLOSED_HALF}, [("5.02", 5)], id="above on this year's calendar"
        ),
        pytest.param({"limits": held({6: 501, 9: 503})}, [("5.03", 5)], id="two, told at once"),
        pytest.param({"base": months({6: 0}), "limits": held({6: 501})}, [], id="a month without base"),
        pytest.param({"base": None, "limits": held({6: 900})}, [], id="no base"),
        pytest.param({"base": {"shape": [1] * 12}, "limits": held({6: 900})}, [], id="a shape"),
    ],
)
def test_month_far_above_last_year(fields: Fields, expected: list[tuple[str, int]]) -> None:
    plan = {
        key: value for key, value in {"base": FLAT, "target": 2000, **fields}.items() if value is not None
    }
    assert found("month-reach", plan | STEPS_ARE_FREE) == [
        Found("warning", TARGET, ratio(number(reach)), ratio(number(limit))) for reach, limit in expected
    ]


def test_months_far_above_last_year_are_named() -> None:
    plan = {"base": FLAT, "target": 2000, "limits": held({6: 501, 9: 503}), **STEPS_ARE_FREE}
    finding = only("month-reach", plan)
    assert [figure.value for figure in figures(finding.message)] == [5, number("5.01"), number("5.03")]
    assert all(month in str(finding.message) for month in ("2027-06", "2027-09"))
    assert "lower `limits[1]`" in str(finding.remedy)
    assert figures(finding.remedy) == [amount(number(503)), amount(number(500))]


WARM_JUNE = [{"name": "warm", "months": 6, "lift": "200%", "because": "x"}]


def test_month_that_is_found_twice_is_given_one_maximum() -> None:
    # Both thresholds are passed in June; the step from May is the tighter: 1.5 times of May's quota.
    fields = {"base": FLAT, "target": 2800, "adjust": WARM_JUNE, "guardrails": {"month_reach": 3}}
    far, step = findings("month-reach", fields)
    assert "give 2027-06 a `max`" in str(far.remedy)
    assert figures(far.remedy) == figures(step.remedy) == [amount(number("1.5") * 200)]


def test_amounts_of_explained_growth_are_whole_units() -> None:
    fields = {"base": months({6: "0.005"}), "target": 3600}
    assert figures(only("explained-growth", fields).message)[0] == amount(number(3600 - 1100))


@pytest.mark.parametrize(
    ("base", "holds", "expected"),
    [
        pytest.param(FLAT, {6: 100, 7: 150}, [], id="on the threshold"),
        pytest.param(FLAT, {6: 100, 7: 151}, ["1.51"], id="above it"),
        pytest.param(months({7: 200}), {6: 100, 7: 300}, [], id="a step of last year"),
        pytest.param(months({7: 200}), {6: 100, 7: 302}, ["1.51"], id="above a step of last year"),
        pytest.param(months({7: 50}), {6: 100, 7: 76}, ["1.52"], id="a fall that is too small"),
        pytest.param(months({6: 0}), {7: 300}, [], id="no base in the month before"),
        pytest.param(months({7: 0}), {7: 300}, [], id="no base in the month"),
        pytest.param(FLAT, {6: 0, 7: 140}, [], id="no quota in the month before"),
        pytest.param(FLAT, {1: 160}, [], id="the first month has none before it"),
        pytest.param(FLAT, {6: 70, 7: 110, 9: 60, 10: 100}, ["11/7", "5/3"], id="two steps, one by one"),
        pytest.param(None, {6: 100, 7: 300}, [], id="no base"),
    ],
)
def test_sudden_step(base: Any, holds: dict[int, int], expected: list[str]) -> None:
    # All months that are not held get 100, or what their base says.
    total = sum((base or FLAT)[month - 1] if month not in holds else holds[month] for month in range(1, 13))
    fields = {"target": total, "limits": held(holds), "guardrails": {"growth_note": 0}}
    assert found("month-reach", fields | ({"base": base} if base else {})) == [
        Found("warning", TARGET, ratio(number(step)), ratio(number("1.5"))) for step in expected
    ]


def test_step_of_the_plan() -> None:
    fields = {"base": FLAT, "target": 1290, "limits": held({7: 190}), "guardrails": {"month_step": 2}}
    assert found("month-reach", fields) == []
    assert found("month-reach", {**fields, "guardrails": {"month_step": "1.8"}}) != []


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        pytest.param(
            [{"months": [m for m in range(1, 13) if m != 6], "max": 100}],
            "let `limits[0]` allow more",
            id="held months",
        ),
        pytest.param([{"months": 6, "min": 200}], "lower `limits[0]`, which asks for ", id="a minimum"),
        pytest.param([], "give the month a `max`", id="nothing"),
    ],
)
def test_maximum_is_advised_where_the_other_months_can_carry_the_rest(
    limits: list[Fields], told: str
) -> None:
    fields = {"base": FLAT, "target": 1300, "adjust": WARM_JUNE, "limits": limits}
    assert told in str(only("month-reach", fields).remedy)
