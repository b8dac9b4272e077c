"""The one line on how a file of actuals was understood."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from target_cascade.amount import show
from target_cascade.plan import Plan
from target_cascade.read.actuals.series import Value, summed
from target_cascade.read.sales.columns import Column
from target_cascade.read.sales.stated_units import Unit
from target_cascade.read.sales.timeline import Timeline
from target_cascade.read.tables.listing import listed

_LONGEST_NAME = 60
_HOLE = 7
"""Days without a row, one after the other, that are told; a shop may close for fewer."""
_MOST = 3


class Counts(NamedTuple):
    """What stands in a file beside the rows that are read: totals that agree, rows without an amount,
    and what is left out."""

    totals: int
    empty: int
    others: Sequence[str]
    left_out: Sequence[str]
    sheets: int


class Table(NamedTuple):
    """A grid whose rows are known, with the column of its amounts and what these are in."""

    time: Timeline
    column: Column
    unit: Unit | None


def understood(table: Table, values: Sequence[Value], counts: Counts, plan: Plan) -> str:
    """``actuals.csv: GBK, column 金额 in 万, 5 months to 2012-05-31, total 9,000,000 (total row agrees)``."""
    time, column, unit = table
    grid = time.frame.grid
    of = f" (of {counts.sheets})" if counts.sheets > 1 else ""
    parts = [
        f"sheet {grid.sheet}{of}" if grid.sheet else grid.encoding,
        _named(time, column, unit),
        _rows_told(values, time.is_bare),
        *_series_told(values),
        _total_told(values, counts.totals),
    ]
    if counts.empty:
        parts.append(f"{counts.empty} row{'s' if counts.empty > 1 else ''} without an amount")
    if counts.others:
        parts.append(_others_told(counts.others, plan))
    if counts.left_out:
        parts.append(f"left out: {listed(list(dict.fromkeys(counts.left_out)), quote='')}")
    return f"{grid.name}: {', '.join([*filter(None, parts), *_holes_told(values)])}"


def _named(time: Timeline, column: Column, unit: Unit | None) -> str:
    word, name = time.frame.line_word, column.name
    shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    named = f"{word} {shown}" if name else f"the only {word} of figures"
    if column.sums:
        named += f" (the sum of the {column.sums} others)"
    elif column.is_only and name:
        named += " (no other could be meant)"
    return f"{named} in {unit.name}" if unit is not None else named


def _rows_told(values: Sequence[Value], is_bare: bool) -> str:
    """``5 months and 12 days to 2012-06-12``: each period once, of however many series."""
    placed = {value.placed for value in values if value.placed is not None}
    kinds = [
        (grain, len([one for one in placed if one.grain == grain])) for grain in ("month", "week", "day")
    ]
    told = [f"{count} {grain}{'s' if count > 1 else ''}" for grain, count in kinds if count]
    bare = " (written without a year)" if is_bare else ""
    return f"{' and '.join(told)} to {max(one.period.end for one in placed)}{bare}"


def _series_told(values: Sequence[Value]) -> list[str]:
    nodes = {value.series.who for value in values if value.series.who is not None}
    kpis = list(dict.fromkeys(value.series.kpi for value in values if value.series.kpi is not None))
    told = [f"{len(nodes)} node{'s' if len(nodes) > 1 else ''}"] if nodes else []
    return [*told, *([f"KPIs: {listed(kpis, quote='')}"] if kpis else [])]


def _total_told(values: Sequence[Value], totals: int) -> str:
    sales = [value for value in values if value.series.kpi is None]
    company = [value for value in sales if value.series.who is None]
    agrees = f" ({'total row agrees' if totals == 1 else f'{totals} total rows agree'})" if totals else ""
    if not sales:
        return f"no sales{agrees}"
    of = " of the company" if company and len(company) < len(sales) else ""
    return f"total{of} {show(summed(company or sales))}{agrees}"


def _others_told(others: Sequence[str], plan: Plan) -> str:
    texts = list(dict.fromkeys(others))
    shown = texts[0] if len(texts) == 1 else f"{texts[0]} to {texts[-1]}"
    rows = f"{len(others)} row{'s' if len(others) > 1 else ''}"
    return f"{rows} of other years than {plan.year.label} left out ({shown})"


def _holes_told(values: Sequence[Value]) -> list[str]:
    """``no rows from 2012-02-19 to 2012-02-28``: of the days of the company's sales, or else of all."""
    rows = [value for value in values if value.series.kpi is None]
    rows = [value for value in rows if value.series.who is None] or rows
    if any(value.placed is not None and value.placed.grain != "day" for value in rows):
        return []
    days: list[date] = sorted({value.placed.period.start for value in rows if value.placed is not None})
    holes = [(a + timedelta(1), b - timedelta(1)) for a, b in pairwise(days) if (b - a).days > _HOLE]
    told = [f"no rows from {first} to {last}" for first, last in holes[:_MOST]]
    return [*told, *([f"and {len(holes) - _MOST} more weeks or longer"] if len(holes) > _MOST else [])]
