"""`plan schema`: the JSON Schema of the plan file."""

from target_cascade.cli.delivery import show_text

HELP = """Example: plan schema > plan.schema.json

Prints the JSON Schema of the plan file, with which editors complete and check it."""


def schema() -> None:
    """Print the schema."""
    from target_cascade.cli.schema_text import schema_text

    show_text(schema_text())
