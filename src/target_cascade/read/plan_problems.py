"""What pydantic finds wrong with a plan → problems in the words and at the places of the file."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any

from pydantic import ValidationError

from target_cascade.day_rule import DayRule
from target_cascade.entry import Entry, EntryError
from target_cascade.errors import Located, Path, Problem, TargetCascadeError
from target_cascade.guardrails import Accept, Guardrails
from target_cascade.last_year import Base, Fill
from target_cascade.plan import (
    Adjustment,
    Limit,
    NewBusiness,
    Plan,
    Rounding,
    YearEnd,
)
from target_cascade.plan_year import RetailYear
from target_cascade.read.yaml_slips import explain_line
from target_cascade.read.yaml_tree import Node, locate, locate_key

_MODELS: Mapping[str, type[Entry]] = {
    "year": RetailYear,
    "rounding": Rounding,
    "base": Base,
    "base.fill": Fill,
    "days": DayRule,
    "new_business": NewBusiness,
    "adjust": Adjustment,
    "limits": Limit,
    "year_end": YearEnd,
    "guardrails": Guardrails,
    "guardrails.accept": Accept,
}
"""The models by their keys, and those inside them with a dot."""

_LATER = {
    "drivers": ("kpis.driver", "Driver"),
    "kpis": ("kpis.kpi", "Kpi"),
    "sources": ("kpis.kpi", "Source"),
    "teams": ("kpis.team", "Team"),
    "actions": ("kpis.team", "Action"),
    "contingency": ("kpis.team", "Contingency"),
    "cascade": ("people.tree", "Tree"),
    "cascade.members": ("people.tree", "Member"),
    "proposals": ("people.proposal", "Proposals"),
    "proposals.entries": ("people.proposal", "Proposal"),
    "decided": ("people.proposal", "Decision"),
}
"""The models, by module and name, that are imported only where a plan has their keys."""

_NAMED = ("drivers", "kpis", "sources", "teams")
"""Sections whose entries stand by their names."""

_INSIDE = ("members", "entries")
"""Keys that may be left out where a list stands for the mapping that holds it."""

_LIKE = {
    "year": "year: 2027",
    "target": "target: 4000万",
    "rounding": "{month: 1万, week: 1千, day: 1}",
    "base": "{months: [78万, 60万, …]}",
    "base.months": "[78万, 60万, …]",
    "base.shape": "[8, 7, …]",
    "base.fill": "{shape: [8, 7, …]}",
    "base.fill.shape": "[8, 7, …]",
    "base.fix": "{2026-07: 60万}",
    "days": "{name: weekend, weekdays: sat-sun, times: 0.8}",
    "new_business": "{name: JD store, expect: 300万}",
    "adjust": "{name: hired, months: 3-12, lift: 8%}",
    "limits": "{months: 1, min: 200万}",
    "year_end": "{max_share: 32%}",
    "drivers": "{order_value: 200}",
    "drivers[]": "{default: 200, 11-12: 220}",
    "kpis": "{orders: {formula: quota / order_value, unit: count, team: Operations}}",
    "kpis[]": "{formula: quota / order_value, unit: count, team: Operations}",
    "sources": "{visits: [{name: search ads, cost: 0.7, max: 80万}]}",
    "sources[][]": "{name: search ads, cost: 0.7, max: 80万}",
    "sources[]": "[{name: search ads, cost: 0.7, max: 80万}]",
    "teams": "{Promotion: {lead: Wang, budget: 15% of quota}}",
    "teams[]": "{lead: Wang, budget: 15% of quota}",
    "teams[].capacity_per_day": "{orders: 4000}",
    "actions": "{kpi: visits, do: a second campaign, who: Promotion}",
    "contingency": "{when: 2012-11 < 85%, do: extra sale, who: Operations}",
    "cascade": "{name: South, weight: 5}",
    "cascade.levels": "[region, team, rep]",
    "cascade.ramp": "[25%, 50%, 75%, 100%]",
    "cascade.over_assign": "{team: 5%}",
    "cascade.members[]": "{name: South, weight: 5}",
    "proposals": "{name: South/Li, period: 2012-03, amount: 30万}",
    "decided": "{name: South/Li, period: 2012-03, amount: 30万, because: agreed}",
    "actuals": "{2012-01: 203万, 2012-02: 190万}",
    "closed": "{through: 2012-01, months: {2012-01: {quota: 200万, actual: 203万}}, open: …, first: …}",
    "closed.months": "{quota: 200万, actual: 203万}",
    "closed.open": "{2012-02: 195万, 2012-03: 232万, …}",
    "closed.first": "{2012-01: 200万, 2012-02: 195万, …}",
    "guardrails": "{new_business_share: 30%}",
    "guardrails.accept": "[{rule: growth, because: the board has approved it}]",
    "guardrails.accept[]": "{rule: growth, because: the board has approved it}",
}
"""What a key, or one entry of its list, looks like."""


def plan_problems(error: ValidationError, tree: Node, loose: Collection[Path]) -> Iterator[Located]:
    """The problems of the file that `tree` was read from; `loose` are the keys without a value.

    What only follows from another problem is left out: what stands beside a loose key in an entry
    has been cut off by it, and a key is not missing where another one looks like its misspelling.
    """
    details = error.errors(include_url=False)
    spoiled = {path[:-1] for path in loose if len(path) > 1}
    meant = {*loose, *_meant(details)}
    no_keys = {one["loc"][:-1] for one in details if one["loc"][-1:] == ("[key]",)}
    for one in details:
        path: Path = one["loc"]
        follows = (one["type"] == "missing" and path in meant) or path in no_keys
        if not follows and not any(path[: len(start)] == start for start in spoiled):
            yield _problem(one, path, tree)


def shown(path: Path) -> str:
    """``adjust[2].lift``."""
    hidden = ("by_month", "entries", "always")  # what short forms stand for
    keys = [f"[{key}]" if isinstance(key, int) else f".{key}" for key in path if key not in hidden]
    return "".join(keys).removeprefix(".")


def told_at(tree: Node, problem: Problem) -> Located:
    """What a check of the whole plan has found, at its place; what is about a name, at the name."""
    path = problem.path
    is_name = (len(path) == 2 and path[0] in _NAMED) or path[-2:-1] == ("capacity_per_day",)
    mark = locate_key(tree, path) if is_name else locate(tree, path)
    return mark.problem(f"`{shown(path)}`: {problem.message}")


def _meant(details: Iterable[Any]) -> Iterator[Path]:
    for one in details:
        path: Path = one["loc"]
        if one["type"] == "extra_forbidden" and (near := _nearest(path)):
            yield (*path[:-1], near)


def _problem(details: Any, path: Path, tree: Node) -> Located:
    if path[-1:] == ("[key]",):
        path = path[:-1]
        return locate_key(tree, path).problem(_wrong_name(path, details["ctx"]["error"]))
    match details["type"]:
        case "extra_forbidden" if _is_of_an_entry(path):
            message = f"`{path[0]}` should be a list; put `- ` before each entry, as in `- {_like(path[:1])}`"
            return locate(tree, path[:1]).problem(message)
        case "extra_forbidden":
            return locate_key(tree, path).problem(_unknown_key(path))
        case "missing":
            message = f"`{path[-1]}` is missing in {_where(path[:-1])}; write it, as in `{_like(path)}`"
            return locate(tree, path[:-1]).problem(message)
        case "value_error":
            return _value_problem(path, details["ctx"]["error"], tree)
    mark = locate(tree, path)
    slip = explain_line(mark) if isinstance(details["input"], str) else None
    return slip or mark.problem(_wrong_type(details, path))


def _is_of_an_entry(path: Path) -> bool:
    """Whether a key of one entry stands where the list of all should be."""
    if len(path) != 2 or path[0] not in ("cascade", "proposals"):
        return False
    inside = "members" if path[0] == "cascade" else "entries"
    return path[1] in _model((path[0], inside, 0, "")).model_fields


def _wrong_name(path: Path, error: Exception) -> str:
    """Of a key that is no name, or no month; among exceptions by month stand misspelt keys as well."""
    if path[0] == "drivers" and len(path) > 2:
        at = (*path[:2], path[-1])
        if re.match(r"\d|[Qq]\d|[Pp]\d", str(path[-1])) is None:
            message = _unknown_key(at)
            return message if message.endswith("?") else f"{message}, and months such as `11-12`"
    return f"`{shown(path[:-1])}`: {error}"


def _wrong_type(details: Any, path: Path) -> str:
    match details["type"]:
        case "tuple_type" if len(path) == 1:
            return f"`{shown(path)}` should be a list; put `- ` before each entry, as in `- {_like(path)}`"
        case "tuple_type":
            return f"`{shown(path)}` should be a list, such as `{_like(path)}`"
        case "model_type" | "dict_type":
            return f"`{shown(path)}` should be keys and values, such as `{_like(path)}`"
    return f"`{shown(path)}`: {details['msg']}"


def _value_problem(path: Path, error: Exception, tree: Node) -> Located:
    at = (*path, error.key) if isinstance(error, EntryError) and error.key else path
    # These begin with the text that is wrong, the others with a verb.
    separator = ": " if isinstance(error, TargetCascadeError) or str(error).startswith("`") else " "
    mark = locate_key(tree, at) if at != path else locate(tree, at)
    unproposed = "; where nothing is proposed yet, leave `amount` out" if _is_unproposed(at) else ""
    return mark.problem(f"`{shown(at)}`{separator}{error}{unproposed}")


def _is_unproposed(path: Path) -> bool:
    return path[:1] == ("proposals",) and path[-1:] == ("amount",)


def _unknown_key(path: Path) -> str:
    near = _nearest(path)
    hint = f"did you mean `{near}`?" if near else f"known are {', '.join(_known(path))}"
    return f"unknown key `{path[-1]}` in {_where(path[:-1])}; {hint}"


def _nearest(path: Path) -> str | None:
    return next(iter(get_close_matches(str(path[-1]).lower(), _known(path), 1)), None)


def _known(path: Path) -> list[str]:
    """The keys that may stand beside the one that `path` ends in."""
    model = _model(path)
    hidden = {"by_month", "entries"}
    return [field.alias or name for name, field in model.model_fields.items() if name not in hidden]


def _model(path: Path) -> type[Entry]:
    """The model of what holds the key that `path` ends in."""
    above = ".".join(key for key in path[:-1] if isinstance(key, str))
    if not above:
        return Plan
    section = str(path[0])
    if section in _LATER:
        inside = next((key for key in _INSIDE if key in path), "")
        module, name = _LATER.get(f"{section}.{inside}", _LATER[section])
        model: type[Entry] = getattr(import_module(f"target_cascade.{module}"), name)
        return model
    return _MODELS.get(above) or _MODELS.get(section, Plan)


def _where(path: Path) -> str:
    return f"`{shown(path)}`" if path else "the plan"


def _like(path: Path) -> str:
    """What the value at `path` looks like, or else what the nearest above it does."""
    if path[0] == "cascade" and path[-1] == "members":
        return "[{name: Li, weight: 5}]"
    if path[0] in _NAMED and len(path) > 1:
        path = (path[0], 0, *path[2:])
    above = [shown(path[:length]) for length in range(len(path), 0, -1)]
    like = (_LIKE.get(re.sub(r"\[\d+\]", "[]", keys)) for keys in above)
    return next(filter(None, like), "")
