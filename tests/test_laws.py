"""The laws of the engine (spec § 7), each over generated plans.

`pytest --hypothesis-profile=thorough tests/test_laws.py` tries many more, and new ones each time.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from plans import Fields, feasible, plan_fields, scaled, without_limits
from processes import run_process

from target_cascade.engine.apportion import round_down, round_up
from target_cascade.engine.bridge import Row, bridge, printed
from target_cascade.engine.cascade import Cascade
from target_cascade.plan import Bounds


def month_amounts(cascade: Cascade) -> list[Fraction]:
    return [month.amount for month in cascade.months]


def day_amounts(cascade: Cascade) -> list[Fraction]:
    return [day.amount for month in cascade.months for week in month.parts for day in week.parts]


class TestLaw1Closure:
    @given(plan_fields())
    def test_days_add_up_to_weeks_to_months_to_the_planned_total(self, fields: Fields) -> None:
        cascade = feasible(fields)
        for month in cascade.months:
            for week in month.parts:
                assert sum(day.amount for day in week.parts) == week.amount
            assert sum(week.amount for week in month.parts) == month.amount
        assert sum(month_amounts(cascade)) == cascade.planned_total

    @given(plan_fields())
    def test_every_quota_is_a_whole_number_of_its_units_and_not_below_zero(self, fields: Fields) -> None:
        cascade = feasible(fields)
        units = cascade.plan.rounding
        for month in cascade.months:
            amounts = [(month.amount, units.month)]
            amounts += [(week.amount, units.week_unit) for week in month.parts]
            amounts += [(day.amount, units.day_unit) for week in month.parts for day in week.parts]
            for amount, unit in amounts:
                assert amount >= 0
                assert (amount / unit).denominator == 1

    @given(plan_fields())
    def test_planned_total_is_the_target_with_its_buffer_rounded_up(self, fields: Fields) -> None:
        cascade = feasible(fields)
        plan = cascade.plan
        excess = cascade.planned_total - plan.target * (1 + plan.buffer)
        assert 0 <= excess < plan.rounding.month

    @given(plan_fields())
    def test_part_weeks_of_one_week_lie_side_by_side_and_are_its_seven_days(self, fields: Fields) -> None:
        cascade = feasible(fields)
        parts = [part for month in cascade.months for part in month.parts]
        for before, after in pairwise(parts):
            assert after.period.start - before.period.end == timedelta(days=1)
        weeks = [(label, list(same)) for label, same in groupby(parts, lambda part: part.period.label)]
        assert len({label for label, _ in weeks}) == len(weeks)
        lengths = [sum(part.period.days for part in same) for _, same in weeks]
        assert set(lengths[1:-1]) == {7}
        assert max(lengths) == 7


def limits_of(cascade: Cascade) -> Iterator[tuple[Bounds, list[int]]]:
    """Each limit of the plan with the positions of months whose sum it bounds."""
    for limit in cascade.plan.limits:
        for months in [list(limit.months)] if limit.together else [[month] for month in limit.months]:
            yield limit, months
    if cascade.plan.year_end is not None:
        yield cascade.plan.year_end, list(cascade.plan.year_end.months)


class TestLaw2Limits:
    @given(plan_fields())
    def test_limits_hold_after_rounding(self, fields: Fields) -> None:
        cascade = feasible(fields)
        amounts = month_amounts(cascade)
        for limit, months in limits_of(cascade):
            total = sum(amounts[month] for month in months)
            assert limit.min is None or total >= limit.min
            assert limit.max is None or total <= limit.max
            assert limit.hold is None or total == limit.hold
            assert limit.max_share is None or total <= limit.max_share * cascade.planned_total


class TestLaw3Ideals:
    @given(plan_fields())
    def test_every_quota_is_within_one_unit_of_its_ideal(self, fields: Fields) -> None:
        cascade = feasible(fields)
        units = cascade.plan.rounding
        for month in cascade.months:
            assert abs(month.amount - month.ideal) < units.month
            for week in month.parts:
                assert abs(week.amount - week.ideal) < units.week_unit
                for day in week.parts:
                    assert abs(day.amount - day.ideal) < units.day_unit


class TestLaw4Order:
    @given(plan_fields(), st.randoms(use_true_random=False))
    def test_order_and_names_of_entries_change_no_quota(self, fields: Fields, random: Random) -> None:
        cascade = feasible(fields)
        shuffled = dict(fields)
        for section in ("adjust", "new_business", "limits"):
            entries = [dict(entry) for entry in fields[section]]
            random.shuffle(entries)
            for i, entry in enumerate(entries):
                entry["name"] = f"renamed {i}"
            shuffled[section] = entries
        assert day_amounts(feasible(shuffled)) == day_amounts(cascade)


class TestLaw5Scale:
    @given(plan_fields(), st.sampled_from([Fraction(3), Fraction(7, 10), Fraction(1000)]))
    def test_scaled_amounts_and_units_scale_every_quota(self, fields: Fields, factor: Fraction) -> None:
        amounts = day_amounts(feasible(fields))
        assert day_amounts(feasible(scaled(fields, factor))) == [amount * factor for amount in amounts]


class TestLaw6Neutral:
    @given(plan_fields(), st.sampled_from(["lift", "add", "times"]))
    def test_what_is_nothing_changes_nothing(self, fields: Fields, kind: str) -> None:
        cascade = feasible(fields)
        section, entry = {
            "lift": ("adjust", {"name": "nothing", "lift": Fraction(0), "months": ["q2"]}),
            "add": ("adjust", {"name": "nothing", "add": Fraction(0)}),
            "times": ("days", {"name": "nothing", "weekdays": "mon-thu", "times": Fraction(1)}),
        }[kind]
        more = {**fields, section: [*fields[section], entry]}
        assert day_amounts(feasible(more)) == day_amounts(cascade)

    @given(plan_fields(), st.integers(0, 11), st.integers(2, 5))
    def test_limits_just_outside_single_months_change_nothing(
        self, fields: Fields, first: int, length: int
    ) -> None:
        free = without_limits(fields)
        cascade = feasible(free)
        unit = cascade.plan.rounding.month
        limits = [
            {
                "months": [month.period.label],
                "min": round_down(month.ideal, unit),
                "max": round_up(month.ideal, unit),
            }
            for month in cascade.months[first : first + length]
        ]
        bound = feasible({**free, "limits": limits})
        assert bound.growth == cascade.growth
        assert day_amounts(bound) == day_amounts(cascade)

    @given(plan_fields(), st.integers(0, 10), st.integers(2, 5))
    def test_a_limit_just_outside_a_sum_of_months_moves_no_month_by_more_than_a_unit(
        self, fields: Fields, first: int, length: int
    ) -> None:
        free = without_limits(fields)
        cascade = feasible(free)
        unit = cascade.plan.rounding.month
        months = cascade.months[first : first + length]
        ideal = sum((month.ideal for month in months), Fraction(0))
        labels = [month.period.label for month in months]
        bounds = {"min": round_down(ideal, unit), "max": round_up(ideal, unit)}
        bound = feasible({**free, "limits": [{"months": labels, "together": True, **bounds}]})
        assert bound.growth == cascade.growth
        for before, after in zip(month_amounts(cascade), month_amounts(bound), strict=True):
            assert abs(after - before) <= unit


class TestLaw7Monotone:
    @given(plan_fields(), st.integers(1, 400))
    def test_a_higher_target_lowers_no_ideal_by_more_than_a_unit(self, fields: Fields, more: int) -> None:
        """A share of the planned total is a limit that moves with the target: within a sum that is
        held, a month that may have more leaves less to the others. So shares are left out."""
        fields = {**fields, "limits": [limit for limit in fields["limits"] if "max_share" not in limit]}
        if "max_share" in fields.get("year_end", {}):
            del fields["year_end"]
        lower = feasible(fields)
        higher = feasible({**fields, "target": fields["target"] * Fraction(1000 + more, 1000)})
        for before, after in zip(lower.months, higher.months, strict=True):
            assert after.ideal >= before.ideal - lower.plan.rounding.month


MACHINES = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "LANG": "C", "TZ": "Pacific/Kiritimati"},
    {"PYTHONHASHSEED": "20", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "America/Adak"},
)
"""What differs between two machines. Where a locale is not installed, Python falls back to C."""


def days_as_bytes(plan: Path | str, machine: dict[str, str]) -> bytes:
    shown = run_process("split", str(plan), "--by", "day", "--format", "csv", variables=machine)
    assert shown.returncode == 0, shown.stderr
    return shown.stdout


def as_yaml(fields: Fields) -> str:
    """The plan as the text of a file; generated numbers have finitely many decimals."""

    def decimal_text(number: Fraction) -> str:
        text = Decimal(number.numerator) / Decimal(number.denominator)
        assert Fraction(text) == number
        return f"{text:f}"

    return json.dumps(fields, default=decimal_text)  # JSON is YAML


class TestLaw8SameBytes:
    @given(plan_fields())
    @settings(max_examples=6)
    def test_generated_plans_give_the_same_bytes_in_any_process(self, fields: Fields) -> None:
        cascade = feasible(fields)
        with TemporaryDirectory() as folder:
            plan = Path(folder) / "plan.yaml"
            plan.write_text(as_yaml(fields), encoding="utf-8")
            one, other = (days_as_bytes(plan, machine) for machine in MACHINES)
        assert one == other
        assert one.count(b"\n") == 1 + len(day_amounts(cascade))

    def test_a_plan_of_all_sections_gives_the_same_bytes_in_any_process(self) -> None:
        one, other = (days_as_bytes("flagship.yaml", machine) for machine in MACHINES)
        assert one == other


PLUGS = ("limits", "rounding")
"""The rows that make a bridge add up; what a test of its other rows leaves out."""


def year_rows(cascade: Cascade) -> tuple[Row, ...]:
    return bridge(cascade, cascade.plan.year.start, cascade.plan.year.end)


class TestLaw9Bridge:
    """Rows against spec § 6, day by day: tests/engine/test_bridge.py."""

    @given(plan_fields())
    def test_a_months_bridge_adds_up_to_its_quota(self, fields: Fields) -> None:
        cascade = feasible(fields)
        for month in cascade.months:
            rows = bridge(cascade, month.period.start, month.period.end)
            assert sum(row.amount for row in rows) == month.amount
            shown = printed(rows, cascade.plan.rounding.day_unit)
            assert sum(row.amount for row in shown) == month.amount

    @given(plan_fields())
    def test_without_limits_no_months_bridge_has_a_row_for_them(self, fields: Fields) -> None:
        cascade = feasible(without_limits(fields))
        for month in cascade.months:
            rows = bridge(cascade, month.period.start, month.period.end)
            assert "limits" not in {row.kind for row in rows}

    @given(plan_fields())
    def test_an_add_and_a_new_business_bring_over_the_year_what_they_promise(self, fields: Fields) -> None:
        cascade = feasible(fields)
        plan = cascade.plan
        promised = {("adjust", i): entry.add for i, entry in enumerate(plan.adjust) if entry.add}
        promised |= {
            ("new_business", i): entry.expect * entry.count_on
            for i, entry in enumerate(plan.new_business)
            if entry.expect * entry.count_on
        }
        rows = year_rows(cascade)
        assert {row.path: row.amount for row in rows if row.kind in ("add", "new_business")} == promised

    @given(plan_fields(), st.lists(st.integers(0, 365), min_size=3, max_size=3, unique=True))
    def test_bridges_of_runs_of_days_add_up_row_by_row_to_that_of_their_union(
        self, fields: Fields, cuts: list[int]
    ) -> None:
        cascade = feasible(fields)
        begin, middle, end = (cascade.plan.year.start + timedelta(days=cut) for cut in sorted(cuts))
        day = timedelta(days=1)
        rows = bridge(cascade, begin, end - day)
        whole = self._caused(rows)
        runs = [(begin, middle - day), (middle, end - day)]
        parts = [self._caused(bridge(cascade, *run)) for run in runs]
        for key in {*whole, *parts[0], *parts[1]}:
            assert sum(part.get(key, 0) for part in parts) == whole.get(key, 0)
        assert sum(row.amount for row in rows) == sum(day_amounts(cascade)[min(cuts) : max(cuts)])

    @given(plan_fields(), st.integers(1, 300))
    def test_bridges_of_two_buffers_differ_only_in_what_grows(self, fields: Fields, more: int) -> None:
        old = feasible(fields)
        new = feasible({**fields, "buffer": fields["buffer"] + Fraction(more, 1000)})
        for month in old.months:
            before = self._caused(bridge(old, month.period.start, month.period.end))
            after = self._caused(bridge(new, month.period.start, month.period.end))
            for key in {*before, *after}:
                one, other = before.get(key, Fraction(0)), after.get(key, Fraction(0))
                if key[0] in ("lift", "core"):
                    assert one * new.growth == other * old.growth
                elif key[0] != "growth":
                    assert one == other

    def _caused(self, rows: tuple[Row, ...]) -> dict[tuple[str, object], Fraction]:
        return {(row.kind, row.path): row.amount for row in rows if row.kind not in PLUGS}
