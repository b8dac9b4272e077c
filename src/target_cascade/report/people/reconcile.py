"""Proposals beside quotas → the agenda of `plan reconcile`, and where the year lands by each rule."""

from collections.abc import Iterator
from fractions import Fraction
from typing import get_args

from target_cascade.engine.people.reconcile import Agreed, Reconciliation, Rule
from target_cascade.report.heading import title
from target_cascade.report.people.records import capital
from target_cascade.report.table import Column, Note, Notes, Page, Row, Table
from target_cascade.sentence import Sentence, amount, change, count, ratio, sentence, share

_AGENDA = (
    Column("name", "Name", "text", vital=True),
    Column("period", "Period", "text", vital=True),
    Column("asked", "Asked", "amount", vital=True),
    Column("proposed", "Proposed", "amount", vital=True),
    Column("gap", "Gap", "change", vital=True),
    Column("gap_part", "", "percent"),
    Column("decided", "Decided", "amount"),
)
_RECORDS = (
    Column("period", "Period", "text"),
    Column("asked", "Asked", "amount"),
    Column("proposed", "Proposed", "amount"),
    Column("gap", "Gap", "amount"),
    Column("reason", "Reason", "text"),
    Column("decided", "Decided", "amount"),
    Column("needs", "Needs", "text"),
    Column("by", "By", "text"),
    Column("because", "Because", "text"),
)
_MOST_MOVED = 5
"""Months of somebody else that a decision moves, and that are told."""
_OUTCOME = Column("outcome", "Outcome", "amount")
_RULES: dict[Rule, str] = {
    "propose": "as proposed",
    "top": "as asked",
    "mid": "half-way between",
}


def reconcile_page(found: Reconciliation, rule: Rule | None) -> Page:
    """What is proposed against what is asked, the largest gap first; with `rule` also what each open row
    comes to by it. The records have the same rows in the same order."""
    blocks: list[Table | Notes] = [_landings(found), _agenda(found, rule)]
    if found.left_out:
        blocks.append(Notes("", (Note(_left_out(found)),)))
    told = (
        ("Why, and what it takes", _reasons(found)),
        ("Decided", _decisions(found)),
        ("Who takes it up", _taken_up(found)),
    )
    for name, notes in told:
        if made := tuple(notes):
            blocks.append(Notes(name, made))
    return Page(_answer(found), title(found.people.cascade), tuple(blocks), (_records(found, rule),))


def _answer(found: Reconciliation) -> Sentence:
    """How far what is proposed is from what is asked, and who has not proposed yet."""
    proposed = found.counted
    if proposed:
        gap = found.proposed - found.asked
        said = sentence(
            count(len(proposed)), f" proposal{'s' * (len(proposed) != 1)}: ", amount(found.proposed)
        )
        said += sentence(" of ", amount(found.asked), " asked, ")
        if gap:
            said += sentence(amount(abs(gap)), " short" if gap < 0 else " more")
            said += sentence(" (", share(abs(gap) / found.asked), ")") if found.asked else sentence()
        else:
            said += sentence("no gap in the sum")
    else:
        said = sentence("nothing is proposed yet")
    if found.missing:
        names = list(dict.fromkeys("/".join(one.node.names) for one in found.missing))
        rest = f" and {len(names) - 3} more" if len(names) > 3 else ""
        said += sentence(f"; nothing yet from {', '.join(names[:3])}{rest}")
    return said


def _landings(found: Reconciliation) -> Table:
    """Where the year lands by each rule, against the target."""
    target = found.people.cascade.plan.target
    columns = (
        Column("rule", "Rule", "text", vital=True),
        Column("what", "Open rows come to", "text"),
        Column("landing", "Year", "amount", vital=True),
        Column("target", "Against target", "change", vital=True),
    )
    rows = (
        Row((rule, _RULES[rule], landing := found.landing(rule), landing - target)) for rule in get_args(Rule)
    )
    return Table("Rules", "Where the year lands", (), columns, tuple(rows))


def _agenda(found: Reconciliation, rule: Rule | None) -> Table:
    columns = _AGENDA if rule is None else (*_AGENDA, _OUTCOME._replace(title=f"By {rule}"))
    rows = [Row(_agenda_cells(one, rule)) for one in found.rows]
    gap = found.proposed - found.asked
    part = gap / found.asked if found.asked else None
    sums = ("Proposed", "", found.asked, found.proposed, gap, part, None)
    rows.append(Row(sums if rule is None else (*sums, None), "total"))
    return Table("Agenda", "Agenda", (), columns, tuple(rows))


def _agenda_cells(one: Agreed, rule: Rule | None) -> tuple[Fraction | str | None, ...]:
    part = one.gap / one.asked if one.gap is not None and one.asked else None
    cells = ("/".join(one.node.names), one.span.label, one.asked, one.proposed, one.gap, part, one.decided)
    return cells if rule is None else (*cells, one.outcome(rule))


def _records(found: Reconciliation, rule: Rule | None) -> Table:
    names = found.people.tree.level_names
    levels = (Column(name, capital(name), "text") for name in names)
    columns = (*levels, *_RECORDS) if rule is None else (*levels, *_RECORDS, _OUTCOME)
    rows = (Row(_record(one, rule, len(names))) for one in found.rows)
    return Table("Agenda", title(found.people.cascade), (), columns, tuple(rows))


def _record(one: Agreed, rule: Rule | None, depth: int) -> tuple[Fraction | str | None, ...]:
    levels = (*one.node.names, *("" for _ in range(depth - len(one.node.names))))
    told = (one.span.label, one.asked, one.proposed, one.gap, one.reason, one.decided)
    cells = (*levels, *told, one.needs, one.by, one.because)
    return cells if rule is None else (*cells, one.outcome(rule))


def _left_out(found: Reconciliation) -> Sentence:
    """Which rows no sum has, for their amount is in that of a node above."""
    names = ", ".join(_about(one) for one in found.left_out)
    return sentence(f"in no sum, because a node above proposes for the same months: {names}")


def _reasons(found: Reconciliation) -> Iterator[Note]:
    """What people say for their proposals, in the order of the agenda."""
    for one in found.rows:
        said = [text for text in (one.reason, f"needs {one.needs}" if one.needs else None) if text]
        if said:
            yield Note(sentence(f"{_about(one)}: {'; '.join(said)}"))


def _decisions(found: Reconciliation) -> Iterator[Note]:
    """What was settled, by whom and why, and by how much that moves the node."""
    for one in found.rows:
        if one.decided is not None:
            said = sentence(f"{_about(one)}: ", amount(one.decided), ", ", change(one.decided - one.asked))
            said += sentence(" against what was asked")
            by = f" by {one.by}" if one.by else ""
            because = f": {one.because}" if one.because else ""
            yield Note(said + sentence(f"{', decided' * bool(by)}{by}{because}"))


def _taken_up(found: Reconciliation) -> Iterator[Note]:
    """Whose months the decisions move most, but for those that were decided; nobody should find it out by
    the end of the month."""
    labels = [month.period.label for month in found.people.cascade.months]
    moved: list[tuple[Fraction, Fraction, str]] = []
    for asked, held in zip(found.people.leaves(), found.settled.leaves(), strict=True):
        if asked.units == held.units:
            continue
        pairs = zip(labels, found.people.months(asked), found.settled.months(held), strict=True)
        name = "/".join(asked.names)
        moved += [(one, other, f"{name} in {label}") for label, one, other in pairs if one != other]
    decided = {_about(one) for one in found.rows if one.decided is not None}
    moved = [one for one in moved if one[2] not in decided]
    for before, after, name in sorted(moved, key=lambda one: -abs(one[1] - one[0]))[:_MOST_MOVED]:
        said = sentence(f"{name}: ", amount(before), " → ", amount(after), ", ", change(after - before))
        yield Note(said + sentence(" (", ratio(after / before), ")") if before else said)


def _about(one: Agreed) -> str:
    return f"{'/'.join(one.node.names)} in {one.span.label}"
