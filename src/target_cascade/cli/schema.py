"""`plan schema`: the JSON Schema of the plan file."""

from target_cascade.cli.delivery import show_text
from target_cascade.plan import plan_schema

HELP = """Example: plan schema > plan.schema.json

Prints the JSON Schema of the plan file, with which editors complete and check it."""


def schema() -> None:
    """Print the schema."""
    import json

    show_text(json.dumps(plan_schema(), indent=2, ensure_ascii=False) + "\n")
