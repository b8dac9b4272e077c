"""The growth factor at a node of the tree of limits (spec § 4), on trees made by hand and generated."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from target_cascade.engine.demand import Rate
from target_cascade.engine.growth import Node, Settled, Span, settle

Amount = int | str | Fraction


def line(slope: Amount, fixed: Amount = 0) -> Rate:
    return Rate(Fraction(slope), Fraction(fixed))


def month(number: int, slope: Amount, fixed: Amount = 0, low: Amount = 0, high: Amount | None = None) -> Node:
    bounds = Fraction(low), None if high is None else Fraction(high)
    return Node((number,), line(slope, fixed), bounds)


def group(*children: Node, low: Amount = 0, high: Amount | None = None) -> Node:
    months = tuple(sorted(month for child in children for month in child.months))
    total = line(*(sum(numbers) for numbers in zip(*(child.line for child in children), strict=True)))
    return Node(months, total, (Fraction(low), None if high is None else Fraction(high)), children)


def span(first: Amount, last: Amount | None) -> Span:
    return Span(Fraction(first), None if last is None else Fraction(last))


def only(growth: Amount) -> Span:
    return span(growth, growth)


# Bends at 2 (the minimum 20 of month 0 stops) and at 5 (month 1 comes to its maximum 100).
BENT = group(month(0, 10, low=20), month(1, 20, high=100))
# Month 0 waits at its minimum until 4, month 1 is full at 2: between them nothing moves.
FLAT = group(month(0, 10, low=40), month(1, 20, high=40))
# The group is full at 3, where its own months still grow; the month beside it goes on.
NESTED = group(group(month(0, 10), month(1, 20, low=20), high=90), month(2, 5))
# Fixed parts 7 and 8: the sum begins at 15, and a negative one waits at 0 until 3.
FIXED = group(month(0, 10, 7), month(1, 0, 8), month(2, 4, -12))
FULL = group(month(0, 10, high=30), month(1, 20, high=40))


@pytest.mark.parametrize(
    ("node", "amount", "expected"),
    [
        pytest.param(BENT, 20, only(0), id="start"),
        pytest.param(BENT, 20 + 20 * 1, only(1), id="below the first bend"),
        pytest.param(BENT, 20 + 20 * 2, only(2), id="on a bend"),
        pytest.param(BENT, 10 * 3 + 20 * 3, only(3), id="between bends"),
        pytest.param(BENT, 10 * 7 + 100, only(7), id="beyond the last bend"),
        pytest.param(BENT, "19.99", None, id="below the minimum"),
        pytest.param(FLAT, 40 + 40, span(2, 4), id="flat between bends"),
        pytest.param(FLAT, 10 * 5 + 40, only(5), id="above a flat stretch"),
        pytest.param(NESTED, 10 * 1 + 20 * 1 + 5 * 1, only(1), id="nested, on the bend of a month inside"),
        pytest.param(NESTED, 90 + 5 * 3, only(3), id="nested, where the group gets full"),
        pytest.param(NESTED, 90 + 5 * 8, only(8), id="nested, beyond the group"),
        pytest.param(FIXED, 7 + 8, only(0), id="fixed parts at growth 0"),
        pytest.param(FIXED, 10 * 2 + 7 + 8, only(2), id="a negative fixed part still at 0"),
        pytest.param(FIXED, 10 * 5 + 7 + 8 + 4 * 5 - 12, only(5), id="a negative fixed part caught up"),
        pytest.param(FIXED, 14, None, id="below fixed parts"),
        pytest.param(FULL, 30 + 40, span(3, None), id="all full: flat for ever"),
        pytest.param(FULL, 71, None, id="above what is full"),
        pytest.param(group(month(0, 0, 5), month(1, 0)), 5, span(0, None), id="nothing can grow"),
        pytest.param(group(month(0, 0, 5), month(1, 0)), 6, None, id="above what cannot grow"),
        pytest.param(
            group(month(0, 0, low=9), month(1, 3)), 9 + 3 * 4, only(4), id="a minimum without slope"
        ),
    ],
)
def test_reach_gives_all_growth_factors_of_an_amount(
    node: Node, amount: Amount, expected: Span | None
) -> None:
    assert node.reach(Fraction(amount)) == expected


@pytest.mark.parametrize(
    ("node", "lowest", "highest"),
    [
        pytest.param(BENT, 20, None, id="one child without a maximum"),
        pytest.param(FULL, 0, 70, id="a maximum on each child"),
        pytest.param(FIXED, 15, None, id="fixed parts"),
        pytest.param(group(month(0, 0, 5), month(1, 0, 0, low=3)), 8, 8, id="nothing can grow"),
        pytest.param(group(group(month(0, 1), month(1, 1), low=2, high=6)), 2, 6, id="the bounds of a group"),
    ],
)
def test_lowest_and_highest_are_the_ends_of_what_children_add_up_to(
    node: Node, lowest: Amount, highest: Amount | None
) -> None:
    assert node.lowest == lowest
    assert node.highest == highest


@pytest.mark.parametrize(
    ("growth", "nearest"),
    [("1", 2), ("2", 2), ("3.5", Fraction(7, 2)), ("4", 4), ("9", 4)],
)
def test_of_a_flat_stretch_the_growth_nearest_to_free_growth_is_taken(growth: str, nearest: Fraction) -> None:
    assert span(2, 4).nearest(Fraction(growth)) == nearest


@pytest.mark.parametrize(("growth", "nearest"), [("1", 3), ("3", 3), ("50", 50)])
def test_a_flat_stretch_without_end_keeps_a_growth_above_it(growth: str, nearest: int) -> None:
    assert span(3, None).nearest(Fraction(growth)) == nearest


@pytest.mark.parametrize(
    ("node", "amount", "growth"),
    [
        pytest.param(
            group(month(0, 10, 7), month(1, 20, 8, high=9)), 105, Fraction(105 - 15, 30), id="Σ s, Σ c"
        ),
        pytest.param(group(month(0, 10, 7)), 5, 0, id="never below 0"),
        pytest.param(group(month(0, 0, 7)), 5, 0, id="without slope"),
    ],
)
def test_free_growth_looks_at_no_limit(node: Node, amount: int, growth: Amount) -> None:
    assert node.free_growth(Fraction(amount)) == growth


def settled(node: Node, amount: Amount, unit: Amount = 1) -> list[Settled]:
    settled = settle(node, Fraction(amount), Fraction(unit))
    months = {at.months: outcome for at, outcome in settled if not at.children}
    return [months[month] for month in sorted(months)]


class TestSettle:
    def test_on_a_flat_stretch_months_have_the_growth_nearest_to_free_growth(self) -> None:
        free = Fraction(80, 30)
        assert settled(FLAT, 80) == [Settled(Fraction(40), Fraction(40), free)] * 2

    def test_a_group_is_solved_again_for_its_rounded_amount(self) -> None:
        """10 : 10 : 10 of 16; the group's 10 2/3 are rounded to 11, which its own months share."""
        of = group(group(month(0, 1), month(1, 1), high=100), month(2, 1))
        half, third = Fraction(11, 2), Fraction(16, 3)
        assert settled(of, 16) == [
            Settled(half, Fraction(6), half),
            Settled(half, Fraction(5), half),
            Settled(third, Fraction(5), third),
        ]

    def test_a_group_at_its_maximum_grows_less_than_the_root(self) -> None:
        outcomes = settled(NESTED, 90 + 5 * 8)
        assert [outcome.ideal for outcome in outcomes] == [30, 60, 40]
        assert [outcome.growth for outcome in outcomes] == [3, 3, 8]

    @pytest.mark.parametrize(
        ("fixed", "given", "amounts"),
        [
            pytest.param(("100.3", "100.4"), 201, [100, 101], id="rounded up beyond what months bring"),
            pytest.param(("100.3", "100.1"), 200, [100, 100], id="rounded down below what months bring"),
        ],
    )
    def test_an_amount_less_than_a_unit_out_of_reach_is_made_up_by_remainders(
        self, fixed: tuple[str, str], given: int, amounts: list[int]
    ) -> None:
        of = group(*(month(i, 0, amount) for i, amount in enumerate(fixed)))
        assert of.reach(Fraction(given)) is None
        outcome = settled(of, given)
        assert [month.amount for month in outcome] == amounts
        assert [month.ideal for month in outcome] == [Fraction(amount) for amount in fixed]

    def test_an_amount_below_the_lowest_sum_of_months_that_grow_has_growth_0(self) -> None:
        of = group(month(0, 10, "5.3"), month(1, 20, "5.1"))
        assert [outcome.amount for outcome in settled(of, 10)] == [5, 5]
        assert [outcome.growth for outcome in settled(of, 10)] == [0, 0]


def value(node: Node, growth: Fraction) -> Fraction:
    """The definition: `clip(Σ children or x_m(g), min, max)`."""
    inner = children_sum(node, growth) if node.children else node.line.slope * growth + node.line.fixed
    return max(node.low, inner if node.high is None else min(inner, node.high))


def children_sum(node: Node, growth: Fraction) -> Fraction:
    return sum((value(child, growth) for child in node.children), Fraction(0))


def bends(node: Node) -> list[Fraction]:
    """Growth factors between which, and beyond which, the value of `node` is a straight line."""
    inner = sorted({Fraction(0), *(bend for child in node.children for bend in bends(child))})
    found = set(inner)
    for first, last in pairwise([*inner, inner[-1] + 1]):
        at = [children_sum(node, g) if node.children else node.line.at(g) for g in (first, last)]
        for bound in (node.low, node.high):
            if bound is not None and at[0] != at[1]:
                crossing = first + (last - first) * (bound - at[0]) / (at[1] - at[0])
                if first <= crossing and (crossing <= last or first == inner[-1]):
                    found.add(crossing)
    return sorted(found)


def reached(node: Node, amount: Fraction) -> tuple[Fraction, Fraction | None] | None:
    """By looking at each straight stretch: the first and the last growth factor of an amount."""
    points = sorted({Fraction(0), *(bend for child in node.children for bend in bends(child))})
    found: list[Fraction] = []
    for first, last in pairwise([*points, points[-1] + 1]):
        low, high = children_sum(node, first), children_sum(node, last)
        endless = first == points[-1]
        if low == high == amount:
            found += [first, last]
            if endless:
                return min(found), None
        elif low != high and low <= amount and (amount <= high or endless):
            found.append(first + (last - first) * (amount - low) / (high - low))
    return (min(found), max(found)) if found else None


_small = st.integers(0, 12).map(lambda number: Fraction(number, 2))


@st.composite
def months(draw: st.DrawFn) -> Node:
    slope, fixed = draw(_small), draw(st.integers(-8, 12).map(Fraction))
    low = draw(st.one_of(st.just(Fraction(0)), _small))
    high = draw(st.one_of(st.none(), _small.map(lambda more: low + more)))
    return Node((0,), Rate(slope, fixed), (low, high))


@st.composite
def groups(draw: st.DrawFn, inside: st.SearchStrategy[Node]) -> Node:
    children: Sequence[Node] = draw(st.lists(inside, min_size=1, max_size=4))
    low = draw(st.integers(0, 20))
    high = draw(st.one_of(st.none(), st.integers(low, 50)))
    return group(*children, low=low, high=high)


trees = groups(st.one_of(months(), groups(st.one_of(months(), groups(months())))))


class TestReachAgainstSearch:
    @given(trees, st.integers(0, 60).map(lambda number: Fraction(number, 6)))
    def test_an_amount_that_is_reached(self, node: Node, growth: Fraction) -> None:
        amount = children_sum(node, growth)
        found = node.reach(amount)
        assert found == reached(node, amount)
        assert found is not None
        assert children_sum(node, found.nearest(node.free_growth(amount))) == amount

    @given(trees, st.integers(-2, 400).map(lambda number: Fraction(number, 4)))
    def test_any_amount(self, node: Node, amount: Fraction) -> None:
        assert node.reach(amount) == reached(node, amount)

    @given(trees, st.integers(0, 60).map(lambda number: Fraction(number, 6)))
    def test_value_is_the_definition(self, node: Node, growth: Fraction) -> None:
        assert node.value(growth) == value(node, growth)
