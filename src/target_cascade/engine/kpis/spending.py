"""Which amounts of money are spent, so that none is counted twice."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from target_cascade.errors import FormulaError
from target_cascade.plan import Plan


def money_kpis(plan: Plan, team: str | None = None) -> tuple[str, ...]:
    """The KPIs in money, in file order, of one team, or of all; none of which the plan says that it is no
    spending."""
    return tuple(
        name
        for name, kpi in plan.kpis.items()
        if kpi.unit == "money" and kpi.spends is not False and (team is None or kpi.team == team)
    )


def is_cost(plan: Plan, name: str) -> bool:
    """Whether a KPI in money is spent for sure: the plan says so, or it has a `max`, or its team a budget."""
    kpi = plan.kpis[name]
    team = plan.teams.get(kpi.team) if kpi.team is not None else None
    bounded = kpi.max is not None or (team is not None and team.budget is not None)
    return bounded if kpi.spends is None else kpi.spends


def spent(plan: Plan, names: Iterable[str], known: Mapping[str, Fraction]) -> tuple[str, ...]:
    """Those of some KPIs in money that are spending in a month, each unit of currency in one of them.

    What a formula does with another amount tells them apart. Where one more of an amount makes a
    KPI one more, or more than that, it is a part of the KPI and is not counted beside it: advertising is
    a part of `advertising + samples`. Where it makes it only a little more, both are counted: goods, and
    the freight that is 3 % of goods. Where it makes it less, the KPI is what is left over, such
    as a margin, and no spending. What the plan itself says of a KPI (`spends`) comes before all of that.
    `known` has the month's values of all names.
    """
    money = money_kpis(plan)
    spending = [
        name
        for name in names
        if name in money
        and (plan.kpis[name].spends or all(_moves(plan, name, other, known) >= 0 for other in money))
    ]
    guessed = [name for name in spending if not plan.kpis[name].spends]
    parts = {part for name in spending for part in guessed if _moves(plan, name, part, known) >= 1}
    return tuple(name for name in spending if name not in parts)


def _moves(plan: Plan, name: str, other: str, known: Mapping[str, Fraction]) -> Fraction:
    """By how much a KPI changes where another one, which its formula names, is one more."""
    formula = plan.kpis[name].formula
    if formula is None or other not in formula.names:
        return Fraction(0)
    try:
        return formula.value({**known, other: known[other] + 1}) - formula.value(known)
    except FormulaError:
        return Fraction(0)
