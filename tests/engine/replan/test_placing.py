"""Units one after another to months with room, against doing just that."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from target_cascade.engine.apportion import share_units
from target_cascade.engine.replan.placing import Room, group, place


def one_by_one(room: Room, units: int) -> list[int]:
    """The rule as it is said: no closed form, no bisection."""
    placed = dict.fromkeys(room.months, 0)
    for _ in range(units):
        free = [leaf for leaf in months_of(room) if leaf.weight and not bound(room, leaf.months[0], placed)]
        if not free:
            break
        # The first of equal ones is the earliest: Fractions would say the same, but slower.
        best = free[0]
        for leaf in free[1:]:
            if leaf.weight * (2 * placed[best.months[0]] + 1) > best.weight * (
                2 * placed[leaf.months[0]] + 1
            ):
                best = leaf
        placed[best.months[0]] += 1
    return [placed[month] for month in room.months]


def months_of(room: Room) -> list[Room]:
    leaves = [leaf for part in room.parts for leaf in months_of(part)] if room.parts else [room]
    return sorted(leaves, key=lambda leaf: leaf.months)


def bound(room: Room, month: int, placed: dict[int, int]) -> bool:
    """Whether the month, or a group that it is in, is full."""
    if month not in room.months:
        return False
    full = sum(placed[one] for one in room.months) >= room.capacity
    return full or any(bound(part, month, placed) for part in room.parts)


def month(position: int, capacity: int, weight: int) -> Room:
    return Room((position,), capacity, weight)


@st.composite
def rooms(draw: st.DrawFn) -> Room:
    """Up to seven months in groups, one inside the other or apart, and not of neighbours only."""
    count = draw(st.integers(1, 7))
    parts = [
        month(i, draw(st.integers(0, 12)), draw(st.sampled_from([0, 1, 1, 2, 3, 7, 7, 40])))
        for i in range(count)
    ]
    for _ in range(draw(st.integers(0, 3))):
        inside = [part for part in parts if draw(st.booleans())]
        if inside:
            parts = [part for part in parts if part not in inside]
            parts.append(group(tuple(inside), draw(st.integers(0, 25))))
    return group(tuple(parts), draw(st.sampled_from([None, None, draw(st.integers(0, 60))])))


@settings(max_examples=300)
@given(rooms(), st.integers(0, 90))
def test_the_closed_form_is_the_rule_unit_by_unit(room: Room, units: int) -> None:
    assert place(room, units) == one_by_one(room, units)


@settings(max_examples=200)
@given(rooms(), st.integers(0, 90))
def test_one_unit_more_takes_none_away(room: Room, units: int) -> None:
    before, after = place(room, units), place(room, units + 1)
    assert all(b <= a for b, a in zip(before, after, strict=True))
    assert sum(after) - sum(before) == int(units < room.places)


@given(rooms(), st.integers(0, 90))
def test_what_has_a_place_finds_it(room: Room, units: int) -> None:
    assert sum(place(room, units)) == min(units, room.places)


@pytest.mark.parametrize(
    ("room", "units", "placed"),
    [
        pytest.param(group((month(0, 9, 5), month(1, 9, 5))), 3, [2, 1], id="the earlier of equal months"),
        pytest.param(group((month(0, 9, 3), month(1, 9, 1))), 4, [3, 1], id="in proportion"),
        pytest.param(group((month(0, 1, 3), month(1, 9, 1))), 4, [1, 3], id="a full month is passed over"),
        pytest.param(group((month(0, 9, 0), month(1, 9, 1))), 4, [0, 4], id="weight 0 gets nothing"),
        pytest.param(
            group((group((month(0, 9, 3), month(2, 9, 2)), 3), month(1, 9, 1))), 9, [2, 6, 1],
            id="a full group is passed over, and its months share its places in their turn",
        ),
        pytest.param(group((month(0, 1, 1), month(1, 2, 1))), 9, [1, 2], id="more than there are places"),
        pytest.param(group(()), 9, [], id="no months"),
    ],
)  # fmt: skip
def test_units_go_in_turn(room: Room, units: int, placed: list[int]) -> None:
    assert place(room, units) == placed


def test_the_alabama_paradox_of_largest_remainders_is_not_ours() -> None:
    """10 seats for 6 : 6 : 2 are 4, 4, 2 by largest remainder, and 11 are 5, 5, 1."""
    weights = (6, 6, 2)
    room = group(tuple(month(i, 99, weight) for i, weight in enumerate(weights)))
    assert [share_units(units, weights)[2] for units in (10, 11)] == [2, 1]
    assert [place(room, units)[2] for units in (10, 11)] == [1, 1]


def test_a_great_many_units_all_find_their_places() -> None:
    """One by one, 10 ** 12 of them would take days."""
    quarters = tuple(
        group(tuple(month(m, 10**12, 10**11 + 7919 * m) for m in range(q, q + 3)), 2 * 10**11)
        for q in range(0, 12, 3)
    )
    placed = place(group(quarters), 6 * 10**11 + 1)
    assert sum(placed) == 6 * 10**11 + 1
    assert place(group((month(0, 10**12, 1),)), 10**12) == [10**12]
