"""Two plans → what the second alters, key by key and entry by entry, in the engine's order.

Entries are matched by their names, not by where they stand.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from typing import Any, Literal, NamedTuple

from target_cascade.calendar import Period, RetailWeeks, year_names
from target_cascade.engine.entry_keys import SILENT, Key, matched_keys
from target_cascade.entry import Entry
from target_cascade.errors import InfeasibleError, Path
from target_cascade.last_year import Base
from target_cascade.plan import Plan

_LISTS = ("days", "new_business", "adjust", "limits")


class Edit(NamedTuple):
    """A key of an entry with its values before and after, typed as in the plan; None is not there."""

    key: str
    before: object
    after: object


class Draft(NamedTuple):
    """A plan on the way from one to the other, with the keys of the entries in its lists."""

    plan: Plan
    keys: Mapping[str, tuple[Key, ...]]

    def key(self, path: Path) -> Key | None:
        """The key of the entry of a list that stands at a path; None of what is no such entry."""
        section, *index = path
        return self.keys[str(section)][int(index[0])] if section in self.keys else None

    def path(self, section: str, key: Key) -> Path | None:
        """Where the entry with a key stands in this plan; None where it does not."""
        keys = self.keys[section]
        return (section, keys.index(key)) if key in keys else None


@dataclass(frozen=True)
class Alteration:
    """One key or entry that differs. `section` is its key at the top of the plan file, `entry` what
    stands there now, or stood, and `moves` says whether it can move a quota at all; `apply` makes the
    change in a draft, and raises `InfeasibleError` where something else has to come first."""

    section: str
    name: str
    state: Literal["changed", "added", "removed", "reordered"]
    edits: tuple[Edit, ...]
    moves: bool
    apply: Callable[[Draft], Draft] = field(repr=False, compare=False)
    entry: Entry | None = None


def drafts(old: Plan, new: Plan) -> tuple[Draft, Draft]:
    """Both plans as drafts: entries that share a key are one and the same."""
    matched = {section: matched_keys(getattr(old, section), getattr(new, section)) for section in _LISTS}
    before = {section: tuple(olds) for section, (olds, _) in matched.items()}
    after = {section: tuple(news) for section, (_, news) in matched.items()}
    return Draft(old, before), Draft(new, after)


def alterations(before: Draft, after: Draft) -> list[Alteration]:
    """What makes the second plan of the first.

    Plans of two years have no month in common, so that all of it is one alteration.
    """
    old, new = before.plan, after.plan
    if old.year.months != new.year.months:
        year = (Edit("year", *year_names(old.year, new.year)),)
        return [Alteration("year", "year", "changed", year, True, lambda _: after)]
    matched = {section: (before.keys[section], after.keys[section]) for section in _LISTS}
    found = chain(
        _entries("days", old, new, *matched["days"]),
        _order_of_days(new, *matched["days"]),
        _year_before(old, new),
        _base(old, new),
        _entries("new_business", old, new, *matched["new_business"]),
        _entries("adjust", old, new, *matched["adjust"]),
        _scalars(("target", "buffer"), old, new),
        _entries("limits", old, new, *matched["limits"]),
        _sections(("year_end", "rounding"), old, new),
        _scalars(("weeks",), old, new),
        _closed(old, new),
        _scalars(("title", "revision", "currency"), old, new, moves=False),
        _sections(("guardrails",), old, new, moves=False),
    )
    return list(found)


def _year_before(old: Plan, new: Plan) -> Iterator[Alteration]:
    """How many weeks the year before a retail year has, and where its 53rd week is."""
    if old.year.retail is None or new.year.retail is None or old.year.retail == new.year.retail:
        return
    told = zip(_before(old.year.retail), _before(new.year.retail), strict=True)
    edits = tuple(Edit(key, one, other) for (key, one), (_, other) in told if one != other)
    yield Alteration("year", "year", "changed", edits, True, _with_key("year", new.year), None)


def _before(weeks: RetailWeeks) -> tuple[tuple[str, str], ...]:
    return ("base_weeks", str(weeks.base_weeks)), ("leap", f"P{weeks.leap + 1:02d}")


def _scalars(keys: Sequence[str], old: Plan, new: Plan, moves: bool = True) -> Iterator[Alteration]:
    for key in keys:
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            name = Plan.model_fields[key].alias or key
            edits = (Edit(name, before, after),)
            yield Alteration(name, name, "changed", edits, moves, _with_key(key, after))


def _sections(keys: Sequence[str], old: Plan, new: Plan, moves: bool = True) -> Iterator[Alteration]:
    for key in keys:
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            edits = tuple(edits_of(before, after))
            can_move = moves and any(edit.key not in SILENT for edit in edits)
            yield Alteration(
                key, key, state_of(before, after), edits, can_move, _with_key(key, after), after or before
            )


def _closed(old: Plan, new: Plan) -> Iterator[Alteration]:
    """What a review has closed and re-planned, as one alteration."""
    closed = new.closed or old.closed
    if closed is None or old.closed == new.closed:
        return
    name, edits = f"review through {new.year.months[closed.through].label}", edits_of(old.closed, new.closed)
    state, apply = state_of(old.closed, new.closed), _with_key("closed", new.closed)
    yield Alteration("closed", name, state, tuple(edits), True, apply, closed)


def _with_key(key: str, value: object) -> Callable[[Draft], Draft]:
    return lambda draft: draft._replace(plan=draft.plan.model_copy(update={key: value}))


def edits_of(before: Entry | None, after: Entry | None) -> Iterator[Edit]:
    """The keys in which two states of an entry differ; of one that is not there, from the defaults."""
    entry = before or after
    for key, known in type(entry).model_fields.items() if entry is not None else ():
        absent = None if known.is_required() else known.get_default(call_default_factory=True)
        values = [absent if state is None else getattr(state, key) for state in (before, after)]
        if values[0] != values[1]:
            yield Edit(known.alias or key, *values)


def state_of(before: object, after: object) -> Literal["changed", "added", "removed"]:
    """What has become of an entry; None is not there."""
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def _entries(
    section: str, old: Plan, new: Plan, before: Sequence[Key], after: Sequence[Key]
) -> Iterator[Alteration]:
    """The entries of a list that differ: first those of the new plan, then those that it lacks."""
    olds: dict[Key, Any] = dict(zip(before, getattr(old, section), strict=True))
    news: dict[Key, Any] = dict(zip(after, getattr(new, section), strict=True))
    order = _binding_order(section, new, after)
    for key in (*news, *(key for key in olds if key not in news)):
        one, other = olds.get(key), news.get(key)
        edits = tuple(edits_of(one, other))
        if not edits:
            continue
        position = list(news).index(key) if key in news else list(olds).index(key)
        entry: Any = other or one
        name = entry.name or f"{section}[{position}]"
        moves = any(edit.key not in SILENT for edit in edits)
        apply = _with_entry(section, key, other, order)
        yield Alteration(section, name, state_of(one, other), edits, moves, apply, entry)


def _with_entry(
    section: str, key: Key, entry: Entry | None, order: Sequence[Key]
) -> Callable[[Draft], Draft]:
    def apply(draft: Draft) -> Draft:
        keys = list(draft.keys[section])
        entries = dict(zip(keys, getattr(draft.plan, section), strict=True))
        if entry is None:
            keys.remove(key)
        elif key not in entries:
            keys.insert(_place(key, keys, order), key)
        made = tuple(entry if one == key else entries[one] for one in keys)
        return _with_list(draft, section, keys, made)

    return apply


def _with_list(draft: Draft, section: str, keys: Sequence[Key], entries: tuple[Any, ...]) -> Draft:
    plan = draft.plan.model_copy(update={section: entries})
    return Draft(plan, {**draft.keys, section: tuple(keys)})


def _place(key: Key, keys: Sequence[Key], order: Sequence[Key]) -> int:
    """Where a new entry goes: behind the nearest one that stands before it in `order`, first of all
    where there is none; at the end where its place does not matter."""
    if key not in order:
        return len(keys)
    before = order[: order.index(key)]
    return next((keys.index(earlier) + 1 for earlier in reversed(before) if earlier in keys), 0)


def _order_of_days(new: Plan, before: Sequence[Key], after: Sequence[Key]) -> Iterator[Alteration]:
    """Of two weights for one day the later rule's counts, so that their order is a cause of its own."""
    order = _binding_order("days", new, after)
    if [key for key in before if key in order] == [key for key in order if key in before]:
        return

    def apply(draft: Draft) -> Draft:
        entries = dict(zip(draft.keys["days"], draft.plan.days, strict=True))
        moved = iter([key for key in order if key in entries])
        keys = [next(moved) if key in order else key for key in entries]
        return _with_list(draft, "days", keys, tuple(entries[key] for key in keys))

    yield Alteration("days", "order of the rules", "reordered", (), True, apply)


def _binding_order(section: str, plan: Plan, keys: Sequence[Key]) -> list[Key]:
    """The keys of a list of `plan` whose order moves quotas: of rules that set a day's weight."""
    if section != "days":
        return []
    return [key for key, rule in zip(keys, plan.days, strict=True) if rule.weight is not None]


def _base(old: Plan, new: Plan) -> Iterator[Alteration]:
    """Last year's amounts or shape as one alteration, each repair as one, and the reason."""
    edits = tuple(_amount_edits(old, new))
    if edits:
        state, apply = state_of(old.base, new.base), _with_amounts(new.base)
        yield Alteration("base", "base", state, edits, True, apply, new.base or old.base)
    if new.base is None:
        return
    fixed = old.base.fix if old.base is not None and new.base.given is not None else {}
    for month in sorted(fixed.keys() | new.base.fix.keys(), key=lambda month: _label(month, new)):
        one, other = fixed.get(month), new.base.fix.get(month)
        if one != other:
            name = f"fix {_label(month, new)}"
            state, apply = state_of(one, other), _with_fix(month, new.base)
            yield Alteration("base", name, state, (Edit(name, one, other),), True, apply)
    if old.base is not None and old.base.because != new.base.because:
        reason = (Edit("because", old.base.because, new.base.because),)
        yield Alteration("base", "base", "changed", reason, False, lambda draft: draft)


def _amount_edits(old: Plan, new: Plan) -> Iterator[Edit]:
    if old.base and new.base and _has_shape(old.base) != _has_shape(new.base):
        yield Edit("shape", _has_shape(old.base), _has_shape(new.base))
    years = [_year_of_amounts(plan) for plan in (old, new)]
    if None not in years and years[0] != years[1]:
        yield Edit("year", *years)
    before, after = (_season(plan.base) for plan in (old, new))
    named = old if new.base is None else new
    for month in sorted(before.keys() | after.keys(), key=lambda month: _label(month, named)):
        one, other = before.get(month), after.get(month)
        if one != other:
            yield Edit(_label(month, named), one, other)
    if _fill(old.base) != _fill(new.base):
        yield Edit("fill", _fill(old.base), _fill(new.base))


def _year_of_amounts(plan: Plan) -> str | None:
    """The year that base amounts are of, where the plan may choose it: of a retail year it is always the
    one before."""
    return plan.base_year.label if plan.has_base_amounts and not plan.year.is_retail else None


def _label(month: int | Period, plan: Plan) -> str:
    return month.label if isinstance(month, Period) else plan.base_year.months[month].label


def _fill(base: Base | None) -> tuple[Fraction, ...] | None:
    return base.fill.shape if base is not None and base.fill is not None else None


def _season(base: Base | None) -> Mapping[int | Period, object]:
    if base is None:
        return {}
    return dict(enumerate(base.shape)) if base.shape is not None else base.given or {}


def _has_shape(base: Base) -> bool:
    return base.season is not None


def _with_amounts(base: Base | None) -> Callable[[Draft], Draft]:
    def apply(draft: Draft) -> Draft:
        if base is None or base.given is None:
            return _with_key("base", base)(draft)
        fixed = draft.plan.base.fix if draft.plan.base is not None else {}
        return _with_key("base", base.model_copy(update={"fix": fixed}))(draft)

    return apply


def _with_fix(position: int | Period, base: Base) -> Callable[[Draft], Draft]:
    def apply(draft: Draft) -> Draft:
        before = draft.plan.base
        if before is None or before.given is None:
            raise InfeasibleError  # There are no amounts yet that it could repair.
        fixed = {month: amount for month, amount in before.fix.items() if month != position}
        if position in base.fix:
            fixed[position] = base.fix[position]
        return _with_key("base", before.model_copy(update={"fix": fixed}))(draft)

    return apply
