"""`plan review --strict`: which year to date is judged."""

from pathlib import Path

import pytest
from screens import run_plan

PLAN = "year: 2026\ntarget: 1200\ncascade: [{name: North, share: 50%}, {name: South, share: 50%}]\n"
HALF = 51
"""The quota of each in January, half of 102."""


@pytest.mark.parametrize(
    ("north", "south", "options", "status"),
    [
        pytest.param(HALF, HALF, [], 0, id="company on plan"),
        pytest.param(HALF, 10, [], 1, id="company red"),
        pytest.param(HALF, 10, ["--node", "North"], 0, id="node on plan in a red company"),
        pytest.param(HALF, 10, ["--node", "South", "--format", "csv"], 1, id="red node"),
        pytest.param(3 * HALF, 10, ["--node", "South"], 1, id="red node in a company on plan"),
    ],
)
def test_status_is_that_of_the_year_to_date_that_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, north: int, south: int, options: list[str], status: int
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(PLAN, encoding="utf-8")
    rows = f"month,who,amount\n2026-01,North,{north}\n2026-01,South,{south}\n"
    Path("actuals.csv").write_text(rows, encoding="utf-8")
    review = ["review", "plan.yaml", "--actuals", "actuals.csv", *options]
    assert run_plan([*review, "--strict"], monkeypatch).status == status
    assert run_plan(review, monkeypatch).status == 0
