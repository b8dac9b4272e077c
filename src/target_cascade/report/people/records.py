"""All quotas of teams and people for machines, and as a workbook."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from target_cascade.engine.people.quotas import NodeQuota, PeopleQuotas
from target_cascade.plan import base_name
from target_cascade.report.heading import facts, title
from target_cascade.report.people.chosen import Chosen, of_all, resource_of, sums_of
from target_cascade.report.spans import PeopleBy
from target_cascade.report.table import Cell, Column, Row, Table, Workbook

QUOTA = Column("quota", "Quota", "amount", vital=True)
ASSIGNED = Column("assigned", "Assigned", "amount")
_BESIDE = ("last_year", "resource")
"""What stands beside a quota of the year, and of no shorter period."""
_LABELS = {"year": (), "month": ("month",), "week": ("month", "week")}


def cascade_table(choice: Chosen, by: PeopleBy) -> Table:
    """Each node with its quota by period, one after another in the order of the tree."""
    people = choice.people
    labels = (Column(key, key.capitalize(), "text") for key in _LABELS[by])
    columns = (*_levels(people), *labels, QUOTA)
    if people.is_over_assigned:
        columns = (*columns, ASSIGNED)
    rows = [row for node in choice.nodes for row in _rows(people, node, by)]
    beside = [one for one in _further_columns(choice) if one[0].key in _BESIDE] if by == "year" else []
    if beside:
        columns = (*columns, *(column for column, _ in beside))
        cells = ([cell(node) for _, cell in beside] for node in choice.nodes)
        rows = [Row((*row.cells, *more)) for row, more in zip(rows, cells, strict=True)]
    return Table("Quotas", title(people.cascade), (), columns, tuple(rows))


def cascade_workbook(choice: Chosen, by: PeopleBy) -> Workbook:
    """All nodes, a row each, with a column a period and their sum."""
    people = choice.people
    periods = [" ".join(label) for label in _periods(people, by)] if by != "year" else []
    amounts = [_amounts(people, node, by) if periods else () for node in choice.nodes]
    more = _further_columns(choice)
    columns = (
        *_levels(people),
        *(Column(label, label, "amount") for label in periods),
        Column("year", "Year", "amount", sum_of=tuple(periods)),
        *(column for column, _ in more),
    )
    rows = [
        Row((*_names(people, node), *of_node, people.year(node), *(cell(node) for _, cell in more)))
        for node, of_node in zip(choice.nodes, amounts, strict=True)
    ]
    known = [_total(choice, column.key, cell) for column, cell in more]
    sums = (*sums_of(amounts, len(periods)), choice.total, *known)
    rows.append(Row(("Total", *("" for _ in people.tree.level_names[1:]), *sums), "total"))
    table = Table("Quotas", title(people.cascade), facts(people.cascade), columns, tuple(rows))
    return Workbook((table,))


def capital(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]


def _levels(people: PeopleQuotas) -> tuple[Column, ...]:
    return tuple(Column(name, capital(name), "text") for name in people.tree.level_names)


def _names(people: PeopleQuotas, node: NodeQuota) -> tuple[str, ...]:
    """The node's names by level, empty below it."""
    return (*node.names, *("" for _ in range(len(people.tree.level_names) - len(node.names))))


def _periods(people: PeopleQuotas, by: PeopleBy) -> Sequence[tuple[str, ...]]:
    """What names each period: months, or part weeks by month and week; of the year nothing has to."""
    match by:
        case "year":
            return [()]
        case "month":
            return [(month.period.label,) for month in people.cascade.months]
        case "week":
            return [(week.parent.label, week.period.label) for week in people.weeks]


def _amounts(people: PeopleQuotas, node: NodeQuota, by: PeopleBy) -> tuple[Fraction, ...]:
    return people.months(node) if by == "month" else people.weeks_of(node)


def _units(people: PeopleQuotas, units: Sequence[int], by: PeopleBy) -> Sequence[int]:
    match by:
        case "year":
            return [sum(units)]
        case "month":
            return people.by_month(units)
        case "week":
            return units


def _rows(people: PeopleQuotas, node: NodeQuota, by: PeopleBy) -> Iterator[Row]:
    names = _names(people, node)
    quotas, assigned = (_units(people, units, by) for units in (node.units, node.assigned))
    # Whole numbers take a fifth of the time of fractions, which counts for 3,000 stores by week.
    unit = people.unit.numerator if people.unit.denominator == 1 else people.unit
    for label, quota, handed in zip(_periods(people, by), quotas, assigned, strict=True):
        cells = (*names, *label, unit * quota)
        yield Row((*cells, unit * handed) if people.is_over_assigned else cells)


def _total(choice: Chosen, key: str, cell: Callable[[NodeQuota], Cell]) -> Fraction | None:
    """The sum of a further column; None of texts, and where the amount of a node is unknown."""
    if key == "last_year":
        return choice.last_year_of(choice.nodes)
    return of_all([one if isinstance(one := cell(node), Fraction) else None for node in choice.nodes])


def _further_columns(choice: Chosen) -> list[tuple[Column, Callable[[NodeQuota], Cell]]]:
    """What else there is to say of nodes, where any has it."""
    people = choice.people
    found: list[tuple[Column, Callable[[NodeQuota], Cell]]] = []
    if people.is_over_assigned:
        found.append((ASSIGNED, people.assigned_year))
    if any(choice.last_year(node) for node in choice.nodes):
        found.append(
            (Column("last_year", capital(base_name(people.cascade.plan)), "amount"), choice.last_year)
        )
    if any(resource_of(node) is not None for node in choice.nodes):
        found.append((Column("resource", "Resource", "amount"), resource_of))
    if any(node.node.note for node in choice.nodes):
        found.append((Column("note", "Note", "text"), lambda node: node.node.note))
    return found
