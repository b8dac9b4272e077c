"""Last year as it is carried into the plan: one-offs, the calendar's part, a borrowed season."""

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from target_cascade.engine.apportion import nearest
from target_cascade.engine.carried_base import base_path, filled_by_season
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.demand import NOTHING
from target_cascade.engine.finding import Finding, Rule, of_cascade
from target_cascade.engine.weights import DayWeights
from target_cascade.plan import Plan
from target_cascade.sentence import Figure, Sentence, amount, apart, percent, ratio, sentence, share

_FOUR_WEEKS = 28


def _one_offs(cascade: Cascade) -> Iterator[Finding]:
    plan = cascade.plan
    amounts = cascade.base_amounts
    if amounts is None:
        return
    for month in _outliers(plan, amounts):
        mean = _mean([amounts[m] for m in _beside(month)])
        yield Finding(
            ONE_OFF_IN_BASE.name,
            "warning",
            _unlike_its_neighbours(cascade, month, mean),
            _repair(cascade, month, mean),
            base_path(plan, month),
            *_compared(cascade, month, mean),
        )


def _outliers(plan: Plan, amounts: Sequence[Fraction]) -> list[int]:
    """The months that are far off their neighbours, without those that only an outlier beside them
    makes look so: the furthest is taken first, and of two the one that has both neighbours."""
    worth = _worth_of_a_day(plan)
    far = [month for month in range(12) if _stands_out(plan, amounts, worth, month, _beside(month))]
    distances = {
        month: _distance(amounts[month], _mean([amounts[m] for m in _beside(month)])) for month in far
    }
    outliers: set[int] = set()
    for month in sorted(far, key=lambda month: (distances[month], len(_beside(month))), reverse=True):
        near = _beside(month, outliers)
        if not near or _stands_out(plan, amounts, worth, month, near):
            outliers.add(month)
    return sorted(outliers)


def _stands_out(
    plan: Plan, amounts: Sequence[Fraction], worth: list[Fraction], month: int, near: list[int]
) -> bool:
    mean = _mean([amounts[m] for m in near])
    return _far(plan, amounts[month], mean) and not _explained(plan, amounts, worth, month, near)


def _beside(month: int, outliers: Collection[int] = ()) -> list[int]:
    """The months beside a month that are no outliers; for the first and the last month, which have one
    neighbour, the next one behind it where it is."""
    near = [m for m in (month - 1, month + 1) if 0 <= m < 12]
    left = [m for m in near if m not in outliers]
    if not left and len(near) == 1:
        behind = 2 if month == 0 else 9
        left = [behind] if behind not in outliers else []
    return left


def _distance(sold: Fraction, mean: Fraction) -> tuple[bool, Fraction]:
    """How far an amount is from a mean, as a factor either way; a factor without end is the furthest."""
    low, high = sorted((sold, mean))
    return (False, high / low) if low else (True, high)


def _worth_of_a_day(plan: Plan) -> list[Fraction]:
    """What a day of each month of last year was worth on average: 1 where no rule covers any. Of a
    retail year, what the period was worth against four weeks, for it may have five or six."""
    year = plan.base_year
    weights = DayWeights(plan.days, year.start, year.end)
    ordinary = [_FOUR_WEEKS if year.is_retail else month.days for month in year.months]
    return [weights.effective_days(month) / days for month, days in zip(year.months, ordinary, strict=True)]


def _mean(numbers: list[Fraction]) -> Fraction:
    return sum(numbers, NOTHING) / len(numbers)


def _far(plan: Plan, sold: Fraction, mean: Fraction) -> bool:
    times = plan.guardrails.one_off
    return sold > times * mean or times * sold < mean


def _explained(
    plan: Plan, amounts: Sequence[Fraction], worth: list[Fraction], month: int, near: list[int]
) -> bool:
    """Whether the month is like its neighbours in what each would have sold on ordinary days.

    A month that the rules close altogether is explained by that; so is one whose neighbours are all
    closed, as nothing is left to hold it against.
    """
    ordinary = [amounts[m] / worth[m] for m in near if worth[m]]
    if not worth[month] or not ordinary:
        return True
    return not _far(plan, amounts[month] / worth[month], _mean(ordinary))


def _compared(cascade: Cascade, month: int, mean: Fraction) -> tuple[Figure, Figure | None]:
    """What was measured and its threshold: as multiples of the neighbours' mean, unless that is 0."""
    times, sold = cascade.plan.guardrails.one_off, (cascade.base_amounts or ())[month]
    if not mean:
        return amount(_printed(cascade, month)), amount(NOTHING)
    if sold > times * mean:
        return ratio(sold / mean), ratio(times)
    return ratio(sold / mean), ratio(1 / times) if times else None


def _unlike_its_neighbours(cascade: Cascade, month: int, mean: Fraction) -> Sentence:
    sold, label = (cascade.base_amounts or ())[month], cascade.plan.base_year.months[month].label
    quota = cascade.months[month]
    if not sold and not quota.amount:
        return sentence(f"last year's {label} sold nothing, so the quota of {quota.period.label} is 0")
    if not sold:
        told = sentence(f"last year's {label} sold nothing, so {quota.period.label} has only what adds and")
        return told + sentence(" limits give it")
    told = sentence(f"last year's {label} sold ", amount(_printed(cascade, month)))
    if not mean:
        return told + sentence(" and the months beside it nothing")
    return told + sentence(", ", ratio(sold / mean), " of the mean of the months beside it")


def _repair(cascade: Cascade, month: int, mean: Fraction) -> Sentence:
    label = cascade.plan.base_year.months[month].label
    if (cascade.base_amounts or ())[month] > mean:
        told = sentence(f"if that will not come again, repair {label} with `fix`; if it comes every year,")
        return told + sentence(" accept the rule and say what brings it")
    unit = cascade.plan.rounding.day_unit
    usual = nearest(mean, unit) or unit
    return sentence(f"write under `fix` what {label} would have sold, for instance ", amount(usual))


ONE_OFF_IN_BASE = Rule(
    name="one-off-in-base",
    finds="a month of last year is far off its neighbours",
    severities=("warning",),
    why=(
        "Last year's months are this year's season. A flood, a move or one giant order is in them as if it"
        " came every year, and the plan repeats it. A month that was closed is the worst case: it sold"
        " nothing, so its quota is 0, whatever the target."
        "\n\n"
        "A month may differ for a reason that comes every year, such as 11-11 or a feast. Where day rules say"
        " so, the rule is content."
    ),
    formula=(
        "a_m, last year's month after `fix`, above `one_off` times the mean of the months beside it, or below"
        " that mean ÷ `one_off`; the first and the last month have one neighbour. Left out where the day"
        " rules explain it: where a_m ÷ (what its days were worth on average, of a retail period in sum)"
        " stays inside, compared in the same way, and where they were worth 0. Left out, too, where only a"
        " neighbour that is found itself"
        " makes the month look so; the month that is furthest off is found first."
    ),
    thresholds=("one_off",),
    remedy=(
        "Write what the month would have sold into `base: fix:`, with a `because`. Where the days themselves"
        " were worth more or less, as in a closed week, say so with a rule under `days`."
    ),
    find=of_cascade(_one_offs),
)


def _calendar_size(cascade: Cascade) -> Iterator[Finding]:
    plan, limit = cascade.plan, cascade.plan.guardrails.calendar_size
    for position, sold in enumerate(cascade.base_amounts or ()):
        move = cascade.demand.corrected[position] / sold - 1 if sold else NOTHING
        if abs(move) <= limit:
            continue
        before, month = plan.base_year.months[position].label, plan.year.months[position].label
        _, passed = apart(share(abs(move)), share(limit))
        told = percent(move)._replace(beside=limit if move > 0 else -limit)
        yield Finding(
            CALENDAR_SIZE.name,
            "warning",
            sentence(
                f"for {month} the calendar changes the ",
                amount(_printed(cascade, position)),
                f" of {before} by ",
            )
            + sentence(told, ", more than ", passed),
            sentence(f"look at the rules under `days` that cover {before} or {month}: what their days are")
            + sentence(" worth in each of the two years"),
            ("days",),
            share(abs(move)),
            share(limit),
        )


def _printed(cascade: Cascade, position: int) -> Fraction:
    return cascade.months[position].printed_base or NOTHING


CALENDAR_SIZE = Rule(
    name="calendar-size",
    finds="the calendar moves a month by more than half",
    severities=("warning",),
    why=(
        "Weekends and feasts move a month by some per cent, Spring Festival by some tens of per cent. More"
        " than half is most often a slip in a day rule: a window that reaches too far, a weight that is set"
        " for one year only, a closed day too many."
    ),
    formula=(
        "|b_m ÷ a_m − 1| above `calendar_size`; a_m is last year's month and b_m = a_m · W(m) ÷ W(m') the"
        " same on this year's calendar, by the effective days W of the two months. Skipped where a_m is 0."
    ),
    thresholds=("calendar_size",),
    remedy=(
        "Look at the rules under `days` that cover the month in this year or the last. A rule with `dates`"
        " of one year often needs its twin for the other."
    ),
    find=of_cascade(_calendar_size),
)


def _borrowed_shape(cascade: Cascade) -> Iterator[Finding]:
    plan = cascade.plan
    filled = filled_by_season(plan)
    if plan.base is None or (plan.base.shape is None and not filled):
        return
    whose = f"the season of {', '.join(filled)}" if filled else "the season"
    yield Finding(
        BORROWED_SHAPE.name,
        "note",
        sentence(f"{whose} is an industry's, not your own"),
        sentence(f"when {plan.year.months[2].label} has closed, hold the shape's first three months against")
        + sentence(" your own sales, and correct it"),
        ("base", "fill") if filled else ("base", "shape"),
    )


BORROWED_SHAPE = Rule(
    name="borrowed-shape",
    finds="the season is an industry's and not your own",
    severities=("note",),
    why=(
        "Without a last year, the season of an industry is the best there is. But a shop is not its"
        " industry: its customers, its prices and its campaigns give it months of its own. Three closed"
        " months are enough to see whether the borrowed season fits."
    ),
    formula="The plan has a `base` with a `shape`, or with a `fill` whose shape fills months.",
    thresholds=(),
    remedy="After three closed months, hold them against the shape, and correct it.",
    find=of_cascade(_borrowed_shape),
)
