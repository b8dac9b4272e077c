"""Rules about new business, on plans just inside and just outside of each threshold."""

from typing import Any

import pytest
from findings import Fields, Found, figures, found, number, only

from target_cascade.sentence import amount, share

ENTRIES = ("new_business",)
# What the last three months are worth against the nine before: 9 to 9, and 10 to 9.
HALF_LATE, MORE_THAN_HALF_LATE = {"shape": [1] * 9 + [3, 3, 3]}, {"shape": [1] * 9 + [3, 3, 4]}
WHOLE_LATE = {"guardrails": {"new_business_late": "100%"}}


def business(expect: Any, **keys: Any) -> Fields:
    return {"new_business": [{"name": "JD", "expect": expect, **keys}]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, [], id="none"),
        pytest.param(business(200), [], id="on the threshold"),
        pytest.param(business(201), [("warning", 201, "0.2")], id="above it"),
        pytest.param(business(400, count_on="50%"), [], id="on it as it is counted on"),
        pytest.param(business(402, count_on="50%"), [("warning", 201, "0.2")], id="above it as counted on"),
        pytest.param(
            business(201) | {"buffer": "10%"}, [("warning", 201, "0.2")], id="of the target, not of P"
        ),
        pytest.param({"new_business": {"JD": 100, "DD": 101}}, [("warning", 201, "0.2")], id="two together"),
        pytest.param(business(350), [("warning", 350, "0.2")], id="on the threshold of errors"),
        pytest.param(business(351), [("error", 351, "0.35")], id="above the threshold of errors"),
        pytest.param(
            business(301) | {"guardrails": {"new_business_share": "30%"}},
            [("warning", 301, "0.3")],
            id="above a threshold of the plan",
        ),
        pytest.param(
            business(300) | {"guardrails": {"new_business_share": "30%"}}, [], id="on a threshold of the plan"
        ),
        pytest.param(
            business(101) | {"guardrails": {"new_business_share_error": "10%"}},
            [("error", 101, "0.1")],
            id="above a threshold of errors of the plan",
        ),
    ],
)
def test_share(fields: Fields, expected: list[tuple[str, int, str]]) -> None:
    assert found("new-business-share", fields) == [
        Found(severity, ENTRIES, share(number(brought) / 1000), share(number(limit)))
        for severity, brought, limit in expected
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(business(100), [], id="even months"),
        pytest.param(business(100) | {"base": HALF_LATE}, [], id="on the threshold"),
        pytest.param(
            business(100) | {"base": MORE_THAN_HALF_LATE}, [(number("10/19"), "0.5")], id="above it"
        ),
        # A ramp of nine months from April has 7, 8 and 9 of its 45 steps in the last three.
        pytest.param(
            business(100, start=4, ramp=9) | {"base": {"shape": [1] * 12}},
            [(number("24/45"), "0.5")],
            id="ramp",
        ),
        pytest.param(
            {
                "base": {"shape": [1] * 12},
                "new_business": {"JD": {"expect": 100, "start": 4, "ramp": 9}, "DD": 100},
            },
            [],
            id="late alone but not with another",
        ),
        pytest.param(business(0) | {"base": MORE_THAN_HALF_LATE}, [], id="nothing is expected"),
        pytest.param(
            business(100) | {"base": MORE_THAN_HALF_LATE, "guardrails": {"new_business_late": "52.6%"}},
            [(number("10/19"), "0.526")],
            id="above a threshold of the plan",
        ),
        pytest.param(
            business(100) | {"base": MORE_THAN_HALF_LATE, "guardrails": {"new_business_late": "52.7%"}},
            [],
            id="inside a threshold of the plan",
        ),
    ],
)
def test_late_together(fields: Fields, expected: list[tuple[Any, str]]) -> None:
    assert found("new-business-late", fields) == [
        Found("warning", ENTRIES, share(part), share(number(limit))) for part, limit in expected
    ]


@pytest.mark.parametrize(
    ("fields", "late"),
    [
        pytest.param(business(100, start="2027-09-30"), [], id="last day before"),
        pytest.param(business(100, start="2027-10-01"), [0], id="first day of the last three months"),
        pytest.param(business(100, start=12), [0], id="last month"),
        pytest.param(business(100, start=10, count_on=0), [], id="not counted on"),
        pytest.param(
            {
                "new_business": {
                    "A": {"expect": 1, "start": 11},
                    "B": 1,
                    "C": {"expect": 1, "start": 12},
                }
            },
            [0, 2],
            id="two of three",
        ),
        pytest.param(business(100, start=1) | {"year": "2027-04"}, [0], id="January of a year from April"),
        pytest.param(business(100, start=12) | {"year": "2027-04"}, [], id="December of a year from April"),
    ],
)
def test_late_start(fields: Fields, late: list[int]) -> None:
    assert found("new-business-late", fields | WHOLE_LATE) == [
        Found("warning", (*ENTRIES, position)) for position in late
    ]


def test_remedy_of_share_says_why_it_asks_for_less_than_the_threshold_of_errors() -> None:
    remedy = only("new-business-share", business(351)).remedy
    assert figures(remedy) == [amount(number(200)), share(number("0.2")), amount(number(151))]


@pytest.mark.parametrize("rule", ["new-business-share", "without-new-business"])
def test_amounts_of_new_business_are_whole_units(rule: str) -> None:
    finding = only(rule, business("400.125", count_on="93%") | {"target": "1000.5"})
    amounts = [one.value for one in figures(finding.message + finding.remedy) if one.kind == "amount"]
    assert amounts
    assert all(value == int(value) for value in amounts)


def test_remedy_of_late_does_not_name_a_large_entry_that_is_in_time() -> None:
    # Of `large`, from the year's second month on, 10 ÷ 18 is late and of `late` all but a little.
    large, late = {"expect": 900, "start": 2}, {"expect": 100, "start": "2027-09-20"}
    fields = {"base": HALF_LATE, "target": 5000, "new_business": {"large": large, "late": late}}
    assert "bring `late` forward" in str(only("new-business-late", fields).remedy)


def test_remedy_of_late_brings_nothing_forward_that_starts_with_the_year() -> None:
    remedy = str(only("new-business-late", business(100) | {"base": MORE_THAN_HALF_LATE}).remedy)
    assert "count on less of `JD`" in remedy
    assert "forward" not in remedy


def test_remedy_of_late_names_the_entry_that_brings_most_at_the_end() -> None:
    fields = {
        "base": MORE_THAN_HALF_LATE,
        "new_business": {"early": {"expect": 110}, "late": {"expect": 90, "start": "2027-09"}},
    }
    assert "bring `late` forward" in str(only("new-business-late", fields).remedy)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, [], id="no new business"),
        pytest.param(business(150), [], id="on the threshold"),
        pytest.param(business(151), [(849, "0.85")], id="below it"),
        pytest.param(business(250) | {"buffer": "10%"}, [], id="on it with a buffer"),
        pytest.param(business(251) | {"buffer": "10%"}, [(849, "0.85")], id="below it with a buffer"),
        pytest.param(
            business(300) | {"buffer": "5%", "rounding": 100}, [(800, "0.85")], id="P is rounded up"
        ),
        pytest.param(business(302, count_on="50%"), [(849, "0.85")], id="as it is counted on"),
        pytest.param({"new_business": {"JD": 100, "DD": 51}}, [(849, "0.85")], id="two together"),
        pytest.param(
            business(101) | {"guardrails": {"without_new_business": "90%"}},
            [(899, "0.9")],
            id="below a threshold of the plan",
        ),
        pytest.param(
            {"guardrails": {"without_new_business": "120%"}}, [], id="no new business and a high threshold"
        ),
    ],
)
def test_without(fields: Fields, expected: list[tuple[int, str]]) -> None:
    assert found("without-new-business", fields) == [
        Found("warning", ENTRIES, share(number(left) / 1000), share(number(limit)))
        for left, limit in expected
    ]


@pytest.mark.parametrize(
    ("fields", "spare"),
    [
        # P − T is what may fail: with P = 1100, 100 of the 300, which is not told as more than it is.
        pytest.param(
            business(300) | {"buffer": "10%"}, [amount(number(100)), share(number("0.333"))], id="some"
        ),
        pytest.param(business(300), [], id="nothing without a buffer"),
        pytest.param(
            business(50) | {"buffer": "10%", "guardrails": {"without_new_business": "110%"}},
            [amount(number(50)), share(number(1))],
            id="all of it",
        ),
    ],
)
def test_without_says_how_much_may_fail(fields: Fields, spare: list[Any]) -> None:
    message = only("without-new-business", fields).message
    assert figures(message)[3:] == spare
    assert ("none of it may fail" in str(message)) == (not spare)
