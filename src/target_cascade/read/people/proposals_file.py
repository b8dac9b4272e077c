"""A table with a row a proposal → what people propose for their own quotas, and what was decided."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.amount import show
from target_cascade.calendar import PlanYear
from target_cascade.people.proposal import Proposal, Proposed, Span, parse_span
from target_cascade.read.people.column_values import (
    Column,
    Told,
    has_its_width,
    text_in,
    value_columns,
    year_first,
)
from target_cascade.read.people.level_names import LevelNames, level_words
from target_cascade.read.people.light_table import LightTable, read_tables
from target_cascade.read.people.named_columns import Columns, Wanted, find_columns, has_column
from target_cascade.read.people.one_table import one_of
from target_cascade.read.source import Revised
from target_cascade.read.tables.grid import Cell
from target_cascade.read.tables.listing import listed

_WORDS = {
    "period": ("period", "期间", "月份", "month"),
    "amount": ("amount", "金额", "提报"),
    "reason": ("reason", "reasons", "理由", "原因"),
    "needs": ("needs", "需要", "支持"),
    "decided": ("decided", "决定", "批准"),
    "by": ("by", "decided by", "决定人"),
    "because": ("because", "说明"),
}
_NAME = ("name", "姓名", "名称")
_AMOUNTS = ("amount", "decided")
_NEEDED = {
    "period": "it has the month, the quarter or the year of each proposal",
    "amount": "it has what is proposed, and an empty cell where nothing is yet",
}


class ProposalsRead(NamedTuple):
    """The proposals of a file, and the one line on how it was understood."""

    proposed: tuple[Proposed, ...]
    understood: str


def read_proposals(
    path: str | Revised, levels: Sequence[str], sheet: str | None, year: PlanYear
) -> ProposalsRead:
    """The proposals in the file at `path`, which names nodes by a column `name`, or by the columns
    `levels` of the tree.

    Raises `InputError` with all that is wrong with the file, of much the first.
    """
    return proposals_of(read_tables(path, "proposals", sheet), levels, year)


def proposals_of(tables: Sequence[LightTable], levels: Sequence[str], year: PlanYear) -> ProposalsRead:
    """The proposals in the one of `tables` that has the columns. Raises as `read_proposals` does."""
    table, columns = one_of(tables, "proposals", lambda table: find_columns(table, _wanted(table, levels)))
    return _Reader(table, columns, year).read()


def _wanted(table: LightTable, levels: Sequence[str]) -> Wanted:
    if levels and not has_column(table, _NAME) and any(has_column(table, (level,)) for level in levels):
        words, needed = level_words(levels)
    else:
        also = f", or the levels {listed(levels)} each have one" if levels else ""
        words, needed = {"level 0": _NAME}, {"level 0": f"it names the node of each proposal{also}"}
    return Wanted({**_WORDS, **words}, {**needed, **_NEEDED}, _AMOUNTS, ("amount", "decided", "reason"))


class _Given(NamedTuple):
    """The columns of a file of proposals beside its names."""

    period: Column[Span]
    amount: Column[Fraction]
    decided: Column[Fraction]
    reason: Column[str]
    needs: Column[str]
    by: Column[str]
    because: Column[str]


class _Reader:
    """Reads the rows of proposals one after another."""

    def __init__(self, table: LightTable, columns: Columns, year: PlanYear) -> None:
        self.table, self.columns = table, columns
        self.told = Told(table)
        values = value_columns(self.told, columns, year, _AMOUNTS, ())

        def span(cell: Cell) -> Span:
            return parse_span(year_first(text_in(cell)), year)

        self.given = _Given(
            values.of("period", span),
            values.amounts("amount"),
            values.amounts("decided"),
            values.texts("reason"),
            values.texts("needs"),
            values.texts("by"),
            values.texts("because"),
        )
        levels = sum(meaning.startswith("level ") for meaning in columns.places)
        self.names = LevelNames(self.told, columns, levels, text_in)
        self.first: dict[tuple[str, tuple[int, ...]], int] = {}

    def read(self) -> ProposalsRead:
        """All proposals. Raises `InputError` with all that is wrong."""
        rows = range(self.columns.header + 1, len(self.table.rows))
        total = self.names.total_at_the_end(rows)
        if total is not None and self.table.text(total, self.columns.places["period"]):
            total = None
        proposed = []
        for row in rows[:-1] if total is not None else rows:
            if self.told.is_full:
                break
            if has_its_width(self.told, self.columns, row, ("reason", "needs")):
                proposed += [one for one in (self._one(row),) if one is not None]
        if not rows:
            self.told.add(self.columns.header, 0, "no row stands below the header; write one a proposal")
        self.told.raise_any()
        return ProposalsRead(tuple(proposed), self._understood(proposed, total))

    def _one(self, row: int) -> Proposed | None:
        given = self.given
        names, period = self.names.at(row), given.period.at(row)
        if not self.table.text(row, self.columns.places["period"]):
            message = "the period is empty; write a month, a quarter or `year`"
            self.told.add(row, self.columns.places["period"], message)
        amount, decided = given.amount.at(row), given.decided.at(row)
        texts = {key: getattr(given, key).at(row) for key in ("reason", "needs", "by", "because")}
        self._check_decision(row)
        if names is None or period is None:
            return None
        name = "/".join(names)
        first = self.first.setdefault((name, period.months), row)
        if first != row:
            message = f"`{name}` has a proposal for {period.label} in line {self.table.lines[first] + 1}"
            self.told.add(row, self.names.places[0], f"{message} already; keep one")
        proposal = Proposal.model_construct(name=name, period=period, amount=amount, decided=decided, **texts)
        return Proposed(proposal, f"{self.table.name}:{self.table.lines[row] + 1}")

    def _check_decision(self, row: int) -> None:
        places = self.columns.places
        is_decided = "decided" in places and self.table.text(row, places["decided"])
        for meaning in ("by", "because"):
            if meaning in places and not is_decided and self.table.text(row, places[meaning]):
                message = f"`{self.columns.names[meaning]}` tells of a decision, and there is none"
                self.told.add(row, places[meaning], f"{message}; write what was decided, or leave it empty")

    def _understood(self, proposed: Sequence[Proposed], total: int | None) -> str:
        """``proposals.csv: UTF-8, 36 proposals, total 1,200,000, 2 without an amount``."""
        table = self.table
        amounts = [one.proposal.amount for one in proposed if one.proposal.amount is not None]
        empty = len(proposed) - len(amounts)
        parts = [
            f"sheet {table.sheet}" if table.sheet else table.encoding,
            f"{len(proposed):,} {'proposal' if len(proposed) == 1 else 'proposals'}",
            f"total {show(sum(amounts, Fraction(0)))}",
        ]
        if empty:
            parts.append(f"{empty:,} without an amount")
        if decided := sum(one.proposal.decided is not None for one in proposed):
            parts.append(f"{decided:,} decided")
        if total is not None:
            parts.append(f"left out: the total in line {table.lines[total] + 1}")
        if self.columns.ignored:
            what = "column" if len(self.columns.ignored) == 1 else "columns"
            parts.append(f"{what} not read: {listed(self.columns.ignored, quote='')}")
        return f"{table.name}: {', '.join(parts)}"
