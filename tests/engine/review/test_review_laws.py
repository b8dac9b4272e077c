"""Laws of the review, over generated plans and figures."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plans import Fields, feasible, plan_fields
from trees import plans_with_trees

from target_cascade.calendar import Period
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.review.came_in import came_in
from target_cascade.engine.review.lines import Line, month_lines, total, week_lines
from target_cascade.engine.review.review import review
from target_cascade.review.actuals import Actual, Grain

amounts = st.integers(-(10**6), 10**9).map(lambda cents: Fraction(cents, 100))
few = settings(max_examples=60)


def row(period: Period, grain: Grain, amount: Fraction, who: str | None = None) -> Actual:
    return Actual(period, grain, amount, who=who)


@st.composite
def day_rows(draw: st.DrawFn, first: date, last: date, who: str | None = None) -> list[Actual]:
    """A row a day, of amounts that repeat: few are enough to tell days apart."""
    some = draw(st.lists(amounts, min_size=3, max_size=3))
    days = Period("", first, last).dates()
    return [row(Period(str(day), day, day), "day", some[i % 3], who) for i, day in enumerate(days)]


def by_month(rows: Sequence[Actual], cascade: Cascade) -> list[Actual]:
    """Rows of days as rows of months."""
    year = cascade.plan.year
    return [
        row(month, "month", sum((one.amount for one in rows if one.period.start in month), Fraction(0)))
        for month in year.months
        if any(one.period.start in month for one in rows)
    ]


def weeks_of(cascade: Cascade) -> list[Period]:
    return [week.period for week in cascade.weeks]


def through_of(cascade: Cascade, at: int) -> date:
    """A day of the year, from 0 for the first."""
    year = cascade.year.period
    return year.dates()[at % year.days]


def gaps(lines: Sequence[Line]) -> list[Fraction | None]:
    return [line.gap for line in lines]


@given(plan_fields(), st.integers(0, 400), st.data(), st.randoms(use_true_random=False))
@few
def test_order_of_rows_changes_nothing(fields: Fields, at: int, data: st.DataObject, random: Random) -> None:
    cascade = feasible(fields)
    last = through_of(cascade, at)
    rows = data.draw(day_rows(cascade.plan.year.start, last))
    shuffled = random.sample(rows, len(rows))
    once, again = (came_in(cascade, some, last) for some in (rows, shuffled))
    assert once == again
    assert week_lines(once) == week_lines(again)


@given(plan_fields(), st.integers(0, 400), st.data())
@few
def test_month_split_into_its_days_changes_no_month(fields: Fields, at: int, data: st.DataObject) -> None:
    cascade = feasible(fields)
    last = through_of(cascade, at)
    rows = data.draw(day_rows(cascade.plan.year.start, last))
    split, whole = came_in(cascade, rows, last), came_in(cascade, by_month(rows, cascade), last)
    assert month_lines(split) == month_lines(whole)
    assert review(split).on_plan == review(whole).on_plan


@given(plan_fields(), st.integers(0, 400), st.data())
@few
def test_lines_add_up_to_the_year_to_date(fields: Fields, at: int, data: st.DataObject) -> None:
    cascade = feasible(fields)
    last = through_of(cascade, at)
    rows = data.draw(day_rows(cascade.plan.year.start, last))
    found = came_in(cascade, rows, last)
    months, weeks = total(month_lines(found)), total(week_lines(found))
    assert months.actual == weeks.actual == sum(one.amount for one in rows)
    assert months.quota_to_date == weeks.quota_to_date
    due = [day.amount for month in cascade.months for week in month.parts for day in week.parts]
    assert months.quota_to_date == sum(due[: (last - cascade.plan.year.start).days + 1])
    actual = review(found).actual
    assert review(found).on_plan == actual + cascade.planned_total - months.quota_to_date


@given(plan_fields(), st.integers(0, 60), st.lists(amounts, min_size=60, max_size=60))
@few
def test_week_shared_over_two_months_adds_up(fields: Fields, at: int, some: list[Fraction]) -> None:
    cascade = feasible(fields)
    weeks = weeks_of(cascade)[: at % len(cascade.weeks) + 1]
    rows = [row(week, "week", amount) for week, amount in zip(weeks, some, strict=False)]
    found = came_in(cascade, rows, weeks[-1].end)
    lines = week_lines(found)
    for one in rows:
        assert sum(line.actual or 0 for line in lines if line.period.label == one.period.label) == one.amount
    assert total(month_lines(found)).actual == sum(one.amount for one in rows)


@given(plan_fields(), st.integers(0, 400), st.data())
@few
def test_later_rows_change_nothing_but_what_is_said(fields: Fields, at: int, data: st.DataObject) -> None:
    cascade = feasible(fields)
    last = through_of(cascade, at)
    rows = data.draw(day_rows(cascade.plan.year.start, cascade.plan.year.end))
    until = [one for one in rows if one.period.start <= last]
    assert month_lines(came_in(cascade, rows, last)) == month_lines(came_in(cascade, until, last))


@given(plan_fields(), st.integers(1, 11), st.data())
@few
def test_revision_is_compared_with_its_frozen_quotas(
    fields: Fields, through: int, data: st.DataObject
) -> None:
    before = feasible(fields)
    unit = before.plan.rounding.month
    labels = [month.period.label for month in before.months]
    worth = [bool(before.demand.effective_days(days)) for days in before.demand.months]
    frozen = [
        Fraction(data.draw(st.integers(0, 10**6))) * unit if is_open else Fraction(0) for is_open in worth
    ]
    assume(any(frozen))  # a revision without any quota is refused
    actuals = data.draw(st.lists(amounts, min_size=through, max_size=through))
    block = {
        "through": labels[through - 1],
        "months": {
            label: {"quota": quota, "actual": actual}
            for label, quota, actual in zip(labels, frozen, actuals, strict=False)
        },
        "open": dict(zip(labels[through:], frozen[through:], strict=True)),
        "first": dict(zip(labels, (month.amount for month in before.months), strict=True)),
    }
    cascade = feasible({**fields, "closed": block})
    found = review(came_in(cascade, []))
    assert [line.quota for line in found.months] == frozen[:through]
    assert gaps(found.months) == [a - q for a, q in zip(actuals, frozen, strict=False)]
    assert found.on_plan == sum(actuals, Fraction(0)) + sum(frozen[through:])


@given(plans_with_trees(), st.integers(0, 400), st.data())
@few
def test_nodes_add_up_to_the_company(fields: Fields, at: int, data: st.DataObject) -> None:
    cascade = feasible(fields)
    last = through_of(cascade, at)
    tree = cascade.plan.cascade
    assert tree is not None
    rows = [
        one for node in tree.nodes for one in data.draw(day_rows(cascade.plan.year.start, last, node.name))
    ]
    found = came_in(cascade, rows, last)
    company = month_lines(found)
    nodes = [month_lines(found, node.name) for node in tree.nodes]
    for month, *of_nodes in zip(company, *nodes, strict=True):
        assert sum(line.actual or 0 for line in of_nodes) == month.actual
        assert sum(line.quota for line in of_nodes) == month.quota
        apart = abs(sum(line.quota_to_date for line in of_nodes) - month.quota_to_date)
        assert apart <= len(of_nodes) * cascade.plan.rounding.leaf_unit
