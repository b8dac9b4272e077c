"""A driver: what the plan assumes, by month."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from target_cascade.entry import Entry, EntryError
from target_cascade.kpis.names import AnyNumber, Name, Number
from target_cascade.scalar import Months, OneOf, Text

Better = Literal["higher", "lower"]

_NAMES = "|".join(
    f"[{name[0].upper()}{name[0]}]{name[1:]}"
    for name in "january february march april june july august september october november december".split()
)
_MONTHS = rf"^\s*([0-9０-９]|[Qq][1-4]|[Pp][0-9]|[A-Za-z]{{3}}(\s*(-|\.\.)|\s*$)|{_NAMES})"
"""How exceptions by month begin, in a schema: what is none of these may be a misspelt key."""


class Driver(Entry):
    """One value for the year, exceptions by month, or a glide in equal steps from the first month to the
    last."""

    default: AnyNumber | None = Field(None, description="its value in months that have none of their own")
    first: AnyNumber | None = Field(None, alias="from", description="its value in the first month")
    last: AnyNumber | None = Field(
        None, alias="to", description="its value in the last month, reached in equal steps"
    )
    by_month: dict[Months, AnyNumber] = Field({}, description="exceptions, by months such as 11-12")
    unit: Text | None = Field(None, description="money, or what its figures are called; default: a number")
    team: Text | None = Field(None, description="who answers for it")
    best: AnyNumber | None = Field(None, description="the best that was ever reached")
    better: Annotated[Better, OneOf("higher", "lower")] | None = Field(
        None, description="which way is better; default: the way in which a quota takes less effort"
    )
    because: Text | None = Field(None, description="why this may be assumed")

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        """`45%` for every month, and exceptions under the key that holds them."""
        if not isinstance(value, Mapping):
            return {"default": value}
        known = {field.alias or name for name, field in cls.model_fields.items()}
        exceptions = {key: number for key, number in value.items() if key not in known}
        rest = {key: entry for key, entry in value.items() if key in known}
        return rest | ({"by_month": exceptions} if exceptions else {})

    @model_validator(mode="after")
    def _one_value_a_month(self) -> Self:
        if (self.first is None) != (self.last is None):
            given, absent = ("from", "to") if self.last is None else ("to", "from")
            raise EntryError(f"needs `{absent}` as well: a glide has two ends", given)
        if self.first is not None and self.default is not None:
            raise EntryError("cannot go with `from` and `to`, which say every month; keep one", "default")
        named = [month for months in self.by_month for month in months]
        if twice := sorted({month for month in named if named.count(month) > 1}):
            raise EntryError(f"names the same month twice, the {twice[0] + 1}. of the plan year", "by_month")
        if self.default is None and self.first is None and len(named) < 12:
            lacking = "says some months only; write `default` for the others" if named else ""
            raise EntryError(lacking or "has no value; write one number, `default`, or `from` and `to`", "")
        return self

    @classmethod
    def schema_beyond_keys(cls, schema: dict[str, Any]) -> dict[str, Any]:
        """`45%`, and exceptions by month: `{default: 200, 11-12: 220}`."""
        number = schema["properties"]["default"]
        schema["patternProperties"] = {_MONTHS: number}
        return {"anyOf": [number, schema]}

    def number(self, month: int) -> Number:
        """Its value in the month at a position of the plan year."""
        for months, number in self.by_month.items():
            if month in months:
                return number
        if self.default is not None:
            return self.default
        assert self.first is not None, "a driver has a value in every month"
        assert self.last is not None
        step = (self.last.value - self.first.value) / 11
        return Number(self.first.value + step * month, self.first.is_share)

    @property
    def values(self) -> tuple[Fraction, ...]:
        """Its values by month, in plan order."""
        return tuple(self.number(month).value for month in range(12))

    @property
    def is_share(self) -> bool:
        """Whether its figures are written as percentages."""
        return any(self.number(month).is_share for month in range(12))


Drivers = dict[Name, Driver]
"""Drivers by name, in file order."""
