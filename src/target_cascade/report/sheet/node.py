"""A person's, a team's or a region's week → its part of the page of `plan sheet`."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import takewhile

from target_cascade.calendar import Period, touched
from target_cascade.engine.apportion import nearest
from target_cascade.engine.people.quotas import NodeQuota, PeopleQuotas, productivity
from target_cascade.engine.weights import weighted_days
from target_cascade.plan import base_name
from target_cascade.report.heading import title
from target_cascade.report.sheet.team import lines_table, week_text
from target_cascade.report.sheet.team_lines import action_notes, actions_of, contingency_notes
from target_cascade.report.sheet.team_week import PlanWeek, dated
from target_cascade.report.spans import year_text
from target_cascade.report.table import Block, Cell, Column, Note, Notes, Page, Row, Table
from target_cascade.sentence import Sentence, amount, count, joined, ratio, sentence, share, stated

_NEXT = 2
"""Months that are shown behind those of the week."""
_FEW = 3
"""Members that are shown at each end."""
_ZERO = Fraction(0)


class NodeWeek:
    """What a node has to bring in a week, and in the periods around it."""

    def __init__(self, people: PeopleQuotas, node: NodeQuota, week: PlanWeek) -> None:
        self.people, self.node, self.week = people, node, week
        held = {part.period: at for at, part in enumerate(people.weeks)}
        self.places = [held[part.quota.period] for part in week.parts]

    @property
    def name(self) -> str:
        """Its names from the top: ``South/Li``."""
        return "/".join(self.node.names)

    def of_week(self, node: NodeQuota, is_assigned: bool = False) -> Fraction:
        """The whole week of a node: its quota, or what it is handed."""
        weeks = self.people.assigned_weeks(node) if is_assigned else self.people.weeks_of(node)
        return sum((weeks[at] for at in self.places), _ZERO)

    @property
    def is_over_assigned(self) -> bool:
        """Whether it is handed more than its quota."""
        return self.people.assigned_year(self.node) != self.people.year(self.node)


def node_page(people: PeopleQuotas, node: NodeQuota, week: PlanWeek) -> Page:
    """A node's quota of the week, its months and the year, what its members carry, and its remarks."""
    one = NodeWeek(people, node, week)
    sections = tuple(section for section in _sections(one) if section.notes)
    table = _table(one)
    blocks: list[Block] = [table]
    if node.members:
        blocks.append(_members(one))
    records = (_records(one, table), lines_table(sections))
    return Page(_answer(one), title(people.cascade), (*blocks, *sections), records, named=True)


def _answer(one: NodeWeek) -> Sentence:
    """What the week asks for, and the month that has most of it."""
    month = max(one.week.parts, key=lambda part: part.quota.period.days).month
    label = one.people.cascade.months[month].period.label
    said = sentence(f"{one.name} in week {week_text(one.week)}: ", amount(one.of_week(one.node)))
    return said + sentence(" to bring in; ", amount(one.people.months(one.node)[month]), f" in {label}")


def _table(one: NodeWeek) -> Table:
    columns = [Column("period", "Period", "text", vital=True), Column("quota", "Quota", "amount", vital=True)]
    if one.is_over_assigned:
        columns.append(Column("handed_out", "Assigned", "amount", vital=True))
    return Table("Quotas", "", (), tuple(columns), tuple(_rows(one)))


def _rows(one: NodeWeek) -> Iterator[Row]:
    people, node = one.people, one.node
    quota = one.of_week(node)
    yield _row(one, f"week {one.week.period.label}", quota, one.of_week(node, is_assigned=True))
    effective = weighted_days(people.cascade.plan).effective_days(one.week.period)
    if effective:
        means = (nearest(value / effective, people.unit) for value in (quota, one.of_week(node, True)))
        yield _row(one, "an ordinary day of it", *means)
    months, handed = people.months(node), people.assigned_months(node)
    last = min(one.week.months[-1] + _NEXT, 11)
    for month in range(one.week.months[0], last + 1):
        label = people.cascade.months[month].period.label
        yield _row(one, label, months[month], handed[month])
    yield _row(one, year_text(people.cascade.plan.year), people.year(node), people.assigned_year(node))


def _row(one: NodeWeek, label: str, quota: Fraction, handed: Fraction) -> Row:
    return Row((label, quota, handed) if one.is_over_assigned else (label, quota))


def _records(one: NodeWeek, table: Table) -> Table:
    columns = (Column("node", "Node", "text"), *table.columns)
    rows = (Row((one.name, *row.cells)) for row in table.rows)
    return Table("Quotas", title(one.people.cascade), (), columns, tuple(rows))


def _members(one: NodeWeek) -> Table:
    """The members with the largest and the smallest years."""
    people = one.people
    month = one.week.months[0]
    columns = (
        Column("member", "Member", "text", vital=True),
        Column("week", "This week", "amount", vital=True),
        Column("month", people.cascade.months[month].period.label, "amount"),
        Column("year", year_text(people.cascade.plan.year), "amount", vital=True),
        Column("share", "Share", "share"),
    )
    ordered = sorted(one.node.members, key=lambda member: -people.year(member))
    shown = [_member_row(one, member, month) for member in ordered]
    between = len(shown) - 2 * _FEW
    if between > 1:
        fold = Row((sentence("… ", count(between), " more …"), *(None for _ in columns[1:])), "fold")
        shown = [*shown[:_FEW], fold, *shown[-_FEW:]]
    sums: tuple[Cell, ...] = (one.of_week(one.node), people.months(one.node)[month], people.year(one.node))
    return Table("Members", "", (), columns, (*shown, Row(("Total", *sums, sentence()), "total")))


def _member_row(one: NodeWeek, member: NodeQuota, month: int) -> Row:
    people = one.people
    amounts = one.of_week(member), people.months(member)[month], people.year(member)
    return Row((member.node.name, *amounts, member.part))


def _sections(one: NodeWeek) -> tuple[Notes, ...]:
    plan, node = one.people.cascade.plan, one.node
    names = dict.fromkeys((node.node.name, one.name))
    actions = [action for name in names for action in actions_of(plan, name) if action.who == name]
    todo = action_notes(plan, actions, one.week, node.node.name)
    wrong = (note for name in names for note in contingency_notes(one.people.cascade, name, one.week.months))
    return (
        Notes("About this quota", tuple(Note(said) for said in _remarks(one))),
        Notes("To do", todo),
        Notes("If it goes wrong", tuple(wrong)),
    )


def _remarks(one: NodeWeek) -> Iterator[Sentence]:
    people, node = one.people, one.node
    if ramp := _ramp(one):
        yield ramp
    yield from _presence(one)
    year, before = people.year(node), node.node.last_year
    if before is not None:
        said = sentence(f"{base_name(people.cascade.plan)} it was ", amount(before))
        yield said + (sentence("; this year is ", ratio(year / before), " of that") if before else sentence())
    if node.part is not None and len(node.names) > 1:
        yield sentence(share(node.part), f" of what {'/'.join(node.names[:-1])} has to bring in the year")
    if one.is_over_assigned:
        more = people.assigned_year(node) - year
        reason = " more in the year than the true quota, so that it comes in even where somebody misses"
        yield sentence("assigned are ", amount(more), reason)
    if node.node.note:
        yield sentence(f"note: {node.node.note}")


def _presence(one: NodeWeek) -> Iterator[Sentence]:
    """Whether somebody has not begun yet, has left, or leaves in the year."""
    start, end, week = one.node.node.start, one.node.node.end, one.week.period
    year = one.people.cascade.plan.year
    if start is not None and start > week.start:
        yield sentence(f"begins on {dated(start, year)}")
    if end is not None and end <= year.end:
        verb = "was" if end < week.start else "is"
        yield sentence(f"the last day {verb} {dated(end, year)}")


def _ramp(one: NodeWeek) -> Sentence | None:
    """``works up: 50 % in 2012-05, full from 2012-07``, as far as somebody stays; None for who works in
    full already, or is not there any more."""
    plan, node = one.people.cascade.plan, one.node.node
    if node.members or node.start is None:
        return None
    there = Period("", node.start, min(node.end or plan.year.end, plan.year.end))
    months = [at for at in touched(there, plan.year.months) if at >= one.week.months[0]]
    if not months or there.end < one.week.period.start:
        return None
    steps = [(month, productivity(plan, node, month)) for month in months]
    rising = list(takewhile(lambda step: step[1] < 1, steps))
    if not rising:
        return None
    labels = [month.label for month in plan.year.months]
    said = [sentence(stated(step), f" in {labels[month]}") for month, step in rising]
    if len(rising) < len(steps):
        said.append(sentence(f"full from {labels[months[len(rising)]]}"))
    return sentence("works up: ") + joined(said)
