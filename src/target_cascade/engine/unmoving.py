"""Two plans → what they say differently that moves no quota of the company: drivers, KPIs, teams, the
tree of people with their decisions, which moves theirs, and what came in."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from target_cascade.engine.alterations import Alteration, Draft, Edit, edits_of, state_of
from target_cascade.entry import Entry
from target_cascade.people.node import Node, walk
from target_cascade.people.tree import Tree
from target_cascade.plan import Plan
from target_cascade.sentence import count

_NODE_KEYS = ("weight", "share", "start", "end", "bounds", "last_year", "resource", "note")
_MOST_NODES = 10
"""Nodes of the tree that are told one by one; of more only how many there are."""


def unmoving(old: Plan, new: Plan) -> Iterator[Alteration]:
    """What the second plan says differently, in the order of the plan file."""
    for section in ("drivers", "kpis", "teams"):
        yield from _entries(section, getattr(old, section), getattr(new, section))
    yield from _entries("sources", _sources(old), _sources(new))
    yield from _entries("actions", _by_deed(old.actions), _by_deed(new.actions))
    yield from _entries("contingency", _by_deed(old.contingency), _by_deed(new.contingency))
    yield from _tree(old.cascade, new.cascade)
    yield from _entries("proposals", _proposals(old), _proposals(new))
    yield from _entries("decided", _by_span(old.decided), _by_span(new.decided))
    if edits := tuple(edits_of(old.actuals, new.actuals)):
        state = state_of(old.actuals, new.actuals)
        yield Alteration("actuals", "actuals", state, edits, False, _untouched, new.actuals or old.actuals)


def _entries(section: str, olds: Mapping[str, Entry], news: Mapping[str, Entry]) -> Iterator[Alteration]:
    """The entries that differ, by name: first those of the new plan, then those that it lacks."""
    for name in dict.fromkeys((*news, *olds)):
        one, other = olds.get(name), news.get(name)
        if edits := tuple(edits_of(one, other)):
            yield Alteration(section, name, state_of(one, other), edits, False, _untouched, other or one)


def _untouched(draft: Draft) -> Draft:
    """The draft as it is: it is on the way to other quotas, and these entries change none."""
    return draft


def _sources(plan: Plan) -> dict[str, Entry]:
    return {f"{kpi} from {one.name}": one for kpi, entries in plan.sources.items() for one in entries}


def _by_deed(entries: Sequence[Any]) -> dict[str, Entry]:
    """Actions and contingencies by what is done, for they have no names; those of one deed by their order."""
    found: dict[str, Entry] = {}
    times = Counter[str]()
    for entry in entries:
        times[entry.do] += 1
        found[entry.do if times[entry.do] == 1 else f"{entry.do} ({times[entry.do]})"] = entry
    return found


def _by_span(entries: Sequence[Any]) -> dict[str, Entry]:
    return {f"{entry.name} in {entry.period.label}": entry for entry in entries}


def _proposals(plan: Plan) -> dict[str, Entry]:
    return _by_span([] if plan.proposals is None else [one.proposal for one in plan.proposals.proposed])


def _tree(old: Tree | None, new: Tree | None) -> Iterator[Alteration]:
    """The keys of the tree that differ, and its nodes."""
    edits = [edit for edit in edits_of(old, new) if edit.key not in ("members", "file", "sheet")]
    olds, news = (dict(walk(() if tree is None else tree.nodes)) for tree in (old, new))
    differ = [
        names for names in dict.fromkeys((*news, *olds)) if _told(olds.get(names)) != _told(news.get(names))
    ]
    if len(differ) > _MOST_NODES:
        edits += [
            Edit("nodes", count(len(olds)), count(len(news))),
            Edit("altered", count(0), count(len(differ))),
        ]
        differ = []
    if edits:
        yield Alteration("cascade", "cascade", "changed", tuple(edits), False, _untouched)
    for names in differ:
        one, other = _told(olds.get(names)), _told(news.get(names))
        told = [
            Edit(key, one.get(key), other.get(key)) for key in _NODE_KEYS if one.get(key) != other.get(key)
        ]
        state = state_of(olds.get(names), news.get(names))
        yield Alteration("cascade", "/".join(names), state, tuple(told), False, _untouched)


def _told(node: Node | None) -> dict[str, object]:
    """What a plan says of a node, without what is below it and where it is written."""
    if node is None:
        return {}
    # What a node with members weighs is what they weigh together.
    return {key: getattr(node, key) for key in _NODE_KEYS if key != "weight" or not node.members}
