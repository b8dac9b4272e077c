"""Named causes: how large they are, what they rest on, and which are not spoken of."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from target_cascade.calendar import PlanYear
from target_cascade.engine.apportion import nearest
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.demand import NOTHING, Cause
from target_cascade.engine.finding import Finding, Rule, of_cascade
from target_cascade.engine.rules.measures import brought
from target_cascade.plan import Adjustment
from target_cascade.sentence import all_apart, amount, apart, count, joined, sentence, share

_PEOPLE = ("team", "maturity", "partner")
_ENTRIES = ("adjust",)


def _lift_size(cascade: Cascade) -> Iterator[Finding]:
    limit = cascade.plan.guardrails.lift_size
    for cause, lift in _lifts(cascade):
        if lift > limit:
            brings = nearest(brought(cascade, cause), cascade.plan.rounding.day_unit)
            told, passed = apart(share(lift), share(limit))
            yield Finding(
                LIFT_SIZE.name,
                "warning",
                sentence(f"`{cause.name}` is a lift of ", told, ", more than ", passed)
                + sentence(" from one cause"),
                sentence("it stands for about ", amount(brings), "; lower it to what such a cause has")
                + sentence(" brought before"),
                cause.path,
                share(lift),
                share(limit),
            )
    yield from _lifts_of_months(cascade)


def _lifts(cascade: Cascade) -> Iterator[tuple[Cause, Fraction]]:
    """The lifts in file order, each with its fraction."""
    causes = {cause.path: cause for cause in cascade.demand.causes}
    for position, entry in enumerate(cascade.plan.adjust):
        if entry.lift is not None:
            yield causes[*_ENTRIES, position], entry.lift


def _lifts_of_months(cascade: Cascade) -> Iterator[Finding]:
    rails = cascade.plan.guardrails
    far: dict[int, tuple[Fraction, str]] = {}
    for month in range(12):
        parts = _lifts_of(cascade, month)
        together = sum((part.of_month for part in parts), NOTHING)
        # One that is too large by itself has been told already.
        told = len(parts) == 1 and parts[0].lift > rails.lift_size
        if together > rails.lifts_of_a_month and not told:
            far[month] = together, max(parts, key=lambda part: part.of_month).name
    if not far:
        return
    worst = max(far, key=lambda month: far[month][0])
    passed, lifted = all_apart(share(rails.lifts_of_a_month), [share(lifts) for lifts, _ in far.values()])
    labels = [month.label for month in cascade.plan.year.months]
    yield Finding(
        LIFT_SIZE.name,
        "warning",
        sentence("lifts add up to more than ", passed, " in ")
        + joined(
            sentence(f"{labels[month]} (", lifts, ")") for month, lifts in zip(far, lifted, strict=True)
        ),
        sentence(f"see whether two causes of {labels[worst]} count the same sales, and lower the largest,")
        + sentence(f" `{far[worst][1]}`"),
        _ENTRIES,
        share(far[worst][0]),
        share(rails.lifts_of_a_month),
    )


class _PartOfMonth(NamedTuple):
    """A lift that covers days of a month: its fraction, and by how much it lifts the whole month."""

    name: str
    lift: Fraction
    of_month: Fraction


def _lifts_of(cascade: Cascade, month: int) -> list[_PartOfMonth]:
    demand = cascade.demand
    days = demand.months[month]
    core = demand.of_core(days)
    lifts = [(cause, lift, demand.of_cause(cause, days)) for cause, lift in _lifts(cascade)]
    return [_PartOfMonth(cause.name, lift, brings / core) for cause, lift, brings in lifts if brings]


LIFT_SIZE = Rule(
    name="lift-size",
    finds="a lift, or the lifts of a month, are very large",
    severities=("warning",),
    why=(
        "Few single causes lift a month by half: more people, a better page, a campaign bring some per cent,"
        " or some tens of per cent. A very large lift is often a wish, or several causes in one."
        "\n\n"
        "Lifts of one month add up. Five careful lifts can come to more than anybody would have written as"
        " one, and two of them may count the same sales."
    ),
    formula=(
        "A `lift` above `lift_size`; and the lifts of a month together, Σ lift·Σω(covered days) ÷ Σω(days of"
        " the month), above `lifts_of_a_month`. A lift on a few days counts for the month as much as these"
        " days are worth in it."
    ),
    thresholds=("lift_size", "lifts_of_a_month"),
    remedy=(
        "Hold the amount that the lift stands for against what such a cause has brought before. Split a lift"
        " into its causes, and take out what two of them count."
    ),
    find=of_cascade(_lift_size),
)


def _season_twice(cascade: Cascade) -> Iterator[Finding]:
    plan = cascade.plan
    shape = plan.base.shape if plan.base is not None else None
    season = cascade.base_amounts or shape or [NOTHING] * 12
    for position, entry in enumerate(plan.adjust):
        if entry.factor != "market" or not entry.lift or entry.because is not None:
            continue
        months = _months_of(entry, plan.year)
        if len(months) < 12 and any(season[month] for month in months):
            yield Finding(
                SEASON_TWICE.name,
                "note",
                sentence(f"`{entry.name}` lifts {_labels(months, plan.year)} for the market, and the base")
                + sentence(" has the season of these months in it already"),
                sentence("say in `because` what is different from last year, or take the lift out"),
                (*_ENTRIES, position),
            )


def _months_of(entry: Adjustment, year: PlanYear) -> list[int]:
    """The months that an adjustment covers, some of them perhaps in part."""
    if entry.days is None:
        return list(range(12) if entry.months is None else entry.months)
    spans = [range(year.position(span.start), year.position(span.end) + 1) for span in entry.days]
    return sorted({month for span in spans for month in span})


def _labels(months: list[int], year: PlanYear) -> str:
    return ", ".join(year.months[month].label for month in months)


SEASON_TWICE = Rule(
    name="season-twice",
    finds="a market lift on a season last year had already",
    severities=("note",),
    why=(
        "November is strong every year, so last year's November is strong too, and the plan keeps that"
        " season. A lift because November is strong counts it a second time."
        "\n\n"
        "A lift for the market is right where the market of these months will differ from last year's. Then"
        " a sentence says why, and the rule is content."
    ),
    formula=(
        "An adjustment with `factor: market`, a `lift` and no `because`, which covers some of the months but"
        " not all, at least one of them with a base: an amount of last year, or a number of a `shape`."
    ),
    thresholds=(),
    remedy="Write into `because` what is different from last year, or take the lift out.",
    find=of_cascade(_season_twice),
)


def _five_factors(cascade: Cascade) -> Iterator[Finding]:
    spoken = {entry.factor for entry in cascade.plan.adjust}
    silent = [factor for factor in ("market", "trend", "channel", "opportunity") if factor not in spoken]
    if "trend" in silent and cascade.base_amounts is not None:
        silent.remove("trend")
    if not spoken.intersection(_PEOPLE):
        silent.append(f"people ({', '.join(_PEOPLE)})")
    if silent:
        yield Finding(
            FIVE_FACTORS.name,
            "note",
            sentence(f"no adjustment speaks of {', '.join(silent)}"),
            sentence("ask about each of them once; where nothing will change, say so with an adjustment that")
            + sentence(" has the `factor`, `lift: 0%` and a `because`"),
            _ENTRIES if cascade.plan.adjust else ("target",),
            count(len(silent)),
        )


FIVE_FACTORS = Rule(
    name="five-factors",
    finds="the plan does not speak of all that moves sales",
    severities=("note",),
    why=(
        "Five things move the sales of a year: the market, the trend of the business itself, its channels,"
        " single opportunities, and its people (how many, how experienced, and with which partners). Last"
        " year's amounts speak for the trend. A plan that is silent about one of the others has most often"
        " forgotten to ask."
    ),
    formula=(
        "The words among `market`, `trend`, `channel`, `opportunity` and people (`team`, `maturity` or"
        " `partner`) that no adjustment has as its `factor`. Last year's amounts count as `trend`."
    ),
    thresholds=(),
    remedy=(
        "Ask about each of them once. Where nothing will change, an adjustment with the `factor`,"
        " `lift: 0%` and a `because` says that somebody has asked."
    ),
    find=of_cascade(_five_factors),
)
