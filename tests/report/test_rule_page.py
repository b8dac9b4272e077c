"""The pages of the guardrails: what `plan rule` prints, and docs/rules, which is the same text."""

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

from target_cascade.engine.check import RULES, Rule, Severity
from target_cascade.guardrails import Guardrails
from target_cascade.plan import Plan
from target_cascade.report.rule_page import rule_page
from target_cascade.write.rule_text import rule_index, rule_list, rule_text

PAGES = Path(__file__).parents[2] / "docs" / "rules"
INDEX = "README"

MADE = Rule(
    "made-up",
    "one lift above 50 %",
    ("error", "note"),
    "A lift is a guess - and a large one a large guess.\n\nIt was so in every year.",
    "lift > lift_size",
    ("lift_size", "growth", "festival_days"),
    "Split it into its causes.",
    lambda _: (),
)

every_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])


def text_of(rule: Rule, width: int = 80) -> str:
    return rule_text(rule_page(rule), width)


KNOWN = [rule_page(rule) for rule in RULES]
DOCUMENTED = {INDEX: rule_index(KNOWN), **{rule.name: text_of(rule) for rule in RULES}}


@pytest.mark.parametrize(("name", "page"), DOCUMENTED.items(), ids=DOCUMENTED)
def test_documented_page_is_what_the_command_prints(name: str, page: str, update_golden: bool) -> None:
    file = PAGES / f"{name}.md"
    if update_golden:
        file.write_text(page, encoding="utf-8", newline="\n")
    assert file.is_file(), "see --update-golden"
    assert file.read_text(encoding="utf-8") == page, "see --update-golden"


def test_no_page_is_about_a_rule_that_is_not_there() -> None:
    assert {file.stem for file in PAGES.iterdir()} == set(DOCUMENTED)


def test_page_of_a_rule() -> None:
    assert text_of(MADE) == (
        "# made-up\n\n"
        "One lift above 50 %: an error or a note.\n\n"
        "## Why\n\n"
        "A lift is a guess - and a large one a large guess.\n\n"
        "It was so in every year.\n\n"
        "## Formula\n\n"
        "lift > lift_size\n\n"
        "## What to do\n\n"
        "Split it into its causes.\n\n"
        "## How to set it\n\n"
        "- `lift_size`, by default `50%`: largest single lift\n"
        "- `growth`, by default `2`: a growth factor above this is a warning\n"
        "- `festival_days`, by default `5`: days that a feast may move without a day rule\n\n"
        "In the plan file, here with the defaults:\n\n"
        "```yaml\nguardrails:\n  lift_size: 50%\n  growth: 2\n  festival_days: 5\n```\n\n"
        "## How to accept it\n\n"
        "A finding that is known and meant is silenced with a reason, which `plan check`\n"
        "goes on printing:\n\n"
        "```yaml\nguardrails:\n  accept:\n"
        "    - {rule: made-up, because: discussed on 12 January and meant so}\n```\n"
    )


def test_rule_without_thresholds_has_nothing_to_set() -> None:
    assert "## How to set it" not in text_of(MADE._replace(thresholds=()))


@every_rule
def test_yaml_of_a_page_is_part_of_a_plan(rule: Rule) -> None:
    *setting, accepting = re.findall(r"^```yaml\n(.*?)^```$", text_of(rule), re.MULTILINE | re.DOTALL)
    accept = _guardrails(accepting).accept
    assert [(entry.rule, bool(entry.because)) for entry in accept] == [(rule.name, True)]
    assert len(setting) == bool(rule.thresholds)
    for text in setting:
        assert _guardrails(text) == Guardrails(), "the values that are shown are the defaults"
        assert set(yaml.safe_load(text)["guardrails"]) == set(rule.thresholds)


def _guardrails(text: str) -> Guardrails:
    keys = yaml.load(text, yaml.BaseLoader)["guardrails"]
    return Plan.model_validate({"year": "2027", "target": "1", "guardrails": keys}).guardrails


@every_rule
@pytest.mark.parametrize("width", [80, 40])
def test_page_fits_the_screen(rule: Rule, width: int) -> None:
    text = re.sub(r"^```yaml\n.*?^```$", "", text_of(rule, width), flags=re.MULTILINE | re.DOTALL)
    assert max(map(len, text.splitlines())) <= width


def test_page_on_a_wide_screen_keeps_to_80() -> None:
    assert text_of(MADE, 200) == text_of(MADE, 80)


def test_no_line_of_a_paragraph_turns_into_a_list_or_a_heading() -> None:
    words = "word - word > word # word 1. word 2) word == word * word + "
    page = text_of(MADE._replace(why=words * 6, finds=words, remedy=words * 2), 24)
    assert not re.search(r"^(?:[-+*>]|#(?!#|.made-up)|==|\d[.)])(?! `)", page, re.MULTILINE)


@every_rule
def test_list_has_one_line_for_a_rule_on_80_columns(rule: Rule) -> None:
    (line,) = (line for line in rule_list(KNOWN).splitlines() if line.split()[0] == rule.name)
    assert line.split(maxsplit=2)[1:] == [rule.severities[0], rule.finds]
    assert len(line) <= 80


def test_list_on_a_narrow_screen_has_the_names_above() -> None:
    long = MADE._replace(finds="a lift of more than a half in any month")
    assert rule_list([rule_page(MADE), rule_page(long)], 30) == (
        "made-up\n  error: one lift above 50 %\n"
        "made-up\n  error: a lift of more than a\n  half in any month\n"
    )


def test_index_links_to_each_page() -> None:
    index = rule_index(
        [rule_page(MADE._replace(finds="`|b/a − 1|` is large")), rule_page(MADE._replace(name="other"))]
    )
    assert index.endswith(
        "| rule | severity | finds |\n|---|---|---|\n"
        "| [made-up](made-up.md) | error, note | `\\|b/a − 1\\|` is large |\n"
        "| [other](other.md) | error, note | one lift above 50 % |\n"
    )


@every_rule
def test_severities_of_a_rule_are_in_order(rule: Rule) -> None:
    order = get_args(Severity)
    assert sorted(set(rule.severities), key=order.index) == list(rule.severities) != []
