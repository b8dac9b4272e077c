"""What is wrong with a tree, and with what is proposed and decided for it, beyond each entry alone."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple, Protocol

from target_cascade.amount import show
from target_cascade.errors import Path, Problem, UsageError
from target_cascade.people.found import NodeNames
from target_cascade.people.node import Names, Node, problem_at
from target_cascade.people.proposal import Decisions, Proposals, Span
from target_cascade.people.tree import Tree


class Planned(Protocol):
    """What a plan says of teams and people; the plan itself imports this package."""

    @property
    def cascade(self) -> Tree | None:
        """The tree."""

    @property
    def proposals(self) -> Proposals | None:
        """What people propose."""

    @property
    def decided(self) -> Decisions:
        """What was settled with them."""


class Settled(NamedTuple):
    """An amount that was decided for a node, under the `key` of what is written at `where`."""

    name: str
    span: Span
    amount: Fraction
    by: str | None
    because: str | None
    where: Path | str
    key: str
    section: str


def settled(plan: Planned) -> Iterator[Settled]:
    """All decisions: those of the plan first, then those among the proposals."""
    for at, one in enumerate(plan.decided):
        yield Settled(
            one.name, one.period, one.amount, one.by, one.because, ("decided", at), "amount", "decided"
        )
    for proposal, where in plan.proposals.proposed if plan.proposals is not None else ():
        if proposal.decided is not None:
            given = proposal.decided, proposal.by, proposal.because
            yield Settled(proposal.name, proposal.period, *given, where, "decided", "proposals")


def problems(plan: Planned) -> Iterator[Problem]:
    """All that is wrong with the plan's tree, proposals and decisions, which have been read from their
    files; what the tree's names are needed for is told once these are in order."""
    if plan.cascade is None:
        yield from _without_tree(plan)
        return
    wrong = list(_members(plan.cascade.nodes, None))
    yield from wrong
    if not wrong and (plan.proposals is not None or plan.decided):
        yield from _named(plan, NodeNames(plan.cascade.nodes))


def _without_tree(plan: Planned) -> Iterator[Problem]:
    for key in ("proposals", "decided"):
        if getattr(plan, key):
            yield Problem(
                f"`{key}` is about the nodes of `cascade`, and there is none; write the tree", (key,)
            )


def _members(nodes: Sequence[Node], parent: Node | None) -> Iterator[Problem]:
    first: dict[str, Node] = {}
    for node in nodes:
        before = first.setdefault(node.name, node)
        if before is not node:
            yield _at_node(
                node,
                "name",
                f"`{node.name}` stands {_below(parent)} twice{_place(before)}; give each its own name",
            )
        if "/" in node.name:
            yield _at_node(
                node,
                "name",
                f"`{node.name}` has a `/`, which stands between the names of a path; write another sign",
            )
    yield from _shares(nodes, parent)
    for node in nodes:
        yield from _members(node.members, node)


def _shares(nodes: Sequence[Node], parent: Node | None) -> Iterator[Problem]:
    shares = [node.share for node in nodes if node.share is not None]
    if not shares:
        return
    if len(shares) < len(nodes):
        node = next(node for node in nodes if node.share is None)
        yield _at_node(
            node,
            "",
            f"`{node.name}` has no `share`, and others {_below(parent)} have one; give each a"
            " share, or none, and weights decide",
        )
    elif sum(shares) != 1:
        total = sum(shares, Fraction(0))
        yield _at_node(
            nodes[-1],
            "share",
            f"the shares {_below(parent)} add up to {show(total * 100)} %, and not to"
            f" 100 %: {show(abs(1 - total) * 100)} % {'are missing' if total < 1 else 'too much'}",
        )


def _below(parent: Node | None) -> str:
    return "on the first level" if parent is None else f"below `{parent.name}`"


def _place(node: Node) -> str:
    return f", first at {node.where}" if isinstance(node.where, str) else ""


def _at_node(node: Node, key: str, message: str) -> Problem:
    return problem_at(node.where, key, message)


class _Said(NamedTuple):
    names: Names
    span: Span
    where: Path | str
    key: str
    section: str


def _named(plan: Planned, names: NodeNames) -> Iterator[Problem]:
    """What is proposed and decided for nobody, or twice for somebody."""
    proposals = plan.proposals.proposed if plan.proposals is not None else ()
    proposed: list[_Said] = []
    for proposal, where in proposals:
        try:
            found = names.find(proposal.name)
        except UsageError as error:
            yield problem_at(where, "name", str(error), "proposals")
        else:
            proposed.append(_Said(found, proposal.period, where, "period", "proposals"))
    decided: list[_Said] = []
    for one in settled(plan):
        try:
            found = names.find(one.name)
        except UsageError as error:
            if one.section == "decided":
                yield problem_at(one.where, "name", str(error), "decided")
        else:
            decided.append(_Said(found, one.span, one.where, one.key, one.section))
    yield from _twice(proposed, "proposes for", "a period can have one proposal")
    yield from _twice(decided, "decides for", "only one of them can hold")


def _twice(entries: Sequence[_Said], does: str, why: str) -> Iterator[Problem]:
    """Entries of one node whose periods share a month."""
    said: dict[tuple[Names, int], _Said] = {}
    for entry in entries:
        earlier = [before for m in entry.span.months if (before := said.get((entry.names, m)))]
        if earlier:
            label = earlier[0].span.label
            other = f"{_named_place(earlier[0].where)} {does} {label}"
            yield problem_at(
                entry.where,
                entry.key,
                f"`{'/'.join(entry.names)}`, {entry.span.label}: {other} already, and {why}; keep one",
                entry.section,
            )
        else:
            said |= {(entry.names, month): entry for month in entry.span.months}


def _named_place(where: Path | str) -> str:
    if isinstance(where, str):
        return where
    head, *index = where
    return f"`{head}{''.join(f'[{number}]' for number in index)}`"
