"""`plan cascade`: the quotas down the tree of regions, teams and people."""

from typing import Annotated

import typer

from target_cascade.cli.delivery import deliver, is_for_machines
from target_cascade.cli.loading import load, located, say
from target_cascade.cli.options import CsvEncoding, FormatOption, OutputOption, PlanArgument, Settings
from target_cascade.cli.workbook_file import is_workbook, write_workbook
from target_cascade.report.heading import with_what_ifs
from target_cascade.report.spans import PeopleBy
from target_cascade.report.table import Page, Table

HELP = """Example: plan cascade plan.yaml --by month

Hands the quotas down the tree of regions, teams and people: every row and every
column adds up. The screen shows the largest and the smallest, -o FILE has all."""


def cascade(
    plan: PlanArgument,
    by: Annotated[
        PeopleBy, typer.Option("--by", help="Quotas of the year, of months or of part weeks.")
    ] = "month",
    level: Annotated[
        str | None, typer.Option("--level", metavar="NAME", help="The nodes of a level; default: the leaves.")
    ] = None,
    node: Annotated[
        str | None, typer.Option("--node", metavar="NAME", help="Only what is below a node, as South/Li.")
    ] = None,
    top: Annotated[
        int, typer.Option("--top", metavar="N", min=1, help="How many of the largest and smallest to show.")
    ] = 10,
    form: FormatOption = None,
    output: OutputOption = None,
    settings: Settings = None,
    encoding: CsvEncoding = None,
) -> None:
    """Show the quotas of teams and people, or write them to a file."""
    from target_cascade.engine.people.quotas import people_quotas
    from target_cascade.report.people.chosen import chosen
    from target_cascade.report.people.page import cascade_page
    from target_cascade.report.people.records import cascade_table, cascade_workbook

    file, company = load(plan, settings)
    say(file)
    with located(file):
        people = people_quotas(company)
    choice = chosen(people, level, node)
    if output is not None and is_workbook(output):
        write_workbook(cascade_workbook(choice, by), settings, output, form, encoding, file.files)
        return
    # A page for people would take as long again to make, and nobody would see it.
    if is_for_machines(form, output):
        result: Table | Page = with_what_ifs(cascade_table(choice, by), settings)
    else:
        result = with_what_ifs(cascade_page(choice, by, top), settings)
    deliver(result, form, output, encoding, file.files)
