"""What stands above every table of a plan: its title, and the few figures that all others hang on."""

from collections.abc import Sequence
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
    """Target, buffer, planned total, and how much the core must grow."""
    plan = cascade.plan
    lines = [
        Fact("Target", plan.target, "amount", f"for {plan.year.span.replace('..', ' to ')}"),
        Fact("Buffer", plan.buffer, "share", "how much more than the target the months add up to"),
        Fact("Planned total", cascade.planned_total, "amount", "what the months add up to"),
    ]
    if cascade.growth_of_base is not None:
        remark = f"how {base_name(plan)}'s sales must grow, before named causes"
        lines.append(Fact("Growth factor", cascade.growth, "ratio", remark))
    return tuple(lines)
