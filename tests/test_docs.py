"""README and docs are true: their screens, help texts, keys and links."""

import re
import shutil
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import takewhile
from pathlib import Path

import pytest
from screens import commands, fragments, run_page

from target_cascade import bridge, load_plan, split
from target_cascade.cli.app import app
from target_cascade.day_rule import DayRule
from target_cascade.engine.bridge import printed
from target_cascade.entry import Entry
from target_cascade.guardrails import Accept, Guardrails
from target_cascade.kpis.driver import Driver
from target_cascade.kpis.kpi import Kpi, Source
from target_cascade.kpis.team import Action, Contingency, Team
from target_cascade.last_year import Base, Fill
from target_cascade.people.proposal import Decision, Proposal, Proposals
from target_cascade.people.tree import ByMonth, Member, Tree
from target_cascade.plan import (
    Adjustment,
    Limit,
    NewBusiness,
    Plan,
    Rounding,
    YearEnd,
)
from target_cascade.plan_year import RetailYear
from target_cascade.review.actuals import Actuals
from target_cascade.review.closed import Closed, ClosedMonth

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "examples" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = sorted(command.name or "" for command in app.registered_commands)
_LINK = re.compile(r"\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]+))?\)")
SECTIONS = {
    "The keys of a plan": Plan,
    "Year of whole weeks": RetailYear,
    "`rounding`": Rounding,
    "`base`": Base,
    "`fill`": Fill,
    "`days`": DayRule,
    "`new_business`": NewBusiness,
    "`adjust`": Adjustment,
    "`limits`": Limit,
    "`year_end`": YearEnd,
    "`drivers`": Driver,
    "`kpis`": Kpi,
    "`sources`": Source,
    "`teams`": Team,
    "`actions`": Action,
    "`contingency`": Contingency,
    "`cascade`": Tree,
    "`members`": Member,
    "`proposals`": Proposals,
    "`entries`": Proposal,
    "`decided`": Decision,
    "`actuals`": Actuals,
    "`closed`": Closed,
    "`months`": ClosedMonth,
    "`guardrails`": Guardrails,
    "`accept`": Accept,
}


def _read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _each_page(where: Callable[[str], object]) -> pytest.MarkDecorator:
    pages = [page for page in PAGES if where(_read(page))]
    return pytest.mark.parametrize("page", pages, ids=lambda page: page.relative_to(ROOT).as_posix())


@_each_page(commands)
def test_screens_show_what_the_commands_print(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    written = _read(page)
    printed = run_page(written, tmp_path, monkeypatch)
    if update_golden:
        page.write_text(printed, encoding="utf-8")
    else:
        assert written == printed, f"{page.name} is not what the commands print; see --update-golden"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_a_page_that_shows_its_help(command: str) -> None:
    page = ROOT / "docs" / "commands" / f"{command}.md"
    assert page.is_file()
    first, *others = commands(_read(page))
    assert first.startswith(f"plan {command}"), "a page begins with an example"
    assert f"plan {command} --help" in others


def test_no_page_is_about_a_command_that_is_not_there() -> None:
    assert sorted(page.stem for page in (ROOT / "docs" / "commands").glob("*.md")) == COMMANDS


@pytest.mark.parametrize(("section", "model"), SECTIONS.items(), ids=[m.__name__ for m in SECTIONS.values()])
def test_plan_file_page_has_the_keys_of(section: str, model: type[Entry]) -> None:
    required = {f.alias or name: f.is_required() for name, f in model.model_fields.items()}
    assert dict(_documented_keys(section)) == required


def test_plan_file_page_has_a_section_for_each_model() -> None:
    # An amount by month is written as one key's value; its own keys are never written.
    written = {model for model in _models(Entry) if not _models(model)} - {ByMonth}
    assert written == set(SECTIONS.values())


@_each_page(_LINK.findall)
def test_relative_links_lead_somewhere(page: Path) -> None:
    for target, anchor in _LINK.findall(_read(page)):
        other = (page.parent / target).resolve() if target else page
        assert other.exists(), f"{page.name} links to {target}"
        assert not anchor or anchor in set(_anchors(other)), f"{page.name} links to {target}#{anchor}"


@_each_page(fragments)
def test_fragments_are_parts_of_plans(page: Path, tmp_path: Path) -> None:
    for example in ("ecommerce", "sales-team"):  # whose files they name
        shutil.copytree(ROOT / "examples" / example, tmp_path, dirs_exist_ok=True)
    for number, fragment in enumerate(fragments(_read(page))):
        plan = fragment if "year: " in fragment else f"year: 2012\ntarget: 4000万\n{fragment}"
        path = tmp_path / f"fragment_{number}.yaml"
        path.write_text(plan, encoding="utf-8")
        split(load_plan(path))


def test_readme_begins_with_two_commands_that_stand_alone() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", _read(ROOT / "README.md"), re.MULTILINE | re.DOTALL)
    for block in blocks[:2]:
        assert block.count("\n") == 1
        assert block.startswith("python3 -m venv .venv && ")
    assert "plan split examples/" in blocks[0]
    assert blocks[1].rstrip().endswith("pytest -n auto")


def test_worked_month_of_how_it_works_is_what_the_engine_computes(tmp_path: Path) -> None:
    page = _read(ROOT / "docs" / "how-it-works.md")
    plan = re.search(r"^```yaml\n(# worked\.yaml\n.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert plan
    (tmp_path / "worked.yaml").write_text(plan[1], encoding="utf-8")
    cascade = split(load_plan(tmp_path / "worked.yaml"))
    month, demand = cascade.months[5], cascade.demand
    for row in printed(bridge(cascade, month.period.start, month.period.end), Fraction(1)):
        assert re.search(rf"^\| {row.name} \|.*\| {_rounded(row.amount)} \|$", page, re.MULTILINE), row.name
    open_months = [demand.line(m) for m in range(1, 10)]
    for amount in (
        month.ideal,
        demand.corrected[5],
        *demand.line(5),
        demand.line(0).at(cascade.growth),
        sum((line.slope for line in open_months), Fraction(0)),
        sum((line.fixed for line in open_months), Fraction(0)),
    ):
        assert _rounded(amount) in page
    assert f" {round(cascade.growth * 10_000)} " in page.replace(".", "")


def _rounded(amount: Fraction) -> str:
    return f"{round(amount):,}".replace("-", "−")


def _models(model: type[Entry]) -> list[type[Entry]]:
    return [below for child in model.__subclasses__() for below in (child, *_models(child))]


def _documented_keys(section: str) -> Iterator[tuple[str, bool]]:
    """The keys in the first column of a section's tables, and whether they are required."""
    lines = _read(ROOT / "docs" / "plan-file.md").splitlines()
    start = next(i for i, line in enumerate(lines) if re.fullmatch(rf"## {re.escape(section)}(: .*)?", line))
    for line in takewhile(lambda line: not line.startswith("## "), lines[start + 1 :]):
        if row := re.match(r"\| `(\w+)` \|[^|]*\| ([^|]*?) \|", line):
            yield row[1], row[2] == "required"


def _anchors(page: Path) -> Iterator[str]:
    """The headings of a page as GitHub writes them in links."""
    for heading in re.findall(r"^#+ (.*)$", _read(page), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
