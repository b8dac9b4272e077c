"""Amounts of several currencies, which have no sum."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from target_cascade.amount import fold_width
from target_cascade.currency import currencies_of, may_mean
from target_cascade.errors import Located
from target_cascade.pattern import Pattern
from target_cascade.read.sales.columns import Column
from target_cascade.read.sales.header_words import folded
from target_cascade.read.sales.row_amounts import Amounts
from target_cascade.read.sales.stated_units import Unit
from target_cascade.read.sales.timeline import Timeline
from target_cascade.read.tables.figure_text import money_of
from target_cascade.read.tables.grid import Cell
from target_cascade.unit_text import is_money_alone, money_in

_COLUMN = Pattern(
    r"(?:.* )?currenc(?:y|ies)(?: code)?|ccy|.*币[种别]|.*货币(?:代码|名称)?|währung|devise|moneda"
)
_IN_TITLE = Pattern(
    r"[(\[【](.*?)[)\]】]|(?:币[种别]|货币|currency|单位)(?:单位)? ?[:=为]? ?(.{1,12})|\bin (\S+)$|^(\S+)$"
)
_OTHER_DOLLARS = frozenset("c$ ca$ a$ au$ nz$ s$ mx$ r$".split())
_BRACKETS = Pattern(r"[(\[【](.*?)[)\]】]")
_CODE = Pattern(r"[a-z]{3}")
_MOST_NAMES = 20
_LONGEST_TITLE = 80


class Stated(NamedTuple):
    """What a file says its amounts are in: the currencies, in ISO codes, that all of it may mean, and what
    the cell that says so most narrowly has, and where it is."""

    codes: frozenset[str]
    text: str
    where: str


class _Said(NamedTuple):
    """What a cell says: `codes` beside another currency, and all that it `may_mean` alone; empty where
    that is not known."""

    at: Cell
    codes: frozenset[str]
    may_mean: frozenset[str]


def stated_currency(
    time: Timeline, column: Column, unit: Unit | None, amounts: Amounts
) -> tuple[Stated | None, list[Located]]:
    """What the amounts are in, None where nothing says it; with the first of them that is in another
    currency than one before it, or than the header says."""
    first: Cell | None = None
    possible: frozenset[str] = frozenset()
    stated: Stated | None = None
    for said in _said(time, column, unit, amounts):
        if first is not None and not possible & said.codes:
            message = f"`{said.at.text}` is another currency than `{first.text}` ({first.where})"
            hint = "currencies have no sum; write all amounts in one of them"
            return None, [said.at.mark.problem(f"{message}; {hint}")]
        first, possible = (first, possible & said.codes) if first is not None else (said.at, said.codes)
        if said.may_mean and (stated is None or not stated.codes <= said.may_mean):
            both = said.may_mean & stated.codes if stated is not None else said.may_mean
            stated = Stated(both, said.at.text, said.at.where)
    return stated, []


def _said(time: Timeline, column: Column, unit: Unit | None, amounts: Amounts) -> Iterator[_Said]:
    """What is said of currencies, by the header first."""
    header = list(_of_header(time, column, unit))
    for cell, word in header:
        # In the offices of Taiwan and Hong Kong 元 is their own.
        codes = currencies_of(word) | ({"TWD", "HKD"} if word == "元" else set())
        yield _Said(cell, codes, may_mean(word))
    places = _columns(time, column, amounts)
    rows = [(row.cell, time.rows[row.order].cells) for row in (*amounts.mine, *amounts.totals)]
    # A `$` beside C$ or its like is another dollar.
    in_places = (_word(cells[place]) for _, cells in rows for place in places)
    words = chain(in_places, *(money_of(cell.text) for cell, _ in rows))
    are_several = not header and not _OTHER_DOLLARS.isdisjoint(words)
    for cell, cells in rows:
        said = [(cells[place], _word(cells[place])) for place in places]
        for at, word in [*said, *((cell, word) for word in money_of(cell.text))]:
            if word:
                yield _of_cell(at, "us$" if word == "$" and are_several else word)


def _of_cell(at: Cell, word: str) -> _Said:
    codes = may_mean(word) or frozenset({word.upper()} if _CODE.fullmatch(word) else ())
    return _Said(at, currencies_of(word) or frozenset([word]), codes)


def _of_header(time: Timeline, column: Column, unit: Unit | None) -> Iterator[tuple[Cell, str]]:
    """What the name of the column, its unit and the titles say, in small letters."""
    name = folded(column.name)
    texts = (_BRACKETS.sub(" ", name), *_BRACKETS.findall(name))
    if named := next(filter(None, map(money_in, texts)), ""):
        yield column.at, named
    if unit is not None and unit.at is not None and (word := money_in(fold_width(unit.name).lower())):
        yield unit.at, word
    for cell in time.frame.titles:
        if len(cell.text) <= _LONGEST_TITLE:
            for found in _IN_TITLE.findall(folded(cell.text)):
                text = next(filter(None, found), "")
                if is_money_alone(text) and (word := money_in(text)):
                    yield cell, word


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


def _word(cell: Cell) -> str:
    """What a cell of a column of currencies says, in small letters; of ``USD: US dollar`` the code."""
    return fold_width(cell.text).split(":")[0].strip().lower()
