"""Last year: the entry under `base`, its repairs and what fills it."""

import re
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    Field,
    PrivateAttr,
    ValidationInfo,
    model_validator,
)
from pydantic.config import JsonDict

from target_cascade.calendar import MONTH_NAMES, Period, PlanYear
from target_cascade.entry import Entry, EntryError
from target_cascade.errors import UsageError
from target_cascade.period_text import parse_base_month
from target_cascade.plan_year import BaseYear
from target_cascade.scalar import (
    AMOUNT_SCHEMA,
    Amount,
    BaseMonth,
    NumberFromZero,
    Scalar,
    Text,
    TextOr,
    read_text,
    scalar_text,
)

_TWELVE: JsonDict = {"minItems": 12, "maxItems": 12}
_PERIOD = re.compile("[Pp][0-9]{1,2}")


def _each_month_once(value: Any, info: ValidationInfo) -> Any:
    """Amounts by month; raises `EntryError` where two keys name one month, such as 2026-03 and mar."""
    base = info.context.base if info.context is not None else None
    if base is None or not isinstance(value, Mapping):
        return value
    named: dict[int | Period, str] = {}
    for key in value:
        try:
            month = parse_base_month(scalar_text(key), base)
        except ValueError:
            continue  # reported as a key of its own
        if month in named:
            raise EntryError(f"names the same month as `{named[month]}`; keep one of them", str(key))
        named[month] = str(key)
    return value


def _unit(value: Any) -> str:
    from target_cascade.unit_text import parse_unit

    text = scalar_text(value)
    parse_unit(text)
    return text


def _twelve(numbers: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    if len(numbers) != 12:
        raise ValueError(f"has {len(numbers)} numbers; a year has 12 months")
    return numbers


FileUnit = Annotated[str, Scalar(_unit, {"type": "string"})]
"""The unit of a file's amounts, such as 万, as a text."""

Season = Annotated[
    tuple[Fraction, ...] | str,
    TextOr(
        read_text,
        [{"type": "string", "minLength": 1}],
        Annotated[tuple[NumberFromZero, ...], Field(json_schema_extra=_TWELVE)],
        (list, tuple),
        _twelve,
    ),
]
"""Twelve numbers in plan order, or the text that names the file they stand in."""


class Fill(Entry):
    """A season that fills the months which the base lacks."""

    season: Season = Field(
        alias="shape", description="12 numbers in plan order, or a file beside the plan: an industry's season"
    )
    column: Text | None = Field(None, description="the column of the file, where it leaves a choice")
    sheet: Text | None = Field(None, description="the sheet of the file, where it leaves a choice")

    @property
    def shape(self) -> tuple[Fraction, ...]:
        """The twelve numbers. Raises `UsageError` while the file that has them is not read."""
        return _shape(self.season)


class Base(Entry):
    """Last year's amounts, or an industry's season."""

    file: Text | None = Field(
        None, description="last year's sales beside the plan: .csv or .xlsx, a row a month or a day"
    )
    column: Text | None = Field(None, description="the column (or row) of the file, where it leaves a choice")
    unit: FileUnit | None = Field(
        None, description="the unit of the file's amounts, such as 万, where it does not say it"
    )
    sheet: Text | None = Field(None, description="the sheet of the workbook, where it leaves a choice")
    year: BaseYear | None = Field(
        None, description="the year of the amounts; default: the one before the plan"
    )
    months: tuple[Amount, ...] | None = Field(
        None, description="12 amounts of last year, in plan order", json_schema_extra=_TWELVE
    )
    by_month: Annotated[dict[BaseMonth, Amount], BeforeValidator(_each_month_once)] | None = Field(
        None, description="amounts of last year by month, such as 2011-01"
    )
    season: Season | None = Field(
        None,
        alias="shape",
        description="12 numbers, or a file: the season of an industry, where there is no last year",
    )
    fill: Fill | None = Field(None, description="a season for the months that last year lacks")
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
        sources = [key for key in ("file", "months", "by_month", "season") if getattr(self, key) is not None]
        wanted = "`file`, `months` (12 amounts), months as keys or `shape`"
        if not sources:
            raise EntryError(f"has no amounts; write one of {wanted}", "")
        if len(sources) > 1:
            first, second = (key.replace("season", "shape") for key in sources[:2])
            first = first.replace("by_month", "months as keys")
            raise EntryError(f"cannot go with `{first}`; write one of {wanted}", second)
        return self

    @model_validator(mode="after")
    def _keys_that_mean_something(self) -> Self:
        if self.season is not None:
            if self.fix:
                raise EntryError("repairs last year's amounts, and a `shape` has none", "fix")
            for key in ("fill", "year", "unit"):
                if getattr(self, key) is not None:
                    raise EntryError("is about last year's amounts, and a `shape` has none", key)
        for key in ("column", "sheet", "unit"):
            if getattr(self, key) is not None and self.file is None and not isinstance(self.season, str):
                raise EntryError("says what is meant in a file, and there is none here", key)
        if self.months is not None and self.fill is not None:
            raise EntryError("fills months that are lacking, and `months` has all twelve", "fill")
        return self

    @model_validator(mode="after")
    def _twelve_months(self, info: ValidationInfo) -> Self:
        if self.months is not None and len(self.months) != 12:
            raise EntryError(f"has {len(self.months)} numbers; a year has 12 months", "months")
        base = info.context.base if info.context is not None else None
        if self.by_month is not None and base is not None:
            if len({isinstance(month, Period) for month in self.by_month}) > 1:
                raise EntryError("names periods and calendar months; write one kind of them", "by_month")
            if (absent := absent_months({*self.by_month, *self.fix}, base)) and self.fill is None:
                message = f"lacks {', '.join(absent)}{why_touched(self.by_month, base)};"
                raise EntryError(f"{message} write 0 for a month without sales", "by_month")
        return self

    @classmethod
    def schema_beyond_keys(cls, schema: dict[str, Any]) -> dict[str, Any]:
        """`base: file.csv`, `base: [12 amounts]`, and months as keys: `base: {2011-01: 78万, …}`."""
        keys = schema["properties"]
        return {"anyOf": [keys["file"], keys["months"], with_months_as_keys(schema)]}

    def with_file_read(
        self, by_month: Mapping[int, Fraction] | Mapping[Period, Fraction], daily: bool
    ) -> "Base":
        """The base with the amounts of its file, which has a row a day where it is `daily`."""
        read = self.model_copy(update={"file": None, "by_month": dict(by_month)})
        read._daily = daily
        return read

    @property
    def has_more_to_read(self) -> bool:
        """Whether it names files, or leaves months to be filled."""
        return self.file is not None or isinstance(self.season, str) or self.fill is not None

    @property
    def daily(self) -> bool:
        """Whether last year's amounts come from a file with a row a day."""
        return self._daily

    @property
    def shape(self) -> tuple[Fraction, ...] | None:
        """The season of an industry: twelve numbers in plan order; None with last year's amounts.

        Raises `UsageError` while the file that has them is not read, which `load_plan` does.
        """
        return None if self.season is None else _shape(self.season)

    @property
    def given(self) -> dict[int | Period, Fraction] | None:
        """Last year's amounts as they are written, before repairs: by position in the year, or by
        calendar month where they are still to be gathered to a retail year; None with a shape.

        Raises `UsageError` while the file that has them is not read, which `load_plan` does.
        """
        if self.file is not None:
            raise UsageError(f"the base `{self.file}` has not been read; load the plan with load_plan")
        return dict(enumerate(self.months)) if self.months is not None else self.by_month


def with_months_as_keys(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of an entry whose keys may also be months, each with an amount."""
    names = "|".join(f"{name}|{name.capitalize()}" for name in MONTH_NAMES)
    return schema | {"patternProperties": {f"^([0-9]|[Pp][0-9]|{names})": AMOUNT_SCHEMA}}


def absent_months(given: Collection[int | Period], base: PlanYear) -> list[str]:
    """The labels of the months of the base year that are not `given`; of a retail year with calendar
    months those of them that a period needs which is not given itself."""
    if any(isinstance(month, Period) for month in given):
        unknown = [period for position, period in enumerate(base.months) if position not in given]
        return [
            month.label
            for month in base.calendar_months
            if month not in given
            and any(period.start <= month.end and month.start <= period.end for period in unknown)
        ]
    return [month.label for position, month in enumerate(base.months) if position not in given]


def filled_months(given: Collection[int | Period], base: PlanYear) -> list[str]:
    """The labels of the months of the base year that a season fills: of a retail year with calendar
    months the periods that one of these is lacking for."""
    absent = absent_months(given, base)
    if not any(isinstance(month, Period) for month in given):
        return absent
    lacking = [month for month in base.calendar_months if month.label in absent]
    return [
        period.label
        for position, period in enumerate(base.months)
        if position not in given
        and any(period.start <= month.end and month.start <= period.end for month in lacking)
    ]


def why_touched(given: Collection[int | Period], base: PlanYear) -> str:
    """Why a calendar month that a retail year only touches is asked for, to follow its label."""
    is_calendar = any(isinstance(month, Period) for month in given)
    return f", of which {base.name}, {base.span}, has days" if is_calendar else ""


def _shape(season: tuple[Fraction, ...] | str) -> tuple[Fraction, ...]:
    if isinstance(season, str):
        raise UsageError(f"the shape `{season}` has not been read; load the plan with load_plan")
    return season


def _months_gathered(value: Mapping[Any, Any]) -> dict[Any, Any]:
    """`{2011-01: 78万, …}` under the key that it is short for."""
    by_month = {key: amount for key, amount in value.items() if looks_like_month(str(key))}
    if not by_month:
        return dict(value)
    return {k: v for k, v in value.items() if k not in by_month} | {"by_month": by_month}


def looks_like_month(key: str) -> bool:
    """Whether a key is a month rather than a word such as `file`."""
    return key[:1].isdigit() or key[:3].lower() in MONTH_NAMES or _PERIOD.fullmatch(key) is not None
