"""How far the figures go: the last day that a review looks at."""

from collections.abc import Sequence
from datetime import date, timedelta

from target_cascade.calendar import PlanYear
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.review.day_quotas import due_between
from target_cascade.engine.review.refused import refused
from target_cascade.errors import TargetCascadeError, UsageError
from target_cascade.review.actuals import Actual

_DAY = timedelta(days=1)
_FEW = 7
"""Days at the end on which nothing came in that are believed; more may not be over yet."""


def settled_through(cascade: Cascade, sales: Sequence[Actual], given: date | None) -> date:
    """`given`, or the last day that a row of sales is about, or that a re-plan has closed.

    Raises `UsageError` for a day outside the year, before the first figures or inside a month that is
    closed as a whole, and `InputError` where the last months are 0 and may not be over yet.
    """
    year = cascade.plan.year
    closed = _closed_end(cascade)
    if given is not None:
        _check_given(cascade, sales, given)
        return given
    if not sales:
        if closed is None:
            raise UsageError(_no_sales(year))
        return closed
    last = min(max(row.period.end for row in sales), year.end)
    _check_over(cascade, sales, last)
    return last if closed is None else max(last, closed)


def whole_months(through: date, year: PlanYear) -> int:
    """How many months of the year are over on the evening of `through`."""
    return sum(month.end <= through for month in year.months)


def _closed_end(cascade: Cascade) -> date | None:
    closed = cascade.plan.closed
    return None if closed is None else cascade.plan.year.months[closed.through].end


def _no_sales(year: PlanYear) -> str:
    return (
        f"there are no actuals of {year.span}, so there is nothing to review; write `actuals: actuals.csv`"
        " into the plan or say --actuals FILE, with rows of `month, amount` or `date, amount`"
    )


def _check_given(cascade: Cascade, sales: Sequence[Actual], given: date) -> None:
    year, closed = cascade.plan.year, _closed_end(cascade)
    if not year.start <= given <= year.end:
        message = f"--through {given} is outside {year.name}, {year.start} to {year.end}"
        raise UsageError(f"{message}; name a day or a month of it, such as {year.months[0].label}")
    if closed is not None:
        return
    if not sales:
        raise UsageError(_no_sales(year))
    first = min(sales, key=lambda row: row.period.start)
    if given < first.period.start:
        message = f"--through {given} is before the first figures, which are of {first.period.label}"
        raise UsageError(f"{message}; say a later day, or add what came in before")


def _check_over(cascade: Cascade, sales: Sequence[Actual], last: date) -> None:
    """Raises an error where the figures end in months of 0, after others: such months are often only
    prepared, and not over."""
    with_sales = [min(row.period.end, last) for row in sales if row.amount]
    block = cascade.plan.closed
    if block is not None and any(block.actuals):
        with_sales.append(cascade.plan.year.months[block.through].end)
    end = max(with_sales, default=last)
    ending = sorted(
        (row for row in sales if row.period.start > end), key=lambda row: (row.period.start, row.period.end)
    )
    days = {row.period.start for row in ending if row.grain == "day"}
    is_long = len(days) > _FEW or any(row.grain != "day" for row in ending)
    if is_long and due_between(cascade, end + _DAY, last) > 0:
        raise _not_over(cascade, ending, end)


def _not_over(cascade: Cascade, ending: Sequence[Actual], end: date) -> TargetCascadeError:
    labels = list(dict.fromkeys((ending[0].period.label, ending[-1].period.label)))
    grain = "month" if ending[0].grain == "month" else "week" if ending[0].grain == "week" else "day"
    are = f"are these {grain}s" if len(labels) > 1 else f"is this {grain}"
    year = cascade.plan.year
    month = year.months[year.position(end)]
    until = month.label if month.end == end else str(end)
    message = f"{' to '.join(labels)} {'have' if len(labels) > 1 else 'has'} 0, after amounts to {until}"
    hint = f"say --through {until}, or leave what has not come yet empty"
    sure = f"where really nothing was sold, say --through {ending[-1].period.end}"
    return refused(f"{message}: {are} not over yet? {hint}; {sure}", ending[0].where)
