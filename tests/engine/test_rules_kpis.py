"""Rules about drivers, budgets and sources, just inside and just outside of each threshold."""

from fractions import Fraction
from typing import Any

import pytest
from findings import Fields, Found, findings, found, number, only, told

from target_cascade.engine.cascade import cascade
from target_cascade.engine.check import check
from target_cascade.errors import InfeasibleError
from target_cascade.plan import Plan
from target_cascade.sentence import amount, ratio
from target_cascade.write.cell_text import sentence_text

QUOTA = 100
"""What each month brings in these plans: it is held, so that a formula's value is known."""


def planned(**fields: Any) -> Fields:
    return {
        "target": 12 * QUOTA,
        "currency": "CNY",
        "limits": [{"months": "1-12", "hold": QUOTA, "because": "x"}],
        **fields,
    }


def driven(driver: Any, formula: str = "quota / assumed", **guardrails: Any) -> Fields:
    kpis = {"orders": {"formula": formula, "unit": "count"}}
    return planned(drivers={"assumed": driver}, kpis=kpis, guardrails=guardrails)


def reached(times: str, limit: str = "1.2") -> list[Found]:
    return [Found("warning", ("drivers", "assumed", "best"), ratio(number(times)), ratio(number(limit)))]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(driven({"default": 12, "best": 10}), [], id="on the threshold"),
        pytest.param(driven({"default": "12.1", "best": 10}), reached("1.21"), id="above it"),
        pytest.param(driven({"default": 8, "best": 10}), [], id="worse than the best"),
        pytest.param(driven({"default": 99}), [], id="no best"),
        pytest.param(driven({"default": 9, 6: "12.5", 7: 13, "best": 10}), reached("1.3"), id="two months"),
        pytest.param(
            driven({"default": 13, "best": 10}, kpi_reach="1.1"), reached("1.3", "1.1"), id="a plan's own"
        ),
        pytest.param(driven({"default": 10, "best": 12, "better": "lower"}), [], id="lower, on it"),
        pytest.param(
            driven({"default": 10, "best": "12.1", "better": "lower"}), reached("1.21"), id="lower, beyond it"
        ),
        pytest.param(
            driven({"default": 10, "best": "12.1"}, "quota * assumed"), reached("1.21"), id="lower by itself"
        ),
        pytest.param(driven({"default": 12, "best": 1, "better": "lower"}), [], id="lower, worse"),
        pytest.param(
            driven({"from": "1.4%", "to": "2.5%", "best": "2%"}), reached("1.25"), id="a glide to its end"
        ),
    ],
)
def test_driver_far_better_than_its_best(fields: Fields, expected: list[Found]) -> None:
    assert found("kpi-reach", fields) == expected


@pytest.mark.parametrize(
    ("driver", "words"),
    [
        pytest.param(
            {"default": "1.7%", 6: "2.21%", 7: "2.1%", "best": "1.7%"},
            "`assumed` has to be 2.21 % in 2027-06, which is ×1.30 of its best (1.7 %) and more than ×1.20;"
            " it is so in 2 months",
            id="a share in two months",
        ),
        pytest.param(
            {"default": 50, 3: 25, "best": 50, "better": "lower"},
            "`assumed` has to be 25 in 2027-03; its best (50) is ×2.00 of that and more than ×1.20",
            id="lower in one month",
        ),
        pytest.param(
            {"default": "2.0001", "best": "1.6667"},
            "`assumed` has to be 2 in 2027-01, which is ×1.20004 of its best (1.67) and more than ×1.20000;"
            " it is so in 12 months",
            id="close to the threshold",
        ),
        pytest.param(
            {"default": 3, "best": 0},
            "`assumed` has to be 3 in 2027-01 and was never better than 0; it is so in 12 months",
            id="a best of nothing",
        ),
    ],
)
def test_words_of_kpi_reach(driver: Fields, words: str) -> None:
    assert told("kpi-reach", driven(driver)) == words


@pytest.mark.parametrize(
    ("driver", "assumed"),
    [
        pytest.param({"default": "2.5%", "best": "1.7%"}, "2.04%", id="higher"),
        pytest.param({"default": "0.5", "best": "0.85", "better": "lower"}, "0.709", id="lower, rounded up"),
        pytest.param({"default": 3, "best": 0}, 0, id="a best of nothing"),
    ],
)
def test_driver_that_the_remedy_tells_is_within_reach(driver: Fields, assumed: Any) -> None:
    formula = "quota / (1 + assumed)"
    remedy = sentence_text(only("kpi-reach", driven(driver, formula)).remedy)
    assert remedy.startswith(f"assume {str(assumed).replace('%', ' %')} at ")
    assert found("kpi-reach", driven({**driver, "default": assumed}, formula)) == []


def spending(budget: Any = 30, **amounts: str) -> Fields:
    return planned(
        kpis={name: {"formula": of, "unit": "money", "team": "Shop"} for name, of in amounts.items()},
        teams={"Shop": {"budget": budget}},
    )


def over(spent: Any, budget: Any) -> list[Found]:
    return [Found("error", ("teams", "Shop", "budget"), amount(number(spent)), amount(number(budget)))]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(spending(ads="30"), [], id="on the budget"),
        pytest.param(spending(ads="30.01"), over("30.01", 30), id="above it"),
        pytest.param(spending(ads="20", gifts="11"), over(31, 30), id="two together"),
        pytest.param(spending(ads="20", all_of_it="ads + 10"), [], id="a part of another is counted once"),
        pytest.param(spending("30% of quota", ads="31% of quota"), over(31, 30), id="a part of the quota"),
        pytest.param(spending("quota / 3", ads="quota / 3"), [], id="a third, which has no end"),
        pytest.param(
            spending("quota / 400", ads="quota / 800", gifts="quota / 800"),
            [],
            id="halves, rounded up",
        ),
        pytest.param({**spending(ads="31"), "teams": {"Shop": {}}}, [], id="no budget"),
        pytest.param(
            {**spending(ads="31"), "teams": {"Shop": {"budget": 30}, "Idle": {"budget": 0}}},
            over(31, 30),
            id="another team spends nothing",
        ),
    ],
)
def test_team_above_its_budget(fields: Fields, expected: list[Found]) -> None:
    assert found("budget", fields) == expected


def test_words_of_a_budget_tell_the_worst_month_and_the_sum() -> None:
    fields = spending(ads="30 + costs") | {"drivers": {"costs": {"default": 0, 3: 5, 4: "7.5"}}}
    assert told("budget", fields) == (
        "`Shop` is to spend 37.5 in 2027-04, 7.5 above its budget of 30; it is so in 2 months, by 12.5 in sum"
    )
    assert sentence_text(only("budget", fields).remedy) == (
        "agree on 12.5 more, or find what `ads` can do without"
    )


def buying(budget: Any, *costs: Any, ads: str = "0") -> Fields:
    """A team that needs 10 visits a month, and up to 5 from each source."""
    return planned(
        kpis={
            "visits": {"formula": "10", "unit": "count", "team": "Shop"},
            "ads": {"formula": ads, "unit": "money", "team": "Shop"},
        },
        sources={"visits": [{"name": f"source {i}", "cost": c, "max": 5} for i, c in enumerate(costs)]},
        teams={"Shop": {"budget": budget}},
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(buying(25, 2, 3), [], id="on the budget"),
        pytest.param(buying("24.98", 2, 3), over(25, "24.98"), id="above it"),
        pytest.param(buying("24.99", 2, 3), [], id="by no more than rounding can bring"),
        pytest.param(buying(25, 2, 3, ads="25"), [], id="not added to what is spent"),
        pytest.param(buying(24, 2, 3, ads="26"), over(26, 24) + over(25, 24), id="each of its own"),
        pytest.param({**buying(0, 2, 3), "teams": {"Shop": {}}}, [], id="no budget"),
        pytest.param(
            {**buying(0, 2, 3), "teams": {"Shop": {}, "Other": {"budget": 0}}}, [], id="another team's budget"
        ),
    ],
)
def test_sources_above_the_budget_of_their_team(fields: Fields, expected: list[Found]) -> None:
    assert found("budget", fields) == expected


def test_words_of_sources_above_a_budget() -> None:
    fields = buying(25, "2 + rise", 3) | {"drivers": {"rise": {"default": 0, 3: 1, 4: "1.5"}}}
    assert told("budget", fields) == (
        "`Shop` is to pay 32.5 for the sources of `visits` in 2027-04, 7.5 above its budget of 25;"
        " it is so in 2 months, by 12.5 in sum"
    )
    assert sentence_text(only("budget", fields).remedy) == (
        "agree on 12.5 more, or find cheaper sources of `visits`, or take fewer"
    )


def test_margin_that_is_no_spending_is_in_no_budget() -> None:
    fields = spending(30, ads="30", margin="quota / 2")
    assert found("budget", fields) == over(80, 30)
    fields["kpis"]["margin"]["spends"] = "no"
    assert found("budget", fields) == []


def bounded(formula: str, most: Any, unit: str = "count", **fields: Any) -> Fields:
    return planned(kpis={"views": {"formula": formula, "unit": unit, "max": most}}, **fields)


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        pytest.param(bounded("50", 50), None, id="a count on its max"),
        pytest.param(bounded("50.1", "50.2"), None, id="both rounded up to the same"),
        pytest.param(bounded("50.1", 50), 51, id="a count above"),
        pytest.param(bounded("quota / 3", "quota / 3", "money"), None, id="money that has no end, on it"),
        pytest.param(bounded("quota / 3 + 1", "quota / 3", "money"), "34.33", id="money above"),
    ],
)
def test_kpi_above_its_max(fields: Fields, value: Any) -> None:
    expected = [] if value is None else [("error", ("kpis", "views", "max"), amount(number(value)))]
    assert [found[:3] for found in found("budget", fields)] == expected


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param(
            bounded("50 + extra", 50, drivers={"extra": {"default": 0, 2: 3, 3: 4}}),
            "`views` comes to 54 in 2027-03, 4 above its `max` of 50; it is so in 2 months, by 7 in sum",
            id="a count",
        ),
        pytest.param(
            bounded("quota / 300", "0.25", "minutes"),
            "`views` comes to 0.333 in 2027-01, 0.0833 above its `max` of 0.25; it is so in 12 months",
            id="a ratio has no sum",
        ),
        pytest.param(
            bounded("quota / 300", "25%", "share"),
            "`views` comes to 33.3 % in 2027-01, 8.33 % above its `max` of 25 %; it is so in 12 months",
            id="a share",
        ),
    ],
)
def test_words_of_a_kpi_above_its_max(fields: Fields, words: str) -> None:
    assert told("budget", fields) == words


def sourced(*most: Any) -> Fields:
    return planned(
        kpis={"visits": {"formula": "quota * wish", "unit": "count"}},
        drivers={"wish": {"default": 1, 5: 3}},
        sources={"visits": [{"name": f"source {i}", "cost": 1, "max": cap} for i, cap in enumerate(most)]},
    )


@pytest.mark.parametrize(
    ("fields", "unfilled"),
    [
        pytest.param(sourced(300), None, id="filled to the last"),
        pytest.param(sourced(100, 200), None, id="filled by two"),
        pytest.param(sourced(100, 199), 1, id="one is missing"),
        pytest.param(planned(sources={}), None, id="no sources"),
    ],
)
def test_sources_that_leave_something_unfilled(fields: Fields, unfilled: int | None) -> None:
    expected = Found("error", ("sources", "visits"), amount(Fraction(unfilled or 0)), amount(Fraction(0)))
    assert found("budget", fields) == ([] if unfilled is None else [expected])


@pytest.mark.parametrize(
    ("most", "words"),
    [
        pytest.param(250, "the sources of `visits` leave 50 of the 300 of 2027-05 unfilled", id="one month"),
        pytest.param(
            90,
            "the sources of `visits` leave 210 of the 300 of 2027-05 unfilled;"
            f" 12 months lack {11 * 10 + 210} of 1,400",
            id="all months",
        ),
    ],
)
def test_words_of_unfilled_sources(most: int, words: str) -> None:
    assert told("budget", sourced(most)) == words


@pytest.mark.parametrize("rule", ["kpi-reach", "budget", "peak-day", "unowned"])
def test_plan_without_kpis_has_nothing_to_judge(rule: str) -> None:
    assert findings(rule, planned()) == []


def test_kpis_that_cannot_be_computed_are_no_finding_but_an_error_with_its_place() -> None:
    fields = planned(
        kpis={
            "orders": {"formula": "quota / nothing", "unit": "count"},
            "visits": {"formula": "quota / (quota - 100)"},
        },
        drivers={"nothing": 0},
    )
    with pytest.raises(InfeasibleError) as caught:
        check(cascade(Plan.model_validate({"year": 2027, **fields})))
    assert [problem.path for problem in caught.value.problems] == [
        ("kpis", "orders", "formula"),
        ("kpis", "visits", "formula"),
    ]
