"""Two plans → what the second alters, and that this makes the second of the first."""

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from typing import Any, NamedTuple

import pytest
from findings import plan_of
from plans import base_of

from target_cascade.engine.alterations import Alteration, Draft, alterations, drafts
from target_cascade.errors import InfeasibleError
from target_cascade.plan import Plan

AMOUNTS = [Fraction(amount) for amount in range(101, 113)]
"""A last year of which each month differs."""
SHAPE = {"shape": list(range(1, 13))}
LACKING = {f"2026-{month:02d}": 100 + month for month in range(2, 13)}
"""The same year without its first month."""
WEEKEND = {"name": "weekend", "weekdays": "sat-sun", "times": "0.8"}
SALE = {"name": "sale", "day": "11-11", "weight": 9}
MOON = {"name": "moon", "day": "Mid-Autumn Festival", "country": "CN", "times": "0.7"}
NOVEMBER = {"name": "November", "dates": "2027-11-01..2027-11-30", "weight": 2}
SHOP = {"name": "shop", "expect": 100, "count_on": "80%", "start": 3, "ramp": 2}
MARKET = {"name": "market", "expect": 50}
PRICES = {"name": "prices", "months": "4-12", "lift": "5%"}
PARTY = {"name": "party", "months": 8, "add": 30}
LOW, HIGH = {"months": 1, "min": 50}, {"months": 11, "max": 200}
STAND = {"name": "stand", "months": "6-7", "together": True, "hold": 150}

Altered = tuple[str, str, str]
"""Section, name and state."""


class Case(NamedTuple):
    """The fields of two plans, and what the second alters."""

    old: Mapping[str, Any]
    new: Mapping[str, Any]
    altered: list[Altered]


CASES = {
    "nothing": Case({"buffer": "5%"}, {"buffer": "0.05"}, []),
    "title": Case({}, {"plan": "Shop"}, [("plan", "plan", "changed")]),
    "revision": Case({"revision": 1}, {"revision": 2}, [("revision", "revision", "changed")]),
    "currency": Case({"currency": "CNY"}, {"currency": "EUR"}, [("currency", "currency", "changed")]),
    "target": Case({"target": 1000}, {"target": 1100}, [("target", "target", "changed")]),
    "buffer": Case({}, {"buffer": "3%"}, [("buffer", "buffer", "changed")]),
    "rounding": Case({}, {"rounding": {"month": 10}}, [("rounding", "rounding", "changed")]),
    "weeks": Case({}, {"weeks": "sunday"}, [("weeks", "weeks", "changed")]),
    "a year": Case({"target": 5}, {"year": "2028", "target": 6}, [("year", "year", "changed")]),
    "base from nothing": Case({}, {"base": AMOUNTS}, [("base", "base", "added")]),
    "base to nothing": Case({"base": AMOUNTS}, {}, [("base", "base", "removed")]),
    "a base amount": Case({"base": AMOUNTS}, {"base": [99, *AMOUNTS[1:]]}, [("base", "base", "changed")]),
    "amounts to a shape": Case({"base": AMOUNTS}, {"base": SHAPE}, [("base", "base", "changed")]),
    "a shape to the same amounts": Case(
        {"base": SHAPE}, {"base": SHAPE["shape"]}, [("base", "base", "changed")]
    ),
    "a number of a shape": Case(
        {"base": SHAPE}, {"base": {"shape": [9] * 12}}, [("base", "base", "changed")]
    ),
    "a season that fills": Case(
        {"base": {**LACKING, "fill": SHAPE}},
        {"base": {**LACKING, "fill": {"shape": [1] * 12}}},
        [("base", "base", "changed")],
    ),
    "a month that is now filled": Case(
        {"base": AMOUNTS}, {"base": {**LACKING, "fill": SHAPE}}, [("base", "base", "changed")]
    ),
    "an earlier year": Case(
        {"base": AMOUNTS}, {"base": {"year": 2024, "months": AMOUNTS}}, [("base", "base", "changed")]
    ),
    "the year before, by its number": Case(
        {"base": AMOUNTS}, {"base": {"year": 2026, "months": AMOUNTS}}, []
    ),
    "another way to write the base": Case(
        {"base": AMOUNTS}, {"base": {f"2026-{i + 1:02d}": one for i, one in enumerate(AMOUNTS)}}, []
    ),
    "a repair": Case(
        {"base": AMOUNTS},
        {"base": {"months": AMOUNTS, "fix": {"2026-07": 60}}},
        [("base", "fix 2026-07", "added")],
    ),
    "repairs": Case(
        {"base": {"months": AMOUNTS, "fix": {"2026-02": 1, "2026-03": 5}}},
        {"base": {"months": [99, *AMOUNTS[1:]], "fix": {"2026-03": 6, "2026-04": 7}, "because": "x"}},
        [
            ("base", "base", "changed"),
            ("base", "fix 2026-02", "removed"),
            ("base", "fix 2026-03", "changed"),
            ("base", "fix 2026-04", "added"),
            ("base", "base", "changed"),
        ],
    ),
    "repairs of a base that becomes a shape": Case(
        {"base": {"months": AMOUNTS, "fix": {"2026-02": 1}}}, {"base": SHAPE}, [("base", "base", "changed")]
    ),
    "repairs of a base that was a shape": Case(
        {"base": SHAPE},
        {"base": {"months": AMOUNTS, "fix": {"2026-02": 1}}},
        [("base", "base", "changed"), ("base", "fix 2026-02", "added")],
    ),
    "a day rule": Case(
        {"days": [WEEKEND, SALE]},
        {"days": [{**WEEKEND, "times": "0.7"}, {**SALE, "window": "-1..1"}]},
        [("days", "weekend", "changed"), ("days", "sale", "changed")],
    ),
    "day rules that come and go": Case(
        {"days": [WEEKEND, SALE]},
        {"days": [NOVEMBER, WEEKEND]},
        [("days", "November", "added"), ("days", "sale", "removed")],
    ),
    "a weight among weights": Case(
        {"days": [NOVEMBER, WEEKEND, SALE]},
        {"days": [NOVEMBER, {"name": "Singles", "day": "11-11", "weight": 5}, SALE]},
        [("days", "Singles", "added"), ("days", "weekend", "removed")],
    ),
    "the order of weights": Case(
        {"days": [SALE, NOVEMBER]}, {"days": [NOVEMBER, SALE]}, [("days", "order of the rules", "reordered")]
    ),
    "the order of weights with others between": Case(
        {"days": [SALE, WEEKEND, NOVEMBER]},
        {"days": [NOVEMBER, {"name": "Monday", "weekdays": "mon", "times": 2}, SALE]},
        [
            ("days", "Monday", "added"),
            ("days", "weekend", "removed"),
            ("days", "order of the rules", "reordered"),
        ],
    ),
    "a country": Case({"days": [MOON]}, {"days": [{**MOON, "country": "HK"}]}, [("days", "moon", "changed")]),
    "the country of a rule without a name": Case(
        {"days": [{"workdays": "CN", "times": 1}, {"workdays": "US", "times": 2}]},
        {"days": [{"workdays": "US", "times": 3}, {"workdays": "CN", "times": 1}]},
        [("days", "days[0]", "changed")],
    ),
    "a factor moved among weights": Case({"days": [SALE, WEEKEND]}, {"days": [WEEKEND, SALE]}, []),
    "a factor that becomes a weight": Case(
        {"days": [WEEKEND, SALE]},
        {"days": [SALE, {"name": "weekend", "weekdays": "sat-sun", "weight": 3}]},
        [("days", "weekend", "changed"), ("days", "order of the rules", "reordered")],
    ),
    "a day rule without a name": Case(
        {"days": [{"weekdays": "sat-sun", "times": "0.8"}, {"day": "11-11", "weight": 9}]},
        {"days": [{"day": "11-11", "weight": 8}, {"weekdays": "sat-sun", "times": "0.8"}]},
        [("days", "days[0]", "changed")],
    ),
    "new business": Case(
        {"new_business": [SHOP]},
        {"new_business": [{**SHOP, "count_on": "60%", "owner": "Mara"}]},
        [("new_business", "shop", "changed")],
    ),
    "new business that comes and goes": Case(
        {"new_business": [SHOP]},
        {"new_business": [MARKET]},
        [("new_business", "market", "added"), ("new_business", "shop", "removed")],
    ),
    "an adjustment": Case(
        {"adjust": [PRICES, PARTY]},
        {"adjust": [PRICES, {"name": "party", "months": 9, "lift": "3%"}]},
        [("adjust", "party", "changed")],
    ),
    "adjustments that come and go": Case(
        {"adjust": [PRICES]},
        {"adjust": [PARTY]},
        [("adjust", "party", "added"), ("adjust", "prices", "removed")],
    ),
    "a name in two lists": Case(
        {"adjust": [PARTY], "new_business": [{**MARKET, "name": "party"}]},
        {"adjust": [PARTY]},
        [("new_business", "party", "removed")],
    ),
    "entries moved within their list": Case(
        {"adjust": [PRICES, PARTY], "new_business": [SHOP, MARKET], "limits": [LOW, HIGH, STAND]},
        {"adjust": [PARTY, PRICES], "new_business": [MARKET, SHOP], "limits": [STAND, HIGH, LOW]},
        [],
    ),
    "an entry with another name": Case(
        {"adjust": [PRICES]}, {"adjust": [{**PRICES, "name": "higher"}]}, [("adjust", "higher", "changed")]
    ),
    "an entry with another name and content": Case(
        {"adjust": [PRICES]},
        {"adjust": [{**PRICES, "name": "higher", "lift": "9%"}]},
        [("adjust", "higher", "added"), ("adjust", "prices", "removed")],
    ),
    "a limit": Case(
        {"limits": [LOW, HIGH, STAND]},
        {"limits": [LOW, HIGH, {**STAND, "hold": 160}]},
        [("limits", "stand", "changed")],
    ),
    "a limit without a name": Case(
        {"limits": [LOW, HIGH]}, {"limits": [{**HIGH, "max": 210}, LOW]}, [("limits", "limits[0]", "changed")]
    ),
    "a limit that gets a name": Case(
        {"limits": [LOW, HIGH]},
        {"limits": [LOW, {**HIGH, "name": "warehouse", "max": 210}]},
        [("limits", "warehouse", "changed")],
    ),
    "a limit that loses its name": Case(
        {"limits": [STAND]},
        {"limits": [{"months": "6-7", "together": True, "hold": 140}]},
        [("limits", "limits[0]", "changed")],
    ),
    "two limits without a name on one month": Case(
        {"limits": [{"months": 1, "min": 50}, {"months": 1, "max": 90}]},
        {"limits": [{"months": 1, "max": 95}, {"months": 1, "min": 50}]},
        [("limits", "limits[0]", "changed")],
    ),
    "a limit of other months": Case(
        {"limits": [LOW]},
        {"limits": [{**LOW, "months": 2}]},
        [("limits", "limits[0]", "added"), ("limits", "limits[0]", "removed")],
    ),
    "limits that are the same twice": Case({"limits": [LOW, LOW]}, {"limits": [LOW, LOW]}, []),
    "one of two equal limits": Case(
        {"limits": [LOW, LOW]}, {"limits": [LOW]}, [("limits", "limits[1]", "removed")]
    ),
    "a year's end": Case({}, {"year_end": {"max_share": "30%"}}, [("year_end", "year_end", "added")]),
    "a year's end of other months": Case(
        {"year_end": {"max_share": "40%"}},
        {"year_end": {"months": "10-12", "max_share": "40%"}},
        [("year_end", "year_end", "changed")],
    ),
    "no year's end": Case({"year_end": {"max": 300}}, {}, [("year_end", "year_end", "removed")]),
    "guardrails": Case(
        {},
        {"guardrails": {"growth": 3, "accept": [{"rule": "buffer", "because": "x"}]}},
        [("guardrails", "guardrails", "changed")],
    ),
    "everything": Case(
        {"plan": "A", "target": 900, "base": AMOUNTS, "days": [WEEKEND], "weeks": "sunday"},
        {
            "buffer": "1%",
            "rounding": 10,
            "base": SHAPE,
            "days": [SALE],
            "new_business": [SHOP],
            "adjust": [PARTY],
            "limits": [LOW],
            "year_end": {"max": 500},
            "guardrails": {"growth": 3},
        },
        [
            ("days", "sale", "added"),
            ("days", "weekend", "removed"),
            ("base", "base", "changed"),
            ("new_business", "shop", "added"),
            ("adjust", "party", "added"),
            ("target", "target", "changed"),
            ("buffer", "buffer", "changed"),
            ("limits", "limits[0]", "added"),
            ("year_end", "year_end", "added"),
            ("rounding", "rounding", "changed"),
            ("weeks", "weeks", "changed"),
            ("plan", "plan", "changed"),
            ("guardrails", "guardrails", "changed"),
        ],
    ),
}
each_case = pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])


def altered(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Alteration]:
    return alterations(*drafts(plan_of(dict(old)), plan_of(dict(new))))


def one_of(old: Mapping[str, Any], new: Mapping[str, Any]) -> Alteration:
    (only,) = altered(old, new)
    return only


@each_case
def test_alterations_of(case: Case) -> None:
    found = altered(case.old, case.new)
    assert [(one.section, one.name, one.state) for one in found] == case.altered


def meaning(plan: Plan) -> dict[str, Any]:
    """All of a plan that can move a quota; lists whose order means nothing are sorted."""
    told = {key: getattr(plan, key) for key in ("year", "target", "buffer", "rounding", "weeks", "year_end")}
    for section in ("new_business", "adjust", "limits"):
        told[section] = sorted(map(repr, getattr(plan, section)))
    told["times"] = sorted(repr(rule) for rule in plan.days if rule.weight is None)
    told["weights"] = [rule for rule in plan.days if rule.weight is not None]
    told["base"] = base_of(plan) or (plan.base and plan.base.shape)
    return told


def applied(draft: Draft, alteration: Alteration) -> Draft:
    return alteration.apply(draft)


@each_case
def test_all_alterations_make_the_new_plan_of_the_old(case: Case) -> None:
    for old, new in ((case.old, case.new), (case.new, case.old)):
        first, last = drafts(plan_of(dict(old)), plan_of(dict(new)))
        made = reduce(applied, alterations(first, last), first)
        assert meaning(made.plan) == meaning(last.plan)
        for section, keys in made.keys.items():
            assert sorted(keys) == sorted(last.keys[section])
            assert len(keys) == len(getattr(made.plan, section))


@each_case
def test_alterations_in_any_order_make_the_new_plan(case: Case) -> None:
    """What is not possible alone waits, so that later alterations may come first."""
    first, last = drafts(plan_of(dict(case.old)), plan_of(dict(case.new)))
    made, waiting = first, alterations(first, last)[::-1]
    while waiting:
        alteration = waiting.pop(0)
        try:
            made = alteration.apply(made)
        except InfeasibleError:  # a repair before the amounts that it is of
            waiting.append(alteration)
    assert meaning(made.plan) == meaning(last.plan)


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        pytest.param({}, {"buffer": "3%"}, [("buffer", 0, Fraction(3, 100))], id="a key"),
        pytest.param({"plan": "A"}, {}, [("plan", "A", None)], id="a key that goes"),
        pytest.param(
            {"base": AMOUNTS}, {"base": [99, *AMOUNTS[1:]]}, [("2026-01", 101, 99)], id="a base amount"
        ),
        pytest.param(
            {"base": {"year": 2025, "2025-03": 5, "fill": {"shape": [2] * 12}}},
            {"base": {"year": 2024, "2024-03": 6, "fill": {"shape": [3] * 12}}},
            [("year", "2025", "2024"), ("2024-03", 5, 6), ("fill", (2,) * 12, (3,) * 12)],
            id="the year, a month and the season that fills",
        ),
        pytest.param(
            {"base": {"year": 2025, "2025-03": 5, "fill": {"shape": [2] * 12}}},
            {},
            [("2025-03", 5, None), ("fill", (2,) * 12, None)],
            id="months of an earlier year that go",
        ),
        pytest.param(
            {"base": {"months": AMOUNTS, "fix": {"2026-03": 6}}},
            {"base": AMOUNTS},
            [("fix 2026-03", 6, None)],
            id="a repair that goes",
        ),
        pytest.param(
            {"new_business": [SHOP]},
            {"new_business": [{**SHOP, "count_on": "60%", "ramp": 4}]},
            [("count_on", Fraction(8, 10), Fraction(6, 10)), ("ramp", 2, 4)],
            id="two keys of an entry",
        ),
        pytest.param(
            {},
            {"new_business": [MARKET]},
            [("name", None, "market"), ("expect", None, 50)],
            id="a new entry without its defaults",
        ),
        pytest.param(
            {"limits": [STAND]},
            {},
            [
                ("hold", 150, None),
                ("name", "stand", None),
                ("months", (5, 6), None),
                ("together", True, False),
            ],
            id="an entry that goes",
        ),
        pytest.param(
            {"adjust": [PRICES]},
            {"adjust": [{**PRICES, "name": "higher"}]},
            [("name", "prices", "higher")],
            id="another name",
        ),
        pytest.param(
            {"limits": [HIGH]},
            {"limits": [{**HIGH, "name": "warehouse", "max": 210}]},
            [("max", 200, 210), ("name", None, "warehouse")],
            id="a name and a bound",
        ),
        pytest.param(
            {"year_end": {"max_share": "40%"}},
            {"year_end": {"max": 400}},
            [("max", None, 400), ("max_share", Fraction(4, 10), None)],
            id="the year's end",
        ),
    ],
)
def test_edits_have_the_values_before_and_after(
    old: dict[str, Any], new: dict[str, Any], edits: list[tuple[str, object, object]]
) -> None:
    assert list(one_of(old, new).edits) == edits


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param({}, {"plan": "A"}, id="title"),
        pytest.param({}, {"revision": 2}, id="revision"),
        pytest.param({}, {"currency": "EUR"}, id="currency"),
        pytest.param({}, {"guardrails": {"growth": 3}}, id="guardrails"),
        pytest.param({"adjust": [PARTY]}, {"adjust": [{**PARTY, "because": "fun"}]}, id="a reason"),
        pytest.param({"adjust": [PARTY]}, {"adjust": [{**PARTY, "factor": "team"}]}, id="a factor"),
        pytest.param({"adjust": [PARTY]}, {"adjust": [{**PARTY, "fallback": "none"}]}, id="a fallback"),
        pytest.param({"new_business": [SHOP]}, {"new_business": [{**SHOP, "owner": "Mara"}]}, id="an owner"),
        pytest.param({"limits": [LOW]}, {"limits": [{**LOW, "because": "rent"}]}, id="a limit's reason"),
        pytest.param({"limits": [LOW]}, {"limits": [{**LOW, "name": "rent"}]}, id="a limit's name"),
        pytest.param({"days": [SALE]}, {"days": [{**SALE, "name": "Double 11"}]}, id="a day rule's name"),
        pytest.param(
            {"year_end": {"max": 400}},
            {"year_end": {"max": 400, "because": "x"}},
            id="the year's end's reason",
        ),
        pytest.param(
            {"base": AMOUNTS}, {"base": {"months": AMOUNTS, "because": "x"}}, id="the reason of last year"
        ),
        pytest.param({"base": SHAPE}, {"base": {**SHAPE, "because": "x"}}, id="the reason of a shape"),
    ],
)
def test_what_can_move_no_quota_says_so(old: dict[str, Any], new: dict[str, Any]) -> None:
    alteration = one_of(old, new)
    assert not alteration.moves
    assert alteration.edits


@each_case
def test_what_differs_in_its_numbers_can_move_quotas(case: Case) -> None:
    texts = {"plan", "revision", "currency", "guardrails"}
    for one in altered(case.old, case.new):
        only_said = one.section in texts or {edit.key for edit in one.edits} in ({"name"}, {"because"})
        assert one.moves is not only_said


def test_entries_of_a_plan_are_found_by_key_in_the_other() -> None:
    first, last = drafts(plan_of({"limits": [LOW, HIGH]}), plan_of({"limits": [STAND, HIGH]}))
    key = first.key(("limits", 1))
    assert key is not None
    assert last.path("limits", key) == ("limits", 1)
    gone = first.key(("limits", 0))
    assert gone is not None
    assert last.path("limits", gone) is None
    assert first.key(("year_end",)) is None


def test_of_a_base_that_comes_its_repair_waits() -> None:
    first, last = drafts(plan_of({}), plan_of({"base": {"months": AMOUNTS, "fix": {"2026-02": 1}}}))
    amounts, repair = alterations(first, last)
    with pytest.raises(InfeasibleError):
        repair.apply(first)
    assert base_of(repair.apply(amounts.apply(first)).plan) == base_of(last.plan)
