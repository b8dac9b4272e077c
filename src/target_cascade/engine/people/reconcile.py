"""What people propose beside what the cascade asks of them (spec, "Teams and people")."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from target_cascade.engine.apportion import nearest
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.people.quotas import NodeQuota, PeopleQuotas, people_quotas
from target_cascade.errors import Path, UsageError
from target_cascade.people.checked import Settled, settled
from target_cascade.people.node import Names
from target_cascade.people.proposal import Proposed, Span

Rule = Literal["propose", "top", "mid"]
"""What an open row comes to: what is proposed, what is asked, or half-way between."""


class Agreed(NamedTuple):
    """A node's proposal or decision for a period, in units of currency, beside what is asked.

    `asked` is what the cascade asks with the decisions so far, as `plan cascade` does; of what is decided
    itself, what it asks without them. `gap` is `proposed` less `asked`. A null is not a zero: where
    nothing was proposed, `proposed` and `gap` are None. `unit` is the leaf's.
    """

    node: NodeQuota
    span: Span
    asked: Fraction
    proposed: Fraction | None
    gap: Fraction | None
    reason: str | None
    needs: str | None
    decided: Fraction | None
    by: str | None
    because: str | None
    where: Path | str
    unit: Fraction = Fraction(1)

    def outcome(self, rule: Rule) -> Fraction:
        """What was decided, or what the rule makes of it: half-way is rounded to the leaf's unit, halves
        up. Where nothing was proposed, what is asked."""
        if self.decided is not None:
            return self.decided
        if self.proposed is None or rule == "top":
            return self.asked
        return self.proposed if rule == "propose" else nearest((self.asked + self.proposed) / 2, self.unit)

    @property
    def is_missing(self) -> bool:
        """Whether nothing is proposed or decided yet."""
        return self.proposed is None and self.decided is None


@dataclass(frozen=True)
class Reconciliation:
    """`people` are the quotas without decisions, `settled` those with them as holds; `rows` has the
    largest gap first, then what is decided, then what nobody has proposed for."""

    people: PeopleQuotas
    settled: PeopleQuotas
    rows: tuple[Agreed, ...]

    @cached_property
    def counted(self) -> tuple[Agreed, ...]:
        """The rows with an amount that totals are made of, so that none is counted twice: none of a node
        below one that proposes for one of its months too, because the amount above is about all below.

        Such a row is left out as a whole: of a year's amount nobody knows which part is the quarter's that
        the node above speaks of.
        """
        taken: dict[Names, list[Agreed]] = {}
        for row in sorted(self.rows, key=lambda row: len(row.node.names)):
            if row.proposed is not None and not _is_covered(row, taken):
                taken.setdefault(row.node.names, []).append(row)
        return tuple(row for row in self.rows if row in taken.get(row.node.names, ()))

    @property
    def left_out(self) -> tuple[Agreed, ...]:
        """The rows with an amount that no total has, as a node above them has one."""
        return tuple(row for row in self.rows if row.proposed is not None and row not in self.counted)

    @property
    def asked(self) -> Fraction:
        """What is asked in the counted rows."""
        return sum((row.asked for row in self.counted), Fraction(0))

    @property
    def proposed(self) -> Fraction:
        """What is proposed in the counted rows."""
        return sum((row.proposed for row in self.counted if row.proposed is not None), Fraction(0))

    @property
    def missing(self) -> tuple[Agreed, ...]:
        """The rows in which nothing is proposed or decided yet."""
        return tuple(row for row in self.rows if row.is_missing)

    def landing(self, rule: Rule) -> Fraction:
        """Where the year lands: the planned total, with the outcome of each counted row that is open in
        place of what is asked there. Nobody else is asked to make up for these; what a decision takes or
        gives is asked of the siblings already, for it is a hold."""
        open_rows = (row for row in self.counted if row.decided is None)
        moved = sum((row.outcome(rule) - row.asked for row in open_rows), Fraction(0))
        return self.people.cascade.planned_total + moved


def reconcile(cascade: Cascade) -> Reconciliation:
    """What people propose beside what the cascade asks.

    Raises what `people_quotas` raises, and `UsageError` where there are no proposals and no decisions.
    """
    plan = cascade.plan
    if plan.proposals is None and not plan.decided:
        raise UsageError(
            "the plan has no `proposals` and nothing `decided`, so there is nothing to reconcile"
        )
    people = people_quotas(cascade, decisions=False)
    decided = tuple(settled(plan))
    held = people_quotas(cascade) if decided else people
    rows = sorted(_rows(people, held, decided), key=_order)
    return Reconciliation(people, held, tuple(rows))


def _rows(people: PeopleQuotas, held: PeopleQuotas, decided: tuple[Settled, ...]) -> Iterator[Agreed]:
    """A row a proposal, with what was decided for just its period; and a row for each other decision. A
    null beside a decision that covers its months has been answered, and is no row."""
    plan = people.cascade.plan
    own = {(people.find(one.name).names, one.span.months): one for one in decided if one.section == "decided"}
    covered = {(names, month) for names, months in own for month in months}
    for entry in plan.proposals.proposed if plan.proposals is not None else ():
        node, months = people.find(entry.proposal.name), entry.proposal.period.months
        one = own.pop((node.names, months), None)
        row = _row(
            people if one is not None or entry.proposal.decided is not None else held, node, entry, one
        )
        if not (row.is_missing and all((node.names, month) in covered for month in months)):
            yield row
    for one in own.values():
        node = people.find(one.name)
        asked = _asked(people, node, one.span)
        said = one.amount, one.by, one.because, one.where
        yield Agreed(node, one.span, asked, None, None, None, None, *said, people.unit)


def _row(people: PeopleQuotas, node: NodeQuota, entry: Proposed, one: Settled | None) -> Agreed:
    """The row of a proposal, held against the quotas of `people`."""
    proposal = entry.proposal
    asked = _asked(people, people.find("/".join(node.names)), proposal.period)
    gap = None if proposal.amount is None else proposal.amount - asked
    decided = proposal.decided, proposal.by, proposal.because
    if one is not None:
        decided = one.amount, one.by, one.because
    said = proposal.amount, gap, proposal.reason, proposal.needs
    return Agreed(node, proposal.period, asked, *said, *decided, entry.where, people.unit)


def _asked(people: PeopleQuotas, node: NodeQuota, span: Span) -> Fraction:
    months = people.months(node)
    return sum((months[month] for month in span.months), Fraction(0))


def _order(row: Agreed) -> tuple[int, int, Fraction]:
    """Open rows first, then what is decided, then what is missing; of each the largest gap first."""
    group = 2 if row.is_missing else int(row.decided is not None)
    return group, int(row.gap is None), -abs(row.gap or Fraction(0))


def _is_covered(row: Agreed, taken: dict[Names, list[Agreed]]) -> bool:
    """Whether a row of a node above it speaks of one of its months."""
    names, months = row.node.names, set(row.span.months)
    others = (other for length in range(1, len(names)) for other in taken.get(names[:length], ()))
    return any(months.intersection(other.span.months) for other in others)
