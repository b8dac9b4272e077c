"""The rows of one series, a node's or the company's of sales or of a KPI: their amounts, each day once."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from target_cascade.calendar import PlanYear
from target_cascade.errors import Located
from target_cascade.plan import Plan
from target_cascade.read.actuals.row_periods import Placed
from target_cascade.read.sales.gathered import twice
from target_cascade.read.sales.orders import by_day, many_a_day
from target_cascade.read.sales.period_cell import When
from target_cascade.read.sales.timeline import Timeline
from target_cascade.read.sales.totals import AmountRow, check_totals


def is_money(plan: Plan, kpi: str | None) -> bool:
    """Whether the values of a KPI or driver, or of sales where it is None, are in units of currency."""
    if kpi is None:
        return True
    one = plan.kpis.get(kpi) or plan.drivers[kpi]
    return one.unit == "money"


def adds_up(plan: Plan, kpi: str | None) -> bool:
    """Whether the values of a KPI, or of sales where it is None, have a sum."""
    return kpi is None or (kpi in plan.kpis and plan.kpis[kpi].is_additive)


class Series(NamedTuple):
    """Of whom, as the path of a node, and of which KPI; None for the company, and for sales."""

    who: str | None
    kpi: str | None


class Value(NamedTuple):
    """An amount with what it is about; `placed` is None in other years than the plan's."""

    series: Series
    row: AmountRow
    placed: Placed | None


class Total(NamedTuple):
    """A row that sums others: of its series, or with `of_nodes` the nodes' rows of the same period."""

    series: Series
    row: AmountRow
    of_nodes: Placed | None = None


def totals_of_days(values: Sequence[Value], plan: Plan) -> tuple[list[Value], list[Total]]:
    """The values without those of months whose days have values too, and these months: they sum the days,
    but for KPIs that have no sum."""
    months = {
        (value.series, value.row.when.year, value.row.when.month)
        for value in values
        if value.row.when.kind == "day" and adds_up(plan, value.series.kpi)
    }
    kept: list[Value] = []
    sums: list[Total] = []
    for value in values:
        when = value.row.when
        if when.kind == "month" and (value.series, when.year, when.month) in months:
            part = When("part", when.year, when.month, when.month)
            sums.append(Total(value.series, value.row._replace(when=part)))
        else:
            kept.append(value)
    return kept, sums


def each_once(values: Sequence[Value], time: Timeline) -> tuple[list[Value], list[Located]]:
    """The values of one series in the plan year, orders summed by day; with what is wrong where a day has
    two amounts.

    Raises `InputError` where orders are not known to be sales.
    """
    by_order = {value.row.order: value for value in values}
    rows = by_day([value.row for value in values], time)
    problems = many_a_day(rows) or twice(rows)
    kept = [by_order[row.order]._replace(row=row) for row in rows]
    return kept, problems or list(_overlaps(kept))


def _overlaps(values: Sequence[Value]) -> Iterator[Located]:
    """Periods of which one has days of the other."""
    found = [(value.placed.period, value.row) for value in values if value.placed is not None]
    found.sort(key=lambda one: (one[0].start, one[0].end))
    for (before, first), (after, second) in pairwise(found):
        if after.start <= before.end:
            later, other = (second, first) if second.order > first.order else (first, second)
            message = f"`{later.at.text}` has days that `{other.at.text}` ({other.at.where}) has too"
            yield later.at.mark.problem(f"{message}; keep one of them, so that no day counts twice")


def checked_totals(
    values: Sequence[Value], totals: Sequence[Total], year: PlanYear
) -> tuple[list[Located], list[Total]]:
    """What is wrong with totals, and those that could not be held against any sum."""
    problems: list[Located] = []
    unknown: list[Total] = []
    of_periods: dict[tuple[str | None, Placed | None], list[Value]] = {}
    for value in values:
        if value.series.who is not None:
            of_periods.setdefault((value.series.kpi, value.placed), []).append(value)
    by_series: dict[Series, list[Total]] = {}
    for total in totals:
        if total.of_nodes is not None:
            nodes = of_periods.get((total.series.kpi, total.of_nodes), [])
            one = total._replace(row=total.row._replace(when=When("total")))
            problems += _of_series([_topmost(nodes), nodes], [one], year)[0]
        else:
            by_series.setdefault(total.series, []).append(total)
    for series, its in by_series.items():
        wrong, left = _of_series(_pools(series, values), its, year)
        problems += wrong
        unknown += left
    return problems, unknown


def _of_series(
    pools: Sequence[Sequence[Value]], totals: Sequence[Total], year: PlanYear
) -> tuple[list[Located], list[Total]]:
    """What is wrong with the totals of a series, which have to agree with one of `pools`; and those of
    parts of the year that weeks do not add up to."""
    has_weeks = any(value.row.when.kind == "week" for pool in pools for value in pool)
    unknown = [total for total in totals if has_weeks and total.row.when.kind == "part"]
    rows = [total.row for total in totals if total not in unknown]
    first, *others = [check_totals([value.row for value in pool], rows, year) for pool in pools]
    still = [{(one.line, one.column) for one in problems} for problems in others]
    return [one for one in first if all((one.line, one.column) in places for places in still)], unknown


def _pools(series: Series, values: Sequence[Value]) -> list[list[Value]]:
    """The values that totals may sum, the likeliest first: beside nodes, a total without a name sums the
    company's rows, or those of nodes that are not within others, or all nodes'."""
    same = [value for value in values if value.series.kpi == series.kpi]
    own = [value for value in same if value.series.who == series.who]
    nodes = [value for value in same if value.series.who is not None]
    if series.who is not None or not nodes:
        return [own]
    return [*([own] if own else []), _topmost(nodes), nodes]


def _topmost(values: Sequence[Value]) -> list[Value]:
    """The values of nodes above which no node has a value of the same period."""
    there = {(value.series.who, value.placed) for value in values}
    return [
        value
        for value in values
        if not any((above, value.placed) in there for above in _above(value.series.who or ""))
    ]


def _above(path: str) -> Iterator[str]:
    """The paths of the nodes that a node is in."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def of_series(values: Iterable[Value]) -> dict[Series, list[Value]]:
    """The values of each series, in the order of the file."""
    found: dict[Series, list[Value]] = {}
    for value in values:
        found.setdefault(value.series, []).append(value)
    return found


def summed(values: Iterable[Value]) -> Fraction:
    """The sum of values."""
    return sum((value.row.amount for value in values), Fraction(0))
