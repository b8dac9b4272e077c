"""Nobody has a unit where his ideal does not grow, and all that the kernel promises still holds."""

from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from target_cascade.engine.people.absent import only_where_present
from target_cascade.engine.people.assign import assign, shares
from target_cascade.engine.people.bounded import units_by_weight

WEEKS = 12


@st.composite
def patterns(draw: st.DrawFn) -> tuple[int, ...]:
    """Days in each part week: from one to another, or with gaps."""
    if draw(st.booleans()):
        first, last = sorted(draw(st.tuples(st.integers(0, WEEKS), st.integers(0, WEEKS))))
        return tuple(7 if first <= t < last else 0 for t in range(WEEKS))
    return tuple(draw(st.lists(st.sampled_from([0, 0, 3, 7]), min_size=WEEKS, max_size=WEEKS)))


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, 6), patterns()), min_size=1, max_size=10),
    st.lists(st.integers(0, 5), min_size=WEEKS, max_size=WEEKS),
)
def test_absent_children_have_nothing_and_running_totals_keep_to_their_ideals(
    claims: list[tuple[int, tuple[int, ...]]], wanted: list[int]
) -> None:
    there = [sum(weight * pattern[t] for weight, pattern in claims) for t in range(WEEKS)]
    amounts = [amount if weight else 0 for amount, weight in zip(wanted, there, strict=True)]
    children, denominator = shares(amounts, claims)
    rows = assign(amounts, children, denominator)
    only_where_present(rows, children, denominator)
    assert [sum(column) for column in zip(*rows, strict=True)] == amounts
    for row, child, (weight, pattern) in zip(rows, children, claims, strict=True):
        assert all(units >= 0 for units in row)
        assert not [t for t in range(WEEKS) if row[t] and not weight * pattern[t]]
        for total, reached in zip(accumulate(row), child.running, strict=True):
            assert abs(total * denominator - child.weight * reached) < denominator


def test_of_equal_children_the_earlier_keeps_the_earlier_unit() -> None:
    """Two stay and two leave after January, which has 2 units, and February 1. A unit of who left can only
    be one of January; so of the two who stay the earlier has the other of January."""
    always, january = (1, 1), (1, 0)
    rows = units_by_weight([2, 1], [(1, always), (1, always), (1, january), (1, january)])
    assert rows == [[1, 0], [0, 1], [1, 0], [0, 0]]


def test_one_child_takes_over_across_part_weeks_without_an_amount() -> None:
    always, first = (1, 1, 1), (1, 0, 0)
    rows = units_by_weight([2, 0, 1], [(1, always), (1, always), (1, first), (1, first)])
    assert rows == [[1, 0, 0], [0, 0, 1], [1, 0, 0], [0, 0, 0]]
