"""Months, part weeks and KPIs: what came in beside the quota to date."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from target_cascade.calendar import Period
from target_cascade.engine.apportion import running_totals, whole
from target_cascade.engine.cascade import MonthQuota, Quota
from target_cascade.engine.kpis.numbers import KpiNumbers, unit_of
from target_cascade.engine.people.quotas import NodeQuota
from target_cascade.engine.review.came_in import CameIn
from target_cascade.engine.review.day_quotas import quota_to_date
from target_cascade.errors import UsageError
from target_cascade.guardrails import Guardrails

Status = Literal["green", "amber", "red"]

TO_DATE = "Year to date"


class Line(NamedTuple):
    """A period with its quota, the part of it that is due by the last day of the figures, and what came in.

    `month` is the position of its month, None of what is longer than one. `actual` is None where it is
    not known. Of a KPI the planned value stands for the quota; that of a ratio or a driver does not add
    up over periods, which `adds_up` says.
    """

    period: Period
    month: int | None
    quota: Fraction
    quota_to_date: Fraction
    actual: Fraction | None
    adds_up: bool = True

    @property
    def gap(self) -> Fraction | None:
        """What came in less the quota to date; below 0 where it is short."""
        return None if self.actual is None else self.actual - self.quota_to_date

    @property
    def attainment(self) -> Fraction | None:
        """What came in ÷ quota to date; None where that is 0."""
        if self.actual is None or not self.quota_to_date:
            return None
        return self.actual / self.quota_to_date

    def status(self, guardrails: Guardrails, lower_is_better: bool = False) -> Status | None:
        """By the thresholds of the attainment; where the quota to date is 0, green unless less than
        nothing came in. Where lower is better, what may be short may be over: with a threshold of 97 %
        up to 103 % is green."""
        if self.actual is None:
            return None
        reached = self.attainment
        if reached is None:
            is_fine = self.actual <= 0 if lower_is_better else self.actual >= 0
            return "green" if is_fine else "red"
        if lower_is_better:
            reached = 2 - reached
        if reached >= guardrails.attainment_green:
            return "green"
        return "amber" if reached >= guardrails.attainment_amber else "red"


def month_lines(came_in: CameIn, who: str | None = None) -> tuple[Line, ...]:
    """The months that have begun, of the company or of a node. Raises `UsageError` for an unknown node."""
    begun = [month for month in came_in.cascade.months if month.period.start <= came_in.through]
    if who is None:
        return tuple(
            Line(
                month.period,
                month.position,
                month.amount,
                quota_to_date(month, came_in.through),
                came_in.month(month.position),
            )
            for month in begun
        )
    quotas = came_in.people.months(came_in.people.find(who))
    due = [Fraction(0)] * len(quotas)
    for line in week_quotas(came_in, who):
        due[line.month or 0] += line.quota_to_date
    return tuple(
        Line(
            month.period,
            month.position,
            quotas[month.position],
            due[month.position],
            came_in.month(month.position, who),
        )
        for month in begun
    )


def week_lines(came_in: CameIn, who: str | None = None) -> tuple[Line, ...]:
    """The part weeks that have begun, of the company or of a node; what came in is known where it is
    known by weeks or days. Raises `UsageError` for an unknown node."""
    places: dict[int, int] = {}
    lines: list[Line] = []
    for line in week_quotas(came_in, who):
        assert line.month is not None, "a part week lies in a month"
        place = places.get(line.month, 0)
        places[line.month] = place + 1
        lines.append(line._replace(actual=came_in.part_week(line.month, place, who)))
    return tuple(lines)


def week_quotas(came_in: CameIn, who: str | None = None) -> tuple[Line, ...]:
    """As `week_lines`, without what came in."""
    through = came_in.through
    parts = [(month, part) for month in came_in.cascade.months for part in month.parts]
    if who is None:
        quotas = [part.amount for _, part in parts]
        due = [_part_to_date(part, through) for _, part in parts]
    else:
        node, people = came_in.people.find(who), came_in.people
        quotas = list(people.weeks_of(node))
        due = [_of_node(node, place, part, through, people.unit) for place, (_, part) in enumerate(parts)]
    return tuple(
        Line(part.period, month.position, quota, to_date, None)
        for (month, part), quota, to_date in zip(parts, quotas, due, strict=True)
        if part.period.start <= through
    )


def total(lines: Sequence[Line]) -> Line:
    """The lines in one: what came in is known where it is known of each."""
    period = Period(TO_DATE, lines[0].period.start, lines[-1].period.end)
    known = [line.actual for line in lines if line.actual is not None]
    return Line(
        period,
        None,
        sum((line.quota for line in lines), Fraction(0)),
        sum((line.quota_to_date for line in lines), Fraction(0)),
        sum(known, Fraction(0)) if len(known) == len(lines) else None,
    )


def kpi_lines(
    came_in: CameIn,
    numbers: KpiNumbers,
    kpi: str,
    by: Literal["month", "week"] = "month",
    who: str | None = None,
) -> tuple[Line, ...]:
    """A KPI's or driver's planned value beside what came in, in the periods that have begun.

    What adds up is due as far as its days are; of a ratio or driver the value of the month is. The plan
    has no KPI values of a node, so `who` may only be None. Raises `UsageError` for a KPI that lies in a
    range, which is no one number.
    """
    plan = came_in.cascade.plan
    if who is not None:
        raise UsageError(
            f"the plan says no KPIs of single nodes, so `{kpi}` of `{who}` has nothing beside it"
        )
    if kpi not in numbers.exact:
        raise UsageError(f"`{kpi}` is no KPI and no driver of the plan")
    if None in numbers.exact[kpi]:
        raise UsageError(f"`{kpi}` lies in a range, so there is no one planned value to compare it with")
    adds_up = unit_of(plan, kpi) is not None
    lines = [
        Line(period, month.position, _all(days), _due(days, period, came_in.through), actual)
        if adds_up
        else Line(period, month.position, days[0], days[0], actual, adds_up=False)
        for month, period, days, actual in _kpi_parts(came_in, numbers, kpi, by)
    ]
    return tuple(lines)


def kpi_total(lines: Sequence[Line]) -> Line | None:
    """The year to date of a KPI; None of what does not add up."""
    return total(lines) if lines and all(line.adds_up for line in lines) else None


def _kpi_parts(
    came_in: CameIn, numbers: KpiNumbers, kpi: str, by: Literal["month", "week"]
) -> list[tuple[MonthQuota, Period, list[Fraction], Fraction | None]]:
    """The periods that have begun, each with the planned values of its days and what came in."""
    parts = []
    for month, weeks in zip(came_in.cascade.months, numbers.days(kpi), strict=True):
        by_week = [[value or Fraction(0) for value in days] for days in weeks]
        if by == "month":
            everyday = [value for days in by_week for value in days]
            parts.append((month, month.period, everyday, came_in.month(month.position, None, kpi)))
            continue
        for place, (part, days) in enumerate(zip(month.parts, by_week, strict=True)):
            actual = came_in.part_week(month.position, place, None, kpi)
            parts.append((month, part.period, days, actual))
    return [part for part in parts if part[1].start <= came_in.through]


def _all(days: Sequence[Fraction]) -> Fraction:
    return sum(days, Fraction(0))


def _due(days: Sequence[Fraction], period: Period, through: date) -> Fraction:
    """The sum of the days up to and with `through`."""
    return _all(days[: (through - period.start).days + 1])


def _part_to_date(part: Quota, through: date) -> Fraction:
    return sum((day.amount for day in part.parts if day.period.start <= through), Fraction(0))


def _of_node(node: NodeQuota, place: int, part: Quota, through: date, unit: Fraction) -> Fraction:
    """A node's part week as far as it is due: its days follow those of the company."""
    if part.period.end <= through or part.period.start > through:
        return node.units[place] * unit if part.period.end <= through else Fraction(0)
    days = running_totals(node.units[place], whole([day.amount for day in part.parts]))
    return sum(days[: (through - part.period.start).days + 1]) * unit


__all__ = [
    "TO_DATE",
    "Line",
    "Status",
    "kpi_lines",
    "kpi_total",
    "month_lines",
    "total",
    "week_lines",
    "week_quotas",
]
