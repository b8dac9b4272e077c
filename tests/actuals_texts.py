"""Plans, and tables of what came in for them, for the tests of reading actuals."""

from pathlib import Path

import pytest

from target_cascade.errors import InputError
from target_cascade.plan import Plan
from target_cascade.read.actuals.actuals_file import ActualsRead, read_actuals
from target_cascade.read.plan_file import text_of
from target_cascade.read.source import Source
from target_cascade.review.actuals import Actuals

SHOP = "year: 2012\ntarget: 4000万\ncurrency: CNY\n"
TEAMS = f"""{SHOP}
drivers: {{conversion: 1.4%, aov: 200}}
kpis:
  orders: {{formula: quota / aov, unit: count}}
  spend: {{formula: quota * 10%, unit: money}}
cascade:
  levels: [region, rep]
  members:
    - {{name: South, members: [{{name: Li}}, {{name: May}}]}}
    - {{name: North, members: [{{name: Wang}}]}}
"""
FISCAL = "year: 2012-04\ntarget: 4000万\n"
RETAIL = "year: {nrf: 2012}\ntarget: 4000万\n"  # 2012-01-29..2013-02-02
SUNDAY = f"{SHOP}weeks: sunday\n"


def plan_of(text: str) -> Plan:
    return text_of(Source("plan.yaml", text)).plan_file().plan


def read(content: str | bytes, plan: str, folder: Path, **choices: str) -> ActualsRead:
    name = "actuals.xlsx" if content[:2] == b"PK" else "actuals.csv"
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_actuals(str(file), plan_of(plan), Actuals(file=name, **choices))


def refusal(content: str | bytes, plan: str, folder: Path, **choices: str) -> list[str]:
    """What is said, without the rows below the first twenty."""
    with pytest.raises(InputError) as refused:
        read(content, plan, folder, **choices)
    return [f"{problem.line}:{problem.column}: {problem.message}" for problem in refused.value.problems]
