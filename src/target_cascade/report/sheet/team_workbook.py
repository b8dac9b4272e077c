"""Teams → sheets of the workbook of a plan: all KPIs by month, and those of each team by part week."""

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from target_cascade.engine.cascade import Cascade
from target_cascade.engine.kpis.numbers import KpiNumbers, budget_of, kpi_numbers, spending_of
from target_cascade.report.heading import facts, title
from target_cascade.report.kpis.tree import spenders, year_of
from target_cascade.report.kpis.words import (
    between,
    bound,
    exact_figure,
    figure,
    kind_of,
    spoken,
    team_names,
    unit_word,
)
from target_cascade.report.sheet.team_lines import action_span, actions_of, contingency_notes
from target_cascade.report.sheet_names import sheet_name
from target_cascade.report.spans import noun, year_text
from target_cascade.report.table import Cell, Column, Fact, Row, Table
from target_cascade.sentence import sentence

_ZERO = Fraction(0)


def kpi_sheets(cascade: Cascade, taken: Collection[str]) -> tuple[Table, ...]:
    """The sheet of all KPIs by month, and a sheet for each team, under names that are not `taken`.

    Raises `InfeasibleError` where a KPI has no value.
    """
    numbers = kpi_numbers(cascade)
    has_numbers = bool(cascade.plan.kpis or cascade.plan.drivers)
    sheets = [_kpis(numbers, sheet_name("KPIs", taken))] if has_numbers else []
    for team in team_names(cascade.plan):
        name = sheet_name(team, [*taken, *(one.name for one in sheets)])
        sheets.append(_team(numbers, team, name))
    return tuple(sheets)


def _kpis(numbers: KpiNumbers, name: str) -> Table:
    """A row a KPI and driver, a column a month; years of what adds up are sums."""
    plan = numbers.cascade.plan
    labels = tuple(month.period.label for month in numbers.cascade.months)
    columns = (
        Column("kpi", "KPI", "text"),
        Column("team", "Owner", "text"),
        Column("unit", "Unit", "text"),
        Column("formula", "Computed from", "text"),
        *(Column(label, label, "number") for label in labels),
        Column("year", year_text(plan.year), "number", sum_of=labels),
    )
    rows = (*_kpi_rows(numbers), *_driver_rows(numbers))
    return Table(name, title(numbers.cascade), facts(numbers.cascade), columns, rows)


def _kpi_rows(numbers: KpiNumbers) -> Iterator[Row]:
    plan = numbers.cascade.plan
    for name, kpi in plan.kpis.items():
        how: Cell = kpi.formula.text if kpi.formula is not None else bound(plan, name)
        months = numbers.months(name)
        cells = (exact_figure(plan, name, month if kpi.formula is not None else None) for month in months)
        year = exact_figure(plan, name, numbers.year(name))
        yield Row((spoken(name), kpi.team or "", unit_word(plan, kpi), how, *cells, year))


def _driver_rows(numbers: KpiNumbers) -> Iterator[Row]:
    plan = numbers.cascade.plan
    for name, driver in plan.drivers.items():
        cells = (exact_figure(plan, name, value) for value in numbers.months(name))
        yield Row((spoken(name), driver.team or "", driver.unit or "", "assumed", *cells, None))


def _team(numbers: KpiNumbers, team: str, name: str) -> Table:
    """A team's KPIs by part week, with the sums of months; what it leads and does stands above."""
    cascade, plan = numbers.cascade, numbers.cascade.plan
    names = [one for one, kpi in plan.kpis.items() if kpi.team == team and kpi.formula is not None]
    columns = (
        Column("week", "Week", "text"),
        Column("start", "From", "date"),
        Column("end", "To", "date"),
        Column("quota", "Quota", "amount"),
        *(Column(one, spoken(one), kind_of(plan, one)) for one in names),
    )
    rows = (*_team_rows(numbers, names), _sums(numbers, names))
    heading = f"{team} · {title(cascade)}"
    return Table(name, heading, tuple(_team_facts(numbers, team)), columns, rows, subtotals=True)


def _team_rows(numbers: KpiNumbers, names: Sequence[str]) -> Iterator[Row]:
    months = {name: numbers.months(name) for name in names}
    weeks = {name: numbers.weeks(name) for name in names}
    for month in numbers.cascade.months:
        at, period = month.position, month.period
        cells = (_cell(numbers, name, months[name][at]) for name in names)
        yield Row((period.label, period.start, period.end, month.amount, *cells), "group")
        for place, week in enumerate(month.parts):
            cells = (_cell(numbers, name, weeks[name][at][place]) for name in names)
            yield Row((week.period.label, week.period.start, week.period.end, week.amount, *cells))


def _sums(numbers: KpiNumbers, names: Sequence[str]) -> Row:
    year = numbers.cascade.year.period
    cells = (_cell(numbers, name, numbers.year(name)) for name in names)
    return Row(("Total", year.start, year.end, numbers.cascade.planned_total, *cells), "total")


def _cell(numbers: KpiNumbers, name: str, value: Fraction | None) -> Cell:
    shown = exact_figure(numbers.cascade.plan, name, value)
    return None if shown is None else shown.value


def _team_facts(numbers: KpiNumbers, team: str) -> Iterator[Fact]:
    """Who leads, what may be spent, what has to hold, what is done, and what if it goes wrong."""
    cascade, plan = numbers.cascade, numbers.cascade.plan
    entry = plan.teams.get(team)
    if entry is not None and entry.lead:
        yield Fact("Lead", entry.lead, "text")
    budget = year_of(budget_of(numbers, team))
    if budget is not None:
        yield Fact("Budget", budget, "amount", f"of the whole {noun('year', plan.year)}")
    if team in spenders(numbers):
        yield Fact("Spends", sum(spending_of(numbers, team), _ZERO), "amount", "as planned")
    for name, most in entry.capacity_per_day.items() if entry is not None else ():
        yield Fact("A day takes", sentence(figure(plan, name, most), f" {spoken(name)}"), "text")
    for name, kpi in plan.kpis.items():
        if kpi.team == team and kpi.formula is None:
            of = f" of {spoken(kpi.of)}" if kpi.of is not None else ""
            yield Fact("Has to hold", sentence(f"{spoken(name)} ") + bound(plan, name) + sentence(of), "text")
    for name, driver in plan.drivers.items():
        if driver.team == team:
            low, high = (figure(plan, name, end(driver.values)) for end in (min, max))
            yield Fact("Assumed", sentence(f"{spoken(name)} ") + between(low, high), "text")
    for action in actions_of(plan, team):
        details = [f"for {spoken(action.kpi)}" if action.kpi else "", action_span(action, plan.year)]
        told = ", ".join(part for part in details if part)
        yield Fact("To do", sentence(f"{action.do} ({told})" if told else action.do), "text")
    for note in contingency_notes(cascade, team, None):
        yield Fact("If it goes wrong", note.head, "text")
