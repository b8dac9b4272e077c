"""Actions: for a KPI or for somebody, and on days that follow each other."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from target_cascade.plan import Plan


def actions_of(*actions: dict[str, Any]) -> Any:
    kpis = {"orders": {"formula": "quota", "unit": "count"}}
    return Plan.model_validate({"year": 2027, "target": 1000, "kpis": kpis, "actions": list(actions)}).actions


@pytest.mark.parametrize(
    "action",
    [
        pytest.param({"kpi": "orders", "do": "x"}, id="for a KPI"),
        pytest.param({"who": "Li", "do": "x"}, id="for somebody"),
        pytest.param({"who": "Li", "do": "x", "from": "2027-03", "until": "2027-03"}, id="in one month"),
    ],
)
def test_action_is_for_a_kpi_or_for_somebody(action: dict[str, Any]) -> None:
    (one,) = actions_of(action)
    assert one.do == "x"


def test_action_lasts_to_the_end_of_its_last_month() -> None:
    (one,) = actions_of({"who": "Li", "do": "x", "from": 3, "until": 4})
    assert (one.start, one.until) == (date(2027, 3, 1), date(2027, 4, 30))


@pytest.mark.parametrize(
    ("action", "message"),
    [
        pytest.param({"do": "x"}, "needs `kpi` or `who`", id="for nothing and nobody"),
        pytest.param(
            {"who": "Li", "do": "x", "from": "2027-05", "until": "2027-03"},
            "is 2027-03-31, before `from` 2027-05-01",
            id="ends before it begins",
        ),
    ],
)
def test_action_that_makes_no_sense_is_refused(action: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        actions_of(action)
