"""Formulas by month: what each knows, its exact value, and the months in which it has none."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from target_cascade.calendar import PlanYear
from target_cascade.engine.cascade import Cascade
from target_cascade.errors import FormulaError, Path, Problem
from target_cascade.formula import Formula
from target_cascade.kpis.kpi import Kpi
from target_cascade.plan import Plan

Values = Mapping[str, tuple[Fraction | None, ...]]
"""By name, the exact values in the months in plan order; None where there is no one number."""
Known = Sequence[Mapping[str, Fraction]]
"""By month, the names that formulas know and their exact values."""


class Failure(NamedTuple):
    """A formula that has no value in a month, and why; `subject` is what messages call it."""

    path: Path
    subject: str
    month: int
    reason: str


class Evaluated(NamedTuple):
    """Drivers and KPIs by month, and the formulas that failed. What needs a failed one is None as well,
    without a failure of its own."""

    values: dict[str, tuple[Fraction | None, ...]]
    failures: list[Failure]


def period_values(cascade: Cascade) -> list[dict[str, Fraction]]:
    """What every formula knows in each month: its quota, the year's target, days, and W of them."""
    return [
        {
            "quota": month.amount,
            "target": cascade.plan.target,
            "days": Fraction(month.period.days),
            "effective_days": cascade.demand.effective_days(cascade.demand.months[month.position]),
        }
        for month in cascade.months
    ]


def driver_values(plan: Plan) -> dict[str, tuple[Fraction, ...]]:
    """The drivers' values by month, in file order."""
    return {name: driver.values for name, driver in plan.drivers.items()}


def evaluated(cascade: Cascade, order: Sequence[str], drivers: Mapping[str, Sequence[Fraction]]) -> Evaluated:
    """All drivers and KPIs at some values of the drivers; `order` has each KPI after what it needs."""
    failures: list[Failure] = []
    known = period_values(cascade)
    values: dict[str, tuple[Fraction | None, ...]] = {
        name: tuple(by_month) for name, by_month in drivers.items()
    }
    _tell(known, values)
    for name in order:
        values[name] = _kpi(name, cascade.plan.kpis[name], known, failures)
        _tell(known, {name: values[name]})
    return Evaluated(values, failures)


def changed(
    cascade: Cascade, order: Sequence[str], before: Values, drivers: Mapping[str, Sequence[Fraction]]
) -> Evaluated:
    """As `evaluated`, where only some `drivers` have other values than `before`: what needs none of them
    is taken from there."""
    failures: list[Failure] = []
    values: dict[str, tuple[Fraction | None, ...]] = dict(before) | {n: tuple(v) for n, v in drivers.items()}
    moved = set(drivers)
    known = known_of(cascade, values)
    for name in order:
        formula = cascade.plan.kpis[name].formula
        if formula is not None and not moved.isdisjoint(formula.names):
            moved.add(name)
            for month in known:
                month.pop(name, None)
            values[name] = _kpi(name, cascade.plan.kpis[name], known, failures)
            _tell(known, {name: values[name]})
    return Evaluated(values, failures)


def known_of(cascade: Cascade, values: Values) -> list[dict[str, Fraction]]:
    """What formulas know in each month, where drivers and KPIs have these values."""
    known = period_values(cascade)
    _tell(known, values)
    return known


def by_month(
    formula: Formula, known: Known, failures: list[Failure], path: Path, subject: str
) -> tuple[Fraction | None, ...]:
    """The exact value of a formula in each month; where it has none, `failures` gets the reason, unless a
    name that it needs has failed before."""
    found: list[Fraction | None] = []
    for month, names in enumerate(known):
        value = None
        if all(name in names for name in formula.names):
            try:
                value = formula.value(names)
            except FormulaError as error:
                failures.append(Failure(path, subject, month, str(error)))
        found.append(value)
    return tuple(found)


def failure_problems(failures: Iterable[Failure], year: PlanYear) -> Iterator[Problem]:
    """One problem for each formula and reason, with all of its months."""
    months: dict[tuple[Path, str, str], list[int]] = {}
    for path, subject, month, reason in failures:
        months.setdefault((path, subject, reason), []).append(month)
    for (path, subject, reason), positions in months.items():
        yield Problem(f"{subject} has no value in {named_months(positions, year)}: {reason}", path)


def named_months(positions: Collection[int], year: PlanYear) -> str:
    """``2012-03 to 2012-05, 2012-09``; positions are in order."""
    if len(positions) == len(year.months):
        return "every month"
    runs = groupby(enumerate(positions), key=lambda one: one[1] - one[0])
    spans = [[position for _, position in run] for _, run in runs]
    return ", ".join(
        " to ".join(dict.fromkeys((year.months[span[0]].label, year.months[span[-1]].label)))
        for span in spans
    )


def _kpi(name: str, kpi: Kpi, known: Known, failures: list[Failure]) -> tuple[Fraction | None, ...]:
    """A KPI's value by month: by its formula, its one bound, or none in a range."""
    if kpi.formula is not None:
        return by_month(kpi.formula, known, failures, ("kpis", name, "formula"), f"`{name}`")
    bound = kpi.at_least or kpi.at_most
    return (bound.value if bound else None,) * len(known)


def _tell(known: Sequence[dict[str, Fraction]], values: Values) -> None:
    for name, months in values.items():
        for names, value in zip(known, months, strict=True):
            if value is not None:
                names[name] = value
