"""Bounds of nodes and decided amounts → bounds in units, and why they cannot hold."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.amount import show
from target_cascade.engine.apportion import round_down, round_up, share_units, units_of
from target_cascade.engine.cascade import Quota
from target_cascade.engine.people.bounded import Bounds, BoundsError, Span
from target_cascade.engine.people.presence import Weighed
from target_cascade.errors import InfeasibleError, Problem
from target_cascade.people.checked import Settled
from target_cascade.people.node import Bound, Names, Node, problem_at

NOBODY = "nobody with a weight above 0 is there then"


class Hold(NamedTuple):
    """A decided month, in units; `settled` is the decision that it comes from."""

    units: int
    settled: Settled


Holds = Mapping[tuple[Names, int], Hold]
"""By node and month."""


class Company(NamedTuple):
    """What all parents share: the leaf unit, the part weeks with their months, the months' labels, and
    the decided months."""

    unit: Fraction
    weeks: Sequence[Quota]
    month_of: Sequence[int]
    labels: Sequence[str]
    holds: Holds


def months_held(settled: Settled, asked: Sequence[int], unit: Fraction) -> Iterator[tuple[int, Hold]]:
    """What a decision holds, by month; `asked` has what the cascade asks of the node without decisions,
    in units. Several months get the amount in proportion to that, by largest remainder.

    Raises `InfeasibleError`.
    """
    amount, months = settled.amount, settled.span.months
    if (amount / unit).denominator != 1:
        problem = f"{show(amount)} is no multiple of the unit {show(unit)} of teams and people"
        raise InfeasibleError(_at(settled, f"{problem}; decide for one"))
    weights = [asked[month] for month in months]
    if not any(weights) and amount and len(months) > 1:
        message = f"nothing is asked of `{settled.name}` in {settled.span.label}, so nobody can know in which"
        raise InfeasibleError(_at(settled, f"{message} of its months {show(amount)} is due; decide by month"))
    count = units_of(amount, unit)
    parts = share_units(count, weights) if any(weights) else [count] + [0] * (len(months) - 1)
    for month, units in zip(months, parts, strict=True):
        yield month, Hold(units, settled)


def _at(settled: Settled, message: str) -> Problem:
    return problem_at(settled.where, settled.key, message, settled.section)


class Members:
    """The members of one parent, by their names, and what bounds their months."""

    def __init__(self, members: Sequence[Weighed], above: Names, company: Company) -> None:
        self._members, self._above, self._company = members, above, company
        self._months_of: dict[int, set[int]] = {}
        """By pattern the months in which it is above 0."""

    def bounds(self) -> Bounds:
        """By month and member; raises `InfeasibleError` with every bound that cannot hold by itself."""
        spans: dict[int, dict[int, Span]] = {}
        problems: list[Problem] = []
        for i, month, bound, hold in self._given():
            problem = self._problem(i, month, bound, hold)
            if problem is not None:
                problems.append(problem)
            elif self._is_there(i, month):
                spans.setdefault(month, {})[i] = self._span(bound, hold)
        if problems:
            raise InfeasibleError(*dict.fromkeys(problems))
        return spans

    def _given(self) -> Iterator[tuple[int, int, Bound, Hold | None]]:
        holds = self._company.holds
        for i, member in enumerate(self._members):
            if member.node.bounds or holds:
                names = (*self._above, member.node.name)
                for month in range(12):
                    bound, hold = member.node.bounds.get(month), holds.get((names, month))
                    if bound is not None or hold is not None:
                        yield i, month, bound or Bound(), hold

    def _span(self, bound: Bound, hold: Hold | None) -> Span:
        if hold is not None:
            return Span(hold.units, hold.units)
        unit = self._company.unit
        low = units_of(round_up(bound.low or Fraction(0), unit), unit)
        return Span(low, None if bound.high is None else units_of(round_down(bound.high, unit), unit))

    def _is_there(self, i: int, month: int) -> bool:
        member = self._members[i]
        months = self._months_of.get(id(member.pattern))
        if months is None:
            weeks = zip(self._company.month_of, member.pattern, strict=True)
            months = self._months_of[id(member.pattern)] = {m for m, value in weeks if value}
        return not _weighs_nothing(member) and month in months

    def _problem(self, i: int, month: int, bound: Bound, hold: Hold | None) -> Problem | None:
        """Why a bound cannot hold, whatever the parent has."""
        node = self._members[i].node
        label = "every month" if bound.always and hold is None else self._company.labels[month]
        what = f"`{'/'.join((*self._above, node.name))}`, {label}"
        nobody = "" if self._is_there(i, month) else _weighs_nothing(self._members[i]) or NOBODY
        if hold is None:
            return self._unfit(node, bound, what, nobody)
        return self._undecidable(hold, self._span(bound, None), what, nobody)

    def _undecidable(self, hold: Hold, own: Span, what: str, nobody: str) -> Problem | None:
        unit = self._company.unit
        what = f"{what}: {show(hold.units * unit)} is decided"
        if hold.units and nobody:
            return _at(hold.settled, f"{what}, and {nobody}")
        if hold.units < own.low:
            return _at(hold.settled, f"{what}, below its `min` {show(own.low * unit)}; change one of them")
        if own.high is not None and hold.units > own.high:
            return _at(hold.settled, f"{what}, above its `max` {show(own.high * unit)}; change one of them")
        return None

    def _unfit(self, node: Node, bound: Bound, what: str, nobody: str) -> Problem | None:
        unit, least, most = self._company.unit, bound.low or Fraction(0), bound.high
        if most is not None and round_up(least, unit) > round_down(most, unit):
            if bound.is_hold:
                message = f"{show(least)} is no multiple of the unit {show(unit)} of teams and people"
                return problem_at(node.where, "hold", f"{what}: {message}, so it cannot be held")
            message = f"no multiple of the unit {show(unit)} lies between {show(least)} and {show(most)}"
            return problem_at(node.where, "min", f"{what}: {message}")
        # Of every month it means those in which it is there: none is fine, but not if none can ever be.
        if least and nobody and not (bound.always and nobody == NOBODY):
            message = f"{show(least)} is wanted at least, and {nobody}"
            return problem_at(node.where, "hold" if bound.is_hold else "min", f"{what}: {message}")
        return None

    def impossible(self, error: BoundsError, bounds: Bounds) -> InfeasibleError:
        """Why the bounds of a month cannot all hold, at the one that weighs most."""
        unit, label = self._company.unit, self._company.labels[error.month]
        parent = f"`{'/'.join(self._above)}`" if self._above else "the company"
        need, has = show(error.need * unit), show(error.has * unit)
        differs = show(abs(error.need - error.has) * unit)
        spans = bounds[error.month]
        if error.week is not None:
            period = self._company.weeks[error.week].period
            label = f"{label}, part week {period.label} ({period.start}..{period.end})"
        if error.week is not None and error.need < error.has:
            i = max(spans, key=lambda j: spans[j].low)
            message = (
                f"{parent} has {has} in {label}, and {differs} of it is left to nobody: all who are there"
            )
            message += " are bounded, and a bounded month keeps its pattern over the part weeks; most has"
            return InfeasibleError(self._of(i, error.month, message, spans[i].low))
        if error.need > error.has:
            i = max(spans, key=lambda j: spans[j].low)
            message = (
                f"{parent} has {has} in {label}, and the bounds of its members take {need}, {differs} more"
            )
            return InfeasibleError(self._of(i, error.month, f"{message}; most takes", spans[i].low, need))
        i = min(spans, key=lambda j: _high(spans[j], error.has))
        message = f"{parent} has {has} in {label}, and its members may bring {need} only, {differs} less"
        least = _high(spans[i], error.has)
        return InfeasibleError(self._of(i, error.month, f"{message}; least may", least, need))

    def _of(self, i: int, month: int, message: str, units: int, need: str = "") -> Problem:
        """The problem at the member with position `i`; `need` is what all members together come to."""
        node = self._members[i].node
        hold = self._company.holds.get(((*self._above, node.name), month))
        said = f"{message} `{node.name}` ({show(units * self._company.unit)})"
        if hold is not None and need and self._above:
            said += f"; leave one of them open, or decide {need} for `{'/'.join(self._above)}` as well"
        return _at(hold.settled, said) if hold is not None else problem_at(node.where, "", said)


def _weighs_nothing(member: Weighed) -> str:
    """Why a member gets nothing in any month, however many days it is there; empty where it may."""
    if member.node.share == 0:
        return "its `share` is 0 %, so it gets nothing; leave the bound out, or give it a share"
    if not member.weight:
        what = "nobody in it has a weight" if member.node.members else "its `weight` is 0"
        return f"{what}, so it gets nothing; leave the bound out, or give it a weight"
    return ""


def _high(span: Span, most: int) -> int:
    return most if span.high is None else span.high
