"""Children of one parent whose months are bounded (spec, "Teams and people").

In a month with bounds, holds are fixed first. The other children share what is left by weight, part
week by part week, and whoever that takes beyond a bound is fixed there: all above their maximums if
these excesses add up to more than what the others lack to their minimums, and otherwise all below their
minimums. So only those are fixed whose bound keeps them in the end. To fix the single largest excess
first would not do: with 100 for three that weigh 3 : 1 : 1, the first at most 50 and the others at least
29 each, it fixes the first at 50 and leaves too little, where 42, 29 and 29 is right.

A fixed child's month is its bound, to the unit; its part weeks follow what it would have without bounds.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import NamedTuple

from target_cascade.engine.people.absent import only_where_present
from target_cascade.engine.people.assign import Child, assign, shares

Claim = tuple[int, Sequence[int]]
"""A child's weight and its pattern over the year, as `shares` takes them."""


class Span(NamedTuple):
    """What a month may come to, in units; `high` None is no bound."""

    low: int
    high: int | None


Bounds = Mapping[int, Mapping[int, Span]]
"""By the position of a month, by child. A child that weighs nothing in a month has none there."""


class BoundsError(ValueError):
    """Bounds of a month that cannot all hold. `need` is what the children have to or may come to, `has`
    what there is, in units: of the month, or of the part week at `week` where only that does not fit."""

    def __init__(self, month: int, need: Fraction, has: int, week: int | None = None) -> None:
        super().__init__(f"month {month}, part week {week}: {need} units needed of {has}")
        self.month, self.need, self.has, self.week = month, need, has, week


def units_by_weight(amounts: Sequence[int], claims: Sequence[Claim]) -> list[list[int]]:
    """The children's units by part week, in proportion to their weights; each is 0 where its weight is.

    Raises `NobodyActiveError`.
    """
    children, denominator = shares(amounts, claims)
    rows = assign(amounts, children, denominator)
    only_where_present(rows, children, denominator)
    return rows


def units_within(
    amounts: Sequence[int], month_of: Sequence[int], claims: Sequence[Claim], bounds: Bounds
) -> list[list[int]]:
    """The children's units by part week; the months of bounded children lie within their bounds.

    Raises `BoundsError`, and `NobodyActiveError`.
    """
    months = [
        _Month(month, [t for t, m in enumerate(month_of) if m == month], amounts, claims, spans)
        for month, spans in sorted(bounds.items())
        if spans
    ]
    for month in months:
        month.settle()
    while True:
        rows = _rows(amounts, claims, months)
        # Rounding takes a month up to two units from its ideal, which may be one beyond a bound.
        if not [month for month in months if month.fix_broken(rows)]:
            return rows


def _rows(amounts: Sequence[int], claims: Sequence[Claim], months: Sequence["_Month"]) -> list[list[int]]:
    """All children's units: of the fixed ones month by month, of the others over the year, so that their
    running totals go on through the months in which they are free."""
    left, given = list(amounts), []
    fixed: dict[int, set[int]] = defaultdict(set)
    for month in months:
        for i, t, units in month.units_of_fixed():
            given.append((i, t, units))
            left[t] -= units
            fixed[i].add(t)
    masked: dict[tuple[int, frozenset[int]], tuple[int, ...]] = {}
    free: list[Claim] = list(claims)
    for i, gone in fixed.items():
        weight, pattern = claims[i]
        key = id(pattern), frozenset(gone)
        if key not in masked:
            masked[key] = tuple(0 if t in gone else value for t, value in enumerate(pattern))
        free[i] = weight, masked[key]
    rows = units_by_weight(left, free)
    for i, t, units in given:
        rows[i][t] = units
    return rows


class _Month:
    """A month of one parent, and which of its children have been fixed in it."""

    def __init__(
        self,
        position: int,
        weeks: Sequence[int],
        amounts: Sequence[int],
        claims: Sequence[Claim],
        spans: Mapping[int, Span],
    ) -> None:
        self._position, self._weeks, self._claims, self._spans = position, weeks, claims, spans
        self._amounts = [amounts[t] for t in weeks]
        self._fixed: dict[int, int] = {}
        patterns = {id(pattern): pattern for _, pattern in claims}
        self._patterns = {key: [pattern[t] for t in weeks] for key, pattern in patterns.items()}
        self._carried = dict.fromkeys(patterns, 0)
        for weight, pattern in claims:
            self._carried[id(pattern)] += weight
        self._own = dict(self._shapes())
        self._check_sums()

    def _shapes(self) -> Iterator[tuple[int, list[Fraction]]]:
        """By pattern how a month goes over its part weeks without bounds; they add up to 1, or to 0 where
        nothing is due to it."""
        per_weight = self._per_weight([Fraction(amount) for amount in self._amounts], self._carried)
        for key, pattern in self._patterns.items():
            ideals = [f * value for f, value in zip(per_weight, pattern, strict=True)]
            total = sum(ideals)
            yield key, [ideal / total if total else ideal for ideal in ideals]

    def _per_weight(self, amounts: Sequence[Fraction], carried: Mapping[int, int]) -> list[Fraction]:
        """By part week what a weight of 1 gets of `amounts`."""
        weights = [
            sum(carried[key] * pattern[at] for key, pattern in self._patterns.items())
            for at in range(len(self._weeks))
        ]
        return [a / w if w else Fraction(0) for a, w in zip(amounts, weights, strict=True)]

    def _check_sums(self) -> None:
        """Raises `BoundsError` where all minimums are more than the month, or all maximums less."""
        total = sum(self._amounts)
        low = sum(span.low for span in self._spans.values())
        if low > total:
            raise BoundsError(self._position, Fraction(low), total)
        high = self._most(())
        if high is not None and high < total:
            raise BoundsError(self._position, Fraction(high), total)

    def _most(self, besides: "Sequence[int] | Mapping[int, int]") -> int | None:
        """What all children, or those `besides` some, may come to; None where one has no bound."""
        most = 0
        for i, (weight, pattern) in enumerate(self._claims):
            if i in besides or not weight or not any(self._patterns[id(pattern)]):
                continue
            span = self._spans.get(i)
            if span is None or span.high is None:
                return None
            most += span.high
        return most

    def settle(self) -> None:
        """Fixes the children that their bounds keep, so that nobody else goes beyond one.

        Raises `BoundsError` where that leaves less than nothing in a part week, or nobody to have it.
        """
        self._fixed |= {i: span.low for i, span in self._spans.items() if span.low == span.high}
        while True:
            left, carried = self._left()
            per_weight = self._per_weight(left, carried)
            months = {
                key: sum((f * v for f, v in zip(per_weight, pattern, strict=True)), Fraction(0))
                for key, pattern in self._patterns.items()
            }
            above, below = self._beyond(months)
            if not above and not below:
                break
            excess, lack = sum(above.values()), sum(below.values())
            if excess >= lack:
                self._fixed |= {i: self._spans[i].high or 0 for i in above}
            if lack >= excess:
                self._fixed |= {i: self._spans[i].low for i in below}
        self._check_weeks(left, carried)

    def _left(self) -> tuple[list[Fraction], dict[int, int]]:
        """What the fixed children leave in each part week, and what the others weigh, by pattern."""
        carried, bound = dict(self._carried), dict.fromkeys(self._carried, 0)
        for i, units in self._fixed.items():
            weight, pattern = self._claims[i]
            carried[id(pattern)] -= weight
            bound[id(pattern)] += units
        left = [Fraction(amount) for amount in self._amounts]
        for key, units in bound.items():
            if units:
                left = [rest - units * part for rest, part in zip(left, self._own[key], strict=True)]
        return left, carried

    def _beyond(self, months: Mapping[int, Fraction]) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
        """By how much free children are above their maximums, and below their minimums."""
        above, below = {}, {}
        for i, (low, high) in self._spans.items():
            if i not in self._fixed:
                weight, pattern = self._claims[i]
                per_weight = months[id(pattern)]
                # Whole numbers first: most children are within their bounds, and there may be thousands.
                ideal, one = weight * per_weight.numerator, per_weight.denominator
                if high is not None and ideal > high * one:
                    above[i] = Fraction(ideal - high * one, one)
                elif ideal < low * one:
                    below[i] = Fraction(low * one - ideal, one)
        return above, below

    def _check_weeks(self, left: Sequence[Fraction], carried: Mapping[int, int]) -> None:
        for at, rest in enumerate(left):
            somebody = any(carried[key] * pattern[at] for key, pattern in self._patterns.items())
            if rest < 0 or (rest > 0 and not somebody):
                amount = self._amounts[at]
                raise BoundsError(self._position, amount - rest, amount, self._weeks[at])
        given, total = sum(self._fixed.values()), sum(self._amounts)
        if given + sum(left) != total:  # a bound above 0 where nothing is due in any part week
            raise BoundsError(self._position, Fraction(given), total)

    def units_of_fixed(self) -> Iterator[tuple[int, int, int]]:
        """Fixed child, part week and units. What is left to the others is one more child, so that the part
        weeks close; and since all months are whole, each comes out at its bound."""
        if not self._fixed:
            return
        left, _ = self._left()
        own = {key: self._own[key] for key in {id(self._claims[i][1]) for i in self._fixed}}
        denominator = lcm(*(f.denominator for shape in (*own.values(), left) for f in shape))
        running = {key: _running(shape, denominator) for key, shape in own.items()}
        children = [Child(units, running[id(self._claims[i][1])]) for i, units in self._fixed.items()]
        children.append(Child(1, _running(left, denominator)))
        rows = assign(self._amounts, children, denominator)
        only_where_present(rows, children, denominator)
        for i, row in zip(self._fixed, rows, strict=False):
            yield from ((i, t, units) for t, units in zip(self._weeks, row, strict=True))

    def fix_broken(self, rows: Sequence[Sequence[int]]) -> bool:
        """Fixes free children whose whole months are beyond a bound, as many as leave enough and not too
        much for the rest, and at least one; says whether there was any."""
        broken: list[tuple[int, int]] = []
        for i, (low, high) in self._spans.items():
            units = sum(rows[i][t] for t in self._weeks)
            if i not in self._fixed and (units < low or (high is not None and units > high)):
                broken.append((i, low if units < low else high or 0))
        for number, (i, bound) in enumerate(broken):
            if not number or self._leaves_enough(i, bound):
                self._fixed[i] = bound
        if broken:
            self.settle()
        return bool(broken)

    def _leaves_enough(self, i: int, bound: int) -> bool:
        fixed = {**self._fixed, i: bound}
        rest = sum(self._amounts) - sum(fixed.values())
        lowest = sum(span.low for j, span in self._spans.items() if j not in fixed)
        most = self._most(fixed)
        return lowest <= rest and (most is None or rest <= most)


def _running(ideals: Sequence[Fraction], denominator: int) -> tuple[int, ...]:
    return tuple(accumulate(f.numerator * (denominator // f.denominator) for f in ideals))
