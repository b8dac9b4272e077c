"""Re-plans of small years, with answers by hand."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from replans import Fields, block, next_revision, replanned

from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.replan.replan import Replan, replan
from target_cascade.engine.review.came_in import CameIn, came_in
from target_cascade.errors import UsageError
from target_cascade.plan import Plan
from target_cascade.review.actuals import Actual
from target_cascade.review.spread import PROPORTIONAL, Spread

EVEN = {"shape": [Fraction(1)] * 12}
RISING = {"shape": [Fraction(weight) for weight in (5, 5, 5, 5, 10, 10, 10, 10, 10, 10, 20, 20)]}


def fields_of(**fields: Any) -> Fields:
    """12 months of 100 in units of 10, and T = 1200, unless a case says otherwise."""
    return {"year": "2027", "target": Fraction(1200), "rounding": {"month": 10}, "base": EVEN, **fields}


def year_of(**fields: Any) -> Cascade:
    return cascade(Plan.model_validate(fields_of(**fields)))


def quotas(after: Replan) -> list[Fraction]:
    """The quotas of the open months."""
    return [month.new for month in after.months if month.state == "open"]


def labels(after: Replan, positions: Sequence[int]) -> list[str]:
    return [after.months[position].period.label for position in positions]


class TestEnoughBuffer:
    def test_nothing_changes_and_what_is_left_of_the_buffer_is_said(self) -> None:
        """12 months of 110 with a buffer of 10 %: 100 short of 1320 is still 20 above 1200."""
        after = replanned(year_of(buffer="10%"), [10])
        assert quotas(after) == [110] * 11
        assert [after.missing, after.needed, after.placed, after.unplaced] == [0] * 4
        assert after.total_after == 10 + 11 * 110
        assert after.buffer_left == 20
        assert after.bank == -100
        assert (after.caps, after.would_give, after.ahead) == ((), None, False)

    def test_the_target_to_the_very_last_unit_is_enough(self) -> None:
        after = replanned(year_of(buffer="10%"), [-10])
        assert after.buffer_left == 0
        assert quotas(after) == [110] * 11

    def test_the_closed_month_shows_what_was_agreed_and_what_came_in(self) -> None:
        first, second, *_ = replanned(year_of(buffer="10%"), [10]).months
        assert [first.state, second.state] == ["closed", "open"]
        assert [first.old, first.new, first.change] == [110, 10, -100]
        assert [second.old, second.new, second.change] == [110, 110, 0]


class TestRaises:
    @pytest.mark.parametrize(
        ("fields", "actuals", "spread", "open_quotas"),
        [
            pytest.param({}, [40] , None, [110] * 6 + [100] * 5, id="60 short, a unit each from the next"),
            pytest.param({}, [35], None, [110] * 7 + [100] * 4, id="65 short is 70, rounded up as a whole"),
            pytest.param({}, [40, 100, 100], "next:3", [120] * 3 + [100] * 6, id="the next three"),
            pytest.param({}, [40] * 3, "even", [120] * 9, id="even"),
            pytest.param(
                {"base": RISING}, [0], "proportional",
                [50] * 3 + [110] * 3 + [100] * 3 + [210] * 2, id="in proportion to unlike quotas",
            ),
            pytest.param(
                {"base": RISING}, [0], "even", [60, 60, 60, 110, 110, 100, 100, 100, 100, 200, 200],
                id="even over unlike quotas",
            ),
            pytest.param(
                {"base": RISING}, [0], "late", [50] * 3 + [100] * 4 + [110, 110, 210, 220],
                id="late",
            ),
            pytest.param(
                {}, [100] * 9 + [60], None, [120, 120], id="two months left carry 20 each",
            ),
        ],
    )  # fmt: skip
    def test_what_is_missing_is_put_on_the_open_months(
        self, fields: Fields, actuals: list[int], spread: str | None, open_quotas: list[int]
    ) -> None:
        after = replanned(year_of(**fields), actuals, spread)
        assert quotas(after) == open_quotas
        assert after.unplaced == 0
        assert after.missing == 1200 - after.outlook
        assert after.total_after == 1200 + (after.needed - after.missing)
        assert 0 <= after.buffer_left < 10

    def test_a_month_without_a_quota_stays_without(self) -> None:
        closed = [{"name": "rebuilding", "dates": "2027-02-01..2027-02-28", "times": 0}]
        after = replanned(year_of(days=closed), [0], "even")
        assert quotas(after)[0] == 0
        assert after.unplaced == 0

    def test_cents_that_came_in_are_kept(self) -> None:
        after = replanned(year_of(), [Fraction("99.99")])
        assert after.missing == Fraction("0.01")
        assert after.buffer_left == after.needed - after.missing == Fraction("9.99")
        assert after.closed.months[0].actual == Fraction("99.99")


class TestLimits:
    def test_a_month_stays_below_its_maximum_and_the_others_take_more(self) -> None:
        after = replanned(year_of(limits=[{"months": "12", "max": 105}]), [100] * 9 + [60])
        assert quotas(after) == [120, 100]  # 105 is no multiple of 10
        assert after.unplaced == 20

    def test_a_held_month_does_not_move(self) -> None:
        after = replanned(year_of(limits=[{"months": "11", "hold": 100}]), [100] * 9 + [80])
        assert quotas(after) == [100, 120]

    def test_the_end_of_the_year_is_bounded_together(self) -> None:
        after = replanned(year_of(year_end={"max": 210}), [100] * 8 + [50])
        assert quotas(after) == [120, 110, 100]
        assert after.unplaced == 20
        (year_end,) = [cap for cap in after.caps if cap.why == "limit"]
        assert (year_end.name, year_end.path) == ("`year_end`", ("year_end",))
        assert year_end.amount == 210

    def test_a_limit_over_closed_months_leaves_the_open_ones_what_came_in_left_over(self) -> None:
        """310 for the second quarter: 90 in April leave 220, and 130 leave 180, which is below what is
        agreed for May and June already."""
        quarter = {"name": "stock", "months": "q2", "together": True, "max": 310}
        after = replanned(year_of(limits=[quarter]), [0, 100, 100, 90])
        assert quotas(after)[:3] == [110, 110, 120]
        after = replanned(year_of(limits=[quarter]), [60, 100, 100, 130])
        assert quotas(after)[:3] == [100, 100, 110]

    def test_what_cents_leave_over_is_given_in_whole_units(self) -> None:
        """310.50 less 90.50 leave 220; snapped to 310 first, it would be 210."""
        quarter = {"months": "q2", "together": True, "max": "310.5"}
        after = replanned(year_of(limits=[quarter]), [0, 100, 100, Fraction("90.5")])
        assert sum(quotas(after)[:2]) == 220

    def test_a_part_of_a_unit_more_may_move_a_unit_out_of_such_a_limit(self) -> None:
        """The one case in which a better month raises another: 5 more in April leave 11 units missing, but
        only one, not two, of those that the quarter may still take."""
        quarter = {"months": "q2", "together": True, "max": 310}
        before = quotas(replanned(year_of(limits=[quarter]), [0, 100, 100, 90]))
        after = quotas(replanned(year_of(limits=[quarter]), [0, 100, 100, 95]))
        assert [a - b for a, b in zip(after, before, strict=True)] == [0, -10, 0, 0, 0, 10, 0, 0]

    def test_shares_are_of_the_first_planned_total(self) -> None:
        """At most 9.2 % of 1200 are 110, whatever the re-plans make of the year."""
        limit = {"months": "12", "max_share": "9.2%"}
        after = replanned(year_of(limits=[limit]), [100] * 9 + [60])
        assert quotas(after) == [120, 110]
        assert after.unplaced == 10

    def test_limits_lie_one_inside_the_other(self) -> None:
        """150 missing: November and December may have 10 more, and with October 20."""
        limits = [
            {"months": "q4", "together": True, "max": 320},
            {"months": "11-12", "together": True, "max": 210},
        ]
        after = replanned(year_of(limits=limits), [100] * 7 + [50])
        assert quotas(after) == [120, 110, 110, 100]
        assert after.unplaced == 10
        inner = {cap.name: cap.gives for cap in after.caps if cap.why == "limit"}
        assert inner == {"`limits[0]`": 10, "`limits[1]`": 0}

    def test_a_hold_that_was_written_since_moves_no_quota(self) -> None:
        year = year_of()
        revised = next_revision(fields_of(limits=[{"months": "2", "hold": 120}]), replanned(year, [100]))
        assert quotas(replanned(revised, [80])) == [100, 110, 110] + [100] * 8

    def test_a_limit_that_was_lowered_since_lowers_no_quota(self) -> None:
        year = year_of()
        revised = next_revision(fields_of(limits=[{"months": "12", "max": 80}]), replanned(year, [100]))
        after = replanned(revised, [40])
        assert quotas(after)[-1] == 100
        assert after.unplaced == 0

    def test_all_months_below_the_bound_of_the_first_revision(self) -> None:
        """A quarter more of 100 is 125, in units of 10 that is 120."""
        after = replanned(year_of(), [100] * 6 + [0])
        assert quotas(after) == [120] * 5
        assert after.unplaced == 0
        again = replanned(next_revision(fields_of(), after), [100] * 6 + [0, 100])
        assert quotas(again) == [120] * 4
        assert again.unplaced == 20


class TestGap:
    def test_what_finds_no_place_is_named_with_what_would_have_to_give(self) -> None:
        """200 missing in November, and two months that may have 120 each."""
        after = replanned(year_of(), [100] * 8 + [0, 0])
        assert quotas(after) == [120, 120]
        assert [after.missing, after.placed, after.unplaced] == [200, 40, 160]
        assert [after.total_after, after.buffer_left] == [1200 - 160, 0]
        (cap,) = after.caps
        assert (cap.why, cap.path) == ("catch_up", ("guardrails", "catch_up"))
        assert labels(after, cap.months) == ["2027-11", "2027-12"]
        assert [cap.amount, cap.gives] == [2 * 120, 160]
        assert after.would_give is not None
        assert after.would_give.catch_up == 2
        assert after.would_give.proportional == 0

    def test_a_limit_that_keeps_it_out_says_how_much_it_alone_would_give(self) -> None:
        limit = {"name": "the warehouse", "months": "12", "max": 100}
        after = replanned(year_of(limits=[limit]), [100] * 9 + [60])
        credible, warehouse = after.caps
        assert (warehouse.why, warehouse.name) == ("limit", "`the warehouse`")
        assert warehouse.path == ("limits", 0)
        assert [warehouse.amount, warehouse.gives] == [100, 20]
        assert labels(after, credible.months) == ["2027-11"]
        assert [credible.amount, credible.gives] == [120, 20]
        assert after.would_give is not None
        assert after.would_give.catch_up == Fraction(140, 100)

    def test_no_catch_up_helps_where_limits_keep_all_of_it_out(self) -> None:
        after = replanned(year_of(limits=[{"months": "11-12", "max": 120}]), [100] * 9 + [0])
        assert after.unplaced == 60
        assert after.would_give is not None
        assert after.would_give.catch_up is None

    def test_a_policy_that_leaves_months_out_says_what_they_would_take(self) -> None:
        after = replanned(year_of(), [0], "next:2")
        assert quotas(after) == [120, 120] + [100] * 9
        assert after.unplaced == 60
        assert after.would_give is not None
        assert after.would_give.proportional == 60
        policy = after.caps[-1]
        assert (policy.why, policy.name, policy.months) == ("policy", "next:2", tuple(range(3, 12)))
        assert [policy.amount, policy.gives] == [900, 60]

    def test_a_policy_that_has_room_for_all_binds_nothing(self) -> None:
        assert replanned(year_of(), [90], "next:2").caps == ()

    def test_a_single_month_would_have_to_be_six_times_as_much(self) -> None:
        after = replanned(year_of(), [100] * 6 + [0] * 5)
        assert after.would_give is not None
        assert after.would_give.catch_up == Fraction(100 + 500, 100)

    def test_bounds_of_months_that_the_policy_leaves_out_do_not_bind(self) -> None:
        after = replanned(year_of(limits=[{"months": "12", "hold": 100}]), [0], "next:2")
        assert [cap.why for cap in after.caps] == ["catch_up", "policy"]
        assert after.caps[1].gives == 60

    def test_a_year_that_is_over_has_no_place_for_anything(self) -> None:
        after = replanned(year_of(), [90] * 12)
        assert after.missing == after.unplaced == 120
        assert after.caps == ()
        assert after.would_give is not None
        assert after.would_give.catch_up is None
        assert after.closed.open == {}

    def test_entries_that_may_fill_in_are_named(self) -> None:
        contingency = [
            {"when": "q1 < 90%", "do": "sell to dealers", "amount": 80, "who": "Li"},
            {"when": "2027-12 < 90%", "do": "a sale in January", "amount": 30},
            {"when": "2027-12 < 50%", "do": "tell the board"},
            {"when": "2027-01 < 50%", "do": "more mails", "amount": 20},
        ]
        adjust = [
            {"name": "fair", "months": "3", "add": 0, "fallback": "an online fair"},
            {"name": "brand day", "days": "2027-08-08..2027-08-09", "lift": 0, "fallback": "in September"},
            {"name": "app", "lift": 0},
        ]
        after = replanned(year_of(contingency=contingency, adjust=adjust), [100] * 2 + [0] * 5)
        assert after.unplaced > 0
        assert after.would_give is not None
        found = [(f.kind, f.do, f.amount, f.who, f.met) for f in after.would_give.fillers]
        assert found == [
            ("contingency", "sell to dealers", 80, "Li", True),
            ("contingency", "a sale in January", 30, None, None),
            ("fallback", "in September", None, None, None),
        ]

    def test_a_contingency_that_the_last_re_plan_could_count_on_is_none_any_more(self) -> None:
        fields = fields_of(contingency=[{"when": "2027-01 < 90%", "do": "more mails", "amount": 20}])
        first = replanned(cascade(Plan.model_validate(fields)), [0])
        second = replanned(next_revision(fields, first), [0] * 7)
        assert second.would_give is not None
        assert second.would_give.fillers == ()


class TestAhead:
    def test_quotas_stay_and_the_bank_is_said(self) -> None:
        after = replanned(year_of(), [155])
        assert quotas(after) == [100] * 11
        assert after.ahead
        assert not after.relaxed
        assert [after.bank, after.surplus] == [55, 55]
        assert after.buffer_left == 55

    def test_relaxed_the_year_comes_down_to_the_first_planned_total(self) -> None:
        after = replanned(year_of(), [155], relax=True)
        assert quotas(after) == [90] * 5 + [100] * 6
        assert after.relaxed
        assert [after.lowered, after.total_after] == [50, 1205]

    def test_relaxed_the_buffer_is_kept(self) -> None:
        after = replanned(year_of(buffer="10%"), [165], relax=True)
        assert [after.surplus, after.lowered, after.buffer_left] == [55, 50, 125]

    def test_a_month_that_was_relaxed_to_nothing_is_not_raised_again(self) -> None:
        """What is written as 0 is not planned for; the whole of what is missing is named instead."""
        fields = fields_of(guardrails={"catch_up": 2})
        first = replanned(cascade(Plan.model_validate(fields)), [5000], relax=True)
        after = replanned(next_revision(fields, first), [1000], "even")
        assert quotas(after) == [0] * 11
        assert after.unplaced == 200

    def test_nothing_is_relaxed_where_the_year_is_not_above_the_planned_total(self) -> None:
        after = replanned(year_of(buffer="10%"), [60], relax=True)
        assert quotas(after) == [110] * 11

    def test_nothing_goes_below_a_minimum_a_hold_or_what_months_must_bring_together(self) -> None:
        limits = [
            {"name": "contract", "months": "11", "min": 95},
            {"months": "12", "hold": 100},
            {"name": "stock", "months": "9-10", "together": True, "min": 180},
        ]
        after = replanned(year_of(limits=limits), [100] * 8 + [500], relax=True)
        assert quotas(after) == [0, 100, 100]
        assert [cap.name for cap in after.caps] == ["`contract`", "`limits[1]`"]
        free = replanned(year_of(limits=limits), [100] * 7 + [500], relax=True)
        assert quotas(free)[:2] == [90, 90]

    def test_nothing_goes_below_zero(self) -> None:
        assert quotas(replanned(year_of(), [5000], relax=True)) == [0] * 11


class TestRevisions:
    def test_the_first_quotas_and_the_policy_are_kept(self) -> None:
        fields = fields_of()
        first = replanned(cascade(Plan.model_validate(fields)), [40], "next:3")
        assert first.closed.through == 0
        assert first.closed.first == dict.fromkeys(range(12), 100)
        second = replanned(next_revision(fields, first), [40, 100])
        assert second.spread == Spread("next", 3)
        assert second.closed.first == first.closed.first
        assert [second.closed.months[1].quota, second.closed.months[1].actual] == [120, 100]
        third = replanned(next_revision(fields, second), [40, 100, 100], "proportional")
        assert third.spread == PROPORTIONAL

    def test_a_late_correction_keeps_what_the_month_was_closed_with(self) -> None:
        fields = fields_of()
        first = replanned(cascade(Plan.model_validate(fields)), [40])
        second = replanned(next_revision(fields, first), [30])
        assert [second.closed.months[0].actual, second.closed.months[0].was] == [30, 40]
        assert second.placed == 10
        third = replanned(next_revision(fields, second), [30, 110])
        assert third.closed.months[0].was == 40

    def test_bank_is_what_came_in_above_agreed_quotas(self) -> None:
        fields = fields_of()
        first = replanned(cascade(Plan.model_validate(fields)), [40])
        second = replanned(next_revision(fields, first), [40, 130])
        assert second.bank == (40 - 100) + (130 - 110)


class TestHowFarTheFiguresGo:
    def figures(self, year: Cascade, through: date, *actuals: int) -> CameIn:
        months = year.plan.year.months
        rows = [Actual(month, "month", Fraction(one)) for month, one in zip(months, actuals, strict=False)]
        return came_in(year, rows, through)

    def test_no_month_is_over(self) -> None:
        with pytest.raises(UsageError, match="no month is over"):
            replan(self.figures(year_of(), date(2027, 1, 30), 100))

    def test_a_month_in_part_stays_open(self) -> None:
        after = replan(self.figures(year_of(), date(2027, 2, 27), 100, 50))
        assert after.closed.through == 0
        assert after.unfinished is not None
        assert after.unfinished.label == "2027-02"
        assert replanned(year_of(), [100]).unfinished is None

    def test_months_that_the_last_re_plan_has_closed_stay_closed(self) -> None:
        revised = next_revision(fields_of(), replanned(year_of(), [100, 100]))
        with pytest.raises(UsageError, match="closed the months to 2027-02 already"):
            replan(self.figures(revised, date(2027, 1, 31), 100))

    def test_without_rows_the_closed_months_stand_as_the_block_has_them(self) -> None:
        first = replanned(year_of(), [40, 100])
        after = replan(self.figures(next_revision(fields_of(), first), date(2027, 2, 28)))
        assert block(after.closed, after.cascade.plan.year) == block(first.closed, first.cascade.plan.year)

    def test_late_corrections_are_handed_on(self) -> None:
        revised = next_revision(fields_of(), replanned(year_of(), [40]))
        (correction,) = replanned(revised, [30]).corrections
        assert [correction.before, correction.now] == [40, 30]


def test_a_great_many_cents_are_placed_to_the_last_one() -> None:
    """10 billion in cents over unlike months, and a gap: a loop over them would not end."""
    year = year_of(target=Fraction(10**10), rounding={"month": Fraction(1, 100)}, base=RISING, buffer="0.01%")
    after = replanned(year, [month.amount * Fraction(1, 3) for month in year.months[:6]])
    assert after.unplaced > 0
    assert after.placed + after.unplaced == after.missing
