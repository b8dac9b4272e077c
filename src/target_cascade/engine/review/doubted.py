"""What makes one doubt that the rows of actuals are what they seem: another unit, or an old file."""

from collections.abc import Iterator

from target_cascade.amount import show
from target_cascade.engine.review.series import Series

_FAR = 100
"""How many times its quota, or which part of it, no month is believed to bring without a word."""


def doubted(company: Series) -> Iterator[str]:
    """Notes on the rows of the company; none where nothing is strange."""
    yield from _another_scale(company)
    yield from _older_than_closed(company)


def _another_scale(company: Series) -> Iterator[str]:
    """Months of which a hundredth of the quota came in, or a hundred times it: a unit may have been lost."""
    months = company.cascade.months
    for month, figure in ((one, company.month(one.position)) for one in months):
        if not figure or figure < 0 or month.amount <= 0 or month.period.end > company.through:
            continue
        if figure * _FAR < month.amount or figure > month.amount * _FAR:
            beside = f"{show(figure)} beside a quota of {show(month.amount)}"
            hint = "if the file has another unit, such as 万, say it with `actuals: {file: …, unit: 万}`"
            yield f"note: {month.period.label} has {beside}: is that its unit? {hint}"
            return


def _older_than_closed(company: Series) -> Iterator[str]:
    """Figures that end before the closed months do: their corrections may be no corrections."""
    closed, year = company.cascade.plan.closed, company.cascade.plan.year
    if closed is None or not company.rows:
        return
    end, last = company.rows[-1].period, year.months[closed.through]
    if company.rows[0].period.start <= last.end and end.end < last.end:
        yield (
            f"note: the figures end with {end.label}, and the plan is closed to {last.label}: if the file is"
            " an old one, what differs in it is no correction"
        )
