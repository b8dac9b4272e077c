"""Last year and what days are worth: the entries that a season is made of."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationInfo, model_validator
from pydantic.config import JsonDict

from target_cascade.calendar import MONTH_NAMES
from target_cascade.entry import Entry, EntryError, exactly_one_of_each
from target_cascade.errors import UsageError
from target_cascade.period_text import parse_month
from target_cascade.scalar import (
    AMOUNT_SCHEMA,
    Amount,
    BaseMonth,
    Dates,
    DayWindow,
    NamedDay,
    NumberFromZero,
    Text,
    Weekdays,
    scalar_text,
)

_TWELVE: JsonDict = {"minItems": 12, "maxItems": 12}


def _each_month_once(value: Any, info: ValidationInfo) -> Any:
    """Amounts by month; raises `EntryError` where two keys name one month, such as 2026-03 and mar."""
    year = info.context.year if info.context is not None else None
    if year is None or not isinstance(value, Mapping):
        return value
    named: dict[int, str] = {}
    for key in value:
        try:
            month = parse_month(scalar_text(key), year.base)
        except ValueError:
            continue  # reported as a key of its own
        if month in named:
            raise EntryError(f"names the same month as `{named[month]}`; keep one of them", str(key))
        named[month] = str(key)
    return value


class Base(Entry):
    """Last year's amounts, or an industry's season."""

    file: Text | None = Field(None, description="CSV beside the plan: month,amount or date,amount")
    months: tuple[Amount, ...] | None = Field(
        None, description="12 amounts of last year, in plan order", json_schema_extra=_TWELVE
    )
    by_month: Annotated[dict[BaseMonth, Amount], BeforeValidator(_each_month_once)] | None = Field(
        None, description="amounts of last year by month, such as 2011-01"
    )
    shape: tuple[NumberFromZero, ...] | None = Field(
        None,
        description="12 numbers: the season of an industry, where there is no last year",
        json_schema_extra=_TWELVE,
    )
    fix: Annotated[dict[BaseMonth, Amount], BeforeValidator(_each_month_once)] = Field(
        {}, description="months of last year with one-offs repaired"
    )
    because: Text | None = Field(None, description="why the repair is right")
    _daily: bool = PrivateAttr(False)

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        if isinstance(value, Mapping):
            return _months_gathered(value)
        return {"months": value} if isinstance(value, list | tuple) else {"file": value}

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        sources = [key for key in ("file", "months", "by_month", "shape") if getattr(self, key) is not None]
        wanted = "`file`, `months` (12 amounts), months as keys or `shape`"
        if not sources:
            raise EntryError(f"has no amounts; write one of {wanted}", "")
        if len(sources) > 1:
            first = sources[0].replace("by_month", "months as keys")
            raise EntryError(f"cannot go with `{first}`; write one of {wanted}", sources[1])
        if self.shape is not None and self.fix:
            raise EntryError("repairs last year's amounts, and a `shape` has none", "fix")
        return self

    @model_validator(mode="after")
    def _twelve_months(self, info: ValidationInfo) -> Self:
        for key in ("months", "shape"):
            numbers = getattr(self, key)
            if numbers is not None and len(numbers) != 12:
                raise EntryError(f"has {len(numbers)} numbers; a year has 12 months", key)
        year = info.context.year if info.context is not None else None
        if self.by_month is not None and year is not None:
            absent = [month.label for i, month in enumerate(year.base.months) if i not in self.by_month]
            if absent:
                message = f"lacks {', '.join(absent)}; write 0 for a month without sales"
                raise EntryError(message, "by_month")
        return self

    @classmethod
    def schema_beyond_keys(cls, schema: dict[str, Any]) -> dict[str, Any]:
        """`base: file.csv`, `base: [12 amounts]`, and months as keys: `base: {2011-01: 78万, …}`."""
        keys = schema["properties"]
        names = "|".join(f"{name}|{name.capitalize()}" for name in MONTH_NAMES)
        schema["patternProperties"] = {f"^([0-9]|{names})": AMOUNT_SCHEMA}
        return {"anyOf": [keys["file"], keys["months"], schema]}

    def with_file_read(self, by_month: Mapping[int, Fraction], daily: bool) -> "Base":
        """The base with the amounts of its file, which has a row a day where it is `daily`."""
        read = self.model_copy(update={"file": None, "by_month": dict(by_month)})
        read._daily = daily
        return read

    @property
    def daily(self) -> bool:
        """Whether last year's amounts come from a file with a row a day."""
        return self._daily

    @property
    def amounts(self) -> tuple[Fraction, ...] | None:
        """a_m: last year's twelve amounts in plan order, after repairs; None with a shape.

        Raises `UsageError` while the file that has them is not read, which `load_plan` does.
        """
        if self.file is not None:
            raise UsageError(f"the base `{self.file}` has not been read; load the plan with load_plan")
        given = self.given
        return None if given is None else tuple((given | self.fix)[m] for m in range(12))

    @property
    def given(self) -> dict[int, Fraction] | None:
        """Last year's amounts by position in the plan year, before repairs; None with a shape."""
        return dict(enumerate(self.months)) if self.months is not None else self.by_month


class DayRule(Entry):
    """What some days are worth: `times` multiplies their weight, `weight` sets it."""

    CHOICES = (("weekdays", "day", "dates"), ("times", "weight"))

    name: Text | None = Field(None, description="what the rule is about")
    weekdays: Weekdays | None = Field(None, description="sat-sun, or [mon, wed]")
    day: NamedDay | None = Field(
        None, description="11-11 · 4th thu of nov · last fri of nov · easter · spring-festival"
    )
    window: DayWindow | None = Field(None, description="days around `day`: -9..-3")
    dates: Dates | None = Field(None, description="2012-08-06..2012-08-12, one date, or a list")
    times: NumberFromZero | None = Field(None, description="multiplies the day's weight")
    weight: NumberFromZero | None = Field(None, description="sets the day's weight; 0 is closed")

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        exactly_one_of_each(self)
        if self.window is not None and self.day is None:
            raise EntryError("stands around a `day`, and there is none here", "window")
        return self


def _months_gathered(value: Mapping[Any, Any]) -> dict[Any, Any]:
    """`{2011-01: 78万, …}` under the key that it is short for."""
    by_month = {key: amount for key, amount in value.items() if _looks_like_month(str(key))}
    if not by_month:
        return dict(value)
    return {k: v for k, v in value.items() if k not in by_month} | {"by_month": by_month}


def _looks_like_month(key: str) -> bool:
    return key[:1].isdigit() or key[:3].lower() in MONTH_NAMES
