"""Ratios in words, each with the counts that it is about: nobody can do 1.6 %."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from target_cascade.engine.apportion import nearest, round_down, round_up
from target_cascade.report.kpis.words import bound, figure, kind_of, spoken, unit_of, unit_word
from target_cascade.report.sheet.team_week import TeamWeek
from target_cascade.report.table import Note
from target_cascade.sentence import Figure, Sentence, amount, count, joined, listed, sentence

_ONE = Fraction(1)
_OF = (100, 1_000)
"""What a share is told of where no count belongs to it."""
_OF_SMALL = 100_000


class _Counts(NamedTuple):
    """Two KPIs that a driver joins: `part` is the driver's part of `whole`, or what it leaves of it."""

    part: str
    whole: str
    relation: Literal["is", "leaves"]


def rule_notes(team: TeamWeek) -> Iterator[Note]:
    """The team's KPIs that do not add up: what has to hold of them."""
    for name in team.kpis:
        if name not in team.additive:
            yield Note(sentence(f"{spoken(name)}: ") + rule_text(team, name))


def driver_notes(team: TeamWeek) -> Iterator[Note]:
    """The team's drivers: what the plan assumes of them, and the best that was ever reached."""
    plan = team.plan
    for name in team.drivers:
        reached = plan.drivers[name].best
        best = (
            sentence() if reached is None else sentence("; best so far ", figure(plan, name, reached.value))
        )
        yield Note(sentence(f"{spoken(name)}: ") + _driver(team, name) + best)


def of_many(value: Fraction) -> Sentence:
    """``98 of 100``, ``16 of 1,000``."""
    exact = (many for many in _OF if (value * many).denominator == 1)
    rough = _OF[-1] if value * _OF[-1] >= 1 else _OF_SMALL
    many = next(exact, rough)
    return sentence(count(nearest(value * many, _ONE).numerator), " of ", count(many))


def rule_text(team: TeamWeek, name: str) -> Sentence:
    """What has to hold of a KPI that does not add up, with the counts or amounts that it is about."""
    plan = team.plan
    kpi = plan.kpis[name]
    is_share = kind_of(plan, name) == "share"
    if kpi.formula is None:
        said = bound(plan, name)
        return said + _bound_counts(team, name) if is_share or kpi.of is not None else said
    values = team.ratios(name)
    if not is_share:
        return _ratio(team, name)
    if kpi.of is None:
        return _by_month(team, name, counted=True)
    counts = team.by_part(kpi.of)
    whole = sum(counts, Fraction(0))
    part = sum((value * one for value, one in zip(values, counts, strict=True)), Fraction(0))
    return _by_month(team, name) + _of(team, kpi.of, whole, count(nearest(part, _ONE).numerator))


def _ratio(team: TeamWeek, name: str) -> Sentence:
    """``0.05, with 23,013.7 ads and a quota of 460,274 this week``."""
    kpi = team.plan.kpis[name]
    word = unit_word(team.plan, kpi)
    beside = [_amount(team, one) if one != "quota" else _quota(team) for one in _amounts_of(team, name)]
    said = _by_month(team, name, counted=not beside and unit_of(kpi) == "ratio")
    said += sentence(f" {word}" if word else "")
    return said + sentence(", with ") + listed(beside) + sentence(" this week") if beside else said


def _amounts_of(team: TeamWeek, name: str) -> list[str]:
    """The KPIs that add up, and `quota`, that the formula of a ratio names; where it names another ratio,
    what that one's names."""
    kpis, found = team.plan.kpis, dict[str, None]()
    left, seen = [name], {name}
    while left:
        formula = kpis[left.pop()].formula
        for one in formula.names if formula is not None else ():
            if one == "quota" or (one in kpis and kpis[one].is_additive):
                found[one] = None
            elif one in kpis and one not in seen:
                seen.add(one)
                left.append(one)
    return list(found)


def _quota(team: TeamWeek) -> Sentence:
    return sentence("a quota of ", amount(team.quota))


def _bound_counts(team: TeamWeek, name: str) -> Sentence:
    """The counts that belong to ``at least 98 %``: rounded to the side on which it still holds."""
    kpi = team.plan.kpis[name]
    low, high = (kpi.between.low, kpi.between.high) if kpi.between else (kpi.at_least, kpi.at_most)
    ends = [one.value for one in (low, high) if one is not None]
    if kpi.of is None:
        parts = [of_many(end) for end in ends]
        return sentence(": ") + (parts[0] if len(parts) == 1 else parts[0] + sentence(" to ") + parts[1])
    whole = team.amount(kpi.of)
    counts = [count(round_up(low.value * whole, _ONE).numerator)] if low is not None else []
    if high is not None:
        counts.append(count(round_down(high.value * whole, _ONE).numerator))
    return _of(team, kpi.of, whole, *counts)


def _of(team: TeamWeek, name: str, whole: Fraction, *counts: Figure) -> Sentence:
    """`` of 3,215 orders: 3,151``."""
    said = sentence(" of ", figure(team.plan, name, whole), f" {spoken(name)} this week: ", counts[0])
    return said + sentence(" to ", counts[1]) if len(counts) > 1 else said


def _driver(team: TeamWeek, name: str) -> Sentence:
    plan, unit = team.plan, _unit(team, name)
    is_share = kind_of(plan, name) == "share"
    counts = _counts(team, name)
    if counts is None:
        return _by_month(team, name, counted=is_share) + unit + _with_count(team, name)
    part, whole = (_amount(team, one) for one in (counts.part, counts.whole))
    said = _by_month(team, name) + unit
    if counts.relation == "leaves":
        return said + sentence(": leaves ") + part + sentence(" of ") + whole
    return said + sentence(": ") + part + sentence(" from " if is_share else " for ") + whole


def _unit(team: TeamWeek, driver: str) -> Sentence:
    unit = team.plan.drivers[driver].unit
    if unit == "money":
        unit = team.plan.currency or unit
    return sentence(f" {unit}" if unit else "")


def _by_month(team: TeamWeek, name: str, counted: bool = False) -> Sentence:
    """The value, or the values of both months that the week touches; `counted` with a count each, where
    no other stands beside it."""
    values = team.ratios(name)
    said = [sentence(figure(team.plan, name, value)) for value in values]
    if len(set(said)) == 1:
        return said[0] + (sentence(": ") + of_many(values[0]) if counted else sentence())
    labels = [month.period.label for month in team.months]
    counts = [sentence(" (") + of_many(value) + sentence(")") if counted else sentence() for value in values]
    both = zip(said, labels, counts, strict=True)
    return joined(one + sentence(f" in {label}") + many for one, label, many in both)


def _counts(team: TeamWeek, driver: str) -> _Counts | None:
    """The KPI whose formula names the driver together with a KPI that adds up, where the one is the
    driver's part of the other, or what it leaves of it, in every month of the week."""
    kpis = team.plan.kpis
    for name, kpi in kpis.items():
        if kpi.formula is None or driver not in kpi.formula.names or not kpi.is_additive:
            continue
        for other in kpi.formula.names:
            if other in kpis and kpis[other].is_additive and (found := _joined(team, driver, name, other)):
                return found
    return None


def _joined(team: TeamWeek, driver: str, one: str, other: str) -> _Counts | None:
    values, first, second = (team.ratios(name) for name in (driver, one, other))
    triples = list(zip(values, first, second, strict=True))
    if all(a == d * b for d, a, b in triples):
        return _Counts(one, other, "is")
    if all(b == d * a for d, a, b in triples):
        return _Counts(other, one, "is")
    if all(a == (1 - d) * b for d, a, b in triples):
        return _Counts(one, other, "leaves")
    if all(b == (1 - d) * a for d, a, b in triples):
        return _Counts(other, one, "leaves")
    return None


def _with_count(team: TeamWeek, driver: str) -> Sentence:
    """The first count whose formula names the driver."""
    for name, kpi in team.plan.kpis.items():
        if kpi.unit == "count" and kpi.formula is not None and driver in kpi.formula.names:
            return sentence(", with ") + _amount(team, name) + sentence(" this week")
    return sentence()


def _amount(team: TeamWeek, name: str) -> Sentence:
    return sentence(figure(team.plan, name, team.amount(name)), f" {spoken(name)}")
