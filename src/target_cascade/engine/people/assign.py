"""A parent's whole units to its children, part week by part week (spec, "Teams and people").

This is Tijdeman's chairman assignment (R. Tijdeman, The chairman assignment problem, Discrete
Mathematics 32, 1980) with ideals that need not grow evenly. Say x(t) for a child's ideal running
total at part week t. Its k-th unit may be given from the first t with x(t) > k-1 on, and is due at
the first t with x(t) ≥ k. The rule gives what is due, then what falls due earliest. That it never
gets stuck, and keeps every running total less than a unit from its ideal, is shown in three steps.
The ideals of all children add up to the parent's running total A(t) throughout.

1. A running total lies between the floor of x(t) and its ceiling: what is due lifts it to the floor,
   only a child below x(t) gets one more, and x(t) never falls.
2. There is always somebody to give to. Once what is due is given, a child below x(t) lacks one unit
   to its ceiling, and every other one none. So as many may get one as the ceilings add up to more
   than what is given so far; the ceilings add up to A(t) at least, so the units left find takers.
3. What is due is never more than there is. Suppose it is at t, for the first time. Let s be the last
   part week before t in which a unit due after t was given (before the year if there is none). Every
   unit due by t that might be given at s was given by then, for it would have gone first. So each
   unit due by t and given after s, or lacking at t, lies wholly between x(s) and x(t); a child has at
   most x(t) - x(s) of them, all children at most A(t) - A(s): what there is after s up to t. Between
   s and t nothing else was given, so what is left of it for t is enough after all.

So there is rounding here as well as in `engine/apportion.py`: of ideals to whole units, down or up.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from math import gcd, lcm
from operator import sub
from typing import NamedTuple


class Child(NamedTuple):
    """What one child may expect: weight · running[t] / denominator units by the end of part week t."""

    weight: int
    """Whole, not below 0."""
    running: Sequence[int]
    """Running totals per unit of weight, as numerators; they never fall. Children of the same pattern
    over the year share the same object, so that a child costs one number."""


class NobodyActiveError(ValueError):
    """A part week has an amount, and no child has a weight there; `position` counts from 0."""

    def __init__(self, position: int) -> None:
        super().__init__(f"part week {position}, counted from 0, has an amount and no weight above 0")
        self.position = position


def assign(amounts: Sequence[int], children: Sequence[Child], denominator: int) -> list[list[int]]:
    """The children's whole units, per child and part week, from the parent's `amounts` per part week.

    Every part week adds up to its amount, and every child's running total is less than a unit from its
    ideal. The ideals have to add up to the running total of `amounts` at every part week.
    """
    year = _Year(children, denominator, list(accumulate(amounts)))
    columns = [year.give(t) for t in range(len(amounts))]
    return [list(row) for row in zip(*columns, strict=True)]


class _Ideals(NamedTuple):
    """The children's ideal running totals at the end of a part week: the whole units, and what is above
    them as numerators over the denominator."""

    floors: list[int]
    remainders: list[int]


class _Year:
    """What the children of one parent may expect, and what they have had so far."""

    def __init__(self, children: Sequence[Child], denominator: int, reached: list[int]) -> None:
        assert denominator > 0, f"a denominator of {denominator}"
        self._weights = [child.weight for child in children]
        self._runnings = list({id(child.running): child.running for child in children}.values())
        places = {id(running): place for place, running in enumerate(self._runnings)}
        self._patterns = [places[id(child.running)] for child in children]
        self._denominator = denominator
        self._reached = reached
        """The parent's running totals."""
        self._assert_preconditions()
        self._had = [0] * len(children)
        self._due = [0] * len(children)
        """The part week by which a child's next unit falls due, one past the last if it never does. One
        that has come says nothing of the unit after it."""
        self._coming = self._ideals(0)

    def give(self, t: int) -> list[int]:
        """The children's units of part week `t`; those of the part weeks before it have been given."""
        now, self._coming = self._coming, self._ideals(min(t + 1, len(self._reached) - 1))
        before, had = self._had, list(map(max, self._had, now.floors))
        self._had = had
        left = self._reached[t] - sum(had)
        assert left >= 0, "more is due than there is"
        for tier in self._tiers(t, now) if left else ():
            if left < len(tier):
                # The sort is stable, also in reverse: of two equal remainders the earlier comes first.
                tier.sort(key=now.remainders.__getitem__, reverse=True)
            for i in tier[:left]:
                had[i] += 1
            left -= min(left, len(tier))
            if not left:
                break
        return list(map(sub, had, before))

    def _tiers(self, t: int, now: _Ideals) -> Iterator[list[int]]:
        """The children that may get one more unit at `t`, by the part week in which it falls due."""
        had, due, coming = self._had, self._due, self._coming.floors
        may = [i for i, rest in enumerate(now.remainders) if rest and had[i] == now.floors[i]]
        soon = [i for i in may if coming[i] > had[i]]
        # Told apart before `soon` is given out, for that changes what they have had.
        others = [i for i in may if coming[i] == had[i]]
        # Where units are many, these are enough, and no later part week is looked up.
        yield soon
        later = defaultdict(list)
        for i in others:
            if due[i] <= t:
                due[i] = self._due_after(t, i, had[i] + 1)
            later[due[i]].append(i)
        yield from (later[part_week] for part_week in sorted(later))

    def _ideals(self, t: int) -> _Ideals:
        at, denominator = [running[t] for running in self._runnings], self._denominator
        ideals = [weight * at[pattern] for weight, pattern in zip(self._weights, self._patterns, strict=True)]
        floors = [ideal // denominator for ideal in ideals]
        remainders = [ideal - floor * denominator for ideal, floor in zip(ideals, floors, strict=True)]
        return _Ideals(floors, remainders)

    def _due_after(self, t: int, i: int, units: int) -> int:
        """The first part week after `t` in which child `i` may expect `units` in all; its weight is not 0."""
        needed = -(-units * self._denominator // self._weights[i])
        return bisect_left(self._runnings[self._patterns[i]], needed, t + 1)

    def _assert_preconditions(self) -> None:
        """The ideals never fall, and add up to the parent's running totals: looked at pattern by pattern."""
        for running in self._runnings:
            assert all(before <= after for before, after in pairwise([0, *running])), "a running ideal falls"
        carried = [0] * len(self._runnings)
        for weight, pattern in zip(self._weights, self._patterns, strict=True):
            assert weight >= 0, f"a weight of {weight}"
            carried[pattern] += weight
        for t, reached in enumerate(self._reached):
            ideals = (weight * running[t] for weight, running in zip(carried, self._runnings, strict=True))
            assert sum(ideals) == reached * self._denominator, f"the ideals miss the amounts at part week {t}"


def shares(amounts: Sequence[int], weights: Sequence[tuple[int, Sequence[int]]]) -> tuple[list[Child], int]:
    """The children for `assign`, and their denominator, from each one's weight and its pattern.

    A child's ideal in part week t is amounts[t] · weight · pattern[t] / Σ of all weight · pattern[t].
    Patterns are told apart by identity. Raises `NobodyActiveError`, a `ValueError`.
    """
    patterns = {id(pattern): pattern for _, pattern in weights}
    carried: dict[int, int] = defaultdict(int)
    for weight, pattern in weights:
        carried[id(pattern)] += weight
    steps, denominator = _steps(amounts, list(patterns.values()), [carried[key] for key in patterns])
    running = {key: _running(pattern, steps) for key, pattern in patterns.items()}
    return [Child(weight, running[id(pattern)]) for weight, pattern in weights], denominator


def _steps(
    amounts: Sequence[int], patterns: Sequence[Sequence[int]], carried: Sequence[int]
) -> tuple[list[tuple[int, int]], int]:
    """Per part week the largest part of which all patterns are multiples there, and what it brings a
    weight of 1, as a numerator over the denominator: the least one, for its length costs time."""
    steps = []
    for position, amount in enumerate(amounts):
        values = [pattern[position] for pattern in patterns]
        total = sum(weight * value for weight, value in zip(carried, values, strict=True))
        if amount and not total:
            raise NobodyActiveError(position)
        part = gcd(*values) or 1
        steps.append((part, Fraction(amount * part, total or 1)))
    denominator = lcm(*(brought.denominator for _, brought in steps))
    return [(part, (brought * denominator).numerator) for part, brought in steps], denominator


def _running(pattern: Sequence[int], steps: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(
        accumulate(value // part * brought for value, (part, brought) in zip(pattern, steps, strict=True))
    )
