"""`plan init`: a plan file that can be split at once, from a few answers."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from target_cascade.cli.delivery import show, tell
from target_cascade.cli.loading import say
from target_cascade.errors import UsageError
from target_cascade.report.split import split_table

if TYPE_CHECKING:
    from target_cascade.cli.new.drafting import Drafting, Tried
    from target_cascade.write.plan_text import Answers

HELP = """Example: plan init --from last_year.csv --target 4000万

Writes a plan file with comments, and shows its months. In a terminal it asks
for what the options leave open. It never overwrites a file."""

_Folder = Annotated[
    str, typer.Argument(metavar="DIR", help="The folder for plan.yaml; made if it is not there.")
]
_Target = Annotated[
    str | None, typer.Option("--target", metavar="AMOUNT", help="What the year must bring: 4000万, 40M.")
]
_Year = Annotated[
    str | None,
    typer.Option(
        "--year", metavar="YEAR", help="2027, or 2027-04 for one from April; default: the year after --from."
    ),
]
_From = Annotated[str | None, typer.Option("--from", metavar="FILE", help="Last year's sales, CSV or Excel.")]
_Column = Annotated[
    str | None, typer.Option("--column", metavar="NAME", help="The column of --from that is meant.")
]
_Unit = Annotated[
    str | None, typer.Option("--unit", metavar="UNIT", help="What the amounts of --from are in, such as 万.")
]
_Sheet = Annotated[
    str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of --from that is meant.")
]
_BaseYear = Annotated[
    str | None,
    typer.Option("--base-year", metavar="YEAR", help="The year of --from, where the file does not say it."),
]
_NewBusiness = Annotated[
    list[str] | None,
    typer.Option(
        "--new-business", metavar="NAME=AMOUNT", help="What has no last year, repeatable: 'JD store=500万'."
    ),
]
_Template = Annotated[
    Literal["minimal", "ecommerce", "sales-team", "retail"],
    typer.Option("--template", help="What the plan is for; retail is the 4-5-4 year of US stores (NRF)."),
]
_Name = Annotated[
    str | None, typer.Option("--name", metavar="TITLE", help="The plan's title, printed on everything.")
]
_Currency = Annotated[str | None, typer.Option("--currency", metavar="CODE", help="Three capitals: CNY.")]
_Buffer = Annotated[
    str, typer.Option("--buffer", metavar="PART", help="How much the months add up to above the target.")
]
_Country = Annotated[
    str | None,
    typer.Option("--country", metavar="CODE", help="Whose days off, for --template sales-team: DE."),
]


def init(
    folder: _Folder = ".",
    target: _Target = None,
    year: _Year = None,
    file: _From = None,
    column: _Column = None,
    unit: _Unit = None,
    sheet: _Sheet = None,
    base_year: _BaseYear = None,
    new_business: _NewBusiness = None,
    template: _Template = "minimal",
    name: _Name = None,
    currency: _Currency = None,
    buffer: _Buffer = "5%",
    country: _Country = None,
) -> None:
    """Write the plan, and show its months."""
    from target_cascade.cli.new.drafting import Drafting
    from target_cascade.cli.new.given_answers import given_answers, given_base
    from target_cascade.cli.new.new_plan import NewPlan
    from target_cascade.write.plan_text import fill

    if country is not None and template != "sales-team":
        raise UsageError("--country goes with --template sales-team; the others know no days off")
    place = NewPlan(Path(folder))
    place.refuse_what_is_there()
    of_file = {"column": column, "unit": unit, "sheet": sheet, "year": base_year}
    of_plan = {"target": target, "year": year, "name": name, "currency": currency, "country": country}
    answers = given_answers(of_plan | {"buffer": buffer}, given_base(file, of_file), new_business or ())
    text = _template(template)
    tried = _asked(Drafting(text, str(place.plan)), answers)
    for note in place.write(fill(text, place.seen_from_there(tried.answers)).text):
        tell(note)
    if tried.remark:
        tell(tried.remark)
    say(tried.file)
    show(split_table(tried.cascade, "month"), "table")
    for command in _next(tried, place.plan):
        tell(command)


def _template(name: str) -> str:
    from importlib.resources import files

    return files("target_cascade").joinpath("templates", f"{name}.yaml").read_text(encoding="utf-8")


def _asked(drafting: "Drafting", answers: "Answers") -> "Tried":
    """The plan of the answers and of what a person adds to them, who may also leave."""
    from target_cascade.cli.new.interview import first_draft
    from target_cascade.cli.new.questions import terminal

    try:
        return first_draft(drafting, answers, terminal())
    except (EOFError, KeyboardInterrupt) as left:
        tell("\nplan: nothing is written")
        raise typer.Exit(2 if isinstance(left, EOFError) else 130) from None


def _next(tried: "Tried", plan: Path) -> Iterator[str]:
    """Commands to try, the first of them for the month that has to bring most."""
    most = max(tried.cascade.months, key=lambda month: month.amount).period.label
    path = shlex.quote(str(plan))
    workbook = shlex.quote(str(plan.with_name("quotas.xlsx")))
    yield "\nNext:"
    yield f"  plan explain {path} {most}"
    yield f"  plan check {path}"
    yield f"  plan export {path} -o {workbook}"
