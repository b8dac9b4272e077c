"""How KPIs, drivers and teams are called and shown in tables and sentences."""

from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING

from target_cascade.engine.apportion import nearest
from target_cascade.errors import UsageError
from target_cascade.plan import Plan
from target_cascade.sentence import (
    Figure,
    FigureKind,
    Sentence,
    amount,
    count,
    number,
    sentence,
    share,
    stated,
)

if TYPE_CHECKING:
    from target_cascade.kpis.kpi import Kpi

_PERCENT_PLACES = Fraction(1, 10_000)
"""To what a share is rounded in words: two decimals of a per cent."""
_NONE_WRITTEN = """the plan has no `kpis:`; say what has to happen for a quota to come in, for example

  drivers: {order_value: 200, conversion: 1.6%}
  kpis: {orders: {formula: quota / order_value, unit: count, team: Operations},
         visits: {formula: orders / conversion, unit: count, team: Promotion}}

and see docs/plan-file.md"""


def check_has_kpis(plan: Plan) -> None:
    """Raises `UsageError`, which says what to write, for a plan without KPIs."""
    if not plan.kpis:
        raise UsageError(_NONE_WRITTEN)


def spoken(name: str) -> str:
    """A KPI's or driver's name as it is said: ``detail views``."""
    return name.replace("_", " ")


def team_names(plan: Plan) -> tuple[str, ...]:
    """Every team that the plan names: those of `teams`, then owners of KPIs and drivers."""
    owners = [kpi.team for kpi in plan.kpis.values()]
    owners += [driver.team for driver in plan.drivers.values()]
    return tuple(dict.fromkeys([*plan.teams, *(team for team in owners if team)]))


def find_team(plan: Plan, text: str) -> str | None:
    """The team that `text` names, in letters of either case; None where there is none."""
    names = team_names(plan)
    if text in names:
        return text
    alike = [name for name in names if name.casefold() == text.strip().casefold()]
    return alike[0] if len(alike) == 1 else None


def known_team(plan: Plan, text: str) -> str:
    """The team that `text` names. Raises `UsageError` with the names that are near, or all."""
    team = find_team(plan, text)
    if team is None:
        raise UsageError(f"--team `{text}` is no team of the plan; {near(text, team_names(plan))}")
    return team


def near(text: str, names: tuple[str, ...]) -> str:
    """What may have been meant: the nearest of some names, or which there are."""
    by_case = {name.casefold(): name for name in names}
    if close := get_close_matches(text.casefold(), by_case, 1):
        return f"did you mean `{by_case[close[0]]}`?"
    if not names:
        return "it names no team; write `team: …` below a KPI"
    return f"its teams are {', '.join(f'`{name}`' for name in names)}"


def unit_of(kpi: "Kpi") -> str:
    """The unit as machines read it."""
    return kpi.unit or ("share" if kpi.is_share else "ratio")


def unit_word(plan: Plan, kpi: "Kpi") -> str:
    """The unit as people read it: money by its currency, and nothing where the figure says it."""
    unit = unit_of(kpi)
    if unit == "money":
        return plan.currency or "money"
    return "" if unit in ("share", "ratio") else unit


def kind_of(plan: Plan, name: str) -> FigureKind:
    """What a KPI's or driver's numbers are."""
    if name in plan.drivers:
        return "share" if plan.drivers[name].is_share else "number"
    kpi = plan.kpis[name]
    if kpi.unit == "count":
        return "count"
    if kpi.unit == "money":
        return "amount"
    return "share" if kpi.is_share else "number"


def exact_figure(plan: Plan, name: str, value: Fraction | None) -> Figure | None:
    """A value as machines read it."""
    if value is None:
        return None
    kind = kind_of(plan, name)
    return _counted(value) if kind == "count" else Figure(value, kind)


def figure(plan: Plan, name: str, value: Fraction) -> Figure:
    """A value as people read it."""
    match kind_of(plan, name):
        case "count":
            return _counted(value)
        case "amount":
            return amount(value)
        case "share":
            return part_figure(value)
    return number(value)


def _counted(value: Fraction) -> Figure:
    """How many, and a number where it is no whole: a capacity of 300.5 a day, and what is above it."""
    return count(value.numerator) if value.denominator == 1 else number(value)


def part_figure(value: Fraction) -> Figure:
    """A share with two decimals of a per cent where it has them, 1.44 %, and more where it is small."""
    if abs(value) < _PERCENT_PLACES * 100:
        return share(value) if not value else stated(nearest(value, _PERCENT_PLACES / 100))
    return stated(nearest(value, _PERCENT_PLACES))


def between(low: Figure, high: Figure) -> Sentence:
    """``1.4 % – 1.8 %``, or the one that both are."""
    return sentence(low) if low == high else sentence(low, " – ", high)


def bound(plan: Plan, name: str) -> Sentence:
    """What a KPI without a formula says: ``at least 98 %``, ``3 to 8 minutes``."""
    kpi = plan.kpis[name]
    word = unit_word(plan, kpi)
    unit = f" {word}" if word else ""
    if kpi.at_least is not None:
        return sentence("at least ", figure(plan, name, kpi.at_least.value), unit)
    if kpi.at_most is not None:
        return sentence("at most ", figure(plan, name, kpi.at_most.value), unit)
    assert kpi.between is not None, "a KPI has a formula or a bound"
    low, high = (figure(plan, name, end.value) for end in kpi.between)
    return sentence(low, " to ", high, unit)
