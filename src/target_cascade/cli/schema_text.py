"""The JSON Schema of the plan file, as it stands in a file."""

import json

from target_cascade.plan import plan_schema


def schema_text() -> str:
    """What `plan schema` prints, and `plan init` puts beside a plan."""
    return json.dumps(plan_schema(), indent=2, ensure_ascii=False) + "\n"
