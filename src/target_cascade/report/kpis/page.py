"""KPIs → the page of `plan kpi`, and the table of their numbers by period."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.calendar import Period
from target_cascade.engine.kpis.numbers import KpiNumbers, spending_of
from target_cascade.report.heading import title
from target_cascade.report.kpis.tree import (
    drivers_table,
    sources_table,
    spenders,
    teams_table,
    tree_table,
    year_cell,
)
from target_cascade.report.kpis.words import exact_figure, figure, kind_of, spoken, team_names, unit_of
from target_cascade.report.spans import KpiBy, noun, year_text
from target_cascade.report.table import Block, Cell, Column, Note, Notes, Page, Row, Table
from target_cascade.sentence import Figure, Sentence, amount, joined, listed, sentence, share

_PERIODS = {
    "month": (Column("month", "Month", "text"),),
    "week": (Column("month", "Month", "text"), Column("week", "Week", "text")),
    "day": (
        Column("date", "Day", "date"),
        Column("month", "Month", "text"),
        Column("week", "Week", "text"),
    ),
}
_RECORD = (
    Column("kpi", "KPI", "text"),
    Column("value", "Value", "number"),
    Column("unit", "Unit", "text"),
    Column("team", "Team", "text"),
    Column("kind", "Kind", "text"),
    Column("upper", "Upper", "number"),
)
_MOST_IN_ANSWER = 2
"""Counts that the answer names."""
_ZERO = Fraction(0)

Values = tuple[Fraction | None, ...]


class _Chosen(NamedTuple):
    """What a page is about: all KPIs and drivers, or those of a team."""

    numbers: KpiNumbers
    team: str | None
    kpis: tuple[str, ...]
    drivers: tuple[str, ...]


def kpi_page(numbers: KpiNumbers, by: KpiBy, team: str | None = None) -> Page:
    """The tree of KPIs, what is assumed, who spends what, and the numbers by period; with `team` only
    what it owns. The records are the KPIs of each period."""
    chosen = _chosen(numbers, team)
    blocks: list[Block] = []
    if chosen.kpis:
        blocks.append(tree_table(numbers, chosen.kpis))
    if chosen.drivers:
        blocks.append(drivers_table(numbers, chosen.drivers))
    teams = (team,) if team is not None else team_names(numbers.cascade.plan)
    if any(_has_money(numbers, one) for one in teams):
        blocks.append(teams_table(numbers, teams))
    if sources := [name for name in numbers.cascade.plan.sources if name in chosen.kpis]:
        blocks.append(sources_table(numbers, sources))
    if _by_formula(chosen):
        blocks.append(_periods_table(chosen, by))
    if notes := tuple(_notes(chosen)):
        blocks.append(Notes("", notes))
    records = kpi_table(numbers, by, chosen.kpis)
    return Page(_answer(chosen), title(numbers.cascade), tuple(blocks), (records,))


def kpi_table(numbers: KpiNumbers, by: KpiBy, names: Sequence[str]) -> Table:
    """Some KPIs in each period, in file order within it."""
    plan = numbers.cascade.plan
    kinds = {name: _kind_cells(numbers, name) for name in names}
    owners = {name: (unit_of(plan.kpis[name]), plan.kpis[name].team or "") for name in names}
    values = {name: _by_period(numbers, name, by) for name in names}
    rows = (
        Row(
            (*labels, name, _value_cell(numbers, name, values[name][at]), *owners[name], *kinds[name]),
        )
        for at, labels in enumerate(_labels(numbers, by))
        for name in names
    )
    return Table("KPIs", title(numbers.cascade), (), (*_PERIODS[by], *_RECORD), tuple(rows))


def _chosen(numbers: KpiNumbers, team: str | None) -> _Chosen:
    plan = numbers.cascade.plan
    kpis = (name for name, kpi in plan.kpis.items() if team is None or kpi.team == team)
    drivers = (name for name, driver in plan.drivers.items() if team is None or driver.team == team)
    return _Chosen(numbers, team, tuple(kpis), tuple(drivers))


def _has_money(numbers: KpiNumbers, team: str) -> bool:
    plan = numbers.cascade.plan
    has_budget = team in plan.teams and plan.teams[team].budget is not None
    return has_budget or team in spenders(numbers)


def _by_formula(chosen: _Chosen) -> list[str]:
    kpis = chosen.numbers.cascade.plan.kpis
    return [name for name in chosen.kpis if kpis[name].formula is not None]


def _labels(numbers: KpiNumbers, by: KpiBy) -> Iterator[tuple[Cell, ...]]:
    """The cells that name each period, in order."""
    for month in numbers.cascade.months:
        label = month.period.label
        if by == "month":
            yield (label,)
            continue
        for week in month.parts:
            if by == "week":
                yield label, week.period.label
            else:
                yield from ((day, label, week.period.label) for day in week.period.dates())


def _by_period(numbers: KpiNumbers, name: str, by: KpiBy) -> Values:
    """A KPI's values, one a period."""
    if by == "month":
        return numbers.months(name)
    if by == "week":
        return tuple(value for month in numbers.weeks(name) for value in month)
    return tuple(value for month in numbers.days(name) for week in month for value in week)


def _value_cell(numbers: KpiNumbers, name: str, value: Fraction | None) -> Cell:
    plan = numbers.cascade.plan
    low = plan.kpis[name].between
    return exact_figure(plan, name, value if low is None else low.low.value)


def _kind_cells(numbers: KpiNumbers, name: str) -> tuple[Cell, Cell]:
    """Which of its forms a KPI has, and the upper end of a range."""
    plan = numbers.cascade.plan
    kpi = plan.kpis[name]
    if kpi.between is not None:
        return "between", exact_figure(plan, name, kpi.between.high.value)
    if kpi.formula is not None:
        return "formula", None
    return "at_least" if kpi.at_least is not None else "at_most", None


def _periods_table(chosen: _Chosen, by: KpiBy) -> Table:
    """For people: a column a KPI, and months that head their weeks or days. What has no formula is the
    same in each period and has no column."""
    numbers, plan = chosen.numbers, chosen.numbers.cascade.plan
    names = _by_formula(chosen)
    word = noun(by, plan.year)
    columns = (
        Column("period", word.capitalize(), "date" if by == "day" else "text", vital=True),
        *(Column(name, spoken(name), kind_of(plan, name), vital=True) for name in names),
    )
    years = [exact_figure(plan, name, numbers.year(name)) or sentence() for name in names]
    rows = (*_period_rows(chosen, names, by), Row(("Total", *years), "total"))
    return Table(f"{word.capitalize()}s", "", (), columns, rows, cut=True)


def _period_rows(chosen: _Chosen, names: Sequence[str], by: KpiBy) -> Iterator[Row]:
    numbers, plan = chosen.numbers, chosen.numbers.cascade.plan
    months = {name: numbers.months(name) for name in names}
    finer = {name: iter(_by_period(numbers, name, by)) for name in names}
    for month in numbers.cascade.months:
        cells = (exact_figure(plan, name, months[name][month.position]) for name in names)
        yield Row((month.period.label, *cells), "row" if by == "month" else "group")
        for period in _finer([week.period for week in month.parts], by):
            label: Cell = period.start if by == "day" else period.label
            yield Row((label, *(exact_figure(plan, name, next(finer[name])) for name in names)))


def _finer(weeks: Sequence[Period], by: KpiBy) -> list[Period]:
    """The part weeks of a month, or their days; none where months are shown."""
    if by == "day":
        return [Period(str(day), day, day) for week in weeks for day in week.dates()]
    return list(weeks) if by == "week" else []


def _answer(chosen: _Chosen) -> Sentence:
    """What the year takes: its first counts, and who spends most."""
    numbers, plan = chosen.numbers, chosen.numbers.cascade.plan
    year = year_text(plan.year)
    counts = [name for name in chosen.kpis if plan.kpis[name].unit == "count"][:_MOST_IN_ANSWER]
    wanted = [
        sentence(figure(plan, name, numbers.year(name) or _ZERO), f" {spoken(name)}") for name in counts
    ]
    spending = _spending(chosen)
    if not wanted and spending is None:
        wanted = [sentence(f"{spoken(name)} ") + _rule(numbers, name) for name in chosen.kpis]
        wanted = wanted[: 2 * _MOST_IN_ANSWER]
    who = f"{chosen.team} in {year}: " if chosen.team is not None else f"{year} takes "
    if not wanted and spending is None:
        return sentence(f"{chosen.team} owns drivers and no KPI")
    said = sentence(who) + (listed(wanted) if counts else joined(wanted)) if wanted else sentence(f"{year}: ")
    if spending is None:
        return said
    return (said + sentence("; ") if wanted else said) + spending


def _rule(numbers: KpiNumbers, name: str) -> Sentence:
    """What has to hold for a KPI that is no count."""
    cell = year_cell(numbers, name)
    return sentence(cell) if isinstance(cell, Figure) else cell


def _spending(chosen: _Chosen) -> Sentence | None:
    """What the teams spend that spend most; None where nobody does."""
    numbers, total = chosen.numbers, chosen.numbers.cascade.planned_total
    teams = [team for team in spenders(numbers) if chosen.team in (None, team)]
    sums = {team: sum(spending_of(numbers, team), _ZERO) for team in teams}
    most = sorted((team for team in teams if sums[team]), key=lambda team: -sums[team])[:_MOST_IN_ANSWER]
    names = {team: "it" if chosen.team is not None and chosen.kpis else team for team in most}
    said = [
        sentence(f"{names[team]} spends ", amount(sums[team]), ", ", share(sums[team] / total))
        for team in most
    ]
    return listed(said) + sentence(" of the quotas") if said else None


def _notes(chosen: _Chosen) -> Iterator[Note]:
    """What nobody owns."""
    plan = chosen.numbers.cascade.plan
    nobody = [sentence(spoken(name)) for name in chosen.kpis if not plan.kpis[name].team]
    if nobody:
        verb = "has" if len(nobody) == 1 else "have"
        said = sentence(f" {verb} no owner; write `team:`, so that somebody does it")
        yield Note(listed(nobody) + said)
