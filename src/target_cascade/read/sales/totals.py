"""Rows that sum others: each must agree with what it sums, and is dropped."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from target_cascade.amount import show
from target_cascade.calendar import PlanYear
from target_cascade.errors import Located
from target_cascade.read.sales.period_cell import When
from target_cascade.read.tables.grid import Cell

_FLOAT = Fraction(1, 10**12)
"""Of a workbook's numbers, which are binary: the part by which a sum of them may be off."""


class AmountRow(NamedTuple):
    """A row with its amount, of a month, a day or a total; `cell` is where the amount stands, `order`
    the row's place among all."""

    order: int
    when: When
    at: Cell
    cell: Cell
    amount: Fraction


def check_totals(
    rows: Sequence[AmountRow], totals: Sequence[AmountRow], year: PlanYear, slack: Fraction = Fraction(0)
) -> list[Located]:
    """What is wrong with each of `totals`, against those of `rows` that it may sum.

    `slack` is by how much a total may be off beside that.
    """
    problems: list[Located] = []
    for total in totals:
        sums = [list(part) for part in _summed(total, rows, totals, year)]
        sums = [part for part in sums if part]
        if not any(_agrees(total, part, slack) for part in sums):
            problems.append(_disagreement(total, sums[0] if sums else []))
    return problems


def _summed(
    total: AmountRow, rows: Sequence[AmountRow], totals: Sequence[AmountRow], year: PlanYear
) -> Iterator[Sequence[AmountRow]]:
    """The rows that `total` may sum, the likeliest first."""
    when = total.when
    before = max((other.order for other in totals if other.order < total.order), default=-1)
    since = [row for row in rows if before < row.order < total.order]
    if when.kind == "year":
        yield [row for row in rows if row.when.year == when.year]
    elif when.kind == "part":
        for inside in _parts(when, year):
            yield [row for row in rows if inside(row.when)]
        yield since
    elif when.kind == "subtotal":
        yield since
        yield rows
    else:
        yield rows
        for number in sorted({row.when.year for row in rows}, key=lambda y: y != year.start.year):
            yield [row for row in rows if row.when.year == number]
        yield [row for row in rows if _in_year(row.when, year)]
        yield since


def _parts(when: When, year: PlanYear) -> Iterator[Callable[[When], bool]]:
    """Which months a quarter or a half may have: those of its calendar year, or the plan's own."""
    years = (when.year,) if when.year else (year.start.year, year.end.year)
    for number in years:
        yield partial(_is_in, when=when._replace(year=number))
    if not year.is_retail and year.start.month > 1 and when.month < when.day:
        first = year.start.year * 12 + year.start.month - 2

        def inside(row: When) -> bool:
            return when.month <= row.year * 12 + row.month - 1 - first <= when.day

        yield inside
    yield lambda row: row.kind == "period" and when.month <= row.month <= when.day


def _is_in(row: When, when: When) -> bool:
    return row.year == when.year and when.month <= row.month <= when.day


def _in_year(when: When, year: PlanYear) -> bool:
    first, last = (day.year * 12 + day.month for day in (year.start, year.end))
    return when.kind in ("period", "week") or first <= when.year * 12 + when.month <= last


def _agrees(total: AmountRow, rows: Sequence[AmountRow], slack: Fraction) -> bool:
    off = abs(total.amount - sum(row.amount for row in rows))
    if off <= slack:
        return True
    of_workbook = total.cell.kind == "number" or any(row.cell.kind == "number" for row in rows)
    size = max([abs(total.amount), *(abs(row.amount) for row in rows)])
    return of_workbook and off <= size * _FLOAT * (1 + len(rows) // 100)


def _disagreement(total: AmountRow, rows: Sequence[AmountRow]) -> Located:
    label = total.at.text or "this total"
    if not rows:
        return total.cell.mark.problem(f"`{label}` is {show(total.amount)}, and no row is there that it sums")
    summed = sum((row.amount for row in rows), Fraction(0))
    off = total.amount - summed
    message = (
        f"`{label}` is {show(total.amount)}, and the {len(rows)} rows that it sums come to {show(summed)}:"
        f" {show(abs(off))} {'more' if off < 0 else 'less'}"
    )
    return total.cell.mark.problem(f"{message}; {_cause(off, total, rows)}")


def _cause(off: Fraction, total: AmountRow, rows: Sequence[AmountRow]) -> str:
    for row in rows:
        if row.amount and row.amount in (-off, off):
            how = "is not in the total" if row.amount == -off else "is in the total twice"
            return f"`{row.at.text}` ({row.at.where}) is just that, perhaps it {how}"
    summed = total.amount - off
    for worth, name in ((10**4, "万"), (10**3, "thousands"), (10**8, "亿"), (10**6, "millions")):
        if summed == total.amount * worth or total.amount == summed * worth:
            return f"perhaps one of them is in {name} and the other is not"
    return "correct the row or the total that is wrong, or a row is lacking"
