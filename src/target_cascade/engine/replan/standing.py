"""Where the year stands when it is re-planned: what came in, and what is agreed for the rest."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from target_cascade.engine.apportion import units_of
from target_cascade.plan import Plan

if TYPE_CHECKING:
    from target_cascade.review.spread import Spread


@dataclass(frozen=True)
class Standing:
    """The year before a re-plan. `quotas` and `first` are of all months, as agreed now and in the first
    revision; `actuals` are what came in, of the months that are over."""

    plan: Plan
    quotas: tuple[Fraction, ...]
    first: tuple[Fraction, ...]
    actuals: tuple[Fraction, ...]
    spread: "Spread"

    @property
    def unit(self) -> Fraction:
        """The unit of month quotas."""
        return self.plan.rounding.month

    @property
    def open(self) -> range:
        """The positions of the months that are not over."""
        return range(len(self.actuals), len(self.quotas))

    @cached_property
    def movable(self) -> tuple[int, ...]:
        """The open months that have a quota: what is 0 stays 0."""
        return tuple(month for month in self.open if self.quotas[month])

    @cached_property
    def first_total(self) -> Fraction:
        """P of the first revision."""
        return sum(self.first, Fraction(0))

    @cached_property
    def outlook(self) -> Fraction:
        """What the year brings if all open months bring their quotas."""
        return sum((*self.actuals, *self.quotas[len(self.actuals) :]), Fraction(0))

    @property
    def missing(self) -> Fraction:
        """By how much the year then misses the target."""
        return max(Fraction(0), self.plan.target - self.outlook)

    @property
    def ahead(self) -> bool:
        """Whether the year then exceeds P of the first revision."""
        return self.outlook > self.first_total

    @cached_property
    def weights(self) -> dict[int, int]:
        """By movable month its weight under the policy; 0 where the policy leaves it as it is."""
        units = {month: units_of(self.quotas[month], self.unit) for month in self.movable}
        first = len(self.actuals)
        match self.spread.kind:
            case "even":
                return dict.fromkeys(units, 1)
            case "late":
                return {month: count * (month - first + 1) for month, count in units.items()}
            case "next":
                last = first + self.spread.months
                return {month: count if month < last else 0 for month, count in units.items()}
            case _:
                return units
