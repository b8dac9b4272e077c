"""A Monday's review of a team or of somebody of the tree: what last week brought, and the pace from here."""

from collections.abc import Iterator, Sequence

from target_cascade.engine.kpis.numbers import KpiNumbers, kpi_numbers, unit_of
from target_cascade.engine.people.quotas import NodeQuota
from target_cascade.engine.review.came_in import CameIn
from target_cascade.engine.review.review import Review
from target_cascade.errors import UsageError
from target_cascade.report.heading import title
from target_cascade.report.kpis.words import find_team, near, team_names
from target_cascade.report.review.blocks import fired_notes
from target_cascade.report.review.kpis import KpiReview, kpi_records, kpi_reviews, kpis_table
from target_cascade.report.review.pace import (
    Monday,
    Pace,
    Series,
    company_series,
    kpi_series,
    monday_after,
    node_series,
    pace,
    pace_records,
    pace_table,
    shown,
)
from target_cascade.report.sheet.team import lines_table, week_text
from target_cascade.report.sheet.team_lines import action_notes, actions_of, contingency_notes, is_near
from target_cascade.report.spans import noun
from target_cascade.report.table import Block, Note, Notes, Page, Table
from target_cascade.sentence import Sentence, days, sentence


def with_pace(page: Page, review: Review) -> Page:
    """The company's page by week, with last week, this week, and the pace for the rest of the month before
    its table."""
    came_in = review.came_in
    monday = monday_after(came_in.cascade, came_in.through)
    if monday is None:
        return page
    paces = [pace(company_series(came_in), monday, came_in.through)]
    blocks = (pace_table(came_in.cascade, monday, paces), _days_note(came_in, monday), *page.blocks)
    records = (*page.records, pace_records(came_in.cascade, monday, paces, ""))
    return page._replace(blocks=blocks, records=records)


def team_review_page(review: Review, text: str) -> Page:
    """The page of the team, or of the node of the tree, that `text` names. Raises `UsageError` for a name
    that is neither, and where the year is over."""
    came_in, plan = review.came_in, review.came_in.cascade.plan
    monday = monday_after(came_in.cascade, came_in.through)
    if monday is None:
        raise UsageError("--team is about the week that begins, and the year is over; leave it out")
    team, node = find_team(plan, text), _node(came_in, text)
    if team is None and node is None:
        names = team_names(plan)
        hint = near(text, names) if names else "the plan has no teams and no `cascade`"
        raise UsageError(f"--team `{text}` is no team of the plan; {hint}")
    who = team or "/".join(node.names if node is not None else ())
    numbers = kpi_numbers(came_in.cascade) if plan.kpis or plan.drivers else None
    series = list(_series(came_in, numbers, team, node))
    paces = [pace(one, monday, came_in.through) for one in series]
    kpis = kpi_reviews(came_in, numbers, _names(numbers, team)) if numbers is not None else ()
    sections = tuple(_sections(review, monday, who, paces, kpis))
    blocks: list[Block] = [pace_table(came_in.cascade, monday, paces)] if paces else []
    blocks += [_days_note(came_in, monday)] if paces else []
    if table := kpis_table(plan, kpis):
        blocks.append(table)
    records: list[Table] = [pace_records(came_in.cascade, monday, paces, who)]
    records += [kpi_records(plan, kpis), lines_table(sections)]
    answer = _answer(came_in, monday, who, paces)
    return Page(answer, title(came_in.cascade), (*blocks, *sections), tuple(records), named=True)


def _node(came_in: CameIn, text: str) -> NodeQuota | None:
    """The node that a text names; None where no node does, or several do and a team has the name."""
    plan = came_in.cascade.plan
    if plan.cascade is None:
        return None
    try:
        return came_in.people.find(text)
    except UsageError as error:
        if find_team(plan, text) is not None:
            return None
        also = f"; it is no team either, {near(text, team_names(plan))}" if team_names(plan) else ""
        raise UsageError(f"--team: {error}{also}") from None


def _series(
    came_in: CameIn, numbers: KpiNumbers | None, team: str | None, node: NodeQuota | None
) -> Iterator[Series]:
    """The quota of a node, and what a team owns and adds up."""
    if node is not None:
        yield node_series(came_in, "/".join(node.names))
    if numbers is not None:
        plan = came_in.cascade.plan
        for name in _names(numbers, team):
            if unit_of(plan, name) is not None:
                yield kpi_series(came_in, numbers, name)


def _names(numbers: KpiNumbers, team: str | None) -> list[str]:
    """The KPIs and drivers that a team owns."""
    plan = numbers.cascade.plan
    if team is None:
        return []
    owned = [name for name, kpi in plan.kpis.items() if kpi.team == team]
    return [*owned, *(name for name, driver in plan.drivers.items() if driver.team == team)]


def _sections(
    review: Review, monday: Monday, who: str, paces: Sequence[Pace], kpis: Sequence[KpiReview]
) -> Iterator[Notes]:
    """What fires, what is to be done this week, and what was agreed if it goes wrong."""
    came_in, plan = review.came_in, review.came_in.cascade.plan
    if not kpis and all(one.last_actual is None and one.so_far is None for one in paces):
        month = noun("month", plan.year)
        said = f"the actuals have no figures of {who}; write a row a day, week or {month} of what it owns"
        yield Notes("", (Note(sentence(said)),))
    months = monday.week.months
    own = [one for one in review.fired if one.contingency.who == who and is_near(one.contingency, months)]
    if fires := fired_notes(plan, own):
        yield fires
    if notes := action_notes(plan, actions_of(plan, who), monday.week, who):
        yield Notes("To do", notes)
    near_by = contingency_notes(came_in.cascade, who, months)
    if near_by and not own:
        yield Notes("If it goes wrong", near_by)


def _days_note(came_in: CameIn, monday: Monday) -> Notes:
    """What a day is in the table."""
    label = came_in.cascade.months[monday.month].period.label
    if not monday.days_left:
        return Notes("", (Note(sentence(f"no open day is left in {label}")),))
    said = sentence("an ordinary day has the weight 1; ", days(monday.days_left))
    return Notes("", (Note(said + sentence(f" of them are left in {label}")),))


def _answer(came_in: CameIn, monday: Monday, who: str, paces: Sequence[Pace]) -> Sentence:
    """The first of the numbers: what a day has to bring from here, and what a day has brought."""
    said = sentence(f"{who} in week {week_text(monday.week)}: ")
    if not paces:
        return said + sentence("no number of its own that adds up; what it does is below")
    one, cascade = paces[0], came_in.cascade
    label = cascade.months[monday.month].period.label
    said += sentence(shown(cascade, one.series, one.this_plan), f" {one.series.label} planned")
    if one.needed is None or one.left is None:
        return said
    if one.left <= 0:
        return said + sentence(f"; {label} has brought all of its own already")
    said += sentence("; an ordinary day has to bring ", shown(cascade, one.series, one.needed))
    said += sentence(f" for the rest of {label}")
    if one.so_far is None:
        return said
    return said + sentence(", and has brought ", shown(cascade, one.series, one.so_far), " so far")
