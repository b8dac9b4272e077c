"""The shipped examples: plans that a reader may copy."""

import csv
import json
import shutil
import subprocess
import sys
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from screens import run_plan

from target_cascade import load_plan

EXAMPLES = Path(__file__).parent.parent / "examples"
PROPOSAL, REVIEWED, AGREED = (
    f"revisions/{name}.yaml" for name in ("1-proposal", "2-after-review", "3-agreed")
)


class Example(NamedTuple):
    """What a plan's months add up to, and which rules find how much in it, by severity."""

    planned_total: int
    found: dict[str, list[str]]


PLANS = {
    "minimal/plan.yaml": Example(
        40_000_000, {"warning": ["year-end-miss", "buffer"], "note": ["five-factors"]}
    ),
    "ecommerce/plan.yaml": Example(
        40_000_000 + 40_000_000 * 5 // 100,
        {"warning": ["new-business-late", "year-end-miss", "growth", "contingency"]},
    ),
    "ecommerce-kpis/plan.yaml": Example(40_000_000 + 40_000_000 * 6 // 100, {}),
    "b2b/plan.yaml": Example(14_000_000 + 14_000_000 * 3 // 100, {"note": ["five-factors"]}),
    "shop-export/plan.yaml": Example(
        3_200_000 + 3_200_000 * 5 // 100,
        {"warning": ["explained-growth", "contingency"], "note": ["five-factors", "borrowed-shape"]},
    ),
    "retail/plan.yaml": Example(36_000_000 + 36_000_000 * 4 // 100, {}),
    "sales-team/plan.yaml": Example(21_600_000 + 21_600_000 * 5 // 100, {"note": ["five-factors"]}),
    "store-chain/plan.yaml": Example(
        5_200_000_000 + 5_200_000_000 * 4 // 100, {"note": ["five-factors", "borrowed-shape"]}
    ),
    "shop-year/plan.yaml": Example(12_000_000 + 12_000_000 * 4 // 100, {"note": ["five-factors"]}),
    PROPOSAL: Example(
        1_200_000,
        {
            "error": ["new-business-share"],
            "warning": [
                "new-business-late",
                "without-new-business",
                "year-end-share",
                "year-end-miss",
                "buffer",
                "back-loaded",
            ],
            "note": ["because", "five-factors"],
        },
    ),
    REVIEWED: Example(
        1_100_000 + 1_100_000 * 3 // 100,
        {"warning": ["without-new-business", "year-end-miss", "contingency"], "note": ["five-factors"]},
    ),
    AGREED: Example(1_187_000, {}),  # 1.13M and 5 %, which is 1,186,500, up to whole thousands
}
FIRST_PROPOSALS = {"minimal/plan.yaml", PROPOSAL}
"""Plans that show what a plan lacks: reasons, among others."""

every_example = pytest.mark.parametrize("example", PLANS)


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the examples, with the stores that a command makes."""
    copy = shutil.copytree(EXAMPLES, tmp_path_factory.mktemp("examples"), dirs_exist_ok=True)
    with (copy / "store-chain" / "stores.csv").open("w", encoding="utf-8") as stores:
        subprocess.run([sys.executable, copy / "store-chain" / "make_stores.py"], stdout=stores, check=True)
    return copy


@pytest.fixture(autouse=True)
def _among_the_examples(examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(examples)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    """The status and the output of a command among the examples."""
    shown = run_plan(list(arguments), monkeypatch)
    lines = shown.messages.decode("utf-8").splitlines()
    understood = ("UTF-8, ", "GBK, ", "filled by the shape")
    assert all(any(word in line for word in understood) for line in lines), "no error and no warning"
    return shown.status, shown.output.decode("utf-8-sig")


def test_each_example_is_tested() -> None:
    assert {path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.glob("*/*.yaml")} == set(PLANS)


@every_example
@pytest.mark.parametrize(("by", "rows"), [("quarter", 4), ("month", 12), ("week", 52), ("day", 364)])
def test_example_adds_up_to_its_planned_total(
    example: str, by: str, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, output = run(monkeypatch, "split", example, "--by", by, "--format", "csv")
    quotas = [int(row["quota"]) for row in csv.DictReader(StringIO(output))]
    assert status == 0
    assert len(quotas) >= rows
    assert sum(quotas) == PLANS[example].planned_total


@every_example
def test_check_finds_in_an_example_what_is_meant_to_be_found(
    example: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, output = run(monkeypatch, "check", example, "--format", "json")
    found: dict[str, list[str]] = {}
    for finding in json.loads(output):
        found.setdefault(finding["severity"], []).append(finding["rule"])
    assert found == PLANS[example].found
    assert status == int("error" in found)


@every_example
def test_example_explains_itself_at_its_top(example: str) -> None:
    first, *_ = (EXAMPLES / example).read_text(encoding="utf-8").splitlines()
    assert first.startswith("# ")


@pytest.mark.parametrize("example", sorted(set(PLANS) - FIRST_PROPOSALS))
def test_each_cause_and_limit_of_an_example_has_a_reason(example: str) -> None:
    plan = load_plan(example)
    reasons = [entry.because for entry in plan.adjust]
    reasons += [entry.because for entry in plan.new_business]
    reasons += [entry.because for entry in plan.limits]
    assert reasons
    assert all(reasons)


# The three revisions of one plan


@pytest.mark.parametrize(
    ("old", "new", "causes"),
    [
        pytest.param(
            PROPOSAL,
            REVIEWED,
            {
                "hotels": 0,
                "subscriptions": 0,
                "Christmas boxes": 0,
                "target": -100_000,
                "buffer": 1_100_000 * 3 // 100,
            },
            id="review",
        ),
        pytest.param(
            REVIEWED,
            AGREED,
            {
                "hotels": 0,
                "Christmas boxes": 0,
                "new prices": 0,
                "kiosk": 0,
                "target": 1_164_000 - 1_133_000,  # 1.13M and 3 %, up to whole thousands
                "buffer": 1_187_000 - 1_164_000,
                "roaster's service": 0,
            },
            id="agreement",
        ),
    ],
)
def test_diff_of_revisions_tells_what_moved_the_year(
    old: str, new: str, causes: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _diff(old, new, monkeypatch)
    assert {cause["cause"]: cause["amount"] for cause in told["causes"]} == causes
    assert sum(causes.values()) == PLANS[new].planned_total - PLANS[old].planned_total
    by_month: Counter[str] = Counter()
    for cause in told["causes"]:
        by_month.update(cause["months"])
    assert by_month == {month["month"]: month["change"] for month in told["months"]}


def test_boxes_bring_nothing_in_december_and_much_in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    held, moved = (
        _boxes(_diff(old, new, monkeypatch)) for old, new in ((PROPOSAL, REVIEWED), (REVIEWED, AGREED))
    )
    assert not any(held["months"].values())
    assert held["masked_by"] == "2027-12 held by `roaster`"
    assert max(moved["months"], key=moved["months"].__getitem__) == "2027-11"


def _diff(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(run(monkeypatch, "diff", old, new, "--format", "json")[1])
    return told


def _boxes(told: dict[str, Any]) -> dict[str, Any]:
    (boxes,) = (cause for cause in told["causes"] if cause["cause"] == "Christmas boxes")
    return dict(boxes)
