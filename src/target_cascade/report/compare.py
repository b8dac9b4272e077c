"""Scenarios → the page of `plan compare`: which of them asks for what, side by side."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.apportion import round_down
from target_cascade.engine.check import Severity
from target_cascade.engine.compare import Comparison, Scenario
from target_cascade.report.heading import name, title
from target_cascade.report.table import Cell, Column, Note, Notes, Page, Row, Table
from target_cascade.sentence import Figure, Sentence, amount, count, ratio, sentence, share

_RECORDS = (
    Column("scenario", "Scenario", "text"),
    Column("target", "Target", "amount"),
    Column("planned_total", "Planned total", "amount"),
    Column("growth", "Growth factor", "ratio"),
    Column("year_end_share", "Year-end share", "share"),
    Column("new_business_share", "New-business share", "share"),
    Column("without_new_business", "Without new business", "amount"),
    Column("without_new_business_share", "of the target", "share"),
    Column("errors", "Errors", "count"),
    Column("warnings", "Warnings", "count"),
    Column("notes", "Notes", "count"),
)
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_FIGURES: tuple[tuple[str, tuple[tuple[str, Callable[[Scenario], Cell]], ...]], ...] = (
    (
        "Promised",
        (
            ("Plan year", lambda one: one.cascade.plan.year.label),
            ("Currency", lambda one: one.cascade.plan.currency),
            ("Target", lambda one: one.target),
            ("Planned total", lambda one: one.planned_total),
        ),
    ),
    (
        "Asked for",
        (
            ("Growth factor", lambda one: None if one.growth is None else ratio(one.growth)),
            ("Year-end share", lambda one: share(one.year_end_share)),
            ("New business", lambda one: share(one.new_business_share)),
        ),
    ),
    (
        "Without new business",
        (
            ("Year lands at", lambda one: one.without_new_business),
            ("of the target", lambda one: share(one.without_new_business_share)),
        ),
    ),
    (
        "Findings",
        (
            ("Errors", lambda one: count(one.checked.count("error"))),
            ("Warnings", lambda one: count(one.checked.count("warning"))),
            ("Notes", lambda one: count(one.checked.count("note"))),
        ),
    ),
)
"""What people see above the quotas: what a scenario is chosen by comes first."""
_WHERE_IT_DIFFERS = ("Plan year", "Currency")
_MOST_TITLES = 4
_MOST_NAMES, _LONGEST_NAMES = 2, 40
"""Scenarios that the answer calls by their names, and characters of these together; of more it says
how many there are."""


class _Measure(NamedTuple):
    """What the answer may tell scenarios apart by; `step` is the least difference that is printed."""

    words: str
    value: Callable[[Scenario], Fraction | None]
    figure: Callable[[Fraction], Figure]
    step: Fraction | None = None
    is_amount: bool = False

    def printed(self, scenario: Scenario) -> Fraction | None:
        """The value as it is printed, halves up."""
        value = self.value(scenario)
        if value is None or self.step is None:
            return value
        return round_down(value + self.step / 2, self.step)


_GROWTH = _Measure("growth factor", lambda one: one.growth, ratio, Fraction(1, 100))
_MEASURES = (
    _Measure("target", lambda one: one.target, amount, is_amount=True),
    _Measure("planned total", lambda one: one.planned_total, amount, is_amount=True),
    _Measure("year-end share", lambda one: one.year_end_share, share, Fraction(1, 1000)),
    _Measure("new-business share", lambda one: one.new_business_share, share, Fraction(1, 1000)),
)


def compare_page(comparison: Comparison) -> Page:
    """What the scenarios differ in, and a column each; the records have a row each."""
    scenarios = comparison.scenarios
    heading = _title(scenarios)
    notes = tuple(Note(note) for note in _notes(comparison))
    blocks = (_table(comparison), Notes("", notes)) if notes else (_table(comparison),)
    return Page(_answer(scenarios), heading, blocks, (_records(comparison, heading),))


def _records(comparison: Comparison, heading: str) -> Table:
    quotas = (Column(label, label, "amount") for label in comparison.labels)
    rows = (
        Row(
            (
                one.name,
                one.target,
                one.planned_total,
                one.growth,
                one.year_end_share,
                one.new_business_share,
                one.without_new_business,
                one.without_new_business_share,
                *(one.checked.count(severity) for severity in _SEVERITIES),
                *one.quotas,
            )
        )
        for one in comparison.scenarios
    )
    return Table("Scenarios", heading, (), (*_RECORDS, *quotas), tuple(rows))


def _table(comparison: Comparison) -> Table:
    """For people: a column a scenario, first what it is chosen by."""
    scenarios = comparison.scenarios
    names = (Column(f"scenario_{i}", one.name, "amount", vital=True) for i, one in enumerate(scenarios))
    columns = (Column("figure", "Scenario", "text", vital=True), *names)
    rows = (*_figures(scenarios), *_quotas(comparison))
    return Table("Scenarios", "", (), columns, rows, cut=True)


def _figures(scenarios: Sequence[Scenario]) -> Iterator[Row]:
    for heading, figures in _FIGURES:
        yield Row((heading, *(None for _ in scenarios)), "group")
        for words, cell in figures:
            cells = [cell(one) for one in scenarios]
            if len(set(cells)) > 1 or words not in _WHERE_IT_DIFFERS:
                yield Row((words, *cells))


def _quotas(comparison: Comparison) -> Iterator[Row]:
    scenarios = comparison.scenarios
    yield Row(("Quotas", *(None for _ in scenarios)), "group")
    for at, label in enumerate(comparison.labels):
        yield Row((label, *(one.quotas[at] for one in scenarios)))
    yield Row(("Total", *(one.planned_total for one in scenarios)), "total")


def _answer(scenarios: Sequence[Scenario]) -> Sentence:
    """What they ask for, which of them are safe, and in which `plan check` finds errors."""
    answer = sentence(count(len(scenarios)), " scenarios: ") + _range(scenarios)
    for clause in (_landing(scenarios), _errors(scenarios)):
        if clause is not None:
            answer += sentence("; ") + clause
    return answer


def _range(scenarios: Sequence[Scenario]) -> Sentence:
    """The growth factors, or else the first figures in which the scenarios differ."""
    growths = {_GROWTH.printed(one) for one in scenarios}
    if None not in growths and len(growths) > 1:
        return _from_to(_GROWTH, scenarios)
    (growth,) = growths if len(growths) == 1 else (None,)
    same = sentence("growth factor ", ratio(growth), " in all, ") if growth is not None else sentence()
    for measure in _MEASURES:
        comparable = not measure.is_amount or len(_currencies(scenarios)) == 1
        if comparable and len({measure.printed(one) for one in scenarios}) > 1:
            return same + _from_to(measure, scenarios)
    return same + sentence("no other figure differs" if growth is not None else "no figure differs")


def _from_to(measure: _Measure, scenarios: Sequence[Scenario]) -> Sentence:
    """``growth factor from ×2.90 (careful) to ×3.50 (bold)``; all scenarios have the measure."""
    values = [(value, one.name) for one in scenarios if (value := measure.printed(one)) is not None]
    least, most = min(value for value, _ in values), max(value for value, _ in values)

    def end(value: Fraction) -> Sentence:
        names = [name for other, name in values if other == value]
        return sentence(measure.figure(value), " (") + _names(names, " scenarios") + sentence(")")

    return sentence(f"{measure.words} from ") + end(least) + sentence(" to ") + end(most)


def _landing(scenarios: Sequence[Scenario]) -> Sentence | None:
    """Which scenarios still reach their target if new business brings nothing."""
    if not any(one.new_business for one in scenarios):
        return None
    reach = [one.name for one in scenarios if one.without_new_business_share >= 1]
    miss = [one for one in scenarios if one.without_new_business_share < 1]
    start = sentence("without new business ")
    if not miss:
        return start + sentence("all still reach the target")
    if reach:
        verb = " still reaches the target" if len(reach) == 1 else " still reach the target"
        return start + sentence("only ") + _names(reach, f" of {len(scenarios)}") + sentence(verb)
    return start + sentence("none reaches the target, ") + _nearest(miss)


def _nearest(scenarios: Sequence[Scenario]) -> Sentence:
    landing = _Measure("", lambda one: one.without_new_business_share, share, Fraction(1, 1000))
    values = [landing.printed(one) or Fraction(0) for one in scenarios]
    names = [one.name for one, value in zip(scenarios, values, strict=True) if value == max(values)]
    if len(names) == len(scenarios):
        return sentence("all land at ", share(max(values)), " of it")
    verb = " comes nearest with " if len(names) == 1 else " come nearest with "
    return _names(names, f" of {len(scenarios)}") + sentence(verb, share(max(values)))


def _errors(scenarios: Sequence[Scenario]) -> Sentence | None:
    names = [one.name for one in scenarios if one.checked.count("error")]
    if not names:
        return None
    if len(names) == len(scenarios):
        return sentence("check finds errors in all")
    return sentence("check finds errors in ") + _names(names, f" of {len(scenarios)}")


def _names(names: Sequence[str], of_many: str) -> Sentence:
    """``careful and bold``; of more than are called by name, how many."""
    together = " and ".join(names)
    if len(names) == 1 or (len(names) <= _MOST_NAMES and len(together) <= _LONGEST_NAMES):
        return sentence(together)
    return sentence(count(len(names)), of_many)


def _notes(comparison: Comparison) -> Iterator[Sentence]:
    """What keeps a reader from taking the columns for more alike than they are."""
    scenarios = comparison.scenarios
    if comparison.by_place:
        yield sentence(
            f"The plans do not have the same {comparison.by}s, so these are matched by their place:"
            f" {comparison.labels[0]} is the first {comparison.by} of each plan's year."
        )
    if len(_currencies(scenarios)) > 1:
        yield sentence("The plans do not name the same currency: compare growth and shares, not amounts.")
    unknown = [one.name for one in scenarios if one.growth is None]
    if unknown:
        having = (
            sentence("all") if len(unknown) == len(scenarios) else _names(unknown, f" of {len(scenarios)}")
        )
        yield sentence("Without base amounts there is no growth factor: ") + having + sentence(".")


def _currencies(scenarios: Sequence[Scenario]) -> set[str | None]:
    """What their amounts are in; None where a plan does not say it."""
    return {one.cascade.plan.currency for one in scenarios}


def _title(scenarios: Sequence[Scenario]) -> str:
    """The plans' common title, or what each of them calls itself."""
    titles = {title(one.cascade) for one in scenarios}
    if len(titles) == 1:
        return titles.pop()
    names = list(dict.fromkeys(name(one.cascade.plan) for one in scenarios))
    more = [f"{len(names) - _MOST_TITLES} more"] if len(names) > _MOST_TITLES else []
    return " | ".join([*names[:_MOST_TITLES], *more])
