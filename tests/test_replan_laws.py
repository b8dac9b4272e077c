"""The laws of re-planning (spec "Review and re-plan"), each over generated plans and years.

`pytest --hypothesis-profile=thorough tests/test_replan_laws.py` tries many more, and new ones each time.
"""

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plans import Fields, feasible, plan_fields
from replans import block, next_revision, replanned

from target_cascade.engine.cascade import Cascade
from target_cascade.engine.replan.replan import Replan
from target_cascade.plan import Bounds, Plan

_years = settings(max_examples=settings().max_examples // 2)  # each plan is made and settled anew
spreads = st.sampled_from([None, "proportional", "even", "late", "next:1", "next:3", "next:12"])
_rates = st.sampled_from(["0", "0.2", "0.6", "0.9", "0.97", "1", "1", "1.04", "1.3", "2", "-0.1"])
_cents = st.sampled_from([0, 0, 1, 99, 5_000, 123_456])


class Year(NamedTuple):
    """A plan as its file says it, its quotas, and what came in of its first months."""

    fields: Fields
    cascade: Cascade
    actuals: list[Fraction]


@st.composite
def years(draw: st.DrawFn, months: int | None = None) -> Year:
    """A plan of any kind, and its first months: good and bad ones, refunds, and cents."""
    catch_up = draw(st.sampled_from(["1.25", "1", "1.1", "1.5", "3", "0.8"]))
    fields = {**draw(plan_fields()), "guardrails": {"catch_up": catch_up}}
    year = feasible(fields)
    count = draw(st.integers(1, 12)) if months is None else months
    return Year(fields, year, draw(came_in(year, 0, count)))


@st.composite
def came_in(draw: st.DrawFn, year: Cascade, first: int, last: int) -> list[Fraction]:
    """What came in from one month to before another, in parts of their quotas."""
    return [
        month.amount * Fraction(draw(_rates)) + Fraction(draw(_cents), 100)
        for month in year.months[first:last]
    ]


def open_quotas(after: Replan) -> list[Fraction]:
    return [month.new for month in after.months if month.state == "open"]


def sets_of(plan: Plan) -> Iterator[tuple[Bounds, list[int]]]:
    """Each limit of the plan with the positions of months whose sum it bounds."""
    for limit in plan.limits:
        for months in [list(limit.months)] if limit.together else [[month] for month in limit.months]:
            yield limit, months
    if plan.year_end is not None:
        yield plan.year_end, list(plan.year_end.months)


def bounds(limit: Bounds, total: Fraction) -> tuple[Fraction, Fraction | None]:
    if limit.hold is not None:
        return limit.hold, limit.hold
    highs = [limit.max, None if limit.max_share is None else limit.max_share * total]
    return limit.min or Fraction(0), min((high for high in highs if high is not None), default=None)


class TestWhatStays:
    @_years
    @given(years(), spreads, st.booleans())
    def test_closed_months_and_months_without_quota_never_move(
        self, year: Year, spread: str | None, relax: bool
    ) -> None:
        after = replanned(year.cascade, year.actuals, spread, relax=relax)
        closed = len(year.actuals)
        agreed = [month.amount for month in year.cascade.months]
        assert [after.closed.months[month].quota for month in range(closed)] == agreed[:closed]
        assert [month.new for month in after.months[:closed]] == year.actuals
        assert all(new == 0 for old, new in zip(agreed[closed:], open_quotas(after), strict=True) if not old)
        assert list(after.closed.first.values()) == agreed

    @_years
    @given(years(), spreads)
    def test_without_relax_no_open_quota_falls_and_with_enough_none_moves(
        self, year: Year, spread: str | None
    ) -> None:
        after = replanned(year.cascade, year.actuals, spread)
        agreed = [month.amount for month in year.cascade.months[len(year.actuals) :]]
        assert all(new >= old for old, new in zip(agreed, open_quotas(after), strict=True))
        if sum(year.actuals) + sum(agreed) >= year.cascade.plan.target:
            assert open_quotas(after) == agreed

    @_years
    @given(years(), spreads, st.booleans())
    def test_a_re_plan_of_a_re_plan_with_the_same_actuals_changes_nothing(
        self, year: Year, spread: str | None, relax: bool
    ) -> None:
        after = replanned(year.cascade, year.actuals, spread, relax=relax)
        revised = next_revision(year.fields, after)
        again = replanned(revised, year.actuals, relax=relax)
        assert all(month.change == 0 for month in again.months if month.state == "open")
        assert block(again.closed, revised.plan.year) == block(after.closed, revised.plan.year)

    @_years
    @given(years(), spreads, st.randoms(use_true_random=False))
    def test_the_order_of_limits_changes_nothing(
        self, year: Year, spread: str | None, random: Random
    ) -> None:
        limits = list(year.fields["limits"])
        random.shuffle(limits)
        shuffled = feasible({**year.fields, "limits": limits})
        after = replanned(year.cascade, year.actuals, spread)
        assert open_quotas(replanned(shuffled, year.actuals, spread)) == open_quotas(after)


class TestSums:
    @_years
    @given(years(), spreads)
    def test_actuals_and_quotas_are_the_target_rounded_up_less_the_named_gap(
        self, year: Year, spread: str | None
    ) -> None:
        after = replanned(year.cascade, year.actuals, spread)
        total = sum(month.new for month in after.months)
        assert total == after.total_after
        if after.missing:
            rounding = after.needed - after.missing
            assert 0 <= rounding < year.cascade.plan.rounding.month
            assert total == year.cascade.plan.target + (-after.unplaced if after.unplaced else rounding)
        assert after.unplaced >= 0
        assert after.buffer_left == max(0, total - year.cascade.plan.target)

    @_years
    @given(years(), spreads)
    def test_relaxed_the_year_keeps_its_first_planned_total(self, year: Year, spread: str | None) -> None:
        after = replanned(year.cascade, year.actuals, spread, relax=True)
        if after.ahead:
            assert after.total_after >= year.cascade.planned_total
            assert after.placed == 0
        else:
            assert after.lowered == 0


class TestBounds:
    @_years
    @given(years(), spreads, st.booleans())
    def test_limits_hold_where_months_have_moved(self, year: Year, spread: str | None, relax: bool) -> None:
        after = replanned(year.cascade, year.actuals, spread, relax=relax)
        total = year.cascade.planned_total
        for limit, months in sets_of(year.cascade.plan):
            low, high = bounds(limit, total)
            amount = sum(after.months[month].new for month in months)
            changes = [after.months[month].change for month in months if month >= len(year.actuals)]
            assert high is None or amount <= high or max(changes, default=0) <= 0
            assert amount >= low or min(changes, default=0) >= 0
            if limit.hold is not None and len(months) == 1:
                assert not any(changes)

    @_years
    @given(years(), spreads)
    def test_relaxed_nothing_is_below_0(self, year: Year, spread: str | None) -> None:
        assert all(
            quota >= 0 for quota in open_quotas(replanned(year.cascade, year.actuals, spread, relax=True))
        )

    @settings(max_examples=settings().max_examples // 4)
    @given(years(months=1), st.data())
    def test_re_plans_in_a_row_do_not_compound(self, year: Year, data: st.DataObject) -> None:
        first = [month.amount for month in year.cascade.months]
        most = max(Fraction(1), year.cascade.plan.guardrails.catch_up)
        now, actuals = year.cascade, year.actuals
        for closed in range(1, 6):
            after = replanned(now, actuals, data.draw(spreads))
            for month in after.months[closed:]:
                assert month.new <= most * first[month.position]
            now = next_revision(year.fields, after)
            actuals = [*actuals, *data.draw(came_in(now, closed, closed + 1))]


class TestBetterMonths:
    @_years
    @given(years(), spreads, st.booleans(), st.data())
    def test_a_better_month_raises_no_open_quota(
        self, year: Year, spread: str | None, relax: bool, data: st.DataObject
    ) -> None:
        better = list(year.actuals)
        better[data.draw(st.integers(0, len(better) - 1))] += data.draw(_more(year))
        before = replanned(year.cascade, year.actuals, spread, relax=relax)
        after = replanned(year.cascade, better, spread, relax=relax)
        assert all(a <= b for a, b in zip(open_quotas(after), open_quotas(before), strict=True))


@st.composite
def _more(draw: st.DrawFn, year: Year) -> Fraction:
    """More that came in; in whole units where a limit on a sum holds closed and open months.

    Such a limit leaves its open months whole units, and what is missing is rounded up to whole units as
    well: where a cent more takes the last cent of a unit from the limit and none from what is missing, a
    unit goes from the months of the limit to another. This is known, and less than the unit that all quotas
    are rounded to.
    """
    unit, closed = year.cascade.plan.rounding.month, len(year.actuals)
    target = year.cascade.plan.target
    more = target * Fraction(draw(st.integers(1, 400)), 1000) + Fraction(draw(_cents), 100)
    mixed = any(min(months) < closed <= max(months) for _, months in sets_of(year.cascade.plan))
    return -(-more // unit) * unit if mixed else more


class TestGap:
    @_years
    @given(years(), spreads)
    def test_each_month_that_could_carry_more_is_kept_from_it_by_a_bound_that_is_named(
        self, year: Year, spread: str | None
    ) -> None:
        after = replanned(year.cascade, year.actuals, spread)
        assert (after.would_give is not None) == (after.unplaced > 0)
        if after.unplaced:
            assert after.would_give is not None
            named = {month for cap in after.caps for month in cap.months}
            first, kind, count = len(year.actuals), after.spread.kind, after.spread.months
            last = first + count if kind == "next" and not after.would_give.proportional else 12
            assert named >= {month.position for month in after.months[first:last] if month.old}

    @_years
    @given(years(), spreads)
    def test_what_would_give_does(self, year: Year, spread: str | None) -> None:
        after = replanned(year.cascade, year.actuals, spread)
        assume(after.would_give is not None)
        assert after.would_give is not None
        others = replanned(year.cascade, year.actuals, "proportional")
        assert after.would_give.proportional == others.placed - after.placed
        if (enough := after.would_give.catch_up) is not None:
            assert self._with_catch_up(year, spread, enough).unplaced == 0
            assert self._with_catch_up(year, spread, enough - Fraction(1, 100)).unplaced > 0
        else:
            assert self._with_catch_up(year, spread, Fraction(10**12)).unplaced > 0

    def _with_catch_up(self, year: Year, spread: str | None, times: Fraction) -> Replan:
        other = feasible({**year.fields, "guardrails": {"catch_up": times}})
        return replanned(other, year.actuals, spread)

    @_years
    @given(years(), spreads)
    def test_a_limit_gives_what_it_says_if_it_is_dropped(self, year: Year, spread: str | None) -> None:
        """An entry that bounds each of several months gives for one of them only, so it is left out."""
        after = replanned(year.cascade, year.actuals, spread)
        for cap in after.caps:
            if cap.why == "limit" and cap.path[0] == "limits" and _bounds_one_sum(year, cap.path[1]):
                dropped = _without_limit(year, after, cap.path[1])
                assert replanned(dropped, year.actuals, spread).placed == after.placed + cap.gives


def _bounds_one_sum(year: Year, index: object) -> bool:
    assert isinstance(index, int)
    limit = year.cascade.plan.limits[index]
    return limit.together or len(limit.months) == 1


def _without_limit(year: Year, after: Replan, index: object) -> Cascade:
    """The year with its quotas as they are agreed, and one of the limits dropped since."""
    frozen = block(after.closed, year.cascade.plan.year)
    agreed = {month.period.label: month.old for month in after.months if month.state == "open"}
    limits = [limit for at, limit in enumerate(year.fields["limits"]) if at != index]
    return feasible({**year.fields, "limits": limits, "closed": {**frozen, "open": agreed}})
