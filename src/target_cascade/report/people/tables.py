"""The tables of `plan cascade` for people: the year, months and part weeks of some nodes."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.people.quotas import NodeQuota
from target_cascade.plan import base_name
from target_cascade.report.people.chosen import NOTHING, Chosen, resource_of, sum_of, sums_of
from target_cascade.report.people.records import ASSIGNED, QUOTA, capital
from target_cascade.report.spans import noun
from target_cascade.report.table import Cell, Column, Row, Table
from target_cascade.sentence import count, sentence

_BAR = Column("bar", "", "bar", "people")


class Shown(NamedTuple):
    """The largest and the smallest nodes, the largest first, and how many lie between them."""

    nodes: tuple[NodeQuota, ...]
    hidden: int

    def folded(self, rows: Sequence[Row], fold: Sequence[Cell]) -> tuple[Row, ...]:
        """The rows of the nodes, with what stands for the hidden ones in the middle; `fold` has its cells
        behind the name."""
        if not self.hidden:
            return tuple(rows)
        half = len(rows) // 2
        between = sentence("… ", count(self.hidden), " between")
        return (*rows[:half], Row((between, *fold), "fold"), *rows[half:])


class _Known(NamedTuple):
    """What is said of any of the nodes: last year's amounts, resources and their sum, and whether anybody
    is handed more than the quota."""

    last_year: bool
    resource: Fraction
    assigned: bool

    @classmethod
    def of(cls, choice: Chosen) -> "_Known":
        people = choice.people
        return cls(
            any(choice.last_year(node) for node in choice.nodes),
            sum_of(resource_of(node) or NOTHING for node in choice.nodes),
            any(node.assigned != node.units for node in choice.nodes) and people.is_over_assigned,
        )


def shown_of(choice: Chosen, top: int) -> Shown:
    """The `top` largest and as many of the smallest; all where there are no more."""
    ordered = sorted(choice.nodes, key=lambda node: -sum(node.units))
    if len(ordered) <= 2 * top:
        return Shown(tuple(ordered), 0)
    return Shown((*ordered[:top], *ordered[-top:]), len(ordered) - 2 * top)


def year_table(choice: Chosen, shown: Shown) -> Table:
    """The year of each node, beside last year and what it has to work with."""
    people, known = choice.people, _Known.of(choice)
    before = base_name(people.cascade.plan)
    columns = [
        Column("name", capital(choice.what), "text", vital=True),
        QUOTA,
        Column("share", "Share", "share"),
    ]
    if known.last_year:
        columns.append(Column("last_year", capital(before), "amount"))
        columns.append(Column("times", f"× {before}", "ratio"))
    if known.resource:
        columns.append(Column("resource", "Resource", "share"))
    if known.assigned:
        columns.append(ASSIGNED)
    # One node has its part of the company, for all of itself says nothing.
    whole = choice.total if len(choice.nodes) > 1 else people.cascade.planned_total
    rows = [
        Row((*_year_cells(choice, known, node, whole), _length(choice, shown, node))) for node in shown.nodes
    ]
    left = choice.total - sum_of(map(people.year, shown.nodes))
    folded = shown.folded(rows, (left, *(None for _ in columns[1:])))
    total = (Row((*_total_cells(choice, known, whole), None), "total"),) if len(choice.nodes) > 1 else ()
    return Table("Quotas", "", (), (*columns, _BAR), (*folded, *total))


def month_table(choice: Chosen, shown: Shown) -> Table:
    """The same nodes by month, cut where the screen is too narrow; one node has a row a month."""
    people = choice.people
    months = [month.period.label for month in people.cascade.months]
    what = noun("month", people.cascade.plan.year)
    if len(choice.nodes) == 1:
        return _of_one(choice, f"{what}s".capitalize(), what, months, people.months(choice.nodes[0]))
    columns = (
        Column("name", capital(choice.what), "text", vital=True),
        *(Column(label, label, "amount", vital=True) for label in months),
    )
    names = choice.short_names(shown.nodes)
    rows = [Row((name, *people.months(node))) for name, node in zip(names, shown.nodes, strict=True)]
    sums = sums_of(map(people.months, choice.nodes), len(months))
    of_shown = sums_of(map(people.months, shown.nodes), len(months))
    folded = shown.folded(rows, [one - other for one, other in zip(sums, of_shown, strict=True)])
    total = Row(("Total", *sums), "total")
    return Table(f"{what}s".capitalize(), f"By {what}", (), columns, (*folded, total), cut=True)


def week_table(choice: Chosen, shown: Shown) -> Table:
    """The part weeks, a column a node, and the sum of all nodes."""
    people = choice.people
    sums = sums_of(map(people.weeks_of, choice.nodes), len(people.weeks))
    weeks = [people.weeks_of(node) for node in shown.nodes] if len(choice.nodes) > 1 else []
    names = choice.short_names(shown.nodes) if weeks else []
    columns = (
        Column("week", "Week", "text", vital=True),
        Column("total", "Total" if weeks else "Quota", "amount", vital=True),
        *(Column(f"node_{at}", name, "amount", vital=True) for at, name in enumerate(names)),
    )
    rows: list[Row] = []
    for at, week in enumerate(people.weeks):
        month = people.month_of[at]
        if at == 0 or month != people.month_of[at - 1]:
            of_month = [_of_month(choice, of_node, month) for of_node in (sums, *weeks)]
            rows.append(Row((week.parent.label, *of_month), "group"))
        rows.append(Row((week.period.label, sums[at], *(of_node[at] for of_node in weeks))))
    rows.append(Row(("Total", *(sum_of(of_node) for of_node in (sums, *weeks))), "total"))
    return Table("Weeks", "By week", (), columns, tuple(rows), cut=True)


def _year_cells(choice: Chosen, known: _Known, node: NodeQuota, whole: Fraction) -> list[Cell]:
    quota, before = choice.people.year(node), choice.last_year(node)
    cells: list[Cell] = [choice.name(node), quota, quota / whole if whole else None]
    if known.last_year:
        cells += [before, quota / before if before else None]
    if known.resource:
        resource = resource_of(node)
        cells.append(None if resource is None else resource / known.resource)
    return [*cells, choice.people.assigned_year(node)] if known.assigned else cells


def _total_cells(choice: Chosen, known: _Known, whole: Fraction) -> list[Cell]:
    before = choice.last_year_of(choice.nodes)
    cells: list[Cell] = ["Total", choice.total, choice.total / whole if whole else None]
    if known.last_year:
        cells += [before, choice.total / before if before else None]
    if known.resource:
        cells.append(Fraction(1))
    if known.assigned:
        cells.append(sum_of(map(choice.people.assigned_year, choice.nodes)))
    return cells


def _length(choice: Chosen, shown: Shown, node: NodeQuota) -> Fraction | None:
    largest = choice.people.year(shown.nodes[0])
    return choice.people.year(node) / largest if largest else None


def _of_one(choice: Chosen, name: str, what: str, labels: Sequence[str], quotas: Sequence[Fraction]) -> Table:
    largest = max(quotas)
    columns = (Column("period", what.capitalize(), "text"), QUOTA, Column("share", "Share", "share"), _BAR)
    whole = choice.total
    rows = [
        Row((label, quota, quota / whole if whole else None, quota / largest if largest else None))
        for label, quota in zip(labels, quotas, strict=True)
    ]
    return Table(name, f"By {what}", (), columns, (*rows, Row(("Total", whole, Fraction(1), None), "total")))


def _of_month(choice: Chosen, weeks: Sequence[Fraction], month: int) -> Fraction:
    return sum_of(one for one, of in zip(weeks, choice.people.month_of, strict=True) if of == month)
