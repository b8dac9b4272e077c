"""Rules about the quotas of people, on each threshold and beyond it."""

from fractions import Fraction
from typing import Any

import pytest
from findings import Fields, Found, findings, found, number, only, plan_of, told

from target_cascade.people.node import Node
from target_cascade.sentence import amount, count, share
from target_cascade.write.cell_text import sentence_text

MONTH = 300
"""What each month brings in these plans."""
TARGET = 12 * MONTH
TREE = ("cascade",)


def planned(*members: Fields, **fields: Any) -> Fields:
    return {
        "target": TARGET,
        "limits": [{"months": "1-12", "hold": MONTH, "because": "x"}],
        "cascade": list(members),
        **fields,
    }


def people(*weights: Any, **of_all: Any) -> list[Fields]:
    return [{"name": f"p{i}", "weight": weight, **of_all} for i, weight in enumerate(weights)]


def at(*positions: int) -> tuple[str | int, ...]:
    """The path of a node by its place in each level's list."""
    return (*TREE, *(step for position in positions for step in ("members", position)))


def alike(how_many: int, most: int = 3, *place: int) -> list[Found]:
    return [Found("warning", at(*place, 0), count(how_many), count(most))]


FOUR = people(1, 1, 1, 1)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(planned(*people(1, 1, 1)), [], id="as many as may be"),
        pytest.param(planned(*FOUR), alike(4), id="one more"),
        pytest.param(planned(*people(1, 1, 1, 2)), [], id="one of them differs"),
        pytest.param(planned(*[{"name": name} for name in "abcd"]), alike(4), id="without weights"),
        pytest.param(planned(*[{"name": n, "share": "25%"} for n in "abcd"]), alike(4), id="by shares"),
        pytest.param(
            planned(
                {"name": "S", "share": "40%", "members": people(1, 1)},
                {"name": "N", "share": "60%", "members": people(1, 2, 3, 4)},
            ),
            [],
            id="in no group",
        ),
        pytest.param(
            planned({"name": "S", "members": people(1, 2)}, {"name": "N", "members": FOUR}),
            alike(4, 3, 1),
            id="in the second group",
        ),
        pytest.param(
            planned(*[{"name": name, "members": people(1)} for name in "abcd"]), [], id="four groups of one"
        ),
        pytest.param(
            planned(*people(1, 1), guardrails={"equal_split": 1}), alike(2, 1), id="a threshold of the plan"
        ),
    ],
)
def test_people_with_the_same_weight(fields: Fields, expected: list[Found]) -> None:
    assert found("equal-split", fields) == expected


@pytest.mark.parametrize(
    ("members", "words"),
    [
        pytest.param(
            FOUR,
            "the 4 people of the company all have the same weight, and more than 3 are seldom alike",
            id="of the company",
        ),
        pytest.param(
            [{"name": "S", "members": people(1, 2)}]
            + [{"name": f"N{i}", "members": [{"name": "T", "members": people(2, 2, 2, 2, 2)}]} for i in "12"],
            "the 5 people of `N1/T` all have the same weight, and more than 3 are seldom alike;"
            " it is so in 2 groups",
            id="of two teams",
        ),
    ],
)
def test_words_of_equal_split(members: list[Fields], words: str) -> None:
    assert told("equal-split", planned(*members)) == words


def fifth(part: str, limit: str = "0.8") -> list[Found]:
    return [Found("warning", TREE, share(number(part)), share(number(limit)))]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        pytest.param([80, 5, 5, 5, 5], [], id="on the threshold"),
        pytest.param([84, 4, 4, 4, 4], fifth("0.84"), id="above it"),
        pytest.param([97, 1, 1, 1], [], id="fewer than five"),
        pytest.param([50, 44, 2, 2, 1, 1], fifth("0.94"), id="two of six"),
    ],
)
def test_few_people_who_carry_nearly_all(weights: list[int], expected: list[Found]) -> None:
    fields = planned(*people(*weights), guardrails={"equal_split": 9})
    assert found("equal-split", fields) == expected


def test_words_of_the_largest_fifth() -> None:
    fields = planned(*people(50, 44, 2, 2, 1, 1))
    assert told("equal-split", fields) == (
        "the largest fifth, 2 of 6 people, carries 94.0 % of the planned total, more than 80.0 %"
    )


OLD = {"name": "Old", "weight": 5}


def hired(start: Any, weight: Any = 1, **tree: Any) -> Fields:
    return planned(cascade={"members": [OLD, {"name": "New", "weight": weight, "start": start}], **tree})


@pytest.mark.parametrize(
    ("fields", "is_found"),
    [
        pytest.param(hired("2027-01-01"), False, id="on the first day"),
        pytest.param(hired("2026-11"), False, id="last year"),
        pytest.param(hired("2028-01"), False, id="next year"),
        pytest.param(hired("2027-01-02"), True, id="on the second day"),
        pytest.param(hired(12), True, id="in December"),
        pytest.param(hired(4, ramp=["99%"]), False, id="a ramp that begins below 100 %"),
        pytest.param(hired(4, ramp=["100%", "50%"]), True, id="a ramp that begins with 100 %"),
        pytest.param(hired(4, weight=0), False, id="a weight of nothing"),
        pytest.param(planned(OLD), False, id="nobody is new"),
    ],
)
def test_full_quota_of_somebody_new(fields: Fields, is_found: bool) -> None:
    expected = [Found("warning", at(1), count(1))] if is_found else []
    assert found("full-quota-at-once", fields) == expected


@pytest.mark.parametrize(
    ("how_many", "words"),
    [
        pytest.param(
            1, "`S/p0` starts on 2027-04-01 and carries a full quota from the first month on", id="one"
        ),
        pytest.param(
            2, "`S/p0`, `S/p1` start in the year and carry a full quota from the first month on", id="two"
        ),
        pytest.param(
            15,
            "`S/p0`, `S/p1`, `S/p2` and 12 more start in the year and carry a full quota from the first"
            " month on",
            id="fifteen",
        ),
    ],
)
def test_words_of_full_quota_at_once(how_many: int, words: str) -> None:
    south = {"name": "S", "members": people(*[1] * how_many, start=4)}
    assert told("full-quota-at-once", planned(south, OLD)) == words


@pytest.mark.parametrize(
    ("weights", "target", "is_found"),
    [
        pytest.param([700, 800, 700, 700, 700], 3200, False, id="twice the buffer"),
        pytest.param([700, 801, 700, 700, 699], 3200, True, id="a unit more"),
        pytest.param([1200, 2400], 2400, False, id="a buffer of half as much again"),
        pytest.param([3600], 3200, False, id="one leaf alone"),
        pytest.param([1800, 1800], TARGET, True, id="no buffer"),
    ],
)
def test_year_without_the_largest_leaf(weights: list[int], target: int, is_found: bool) -> None:
    largest, buffer = max(weights), TARGET - target
    fields = planned(*people(*weights), target=target, buffer=number(TARGET) / target - 1)
    missed = target - (TARGET - largest)
    place = at(weights.index(max(weights)))
    expected = [Found("warning", place, amount(number(missed)), amount(number(buffer)))]
    assert found("best-leaves", fields) == (expected if is_found else [])


def test_words_of_best_leaves() -> None:
    south = {"name": "S", "share": "40%", "members": people(1, 2)}
    north = {"name": "N", "share": "60%", "members": people(1)}
    finding = only("best-leaves", planned(south, north, target=3500, buffer="2.857%"))
    carried, total = 3600 * 60 // 100, 3600
    assert finding.path == at(1, 0)
    assert sentence_text(finding.message) == (
        f"without `N/p0`, which carries {carried:,}, the year lands at {total - carried:,},"
        f" {3500 - (total - carried):,} below the target; the buffer is {total - 3500}"
    )
    assert sentence_text(finding.remedy) == "agree now who takes over what `N/p0` carries"


def test_buffer_that_the_remedy_of_best_leaves_tells_is_enough() -> None:
    members = people(*[10] * 10)
    fields = {"target": 36_000, "cascade": members}
    # A tenth of the year: s ÷ (2 − s) = 1 ÷ 19, which is 5.27 %.
    assert sentence_text(only("best-leaves", fields).remedy) == (
        "agree now who takes over what `p0` carries; a buffer of 5.3 % would do, with the shares as they are"
    )
    assert findings("best-leaves", {**fields, "buffer": "5.3%"}) == []
    assert findings("best-leaves", {**fields, "buffer": "5.2%"}) != []


def test_finding_about_a_person_in_a_file_stands_where_the_plan_names_the_file() -> None:
    plan = plan_of({"target": TARGET, "cascade": {"file": "reps.csv", "levels": ["rep"]}})
    assert plan.cascade is not None
    nodes = (Node("Li", where="reps.csv:2"), Node("Wu", weight=Fraction(3), where="reps.csv:3"))
    plan = plan.model_copy(update={"cascade": plan.cascade.with_file_read(nodes)})
    assert only("best-leaves", plan).path == (*TREE, "file")
    assert told("best-leaves", plan).startswith(f"without `Wu`, which carries {TARGET * 3 // 4:,}, ")


@pytest.mark.parametrize("rule", ["equal-split", "full-quota-at-once", "best-leaves"])
def test_plan_without_a_tree_has_nobody_to_judge(rule: str) -> None:
    fields = planned()
    del fields["cascade"]
    assert findings(rule, fields) == []
