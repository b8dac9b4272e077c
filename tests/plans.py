"""Generated plans: every section of the plan file, in any combination, mostly feasible."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from target_cascade.calendar import PlanYear
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.errors import InfeasibleError
from target_cascade.plan import Plan

Fields = dict[str, Any]
"""A plan as its file would say it, with exact numbers for amounts."""

UNITS: list[Fields] = [
    {"month": Fraction(1), "week": Fraction(1), "day": Fraction(1)},
    {"month": Fraction(10_000), "week": Fraction(1_000), "day": Fraction(1)},
    {"month": Fraction(1_000), "week": Fraction(250), "day": Fraction(50)},
    {"month": Fraction(1), "week": Fraction(1, 4), "day": Fraction(1, 100)},
    {"month": Fraction(1, 100), "week": Fraction(1, 100), "day": Fraction(1, 100)},
]
GROUPS = [[0, 1, 2], [3, 4, 5], [6, 7], [10, 11], [0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]
"""Positions of months that lie one inside the other, or apart."""

_cents = st.integers(0, 10**9).map(lambda cents: Fraction(cents, 100))
_per_mille = st.integers(-300, 600).map(lambda share: Fraction(share, 1000))
_weights = st.sampled_from(["0", "0.25", "0.8", "1", "1.25", "2", "9", "30%"])


@st.composite
def plan_fields(draw: st.DrawFn, year: PlanYear | None = None) -> Fields:
    """The fields of a plan, of any year or of `year`; the numbers of some cannot all be true at once."""
    if year is None:
        first = draw(st.integers(1, 12))
        year = PlanYear.starting(draw(st.integers(1996, 2032)), first)
    target = draw(st.integers(10**4, 10**9)) + draw(
        st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(1, 2)])
    )
    fields: Fields = {
        "year": f"{year.start.year}-{year.start.month:02d}",
        "target": target,
        "buffer": Fraction(draw(st.integers(0, 200)), 1000),
        "rounding": draw(st.sampled_from(UNITS)),
        "weeks": draw(st.sampled_from(["iso", "monday", "sunday", "saturday"])),
        "base": draw(_bases(year)),
        "days": _named(draw(st.lists(_day_rules(year), max_size=5))),
        "new_business": _named(draw(st.lists(_businesses(year, target), max_size=2))),
        "adjust": _named(draw(st.lists(_adjustments(year, target), max_size=4))),
        "limits": draw(st.lists(_limits(year, target), max_size=3)),
        "year_end": draw(st.one_of(st.none(), st.none(), _year_ends(year, target))),
    }
    return {key: value for key, value in fields.items() if value is not None}


def feasible(fields: Fields) -> Cascade:
    """The cascade of a plan; a plan that cannot be true is no example."""
    try:
        return cascade(Plan.model_validate(fields))
    except InfeasibleError:
        assume(False)
        raise AssertionError from None


def without_limits(fields: Fields) -> Fields:
    """The plan with nothing that bounds a month but the 0 that no month goes below."""
    return {key: value for key, value in fields.items() if key not in ("limits", "year_end")}


def scaled(fields: Fields, factor: Fraction) -> Fields:
    """The plan with every amount and every unit times `factor`."""
    amounts = {"target", "month", "week", "day", "expect", "add", "min", "max", "hold"}

    def scale(key: str, value: Any) -> Any:
        if key == "base":
            return _scaled_base(value, factor)
        if isinstance(value, dict):
            return {inner: scale(inner, entry) for inner, entry in value.items()}
        if isinstance(value, list):
            return [scale(key, entry) for entry in value]
        return value * factor if key in amounts and isinstance(value, Fraction) else value

    return {key: scale(key, value) for key, value in fields.items()}


def _scaled_base(base: Any, factor: Fraction) -> Any:
    """Last year's amounts times `factor`; a shape has no amounts."""
    if isinstance(base, list):
        return [amount * factor for amount in base]
    if isinstance(base, dict) and "shape" not in base:
        return {key: _scaled_base(value, factor) for key, value in base.items()}
    return base * factor if isinstance(base, Fraction) else base


@st.composite
def _bases(draw: st.DrawFn, year: PlanYear) -> Any:
    """No base, a shape, or last year's amounts: as a list, or by month and with some months repaired."""
    form = draw(st.sampled_from(["none", "shape", "list", "list", "months", "by month"]))
    if form == "none":
        return None
    if form == "shape":
        return {"shape": draw(st.lists(st.integers(1, 9).map(Fraction), min_size=12, max_size=12))}
    amount = st.one_of(_cents, _cents, _cents, st.just(Fraction(0)))
    amounts = draw(st.lists(amount, min_size=12, max_size=12))
    if form == "list":
        return amounts
    labels = [month.label for month in year.base.months]
    repaired = draw(st.lists(st.integers(0, 11), max_size=3, unique=True))
    fix = {labels[position]: draw(_cents) for position in repaired}
    for position in repaired:
        amounts[position] *= draw(st.sampled_from([1, -1]))  # a repair is how a negative month is planned
    given = {"months": amounts} if form == "months" else dict(zip(labels, amounts, strict=True))
    return {**given, "fix": fix}


@st.composite
def _day_rules(draw: st.DrawFn, year: PlanYear) -> Fields:
    start = year.base.start + timedelta(days=draw(st.integers(0, 700)))
    end = start + timedelta(days=draw(st.integers(0, 40)))
    first = draw(st.integers(-20, 20))
    days: Fields = draw(
        st.sampled_from(
            [
                {"weekdays": "sat-sun"},
                {"weekdays": ["mon", "thu"]},
                {"dates": f"{start}..{end}"},
                *({"day": day, "window": f"{first}..{first + 6}"} for day in ("spring-festival", "12-29")),
                *({"day": day} for day in ("11-11", "02-29", "4th thu of nov", "5th mon of jan", "easter")),
            ]
        )
    )
    return {**days, draw(st.sampled_from(["times", "times", "weight"])): draw(_weights)}


@st.composite
def _businesses(draw: st.DrawFn, year: PlanYear, target: Fraction) -> Fields:
    fields: Fields = {
        "expect": target * Fraction(draw(st.integers(0, 150)), 1000),
        "count_on": Fraction(draw(st.integers(0, 100)), 100),
        "ramp": draw(st.integers(1, 6)),
    }
    if draw(st.booleans()):
        fields["start"] = (year.start + timedelta(days=draw(st.integers(0, 340)))).isoformat()
    return fields


@st.composite
def _adjustments(draw: st.DrawFn, year: PlanYear, target: Fraction) -> Fields:
    covered: Fields = draw(st.sampled_from([{}, {"months": ""}, {"days": ""}]))
    if "months" in covered:
        positions = draw(st.lists(st.integers(0, 11), min_size=1, max_size=4))
        covered = {"months": [year.months[position].label for position in positions]}
    if "days" in covered:
        start = year.start + timedelta(days=draw(st.integers(0, 360)))
        end = min(start + timedelta(days=draw(st.integers(0, 30))), year.end)
        covered = {"days": f"{start}..{end}"}
    if draw(st.booleans()):
        return {**covered, "lift": draw(_per_mille)}
    return {**covered, "add": target * Fraction(draw(st.integers(-5, 40)), 1000)}


@st.composite
def _limits(draw: st.DrawFn, year: PlanYear, target: Fraction) -> Fields:
    together = draw(st.booleans())
    positions = draw(st.sampled_from(GROUPS)) if together else [draw(st.integers(0, 11))]
    months = [year.months[position].label for position in positions]
    return {**draw(_bounds(len(positions), target)), "months": months, "together": together}


@st.composite
def _year_ends(draw: st.DrawFn, year: PlanYear, target: Fraction) -> Fields:
    count = draw(st.sampled_from([None, 2, 3]))
    months = {} if count is None else {"months": [month.label for month in year.months[-count:]]}
    return {**draw(_bounds(count or 2, target)), **months}


def _bounds(months: int, target: Fraction) -> st.SearchStrategy[Fields]:
    """Bounds on the sum of some months that leave room around an even share of the target."""
    return st.sampled_from(
        [
            {"min": target * months / 16},
            {"max": target * months / 8},
            {"min": target * months / 32, "max": target * months / 8},
            {"max_share": Fraction(months, 10)},
            {"hold": Fraction(int(target * months / 120_000)) * 10_000},
        ]
    )


def _named(entries: list[Fields]) -> list[Fields]:
    return [{"name": f"entry {i}", **entry} for i, entry in enumerate(entries)]
