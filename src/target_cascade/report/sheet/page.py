"""A name → the page of `plan sheet`: that of a team, of somebody of the tree, or of both."""

from datetime import date
from typing import TYPE_CHECKING

from target_cascade.engine.cascade import Cascade
from target_cascade.engine.kpis.numbers import kpi_numbers
from target_cascade.errors import UsageError
from target_cascade.plan import Plan
from target_cascade.report.kpis.words import check_has_kpis, find_team, near, team_names
from target_cascade.report.sheet.team import lines_table, team_page
from target_cascade.report.sheet.team_week import PlanWeek, day_text
from target_cascade.report.sheet_names import sheet_name
from target_cascade.report.table import Block, Column, Fact, Note, Notes, Page, Row, Table, Workbook
from target_cascade.sentence import sentence

if TYPE_CHECKING:
    from target_cascade.engine.people.quotas import NodeQuota, PeopleQuotas
    from target_cascade.people.node import Node


def sheet_page(cascade: Cascade, text: str, week: PlanWeek) -> Page:
    """The page of the team, or of the node of the tree, that `text` names; of both where it is both.

    Raises `UsageError` for a name that is neither, `InfeasibleError` where numbers cannot be known.
    """
    plan = cascade.plan
    team = find_team(plan, text)
    found = _node(cascade, text, team)
    pages: list[Page] = []
    if team is not None:
        pages.append(team_page(kpi_numbers(cascade), team, week))
    if found is not None:
        from target_cascade.report.sheet.node import node_page

        pages.append(node_page(*found, week))
    page = pages[0] if len(pages) == 1 else _both(*pages)
    return page if week.outside is None else _told(page, plan, week, week.outside)


def _told(page: Page, plan: Plan, week: PlanWeek, today: date) -> Page:
    """The page with a remark, for people and for machines, that it is not about the week of today."""
    side, place = ("before", "first") if today < week.period.start else ("after", "last")
    text = f"{day_text(today)} {today.year} is {side} {plan.year.label}; this is its {place} week"
    notes = Notes("Which week", (Note(sentence(f"{text}, and --week shows another")),))
    records = tuple(
        table._replace(rows=(*lines_table((notes,)).rows, *table.rows)) if table.name == "Lines" else table
        for table in page.records
    )
    return page._replace(blocks=(notes, *page.blocks), records=records)


def sheet_workbook(page: Page, name: str) -> Workbook:
    """The page as a sheet that is called by the name: its first table below the answer, and its remarks
    below that. Further tables, such as that of members, have sheets of their own."""
    tables = [block for block in page.blocks if isinstance(block, Table)] or [_without_numbers(name)]
    notes = tuple(block for block in page.blocks if isinstance(block, Notes))
    named: list[Table] = []
    for number, table in enumerate(tables):
        wanted = name if not number else f"{name} {table.name}"
        facts = () if number else (Fact("", page.answer, "text"),)
        label = sheet_name(wanted, [one.name for one in named])
        named.append(table._replace(name=label, title=page.title, facts=facts))
    return Workbook(tuple(named), below={named[0].name: notes})


def _without_numbers(name: str) -> Table:
    """What stands in the place of a table for a team that has no number of its own."""
    columns = (Column("who", "Who", "text"), Column("numbers", "Numbers", "text"))
    return Table("Numbers", "", (), columns, (Row((name, "none of its own")),))


def _node(cascade: Cascade, text: str, team: str | None) -> "tuple[PeopleQuotas, NodeQuota] | None":
    """The node that a text names; None where a team has the name and no node, or more than one."""
    tree = cascade.plan.cascade
    if tree is None:
        if team is None:
            _refuse(cascade.plan, text)
        return None
    if team is not None and not any(_is_named(node, text) for node in tree.nodes):
        return None  # A tree of thousands takes its time, and has nothing to say here.
    from target_cascade.engine.people.quotas import people_quotas

    people = people_quotas(cascade)
    try:
        return people, people.find(text)
    except UsageError as error:
        if team is not None:
            return None
        teams = team_names(cascade.plan)
        also = f"; it is no team either, {near(text, teams)}" if teams else ""
        raise UsageError(f"--team: {error}{also}") from None


def _is_named(node: "Node", text: str) -> bool:
    """Whether a node or one below it has the last of the names that `text` says."""
    left = [node]
    while left:
        one = left.pop()
        if one.name.casefold() == text.rpartition("/")[2].strip().casefold():
            return True
        left += one.members
    return False


def _refuse(plan: Plan, text: str) -> None:
    if not plan.teams:
        check_has_kpis(plan)
    raise UsageError(f"--team `{text}` is no team of the plan; {near(text, team_names(plan))}")


def _both(first: Page, second: Page) -> Page:
    """Two pages as one, in which nothing is said twice; machines get the lists of both."""
    lines = [table for table in (*first.records, *second.records) if table.name == "Lines"]
    lists = [table for table in (*first.records, *second.records) if table.name != "Lines"]
    merged = lines[0]._replace(rows=tuple(dict.fromkeys(row for table in lines for row in table.rows)))
    told = {note for block in first.blocks if isinstance(block, Notes) for note in block.notes}
    more: list[Block] = []
    for block in second.blocks:
        if not isinstance(block, Notes):
            more.append(block)
        elif notes := tuple(note for note in block.notes if note not in told):
            more.append(block._replace(notes=notes))
    answer = first.answer + sentence("; ") + second.answer
    return Page(answer, first.title, (*first.blocks, *more), (*lists, merged), named=True)
