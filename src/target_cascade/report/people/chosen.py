"""Some nodes of the tree, and what there is to say of each."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.people.quotas import NodeQuota, PeopleQuotas

NOTHING = Fraction(0)


class Chosen(NamedTuple):
    """What a page is about: some nodes of the tree, in file order, that share no leaf; `of` is the node
    that they are below, where it is one."""

    people: PeopleQuotas
    nodes: tuple[NodeQuota, ...]
    of: NodeQuota | None
    what: str
    """What the nodes are called, one of them: ``rep``, ``store``."""

    @property
    def total(self) -> Fraction:
        """The year of all its nodes."""
        return sum_of(map(self.people.year, self.nodes))

    def name(self, node: NodeQuota) -> str:
        """The node as it is told apart from the others on the page."""
        above = len(self.of.names) if self.of is not None and self.of is not node else 0
        return "/".join(node.names[above:])

    def short_names(self, shown: Sequence[NodeQuota]) -> list[str]:
        """The nodes by their own names where these tell them apart, for tables with little room."""
        names = [node.node.name for node in shown]
        return names if len(set(names)) == len(names) else [self.name(node) for node in shown]

    def last_year(self, node: NodeQuota) -> Fraction | None:
        """Its own amount of last year, or else what all of its members had; None where one is unknown.
        Who is new this year had nothing."""
        if node.node.last_year is not None:
            return node.node.last_year
        start = node.node.start
        if not node.members and start is not None and start >= self.people.cascade.plan.year.start:
            return NOTHING
        return _of_all([self.last_year(member) for member in node.members])


def chosen(people: PeopleQuotas, level: str | None, node: str | None) -> Chosen:
    """The leaves; with `level` the nodes of that level, with `node` those below that node only.

    Raises `UsageError` for a level or a node that the tree does not have.
    """
    of = people.find(node) if node is not None else None
    nodes = people.at_level(level) if level is not None else tuple(people.leaves())
    if of is not None:
        depth = len(of.names)
        nodes = tuple(one for one in nodes if one.names[:depth] == of.names) or (of,)
    depths = {one.depth for one in nodes}
    what = people.tree.level_names[depths.pop()] if len(depths) == 1 else "leaf"
    return Chosen(people, nodes, of, what)


def resource_of(node: NodeQuota) -> Fraction | None:
    """What it has to work with, or else what all of its members have; None where one is unknown."""
    own = node.node.resource
    return own if own is not None else _of_all([resource_of(member) for member in node.members])


def sums_of(rows: Iterable[Sequence[Fraction]], width: int) -> list[Fraction]:
    """The sums of `width` columns."""
    sums = [NOTHING] * width
    for row in rows:
        sums = [one + other for one, other in zip(sums, row, strict=True)]
    return sums


def sum_of(amounts: Iterable[Fraction]) -> Fraction:
    """The sum of amounts, 0 of none."""
    return sum(amounts, NOTHING)


def _of_all(amounts: Sequence[Fraction | None]) -> Fraction | None:
    known = [one for one in amounts if one is not None]
    return sum_of(known) if known and len(known) == len(amounts) else None
