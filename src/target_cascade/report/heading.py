"""What stands above every table of a plan: its title, and the few figures that all others hang on."""

from target_cascade.engine.cascade import Cascade
from target_cascade.plan import Plan
from target_cascade.report.table import Fact


def title(cascade: Cascade) -> str:
    """The plan's title, revision and currency, as they are printed on everything."""
    plan = cascade.plan
    revision = f"revision {plan.revision}" if plan.revision else ""
    return " · ".join(part for part in (name(plan), revision, plan.currency) if part)


def name(plan: Plan) -> str:
    """What a plan calls itself, or else its year."""
    return plan.title or f"Plan {plan.year.label}"


def facts(cascade: Cascade) -> tuple[Fact, ...]:
    """Target, buffer, planned total, and how much the core must grow."""
    plan = cascade.plan
    lines = [
        Fact("Target", plan.target, "amount", f"for {plan.year.span.replace('..', ' to ')}"),
        Fact("Buffer", plan.buffer, "share", "how much more than the target the months add up to"),
        Fact("Planned total", cascade.planned_total, "amount", "what the months add up to"),
    ]
    if cascade.year.base:
        remark = "how last year's sales must grow, before named causes"
        lines.append(Fact("Growth factor", cascade.growth, "ratio", remark))
    return tuple(lines)
