"""The shipped examples: plans that a reader may copy."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from screens import run_plan

from target_cascade import load_plan

EXAMPLES = Path(__file__).parent.parent / "examples"
PLANNED_TOTALS = {
    "minimal": 40_000_000,
    "ecommerce": 40_000_000 + 40_000_000 * 5 // 100,
    "b2b": 14_000_000 + 14_000_000 * 3 // 100,
}

every_example = pytest.mark.parametrize("example", PLANNED_TOTALS)


def test_each_example_is_tested() -> None:
    assert {path.parent.name for path in EXAMPLES.glob("*/plan.yaml")} == set(PLANNED_TOTALS)


@every_example
@pytest.mark.parametrize(("by", "rows"), [("quarter", 4), ("month", 12), ("week", 60), ("day", 365)])
def test_example_adds_up_to_its_planned_total(
    example: str, by: str, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = run_plan(
        ["split", str(EXAMPLES / example / "plan.yaml"), "--by", by, "--format", "csv"], monkeypatch
    )
    assert (shown.status, shown.messages) == (0, b"")
    quotas = [int(row["quota"]) for row in csv.DictReader(StringIO(shown.text))]
    assert len(quotas) >= rows
    assert sum(quotas) == PLANNED_TOTALS[example]


@every_example
def test_example_explains_itself_at_its_top(example: str) -> None:
    first, *_ = (EXAMPLES / example / "plan.yaml").read_text(encoding="utf-8").splitlines()
    assert first.startswith("# ")


@pytest.mark.parametrize("example", ["ecommerce", "b2b"])
def test_each_cause_and_limit_of_an_example_has_a_reason(example: str) -> None:
    plan = load_plan(EXAMPLES / example / "plan.yaml")
    reasons = [entry.because for entry in plan.adjust]
    reasons += [entry.because for entry in plan.new_business]
    reasons += [entry.because for entry in plan.limits]
    assert all(reasons)
