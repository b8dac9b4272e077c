"""Arguments and options that commands share."""

from typing import Annotated, Literal

import typer

Format = Literal["table", "csv", "json", "markdown"]
Encoding = Literal["utf-8", "gbk"]

PlanArgument = Annotated[str, typer.Argument(metavar="PLAN", help="The plan file; - reads it from stdin.")]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="A what-if on any key, repeatable: buffer=8%, 'adjust.\"Brand day\".add=50万'.",
    ),
]
CsvEncoding = Annotated[
    Encoding | None,
    typer.Option("--encoding", help="Of a CSV file: utf-8 (without BOM) or gbk; default is UTF-8 with BOM."),
]
