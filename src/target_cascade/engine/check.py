"""Cascade → what `plan check` finds in it, and what the plan has accepted."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from target_cascade.engine.cascade import Cascade
from target_cascade.engine.finding import SEVERITIES, Finding, Rule, Severity
from target_cascade.engine.judged import Judged
from target_cascade.engine.rules.causes import FIVE_FACTORS, LIFT_SIZE, SEASON_TWICE
from target_cascade.engine.rules.festival import FESTIVAL_MOVED
from target_cascade.engine.rules.growth import EXPLAINED_GROWTH, GROWTH, MONTH_REACH
from target_cascade.engine.rules.kpis import BUDGET, KPI_REACH
from target_cascade.engine.rules.last_year import BORROWED_SHAPE, CALENDAR_SIZE, ONE_OFF_IN_BASE
from target_cascade.engine.rules.new_business import (
    NEW_BUSINESS_LATE,
    NEW_BUSINESS_SHARE,
    WITHOUT_NEW_BUSINESS,
)
from target_cascade.engine.rules.people import BEST_LEAVES, EQUAL_SPLIT, FULL_QUOTA_AT_ONCE
from target_cascade.engine.rules.reasons import BECAUSE
from target_cascade.engine.rules.teams import CONTINGENCY, ORDER_BY, PEAK_DAY, UNOWNED
from target_cascade.engine.rules.year_shape import BACK_LOADED, BUFFER, YEAR_END_MISS, YEAR_END_SHARE
from target_cascade.errors import Path

__all__ = ["RULES", "SEVERITIES", "Accepted", "Checked", "Finding", "Rule", "Severity", "check"]


RULES: tuple[Rule, ...] = (
    NEW_BUSINESS_SHARE,
    NEW_BUSINESS_LATE,
    WITHOUT_NEW_BUSINESS,
    YEAR_END_SHARE,
    YEAR_END_MISS,
    BUFFER,
    GROWTH,
    EXPLAINED_GROWTH,
    LIFT_SIZE,
    BECAUSE,
    SEASON_TWICE,
    ONE_OFF_IN_BASE,
    CALENDAR_SIZE,
    FESTIVAL_MOVED,
    MONTH_REACH,
    FIVE_FACTORS,
    BORROWED_SHAPE,
    BACK_LOADED,
    KPI_REACH,
    BUDGET,
    PEAK_DAY,
    ORDER_BY,
    CONTINGENCY,
    UNOWNED,
    EQUAL_SPLIT,
    FULL_QUOTA_AT_ONCE,
    BEST_LEAVES,
)
"""All guardrails, in the order in which they are listed and found."""


class Accepted(NamedTuple):
    """A rule that the plan has silenced, with the reason; `findings` is what would have been told."""

    rule: str
    because: str
    path: Path
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Checked:
    """`findings` has errors first, then warnings, then notes, and none that is accepted."""

    findings: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity == severity for finding in self.findings)


def check(cascade: Cascade, today: date | None = None) -> Checked:
    """What all rules find in a plan on the day `today`; without one no date has passed.

    Raises `InfeasibleError` where the numbers of its KPIs or people cannot be true.
    """
    judged = Judged(cascade, today)
    judged.check_possible()
    found = [finding for rule in RULES for finding in rule.find(judged)]
    found.sort(key=lambda finding: SEVERITIES.index(finding.severity))
    accept = cascade.plan.guardrails.accept
    silenced = {entry.rule for entry in accept}
    told = tuple(finding for finding in found if finding.rule not in silenced)
    accepted = (
        Accepted(
            entry.rule,
            entry.because,
            ("guardrails", "accept", position),
            tuple(finding for finding in found if finding.rule == entry.rule),
        )
        for position, entry in enumerate(accept)
    )
    return Checked(told, tuple(accepted))
