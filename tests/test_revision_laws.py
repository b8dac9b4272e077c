"""What holds for revisions with closed months, over generated plans."""

from fractions import Fraction
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from plans import Fields, feasible, plan_fields
from test_diff_laws import two_plans

from target_cascade.engine.bridge import Row, bridge
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.changes import changes, quotas, unit_of
from target_cascade.engine.check import check
from target_cascade.engine.diff import diff
from target_cascade.errors import InfeasibleError
from target_cascade.plan import Plan
from target_cascade.report.diff import Side, diff_page
from target_cascade.report.split import split_table
from target_cascade.write.plain import plain_text

few = settings(max_examples=settings().max_examples // 5)


class Review(NamedTuple):
    """How a year went: the months that are over, and by how many units each month differs."""

    closed: int
    came_in: tuple[int, ...]
    raised: tuple[int, ...]


reviews = st.builds(
    Review,
    st.integers(1, 12),
    st.tuples(*[st.integers(-3, 3)] * 12),
    st.tuples(*[st.integers(-2, 4)] * 12),
)


def revision(agreed: Cascade, review: Review, fields: Fields | None = None) -> Fields:
    """The plan, or `fields` in its place, with a block that a review of `agreed` could have written."""
    unit, labels = agreed.plan.rounding.month, [month.period.label for month in agreed.months]
    amounts = [month.amount for month in agreed.months]
    opened = [max(a + unit * n, Fraction(0)) if a else a for a, n in zip(amounts, review.raised, strict=True)]
    came_in = [amount + unit * n / 2 for amount, n in zip(amounts, review.came_in, strict=True)]
    over = range(review.closed)
    block = {
        "through": labels[review.closed - 1],
        "months": {labels[m]: {"quota": amounts[m], "actual": came_in[m]} for m in over},
        "open": {labels[m]: opened[m] for m in range(review.closed, 12)},
        "first": dict(zip(labels, agreed.first_quotas, strict=True)),
    }
    return {**(fields or {}), "closed": block}


def revised(fields: Fields, review: Review) -> tuple[Cascade, Cascade]:
    agreed = feasible(fields)
    return agreed, cascade(Plan.model_validate(revision(agreed, review, fields)))


def without_replan(rows: tuple[Row, ...]) -> list[Row]:
    return [row for row in rows if row.kind != "replan"]


@given(plan_fields(), reviews, st.tuples(st.integers(0, 363), st.integers(0, 363)))
def test_bridge_of_a_revision_is_that_of_the_plan_and_what_the_quotas_moved_by(
    fields: Fields, review: Review, ends: tuple[int, int]
) -> None:
    old, new = revised(fields, review)
    days = [day for month in new.months for week in month.parts for day in week.parts]
    first, last = sorted(ends)
    start, end = days[first].period.start, days[last].period.start
    rows, before = (bridge(one, start, end) for one in (new, old))
    assert without_replan(rows) == list(before)
    assert sum(row.amount for row in rows) == sum(day.amount for day in days[first : last + 1])


@given(plan_fields(), reviews)
@few
def test_table_of_months_adds_up_and_has_what_came_in(fields: Fields, review: Review) -> None:
    _, new = revised(fields, review)
    *rows, total = split_table(new, "month").rows
    at = {column.key: i for i, column in enumerate(split_table(new, "month").columns)}
    assert sum(row.cells[at["quota"]] for row in rows) == total.cells[at["quota"]]  # type: ignore[misc]
    actuals = [row.cells[at["actual"]] for row in rows]
    assert actuals == [month.actual for month in new.months]
    assert total.cells[at["actual"]] == sum(actual for actual in actuals[: review.closed])  # type: ignore[misc]


@given(plan_fields(), reviews)
@few
def test_any_revision_can_be_checked(fields: Fields, review: Review) -> None:
    _, new = revised(fields, review)
    assert check(new).findings == check(new).findings


@given(two_plans(), reviews, reviews, st.integers(0, 3))
@few
def test_causes_add_up_whatever_is_closed_and_altered(
    plans: tuple[Fields, Fields], one: Review, other: Review, which: int
) -> None:
    old, new = (feasible(fields) for fields in plans)
    pair = [_possible(revision(old, one, plans[0]) if which in (0, 2) else plans[0], old)]
    pair.append(_possible(revision(new if which else old, other, plans[1]), new))
    found = diff(*pair)
    for month in range(12):
        total = sum(cause.months[month] for cause in found.causes)
        assert total == pair[1].months[month].amount - pair[0].months[month].amount
    sides = [Side(str(at), quotas(plan, "month"), plan.plan) for at, plan in enumerate(pair)]
    unit = max(unit_of(plan, "month") for plan in pair)
    changed = changes(sides[0].quotas, sides[1].quotas, unit)
    assert plain_text(diff_page(sides[0], sides[1], changed, "month", found), 80)


@given(two_plans(), reviews)
@few
def test_entries_move_no_month_while_quotas_are_frozen(plans: tuple[Fields, Fields], review: Review) -> None:
    one, other = (feasible(fields) for fields in plans)
    blocks = [revision(one, review, fields) for fields in plans]
    ends = [_possible(block, of) for block, of in zip(blocks, (one, other), strict=True)]
    if all(end.plan.closed is not None for end in ends):
        found = diff(*ends)
        assert not any(any(cause.months) for cause in found.causes)


def _possible(closed: Fields, otherwise: Cascade) -> Cascade:
    """The plan with the block, or without it where its entries do not let the block be."""
    try:
        return cascade(Plan.model_validate(closed))
    except (InfeasibleError, ValueError):
        return otherwise
