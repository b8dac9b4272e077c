"""A team, what people do for a KPI, and what is done if it goes wrong."""

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, NamedTuple, Self

from pydantic import Field, model_validator

from target_cascade.amount import fold_width, parse_fraction
from target_cascade.calendar import PlanYear
from target_cascade.entry import Entry, EntryError
from target_cascade.kpis.names import Formulas, Name
from target_cascade.period_text import parse_end, parse_months
from target_cascade.scalar import (
    Amount,
    AmountFromZero,
    DaysFromZero,
    ScalarInYear,
    Start,
    Text,
    scalar_text,
)

_WHEN = re.compile(r"(?P<period>.*?)\s*(?P<sign><=|≤|<)\s*(?P<part>.*)", re.DOTALL)

_WHEN_SCHEMA: dict[str, Any] = {"type": "string", "pattern": "[<≤＜]"}


class When(NamedTuple):
    """A period that brings less than a part of its quota: ``2012-11 < 85%``.

    `or_equal` says that just the part is too little as well.
    """

    text: str
    months: tuple[int, ...]
    part: Fraction
    or_equal: bool = False

    def is_met_by(self, attainment: Fraction) -> bool:
        """Whether the period has brought too little, by actual ÷ quota."""
        return attainment <= self.part if self.or_equal else attainment < self.part


def _until(value: Any, year: PlanYear) -> date:
    return parse_end(scalar_text(value), year)


def _when(value: Any, year: PlanYear) -> When:
    text = " ".join(scalar_text(value).split())
    match = _WHEN.fullmatch(fold_width(text))
    if match is None:
        raise ValueError(f"`{text}` says nothing to compare; write it as in `2012-11 < 85%`")
    months = parse_months([match["period"]], year)
    return When(text, months, parse_fraction(match["part"]), or_equal=match["sign"] != "<")


class Team(Entry):
    """Who leads, what may be spent and how much can be done."""

    lead: Text | None = Field(None, description="who leads it")
    budget: Formulas | None = Field(
        None, description="what it may spend in a month: an amount, or such as 15% of quota"
    )
    capacity_per_day: dict[Name, AmountFromZero] = Field(
        {}, description="how much of a KPI it can do on one day"
    )
    lead_days: DaysFromZero | None = Field(
        None, description="days before a month begins by which what it buys has to be ordered"
    )
    ordered: Annotated[date, ScalarInYear(_until, date.min, {"type": ["string", "integer"]})] | None = Field(
        None, description="the last month for which everything has been ordered"
    )

    @model_validator(mode="after")
    def _orders_in_time(self) -> Self:
        if self.ordered is not None and self.lead_days is None:
            raise EntryError("says what has been ordered in time, which needs `lead_days`", "ordered")
        return self


class Action(Entry):
    """A number turned into something that a person does."""

    kpi: Name | None = Field(None, description="the KPI or driver that it is for; without one, `who` does it")
    do: Text = Field(description="what is done")
    who: Text | None = Field(None, description="the team or person; default: the team that owns the KPI")
    start: Start | None = Field(None, alias="from", description="a month or a date; default: all year")
    until: Annotated[date, ScalarInYear(_until, date.max, {"type": ["string", "integer"]})] | None = Field(
        None, description="a month or a date, the last that it is done in"
    )

    @model_validator(mode="after")
    def _somebody_does_it_some_day(self) -> Self:
        if self.kpi is None and self.who is None:
            raise EntryError("needs `kpi` or `who`, so that it stands on somebody's page", "")
        if self.start is not None and self.until is not None and self.until < self.start:
            raise EntryError(f"is {self.until}, before `from` {self.start}", "until")
        return self


class Contingency(Entry):
    """What is done if it goes wrong, agreed while all is calm."""

    when: Annotated[When, ScalarInYear(_when, When("", (), Fraction(0)), _WHEN_SCHEMA)] = Field(
        description="a period and a part of its quota, as in 2012-11 < 85%"
    )
    do: Text = Field(description="what is done")
    amount: Amount | None = Field(None, description="what it brings")
    who: Text | None = Field(None, description="the team or person that does it")
    because: Text | None = Field(None, description="why")


Teams = dict[Text, Team]
"""Teams by name, in file order."""
Actions = tuple[Action, ...]
Contingencies = tuple[Contingency, ...]
