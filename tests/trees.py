"""Generated trees of teams and people: ragged, with shares, weights of 0, starts, ends and ramps."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from plans import Fields, plan_fields

from target_cascade.calendar import PlanYear
from target_cascade.plan_year import year_of

_weights = st.sampled_from(["0", "0.5", "1", "1", "2", "3.75", "80%", "1000"])
_ramps = st.lists(st.sampled_from(["0%", "25%", "50%", "75%", "120%"]), max_size=4)


@st.composite
def plans_with_trees(draw: st.DrawFn) -> Fields:
    """The fields of a plan with a tree, mostly with somebody there in every part week."""
    fields: Fields = draw(plan_fields())
    year = year_of(fields["year"])
    assert year is not None
    tree = {"members": draw(members(year, draw(st.integers(1, 4)))), "ramp": draw(_ramps)}
    return {**fields, "cascade": tree}


@st.composite
def members(draw: st.DrawFn, year: PlanYear, depth: int) -> list[Fields]:
    """Siblings, with what is below them; at least one is there all year, and each that has a share."""
    count = draw(st.integers(1, 4))
    shares = draw(st.sampled_from([None, None, *_SHARES[count]]))
    return [
        {"name": f"n{at}", **draw(_member(year, depth, always=not at or shares is not None))}
        | ({} if shares is None else {"share": Fraction(shares[at], 100)})
        for at in range(count)
    ]


_SHARES: dict[int, Sequence[Sequence[int]]] = {
    1: [[100]],
    2: [[50, 50], [37, 63], [0, 100]],
    3: [[40, 30, 30], [1, 99, 0]],
    4: [[25, 25, 25, 25], [70, 0, 13, 17]],
}


@st.composite
def _member(draw: st.DrawFn, year: PlanYear, depth: int, *, always: bool) -> Fields:
    if depth > 1 and draw(st.integers(0, 3)):
        below = draw(members(year, depth - 1))
        return {"members": below}
    if always:
        return {"weight": draw(st.sampled_from(["1", "2", "0.25"]))}
    return {"weight": draw(_weights), **draw(_times(year))}


@st.composite
def _times(draw: st.DrawFn, year: PlanYear) -> dict[str, Any]:
    def day() -> date:
        return year.start + timedelta(days=draw(st.integers(-150, 400)))

    times = {key: day() for key in ("start", "end") if draw(st.booleans())}
    if len(times) == 2:
        times = dict(zip(times, sorted(times.values()), strict=True))
    return {key: one.isoformat() for key, one in times.items()}
