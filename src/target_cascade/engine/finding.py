"""What a guardrail is, and what it finds."""

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple, get_args

from target_cascade.engine.cascade import Cascade
from target_cascade.engine.judged import Judged
from target_cascade.errors import Path
from target_cascade.plan import Plan
from target_cascade.sentence import Figure, Sentence

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The gravest first."""


class Finding(NamedTuple):
    """One weak point of a plan.

    `message` says what is found and `remedy` one thing to do about it. `path` leads to the entry of
    the file that it is about. `value` is what was measured and `limit` the threshold that it has
    passed; both are the exact numbers that were compared.
    """

    rule: str
    severity: Severity
    message: Sentence
    remedy: Sentence
    path: Path
    value: Figure | None = None
    limit: Figure | None = None


class Rule(NamedTuple):
    """A guardrail with its page: `finds` is one line, `severities` are those that its findings may have,
    the gravest first, `why` and `remedy` are paragraphs with a blank line between them, `formula` is in
    the words of the engine. `thresholds` are the keys below `guardrails:` that it reads."""

    name: str
    finds: str
    severities: tuple[Severity, ...]
    why: str
    formula: str
    thresholds: tuple[str, ...]
    remedy: str
    find: Callable[[Judged], Iterable[Finding]]


def of_cascade(find: Callable[[Cascade], Iterable[Finding]]) -> Callable[[Judged], Iterable[Finding]]:
    """The `find` of a rule that looks at the cascade alone."""
    return lambda judged: find(judged.cascade)


def written(plan: Plan, key: str) -> Path:
    """The place of a key of the plan, or that of the target where the key is not written: a finding
    about what is left out stands beside the number that it endangers."""
    return (key,) if key in plan.model_fields_set else ("target",)
