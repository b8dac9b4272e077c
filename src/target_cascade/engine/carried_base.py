"""Last year's amounts, and what they are on this year's calendar (spec § 2)."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from target_cascade.amount import show
from target_cascade.calendar import Period, touched
from target_cascade.engine.weights import DayWeights
from target_cascade.errors import InfeasibleError, Path, Problem
from target_cascade.last_year import Base, absent_months, filled_months
from target_cascade.plan import Plan


def base_amounts(plan: Plan, weights: DayWeights) -> tuple[Fraction, ...] | None:
    """a_m: last year's amounts in plan order, after repairs; None without them.

    Calendar months are spread over their days by weight and gathered by the periods of a retail year,
    and months that are lacking are filled by a season, scaled on the months that both have. Raises
    `InfeasibleError` where a month cannot be spread, or a season not be scaled.
    """
    base = plan.base
    given = base.given if base is not None else None
    if base is None or given is None:
        return None
    _check_repairs(plan, base)
    repaired = given | base.fix
    calendar = {month: repaired[month] for month in plan.base_year.calendar_months if month in repaired}
    known = _gathered(plan, calendar, weights)
    known |= {month: amount for month, amount in repaired.items() if isinstance(month, int)}
    if base.fill is not None and len(known) < 12:
        for position, amount in _filled(known, base.fill.shape).items():
            known[position] = _completed(plan.base_year.months[position], amount, calendar, weights)
    if absent := absent_months(known, plan.base_year):
        message = f"last year lacks what {', '.join(absent)} sold"
        raise InfeasibleError(Problem(message, ("base",)))
    return tuple(known[position] for position in range(12))


def corrected_base(
    plan: Plan, amounts: Sequence[Fraction] | None, weights: DayWeights
) -> tuple[Fraction, ...]:
    """b_m: each month's base as this year's calendar would have brought it.

    `b_m = a_m · W(m) / W(m')` with base amounts, the shape itself with a shape, W(m) with neither.
    Raises `InfeasibleError` for a negative month, and for one that sold though its rules close it.
    """
    months = plan.year.months
    if plan.base is not None and plan.base.shape is not None:
        return plan.base.shape
    if amounts is None:
        return tuple(weights.effective_days(month) for month in months)
    problems: list[Problem] = []
    corrected: list[Fraction] = []
    for position, (month, before) in enumerate(zip(months, plan.base_year.months, strict=True)):
        amount, worth = amounts[position], weights.effective_days(before)
        problem = _base_problem(amount, worth, before)
        if problem:
            problems.append(Problem(problem, base_path(plan, position)))
        corrected.append(amount * weights.effective_days(month) / worth if worth else Fraction(0))
    if problems:
        raise InfeasibleError(*problems)
    return tuple(corrected)


def _gathered(plan: Plan, given: Mapping[Period, Fraction], weights: DayWeights) -> dict[int, Fraction]:
    """Calendar months gathered to the periods of the base year that all of their days belong to.

    A period's amount is Σ A_c · W(c ∩ period) / W(c) over the calendar months c that it has days of.
    """
    problems = [
        Problem(problem, base_path(plan, month))
        for month, amount in given.items()
        if not _is_spared(month, plan)
        and (problem := _base_problem(amount, weights.effective_days(month), month))
    ]
    if problems:
        raise InfeasibleError(*problems)
    gathered: dict[int, Fraction] = {}
    for position, period in enumerate(plan.base_year.months):
        months = [month for month in plan.base_year.calendar_months if _common(month, period)]
        if all(month in given for month in months):
            gathered[position] = sum((_part(given[m], m, period, weights) for m in months), Fraction(0))
    return gathered


def _is_spared(month: Period, plan: Plan) -> bool:
    """Whether all periods that a calendar month has days of are repaired themselves."""
    fixed = plan.base.fix if plan.base is not None else {}
    return set(touched(month, plan.base_year.months)) <= fixed.keys()


def _part(amount: Fraction, month: Period, period: Period, weights: DayWeights) -> Fraction:
    common, worth = _common(month, period), weights.effective_days(month)
    return amount * weights.effective_days(common) / worth if common and worth else Fraction(0)


def _common(one: Period, other: Period) -> Period | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Period("", start, end) if start <= end else None


def _check_repairs(plan: Plan, base: Base) -> None:
    """Raises `InfeasibleError` for a repair of a calendar month where periods are known, not months, or
    where all of its periods are repaired themselves."""
    months = [month.label for month in base.fix if isinstance(month, Period)]
    for month in base.fix:
        if isinstance(month, Period) and _is_spared(month, plan):
            message = f"`fix` repairs {month.label}, and so it does all periods that have its days; keep one"
            raise InfeasibleError(Problem(message, ("base", "fix", month.label)))
    if months and not any(isinstance(month, Period) for month in base.given or ()):
        message = f"`fix` names the calendar month {months[0]}, and last year is known by periods"
        raise InfeasibleError(Problem(f"{message}; write one, such as P03", ("base", "fix", months[0])))


def _filled(known: Mapping[int, Fraction], shape: Sequence[Fraction]) -> dict[int, Fraction]:
    """What the season says of the months that are not known, at the scale of those that are."""
    both = [position for position in known if shape[position]]
    of_shape = sum((shape[position] for position in both), Fraction(0))
    if not of_shape:
        message = "has no amount for any month that last year has, and so no scale; the months it"
        raise InfeasibleError(Problem(f"`fill` {message} fills would be a guess", ("base", "fill")))
    scale = sum((known[position] for position in both), Fraction(0)) / of_shape
    return {position: shape[position] * scale for position in range(12) if position not in known}


def _completed(
    period: Period, season: Fraction, given: Mapping[Period, Fraction], weights: DayWeights
) -> Fraction:
    """What the calendar months that are known bring of a period, and of its other days what the season
    says of all of it, by weight."""
    commons = {month: common for month in given if (common := _common(month, period))}
    brought = sum((_part(given[month], month, period, weights) for month in commons), Fraction(0))
    worth = weights.effective_days(period)
    covered = sum((weights.effective_days(common) for common in commons.values()), Fraction(0))
    return brought + season * (1 - covered / worth if worth else 1)


def _base_problem(amount: Fraction, worth: Fraction, before: Period) -> str:
    if amount < 0:
        return (
            f"last year's {before.label} is negative, {show(amount)}; a season cannot be read from it:"
            " repair it with `fix`"
        )
    if amount and not worth:
        return (
            f"last year's {before.label} sold {show(amount)}, but the day rules give all of its days"
            " the weight 0; give the days that sold a weight"
        )
    return ""


def repairs_of(plan: Plan, positions: Iterable[int]) -> list[str]:
    """The labels of the repairs that are in last year's amounts at some positions: also of calendar
    months that have days of a period there."""
    months = {position: plan.base_year.months[position] for position in positions}
    fixed = plan.base.fix if plan.base is not None else {}
    return [
        month.label if isinstance(month, Period) else months[month].label
        for month in fixed
        if month in months
        or (isinstance(month, Period) and any(_common(month, period) for period in months.values()))
    ]


def filled_by_season(plan: Plan) -> list[str]:
    """The labels of last year's months that are an industry's, for last year lacks them."""
    base = plan.base
    given = base.given if base is not None and base.fill is not None else None
    if base is None or given is None:
        return []
    return filled_months(given | base.fix, plan.base_year)


def base_path(plan: Plan, month: int | Period) -> Path:
    """The entry that says what last year's month, by its position or by itself, has sold."""
    base = plan.base
    label = month.label if isinstance(month, Period) else plan.base_year.months[month].label
    if base is None or (base.file is None and base.by_month is None and base.months is None):
        return ("base",)
    if month in base.fix:
        return ("base", "fix", label)
    if repaired := repairs_of(plan, [month] if isinstance(month, int) else []):
        return ("base", "fix", repaired[0])
    if base.months is not None and isinstance(month, int):
        return ("base", "months", month)
    return ("base", "by_month", label) if month in (base.by_month or {}) else ("base",)
