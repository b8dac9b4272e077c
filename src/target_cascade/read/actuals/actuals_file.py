"""What came in, from a file that people really have, or from the plan: rows of days, weeks or months."""

from typing import NamedTuple

from target_cascade.errors import InputError, Place
from target_cascade.plan import Plan
from target_cascade.read.actuals.actual_rows import actual_rows, has_figures_of_year
from target_cascade.read.actuals.wording import of_actuals
from target_cascade.read.sales.sheets import read_one_of
from target_cascade.read.source import Revised
from target_cascade.read.tables.files import read_grids
from target_cascade.review.actuals import Actual, Actuals

__all__ = ["ActualsRead", "read_actuals", "rows_of"]


class ActualsRead(NamedTuple):
    """The rows of the plan year in the order of the file, and the one line on how it was understood."""

    rows: tuple[Actual, ...]
    understood: str


def read_actuals(path: str | Revised, plan: Plan, key: Actuals) -> ActualsRead:
    """The rows in the file at `path` that are of the plan year, and have an amount; `key` has what the
    plan decides about the file.

    Within a series, a node's or the company's of sales or of a KPI, no day is in two rows. Raises
    `InputError` with all rows that are wrong, the first of them in a long file; `ChoiceError` where the
    file leaves a choice, `UnreadableError` where there is none.
    """
    grids = read_grids(path, "the actuals", key.sheet)
    try:
        rows, understood = read_one_of(
            grids,
            lambda grid: actual_rows(grid, plan, key, len(grids)),
            lambda grid: has_figures_of_year(grid, plan, key),
        )
    except InputError as error:
        raise of_actuals(error, plan.year) from None
    return ActualsRead(tuple(rows), understood)


def rows_of(plan: Plan, where: Place | None = None) -> tuple[Actual, ...]:
    """The rows of the amounts by month that the plan has itself, in the year's order; none where it names
    a file. `where` is the place of all of them."""
    given = plan.actuals.by_month if plan.actuals is not None else None
    months = sorted((given or {}).items())
    return tuple(Actual(plan.year.months[month], "month", amount, where=where) for month, amount in months)
