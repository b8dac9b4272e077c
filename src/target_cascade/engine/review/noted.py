"""What was left out of the rows, taken in another way than it is written, or stands there in two ways."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from target_cascade.amount import show
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.review.gaps import listed
from target_cascade.engine.review.series import Series, Subject


def left_out(count: int, through: date) -> Iterator[str]:
    """Rows after the last day of the review."""
    if count:
        yield f"{count} row{'s' if count > 1 else ''} after {through} {'are' if count > 1 else 'is'} left out"


def noted(
    cascade: Cascade,
    through: date,
    series: Mapping[Subject, Series],
    closed: Mapping[int, Fraction],
    of_nodes: Callable[[int], Fraction | None],
) -> Iterator[str]:
    """Notes, one a kind of thing; none where all rows are taken as they are written.

    `closed` has the closed months, and `of_nodes` is what the rows of nodes say of a month.
    """
    sales = [one for (_, kpi), one in series.items() if kpi is None]
    if days := sorted(day for one in sales for day in one.left_out):
        are = "days without a row count" if len(days) > 1 else "day without a row counts"
        yield f"{len(days)} {are} as 0, the first is {days[0]}"
    company = series.get((None, None))
    if company is not None:
        yield from _closed_not_whole(company, closed)
    for subject, one in series.items():
        if subject[1] is not None and one.adds_up:
            yield from _not_whole(subject, one, through)
    if company is not None:
        yield from _nodes_beside(company, cascade, of_nodes)


def _closed_not_whole(company: Series, closed: Mapping[int, Fraction]) -> Iterator[str]:
    """Closed months that rows are about in part: the figure that they were closed with counts."""
    months = [
        company.cascade.months[position].period.label
        for position in closed
        if company.month(position) is None and _has_days(company, position)
    ]
    if months:
        whose = "the figure that it was closed with counts" if len(months) == 1 else "they count as closed"
        yield f"{listed(months)}: the rows are not of the whole month, so {whose}"


def _not_whole(subject: Subject, series: Series, through: date) -> Iterator[str]:
    """Months of a KPI that rows are about in part, which are not known."""
    months = [
        month.period.label
        for month in series.cascade.months
        if month.period.start <= through
        and series.month(month.position) is None
        and _has_days(series, month.position)
    ]
    if months:
        who, kpi = subject
        of = kpi if who is None else f"{kpi} of {who}"
        yield f"`{of}` in {listed(months)}: days lack, so what came in then is not known"


def _has_days(series: Series, position: int) -> bool:
    return any(day in series.cascade.months[position].period for day in series.days)


def _nodes_beside(
    company: Series, cascade: Cascade, of_nodes: Callable[[int], Fraction | None]
) -> Iterator[str]:
    """Where rows of the company and of nodes say different sums: those of the company count."""
    differences: dict[str, Fraction] = {}
    for month in cascade.months:
        own, nodes = company.month(month.position), of_nodes(month.position)
        if own is not None and nodes is not None and own != nodes:
            differences[month.period.label] = nodes - own
    if differences:
        change = sum(differences.values(), Fraction(0))
        side = f"{show(abs(change))} {'more' if change > 0 else 'less'} than" if change else "other sums than"
        yield (
            f"in {listed(list(differences))} the rows of nodes add up to {side} those of the whole company,"
            " which count"
        )
