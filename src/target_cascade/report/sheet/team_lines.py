"""What a team's page says below its numbers: money, capacity, orders, sources, actions, contingencies."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction

from target_cascade.calendar import PlanYear
from target_cascade.engine.apportion import nearest
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.kpis.numbers import Sourced, budget_of, money_unit, spending_of
from target_cascade.engine.kpis.orders import Order, orders
from target_cascade.engine.kpis.spending import money_kpis, spent
from target_cascade.engine.kpis.values import known_of
from target_cascade.kpis.team import Action, Contingency
from target_cascade.plan import Plan
from target_cascade.report.kpis.words import figure, spoken
from target_cascade.report.sheet.team_ratios import driver_notes, rule_notes
from target_cascade.report.sheet.team_week import PlanWeek, TeamWeek, dated, day_text
from target_cascade.report.spans import months_text
from target_cascade.report.table import Note, Notes
from target_cascade.sentence import Sentence, amount, joined, listed, sentence, share, stated

_TWO_WEEKS = timedelta(days=14)
_ZERO = Fraction(0)


def team_sections(team: TeamWeek) -> tuple[Notes, ...]:
    """What there is to say, by section; those that would be empty are left out."""
    plan = team.plan
    sections = (
        Notes("What has to hold", tuple(rule_notes(team))),
        Notes("What the plan assumes", tuple(driver_notes(team))),
        Notes("Money", tuple(_money(team))),
        Notes("What a day can take", tuple(_capacity(team))),
        Notes("To order this week and the next", tuple(_orders(team))),
        Notes("Where it comes from", tuple(_sources(team))),
        Notes("To do", action_notes(plan, actions_of(plan, team.team), team.week, team.team)),
        Notes("If it goes wrong", contingency_notes(team.numbers.cascade, team.team, team.week.months)),
    )
    return tuple(section for section in sections if section.notes)


def actions_of(plan: Plan, who: str) -> list[Action]:
    """Actions of a team or a person: its own, and those for a KPI or driver that it owns."""
    owners = {name: kpi.team for name, kpi in plan.kpis.items()}
    owners |= {name: driver.team for name, driver in plan.drivers.items()}
    return [one for one in plan.actions if who in (one.who, owners.get(one.kpi or ""))]


def action_notes(plan: Plan, actions: Sequence[Action], week: PlanWeek, who: str) -> tuple[Note, ...]:
    """The actions that a week has a day of."""
    first, last = plan.year.start, plan.year.end
    active = (
        one
        for one in actions
        if (one.start or first) <= week.period.end and week.period.start <= (one.until or last)
    )
    return tuple(Note(sentence(_action(one, who, plan.year))) for one in active)


def action_span(action: Action, year: PlanYear) -> str:
    """``from Thu 8 Nov to Wed 14 Nov``; nothing for the whole year."""
    start = f"from {dated(action.start, year)}" if action.start is not None else ""
    end = f"until {dated(action.until, year)}" if action.until is not None else ""
    return " ".join(part for part in (start, end) if part)


def contingency_notes(cascade: Cascade, who: str, months: Sequence[int] | None) -> tuple[Note, ...]:
    """The contingencies of a team or a person; with `months` only those about one of them or about the month
    before: what has failed is judged at its end, and done after it."""
    return tuple(
        Note(contingency_text(cascade, one))
        for one in cascade.plan.contingency
        if one.who == who and (months is None or is_near(one, months))
    )


def is_near(one: Contingency, months: Sequence[int]) -> bool:
    """Whether a contingency is about one of the months, or about the one before."""
    return bool({*one.when.months, one.when.months[-1] + 1}.intersection(months))


def contingency_text(cascade: Cascade, one: Contingency) -> Sentence:
    """When it is, what is done then, and what that brings."""
    when = one.when
    quota = sum((cascade.months[month].amount for month in when.months), _ZERO)
    least = nearest(when.part * quota, money_unit(cascade.plan))
    or_less, less = (" or less", "") if when.or_equal else ("", "less than ")
    months = months_text(when.months, cascade.plan.year)
    said = sentence(f"if {months} brings {less}", amount(least), f"{or_less} ")
    said += sentence("(", stated(when.part), " of ", amount(quota), f"): {one.do}")
    if one.amount is not None:
        said += sentence(", which brings ", amount(one.amount))
    return said + sentence("; judged at its end, or on its quota to date after its first ten days")


def _action(action: Action, who: str, year: PlanYear) -> str:
    details = [f"for {spoken(action.kpi)}" if action.kpi else "", action_span(action, year)]
    if action.who is not None and action.who != who:
        details.append(f"{action.who} does it")
    told = ", ".join(part for part in details if part)
    return f"{action.do} ({told})" if told else action.do


def _money(team: TeamWeek) -> Iterator[Note]:
    """What is planned to be spent, in the week and in its months, and what of the budget that is."""
    budgets, planned = budget_of(team.numbers, team.team), spending_of(team.numbers, team.team)
    months = team.week.months
    if all(budgets[month] is None for month in months) and not any(planned[month] for month in months):
        return
    spends = _week_spending(team)
    yield Note(sentence("this week: ") + _of_budget(spends, _week_budget(team, budgets)))
    for month in months:
        label = team.plan.year.months[month].label
        yield Note(sentence(f"{label}: ") + _of_budget(planned[month], budgets[month]))


def _of_budget(planned: Fraction, budget: Fraction | None) -> Sentence:
    if budget is None:
        return sentence(amount(planned), " to spend, without a budget")
    said = sentence(amount(planned), " to spend of a budget of ", amount(budget))
    if planned > budget:
        return said + sentence(", ", amount(planned - budget), " above it")
    return said + sentence(" (", share(planned / budget), ")") if budget else said


def _week_spending(team: TeamWeek) -> Fraction:
    """The parts of the KPIs in money, none counted twice, as the months count them."""
    plan, known = team.plan, known_of(team.numbers.cascade, team.numbers.exact)
    names = money_kpis(plan, team.team)
    parts = {name: team.by_part(name) for name in names}
    spending = ((at, spent(plan, names, known[month])) for at, month in enumerate(team.week.months))
    return sum((parts[name][at] for at, counted in spending for name in counted), _ZERO)


def _week_budget(team: TeamWeek, budgets: Sequence[Fraction | None]) -> Fraction | None:
    """The months' budgets in proportion to the quotas of the week's parts."""
    found = _ZERO
    for part in team.week.parts:
        budget, quota = budgets[part.month], team.numbers.cascade.months[part.month].amount
        if budget is None:
            return None
        found += budget * (part.quota.amount / quota if quota else _ZERO)
    return nearest(found, money_unit(team.plan))


def _capacity(team: TeamWeek) -> Iterator[Note]:
    entry = team.plan.teams.get(team.team)
    for name, most in entry.capacity_per_day.items() if entry is not None else ():
        days = team.days(name)
        over = [(day, value) for day, value in days if value > most]
        can = sentence(figure(team.plan, name, most), f" {spoken(name)}")
        for day, value in over:
            said = sentence(f"{day_text(day)}: ", figure(team.plan, name, value), ", ")
            more = sentence(figure(team.plan, name, value - most), " more than the ")
            yield Note(said + more + can + sentence(" that a day can take"))
        if over:
            continue
        day, value = max(days, key=lambda one: one[1])
        busiest = sentence(f" a day: no day of this week is above; the busiest is {day_text(day)} with ")
        yield Note(can + busiest + sentence(figure(team.plan, name, value)))


def _orders(team: TeamWeek) -> Iterator[Note]:
    """What has to be ordered so that it is there when its month begins: what is overdue, of months that
    are not over, then what is due in this week or the next."""
    first, months = team.week.period.start, team.plan.year.months
    left = [order for order in orders(team.numbers, team.team) if not order.is_ordered]
    for order in left:
        if order.by < first <= months[order.month].end:
            label, since = months[order.month].label, dated(order.by, team.plan.year)
            said = sentence(f"overdue since {since}: order for {label}: ") + _ordered(team, order)
            yield Note(said + sentence(f", or write `ordered: {label}`"))
    for order in left:
        if first <= order.by < first + _TWO_WEEKS:
            said = sentence(f"by {dated(order.by, team.plan.year)} order for {months[order.month].label}: ")
            yield Note(said + _ordered(team, order))


def _ordered(team: TeamWeek, order: Order) -> Sentence:
    amounts = (sentence(figure(team.plan, name, value), f" {spoken(name)}") for name, value in order.amounts)
    return joined(amounts)


def _sources(team: TeamWeek) -> Iterator[Note]:
    for name in team.plan.sources:
        if name in team.kpis:
            months = team.numbers.sources(name)
            for month in team.week.months:
                yield Note(_sourced(team, name, months[month]))


def _sourced(team: TeamWeek, name: str, month: Sourced) -> Sentence:
    label = team.plan.year.months[month.month].label
    said = sentence(f"{spoken(name)} in {label}: ")
    parts = [
        sentence(figure(team.plan, name, part.amount), f" from {part.name} for ", amount(part.cost))
        for part in month.parts
        if part.amount
    ]
    if month.unfilled:
        parts.append(sentence(figure(team.plan, name, month.unfilled), " from nowhere yet"))
    return said + (listed(parts) if parts else sentence("none is needed"))
