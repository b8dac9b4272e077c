"""`plan reconcile`: what people propose beside what the cascade asks of them."""

from typing import Annotated, Literal

import typer

from target_cascade.cli.delivery import deliver
from target_cascade.cli.loading import load, located, say
from target_cascade.cli.options import CsvEncoding, FormatOption, OutputOption, PlanArgument, Settings
from target_cascade.report.heading import with_what_ifs

HELP = """Example: plan reconcile plan.yaml --rule mid

Sets what people propose beside what the cascade asks: the largest gaps first,
with the reasons, where the year lands by each rule, and what was decided."""


def reconcile(
    plan: PlanArgument,
    rule: Annotated[
        Literal["propose", "top", "mid"] | None,
        typer.Option("--rule", help="What open rows come to: as proposed, as asked, or half-way."),
    ] = None,
    form: FormatOption = None,
    output: OutputOption = None,
    settings: Settings = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show the agenda, or write it to a file."""
    from target_cascade.engine.people.reconcile import reconcile as reconciled
    from target_cascade.report.people.reconcile import reconcile_page

    file, company = load(plan, settings)
    say(file)
    with located(file):
        found = reconciled(company)
    deliver(with_what_ifs(reconcile_page(found, rule), settings), form, output, encoding, file.files)
