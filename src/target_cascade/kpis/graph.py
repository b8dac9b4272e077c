"""Names that KPIs, sources, teams and actions use: whether they are known, and in which order KPIs are
computed."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from typing import Protocol

from target_cascade.errors import Path, Problem
from target_cascade.formula import Formula
from target_cascade.kpis.driver import Drivers
from target_cascade.kpis.kpi import ADDITIVE, Kpi, Kpis, Sources
from target_cascade.kpis.names import KNOWN
from target_cascade.kpis.team import Actions, Teams

_MOST_NAMED = 8
"""Names that a message lists, so that it can still be read."""


class Planned(Protocol):
    """What is looked at of a plan, which is made of these models and so stands above them."""

    @property
    def drivers(self) -> Drivers:
        """Drivers by name."""

    @property
    def kpis(self) -> Kpis:
        """KPIs by name."""

    @property
    def sources(self) -> Sources:
        """Sources by KPI."""

    @property
    def teams(self) -> Teams:
        """Teams by name."""

    @property
    def actions(self) -> Actions:
        """What people do."""


def problems(plan: Planned) -> Iterator[Problem]:
    """What is wrong with the names of a plan: one used twice, unknown ones, circles, and KPIs that are
    named where one that adds up over days has to be."""
    yield from _named_twice(plan)
    yield from _formula_problems(plan)
    yield from _circles(plan.kpis)
    yield from _source_problems(plan)
    for name, kpi in plan.kpis.items():
        if kpi.of is not None:
            yield from _not_additive(kpi.of, plan.kpis, ("kpis", name, "of"))
    for name, team in plan.teams.items():
        for limited in team.capacity_per_day:
            yield from _not_additive(limited, plan.kpis, ("teams", name, "capacity_per_day", limited))
    for index, action in enumerate(plan.actions):
        if action.kpi is not None and action.kpi not in plan.kpis and action.kpi not in plan.drivers:
            message = f"`{action.kpi}` is no KPI and no driver; {_hint(action.kpi, _names(plan))}"
            yield Problem(message, ("actions", index, "kpi"))


def order(plan: Planned) -> tuple[str, ...]:
    """The KPIs, each after those that its formula names, and else in file order.

    The names have no `problems`; no chain of KPIs is too long.
    """
    ordered: dict[str, None] = {}
    for name in plan.kpis:
        waiting = [name]
        while waiting:
            first = [below for below in reversed(needs(plan.kpis, waiting[-1])) if below not in ordered]
            if first:
                waiting += first
            else:
                ordered[waiting.pop()] = None
    return tuple(ordered)


def needs(kpis: Kpis, name: str) -> list[str]:
    """The KPIs that the formula of a KPI names, in the order of first use."""
    formula = kpis[name].formula
    return [other for other in formula.names if other in kpis] if formula else []


def formulas(plan: Planned) -> Iterator[tuple[Path, Formula]]:
    """Every formula of a plan with its place, in file order."""
    for name, kpi in plan.kpis.items():
        if kpi.formula is not None:
            yield ("kpis", name, "formula"), kpi.formula
        if kpi.max is not None:
            yield ("kpis", name, "max"), kpi.max
    for name, sources in plan.sources.items():
        for index, source in enumerate(sources):
            yield ("sources", name, index, "cost"), source.cost
            if source.max is not None:
                yield ("sources", name, index, "max"), source.max
    for name, team in plan.teams.items():
        if team.budget is not None:
            yield ("teams", name, "budget"), team.budget


def _named_twice(plan: Planned) -> Iterator[Problem]:
    for name in plan.kpis:
        if name in plan.drivers:
            message = f"`{name}` is a driver as well, so a formula could mean either; rename one of them"
            yield Problem(message, ("kpis", name))


def _formula_problems(plan: Planned) -> Iterator[Problem]:
    known = (*_names(plan), *KNOWN)
    for path, formula in formulas(plan):
        for name in formula.names:
            if name not in known:
                message = f"`{formula.text}` uses `{name}`, which is no driver and no KPI"
                yield Problem(f"{message}; {_hint(name, known)}", path)
            elif name in plan.kpis and plan.kpis[name].between is not None:
                message = f"`{formula.text}` uses `{name}`, which lies in a range and so is no one number"
                yield Problem(f"{message}; make a driver of the number that is meant", path)


def _circles(kpis: Kpis) -> Iterator[Problem]:
    """Each circle once; of those that share a KPI one, as mending it may mend the others."""
    graph = {name: needs(kpis, name) for name in kpis}
    while circle := _circle(graph):
        yield _circle_problem(circle, list(kpis))
        gone = set(circle)
        graph = {
            name: [n for n in below if n not in gone] for name, below in graph.items() if name not in gone
        }


def _circle(graph: dict[str, list[str]]) -> list[str]:
    """The KPIs of a circle, each of which needs the one after it; none where there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found[:0:-1]
    return []


def _circle_problem(circle: list[str], names: list[str]) -> Problem:
    """Tells the circle from the KPI on that stands first in the file."""
    first = circle.index(min(circle, key=names.index))
    told = [f"`{name}`" for name in (*circle[first:], *circle[: first + 1])]
    path = ("kpis", circle[first], "formula")
    if len(circle) == 1:
        return Problem(f"{told[0]} needs itself; its formula has to begin from other names", path)
    if len(told) > _MOST_NAMED:
        told = [*told[: _MOST_NAMED - 2], "…", told[-1]]
    chain = ", which needs ".join(told[1:])
    return Problem(f"{told[0]} needs {chain}; one of them has to be computed without the others", path)


def _source_problems(plan: Planned) -> Iterator[Problem]:
    for name, sources in plan.sources.items():
        yield from _not_additive(name, plan.kpis, ("sources", name))
        for index, source in enumerate(sources):
            if any(source.name == before.name for before in sources[:index]):
                message = f"`{source.name}` is a source of `{name}` already; give each a name of its own"
                yield Problem(message, ("sources", name, index, "name"))


def _not_additive(name: str, kpis: Kpis, path: Path) -> Iterator[Problem]:
    """The problem of a name that has to be a KPI that adds up over days, and is none."""
    kpi = kpis.get(name)
    if kpi is None:
        additive = [other for other, one in kpis.items() if one.is_additive]
        yield Problem(f"`{name}` is no KPI; {_hint(name, additive)}", path)
    elif not kpi.is_additive:
        yield Problem(f"`{name}` {_what_it_is(kpi)}, and does not add up over days; {_mend(kpi)}", path)


def _what_it_is(kpi: Kpi) -> str:
    if kpi.formula is None:
        return "is a bound that always holds"
    return f"is in `{kpi.unit}`" if kpi.unit else "is a ratio"


def _mend(kpi: Kpi) -> str:
    return f"name a KPI with `unit: {' or '.join(ADDITIVE)}`" + (
        ", or give it this unit" if kpi.formula is not None else ""
    )


def _names(plan: Planned) -> tuple[str, ...]:
    return (*plan.drivers, *plan.kpis)


def _hint(name: str, known: Collection[str]) -> str:
    """What `name` may have been meant to be, or else what there is."""
    near = _nearest(name, known)
    if near is not None:
        return f"did you mean `{near}`?"
    if not known:
        return "there is none that could be named here"
    listed = ", ".join(f"`{one}`" for one in list(known)[:_MOST_NAMED])
    return f"known are {listed}" + (", …" if len(known) > _MOST_NAMED else "")


def _nearest(name: str, known: Iterable[str]) -> str | None:
    by_small_letters = {one.lower(): one for one in known}
    near = get_close_matches(name.lower(), by_small_letters, 1)
    return by_small_letters[near[0]] if near else None
