"""Limits of the plan file → the tree of nodes, or why no plan can respect them (spec § 4)."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from target_cascade.amount import show
from target_cascade.engine.apportion import round_down, round_up
from target_cascade.engine.demand import Demand, Rate
from target_cascade.engine.growth import ZERO, Node
from target_cascade.errors import InfeasibleError, Path, Problem
from target_cascade.plan import Bounds, Limit, Plan, YearEnd

Weight = tuple[Fraction, str, Path]
"""An amount, and the name and place of the entry that it is due to."""


class Bound(NamedTuple):
    """One entry's bound on the sum of `months`, snapped inward to the month unit.

    `name` is what messages call the entry: its name, or its place where it has none.
    """

    path: Path
    name: str
    months: frozenset[int]
    low: Fraction = ZERO
    high: Fraction | None = None


class LimitTree(NamedTuple):
    """The root, which is given the planned total, over groups of months and months; and each entry's
    bounds, in file order."""

    root: Node
    bounds: tuple[Bound, ...]


def limit_tree(plan: Plan, demand: Demand, total: Fraction) -> LimitTree:
    """The tree of a plan's limits, with the planned total `total` at its root.

    Raises `InfeasibleError` with every bound that cannot hold, how much is missing, and the
    entries that weigh most.
    """
    bounds, problems = _bounds(plan, total)
    problems += _crossing_groups(plan, bounds)
    problems += _closed_months(plan, demand, bounds)
    problems += _whole_year(bounds, total)
    if problems:
        raise InfeasibleError(*problems)
    root = _root(demand, bounds, total)
    problems = list(_unreachable(root, _Names(plan, demand, bounds)))
    if problems:
        raise InfeasibleError(*problems)
    return LimitTree(root, tuple(bounds))


def _bounds(plan: Plan, total: Fraction) -> tuple[list[Bound], list[Problem]]:
    bounds: list[Bound] = []
    problems: list[Problem] = []
    for path, limit, sets in _limited_sets(plan):
        low, high = _snapped(limit, total, plan.rounding.month)
        if high is not None and low > high:
            problems.append(_nothing_between(path, limit, total, plan.rounding.month))
        bounds += [Bound(path, bound_name(path, limit), months, low, high) for months in sets]
    return bounds, problems


def limits_of(plan: Plan) -> Iterator[tuple[Path, Limit | YearEnd]]:
    """The plan's limits with their places, and the year's end, which is one more."""
    yield from ((("limits", index), limit) for index, limit in enumerate(plan.limits))
    if plan.year_end is not None:
        yield ("year_end",), plan.year_end


def written_bounds(plan: Plan, total: Fraction) -> Iterator[Bound]:
    """Each entry's bounds as they are written, not snapped; a share is of the planned total `total`."""
    for path, limit, sets in _limited_sets(plan):
        low, high = _wanted(limit, total)
        yield from (Bound(path, bound_name(path, limit), months, low, high) for months in sets)


def _limited_sets(plan: Plan) -> Iterator[tuple[Path, Limit | YearEnd, list[frozenset[int]]]]:
    """Each limit with the sets of months whose sums it bounds."""
    for path, limit in limits_of(plan):
        each = [frozenset((month,)) for month in limit.months]
        yield path, limit, [frozenset(limit.months)] if limit.together else each


def _snapped(limit: Bounds, total: Fraction, unit: Fraction) -> tuple[Fraction, Fraction | None]:
    """The limit's bounds, the lower rounded up and the upper down to the unit."""
    low, high = _wanted(limit, total)
    return round_up(low, unit), None if high is None else round_down(high, unit)


def _wanted(limit: Bounds, total: Fraction) -> tuple[Fraction, Fraction | None]:
    """The limit's bounds as they are written; a share is of the planned total `total`."""
    if limit.hold is not None:
        return limit.hold, limit.hold
    upper = [limit.max] if limit.max is not None else []
    if limit.max_share is not None:
        upper.append(limit.max_share * total)
    return limit.min if limit.min is not None else ZERO, min(upper, default=None)


def _nothing_between(path: Path, limit: Bounds, total: Fraction, unit: Fraction) -> Problem:
    """Why no amount that is a multiple of the unit is within a limit's own bounds."""
    low, high = _wanted(limit, total)
    name, high = bound_name(path, limit), high or ZERO
    if limit.hold is not None:
        message = f"{show(low)} is no multiple of the month's unit {show(unit)}, so no month can hold it"
        return Problem(f"{name}: {message}", (*path, "hold"))
    if low > high:
        return Problem(f"{name}: {_both(low, high)}", path)
    message = f"no multiple of the month's unit {show(unit)} lies between {show(low)} and {show(high)}"
    return Problem(f"{name}: {message}", path)


def _both(low: Fraction, high: Fraction) -> str:
    return f"at least {show(low)} and at most {show(high)}, and both cannot be"


def _crossing_groups(plan: Plan, bounds: Sequence[Bound]) -> Iterator[Problem]:
    groups = [bound for bound in bounds if len(bound.months) > 1]
    for one, other in combinations(groups, 2):
        shared = one.months & other.months
        if shared and not (one.months <= other.months or other.months <= one.months):
            labels = ", ".join(plan.year.months[month].label for month in sorted(shared))
            yield Problem(
                f"{other.name} and {one.name} bound sums of months that overlap in"
                f" {labels}; sums of months have to lie one inside the other, or apart",
                other.path,
            )


def _closed_months(plan: Plan, demand: Demand, bounds: Sequence[Bound]) -> Iterator[Problem]:
    for bound in bounds:
        for month in bound.months if len(bound.months) == 1 and bound.low > 0 else ():
            if not demand.effective_days(demand.months[month]):
                yield Problem(
                    f"{bound.name} wants {show(bound.low)} from {plan.year.months[month].label},"
                    " but the day rules close all of its days",
                    bound.path,
                )


def _whole_year(bounds: Sequence[Bound], total: Fraction) -> Iterator[Problem]:
    """Bounds on all months together, which the planned total decides alone."""
    for bound in bounds:
        if len(bound.months) == 12 and total < bound.low:
            message = f"wants {show(bound.low)} from the whole year, {show(bound.low - total)} above"
        elif len(bound.months) == 12 and bound.high is not None and total > bound.high:
            message = f"allows {show(bound.high)} in the whole year, {show(total - bound.high)} below"
        else:
            continue
        yield Problem(f"{bound.name} {message} the planned total {show(total)}", bound.path)


def _root(demand: Demand, bounds: Sequence[Bound], total: Fraction) -> Node:
    nodes = [
        Node((month,), demand.line(month), _tightest(bounds, frozenset((month,)))) for month in range(12)
    ]
    groups = {bound.months for bound in bounds if 1 < len(bound.months) < 12}
    for months in sorted(groups, key=len):
        inside = [node for node in nodes if months.issuperset(node.months)]
        outside = [node for node in nodes if node not in inside]
        group = _group(inside, _tightest(bounds, months))
        nodes = sorted([*outside, group], key=lambda node: node.months[0])
    return _group(nodes, (total, total))


def _group(children: Sequence[Node], bounds: tuple[Fraction, Fraction | None]) -> Node:
    months = tuple(sorted(month for child in children for month in child.months))
    slope = sum((child.line.slope for child in children), ZERO)
    fixed = sum((child.line.fixed for child in children), ZERO)
    return Node(months, Rate(slope, fixed), bounds, tuple(children))


def _tightest(bounds: Sequence[Bound], months: frozenset[int]) -> tuple[Fraction, Fraction | None]:
    here = [bound for bound in bounds if bound.months == months]
    highs = [bound.high for bound in here if bound.high is not None]
    return max((bound.low for bound in here), default=ZERO), min(highs, default=None)


def _unreachable(node: Node, names: "_Names") -> Iterator[Problem]:
    """What keeps the node and the nodes below it from their bounds: what is fixed in the widest of
    them, and else the innermost cause only."""
    if node.children and node.high is not None and node.line.fixed > node.high:
        fixed = names.fixed_parts(node)
        yield names.too_much(node, "adds and new business bring", node.line.fixed, fixed)
        return
    inner = [problem for child in node.children for problem in _unreachable(child, names)]
    if inner:
        yield from inner
        return
    what, path = names.of_node(node)
    if node.high is not None and node.low > node.high:
        yield Problem(f"{what}: {_both(node.low, node.high)}", path)
    elif node.high is not None and node.line.fixed > node.high:
        yield names.too_much(node, "adds and new business bring", node.line.fixed, names.fixed_parts(node))
    elif not node.children:
        return
    elif node.high is not None and node.lowest > node.high:
        yield names.too_much(node, "its months come to at least", node.lowest, names.needs(node))
    elif node.highest is not None and node.highest < node.low:
        yield names.too_little(node, node.highest)


class _Names:
    """How messages name a node, and which entries weigh most in it."""

    def __init__(self, plan: Plan, demand: Demand, bounds: Sequence[Bound]) -> None:
        self.plan = plan
        self.demand = demand
        self.bounds = bounds

    def of_node(self, node: Node) -> tuple[str, Path]:
        """The words for a node, and the entry that bounds it."""
        labels = [self.plan.year.months[month].label for month in node.months]
        run = len(labels) == node.months[-1] - node.months[0] + 1
        listed = f"{labels[0]} to {labels[-1]}" if run else ", ".join(labels)
        where = labels[0] if len(labels) == 1 else f"{listed} together"
        bounds = [bound for bound in self.bounds if bound.months == frozenset(node.months)]
        path = bounds[-1].path if bounds else ("target",)
        if bounds and len(labels) < 12:
            return f"{where} ({', '.join(dict.fromkeys(bound.name for bound in bounds))})", path
        return "the year", path

    def too_much(self, node: Node, what: str, amount: Fraction, weights: list[Weight]) -> Problem:
        """The children need more than the node may have."""
        high = node.high or ZERO
        where, path = self.of_node(node)
        return Problem(
            f"{where}: {what} {show(amount)}, which is {show(amount - high)} more than the"
            f" {self._bound_word(node, 'at most')} {show(high)}{_most(weights)}",
            path if path != ("target",) or not weights else weights[0][2],
        )

    def too_little(self, node: Node, amount: Fraction) -> Problem:
        """The children cannot bring what the node must have."""
        where, path = self.of_node(node)
        cuts = self._caps(node)
        reason = "" if cuts else "; nothing in it can grow: base, day weights or lifts leave 0"
        return Problem(
            f"{where}: its months come to at most {show(amount)}, which is {show(node.low - amount)} less"
            f" than the {self._bound_word(node, 'at least')} {show(node.low)}{_most(cuts)}{reason}",
            path if path != ("target",) or not cuts else cuts[0][2],
        )

    def _bound_word(self, node: Node, word: str) -> str:
        whole_year = len(node.months) == 12 and node.low == node.high
        return "planned total" if whole_year else f"bound of {word}"

    def fixed_parts(self, node: Node) -> list[Weight]:
        """What each add and each new business brings, largest first."""
        days = [day for month in node.months for day in self.demand.months[month]]
        causes = [cause for cause in self.demand.causes if cause.kind != "lift"]
        brought = [(self.demand.of_cause(cause, days), f"`{cause.name}`", cause.path) for cause in causes]
        return _largest_first(brought)

    def needs(self, node: Node) -> list[Weight]:
        """What each entry brings or wants at a growth of 0, largest first."""
        own = self.of_node(node)[1]
        inside = [b for b in self.bounds if b.months <= set(node.months) and b.path != own]
        wanted = [(bound.low, bound.name, bound.path) for bound in inside]
        return _largest_first([*self.fixed_parts(node), *wanted])

    def _caps(self, node: Node) -> list[Weight]:
        """The upper bounds inside a node, the one that takes most of the demand first."""
        growth = node.free_growth(node.low)
        inside = [b for b in self.bounds if b.high is not None and b.months < set(node.months)]
        wishes = [sum((self.demand.line(m).at(growth) for m in b.months), ZERO) for b in inside]
        cuts = [(wish - (b.high or ZERO), b.name, b.path) for wish, b in zip(wishes, inside, strict=True)]
        highs = _by_entry((b.high or ZERO, b.name, b.path) for b in inside)
        allowed = {path: high for high, _, path in highs}
        return [(allowed[path], name, path) for _, name, path in _largest_first(cuts)]


def _largest_first(weights: Iterable[Weight]) -> list[Weight]:
    return sorted((weight for weight in _by_entry(weights) if weight[0] > 0), key=lambda w: -w[0])


def _by_entry(weights: Iterable[Weight]) -> list[Weight]:
    """The sums of an entry's weights, which is often one for each of its months."""
    sums: dict[Path, Weight] = {}
    for amount, name, path in weights:
        before = sums.get(path)
        sums[path] = (amount + before[0] if before else amount, name, path)
    return list(sums.values())


def _most(weights: Sequence[Weight]) -> str:
    if not weights:
        return ""
    named = ", ".join(f"{name} ({show(amount)})" for amount, name, _ in weights[:3])
    return f"; most weigh {named}"


def together(plan: Plan) -> Iterator[tuple[Path, Limit | YearEnd]]:
    """The entries that bound the sum of several months, and not of all, each with its place."""
    for path, limit in limits_of(plan):
        if limit.together and 1 < len(limit.months) < len(plan.year.months):
            yield path, limit


def bound_name(path: Path, limit: Bounds | None) -> str:
    """`` `the warehouse` ``, or `` `limits[1]` `` where the entry has no name."""
    if isinstance(limit, Limit) and limit.name is not None:
        return f"`{limit.name}`"
    head, *index = path
    return f"`{head}{''.join(f'[{number}]' for number in index)}`"
