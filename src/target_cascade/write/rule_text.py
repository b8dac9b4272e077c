"""Pages of guardrails → Markdown, for the screen and for docs/rules; and the list of them all."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from target_cascade.amount import plain
from target_cascade.report.table import RulePage
from target_cascade.sentence import Figure
from target_cascade.write.prose import wrapped

WIDTH = 80
"""Characters of a line at most, however wide the screen is: longer ones are hard to read."""
_GAP = 2
_CELL = str.maketrans({"|": "\\|"})
_MARKER = re.compile(r" (?=(?:[-+*>#=|]+|\d+[.)]) )")
"""The space before what Markdown would take for a list, a quotation or a heading at the start of a line."""
_REASON = "discussed on 12 January and meant so"


def rule_text(rule: RulePage, width: int = WIDTH) -> str:
    """What the rule finds, why, by which formula, and how to set and accept it."""
    width = min(width, WIDTH)
    severities = " or ".join(f"{'an' if one == 'error' else 'a'} {one}" for one in rule.severities)
    lines = [f"# {rule.name}", "", *_wrapped(_capital(f"{rule.finds}: {severities}."), width)]
    lines += ["", "## Why", "", *_prose(rule.why, width)]
    lines += ["", "## Formula", "", *_prose(rule.formula, width)]
    lines += ["", "## What to do", "", *_prose(rule.remedy, width)]
    if rule.thresholds:
        lines += ["", "## How to set it", "", *_thresholds(rule, width)]
    lines += ["", "## How to accept it", "", *_acceptance(rule, width)]
    return "\n".join(lines) + "\n"


def rule_list(rules: Iterable[RulePage], width: int = WIDTH) -> str:
    """A line a rule: its name, the gravest that its findings may be, and what it finds."""
    known = tuple(rules)
    names = max(len(rule.name) for rule in known) + _GAP
    severities = max(len(rule.severities[0]) for rule in known) + _GAP
    lines = [rule.name.ljust(names) + rule.severities[0].ljust(severities) + rule.finds for rule in known]
    if max(map(len, lines)) > width:
        lines = [line for rule in known for line in _below_its_name(rule, width)]
    return "\n".join(lines) + "\n"


def rule_index(rules: Iterable[RulePage]) -> str:
    """The page that leads to the pages of all rules."""
    intro = (
        "What [`plan check`](../commands/check.md) finds in a plan. Each page is what"
        " [`plan rule NAME`](../commands/rule.md) prints: why the rule exists, its formula, and how to"
        " set and accept it."
    )
    rows = [
        f"| [{rule.name}]({rule.name}.md) | {', '.join(rule.severities)} | {rule.finds.translate(_CELL)} |"
        for rule in rules
    ]
    head = ["# Rules", "", *_wrapped(intro, WIDTH), "", "| rule | severity | finds |", "|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def _below_its_name(rule: RulePage, width: int) -> Iterator[str]:
    yield rule.name
    for line in _wrapped(f"{rule.severities[0]}: {rule.finds}", width - _GAP):
        yield " " * _GAP + line


def _thresholds(rule: RulePage, width: int) -> Iterator[str]:
    for key, default, description in rule.thresholds:
        yield from _wrapped(f"- `{key}`, by default `{_written(default)}`: {description}", width, "  ")
    yield ""
    yield from _wrapped("In the plan file, here with the defaults:", width)
    yield ""
    yield from _yaml(*(f"  {key}: {_written(default)}" for key, default, _ in rule.thresholds))


def _acceptance(rule: RulePage, width: int) -> Iterator[str]:
    text = "A finding that is known and meant is silenced with a reason, which `plan check` goes on printing:"
    yield from _wrapped(text, width)
    yield ""
    yield from _yaml("  accept:", f"    - {{rule: {rule.name}, because: {_REASON}}}")


def _written(default: Figure) -> str:
    """A threshold as a plan file would say it."""
    value = Fraction(default.value)
    return f"{plain(value * 100)}%" if default.kind == "stated" else plain(value)


def _prose(text: str, width: int) -> Iterator[str]:
    """The paragraphs of a text, with an empty line between them."""
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ""
        yield from _wrapped(paragraph, width)


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    glued = _MARKER.sub("\0", " ".join(text.split()))
    return [line.replace("\0", " ") for line in wrapped(glued, width, indent)]


def _yaml(*lines: str) -> tuple[str, ...]:
    return ("```yaml", "guardrails:", *lines, "```")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
