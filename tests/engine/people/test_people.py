"""The quotas of teams and people (spec, "Teams and people"): laws over generated trees, and cases by hand."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plans import Fields, feasible
from trees import plans_with_trees

from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.people.quotas import NodeQuota, PeopleQuotas, people_quotas, productivity
from target_cascade.engine.weights import weighted_days
from target_cascade.errors import InfeasibleError, Path, UsageError
from target_cascade.people.node import Node
from target_cascade.plan import Plan

some = settings(max_examples=15)


def quotas_of(fields: Fields) -> PeopleQuotas:
    """The quotas of a plan; one in which nobody is there for an amount is no example."""
    return _possible(lambda: people_quotas(feasible(fields)))


def _possible(made: Callable[[], PeopleQuotas]) -> PeopleQuotas:
    try:
        return made()
    except InfeasibleError:
        assume(False)
        raise AssertionError from None


def columns(members: Sequence[NodeQuota]) -> list[int]:
    return [sum(units) for units in zip(*(member.units for member in members), strict=True)]


def all_units(people: PeopleQuotas) -> list[list[int]]:
    return [list(node.units) for node in people.nodes()]


class TestClosure:
    @some
    @given(plans_with_trees())
    def test_members_add_up_to_their_node_and_the_first_level_to_the_company_in_every_part_week(
        self, fields: Fields
    ) -> None:
        people = quotas_of(fields)
        for node in people.nodes():
            assert min(node.units) >= 0
            if node.members:
                assert columns(node.members) == list(node.units)
        company = [week.amount for month in people.cascade.months for week in month.parts]
        assert [units * people.unit for units in columns(people.roots)] == company
        assert [week.amount for week in people.weeks] == company

    @some
    @given(plans_with_trees())
    def test_months_and_the_year_are_sums_of_part_weeks(self, fields: Fields) -> None:
        people = quotas_of(fields)
        for node in people.nodes():
            weeks = people.weeks_of(node)
            assert [units * people.unit for units in node.units] == list(weeks)
            by_month = [
                sum(amount for amount, m in zip(weeks, people.month_of, strict=True) if m == month)
                for month in range(12)
            ]
            assert list(people.months(node)) == by_month
            assert people.year(node) == sum(by_month)
        assert sum(people.year(root) for root in people.roots) == people.cascade.planned_total


@lru_cache(maxsize=1)
def days_worth(people: PeopleQuotas) -> list[list[tuple[date, Fraction]]]:
    """The days of each part week with what they are worth."""
    worth = weighted_days(people.cascade.plan)
    return [[(day, Fraction(worth.weight(day))) for day in week.period.dates()] for week in people.weeks]


@lru_cache(maxsize=1000)
def leaf_by_hand(people: PeopleQuotas, at: Path | str) -> list[Fraction]:
    """What a leaf weighs in each part week, day by day; by where it is written."""
    plan = people.cascade.plan
    leaf = next(node.node for node in people.leaves() if node.node.where == at)
    first, last = leaf.start or date.min, leaf.end or date.max
    steps = [leaf.weight * productivity(plan, leaf, month) for month in range(12)]
    return [
        steps[month] * sum(w for day, w in week if first <= day <= last)
        for month, week in zip(people.month_of, days_worth(people), strict=True)
    ]


def weights_by_hand(people: PeopleQuotas, nodes: Iterable[Node]) -> list[list[Fraction]]:
    """What each node weighs in each part week, from its leaves."""
    weights: list[list[Fraction]] = []
    for node in nodes:
        leaves = [leaf_by_hand(people, leaf.where) for leaf in node.leaves()]
        weights.append([sum(column, Fraction(0)) for column in zip(*leaves, strict=True)])
    return weights


def ideals_by_hand(
    people: PeopleQuotas, members: Sequence[NodeQuota], amounts: Sequence[int]
) -> Iterator[list[Fraction]]:
    """Each member's ideal in each part week."""
    weights = weights_by_hand(people, [member.node for member in members])
    shares = [member.node.share for member in members]
    totals = [sum(column) for column in zip(*weights, strict=True)]
    for share, own in zip(shares, weights, strict=True):
        if share is not None:
            yield [amount * share for amount in amounts]
        else:
            yield [
                amount * w / total if total else Fraction(0)
                for amount, w, total in zip(amounts, own, totals, strict=True)
            ]


class TestIdeals:
    @some
    @given(plans_with_trees())
    def test_running_total_is_less_than_a_unit_from_its_ideal(self, fields: Fields) -> None:
        people = quotas_of(fields)
        for parent in (None, *people.nodes()):
            members = people.roots if parent is None else parent.members
            amounts = columns(members) if members else []
            for member, ideals in zip(members, ideals_by_hand(people, members, amounts), strict=True):
                reached = zip(accumulate(member.units), accumulate(ideals), strict=True)
                assert all(abs(total - ideal) < 1 for total, ideal in reached)

    @some
    @given(plans_with_trees())
    def test_nobody_gets_a_unit_where_the_ideal_is_0(self, fields: Fields) -> None:
        people = quotas_of(fields)
        nodes = list(people.nodes())
        for node, weights in zip(nodes, weights_by_hand(people, [n.node for n in nodes]), strict=True):
            absent = [t for t, weight in enumerate(weights) if not weight]
            assert not [t for t in absent if node.units[t]]

    @some
    @given(plans_with_trees())
    def test_equal_input_gives_equal_output(self, fields: Fields) -> None:
        assert all_units(quotas_of(fields)) == all_units(quotas_of(fields))

    @some
    @given(plans_with_trees())
    def test_names_decide_nothing(self, fields: Fields) -> None:
        renamed = {
            **fields,
            "cascade": {**fields["cascade"], "members": turned(fields["cascade"]["members"])},
        }
        assert all_units(quotas_of(fields)) == all_units(quotas_of(renamed))


def turned(members: list[Fields]) -> list[Fields]:
    """The same tree with the names of siblings the other way round."""
    names = [member["name"] for member in members][::-1]
    return [
        {**member, "name": name} | ({"members": turned(member["members"])} if "members" in member else {})
        for member, name in zip(members, names, strict=True)
    ]


class TestOverAssignment:
    @some
    @given(plans_with_trees(), st.sampled_from([0, 5, 40]), st.sampled_from([0, 7, 150]))
    def test_it_never_changes_a_true_quota(self, fields: Fields, first: int, second: int) -> None:
        assume(depth(fields["cascade"]["members"]) >= 3)
        over = {"level1": f"{first}%", "level2": f"{second}%"}
        people = quotas_of({**fields, "cascade": {**fields["cascade"], "over_assign": over}})
        assert all_units(people) == all_units(quotas_of(fields))
        for node in people.nodes():
            if node.depth == 0:
                assert list(node.assigned) == list(node.units)
            if node.members:
                more = 1 + Fraction((first, second, 0, 0)[node.depth], 100)
                handed = [sum(column) for column in zip(*(m.assigned for m in node.members), strict=True)]
                for total, own in zip(accumulate(handed), accumulate(node.assigned), strict=True):
                    assert 0 <= total - own * more < 1
        assert people.is_over_assigned == bool(first or second)

    def test_members_are_handed_more_in_proportion_to_their_quotas(self) -> None:
        people = quotas(
            [{"name": "South", "members": [{"name": "Li", "weight": "3"}, {"name": "Wu"}]}],
            over_assign={"level1": "5%"},
        )
        south, li = people.find("South"), people.find("Li")
        assert people.assigned_year(south) == people.year(south) == TARGET
        assert people.year(li) == TARGET * 3 / 4
        assert abs(people.assigned_year(li) - TARGET * 3 / 4 * Fraction("1.05")) < 1
        assert sum(people.assigned_months(li)) == sum(people.assigned_weeks(li)) == people.assigned_year(li)


def depth(members: list[Fields]) -> int:
    return max((1 + depth(member.get("members", [])) for member in members), default=0)


TARGET = 3_660_000  # 10,000 for each day of 2012, as a day is worth 1


def plan_of(members: Any, **tree: Any) -> Plan:
    rest: Fields = {
        key: tree.pop(key) for key in ("decided", "proposals", "rounding", "days", "year") if key in tree
    }
    fields: Fields = {"year": "2012", "target": str(TARGET), "cascade": {"members": members, **tree}}
    fields |= rest
    return Plan.model_validate(fields)


def quotas(members: Any, **tree: Any) -> PeopleQuotas:
    return people_quotas(cascade(plan_of(members, **tree)))


class TestActiveTime:
    def test_a_starter_works_up_the_ramp_beside_two_full_ones(self) -> None:
        """Li starts in April: 25 %, 50 %, 75 % of a full one's weight, then all of it."""
        people = quotas(
            [{"name": "Li", "start": "2012-04"}, {"name": "Wu"}, {"name": "An"}],
            ramp=["25%", "50%", "75%", "100%"],
        )
        li, wu = people.find("Li"), people.find("Wu")
        steps = [Fraction(step, 100) for step in (0, 0, 0, 25, 50, 75, *[100] * 6)]
        for month, step, of_li, of_wu in zip(
            people.cascade.months, steps, people.months(li), people.months(wu), strict=True
        ):
            assert abs(of_li - month.amount * step / (2 + step)) < 2
            assert abs(of_wu - month.amount * 1 / (2 + step)) < 2
        assert not any(people.months(li)[:3])

    def test_who_leaves_on_15_june_has_the_days_until_then(self) -> None:
        people = quotas([{"name": "Li", "end": "2012-06-15"}, {"name": "Wu"}])
        june = people.cascade.months[5].amount
        # Half of the part weeks until then and of the days of the one in which Li leaves, 11 to 17 June:
        # of its 7 days Li has 5 and Wu 7.
        part_weeks = [3, 7, 7, 7, 6]
        ideal = [Fraction(days, 30) * june for days in part_weeks]
        expected = ideal[0] / 2 + ideal[1] / 2 + ideal[2] * Fraction(5, 12)
        assert abs(people.months(people.find("Li"))[5] - expected) < 2
        assert set(people.months(people.find("Li"))[6:]) == {0}

    @pytest.mark.parametrize(
        ("year", "start", "month", "step"),
        [
            pytest.param("2012", None, 0, 1, id="no start"),
            pytest.param("2012", "2012-04-30", 2, 0, id="before the start"),
            pytest.param("2012", "2012-04-30", 3, Fraction(1, 4), id="the month of the start is the first"),
            pytest.param("2012", "2012-04-30", 4, Fraction(1, 2), id="the next is the second"),
            pytest.param("2012", "2012-04-01", 5, 1, id="after the ramp"),
            pytest.param("2012", "2011-12-31", 0, Fraction(1, 2), id="start a month before the year"),
            pytest.param("2012", "2011-11", 0, 1, id="start before the year, ramp over"),
            pytest.param("2012", "1990-01-01", 0, 1, id="start long ago"),
            pytest.param("2012", "2013-01-01", 11, 0, id="start after the year"),
            pytest.param("2012-04", "2012-03", 0, Fraction(1, 2), id="year from April"),
            pytest.param({"nrf": "2012"}, "2012-01-28", 0, Fraction(1, 2), id="retail: last period before"),
            pytest.param({"nrf": "2012"}, "2012-01-29", 0, Fraction(1, 4), id="retail: first period"),
            pytest.param({"nrf": "2012"}, "2000-01-29", 0, 1, id="retail: long ago"),
            pytest.param({"nrf": "2012"}, "2013-02-03", 11, 0, id="retail: after the year"),
        ],
    )
    def test_ramp_counts_months_since_the_start(
        self, year: Any, start: str | None, month: int, step: Fraction | int
    ) -> None:
        leaf = {"name": "Li", "start": start} if start else {"name": "Li"}
        plan = plan_of([leaf], ramp=["25%", "50%"], year=year)
        assert plan.cascade is not None
        assert productivity(plan, plan.cascade.nodes[0], month) == step

    def test_a_leaver_keeps_no_unit_for_later(self) -> None:
        """Ideals of half a unit: the kernel alone gives the leaver's begun unit in any later part week."""
        leavers = [{"name": f"L{at}", "end": "2012-01-01"} for at in range(3)]
        people = quotas([*leavers, {"name": "Wu"}, {"name": "An"}], rounding={"month": "1", "leaf": "1"})
        for at in range(3):
            assert not any(people.find(f"L{at}").units[1:])


class TestShares:
    def test_a_share_is_the_part_of_every_part_week_whoever_is_there(self) -> None:
        people = quotas(
            [
                {
                    "name": "South",
                    "share": "40%",
                    "members": [{"name": "Li", "end": "2012-06"}, {"name": "Wu"}],
                },
                {"name": "North", "share": "60%", "members": [{"name": "An"}]},
            ]
        )
        south = people.find("South")
        for units, reached in zip(
            accumulate(south.units), accumulate(week.amount for week in people.weeks), strict=True
        ):
            assert abs(units - reached * Fraction(2, 5)) < 1
        assert south.part == Fraction(2, 5)
        assert people.months(people.find("Wu"))[6:] == people.months(south)[6:]

    def test_a_weight_of_0_gets_0(self) -> None:
        people = quotas([{"name": "Li", "weight": "0"}, {"name": "Wu"}])
        assert people.year(people.find("Li")) == 0
        assert people.find("Li").part == 0


class TestNobodyThere:
    @pytest.mark.parametrize(
        ("members", "message"),
        [
            pytest.param(
                [{"name": "Li", "end": "2012-06-30"}],
                "the company has 10,000 to bring in the part week 2012-W26 (2012-07-01..2012-07-01), and"
                " nobody is there then with a weight above 0",
                id="of the company",
            ),
            pytest.param(
                [
                    {"name": "South", "share": "40%", "members": [{"name": "Li", "start": "2012-02"}]},
                    {"name": "North", "share": "60%"},
                ],
                "`South` has a share of 40 % in the 10,000 of the company in the part week 2011-W52"
                " (2012-01-01..2012-01-01), and"
                " nobody in it is there then with a weight above 0",
                id="of a node with a share",
            ),
            pytest.param(
                [{"name": "South", "share": "40%", "weight": "0"}, {"name": "North", "share": "60%"}],
                "`South` has a share of 40 % in the 10,000 of the company in the part week 2011-W52",
                id="a share and a weight of 0",
            ),
        ],
    )
    def test_amount_without_anybody_is_an_error(self, members: Any, message: str) -> None:
        with pytest.raises(InfeasibleError) as error:
            quotas(members)
        assert message in str(error.value)
        assert error.value.problems[0].path[0] == "cascade"

    def test_nobody_with_a_share_of_0_is_none(self) -> None:
        people = quotas(
            [{"name": "South", "share": "0%", "end": "2012-03"}, {"name": "North", "share": "100%"}]
        )
        assert people.year(people.find("North")) == TARGET


class TestBounds:
    @some
    @given(plans_with_trees(), st.data())
    def test_bounds_hold_and_everything_still_adds_up(self, fields: Fields, data: st.DataObject) -> None:
        asked = quotas_of(fields)
        unit = asked.unit
        bounded = with_bounds(fields["cascade"]["members"], iter(asked.nodes()), asked, data)
        people = quotas_of({**fields, "cascade": {**fields["cascade"], "members": bounded}})
        nodes = list(people.nodes())
        for node, weights in zip(nodes, weights_by_hand(people, [n.node for n in nodes]), strict=True):
            months = people.months(node)
            for month, bound in node.node.bounds.items():
                there = any(w for w, m in zip(weights, people.month_of, strict=True) if m == month)
                if there or not bound.always:
                    assert bound.low is None or months[month] >= bound.low
                    assert bound.high is None or months[month] <= bound.high
                if bound.is_hold and there:
                    assert months[month] == bound.low
            assert not [t for t, weight in enumerate(weights) if not weight and node.units[t]]
            if node.members:
                assert columns(node.members) == list(node.units)
        assert [u * unit for u in columns(people.roots)] == [week.amount for week in people.weeks]

    def test_a_hold_is_exact_and_the_siblings_share_what_is_left(self) -> None:
        people = quotas(
            [{"name": "Li", "hold": {"3": "60000"}}, {"name": "Wu", "weight": "2"}, {"name": "An"}]
        )
        march = people.cascade.months[2].amount
        li, wu, an = (people.months(people.find(name))[2] for name in ("Li", "Wu", "An"))
        assert li == 60_000
        assert abs(wu - (march - 60_000) * 2 / 3) < 2
        assert li + wu + an == march
        weeks = [u for u, m in zip(people.find("Li").units, people.month_of, strict=True) if m == 2]
        days = [week.period.days for week, m in zip(people.weeks, people.month_of, strict=True) if m == 2]
        assert all(abs(u - Fraction(60_000 * d, 31)) < 2 for u, d in zip(weeks, days, strict=True))

    def test_a_bound_of_every_month_means_the_months_in_which_somebody_is_there(self) -> None:
        people = quotas([{"name": "Li", "start": "2012-07", "min": "200000"}, {"name": "Wu"}])
        assert people.months(people.find("Li")) == (*[0] * 6, *[200_000] * 6)

    def test_bounds_between_units_are_those_of_the_units_within_them(self) -> None:
        units = {"month": "100", "week": "100", "leaf": "100"}
        people = quotas(
            [{"name": "Li", "min": {"3": "150050"}, "max": {"4": "50050"}}, {"name": "Wu", "weight": "2"}],
            rounding=units,
        )
        assert people.months(people.find("Li"))[2:4] == (Fraction(150_100), Fraction(50_000))

    @pytest.mark.parametrize("gets_nothing", [{"share": "0%"}, {"weight": "0"}], ids=["share", "weight"])
    @pytest.mark.parametrize(
        ("bound", "said"),
        [
            pytest.param({"min": "10万"}, "`Li`, every month: 100,000", id="minimum of every month"),
            pytest.param({"hold": "10万"}, "`Li`, every month: 100,000", id="hold of every month"),
            pytest.param({"min": {"3": "10万"}}, "`Li`, 2012-03: 100,000", id="minimum of a month"),
        ],
    )
    def test_who_gets_nothing_can_have_no_minimum(
        self, gets_nothing: Fields, bound: Fields, said: str
    ) -> None:
        (key, _), (bounded, _) = *gets_nothing.items(), *bound.items()
        wu = {"name": "Wu", "share": "100%"} if key == "share" else {"name": "Wu"}
        with pytest.raises(InfeasibleError) as error:
            quotas([{"name": "Li", **gets_nothing, **bound}, wu])
        (problem,) = error.value.problems
        assert problem.message.startswith(f"{said} is wanted at least, and its `{key}` is 0")
        assert problem.path == ("cascade", "members", 0, bounded)

    @pytest.mark.parametrize("bound", [{"max": "10万"}, {"hold": "0"}, {"min": "0"}], ids=str)
    def test_who_gets_nothing_may_have_a_bound_that_asks_for_nothing(self, bound: Fields) -> None:
        people = quotas([{"name": "Li", "share": "0%", **bound}, {"name": "Wu", "share": "100%"}])
        assert people.year(people.find("Li")) == 0

    def test_a_decision_for_a_share_of_0_is_an_error(self) -> None:
        decided = [{"name": "Li", "period": "3", "amount": "10"}]
        with pytest.raises(InfeasibleError, match="10 is decided, and its `share` is 0 %"):
            quotas([{"name": "Li", "share": "0%"}, {"name": "Wu", "share": "100%"}], decided=decided)

    @pytest.mark.parametrize(
        ("li", "wu", "message"),
        [
            pytest.param(
                {"hold": {"3": "1000000"}},
                {},
                "the company has 310,000 in 2012-03, and the bounds of its members take 1,000,000,"
                " 690,000 more; most takes `Li` (1,000,000)",
                id="hold above the month",
            ),
            pytest.param(
                {"max": "1000"},
                {},
                "the company has 310,000 in 2012-05, and its members may bring 301,000 only, 9,000 less;"
                " least may `Li` (1,000)",
                id="all bounded above, below the month",
            ),
            pytest.param(
                {"hold": {"3": "10.5"}}, {}, "`Li`, 2012-03: 10.5 is no multiple of the unit 1", id="hold"
            ),
            pytest.param(
                {"min": {"3": "10.2"}, "max": {"3": "10.7"}},
                {},
                "`Li`, 2012-03: no multiple of the unit 1 lies between 10.2 and 10.7",
                id="nothing between",
            ),
            pytest.param(
                {"min": {"3": "10"}, "start": "2012-04"},
                {},
                "`Li`, 2012-03: 10 is wanted at least, and nobody with a weight above 0 is there then",
                id="minimum before the start",
            ),
            pytest.param(
                {"hold": {"3": "150000"}, "start": "2012-03-26"},
                {},
                "the company has 60,000 in 2012-03, part week 2012-W13 (2012-03-26..2012-03-31), and the"
                " bounds of its members take 150,000, 90,000 more",
                id="more than the part weeks in which somebody is there",
            ),
            pytest.param(
                {"hold": {"2": "200000"}},
                {"start": "2012-02-20"},
                "the company has 50,000 in 2012-02, part week 2012-W05 (2012-02-01..2012-02-05), and",
                id="part weeks of its own that leave some to nobody",
            ),
        ],
    )
    def test_impossible_bounds_say_by_how_much(self, li: Fields, wu: Fields, message: str) -> None:
        with pytest.raises(InfeasibleError) as error:
            quotas([{"name": "Li", **li}, {"name": "Wu", "max": {"5": "300000"}, **wu}])
        assert message in str(error.value)
        assert error.value.problems[0].path[:3] == ("cascade", "members", 0)


def with_bounds(
    members: list[Fields], nodes: Iterator[NodeQuota], asked: PeopleQuotas, data: st.DataObject
) -> list[Fields]:
    """The tree with bounds near what is asked; `nodes` has its nodes in the same order."""
    bounded: list[Fields] = []
    for member in members:
        months = asked.months(next(nodes))
        entry = dict(member)
        kind = data.draw(st.sampled_from(["none", "none", "min", "max", "hold", "always"]))
        month = data.draw(st.integers(0, 11))
        label = asked.cascade.plan.year.months[month].label
        factor = Fraction(data.draw(st.integers(70, 130)), 100)
        amount = (months[month] * factor) // asked.unit * asked.unit
        if kind == "always":
            entry["max"] = max(months)
        elif kind != "none":
            entry[kind] = {label: amount}
        if "members" in member:
            entry["members"] = with_bounds(member["members"], nodes, asked, data)
        bounded.append(entry)
    return bounded


SOUTH_AND_NORTH = [
    {"name": "South", "members": [{"name": "Li"}, {"name": "Wu", "weight": "2"}]},
    {"name": "North", "members": [{"name": "Li", "weight": "3"}]},
]


class TestDecisions:
    def test_a_decided_month_is_held(self) -> None:
        decided = [{"name": "South/Li", "period": "2012-03", "amount": "5万", "by": "Chen"}]
        people = quotas(SOUTH_AND_NORTH, decided=decided)
        assert people.months(people.find("South/Li"))[2] == 50_000
        without = people_quotas(people.cascade, decisions=False)
        assert abs(without.months(without.find("South/Li"))[2] - Fraction(310_000, 6)) < 2

    def test_a_decided_quarter_is_apportioned_by_what_is_asked(self) -> None:
        decided = [{"name": "North", "period": "Q1", "amount": "500000"}]
        people = quotas(SOUTH_AND_NORTH, decided=decided)
        first = people.months(people.find("North"))[:3]
        asked = [month.amount / 2 for month in people.cascade.months[:3]]
        assert sum(first) == 500_000
        assert all(abs(f - 500_000 * a / sum(asked)) < 2 for f, a in zip(first, asked, strict=True))

    def test_what_was_decided_among_proposals_is_held_too(self) -> None:
        proposals = [{"name": "Wu", "period": "4", "amount": "90000", "decided": "95000", "by": "Chen"}]
        people = quotas(SOUTH_AND_NORTH, proposals=proposals)
        assert people.months(people.find("Wu"))[3] == 95_000

    @pytest.mark.parametrize(
        ("decision", "member", "message"),
        [
            pytest.param({"period": "3", "amount": "10.5"}, {}, "no multiple of the unit 1", id="unit"),
            pytest.param(
                {"period": "3", "amount": "10"},
                {"min": {"3": "20"}},
                "`Li`, 2012-03: 10 is decided, below its `min` 20; change one of them",
                id="below its minimum",
            ),
            pytest.param(
                {"period": "3", "amount": "10"},
                {"max": {"3": "5"}},
                "`Li`, 2012-03: 10 is decided, above its `max` 5; change one of them",
                id="above its maximum",
            ),
            pytest.param(
                {"period": "3", "amount": "10"},
                {"start": "2012-04"},
                "`Li`, 2012-03: 10 is decided, and nobody with a weight above 0 is there then",
                id="before the start",
            ),
            pytest.param(
                {"period": "Q1", "amount": "10"},
                {"start": "2012-04"},
                "nothing is asked of `Li` in 2012-Q1",
                id="quarter before the start",
            ),
            pytest.param(
                {"period": "3", "amount": "1000000"},
                {},
                "the company has 310,000 in 2012-03, and the bounds of its members take 1,000,000",
                id="more than there is",
            ),
        ],
    )
    def test_a_decision_that_cannot_hold_is_an_error(
        self, decision: Fields, member: Fields, message: str
    ) -> None:
        with pytest.raises(InfeasibleError) as error:
            quotas([{"name": "Li", **member}, {"name": "Wu"}], decided=[{"name": "Li", **decision}])
        assert message in str(error.value)
        assert error.value.problems[0].path == ("decided", 0, "amount")


class TestAsking:
    def test_nodes_come_before_their_members(self) -> None:
        people = quotas(SOUTH_AND_NORTH)
        names = ["South", "South/Li", "South/Wu", "North", "North/Li"]
        assert ["/".join(node.names) for node in people.nodes()] == names
        assert ["/".join(node.names) for node in people.leaves()] == ["South/Li", "South/Wu", "North/Li"]

    def test_levels_are_asked_for_by_name(self) -> None:
        people = quotas(SOUTH_AND_NORTH, levels=["region", "rep"])
        assert [node.node.name for node in people.at_level("rep")] == ["Li", "Wu", "Li"]
        with pytest.raises(UsageError, match="its levels are `region`, `rep`"):
            people.at_level("store")

    def test_the_largest_leaf_and_what_the_top_fifth_carries(self) -> None:
        people = quotas(SOUTH_AND_NORTH)
        assert people.best_leaf().names == ("North", "Li")
        assert people.top_fifth() == Fraction(1, 2)  # one leaf of three, which weighs 3 of 6

    def test_a_plan_without_a_tree_has_no_quotas_of_people(self) -> None:
        plan = Plan.model_validate({"year": "2012", "target": "100"})
        with pytest.raises(UsageError, match="no `cascade`"):
            people_quotas(cascade(plan))

    def test_what_is_wrong_with_the_tree_is_told(self) -> None:
        with pytest.raises(InfeasibleError, match="add up to 90 %"):
            quotas([{"name": "South", "share": "40%"}, {"name": "North", "share": "50%"}])

    def test_units_below_one_and_amounts_beyond_64_bits(self) -> None:
        fields: Fields = {
            "year": "2012",
            "target": Fraction(10**30),
            "rounding": {"month": Fraction(1), "leaf": Fraction(1, 100)},
            "cascade": {"members": [{"name": "Li"}, {"name": "Wu", "weight": "2"}]},
        }
        made: Cascade = cascade(Plan.model_validate(fields))
        people = people_quotas(made)
        assert sum(people.year(root) for root in people.roots) == made.planned_total
        assert abs(people.year(people.find("Li")) - made.planned_total / 3) < Fraction(1, 100)
