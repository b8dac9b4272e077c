"""Scenarios → the page of `plan compare`: which of them asks for what, side by side."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.apportion import nearest
from target_cascade.engine.check import SEVERITIES
from target_cascade.engine.compare import Comparison, Scenario
from target_cascade.report.heading import name, title
from target_cascade.report.spans import noun
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
_MOST_SAFE, _LONGEST_SAFE = 4, 80
"""The same of those that reach the target without new business: what scenarios are chosen by."""


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
        return nearest(value, self.step)


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
    return Page(_answer(comparison), heading, blocks, (_records(comparison, heading),))


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
                *(one.checked.count(severity) for severity in SEVERITIES),
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


def _answer(comparison: Comparison) -> Sentence:
    """What they ask for, which of them are safe, and in which `plan check` finds errors."""
    scenarios = comparison.scenarios
    answer = sentence(count(len(scenarios)), " scenarios: ") + _range(comparison)
    for clause in (_landing(scenarios), _errors(scenarios)):
        if clause is not None:
            answer += sentence("; ") + clause
    return answer


def _range(comparison: Comparison) -> Sentence:
    """The growth factors, or else the first figures in which the scenarios differ."""
    scenarios = comparison.scenarios
    growths = {_GROWTH.printed(one) for one in scenarios}
    if None not in growths and len(growths) > 1:
        return _from_to(_GROWTH, scenarios)
    (growth,) = growths if len(growths) == 1 else (None,)
    same = sentence("growth factor ", ratio(growth), " in all, ") if growth is not None else sentence()
    for measure in _MEASURES:
        comparable = not measure.is_amount or len(_currencies(scenarios)) == 1
        if comparable and len({measure.printed(one) for one in scenarios}) > 1:
            return same + _from_to(measure, scenarios)
    differing = _differing(comparison)
    if differing:
        return same + sentence("only " if len(_currencies(scenarios)) == 1 else "", f"the {differing} differ")
    if growth is None:
        return sentence("all are the same")
    return sentence("all are the same, with a growth factor of ", ratio(growth))


def _differing(comparison: Comparison) -> str:
    """What the table shows differences in where the growth factor and the measures have none; amounts
    of different currencies are not compared."""
    scenarios = comparison.scenarios
    kinds: list[tuple[str, set[object]]] = [
        ("plan years", {one.cascade.plan.year.label for one in scenarios}),
        ("currencies", set(_currencies(scenarios))),
        ("growth factors", {one.growth is None for one in scenarios}),
        ("findings", {tuple(map(one.checked.count, SEVERITIES)) for one in scenarios}),
    ]
    if len(_currencies(scenarios)) == 1:
        kinds.append(("amounts of new business", {one.new_business for one in scenarios}))
        kinds.append(("quotas", {one.quotas for one in scenarios}))
    return _listed([words for words, values in kinds if len(values) > 1])


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
    reach = any(one.without_new_business_share >= 1 for one in scenarios)
    miss = [one for one in scenarios if one.without_new_business_share < 1]
    start = sentence("without new business ")
    if not miss:
        return start + sentence("all still reach the target")
    if reach:
        return start + _reaching(scenarios)
    return start + sentence("none reaches the target, ") + _nearest(miss)


def _reaching(scenarios: Sequence[Scenario]) -> Sentence:
    """Some reach the target: those, or all but those that do not, or the one that asks for least."""
    reach = [one for one in scenarios if one.without_new_business_share >= 1]
    names = [one.name for one in reach]
    if _can_be_listed(names):
        return sentence(f"only {_listed(names)}", f" still reach{'es' * (len(names) == 1)} the target")
    others = [one.name for one in scenarios if one.without_new_business_share < 1]
    if _can_be_listed(others):
        return sentence(f"all but {_listed(others)} still reach the target")
    some = sentence("only ", count(len(reach)), f" of {len(scenarios)} still reach the target")
    growths = [(one.growth, one.name) for one in reach if one.growth is not None]
    if len(growths) < len(reach):
        return some
    least, who = min(growths, key=lambda one: one[0])
    return some + sentence(f", of which {who} asks for the least growth (", ratio(least), ")")


def _can_be_listed(names: Sequence[str]) -> bool:
    """Whether a line holds them, and commas part them as no comma inside a name does."""
    clear = len(names) <= 2 or not any("," in one for one in names)
    return len(names) == 1 or (clear and len(names) <= _MOST_SAFE and len(_listed(names)) <= _LONGEST_SAFE)


def _listed(names: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


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
    if comparison.by == "week":
        yield sentence("Weeks are whole: one that crosses the end of a month is one row.")
    if comparison.by_place:
        years = [one.cascade.plan.year for one in scenarios]
        nouns = {noun(comparison.by, year) for year in years}
        name = nouns.pop() if len(nouns) == 1 else comparison.by
        yield sentence(
            f"The plans do not have the same {name}s, so these are matched by their place:"
            f" {comparison.labels[0]} is the first {name} of each plan's year."
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
