"""What `plan reconcile` says beside its agenda: what is in no sum, and who takes up what was decided."""

from typing import Any

import pytest
from findings import plan_of

from target_cascade.engine.cascade import cascade
from target_cascade.engine.people.reconcile import reconcile
from target_cascade.report.people.reconcile import reconcile_page
from target_cascade.report.table import Notes
from target_cascade.write.cell_text import sentence_text

TREE = [
    {"name": "South", "members": [{"name": "Li"}, {"name": "Wu"}, {"name": "Zhao", "max": "101_000"}]},
    {"name": "North", "members": [{"name": "An", "weight": 3}]},
]
TARGET = 365 * 20_000
SOUTH = 31 * 10_000
"""What is asked of South in March: half of it, as North weighs as much as its three."""


def notes(proposals: list[dict[str, Any]], decided: list[dict[str, Any]], title: str) -> list[str]:
    fields = {"target": TARGET, "cascade": TREE, "proposals": proposals, "decided": decided}
    page = reconcile_page(reconcile(cascade(plan_of(fields))), None)
    blocks = [block for block in page.blocks if isinstance(block, Notes) and block.title == title]
    return [sentence_text(note.head) for block in blocks for note in block.notes]


def march(name: str, amount: int) -> dict[str, Any]:
    return {"name": name, "period": "2027-03", "amount": amount}


def test_who_takes_up_a_decision_is_told_with_the_largest_first() -> None:
    said = notes([], [march("Li", 60_000)], "Who takes it up")
    # Zhao may have no more than 101,000, so that Wu takes up all that Li need not bring.
    assert len(said) == 1
    before, after = (SOUTH - 101_000) / 2, SOUTH - 101_000 - 60_000
    assert said[0].startswith("South/Wu in 2027-03: ")
    assert f" → {after:,}, +" in said[0]
    assert said[0].endswith(f"(×{after / before:.2f})")


@pytest.mark.parametrize("proposals", [[march("Li", 60_000)], []], ids=["a proposal", "nothing"])
def test_without_a_decision_nobody_takes_anything_up(proposals: list[dict[str, Any]]) -> None:
    decided = [] if proposals else [march("North", SOUTH)]
    assert notes(proposals, decided, "Who takes it up") == []


def test_what_is_in_no_sum_is_named() -> None:
    said = notes([march("Li", 60_000), march("South", 300_000)], [], "")
    assert said == ["in no sum, because a node above proposes for the same months: South/Li in 2027-03"]
