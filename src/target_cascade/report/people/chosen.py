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
        """Its own amount of last year, or else what all of its members had; None where one is unknown."""
        own = node.node.last_year
        return own if own is not None else self.last_year_of(node.members)

    def last_year_of(self, nodes: Sequence[NodeQuota]) -> Fraction | None:
        """What nodes had together last year; None where one is unknown. Who is new this year had nothing."""
        return of_all([NOTHING if self._is_new(node) else self.last_year(node) for node in nodes])

    def _is_new(self, node: NodeQuota) -> bool:
        start, leaf = node.node.start, not node.members and node.node.last_year is None
        return leaf and start is not None and start >= self.people.cascade.plan.year.start


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
    named = people.tree.levels
    what = named[depths.pop()] if named and len(depths) == 1 else "leaf" if level is None else "node"
    return Chosen(people, nodes, of, what)


def resource_of(node: NodeQuota) -> Fraction | None:
    """What it has to work with, or else what all of its members have; None where one is unknown."""
    own = node.node.resource
    return own if own is not None else of_all([resource_of(member) for member in node.members])


def sums_of(rows: Iterable[Sequence[Fraction]], width: int) -> list[Fraction]:
    """The sums of `width` columns."""
    sums = [NOTHING] * width
    for row in rows:
        sums = [one + other for one, other in zip(sums, row, strict=True)]
    return sums


def sum_of(amounts: Iterable[Fraction]) -> Fraction:
    """The sum of amounts, 0 of none."""
    return sum(amounts, NOTHING)


def of_all(amounts: Sequence[Fraction | None]) -> Fraction | None:
    """The sum of amounts; None of none, and where one is unknown."""
    known = [one for one in amounts if one is not None]
    return sum_of(known) if known and len(known) == len(amounts) else None
