"""Bounds of children's months (spec, "Teams and people"), against the solution by hand."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from target_cascade.engine.people.bounded import (
    Bounds,
    BoundsError,
    Span,
    _Month,
    units_by_weight,
    units_within,
)

WEEKS = [0, 0, 0, 0, 1, 1, 1, 1, 1]
"""Nine part weeks of two months."""


def clipped(total: int, weights: list[int], spans: list[Span]) -> list[Fraction]:
    """min(max(λ·w, low), high) with the λ at which they add up to `total`: no order, no rounds."""

    def months(factor: Fraction) -> list[Fraction]:
        values = [max(factor * w, Fraction(span.low)) for w, span in zip(weights, spans, strict=True)]
        return [
            v if span.high is None else min(v, Fraction(span.high))
            for v, span in zip(values, spans, strict=True)
        ]

    bends = {Fraction(0)}
    for weight, span in zip(weights, spans, strict=True):
        bends |= {Fraction(end, weight) for end in span if end is not None}
    below = max(bend for bend in bends if sum(months(bend)) <= total)
    top = min((bend for bend in bends if bend > below), default=below + 1)
    at = months(below)
    rise = sum(months(top)) - sum(at)
    return at if not rise else months(below + (top - below) * (total - sum(at)) / rise)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    low = draw(st.sampled_from([0, 0, draw(st.integers(0, 60))]))
    return Span(low, draw(st.sampled_from([None, low, low + draw(st.integers(0, 60))])))


weights_and_spans = st.lists(st.tuples(st.integers(1, 9), spans()), min_size=1, max_size=7)


class TestOneMonth:
    @settings(max_examples=200)
    @given(st.lists(st.integers(0, 60), min_size=9, max_size=9), weights_and_spans)
    def test_it_is_within_its_bounds_and_near_the_clipped_ideal_wherever_that_can_be(
        self, amounts: list[int], children: list[tuple[int, Span]]
    ) -> None:
        pattern = (1,) * 9
        claims = [(weight, pattern) for weight, _ in children]
        bounds: Bounds = {1: {i: span for i, (_, span) in enumerate(children)}}
        total = sum(amounts[4:])
        lows = sum(span.low for _, span in children)
        highs = [span.high for _, span in children]
        if lows > total or (None not in highs and sum(high or 0 for high in highs) < total):
            with pytest.raises(BoundsError):
                units_within(amounts, WEEKS, claims, bounds)
            return
        rows = units_within(amounts, WEEKS, claims, bounds)
        assert [sum(column) for column in zip(*rows, strict=True)] == amounts
        assert min(min(row) for row in rows) >= 0
        ideals = clipped(total, [weight for weight, _ in children], [span for _, span in children])
        free = sum(span.high is None or span.low < span.high for _, span in children)
        for row, (_, span), ideal in zip(rows, children, ideals, strict=True):
            month = sum(row[4:])
            assert span.low <= month <= (month if span.high is None else span.high)
            # Where rounding takes others beyond a bound and they are fixed there, the rest shares that.
            assert abs(month - ideal) < 2 + free

    def test_a_minimum_of_others_comes_before_a_maximum_that_it_makes_needless(self) -> None:
        """Not the largest excess first: 50 + 29 + 29 would be more than 100."""
        pattern = (1,)
        bounds = {0: {0: Span(0, 50), 1: Span(29, None), 2: Span(29, None)}}
        rows = units_within([100], [0], [(3, pattern), (1, pattern), (1, pattern)], bounds)
        assert rows == [[42], [29], [29]]

    def test_a_sibling_pushed_over_its_bound_is_fixed_next(self) -> None:
        pattern = (1,)
        bounds = {0: {0: Span(0, 10), 1: Span(0, 40)}}
        rows = units_within([100], [0], [(1, pattern)] * 3, bounds)
        assert rows == [[10], [40], [50]]

    def test_fixed_part_weeks_keep_the_pattern_of_their_own(self) -> None:
        """Without bounds the first has a half of 60 and then a third: 3 : 2, which 75 follow as well."""
        always, later = (1, 1), (0, 1)
        claims = [(1, always), (1, later), (1, always)]
        rows = units_within([60, 60], [0, 0], claims, {0: {0: Span(75, 75)}})
        assert rows == [[45, 30], [0, 15], [15, 15]]

    @pytest.mark.parametrize(
        ("hold", "need"),
        [
            pytest.param(80, 80 * Fraction(2, 3), id="too little where nobody else is there"),
            pytest.param(96, 96 * Fraction(2, 3), id="too much there"),
        ],
    )
    def test_a_part_week_that_the_pattern_does_not_fit_is_named(self, hold: int, need: Fraction) -> None:
        with pytest.raises(BoundsError) as error:
            units_within([60, 60], [0, 0], [(1, (1, 1)), (1, (0, 1))], {0: {0: Span(hold, hold)}})
        assert (error.value.week, error.value.need, error.value.has) == (0, need, 60)

    def test_of_months_that_rounding_breaks_only_as_many_are_fixed_as_leave_enough(self) -> None:
        """4 units for 7 : 7 : 22 : 22 : 22, as rounding may have them: two above their maximum of 1 by one,
        and three below their minimum of 1. All five at their bounds would be 5."""
        pattern = (1,)
        claims = [(weight, pattern) for weight in (7, 7, 22, 22, 22)]
        spans = dict(enumerate([Span(0, 1)] * 2 + [Span(1, None)] * 3))
        month = _Month(0, [0], [4], claims, spans)
        month.settle()
        assert month.fix_broken([[2], [2], [0], [0], [0]])
        fixed = {i: units for i, _, units in month.units_of_fixed()}
        assert fixed[0] == 1
        assert sum(fixed.values()) <= 4

    def test_thousands_of_bounds_are_few_rounds(self) -> None:
        pattern = (1,) * 9
        claims = [(1 + i % 7, pattern) for i in range(3000)]
        bounds = {m: {i: Span(5 + i % 3, 40 + i % 11) for i in range(3000)} for m in (0, 1)}
        rows = units_within([12_000] * 9, WEEKS, claims, bounds)
        for month, children in bounds.items():
            for i, span in children.items():
                units = sum(u for u, m in zip(rows[i], WEEKS, strict=True) if m == month)
                assert span.low <= units <= (span.high or 0)


class TestWeights:
    def test_a_child_is_given_nothing_where_it_is_absent(self) -> None:
        """Two leave after the first part week with half a unit each, and the other two have all that is
        due by the second: the third unit must not go to somebody who is gone."""
        gone, stays = (1, 0), (1, 1)
        rows = units_by_weight([2, 1], [(1, gone), (1, gone), (1, stays), (1, stays)])
        assert rows[0][1] == rows[1][1] == 0
        assert [sum(column) for column in zip(*rows, strict=True)] == [2, 1]
