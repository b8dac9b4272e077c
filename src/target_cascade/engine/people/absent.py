"""Nobody gets a unit in a part week in which he is not there (spec, "Teams and people").

The kernel keeps every running total less than a unit from its ideal, and a child whose ideal no longer
grows, because it has left, may get its last begun unit in any later part week. It would be the quota of
somebody who is gone; and a region would get a unit that nobody in it can be given. Such a unit goes back
to a part week in which the child is there, and others move a unit each, so that all columns still close.

That this always works: columns that close, running totals between the floor and the ceiling of their
ideals, and 0 where an ideal does not grow are bounds of a flow in a network, from part weeks to children
and along each child's year. The ideals are a flow within them and the bounds are whole, so there is a
whole flow as well; and it is reached from any other along paths on which one unit moves.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from target_cascade.engine.people.assign import Child

Node = tuple[int, int]
"""Of the network: a child and a part week. A part week alone has the child `COLUMN`."""
COLUMN = -1
END: Node = (-2, 0)
"""Where the years of all children end."""


def only_where_present(rows: list[list[int]], children: Sequence[Child], denominator: int) -> None:
    """Changes the kernel's `rows` so that nobody has a unit where the running ideal does not grow."""
    runnings = {id(child.running): child.running for child in children}
    absences = {key: _absences(running) for key, running in runnings.items()}
    if any(absences.values()):
        network = _Network(rows, children, denominator)
        for i, child in enumerate(children):
            for t in absences[id(child.running)]:
                while rows[i][t]:
                    network.move(i, t)


def _absences(running: Sequence[int]) -> list[int]:
    return [t for t, reached in enumerate(running) if reached == (running[t - 1] if t else 0)]


class _Network:
    """The units of all children, and the ways in which one may move."""

    def __init__(self, rows: list[list[int]], children: Sequence[Child], denominator: int) -> None:
        self._rows, self._children, self._denominator = rows, children, denominator
        self._last = len(rows[0]) - 1
        self._next = [0] * len(rows[0])
        """By part week the child that is looked at first; it moves on, so that each is asked in turn."""

    def move(self, i: int, t: int) -> None:
        """Takes a unit from child `i` in part week `t`, where it is absent, to where it is there."""
        path = self._week_by_week(i, t) or self._any_way(i, t)
        assert path, "no whole units fit the ideals"
        self._rows[i][t] -= 1
        for (one, week), (other, _) in pairwise(path):
            if one == COLUMN:
                self._rows[other][week] += 1
            elif other == COLUMN:
                self._rows[one][week] -= 1

    def _week_by_week(self, i: int, t: int) -> list[Node]:
        """The path on which, in each part week back to the one in which `i` was there last, another child
        takes a unit over from the part week before: quick to find, and mostly there."""
        path: list[Node] = []
        while not self._is_there(i, t):
            mover = self._mover(t) if t and self._may_rise(i, t - 1) else None
            if mover is None:
                return []
            path += [(COLUMN, t), (mover, t), (mover, t - 1)]
            t -= 1
        return [*path, (COLUMN, t), (i, t)]

    def _mover(self, t: int) -> int | None:
        """Who is there in part week `t` and can take a unit over from the one before."""
        count = len(self._rows)
        for step in range(count):
            j = (self._next[t] + step) % count
            if self._rows[j][t - 1] and self._is_there(j, t) and self._may_fall(j, t - 1):
                self._next[t] = j + 1
                return j
        return None

    def _any_way(self, i: int, t: int) -> list[Node]:
        """The shortest path from part week `t`, which needs another unit, to the year of child `i`."""
        start, wanted = (COLUMN, t), (i, t)
        came: dict[Node, Node] = {start: start}
        queue = deque([start])
        while queue and wanted not in came:
            node = queue.popleft()
            for after in self._steps(node):
                if after not in came:
                    came[after] = node
                    queue.append(after)
        path = [wanted] if wanted in came else []
        while path and path[-1] != start:
            path.append(came[path[-1]])
        return path[::-1]

    def _steps(self, node: Node) -> Iterator[Node]:
        """Where a unit may go on."""
        j, t = node
        if node == END:
            yield from ((k, self._last) for k in range(len(self._rows)) if self._may_fall(k, self._last))
        elif j == COLUMN:
            yield from ((k, t) for k in range(len(self._rows)) if self._is_there(k, t))
        else:
            if self._rows[j][t]:
                yield COLUMN, t
            if self._may_rise(j, t):
                yield (j, t + 1) if t < self._last else END
            if t and self._may_fall(j, t - 1):
                yield j, t - 1

    def _is_there(self, j: int, t: int) -> bool:
        child = self._children[j]
        return bool(child.weight) and child.running[t] > (child.running[t - 1] if t else 0)

    def _may_rise(self, j: int, t: int) -> bool:
        """Whether the running total may have a unit more, and still is less than one above its ideal."""
        return sum(self._rows[j][: t + 1]) * self._denominator < self._ideal(j, t)

    def _may_fall(self, j: int, t: int) -> bool:
        """Whether the running total may have a unit less, and still is less than one below its ideal."""
        return sum(self._rows[j][: t + 1]) * self._denominator > self._ideal(j, t)

    def _ideal(self, j: int, t: int) -> int:
        child = self._children[j]
        return child.weight * child.running[t]
