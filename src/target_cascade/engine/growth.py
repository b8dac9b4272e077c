"""The one growth factor: solved exactly at each node of the tree of limits (spec § 4).

A node's value is `clip(Σ children, min, max)`, and a month's is `clip(x_m(g), min, max)`: both
non-decreasing and piecewise linear in g, so that the g at which a sum of children reaches an
amount lies between two breakpoints and is found exactly.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from target_cascade.engine.apportion import round_ideals
from target_cascade.engine.demand import Rate

ZERO = Fraction(0)


class Settled(NamedTuple):
    """A node's outcome: the ideal that its parent gave it, that ideal rounded, and the growth factor
    of the parent, at which the days of a month are valued."""

    ideal: Fraction
    amount: Fraction
    growth: Fraction


class Span(NamedTuple):
    """The growth factors, from `first` to `last`, at which a sum has one value; no last: all above."""

    first: Fraction
    last: Fraction | None

    def nearest(self, growth: Fraction) -> Fraction:
        """Of the span's growth factors the one nearest to `growth`."""
        at_least = max(growth, self.first)
        return at_least if self.last is None else min(at_least, self.last)


class Node:
    """Months, one or several, with a bound on their sum; never changed once it is made.

    `line` is Σ x_m(g) of its months, without any limit. A month has no children.
    """

    def __init__(
        self,
        months: tuple[int, ...],
        line: Rate,
        bounds: tuple[Fraction, Fraction | None],
        children: tuple["Node", ...] = (),
    ) -> None:
        self.months = months
        self.line = line
        self.low, self.high = bounds
        self.children = children

    def value(self, growth: Fraction) -> Fraction:
        """The node's value at a growth factor."""
        return self._clip(self.wish(growth))

    def wish(self, growth: Fraction) -> Fraction:
        """What the node would have at a growth factor if its own bounds did not stand in the way."""
        if not self.children:
            return self.line.at(growth)
        return sum((child.value(growth) for child in self.children), ZERO)

    def reach(self, amount: Fraction) -> Span | None:
        """The growth factors ≥ 0 at which the children add up to `amount`; None where none does."""
        points, sums = self._points, self._sums
        below, above = bisect_left(sums, amount), bisect_right(sums, amount)
        if above == 0:
            return None
        if below == len(points):
            beyond = self._beyond(amount)
            return None if beyond is None else Span(beyond, beyond)
        if sums[below] != amount:
            rise = (amount - sums[below - 1]) / (sums[below] - sums[below - 1])
            crossing = points[below - 1] + (points[below] - points[below - 1]) * rise
            return Span(crossing, crossing)
        last = points[above - 1] if above < len(points) or self._tail else None
        return Span(points[below], last)

    def free_growth(self, amount: Fraction) -> Fraction:
        """The growth factor at which the months would bring `amount` if nothing bound them."""
        slope, fixed = self.line
        return max(ZERO, (amount - fixed) / slope) if slope else ZERO

    @property
    def lowest(self) -> Fraction:
        """What the children add up to where nothing grows."""
        return self._sums[0]

    @property
    def highest(self) -> Fraction | None:
        """What the children add up to at most; None where there is no such bound."""
        return None if self._tail else self._sums[-1]

    def _clip(self, amount: Fraction) -> Fraction:
        if amount <= self.low:
            return self.low
        return amount if self.high is None else min(amount, self.high)

    @cached_property
    def _points(self) -> list[Fraction]:
        """0 and the growth factors at which the children's sum bends, ascending."""
        bends = {point for child in self.children for point in child._bends()}
        return sorted(bends | {ZERO})

    def _bends(self) -> Iterator[Fraction]:
        yield from self._points
        if not self.children and not self.line.slope:
            return
        for bound in (self.low, self.high):
            span = None if bound is None else self.reach(bound)
            if span is not None:
                yield span.first

    @cached_property
    def _sums(self) -> list[Fraction]:
        """What the children add up to at each of the breakpoints."""
        return [self.wish(point) for point in self._points]

    @cached_property
    def _tail(self) -> Fraction:
        """The slope of the children's sum beyond the last breakpoint."""
        return self.wish(self._points[-1] + 1) - self._sums[-1]

    def _beyond(self, amount: Fraction) -> Fraction | None:
        end, total = self._points[-1], self._sums[-1]
        return end + (amount - total) / self._tail if self._tail else None


def settle(node: Node, amount: Fraction, unit: Fraction) -> Iterator[tuple[Node, Settled]]:
    """The nodes below `node`, which is given `amount`, each with what it is given in turn."""
    growth = _growth(node, amount)
    ideals = [child.value(growth) for child in node.children]
    amounts = round_ideals(amount, ideals, unit)
    for child, ideal, given in zip(node.children, ideals, amounts, strict=True):
        yield child, Settled(ideal, given, growth)
        if child.children:
            yield from settle(child, given, unit)


def _growth(node: Node, amount: Fraction) -> Fraction:
    span = node.reach(amount)
    if span is None:
        # Rounding has moved the amount less than a unit beyond what the children can reach
        # (fixed parts are no multiples of the unit); the remainders of the nearest sum make it up.
        nearest = node.lowest if amount < node.lowest else node.highest
        span = node.reach(nearest if nearest is not None else amount)
    assert span is not None, "a sum of children reaches its own lowest and highest value"
    return span.nearest(node.free_growth(amount))
