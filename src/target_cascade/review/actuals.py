"""The `actuals:` of a plan: where what came in is written, and one row of it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from target_cascade.calendar import Period
from target_cascade.entry import Entry, EntryError
from target_cascade.errors import Place
from target_cascade.last_year import FileUnit, looks_like_month, with_months_as_keys
from target_cascade.review.month_keys import EachMonthOnce, OneMonth
from target_cascade.scalar import Amount, Text

Grain = Literal["day", "week", "month"]


class Actual(NamedTuple):
    """What came in on a run of days, and where it is written.

    `kpi` is None for sales, in units of currency, and else the KPI or driver whose value it is; `who` is
    the path of a node of the cascade such as ``South/Li``, and None for the whole company. A `month` or
    `week` may be in part: its figure goes as far as the figures of the file do.
    """

    period: Period
    grain: Grain
    amount: Fraction
    kpi: str | None = None
    who: str | None = None
    where: Place | None = None


class Actuals(Entry):
    """What came in: a file, or amounts by month."""

    file: Text | None = Field(
        None, description="what came in, beside the plan: .csv or .xlsx, a row a day, a week or a month"
    )
    column: Text | None = Field(None, description="the column of the file, where it leaves a choice")
    unit: FileUnit | None = Field(
        None, description="the unit of the file's amounts, such as 万, where it does not say it"
    )
    sheet: Text | None = Field(None, description="the sheet of the workbook, where it leaves a choice")
    by_month: Annotated[dict[OneMonth, Amount], EachMonthOnce] | None = Field(
        None, description="amounts by month, such as 2012-01"
    )

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return {"file": value}
        by_month = {key: amount for key, amount in value.items() if looks_like_month(str(key))}
        rest = {key: one for key, one in value.items() if key not in by_month}
        return rest | {"by_month": by_month} if by_month else value

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if self.file is None and self.by_month is None:
            raise EntryError("has no amounts; write `file`, or months as keys", "")
        for key in ("column", "unit", "sheet"):
            if self.file is None and getattr(self, key) is not None:
                raise EntryError("says what is meant in a file, and there is none here", key)
        if self.file is not None and self.by_month is not None:
            raise EntryError("cannot go with `file`; write one of them", "by_month")
        return self

    @classmethod
    def schema_beyond_keys(cls, schema: dict[str, Any]) -> dict[str, Any]:
        """`actuals: actuals.csv`, and months as keys."""
        return {"anyOf": [schema["properties"]["file"], with_months_as_keys(schema)]}
