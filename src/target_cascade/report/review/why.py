"""Why the year is where it is: each driver's part of the gap, and the months that none of them explains."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from target_cascade.engine.review.causes import CausePart, Causes
from target_cascade.engine.review.factors import QUOTA
from target_cascade.engine.review.month_factors import Unexplained
from target_cascade.plan import Plan
from target_cascade.report.kpis.words import exact_figure, figure, kind_of, spoken
from target_cascade.report.spans import months_text
from target_cascade.report.table import Cell, Column, Note, Notes, Row, Table
from target_cascade.sentence import Figure, number, sentence

_CAUSES = (
    Column("cause", "Cause", "text", vital=True),
    Column("gap", "Part of the gap", "change", vital=True),
    Column("plan", "Planned", "number"),
    Column("actual", "Actual", "number"),
)


def causes_table(plan: Plan, causes: Causes) -> Table | None:
    """Each cause's part of the gap of the year to date in day units, which they add up to; None without
    any."""
    if not causes.parts:
        return None
    causes = causes.printed(plan.rounding.day_unit)
    rows = [Row((_cause(plan, part), part.amount, *_values(plan, part, figure))) for part in causes.parts]
    rows.append(Row(("Gap", causes.gap, sentence(), sentence()), "total"))
    return Table("Causes", "Why", (), _CAUSES, tuple(rows))


def _cause(plan: Plan, part: CausePart) -> str:
    """A cause, and how it is known where it has no figures of its own."""
    name = spoken(part.name) if _is_known(plan, part.name) else part.name.replace("_", " ")
    if part.is_implied:
        return f"{name} (not measured)"
    if part.known_from is None:
        return name
    first, second = (_above(one) for one in part.known_from[:2])
    source = f"{first} ÷ {second}" if part.known_from.is_quotient else f"from {first} and {second}"
    return f"{name} ({source})"


def _above(kpi: str) -> str:
    """What came in of a KPI; of the quota that is sales."""
    return "sales" if kpi == QUOTA else spoken(kpi)


def _is_known(plan: Plan, name: str) -> bool:
    return name in plan.kpis or name in plan.drivers


def _values(
    plan: Plan, part: CausePart, shown: Callable[[Plan, str, Fraction], Figure | None]
) -> Iterator[Cell]:
    for value in (part.plan, part.actual):
        if value is None or not _is_known(plan, part.name):
            yield value
        elif value.denominator > 1 and kind_of(plan, part.name) in ("amount", "count"):
            yield number(value)  # a mean, whose decimals need not end
        else:
            yield shown(plan, part.name, value)


def causes_notes(plan: Plan, causes: Causes) -> Notes | None:
    """The months of whose gap the drivers explain nothing, and why, where they explain that of others."""
    if not causes.parts or not causes.unexplained:
        return None
    through = -1 if plan.closed is None else plan.closed.through
    months: dict[tuple[Unexplained, bool], list[int]] = {}
    for month, why in causes.unexplained.items():
        months.setdefault((why, month <= through), []).append(month)
    said = (
        f"{_unexplained(why, is_closed, months_text(of, plan.year), len(of) > 1)}, so nothing of"
        f" {'their' if len(of) > 1 else 'its'} gap is explained"
        for (why, is_closed), of in months.items()
    )
    return Notes("", tuple(Note(sentence(one)) for one in said))


_UNEXPLAINED = {
    "unknown": "the actuals have no figures of drivers or KPIs then",
    "apart": "no driver or KPI has figures then that explain sales",
    "sales": "sales are not above 0",
    "quota": "the quota to date is not above 0",
    "planned": "what is planned of {names} is not above 0",
    "figure": "what came in of {names} is not above 0",
    "formula": "what a formula makes of {names} is not above 0",
}
"""Why drivers explain nothing of a gap, by the word of the engine."""


def _unexplained(why: Unexplained, is_closed: bool, months: str, is_many: bool) -> str:
    said = _UNEXPLAINED[why.why].format(names=" and ".join(spoken(name) for name in why.names))
    if is_closed and why.why == "unknown":
        return f"{months} {'are' if is_many else 'is'} closed, and {said}"
    return f"{months}: {said}"


def cause_records(plan: Plan, causes: Causes | None) -> Table:
    """The causes for machines: exact parts, in the minor unit of the currency."""
    parts = causes.parts if causes is not None else ()
    rows = (Row((part.name, part.amount, *_values(plan, part, exact_figure))) for part in parts)
    return Table("Causes", "", (), _CAUSES, tuple(rows))
