"""A parent's units to its children over the year: the rule, its laws, and why it is this rule."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import floor
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from target_cascade.engine.apportion import share_units
from target_cascade.engine.people.assign import Child, NobodyActiveError, assign, shares


class Parent(NamedTuple):
    amounts: list[int]
    weights: list[tuple[int, list[int]]]


ORDINARY = [1] * 70
HUGE = 10**30


@st.composite
def parents(draw: st.DrawFn, most_weeks: int = 40, most_children: int = 12) -> Parent:
    """Few part weeks to a whole year; children whose patterns start, grow and pause; amounts where
    somebody is active."""
    weeks = draw(st.integers(1, 3) | st.integers(1, most_weeks))
    value = st.integers(0, 3) | st.integers(0, 1000)
    patterns = draw(st.lists(st.lists(value, min_size=weeks, max_size=weeks), min_size=1, max_size=4))
    weight = draw(st.sampled_from([st.integers(0, 3), st.integers(0, 10**6), st.integers(0, HUGE)]))
    places = st.tuples(weight, st.integers(0, len(patterns) - 1))
    children = draw(st.lists(places, min_size=1, max_size=most_children))
    weights = [(weight, patterns[place]) for weight, place in children]
    amount = draw(st.sampled_from([st.integers(0, 3), st.integers(0, 10**4), st.integers(0, HUGE)]))
    wished = draw(st.lists(amount, min_size=weeks, max_size=weeks))
    active = [any(weight * pattern[t] for weight, pattern in weights) for t in range(weeks)]
    return Parent([units * is_active for units, is_active in zip(wished, active, strict=True)], weights)


def given_by(parent: Parent) -> list[list[int]]:
    return assign(parent.amounts, *shares(parent.amounts, parent.weights))


def running_ideals(parent: Parent) -> list[list[Fraction]]:
    """Per child, straight from the rule: the parent's amount × its weight ÷ the siblings' sum."""
    ideals: list[list[Fraction]] = [[] for _ in parent.weights]
    for t, amount in enumerate(parent.amounts):
        here = [weight * pattern[t] for weight, pattern in parent.weights]
        for row, weight in zip(ideals, here, strict=True):
            row.append(Fraction(amount * weight, sum(here)) if amount else Fraction(0))
    return [list(accumulate(row)) for row in ideals]


def slowly(parent: Parent) -> list[list[int]]:
    """The rule of the spec word by word, in fractions."""
    ideals, weeks = running_ideals(parent), len(parent.amounts)
    had = [0] * len(ideals)
    rows: list[list[int]] = [[] for _ in ideals]
    for t, amount in enumerate(parent.amounts):
        units = [max(0, floor(ideal[t]) - count) for ideal, count in zip(ideals, had, strict=True)]
        had = [count + more for count, more in zip(had, units, strict=True)]

        def place(i: int, t: int = t, had: list[int] = had) -> tuple[int, Fraction, int]:
            due = next((s for s in range(t, weeks) if ideals[i][s] >= had[i] + 1), weeks)
            return due, had[i] - ideals[i][t], i

        may = sorted((i for i in range(len(had)) if ideals[i][t] > had[i]), key=place)
        left = amount - sum(units)
        assert 0 <= left <= len(may)
        for i in may[:left]:
            had[i] += 1
            units[i] += 1
        for row, count in zip(rows, units, strict=True):
            row.append(count)
    return rows


def distances(parent: Parent, rows: Sequence[Sequence[int]]) -> list[list[Fraction]]:
    """Per child and part week, how far its running total lies from its ideal."""
    return [
        [abs(had - ideal) for had, ideal in zip(accumulate(row), ideals, strict=True)]
        for row, ideals in zip(rows, running_ideals(parent), strict=True)
    ]


class TestLaws:
    @given(parents())
    def test_every_part_week_adds_up_and_no_cell_is_below_zero(self, parent: Parent) -> None:
        rows = given_by(parent)
        assert [sum(column) for column in zip(*rows, strict=True)] == parent.amounts
        assert len(rows) == len(parent.weights)
        assert min(min(row) for row in rows) >= 0

    @given(parents())
    def test_no_running_total_is_ever_a_whole_unit_from_its_ideal(self, parent: Parent) -> None:
        children, denominator = shares(parent.amounts, parent.weights)
        for child, row in zip(children, assign(parent.amounts, children, denominator), strict=True):
            for had, ideal in zip(accumulate(row), child.running, strict=True):
                assert abs(had * denominator - child.weight * ideal) < denominator

    @given(parents(most_weeks=15, most_children=12))
    def test_it_is_the_rule_word_by_word(self, parent: Parent) -> None:
        assert given_by(parent) == slowly(parent)

    @given(parents(most_weeks=12))
    def test_same_input_gives_the_same_output(self, parent: Parent) -> None:
        again = [(weight, list(pattern)) for weight, pattern in parent.weights]
        assert given_by(parent) == given_by(Parent(parent.amounts, again))

    @given(parents(most_weeks=12), st.integers(1, HUGE))
    def test_scaled_weights_change_nothing(self, parent: Parent, factor: int) -> None:
        scaled = [(weight * factor, pattern) for weight, pattern in parent.weights]
        assert given_by(Parent(parent.amounts, scaled)) == given_by(parent)

    @given(parents(most_weeks=12))
    def test_a_weight_of_zero_gets_nothing_and_takes_nothing(self, parent: Parent) -> None:
        with_nobody = [(0, ORDINARY[: len(parent.amounts)]), *parent.weights]
        nobody, *others = given_by(Parent(parent.amounts, with_nobody))
        assert not any(nobody)
        assert others == given_by(parent)

    @given(parents(most_weeks=12), st.integers(0))
    def test_equal_children_are_never_more_than_a_unit_apart(self, parent: Parent, place: int) -> None:
        twin = parent.weights[place % len(parent.weights)]
        *_, last = rows = given_by(Parent(parent.amounts, [*parent.weights, twin]))
        for before, after in zip(
            accumulate(rows[place % len(parent.weights)]), accumulate(last), strict=True
        ):
            assert abs(before - after) <= 1

    @given(st.lists(st.integers(0, HUGE), min_size=1, max_size=70), st.integers(1, HUGE))
    def test_a_single_child_gets_everything(self, amounts: list[int], weight: int) -> None:
        assert given_by(Parent(amounts, [(weight, ORDINARY[: len(amounts)])])) == [amounts]


def evenly(amounts: list[int], *weights: int) -> Parent:
    pattern = ORDINARY[: len(amounts)]
    return Parent(amounts, [(weight, pattern) for weight in weights])


@pytest.mark.parametrize(
    ("parent", "rows"),
    [
        pytest.param(evenly([3, 3], 2, 1), [[2, 2], [1, 1]], id="whole ideals are given as they are"),
        pytest.param(evenly([1, 1], 1, 1), [[1, 0], [0, 1]], id="of equal children the earlier goes first"),
        pytest.param(evenly([1, 1, 1], 1, 2), [[0, 1, 0], [1, 0, 1]], id="the larger is due earlier"),
        pytest.param(
            evenly([1, 1, 0, 1], 1, 3),
            [[0, 0, 0, 1], [1, 1, 0, 0]],
            id="due in the last part week goes before never due",
        ),
        pytest.param(evenly([0, 2, 0], 1, 1), [[0, 1, 0], [0, 1, 0]], id="part weeks without an amount"),
        pytest.param(evenly([1], 1, 2, 1), [[0], [1], [0]], id="due by nobody: the largest remainder"),
        pytest.param(evenly([0, 0], 0, 0), [[0, 0], [0, 0]], id="no amounts and no weights"),
        pytest.param(evenly([0]), [], id="no children"),
        pytest.param(
            Parent([4, 4], [(1, [1, 1]), (1, [0, 1])]), [[4, 2], [0, 2]], id="who starts later gets from then"
        ),
        pytest.param(
            Parent([1, 1, 3], [(1, [1, 1, 1]), (1, [1, 1, 0])]), [[1, 0, 3], [0, 1, 0]], id="who leaves"
        ),
    ],
)
def test_units_fall_by_due_week_then_remainder_then_place(parent: Parent, rows: list[list[int]]) -> None:
    assert given_by(parent) == rows


def test_plain_largest_remainder_week_by_week_drifts_and_assign_does_not() -> None:
    # One unit a week: on its own each week is nearest to the first child, and so is every week.
    parent = evenly([1] * 7, 3, 2, 2)
    drifting = [list(row) for row in zip(*[share_units(1, [3, 2, 2]) for _ in range(7)], strict=True)]
    assert drifting == [[1] * 7, [0] * 7, [0] * 7]
    assert max(map(max, distances(parent, drifting))) == 7 - 3
    assert max(map(max, distances(parent, given_by(parent)))) < 1
    assert [sum(row) for row in given_by(parent)] == [3, 2, 2]


def test_remainders_alone_would_make_two_units_fall_due_at_once_where_there_is_one() -> None:
    # The nines are due every two or three weeks; the ones once, by the end of week 21.
    parent = evenly([1] * 21, 9, 9, 1, 1, 1)
    had = [0] * 5
    for t in range(14):
        remainders = [ideals[t] - count for ideals, count in zip(running_ideals(parent), had, strict=True)]
        due = [i for i in range(5) if remainders[i] >= 1]
        if len(due) == 1:
            had[due[0]] += 1
        elif not due:
            had[max(range(5), key=remainders.__getitem__)] += 1
    assert (t + 1, due) == (14, [0, 1])
    assert max(map(max, distances(parent, given_by(parent)))) < 1


@given(parents(most_weeks=12))
def test_shares_are_the_amounts_by_weight_over_the_siblings_sum(parent: Parent) -> None:
    children, denominator = shares(parent.amounts, parent.weights)
    for child, ideals in zip(children, running_ideals(parent), strict=True):
        assert [Fraction(child.weight * so_far, denominator) for so_far in child.running] == ideals


def test_children_of_one_pattern_share_one_running_total_and_a_short_denominator() -> None:
    week = [5, 7, 3]
    children, denominator = shares([10**9, 10**9, 10**9], [(2, week), (3, week), (4, [1, 1, 1])])
    assert children[0].running is children[1].running is not children[2].running
    assert shares([10**9 + 1] * 3, [(2, week), (3, week)])[1] == 2 + 3
    assert denominator > 2 + 3 + 4


def test_an_amount_where_nobody_is_active_is_refused_with_its_part_week() -> None:
    with pytest.raises(NobodyActiveError, match="part week 1, counted from 0") as caught:
        shares([0, 5], [(3, [1, 0]), (0, [1, 1])])
    assert caught.value.position == 1
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("children", "denominator"),
    [
        pytest.param([Child(1, [1, 2])], 1, id="too little"),
        pytest.param([Child(1, [3, 3])], 1, id="another part week"),
        pytest.param([Child(1, [4, 3]), Child(1, [-2, 3])], 1, id="a running ideal that falls"),
        pytest.param([Child(2, [2, 6]), Child(-1, [2, 6])], 1, id="a weight below zero"),
        pytest.param([Child(0, [0, 0])], 0, id="a denominator of zero"),
    ],
)
def test_ideals_that_are_not_the_parents_are_a_mistake_of_the_caller(
    children: list[Child], denominator: int
) -> None:
    with pytest.raises(AssertionError):
        assign([2, 4], children, denominator)
