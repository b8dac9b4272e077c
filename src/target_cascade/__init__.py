"""Target cascade: one annual number → what every month, week and day must bring, exactly.

    from target_cascade import load_plan, split

    cascade = split(load_plan("plan.yaml"))
    for month in cascade.months:
        print(month.period.label, month.amount)

Each name is imported when it is first used, so that a program pays for what it needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from target_cascade.engine.apportion import apportion
    from target_cascade.engine.bridge import bridge
    from target_cascade.engine.cascade import Cascade
    from target_cascade.engine.cascade import cascade as split
    from target_cascade.engine.check import check
    from target_cascade.engine.diff import diff
    from target_cascade.errors import TargetCascadeError
    from target_cascade.plan import Plan
    from target_cascade.read.plan_file import load_plan

__all__ = [
    "Cascade",
    "Plan",
    "TargetCascadeError",
    "apportion",
    "bridge",
    "check",
    "diff",
    "load_plan",
    "split",
]

_HOMES = {
    "Cascade": ("target_cascade.engine.cascade", "Cascade"),
    "Plan": ("target_cascade.plan", "Plan"),
    "TargetCascadeError": ("target_cascade.errors", "TargetCascadeError"),
    "apportion": ("target_cascade.engine.apportion", "apportion"),
    "bridge": ("target_cascade.engine.bridge", "bridge"),
    "check": ("target_cascade.engine.check", "check"),
    "diff": ("target_cascade.engine.diff", "diff"),
    "load_plan": ("target_cascade.read.plan_file", "load_plan"),
    "split": ("target_cascade.engine.cascade", "cascade"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
