"""Which bounds hold months: against spec § 4 computed set by set, and by hand."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from plans import Fields, feasible, plan_fields, without_limits

from target_cascade.engine.apportion import round_down, round_up
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.held import Held
from target_cascade.errors import Path
from target_cascade.plan import Bounds, Plan

Months = frozenset[int]
YEAR = frozenset(range(12))


class Wanted(NamedTuple):
    """What one entry wants of the sum of some months, snapped inward to the month unit."""

    path: Path
    months: Months
    low: Fraction
    high: Fraction | None


class Definition:
    """Spec § 4 set by set: bounds, values and demands; only x_m(g) and the growth factors are taken
    from the program."""

    def __init__(self, of: Cascade) -> None:
        self.of = of
        self.wanted = list(self._wanted())
        self.sets = {one.months for one in self.wanted if len(one.months) < 12}
        self.sets |= {frozenset((month,)) for month in range(12)}

    def _wanted(self) -> Iterator[Wanted]:
        plan = self.of.plan
        for number, limit in enumerate(plan.limits):
            for months in [limit.months] if limit.together else [(month,) for month in limit.months]:
                yield self._snapped(("limits", number), frozenset(months), limit)
        if plan.year_end is not None:
            yield self._snapped(("year_end",), frozenset(plan.year_end.months), plan.year_end)

    def _snapped(self, path: Path, months: Months, entry: Bounds) -> Wanted:
        unit = self.of.plan.rounding.month
        share = None if entry.max_share is None else entry.max_share * self.of.planned_total
        lows = [low for low in (entry.min, entry.hold) if low is not None]
        highs = [high for high in (entry.max, entry.hold, share) if high is not None]
        low = round_up(max(lows, default=Fraction(0)), unit)
        return Wanted(path, months, low, round_down(min(highs), unit) if highs else None)

    def low(self, months: Months) -> Fraction:
        return max((one.low for one in self.wanted if one.months == months), default=Fraction(0))

    def high(self, months: Months) -> Fraction | None:
        highs = [one.high for one in self.wanted if one.months == months and one.high is not None]
        return min(highs, default=None)

    def children(self, months: Months) -> list[Months]:
        """The largest sets inside the months, which have all of them."""
        inside = [one for one in self.sets if one < months]
        return [one for one in inside if not any(one < other for other in inside)]

    def growth_of(self, months: Months) -> Fraction | None:
        """The growth factor of a set; None where no month tells it, for all are in sets inside."""
        if months == YEAR:
            return self.of.growth
        loose = [one for one in self.children(months) if len(one) == 1]
        return self.of.months[min(loose[0])].growth if loose else None

    def parent(self, months: Months) -> Months:
        around = [one for one in self.sets | {YEAR} if months < one]
        return min(around, key=len)

    def demand(self, months: Months, growth: Fraction) -> Fraction:
        return sum((self.of.demand.line(month).at(growth) for month in months), Fraction(0))

    def wish(self, months: Months, growth: Fraction) -> Fraction:
        if len(months) == 1:
            return self.demand(months, growth)
        return sum((self.value(child, growth) for child in self.children(months)), Fraction(0))

    def value(self, months: Months, growth: Fraction) -> Fraction:
        at_least = max(self.wish(months, growth), self.low(months))
        high = self.high(months)
        return at_least if high is None else min(at_least, high)

    def held(self) -> Iterator[tuple[Path, Months, str, Fraction]]:
        """The entries that hold months, with the side and the amount; sets whose parent's growth no
        month tells are left out."""
        for one in self.wanted:
            growth = None if one.months == YEAR else self.growth_of(self.parent(one.months))
            if growth is None:
                continue
            wish = self.wish(one.months, growth)
            if one.high is not None and wish > one.high == self.high(one.months):
                yield one.path, one.months, "at most", one.high
            if wish < one.low == self.low(one.months):
                yield one.path, one.months, "at least", one.low


@given(plan_fields())
def test_a_months_ideal_differs_from_its_demand_exactly_where_a_bound_holds_it(fields: Fields) -> None:
    of = feasible(fields)
    moved = {
        month.position
        for month in of.months
        if month.ideal != of.demand.line(month.position).at(month.growth)
    }
    assert {min(one.months) for one in of.held if len(one.months) == 1} == moved


@given(plan_fields())
def test_held_are_the_bounds_of_the_definition_that_bind(fields: Fields) -> None:
    of = feasible(fields)
    definition = Definition(of)
    found = [
        (one.path, one.months, one.side, one.amount)
        for one in of.held
        if definition.growth_of(definition.parent(one.months)) is not None
    ]
    assert found == list(definition.held())


@given(plan_fields())
@settings(max_examples=100)
def test_what_is_held_adds_up_to_its_amount_and_would_be_on_the_other_side_of_it(fields: Fields) -> None:
    of = feasible(fields)
    definition = Definition(of)
    for one in of.held:
        assert sum(of.months[month].amount for month in one.months) == one.amount
        at_root = definition.demand(one.months, of.growth)
        growth = definition.growth_of(definition.parent(one.months))
        if at_root != one.amount and (at_root > one.amount) == (one.side == "at most"):
            assert one.demand == at_root
        elif growth is not None:  # other limits around it have turned it round
            assert one.demand == definition.wish(one.months, growth)


@given(plan_fields())
@settings(max_examples=50)
def test_without_limits_nothing_is_held(fields: Fields) -> None:
    assert feasible(without_limits(fields)).held == ()


def of_flat(**fields: Any) -> Cascade:
    """A plan of 12 months of 100 in the year before, which are to bring 2400: g is 2 without limits."""
    return cascade(Plan.model_validate({"year": 2011, "target": 2400, "base": [100] * 12, **fields}))


def holds(**fields: Any) -> list[tuple[str, set[int], str, int | Fraction, int | Fraction]]:
    return [(h.name, set(h.months), h.side, h.demand, h.amount) for h in of_flat(**fields).held]


# One month at 350 leaves 2050 to the others, at 50 leaves 2350.
HIGH, LOW = Fraction(2050, 11), Fraction(2350, 11)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        pytest.param([{"months": 3, "min": 350}], [("`limits[0]`", {2}, "at least", HIGH, 350)], id="min"),
        pytest.param([{"months": 3, "max": 50}], [("`limits[0]`", {2}, "at most", LOW, 50)], id="max"),
        pytest.param(
            [{"months": 3, "hold": 350}], [("`limits[0]`", {2}, "at least", HIGH, 350)], id="hold up"
        ),
        pytest.param([{"months": 3, "hold": 50}], [("`limits[0]`", {2}, "at most", LOW, 50)], id="hold down"),
        pytest.param([{"months": 3, "hold": 200}], [], id="hold at what it would bring"),
        pytest.param([{"months": 3, "min": 200, "max": 200}], [], id="both at what it would bring"),
        pytest.param([{"months": 3, "min": 100, "max": 300}], [], id="room on both sides"),
        pytest.param([{"months": 3, "min": 0}], [], id="a minimum of nothing"),
        pytest.param(
            [{"months": 3, "max_share": "2.5%"}],
            [("`limits[0]`", {2}, "at most", Fraction(2340, 11), 60)],
            id="share of the planned total",
        ),
        pytest.param(
            [{"name": "rent", "months": 3, "min": "349.5"}],
            [("`rent`", {2}, "at least", HIGH, 350)],
            id="a minimum is snapped up, and a name is used",
        ),
        pytest.param(
            [{"months": 3, "min": 300}, {"months": [2, 3], "min": 350}, {"months": 3, "min": 200}],
            [
                ("`limits[1]`", {1}, "at least", Fraction(1700, 10), 350),
                ("`limits[1]`", {2}, "at least", Fraction(1700, 10), 350),
            ],
            id="of several on a month the tightest, for each of its months",
        ),
        pytest.param(
            [{"months": 3, "max": 50}, {"name": "again", "months": 3, "max": 50}],
            [("`limits[0]`", {2}, "at most", LOW, 50), ("`again`", {2}, "at most", LOW, 50)],
            id="two that say the same",
        ),
        pytest.param(
            [{"months": "1-2", "together": True, "min": 700}],
            [("`limits[0]`", {0, 1}, "at least", 2 * Fraction(1700, 10), 700)],
            id="together",
        ),
        pytest.param([{"months": "1-12", "together": True, "max": 2400}], [], id="the whole year"),
        pytest.param(
            [{"months": 12, "max": 50}, {"months": 1, "max": 50}],
            [
                ("`limits[0]`", {11}, "at most", Fraction(2300, 10), 50),
                ("`limits[1]`", {0}, "at most", Fraction(2300, 10), 50),
            ],
            id="in file order",
        ),
    ],
)
def test_bounds_that_hold(limits: list[Fields], expected: list[Any]) -> None:
    assert holds(limits=limits) == expected


def test_year_end_is_the_last_bound() -> None:
    limits = [{"months": 1, "min": 350}]
    (first, last) = holds(limits=limits, year_end={"max": 100})
    assert first == ("`limits[0]`", {0}, "at least", Fraction(1950, 9), 350)
    assert last == ("`year_end`", {10, 11}, "at most", 2 * Fraction(1950, 9), 100)


class TestLimitsInsideLimits:
    """November may bring 210 and both months must bring 600; at the root's g = 1800/10 each would
    bring 180, and inside the group, once November is full, December has the rest."""

    OF = of_flat(limits=[{"months": 11, "max": 210}], year_end={"min": 600})

    def held(self, path: Path) -> Held:
        return next(one for one in self.OF.held if one.path == path)

    def test_a_group_demands_what_its_months_would_bring_at_the_roots_growth(self) -> None:
        group = self.held(("year_end",))
        assert self.OF.growth == Fraction(1800, 1000)
        assert (group.demand, group.amount) == (Fraction(180 + 180), Fraction(600))

    def test_a_month_that_only_the_group_makes_too_large_demands_what_the_group_asks_of_it(self) -> None:
        month = self.held(("limits", 0))
        group_growth = self.OF.months[10].growth
        assert group_growth == Fraction(600 - 210, 100)
        assert month.side == "at most"
        assert (month.demand, month.amount) == (group_growth * 100, Fraction(210))


def test_a_month_that_only_the_group_makes_too_small_demands_what_the_group_leaves_it() -> None:
    """Both months may bring 200, November at least 120; at the root's g each would bring 220, and what
    the group leaves to December is 80."""
    of = of_flat(limits=[{"months": 11, "min": 120}], year_end={"max": 200})
    month, group = of.held
    assert of.growth == Fraction(2200, 1000)
    assert (group.demand, group.amount) == (Fraction(220 + 220), Fraction(200))
    assert month.side == "at least"
    assert (month.demand, month.amount) == (Fraction(80), Fraction(120))


@pytest.mark.parametrize(
    ("path", "bound"), [(("limits", 1), "min"), (("year_end",), "max")], ids=["limit", "year end"]
)
def test_the_entry_is_found_in_its_plan(path: Path, bound: str) -> None:
    limits = [{"months": 2, "min": 0}, {"months": 1, "min": 350}]
    of = of_flat(limits=limits, year_end={"max": 100})
    entry = next(one for one in of.held if one.path == path).entry(of.plan)
    assert entry is not None
    assert getattr(entry, bound) in (350, 100)
