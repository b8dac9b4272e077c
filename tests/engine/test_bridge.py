"""The rows of a bridge, one by one: against spec § 6 computed day by day, and as they are printed."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import Fields, feasible, plan_fields

from target_cascade.calendar import Period
from target_cascade.engine.bridge import Row, bridge, printed
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.weights import DayWeights
from target_cascade.errors import Path
from target_cascade.plan import Adjustment, NewBusiness, Plan

Key = tuple[str, Path]
"""The kind of a row and the entry behind it."""


class Definition:
    """Spec §§ 1 to 3 and 6, day by day and word for word; only w(d) is taken from the program."""

    def __init__(self, of: Cascade) -> None:
        self.plan, self.growth, self.months = of.plan, of.growth, of.months
        year = of.plan.year
        base = of.plan.base_year
        weights = DayWeights(of.plan.days, base.start, year.end)
        self.days = [day for month in year.months for day in month.dates()]
        self.month_of = {day: m for m, month in enumerate(year.months) for day in month.dates()}
        self.weight = {
            day: Fraction(weights.scaled(day), weights.denominator)
            for day in [*self.days, *(day for month in base.months for day in month.dates())]
        }
        self.worth = [self._worth(month) for month in year.months]
        self.corrected = [self._corrected(m) for m in range(12)]
        self.core = {day: self._core(day) for day in self.days}

    def _worth(self, period: Period) -> Fraction:
        return sum((self.weight[day] for day in period.dates()), Fraction(0))

    def _corrected(self, m: int) -> Fraction:
        base, before = self.plan.base, self.plan.base_year.months[m]
        if base is not None and base.shape is not None:
            return base.shape[m]
        this_year = self.worth[m]
        amount = self.months[m].base
        if amount is None:
            return this_year
        return amount * this_year / self._worth(before) if amount else Fraction(0)

    def _core(self, day: date) -> Fraction:
        month = self.month_of[day]
        worth = self.worth[month]
        return self.corrected[month] * self.weight[day] / worth if worth else Fraction(0)

    def rows(self, days: list[date]) -> dict[Key, Fraction]:
        """All rows of some days but `limits` and `rounding`, without those that are 0."""
        rows: dict[Key, Fraction] = {}
        for key, amount in (*self._core_rows(days), *self._cause_rows(days)):
            rows[key] = rows.get(key, Fraction(0)) + amount
        return {key: amount for key, amount in rows.items() if amount}

    def _core_rows(self, days: list[date]) -> Iterator[tuple[Key, Fraction]]:
        for day in days:
            month = self.month_of[day]
            amount, core = self.months[month].base, self.core[day]
            if amount is None:
                yield ("core", ()), self.growth * core
                continue
            corrected = self.corrected[month]
            first = day == self.plan.year.months[month].start
            # Without any ω to share by, last year's amount stays with the month's first day.
            share = core / corrected if corrected else Fraction(first and not self._month_core(month))
            yield ("base", ("base",)), amount * share
            yield ("calendar", ("days",)), (corrected - amount) * share
            yield ("growth", ()), (self.growth - 1) * core

    def _month_core(self, month: int) -> Fraction:
        return sum((self.core[day] for day in self.plan.year.months[month].dates()), Fraction(0))

    def _cause_rows(self, days: list[date]) -> Iterator[tuple[Key, Fraction]]:
        for i, entry in enumerate(self.plan.adjust):
            covered = self._covered(entry)
            inside = [day for day in days if day in covered]
            if entry.lift is not None:
                lifted = sum((self.core[day] for day in inside), Fraction(0))
                yield ("lift", ("adjust", i)), self.growth * entry.lift * lifted
            elif entry.add is not None:
                worth = sum((self.weight[day] for day in covered), Fraction(0))
                part = sum((self.weight[day] for day in inside), Fraction(0)) / worth
                yield ("add", ("adjust", i)), entry.add * part
        for i, business in enumerate(self.plan.new_business):
            follows = self._ramped(business)
            amount = business.expect * business.count_on
            part = Fraction(sum(follows[day] for day in days)) / sum(follows.values())
            yield ("new_business", ("new_business", i)), amount * part

    def _covered(self, entry: Adjustment) -> set[date]:
        if entry.days is not None:
            return {day for day in self.days if any(day in span for span in entry.days)}
        months = range(12) if entry.months is None else entry.months
        return {day for day in self.days if self.month_of[day] in months}

    def _ramped(self, entry: NewBusiness) -> dict[date, Fraction]:
        """ρ·ω of each day, 0 before the start."""
        start = entry.start or self.days[0]
        first = self.month_of[start]
        return {
            day: min(Fraction(1), Fraction(self.month_of[day] - first + 1, entry.ramp)) * self.core[day]
            if day >= start
            else Fraction(0)
            for day in self.days
        }


def by_key(rows: tuple[Row, ...]) -> dict[Key, Fraction]:
    keyed = {(row.kind, row.path): row.amount for row in rows}
    assert len(keyed) == len(rows)
    return keyed


@given(plan_fields(), st.integers(0, 11))
def test_rows_of_a_whole_month_are_those_of_the_definition(fields: Fields, position: int) -> None:
    of = feasible(fields)
    month = of.months[position]
    caused = Definition(of).rows(month.period.dates())
    asked = sum(caused.values(), Fraction(0))
    rest = {("limits", ()): month.ideal - asked, ("rounding", ()): month.amount - month.ideal}
    expected = caused | {key: amount for key, amount in rest.items() if amount}
    assert by_key(bridge(of, month.period.start, month.period.end)) == expected


@given(plan_fields(), st.integers(0, 363), st.integers(0, 70))
def test_rows_of_a_run_of_days_are_those_of_the_definition(fields: Fields, first: int, more: int) -> None:
    of = feasible(fields)
    definition = Definition(of)
    days = definition.days[first : first + more + 1]
    rows = bridge(of, days[0], days[-1])
    caused = tuple(row for row in rows if row.kind not in ("limits", "rounding"))
    assert by_key(caused) == definition.rows(days)


FLAT = {"shape": ["1"] * 12}


def rows_of(month: int, **fields: Any) -> list[tuple[str, str, int | Fraction]]:
    of = cascade(Plan.model_validate({"year": "2011", "target": "1200", **fields}))
    period = of.months[month].period
    return [(row.kind, row.name, row.amount) for row in bridge(of, period.start, period.end)]


class TestRows:
    def test_last_year_its_calendar_and_growth_come_first(self) -> None:
        """February 2012 has 29 days of 28; g brings 11 · 310 and 290 to three times as much."""
        rows = rows_of(1, year="2012", target=str(3 * (11 * 310 + 290)), base=["310", "280", *["310"] * 10])
        assert rows == [
            ("base", "last year", 280),
            ("calendar", "calendar", 10),
            ("growth", "growth", 2 * 290),
        ]

    def test_a_shape_has_one_row_of_core(self) -> None:
        assert rows_of(3, base=FLAT) == [("core", "core", 100)]

    def test_lifts_then_adds_then_new_business_in_file_order(self) -> None:
        adjust = [
            {"name": "A", "months": "1", "add": "7"},
            {"name": "B", "months": "1", "lift": "50%"},
            {"name": "C", "months": "1", "lift": "-25%"},
        ]
        business = [{"name": "D", "expect": "48", "count_on": "50%"}]
        rows = rows_of(0, target=str(1225 + 7 + 24), base=FLAT, adjust=adjust, new_business=business)
        assert rows == [
            ("core", "core", 100),
            ("lift", "B", 50),
            ("lift", "C", -25),
            ("add", "A", 7),
            ("new_business", "D", 2),
        ]

    def test_limits_are_what_the_ideal_differs_from_the_demand_at_the_roots_growth(self) -> None:
        limits = [{"months": "1", "min": "210"}]
        assert rows_of(0, base=FLAT, limits=limits) == [("core", "core", 90), ("limits", "limits", 120)]

    def test_rounding_is_what_the_quota_differs_from_the_ideal(self) -> None:
        rows = rows_of(0, target="1201", base=FLAT)
        each = Fraction(1201, 12)
        assert rows == [("core", "core", each), ("rounding", "rounding", 101 - each)]

    def test_last_years_amount_of_a_month_that_is_closed_now_is_taken_back_by_the_calendar(self) -> None:
        closed = {"dates": "2011-02-01..2011-02-28", "weight": "0"}
        rows = rows_of(1, base=["100"] * 12, days=[closed])
        assert rows == [("base", "last year", 100), ("calendar", "calendar", -100)]

    @pytest.mark.parametrize("first", [1, 2])
    def test_of_a_closed_month_the_first_day_keeps_last_years_amount(self, first: int) -> None:
        closed = {"dates": "2011-02-01..2011-02-28", "weight": "0"}
        fields = {"year": "2011", "target": "1200", "base": ["100"] * 12, "days": [closed]}
        of = cascade(Plan.model_validate(fields))
        rows = bridge(of, date(2011, 2, first), date(2011, 2, first) + timedelta(days=3))
        kept = [100, -100] if first == 1 else []
        assert [row.amount for row in rows] == kept


class TestPrinted:
    @pytest.mark.parametrize(
        ("amounts", "unit", "shown"),
        [
            pytest.param(["1.5", "2.5"], "1", [2, 2], id="a tie goes to the earlier row"),
            pytest.param(["0.2", "0.7", "0.1"], "1", [0, 1, 0], id="the largest remainder gets the unit"),
            pytest.param(
                ["5.3", "-2.3"], "1", [5, -2], id="a negative row has the remainder above its floor"
            ),
            pytest.param(["5.8", "-2.8"], "1", [6, -3], id="a negative row falls to its floor"),
            pytest.param(["130", "-30"], "50", [150, -50], id="units of 50"),
            pytest.param([], "1", [], id="no rows"),
        ],
    )
    def test_rows_are_whole_units_with_the_same_sum(
        self, amounts: list[str], unit: str, shown: list[int]
    ) -> None:
        rows = tuple(Row(f"row {i}", "add", Fraction(amount)) for i, amount in enumerate(amounts))
        assert [row.amount for row in printed(rows, Fraction(unit))] == shown

    @given(plan_fields(), st.integers(0, 11))
    def test_each_row_is_within_a_unit_of_its_amount(self, fields: Fields, position: int) -> None:
        of = feasible(fields)
        unit = of.plan.rounding.day_unit
        rows = bridge(of, of.months[position].period.start, of.months[position].period.end)
        shown = printed(rows, unit)
        assert sum(row.amount for row in shown) == of.months[position].amount
        for row, printed_row in zip(rows, shown, strict=True):
            assert printed_row._replace(amount=row.amount) == row
            assert (printed_row.amount / unit).denominator == 1
            assert abs(printed_row.amount - row.amount) < unit
