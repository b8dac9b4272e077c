"""Cascade → the table of the plan's named entries, and what each brings in the year."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from target_cascade.calendar import PlanYear
from target_cascade.engine.bridge import bridge, printed
from target_cascade.engine.cascade import Cascade
from target_cascade.errors import Path
from target_cascade.plan import Adjustment, Bounds, Limit, NewBusiness, Plan
from target_cascade.report.heading import facts, title
from target_cascade.report.spans import days_text, months_text, span_text
from target_cascade.report.table import Column, Row, Table

_COLUMNS = (
    Column("section", "Section", "text"),
    Column("name", "Name", "text"),
    Column("kind", "Kind", "text"),
    Column("covers", "Covers", "text"),
    Column("rate", "Rate", "share"),
    Column("amount", "Amount", "amount"),
    Column("brings", "Brings", "amount"),
    Column("factor", "Factor", "text"),
    Column("owner", "Owner", "text"),
    Column("because", "Because", "text"),
    Column("fallback", "Fallback", "text"),
)
_NOTHING = Fraction(0)


class _Cause(NamedTuple):
    """A row's cells. `rate` is a lift, the part of an expected amount that is counted on, or a part
    of the planned total; a limit brings nothing by itself."""

    section: str
    name: str | None
    kind: str
    covers: str
    rate: Fraction | None = None
    amount: Fraction | None = None
    brings: Fraction | None = None
    factor: str | None = None
    owner: str | None = None
    because: str | None = None
    fallback: str | None = None


def causes_table(cascade: Cascade) -> Table:
    """New business, adjustments and limits as the plan states them; no rows where it has none.

    `brings` is the entry's row in the bridge of the whole year, printed in the day unit; its total
    is what the plan gives reasons for. A limit has a row for each of its bounds.
    """
    plan = cascade.plan
    brings = _brings(cascade) if plan.new_business or plan.adjust else {}
    business = (
        _new_business(entry, plan.year, brings.get(("new_business", i), _NOTHING))
        for i, entry in enumerate(plan.new_business)
    )
    adjustments = (
        _adjustment(entry, plan.year, brings.get(("adjust", i), _NOTHING))
        for i, entry in enumerate(plan.adjust)
    )
    rows = [Row(cause) for cause in (*business, *adjustments, *_limits(plan))]
    if plan.new_business or plan.adjust:
        rows.append(Row(_Cause("Total", None, "", "", brings=sum(brings.values(), _NOTHING)), "total"))
    return Table("Causes", title(cascade), facts(cascade), _COLUMNS, tuple(rows))


def _brings(cascade: Cascade) -> Mapping[Path, Fraction]:
    """What each named entry brings in the year; one that brings nothing is left out."""
    year = cascade.plan.year
    rows = printed(bridge(cascade, year.start, year.end), cascade.plan.rounding.day_unit)
    return {row.path: row.amount for row in rows if row.kind in ("lift", "add", "new_business")}


def _new_business(entry: NewBusiness, year: PlanYear, brings: Fraction) -> _Cause:
    return _Cause(
        "New business",
        entry.name,
        "expected" if entry.count_on == 1 else "expected × counted on",
        span_text(str(entry.start or year.start), str(year.end)),
        rate=None if entry.count_on == 1 else entry.count_on,
        amount=entry.expect,
        brings=brings,
        owner=entry.owner,
        because=entry.because,
    )


def _adjustment(entry: Adjustment, year: PlanYear, brings: Fraction) -> _Cause:
    return _Cause(
        "Adjustment",
        entry.name,
        "add" if entry.lift is None else "lift",
        months_text(entry.months, year) if entry.days is None else days_text(entry.days),
        rate=entry.lift,
        amount=entry.add,
        brings=brings,
        factor=entry.factor,
        owner=entry.owner,
        because=entry.because,
        fallback=entry.fallback,
    )


def _limits(plan: Plan) -> Iterator[_Cause]:
    for limit in plan.limits:
        yield from _bounds(limit, "Limit", limit.name, _limited(limit, plan.year))
    if plan.year_end is not None:
        months = months_text(plan.year_end.months, plan.year)
        yield from _bounds(plan.year_end, "Year end", None, f"{months}, together")


def _bounds(limit: Bounds, section: str, name: str | None, covers: str) -> Iterator[_Cause]:
    for kind, amount in (("at least", limit.min), ("at most", limit.max), ("exactly", limit.hold)):
        if amount is not None:
            yield _Cause(section, name, kind, covers, amount=amount, because=limit.because)
    if limit.max_share is not None:
        kind = "at most, of the planned total"
        yield _Cause(section, name, kind, covers, rate=limit.max_share, because=limit.because)


def _limited(limit: Limit, year: PlanYear) -> str:
    months = months_text(limit.months, year)
    if len(limit.months) == 1:
        return months
    return f"{months}, {'together' if limit.together else 'each'}"
