"""Years that are re-planned, in the words of the plan file, and their next revisions."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from target_cascade.calendar import PlanYear
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.replan.replan import Replan, replan
from target_cascade.engine.review.came_in import came_in
from target_cascade.plan import Plan
from target_cascade.review.actuals import Actual
from target_cascade.review.closed import Closed
from target_cascade.review.spread import Spread, parse_spread

Fields = dict[str, Any]


def replanned(
    year: Cascade, actuals: Sequence[Fraction | int], spread: str | None = None, *, relax: bool = False
) -> Replan:
    """The year re-planned after its first months, as many as there are actuals, each a row of its own."""
    months = year.plan.year.months
    rows = [
        Actual(period, "month", Fraction(amount)) for period, amount in zip(months, actuals, strict=False)
    ]
    policy: Spread | None = None if spread is None else parse_spread(spread)
    return replan(came_in(year, rows, months[len(actuals) - 1].end), policy, relax)


def next_revision(fields: Fields, after: Replan) -> Cascade:
    """The plan with the block of the re-plan in it, read as its file would be."""
    return cascade(Plan.model_validate({**fields, "closed": block(after.closed, after.cascade.plan.year)}))


def block(closed: Closed, year: PlanYear) -> Fields:
    """The block as the plan file writes it."""
    labels = [month.label for month in year.months]
    return {
        "through": labels[closed.through],
        "months": {
            labels[position]: {"quota": month.quota, "actual": month.actual}
            | ({} if month.was is None else {"was": month.was})
            for position, month in closed.months.items()
        },
        "open": {labels[position]: quota for position, quota in closed.open.items()},
        "first": {labels[position]: quota for position, quota in closed.first.items()},
        "spread": closed.spread.text,
    }
