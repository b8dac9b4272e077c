"""Rules about named causes, just inside and just outside of each threshold."""

from typing import Any

import pytest
from findings import FLAT, Fields, Found, figures, found, months, number, only

from target_cascade.errors import Path
from target_cascade.sentence import Figure, amount, count, share

ENTRIES = ("adjust",)
BECAUSE = {"because": "the mill has said so"}


def adjust(*entries: Fields) -> Fields:
    return {"adjust": [{"name": f"entry {i}", **entry} for i, entry in enumerate(entries)]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(adjust({"months": 6, "lift": "50%"}), [], id="on the threshold"),
        pytest.param(adjust({"months": 6, "lift": "50.1%"}), [(0, "0.501", "0.5")], id="above it"),
        pytest.param(adjust({"lift": "90%"}), [(0, "0.9", "0.5")], id="a lift of all months"),
        pytest.param(
            adjust({"days": "2027-06-11", "lift": "80%"}), [(0, "0.8", "0.5")], id="a lift of a single day"
        ),
        pytest.param(
            adjust({"months": 1, "lift": "51%"}, {"months": 2, "lift": "9%"}, {"months": 3, "lift": "52%"}),
            [(0, "0.51", "0.5"), (2, "0.52", "0.5")],
            id="two of three",
        ),
        pytest.param(adjust({"months": 6, "lift": "-90%"}), [], id="a lift that takes"),
        pytest.param(adjust({"months": 6, "add": 900}), [], id="an add is no lift"),
        pytest.param(
            adjust({"months": 6, "lift": "31%"}) | {"guardrails": {"lift_size": "30%"}},
            [(0, "0.31", "0.3")],
            id="above a threshold of the plan",
        ),
    ],
)
def test_size_of_one_lift(fields: Fields, expected: list[tuple[int, str, str]]) -> None:
    assert found("lift-size", fields) == [
        Found("warning", (*ENTRIES, position), share(number(lift)), share(number(limit)))
        for position, lift, limit in expected
    ]


def test_remedy_of_lift_size_says_what_the_lift_stands_for() -> None:
    # g = 1260 ÷ (11 · 100 + 100 · 1.6) = 1, so that a lift of 60 % on a base of 100 brings 60.
    fields = {"base": FLAT, "target": 1260, **adjust({"months": 6, "lift": "60%"})}
    assert figures(only("lift-size", fields).remedy) == [amount(number(60))]


SIXTY = ({"months": 6, "lift": "30%"}, {"months": "6-7", "lift": "30%"})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(adjust(*SIXTY), [], id="on the threshold"),
        pytest.param(adjust(*SIXTY, {"months": 6, "lift": "0.1%"}), [("0.601", "0.6")], id="above it"),
        # Of June's 30 days ten have 45 % more: 15 % of the month.
        pytest.param(
            adjust({"months": 6, "lift": "45%"}, {"days": "2027-06-01..2027-06-10", "lift": "45%"}),
            [],
            id="days, on the threshold",
        ),
        pytest.param(
            adjust({"months": 6, "lift": "45%"}, {"days": "2027-06-01..2027-06-11", "lift": "45%"}),
            [(number("0.45") * (1 + number("11/30")), "0.6")],
            id="days, above it",
        ),
        # A day worth 11 has 11 of the 40 effective days of its month.
        pytest.param(
            adjust({"months": 6, "lift": "50%"}, {"days": "2027-06-18", "lift": "50%"})
            | {"days": [{"day": "06-18", "weight": 11}]},
            [(number("0.5") * (1 + number("11/40")), "0.6")],
            id="a day that is worth more",
        ),
        pytest.param(
            adjust(*SIXTY, {"months": 6, "lift": "20%"}, {"months": 6, "lift": "-20%"}),
            [],
            id="less what takes",
        ),
        pytest.param(
            adjust(
                *({"months": "6-7", "lift": f"{lift}%"} for lift in (21, 22, 23)), {"months": 7, "lift": "1%"}
            ),
            [("0.67", "0.6")],
            id="two months, told at once by the worse",
        ),
        pytest.param(
            adjust(*SIXTY, {"months": 6, "lift": "5%"}) | {"base": months({6: 0})}, [], id="no base"
        ),
        pytest.param(
            adjust({"months": 6, "lift": "31%"}, {"months": 6, "lift": "10%"})
            | {"guardrails": {"lifts_of_a_month": "40%"}},
            [("0.41", "0.4")],
            id="above a threshold of the plan",
        ),
        pytest.param(
            adjust({"months": 6, "lift": "80%"}) | {"guardrails": {"lift_size": "90%"}},
            [("0.8", "0.6")],
            id="one lift that may be so large",
        ),
    ],
)
def test_lifts_of_a_month(fields: Fields, expected: list[tuple[Any, str]]) -> None:
    assert found("lift-size", fields) == [
        Found("warning", ENTRIES, share(number(lifts)), share(number(limit))) for lifts, limit in expected
    ]


def test_one_lift_that_is_too_large_is_told_once_where_it_is_alone() -> None:
    alone, too_many = {"months": 6, "lift": "80%"}, {"months": 6, "lift": "1%"}
    assert [f.path for f in found("lift-size", adjust(alone))] == [(*ENTRIES, 0)]
    assert [f.path for f in found("lift-size", adjust(alone, too_many))] == [(*ENTRIES, 0), ENTRIES]


def test_lifts_of_months_are_named_with_the_largest_of_the_worst() -> None:
    fields = adjust(
        {"months": 6, "lift": "31%"}, {"months": "6-7", "lift": "32%"}, {"months": 7, "lift": "33%"}
    )
    finding = only("lift-size", fields)
    assert [figure.value for figure in figures(finding.message)[1:]] == [number("0.63"), number("0.65")]
    assert "`entry 2`" in str(finding.remedy)


@pytest.mark.parametrize(
    ("entry", "base", "trips"),
    [
        pytest.param({"months": 11, "lift": "5%"}, FLAT, True, id="a month"),
        pytest.param({"months": "1-11", "lift": "5%"}, FLAT, True, id="all months but one"),
        pytest.param({"lift": "5%"}, FLAT, False, id="all months"),
        pytest.param({"months": "1-12", "lift": "5%"}, FLAT, False, id="all months by name"),
        pytest.param({"days": "2027-11-08..2027-11-13", "lift": "5%"}, FLAT, True, id="days"),
        pytest.param({"days": "2027-01-31..2027-12-01", "lift": "5%"}, FLAT, False, id="days of all months"),
        pytest.param({"months": 11, "lift": "-5%"}, FLAT, True, id="a lift that takes"),
        pytest.param({"months": 11, "lift": "5%", **BECAUSE}, FLAT, False, id="with a reason"),
        pytest.param({"months": 11, "lift": "5%", "factor": "trend"}, FLAT, False, id="another factor"),
        pytest.param({"months": 11, "lift": "5%", "factor": None}, FLAT, False, id="no factor"),
        pytest.param({"months": 11, "add": 5}, FLAT, False, id="an add"),
        pytest.param(
            {"months": "10-11", "lift": "5%"}, months({11: 0}), True, id="one of them sold last year"
        ),
        pytest.param({"months": 11, "lift": "5%"}, months({11: 0}), False, id="none of them sold last year"),
        pytest.param({"months": 11, "lift": "5%"}, {"shape": [1] * 12}, True, id="a shape"),
        pytest.param({"months": 11, "lift": "0%"}, FLAT, False, id="a lift of nothing"),
        pytest.param({"months": 11, "lift": "5%"}, None, False, id="no base"),
    ],
)
def test_season_twice(entry: Fields, base: Any, trips: bool) -> None:
    written = {key: value for key, value in {"factor": "market", **entry}.items() if value is not None}
    fields = adjust({"add": 1}, written) | ({} if base is None else {"base": base})
    assert found("season-twice", fields) == ([Found("note", (*ENTRIES, 1))] if trips else [])


ALL_FACTORS = ("market", "trend", "channel", "opportunity", "team")


@pytest.mark.parametrize(
    ("factors", "base", "silent"),
    [
        pytest.param(ALL_FACTORS, None, "", id="all of them"),
        pytest.param(("market", "channel", "opportunity", "maturity"), FLAT, "", id="last year is the trend"),
        pytest.param(("market", "channel", "opportunity", "partner"), FLAT, "", id="partners are people"),
        pytest.param(("market", "trend", "opportunity", "team"), None, "channel", id="one is missing"),
        pytest.param(
            ("market", "channel", "opportunity", "team"),
            {"shape": [1] * 12},
            "trend",
            id="a shape is no trend",
        ),
        pytest.param(
            ("market", "trend", "channel", "opportunity"),
            None,
            "people (team, maturity, partner)",
            id="people",
        ),
        pytest.param(
            (None, "market"), FLAT, "channel, opportunity, people (team, maturity, partner)", id="three"
        ),
    ],
)
def test_five_factors(factors: tuple[str | None, ...], base: Any, silent: str) -> None:
    entries = [{"lift": 0, **({"factor": factor} if factor else {})} for factor in factors]
    fields = adjust(*entries) | ({} if base is None else {"base": base})
    told = [f"no adjustment speaks of {silent}"] if silent else []
    missing = silent.replace(", maturity, partner", "").count(",") + 1
    assert found("five-factors", fields) == [Found("note", ENTRIES, count(missing)) for _ in told]
    assert [only("five-factors", fields).message.parts for _ in told] == [(one,) for one in told]


def test_plan_without_adjustments_speaks_of_no_factor() -> None:
    assert found("five-factors", {}) == [Found("note", ("target",), count(5))]


def of_p(size: Any) -> Figure:
    """A part of the planned total of 1000."""
    return share(number(size) / 1000)


def note(path: Path, size: Any) -> Found:
    return Found("note", path, of_p(size))


def warning(path: Path, size: Any, limit: str = "0.05") -> Found:
    return Found("warning", path, of_p(size), share(number(limit)))


def repaired(amount_of_june: int, **keys: str) -> Fields:
    return {"base": {"months": FLAT, "fix": {6: amount_of_june}, **keys}}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(adjust({"add": 50}), [note((*ENTRIES, 0), 50)], id="an add, on the threshold"),
        pytest.param(adjust({"add": 51}), [warning((*ENTRIES, 0), 51)], id="an add, above it"),
        pytest.param(adjust({"add": -51}), [warning((*ENTRIES, 0), 51)], id="an add that takes"),
        pytest.param(adjust({"add": 51, **BECAUSE}), [], id="an add with a reason"),
        pytest.param(
            adjust({"add": 51, "owner": "HR", "fallback": "later"}), [warning((*ENTRIES, 0), 51)], id="others"
        ),
        # g = 1000 ÷ (1200 · 1.25) = 2/3, and the lift brings 2/3 · 25 % · 1200 = 200.
        pytest.param(adjust({"lift": "25%"}) | {"base": FLAT}, [warning((*ENTRIES, 0), 200)], id="a lift"),
        pytest.param(
            adjust({"lift": "5%", "months": 6}) | {"base": FLAT},
            [note((*ENTRIES, 0), number("1000/1205") * 5)],
            id="a small lift",
        ),
        pytest.param(adjust({"lift": "25%", **BECAUSE}), [], id="a lift with a reason"),
        pytest.param(adjust({"lift": 0}), [note((*ENTRIES, 0), 0)], id="a lift of nothing"),
        pytest.param({"new_business": {"JD": 50}}, [note(("new_business", 0), 50)], id="new business, on it"),
        pytest.param(
            {"new_business": {"JD": 51}}, [warning(("new_business", 0), 51)], id="new business, above"
        ),
        pytest.param(
            {"new_business": {"JD": {"expect": 100, "count_on": "50%"}}},
            [note(("new_business", 0), 50)],
            id="new business as it is counted on",
        ),
        pytest.param(
            {"new_business": {"JD": {"expect": 51, **BECAUSE}}}, [], id="new business with a reason"
        ),
        pytest.param(repaired(150), [note(("base", "fix"), 50)], id="a repair, on the threshold"),
        pytest.param(repaired(151), [warning(("base", "fix"), 51)], id="a repair, above it"),
        pytest.param(repaired(49), [warning(("base", "fix"), 51)], id="a repair downward"),
        pytest.param(repaired(151, because="the flood"), [], id="a repair with a reason"),
        pytest.param(
            {"base": {**{f"2026-{m:02d}": 100 for m in range(1, 13)}, "fix": {6: 130, 7: 79}}},
            [warning(("base", "fix"), 30 + 21)],
            id="repairs of months by name",
        ),
        pytest.param({"base": FLAT}, [], id="no repair"),
        pytest.param({"limits": [{"months": 6, "hold": 50}]}, [note(("limits", 0), 50)], id="a hold, on it"),
        pytest.param(
            {"limits": [{"months": 6, "hold": 51}]}, [warning(("limits", 0), 51)], id="a hold, above"
        ),
        pytest.param(
            {"limits": [{"months": "6-8", "hold": 17}]},
            [warning(("limits", 0), 51)],
            id="a hold of each month",
        ),
        pytest.param(
            {"limits": [{"months": "6-8", "together": True, "hold": 50}]},
            [note(("limits", 0), 50)],
            id="a hold of months together",
        ),
        pytest.param({"limits": [{"months": 6, "hold": 51, **BECAUSE}]}, [], id="a hold with a reason"),
        pytest.param({"limits": [{"months": 6, "min": 51, "max": 300}]}, [], id="a limit that holds nothing"),
        pytest.param({"year_end": {"hold": 51}}, [warning(("year_end",), 51)], id="a hold of the year's end"),
        pytest.param({"year_end": {"hold": 51, **BECAUSE}}, [], id="the year's end with a reason"),
        pytest.param({"year_end": {"max_share": "30%"}}, [], id="the year's end bounded only"),
        pytest.param(
            adjust({"add": 21}, {"add": 20}) | {"guardrails": {"without_because": "2%"}},
            [warning((*ENTRIES, 0), 21, "0.02"), note((*ENTRIES, 1), 20)],
            id="a threshold of the plan",
        ),
    ],
)
def test_because(fields: Fields, expected: list[Found]) -> None:
    assert found("because", fields) == expected


def test_sizes_are_of_the_planned_total() -> None:
    fields = adjust({"add": 51}) | {"buffer": "2%"}
    assert found("because", fields) == [Found("note", (*ENTRIES, 0), share(number("51/1020")))]
