"""Rules about the year's end, its first half and the buffer, just inside and just outside."""

from typing import Any

import pytest
from findings import FLAT, FLAT_TOTAL, Fields, Found, figures, found, held, months, number, only, plan_of

from target_cascade.engine.cascade import cascade
from target_cascade.engine.check import check
from target_cascade.sentence import amount, share

WITH_A_BASE = {"base": FLAT, "target": FLAT_TOTAL}
OF_LAST_YEAR = number("2/12") + number("0.03")
"""What the last two months may carry after a year without a season."""


def ending(total: Any) -> Fields:
    """The last two months held at an amount."""
    return {"year_end": {"hold": total, "because": "x"}}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(ending(330), [], id="without a base, on the threshold"),
        pytest.param(ending(331), [(number("0.331"), number("0.33"))], id="without a base, above it"),
        pytest.param(ending(330) | {"base": {"shape": [1] * 12}}, [], id="a shape is no last year"),
        pytest.param(WITH_A_BASE | ending(236), [], id="with a base, on the threshold"),
        pytest.param(
            WITH_A_BASE | ending(237), [(number("237/1200"), OF_LAST_YEAR)], id="with a base, above"
        ),
        pytest.param(
            {"base": {"months": months({11: 50, 12: 50}), "fix": {11: 100, 12: 100}}, "target": FLAT_TOTAL}
            | ending(236),
            [],
            id="a base after repairs",
        ),
        pytest.param(
            WITH_A_BASE | ending(260) | {"guardrails": {"year_end_over_base": "5%"}},
            [],
            id="points of the plan",
        ),
        pytest.param(
            WITH_A_BASE | ending(261) | {"guardrails": {"year_end_over_base": "5%"}},
            [(number("261/1200"), number("2/12") + number("0.05"))],
            id="above points of the plan",
        ),
        pytest.param(
            ending(251) | {"guardrails": {"year_end_share": "25%"}},
            [(number("0.251"), number("0.25"))],
            id="above a share of the plan",
        ),
        pytest.param(
            {"year": "2027-04", **ending(331)}, [(number("0.331"), number("0.33"))], id="a year from April"
        ),
    ],
)
def test_year_end_share(fields: Fields, expected: list[tuple[Any, Any]]) -> None:
    assert found("year-end-share", fields) == [
        Found("warning", ("year_end",), share(part), share(limit)) for part, limit in expected
    ]


def test_year_end_that_is_not_bounded_is_a_matter_of_the_target() -> None:
    by_month = {"limits": held({11: 200, 12: 131})}
    assert only("year-end-share", by_month).path == ("target",)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # P = 1030: 15 % of 200 is the whole buffer of 30.
        pytest.param({"buffer": "3%", **ending(200)}, [], id="the buffer is just enough"),
        pytest.param(
            {"buffer": "3%", **ending(201)},
            [Found("warning", ("buffer",), amount(1030 - number("0.15") * 201), amount(number(1000)))],
            id="it lacks a little",
        ),
        pytest.param(
            ending(100),
            [Found("warning", ("target",), amount(number(985)), amount(number(1000)))],
            id="no buffer",
        ),
        pytest.param(ending(0), [], id="nothing can miss"),
        pytest.param(
            {"buffer": "3%", "guardrails": {"year_end_miss": "10%"}, **ending(300)},
            [],
            id="a miss of the plan",
        ),
        pytest.param(
            {"buffer": "3%", "guardrails": {"year_end_miss": "10%"}, **ending(301)},
            [Found("warning", ("buffer",), amount(1030 - number("0.1") * 301), amount(number(1000)))],
            id="beyond a miss of the plan",
        ),
        pytest.param({"guardrails": {"year_end_miss": 0}}, [], id="no miss at all"),
    ],
)
def test_year_end_miss(fields: Fields, expected: list[Found]) -> None:
    assert found("year-end-miss", fields) == expected


@pytest.mark.parametrize(
    ("hold", "buffer"),
    [
        # β = 1/(1 − 0.15·s) − 1 at s = 100/1000 is 1.52… %, and at s = 400/1000 6.38… %.
        pytest.param(100, "0.016", id="a tenth"),
        pytest.param(400, "0.064", id="four tenths"),
    ],
)
def test_year_end_miss_says_which_buffer_would_do(hold: int, buffer: str) -> None:
    assert figures(only("year-end-miss", ending(hold)).remedy) == [share(number(buffer))]


def test_no_buffer_would_do_where_all_of_the_year_may_miss() -> None:
    everything = {"guardrails": {"year_end_miss": "100%"}, **ending(1000)}
    assert figures(only("year-end-miss", everything).remedy) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, [("target", 0, "0.03")], id="none"),
        pytest.param({"buffer": 0}, [("buffer", 0, "0.03")], id="none, and said so"),
        pytest.param({"buffer": "2.9%"}, [("buffer", "0.029", "0.03")], id="below the least"),
        pytest.param({"buffer": "3%"}, [], id="the least"),
        pytest.param({"buffer": "15%"}, [], id="the largest"),
        pytest.param({"buffer": "15.1%"}, [("buffer", "0.151", "0.15")], id="above the largest"),
        pytest.param(
            {"buffer": "2.9%", "rounding": 100}, [("buffer", "0.029", "0.03")], id="P is rounded up"
        ),
        pytest.param({"guardrails": {"buffer_min": 0}}, [], id="a least buffer of the plan"),
        pytest.param(
            {"buffer": "6%", "guardrails": {"buffer_max": "5%"}},
            [("buffer", "0.06", "0.05")],
            id="above the largest of the plan",
        ),
    ],
)
def test_buffer(fields: Fields, expected: list[tuple[str, Any, str]]) -> None:
    assert found("buffer", fields) == [
        Found("warning", (key,), share(number(buffer)), share(number(limit)))
        for key, buffer, limit in expected
    ]


def first_half(total: int) -> Fields:
    return {"limits": [{"months": "1-6", "together": True, "hold": total, "because": "x"}]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"base": FLAT, **first_half(450)}, [], id="on the threshold"),
        pytest.param({"base": FLAT, **first_half(449)}, [("0.449", "0.45")], id="below it"),
        pytest.param({"base": {"shape": [1] * 12}, **first_half(450)}, [], id="a shape, on the threshold"),
        pytest.param(
            {"base": {"shape": [1] * 12}, **first_half(449)}, [("0.449", "0.45")], id="a shape, below"
        ),
        pytest.param(first_half(100), [], id="neither base nor shape"),
        pytest.param(
            {"base": [100] * 6 + [300] * 6, **first_half(200)}, [], id="a light first half of last year"
        ),
        pytest.param(
            {"base": [100] * 6 + [300] * 6, **first_half(199)},
            [("0.199", "0.2")],
            id="lighter than last year",
        ),
        pytest.param(
            {"base": FLAT, **first_half(399), "guardrails": {"back_loaded": "10%"}},
            [("0.399", "0.4")],
            id="points of the plan",
        ),
        pytest.param(
            {"base": [0] * 12, "adjust": [{"name": "A", "months": 12, "add": 1000}]},
            [],
            id="a last year of 0",
        ),
    ],
)
def test_back_loaded(fields: Fields, expected: list[tuple[str, str]]) -> None:
    assert found("back-loaded", fields) == [
        Found("warning", ("target",), share(number(part)), share(number(limit))) for part, limit in expected
    ]


LABELS = [f"2027-{month:02d}" for month in range(1, 13)]


def closed_through(over: int, actual: int, quota: int = 100) -> Fields:
    """A block in which each closed month brought `actual` of `quota`."""
    return {
        "through": LABELS[over - 1],
        "months": {label: {"quota": quota, "actual": actual} for label in LABELS[:over]},
        "open": dict.fromkeys(LABELS[over:], quota),
        "first": dict.fromkeys(LABELS, quota),
    }


@pytest.mark.parametrize(
    ("over", "actual", "missed"),
    [
        # Σ = closed · actual + open · 100, less 15 % of the open months of the last two; the target is 1,140.
        pytest.param(3, 100, 1140 - (1200 - 30), id="the buffer covers a miss"),
        pytest.param(5, 90, 1140 - (1150 - 30), id="what came in has used it up"),
        pytest.param(11, 95, 1140 - (1145 - 15), id="one of the two is over"),
        pytest.param(12, 50, 0, id="nothing can miss any more"),
    ],
)
def test_year_end_of_a_revision_is_judged_by_what_came_in(over: int, actual: int, missed: int) -> None:
    fields = {"target": 1140, "buffer": "5%", "closed": closed_through(over, actual)}
    found = [one for one in check(cascade(plan_of(fields))).findings if one.rule == "year-end-miss"]
    assert [one.limit.value - one.value.value for one in found if one.limit and one.value] == (
        [missed] if missed > 0 else []
    )


def test_months_that_are_over_need_no_contingency_and_no_earlier_start() -> None:
    block = closed_through(6, 10)
    block["months"]["2027-01"]["quota"] = 5000
    block["first"]["2027-01"] = 5000
    base = {"months": [5000, *[1000] * 11]}
    fields = {"target": 6100, "base": base, "closed": block}
    rules = {one.rule for one in check(cascade(plan_of(fields))).findings}
    assert not rules & {"contingency", "back-loaded", "month-reach"}
