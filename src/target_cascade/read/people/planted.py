"""Leaves with their paths → the tree that they make, in the order in which its nodes first appear."""

from collections.abc import Iterator

from target_cascade.people.node import Names, Node
from target_cascade.read.people.column_values import Told
from target_cascade.read.people.level_names import LevelNames
from target_cascade.read.people.named_columns import folded


class _Branch:
    """A node with members, while they are gathered; `where` is that of its first row."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.members: dict[str, _Branch | Node] = {}
        self.spellings: dict[str, str] = {}

    def nodes(self) -> Iterator[Node]:
        for name, member in self.members.items():
            if isinstance(member, Node):
                yield member
            else:
                yield Node(name, tuple(member.nodes()), where=member.where)


class Plantation:
    """A tree that grows by a row at a time; a row that does not fit is told."""

    def __init__(self, told: Told, names: LevelNames) -> None:
        self.told, self.names = told, names
        self._root = _Branch("")

    def nodes(self) -> tuple[Node, ...]:
        """The nodes of the first level, with what is below them."""
        return tuple(self._root.nodes())

    def plant(self, row: int, names: Names, leaf: Node) -> None:
        """Puts a leaf below the nodes that its path names."""
        branch = self._root
        for level, name in enumerate(names[:-1]):
            member = branch.members.get(name)
            if member is None:
                self._check_spelling(row, level, name, branch)
                member = branch.members[name] = _Branch(str(leaf.where))
            if isinstance(member, Node):
                message = f"`{'/'.join(names[: level + 1])}` is a leaf in line {_line(member.where)}"
                self._tell(row, level, f"{message}, and has members here; name those in each row, or none")
                return
            branch = member
        self._put(row, names, leaf, branch)

    def _put(self, row: int, names: Names, leaf: Node, branch: _Branch) -> None:
        before = branch.members.setdefault(names[-1], leaf)
        if before is leaf:
            return
        path, level = "/".join(names), len(names) - 1
        if isinstance(before, Node):
            message = f"`{path}` stands here a second time, the first is in line {_line(before.where)}"
            self._tell(row, level, f"{message}; keep one, or give each its own name")
        else:
            message = f"`{path}` has members since line {_line(before.where)}, and is a leaf here"
            self._tell(row, level, f"{message}; name a member in this row, or delete it")

    def _check_spelling(self, row: int, level: int, name: str, branch: _Branch) -> None:
        """That no other node with members has the same name but for capitals, width and spaces."""
        other = branch.spellings.setdefault(folded(name), name)
        if other != name:
            message = f"`{name}` and `{other}` differ in capitals, width or spaces only"
            self._tell(row, level, f"{message}; write both alike, or they are two nodes")

    def _tell(self, row: int, level: int, message: str) -> None:
        self.told.add(row, self.names.places[level], message)


def _line(where: object) -> str:
    return str(where).rpartition(":")[2]
