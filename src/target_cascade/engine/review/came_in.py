"""Rows of actuals → what came in, without gaps, up to the day that the figures go to."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from target_cascade.calendar import Period
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.kpis.numbers import unit_of
from target_cascade.engine.review.figures import CameIn, Correction
from target_cascade.engine.review.gaps import check_no_gaps, listed
from target_cascade.engine.review.refused import refused
from target_cascade.engine.review.series import Series, Subject, is_cut, money_day_unit, series_of
from target_cascade.engine.review.through import settled_through, whole_months
from target_cascade.errors import TargetCascadeError, UsageError
from target_cascade.people.node import walk
from target_cascade.review.actuals import Actual

__all__ = ["CameIn", "Correction", "came_in", "whole_months"]


def came_in(cascade: Cascade, rows: Sequence[Actual], through: date | None = None) -> CameIn:
    """What the rows of actuals, which lie in the plan year, say came in up to and with `through`: by default
    the last day of their sales.

    Raises `InputError` at the row (`UsageError` for amounts in the plan itself) for days that stand in two
    rows, and for months, weeks and days that lack; `UsageError` for a `through` that cannot be.
    """
    sales = [row for row in rows if row.kpi is None]
    company = [row for row in sales if row.who is None]
    last = settled_through(cascade, company or sales, through)
    later = {(row.who, row.kpi) for row in rows if row.period.start > last and row.amount}
    counted = [
        row
        for row in rows
        if row.period.start <= last and (is_cut(row, cascade, last) or not _is_whole_beyond(row, last, later))
    ]
    taken = CameIn(cascade, last, _series(cascade, counted, last), len(rows) - len(counted))
    _check_known(taken, counted)
    return taken


def _is_whole_beyond(row: Actual, through: date, later: Collection[Subject]) -> bool:
    """Whether a month or week that goes beyond `through` is no figure to date. `later` are the subjects of
    which more came in after it: what came in of theirs until then is not known.

    Raises `InputError` or `UsageError` where the row is of sales.
    """
    if row.period.end <= through or (row.who, row.kpi) not in later:
        return False
    if row.kpi is not None:
        return True
    message = (
        f"`{row.period.label}` is followed by later figures, so it is whole, and what came in of it until"
        f" --through {through} is not known"
    )
    raise refused(f"{message}; say --through {row.period.label}, or give its days", row.where)


def _series(cascade: Cascade, rows: Sequence[Actual], through: date) -> dict[Subject, Series]:
    of: dict[Subject, list[Actual]] = {}
    for row in rows:
        of.setdefault((row.who, row.kpi), []).append(row)
    money, whole_year = money_day_unit(cascade), cascade.year.period
    there = dict(_there(cascade, {who for who, _ in of if who is not None}))
    return {
        (who, kpi): series_of(
            its_rows,
            cascade,
            through,
            money if kpi is None else unit_of(cascade.plan, kpi),
            whole_year if who is None else there[who],
        )
        for (who, kpi), its_rows in of.items()
    }


def _there(cascade: Cascade, paths: Collection[str]) -> Iterator[tuple[str, Period]]:
    """From the day of the plan year on which the first of a node's leaves is there, to that of the last."""
    tree, year = cascade.plan.cascade, cascade.plan.year
    if paths and tree is None:
        raise UsageError("the actuals name nodes, and the plan has no `cascade`: write the tree first")
    for names, node in walk(tree.nodes) if paths and tree is not None else ():
        if (path := "/".join(names)) in paths:
            leaves = list(node.leaves())
            start = min(max(leaf.start or year.start, year.start) for leaf in leaves)
            end = max(min(leaf.end or year.end, year.end) for leaf in leaves)
            yield path, Period(path, start, end)


def _check_known(taken: CameIn, rows: Sequence[Actual]) -> None:
    """Raises an error where what came in of the company is not known on a day that is needed."""
    year, closed = taken.cascade.plan.year, taken.closed
    start = year.months[len(closed)].start if len(closed) < len(year.months) else year.end + timedelta(1)
    if start > taken.through:
        return
    block = taken.cascade.plan.closed
    if block is not None and year.position(start) <= block.through and taken.from_rows(len(closed)) is None:
        month = year.months[len(closed)]
        raise UsageError(
            f"--through {taken.through} lies inside {month.label}, which is closed as a whole; say --through"
            f" {month.label}, or add rows by day"
        )
    needed = Period("", start, taken.through)
    company = taken.series.get((None, None))
    if company is not None:
        check_no_gaps(company, needed)
    elif taken.has_nodes_of(None):
        for position in range(len(closed), year.position(taken.through) + 1):
            if taken.from_rows(position) is None:
                raise _nodes_lack(taken, position, rows)
    else:
        label = taken.cascade.plan.year.months[len(closed)].label
        raise UsageError(
            f"no row is about sales from {label} on, and the review goes to {taken.through}; add them"
        )


def _nodes_lack(taken: CameIn, position: int, rows: Sequence[Actual]) -> TargetCascadeError:
    """Names who lacks, at the last row before of one of them or else at the first row of all."""
    month = taken.cascade.months[position].period
    lacking = list(taken.lacking(position))
    before = [row for row in rows if row.who in lacking and row.kpi is None and row.period.end < month.start]
    beside = max(before, key=lambda row: row.period.end, default=None)
    first = min((row for row in rows if row.who is not None), key=lambda row: row.period.start)
    are = "have a quota" if len(lacking) > 1 else "has a quota"
    message = (
        f"there are no rows of the whole company, and what came in of {listed(lacking)} in {month.label} is"
        f" not known whole, which {are} then, so the company's sum is not known"
    )
    hint = "add it, write 0 where nothing was sold, or add rows of the whole company (without a name)"
    return refused(f"{message}; {hint}", (beside or first).where)
