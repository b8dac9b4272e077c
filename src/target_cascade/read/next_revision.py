"""The text of a plan → the text of its next revision, with all that stands between kept as it is.

Only the value of `revision` and the block `closed` are written; no YAML is dumped, for that would rewrite
numbers, reflow lines and lose comments. What was written is read again before it is handed out.
"""

import re
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, NamedTuple

from target_cascade.amount import plain
from target_cascade.calendar import PlanYear
from target_cascade.errors import InputError, OutputError
from target_cascade.read.plan_file import PlanFile, text_of
from target_cascade.read.source import LINE_END, Mark, Source
from target_cascade.read.yaml_spans import Spans, key_spans
from target_cascade.read.yaml_tree import Node, data

if TYPE_CHECKING:
    from target_cascade.review.closed import Closed

_WRITTEN = ("revision", "closed")
_WHY = "frozen: quotas as agreed, what came in, and how the rest was re-planned"
_PLAN_ALTERED = "nothing is written: the revision would not be the same plan"
_REPORT = "this is a mistake of the program, please report it with the plan"
_PLAIN_TEXT = re.compile(r"\w(?:[\w .-]*\w)?")
"""What YAML takes as it is written."""
_LAST_NUMBER = re.compile("[0-9０-９]{1,1000}$")
_LAST_DATE = re.compile(r"\d{4}[-./]\d{1,2}([-./]\d{1,2})?\s*$", re.ASCII)


class NextRevision(NamedTuple):
    """The text of a revision, read again as a plan; with the byte order mark that the old one had."""

    text: str
    read: PlanFile
    marked: bool

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode("utf-8-sig" if self.marked else "utf-8")


def next_revision(file: PlanFile, closed: "Closed") -> NextRevision:
    """The next revision of a plan that was read without what-ifs, with the block `closed`.

    Raises `InputError` where the text has a form into which nothing can be put, and `OutputError` where
    what was written would not be read as the same plan.
    """
    source, plan = file.tree.mark.source, file.plan
    name = revision_after(plan.revision)
    spans = key_spans(source.text)
    _refuse_flow(spans, file.tree.mark)
    _refuse_shared(spans, source)
    edits = [*_revision(source.text, spans, name), _closed(source.text, spans, _block(closed, plan.year))]
    written = _with_edits(source.text, edits)
    return NextRevision(written, _proved(file.tree, written, name, closed), source.marked)


def revision_after(revision: str | None) -> str:
    """``r2`` after ``r1``: the number at the end one higher, in as many digits; a 2 behind a text that ends
    in none, or in a date."""
    if revision is None:
        return "2"
    number = _LAST_NUMBER.search(revision)
    if number is None or _LAST_DATE.search(revision):
        return f"{revision} 2"
    return f"{revision[: number.start()]}{str(int(number[0]) + 1).rjust(len(number[0]), '0')}"


class _Edit(NamedTuple):
    """What takes the place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


def _with_edits(text: str, edits: list[_Edit]) -> str:
    pieces: list[str] = []
    after = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [text[after : edit.start], edit.text]
        after = edit.end
    return "".join([*pieces, text[after:]])


def _refuse_flow(spans: Spans, mark: Mark) -> None:
    if spans.flow:
        message = "this plan stands in braces, into which no block of lines can be put; write each of its"
        raise InputError(mark.problem(f"{message} keys on a line of its own, without the braces"))


def _refuse_shared(spans: Spans, source: Source) -> None:
    """Raises `InputError` where another key repeats what will be replaced."""
    for span in spans.keys:
        others = frozenset[str]().union(*(other.aliases for other in spans.keys if other is not span))
        if span.key in _WRITTEN and (shared := span.anchors & others):
            name = min(shared)
            message = f"`{span.key}` is written anew, and `*{name}` repeats `&{name}` from here; write that"
            before = LINE_END.split(source.text[: span.value])
            mark = Mark(source, len(before) - 1, len(before[-1]))
            raise InputError(mark.problem(f"{message} out where it is repeated"))


def _revision(text: str, spans: Spans, name: str) -> Iterator[_Edit]:
    """The key `revision` with another value; a new one stands below `plan`, or on top of all keys."""
    of = {span.key: span for span in spans.keys}
    if "revision" in of:
        span = of["revision"]
        yield _Edit(span.value, span.end, _scalar(name, span.style))
        return
    line = f"{_indent(text, spans)}revision: {_scalar(name)}"
    end = _line_end(text)
    if "plan" in of:
        yield _Edit(of["plan"].stop, of["plan"].stop, f"{end}{line}")
    else:
        first = spans.keys[0].start
        yield _Edit(first, first, f"{line}{end}")


def _scalar(text: str, style: str = "") -> str:
    """A text, all of it printable, in the quotes that the one before it had, if these will do."""
    if style == '"' and not re.search(r'["\\]', text):
        return f'"{text}"'
    if style != "'" and _PLAIN_TEXT.fullmatch(text):
        return text
    return "'" + text.replace("'", "''") + "'"


def _closed(text: str, spans: Spans, lines: list[str]) -> _Edit:
    """The block in the place of the old one, or below all that the document has."""
    end, indent = _line_end(text), _indent(text, spans)
    block = end.join(f"{indent}{line}" for line in lines)
    for span in spans.keys:
        if span.key == "closed":
            return _Edit(span.start, span.stop, block)
    before = LINE_END.split(text[: spans.end])
    gap = end * (bool(before[-1]) + any(line.strip() for line in before[-2:]))
    is_last = spans.end == len(text) and before[-1]
    return _Edit(spans.end, spans.end, f"{gap}{block}{'' if is_last else end}")


def _line_end(text: str) -> str:
    """What ends the lines of a text: that of its first line."""
    found = re.search("\r\n|\n|\r", text)
    return found[0] if found else "\n"


def _indent(text: str, spans: Spans) -> str:
    """The spaces before each key of the document."""
    found = re.compile(" *").match(text, spans.keys[0].start)
    return found[0] if found else ""


def _block(closed: "Closed", year: PlanYear) -> list[str]:
    """The lines of the block, a month each."""
    labels = [month.label for month in year.months]
    lines = [f"{'closed:':<27}# {_WHY}", f"  through: {labels[closed.through]}", "  months:"]
    for position, month in sorted(closed.months.items()):
        said = {"quota": month.quota, "actual": month.actual, "was": month.was}
        pairs = (f"{key}: {plain(amount)}" for key, amount in said.items() if amount is not None)
        lines.append(f"    {labels[position]}: {{{', '.join(pairs)}}}")
    for key, quotas in (("open", closed.open), ("first", closed.first)):
        lines += [f"  {key}:"] * bool(quotas)
        lines += [f"    {labels[position]}: {plain(quota)}" for position, quota in sorted(quotas.items())]
    return [*lines, f"  spread: {closed.spread.text}"]


def _proved(tree: Node, written: str, name: str, closed: "Closed") -> PlanFile:
    """What was written, read as a plan; raises `OutputError` where it is not the one that was meant."""
    source = tree.mark.source
    path = source.revised or FilePath(source.name)
    again = text_of(Source(f"{source.name}, revision {name}", written, source.revised), path)
    if _said(data(again.tree)) != _said(data(tree)):
        raise OutputError(f"{_PLAN_ALTERED}, for its other keys would not say the same; {_REPORT}")
    read = again.plan_file()
    if read.plan.revision != name or read.plan.closed != closed:
        raise OutputError(f"{_PLAN_ALTERED}, for `closed` would not be read as it was meant; {_REPORT}")
    return read


def _said(plan: dict[str, Any]) -> dict[str, Any]:
    """What the keys say that are not written."""
    return {key: _without_line_ends(value) for key, value in plan.items() if key not in _WRITTEN}


def _without_line_ends(node: Any) -> Any:
    """A value without the line ends behind its texts: a line that is put below the last text of a file may
    add one to it."""
    match node:
        case dict():
            return {key: _without_line_ends(value) for key, value in node.items()}
        case list():
            return [_without_line_ends(value) for value in node]
        case str():
            return node.rstrip("\n")
    return node
