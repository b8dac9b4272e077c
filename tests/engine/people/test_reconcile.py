"""What people propose beside what the cascade asks: gaps, rules, and totals that count nothing twice."""

from fractions import Fraction
from typing import Any

import pytest

from target_cascade.engine.cascade import cascade
from target_cascade.engine.people.reconcile import Reconciliation, Rule, reconcile
from target_cascade.errors import UsageError
from target_cascade.plan import Plan

TARGET = 3_660_000  # 10,000 for each day of 2012
TREE = [
    {"name": "South", "members": [{"name": "Li"}, {"name": "Wu"}]},
    {"name": "North", "members": [{"name": "An", "weight": "2"}]},
]
MARCH = 310_000
LI = MARCH // 4
"""What is asked of Li in March, to a unit; of An it is MARCH / 2."""


def plan_of(proposals: list[dict[str, Any]] | None, decided: Any = ()) -> Plan:
    fields = {"year": "2012", "target": str(TARGET), "cascade": TREE, "decided": list(decided)}
    return Plan.model_validate(fields | ({} if proposals is None else {"proposals": proposals}))


def reconciled(proposals: list[dict[str, Any]] | None, decided: Any = ()) -> Reconciliation:
    return reconcile(cascade(plan_of(proposals, decided)))


def march(name: str, amount: Any = None, **more: Any) -> dict[str, Any]:
    given = {} if amount is None else {"amount": str(amount)}
    return {"name": name, "period": "2012-03", **given, **more}


class TestRows:
    def test_a_gap_is_what_is_proposed_less_what_is_asked(self) -> None:
        result = reconciled([march("Li", 70_000, reason="no stock", needs="2 people")])
        (row,) = result.rows
        assert row.node is result.people.find("South/Li")
        assert abs(row.asked - LI) < 2
        assert row.gap == 70_000 - row.asked
        assert (row.reason, row.needs, row.decided, row.where) == (
            "no stock",
            "2 people",
            None,
            ("proposals", 0),
        )

    def test_the_largest_gap_comes_first_then_what_is_decided_and_what_is_missing_last(self) -> None:
        result = reconciled(
            [
                march("South"),
                march("Li", 78_000),
                march("Wu", 10_000, decided="70000", by="Chen"),
                march("North", 50_000),
            ]
        )
        assert [row.node.node.name for row in result.rows] == ["North", "Li", "Wu", "South"]
        assert [row.node.node.name for row in result.missing] == ["South"]

    def test_a_decision_of_the_plan_joins_the_proposal_for_its_period(self) -> None:
        decided = [march("South/Li", 75_000, by="Chen", because="agreed")]
        (row,) = reconciled([march("Li", 70_000)], decided).rows
        assert row.proposed == 70_000
        assert row.decided == 75_000
        assert (row.by, row.because) == ("Chen", "agreed")

    def test_a_decision_without_a_proposal_is_a_row_of_its_own(self) -> None:
        result = reconciled(None, [march("Li", 75_000)])
        (row,) = result.rows
        assert row.proposed is row.gap is None
        assert row.decided == 75_000
        assert row.where == ("decided", 0)
        assert result.missing == ()
        assert result.settled.months(result.settled.find("Li"))[2] == 75_000
        assert abs(result.people.months(result.people.find("Li"))[2] - LI) < 2

    def test_without_proposals_and_decisions_there_is_nothing_to_reconcile(self) -> None:
        with pytest.raises(UsageError, match="nothing to reconcile"):
            reconciled(None)


class TestOutcome:
    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            pytest.param("propose", lambda _: 70_001, id="propose"),
            pytest.param("top", lambda asked: asked, id="top"),
            pytest.param("mid", lambda asked: (asked + 70_001 + 1) // 2, id="mid, halves up"),
        ],
    )
    def test_an_open_row_follows_the_rule(self, rule: Rule, expected: Any) -> None:
        (row,) = reconciled([march("Li", 70_001)]).rows
        assert row.outcome(rule) == expected(row.asked)

    @pytest.mark.parametrize("rule", ["propose", "top", "mid"])
    def test_nothing_proposed_is_what_is_asked_and_not_0(self, rule: Rule) -> None:
        (row,) = reconciled([march("Li")]).rows
        assert (row.proposed, row.gap) == (None, None)
        assert row.outcome(rule) == row.asked > 0

    @pytest.mark.parametrize("rule", ["propose", "top", "mid"])
    def test_what_is_decided_stands_whatever_the_rule(self, rule: Rule) -> None:
        (row,) = reconciled([march("Li", 70_000, decided="0")]).rows
        assert row.outcome(rule) == 0

    def test_a_proposal_of_0_is_an_amount(self) -> None:
        (row,) = reconciled([march("Li", 0)]).rows
        assert row.proposed == row.outcome("propose") == 0
        assert row.gap == -row.asked


class TestTotals:
    def test_the_year_lands_where_the_outcomes_take_it(self) -> None:
        result = reconciled([march("Li", 70_000), march("An", 160_000), march("Wu")])
        asked = sum((row.asked for row in result.rows if row.proposed is not None), Fraction(0))
        assert result.asked == asked
        assert result.proposed == 230_000
        assert result.landing("propose") == TARGET + 230_000 - asked
        assert result.landing("top") == TARGET

    @pytest.mark.parametrize(
        ("proposals", "counted"),
        [
            pytest.param([march("Li", 70_000), march("South", 150_000)], ["South"], id="the node above wins"),
            pytest.param([march("Li", 70_000), march("South")], ["Li"], id="unless it proposes nothing"),
            pytest.param(
                [march("Li", 70_000), {"name": "South", "period": "4", "amount": "1"}],
                ["Li", "South"],
                id="or speaks of another month",
            ),
            pytest.param(
                [{"name": "Li", "period": "year", "amount": "9"}, march("South", 150_000)],
                ["South"],
                id="a longer period is left out as a whole",
            ),
            pytest.param([march("Li", 70_000), march("An", 1)], ["Li", "An"], id="siblings both count"),
        ],
    )
    def test_nothing_is_counted_twice(self, proposals: list[dict[str, Any]], counted: list[str]) -> None:
        result = reconciled(proposals)
        assert sorted(row.node.node.name for row in result.counted) == sorted(counted)
        assert result.proposed == sum(row.proposed or 0 for row in result.counted)

    def test_an_open_proposal_stands_beside_what_is_asked_after_a_siblings_decision(self) -> None:
        before, after = (
            reconciled([march("Wu", 60_000)]),
            reconciled([march("Wu", 60_000)], [march("Li", 75_000)]),
        )
        (open_before,) = before.rows
        open_row = next(row for row in after.rows if row.decided is None)
        decided = next(row for row in after.rows if row.decided is not None)
        # Li and Wu are all of South, so that Wu is asked for what Li need not bring.
        assert open_row.asked == open_before.asked + decided.asked - 75_000
        assert open_row.gap == 60_000 - open_row.asked
        settled = after.settled
        assert open_row.asked == settled.months(settled.find("Wu"))[2]
        assert after.landing("propose") == TARGET + 60_000 - open_row.asked
        assert after.landing("top") == TARGET

    def test_a_null_that_a_decision_has_answered_is_not_missing(self) -> None:
        result = reconciled([march("Wu")], [{"name": "Wu", "period": "Q1", "amount": "200_000"}])
        assert result.missing == ()
        assert [row.decided for row in result.rows] == [200_000]

    def test_a_longer_proposal_is_held_against_what_is_asked_with_the_decided_month(self) -> None:
        result = reconciled([{"name": "Li", "period": "Q1", "amount": "1"}], [march("Li", 75_000)])
        (row,) = result.counted
        settled = result.settled
        assert row.asked == sum(settled.months(settled.find("Li"))[:3])
        assert settled.months(settled.find("Li"))[2] == 75_000
        assert result.landing("propose") == TARGET + 1 - row.asked

    def test_what_no_sum_has_is_named(self) -> None:
        result = reconciled([march("Li", 70_000), march("South", 150_000)])
        assert [row.node.node.name for row in result.left_out] == ["Li"]
