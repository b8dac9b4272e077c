"""What a re-plan did → the page of `plan replan`: each month before and after, and what stood in the way."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Literal

from target_cascade.engine.replan.caps import CATCH_UP, Cap
from target_cascade.engine.replan.gap import Filler
from target_cascade.engine.replan.replan import MonthMove, Replan
from target_cascade.errors import Path, Place
from target_cascade.plan import reason_of
from target_cascade.report.heading import title
from target_cascade.report.review.blocks import correction_notes, correction_records
from target_cascade.report.review.replan_sentence import open_months, replan_sentence
from target_cascade.report.spans import months_text, noun
from target_cascade.report.table import Block, Column, Note, Notes, Page, Row, Table, Value
from target_cascade.sentence import Sentence, amount, sentence, stated

_RECORDS = (
    Column("month", "Month", "text"),
    Column("state", "State", "text"),
    Column("old", "Old", "amount"),
    Column("new", "New", "amount"),
    Column("change", "Change", "change"),
)
_LIMITS = (
    Column("months", "Months", "text"),
    Column("amount", "Amount", "amount"),
    Column("why", "Why", "text"),
    Column("name", "Name", "text"),
    Column("gives", "Gives", "amount"),
    Column("where.file", "File", "text"),
    Column("where.line", "Line", "count"),
)
_ZERO = Fraction(0)


def replan_page(one: Replan, place: Callable[[Path], Place]) -> Page:
    """Each month before and after, what binds and what would have to give, at the lines of the plan that
    `place` knows. Of a closed month old is the agreed quota and new what came in."""
    plan, heading = one.cascade.plan, title(one.cascade)
    file = place(()).file
    binds = [(_margin(one, cap.path, place), _bound(one, cap, months)) for cap, months in _gathered(one.caps)]
    would = [(_margin(one, path, place), said) for path, said in _would_give(one)]
    blocks: list[Block | None] = [
        _table(one),
        _notes(f"What binds (lines of {file})", binds),
        _notes(f"What would have to give (lines of {file})", would),
        correction_notes(plan, one.corrections),
        _notes("", [("", said) for said in _remarks(one)]),
    ]
    rows = (Row((m.period.label, m.state, m.old, m.new, m.change)) for m in one.months)
    records = [Table("Months", heading, (), _RECORDS, tuple(rows)), _limits(one, place)]
    if one.corrections:
        records.append(correction_records(plan, one.corrections))
    present = tuple(block for block in blocks if block is not None)
    return Page(replan_sentence(one), heading, present, tuple(records), named=True, values=_values(one))


def _values(one: Replan) -> tuple[Value, ...]:
    return (
        Value("missing", one.missing),
        Value("placed", one.placed),
        Value("unplaced", one.unplaced),
        Value("buffer_left", one.buffer_left),
        Value("needed", one.needed),
        Value("lowered", one.lowered),
        Value("bank", one.bank),
        Value("total", one.total_after),
        Value("spread", one.spread.text, "text"),
    )


def _table(one: Replan) -> Table:
    """The closed months and the open ones, each with their sums."""
    bound = any(cap.why != "policy" for cap in one.caps)
    columns = (
        Column("month", noun("month", one.cascade.plan.year).capitalize(), "text", vital=True),
        Column("old", "Quota", "amount", vital=True),
        Column("new", "New", "amount", vital=True),
        Column("change", "Change", "change", vital=True),
        *((Column("held", "Held by", "text", shortened=True),) if bound else ()),
    )
    rows: list[Row] = []
    for state, name in (("closed", "Closed: what came in"), ("open", "Open: the new quota")):
        moves = [move for move in one.months if move.state == state]
        if moves:
            rows.append(_sums(name, moves, "group", bound))
            rows += [_row(one, move, bound) for move in moves]
    rows.append(_sums("Year", one.months, "total", bound))
    return Table("Months", "", (), columns, tuple(rows))


def _row(one: Replan, move: MonthMove, bound: bool) -> Row:
    names = (cap.name.strip("`") for cap in one.caps if cap.why != "policy" and move.position in cap.months)
    held = (", ".join(names),) if bound else ()
    return Row((move.period.label, move.old, move.new, move.change, *held))


def _sums(name: str, moves: Sequence[MonthMove], role: Literal["group", "total"], bound: bool) -> Row:
    old, new = (sum(amounts, _ZERO) for amounts in zip(*((m.old, m.new) for m in moves), strict=True))
    return Row((name, old, new, new - old, *((None,) if bound else ())), role)


def _gathered(caps: Sequence[Cap]) -> Iterator[tuple[Cap, tuple[int, ...] | None]]:
    """The caps, those of an entry that allows some months the same amount each as one, with these months."""
    of: dict[tuple[object, ...], list[Cap]] = {}
    for cap in caps:
        each = len(cap.months) == 1 and cap.why == "limit"
        of.setdefault((cap.path, cap.amount) if each else (cap.path, cap.amount, cap.months), []).append(cap)
    for first, *others in of.values():
        yield first, (*first.months, *(cap.months[0] for cap in others)) if others else None


def _bound(one: Replan, cap: Cap, each: tuple[int, ...] | None) -> Sentence:
    """What a bound allows, on all months together or on `each` of some, whose it is and why, and what
    giving it up alone would make room for."""
    plan = one.cascade.plan
    where = months_text(cap.months, plan.year)
    if cap.why == "policy":
        said = sentence(f"{where}: left as agreed by `--spread {cap.name}`")
    elif cap.why == "catch_up":
        word = "each " * (len(cap.months) > 1)
        said = sentence(f"{where}: {word}at most ", stated(plan.guardrails.catch_up))
        said += sentence(" of the quota in the first revision, by `catch_up`")
    else:
        said = _limit(one, cap, each)
    if because := reason_of(plan, cap.path) if cap.path else None:
        said += sentence(f": {because}")
    if cap.gives and cap.why != "policy":
        said += sentence("; without it ", amount(cap.gives), " more would have a place")
    return said


def _limit(one: Replan, cap: Cap, each: tuple[int, ...] | None) -> Sentence:
    """``2012-11 to 2012-12 together: at most 10,000,000 by `year_end` ``, less what came in."""
    word = "at least" if one.relaxed else "at most"
    where = months_text(each or cap.months, one.cascade.plan.year)
    if each:
        return sentence(f"{where}: each {word} ", amount(cap.amount), f" by {cap.name}")
    where += " together" * (len(cap.months) > 1)
    now = sum((one.months[month].new for month in cap.months), _ZERO)
    if not one.relaxed and now > cap.amount:
        said = sentence(f"{where}: {cap.name} leaves ", amount(max(cap.amount, _ZERO)), " over, and ")
        return said + sentence(amount(now), " is agreed")
    return sentence(f"{where}: {word} ", amount(cap.amount), f" by {cap.name}")


def _would_give(one: Replan) -> Iterator[tuple[Path, Sentence]]:
    """What would place more of the gap, and what else may bring it."""
    would = one.would_give
    if would is None:
        return
    if would.proportional:
        yield (), sentence("`--spread proportional` has a place for ", amount(would.proportional), " more")
    if would.catch_up is not None:
        said = sentence("a `catch_up` of ", stated(would.catch_up), " has a place for all of it, if people")
        yield CATCH_UP, said + sentence(" believe that these months can bring so much")
    elif any(cap.why == "limit" for cap in one.caps):
        yield (), sentence("limits leave no place for all of it, however high `catch_up` is")
    for filler in would.fillers:
        yield filler.path, _filler(filler)


def _filler(filler: Filler) -> Sentence:
    who = f" ({filler.who})" if filler.who else ""
    if filler.kind == "fallback":
        return sentence(f"{filler.name}, if it does not come: {filler.do}{who}")
    brings = sentence(", brings ", amount(filler.amount)) if filler.amount else sentence()
    state = {True: "its case has come", False: "its case has not come", None: "its case may still come"}
    return sentence(f"{filler.do}{who}") + brings + sentence(f"; {state[filler.met]}")


def _remarks(one: Replan) -> Iterator[Sentence]:
    """The bank, a month that is not over, and rounding."""
    if one.bank > 0 and not one.missing:
        said = sentence("bank: ", amount(one.bank), " came in above what was agreed")
        if not one.relaxed:
            said += sentence("; the quotas stay")
        if one.ahead and not one.relaxed and open_months(one):
            said += sentence(", and `--relax` would take up to ", amount(one.surplus), " off the open months")
        yield said
    if one.unfinished is not None:
        label, through = one.unfinished.label, one.came_in.through
        yield sentence(f"{label} is not over on {through}: it stays open, whatever came in so far")
    if one.needed > one.missing and not one.unplaced:
        said = sentence("rounding: ", amount(one.needed - one.missing), " more than is missing is asked for")
        yield said + sentence(", so that months stay multiples of ", amount(one.cascade.plan.rounding.month))


def _margin(one: Replan, path: Path, place: Callable[[Path], Place]) -> str:
    """The line of the plan that an entry stands on; empty where the plan does not write it."""
    if not path or (path == CATCH_UP and "catch_up" not in one.cascade.plan.guardrails.model_fields_set):
        return ""
    at = place(path)
    return str(at.line) if at.file == place(()).file else at.file


def _notes(name: str, said: Sequence[tuple[str, Sentence]]) -> Notes | None:
    return Notes(name, tuple(Note(text, margin=margin) for margin, text in said)) if said else None


def _limits(one: Replan, place: Callable[[Path], Place]) -> Table:
    """The bounds that bind, for machines."""
    rows = []
    for cap in one.caps:
        margin = _margin(one, cap.path, place)
        at = place(cap.path) if margin else None
        where = (at.file, at.line) if at is not None else (None, None)
        months = months_text(cap.months, one.cascade.plan.year)
        rows.append(Row((months, cap.amount, cap.why, cap.name.strip("`"), cap.gives, *where)))
    return Table("Limits", "", (), _LIMITS, tuple(rows))
