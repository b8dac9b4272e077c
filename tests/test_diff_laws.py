"""What holds for the difference of any two plans of one year, over generated plans."""

from fractions import Fraction
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st
from plans import Fields, bases_beside, feasible, plan_fields, years

from target_cascade.engine.alterations import drafts
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.changes import changes, quotas, unit_of
from target_cascade.engine.diff import diff
from target_cascade.plan_year import year_of
from target_cascade.report.diff import Side, diff_page
from target_cascade.write.plain import plain_text

_LISTS = ("days", "new_business", "adjust", "limits")
_KEYS = ("target", "buffer", "rounding", "weeks", "base", "year_end")

# A difference is as many cascades as the plans have differences.
few = settings(max_examples=settings().max_examples // 5)
very_few = settings(max_examples=settings().max_examples // 12)


@st.composite
def two_plans(draw: st.DrawFn) -> tuple[Fields, Fields]:
    """Two plans of one year: one that has some keys and entries of the other, or none."""
    year = draw(years())
    one, other = draw(plan_fields(year)), draw(plan_fields(year))
    if draw(st.integers(0, 3)) == 0:
        return one, other
    mixed = {"year": one["year"]}
    for key in _KEYS:
        source = other if draw(st.integers(0, 3)) == 0 else one
        mixed |= {key: source[key]} if key in source else {}
    if "base" in one and draw(st.booleans()):
        known = year_of(year)
        assert known is not None
        mixed["base"] = draw(bases_beside(one["base"], known))
    for key in _LISTS:
        # Entries share their names, so that some change, some come and some go.
        kept = [entry for entry in one[key] if draw(st.integers(0, 3))]
        names = {entry.get("name") for entry in kept if "name" in entry}
        come = [entry for entry in other[key] if entry.get("name") not in names and draw(st.booleans())]
        mixed[key] = draw(st.permutations([*kept, *come]))
    return one, mixed


def amounts(cascade: Cascade) -> list[Fraction]:
    return [month.amount for month in cascade.months]


def day_amounts(cascade: Cascade) -> list[Fraction]:
    return [day.amount for month in cascade.months for week in month.parts for day in week.parts]


@given(two_plans())
@few
def test_causes_add_up_in_every_month_and_in_the_year(plans: tuple[Fields, Fields]) -> None:
    old, new = map(feasible, plans)
    found = diff(old, new)
    reached, total = amounts(old), old.planned_total
    for cause in found.causes:
        assert sum(cause.months) == cause.year
        reached = [amount + moved for amount, moved in zip(reached, cause.months, strict=True)]
        total += cause.year
        assert reached == amounts(cause.after)
    assert reached == amounts(new)
    assert total == new.planned_total


@given(two_plans())
@very_few
def test_the_steps_lead_to_the_new_plan_and_each_is_possible(plans: tuple[Fields, Fields]) -> None:
    old, new = map(feasible, plans)
    found = diff(old, new)
    draft, _ = drafts(old.plan, new.plan)
    for cause in found.causes:
        for alteration in cause.alterations:
            draft = alteration.apply(draft)
        assert amounts(cascade(draft.plan)) == amounts(cause.after)
    assert day_amounts(cascade(draft.plan)) == day_amounts(new)


@given(two_plans())
@very_few
def test_the_way_back_is_as_long(plans: tuple[Fields, Fields]) -> None:
    old, new = map(feasible, plans)
    there, back = diff(old, new), diff(new, old)
    assert sum(cause.year for cause in there.causes) == -sum(cause.year for cause in back.causes)
    assert there.moves == back.moves


@given(plan_fields(), st.randoms(use_true_random=False))
@very_few
def test_of_a_plan_with_itself_in_another_order_there_is_no_cause(fields: Fields, random: Random) -> None:
    cascade = feasible(fields)
    moved = {
        key: random.sample(entries, len(entries)) if key in _LISTS and key != "days" else entries
        for key, entries in fields.items()
    }
    found = diff(cascade, feasible(moved))
    assert (found.causes, found.silent, found.moves) == ((), (), False)


@given(two_plans())
@very_few
def test_what_masks_a_cause_holds_its_months_after_it(plans: tuple[Fields, Fields]) -> None:
    old, new = map(feasible, plans)
    for cause in diff(old, new).causes:
        for mask in cause.masks:
            assert mask in cause.after.held
            assert sum(cause.after.months[month].ideal for month in mask.months) == mask.amount


def filled(*shape: int) -> Fields:
    """A plan whose last year is known for one month, and filled by a season."""
    base = {"2026-03": 100, "fill": {"shape": shape}}
    return {"year": "2027", "target": 1000, "base": base}


@example((filled(*[1] * 12), filled(*range(1, 13))))
@given(st.one_of(two_plans(), st.tuples(plan_fields(), plan_fields())))
@few
def test_the_page_is_told_in_words_and_names_each_cause(plans: tuple[Fields, Fields]) -> None:
    old, new = map(feasible, plans)
    sides = [
        Side(f"{name}.yaml", quotas(one, "month"), one.plan) for name, one in (("old", old), ("new", new))
    ]
    changed = changes(sides[0].quotas, sides[1].quotas, unit_of(new, "month"))
    caused = diff(old, new)
    shown = diff_page(sides[0], sides[1], changed, "month", caused)
    text = plain_text(shown, 1000)
    assert shown.title in text
    assert all(one.alterations[0].name in text for one in caused.causes)
    assert not any(code in text for code in ("Fraction(", "Period(", "None"))
