"""What tables for people call the parts of a retail year, and last year where it is another."""

from typing import Any

import pytest

from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.plan import Plan
from target_cascade.report.heading import facts
from target_cascade.report.split import By, split_table
from target_cascade.report.workbook import workbook

RETAIL: dict[str, Any] = {"year": {"nrf": 2027}, "base": [1000] * 12}
CALENDAR: dict[str, Any] = {"year": 2027, "base": [1000] * 12}


def planned(fields: dict[str, Any]) -> Cascade:
    return cascade(Plan.model_validate({"target": 24_000, **fields}))


def titles(fields: dict[str, Any], by: By) -> list[str]:
    table = split_table(planned(fields), by)
    return [column.title for column in table.columns if column.readers in ("all", "people")]


@pytest.mark.parametrize(
    ("fields", "by", "name", "first"),
    [
        pytest.param(RETAIL, "month", "Periods", ["Period", "From", "To", "Quota"], id="periods have dates"),
        pytest.param(RETAIL, "quarter", "Quarters", ["Quarter", "From", "To", "Quota"], id="quarters too"),
        pytest.param(CALENDAR, "month", "Months", ["Month", "Quota", "Share", "Last year"], id="months"),
    ],
)
def test_table_of_a_retail_year_is_of_periods(
    fields: dict[str, Any], by: By, name: str, first: list[str]
) -> None:
    assert split_table(planned(fields), by).name == name
    assert titles(fields, by)[:4] == first


@pytest.mark.parametrize("by", ["month", "week", "day"])
def test_keys_for_machines_are_those_of_any_year(by: By) -> None:
    retail, calendar = (split_table(planned(fields), by).columns for fields in (RETAIL, CALENDAR))
    assert [column.key for column in retail] == [column.key for column in calendar]
    assert "Month" not in [column.title for column in retail]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        pytest.param({"year": 2027}, "last year", id="last year"),
        pytest.param({"year": 2027, "base_year": 2026}, "last year", id="last year by its number"),
        pytest.param({"year": 2027, "base_year": 2024}, "2024", id="earlier"),
        pytest.param({"year": "2027-04", "base_year": 2024}, "2024/25", id="earlier, from April"),
    ],
)
def test_base_is_called_by_its_year(fields: dict[str, Any], name: str) -> None:
    year = {"year": fields["base_year"]} if "base_year" in fields else {}
    plan = {"year": fields["year"], "base": {**year, "months": [1000] * 12}}
    title = name[0].upper() + name[1:]
    assert titles(plan, "month")[3:5] == [title, f"× {name}"]
    assert facts(planned(plan))[-1].remark == f"how {name}'s sales must grow, before named causes"
    chart = workbook(planned(plan)).chart
    assert chart is not None
    assert chart.title == f"Quota by month, beside {name}"


def test_chart_of_a_retail_year_is_by_period() -> None:
    made = workbook(planned(RETAIL))
    assert made.chart is not None
    assert made.chart.title == "Quota by period, beside last year"
    assert [table.name for table in made.tables] == ["Periods", "Weeks", "Days"]
