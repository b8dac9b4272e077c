"""Growth against last year: of the whole, with what reasons, and of single months."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from target_cascade.engine.apportion import round_down, round_up
from target_cascade.engine.cascade import Cascade, MonthQuota
from target_cascade.engine.demand import NOTHING
from target_cascade.engine.finding import Finding, Rule
from target_cascade.engine.rules.measures import brought
from target_cascade.sentence import amount, joined, ratio, sentence, share

_TARGET = ("target",)


def _growth(cascade: Cascade) -> Iterator[Finding]:
    rails, growth = cascade.plan.guardrails, cascade.growth
    if not _judged(cascade):
        return
    if growth > rails.growth:
        yield _too_high(cascade, rails.growth)
    elif growth < rails.growth_note:
        yield Finding(
            GROWTH.name,
            "note",
            sentence("before named causes, last year's business may fall to ", ratio(growth))
            + sentence(" of what it sold, less than ", ratio(rails.growth_note)),
            sentence(
                "look for sales that stand in the plan twice, in last year and as a cause or new business;"
            )
            + sentence(" if there are none, the target can be higher"),
            _TARGET,
            ratio(growth),
            ratio(rails.growth_note),
        )


def _judged(cascade: Cascade) -> bool:
    """Whether g says how last year's business must grow: it is a scale without base amounts, and means
    nothing where this year's calendar leaves nothing of them."""
    return cascade.plan.base_amounts is not None and any(cascade.demand.corrected)


def _too_high(cascade: Cascade, limit: Fraction) -> Finding:
    slope = sum((cascade.demand.line(month).slope for month in range(12)), NOTHING)
    beyond = round_up((cascade.growth - limit) * slope, cascade.plan.rounding.month)
    return Finding(
        GROWTH.name,
        "warning",
        sentence("before named causes, last year's business must grow to ", ratio(cascade.growth))
        + sentence(" of what it sold, more than ", ratio(limit)),
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
    find=_growth,
)


def _explained_growth(cascade: Cascade) -> Iterator[Finding]:
    rails = cascade.plan.guardrails
    more = cascade.planned_total - (cascade.year.base or NOTHING)
    if not _judged(cascade) or cascade.growth <= rails.explained_growth_above or more <= 0:
        return
    named = sum((brought(cascade, cause) for cause in cascade.demand.causes), NOTHING)
    part, limit = named / more, rails.explained_growth
    if part >= limit:
        return
    lacking = round_up(limit * more - named, cascade.plan.rounding.month)
    yield Finding(
        EXPLAINED_GROWTH.name,
        "warning",
        sentence("the year is to bring ", amount(more), " more than last year; named causes explain ")
        + sentence(share(part), " of that, less than ", share(limit)),
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
    find=_explained_growth,
)


def _month_reach(cascade: Cascade) -> Iterator[Finding]:
    if cascade.plan.base_amounts is not None:
        yield from _far_above_last_year(cascade)
        for before, month in pairwise(cascade.months):
            yield from _sudden_step(cascade, before, month)


def _far_above_last_year(cascade: Cascade) -> Iterator[Finding]:
    limit, corrected = cascade.plan.guardrails.month_reach, cascade.demand.corrected
    # Of a month that has no base any multiple would be endless; what it gets are adds and minimums.
    times = {m.position: m.amount / corrected[m.position] for m in cascade.months if corrected[m.position]}
    far = {position: reach for position, reach in times.items() if reach > limit}
    if not far:
        return
    worst = max(far, key=lambda position: far[position])
    labels = [month.period.label for month in cascade.months]
    most = round_down(limit * corrected[worst], cascade.plan.rounding.month)
    yield Finding(
        MONTH_REACH.name,
        "warning",
        sentence("more than ", ratio(limit), " of last year, on this year's calendar, is to come in ")
        + joined(sentence(f"{labels[position]} (", ratio(reach), ")") for position, reach in far.items()),
        sentence(f"give {labels[worst]} a `max` of ", amount(most), ", or find what else can bring so much"),
        _TARGET,
        ratio(far[worst]),
        ratio(limit),
    )


def _sudden_step(cascade: Cascade, before: MonthQuota, month: MonthQuota) -> Iterator[Finding]:
    """The step from one month to the next, against the same step of last year."""
    limit, corrected = cascade.plan.guardrails.month_step, cascade.demand.corrected
    here, there = corrected[month.position], corrected[before.position]
    if not (here and there and before.amount):
        return
    usual, step = here / there, month.amount / before.amount
    if step <= limit * usual:
        return
    label = month.period.label
    most = round_down(before.amount * usual * limit, cascade.plan.rounding.month)
    yield Finding(
        MONTH_REACH.name,
        "warning",
        sentence(f"{label} is ", ratio(step), " of the month before, where last year it was ", ratio(usual))
        + sentence("; more than ", ratio(limit), " of that step is sudden"),
        sentence(f"begin what brings it before {label}, or give the month a `max` of ", amount(most)),
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
        " left out."
    ),
    thresholds=("month_reach", "month_step"),
    remedy=(
        "Look at the month with `plan explain`. Lower what lifts it, spread it over more months, or give the"
        " month a `max`."
    ),
    find=_month_reach,
)
