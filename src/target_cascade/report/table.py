"""One grid of typed cells, for people and for machines; each writer takes what is meant for it."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

Kind = Literal["text", "date", "count", "amount", "share", "ratio", "bar"]
"""What a cell is: amounts are in units of currency, shares and ratios are plain fractions, a bar is
a length between 0 and 1."""

Cell = str | int | Fraction | date | None
"""A value, exact; None is not known."""


class Column(NamedTuple):
    """A column; `key` is its name for machines, `title` for people."""

    key: str
    title: str
    kind: Kind
    readers: Literal["all", "people", "machines"] = "all"
    quotient: tuple[str, str] | None = None
    """Keys of the columns whose quotient this is; the second may be ``total`` for the first's sum."""


class Row(NamedTuple):
    """A row's cells in the order of the columns. Machines get `row`s only; a `group` heads the rows
    that add up to it, and the `total` is the sum of all rows."""

    cells: tuple[Cell, ...]
    role: Literal["row", "group", "total"] = "row"


class Fact(NamedTuple):
    """A line above a table: what it is, how much, and a few words on it."""

    label: str
    value: Cell
    kind: Kind
    remark: str = ""


class Table(NamedTuple):
    """A result with its heading. `name` is short, such as a sheet's."""

    name: str
    title: str
    facts: tuple[Fact, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def columns_for(self, reader: Literal["people", "machines"]) -> list[tuple[int, Column]]:
        """The columns that a reader sees, with their positions in a row."""
        return [(i, c) for i, c in enumerate(self.columns) if c.readers in ("all", reader)]

    def records(self) -> Iterator[list[tuple[Column, Cell]]]:
        """The rows for machines: no groups, no totals, no bars."""
        columns = self.columns_for("machines")
        for row in self.rows:
            if row.role == "row":
                yield [(column, row.cells[i]) for i, column in columns]


class Chart(NamedTuple):
    """What a workbook draws: for each row of one table, named by its column `labels`, the amounts of
    the columns `series` side by side. Columns are named by their keys."""

    table: str
    title: str
    labels: str
    series: tuple[str, ...]


class Workbook(NamedTuple):
    """Tables that belong together, each on a sheet of its own that is called by its name."""

    tables: tuple[Table, ...]
    chart: Chart | None = None
