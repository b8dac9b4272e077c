"""The quotas of people: split alike, too soon, or hanging on one of them."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from target_cascade.engine.apportion import round_up
from target_cascade.engine.finding import Finding, Rule
from target_cascade.engine.judged import Judged
from target_cascade.engine.rules.measures import in_places, named
from target_cascade.errors import Path
from target_cascade.sentence import Sentence, amount, apart, count, sentence, share

if TYPE_CHECKING:
    from target_cascade.engine.people.quotas import NodeQuota, PeopleQuotas

_TREE = ("cascade",)
_FEWEST = 5
"""People of whom one is a fifth; fewer have none."""
_TENTH_OF_A_PERCENT = Fraction(1, 1000)


def _equal_split(judged: Judged) -> Iterator[Finding]:
    if judged.people is not None:
        yield from _all_alike(judged.people)
        yield from _top_fifth(judged.people)


def _all_alike(people: "PeopleQuotas") -> Iterator[Finding]:
    most = people.cascade.plan.guardrails.equal_split
    alike = [(whose, leaves) for whose, leaves in _groups(people) if len(leaves) > most and _equal(leaves)]
    if not alike:
        return
    whose, leaves = alike[0]
    yield Finding(
        EQUAL_SPLIT.name,
        "warning",
        sentence("the ", count(len(leaves)), f" people of {whose} all have the same weight, and more than ")
        + sentence(count(most), " are seldom alike")
        + in_places(len(alike), "in", "groups"),
        sentence("give each a `weight`: what they sold last year, how long they are there, or what they")
        + sentence(" have to work with"),
        _path(leaves[0]),
        count(len(leaves)),
        count(most),
    )


def _groups(people: "PeopleQuotas") -> Iterator[tuple[str, "Sequence[NodeQuota]"]]:
    """The leaves directly below each parent, and what it is called."""
    yield "the company", _leaves(people.roots)
    for parent in people.nodes():
        yield f"`{_name(parent)}`", _leaves(parent.members)


def _leaves(members: "Sequence[NodeQuota]") -> "list[NodeQuota]":
    return [member for member in members if not member.members]


def _equal(leaves: "Sequence[NodeQuota]") -> bool:
    """Whether all would get the same if they were there all year: by weight, or by their shares."""
    return len({(leaf.node.share, leaf.node.weight) for leaf in leaves}) == 1


def _top_fifth(people: "PeopleQuotas") -> Iterator[Finding]:
    limit = people.cascade.plan.guardrails.top_fifth
    total = sum(1 for _ in people.leaves())
    if total < _FEWEST or (part := people.top_fifth()) <= limit:
        return
    told, passed = apart(share(part), share(limit))
    yield Finding(
        EQUAL_SPLIT.name,
        "warning",
        sentence("the largest fifth, ", count(people.fifth), " of ", count(total), " people, carries ")
        + sentence(told, " of the planned total, more than ", passed),
        sentence("ask what keeps the others from more, and agree now what is done if one of the largest")
        + sentence(" leaves"),
        _TREE,
        share(part),
        share(limit),
    )


EQUAL_SPLIT = Rule(
    name="equal-split",
    finds="a quota is split alike, or hangs on a few",
    severities=("warning",),
    why=(
        "To give everybody the same is easy and looks fair. But people differ: in how long they are there,"
        " in the customers that they have, in what they can do. The same quota is easy for one and out of"
        " reach for another, and both stop working for it."
        "\n\n"
        "A quota that hangs on very few is the opposite, and as weak. Then the others are there and sell"
        " next to nothing, or the few are asked for what nobody can do for a whole year."
    ),
    formula=(
        "More than `equal_split` leaves directly below one parent, all with the same `weight` or all with the"
        " same `share`. And, from five leaves on: what the largest fifth of all leaves, rounded up to whole"
        " people, carries of the planned total P, above `top_fifth`. Skipped without `cascade`."
    ),
    thresholds=("equal_split", "top_fifth"),
    remedy=(
        "Give each leaf a `weight`, from what they sold last year or from what they have to work with. Where"
        " a few carry nearly all, ask what keeps the others from more."
    ),
    find=_equal_split,
)


def _full_quota_at_once(judged: Judged) -> Iterator[Finding]:
    people = judged.people
    new = [leaf for leaf in people.leaves() if _is_full_at_once(people, leaf)] if people else []
    if people is None or not new:
        return
    starts = (
        f" starts on {new[0].node.start} and carries" if len(new) == 1 else " start in the year and carry"
    )
    yield Finding(
        FULL_QUOTA_AT_ONCE.name,
        "warning",
        named([_name(leaf) for leaf in new]) + sentence(f"{starts} a full quota from the first month on"),
        sentence(f"write a `ramp` beside the `{'file' if people.tree.file else 'members'}` of `cascade`,")
        + sentence(" such as [25%, 50%, 75%, 100%]: what new people bring in their first months"),
        _path(new[0]),
        count(len(new)),
    )


def _is_full_at_once(people: "PeopleQuotas", leaf: "NodeQuota") -> bool:
    """Whether somebody who is new this year has a quota in the first month as if they were not."""
    from target_cascade.engine.people.quotas import productivity

    plan, start = people.cascade.plan, leaf.node.start
    if start is None or not plan.year.start < start <= plan.year.end:
        return False
    first = plan.year.position(start)
    return bool(people.months(leaf)[first]) and productivity(plan, leaf.node, first) >= 1


FULL_QUOTA_AT_ONCE = Rule(
    name="full-quota-at-once",
    finds="new people carry a full quota from the first day",
    severities=("warning",),
    why=(
        "Who is new does not know the goods, the customers and the system yet, and sells a part of what the"
        " others sell. A full quota from the first day is missed every month, and what is missing is"
        " nobody's: the sum of the people says that the year comes in, and it does not."
    ),
    formula=(
        "A leaf of `cascade` whose `start` lies in the plan year, after its first day, with a quota in that"
        " month and a productivity of 100 % or more in it: there is no `ramp`, or it begins with 100 %."
        " Skipped without `cascade`."
    ),
    thresholds=(),
    remedy=(
        "Write a `ramp` for the tree: what people bring in the months since their `start`, as a part of"
        " what they bring later. The others then carry the rest, and their quotas say so."
    ),
    find=_full_quota_at_once,
)


def _best_leaves(judged: Judged) -> Iterator[Finding]:
    people, total, target = judged.people, judged.cascade.planned_total, judged.plan.target
    if people is None or sum(1 for _ in people.leaves()) == 1:
        return
    best = people.best_leaf()
    carried, buffer = people.year(best), total - target
    missed = target - people.without_best()
    if missed <= buffer:
        return
    yield Finding(
        BEST_LEAVES.name,
        "warning",
        sentence(f"without `{_name(best)}`, which carries ", amount(carried), ", the year lands at ")
        + sentence(amount(total - carried), ", ", amount(missed), " below the target; the buffer is ")
        + sentence(amount(buffer)),
        _taken_over(judged, best, carried / total),
        _path(best),
        amount(missed),
        amount(buffer),
    )


def _taken_over(judged: Judged, best: "NodeQuota", part: Fraction) -> Sentence:
    """To agree on who takes over; and which buffer would do, where that is not too large by itself.

    With a part s of P, the miss T − (1 − s)·P is P − T where P = T · 2 ÷ (2 − s).
    """
    agree = sentence(f"agree now who takes over what `{_name(best)}` carries")
    buffer = round_up(part / (2 - part), _TENTH_OF_A_PERCENT)
    if buffer > judged.plan.guardrails.buffer_max:
        return agree
    return agree + sentence("; a buffer of ", share(buffer), " would do, with the shares as they are")


BEST_LEAVES = Rule(
    name="best-leaves",
    finds="the year is missed if the largest one leaves",
    severities=("warning",),
    why=(
        "The best of a team is the one whom others would like to have, and sometimes goes. What this person"
        " carries does not come by itself then: the others have quotas of their own, and somebody new needs"
        " months. The same holds for a store that has to close."
        "\n\n"
        "The buffer is there for what goes wrong. Where one person weighs more than twice as much, the plan"
        " is a bet on this person, and everybody should know it."
    ),
    formula=(
        "T − (P − q), what the year misses without the largest leaf, above P − T, what the buffer adds; q is"
        " the year's quota of the leaf that carries most, P the planned total and T the target. So q is"
        " above twice the buffer. Skipped without `cascade`, and where it has one leaf."
    ),
    thresholds=(),
    remedy=(
        "Agree now who takes over which customers, and let two people know each of the large ones. Or"
        " spread the quota, or raise the `buffer`."
    ),
    find=_best_leaves,
)


def _name(node: "NodeQuota") -> str:
    return "/".join(node.names)


def _path(node: "NodeQuota") -> Path:
    """Where the node stands in the plan; of one in a file where the plan names that."""
    where = node.node.where
    return where if isinstance(where, tuple) else (*_TREE, "file")
