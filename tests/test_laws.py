"""The laws of the engine (spec § 7), each over generated plans.

`pytest --hypothesis-profile=thorough tests/test_laws.py` tries many more, and new ones each time.
"""

from datetime import timedelta
from fractions import Fraction
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st
from plans import Fields, feasible, plan_fields, scaled

from target_cascade.engine.bridge import bridge, printed
from target_cascade.engine.cascade import Cascade, whole_weeks
from target_cascade.report.split import split_table
from target_cascade.write.csv import csv_text


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
    def test_part_weeks_of_one_week_lie_side_by_side_and_add_up_to_it(self, fields: Fields) -> None:
        cascade = feasible(fields)
        weeks = list(whole_weeks(cascade))
        assert sum(part.amount for _, parts in weeks for part in parts) == cascade.planned_total
        assert len({label for label, _ in weeks}) == len(weeks)
        for _, parts in weeks:
            assert sum(part.period.days for part in parts) <= 7


class TestLaw2Limits:
    @given(plan_fields())
    def test_limits_hold_after_rounding(self, fields: Fields) -> None:
        cascade = feasible(fields)
        amounts = month_amounts(cascade)
        for limit in cascade.plan.limits:
            each = [[month] for month in limit.months]
            for months in [list(limit.months)] if limit.together else each:
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
    def test_a_limit_that_does_not_bind_moves_no_month_by_more_than_a_unit(
        self, fields: Fields, first: int, length: int
    ) -> None:
        cascade = feasible({**fields, "limits": []})
        months = cascade.plan.year.months[first : first + length]
        limit = {
            "months": [month.label for month in months],
            "together": True,
            "max": cascade.planned_total + cascade.plan.rounding.month,
        }
        bound = feasible({**fields, "limits": [limit]})
        for before, after in zip(month_amounts(cascade), month_amounts(bound), strict=True):
            assert abs(after - before) <= cascade.plan.rounding.month


class TestLaw7Monotone:
    @given(plan_fields(), st.integers(1, 400))
    def test_a_higher_target_lowers_no_ideal_by_more_than_a_unit(self, fields: Fields, more: int) -> None:
        lower = feasible(fields)
        higher = feasible({**fields, "target": fields["target"] * Fraction(1000 + more, 1000)})
        for before, after in zip(lower.months, higher.months, strict=True):
            assert after.ideal >= before.ideal - lower.plan.rounding.month


class TestLaw8SameBytes:
    @given(plan_fields())
    def test_the_same_plan_gives_the_same_text(self, fields: Fields) -> None:
        one, other = feasible(fields), feasible(fields)
        assert csv_text(split_table(one, "day")) == csv_text(split_table(other, "day"))


class TestLaw9Bridge:
    @given(plan_fields())
    def test_a_months_bridge_adds_up_to_its_quota(self, fields: Fields) -> None:
        cascade = feasible(fields)
        for month in cascade.months:
            rows = bridge(cascade, month.period.start, month.period.end)
            assert sum(row.amount for row in rows) == month.amount
            shown = printed(rows, cascade.plan.rounding.day_unit)
            assert sum(row.amount for row in shown) == month.amount

    @given(plan_fields(), st.integers(0, 364), st.integers(0, 364))
    def test_the_bridge_of_any_run_of_days_adds_up_to_their_quotas(
        self, fields: Fields, one: int, other: int
    ) -> None:
        cascade = feasible(fields)
        first, last = sorted((one, other))
        start = cascade.plan.year.start
        rows = bridge(cascade, start + timedelta(days=first), start + timedelta(days=last))
        assert sum(row.amount for row in rows) == sum(day_amounts(cascade)[first : last + 1])

    @given(plan_fields(), st.integers(1, 300))
    def test_bridges_of_two_plans_differ_by_the_difference_of_their_quotas(
        self, fields: Fields, more: int
    ) -> None:
        old = feasible(fields)
        new = feasible({**fields, "buffer": fields["buffer"] + Fraction(more, 1000)})
        assume(month_amounts(old) != month_amounts(new))
        for before, after in zip(old.months, new.months, strict=True):
            span = before.period.start, before.period.end
            gap = sum(r.amount for r in bridge(new, *span)) - sum(r.amount for r in bridge(old, *span))
            assert gap == after.amount - before.amount
