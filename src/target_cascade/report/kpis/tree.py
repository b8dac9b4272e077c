"""KPIs → the tables that say what is computed from what, who owns it, and where it comes from."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from target_cascade.engine.kpis.numbers import KpiNumbers, better, budget_of, spending_of
from target_cascade.engine.kpis.spending import money_kpis
from target_cascade.report.kpis.words import between, bound, figure, spoken, unit_word
from target_cascade.report.spans import year_text
from target_cascade.report.table import Cell, Column, Row, Table
from target_cascade.sentence import Figure, Sentence, sentence, share

_INDENT = "  "
_ZERO = Fraction(0)


def tree_table(numbers: KpiNumbers, names: Sequence[str]) -> Table:
    """Some KPIs, each indented below the one that it is computed from, with its year."""
    columns = (
        Column("kpi", "KPI", "text", vital=True),
        Column("year", year_text(numbers.cascade.plan.year), "amount", vital=True),
        Column("unit", "Unit", "text"),
        Column("team", "Owner", "text", vital=True),
        Column("formula", "Formula", "text", shortened=True),
    )
    return Table("KPIs", "", (), columns, tuple(_tree_rows(numbers, names)))


def year_cell(numbers: KpiNumbers, name: str) -> Figure | Sentence:
    """What a KPI's year adds up to; of a ratio the lowest and the highest of its months, or its bound."""
    plan = numbers.cascade.plan
    if plan.kpis[name].formula is None:
        return bound(plan, name)
    year = numbers.year(name)
    if year is not None:
        return figure(plan, name, year)
    return _range(numbers, name)


def drivers_table(numbers: KpiNumbers, names: Sequence[str]) -> Table:
    """Some drivers: what is assumed, and the best that was ever reached."""
    plan = numbers.cascade.plan
    columns = (
        Column("driver", "Driver", "text", vital=True),
        Column("value", "Value", "amount", vital=True),
        Column("unit", "Unit", "text"),
        Column("team", "Owner", "text"),
        Column("best", "Best", "amount"),
        Column("better", "Better", "text"),
    )
    units = {name: plan.drivers[name].unit or "" for name in names}
    rows = (
        Row(
            (
                spoken(name),
                _range(numbers, name),
                (plan.currency or "money") if units[name] == "money" else units[name],
                plan.drivers[name].team or "",
                _best(numbers, name),
                better(numbers, name),
            )
        )
        for name in names
    )
    return Table("Drivers", "", (), columns, tuple(rows))


def teams_table(numbers: KpiNumbers, teams: Sequence[str]) -> Table:
    """Who leads, what may be spent, and what the KPIs in money come to."""
    plan, total = numbers.cascade.plan, numbers.cascade.planned_total
    columns = (
        Column("team", "Team", "text", vital=True),
        Column("lead", "Lead", "text"),
        Column("budget", "Budget", "amount"),
        Column("spends", "Spends", "amount", vital=True),
        Column("share", "of the quotas", "share"),
    )
    rows: list[Row] = []
    for team in teams:
        lead = plan.teams[team].lead if team in plan.teams else None
        spends = sum(spending_of(numbers, team), _ZERO)
        has_money = team in spenders(numbers)
        rows.append(
            Row(
                (
                    team,
                    lead,
                    year_of(budget_of(numbers, team)),
                    spends if has_money else None,
                    spends / total if has_money else None,
                )
            )
        )
    return Table("Teams", "", (), columns, tuple(rows))


def sources_table(numbers: KpiNumbers, names: Sequence[str]) -> Table:
    """Where some KPIs come from in the year, and what of them nobody brings yet."""
    columns = (
        Column("source", "Source", "text", vital=True),
        Column("amount", "Brings", "amount", vital=True),
        Column("cost", "Costs", "amount"),
        Column("share", "Share", "share"),
    )
    return Table("Sources", "", (), columns, tuple(_source_rows(numbers, names)))


def spenders(numbers: KpiNumbers) -> tuple[str, ...]:
    """Teams with a KPI in money that may be spent."""
    plan = numbers.cascade.plan
    return tuple(dict.fromkeys(team for name in money_kpis(plan) if (team := plan.kpis[name].team)))


def year_of(months: Sequence[Fraction | None]) -> Fraction | None:
    """The sum of months; None where one is not known."""
    known = [month for month in months if month is not None]
    return sum(known, _ZERO) if len(known) == len(months) and known else None


def _tree_rows(numbers: KpiNumbers, names: Sequence[str]) -> Iterator[Row]:
    plan = numbers.cascade.plan
    for name, depth in _in_tree_order(numbers, names):
        kpi = plan.kpis[name]
        formula = "" if kpi.formula is None else kpi.formula.text
        unit = unit_word(plan, kpi) if kpi.formula is not None else ""
        yield Row((_INDENT * depth + spoken(name), year_cell(numbers, name), unit, kpi.team or "–", formula))


def _in_tree_order(numbers: KpiNumbers, names: Sequence[str]) -> list[tuple[str, int]]:
    """Each KPI with its depth below others that are shown, in file order below each. It keeps a list of
    its own of what is left, so that no chain of formulas is too long for it."""
    shown = set(names)
    below: dict[str | None, list[str]] = {}
    for name in names:
        above = numbers.parent(name)
        while above is not None and above not in shown:
            above = numbers.parent(above)
        below.setdefault(above, []).append(name)
    ordered: list[tuple[str, int]] = []
    left = [(name, 0) for name in reversed(below.get(None, []))]
    while left:
        name, depth = left.pop()
        ordered.append((name, depth))
        left += [(member, depth + 1) for member in reversed(below.get(name, []))]
    return ordered


def _range(numbers: KpiNumbers, name: str) -> Sentence:
    values = [value for value in numbers.months(name) if value is not None]
    plan = numbers.cascade.plan
    return between(figure(plan, name, min(values)), figure(plan, name, max(values)))


def _best(numbers: KpiNumbers, name: str) -> Cell:
    best = numbers.cascade.plan.drivers[name].best
    return sentence() if best is None else figure(numbers.cascade.plan, name, best.value)


def _source_rows(numbers: KpiNumbers, names: Sequence[str]) -> Iterator[Row]:
    plan = numbers.cascade.plan
    for name in names:
        months = numbers.sources(name)
        wanted = sum((month.wanted for month in months), _ZERO)
        cost = sum((part.cost for month in months for part in month.parts), _ZERO)
        yield Row((spoken(name), figure(plan, name, wanted), cost, share(Fraction(1))), "group")
        for source in plan.sources[name]:
            parts = [part for month in months for part in month.parts if part.name == source.name]
            brings = sum((part.amount for part in parts), _ZERO)
            spent = sum((part.cost for part in parts), _ZERO)
            yield Row((source.name, figure(plan, name, brings), spent, _part(brings, wanted)))
        unfilled = sum((month.unfilled for month in months), _ZERO)
        if unfilled:
            yield Row(("unfilled", figure(plan, name, unfilled), sentence(), _part(unfilled, wanted)))


def _part(part: Fraction, whole: Fraction) -> Fraction | None:
    return part / whole if whole else None
