"""Slips of drivers → the page of `plan kpi --sensitivity`."""

from collections.abc import Sequence
from fractions import Fraction

from target_cascade.engine.kpis.numbers import KpiNumbers
from target_cascade.engine.kpis.sensitivity import Slip
from target_cascade.report.heading import title
from target_cascade.report.kpis.words import spoken
from target_cascade.report.table import Column, Page, Row, Table
from target_cascade.sentence import Sentence, amount, ratio, sentence, stated

_RECORDS = (
    Column("driver", "Driver", "text"),
    Column("better", "Better", "text"),
    Column("slip", "Slip", "share"),
    Column("quota_lost", "Quota lost", "amount"),
    Column("more_spent", "More spent", "amount"),
    Column("kpi", "KPI", "text"),
    Column("times", "Times", "ratio"),
)
_PEOPLE = (
    Column("driver", "Driver", "text", vital=True),
    Column("slip", "If it is", "amount", vital=True),
    Column("quota_lost", "Quota lost", "amount", vital=True),
    Column("more_spent", "or more spent", "amount", vital=True),
    Column("kpi", "Rises most", "text"),
    Column("times", "Times", "ratio"),
)


def slips_page(numbers: KpiNumbers, slips: Sequence[Slip], team: str | None = None) -> Page:
    """What each driver costs if it is worse than assumed, the costliest first; with `team` only those
    that it owns."""
    drivers = numbers.cascade.plan.drivers
    chosen = [slip for slip in slips if team is None or drivers[slip.driver].team == team]
    heading = title(numbers.cascade)
    rows = tuple(Row((slip.driver, slip.better, *_figures(slip), slip.most, slip.needed)) for slip in chosen)
    records = Table("Slips", heading, (), _RECORDS, rows)
    return Page(_answer(chosen, team), heading, (_table(chosen),), (records,))


def _figures(slip: Slip) -> tuple[Fraction, Fraction, Fraction]:
    return slip.slip, slip.quota_lost, slip.more_spent


def _table(slips: Sequence[Slip]) -> Table:
    rows = (
        Row(
            (
                spoken(slip.driver),
                _way(slip),
                slip.quota_lost,
                slip.more_spent,
                spoken(slip.most) if slip.most is not None else "",
                slip.needed if slip.needed is not None else sentence(),
            )
        )
        for slip in slips
    )
    return Table("Slips", "", (), _PEOPLE, tuple(rows))


def _way(slip: Slip) -> Sentence:
    """``10 % lower``: which way is worse."""
    return sentence(stated(slip.slip), " lower" if slip.better == "higher" else " higher")


def _answer(slips: Sequence[Slip], team: str | None) -> Sentence:
    """The costliest slip."""
    if not slips:
        return sentence(f"{team} owns no driver" if team is not None else "the plan has no drivers")
    worst = slips[0]
    if not worst.quota_lost and not worst.more_spent:
        whose = f"{team}'s drivers" if team is not None else "the drivers"
        return sentence(f"none of {whose} costs anything if it slips by ", stated(worst.slip))
    whose = f"{team}'s" if team is not None else "the"
    said = sentence(f"{whose} costliest driver is {spoken(worst.driver)}: if it is ") + _way(worst)
    if worst.quota_lost:
        said += sentence(", the year falls short by ", amount(worst.quota_lost))
    if worst.more_spent:
        said += sentence(
            ", or" if worst.quota_lost else ", the year", " costs ", amount(worst.more_spent), " more"
        )
    if worst.most is None or worst.needed is None:
        return said
    return said + sentence(f"; {spoken(worst.most)} ", ratio(worst.needed))
