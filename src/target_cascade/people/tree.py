"""The `cascade:` of a plan: the tree of regions, teams and people, inline or in a file."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Self

from pydantic import Field, PrivateAttr, model_validator

from target_cascade.amount import show
from target_cascade.entry import Entry, EntryError
from target_cascade.errors import Path, UsageError
from target_cascade.people.dates import FirstDay, LastDay
from target_cascade.people.node import Bound, Node
from target_cascade.scalar import (
    AmountFromZero,
    FractionFromZero,
    Months,
    NumberFromZero,
    Part,
    Text,
)

_COLUMNS = (
    *("month", "week", "year", "period", "quota", "assigned", "last_year", "resource"),
    *("asked", "proposed", "gap", "reason", "decided", "needs", "by", "because", "outcome"),
)
"""What stands beside the levels in `plan cascade` and `plan reconcile`; a level with such a name would be
two columns of one name."""


class ByMonth(Entry):
    """A bound of every month, or bounds by month."""

    always: AmountFromZero | None = Field(None, description="of every month in which the node is active")
    by_month: dict[Months, AmountFromZero] = Field({}, description="by months such as 11-12")

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        return {"by_month": value} if isinstance(value, Mapping) else {"always": value}

    @model_validator(mode="after")
    def _one_value_a_month(self) -> Self:
        named = [month for months in self.by_month for month in months]
        if twice := sorted({month for month in named if named.count(month) > 1}):
            raise EntryError(f"names the {twice[0] + 1}. month of the plan year twice; keep one", "")
        return self

    @classmethod
    def schema_beyond_keys(cls, schema: dict[str, Any]) -> dict[str, Any]:
        """`20万`, or by month: `{3: 20万, 11-12: 30万}`."""
        amount = schema["properties"]["always"]
        return {"anyOf": [amount, {"type": "object", "additionalProperties": amount}]}

    def value(self, month: int) -> Fraction | None:
        """The bound of the month at a position of the plan year."""
        return next((v for months, v in self.by_month.items() if month in months), self.always)


class Member(Entry):
    """A node of the tree with what is below it."""

    name: Text = Field(description="what it is called; of one parent's members each has its own name")
    share: Part | None = Field(None, description="its part of the parent; those of all members are 100 %")
    weight: NumberFromZero | None = Field(None, description="its ability beside the others; default 1")
    start: FirstDay | None = Field(None, description="a month or a date, also of an earlier year")
    end: LastDay | None = Field(None, description="a month or a date, the last that it is there")
    min: ByMonth | None = Field(None, description="at least, in a month")
    max: ByMonth | None = Field(None, description="at most, in a month")
    hold: ByMonth | None = Field(None, description="exactly, in a month")
    last_year: AmountFromZero | None = Field(None, description="what it brought last year")
    resource: NumberFromZero | None = Field(
        None, description="what it has to work with, in any unit: people, shelves, visits"
    )
    note: Text | None = Field(None, description="a remark")
    members: tuple["Member", ...] = Field((), description="what is below it")

    @model_validator(mode="after")
    def _go_together(self) -> Self:
        if self.members:
            for key in ("weight", "start", "end"):
                if getattr(self, key) is not None:
                    raise EntryError("is that of a leaf; a node with members has what they have", key)
        if self.hold is not None and (self.min is not None or self.max is not None):
            raise EntryError("is both bounds at once; leave `min` and `max` out", "hold")
        if self.start is not None and self.end is not None and self.end < self.start:
            raise EntryError(f"is {self.end}, before `start` {self.start}", "end")
        if self.min is not None and self.max is not None:
            self._min_below_max(self.min, self.max)
        return self

    @staticmethod
    def _min_below_max(low: ByMonth, high: ByMonth) -> None:
        for month in range(12):
            least, most = low.value(month), high.value(month)
            if least is not None and most is not None and least > most:
                raise EntryError(f"is {show(least)}, above `max` {show(most)}, so no amount would do", "min")

    def node(self, where: Path) -> Node:
        """The node, with what is below it; `where` is its path in the plan."""
        members = (member.node((*where, "members", at)) for at, member in enumerate(self.members))
        return Node(
            self.name,
            tuple(members),
            Fraction(1) if self.weight is None else self.weight,
            self.share,
            self.start,
            self.end,
            dict(self._bounds()),
            self.last_year,
            self.resource,
            self.note or "",
            where,
        )

    def _bounds(self) -> Iterator[tuple[int, Bound]]:
        low, high = self.hold or self.min, self.hold or self.max
        for month in range(12) if low or high else ():
            least, most = (None if one is None else one.value(month) for one in (low, high))
            if least is not None or most is not None:
                always = all(not one or not any(month in m for m in one.by_month) for one in (low, high))
                yield month, Bound(least, most, always)


class Tree(Entry):
    """The tree of teams and people that the quotas go down."""

    levels: tuple[Text, ...] | None = Field(None, description="what the levels are called, the top first")
    members: tuple[Member, ...] | None = Field(None, description="the nodes of the first level")
    file: Text | None = Field(None, description="a table beside the plan, a row a leaf: .csv or .xlsx")
    sheet: Text | None = Field(None, description="the sheet of the workbook, where it leaves a choice")
    weight: Text | None = Field(None, description="the column of the file that has the weights")
    ramp: tuple[FractionFromZero, ...] = Field(
        (), description="productivity in the months since `start`, the first one's first; then 100 %"
    )
    over_assign: dict[Text, FractionFromZero] = Field(
        {}, description="by level: how much more than its quota a node hands to its members"
    )
    _read: tuple[Node, ...] | None = PrivateAttr(None)

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        if isinstance(value, Mapping):
            return value
        return {"members": value} if isinstance(value, list | tuple) else {"file": value}

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.file is None) == (self.members is None):
            problem = "needs `members` or `file`" if self.file is None else "cannot go with `file`; keep one"
            raise EntryError(problem, "" if self.file is None else "members")
        if self.file is not None and self.levels is None:
            raise EntryError("needs `levels`: the columns of the file that name the nodes, the top first", "")
        for key in ("weight", "sheet"):
            if self.file is None and getattr(self, key) is not None:
                raise EntryError("says what is meant in a file, and there is none here", key)
        return self._levels_fit()

    def _levels_fit(self) -> Self:
        if self.members is not None and not self.members:
            raise EntryError("has nobody in it; write at least one node, such as `{name: South}`", "")
        if self.levels is not None and not self.levels:
            raise EntryError("is empty; name the levels, the top first", "levels")
        if self.levels is not None and len(set(self.levels)) < len(self.levels):
            raise EntryError("names a level twice; each has its own name", "levels")
        if taken := [name for name in self.level_names if name in _COLUMNS]:
            message = f"calls a level `{taken[0]}`, as a column of the quotas is called; call it otherwise"
            raise EntryError(message, "levels")
        deepest = _depth(self.members or ())
        if self.levels is not None and deepest > len(self.levels):
            message = f"names {len(self.levels)} levels, and the tree has {deepest}; name each"
            raise EntryError(message, "levels")
        for level in self.over_assign:
            if level not in self.level_names[:-1]:
                known = ", ".join(f"`{name}`" for name in self.level_names[:-1]) or "none: it has one only"
                raise EntryError(
                    f"names `{level}`; the levels that have one below are {known}", "over_assign"
                )
        return self

    @classmethod
    def schema_beyond_keys(cls, schema: dict[str, Any]) -> dict[str, Any]:
        """`cascade: [{name: South, …}]`, and `cascade: reps.csv`, which needs `levels` as well."""
        keys = schema["properties"]
        for key in ("levels", "members"):
            keys[key] = keys[key] | {"minItems": 1}
        one = [{"required": ["members"]}, {"required": ["file", "levels"]}]
        return {"anyOf": [schema | {"oneOf": one}, keys["members"]]}

    @property
    def level_names(self) -> tuple[str, ...]:
        """What the levels are called, the top first; by their numbers where the plan does not say it."""
        if self.levels is not None:
            return self.levels
        depth = _depth(self.members or ())
        return ("name",) if depth == 1 else tuple(f"level{number + 1}" for number in range(depth))

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes of the first level. Raises `UsageError` while the file that has them is not read."""
        if self._read is None and self.members is None:
            raise UsageError(f"the tree `{self.file}` has not been read; load the plan with load_plan")
        if self._read is None:
            members = self.members or ()
            self._read = tuple(m.node(("cascade", "members", at)) for at, m in enumerate(members))
        return self._read

    def with_file_read(self, nodes: Sequence[Node]) -> "Tree":
        """The tree with the nodes of its file."""
        read = self.model_copy()
        read._read = tuple(nodes)
        return read


def _depth(members: Sequence[Member]) -> int:
    return max((1 + _depth(member.members) for member in members), default=0)
