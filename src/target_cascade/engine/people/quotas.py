"""The company's part weeks down the tree of teams and people (spec, "Teams and people")."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise

from target_cascade.amount import show
from target_cascade.engine.apportion import round_up, units_of, whole
from target_cascade.engine.cascade import Cascade, Quota
from target_cascade.engine.people.assign import NobodyActiveError
from target_cascade.engine.people.bounded import BoundsError, Claim, units_by_weight, units_within
from target_cascade.engine.people.node_bounds import Company, Hold, Holds, Members, months_held
from target_cascade.engine.people.presence import ONE, Weighed, productivity, weighed
from target_cascade.errors import InfeasibleError, Problem, UsageError
from target_cascade.people.checked import problems, settled
from target_cascade.people.found import NodeNames
from target_cascade.people.node import Names, Node, problem_at
from target_cascade.people.tree import Tree

__all__ = ["NodeQuota", "PeopleQuotas", "people_quotas", "productivity"]


@dataclass(frozen=True, slots=True, eq=False)
class NodeQuota:
    """What a node has to bring, with what is below it.

    `units` are whole leaf units by part week of the year; those of its members add up to them.
    `assigned` is what it is handed with over-assignment, and the same where there is none above it.
    `of` is the year of its parent in units, for the first level that of the company.
    """

    node: Node
    names: Names
    depth: int
    units: Sequence[int]
    assigned: Sequence[int]
    members: tuple["NodeQuota", ...]
    of: int

    @property
    def part(self) -> Fraction | None:
        """Its share of the year's quota of its parent; None where that is 0."""
        return Fraction(sum(self.units), self.of) if self.of else None


@dataclass(frozen=True, eq=False)
class PeopleQuotas:
    """The quotas of a tree; `unit` is the leaf's, `weeks` are the company's part weeks in order, and
    `month_of` has the position of each one's month. In every part week the first level adds up to the
    company, and a node's members to it."""

    cascade: Cascade
    tree: Tree
    unit: Fraction
    weeks: tuple[Quota, ...]
    month_of: tuple[int, ...]
    roots: tuple[NodeQuota, ...]

    def nodes(self) -> Iterator[NodeQuota]:
        """All nodes, a parent before its members, in file order."""
        return _walk(self.roots)

    def leaves(self) -> Iterator[NodeQuota]:
        """The nodes without members, in file order."""
        return (node for node in self.nodes() if not node.members)

    def at_level(self, level: str) -> tuple[NodeQuota, ...]:
        """The nodes of a level. Raises `UsageError` for one that the tree does not have."""
        levels = self.tree.level_names
        if level not in levels:
            listed = ", ".join(f"`{name}`" for name in levels)
            raise UsageError(f"`{level}` is no level of the tree; its levels are {listed}")
        depth = levels.index(level)
        return tuple(node for node in self.nodes() if node.depth == depth)

    def find(self, text: str) -> NodeQuota:
        """The node of `South/Li`, or of a name that no other has. Raises `UsageError`."""
        return self._node(self._names.find(text))

    @cached_property
    def _names(self) -> NodeNames:
        return NodeNames(self.tree.nodes)

    def _node(self, names: Names) -> NodeQuota:
        members, found = self.roots, None
        for name in names:
            found = next(node for node in members if node.node.name == name)
            members = found.members
        assert found is not None, "a node has a name"
        return found

    def year(self, node: NodeQuota) -> Fraction:
        """Its quota of the year, in units of currency."""
        return sum(node.units) * self.unit

    def months(self, node: NodeQuota) -> tuple[Fraction, ...]:
        """Its quotas by month of the plan year."""
        return tuple(units * self.unit for units in self.by_month(node.units))

    def weeks_of(self, node: NodeQuota) -> tuple[Fraction, ...]:
        """Its quotas by part week."""
        return tuple(units * self.unit for units in node.units)

    def assigned_year(self, node: NodeQuota) -> Fraction:
        """What it is handed for the year."""
        return sum(node.assigned) * self.unit

    def assigned_months(self, node: NodeQuota) -> tuple[Fraction, ...]:
        """What it is handed by month."""
        return tuple(units * self.unit for units in self.by_month(node.assigned))

    def assigned_weeks(self, node: NodeQuota) -> tuple[Fraction, ...]:
        """What it is handed by part week."""
        return tuple(units * self.unit for units in node.assigned)

    def by_month(self, units: Sequence[int]) -> list[int]:
        """Units by part week as units by month of the plan year."""
        months = [0] * len(self.cascade.months)
        for month, count in zip(self.month_of, units, strict=True):
            months[month] += count
        return months

    @property
    def is_over_assigned(self) -> bool:
        """Whether somebody is handed more than the true quota."""
        return any(self.tree.over_assign.values())

    def best_leaf(self) -> NodeQuota:
        """The leaf with the largest year; of equal ones the first."""
        return max(self.leaves(), key=lambda leaf: sum(leaf.units))

    def without_best(self) -> Fraction:
        """Where the year lands if the largest leaf brings nothing."""
        return self.cascade.planned_total - self.year(self.best_leaf())

    @property
    def fifth(self) -> int:
        """A fifth of the leaves, rounded up to whole ones."""
        return -(-sum(1 for _ in self.leaves()) // 5)

    def top_fifth(self) -> Fraction:
        """The part of the planned total that the largest fifth of the leaves carries."""
        years = sorted((sum(leaf.units) for leaf in self.leaves()), reverse=True)
        return sum(years[: self.fifth]) * self.unit / self.cascade.planned_total


def _walk(nodes: Iterable[NodeQuota]) -> Iterator[NodeQuota]:
    for node in nodes:
        yield node
        yield from _walk(node.members)


def people_quotas(cascade: Cascade, decisions: bool = True) -> PeopleQuotas:
    """The quotas of the plan's tree, with the decisions as holds or without them.

    Raises `InfeasibleError`, and `UsageError` where the plan has no `cascade`.
    """
    plan = cascade.plan
    if plan.cascade is None:
        raise UsageError("the plan has no `cascade`: write the tree of teams and people first")
    if wrong := tuple(problems(plan)):
        raise InfeasibleError(*wrong)
    tree, unit = plan.cascade, plan.rounding.leaf_unit
    weeks = tuple(part for month in cascade.months for part in month.parts)
    month_of = tuple(month.position for month in cascade.months for _ in month.parts)
    people = PeopleQuotas(cascade, tree, unit, weeks, month_of, ())
    top = weighed(cascade, tree.nodes)
    holds = _holds(people, top) if decisions else {}
    return replace(people, roots=_roots(people, top, holds))


def _holds(people: PeopleQuotas, top: tuple[Weighed, ...]) -> Holds:
    """What was decided, by node and month; of several months in proportion to what is asked without any
    decision."""
    entries = tuple(settled(people.cascade.plan))
    if not entries:
        return {}
    asked = replace(people, roots=_roots(people, top, {}))
    names = NodeNames(people.tree.nodes)
    holds: dict[tuple[Names, int], Hold] = {}
    for entry in entries:
        path = names.find(entry.name)
        units = asked.by_month(asked._node(path).units)
        held = months_held(entry, units, people.unit)
        holds |= {(path, month): hold for month, hold in held}
    return holds


def _roots(people: PeopleQuotas, top: tuple[Weighed, ...], holds: Holds) -> tuple[NodeQuota, ...]:
    labels = [month.label for month in people.cascade.plan.year.months]
    company = Company(people.unit, people.weeks, people.month_of, labels, holds)
    amounts = [units_of(week.amount, people.unit) for week in people.weeks]
    return _Descent(people.tree, company).members(top, (), amounts, amounts)


class _Descent:
    """Settles the tree from the top, parent by parent: what one has been given is all that its members
    need to know."""

    def __init__(self, tree: Tree, company: Company) -> None:
        self._company, self._over = company, tree.over_assign
        self._levels = tree.level_names
        self._masks: dict[tuple[int, ...], tuple[int, ...]] = {}

    def members(
        self, members: Sequence[Weighed], above: Names, amounts: Sequence[int], handed: Sequence[int]
    ) -> tuple[NodeQuota, ...]:
        """The members of a parent that has `amounts`, and hands `handed` on to them."""
        if not members:
            return ()
        rows = [_packed(row) for row in self._units(members, above, amounts)]
        assigned = rows
        if handed is not amounts:
            claims = [(1, row) for row in rows]
            assigned = [_packed(row) for row in units_by_weight(handed, claims)]
        of = sum(amounts)
        return tuple(
            self._node(member, above, row, got, of)
            for member, row, got in zip(members, rows, assigned, strict=True)
        )

    def _node(
        self, member: Weighed, above: Names, units: Sequence[int], assigned: Sequence[int], of: int
    ) -> NodeQuota:
        names = (*above, member.node.name)
        more = self._over.get(self._levels[len(above)]) if member.members else None
        handed = _with_more(assigned, more) if more else assigned
        below = self.members(member.members, names, units, handed)
        return NodeQuota(member.node, names, len(above), units, assigned, below, of)

    def _units(
        self, members: Sequence[Weighed], above: Names, amounts: Sequence[int]
    ) -> Sequence[Sequence[int]]:
        claims = self._claims(members, above, amounts)
        siblings = Members(members, above, self._company)
        bounds = siblings.bounds()
        try:
            if bounds:
                return units_within(amounts, self._company.month_of, claims, bounds)
            return units_by_weight(amounts, claims)
        except NobodyActiveError as error:
            amount = show(amounts[error.position] * self._company.unit)
            who = f"`{'/'.join(above)}`" if above else "the company"
            said = f"{who} has {amount} to bring", "nobody in it" if above else "nobody"
            raise InfeasibleError(self._nobody(members[0].node, *said, error.position)) from None
        except BoundsError as error:
            raise siblings.impossible(error, bounds) from None

    def _claims(self, members: Sequence[Weighed], above: Names, amounts: Sequence[int]) -> list[Claim]:
        """Weights and patterns of siblings; where they have shares, these, while anybody is there."""
        if members[0].node.share is None:
            return [(one.weight, one.pattern) for one in members]
        weights = whole([one.node.share or Fraction(0) for one in members])
        for one, share in zip(members, weights, strict=True):
            absent = [t for t, a in enumerate(amounts) if a and not (one.weight and one.pattern[t])]
            if share and absent:
                raise InfeasibleError(self._nobody_for_share(one.node, above, absent[0], amounts))
        return [(weight, self._mask(one.pattern)) for weight, one in zip(weights, members, strict=True)]

    def _mask(self, pattern: Sequence[int]) -> Sequence[int]:
        mask = tuple(int(value > 0) for value in pattern)
        return self._masks.setdefault(mask, mask)

    def _nobody_for_share(self, node: Node, above: Names, t: int, amounts: Sequence[int]) -> Problem:
        """The parent's amount is told, for a share of it may be no whole number of units."""
        amount = show(amounts[t] * self._company.unit)
        of = f"`{'/'.join(above)}`" if above else "the company"
        who, part = f"`{'/'.join((*above, node.name))}`", show((node.share or Fraction(0)) * 100)
        return self._nobody(node, f"{who} has a share of {part} % in the {amount} of {of}", "nobody in it", t)

    def _nobody(self, node: Node, has: str, nobody: str, t: int) -> Problem:
        period = self._company.weeks[t].period
        message = (
            f"{has} in the part week {period.label} ({period.start}..{period.end}), and {nobody} is there"
            " then with a weight above 0; mend `start`, `end` or `weight`, or add somebody who takes over"
        )
        return problem_at(node.where, "", message)


def _with_more(units: Sequence[int], more: Fraction) -> list[int]:
    """What a node hands on: its running total with `more` of it, rounded up to whole units."""
    factor = 1 + more
    reached = [units_of(round_up(so_far * factor, ONE), ONE) for so_far in accumulate(units)]
    return [after - before for before, after in pairwise([0, *reached])]


def _packed(units: Sequence[int]) -> Sequence[int]:
    """Units in little room, of which a large tree has millions."""
    try:
        return array("q", units)
    except OverflowError:
        return tuple(units)
