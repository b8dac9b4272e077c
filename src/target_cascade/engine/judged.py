"""A plan as the guardrails judge it: its cascade, its KPIs and people, and the day of the check."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from target_cascade.engine.cascade import Cascade
from target_cascade.errors import InfeasibleError, Problem
from target_cascade.plan import Plan

if TYPE_CHECKING:
    from target_cascade.engine.kpis.numbers import KpiNumbers
    from target_cascade.engine.people.quotas import PeopleQuotas


@dataclass(frozen=True)
class Judged:
    """`today` is the day of the check; None where it is not to matter, so that no date has passed.

    What becomes of KPIs and people is computed when it is first asked for, and its modules are
    imported only for plans that have them.
    """

    cascade: Cascade
    today: date | None = None

    @property
    def plan(self) -> Plan:
        """The plan of the cascade."""
        return self.cascade.plan

    @cached_property
    def kpis(self) -> "KpiNumbers | None":
        """The numbers of drivers and KPIs; None where the plan has neither, nor what is said of them.

        Raises `InfeasibleError` where one of them cannot be known, and for names that are not.
        """
        plan = self.plan
        if not (plan.kpis or plan.drivers or plan.sources or plan.teams or plan.actions):
            return None
        from target_cascade.engine.kpis.numbers import kpi_numbers

        return kpi_numbers(self.cascade)

    @cached_property
    def people(self) -> "PeopleQuotas | None":
        """The quotas of teams and people; None where the plan has no tree of them.

        Raises `InfeasibleError` where they cannot add up to the company's.
        """
        if self.plan.cascade is None:
            return None
        from target_cascade.engine.people.quotas import people_quotas

        return people_quotas(self.cascade)

    def check_possible(self) -> None:
        """Raises `InfeasibleError` with all that is wrong with KPIs and people together."""
        if problems := tuple(self._problems()):
            raise InfeasibleError(*problems)

    def _problems(self) -> Iterator[Problem]:
        for computed in ("kpis", "people"):
            try:
                getattr(self, computed)
            except InfeasibleError as error:
                yield from error.problems
