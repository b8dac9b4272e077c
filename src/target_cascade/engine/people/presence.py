"""What each node of the tree weighs in each part week (spec, "Teams and people").

A leaf weighs weight · productivity(month) · W(the days of the part week from its start to its end), and
another node what its leaves weigh together. Weights are kept as whole numbers in their proportions: one
for the leaf times a pattern over the part weeks, which leaves that are there on the same days share. So
a leaf costs one number, and a hundred thousand of them hardly more than the patterns.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import NamedTuple

from target_cascade.calendar import PlanYear
from target_cascade.engine.apportion import whole
from target_cascade.engine.cascade import Cascade
from target_cascade.people.node import Node
from target_cascade.plan import Plan

Pattern = Sequence[int]
ONE = Fraction(1)


class Weighed(NamedTuple):
    """A node and what it weighs in part week t: `weight` · `pattern`[t], in the same scale for all nodes;
    equal patterns of leaves are the same object."""

    node: Node
    weight: int
    pattern: Pattern
    members: tuple["Weighed", ...]


def productivity(plan: Plan, node: Node, month: int) -> Fraction:
    """The step of the ramp that a leaf has reached in the month at a position: in the month of its start
    the first, in the next the second, whole months each. 1 after the ramp and without a start, 0 before
    the start. A start before the plan year counts the months since then."""
    ramp = plan.cascade.ramp if plan.cascade is not None else ()
    return ONE if node.start is None else _step(ramp, _months_since(node.start, plan.year, month, len(ramp)))


def _step(ramp: Sequence[Fraction], months: int) -> Fraction:
    if months < 0:
        return Fraction(0)
    return ramp[months] if months < len(ramp) else ONE


def _months_since(start: date, year: PlanYear, month: int, enough: int) -> int:
    """How many months after that of `start` the plan's month comes; negative before it.

    Calendar months are counted; in a retail year its periods, and those of the years before by the
    weeks that the plan says the year before has. More than `enough` are not counted.
    """
    if not year.is_retail:
        first = year.months[month].start
        return (first.year - start.year) * 12 + first.month - start.month
    if start > year.end:
        return -1
    while start < year.start:
        if month > enough:
            return month
        year, month = year.base, month + 12
    return month - year.position(start)


def weighed(cascade: Cascade, nodes: Iterable[Node]) -> tuple[Weighed, ...]:
    """The nodes with what they and all below them weigh."""
    top = tuple(nodes)
    scale = lcm(*(leaf.weight.denominator for node in top for leaf in node.leaves()))
    presence = _Presence(cascade)
    return tuple(_weighed(node, scale, presence) for node in top)


def _weighed(node: Node, scale: int, presence: "_Presence") -> Weighed:
    if not node.members:
        weight = node.weight.numerator * (scale // node.weight.denominator)
        return Weighed(node, weight, presence.pattern(node), ())
    members = tuple(_weighed(member, scale, presence) for member in node.members)
    return Weighed(node, *_together(members), members)


def _together(members: Sequence[Weighed]) -> tuple[int, Pattern]:
    patterns = {id(one.pattern): one.pattern for one in members if one.weight}
    carried = dict.fromkeys(patterns, 0)
    for one in members:
        if one.weight:
            carried[id(one.pattern)] += one.weight
    if not patterns:
        return 0, members[0].pattern
    if len(patterns) == 1:
        return next(iter(carried.values())), next(iter(patterns.values()))
    columns = zip(*patterns.values(), strict=True)
    weights = tuple(carried.values())
    return 1, tuple(sum(w * v for w, v in zip(weights, column, strict=True)) for column in columns)


class _Presence:
    """The patterns of leaves, each made once."""

    def __init__(self, cascade: Cascade) -> None:
        plan, demand = cascade.plan, cascade.demand
        assert plan.cascade is not None, "there is a tree"
        self._year, self._ramp = plan.year, plan.cascade.ramp
        self._so_far = [0, *accumulate(demand.weights)]
        self._spans = [(part.period.start, part.period.end) for m in cascade.months for part in m.parts]
        self._month_of = [m.position for m in cascade.months for _ in m.parts]
        self._known: dict[tuple[date | None, date | None], Pattern] = {}
        self._same: dict[Pattern, Pattern] = {}

    def pattern(self, leaf: Node) -> Pattern:
        """By part week productivity · W(active days), as whole numbers in one scale for all leaves."""
        key = leaf.start, leaf.end
        if key not in self._known:
            made = tuple(self._made(leaf))
            self._known[key] = self._same.setdefault(made, made)
        return self._known[key]

    def _made(self, leaf: Node) -> Iterable[int]:
        first, last = leaf.start or self._year.start, leaf.end or self._year.end
        # All steps, and 1, in one scale: so patterns of different starts stay in proportion.
        steps, full = whole([*self._ramp, ONE]), len(self._ramp)
        months = [
            full if leaf.start is None else _months_since(leaf.start, self._year, month, full)
            for month in range(12)
        ]
        for (start, end), month in zip(self._spans, self._month_of, strict=True):
            begin, stop = max(start, first), min(end, last)
            if begin > stop:
                yield 0
                continue
            offset = (begin - self._year.start).days
            worth = self._so_far[offset + (stop - begin).days + 1] - self._so_far[offset]
            yield worth * steps[min(max(months[month], 0), full)]
