"""Plans made for one rule, and what it finds in them."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from target_cascade.engine.cascade import cascade
from target_cascade.engine.check import Finding, check
from target_cascade.errors import Path
from target_cascade.plan import Plan
from target_cascade.sentence import Figure, Sentence
from target_cascade.write.cell_text import sentence_text

Fields = dict[str, Any]
"""A plan as its file would say it."""

FLAT = [100] * 12
"""A last year without a season. The months of 2026 and 2027 have as many days, so that without day
rules a plan for 2027 has the base b_m = a_m."""
FLAT_TOTAL = 1200


class Found(NamedTuple):
    """A finding without its words."""

    severity: str
    path: Path
    value: Figure | None = None
    limit: Figure | None = None


def plan_of(fields: Fields) -> Plan:
    """The plan; for 2027 and with a target of 1000 unless the fields say otherwise."""
    return Plan.model_validate({"year": 2027, "target": 1000, **fields})


def findings(rule: str, plan: Plan | Fields, today: date | None = None) -> list[Finding]:
    """What a rule finds, on the day `today`."""
    read = plan if isinstance(plan, Plan) else plan_of(plan)
    return [finding for finding in check(cascade(read), today).findings if finding.rule == rule]


def found(rule: str, plan: Plan | Fields, today: date | None = None) -> list[Found]:
    """What a rule finds, without the words."""
    return [Found(f.severity, f.path, f.value, f.limit) for f in findings(rule, plan, today)]


def only(rule: str, plan: Plan | Fields, today: date | None = None) -> Finding:
    """The one thing that a rule finds."""
    (finding,) = findings(rule, plan, today)
    return finding


def told(rule: str, plan: Plan | Fields, today: date | None = None) -> str:
    """The words of the one thing that a rule finds."""
    return sentence_text(only(rule, plan, today).message)


def figures(sentence: Sentence) -> list[Figure]:
    """The figures of a sentence, in order."""
    return [part for part in sentence.parts if isinstance(part, Figure)]


def number(written: Any) -> Fraction:
    """``"0.2001"`` exactly."""
    return Fraction(written)


def months(amounts: Mapping[int, Any], other: Any = 100) -> list[Any]:
    """Twelve amounts: those of some months, numbered 1 to 12, and `other` for the rest."""
    return [amounts.get(month, other) for month in range(1, 13)]


def held(amounts: Mapping[int, Any]) -> list[Fields]:
    """Limits that make quotas of some months known."""
    return [{"months": month, "hold": amount, "because": "x"} for month, amount in amounts.items()]
