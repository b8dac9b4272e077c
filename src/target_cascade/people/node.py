"""A node of the tree of teams and people: light, for a tree may have a hundred thousand of them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from target_cascade.errors import Path, Problem


class Bound(NamedTuple):
    """What a node's month may come to, in units of currency; None is no bound. `always` says that it was
    written for every month, so that it means the months in which the node is active only."""

    low: Fraction | None = None
    high: Fraction | None = None
    always: bool = False

    @property
    def is_hold(self) -> bool:
        """Whether it leaves one amount only."""
        return self.low is not None and self.low == self.high


class Node(NamedTuple):
    """A region, a store, a team or a person, with the members below it; a leaf has none.

    `weight` counts for leaves only: of another node it is what its leaves have. A `share` is the part of
    the parent's amount that it gets. It is active from `start` to `end`, both inside it, and `ramps`
    says whether it works its way up from `start`. `bounds` are by the position of a month in the plan
    year. `last_year` is an amount, `resource` what it has to work with, in any unit.
    """

    name: str
    members: tuple["Node", ...] = ()
    weight: Fraction = Fraction(1)
    share: Fraction | None = None
    start: date | None = None
    end: date | None = None
    bounds: Mapping[int, Bound] = {}
    last_year: Fraction | None = None
    resource: Fraction | None = None
    note: str = ""
    where: Path | str = ()
    """Where it is written: its path in the plan, or ``reps.csv:14`` of a file."""

    def leaves(self) -> Iterator["Node"]:
        """The leaves below it, in order; of a leaf itself."""
        if not self.members:
            yield self
        for member in self.members:
            yield from member.leaves()


Names = tuple[str, ...]
"""The names from the first level down to a node, which tell it apart from all others."""


def walk(nodes: Iterable[Node], above: Names = ()) -> Iterator[tuple[Names, Node]]:
    """The nodes and all below them, a parent before its members, with their names."""
    for node in nodes:
        names = (*above, node.name)
        yield names, node
        yield from walk(node.members, names)


def problem_at(where: Path | str, key: str, message: str, section: str = "cascade") -> Problem:
    """A problem of the `key` of what is written at `where`; a place in a file begins the message, for the
    plan has only the key `file` of its `section`."""
    if isinstance(where, str):
        return Problem(f"{where}: {message}", (section, "file"))
    return Problem(message, (*where, key) if key else where or (section,))
