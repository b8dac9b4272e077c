"""A KPI: what has to happen in a month, who owns it, and where it may come from."""

from difflib import get_close_matches
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from target_cascade.entry import Entry, EntryError, exactly_one_of_each
from target_cascade.kpis.names import AnyNumber, Formulas, Name, Ranges
from target_cascade.scalar import Flag, Scalar, Text, read_text

ADDITIVE = ("count", "money")
"""The units of what adds up over days: a KPI of any other unit is a ratio, which repeats."""
_UNITS = (*ADDITIVE, "share", "ratio")


def _unit(value: Any) -> str:
    text = read_text(value)
    near = get_close_matches(text.lower(), _UNITS, 1, cutoff=3 / 4)  # `score` is a unit of its own
    if text not in _UNITS and near:
        raise ValueError(f"`{text}` is no unit; did you mean `{near[0]}`?")
    return text


class Kpi(Entry):
    """What a month's quota takes: an amount by a formula, or a bound that always holds."""

    CHOICES = (("formula", "at_least", "at_most", "between"),)

    formula: Formulas | None = Field(None, description="from quota, drivers and other KPIs")
    at_least: AnyNumber | None = Field(None, description="it has to be this much or more")
    at_most: AnyNumber | None = Field(None, description="it has to be this much or less")
    between: Ranges | None = Field(None, description="it has to lie in a range, such as 3..8")
    unit: Annotated[str, Scalar(_unit, {"type": "string"})] | None = Field(
        None, description="count, money, share, ratio, or what its figures are called; default: ratio"
    )
    team: Text | None = Field(None, description="who owns it")
    max: Formulas | None = Field(None, description="the most that a month may take, such as 15% of quota")
    spends: Flag | None = Field(
        None, description="whether it is money that is spent; default: by what formulas do with it"
    )
    of: Name | None = Field(None, description="the KPI, a count, that a share is a part of")
    because: Text | None = Field(None, description="why")

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        exactly_one_of_each(self)
        if self.max is not None and self.formula is None:
            raise EntryError("bounds what a formula gives, and there is none here", "max")
        if self.unit in ADDITIVE and self.formula is None:
            raise EntryError("adds up over days, and a bound that always holds does not", "unit")
        if self.spends is not None and self.unit != "money":
            what = "says whether money is spent, and this KPI is not in money"
            raise EntryError(f"{what}; write `unit: money`, or leave it out", "spends")
        return self

    @property
    def is_additive(self) -> bool:
        """Whether its days add up to weeks and these to months."""
        return self.unit in ADDITIVE

    @property
    def is_share(self) -> bool:
        """Whether its figures are percentages."""
        bounds = [self.at_least, self.at_most, *(self.between or ())]
        return self.unit == "share" or (self.unit is None and any(one and one.is_share for one in bounds))


class Source(Entry):
    """Where some of a KPI comes from, and what one of it costs there."""

    name: Text = Field(description="what it is called")
    cost: Formulas = Field(description="what one costs, in units of currency; a number or a formula")
    max: Formulas | None = Field(None, description="the most that it brings in a month; default: no bound")


Kpis = dict[Name, Kpi]
"""KPIs by name, in file order."""
Sources = dict[Name, tuple[Source, ...]]
"""Sources by the KPI that they bring."""
