"""How the year is weighted: its last two months, its first half, and the buffer."""

from collections.abc import Iterator
from fractions import Fraction

from target_cascade.engine.apportion import round_down, round_up
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.demand import NOTHING
from target_cascade.engine.finding import Finding, Rule, of_cascade, written
from target_cascade.engine.rules.measures import part_of_year, quotas
from target_cascade.engine.rules.obstacles import what_opposes
from target_cascade.plan import Limit
from target_cascade.sentence import Sentence, amount, apart, sentence, share

_LAST = 2
"""The months that are the year's end."""
_HALF = 6
_TENTH_OF_A_PERCENT = Fraction(1, 1000)


def _year_end_share(cascade: Cascade) -> Iterator[Finding]:
    plan, rails = cascade.plan, cascade.plan.guardrails
    part = sum(quotas(cascade)[-_LAST:], NOTHING) / cascade.planned_total
    before = part_of_year(cascade.base_amounts or (), 12 - _LAST, _LAST)
    limit = rails.year_end_share if before is None else before + rails.year_end_over_base
    if part <= limit or not cascade.open_months:
        return
    carried, passed = apart(share(part), share(limit))
    told = sentence(" of the year, more than ", passed)
    if before is not None:
        told += sentence("; last year they carried ", share(before))
    yield Finding(
        YEAR_END_SHARE.name,
        "warning",
        sentence(f"{_year_end(cascade)} carry ", carried) + told,
        _lighter_year_end(cascade, round_down(limit, _TENTH_OF_A_PERCENT)),
        written(plan, "year_end"),
        share(part),
        share(limit),
    )


def _lighter_year_end(cascade: Cascade, most: Fraction) -> Sentence:
    """How the last two months come to `most` of the year."""
    plan, months = cascade.plan, tuple(range(12 - _LAST, 12))
    if plan.closed is not None:
        what = (
            "put what the next review finds missing on earlier months, as `plan replan --spread next:3` does"
        )
        return sentence(what)
    limit = Limit.model_construct(months=months, together=True, max_share=most)
    if obstacle := what_opposes(cascade, [limit]):
        return obstacle
    if plan.year_end is not None and tuple(sorted(plan.year_end.months)) != months:
        where = " with `max_share` in a limit on both months that has `together: true`"
    else:
        where = " with `max_share` under `year_end`"
    return sentence("hold them to ", share(most), where)


YEAR_END_SHARE = Rule(
    name="year-end-share",
    finds="the last two months carry more than last year's",
    severities=("warning",),
    why=(
        "What a plan cannot place anywhere else ends up in the last two months, where a campaign or the"
        " season is to bring it. When they come, nobody has time left to act. The warehouse, the couriers"
        " and the staff of these months have limits of their own, too."
        "\n\n"
        "So the year's end may carry what it carried last year and a little more. Without a last year, it"
        " may carry a third: that is twice an even share."
    ),
    formula=(
        "The last two months' share of the planned total P, above the same months' share of last year Σ a_m"
        " plus `year_end_over_base` points. Without last year's amounts: above `year_end_share`."
    ),
    thresholds=("year_end_over_base", "year_end_share"),
    remedy=(
        "Bound the two months with `year_end: {max_share: …}`, so that the other months carry the rest, or"
        " move a campaign to an earlier month. Where an add, new business or a minimum brings more than that"
        " by itself, the finding names it."
    ),
    find=of_cascade(_year_end_share),
)


def _year_end_miss(cascade: Cascade) -> Iterator[Finding]:
    plan, total = cascade.plan, cascade.landing
    to_come = [month.amount for month in cascade.months[-_LAST:] if month.actual is None]
    last, miss = sum(to_come, NOTHING), plan.guardrails.year_end_miss
    landing = total - miss * last
    if landing >= plan.target or not to_come:
        return
    kept = 1 - miss * last / total if total else NOTHING
    shown = round_down(landing, plan.rounding.day_unit)
    remedy = sentence(f"let {_year_end(cascade)} carry less of the year")
    if plan.closed is not None:
        remedy = sentence("agree now what is done if they do, and write it under `contingency`")
    elif kept:
        buffer = round_up(1 / kept - 1, _TENTH_OF_A_PERCENT)
        remedy = sentence("a buffer of ", share(buffer), " would do, with these months' share as it is")
    yield Finding(
        YEAR_END_MISS.name,
        "warning",
        sentence(f"if {_year_end(cascade)} miss by ", share(miss), ", the year lands at ", amount(shown))
        + sentence(", ", amount(plan.target - shown), " below the target"),
        remedy,
        written(plan, "buffer"),
        amount(landing),
        amount(plan.target),
    )


YEAR_END_MISS = Rule(
    name="year-end-miss",
    finds="a small miss at the year's end misses the target",
    severities=("warning",),
    why=(
        "A miss in March can be made good by December. A miss in the last two months cannot, so only the"
        " buffer is left to cover it. This rule asks whether it is large enough for an ordinary miss at the"
        " worst time."
    ),
    formula=(
        "P − `year_end_miss` · (the quotas of the last two months), below T; P is the planned total and T the"
        " target. The buffer that would do is the one with P · (1 − `year_end_miss` · s) = T, where s is"
        " these months' share of P; it is shown rounded up to a tenth of a per cent. Where months are closed,"
        " P is what came in in them and the quotas of the others, and only open months miss."
    ),
    thresholds=("year_end_miss",),
    remedy="Raise the `buffer`, or let the last two months carry less of the year (`year_end`).",
    find=of_cascade(_year_end_miss),
)


def _buffer(cascade: Cascade) -> Iterator[Finding]:
    plan, rails = cascade.plan, cascade.plan.guardrails
    if plan.buffer < rails.buffer_min:
        limit = rails.buffer_min
        added, passed = apart(share(plan.buffer), share(limit))
        message = sentence("the buffer is ", added, ", less than ", passed)
        if not plan.buffer:
            message = sentence("the plan has no buffer")
        message += sentence("; a small miss is enough to miss the target")
        remedy = sentence("write a buffer of ", share(round_up(limit, _TENTH_OF_A_PERCENT)), " or more")
    elif plan.buffer > rails.buffer_max:
        limit = rails.buffer_max
        added, passed = apart(share(plan.buffer), share(limit))
        message = sentence("the buffer is ", added, ", more than ", passed)
        message += sentence("; people will work for the target and not for their months")
        remedy = sentence("write a buffer of ", share(round_down(limit, _TENTH_OF_A_PERCENT)))
        remedy += sentence(" or less; if the year needs more, raise the target")
    else:
        return
    yield Finding(
        BUFFER.name, "warning", message, remedy, written(plan, "buffer"), share(plan.buffer), share(limit)
    )


BUFFER = Rule(
    name="buffer",
    finds="the months add up to too little or too much",
    severities=("warning",),
    why=(
        "Some month always misses. A buffer lets that happen without the year missing: the months are"
        " planned a little higher than what has been promised."
        "\n\n"
        "A buffer that is too large does harm as well. People notice that the months ask for much more than"
        " the year needs, and stop believing in them."
    ),
    formula="The buffer β as it is written, below `buffer_min` or above `buffer_max`.",
    thresholds=("buffer_min", "buffer_max"),
    remedy="Write a buffer between the two, such as `buffer: 5%`.",
    find=of_cascade(_buffer),
)


def _back_loaded(cascade: Cascade) -> Iterator[Finding]:
    plan = cascade.plan
    shape = plan.base.shape if plan.base is not None else None
    before = part_of_year(cascade.base_amounts or shape or (), 0, _HALF)
    part = sum(quotas(cascade)[:_HALF], NOTHING) / cascade.planned_total
    if before is None or part >= before - plan.guardrails.back_loaded or _is_over(cascade, _HALF):
        return
    limit = before - plan.guardrails.back_loaded
    months = f"{plan.year.months[0].label} to {plan.year.months[_HALF - 1].label}"
    known = "in the season of `shape` they carry " if shape else "last year they carried "
    carried, passed = apart(share(part), share(limit))
    yield Finding(
        BACK_LOADED.name,
        "warning",
        sentence(f"{months} carry only ", carried, " of the year, less than ", passed)
        + sentence(f"; {known}", share(before)),
        _heavier_half(cascade, round_up(limit * cascade.planned_total, plan.rounding.month)),
        ("target",),
        share(part),
        share(limit),
    )


def _heavier_half(cascade: Cascade, least: Fraction) -> Sentence:
    """How the first half-year comes to an amount; of quotas that a review has frozen no limit makes it."""
    limit = Limit.model_construct(months=tuple(range(_HALF)), together=True, min=least)
    begin = sentence("begin some of the causes earlier")
    if cascade.plan.closed is not None or what_opposes(cascade, [limit]):
        return begin
    bound = sentence(", or bound these months with `together: true` and a `min` of ", amount(least))
    return begin + bound


BACK_LOADED = Rule(
    name="back-loaded",
    finds="the first half-year carries less than usual",
    severities=("warning",),
    why=(
        "Growth is easily promised for later. A plan whose first half is light looks good until summer, and"
        " then asks more of the second half than any second half has brought."
    ),
    formula=(
        "The first six months' share of the planned total P, below their share of last year Σ a_m (or of the"
        " `shape`) less `back_loaded` points. Skipped where the plan has neither, and when these months are"
        " closed."
    ),
    thresholds=("back_loaded",),
    remedy=(
        "Begin causes earlier, or give the first half a minimum: a limit on its months with"
        " `together: true` and a `min`."
    ),
    find=of_cascade(_back_loaded),
)


def _is_over(cascade: Cascade, months: int) -> bool:
    """Whether a review has closed the first `months` of the year."""
    return len(cascade.closed_months) >= months


def _year_end(cascade: Cascade) -> str:
    return " and ".join(month.label for month in cascade.plan.year.months[-_LAST:])
