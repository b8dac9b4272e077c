"""What came in, by month and part week, of the company, its nodes and its KPIs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from target_cascade.engine.cascade import Cascade
from target_cascade.engine.kpis.numbers import unit_of
from target_cascade.engine.people.quotas import NodeQuota, PeopleQuotas, people_quotas
from target_cascade.engine.review.doubted import doubted
from target_cascade.engine.review.noted import left_out, noted
from target_cascade.engine.review.series import Series, Subject
from target_cascade.engine.review.through import whole_months
from target_cascade.people.node import walk
from target_cascade.review.actuals import Grain

_Ask = Callable[[Series], Fraction | None]
_Due = Callable[[NodeQuota], bool]


class Correction(NamedTuple):
    """A month that was closed with one figure and has another now, in units of currency."""

    month: int
    before: Fraction
    now: Fraction

    @property
    def change(self) -> Fraction:
        """Now less before."""
        return self.now - self.before


@dataclass(frozen=True)
class CameIn:
    """What came in up to and with `through`; of the company there are no gaps in it.

    In a revision closed months count as they were closed, or as their rows say now.
    """

    cascade: Cascade
    through: date
    series: Mapping[Subject, Series] = field(repr=False)
    left_out: int = 0
    """How many rows are of days after `through`."""

    @cached_property
    def closed(self) -> Mapping[int, Fraction]:
        """What the closed months up to `through` count as, by position."""
        block = self.cascade.plan.closed
        before = () if block is None else block.actuals
        counted: dict[int, Fraction] = {}
        for position in range(min(len(before), whole_months(self.through, self.cascade.plan.year))):
            now = self.from_rows(position)
            counted[position] = before[position] if now is None else now
        return counted

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """The closed months whose rows say otherwise now."""
        block = self.cascade.plan.closed
        pairs = zip(self.closed.items(), () if block is None else block.actuals, strict=False)
        return tuple(Correction(month, before, now) for (month, now), before in pairs if now != before)

    @cached_property
    def said(self) -> tuple[str, ...]:
        """Notes on what was left out, or taken in another way than it is written."""
        notes = noted(self.cascade, self.through, self.series, self.closed, self.of_nodes)
        return (*left_out(self.left_out, self.through), *notes)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Notes on figures that may not be what they seem."""
        company = self.series.get((None, None))
        return () if company is None else tuple(doubted(company))

    @cached_property
    def grains(self) -> frozenset[Grain]:
        """Of the rows of sales."""
        sales = [series.grains for (_, kpi), series in self.series.items() if kpi is None]
        return frozenset[Grain]().union(*sales)

    @cached_property
    def kpis(self) -> tuple[str, ...]:
        """The drivers and KPIs that have rows, in the plan's order."""
        plan = self.cascade.plan
        with_rows = {kpi for _, kpi in self.series}
        return tuple(name for name in (*plan.drivers, *plan.kpis) if name in with_rows)

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """The nodes that have rows, in the tree's order."""
        with_rows = {who for who, _ in self.series} - {None}
        tree = self.cascade.plan.cascade
        paths = ("/".join(names) for names, _ in walk(tree.nodes)) if tree and with_rows else ()
        return tuple(path for path in paths if path in with_rows)

    @cached_property
    def people(self) -> PeopleQuotas:
        """The quotas of the plan's tree. Raises `UsageError` where it has none."""
        return people_quotas(self.cascade)

    def has(self, who: str | None = None, kpi: str | None = None) -> bool:
        """Whether there are figures of a node or the company, or of nodes below, of sales or of a KPI."""
        if who is None:
            return any(kpi == of for _, of in self.series) or (kpi is None and bool(self.closed))
        path = "/".join(self.people.find(who).names)
        return any(
            kpi == of and f"{one}/".startswith(f"{path}/") for one, of in self.series if one is not None
        )

    def month(self, position: int, who: str | None = None, kpi: str | None = None) -> Fraction | None:
        """What came in in a month up to `through`; None where that is not known, and after `through`.

        What adds up is the sum of its rows. A ratio or driver has the value of the month's row, or the
        mean over the days that have one, to each of which a week's row gives its value. Where a node has
        no rows, its members' are added up, once each is known that has a quota; so of the company.
        """
        if who is None and kpi is None and position in self.closed:
            return self.closed[position]
        return self.from_rows(position, who, kpi)

    def from_rows(self, position: int, who: str | None = None, kpi: str | None = None) -> Fraction | None:
        """As `month`, whatever was closed."""
        weeks = self._weeks_begun(position)
        return self._of(
            who,
            kpi,
            lambda series: series.month(position),
            lambda node: any(node.units[week] for week in weeks),
        )

    def part_week(
        self, position: int, place: int, who: str | None = None, kpi: str | None = None
    ) -> Fraction | None:
        """As `month`, the part week at a place in it; None as well where only the month is known."""
        is_sales = who is None and kpi is None
        if is_sales and position in self.closed and self.closed[position] != self.from_rows(position):
            return None
        week = sum(len(month.parts) for month in self.cascade.months[:position]) + place
        return self._of(
            who, kpi, lambda series: series.part_week(position, place), lambda node: bool(node.units[week])
        )

    def lacking(self, position: int) -> Iterator[str]:
        """The nodes that have a quota in a month and no figure, nor members that have."""
        weeks = self._weeks_begun(position)

        def due(node: NodeQuota) -> bool:
            return any(node.units[week] for week in weeks)

        def those(nodes: Sequence[NodeQuota]) -> Iterator[str]:
            for node in nodes:
                if not due(node) or self._node(node, None, lambda one: one.month(position), due) is not None:
                    continue
                path = "/".join(node.names)
                has_rows_below = any((who or "").startswith(f"{path}/") for who, _ in self.series)
                if has_rows_below:
                    yield from those(node.members)
                else:
                    yield path

        yield from those(self.people.roots)

    def _weeks_begun(self, position: int) -> range:
        """Where the part weeks of a month that have begun stand among those of the year."""
        first = sum(len(month.parts) for month in self.cascade.months[:position])
        parts = self.cascade.months[position].parts
        return range(first, first + sum(part.period.start <= self.through for part in parts))

    def _of(self, who: str | None, kpi: str | None, ask: _Ask, due: _Due) -> Fraction | None:
        if who is not None:
            return self._node(self.people.find(who), kpi, ask, due)
        own = self.series.get((None, kpi))
        if own is not None:
            return ask(own)
        return self._summed(self.people.roots, kpi, ask, due) if self._adds_up_nodes(kpi) else None

    def of_nodes(self, position: int) -> Fraction | None:
        """What came in in a month as far as the rows of nodes say it, whatever those of the company do."""
        if not self.has_nodes_of(None):
            return None
        weeks = self._weeks_begun(position)
        return self._summed(
            self.people.roots,
            None,
            lambda series: series.month(position),
            lambda node: any(node.units[week] for week in weeks),
        )

    def _node(self, node: NodeQuota, kpi: str | None, ask: _Ask, due: _Due) -> Fraction | None:
        """Its own figure, or else the sum of its members'."""
        own = self.series.get(("/".join(node.names), kpi))
        figure = None if own is None else ask(own)
        if figure is not None or not node.members or not self._adds_up_nodes(kpi):
            return figure
        return self._summed(node.members, kpi, ask, due)

    def _summed(self, nodes: Sequence[NodeQuota], kpi: str | None, ask: _Ask, due: _Due) -> Fraction | None:
        total, known = Fraction(0), False
        for node in nodes:
            figure = self._node(node, kpi, ask, due)
            if figure is None and due(node):
                return None
            known = known or figure is not None
            total += figure or Fraction(0)
        return total if known else None

    def _adds_up_nodes(self, kpi: str | None) -> bool:
        """Whether there are rows of nodes that may be added up."""
        adds_up = kpi is None or unit_of(self.cascade.plan, kpi) is not None
        return adds_up and self.has_nodes_of(kpi)

    def has_nodes_of(self, kpi: str | None) -> bool:
        """Whether nodes have rows of sales (None), or of a KPI."""
        return kpi in self._of_nodes

    @cached_property
    def _of_nodes(self) -> frozenset[str | None]:
        return frozenset(kpi for who, kpi in self.series if who is not None)
