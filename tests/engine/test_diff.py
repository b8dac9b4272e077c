"""Two cascades → causes that add up to their difference, and what holds a cause back."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from findings import FLAT, plan_of

from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.changes import Change, Known, Labels, Level, changes, quotas, unit_of
from target_cascade.engine.diff import Cause, Diff, diff
from target_cascade.plan import Plan

Fields = dict[str, Any]

PARTY = {"name": "party", "months": 8, "add": 120}
PRICES = {"name": "prices", "months": "7-12", "lift": "10%"}
STAND = {"name": "stand", "months": 6, "hold": 100}


def of(**fields: Any) -> Cascade:
    """The cascade of a year without a season of its own: 12 × 100 before anything is planned."""
    return cascade(plan_of({"target": 1200, "base": FLAT, **fields}))


def between(old: Fields, new: Fields) -> Diff:
    return diff(of(**old), of(**new))


def only(found: Diff) -> Cause:
    (cause,) = found.causes
    return cause


def names(found: Diff) -> list[str]:
    return [" + ".join(one.name for one in cause.alterations) for cause in found.causes]


def masked(found: Diff, cause: Cause) -> list[tuple[tuple[str | int, ...], bool, list[int]]]:
    """Where the bounds that hold a cause stand, whether in the new plan, and their months from 1."""
    return [(*found.path_of(mask, cause), sorted(month + 1 for month in mask.months)) for mask in cause.masks]


def added_up(found: Diff) -> list[Fraction]:
    sums = [Fraction(0)] * 12
    for cause in found.causes:
        sums = [so_far + moved for so_far, moved in zip(sums, cause.months, strict=True)]
    return sums


def differences(found: Diff) -> list[Fraction]:
    pairs = zip(found.old.months, found.new.months, strict=True)
    return [after.amount - before.amount for before, after in pairs]


def test_of_two_plans_that_say_the_same_there_is_no_cause() -> None:
    found = between({"buffer": "5%"}, {"buffer": "0.05"})
    assert (found.causes, found.silent, found.moves) == ((), (), False)


def test_what_can_move_no_quota_is_told_apart() -> None:
    found = between({}, {"plan": "Shop", "revision": 2, "guardrails": {"growth": 3}})
    assert [one.name for one in found.silent] == ["plan", "revision", "guardrails"]
    assert (found.causes, found.moves) == ((), False)


EVERYTHING: Fields = {
    "target": 1500,
    "buffer": "4%",
    "rounding": {"month": 5},
    "weeks": "sunday",
    "base": [*FLAT[:11], 130],
    "days": [{"name": "weekend", "weekdays": "sat-sun", "times": "0.5"}],
    "new_business": [{"name": "shop", "expect": 60, "start": 7}],
    "adjust": [PARTY, PRICES],
    "limits": [STAND],
    "year_end": {"max_share": "17%"},
}


def test_causes_stand_in_the_order_in_which_the_engine_works() -> None:
    found = between({}, EVERYTHING)
    assert names(found) == [
        "weekend",
        "base",
        "shop",
        "party",
        "prices",
        "target",
        "buffer",
        "stand",
        "year_end",
        "rounding",
        "weeks",
    ]


@pytest.mark.parametrize(("old", "new"), [({}, EVERYTHING), (EVERYTHING, {})], ids=["there", "back"])
def test_causes_add_up_to_the_change_of_every_month_and_of_the_year(old: Fields, new: Fields) -> None:
    found = between(old, new)
    assert added_up(found) == differences(found)
    assert sum(cause.year for cause in found.causes) == sum(differences(found))
    for cause in found.causes:
        assert cause.year == sum(cause.months)


def test_a_cause_does_what_it_would_do_to_the_old_plan_with_those_before_it() -> None:
    found = between({}, {"adjust": [PARTY], "target": 1320})
    party, target = found.causes
    # The year stays at 1200, so that twelve months give what August gets.
    assert party.months == tuple(Fraction(120 * (month == 7) - 10) for month in range(12))
    assert party.after.months == target.before.months == of(adjust=[PARTY]).months
    # 120 more, for twelve months that are alike but for the party.
    assert set(target.months) == {Fraction(10)}
    assert target.after is found.new


def test_the_strongest_month_is_the_one_that_moves_most_whichever_way() -> None:
    found = between({}, {"limits": [{"months": 6, "hold": 23}]})
    assert only(found).strongest == 5
    assert only(found).months[5] == 23 - 100
    assert only(between({}, {"target": 2400})).strongest == 0  # the first of twelve that are alike


def test_entries_that_are_the_same_twice_are_two_causes() -> None:
    """A plan file has each name once; a plan that a program makes may not."""
    add = {"name": "stand", "months": 6, "add": 24}
    assert names(between({}, {"adjust": [add, add]})) == ["stand", "stand"]
    assert [cause.months[5] for cause in between({}, {"adjust": [add, add]}).causes] == [22, 22]


class TestPossible:
    """Steps between two plans of which not each is one that can come true."""

    def test_a_target_waits_for_the_limit_that_it_needs(self) -> None:
        old = {"limits": [{"months": "1-12", "max": 110}]}
        new = {"limits": [{"months": "1-12", "max": 150}], "target": 1440}
        found = between(old, new)
        assert names(found) == ["limits[0]", "target"]
        assert [cause.year for cause in found.causes] == [0, 240]

    def test_what_waits_is_tried_again_when_all_others_have_had_their_turn(self) -> None:
        full, wider = ([{"months": [m], "max": most} for m in range(1, 13)] for most in (110, 150))
        found = between({"limits": full}, {"limits": wider, "target": 1330})
        assert names(found) == [*(f"limits[{i}]" for i in range(12)), "target"]
        assert [cause.year for cause in found.causes] == [*[0] * 12, 130]

    def test_a_plan_in_a_smaller_unit_of_money_takes_two_turns(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stands = [{"name": f"stand {i}", "months": 1 + i % 12, "add": 20} for i in range(40)]
        yuan = [{**stand, "add": 20 * 10_000} for stand in stands]
        tried: list[Plan] = []

        def counted(plan: Plan) -> Cascade:
            tried.append(plan)
            return cascade(plan)

        old, new = of(adjust=stands), of(adjust=yuan, target=1200 * 10_000)
        monkeypatch.setattr("target_cascade.engine.diff.cascade", counted)
        assert names(diff(old, new)) == ["target", *(stand["name"] for stand in stands)]
        assert len(tried) == len(stands) + 1 + len(stands)

    def test_two_that_are_possible_only_together_are_one_cause(self) -> None:
        halves = [{"months": months, "together": True, "hold": 600} for months in ("1-6", "7-12")]
        others = [{**halves[0], "hold": 500}, {**halves[1], "hold": 700}]
        found = between({"limits": halves}, {"limits": others})
        assert names(found) == ["limits[0] + limits[1]"]
        assert sum(only(found).months[:6]) == 500 - 600
        assert sum(only(found).months[6:]) == 700 - 600

    def test_what_is_possible_alone_is_no_part_of_such_a_cause(self) -> None:
        halves = [{"months": months, "together": True, "hold": 600} for months in ("1-6", "7-12")]
        others = [{**halves[0], "hold": 500}, {**halves[1], "hold": 700}]
        found = between({"limits": halves}, {"limits": others, "adjust": [PRICES], "weeks": "sunday"})
        assert names(found) == ["prices", "weeks", "limits[0] + limits[1]"]

    def test_such_a_cause_is_as_small_as_it_can_be(self) -> None:
        quarters = [{"months": months, "together": True, "hold": 300} for months in ("q1", "q2")]
        rest = {"name": "rest", "months": "7-12", "together": True, "hold": 600}
        moved = [{**quarters[0], "hold": 200}, {**quarters[1], "hold": 350}, {**rest, "hold": 650}]
        found = between({"limits": [*quarters, rest]}, {"limits": moved})
        assert names(found) == ["limits[0] + limits[1] + rest"]
        paired = [{**quarters[0], "hold": 200}, quarters[1], {**rest, "hold": 700}]
        found = between({"limits": [*quarters, rest]}, {"limits": paired})
        assert names(found) == ["limits[0] + rest"]

    def test_a_repair_waits_for_the_amounts_that_it_makes_possible(self) -> None:
        new = {"base": {"months": [-5, *FLAT[1:]], "fix": {"2026-01": 50}}}
        found = between({}, new)
        assert names(found) == ["fix 2026-01", "base"]
        found = diff(of(base=None), of(**new))
        assert names(found) == ["base + fix 2026-01"]

    def test_a_hold_that_is_replaced_leaves_before_the_new_one_comes(self) -> None:
        old = {"limits": [{"name": "old", "months": 6, "hold": 90}]}
        new = {"limits": [{"name": "new", "months": 6, "hold": 80}]}
        found = between(old, new)
        assert names(found) == ["old", "new"]
        assert [cause.months[5] for cause in found.causes] == [10, -20]


class TestMasks:
    """Bounds that keep a cause from what it would do."""

    def test_a_month_that_is_held_masks_what_is_added_there(self) -> None:
        found = between(
            {"limits": [STAND]}, {"limits": [STAND], "adjust": [{**PARTY, "months": 6, "add": 9}]}
        )
        cause = only(found)
        assert set(cause.months) == {0}
        assert masked(found, cause) == [(("limits", 0), True, [6])]

    def test_a_cause_that_moves_other_months_names_those_that_are_held(self) -> None:
        lift = {"name": "summer", "months": "6-7", "lift": "50%"}
        found = between({"limits": [STAND]}, {"limits": [STAND], "adjust": [lift]})
        cause = only(found)
        assert cause.months[6] > 0 == cause.months[5]
        assert masked(found, cause) == [(("limits", 0), True, [6])]

    def test_what_only_grows_with_the_year_is_masked_by_nothing(self) -> None:
        found = between({"limits": [STAND]}, {"limits": [STAND], "target": 1300})
        assert only(found).months[5] == 0
        assert only(found).masks == ()

    def test_a_bound_that_stands_elsewhere_in_the_new_plan_is_found_there(self) -> None:
        low = {"months": 1, "min": 10}
        add = {"adjust": [{**PARTY, "months": 6, "add": 9}]}
        found = between({"limits": [STAND, low]}, {"limits": [low, STAND], **add, "target": 1300})
        assert masked(found, found.causes[0]) == [(("limits", 1), True, [6])]

    def test_a_bound_that_the_new_plan_lacks_is_named_as_the_old_ones(self) -> None:
        low = {"months": 1, "min": 10}
        add = {"adjust": [{**PARTY, "months": 6, "add": 9}]}
        found = between({"limits": [low, STAND]}, {"limits": [low], **add})
        assert names(found) == ["party", "stand"]
        assert masked(found, found.causes[0]) == [(("limits", 1), False, [6])]

    def test_the_years_end_of_the_old_plan_is_named_as_the_old_ones(self) -> None:
        lift = {"name": "winter", "months": "11-12", "lift": "50%"}
        found = between({"year_end": {"max": 200}}, {"adjust": [lift]})
        assert masked(found, found.causes[0]) == [(("year_end",), False, [11, 12])]
        kept = between({"year_end": {"max": 200}}, {"year_end": {"max": 200}, "adjust": [lift]})
        assert masked(kept, only(kept)) == [(("year_end",), True, [11, 12])]

    def test_of_bounds_around_each_other_the_innermost_holds(self) -> None:
        end = {"max": 190}
        november = {"name": "November", "months": 11, "max": 90}
        lift = {"name": "sale", "months": 11, "lift": "20%"}
        limits = {"limits": [november], "year_end": end}
        found = between(limits, {**limits, "adjust": [lift]})
        assert masked(found, only(found)) == [(("limits", 0), True, [11])]

    def test_a_sum_that_is_held_masks_a_lift_whose_months_move_within_it(self) -> None:
        """190 for two months are 1.5 : 1 before, and 1.7 : 1.2 after."""
        sale = {"name": "sale", "months": 11, "lift": "50%"}
        winter = {"name": "winter", "months": "11-12", "lift": "20%"}
        end = {"year_end": {"max": 190}}
        found = between({**end, "adjust": [sale]}, {**end, "adjust": [sale, winter]})
        assert only(found).months[10] == 111 - 114
        assert only(found).months[11] == 79 - 76
        assert masked(found, only(found)) == [(("year_end",), True, [11, 12])]

    def test_what_only_changes_places_within_a_sum_is_held_by_nothing(self) -> None:
        end = {"year_end": {"max": 190}}
        lift = {"name": "sale", "months": 11, "lift": "20%"}
        found = between({**end, "adjust": [lift]}, {**end, "adjust": [{**lift, "months": 12}]})
        assert only(found).months[11] == -only(found).months[10] > 0
        assert only(found).masks == ()

    def test_a_cause_that_a_limit_stops_on_its_way_names_it(self) -> None:
        limits = {"limits": [{"months": 6, "max": 120}]}
        found = between(limits, {**limits, "adjust": [{"name": "summer", "months": 6, "lift": "80%"}]})
        assert only(found).months[5] == 120 - 100
        assert masked(found, only(found)) == [(("limits", 0), True, [6])]

    def test_a_limit_inside_another_is_masked_by_it(self) -> None:
        end = {"max": 170}
        old = {"limits": [{"months": 11, "min": 10}, {"months": "11-12", "together": True, "max": 260}]}
        new = {"limits": [old["limits"][0], {"months": "11-12", "together": True, "max": 250}]}
        found = between({**old, "year_end": end}, {**new, "year_end": end})
        # 250 for both would bind nothing even without the year's end.
        assert only(found).masks == ()
        lower = {"limits": [old["limits"][0], {"months": "11-12", "together": True, "max": 180}]}
        found = between({**old, "year_end": end}, {**lower, "year_end": end})
        assert masked(found, only(found)) == [(("year_end",), True, [11, 12])]

    def test_a_limit_that_does_not_bind_is_masked_by_nothing(self) -> None:
        found = between({}, {"limits": [{"months": 6, "max": 500}]})
        assert not any(only(found).months)
        assert only(found).masks == ()

    def test_a_limit_beside_one_that_is_tighter_is_masked_by_it(self) -> None:
        tight = {"name": "tight", "months": 6, "max": 70}
        found = between({"limits": [tight]}, {"limits": [tight, {"name": "wide", "months": 6, "max": 80}]})
        assert masked(found, only(found)) == [(("limits", 0), True, [6])]

    def test_two_bounds_that_would_each_do_are_both_named(self) -> None:
        bounds = [{"name": name, "months": 6, "max": 70} for name in ("one", "other")]
        lift = {"name": "summer", "months": 6, "lift": "50%"}
        found = between({"limits": bounds}, {"limits": bounds, "adjust": [lift]})
        assert masked(found, only(found)) == [(("limits", 0), True, [6]), (("limits", 1), True, [6])]

    def test_a_lift_of_the_whole_year_is_masked_by_nothing(self) -> None:
        """It would move no month either if none was held."""
        limits = {"year_end": {"max": 180}}
        found = between(limits, {**limits, "adjust": [{"name": "prices", "lift": "5%"}]})
        assert not any(only(found).months)
        assert only(found).masks == ()


class TestLessThanMonths:
    def test_weeks_alone_move_where_they_are_cut_in_another_way(self) -> None:
        found = between({}, {"weeks": "sunday"})
        assert only(found).only_days
        assert found.moves

    def test_days_alone_move_where_a_lift_covers_part_of_a_month_that_is_held(self) -> None:
        lift = {"name": "sale", "days": "2027-06-01..2027-06-05", "lift": "50%"}
        found = between({"limits": [STAND]}, {"limits": [STAND], "adjust": [lift]})
        assert only(found).only_days
        assert found.moves

    def test_what_moves_months_does_not_move_days_only(self) -> None:
        assert not only(between({}, {"target": 1300})).only_days

    def test_what_moves_nothing_at_all_is_no_move_of_days(self) -> None:
        cause = only(between({}, {"limits": [{"months": 6, "max": 500}]}))
        assert (cause.only_days, cause.below_unit) == (False, False)

    def test_less_than_a_unit_is_told_from_nothing(self) -> None:
        tiny = {"name": "tiny", "months": 6, "add": "0.1"}
        cause = only(between({}, {"adjust": [tiny]}))
        assert cause.below_unit
        assert set(cause.months) == {0}


def change_of(found: Sequence[Change], label: str) -> Change:
    (change,) = (one for one in found if one.labels[-1] == label)
    return change


def month_changes(old: Cascade, new: Cascade) -> tuple[Change, ...]:
    return changes(quotas(old, "month"), quotas(new, "month"), unit_of(new, "month"))


class TestChanges:
    @pytest.mark.parametrize("by", ["quarter", "month", "week", "whole week", "day"])
    def test_changes_of_every_level_add_up_to_that_of_the_year(self, by: Level) -> None:
        old, new = of(), of(**{**EVERYTHING, "weeks": "iso"})
        found = changes(quotas(old, by), quotas(new, by), unit_of(new, by))
        assert sum(one.amount for one in found) == new.planned_total - old.planned_total

    def test_a_move_of_a_unit_that_less_is_due_to_is_rounding(self) -> None:
        # 1200 over 12 months of 100; one unit more goes to the first of them, though each is due 1/12.
        found = month_changes(of(), of(target=1201))
        assert [one.rounding for one in found] == [True, *[False] * 11]
        assert found[0].amount == 1

    def test_a_move_of_a_unit_that_is_due_in_full_is_no_rounding(self) -> None:
        found = month_changes(of(), of(target=1212))
        assert {(one.amount, one.rounding) for one in found} == {(Fraction(1), False)}

    def test_a_move_of_more_than_a_unit_is_no_rounding(self) -> None:
        assert not any(one.rounding for one in month_changes(of(), of(target=1300)))

    def test_a_coarser_unit_moves_by_rounding_as_far_as_it_is_coarser(self) -> None:
        coarse = of(rounding=25, base=[110, *FLAT[1:]])
        found = month_changes(of(base=[110, *FLAT[1:]]), coarse)
        assert {one.rounding for one in found if one.amount} == {True}

    def test_of_quotas_without_ideals_nobody_knows_what_is_rounding(self) -> None:
        old: dict[Labels, Known] = {("2027-01",): Known(Fraction(5), Fraction(5))}
        new: dict[Labels, Known] = {("2027-01",): Known(Fraction(6))}
        assert [one.rounding for one in changes(old, new, Fraction(1))] == [False]

    def test_a_period_of_one_side_only_stands_where_it_belongs_with_the_other_unknown(self) -> None:
        one, two, three = (("2027-01",), ("2027-02",), ("2027-03",))
        ten = Known(Fraction(10))
        old: dict[Labels, Known] = {one: ten, two: ten}
        new: dict[Labels, Known] = {two: ten, three: ten}
        assert changes(old, new, Fraction(1)) == (
            Change(one, Fraction(10), None),
            Change(two, Fraction(10), Fraction(10)),
            Change(three, None, Fraction(10)),
        )

    def test_months_of_two_years_are_matched_by_their_places(self) -> None:
        found = month_changes(of(), of(year="2028"))
        assert [one.labels for one in found] == [(f"2028-{month:02d}",) for month in range(1, 13)]
        assert {one.old for one in found} == {100}

    def test_periods_are_matched_and_told_by_time_whatever_the_order_of_a_file(self) -> None:
        old: dict[Labels, Known] = {("2027-02",): Known(Fraction(2)), ("2027-01",): Known(Fraction(1))}
        new: dict[Labels, Known] = {("2028-01",): Known(Fraction(1)), ("2028-02",): Known(Fraction(2))}
        assert [one.amount for one in changes(old, new, Fraction(1))] == [0, 0]
        assert [one.labels for one in changes(old, old, Fraction(1))] == [("2027-01",), ("2027-02",)]


class TestTwoYears:
    def test_all_that_differs_is_one_cause(self) -> None:
        found = between({}, {"year": "2028", "target": 2400, "plan": "Next", "adjust": [PARTY]})
        assert names(found) == ["year"]
        assert only(found).year == 1200
        assert added_up(found) == differences(found)
        assert found.silent == ()

    def test_it_is_masked_by_nothing_although_limits_bind(self) -> None:
        found = between({}, {"year": "2028", "limits": [{**STAND, "hold": 90}]})
        assert found.new.held
        assert only(found).masks == ()
