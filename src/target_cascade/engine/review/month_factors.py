"""One month: which factors of sales ÷ quota to date can be told apart, and by how much each is off."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Literal, NamedTuple

from target_cascade.engine.review.factors import QUOTA, Chain, Link, names_of
from target_cascade.errors import FormulaError
from target_cascade.formula import Factor

ONE = Fraction(1)


class Figures(NamedTuple):
    """What is known of a month: its quota to date and sales, what formulas know of the whole month as
    planned, the figures that came in of KPIs and drivers, and which KPIs add up over days."""

    quota: Fraction
    sales: Fraction
    planned: Mapping[str, Fraction]
    actual: Mapping[str, Fraction]
    additive: frozenset[str]


class KnownFrom(NamedTuple):
    """Two KPIs with figures, or the quota's sales (`QUOTA`), between which one factor stands alone, so that
    they say what it was; `is_quotient` where it is the first ÷ the second and nothing else."""

    first: str
    second: str
    is_quotient: bool


class Unexplained(NamedTuple):
    """Why nothing of a month's gap is explained; `names` are the KPI or drivers it is about.

    No figures at all (``unknown``) or none that explain sales (``apart``); sales or the quota to date are
    not above 0; the plan or the figure of one is not, or what a formula makes of them.
    """

    why: Literal["unknown", "apart", "sales", "quota", "planned", "figure", "formula"]
    names: tuple[str, ...] = ()


class MonthFactor(NamedTuple):
    """A factor of sales ÷ quota to date: `ratio` is actual ÷ plan of what it does to sales.

    `names` are the driver or KPI, several that cannot be told apart, or none where all have figures and
    these do not multiply to the sales. A driver has its plan and actual with their weights: what it
    applies to, such as the visits of a conversion; a KPI that adds up has the amounts to date and no
    weights. What is not known is None.
    """

    names: tuple[str, ...]
    ratio: Fraction
    plan: Fraction | None = None
    actual: Fraction | None = None
    weights: tuple[Fraction, Fraction | None] | None = None
    is_implied: bool = False
    known_from: KnownFrom | None = None


class _Term(NamedTuple):
    """A factor of a link with its values, without its power; an implied one is what the others leave, and
    one with `known_from` is what these two say."""

    factor: Factor
    plan: Fraction
    actual: Fraction | None
    is_implied: bool = False
    known_from: KnownFrom | None = None


class _Step(NamedTuple):
    """A link with the values to date of its KPI."""

    kpi: str
    plan: Fraction
    actual: Fraction | None
    terms: tuple[_Term, ...]


def known_on(figures: Figures, chain: Chain) -> int:
    """How many KPIs and factors of a chain have figures in the month."""
    return sum(_known(_step(figures, link)) for link in chain)


def why_not(figures: Figures, chain: Chain) -> Unexplained | None:
    """Why nothing of the month's gap is explained along a chain; None where something is."""
    steps = _known_steps(figures, chain)
    if figures.quota <= 0:
        return Unexplained("quota")
    if figures.sales <= 0:
        return Unexplained("sales")
    if not steps:
        return Unexplained("apart" if figures.actual else "unknown")
    return next((found for step in steps for found in _not_above_zero(step)), None)


def _not_above_zero(step: _Step) -> Iterator[Unexplained]:
    own: tuple[tuple[str, ...], bool, Fraction, Fraction | None] = (step.kpi,), True, step.plan, step.actual
    terms = [(names_of(one.factor), one.factor.is_name, one.plan, one.actual) for one in step.terms]
    for names, is_name, plan, actual in (own, *terms):
        if plan > 0 and (actual is None or actual > 0):
            continue
        if not is_name:
            yield Unexplained("formula", names)
        else:
            yield Unexplained("planned" if plan <= 0 else "figure", names)


def _known_steps(figures: Figures, chain: Chain) -> list[_Step]:
    """The chain as far down as something is known."""
    steps = [_step(figures, link) for link in chain]
    while steps and not _known(steps[-1]):
        steps.pop()
    return steps


def factors_of_month(figures: Figures, chain: Chain) -> list[MonthFactor]:
    """The factors of sales ÷ quota to date along a chain, whose ratios multiply to it.

    The chain goes as far down as something is known. Between two KPIs with figures, or the sales, what the
    factors with figures leave is the ratio of those that have none. None where nothing is known, or where
    a figure that is needed is not above 0.
    """
    if why_not(figures, chain) is not None:
        return []
    steps = _known_steps(figures, chain)
    found: list[MonthFactor] = []
    waiting: list[_Step] = []
    top = _Step(QUOTA, figures.quota, figures.sales, ())
    for step in steps:
        waiting.append(step)
        if step.actual is not None:
            found += _between(figures, top, waiting)
            top, waiting = step, []
    if waiting:
        found += _between(figures, top, waiting)
    elif top.actual is not None and steps:
        found.append(MonthFactor((top.kpi,), top.actual / top.plan, top.plan, top.actual))
    return found


def _step(figures: Figures, link: Link) -> _Step:
    planned = figures.planned
    # All of the chain is in proportion to the quota, so to date it is what the quota to date takes.
    to_date = planned[link.kpi] * figures.quota / planned[QUOTA] if planned[QUOTA] else Fraction(0)
    actual = figures.actual.get(link.kpi) if link.kpi in figures.additive else None
    terms = [_Term(factor, factor.value(planned), _value(figures, factor)) for factor in link.factors]
    return _Step(link.kpi, to_date, actual, tuple(terms))


def _value(figures: Figures, factor: Factor) -> Fraction | None:
    """The actual value of a factor; 0 where it has none at these figures, as after a division by 0."""
    if not all(name in figures.actual for name in names_of(factor)):
        return None
    try:
        return factor.value({**figures.planned, **figures.actual})
    except FormulaError:
        return Fraction(0)


def _known(step: _Step) -> int:
    return (step.actual is not None) + sum(term.actual is not None for term in step.terms)


def _between(figures: Figures, top: _Step, steps: Sequence[_Step]) -> Iterator[MonthFactor]:
    """The factors from a KPI with figures, or the sales, to the last of `steps`, with what is left."""
    last = steps[-1]
    terms = [term for step in steps for term in step.terms]
    unknown = [term for term in terms if term.actual is None]
    rest = _ratio(top) / (ONE if last.actual is None else _ratio(last))
    rest /= prod((_of_sales(term) for term in terms if term.actual is not None), start=ONE)
    if len(unknown) == 1 and last.actual is not None:
        known_from = _known_from(top, last) if len(steps) == len(terms) == 1 else None
        steps = [_filled(step, rest, known_from) for step in steps]
    yield from _of_terms(figures, top, steps)
    left = [term for step in steps for term in step.terms if term.actual is None]
    if left:
        names = {name for term in left for name in names_of(term.factor)}
        yield MonthFactor(tuple(sorted(names | ({last.kpi} if last.actual is None else set()))), rest)
    elif last.actual is None:
        plan = last.plan if last.kpi in figures.additive else None
        yield MonthFactor((last.kpi,), rest, plan, plan and plan * rest, is_implied=True)
    elif not unknown and rest != 1:
        yield MonthFactor((), rest)


def _known_from(top: _Step, step: _Step) -> KnownFrom:
    """What says the one factor between two KPIs with figures. Numbers in its formula, or a factor such as
    1 − refunded, are no plain quotient."""
    (term,) = step.terms
    upper, lower = (step, top) if term.factor.power > 0 else (top, step)
    is_quotient = term.factor.is_name and term.plan == upper.plan / lower.plan
    return KnownFrom(upper.kpi, lower.kpi, is_quotient)


def _ratio(step: _Step) -> Fraction:
    assert step.actual is not None
    return step.actual / step.plan


def _of_sales(term: _Term) -> Fraction:
    """What a term does to sales: the more a KPI is divided by, the more sales each of it stands for."""
    assert term.actual is not None
    return _power(term.actual / term.plan, -term.factor.power)


def _power(number: Fraction, power: int) -> Fraction:
    return prod([number if power > 0 else 1 / number] * abs(power), start=ONE)


def _filled(step: _Step, rest: Fraction, known_from: KnownFrom | None) -> _Step:
    """The step with its term that has no figures as `rest` says; a root is not exact, so it stays open."""
    return step._replace(
        terms=tuple(
            term._replace(
                actual=term.plan * _power(rest, -term.factor.power),
                is_implied=known_from is None,
                known_from=known_from,
            )
            if term.actual is None and abs(term.factor.power) == 1
            else term
            for term in step.terms
        )
    )


def _of_terms(figures: Figures, top: _Step, steps: Sequence[_Step]) -> Iterator[MonthFactor]:
    """The terms with figures, each with what it applies to: the KPI above, or that without the term."""
    plan, actual = top.plan, top.actual
    for step in steps:
        for term in step.terms:
            if term.actual is not None:
                weights = (_applied(plan, term.plan, term), actual and _applied(actual, term.actual, term))
                yield _of_term(figures, term, weights)
        if step.actual is None and actual is not None and all(term.actual is not None for term in step.terms):
            of_sales = prod((_of_sales(term) for term in step.terms), start=ONE)
            actual = step.plan * (actual / plan) / of_sales
        else:
            actual = step.actual
        plan = step.plan


def _applied(above: Fraction, value: Fraction, term: _Term) -> Fraction:
    return above if term.factor.power > 0 else above / value


def _of_term(figures: Figures, term: _Term, weights: tuple[Fraction, Fraction | None]) -> MonthFactor:
    names = tuple(sorted(names_of(term.factor)))
    if len(names) > 1:
        return MonthFactor(names, _of_sales(term))
    is_given = not term.is_implied and term.known_from is None
    actual = figures.actual[names[0]] if is_given else _implied(figures, term)
    planned = figures.planned[names[0]]
    return MonthFactor(
        names, _of_sales(term), planned, actual, weights, term.is_implied, known_from=term.known_from
    )


def _implied(figures: Figures, term: _Term) -> Fraction | None:
    """The value of a factor's one driver at which the factor has its value: 4 % refunded where 1 − refunded
    is 96 %. None where the factor is not linear in it, or where it would be below 0."""
    assert term.actual is not None
    (name,) = names_of(term.factor)
    try:
        none, one, two = (term.factor.value({**figures.planned, name: Fraction(at)}) for at in range(3))
    except FormulaError:
        return None
    if one == none or two - one != one - none:
        return None
    driver = (term.actual - none) / (one - none)
    holds = driver >= 0 and term.factor.value({**figures.planned, name: driver}) == term.actual
    return driver if holds else None
