"""Amounts of several currencies, which have no sum."""

from collections.abc import Iterator

from target_cascade.amount import fold_width
from target_cascade.currency import MONEY, currencies_of
from target_cascade.errors import Located
from target_cascade.pattern import Pattern
from target_cascade.read.sales.columns import Column
from target_cascade.read.sales.header_words import folded
from target_cascade.read.sales.row_amounts import Amounts
from target_cascade.read.sales.stated_units import Unit
from target_cascade.read.sales.timeline import Timeline
from target_cascade.read.tables.figure_text import money_of
from target_cascade.read.tables.grid import Cell

_COLUMN = Pattern(
    r"(?:.* )?currenc(?:y|ies)(?: code)?|ccy|.*币[种别]|.*货币(?:代码|名称)?|währung|devise|moneda"
)
_IN_NAME = Pattern(rf"(?<![a-z])(?:{MONEY})(?![a-z])")
_IN_TITLE = Pattern(r"[(\[【](.*?)[)\]】]|(?:币[种别]|货币|currency)(?:单位)? ?[:=为]? ?(.{1,12})")
_OTHER_DOLLARS = ("c$", "ca$", "a$", "au$", "nz$", "s$", "mx$", "r$")
_BRACKETS = Pattern(r"[(\[【](.*?)[)\]】]")
_MOST_NAMES = 20
_LONGEST_TITLE = 80


def mixed_currencies(time: Timeline, column: Column, unit: Unit | None, amounts: Amounts) -> list[Located]:
    """The first amount that is in another currency than one before it, or than the header says."""
    first: Cell | None = None
    possible: frozenset[str] = frozenset()
    for cell, codes in _said(time, column, unit, amounts):
        if first is not None and not possible & codes:
            message = f"`{cell.text}` is another currency than `{first.text}` ({first.where})"
            hint = "currencies have no sum; write all amounts in one of them"
            return [cell.mark.problem(f"{message}; {hint}")]
        first, possible = (first, possible & codes) if first is not None else (cell, codes)
    return []


def _said(
    time: Timeline, column: Column, unit: Unit | None, amounts: Amounts
) -> Iterator[tuple[Cell, frozenset[str]]]:
    """What is said of currencies, by the header first."""
    header = [(column.at, inner) for inner in _BRACKETS.findall(folded(column.name))]
    if unit is not None and unit.at is not None:
        header.append((unit.at, fold_width(unit.name).lower()))
    titles = [cell for cell in time.frame.titles if len(cell.text) <= _LONGEST_TITLE]
    header += [(cell, a or b) for cell in titles for a, b in _IN_TITLE.findall(folded(cell.text))]
    for cell, text in header:
        if match := _IN_NAME.search(text):
            # In the offices of Taiwan and Hong Kong 元 is their own.
            yield cell, currencies_of(match[0]) | ({"TWD", "HKD"} if match[0] == "元" else set())
    places = _columns(time, column, amounts)
    are_several = not header and _has_dollars(amounts)
    for row in (*amounts.mine, *amounts.totals):
        for place in places:
            if (cell := time.rows[row.order].cells[place]).text:
                yield cell, _codes(cell.text)
        for word in filter(None, money_of(row.cell.text)):
            is_us = word == "$" and are_several
            yield row.cell, frozenset({"USD"}) if is_us else currencies_of(word)


def _has_dollars(amounts: Amounts) -> bool:
    """Whether some amounts have ``C$`` or its like, so that a ``$`` beside them is another dollar."""
    return any(word in _OTHER_DOLLARS for row in amounts.mine for word in money_of(row.cell.text))


def _columns(time: Timeline, column: Column, amounts: Amounts) -> list[int]:
    """The columns of currencies: by their names, or by all of their cells."""
    found: list[int] = []
    converted = "converted" in folded(column.name)
    for place, name in enumerate(time.frame.names):
        if place in (column.place, *time.columns) or ("converted" in folded(name)) != converted:
            continue
        texts = {time.rows[row.order].cells[place].text for row in amounts.mine} - {""}
        is_named = _COLUMN.fullmatch(folded(name)) is not None
        if is_named or (texts and len(texts) < _MOST_NAMES and all(map(_is_currency, texts))):
            found.append(place)
    return found


def _is_currency(text: str) -> bool:
    return bool(currencies_of(fold_width(text).strip().lower()))


def _codes(text: str) -> frozenset[str]:
    word = fold_width(text).split(":")[0].strip().lower()
    return currencies_of(word) or frozenset([word])
