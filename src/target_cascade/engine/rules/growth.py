"""Growth against last year: of the whole, with what reasons, and of single months."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from target_cascade.engine.apportion import nearest, round_down, round_up
from target_cascade.engine.cascade import Cascade, MonthQuota
from target_cascade.engine.demand import NOTHING
from target_cascade.engine.finding import Finding, Rule, of_cascade
from target_cascade.engine.rules.measures import brought
from target_cascade.engine.rules.obstacles import what_opposes
from target_cascade.plan import Limit
from target_cascade.sentence import Figure, Sentence, all_apart, amount, apart, joined, ratio, sentence, share

_TARGET = ("target",)


def _growth(cascade: Cascade) -> Iterator[Finding]:
    rails, growth = cascade.plan.guardrails, cascade.growth
    if cascade.growth_of_base is None:
        return
    if growth > rails.growth:
        yield _too_high(cascade, rails.growth)
    elif growth < rails.growth_note:
        told, passed = apart(ratio(growth), ratio(rails.growth_note))
        yield Finding(
            GROWTH.name,
            "note",
            sentence("before named causes, last year's business may fall to ", told)
            + sentence(" of what it sold, less than ", passed),
            sentence(
                "look for sales that stand in the plan twice, in last year and as a cause or new business;"
            )
            + sentence(" if there are none, the target can be higher"),
            _TARGET,
            ratio(growth),
            ratio(rails.growth_note),
        )


def _too_high(cascade: Cascade, limit: Fraction) -> Finding:
    slope = sum((cascade.demand.line(month).slope for month in range(12)), NOTHING)
    beyond = round_up((cascade.growth - limit) * slope, cascade.plan.rounding.month)
    told, passed = apart(ratio(cascade.growth), ratio(limit))
    return Finding(
        GROWTH.name,
        "warning",
        sentence("before named causes, last year's business must grow to ", told)
        + sentence(" of what it sold, more than ", passed),
        sentence("name causes or new business for about ", amount(beyond), ", or plan for that much less"),
        _TARGET,
        ratio(cascade.growth),
        ratio(limit),
    )


GROWTH = Rule(
    name="growth",
    finds="last year's business must grow very much",
    severities=("warning", "note"),
    why=(
        "Everything that has no name in the plan falls on last year's business: it must grow by one factor,"
        " in every month alike. A factor above 2 means that most of the year rests on nobody's idea."
        "\n\n"
        "A factor well below 1 is a hint of the opposite: something may be counted twice, as a cause and in"
        " last year's amounts, or the target asks for less than the plan can bring."
    ),
    formula=(
        "The growth factor g of the year. A warning above `growth`, a note below `growth_note`. Skipped"
        " without last year's amounts, where g is only a scale."
    ),
    thresholds=("growth", "growth_note"),
    remedy=(
        "Name what is to bring the growth: adjustments and new business, each with a reason. What has no"
        " cause is a reason to talk about the target."
    ),
    find=of_cascade(_growth),
)


def _explained_growth(cascade: Cascade) -> Iterator[Finding]:
    rails = cascade.plan.guardrails
    more = cascade.planned_total - (cascade.year.base or NOTHING)
    if cascade.growth_of_base is None or cascade.growth <= rails.explained_growth_above or more <= 0:
        return
    named = sum((brought(cascade, cause) for cause in cascade.demand.causes), NOTHING)
    part, limit = named / more, rails.explained_growth
    if part >= limit:
        return
    units, (told, passed) = cascade.plan.rounding, apart(share(part), share(limit))
    lacking = round_up(limit * more - named, units.month)
    yield Finding(
        EXPLAINED_GROWTH.name,
        "warning",
        sentence("the year is to bring ", amount(nearest(more, units.day_unit)), " more than last year;")
        + sentence(" named causes explain ", told, " of that, less than ", passed),
        sentence("name causes for about ", amount(lacking), " more, each with its reason"),
        _TARGET,
        share(part),
        share(limit),
    )


EXPLAINED_GROWTH = Rule(
    name="explained-growth",
    finds="too little of the growth has a named cause",
    severities=("warning",),
    why=(
        "Some growth needs no name: a market that grows, a shop that is known a little better. Growth by"
        " half and more does not come by itself. People ask what is different this year, and the plan"
        " should answer with causes that can be checked during the year."
    ),
    formula=(
        "(lifts + adds + new business, as they stand in the year's bridge) ÷ (P − Σ a_m), below"
        " `explained_growth`; P is the planned total and Σ a_m last year. Only where the growth factor g is"
        " above `explained_growth_above`, and P above last year."
    ),
    thresholds=("explained_growth", "explained_growth_above"),
    remedy=(
        "Ask team by team what they will do differently, and write it down as adjustments or new business."
        " A list of ten small causes is worth more than one large hope."
    ),
    find=of_cascade(_explained_growth),
)


def _month_reach(cascade: Cascade) -> Iterator[Finding]:
    if cascade.base_amounts is not None:
        advice = _Advice(cascade)
        yield from _far_above_last_year(cascade, advice)
        for before, month in pairwise(cascade.months):
            if month.actual is None:
                yield from _sudden_step(cascade, advice, before, month)


class _Advice:
    """A `max` for each month that is found, one for all that is found in it, and all of them possible
    together; or what stands against it."""

    def __init__(self, cascade: Cascade) -> None:
        self.cascade = cascade
        self.given: dict[int, Limit] = {}
        self.opposed: dict[int, Sentence] = {}

    def of(self, position: int) -> Figure | Sentence:
        """The `max` of a month, or what to do instead."""
        if self.cascade.plan.closed is not None:
            return sentence("agree on what else can bring so much: a `max` takes nothing from a frozen quota")
        if position not in self.given and position not in self.opposed:
            most = round_down(_most(self.cascade, position), self.cascade.plan.rounding.month)
            limit = Limit.model_construct(months=(position,), max=most)
            if opposed := what_opposes(self.cascade, [*self.given.values(), limit]):
                self.opposed[position] = opposed
            else:
                self.given[position] = limit
        if position in self.opposed:
            return self.opposed[position]
        return amount(self.given[position].max or NOTHING)


def _most(cascade: Cascade, position: int) -> Fraction:
    """What a month may come to at most without being found, by both thresholds."""
    rails, corrected = cascade.plan.guardrails, cascade.demand.corrected
    most = rails.month_reach * corrected[position]
    before = cascade.months[position - 1].amount if position else NOTHING
    if before and corrected[position - 1]:
        most = min(most, before * corrected[position] / corrected[position - 1] * rails.month_step)
    return most


def _far_above_last_year(cascade: Cascade, advice: _Advice) -> Iterator[Finding]:
    limit, corrected = cascade.plan.guardrails.month_reach, cascade.demand.corrected
    # Of a month that has no base any multiple would be endless; what it gets are adds and minimums.
    still = [month for month in cascade.open_months if corrected[month.position]]
    times = {month.position: month.amount / corrected[month.position] for month in still}
    far = {position: reach for position, reach in times.items() if reach > limit}
    if not far:
        return
    worst = max(far, key=lambda position: far[position])
    labels = [month.period.label for month in cascade.months]
    passed, told = all_apart(ratio(limit), [ratio(reach) for reach in far.values()])
    remedy = advice.of(worst)
    if isinstance(remedy, Figure):
        remedy = sentence(
            f"give {labels[worst]} a `max` of ", remedy, ", or find what else can bring so much"
        )
    yield Finding(
        MONTH_REACH.name,
        "warning",
        sentence("more than ", passed, " of last year, on this year's calendar, is to come in ")
        + joined(sentence(f"{labels[month]} (", reach, ")") for month, reach in zip(far, told, strict=True)),
        remedy,
        _TARGET,
        ratio(far[worst]),
        ratio(limit),
    )


def _sudden_step(
    cascade: Cascade, advice: _Advice, before: MonthQuota, month: MonthQuota
) -> Iterator[Finding]:
    """The step from one month to the next, against the same step of last year."""
    limit, corrected = cascade.plan.guardrails.month_step, cascade.demand.corrected
    here, there = corrected[month.position], corrected[before.position]
    if not (here and there and before.amount):
        return
    usual, step = here / there, month.amount / before.amount
    if step <= limit * usual:
        return
    label, remedy = month.period.label, advice.of(month.position)
    if isinstance(remedy, Figure):
        begin = f"begin what brings it before {label}, or give the month a `max` of "
        remedy = sentence(begin, remedy)
    told, of_last_year = apart(ratio(step), ratio(usual))
    yield Finding(
        MONTH_REACH.name,
        "warning",
        sentence(f"{label} is ", told, " of the month before, where last year it was ", of_last_year)
        + sentence("; more than ", ratio(limit), " of that step is sudden"),
        remedy,
        _TARGET,
        ratio(step / usual),
        ratio(limit),
    )


MONTH_REACH = Rule(
    name="month-reach",
    finds="a month is far above last year, or jumps too far",
    severities=("warning",),
    why=(
        "A team, a warehouse or a shop can bring a few times of what it brought a year ago, but not any"
        " number of times, and not from one month to the next. Where a month asks for that, a day rule or a"
        " lift is often larger than was meant."
    ),
    formula=(
        "A month's quota above `month_reach` · b_m, its base carried to this year's calendar; or above the"
        " quota of the month before · (b_m ÷ b of the month before) · `month_step`. Months without base are"
        " left out, and closed ones."
    ),
    thresholds=("month_reach", "month_step"),
    remedy=(
        "Look at the month with `plan explain`. Lower what lifts it, spread it over more months, or give the"
        " month a `max`. Where an add, new business or a minimum brings more than that by itself, no `max`"
        " can hold it: the finding names the entry to move or lower."
    ),
    find=of_cascade(_month_reach),
)
