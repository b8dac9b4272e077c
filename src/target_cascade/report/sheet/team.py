"""A team's week → the page of `plan sheet`: what to do on Monday, in plain words."""

from collections.abc import Sequence
from fractions import Fraction

from target_cascade.engine.apportion import nearest, round_up
from target_cascade.engine.kpis.numbers import KpiNumbers, money_unit
from target_cascade.report.heading import title
from target_cascade.report.kpis.words import exact_figure, figure, spoken, unit_of, unit_word
from target_cascade.report.sheet.team_lines import team_sections
from target_cascade.report.sheet.team_ratios import rule_text
from target_cascade.report.sheet.team_week import PlanWeek, TeamWeek, day_text, days_text
from target_cascade.report.table import Block, Cell, Column, Notes, Page, Row, Table
from target_cascade.sentence import Sentence, sentence

_ONE = Fraction(1)
_LINES = (Column("section", "Section", "text"), Column("text", "Text", "text"))


def team_page(numbers: KpiNumbers, name: str, week: PlanWeek) -> Page:
    """One team's numbers of a week and its months, each ratio with its counts, and what it does.

    The records are a list of its numbers and one of its lines.
    """
    team = TeamWeek(numbers, name, week)
    sections = team_sections(team)
    blocks: list[Block] = [_table(team), _day_table(team)] if team.additive else []
    records = (_records(team), lines_table(sections))
    return Page(_answer(team), title(numbers.cascade), (*blocks, *sections), records, named=True)


def lines_table(sections: Sequence[Notes]) -> Table:
    """The remarks of a page for machines."""
    rows = (Row((section.title, note.head)) for section in sections for note in section.notes)
    return Table("Lines", "", (), _LINES, tuple(rows))


def week_text(week: PlanWeek) -> str:
    """``2012-W45 (Mon 5 Nov to Sun 11 Nov)``."""
    return f"{week.period.label} ({days_text(week.period)})"


def _answer(team: TeamWeek) -> Sentence:
    """Who, when, and the first of the numbers with its busiest day."""
    entry = team.plan.teams.get(team.team)
    lead = f", led by {entry.lead}," if entry is not None and entry.lead else ""
    said = sentence(f"{team.team}{lead} in week {week_text(team.week)}: ")
    if team.additive:
        first = team.additive[0]
        day, value = max(team.days(first), key=lambda one: one[1])
        said += sentence(figure(team.plan, first, team.amount(first)), f" {spoken(first)}")
        return said + sentence(f", most on {day_text(day)}: ", figure(team.plan, first, value))
    if team.kpis:
        return said + sentence(f"{spoken(team.kpis[0])} ") + rule_text(team, team.kpis[0])
    return said + sentence("no number of its own; what it does is below")


def _table(team: TeamWeek) -> Table:
    """What adds up: the week, its busiest day, and the months that it touches."""
    labels = [month.period.label for month in team.months]
    columns = (
        Column("kpi", "What", "text", vital=True),
        Column("week", "This week", "amount", vital=True),
        Column("busiest", "Busiest day", "amount", vital=True),
        *(Column(label, label, "amount") for label in labels),
        Column("unit", "", "text"),
    )
    return Table("Numbers", "", (), columns, tuple(_row(team, name) for name in team.additive))


def _day_table(team: TeamWeek) -> Table:
    """The days of the week, each with its own numbers: no day is like the mean of all."""
    columns = (
        Column("day", "Day", "text", vital=True),
        *(Column(name, spoken(name).capitalize(), "amount", vital=True) for name in team.additive),
    )
    by_day = zip(*(team.days(name) for name in team.additive), strict=True)
    rows = [
        Row(
            (
                day_text(of_day[0][0]),
                *(figure(team.plan, n, v) for n, (_, v) in zip(team.additive, of_day, strict=True)),
            )
        )
        for of_day in by_day
    ]
    return Table("Days", "Day by day", (), columns, tuple(rows), cut=True)


def _row(team: TeamWeek, name: str) -> Row:
    plan, week = team.plan, team.amount(name)
    day, most = max(team.days(name), key=lambda one: one[1])
    unit = unit_word(plan, plan.kpis[name])
    return Row(
        (
            spoken(name),
            figure(plan, name, week),
            sentence(f"{day_text(day)}: ", figure(plan, name, most)),
            *(figure(plan, name, value) for value in _months(team, name)),
            unit if unit != "count" else "",
        )
    )


def _records(team: TeamWeek) -> Table:
    columns = (
        Column("team", "Team", "text"),
        Column("week", "Week", "text"),
        Column("start", "From", "date"),
        Column("end", "To", "date"),
        Column("kpi", "KPI", "text"),
        Column("unit", "Unit", "text"),
        Column("value", "Value", "number"),
        Column("a_day", "A day", "number"),
        Column("busiest_day", "Busiest day", "date"),
        Column("busiest", "Busiest", "number"),
        *(Column(month.period.label, month.period.label, "number") for month in team.months),
    )
    rows = (Row(_record(team, name)) for name in team.additive)
    return Table("Numbers", title(team.numbers.cascade), (), columns, tuple(rows))


def _record(team: TeamWeek, name: str) -> tuple[Cell, ...]:
    plan, week, period = team.plan, team.amount(name), team.week.period
    day, most = max(team.days(name), key=lambda one: one[1])
    amounts = (exact_figure(plan, name, value) for value in (week, _a_day(team, name, week)))
    months = (exact_figure(plan, name, value) for value in _months(team, name))
    unit = unit_of(plan.kpis[name])
    busiest = exact_figure(plan, name, most)
    return (
        *(team.team, period.label, period.start, period.end, name, unit, *amounts),
        *(day, busiest, *months),
    )


def _months(team: TeamWeek, name: str) -> list[Fraction]:
    months = team.numbers.months(name)
    return [months[at] or Fraction(0) for at in team.week.months]


def _a_day(team: TeamWeek, name: str, week: Fraction) -> Fraction:
    """A day on average: a count up to a whole, money to the nearest minor unit."""
    mean = week / team.week.period.days
    if team.plan.kpis[name].unit == "count":
        return round_up(mean, _ONE)
    return nearest(mean, money_unit(team.plan))
