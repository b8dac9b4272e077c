"""The `closed:` block of a revision: quotas as agreed, what came in, and how the rest was re-planned."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, model_validator

from target_cascade.entry import Entry, EntryError
from target_cascade.review.month_keys import EachMonthOnce, OneMonth
from target_cascade.review.spread import PROPORTIONAL, SpreadText
from target_cascade.scalar import Amount, AmountFromZero


class ClosedMonth(Entry):
    """A month that is over: the quota that was agreed for it, and what came in."""

    quota: AmountFromZero = Field(description="the quota as it was agreed")
    actual: Amount = Field(description="what came in")
    was: Amount | None = Field(
        None, description="what it was closed with before, where the actual has been corrected since"
    )


class Closed(Entry):
    """The months that are over and those that are open, as a re-plan has left them.

    `months` are the year's first months up to `through`, `open` all others, and `first` has the quotas of
    all of them in the first revision. Keys are positions in the plan year.
    """

    through: OneMonth = Field(description="the last month that is closed")
    months: Annotated[dict[OneMonth, ClosedMonth], EachMonthOnce] = Field(
        description="the closed months, each with its quota and its actual"
    )
    open: Annotated[dict[OneMonth, AmountFromZero], EachMonthOnce] = Field(
        {}, description="the quotas of the open months, as they were re-planned"
    )
    first: Annotated[dict[OneMonth, AmountFromZero], EachMonthOnce] = Field(
        description="the quotas of all months in the first revision"
    )
    spread: SpreadText = Field(PROPORTIONAL, description="how what was missing was put on the open months")

    @model_validator(mode="after")
    def _each_month_in_its_place(self, info: ValidationInfo) -> Self:
        year = info.context.year if info.context is not None else None
        if year is None:
            return self
        if not any(one.quota for one in self.months.values()) and not any(self.open.values()):
            raise EntryError("has no quota above 0, so there is nothing to share", "")
        labels = [month.label for month in year.months]
        closed = range(self.through + 1)
        for key, given, wanted in (
            ("months", self.months, closed),
            ("open", self.open, range(len(closed), len(labels))),
            ("first", self.first, range(len(labels))),
        ):
            if problem := _misplaced(given, wanted, labels):
                raise EntryError(f"{problem}; the months to `through` are closed, all others open", key)
        return self

    @property
    def quotas(self) -> tuple[Fraction, ...]:
        """The quotas of all months, as they are agreed now, by position."""
        return (*(self.months[m].quota for m in range(self.through + 1)), *self._open_in_order)

    @property
    def _open_in_order(self) -> tuple[Fraction, ...]:
        return tuple(self.open[month] for month in range(self.through + 1, len(self.first)))

    @property
    def actuals(self) -> tuple[Fraction, ...]:
        """What came in, by position of the closed months."""
        return tuple(self.months[month].actual for month in range(self.through + 1))


def _misplaced(given: Mapping[int, object], wanted: Collection[int], labels: list[str]) -> str:
    """What a part of the block lacks or has too much; empty where it has its months."""
    lacking = [labels[month] for month in wanted if month not in given]
    more = [labels[month] for month in sorted(given) if month not in wanted]
    if lacking:
        return f"lacks {', '.join(lacking)}"
    return f"has {', '.join(more)}, which has no place here" if more else ""
