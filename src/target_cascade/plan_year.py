"""The `year` of a plan file: a calendar year, twelve months, or a retail year of whole weeks."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator

from target_cascade.amount import fold_width
from target_cascade.calendar import FIRST_YEAR, LAST_YEAR, PlanYear, RetailWeeks, nrf_year
from target_cascade.entry import Entry, EntryError
from target_cascade.errors import CalendarError, TargetCascadeError
from target_cascade.period_text import parse_base_year, parse_date, parse_year
from target_cascade.scalar import OneOf, Scalar, ScalarInYear, TextOr, scalar_text

_YEAR_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
        {"type": "string", "pattern": r"^\s*[0-9０-９]{4}([-－][0-9０-９]{1,2})?\s*$"},
    ]
}


def _calendar_year(value: Any) -> int:
    text = scalar_text(value)
    if not re.fullmatch(r"\d{4}", fold_width(text).strip(), re.ASCII):
        raise CalendarError(f"`{text}` is not the number of a retail year; write `2027`")
    return parse_year(text).start.year


def _weeks(value: Any) -> int:
    text = scalar_text(value)
    if text not in ("52", "53"):
        raise ValueError(f"`{text}` is not one of 52, 53")
    return int(text)


def _position(value: Any) -> int:
    text = scalar_text(value)
    match = re.fullmatch(r"p(\d{1,2})", text.strip().lower(), re.ASCII)
    if match is None or not 1 <= int(match[1]) <= 12:
        raise CalendarError(f"`{text}` is not a period; write `P01` to `P12`")
    return int(match[1]) - 1


_Day = Annotated[
    date, Scalar(lambda value: parse_date(scalar_text(value)), {"type": "string", "format": "date"})
]
_Weeks = Annotated[int, Scalar(_weeks, {"enum": [52, 53, "52", "53"]})]
_Number = Annotated[int, Scalar(_calendar_year, _YEAR_SCHEMA["anyOf"][0])]
_PeriodPosition = Annotated[int, Scalar(_position, {"type": "string", "pattern": "^[Pp][0-9]{1,2}$"})]


_BY_HAND = ("pattern", "ends", "weeks", "leap")
"""What the rule of the NRF knows."""


class RetailYear(Entry):
    """Twelve periods of whole weeks, by a pattern and an end, or by the rule of the NRF."""

    nrf: _Number | None = Field(None, description="2027: the 4-5-4 year of the National Retail Federation")
    pattern: Annotated[str, OneOf("4-4-5", "4-5-4", "5-4-4")] | None = Field(
        None, description="the weeks of each month of a quarter"
    )
    ends: _Day | None = Field(None, description="the year's last day, such as 2028-01-29")
    weeks: _Weeks | None = Field(None, description="52 or 53; default 52")
    base_weeks: _Weeks | None = Field(None, description="the weeks of the year before; default 52")
    leap: _PeriodPosition | None = Field(None, description="the period that a 53rd week joins; default P12")

    @model_validator(mode="after")
    def _by_rule_or_by_hand(self) -> Self:
        if self.nrf is not None:
            for key in _BY_HAND:
                if getattr(self, key) is not None:
                    raise EntryError("is known from `nrf` already; leave it out, or write no `nrf`", key)
            return self
        for key, like in (("pattern", "4-5-4"), ("ends", "2028-01-29")):
            if getattr(self, key) is None:
                raise EntryError(
                    f"needs `{key}`, as in `{key}: {like}`; or write `nrf: 2027` for the NRF's year", ""
                )
        if self.ends is not None and not FIRST_YEAR < self.ends.year <= LAST_YEAR:
            message = f"is outside {FIRST_YEAR + 1} to {LAST_YEAR}, in which a retail year can end"
            raise EntryError(message, "ends")
        return self

    @classmethod
    def schema_beyond_keys(cls, schema: dict[str, Any]) -> dict[str, Any]:
        """By the rule of the NRF, or by a pattern and an end."""
        by_hand: list[dict[str, Any]] = [{"required": [key]} for key in _BY_HAND]
        by_rule = {"required": ["nrf"], "not": {"anyOf": by_hand}}
        return schema | {"anyOf": [by_rule, {"required": ["pattern", "ends"], "not": {"required": ["nrf"]}}]}

    @property
    def plan_year(self) -> PlanYear:
        """The year that the keys describe."""
        if self.nrf is not None:
            year = nrf_year(self.nrf)
            if self.base_weeks is None or year.retail is None:
                return year
            # The NRF's restated comparison: the 52 weeks before a year that follows one of 53.
            return year._replace(retail=year.retail._replace(base_weeks=self.base_weeks))
        assert self.pattern is not None
        assert self.ends is not None
        first, second, third = map(int, self.pattern.split("-"))
        leap = 11 if self.leap is None else self.leap
        retail = RetailWeeks((first, second, third), leap, self.base_weeks or 52)
        return PlanYear.ending(self.ends, self.weeks or 52, retail)


def year_of(value: Any) -> PlanYear | None:
    """The year that a plan's `year` says; None where it says none, which is reported elsewhere."""
    try:
        if isinstance(value, Mapping):
            return RetailYear.model_validate(value).plan_year
        return parse_year(scalar_text(value))
    except (TargetCascadeError, ValidationError, ValueError):
        return None


def base_year_of(value: Any, year: PlanYear) -> PlanYear | None:
    """The year of the base of a plan for `year` that is written as `value`, the one before it where
    that is None; None where it is wrong, which is reported elsewhere."""
    if value is None:
        return year.base
    try:
        return parse_base_year(scalar_text(value), year)
    except ValueError:
        return None


Year = Annotated[
    PlanYear,
    TextOr(
        lambda value: parse_year(scalar_text(value)),
        _YEAR_SCHEMA["anyOf"],
        RetailYear,
        (Mapping,),
        lambda retail: retail.plan_year,
    ),
]
BaseYear = Annotated[
    PlanYear,
    ScalarInYear(lambda value, year: parse_base_year(scalar_text(value), year), None, _YEAR_SCHEMA),
]
