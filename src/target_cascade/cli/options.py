"""Arguments and options that commands share."""

from typing import Annotated, Literal

import typer

Format = Literal["table", "csv", "json", "markdown"]
AnyFormat = Literal[Format, "github"]
"""The formats of all commands: those of most, and annotations, which are of findings only."""
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
FormatOption = Annotated[
    Format | None, typer.Option("--format", help="Default: table, or by the ending of -o.")
]
OutputOption = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help="A file instead of the screen.")
]
CsvEncoding = Annotated[
    Encoding | None,
    typer.Option("--encoding", help="Of a CSV file: utf-8 (without BOM) or gbk; default is UTF-8 with BOM."),
]
