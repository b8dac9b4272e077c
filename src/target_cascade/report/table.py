"""One grid of typed cells, for people and for machines; each writer takes what is meant for it."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from target_cascade.sentence import Figure, FigureKind, Sentence

Kind = Literal["text", "date", "bar"] | FigureKind
"""What a cell is. A bar is a length between 0 and 1, or a `Stretch`."""


class Stretch(NamedTuple):
    """A bar that does not begin at the edge: from `start` to `end`, both between 0 and 1. One that
    `falls` shows what is taken away."""

    start: Fraction
    end: Fraction
    falls: bool = False


Cell = str | int | Fraction | date | Stretch | Figure | Sentence | None
"""A value, exact; None is not known. A figure says what it is where its column holds several kinds."""


class Column(NamedTuple):
    """A column; `key` is its name for machines, `title` for people.

    In JSON a key with a dot is a key inside an object: ``where.line``.
    """

    key: str
    title: str
    kind: Kind
    readers: Literal["all", "people", "machines"] = "all"
    quotient: tuple[str, str] | None = None
    """Keys of the columns whose quotient this is; the second may be ``total`` for the first's sum."""
    vital: bool = False
    """Whether it stays on a screen that is too narrow for all."""
    shortened: bool = False
    """Whether its texts are cut short on a screen that is too narrow for them, rather than left out."""
    sum_of: tuple[str, ...] = ()
    """Keys of the columns that its cells are the sums of, where they have a value."""


class Row(NamedTuple):
    """A row's cells in the order of the columns. Machines get `row`s only; a `group` heads the rows
    that add up to it, the `total` is the sum of all rows, and a `fold` stands for rows that are left
    out for people."""

    cells: tuple[Cell, ...]
    role: Literal["row", "group", "total", "fold"] = "row"


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
    cut: bool = False
    """Whether a screen that is too narrow gets it as several tables, each with the first column."""
    subtotals: bool = False
    """Whether a workbook keeps the groups, as sums of the rows below them."""

    def columns_for(self, reader: Literal["people", "machines"]) -> list[tuple[int, Column]]:
        """The columns that a reader sees, with their positions in a row."""
        return [(i, c) for i, c in enumerate(self.columns) if c.readers in ("all", reader)]

    def records(self) -> Iterator[list[tuple[Column, Cell]]]:
        """The rows for machines: no groups, no totals, no bars."""
        columns = self.columns_for("machines")
        for row in self.rows:
            if row.role == "row":
                yield [(column, row.cells[i]) for i, column in columns]


class Note(NamedTuple):
    """A remark: what it is about, and what there is to say, a line each. A `margin` stands beside it,
    such as the line of a file that it is on."""

    head: Sentence
    lines: tuple[Sentence, ...] = ()
    margin: str = ""


class Notes(NamedTuple):
    """Remarks below a title of their own."""

    title: str
    notes: tuple[Note, ...]


class Strip(NamedTuple):
    """A row of a heat map: days with their weights, of which the first stands in column `first` (0 to
    6) of its week, and the label and the figures beside them. A sum has no days."""

    cells: tuple[Cell, ...]
    first: int = 0
    weights: tuple[Fraction, ...] = ()


class HeatMap(NamedTuple):
    """Days by what they are worth, week beside week, so that the days of one weekday stand below each
    other.

    `columns` are those of the strips' cells: the label, which stands before the days, and figures.
    The strips of one band stand together; `totals` are the sums of all.
    """

    weekdays: tuple[str, ...]
    columns: tuple[Column, ...]
    bands: tuple[tuple[Strip, ...], ...]
    totals: tuple[Strip, ...]


Block = Table | Notes | HeatMap


class Value(NamedTuple):
    """A figure or a word on a result as a whole, which JSON has under `key` of its own."""

    key: str
    value: Cell
    kind: Kind = "amount"


class Page(NamedTuple):
    """What a command says: the answer first, then what it rests on.

    `title` names the plan or the plans. People read `answer` and `blocks`, machines `records`: the
    first of its tables as CSV, and as JSON all of them, by their names where there are several or
    where they are `named` in any case; `values` stand behind the first of them.
    """

    answer: Sentence
    title: str
    blocks: tuple[Block, ...]
    records: tuple[Table, ...]
    named: bool = False
    values: tuple[Value, ...] = ()


class Threshold(NamedTuple):
    """A key below `guardrails:`, what it is by default, and what it is about."""

    key: str
    default: Figure
    description: str


class RulePage(NamedTuple):
    """What there is to say about a guardrail; `severities` are those of its findings, the gravest first,
    and an empty line parts the paragraphs of `why`, `formula` and `remedy`."""

    name: str
    finds: str
    severities: tuple[str, ...]
    why: str
    formula: str
    remedy: str
    thresholds: tuple[Threshold, ...]


class Chart(NamedTuple):
    """What a workbook draws: for each row of one table, named by its column `labels`, the amounts of
    the columns `series` side by side. Columns are named by their keys."""

    table: str
    title: str
    labels: str
    series: tuple[str, ...]


class Workbook(NamedTuple):
    """Tables that belong together, each on a sheet of its own that is called by its name; `below` has the
    remarks that stand below a table, by that name."""

    tables: tuple[Table, ...]
    chart: Chart | None = None
    below: Mapping[str, tuple[Notes, ...]] = {}
