"""Nobody gets a unit in a part week in which he is not there (spec, "Teams and people").

The kernel keeps every running total less than a unit from its ideal, and a child whose ideal no longer
grows, because it has left, may get its last begun unit in any later part week. It would be the quota of
somebody who is gone; and a region would get a unit that nobody in it can be given. Such a unit goes back
to a part week in which the child is there, and another child takes one over from there to later; or
several do, one after the other, so that all columns still close.

That this always works: columns that close, running totals between the floor and the ceiling of their
ideals, and 0 where an ideal does not grow are bounds of a flow in a network, from part weeks to children
and along each child's year. The ideals are a flow within them and the bounds are whole, so there is a
whole flow as well; and it is reached from any other along paths on which one unit moves.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from target_cascade.engine.people.assign import Child

Node = tuple[int, int]
"""Of the network: a child and a part week. A part week alone has the child `COLUMN`."""
COLUMN = -1
NOBODY = -1
END: Node = (-2, 0)
"""Where the years of all children end."""
STAYS, RISE, FALL = range(3)
"""What a running total may do."""


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


def _growth(running: Sequence[int]) -> bytes:
    """By part week 1 where the ideal grows, else 0."""
    return bytes(after > before for before, after in pairwise([0, *running]))


def _absences(running: Sequence[int]) -> list[int]:
    return [t for t, grows in enumerate(_growth(running)) if not grows]


class _Network:
    """The units of all children, and the ways in which one may move."""

    def __init__(self, rows: list[list[int]], children: Sequence[Child], denominator: int) -> None:
        self._rows, self._children, self._denominator = rows, children, denominator
        self._last = len(rows[0]) - 1
        grows = {id(child.running): _growth(child.running) for child in children}
        never = bytes(len(rows[0]))
        self._there = [grows[id(child.running)] if child.weight else never for child in children]
        self._ways: list[bytearray | None] = [None] * len(rows)
        """By child, once it is looked at, and part week: where its running total may move from here."""
        self._looked = [len(rows) - 1] * len(rows[0])
        """By part week the child that is looked at first; it moves on, so that each is asked in turn."""

    def move(self, i: int, t: int) -> None:
        """Takes a unit from child `i` in part week `t`, where it is absent, to where it is there."""
        path = self._hand_over(i, t) or self._any_way(i, t)
        assert path, "no whole units fit the ideals"
        self._rows[i][t] -= 1
        for (one, week), (other, at) in pairwise(path):
            if one == COLUMN:
                self._rows[other][week] += 1
            elif other == COLUMN:
                self._rows[one][week] -= 1
            elif one == END[0] or (one == other and at < week):
                self._ways_of(other)[at] = RISE
            else:
                self._ways_of(one)[week] = FALL

    def _hand_over(self, i: int, t: int) -> list[Node]:
        """The path on which another child takes a unit over from an earlier part week, as far back as it
        can, and there the next one, back to where `i` was there last: quick to find, and mostly there."""
        there = next(week for week in range(t, -1, -1) if self._is_there(i, week))
        path: list[Node] = []
        home = [(i, week) for week in range(there, t + 1)]
        while t > there:
            mover, before = self._mover(t, there)
            if mover == NOBODY:
                return []
            path += [(COLUMN, t), *((mover, week) for week in range(t, before - 1, -1))]
            t = before
        return [*path, (COLUMN, t), *home]

    def _mover(self, t: int, least: int) -> tuple[int, int]:
        """Who is there in part week `t` and can take a unit over from an earlier one, `least` or after it;
        and from which. The later child goes first, so that of equal ones the earlier keeps its unit."""
        count = len(self._rows)
        for step in range(count):
            j = (self._looked[t] - step) % count
            if self._is_there(j, t):
                before = self._earliest(j, t, least)
                if before is not None:
                    self._looked[t] = j
                    return j, before
        return NOBODY, 0

    def _earliest(self, j: int, t: int, least: int) -> int | None:
        """The earliest part week, not before `least`, in which child `j` has a unit that it may have only
        at `t`."""
        row, ways, found = self._rows[j], self._ways_of(j), None
        for week in range(t - 1, least - 1, -1):
            if ways[week] != FALL:
                break
            if row[week]:
                found = week
        return found

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
        children = range(len(self._rows) - 1, -1, -1)
        if node == END:
            yield from ((k, self._last) for k in children if self._ways_of(k)[self._last] == FALL)
        elif j == COLUMN:
            yield from ((k, t) for k in children if self._is_there(k, t))
        else:
            ways = self._ways_of(j)
            if self._rows[j][t]:
                yield COLUMN, t
            if ways[t] == RISE:
                yield (j, t + 1) if t < self._last else END
            if t and ways[t - 1] == FALL:
                yield j, t - 1

    def _is_there(self, j: int, t: int) -> bool:
        return bool(self._there[j][t])

    def _ways_of(self, j: int) -> bytearray:
        """By part week whether the child's running total may rise by a unit, or fall by one, and still be
        less than one from its ideal: from below the ideal it may rise, from above fall."""
        known = self._ways[j]
        if known is None:
            weight, running = self._children[j]
            above = (
                had * self._denominator - weight * reached
                for had, reached in zip(accumulate(self._rows[j]), running, strict=True)
            )
            known = self._ways[j] = bytearray(FALL if a > 0 else RISE if a else STAYS for a in above)
        return known
