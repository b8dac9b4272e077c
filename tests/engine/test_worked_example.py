"""The worked example of the specification, to the digit."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from target_cascade.engine.bridge import bridge, printed
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.read.plan_file import load_plan
from target_cascade.report.split import By, split_table
from target_cascade.write.csv import csv_text

FOLDER = Path(__file__).parent / "worked_example"


@pytest.fixture(scope="module")
def worked() -> Cascade:
    return cascade(load_plan(FOLDER / "plan.yaml"))


@pytest.mark.parametrize("by", ["month", "week", "day"])
def test_quotas_equal_the_published_file(worked: Cascade, by: By) -> None:
    assert csv_text(split_table(worked, by)) == (FOLDER / f"{by}s.csv").read_text()


def test_bridges_equal_the_published_file(worked: Cascade) -> None:
    lines = [["month", "row", "kind", "amount"]]
    for month in worked.months:
        label = month.period.label
        rows = printed(bridge(worked, month.period.start, month.period.end), Fraction(1))
        lines += [[label, row.name, row.kind, str(row.amount)] for row in rows]
        lines.append([label, "quota", "quota", str(month.amount)])
    assert lines == list(csv.reader((FOLDER / "bridges.csv").read_text().splitlines()))


def test_months_of_the_capped_year_end_share_a_growth_factor_of_their_own(worked: Cascade) -> None:
    november, december = worked.months[10:]
    assert november.growth == december.growth < worked.growth
    assert november.amount + december.amount == Fraction(32, 100) * worked.planned_total
