"""A column of totals beside those of shops or products: the sum of the others in every row."""

from collections.abc import Sequence
from fractions import Fraction

from target_cascade.errors import InputError
from target_cascade.pattern import Pattern
from target_cascade.read.sales.header_words import folded
from target_cascade.read.sales.period_rows import PeriodRow
from target_cascade.read.tables.figure_text import Style, is_figure, read_figure, style_of
from target_cascade.read.tables.grid import Cell

_TOTAL = Pattern(
    r".*(?:合计|总计|总和|汇总|总额|总销售额|总收入|总营业额).*|(?:全部|全店|小计)(?:\([^)]*\))?|.*\b(?:total|sum|all)\b.*"
)
_FLOAT = Fraction(1, 10**12)
"""Of a workbook's numbers, which are binary: the part by which a sum of them may be off."""


def sum_of_others(rows: Sequence[PeriodRow], named: Sequence[tuple[int, str]], separator: str) -> int | None:
    """The place of the one column that is called a total and is the sum of all others of `named`, two or
    more, in each row of a month or a day; None where there is none."""
    totals = [place for place, name in named if _TOTAL.fullmatch(folded(name))]
    others = [place for place, _ in named if place not in totals]
    if len(totals) != 1 or len(others) < 2:
        return None
    cells = [row.cells for row in rows if row.when is not None and row.when.is_fine]
    cells = [row for row in cells if any(row[place].text for place in (*totals, *others))]
    figures = [row[place] for row in cells for place in (*totals, *others) if is_figure(row[place].text)]
    try:
        style = style_of(figures, separator)
        is_sum = all(_adds_up(row[totals[0]], [row[place] for place in others], style) for row in cells)
    except InputError:
        return None
    return totals[0] if cells and is_sum else None


def _adds_up(total: Cell, parts: Sequence[Cell], style: Style) -> bool:
    amounts = [read_figure(cell, style) for cell in parts if cell.text]
    whole = read_figure(total, style)
    off = abs(whole - sum(amounts, Fraction(0)))
    is_binary = any(cell.kind == "number" for cell in (total, *parts))
    return not off or (is_binary and off <= _FLOAT * max(abs(amount) for amount in (whole, *amounts)))
