"""Whole units, one after another, to the months that have room for them.

Each unit goes to the month with the largest weight ÷ (2·units + 1), of two the earlier (Webster, also
Sainte-Laguë). A month that is full is passed over, and so are all months of a group that is full. Largest
remainders would not do: with one unit more some month may get one less (the Alabama paradox), and a
better month in the past would then raise a later one. Here `units` placed are always the first of
`units + 1` placed: the rule is house-monotone, as divisor rules are (Balinski and Young, *Fair
Representation*).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Room:
    """A month, or a group of rooms, and how many units have a place in it.

    `months` are positions; of a group those of its parts, ascending. Only a month has a weight; with 0 it
    gets nothing.
    """

    months: tuple[int, ...]
    capacity: int
    weight: int = 0
    parts: tuple["Room", ...] = ()

    @cached_property
    def places(self) -> int:
        """How many units find a place, whatever bounds it: its own capacity or those of its parts."""
        if not self.parts:
            return self.capacity if self.weight else 0
        return min(self.capacity, sum(part.places for part in self.parts))

    @cached_property
    def leaves(self) -> tuple["Room", ...]:
        """Its months, as rooms."""
        if not self.parts:
            return (self,)
        leaves = [leaf for part in self.parts for leaf in part.leaves]
        return tuple(sorted(leaves, key=lambda leaf: leaf.months))

    @cached_property
    def heaviest(self) -> int:
        """The largest weight of a month."""
        return max(leaf.weight for leaf in self.leaves)

    def reached(self, step: int, scale: int) -> int:
        """How many units it has once all have been placed whose weight ÷ (2·units + 1) is at least
        scale ÷ step."""
        if self.parts:
            return min(self.capacity, self.wished(step, scale))
        return min(self.capacity, (self.weight * step + scale) // (2 * scale))

    def wished(self, step: int, scale: int) -> int:
        """What a group's parts have then, were it not for its own capacity."""
        return sum(part.reached(step, scale) for part in self.parts)


def group(parts: tuple[Room, ...], capacity: int | None = None) -> Room:
    """Rooms that together have places for `capacity` units; None: for as many as the parts have."""
    months = tuple(sorted(month for part in parts for month in part.months))
    return Room(months, sum(part.places for part in parts) if capacity is None else capacity, 0, parts)


def place(room: Room, units: int) -> list[int]:
    """The units that each of `room.months` gets; what finds no place is left out."""
    placed = dict(_placed(room, min(units, room.places)))
    return [placed[month] for month in room.months]


def _placed(room: Room, units: int) -> Iterator[tuple[int, int]]:
    """`units`, which find a place, by month."""
    if not units:
        yield from ((month, 0) for month in room.months)
    elif not room.parts:
        yield room.months[0], units
    else:
        step = _last_step(room, units)
        taken = {
            month: count
            for part in room.parts
            for month, count in _placed(part, part.reached(step, room.heaviest))
        }
        for _ in range(units - sum(taken.values())):
            taken[_next_month(room, taken)] += 1
        yield from taken.items()


def _last_step(room: Room, units: int) -> int:
    """The last step at which no more than `units` are reached; so many steps make the heaviest month one
    half unit fuller that each month gets one unit more at most until the next step."""
    low, high = 0, (2 * units + 1) * room.heaviest  # at the high one the lightest month alone has them all
    if room.wished(high, room.heaviest) <= units:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if room.wished(middle, room.heaviest) <= units:
            low = middle
        else:
            high = middle
    return low


def _next_month(room: Room, taken: dict[int, int]) -> int:
    """The month that gets the next unit."""
    best = None
    for leaf in _open_leaves(room, taken):
        turn = 2 * taken[leaf.months[0]] + 1
        if best is None or leaf.weight * best[1] > best[0].weight * turn:
            best = leaf, turn
    assert best is not None, "no more units are placed than find a place"
    return best[0].months[0]


def _open_leaves(room: Room, taken: dict[int, int]) -> list[Room]:
    """The months that are not full, nor in a group that is, ascending."""
    if sum(taken[month] for month in room.months) >= room.capacity:
        return []
    if not room.parts:
        return [room] if room.weight else []
    leaves = [leaf for part in room.parts for leaf in _open_leaves(part, taken)]
    return sorted(leaves, key=lambda leaf: leaf.months)
