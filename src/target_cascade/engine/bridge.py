"""Cascade → the rows that explain a quota, from last year to this one (spec § 6)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.apportion import round_ideals
from target_cascade.engine.cascade import Cascade, MonthQuota
from target_cascade.engine.demand import NOTHING, Demand
from target_cascade.errors import Path
from target_cascade.plan import base_name


class Row(NamedTuple):
    """One cause's part of a quota, in units of currency, and the entry of the file behind it.

    `kind` is ``base``, ``calendar``, ``growth``, ``core``, ``lift``, ``add``, ``new_business``,
    ``limits``, ``rounding``, or of a month that has been re-planned or closed ``replan``.
    """

    name: str
    kind: str
    amount: Fraction
    path: Path = ()


def bridge(cascade: Cascade, start: date, end: date) -> tuple[Row, ...]:
    """The rows of the days from `start` to `end`, both inside; they add up to their quota exactly.

    A month that is covered whole is explained by its ideal and its rounding. Of a month that is
    covered in part, `limits` also holds what the scaling of its days to its quota adds. Rows that
    are zero are left out.

    Of a plan with closed months all rows but `replan` are those that its entries give without them, so
    that `replan` is what the quotas of the days have moved by since.
    """
    sums: dict[tuple[str, Path], Row] = {}
    for row in _rows(cascade, start, end):
        before = sums.get((row.kind, row.path))
        amount = row.amount + (before.amount if before else NOTHING)
        sums[row.kind, row.path] = row._replace(amount=amount)
    return tuple(row for row in sums.values() if row.amount)


def printed(rows: Sequence[Row], unit: Fraction) -> tuple[Row, ...]:
    """The rows as multiples of `unit` with the same sum, which has to be such a multiple itself."""
    total = sum((row.amount for row in rows), NOTHING)
    amounts = round_ideals(total, [row.amount for row in rows], unit)
    return tuple(row._replace(amount=amount) for row, amount in zip(rows, amounts, strict=True))


def _rows(cascade: Cascade, start: date, end: date) -> Iterator[Row]:
    for position, month in enumerate(cascade.months):
        days = [day for week in month.parts for day in week.parts]
        inside = [start <= day.period.start <= end for day in days]
        chosen = [i for i, chosen in enumerate(inside) if chosen]
        if not chosen:
            continue
        quota = sum((days[i].amount for i in chosen), NOTHING)
        agreed = _before_review(month, chosen) if month.amount != month.before_review else quota
        ideal = month.ideal if all(inside) else _scaled(month, chosen)
        yield from _rows_of(cascade, position, chosen, ideal, agreed)
        if quota != agreed:
            yield _replanned(cascade, month, quota - agreed)


def _before_review(month: MonthQuota, chosen: Sequence[int]) -> Fraction:
    """The quota of some days of the month as the plan's entries alone give it."""
    parts = replace(month, amount=month.before_review).parts
    days = [day for week in parts for day in week.parts]
    return sum((days[i].amount for i in chosen), NOTHING)


def _replanned(cascade: Cascade, month: MonthQuota, amount: Fraction) -> Row:
    """What the frozen quota is above what the plan's entries give; of a closed month it was agreed so."""
    if month.actual is not None:
        return Row("quota as agreed", "replan", amount, ("closed", "months"))
    through = cascade.closed_months[-1].period.label
    return Row(f"re-planned after {through}", "replan", amount, ("closed", "open"))


def _scaled(month: MonthQuota, chosen: Sequence[int]) -> Fraction:
    """The month's quota by the plan's entries, in proportion to the values of some of its days."""
    total = sum(month.values)
    return month.before_review * sum(month.values[i] for i in chosen) / total if total else NOTHING


def _rows_of(
    cascade: Cascade, position: int, chosen: Sequence[int], ideal: Fraction, quota: Fraction
) -> Iterator[Row]:
    """The rows of some days of one month; `chosen` counts from the month's first day."""
    demand, growth = cascade.demand, cascade.growth
    first = demand.months[position].start
    days = [first + i for i in chosen]
    asked = NOTHING
    for row in (*_core_rows(cascade, position, days), *_cause_rows(demand, growth, days)):
        asked += row.amount
        yield row
    yield Row("limits", "limits", ideal - asked)
    yield Row("rounding", "rounding", quota - ideal)


def _core_rows(cascade: Cascade, position: int, days: Sequence[int]) -> Iterator[Row]:
    demand, growth = cascade.demand, cascade.growth
    core = demand.of_core(days)
    base = cascade.months[position].base
    if base is None:
        yield Row("core", "core", growth * core)
        return
    of_month = demand.of_core(demand.months[position])
    # A month that is closed this year has no ω to share by; its base stays with its first day.
    share = core / of_month if of_month else Fraction(demand.months[position].start in days)
    corrected = demand.corrected[position]
    yield Row(base_name(cascade.plan), "base", base * share, ("base",))
    yield Row("calendar", "calendar", (corrected - base) * share, ("days",))
    yield Row("growth", "growth", (growth - 1) * core)


def _cause_rows(demand: Demand, growth: Fraction, days: Iterable[int]) -> Iterator[Row]:
    days = list(days)
    for kind in ("lift", "add", "new_business"):
        for cause in demand.causes:
            if cause.kind == kind:
                amount = demand.of_cause(cause, days)
                scale = growth if kind == "lift" else 1
                yield Row(cause.name, kind, amount * scale, cause.path)
