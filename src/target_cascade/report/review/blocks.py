"""What the review says below its table: where the year lands, what was agreed for this case, what has been
corrected, and who is furthest behind."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.review.came_in import Correction
from target_cascade.engine.review.contingencies import Fired
from target_cascade.engine.review.lines import Line
from target_cascade.plan import Plan
from target_cascade.report.review.periods import came_in_columns, line_cells, status_of
from target_cascade.report.review.sentences import Standing, enough, landing_shown
from target_cascade.report.review.words import rest_of
from target_cascade.report.spans import months_text
from target_cascade.report.table import Column, Note, Notes, Row, Table
from target_cascade.sentence import Sentence, amount, change, count, sentence, share, stated

_FEW = 3
"""Nodes that are shown at each end where there are many."""


def landings_table(one: Standing) -> Table | None:
    """Where the year lands with the rest on its quotas, and at the pace so far, and what is enough; None
    for a year that is over."""
    if one.through >= one.year.end:
        return None
    rest = rest_of(one.year, one.through)
    bring, whose = ("bring", "their") if rest.is_many else ("brings", "its")
    rows = [_landing(sentence(f"{bring} {whose} {rest.noun}"), one.on_plan, one.target)]
    if one.at_pace is not None:
        landing = landing_shown(one.at_pace, one.target, one.unit)
        part = share(one.actual / one.quota)
        if one.needed is not None:
            part = part._replace(beside=enough(one.needed, one.actual / one.quota))
        so_far = sentence(f"{bring} ", part, " of that, as so far")
        rows.append(_landing(so_far, landing, one.target))
    if one.needed is not None and one.needed > 0:
        so_far_part = one.actual / one.quota if one.quota else None
        least = sentence(f"{bring} ", stated(enough(one.needed, so_far_part)), " of that, just enough")
        rows.append(_landing(least, one.target, one.target))
    columns = (
        Column("if", f"If {rest.subject}", "text", vital=True),
        Column("landing", "the year lands at", "amount", vital=True),
        Column("against", "against the target", "change", vital=True),
    )
    return Table("Landings", "Where the year lands", (), columns, tuple(rows))


def _landing(condition: Sentence, landing: Fraction, target: Fraction) -> Row:
    return Row((condition, landing, landing - target))


def landing_records(one: Standing) -> Table:
    """The landings for machines; unknown ones are left out."""
    columns = (
        Column("if", "If", "text"),
        Column("landing", "Landing", "amount"),
        Column("against_target", "Against the target", "change"),
        Column("part", "Part of the rest's quotas", "share"),
    )
    rows = [Row(("on_plan", one.on_plan, one.on_plan - one.target, Fraction(1)))]
    if one.at_pace is not None:
        landing = landing_shown(one.at_pace, one.target, one.unit)
        rows.append(Row(("at_pace", landing, landing - one.target, one.actual / one.quota)))
    if one.needed is not None:
        rows.append(Row(("needed", one.target, Fraction(0), one.needed)))
    return Table("Landings", "", (), columns, tuple(rows))


def fired_notes(plan: Plan, fired: Sequence[Fired]) -> Notes | None:
    """The contingencies whose case has come: what is done, who does it, what it brings, and why."""
    if not fired:
        return None
    return Notes("What was agreed for this case", tuple(Note(_fired(plan, one)) for one in fired))


def _fired(plan: Plan, one: Fired) -> Sentence:
    entry, months = one.contingency, months_text(one.contingency.when.months, plan.year)
    of = "its quota" if one.whole else "its quota to date"
    reached = sentence(" (", share(one.attainment), f" of {of}")
    than = "no more than" if entry.when.or_equal else "less than"
    said = sentence(f"{months} has brought ", amount(one.actual)) + reached
    said += sentence(f", {than} ", stated(entry.when.part), f"): {entry.do}")
    if entry.who is not None:
        said += sentence(f"; {entry.who} does it")
    if entry.amount is not None:
        said += sentence(", and it brings ", amount(entry.amount))
    if entry.because is not None:
        said += sentence(f"; because {entry.because}")
    if one.known_since is None:
        return said
    until = plan.year.months[one.known_since].label
    return said + sentence(f" (met when the plan was closed through {until})")


def fired_records(fired: Sequence[Fired]) -> Table:
    """The contingencies for machines."""
    columns = (
        Column("when", "When", "text"),
        Column("do", "Do", "text"),
        Column("who", "Who", "text"),
        Column("amount", "Amount", "amount"),
        Column("because", "Because", "text"),
        Column("actual", "Actual", "amount"),
        Column("quota", "Quota", "amount"),
        Column("attainment", "Attainment", "share"),
        Column("over", "Over", "text"),
        Column("new", "New", "text"),
    )
    rows = []
    for one in fired:
        entry = one.contingency
        said = entry.when.text, entry.do, entry.who, entry.amount, entry.because
        told = one.actual, one.quota, one.attainment, _yes(one.whole), _yes(one.known_since is None)
        rows.append(Row((*said, *told)))
    return Table("Contingencies", "", (), columns, tuple(rows))


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def correction_notes(plan: Plan, corrections: Sequence[Correction]) -> Notes | None:
    """What has been corrected since a re-plan closed it."""
    if not corrections:
        return None
    notes = (
        Note(
            sentence(
                f"{plan.year.months[one.month].label} was closed with ", amount(one.before), ", and is now "
            )
            + sentence(amount(one.now), " (", change(one.now - one.before), ")")
        )
        for one in corrections
    )
    return Notes("Corrected since it was closed", tuple(notes))


def correction_records(plan: Plan, corrections: Sequence[Correction]) -> Table:
    """The corrections for machines."""
    columns = (
        Column("month", "Month", "text"),
        Column("closed_with", "Closed with", "amount"),
        Column("now", "Now", "amount"),
        Column("difference", "Difference", "change"),
    )
    rows = (
        Row((plan.year.months[one.month].label, one.before, one.now, one.now - one.before))
        for one in corrections
    )
    return Table("Corrections", "", (), columns, tuple(rows))


class NodeLine(NamedTuple):
    """The year to date of a node, over the months of which something is known; `without` names those that
    lack."""

    name: str
    line: Line
    without: str

    @property
    def label(self) -> str:
        """As people read it."""
        return f"{self.name} (without {self.without})" if self.without else self.name


def nodes_table(plan: Plan, nodes: Sequence[NodeLine], title: str) -> Table | None:
    """For people, the lowest attainment first: all of few nodes, and of many the ends. Nodes without a quota
    so far have no attainment and are left out."""
    known = [(one.line.attainment, one) for one in nodes]
    ordered = sorted(
        ((reached, one) for reached, one in known if reached is not None), key=lambda pair: pair[0]
    )
    if not ordered:
        return None
    status = status_of(plan)
    rows = [Row((one.label, *line_cells(one.line, status))) for _, one in ordered]
    if len(rows) > 2 * _FEW + 1:
        left = sentence("… ", count(len(rows) - 2 * _FEW), " more …")
        fold = Row((left, *(None for _ in rows[0].cells[1:])), "fold")
        rows = [*rows[:_FEW], fold, *rows[-_FEW:]]
    columns = (Column("node", "Who", "text", vital=True), *came_in_columns("amount"))
    return Table("Nodes", title, (), columns, tuple(rows))


def node_records(plan: Plan, nodes: Sequence[NodeLine]) -> Table:
    """The year to date of nodes for machines, in the order given."""
    status = status_of(plan)
    columns = (
        Column("node", "Who", "text"),
        Column("without", "Without", "text"),
        *came_in_columns("amount"),
    )
    rows = (Row((one.name, one.without, *line_cells(one.line, status))) for one in nodes)
    return Table("Nodes", "", (), columns, tuple(rows))
