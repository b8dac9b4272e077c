"""Two plans, or their exported quotas → the page of what differs and why."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from target_cascade.calendar import PlanYear, year_names
from target_cascade.engine.alterations import Alteration
from target_cascade.engine.apportion import nearest
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.changes import Change, Known, Labels, Level
from target_cascade.engine.diff import Cause, Diff
from target_cascade.engine.held import Held
from target_cascade.engine.limits import bound_name
from target_cascade.plan import Plan
from target_cascade.report.alteration import alteration_text
from target_cascade.report.reviewed import review_notes, review_text
from target_cascade.report.spans import months_text, span_text
from target_cascade.report.table import Cell, Column, Note, Notes, Page, Row, Table
from target_cascade.sentence import Sentence, amount, change, count, percent, ratio, sentence

_ZERO = Fraction(0)
_LEVEL_COLUMNS: Mapping[Level, tuple[Column, ...]] = {
    "quarter": (Column("quarter", "Quarter", "text"),),
    "month": (Column("month", "Month", "text"),),
    "week": (Column("month", "Month", "text"), Column("week", "Week", "text", vital=True)),
    "whole week": (Column("week", "Week", "text"),),
    "day": (Column("date", "Day", "text"),),
}
_QUOTAS = (
    Column("old", "Old", "amount", vital=True),
    Column("new", "New", "amount", vital=True),
    Column("change", "Change", "change", vital=True),
    Column("change_pct", "%", "percent"),
    Column("remark", "", "text", "people"),
)
_CAUSES = (
    Column("cause", "Cause", "text"),
    Column("year", "Year", "change"),
    Column("month", "Most in", "text", vital=True),
    Column("in_month", "By", "change", vital=True),
)
_CAUSE_KEYS = (
    Column("cause", "Cause", "text"),
    Column("section", "Section", "text"),
    Column("amount", "Amount", "amount"),
    Column("change", "Change", "text"),
    Column("masked_by", "Masked by", "text"),
)
_FROZEN = "the frozen quotas (`closed`)"
"""What keeps an entry from moving quotas once a review has closed months."""
_HUNDREDTH = Fraction(1, 100)
_LEAST_PART = Fraction(5, 10_000)
"""Below it a change in per cent would be printed as 0.0 %."""


class Side(NamedTuple):
    """One of the two: its name as it was given, its quotas, and its plan, or the year of exported
    quotas."""

    name: str
    quotas: Mapping[Labels, Known]
    plan: Plan | None = None
    exported: PlanYear | None = None

    @property
    def year(self) -> PlanYear | None:
        """The year of the quotas."""
        return self.exported if self.plan is None else self.plan.year


class _Words(NamedTuple):
    """What the periods of the rows are called, and months at the head of a column."""

    noun: str
    month: str

    @classmethod
    def of(cls, old: Side, new: Side, by: Level) -> "_Words":
        """A month is a period where both years are retail years."""
        years = [side.year for side in (old, new)]
        month = "period" if all(year is not None and year.is_retail for year in years) else "month"
        return cls(month if by == "month" else by.removeprefix("whole "), month.capitalize())


_OF_PEOPLE = ("cascade", "proposals", "decided")
"""Sections that move the quotas of teams and people, and none of the company."""


def diff_page(old: Side, new: Side, changed: Sequence[Change], by: Level, caused: Diff | None) -> Page:
    """What differs: the total first, then each cause with what it does to the year and to the month
    that it moves most, then the quotas before and after.

    Without `caused`, where one side is only quotas, the causes are not known.
    """
    words = _Words.of(old, new, by)
    table = _quota_table(changed, by, words)
    blocks: list[Table | Notes] = []
    records = [table]
    if caused is not None:
        records.append(_cause_records(caused))
        blocks += _cause_blocks(caused)
    if any(one.amount for one in changed):
        blocks.append(_folded(table, changed, by))
    currencies = _currencies(old, new)
    if remarks := tuple(_remarks(old, new, words, currencies)):
        blocks.insert(0, Notes("", remarks))
    names = f"{_named(old)} → {_named(new)}"
    title = " · ".join([names, *[" → ".join(currencies)][: len(currencies)]])
    answer = sentence(_years_text(old, new)) + _answer(changed, words, caused)
    return Page(answer, title, tuple(blocks), tuple(records), named=True)


def _years_text(old: Side, new: Side) -> str:
    """``2027 → 2028: ``, or nothing where both sides are of one year."""
    if (
        old.year is None
        or new.year is None
        or (old.year.start, old.year.end)
        == (
            new.year.start,
            new.year.end,
        )
    ):
        return ""
    return f"{' → '.join(year_names(old.year, new.year))}: "


def _named(side: Side) -> str:
    revision = side.plan.revision if side.plan is not None else None
    return f"{side.name} (revision {revision})" if revision else side.name


def _currencies(*sides: Side) -> list[str]:
    """The currencies of the plans, each once."""
    named = [side.plan.currency for side in sides if side.plan is not None]
    return list(dict.fromkeys(currency for currency in named if currency))


def _remarks(old: Side, new: Side, words: _Words, currencies: Sequence[str]) -> Iterator[Note]:
    """What to know before the figures are read."""
    if len(currencies) > 1:
        said = f"The amounts are in two currencies, {' and '.join(currencies)}, and compared as they stand."
        yield Note(sentence(said))
    if _years_text(old, new):
        said = f"The two share no {words.noun}; each stands beside the one at the same place in its year."
        yield Note(sentence(said))
    for side in (old, new):
        if side.plan is None:
            yield Note(sentence(f"`{side.name}` holds quotas only, so that the causes are not known."))


def _answer(changed: Sequence[Change], words: _Words, caused: Diff | None) -> Sentence:
    moved = [one for one in changed if one.amount]
    if not moved:
        return _nothing_moved(words.noun, caused)
    old, new = _sum([one.old for one in changed]), _sum([one.new for one in changed])
    if old == new:
        said = sentence("The year stays at ", amount(new))
    else:
        said = sentence(f"The year {'rises' if new > old else 'falls'} by ", amount(abs(new - old)))
        if old and abs(new - old) / old >= _LEAST_PART:
            said += sentence(" (", percent((new - old) / old), ")")
        said += sentence(" from ", amount(old), " to ", amount(new))
    most = max(moved, key=lambda one: abs(one.amount))
    if len(moved) == 1:
        return said + sentence(f"; only {most.labels[-1]} changes, by ", change(most.amount))
    part = sentence("all ") if len(moved) == len(changed) else sentence(count(len(moved)), " of ")
    said += sentence("; ") + part + sentence(count(len(changed)), f" {words.noun}s change, ")
    return said + sentence(f"{most.labels[-1]} most, by ", change(most.amount))


def _nothing_moved(noun: str, caused: Diff | None) -> Sentence:
    if caused is not None and caused.moves:
        return sentence(f"Every {noun} keeps its quota; other periods do not.")
    if caused is None:
        return sentence("No quota differs.")
    if caused.causes:
        growth = _growth_text("; growth factor ", caused.old, caused.new)
        return sentence("No quota differs, although the plans do") + growth + sentence(".")
    if any(one.section in _OF_PEOPLE for one in caused.silent):
        return sentence("No quota of the company differs; those of teams and people may (`plan cascade`).")
    said = "what has changed moves none" if caused.silent else "the plans say the same"
    return sentence(f"No quota differs: {said}.")


def _cause_blocks(caused: Diff) -> Iterator[Table | Notes]:
    if caused.causes:
        total = caused.new.planned_total - caused.old.planned_total
        rows = [Row(_cause_cells(cause, caused)) for cause in caused.causes]
        rows.append(Row(("Total", total, "", ""), "total"))
        yield Table("Causes", "", (), _CAUSES, tuple(rows))
        yield from (
            review_notes(cause) for cause in caused.causes if cause.review and cause.after.plan.closed
        )
        growth = _growth_text("Growth factor ", caused.old, caused.new)
        if growth.parts and caused.moves:
            yield Notes("", (Note(growth),))
    if caused.silent:
        said = (Note(_alteration_text(one, caused)) for one in caused.silent)
        of_people = any(one.section in _OF_PEOPLE for one in caused.silent)
        whose = " of the company" * of_people
        yield Notes(f"Changed without moving a quota{whose}", tuple(said))


def _cause_cells(cause: Cause, caused: Diff) -> tuple[Cell, ...]:
    said = _cause_text(cause, caused, brief=True)
    if remark := _remark(cause, caused):
        said += sentence(" (") + remark + sentence(")")
    if not any(cause.months):
        return said, cause.year, "", _ZERO
    month = caused.new.months[cause.strongest].period.label
    return said, cause.year, month, cause.months[cause.strongest]


def _cause_text(cause: Cause, caused: Diff, brief: bool = False) -> Sentence:
    """What is altered; of a review what it found and did, or its name where that is told elsewhere."""
    first, *others = (
        review_text(cause, one) if one.section == "closed" and not brief else _alteration_text(one, caused)
        for one in cause.alterations
    )
    for other in others:
        first += sentence(" + ") + other
    return first


def _alteration_text(alteration: Alteration, caused: Diff) -> Sentence:
    """An alteration in words; an entry with its section where one of another section has its name."""
    found = [*caused.silent, *(one for cause in caused.causes for one in cause.alterations)]
    sections = {one.section for one in found if one.name == alteration.name}
    ambiguous = len(sections) > 1 and alteration.name != alteration.section
    return alteration_text(alteration, caused.new.plan.year, with_section=ambiguous)


def _remark(cause: Cause, caused: Diff) -> Sentence | None:
    """Why a cause does not move what it is about."""
    if cause.masks and not cause.frozen:
        return sentence(_masks_text(cause, caused))
    return None if any(cause.months) else _unmoved(cause)


def _unmoved(cause: Cause) -> Sentence:
    """Why a cause that no limit masks moves no month."""
    if cause.frozen:
        return sentence(f"masked by {_FROZEN}", "; moves weeks and days only" * cause.only_days)
    if cause.only_days:
        return sentence("moves weeks and days only")
    if cause.below_unit:
        return sentence("moves less than a rounding unit")
    if cause.limits:
        return sentence("does not bind")
    return sentence("moves no month") + _growth_text("; growth factor ", cause.before, cause.after)


def _growth_text(words: str, before: Cascade, after: Cascade) -> Sentence:
    """How much harder, or less hard, the rest of the plan has to grow, behind some words. Empty where
    that does not change, or where no growth factor is known."""
    # Quotas that a review has frozen do not follow it.
    growths = [one.growth_of_base if one.plan.closed is None else None for one in (before, after)]
    known = [nearest(growth, _HUNDREDTH) for growth in growths if growth is not None]
    if len(known) < len(growths) or known[0] == known[1]:
        return sentence()
    return sentence(words, ratio(known[0]), " → ", ratio(known[1]))


def _masks_text(cause: Cause, caused: Diff) -> str:
    """``2012-11 held by `limits[1]` ``; months that are held are named, as the others do move."""
    year = caused.new.plan.year
    held = (
        f"{months_text(one.months, year)} held by {_held_name(one, cause, caused)}" for one in cause.masks
    )
    return ", ".join(held)


def _held_name(mask: Held, cause: Cause, caused: Diff) -> str:
    """The bound by its name, or by its place in one of the two files."""
    path, is_new = caused.path_of(mask, cause)
    entry = mask.entry(cause.after.plan)
    return f"{bound_name(path, entry)}{'' if is_new else ' of the old plan'}"


def _cause_records(caused: Diff) -> Table:
    """A record a cause: what it does to the year, and to each month by its label."""
    months = [Column(f"months.{month.period.label}", "", "amount") for month in caused.new.months]
    rows = []
    for cause in caused.causes:
        name = " + ".join(one.name for one in cause.alterations)
        section = " + ".join(dict.fromkeys(one.section for one in cause.alterations))
        text = _cause_text(cause, caused)
        masked = _FROZEN if cause.frozen else _masks_text(cause, caused) or None
        rows.append(Row((name, section, cause.year, text, masked, *cause.months)))
    return Table("Causes", "", (), (*_CAUSE_KEYS, *months), tuple(rows))


def _quota_table(changed: Sequence[Change], by: Level, words: _Words) -> Table:
    labels = _LEVEL_COLUMNS[by]
    months = (column._replace(title=words.month) if column.key == "month" else column for column in labels)
    columns = (*months, *_QUOTAS)
    return Table(f"{words.noun.capitalize()}s", "", (), columns, tuple(Row(_cells(one)) for one in changed))


def _cells(one: Change) -> tuple[Cell, ...]:
    part = one.amount / one.old if one.old else None
    remark = "~ rounding" if one.rounding else ""
    return *one.labels, one.old, one.new, one.amount, part, remark


def _folded(table: Table, changed: Sequence[Change], by: Level) -> Table:
    """The table for people: runs of unchanged periods as one line, and the total below."""
    rows: list[Row] = []
    weeks = Counter(one.labels[-1] for one in changed)
    cut = {week for week, parts in weeks.items() if parts > 1}
    blanks = (None,) * (len(table.columns) - len(_LEVEL_COLUMNS[by]))
    for moved, run in groupby(zip(changed, table.rows, strict=True), key=lambda pair: bool(pair[0].amount)):
        pairs = list(run)
        if moved:
            rows += [row for _, row in pairs]
        else:
            first, last = (_period_name(pair[0].labels, cut) for pair in (pairs[0], pairs[-1]))
            others = ("",) * (len(_LEVEL_COLUMNS[by]) - 1)
            rows.append(Row((f"{span_text(first, last)} unchanged", *others, *blanks), "fold"))
    old, new = _sum([one.old for one in changed]), _sum([one.new for one in changed])
    labels = ("Total", *("" for _ in _LEVEL_COLUMNS[by][1:]))
    rows.append(Row(_cells(Change(labels, old, new)), "total"))
    return table._replace(rows=tuple(rows))


def _period_name(labels: Labels, cut: Collection[str]) -> str:
    """What a period is called; a week that is cut by the end of a month with the month of its part."""
    *months, name = labels
    return " ".join([name, *(f"in {month}" for month in months if name in cut)])


def _sum(amounts: Sequence[Fraction | None]) -> Fraction:
    return sum((amount for amount in amounts if amount is not None), _ZERO)
