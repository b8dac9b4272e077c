"""Generated plans: every section of the plan file, in any combination, mostly feasible."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from target_cascade.calendar import PlanYear
from target_cascade.engine.carried_base import base_amounts
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.weights import weighted_days
from target_cascade.errors import InfeasibleError
from target_cascade.plan import Plan
from target_cascade.plan_year import year_of

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


def base_of(plan: Plan) -> tuple[Fraction, ...] | None:
    """a_m: last year's amounts in plan order, as the engine reckons with them."""
    return base_amounts(plan, weighted_days(plan))


@st.composite
def years(draw: st.DrawFn) -> Any:
    """What `year` says: twelve months from any, or a retail year of any pattern and end."""
    number = draw(st.integers(1996, 2032))
    if draw(st.integers(0, 2)):
        return f"{number}-{draw(st.integers(1, 12)):02d}"
    base = draw(st.sampled_from([{}, {"base_weeks": "52"}, {"base_weeks": "53"}]))
    if draw(st.booleans()):
        return {"nrf": str(number), **base}
    end = date(number, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
    pattern = draw(st.sampled_from(["4-4-5", "4-5-4", "5-4-4"]))
    weeks = draw(st.sampled_from(["52", "53"]))
    # Only a year of 53 weeks has one that joins a period.
    leap = {"leap": draw(st.sampled_from(["P12", "P02"]))} if "53" in (weeks, *base.values()) else {}
    return {"pattern": pattern, "ends": end.isoformat(), "weeks": weeks, **leap, **base}


@st.composite
def plan_fields(draw: st.DrawFn, key: Any = None) -> Fields:
    """The fields of a plan, of any year or of the one that `key` says; the numbers of some cannot all be
    true at once."""
    key = draw(years()) if key is None else key
    year = year_of(key)
    assert year is not None
    target = draw(st.integers(10**4, 10**9)) + draw(
        st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(1, 2)])
    )
    fields: Fields = {
        "year": key,
        "target": target,
        "buffer": Fraction(draw(st.integers(0, 200)), 1000),
        "rounding": draw(st.sampled_from(UNITS)),
        "weeks": None if year.is_retail else draw(st.sampled_from(["iso", "monday", "sunday", "saturday"])),
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
        return {key: _scaled_base(value, factor) for key, value in base.items()}  # a `fill` stays as it is
    return base * factor if isinstance(base, Fraction) else base


@st.composite
def _bases(draw: st.DrawFn, year: PlanYear) -> Any:
    """No base, a shape, or last year's amounts: as a list, or by month and with some months repaired, or
    some of them filled by a season; of an earlier year, or of calendar months in a retail year."""
    form = draw(st.sampled_from(["none", "shape", "list", "list", "months", "by month", "filled"]))
    if form == "none":
        return None
    season = draw(st.lists(st.integers(1, 9).map(Fraction), min_size=12, max_size=12))
    if form == "shape":
        return {"shape": season}
    back = 0 if year.is_retail or form == "list" else draw(st.integers(0, 3))
    base = PlanYear.starting(year.start.year - back, year.start.month) if back else year.base
    by_calendar = year.is_retail and form in ("by month", "filled") and draw(st.booleans())
    labels = [month.label for month in (base.calendar_months if by_calendar else base.months)]
    amount = st.one_of(_cents, _cents, _cents, st.just(Fraction(0)))
    amounts = draw(st.lists(amount, min_size=len(labels), max_size=len(labels)))
    if form == "list":
        return amounts
    repaired = draw(st.lists(st.integers(0, 11), max_size=3, unique=True))
    fix = {labels[position]: draw(_cents) for position in repaired}
    for position in repaired:
        amounts[position] *= draw(st.sampled_from([1, -1]))  # a repair is how a negative month is planned
    given = {"months": amounts} if form == "months" else dict(zip(labels, amounts, strict=True))
    earlier = {"year": base.label} if back else {}
    if form == "filled":
        for label in draw(st.lists(st.sampled_from(labels), max_size=6, unique=True)):
            del given[label]
        assume(given)
        return {**earlier, **given, "fix": fix, "fill": {"shape": season}}
    return {**earlier, **given, "fix": fix}


@st.composite
def bases_beside(draw: st.DrawFn, base: Any, year: PlanYear) -> Any:
    """A base like another one: by month, with one month less and another season that fills; in plan
    order, with the same amounts of another year. A shape stays."""
    if isinstance(base, list):
        base = {"months": base}
    if base is None or "shape" in base:
        return base
    season = draw(st.lists(st.integers(1, 9).map(Fraction), min_size=12, max_size=12))
    if "months" not in base:
        named = [key for key in base if key not in ("year", "fix", "fill")]
        gone = draw(st.sampled_from(named)) if len(named) > 1 else None
        return {key: value for key, value in base.items() if key != gone} | {"fill": {"shape": season}}
    if year.is_retail:
        return base
    before = PlanYear.starting(year.start.year - draw(st.integers(1, 4)), year.start.month)
    return {"year": before.label, "months": base["months"]}


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
