"""A table with a row a person → the tree of teams and people."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from target_cascade.amount import show
from target_cascade.calendar import PlanYear
from target_cascade.people.node import Bound, Node
from target_cascade.read.people.column_values import (
    Column,
    Told,
    ValueColumns,
    has_its_width,
    text_in,
    value_columns,
)
from target_cascade.read.people.level_names import LevelNames, level_words
from target_cascade.read.people.light_table import LightTable, read_tables
from target_cascade.read.people.named_columns import Columns, Wanted, find_columns
from target_cascade.read.people.one_table import one_of
from target_cascade.read.people.planted import Plantation
from target_cascade.read.source import Revised
from target_cascade.read.tables.listing import listed

_WORDS = {
    "weight": ("weight", "weights", "权重"),
    "share": ("share", "shares", "占比", "份额"),
    "start": ("start", "start date", "开始", "开始日期", "入职", "入职日期", "入职时间"),
    "end": ("end", "end date", "结束", "结束日期", "离职", "离职日期", "离职时间"),
    "min": ("min", "最低"),
    "max": ("max", "最高"),
    "hold": ("hold", "锁定"),
    "last_year": ("last_year", "去年"),
    "resource": ("resource", "resources", "资源"),
    "note": ("note", "notes", "备注"),
}
_AMOUNTS = ("min", "max", "hold", "last_year")
_NUMBERS = ("weight", "share", "resource")


class Roster(NamedTuple):
    """The nodes of the first level, and the one line on how the file was understood."""

    nodes: tuple[Node, ...]
    understood: str


def read_roster(
    path: str | Revised,
    levels: Sequence[str],
    weight: str | None,
    sheet: str | None,
    year: PlanYear,
) -> Roster:
    """The tree in the file at `path`, whose columns `levels` name its nodes, the top first.

    `weight` is the column of weights, where it is not called so. Raises `InputError` with all that is
    wrong with the file, of much the first.
    """
    return roster_of(read_tables(path, "cascade", sheet), levels, weight, year)


def roster_of(
    tables: Sequence[LightTable], levels: Sequence[str], weight: str | None, year: PlanYear
) -> Roster:
    """The tree in the one of `tables` that has the columns. Raises as `read_roster` does."""
    wanted = _wanted(levels, weight)
    table, columns = one_of(tables, "cascade", lambda table: find_columns(table, wanted))
    return _Reader(table, columns, len(levels), year).roster()


def _wanted(levels: Sequence[str], weight: str | None) -> Wanted:
    words, needed = level_words(levels)
    named = {}
    if weight is not None:
        named["weight"] = (weight,)
        needed |= {"weight": "`cascade.weight` names it as that of the weights"}
    return Wanted({**_WORDS, **named, **words}, needed, _AMOUNTS, ("weight", "share", "start"))


class _Given(NamedTuple):
    """The columns of a roster beside its levels."""

    weight: Column[Fraction]
    share: Column[Fraction]
    start: Column[date]
    end: Column[date]
    low: Column[Fraction]
    high: Column[Fraction]
    hold: Column[Fraction]
    last_year: Column[Fraction]
    resource: Column[Fraction]
    note: Column[str]


def _given(values: ValueColumns) -> _Given:
    return _Given(
        values.numbers("weight"),
        values.shares("share"),
        values.first_days("start"),
        values.last_days("end"),
        values.amounts("min"),
        values.amounts("max"),
        values.amounts("hold"),
        values.amounts("last_year"),
        values.numbers("resource"),
        values.texts("note"),
    )


class _Reader:
    """Reads the rows of a roster one after another."""

    def __init__(self, table: LightTable, columns: Columns, levels: int, year: PlanYear) -> None:
        self.table, self.columns = table, columns
        self.told = Told(table)
        values = value_columns(self.told, columns, year, _AMOUNTS, _NUMBERS)
        self.given = _given(values)
        self.names = LevelNames(self.told, columns, levels, values.of("", text_in).read)
        self.bounds: dict[tuple[Fraction | None, Fraction | None], Mapping[int, Bound]] = {(None, None): {}}

    def roster(self) -> Roster:
        """The tree. Raises `InputError` with all that is wrong."""
        tree = Plantation(self.told, self.names)
        rows = range(self.columns.header + 1, len(self.table.rows))
        total = self.names.total_at_the_end(rows)
        for row in rows[:-1] if total is not None else rows:
            if self.told.is_full:
                break
            if has_its_width(self.told, self.columns, row, ("note",)) and (names := self.names.at(row)):
                tree.plant(row, names, self._leaf(row, names[-1]))
        if not rows[: -1 if total is not None else None]:
            self.told.add(self.columns.header, 0, "no row stands below the header; write one a person")
        self._check_weights()
        self.told.raise_any()
        leaves = len(rows) - (total is not None)
        return Roster(tree.nodes(), self._understood(leaves, total))

    def _leaf(self, row: int, name: str) -> Node:
        given = self.given
        weight, share = given.weight.at(row), given.share.at(row)
        start, end = given.start.at(row), given.end.at(row)
        if start is not None and end is not None and end < start:
            self._tell(row, "end", f"`{end}` is before the start, {start}; correct one of them")
        return Node(
            name,
            (),
            Fraction(1) if weight is None else weight,
            share,
            start,
            end,
            self._bounds(row),
            given.last_year.at(row),
            given.resource.at(row),
            given.note.at(row) or "",
            f"{self.table.name}:{self.table.lines[row] + 1}",
        )

    def _bounds(self, row: int) -> Mapping[int, Bound]:
        """The bounds of each month; rows with the same ones share the mapping."""
        low, high, hold = self.given.low.at(row), self.given.high.at(row), self.given.hold.at(row)
        if hold is not None:
            if low is not None or high is not None:
                other = self.columns.names["min" if low is not None else "max"]
                self._tell(row, "hold", f"a hold is both bounds at once; leave its cell or `{other}` empty")
            low = high = hold
        elif low is not None and high is not None and low > high:
            message = f"the lowest is {show(low)}, above the highest {show(high)}, so no amount would do"
            self._tell(row, "min", message)
        if (low, high) not in self.bounds:
            self.bounds[low, high] = dict.fromkeys(range(12), Bound(low, high, always=True))
        return self.bounds[low, high]

    def _check_weights(self) -> None:
        """A row without a weight among others that have one: whether it means 0 or 1 would be a guess."""
        places = self.columns.places
        if "weight" not in places or self.told.problems:
            return
        self._check_alike()
        rows = range(self.columns.header + 1, len(self.table.rows) - self.names.has_total)
        lacking = [row for row in rows if not self.table.text(row, places["weight"])]
        for row in lacking if len(lacking) < len(rows) else ():
            if self.told.is_full:
                return
            if self.given.share.at(row) is None:
                others = "others have one; write 0 for whoever gets nothing"
                self._tell(row, "weight", f"this row has no weight, and {others}")

    def _check_alike(self) -> None:
        """That not some weights are percentages and others are none: one of them is surely not meant."""
        place = self.columns.places["weight"]
        texts = [self.table.text(row, place) for row in range(len(self.table.rows))]
        shares = [text.endswith(("%", "％")) for text in texts]
        rows = range(self.columns.header + 1, len(texts) - self.names.has_total)
        one = next((row for row in rows if shares[row]), None)
        other = next((row for row in rows if texts[row] not in ("", "0") and not shares[row]), None)
        if one is not None and other is not None:
            message = f"`{texts[other]}` is no percentage, and `{texts[one]}` is one; write all alike"
            self._tell(other, "weight", message)

    def _tell(self, row: int, meaning: str, message: str) -> None:
        self.told.add(row, self.columns.places[meaning], message)

    def _understood(self, leaves: int, total: int | None) -> str:
        """``reps.csv: UTF-8, 3,000 rows, 3,000 leaves, weights of column ability``."""
        table, names = self.table, self.columns.names
        rows = len(table.rows) - self.columns.header - 1
        parts = [
            f"sheet {table.sheet}" if table.sheet else table.encoding,
            f"{rows:,} {'row' if rows == 1 else 'rows'}",
            f"{leaves:,} {'leaf' if leaves == 1 else 'leaves'}",
            f"weights of column {names['weight']}" if "weight" in names else "without weights, so each is 1",
        ]
        if total is not None:
            parts.append(f"left out: the total in line {table.lines[total] + 1}")
        if self.columns.ignored:
            what = "column" if len(self.columns.ignored) == 1 else "columns"
            parts.append(f"{what} not read: {listed(self.columns.ignored, quote='')}")
        return f"{table.name}: {', '.join(parts)}"
