"""`check` as a whole: its rules, their order, what a plan accepts, and any plan that can be generated."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any, get_args

import pytest
from findings import FLAT, FLAT_TOTAL, Fields, figures, findings, held, months, only, plan_of
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import feasible, plan_fields

from target_cascade.engine.cascade import cascade
from target_cascade.engine.check import RULES, Accepted, Checked, Finding, Severity, check
from target_cascade.guardrails import OF_REVIEWS, RULE_NAMES, Guardrails
from target_cascade.plan import Limit, Plan
from target_cascade.sentence import Figure, Sentence
from target_cascade.write.cell_text import machine_cell, sentence_text

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
BELOW = {"without-new-business", "year-end-miss", "explained-growth", "back-loaded"}
"""Rules that find what is too little."""
EITHER = {"buffer", "growth", "one-off-in-base"}
"""Rules that find what is too little and what is too much."""

WEAK: Fields = {
    "target": 6000,
    "base": months({3: 0}),
    "new_business": {"JD": {"expect": 2200, "start": 11}},
    "adjust": [
        {"name": "A", "lift": "60%", "months": 5, "factor": "market"},
        {"name": "B", "lift": "20%", "months": 5, "because": "x"},
    ],
    "limits": [{"months": 1, "hold": 900}],
}
"""A plan in which many rules find something."""


def checked(fields: Fields) -> Checked:
    return check(cascade(plan_of(fields)))


def accepting(*rules: str) -> Fields:
    accepted = [{"rule": rule, "because": f"{rule} is meant"} for rule in rules]
    return {**WEAK, "guardrails": {"accept": accepted}}


def test_rules_are_those_that_a_plan_can_accept_and_in_that_order() -> None:
    assert tuple(rule.name for rule in RULES) == RULE_NAMES


def test_each_threshold_is_read_by_a_rule_or_by_reviews() -> None:
    read = [*(key for rule in RULES for key in rule.thresholds), *OF_REVIEWS]
    assert sorted(read) == sorted(set(Guardrails.model_fields) - {"accept"})


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_rule_explains_itself(rule: Any) -> None:
    assert not rule.finds.endswith(".")
    assert all(f"`{key}`" in rule.formula for key in rule.thresholds), "its formula names its thresholds"
    for text in (rule.why, rule.formula, rule.remedy):
        assert text.endswith(".")
        assert all(len(paragraph.split(". ")) <= 6 for paragraph in text.split("\n\n"))


def test_findings_come_by_severity_then_by_rule_then_as_in_the_file() -> None:
    found = checked(WEAK).findings
    order = [(SEVERITIES.index(f.severity), RULE_NAMES.index(f.rule)) for f in found]
    assert order == sorted(order)
    assert {f.severity for f in found} == set(SEVERITIES)
    paths = [f.path for f in found if f.rule == "because" and f.severity == "warning"]
    assert paths == [("new_business", 0), ("limits", 0)]


def test_severities_are_counted() -> None:
    found = checked(WEAK)
    counts = {severity: found.count(severity) for severity in SEVERITIES}
    assert sum(counts.values()) == len(found.findings)
    assert counts["error"] == [f.severity for f in found.findings].count("error") == 1


@pytest.mark.parametrize("rule", sorted({finding.rule for finding in checked(WEAK).findings}))
def test_accepted_rule_is_silent_and_keeps_its_reason(rule: str) -> None:
    all_of_them = checked(WEAK).findings
    left = checked(accepting(rule))
    assert left.findings == tuple(finding for finding in all_of_them if finding.rule != rule)
    silenced = tuple(finding for finding in all_of_them if finding.rule == rule)
    assert left.accepted == (Accepted(rule, f"{rule} is meant", ("guardrails", "accept", 0), silenced),)


def test_accepted_rule_that_finds_nothing_is_kept() -> None:
    left = checked(accepting("borrowed-shape", "growth"))
    assert [(one.rule, one.path[-1], bool(one.findings)) for one in left.accepted] == [
        ("borrowed-shape", 0, False),
        ("growth", 1, True),
    ]


def test_plan_without_weak_points_has_no_findings() -> None:
    factors = ("market", "channel", "opportunity", "team")
    fields = {
        "target": FLAT_TOTAL,
        "buffer": "5%",
        "base": FLAT,
        "adjust": [{"name": f, "factor": f, "lift": "1%", "because": "x"} for f in factors],
    }
    assert checked(fields) == Checked((), ())


def with_add(fields: Fields, brings: Fraction) -> Fields:
    return {**fields, "adjust": [*fields.get("adjust", []), {"name": "new", "add": brings}]}


def with_limit(fields: Fields, limit: Fields) -> Fields:
    return {**fields, "limits": [*fields.get("limits", []), limit]}


@pytest.mark.parametrize(
    ("rule", "fields", "done"),
    [
        pytest.param(
            "new-business-share",
            {"new_business": {"JD": 400}},
            lambda _, most, _share, _beyond: {"new_business": {"JD": most}},
            id="new-business-share",
        ),
        pytest.param(
            "without-new-business",
            {"new_business": {"JD": 400}, "buffer": "5%"},
            lambda fields, less: {**fields, "new_business": {"JD": 400 - less}},
            id="without-new-business",
        ),
        pytest.param(
            "year-end-share",
            {"base": months({11: 170, 12: 157}), "target": 1500, "limits": held({1: 50, 2: 50, 3: 50})},
            lambda fields, most: {**fields, "year_end": {"max_share": most}},
            id="year-end-share",
        ),
        pytest.param(
            "year-end-miss",
            {"base": {"shape": months({12: 333})}},
            lambda fields, buffer: {**fields, "buffer": buffer},
            id="year-end-miss",
        ),
        pytest.param("buffer", {}, lambda _, buffer: {"buffer": buffer}, id="buffer that is small"),
        pytest.param(
            "buffer", {"buffer": "40%"}, lambda _, buffer: {"buffer": buffer}, id="buffer that is large"
        ),
        pytest.param("growth", {"base": FLAT, "target": 3333}, with_add, id="growth"),
        pytest.param(
            "growth",
            {"base": FLAT, "target": 3333, "adjust": [{"name": "A", "lift": "7%", "months": "3-8"}]},
            with_add,
            id="growth with lifts",
        ),
        pytest.param(
            "explained-growth",
            {"base": FLAT, "target": 3333, "new_business": {"JD": 123}},
            with_add,
            id="explained-growth",
        ),
        pytest.param(
            "one-off-in-base",
            {"base": {"months": months({6: 3})}},
            lambda _, mean: {"base": {"months": months({6: 3}), "fix": {6: mean}}},
            id="one-off-in-base",
        ),
        pytest.param(
            "month-reach",
            {
                "base": FLAT,
                "target": 2000,
                "limits": [{"months": 6, "min": 700}],
                "guardrails": {"month_step": 99},
            },
            lambda fields, _asked, most: {**fields, "limits": [{"months": 6, "min": most}]},
            id="month-reach of a minimum",
        ),
        pytest.param(
            "month-reach",
            {"base": FLAT, "target": 1300, "limits": [{"months": 6, "min": 200}]},
            lambda fields, _asked, most: {**fields, "limits": [{"months": 6, "min": most}]},
            id="month-reach of a minimum, from month to month",
        ),
        pytest.param(
            "month-reach",
            {"base": FLAT, "target": 1300, "adjust": [{"name": "A", "months": 6, "lift": "90%"}]},
            lambda fields, most: with_limit(fields, {"months": 6, "max": most}),
            id="month-reach of a lift",
        ),
        pytest.param(
            "month-reach",
            {
                "base": FLAT,
                "target": 2000,
                "adjust": [{"name": "A", "months": 6, "add": 700}],
                "guardrails": {"month_step": 99},
            },
            # Last year's business brings a twelfth of what the add leaves of the year.
            lambda fields, _asked, most: {
                **fields,
                "adjust": [{"name": "A", "months": 6, "add": (most - Fraction(2000, 12)) * 12 // 11}],
            },
            id="month-reach of an add",
        ),
        pytest.param(
            "year-end-share",
            {"base": FLAT, "target": 2000, "year_end": {"min": 900}},
            lambda fields, _asked, most: {**fields, "year_end": {"min": most}},
            id="year-end-share of a minimum",
        ),
        pytest.param(
            "year-end-share",
            {"base": FLAT, "target": 2000, "new_business": [{"name": "A", "expect": 900, "start": 12}]},
            lambda fields, _asked, most: {
                **fields,
                "new_business": [{"name": "A", "expect": (most - Fraction(2000, 6)) * 6 // 5, "start": 12}],
            },
            id="year-end-share of new business",
        ),
        pytest.param(
            "year-end-share",
            {
                "base": FLAT,
                "target": 2000,
                "year_end": {"months": "10-12", "max": 1000},
                "adjust": [{"name": "A", "months": "11-12", "lift": "90%"}],
            },
            lambda fields, most: with_limit(fields, {"months": "11-12", "together": True, "max_share": most}),
            id="year-end-share beside a longer year end",
        ),
        pytest.param(
            "back-loaded",
            {"base": FLAT, "target": 3333, "adjust": [{"name": "A", "months": "7-12", "add": 1500}]},
            lambda fields, least: with_limit(fields, {"months": "1-6", "together": True, "min": least}),
            id="back-loaded",
        ),
    ],
)
def test_what_the_remedy_says_is_enough(rule: str, fields: Fields, done: Callable[..., Fields]) -> None:
    told = [figure.value for figure in figures(only(rule, fields).remedy)]
    assert findings(rule, done(fields, *told)) == []


@given(plan_fields())
def test_plan_stays_possible_with_the_bounds_that_are_advised(fields: Fields) -> None:
    plan = feasible(fields).plan
    maxima, others = advised(plan)
    for bounds in (maxima, *([other] for other in others)):
        cascade(plan.model_copy(update={"limits": (*plan.limits, *bounds)}))


def test_bounds_that_are_advised() -> None:
    lift = {"name": "A", "months": "11-12", "lift": "400%"}
    maxima, others = advised(plan_of({"base": FLAT, "target": 3000, "adjust": [lift]}))
    assert [bound.months for bound in maxima] == [(10,)]
    assert [bound.months for bound in others] == [(10, 11), tuple(range(6))]


def advised(plan: Plan) -> tuple[list[Limit], list[Limit]]:
    """The bounds that remedies tell to write: one for each month that is found, and the others, which
    are meant one by one."""
    labels = [month.label for month in plan.year.months]
    maxima: dict[int, Limit] = {}
    others = []
    for finding in check(cascade(plan)).findings:
        for words, figure in pairwise(finding.remedy.parts):
            if not isinstance(words, str) or not isinstance(figure, Figure):
                continue
            value = Fraction(figure.value)
            if words.endswith("a `max` of "):
                month = max(range(12), key=lambda month: words.find(labels[month]))
                assert maxima.setdefault(month, bound((month,), "max", value)).max == value
            elif words == "hold them to ":
                others.append(bound((10, 11), "max_share", value))
            elif words.endswith("and a `min` of "):
                others.append(bound(tuple(range(6)), "min", value))
    return list(maxima.values()), others


def bound(months: tuple[int, ...], key: str, value: Fraction) -> Limit:
    limit = Limit.model_construct(months=months, together=len(months) > 1)
    return limit.model_copy(update={key: value})


CLOSE = Fraction(1, 10_000)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        pytest.param(
            "new-business-share", {"new_business": {"JD": 200 + 1000 * CLOSE}}, id="new-business-share"
        ),
        pytest.param("buffer", {"buffer": Fraction(3, 100) - CLOSE}, id="buffer that is small"),
        pytest.param("buffer", {"buffer": Fraction(15, 100) + CLOSE}, id="buffer that is large"),
        pytest.param(
            "year-end-share",
            {"target": 100_000, "year_end": {"hold": 33_010}},
            id="year-end-share",
        ),
        pytest.param("growth", {"base": FLAT, "target": 2401}, id="growth"),
        pytest.param(
            "growth",
            {"base": FLAT, "target": 10_799, "rounding": 1} | {"base": [1000] * 12},
            id="growth that is low",
        ),
        pytest.param("lift-size", {"adjust": [{"name": "A", "lift": "50.01%"}]}, id="lift-size"),
    ],
)
def test_value_and_limit_that_are_close_do_not_look_alike(rule: str, fields: Fields) -> None:
    finding = only(rule, fields)
    assert finding.value is not None
    assert finding.limit is not None
    told = {one.value: sentence_text(Sentence((one,))) for one in figures(finding.message)}
    assert told[finding.value.value] != told[finding.limit.value]


WHOLE = {"festival_days", "equal_split"}
THRESHOLDS = st.dictionaries(
    st.sampled_from(sorted(set(Guardrails.model_fields) - WHOLE - {"accept", "year_end_miss"})),
    st.sampled_from([0, Fraction(1, 100), Fraction(1, 2), 1]),
    max_size=8,
)


@given(plan_fields(), THRESHOLDS, st.sampled_from(["CNY", "EUR", None]))
def test_any_plan_can_be_checked(fields: Fields, thresholds: Fields, currency: str | None) -> None:
    written = {**fields, "guardrails": thresholds, **({"currency": currency} if currency else {})}
    _can_be_written(check(feasible(written)).findings)


NUMBERS = st.sampled_from(["0.001", "0.07", "1", "1.21", "3", "33.3%", "98%", "250"])
PEOPLE = st.lists(st.sampled_from([0, 1, 1, 2, 50]), min_size=1, max_size=7).filter(any)


@st.composite
def kpis_and_people(draw: st.DrawFn) -> Fields:
    """A small shop with any numbers, in a currency with or without decimals, and a tree of people."""
    driver = {"from": draw(NUMBERS), "to": draw(NUMBERS), "best": draw(NUMBERS)}
    better = draw(st.sampled_from([{}, {"better": "higher"}, {"better": "lower"}]))
    unit = draw(st.sampled_from(["count", "money"]))
    return {
        "target": draw(st.sampled_from([1000, 33_333, 10**9])),
        "currency": draw(st.sampled_from(["JPY", "CNY", "KWD"])),
        "drivers": {"a": driver | better, "b": {"default": draw(NUMBERS), 3: draw(NUMBERS), "team": "T"}},
        "kpis": {
            "orders": {"formula": "quota / a", "unit": "count", "team": "T"},
            "costs": {"formula": "orders * b / 7", "unit": unit, "team": "T", "max": "quota / 3"},
            "rate": {"formula": "costs / quota", "max": draw(NUMBERS)},
        },
        "sources": {"orders": [{"name": "s", "cost": 1, "max": "quota / 11"}]},
        "teams": {"T": {"budget": "quota / 9", "capacity_per_day": {"costs": 7}, "lead_days": 30}},
        "cascade": [
            {"name": f"p{i}", "weight": weight, **({"start": 5} if weight == 2 else {})}
            for i, weight in enumerate([1, *draw(PEOPLE)])
        ],
    }


@given(kpis_and_people(), THRESHOLDS, st.dates(date(2026, 10, 1), date(2028, 2, 1)))
def test_any_kpis_and_people_can_be_checked(fields: Fields, thresholds: Fields, today: date) -> None:
    plan = plan_of({**fields, "guardrails": thresholds})
    _can_be_written(check(cascade(plan), today).findings)


def _can_be_written(found: Iterable[Finding]) -> None:
    severities = {rule.name: rule.severities for rule in RULES}
    for finding in found:
        assert finding.severity in severities[finding.rule]
        assert _passes_its_limit(finding)
        assert not re.search(r"None|Fraction|Figure", _words(finding))


def _words(finding: Finding) -> str:
    """Everything that is said of a finding, as text: so every figure can be written."""
    cells = (machine_cell(cell, "text") for cell in (finding.value, finding.limit))
    return " ".join((sentence_text(finding.message), sentence_text(finding.remedy), *cells))


def _passes_its_limit(finding: Finding) -> bool:
    value, limit = finding.value, finding.limit
    if value is None or limit is None:
        return limit is None
    above, below = value.value > limit.value, value.value < limit.value
    if finding.rule in EITHER:
        return value.kind == limit.kind and value.value != limit.value
    return value.kind == limit.kind and (below if finding.rule in BELOW else above)


@settings(max_examples=60)
@given(plan_fields())
def test_order_of_entries_changes_no_finding(fields: Fields) -> None:
    def said(of: Fields) -> list[tuple[str, str, Figure | None]]:
        return sorted(
            ((f.rule, f.severity, f.value) for f in check(feasible(of)).findings),
            key=lambda one: (*one[:2], one[2].value if one[2] is not None else Fraction(-1)),
        )

    turned = {key: fields[key][::-1] for key in ("adjust", "new_business", "limits")}
    assert said({**fields, **turned}) == said(fields)
