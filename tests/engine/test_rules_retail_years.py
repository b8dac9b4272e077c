"""Rules on retail years, whose periods have four or five weeks and now and then one more."""

from typing import Any

import pytest
from findings import FLAT, findings, months, only

from target_cascade.write.cell_text import sentence_text

NRF = {"year": {"nrf": 2026}}
LONG = {"year": {"nrf": 2024}, "target": 1100}
"""Last year's P12 had five weeks, and this year's has four."""


@pytest.mark.parametrize(
    ("sold", "count"),
    [
        pytest.param(375, 0, id="three times as much a week"),
        pytest.param(376, 1, id="more than that"),
    ],
)
def test_period_of_five_weeks_is_held_against_its_neighbours_by_what_its_days_were_worth(
    sold: int, count: int
) -> None:
    """P05 has five weeks and its neighbours four: 375 ÷ 5 is three times 100 ÷ 4."""
    found = findings("one-off-in-base", {**NRF, "base": months({5: sold})})
    assert [finding.path for finding in found] == [("base", "months", 4)] * count


def test_one_off_is_named_by_its_period() -> None:
    found = only("one-off-in-base", {**NRF, "base": months({5: 900})})
    assert sentence_text(found.message).startswith("last year's P05 sold 900, ")
    assert "repair P05 with `fix`" in sentence_text(found.remedy)


@pytest.mark.parametrize("base_weeks", [52, 53])
@pytest.mark.parametrize("rule", ["month-reach", "calendar-size", "one-off-in-base"])
def test_periods_of_four_and_five_weeks_and_a_53rd_week_are_no_findings(rule: str, base_weeks: int) -> None:
    """As much in each week: a step from four weeks to five is last year's step as well."""
    weeks = [4, 5, 4] * 3 + [4, 5, 4 + base_weeks - 52]
    base = [100 * length for length in weeks]
    fields: dict[str, Any] = {"year": {"nrf": 2024, "base_weeks": base_weeks}, "target": 6000, "base": base}
    assert findings(rule, fields) == []


def test_last_two_months_are_the_last_two_periods() -> None:
    base = [*FLAT[:10], 300, 300]
    late = {"name": "late", "months": "P11-P12", "lift": "200%"}
    found = only("year-end-share", {**NRF, "target": 2000, "base": base, "adjust": [late]})
    assert "P11 and P12" in sentence_text(found.message)


def test_festival_that_moves_to_another_period_is_found() -> None:
    """Spring Festival of 2024 is on 10 February, in P01; that of 2023, on 22 January, was in P12 of the
    year before. In 2025 it is on 29 January, in P12 again: the year has it twice."""
    found = only("festival-moved", {**LONG, "currency": "CNY", "base": FLAT})
    assert found.severity == "warning"
    rules = [{"day": "spring-festival", "window": "0..6", "times": "0.5"}]
    assert findings("festival-moved", {**LONG, "currency": "CNY", "base": FLAT, "days": rules}) == []


@pytest.mark.parametrize(("days", "count"), [(11, 0), (10, 1)])
def test_festival_that_stays_in_its_period_is_found_by_its_days(days: int, count: int) -> None:
    """Spring Festival of 2026 is on 17 February, of 2027 on 6 February; both are in P08 from July on."""
    year = {"pattern": "4-4-5", "ends": "2027-06-26"}
    fields = {"year": year, "currency": "CNY", "base": FLAT, "guardrails": {"festival_days": days}}
    assert len(findings("festival-moved", fields)) == count
