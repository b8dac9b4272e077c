"""What stands above every table of a plan: its title, and the few figures that all others hang on."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from target_cascade.engine.cascade import Cascade
from target_cascade.plan import Plan, base_name
from target_cascade.report.table import Fact, Page, Table

Result = TypeVar("Result", Table, Page)


def title(cascade: Cascade) -> str:
    """The title of the cascade's plan."""
    return plan_title(cascade.plan)


def plan_title(plan: Plan) -> str:
    """The plan's title, revision and currency, as they are printed on everything."""
    revision = f"revision {plan.revision}" if plan.revision else ""
    return " · ".join(part for part in (name(plan), revision, plan.currency) if part)


def name(plan: Plan) -> str:
    """What a plan calls itself, or else its year."""
    return plan.title or f"Plan {plan.year.label}"


def with_what_ifs(result: Result, settings: Sequence[str] | None) -> Result:
    """The result under a title that says which keys were set for this run, so that nobody takes it for
    the plan's own."""
    if not settings:
        return result
    what_ifs = f"with {', '.join(settings)}"
    return result._replace(title=f"{result.title} · {what_ifs}" if result.title else what_ifs)


def facts(cascade: Cascade) -> tuple[Fact, ...]:
    """Target, buffer, planned total, and how much the core must grow; of a plan with closed months what
    came in, and where the year lands if the other months bring their quotas."""
    plan = cascade.plan
    target = Fact("Target", plan.target, "amount", f"for {plan.year.span.replace('..', ' to ')}")
    if plan.closed is not None:
        return (target, *_facts_of_revision(cascade, plan.closed.through))
    lines = [
        target,
        Fact("Buffer", plan.buffer, "share", "how much more than the target the months add up to"),
        Fact("Planned total", cascade.planned_total, "amount", "what the months add up to"),
    ]
    if cascade.growth_of_base is not None:
        remark = f"how {base_name(plan)}'s sales must grow, before named causes"
        lines.append(Fact("Growth factor", cascade.growth, "ratio", remark))
    return tuple(lines)


def _facts_of_revision(cascade: Cascade, through: int) -> Iterator[Fact]:
    """The buffer and the growth factor are those of the plan before its months were closed."""
    last, closed = cascade.months[through].period.label, cascade.closed_months
    agreed = sum((month.amount for month in closed), Fraction(0))
    came_in = sum((month.actual for month in closed if month.actual is not None), Fraction(0))
    yield Fact("Planned total", cascade.planned_total, "amount", "what the quotas add up to now")
    yield Fact("Agreed", agreed, "amount", f"the quotas of the months closed through {last}")
    yield Fact("Came in", came_in, "amount", f"closed through {last}")
    yield Fact("Landing", cascade.landing, "amount", "what came in, and the quotas of the open months")
