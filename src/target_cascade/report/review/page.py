"""How the year stands → the page of `plan review`: the answer first, then what it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from fractions import Fraction

from target_cascade.engine.kpis.numbers import KpiNumbers, kpi_numbers
from target_cascade.engine.review.came_in import CameIn
from target_cascade.engine.review.causes import Causes, causes
from target_cascade.engine.review.lines import Line, month_lines, total, week_lines
from target_cascade.engine.review.review import Review
from target_cascade.errors import UsageError
from target_cascade.plan import Plan
from target_cascade.report.heading import title
from target_cascade.report.kpis.words import kind_of
from target_cascade.report.review import blocks as made
from target_cascade.report.review.kpis import (
    kpi_records,
    kpi_review,
    kpi_reviews,
    kpi_sentence,
    kpi_status,
    kpis_table,
)
from target_cascade.report.review.periods import (
    Periods,
    ReviewBy,
    periods_table,
    records_table,
    status_of,
    to_date_table,
    written_unit,
)
from target_cascade.report.review.sentences import Standing, standing_sentence
from target_cascade.report.review.why import cause_records, causes_notes, causes_table
from target_cascade.report.review.words import is_month_end, through_text
from target_cascade.report.spans import months_text, noun
from target_cascade.report.table import Block, Note, Notes, Page, Table
from target_cascade.sentence import Sentence, amount, sentence, share

_NO_WEEKS = (
    "the figures are by month, so what came in by week is not known; export {what} by day or by week, a row"
    " each with its date, and give that file to --actuals"
)


def review_page(review: Review, by: ReviewBy = "month") -> Page:
    """The company's year: its periods, where it lands, why, and what was agreed for this case."""
    came_in, plan = review.came_in, review.came_in.cascade.plan
    one = standing(review)
    lines = review.months if by == "month" else weeks_known(came_in)
    periods = Periods(plan, lines, by, came_in.through, status_of(plan), unit=written_unit(came_in))
    why, numbers = _causes(came_in)
    kpis = kpi_reviews(came_in, numbers) if numbers is not None else ()
    nodes = list(_nodes(came_in, came_in.nodes))
    blocks: list[Block | None] = [
        periods_table(periods, review.total),
        _remarks(review, lines),
        made.landings_table(one),
        *_why(plan, why),
        made.fired_notes(plan, review.fired),
        made.correction_notes(plan, review.corrections),
        kpis_table(plan, kpis),
        made.nodes_table(plan, nodes, "Who, the lowest first"),
    ]
    records: list[Table] = [
        records_table(_for_machines(periods, came_in), title(came_in.cascade)),
        to_date_table(plan, review.total, came_in.through),
        made.landing_records(one),
        cause_records(plan, why),
        made.fired_records(review.fired),
        made.correction_records(plan, review.corrections),
    ]
    if kpis:
        records.append(kpi_records(plan, kpis))
    if nodes:
        records.append(made.node_records(plan, nodes))
    answer = standing_sentence(one) + _due(review)
    return Page(answer, title(came_in.cascade), _present(blocks), tuple(records), named=True)


def _due(review: Review) -> Sentence:
    """What was agreed for a case that has come; one that was known when the plan was closed is no news."""
    due = [one.contingency for one in review.fired if one.known_since is None]
    if not due:
        return Sentence()
    if len(due) > 1:
        return sentence(f"; {len(due)} things that were agreed for this case are due")
    months = months_text(due[0].when.months, review.came_in.cascade.plan.year)
    return sentence(f"; what was agreed for {months} is due: {due[0].do}")


def standing(review: Review) -> Standing:
    """The figures of the sentence; in a revision the gap is that since the re-plan. Raises `UsageError` for a
    day before that."""
    came_in, cascade = review.came_in, review.came_in.cascade
    plan, closed = cascade.plan, cascade.plan.closed
    if closed is not None and came_in.through < plan.year.months[closed.through].end:
        until = plan.year.months[closed.through].label
        hint = "review the revision before it, which had the quotas of that time"
        raise UsageError(f"--through {came_in.through} is before {until}, which this one has closed; {hint}")
    return Standing(
        year=plan.year,
        through=came_in.through,
        target=plan.target,
        quota=review.total.quota_to_date,
        actual=review.actual,
        gap=review.gap if closed is None else review.on_plan - cascade.landing,
        on_plan=review.on_plan,
        at_pace=review.at_pace,
        rest=review.rest,
        placed=_placed(review),
        unit=plan.rounding.day_unit,
        is_corrected=bool(review.corrections),
        closed=None if closed is None else closed.through,
    )


def _placed(review: Review) -> Fraction | None:
    """How much of what is missing a re-plan can put on the months that are left; None where nothing is
    missing, or no month has just ended."""
    through, year = review.came_in.through, review.came_in.cascade.plan.year
    if review.is_reached or not is_month_end(year, through) or through >= year.end:
        return None
    from target_cascade.engine.replan.replan import replan

    return replan(review.came_in, None, False).placed


def weeks_known(came_in: CameIn, who: str | None = None) -> tuple[Line, ...]:
    """The part weeks that have begun and of which is known what came in. Raises `UsageError` where there is
    none."""
    lines = tuple(line for line in week_lines(came_in, who) if line.actual is not None)
    if not lines:
        raise UsageError(f"--by week: {_NO_WEEKS.format(what='sales')}")
    return lines


def _for_machines(periods: Periods, came_in: CameIn, who: str | None = None) -> Periods:
    """With the part weeks of which only the month is known: they have their quotas, and no more."""
    return periods if periods.by == "month" else periods._replace(lines=week_lines(came_in, who))


def _causes(came_in: CameIn) -> tuple[Causes | None, KpiNumbers | None]:
    """Why the year is where it is, where KPIs or drivers have figures; their planned numbers."""
    plan = came_in.cascade.plan
    if not came_in.kpis or not (plan.kpis or plan.drivers):
        return None, None
    numbers = kpi_numbers(came_in.cascade)
    return causes(came_in, numbers), numbers


def _why(plan: Plan, why: Causes | None) -> Iterator[Block | None]:
    if why is not None:
        yield causes_table(plan, why)
        yield causes_notes(plan, why)


def _remarks(review: Review, lines: Sequence[Line]) -> Notes | None:
    """What the colours do not say, what is compared of a month that is not over, and which months are not
    known by week."""
    said = [*_not_over(review), *_red_without_reason(review), *_without_weeks(review, lines)]
    return Notes("", tuple(Note(one) for one in said)) if said else None


def _not_over(review: Review) -> Iterator[Sentence]:
    line, through = review.months[-1], review.came_in.through
    if line.period.end > through:
        part = sentence(f"{line.period.label} is not over: ", amount(line.quota_to_date), " of its ")
        yield part + sentence(
            amount(line.quota), f" is due by {through_text(review.came_in.cascade.plan.year, through)}"
        )


def _without_weeks(review: Review, lines: Sequence[Line]) -> Iterator[Sentence]:
    shown = {line.month for line in lines}
    left = [line.month for line in review.months if line.month is not None and line.month not in shown]
    if left:
        months = months_text(left, review.came_in.cascade.plan.year)
        yield sentence(f"{months}: only known by month, so no weeks are shown; the year to date has them")


def _red_without_reason(review: Review) -> Iterator[Sentence]:
    """A red month that the buffer or a re-plan covers changes nothing."""
    plan = review.came_in.cascade.plan
    judged, first = status_of(plan), 0 if plan.closed is None else plan.closed.through + 1
    red = [line.month for line in review.months[first:] if judged(line) == "red" and line.month is not None]
    if red and review.is_reached and review.came_in.through < plan.year.end:
        verb = "is" if len(red) == 1 else "are"
        said = f"{months_text(red, plan.year)} {verb} red, and the target is still reached"
        yield sentence(f"{said}: no reason to change the plan")


def node_review_page(came_in: CameIn, text: str, by: ReviewBy = "month") -> Page:
    """A node of the tree by period, and its members. Raises `UsageError` for a node that is unknown or of
    which no figures are."""
    plan = came_in.cascade.plan
    node = came_in.people.find(text)
    who = "/".join(node.names)
    months = month_lines(came_in, who)
    if all(line.actual is None for line in months):
        raise UsageError(
            f"--node `{text}`: the actuals have no rows of `{who}`; write its path into a column `who`"
        )
    known = tuple(line for line in months if line.actual is not None)
    without = _without(plan, months)
    lines = known if by == "month" else weeks_known(came_in, who)
    judged, unit = status_of(plan), written_unit(came_in)
    periods = Periods(plan, lines, by, came_in.through, judged, is_whole=not without, unit=unit)
    year = total(known)
    below = list(_nodes(came_in, ["/".join(member.names) for member in node.members]))
    blocks: list[Block | None] = [
        periods_table(periods, year),
        made.nodes_table(plan, below, "Members, the lowest first"),
    ]
    heading = title(came_in.cascade)
    records = [
        records_table(_for_machines(periods, came_in, who), heading),
        to_date_table(plan, year, came_in.through),
    ]
    if below:
        records.append(made.node_records(plan, below))
    told = made.NodeLine(who, year, without)
    answer = _node_sentence(came_in, told, came_in.people.year(node))
    return Page(answer, heading, _present(blocks), tuple(records), named=True)


def _nodes(came_in: CameIn, names: Iterable[str]) -> Iterator[made.NodeLine]:
    """The year to date of those of which something is known."""
    for name in names:
        lines = month_lines(came_in, name)
        known = [line for line in lines if line.actual is not None]
        if known:
            yield made.NodeLine(name, total(known), _without(came_in.cascade.plan, lines))


def _without(plan: Plan, lines: Sequence[Line]) -> str:
    """The months of which nothing is known; empty where there are none."""
    lacking = [line.month for line in lines if line.actual is None and line.month is not None]
    return months_text(lacking, plan.year) if lacking else ""


def _node_sentence(came_in: CameIn, node: made.NodeLine, year: Fraction) -> Sentence:
    """How far behind or ahead it is, and where its year lands."""
    line, gap = node.line, node.line.gap
    assert gap is not None, "only what is known is told"
    said = sentence(f"Through {through_text(came_in.cascade.plan.year, came_in.through)} {node.label} ")
    if gap:
        said += sentence("is ", amount(abs(gap)), f" {'ahead of' if gap > 0 else 'behind'} its quotas of ")
    else:
        said += sentence("has brought just its quotas of ")
    said += sentence(amount(line.quota_to_date))
    if gap and line.attainment is not None:
        said += sentence(" (", share(line.attainment), ")")
    if came_in.through >= came_in.cascade.plan.year.end:
        return said
    return said + sentence("; with the rest on plan its year is ", amount(year + gap), " of ", amount(year))


def kpi_review_page(came_in: CameIn, text: str, by: ReviewBy = "month") -> Page:
    """What was planned of one KPI or driver, and what came in, by period. Raises `UsageError` for one that
    is unknown, or of which no figures are."""
    plan, numbers = came_in.cascade.plan, kpi_numbers(came_in.cascade)
    name = known_kpi(plan, text)
    one = kpi_review(came_in, numbers, name, by)
    if one is None:
        raise UsageError(_without_figures(plan, came_in, name, by))
    judged = kpi_status(plan, one.side)
    kind, unit = kind_of(plan, name), written_unit(came_in, name) if one.told.adds_up else None
    periods = Periods(
        plan, one.lines, by, came_in.through, judged, kind, "Planned to date", one.is_whole, unit
    )
    heading = title(came_in.cascade)
    table = periods_table(periods, one.told if one.told.adds_up else None)
    records = [records_table(periods, heading), kpi_records(plan, [one])]
    return Page(kpi_sentence(plan, one, plan.year, came_in), heading, (table,), tuple(records), named=True)


def known_kpi(plan: Plan, text: str) -> str:
    """The KPI or driver that a text names, in letters of either case. Raises `UsageError`."""
    names = (*plan.kpis, *plan.drivers)
    wanted = text.strip().casefold().replace(" ", "_")
    found = next((name for name in names if name.casefold() == wanted), None)
    if found is None:
        close = get_close_matches(wanted, names, 1)
        listed = ", ".join(f"`{name}`" for name in names) or "none; write `kpis:`"
        hint = f"did you mean `{close[0]}`?" if close else f"it has {listed}"
        raise UsageError(f"--kpi `{text}` is no KPI and no driver of the plan; {hint}")
    return found


def _without_figures(plan: Plan, came_in: CameIn, name: str, by: ReviewBy) -> str:
    if name in came_in.kpis and by == "week":
        return f"--by week: {_NO_WEEKS.format(what=f'`{name}`')}"
    row = f"write a row a {noun('month', plan.year)} with `{name}` in a column `kpi`"
    return f"--kpi `{name}`: the actuals have no figures of it; {row}"


def _present(blocks: Iterable[Block | None]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block is not None)
