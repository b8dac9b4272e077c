"""Which columns of a table have what: by their names, in English or Chinese, in any order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from typing import NamedTuple

from target_cascade.amount import fold_width
from target_cascade.errors import AmountError, InputError, Located
from target_cascade.read.people.light_table import LightTable
from target_cascade.read.tables.listing import listed
from target_cascade.unit_text import unit_of

_ROWS_LOOKED_AT = 20
"""The first ones, for a header: titles may stand above it."""
_LONGEST = 100
_BRACKETS = re.compile(r"\s*[(\[【](?P<inside>[^()\[\]【】]*)[)\]】]$")


class Wanted(NamedTuple):
    """The columns that a file may have.

    `words` are the names of columns by what they mean; of a name in two of them, the last counts. A header
    has those that are `needed`, with what is said of one that lacks. Those of `amounts` may name a unit,
    those of `watched` are refused where they are misspelt, because a column that is not known is left out.
    """

    words: Mapping[str, tuple[str, ...]]
    needed: Mapping[str, str]
    amounts: tuple[str, ...]
    watched: tuple[str, ...]


class Columns(NamedTuple):
    """The header of a table, understood.

    `places` are the columns by what they mean, `names` what they are called; `units` are what the amounts
    of a column are to be multiplied by; `ignored` are the names that mean nothing here.
    """

    header: int
    places: Mapping[str, int]
    names: Mapping[str, str]
    units: Mapping[str, Fraction]
    ignored: tuple[str, ...]


def folded(name: str) -> str:
    """A name as names of columns are compared: without case and width; spaces, ``_`` and ``-`` alike."""
    text = fold_width(name[:_LONGEST]).casefold().replace("_", " ").replace("-", " ")
    return " ".join(text.split())


def find_columns(table: LightTable, wanted: Wanted) -> Columns:
    """The columns of the first row that has all names that are needed.

    Raises `InputError` where there is no such row, where a column stands twice, and where the lines above
    the header state a unit, for whose amounts that is would be a guess.
    """
    header = _header_of(table, wanted)
    found, ignored, problems = _meanings(table, header, wanted)
    if not problems:
        problems += _twice(table, header, found)
        problems += _misspelt(table, header, wanted, found)
    places = {meaning: columns[0] for meaning, columns in found.items()}
    units = {}
    for meaning in wanted.amounts:
        if meaning in places:
            unit = _unit(table.text(header, places[meaning]))
            units[meaning] = unit or Fraction(1)
    if units and all(unit == 1 for unit in units.values()):
        problems += _stated_above(table, header)
    if problems:
        raise InputError(*problems)
    names = {meaning: table.text(header, column) for meaning, column in places.items()}
    return Columns(header, places, names, units, tuple(ignored))


def has_column(table: LightTable, words: Sequence[str]) -> bool:
    """Whether one of the first rows has one of these names."""
    names = {folded(word) for word in words}
    return any(names & set(map(folded, row)) for row in table.rows[:_ROWS_LOOKED_AT])


def _known(wanted: Wanted) -> dict[str, str]:
    return {folded(word): meaning for meaning, words in wanted.words.items() for word in words}


def _header_of(table: LightTable, wanted: Wanted) -> int:
    known = _known(wanted)
    counts = []
    for row in table.rows[:_ROWS_LOOKED_AT]:
        meanings = {known[name] for name in map(folded, row) if name in known}
        counts.append((len(wanted.needed.keys() & meanings), len(meanings)))
        if wanted.needed.keys() <= meanings:
            return len(counts) - 1
    raise InputError(*_lacking(table, counts.index(max(counts)), wanted))


def _lacking(table: LightTable, header: int, wanted: Wanted) -> Iterator[Located]:
    known = _known(wanted)
    meanings = {known.get(folded(text)) for text in table.rows[header]}
    there = listed([text for text in table.rows[header] if text])
    for meaning, hint in wanted.needed.items():
        if meaning not in meanings:
            message = f"no column is called `{wanted.words[meaning][0]}`; {hint}"
            yield table.problem(header, 0, f"{message}; this row has {there}")


def _meanings(
    table: LightTable, header: int, wanted: Wanted
) -> tuple[dict[str, list[int]], list[str], list[Located]]:
    """The columns by what they mean, the names of the others, and what is wrong with units in names."""
    known = _known(wanted)
    found: dict[str, list[int]] = {}
    ignored: list[str] = []
    problems: list[Located] = []
    for column, text in enumerate(table.rows[header]):
        try:
            meaning = known.get(folded(text)) or _with_unit(text, known, wanted.amounts)
        except AmountError as error:
            problems.append(table.problem(header, column, str(error)))
            continue
        if meaning is not None:
            found.setdefault(meaning, []).append(column)
        elif text:
            ignored.append(text)
    return found, ignored, problems


def _with_unit(name: str, known: Mapping[str, str], amounts: Sequence[str]) -> str | None:
    """What a name means beside the unit in its brackets. Raises `AmountError`."""
    meaning = known.get(_BRACKETS.sub("", folded(name)))
    return meaning if meaning in amounts and _unit(name) is not None else None


def _unit(name: str) -> Fraction | None:
    """The unit that a name of a column has in brackets. Raises `AmountError`."""
    unit = unit_of(name) if _BRACKETS.search(fold_width(name)) else None
    return unit[0] if unit else None


def _twice(table: LightTable, header: int, found: Mapping[str, Sequence[int]]) -> Iterator[Located]:
    for columns in found.values():
        for column in columns[1:]:
            name, first = (table.text(header, at) for at in (column, columns[0]))
            same = "stands here a second time" if name == first else f"means the same as column `{first}`"
            yield table.problem(header, column, f"column `{name}` {same}; keep one")


def _misspelt(
    table: LightTable, header: int, wanted: Wanted, found: Mapping[str, Sequence[int]]
) -> Iterator[Located]:
    lacking = [word for word in wanted.watched if word not in found]
    taken = {column for columns in found.values() for column in columns}
    for column, text in enumerate(table.rows[header]):
        near = get_close_matches(folded(text), lacking, 1, 5 / 6) if column not in taken else []
        if near:
            message = f"column `{text}` is not known here; did you mean `{near[0]}`?"
            yield table.problem(header, column, f"{message} If not, call it otherwise")


def _stated_above(table: LightTable, header: int) -> Iterator[Located]:
    for row in range(header):
        for column, text in enumerate(table.rows[row]):
            try:
                unit = unit_of(text)
            except AmountError as error:
                yield table.problem(row, column, str(error))
                continue
            if unit is not None and unit[0] != 1:
                message = f"`{unit[1]}` may be the unit of the amounts below; write it in the names of"
                hint = f"their columns, as in `last_year ({unit[1]})`, or delete it"
                yield table.problem(row, column, f"{message} {hint}")
