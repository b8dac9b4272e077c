"""The cells that name a node or a KPI → the names of the plan, or why they are none."""

from collections.abc import Sequence
from difflib import get_close_matches

from target_cascade.errors import InputError, UsageError
from target_cascade.people.found import NodeNames
from target_cascade.plan import Plan
from target_cascade.read.people.column_values import text_in
from target_cascade.read.people.level_names import is_total
from target_cascade.read.people.named_columns import folded
from target_cascade.read.sales.header_words import meaning_of
from target_cascade.read.tables.grid import Cell
from target_cascade.read.tables.listing import listed

_COMPANY = frozenset("company 公司 全公司 整体 整个公司".split()) | {"the company", "whole company"}


class SeriesNames:
    """The nodes, KPIs and drivers of a plan by what people write for them."""

    def __init__(self, plan: Plan) -> None:
        self._nodes = NodeNames(plan.cascade.nodes) if plan.cascade is not None else None
        self._kpis = (*plan.kpis, *plan.drivers)
        self._known: dict[tuple[str, ...], str | None] = {}

    def who(self, cells: Sequence[Cell]) -> str | None:
        """The path of the node that cells name, from the first level down; None for the whole company.

        Raises `InputError`.
        """
        named = [cell for cell in cells if cell.text]
        if not named or self._nodes is None:
            return None
        texts = tuple(cell.text for cell in named)
        if texts not in self._known:
            self._known[texts] = self._node(named, self._nodes)
        return self._known[texts]

    def _node(self, cells: Sequence[Cell], nodes: NodeNames) -> str | None:
        try:
            path = "/".join(_without_mark(text_in(cell)) for cell in cells)
            return "/".join(nodes.find(path))
        except (UsageError, ValueError) as error:
            if len(cells) == 1 and folded(cells[0].text) in _COMPANY:
                return None
            raise InputError(cells[-1].mark.problem(str(error))) from None

    def kpi(self, cell: Cell | None) -> str | None:
        """The KPI or driver that a cell names; None for sales. Raises `InputError`."""
        if cell is None or not cell.text:
            return None
        try:
            text = text_in(cell)
        except ValueError as error:
            raise InputError(cell.mark.problem(str(error))) from None
        if text in self._kpis:
            return text
        same = [name for name in self._kpis if folded(name) == folded(text)]
        if len(same) == 1:
            return same[0]
        if meaning_of(text) == "sales":
            return None
        raise InputError(cell.mark.problem(self._unknown(text)))

    def _unknown(self, text: str) -> str:
        if not self._kpis:
            hint = (
                "which has no `kpis` and no `drivers`; leave the row out, or write `sales` where it is sales"
            )
            return f"`{text}` is no KPI of the plan, {hint}"
        by_small = {name.lower(): name for name in self._kpis}
        near = get_close_matches(text.lower(), by_small, 1)
        hint = (
            f"did you mean `{by_small[near[0]]}`?" if near else f"known are {listed(self._kpis)}, and `sales`"
        )
        return f"`{text}` is no KPI and no driver of the plan; {hint}"


def names_total(cells: Sequence[Cell]) -> bool:
    """Whether what names a node is a word for the sum of all."""
    texts = [cell.text for cell in cells if cell.text]
    return len(texts) == 1 and is_total(texts[0])


def _without_mark(name: str) -> str:
    """A name without what keeps a spreadsheet from reading a number."""
    return name[1:] if name[:1] in ("`", "'") and name[1:].isdigit() else name
