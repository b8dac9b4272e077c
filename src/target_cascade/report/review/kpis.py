"""What came in of KPIs and drivers beside what was planned."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from target_cascade.calendar import PlanYear
from target_cascade.engine.kpis.numbers import KpiNumbers, better
from target_cascade.engine.kpis.spending import is_cost
from target_cascade.engine.review.came_in import CameIn
from target_cascade.engine.review.lines import Line, kpi_lines, kpi_total
from target_cascade.plan import Plan
from target_cascade.report.kpis.words import exact_figure, figure, spoken
from target_cascade.report.review.periods import ReviewBy, Status, status_of
from target_cascade.report.review.words import through_text
from target_cascade.report.table import Cell, Column, Row, Table
from target_cascade.sentence import Sentence, sentence, share

Side = Literal["higher", "lower"]
"""Which way what came in is better than its plan."""


class KpiReview(NamedTuple):
    """The periods of a KPI or driver of which something is known, and `told`, what is said of them all: the
    sum of what adds up, and else the last of them. `is_whole` says that no period that has begun lacks."""

    name: str
    lines: tuple[Line, ...]
    told: Line
    side: Side
    is_whole: bool

    @property
    def period(self) -> str:
        """What `told` is about."""
        if not self.told.adds_up:
            return self.told.period.label
        return "to date" if self.is_whole else "as far as known"


def kpi_review(came_in: CameIn, numbers: KpiNumbers, name: str, by: ReviewBy = "month") -> KpiReview | None:
    """What came in of one of them; None where nothing is known of it. Raises `UsageError` for a KPI that
    has no one planned value."""
    lines = kpi_lines(came_in, numbers, name, by)
    known = tuple(line for line in lines if line.actual is not None)
    if not known:
        return None
    told = kpi_total(known) or known[-1]
    return KpiReview(name, known, told, side_of(numbers, name), len(known) == len(lines))


def kpi_reviews(
    came_in: CameIn, numbers: KpiNumbers, names: Sequence[str] | None = None
) -> tuple[KpiReview, ...]:
    """What came in of all that have rows and one planned value, or of those of some `names`."""
    kpis = numbers.cascade.plan.kpis
    chosen = [
        name
        for name in came_in.kpis
        if (names is None or name in names) and (name not in kpis or kpis[name].between is None)
    ]
    found = (kpi_review(came_in, numbers, name) for name in chosen)
    return tuple(one for one in found if one is not None)


def side_of(numbers: KpiNumbers, name: str) -> Side:
    """Money that is spent is better below its plan, and so is what has to be at most so much."""
    plan = numbers.cascade.plan
    if name in plan.drivers:
        return better(numbers, name)
    kpi = plan.kpis[name]
    is_spent = kpi.unit == "money" and is_cost(plan, name)
    return "lower" if kpi.at_most is not None or is_spent else "higher"


def kpi_status(plan: Plan, side: Side) -> Status:
    """By the thresholds of a plan; where lower is better, what may be short may be over."""
    if side == "higher":
        return status_of(plan)
    return lambda line: line.status(plan.guardrails, lower_is_better=True)


_COLUMNS = (
    Column("kpi", "KPI", "text", vital=True),
    Column("period", "", "text"),
    Column("plan", "Planned", "number", vital=True),
    Column("actual", "Actual", "number", vital=True),
    Column("attainment", "Attainment", "share"),
    Column("better", "Better", "text"),
    Column("status", "Status", "text", vital=True),
)


def kpis_table(plan: Plan, reviews: Sequence[KpiReview]) -> Table | None:
    """For people: each one's plan and what came in, and which side of its plan is better."""
    rows = tuple(
        Row((spoken(one.name), one.period, *_values(plan, one), *_judged(plan, one))) for one in reviews
    )
    return Table("KPIs", "KPIs", (), _COLUMNS, rows) if rows else None


def _values(plan: Plan, one: KpiReview) -> Iterator[Cell]:
    for value in (one.told.quota_to_date, one.told.actual):
        yield None if value is None else figure(plan, one.name, value)


def _judged(plan: Plan, one: KpiReview) -> tuple[Cell, ...]:
    return one.told.attainment, one.side, kpi_status(plan, one.side)(one.told)


def kpi_records(plan: Plan, reviews: Sequence[KpiReview]) -> Table:
    """For machines."""
    rows = []
    for one in reviews:
        values = (exact_figure(plan, one.name, value) for value in (one.told.quota_to_date, one.told.actual))
        rows.append(Row((one.name, one.period, *values, *_judged(plan, one))))
    return Table("KPIs", "", (), _COLUMNS, tuple(rows))


def kpi_sentence(plan: Plan, one: KpiReview, year: PlanYear, came_in: CameIn) -> Sentence:
    """``Orders through May: 57,100 of 58,300 planned, 97.9 %``."""
    name, line = spoken(one.name), one.told
    when = f"through {through_text(year, came_in.through)}" if line.adds_up else f"in {line.period.label}"
    if line.adds_up and not one.is_whole:
        when += ", as far as known"
    assert line.actual is not None, "a review knows what came in"
    said = sentence(f"{name[0].upper()}{name[1:]} {when}: ", figure(plan, one.name, line.actual), " of ")
    said += sentence(figure(plan, one.name, line.quota_to_date), " planned")
    if line.attainment is not None:
        said += sentence(", ", share(line.attainment))
    return said + sentence("; lower is better") if one.side == "lower" else said
