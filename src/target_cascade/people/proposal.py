"""What people propose for their own quotas, and what was decided."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NamedTuple, Self

from pydantic import Field, PrivateAttr, model_validator

from target_cascade.calendar import PlanYear
from target_cascade.entry import Entry, EntryError
from target_cascade.errors import CalendarError, Path, UsageError
from target_cascade.period_text import parse_period
from target_cascade.scalar import AmountFromZero, ScalarInYear, Text, scalar_text


class Span(NamedTuple):
    """A month, a quarter, several months or the year, as a run of whole months; by its `label`."""

    label: str
    months: tuple[int, ...]


def parse_span(text: str, year: PlanYear) -> Span:
    """``2012-03``, ``Q2``, ``3-5``, ``year``. Raises `CalendarError`, also for weeks and days."""
    period = parse_period(text, year, "iso")
    touched = [
        at for at, month in enumerate(year.months) if month.start <= period.end and period.start <= month.end
    ]
    if (year.months[touched[0]].start, year.months[touched[-1]].end) != (period.start, period.end):
        raise CalendarError(f"`{text}` is no whole month; people propose months, quarters or the year")
    return Span(period.label, tuple(touched))


SpanText = Annotated[
    Span,
    ScalarInYear(
        lambda value, year: parse_span(scalar_text(value), year),
        Span("", ()),
        {"type": ["string", "integer"]},
    ),
]


class Decision(Entry):
    """An amount that was settled for a node: it becomes a hold in the tree."""

    name: Text = Field(description="the node, as South/Li or by a name that no other has")
    period: SpanText = Field(description="a month, a quarter or the year")
    amount: AmountFromZero = Field(description="what was agreed, for the whole period")
    by: Text | None = Field(None, description="who decided")
    because: Text | None = Field(None, description="why")


class Proposal(Entry):
    """What somebody proposes for a period; without an amount nothing has been proposed yet, which is not
    a proposal of 0."""

    name: Text = Field(description="the node, as South/Li or by a name that no other has")
    period: SpanText = Field(description="a month, a quarter or the year")
    amount: AmountFromZero | None = Field(None, description="what is proposed, for the whole period")
    reason: Text | None = Field(None, description="why")
    needs: Text | None = Field(None, description="what it takes: stock, people, money")
    decided: AmountFromZero | None = Field(None, description="what was agreed, which becomes a hold")
    by: Text | None = Field(None, description="who decided")
    because: Text | None = Field(None, description="why it was decided so")

    @model_validator(mode="after")
    def _decided_by(self) -> Self:
        for key in ("by", "because"):
            if self.decided is None and getattr(self, key) is not None:
                raise EntryError("tells of a decision, and there is none; write `decided`", key)
        return self


class Proposed(NamedTuple):
    """A proposal with where it is written: its path in the plan, or ``proposals.csv:14`` of a file."""

    proposal: Proposal
    where: Path | str


class Proposals(Entry):
    """What people propose, inline or in a file."""

    file: Text | None = Field(None, description="a table beside the plan: .csv or .xlsx, a row a proposal")
    sheet: Text | None = Field(None, description="the sheet of the workbook, where it leaves a choice")
    entries: tuple[Proposal, ...] | None = Field(None, description="the proposals")
    _read: tuple[Proposed, ...] | None = PrivateAttr(None)

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        if isinstance(value, Mapping):
            return value
        return {"entries": value} if isinstance(value, list | tuple) else {"file": value}

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.file is None) == (self.entries is None):
            problem = "needs a list of proposals, or `file`" if self.file is None else "cannot go with `file`"
            raise EntryError(problem, "" if self.file is None else "entries")
        if self.file is None and self.sheet is not None:
            raise EntryError("says what is meant in a file, and there is none here", "sheet")
        return self

    @classmethod
    def schema_beyond_keys(cls, schema: dict[str, Any]) -> dict[str, Any]:
        """`proposals: proposals.csv`, and a list of them."""
        keys = schema["properties"]
        one = [{"required": ["file"]}, {"required": ["entries"]}]
        return {"anyOf": [keys["file"], keys["entries"], schema | {"oneOf": one}]}

    @property
    def proposed(self) -> tuple[Proposed, ...]:
        """All proposals. Raises `UsageError` while the file that has them is not read."""
        if self._read is not None:
            return self._read
        if self.entries is None:
            raise UsageError(f"the proposals `{self.file}` have not been read; load the plan with load_plan")
        return tuple(Proposed(one, ("proposals", at)) for at, one in enumerate(self.entries))

    def with_file_read(self, proposed: Sequence[Proposed]) -> "Proposals":
        """The proposals with those of its file."""
        read = self.model_copy()
        read._read = tuple(proposed)
        return read


Decisions = tuple[Decision, ...]
