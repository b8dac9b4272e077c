"""`plan compare`: scenarios side by side."""

from typing import Annotated

import typer

from target_cascade.cli.delivery import deliver
from target_cascade.cli.options import CsvEncoding, FormatOption, OutputOption, Settings, Today, day_of
from target_cascade.report.split import By

HELP = """Example: plan compare careful.yaml bold.yaml

Shows scenarios side by side: what each promises and asks for, where its year
lands without new business, what the guardrails find, and its quotas."""


def compare(
    plans: Annotated[
        list[str], typer.Argument(metavar="PLAN", help="The plan files; - reads one from stdin.")
    ],
    vary: Annotated[
        list[str] | None,
        typer.Option(
            "--vary",
            metavar="KEY=A,B,...",
            help="A scenario for each value, repeatable: buffer=3%,5%,8%.",
        ),
    ] = None,
    by: Annotated[By, typer.Option("--by", help="Which quotas stand below.")] = "month",
    form: FormatOption = None,
    output: OutputOption = None,
    settings: Settings = None,
    today: Today = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show the scenarios, or write them to a file."""
    from target_cascade.cli.loading import say
    from target_cascade.cli.scenarios import load_scenarios
    from target_cascade.engine.compare import compare as compared
    from target_cascade.read.scenarios import variants
    from target_cascade.read.vary import read_varied, refuse_overruled
    from target_cascade.report.compare import compare_page
    from target_cascade.report.heading import with_what_ifs

    varied = read_varied(vary or ())
    refuse_overruled(settings or (), varied)
    loaded = load_scenarios(variants(plans, varied), settings or (), day_of(today))
    say(*(one.file for one in loaded))
    comparison = compared([(one.name, one.cascade, one.checked) for one in loaded], by)
    sources = dict.fromkeys(path for one in loaded for path in one.file.files)
    page = with_what_ifs(compare_page(comparison), settings)
    deliver(page, form, output, encoding, tuple(sources))
