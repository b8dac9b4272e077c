"""`plan rule`: the guardrails of `plan check`, and the page of one."""

from difflib import get_close_matches
from typing import Annotated

import typer

from target_cascade.cli.delivery import show_lines
from target_cascade.errors import UsageError

HELP = """Example: plan rule lift-size

Explains a rule of `plan check`: what it finds and why, its formula, how to set
its thresholds and how to accept it. Without a name: all rules, a line each."""


def rule(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The rule, or a key that it reads; without one: all.")
    ] = None,
) -> None:
    """Print the page of a rule, or the list of all."""
    from target_cascade.engine.check import RULES
    from target_cascade.report.rule_page import rule_page
    from target_cascade.write.rule_text import rule_list, rule_text

    if name is None:
        show_lines(lambda width: rule_list(map(rule_page, RULES), width))
        return
    known = {_spelt(key): one for one in RULES[::-1] for key in (*one.thresholds, one.name)}
    known |= {one.name: one for one in RULES}
    if _spelt(name) not in known:
        near = get_close_matches(_spelt(name), [one.name for one in RULES], 1)
        hint = f"did you mean `{near[0]}`?" if near else "`plan rule` lists all"
        raise UsageError(f"there is no rule `{name}`; {hint}")
    page = rule_page(known[_spelt(name)])
    show_lines(lambda width: rule_text(page, width))


def _spelt(name: str) -> str:
    """A rule's name, or a threshold's, however it is written: ``Lift_Size`` is ``lift-size``."""
    return name.lower().replace("_", "-")
