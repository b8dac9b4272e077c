"""What the KPIs ask for: drivers out of reach, budgets, sources, and numbers that nobody owns."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from target_cascade.engine.apportion import round_down, round_up
from target_cascade.engine.demand import NOTHING
from target_cascade.engine.finding import Finding, Rule
from target_cascade.engine.judged import Judged
from target_cascade.engine.rules.measures import in_months, named, readable
from target_cascade.plan import Plan
from target_cascade.sentence import Figure, Sentence, amount, apart, count, number, ratio, sentence, stated

if TYPE_CHECKING:
    from target_cascade.engine.kpis.numbers import KpiNumbers


class _Reach(NamedTuple):
    """A driver that has a `best`: its value in the month in which it is furthest beyond it."""

    name: str
    is_higher: bool
    best: Fraction
    value: Fraction
    month: int

    @property
    def times(self) -> Fraction | None:
        """How many times its best it has to be; None where that is no number."""
        if self.best <= 0 or self.value <= 0:
            return None
        return self.value / self.best if self.is_higher else self.best / self.value

    def is_beyond(self, value: Fraction, reach: Fraction) -> bool:
        """Whether a value is better than `reach` times the best; than the best itself where that is not
        above 0 and has no multiples."""
        times = reach if self.best > 0 else Fraction(1)
        return value > self.best * times if self.is_higher else value * times < self.best


def _kpi_reach(judged: Judged) -> Iterator[Finding]:
    if judged.kpis is None:
        return
    reach = judged.plan.guardrails.kpi_reach
    for one in _with_best(judged.kpis):
        values = judged.plan.drivers[one.name].values
        if far := sum(one.is_beyond(value, reach) for value in values):
            yield Finding(
                KPI_REACH.name,
                "warning",
                _better_than_best(judged, one, reach) + in_months(far),
                _within_reach(judged, one, reach),
                ("drivers", one.name, "best"),
                None if one.times is None else ratio(one.times),
                None if one.times is None else ratio(reach),
            )


def _with_best(numbers: "KpiNumbers") -> Iterator[_Reach]:
    from target_cascade.engine.kpis.numbers import better

    for name, driver in numbers.cascade.plan.drivers.items():
        if driver.best is not None:
            values, is_higher = driver.values, better(numbers, name) == "higher"
            value = (max if is_higher else min)(values)
            yield _Reach(name, is_higher, driver.best.value, value, values.index(value))


def _better_than_best(judged: Judged, one: _Reach, reach: Fraction) -> Sentence:
    label = judged.plan.year.months[one.month].label
    told = sentence(f"`{one.name}` has to be ", _figure(judged.plan, one.name, one.value), f" in {label}")
    best = _figure(judged.plan, one.name, one.best)
    if one.times is None:
        return told + sentence(" and was never better than ", best)
    times, limit = apart(ratio(one.times), ratio(reach))
    if one.is_higher:
        return told + sentence(", which is ", times, " of its best (", best, ") and more than ", limit)
    return told + sentence("; its best (", best, ") is ", times, " of that and more than ", limit)


def _within_reach(judged: Judged, one: _Reach, reach: Fraction) -> Sentence:
    times = reach if one.best > 0 else Fraction(1)
    if not times:  # every value is beyond that
        return sentence("write a `kpi_reach` above 0")
    bound = readable(one.best * times, round_down) if one.is_higher else readable(one.best / times, round_up)
    side = "at most" if one.is_higher else "at least"
    assume = sentence("assume ", _figure(judged.plan, one.name, bound), f" {side} and see what that takes,")
    return assume + sentence(
        " or write down in `because` what has never been done before, and accept the rule"
    )


def _figure(plan: Plan, driver: str, value: Fraction) -> Figure:
    """A driver's value as the plan writes it: as a percentage, or as a number."""
    return stated(readable(value)) if plan.drivers[driver].is_share else number(value)


KPI_REACH = Rule(
    name="kpi-reach",
    finds="a driver has to be much better than it ever was",
    severities=("warning",),
    why=(
        "A plan is made to fit with one number: with a conversion of 2.4 % instead of 1.7 % the same visits"
        " bring the quota. It looks harmless, and nobody has ever reached it. A fifth above the best that"
        " was ever reached is a stretch; more is most often a wish."
    ),
    formula=(
        "A driver with a `best`, better than `best` · `kpi_reach` in some month where higher is better, or"
        " than `best` ÷ `kpi_reach` where lower is. Which way is better the driver says itself (`better`);"
        " otherwise it is the way in which a quota takes less effort."
    ),
    thresholds=("kpi_reach",),
    remedy=(
        "Plan with what was reached before and a little more, and look at what that takes of the other KPIs."
        " Where something new makes it possible, say so in the driver's `because`, and accept the rule."
    ),
    find=_kpi_reach,
)


class _Over(NamedTuple):
    """A month that comes to more than it may: both as they are shown."""

    month: int
    value: Fraction
    bound: Fraction

    @property
    def excess(self) -> Fraction:
        """What is above the bound."""
        return self.value - self.bound


def _over(
    values: Sequence[Fraction | None], bounds: Sequence[Fraction | None], slack: Fraction = NOTHING
) -> list[_Over]:
    """The months whose values are above their bounds by more than `slack`."""
    months = (
        _Over(month, value, bound)
        for month, (value, bound) in enumerate(zip(values, bounds, strict=True))
        if value is not None and bound is not None
    )
    return [one for one in months if one.excess > slack]


def _budget(judged: Judged) -> Iterator[Finding]:
    if judged.kpis is not None:
        yield from _above_budgets(judged.kpis)
        yield from _above_maxima(judged.kpis)
        yield from _unfilled(judged.kpis)


def _above_budgets(numbers: "KpiNumbers") -> Iterator[Finding]:
    from target_cascade.engine.kpis.numbers import budget_of, source_costs_of, spending_of
    from target_cascade.engine.kpis.spending import money_kpis

    plan = numbers.cascade.plan
    for team in plan.teams:
        budget, names = budget_of(numbers, team), money_kpis(plan, team)
        if over := _over(spending_of(numbers, team), budget, _rounded(plan, len(names))):
            told = sentence(f"`{team}` is to spend ", amount(_worst(over).value))
            without = sentence("find what ") + named(names) + sentence(" can do without")
            yield _above_budget(plan, team, over, told, without)
        bought = [name for name in plan.sources if plan.kpis[name].team == team]
        slack = _rounded(plan, sum(len(plan.sources[name]) for name in bought))
        if over := _over(source_costs_of(numbers, team), budget, slack):
            told = sentence(f"`{team}` is to pay ", amount(_worst(over).value), " for the sources of ")
            cheaper = sentence("find cheaper sources of ") + named(bought) + sentence(", or take fewer")
            yield _above_budget(plan, team, over, told + named(bought), cheaper)


def _rounded(plan: Plan, amounts: int) -> Fraction:
    """By how much several amounts may add up to more than their exact sum, as each is rounded."""
    from target_cascade.engine.kpis.numbers import money_unit

    return money_unit(plan) * max(amounts - 1, 0)


def _above_budget(plan: Plan, team: str, over: Sequence[_Over], told: Sentence, instead: Sentence) -> Finding:
    worst, together = _worst(over), sum((one.excess for one in over), NOTHING)
    return Finding(
        BUDGET.name,
        "error",
        told
        + sentence(f" in {_label(plan, worst.month)}, ", amount(worst.excess))
        + sentence(" above its budget of ", amount(worst.bound))
        + _in_all(over, together),
        sentence("agree on ", amount(together), " more, or ") + instead,
        ("teams", team, "budget"),
        amount(worst.value),
        amount(worst.bound),
    )


def _above_maxima(numbers: "KpiNumbers") -> Iterator[Finding]:
    from target_cascade.engine.kpis.numbers import bound_of

    plan = numbers.cascade.plan
    for name, kpi in plan.kpis.items():
        if over := _over(numbers.months(name), bound_of(numbers, name)):
            worst = _worst(over)
            together = sum((one.excess for one in over), NOTHING) if kpi.is_additive else None
            value, bound, excess = (_of_kpi(numbers, name, one) for one in (*worst[1:], worst.excess))
            told, passed = apart(value, bound)
            yield Finding(
                BUDGET.name,
                "error",
                sentence(f"`{name}` comes to ", told, f" in {_label(plan, worst.month)}, ", excess)
                + sentence(" above its `max` of ", passed)
                + _in_all(over, together),
                sentence(
                    f"change what {_cause(kpi.formula.names if kpi.formula else ())}, or agree on a higher"
                )
                + sentence(" `max`"),
                ("kpis", name, "max"),
                value,
                bound,
            )


def _unfilled(numbers: "KpiNumbers") -> Iterator[Finding]:
    plan = numbers.cascade.plan
    for name in plan.sources:
        short = [month for month in numbers.sources(name) if month.unfilled]
        if not short:
            continue
        worst = max(short, key=lambda month: month.unfilled)
        left, wanted = (sum((getattr(m, key) for m in short), NOTHING) for key in ("unfilled", "wanted"))
        told = sentence("; ", count(len(short)), " months lack ", amount(left), " of ", amount(wanted))
        yield Finding(
            BUDGET.name,
            "error",
            sentence(f"the sources of `{name}` leave ", amount(worst.unfilled), " of the ")
            + sentence(amount(worst.wanted), f" of {_label(plan, worst.month)} unfilled")
            + (told if len(short) > 1 else sentence()),
            sentence(
                "find a source for ", amount(worst.unfilled), f" more in {_label(plan, worst.month)}, or"
            )
            + sentence(f" change what {_cause(_needs(plan, name))}"),
            ("sources", name),
            amount(worst.unfilled),
            amount(NOTHING),
        )


def _worst(over: Sequence[_Over]) -> _Over:
    return max(over, key=lambda one: one.excess)


def _in_all(over: Sequence[_Over], together: Fraction | None) -> Sentence:
    """``; it is so in 3 months, by 700 in sum``."""
    if len(over) == 1 or together is None:
        return in_months(len(over))
    return in_months(len(over)) + sentence(", by ", amount(together), " in sum")


def _of_kpi(numbers: "KpiNumbers", name: str, value: Fraction) -> Figure:
    """A KPI's value: of one that adds up an amount, of others a percentage or a number."""
    kpi = numbers.cascade.plan.kpis[name]
    if kpi.is_additive:
        return amount(value)
    return stated(readable(value)) if kpi.is_share else number(value)


def _cause(names: Sequence[str]) -> str:
    return f"it is computed from ({', '.join(f'`{name}`' for name in names)})" if names else "it is"


def _needs(plan: Plan, name: str) -> tuple[str, ...]:
    formula = plan.kpis[name].formula
    return formula.names if formula is not None else ()


def _label(plan: Plan, month: int) -> str:
    return plan.year.months[month].label


BUDGET = Rule(
    name="budget",
    finds="a plan spends or needs more than there is",
    severities=("error",),
    why=(
        "A quota that takes more money than anybody has agreed to is no plan yet. In the year the money runs"
        " out in the best months, and what was to be bought with it does not come. The same holds for what"
        " no source can bring: paid visits that nobody sells."
    ),
    formula=(
        "By month: what a team spends, its KPIs in money, above its `budget`; what the `sources` of its KPIs"
        " cost, above the same budget; a KPI above its `max`; and what the sources of a KPI leave unfilled,"
        " all as they are shown. Money that is a part of another KPI of the team is counted once. A margin"
        " is no spending: `spends: no` says so of a KPI in money, and `spends: yes` has it counted."
    ),
    thresholds=(),
    remedy=(
        "Settle it before the plan is agreed: a larger budget, another source, or a quota that takes less."
        " `plan kpi` shows the months, and `plan kpi --sensitivity 10%` what would help most."
    ),
    find=_budget,
)
