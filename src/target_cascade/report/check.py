"""Findings of plans → the page of `plan check`: each at its place, with what to do about it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from target_cascade.engine.check import RULES, SEVERITIES, Accepted, Checked, Finding
from target_cascade.errors import Path, Place
from target_cascade.report.table import Column, Note, Notes, Page, Row, Table
from target_cascade.sentence import Sentence, count, joined, sentence

_COLUMNS = (
    Column("rule", "Rule", "text"),
    Column("severity", "Severity", "text"),
    Column("message", "Message", "text"),
    Column("where.file", "File", "text"),
    Column("where.line", "Line", "count"),
    Column("value", "Value", "ratio"),
    Column("limit", "Limit", "ratio"),
    Column("remedy", "Remedy", "text", "people"),
)
_MOST_LINES = 5
"""Lines of the file that are named where an accepted rule silences many entries."""


class CheckedPlan(NamedTuple):
    """What the rules find in one plan, with what it is called; `place` says where an entry stands."""

    file: str
    title: str
    checked: Checked
    place: Callable[[Path], Place]


def check_page(plans: Sequence[CheckedPlan]) -> Page:
    """The findings of each plan in turn, and last the rules that the plans accept.

    The records are all findings without the accepted ones. What is to be done is a column for
    people, who read it in an annotation.
    """
    several = len(plans) > 1
    title = ", ".join(_shown(plan.file) for plan in plans) if several else plans[0].title
    blocks = [
        Notes(plan.title if several else "Findings", notes)
        for plan in plans
        if (notes := tuple(_finding(plan, finding) for finding in plan.checked.findings))
    ]
    if accepted := tuple(_accepted(plan, one) for plan in plans for one in plan.checked.accepted):
        blocks.append(Notes("Accepted", accepted))
    rows = tuple(_record(plan, finding) for plan in plans for finding in plan.checked.findings)
    return Page(_answer(plans), title, tuple(blocks), (Table("Findings", title, (), _COLUMNS, rows),))


def _answer(plans: Sequence[CheckedPlan]) -> Sentence:
    """``1 error, 3 warnings in plan.yaml; 1 rule accepted``."""
    where = sentence(_shown(plans[0].file)) if len(plans) == 1 else _many(len(plans), "plan")
    found = _counts([finding for plan in plans for finding in plan.checked.findings])
    if found.parts:
        answer = found + sentence(" in ") + where
    else:
        answer = where + sentence(": nothing found by ") + _many(len(RULES), "rule")
    if accepted := sum(len(plan.checked.accepted) for plan in plans):
        answer += sentence("; ") + _many(accepted, "rule") + sentence(" accepted")
    return answer


def _counts(findings: Sequence[Finding]) -> Sentence:
    """``1 error, 2 notes``; nothing where there are none."""
    counts = ((sum(one.severity == severity for one in findings), severity) for severity in SEVERITIES)
    return joined([_many(number, severity) for number, severity in counts if number])


def _finding(plan: CheckedPlan, finding: Finding) -> Note:
    head = _head(plan.place(finding.path), finding.severity, finding.rule)
    return Note(head, (finding.message, sentence("→ ") + finding.remedy))


def _accepted(plan: CheckedPlan, accepted: Accepted) -> Note:
    head = _head(plan.place(accepted.path), "accepted", accepted.rule)
    return Note(head, (sentence(accepted.because), _silenced(plan, accepted.findings)))


def _silenced(plan: CheckedPlan, findings: Sequence[Finding]) -> Sentence:
    """``silences 2 warnings, in lines 43, 51``."""
    if not findings:
        return sentence("→ nothing is found any more, so the entry can go")
    lines = sorted({plan.place(finding.path).line for finding in findings})
    where = f", in line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:_MOST_LINES]))}"
    said = sentence("→ silences ") + _counts(findings) + sentence(where)
    if len(lines) > _MOST_LINES:
        said += sentence(" and ", count(len(lines) - _MOST_LINES), " more")
    return said


def _head(place: Place, *words: str) -> Sentence:
    """``plan.yaml:43: warning: lift-size``, the form that editors jump to."""
    return sentence(": ".join((f"{_shown(place.file)}:{place.line}", *words)))


def _shown(file: str) -> str:
    """A file's name on one line and without what a terminal would obey, as a stranger may name files."""
    return "".join(char if char.isprintable() else "�" for char in file)


def _record(plan: CheckedPlan, finding: Finding) -> Row:
    file, line = plan.place(finding.path)
    said = finding.rule, finding.severity, finding.message
    return Row((*said, file, line, finding.value, finding.limit, finding.remedy))


def _many(number: int, noun: str) -> Sentence:
    return sentence(count(number), f" {noun}" if number == 1 else f" {noun}s")
