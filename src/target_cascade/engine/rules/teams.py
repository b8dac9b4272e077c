"""What teams can do and when: capacities, order-by dates, contingencies, and numbers without an owner."""

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from target_cascade.engine.cascade import Cascade
from target_cascade.engine.finding import Finding, Rule, of_cascade, written
from target_cascade.engine.judged import Judged
from target_cascade.engine.rules.measures import in_months, in_places, named
from target_cascade.errors import Path
from target_cascade.plan import Plan
from target_cascade.sentence import Sentence, all_apart, amount, count, joined, sentence, share

if TYPE_CHECKING:
    from target_cascade.engine.kpis.numbers import KpiNumbers
    from target_cascade.engine.kpis.orders import Order

_NEARLY = 4 / 5
"""How alike two names are that one may be a slip of the other: of ten letters two."""


class _Peak(NamedTuple):
    """A day and what is to be done on it."""

    day: date
    amount: Fraction


def _peak_day(judged: Judged) -> Iterator[Finding]:
    if judged.kpis is None:
        return
    for team, entry in judged.plan.teams.items():
        for kpi, capacity in entry.capacity_per_day.items():
            above = [peak for peak in _days(judged.kpis, kpi) if peak.amount > capacity]
            if above:
                worst = max(above, key=lambda peak: peak.amount)
                yield Finding(
                    PEAK_DAY.name,
                    "warning",
                    sentence(f"{worst.day} brings ", amount(worst.amount), f" of `{kpi}`, more than the ")
                    + sentence(amount(capacity), f" that `{team}` can do on a day")
                    + in_places(len(above), "on", "days"),
                    sentence("agree on people or partners for ", amount(worst.amount - capacity))
                    + sentence(f" more on {worst.day}, or bound that month with a `max`"),
                    ("teams", team, "capacity_per_day", kpi),
                    amount(worst.amount),
                    amount(capacity),
                )


def _days(numbers: "KpiNumbers", kpi: str) -> Iterator[_Peak]:
    """The KPI's days in open months that have an amount, in order."""
    for month, weeks in zip(numbers.cascade.months, numbers.days(kpi), strict=True):
        if month.actual is not None:
            continue
        for week, days in zip(month.parts, weeks, strict=True):
            for day, value in zip(week.period.dates(), days, strict=True):
                if value is not None:
                    yield _Peak(day, value)


PEAK_DAY = Rule(
    name="peak-day",
    finds="a day brings more than a team can do",
    severities=("warning",),
    why=(
        "Months look feasible that are not: a third of November may come on one day. What the warehouse"
        " cannot pack and the service cannot answer on that day is late, comes back, or costs the reviews"
        " that the rest of the year lives on."
    ),
    formula=(
        "A day of a KPI above the `capacity_per_day` of a team for it. A KPI's month goes to its part weeks"
        " and days in proportion to their quotas, so the rules under `days` make the peaks. Closed months are"
        " left out."
    ),
    thresholds=(),
    remedy=(
        "Agree early on people, shifts or a partner for these days, and write the capacity that they give."
        " Where nobody can help, bound the month with a `max`, or spread the campaign over more days."
    ),
    find=_peak_day,
)


def _order_by(judged: Judged) -> Iterator[Finding]:
    if judged.kpis is None or judged.today is None:
        return
    for team, entry in judged.plan.teams.items():
        if entry.lead_days is None:
            continue
        late = list(_late(judged.kpis, team, judged.today))
        for name in judged.plan.kpis:
            if of_kpi := [order for order in late if name in dict(order.amounts)]:
                yield _too_late(judged, team, entry.lead_days, name, of_kpi)


def _late(numbers: "KpiNumbers", team: str, today: date) -> Iterator["Order"]:
    """The months, not over yet, for which it is too late to order, and not said to be ordered."""
    from target_cascade.engine.kpis.orders import orders

    months = numbers.cascade.plan.year.months
    for order in orders(numbers, team):
        if not order.is_ordered and order.by < today <= months[order.month].end:
            yield order


def _too_late(judged: Judged, team: str, lead_days: int, kpi: str, late: Sequence["Order"]) -> Finding:
    first, today = late[0], judged.today or late[0].by
    label = judged.plan.year.months[first.month].label
    return Finding(
        ORDER_BY.name,
        "error",
        sentence(f"`{team}` had to order the ", amount(dict(first.amounts)[kpi]), f" of `{kpi}` for {label}")
        + sentence(f" by {first.by}, ")
        + sentence(count(lead_days), f" days before the month, and it is {today}")
        + in_months(len(late)),
        sentence(
            f"order today, and agree with the supplier on what still comes in {label}; if it is ordered,"
        )
        + sentence(f" write `ordered: {label}`"),
        ("teams", team, "lead_days"),
        count((today - first.by).days),
        count(0),
    )


ORDER_BY = Rule(
    name="order-by",
    finds="it is too late to order what a month takes",
    severities=("error",),
    why=(
        "What is not ordered cannot be sold. The day on which it is too late passes like any other, and the"
        " plan looks the same before and after it. So it has to be asked again and again, until all is"
        " ordered."
    ),
    formula=(
        "The first day of a month − `lead_days` of the team, before today, for each KPI of the team that adds"
        " up (`count` or `money`) and takes something in that month. Months that are over are left out, and"
        " those up to the team's `ordered`. Today is the day of the check, or the one after `--today`."
    ),
    thresholds=(),
    remedy=(
        "Order now, and settle with the supplier what still comes in time. Take the rest out of the plan, or"
        " move it to a later month. Where it is ordered, say until which month: `ordered: 2027-04`."
    ),
    find=_order_by,
)


def _contingency(cascade: Cascade) -> Iterator[Finding]:
    plan, limit = cascade.plan, cascade.plan.guardrails.contingency_share
    spoken = {month for entry in plan.contingency for month in entry.when.months}
    parts = {month.position: month.amount / cascade.planned_total for month in cascade.open_months}
    heavy = {month: part for month, part in parts.items() if part > limit and month not in spoken}
    if not heavy:
        return
    worst = max(heavy, key=lambda month: heavy[month])
    labels = [month.period.label for month in cascade.months]
    passed, told = all_apart(share(limit), [share(part) for part in heavy.values()])
    yield Finding(
        CONTINGENCY.name,
        "warning",
        sentence("more than ", passed, " of the year is to come in ")
        + joined(sentence(f"{labels[month]} (", part, ")") for month, part in zip(heavy, told, strict=True))
        + sentence(", and no contingency says what is done if it does not"),
        sentence("agree on it while all is calm, and write it under `contingency`: when")
        + sentence(f" {labels[worst]} < 85%, do what, who"),
        written(plan, "contingency"),
        share(heavy[worst]),
        share(limit),
    )


CONTINGENCY = Rule(
    name="contingency",
    finds="a large month, and no plan if it goes wrong",
    severities=("warning",),
    why=(
        "A month that carries a sixth of the year cannot be made good by the others if it fails. When it"
        " does, everybody is busy and tired, and the first idea is a discount. What was agreed in a calm hour"
        " is better and quicker: who does what, from which day on, and what it brings."
    ),
    formula=(
        "A month's share of the planned total P above `contingency_share`, where no entry of `contingency`"
        " has the month in its `when`. Closed months are left out."
    ),
    thresholds=("contingency_share",),
    remedy=(
        "Write an entry under `contingency`: `when` the month brings less than a part of its quota, what is"
        " done (`do`), by whom (`who`), and what it brings (`amount`)."
    ),
    find=of_cascade(_contingency),
)


def _unowned(cascade: Cascade) -> Iterator[Finding]:
    plan = cascade.plan
    acted = {action.kpi for action in plan.actions}
    owner = sentence("write a `team` for each: who answers for the number when it is missed")
    yield from _without("kpis", "no team", [name for name, kpi in plan.kpis.items() if not kpi.team], owner)
    drivers = [name for name, driver in plan.drivers.items() if not driver.team]
    yield from _without("drivers", "no team", drivers, owner)
    what = sentence("write under `actions` what somebody does for each: what, who, from when on")
    yield from _without("kpis", "no action", [name for name in plan.kpis if name not in acted], what)
    yield from _misspelt(plan)


def _misspelt(plan: Plan) -> Iterator[Finding]:
    """Owners whose names are nearly that of a team or somebody of the tree: their lines reach nobody."""
    known = [*plan.teams, *(team.lead for team in plan.teams.values() if team.lead)]
    if plan.cascade is not None:
        from target_cascade.people.node import walk

        known += [node.name for _, node in walk(plan.cascade.nodes)]
    for name, path in _owners(plan):
        near = [] if name in known else get_close_matches(name, known, 1, _NEARLY)
        # Team A and Team B are two teams.
        if near and near[0][:-1] != name[:-1]:
            message = sentence(f"nobody is called `{name}`, and `{near[0]}` nearly is")
            remedy = sentence(f"write `{near[0]}` if that is meant; if not, add `{name}` under `teams`")
            yield Finding(UNOWNED.name, "note", message, remedy, path)


def _owners(plan: Plan) -> Iterator[tuple[str, Path]]:
    """Whom the entries of a plan name, and where."""
    owners: list[tuple[str | None, Path]] = [
        *((one.team, ("kpis", name, "team")) for name, one in plan.kpis.items()),
        *((one.team, ("drivers", name, "team")) for name, one in plan.drivers.items()),
        *((one.who, ("actions", at, "who")) for at, one in enumerate(plan.actions)),
        *((one.who, ("contingency", at, "who")) for at, one in enumerate(plan.contingency)),
    ]
    yield from ((name, path) for name, path in owners if name)


def _without(section: str, lacking: str, names: Sequence[str], remedy: Sentence) -> Iterator[Finding]:
    """One finding for all entries of a section that lack the same."""
    if not names:
        return
    noun = section if len(names) > 1 else section.removesuffix("s")
    has = "have" if len(names) > 1 else "has"
    path: Path = (section, names[0])
    told = sentence(f"the {'KPI' + noun[3:] if section == 'kpis' else noun} ") + named(names)
    yield Finding(UNOWNED.name, "note", told + sentence(f" {has} {lacking}"), remedy, path, count(len(names)))


UNOWNED = Rule(
    name="unowned",
    finds="a KPI or driver has no team, or no action",
    severities=("note",),
    why=(
        "A number that belongs to all belongs to nobody. When it is missed, each team has a reason why it"
        " is another's. And a number alone changes nothing: somebody has to do something else than last"
        " year, on some day, for a KPI to become better."
    ),
    formula=(
        "A KPI without a `team`; a driver without one; and a KPI that no entry of `actions` is for. Each of"
        " the three is one note, which names the first of them. And an owner (`team`, `who`) that nobody is"
        " called, where a team, a lead or somebody of the tree is called nearly so."
    ),
    thresholds=(),
    remedy=(
        "Give each KPI and driver one team, and not two. For each KPI, write one line under `actions` that a"
        " person can do on Monday."
    ),
    find=of_cascade(_unowned),
)
