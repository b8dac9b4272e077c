"""Cascades → the figures by which one of several plans is chosen, side by side."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from target_cascade.engine.cascade import Cascade, Gathered, MonthQuota, Quota
from target_cascade.engine.check import Checked
from target_cascade.engine.demand import NOTHING

Length = Literal["quarter", "month", "week", "day"]
"""How long a period is; a week is whole, with its days of both months."""
_YEAR_END = 2
"""Months at the end of the year that are judged together, as `year_end` bounds them by default."""


class Scenario(NamedTuple):
    """One of the plans that are compared: what it promises, what it asks for and how safe it is.

    `quotas` are in the order of the comparison's labels; None where its year has no such period.
    """

    name: str
    cascade: Cascade
    checked: Checked
    quotas: tuple[Fraction | None, ...]

    @property
    def target(self) -> Fraction:
        """T."""
        return self.cascade.plan.target

    @property
    def planned_total(self) -> Fraction:
        """P."""
        return self.cascade.planned_total

    @property
    def growth(self) -> Fraction | None:
        """The root's growth factor; None without base amounts, where it is only a scale."""
        return self.cascade.growth_of_base

    @property
    def year_end_share(self) -> Fraction:
        """The last two months' part of the planned total."""
        return sum((month.amount for month in self.cascade.months[-_YEAR_END:]), NOTHING) / self.planned_total

    @property
    def new_business(self) -> Fraction:
        """Σ expect·count_on."""
        return sum((entry.expect * entry.count_on for entry in self.cascade.plan.new_business), NOTHING)

    @property
    def new_business_share(self) -> Fraction:
        """New business as a part of the target."""
        return self.new_business / self.target

    @property
    def without_new_business(self) -> Fraction:
        """Where the year lands if new business brings nothing and all else comes: P − Σ."""
        return self.planned_total - self.new_business

    @property
    def without_new_business_share(self) -> Fraction:
        """That as a part of the target, which is reached from 1 on."""
        return self.without_new_business / self.target


class Comparison(NamedTuple):
    """Scenarios side by side. `labels` name the periods that their quotas are of: the periods' own
    where all plans share them, else their places in each plan's year (`by_place`)."""

    by: Length
    labels: tuple[str, ...]
    by_place: bool
    scenarios: tuple[Scenario, ...]


def compare(plans: Sequence[tuple[str, Cascade, Checked]], by: Length) -> Comparison:
    """The named cascades, each with what the guardrails find in it and with quotas of periods of a length."""
    quotas = [_quotas(cascade, by) for _, cascade, _ in plans]
    periods = [[quota.period for quota in of_one] for of_one in quotas]
    by_place = any(others != periods[0] for others in periods)
    count = max(map(len, periods))
    is_retail = all(cascade.plan.year.is_retail for _, cascade, _ in plans)
    noun = "period" if by == "month" and is_retail else by
    labels = _places(noun, count) if by_place else tuple(period.label for period in periods[0])
    scenarios = (
        Scenario(name, cascade, checked, _amounts(of_one, count))
        for (name, cascade, checked), of_one in zip(plans, quotas, strict=True)
    )
    return Comparison(by, labels, by_place, tuple(scenarios))


def _quotas(cascade: Cascade, by: Length) -> Sequence[MonthQuota | Gathered | Quota]:
    match by:
        case "quarter":
            return cascade.quarters
        case "month":
            return cascade.months
        case "week":
            return cascade.weeks
        case "day":
            return [day for month in cascade.months for week in month.parts for day in week.parts]


def _amounts(quotas: Sequence[MonthQuota | Gathered | Quota], count: int) -> tuple[Fraction | None, ...]:
    """The amounts, with None for periods that only another year has: a 53rd week, a 366th day."""
    return (*(quota.amount for quota in quotas), *[None] * (count - len(quotas)))


def _places(by: str, count: int) -> tuple[str, ...]:
    """``M01`` is the first month of each plan's year, ``P01`` its first period, ``Q1`` its first quarter."""
    digits = len(str(count))
    return tuple(f"{by[0].upper()}{place:0{digits}d}" for place in range(1, count + 1))
