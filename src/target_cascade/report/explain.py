"""Bridge → the page that traces a quota to the lines of the plan file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import NamedTuple

from target_cascade.calendar import Period
from target_cascade.engine.apportion import nearest
from target_cascade.engine.bridge import Row as BridgeRow
from target_cascade.engine.bridge import bridge, printed
from target_cascade.engine.carried_base import base_path, repairs_of
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.held import Held
from target_cascade.engine.limits import bound_name, together
from target_cascade.errors import Path, Place
from target_cascade.plan import base_name, reason_of
from target_cascade.report.heading import title
from target_cascade.report.spans import months_text, span_text
from target_cascade.report.table import Column, Note, Notes, Page, Row, Stretch, Table
from target_cascade.sentence import Sentence, amount, change, ratio, sentence, share

_COLUMNS = (
    Column("row", "Row", "text"),
    Column("kind", "Kind", "text", "machines"),
    Column("amount", "Amount", "amount", vital=True),
    Column("share", "Share", "share", "people"),
    Column("line", "Line", "text", "people"),
    Column("bar", "", "bar", "people"),
)
_ZERO = Fraction(0)
_NO_CAUSE = ("limits", "rounding", "replan")
"""The kinds of rows that make a bridge add up; the others are what the period would bring."""
_NAMED = ("lift", "add", "new_business")
_KEYS = (
    *("months", "days", "lift", "add", "expect", "count_on", "start", "ramp"),
    *("together", "min", "max", "hold", "max_share"),
)
"""The keys of entries that an amount depends on."""
_STEPS = {"growth": "growth", "calendar": "the calendar", "limits": "the limits", "replan": "the re-plan"}
"""What rows without an entry of their own are called in a sentence."""


class _Explained(NamedTuple):
    """A period, its bridge in the day unit, the months that it touches, and the bounds that hold any
    of them. `whole` says that it is these months from the first day to the last."""

    cascade: Cascade
    period: Period
    rows: tuple[BridgeRow, ...]
    months: frozenset[int]
    whole: bool
    binding: tuple[Held, ...]

    @property
    def quota(self) -> Fraction:
        """The sum of the rows."""
        return sum((row.amount for row in self.rows), _ZERO)

    def sum_of(self, *kinds: str) -> Fraction:
        """The sum of the rows of some kinds."""
        return sum((row.amount for row in self.rows if row.kind in kinds), _ZERO)

    def is_bound(self, one: Held) -> bool:
        """Whether a bound is on the sum of exactly these days."""
        return self.whole and one.months == self.months

    @property
    def is_year(self) -> bool:
        """Whether the period is the plan year."""
        return self.whole and len(self.months) == len(self.cascade.months)


def explain_page(cascade: Cascade, period: Period, place: Callable[[Path], Place]) -> Page:
    """The bridge of the days of `period`: what each cause adds, its share of the quota, the line of
    the file that says so (which `place` knows), the limits that hold its months, and the reasons.

    The rows are printed in the day unit and add up to the quota exactly.
    """
    explained = _explained(cascade, period)
    file = place(()).file
    lines = [_lines(_places(place, *_paths(explained, row)), file) for row in explained.rows]
    limits = [(_places(place, one.path), _limit(explained, one)) for one in explained.binding]
    reasons = [([place(path)], remark) for path, remark in _reasons(explained)]
    table = _table(explained, lines)
    notes = (_notes("Limits", limits, file), _scaling(explained), _notes("Why", reasons, file))
    said = (block for block in notes if block.notes)
    return Page(_answer(explained), title(cascade), (_for_people(table), *said), (table,))


def _explained(cascade: Cascade, period: Period) -> _Explained:
    rows = printed(bridge(cascade, period.start, period.end), cascade.plan.rounding.day_unit)
    touched = [
        month.period
        for month in cascade.months
        if month.period.start <= period.end and period.start <= month.period.end
    ]
    months = frozenset(cascade.plan.year.position(month.start) for month in touched)
    whole = (touched[0].start, touched[-1].end) == (period.start, period.end)
    binding = tuple(one for one in cascade.held if one.months & months)
    return _Explained(cascade, period, rows, months, whole, binding)


def _answer(explained: _Explained) -> Sentence:
    """What the period must bring, against last year, and what moves it most."""
    quota, before = explained.quota, explained.sum_of("base")
    is_over = explained.months.issubset(month.position for month in explained.cascade.closed_months)
    said = sentence(f"{_name(explained)} {'had to' if is_over else 'must'} bring ", amount(quota))
    if not explained.rows:
        return said + sentence(": nothing in the plan falls on it")
    if before:
        # Of a month in part nobody knows what these very days sold.
        name = base_name(explained.cascade.plan)
        last_year = f"{name}'s " if explained.whole else f"its part of {name}, "
        said += sentence(", ", ratio(quota / before), f" of {last_year}", amount(before))
    elif not explained.is_year:
        said += sentence(", ", share(quota / explained.cascade.planned_total), " of the year")
    largest = _largest_step(explained)
    if largest is not None:
        said += sentence(f"; the largest step is {_STEPS.get(largest.kind, f'`{largest.name}`')}, ")
        said += sentence(change(largest.amount))
    return said + _limits_in_answer(explained, largest) + _closed_in_answer(explained)


def _closed_in_answer(explained: _Explained) -> Sentence:
    """What came in in the months of the period that are closed; nothing of days or weeks."""
    closed = [month for month in explained.cascade.closed_months if month.position in explained.months]
    if not (explained.whole and closed):
        return sentence()
    came_in = sum((month.actual for month in closed if month.actual is not None), _ZERO)
    agreed = sum((month.amount for month in closed), _ZERO)
    said = sentence("; it is closed, and ", amount(came_in), " came in")
    if len(closed) < len(explained.months):
        months = months_text([month.position for month in closed], explained.cascade.plan.year)
        said = sentence(f"; closed {months}: ", amount(came_in), " came in, ", amount(agreed), " agreed")
    elif agreed:
        said += sentence(", ", share(came_in / agreed), " of the quota")
    return said


def _largest_step(explained: _Explained) -> BridgeRow | None:
    """The row that moves the quota most from last year; None where there is no last year, or no such
    row."""
    if explained.cascade.year.base is None:
        return None
    steps = [row for row in explained.rows if row.kind not in ("base", "rounding") and row.amount]
    return max(steps, key=lambda row: abs(row.amount), default=None)


def _name(explained: _Explained) -> str:
    """The period, with its days where its name does not say them."""
    period, year = explained.period, explained.cascade.plan.year
    label = period.label
    is_calendar_year = year.start.month == 1 and not year.is_retail
    if explained.is_year and not is_calendar_year:
        label = year.span
    elif "W" in label or "P" in label or ("Q" in label and not is_calendar_year):
        label = f"{label} ({span_text(str(period.start), str(period.end))})"
    return label.replace("..", " to ")


def _limits_in_answer(explained: _Explained, largest: BridgeRow | None) -> Sentence:
    """What holds the period: the bound on just its months, or else what limits do to it."""
    bounds = [one for one in explained.binding if explained.is_bound(one)]
    if bounds:
        names = " and ".join(one.name for one in bounds)
        return sentence("; ") + _held(explained, bounds[0], names)
    moved = explained.sum_of("limits")
    is_told = largest is not None and largest.kind == "limits"
    if is_told or not (moved and explained.binding) or explained.is_year:
        return sentence()
    return sentence(f"; limits {'add' if moved > 0 else 'take'} ", amount(abs(moved)))


def _held(explained: _Explained, one: Held, names: str) -> Sentence:
    """``demand 9,310,000, held at 8,400,000 by `limits[1]` ``."""
    cascade = explained.cascade
    lines = (cascade.demand.line(month).at(cascade.growth) for month in one.months)
    others = "" if one.demand == sum(lines, _ZERO) else " under the other limits"
    demand = nearest(one.demand, cascade.plan.rounding.day_unit)
    if explained.is_bound(one) and not others:
        demand = explained.quota - explained.sum_of(*_NO_CAUSE)  # what the rows above add up to
    return sentence("demand ", amount(demand), f"{others}, held at ", amount(one.amount), f" by {names}")


def _limit(explained: _Explained, one: Held) -> Sentence:
    plan = explained.cascade.plan
    because = reason_of(plan, one.path)
    held = _held(explained, one, one.name)
    return (
        sentence(f"{months_text(one.months, plan.year)}: ") + held + sentence(f": {because}" * bool(because))
    )


def _scaling(explained: _Explained) -> Notes:
    """What the row of limits is, or holds besides, where it does not come from a limit that holds."""
    if not explained.sum_of("limits"):
        return Notes("", ())
    plan, said = explained.cascade.plan, ""
    groups = [
        f"{months_text(entry.months, plan.year)} together ({bound_name(path, entry)})"
        for path, entry in together(plan)
        if explained.months & set(entry.months) and not any(one.path == path for one in explained.binding)
    ]
    if groups:
        # A group of months is given a rounded sum, whether its limit holds it or not.
        also = "the row also has" if explained.binding else "none holds these days; the row is"
        said = f"limits: {also} what the rounding of {' and of '.join(groups)} gives or takes"
    elif not explained.binding:
        said = "limits: none holds these days; the row is their part of the rounding of their months"
    return Notes("", (Note(sentence(said)),) if said else ())


def _table(explained: _Explained, lines: Sequence[str | None]) -> Table:
    """All rows, and the quota that they add up to."""
    rows, quota = explained.rows, explained.quota
    ends = list(accumulate((row.amount for row in rows), initial=_ZERO))
    low, high = min(ends), max(ends)
    made = [
        Row((row.name, row.kind, row.amount, _part(row.amount, quota), line, _stretch(*at, low, high)))
        for row, line, at in zip(rows, lines, pairwise(ends), strict=True)
    ]
    bar = _stretch(_ZERO, quota, low, high)
    made.append(Row(("quota", "quota", quota, _part(quota, quota), None, bar)))
    return Table("Bridge", "", (), _COLUMNS, tuple(made))


def _for_people(table: Table) -> Table:
    """The table without the rows that come to nothing in the unit that is printed."""
    *rows, quota = table.rows
    at = [column.key for column in table.columns].index("amount")
    return table._replace(rows=(*(row for row in rows if row.cells[at]), quota))


def _part(part: Fraction, quota: Fraction) -> Fraction | None:
    return part / quota if quota else None


def _stretch(before: Fraction, after: Fraction, low: Fraction, high: Fraction) -> Stretch | None:
    """The bar from one sum to the next, where the sums run from `low` to `high`."""
    if before == after:
        return None
    start, end = sorted(((before - low) / (high - low), (after - low) / (high - low)))
    return Stretch(start, end, falls=after < before)


def _paths(explained: _Explained, row: BridgeRow) -> list[Path]:
    """The entries that a row is due to; none where the file says nothing on it."""
    plan, months = explained.cascade.plan, explained.months
    base: list[Path] = [base_path(plan, position) for position in months] if len(months) == 1 else [("base",)]
    paths: dict[str, list[Path]] = {
        "base": base,
        "calendar": [("days", number) for number in range(len(plan.days))],
        "growth": [("target",)],
        "core": [("target",) if plan.base is None else ("base",)],
        "limits": [one.path for one in explained.binding],
        "rounding": [("rounding",)] if "rounding" in plan.model_fields_set else [],
    }
    return paths.get(row.kind, [row.path])


def _reasons(explained: _Explained) -> Iterator[tuple[Path, Sentence]]:
    """Why each row is right, where the plan says it; limits are told elsewhere."""
    plan = explained.cascade.plan
    # The reason of a base is that of its repairs, where it has any.
    is_base_told = plan.base is not None and (not plan.base.fix or bool(repairs_of(plan, explained.months)))
    for row in explained.rows:
        is_base = row.kind in ("base", "core")
        path = ("base",) if is_base else row.path
        because = reason_of(plan, path)
        if because and (is_base_told or not is_base):
            yield path, sentence(f"{row.name}: {because}")


def _lines(places: Sequence[Place], file: str) -> str | None:
    """``19``, or ``19–21`` where several lines of the plan say it; ``--set`` where that does."""
    lines = [at.line for at in places if at.file == file]
    spans = [str(lines[0]) if min(lines) == max(lines) else f"{min(lines)}–{max(lines)}"] if lines else []
    return ", ".join([*spans, *dict.fromkeys(at.file for at in places if at.file != file)]) or None


def _places(place: Callable[[Path], Place], *paths: Path) -> list[Place]:
    """Where entries stand, and what has been put into them from outside of the plan's file."""
    file = place(()).file
    places: list[Place] = []
    for path in paths:
        inside: list[Path] = [("buffer",)] if path == ("target",) else [(*path, key) for key in _KEYS]
        places += [place(path), *(at for at in map(place, inside) if at.file != file)]
    return places


def _notes(name: str, said: Iterable[tuple[Sequence[Place], Sentence]], file: str) -> Notes:
    """Remarks, each beside the line of `file` that it is about."""
    notes = tuple(Note(remark, margin=_lines(places, file) or "") for places, remark in said)
    return Notes(f"{name} (lines of {file})", notes)
