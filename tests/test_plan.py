"""The plan as a model: short forms, defaults, and how its scalars are typed by their key."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from plans import base_of
from pydantic import ValidationError

from target_cascade.day_rule import day_notes
from target_cascade.engine.cascade import cascade
from target_cascade.errors import UsageError
from target_cascade.guardrails import Guardrails
from target_cascade.named_days import Anchor, Window
from target_cascade.plan import Limit, Plan

TWELVE = tuple(Fraction(month) for month in range(1, 13))


def plan_with(**keys: Any) -> Plan:
    return Plan.model_validate({"year": "2012", "target": "4000万", **keys})


def refusal(**keys: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        plan_with(**keys)
    return str(refused.value)


def test_shortest_plan_has_defaults_for_the_rest() -> None:
    plan = plan_with()
    assert (plan.year.label, plan.weeks) == ("2012", "iso")
    assert [plan.target, plan.buffer] == [Fraction(40_000_000), Fraction(0)]
    assert {plan.rounding.month, plan.rounding.week_unit, plan.rounding.day_unit} == {Fraction(1)}
    assert (plan.base, base_of(plan), plan.year_end) == (None, None, None)
    assert [*plan.days, *plan.new_business, *plan.adjust, *plan.limits] == []


def test_guardrails_have_their_defaults_where_nothing_is_said() -> None:
    said = plan_with(guardrails={"growth": "3", "festival_days": 7}).guardrails
    assert plan_with().guardrails == Guardrails()
    assert said == Guardrails(growth=Fraction(3), festival_days=7)
    assert (said.new_business_share, said.accept) == (Fraction(20, 100), ())


def test_thresholds_of_reviews_are_read_as_the_others() -> None:
    said = plan_with(guardrails={"attainment_green": "98%", "catch_up": "1.5"}).guardrails
    assert (said.attainment_green, said.attainment_amber) == (Fraction(98, 100), Fraction(90, 100))
    assert said.catch_up == Fraction(3, 2)


@pytest.mark.parametrize(
    ("actuals", "file", "by_month"),
    [
        pytest.param("actuals.csv", "actuals.csv", None, id="a file alone"),
        pytest.param({"file": "a.csv", "unit": "万"}, "a.csv", None, id="a file with its unit"),
        pytest.param({"2012-01": "2万", "3": -5}, None, {0: 20_000, 2: -5}, id="months as keys"),
    ],
)
def test_actuals_are_a_file_or_months(actuals: Any, file: str | None, by_month: Any) -> None:
    read = plan_with(actuals=actuals).actuals
    assert read is not None
    assert (read.file, read.by_month) == (file, by_month)


def test_closed_months_have_their_quotas_by_position() -> None:
    labels = [f"2012-{month:02d}" for month in range(1, 13)]
    closed = plan_with(
        closed={
            "through": "feb",
            "months": {"1": {"quota": 10, "actual": "9.5"}, "2012-02": {"quota": 10, "actual": 12}},
            "open": dict.fromkeys(labels[2:], 11),
            "first": dict.fromkeys(labels, 10),
            "spread": "next: 3",
        }
    ).closed
    assert closed is not None
    assert closed.quotas == (10, 10, *[11] * 10)
    assert closed.actuals == (Fraction(19, 2), Fraction(12))
    assert (closed.through, closed.spread.text) == (1, "next:3")


def test_numbers_of_python_are_as_good_as_text() -> None:
    plan = Plan.model_validate(
        {"year": 2012, "target": 40_000_000, "buffer": Fraction(1, 20), "base": [Decimal("0.5")] * 12}
    )
    assert plan.year.label == "2012"
    assert [plan.target, plan.buffer] == [Fraction(40_000_000), Fraction(5, 100)]
    assert base_of(plan) == (Fraction(1, 2),) * 12


@pytest.mark.parametrize("target", [0.1, 4e7, True, None])
def test_target_that_is_no_exact_number_of_python_is_refused(target: object) -> None:
    assert "target" in refusal(target=target)


def test_base_of_a_file_that_is_not_read_is_no_plan_without_a_base() -> None:
    with pytest.raises(UsageError, match=r"`last_year.csv` has not been read"):
        cascade(plan_with(base="last_year.csv"))


def test_dates_mean_the_same_however_they_are_written() -> None:
    one, run = (
        {"name": "A", "lift": "5%", "days": days} for days in ("2012-01-05", "2012-01-05..2012-01-05")
    )
    assert plan_with(adjust=[one]) == plan_with(adjust=[run])


def test_entry_that_needs_the_plan_year_is_not_read_without_it() -> None:
    with pytest.raises(ValidationError, match="only within a plan"):
        Limit.model_validate({"months": "3", "min": "1"})


def test_plan_is_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        plan_with().target = Fraction(1)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("rounding", "units"),
    [
        pytest.param("1万", (10_000, 1, 1), id="the month's alone"),
        pytest.param({"month": "1万", "week": "1千"}, (10_000, 1_000, 1), id="month and week"),
        pytest.param({"month": "1万", "week": "1千", "day": "250"}, (10_000, 1_000, 250), id="all"),
        pytest.param({"week": "0.5", "day": "0.25"}, (1, Fraction(1, 2), Fraction(1, 4)), id="fractions"),
        pytest.param("0.5", (Fraction(1, 2),) * 3, id="1 does not divide the month's"),
        pytest.param("2.5", (Fraction(5, 2),) * 3, id="1 does not divide 2.5"),
        pytest.param(
            {"month": "1万", "week": "0.5"}, (10_000, Fraction(1, 2), Fraction(1, 2)), id="nor the week's"
        ),
    ],
)
def test_unit_defaults_to_one_or_to_the_unit_above(rounding: Any, units: tuple[Fraction | int, ...]) -> None:
    read = plan_with(rounding=rounding).rounding
    assert (read.month, read.week_unit, read.day_unit) == units


@pytest.mark.parametrize(
    ("rounding", "message"),
    [
        pytest.param({"month": "1万", "week": "3千"}, "does not divide the month's unit 10,000", id="week"),
        pytest.param({"week": "1", "day": "0.3"}, "does not divide the week's unit 1,", id="day"),
        pytest.param(
            {"month": "1万", "day": "1千"}, "give the week's too", id="day above the week's default"
        ),
        pytest.param("0", "`0` is not above 0", id="zero"),
        pytest.param(["1万", "1"], "is a list; write `1万` for months", id="list"),
    ],
)
def test_units_that_do_not_fit_are_refused(rounding: Any, message: str) -> None:
    assert message in refusal(rounding=rounding)


BY_MONTH = {f"2011-{month:02d}": str(month) for month in range(1, 13)}


@pytest.mark.parametrize(
    "base",
    [
        pytest.param([str(month) for month in TWELVE], id="list"),
        pytest.param({"months": TWELVE}, id="months"),
        pytest.param(BY_MONTH, id="keys of year and month"),
        pytest.param(dict(zip(map(str, TWELVE), TWELVE, strict=True)), id="keys of numbers"),
        pytest.param({**BY_MONTH, "fix": {"2011-07": "7"}, "because": "moved"}, id="keys beside a repair"),
        pytest.param({"months": [0] * 12, "fix": BY_MONTH}, id="repair of all months"),
    ],
)
def test_base_amounts_come_in_plan_order(base: Any) -> None:
    assert base_of(plan_with(base=base)) == TWELVE


def test_base_of_an_april_year_runs_from_april() -> None:
    names = ["apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jan", "feb", "mar"]
    by_name = dict(zip(names, TWELVE, strict=True))
    assert base_of(plan_with(year="2012-04", base=by_name)) == TWELVE
    repaired = plan_with(year="2012-04", base={"months": TWELVE, "fix": {"2012-03": 99}})
    assert base_of(repaired) == (*TWELVE[:11], Fraction(99))


def test_repair_replaces_a_month() -> None:
    plan = plan_with(base={"months": TWELVE, "fix": {"jul": "60万"}, "because": "the warehouse moved"})
    assert base_of(plan) == (*TWELVE[:6], Fraction(600_000), *TWELVE[7:])


def test_shape_has_no_amounts() -> None:
    plan = plan_with(base={"shape": ["8%", "0.5", *range(10)]})
    assert plan.base is not None
    assert plan.base.shape == (Fraction(8, 100), Fraction(1, 2), *range(10))
    assert base_of(plan) is None


@pytest.mark.parametrize(
    ("base", "message"),
    [
        pytest.param({"file": "a.csv", "months": TWELVE}, "cannot go with `file`", id="two sources"),
        pytest.param(
            {**BY_MONTH, "shape": TWELVE}, "cannot go with `months as keys`", id="months as keys and a shape"
        ),
        pytest.param({}, "has no amounts", id="none"),
        pytest.param(TWELVE[1:], "has 11 numbers; a year has 12 months", id="eleven months"),
        pytest.param({"shape": [*TWELVE, 13]}, "has 13 numbers", id="shape of thirteen"),
        pytest.param(
            {key: BY_MONTH[key] for key in list(BY_MONTH)[:10]}, "lacks 2011-11, 2011-12;", id="ten months"
        ),
        pytest.param({**BY_MONTH, "jan": 1}, "names the same month as `2011-01`", id="a month twice"),
        pytest.param(
            {"months": TWELVE, "fix": {"7": 1, "2011-07": 2}},
            "names the same month as `7`",
            id="a repair twice",
        ),
        pytest.param({"shape": TWELVE, "fix": {"7": 1}}, "a `shape` has none", id="repair of a shape"),
    ],
)
def test_base_that_does_not_say_one_year_is_refused(base: Any, message: str) -> None:
    assert message in refusal(base=base)


@pytest.mark.parametrize(
    "new_business",
    [
        pytest.param({"JD store": "500万"}, id="name and amount"),
        pytest.param({"JD store": {"expect": "500万"}}, id="name and keys"),
        pytest.param([{"name": "JD store", "expect": "500万"}], id="list"),
    ],
)
def test_new_business_has_short_forms(new_business: Any) -> None:
    (business,) = plan_with(new_business=new_business).new_business
    assert business.name == "JD store"
    assert [business.expect, business.count_on] == [Fraction(5_000_000), Fraction(1)]
    assert (business.start, business.ramp) == (None, 1)


def test_new_business_in_full() -> None:
    (business,) = plan_with(
        new_business=[{"name": "x", "expect": "3M", "count_on": "80%", "start": "2012-03", "ramp": "3"}]
    ).new_business
    assert (business.count_on, business.start, business.ramp) == (Fraction(4, 5), date(2012, 3, 1), 3)


@pytest.mark.parametrize("ramp", ["0", "-1", "1.5", "three", "1e1", "9999", "300%"])
def test_ramp_is_a_whole_number_of_months(ramp: str) -> None:
    assert "is not a number of months" in refusal(new_business=[{"name": "x", "expect": 1, "ramp": ramp}])


@pytest.mark.parametrize(
    ("keys", "field", "value"),
    [
        pytest.param({"weekdays": "sat-sun"}, "weekdays", {5, 6}, id="weekdays"),
        pytest.param({"weekdays": ["mon", "wed"]}, "weekdays", {0, 2}, id="list of weekdays"),
        pytest.param({"day": "easter"}, "day", Anchor("easter"), id="day"),
        pytest.param({"day": "11-11", "window": "-9..-3"}, "window", Window(-9, -3), id="window"),
        pytest.param({"day": "中秋节", "country": "cn"}, "country", "CN", id="country"),
        pytest.param({"day": "中秋节", "country": "CN"}, "day", Anchor("feast", name="中秋节"), id="holiday"),
        pytest.param(
            {"day": "中秋节", "country": "CN"},
            "anchor",
            Anchor("feast", name="中秋节", country="CN"),
            id="holiday of a country",
        ),
        pytest.param({"workdays": "de-by"}, "workdays", "DE-BY", id="workdays"),
    ],
)
def test_day_rule_is_read(keys: Mapping[str, Any], field: str, value: object) -> None:
    (rule,) = plan_with(days=[{"times": "80%", **keys}]).days
    assert getattr(rule, field) == value
    assert (rule.times, rule.weight) == (Fraction(4, 5), None)


def test_notes_of_day_rules_stand_at_their_rule() -> None:
    plan = plan_with(
        days=[
            {"weekdays": "sat-sun", "times": 1},
            {"day": "Juneteenth National Independence Day", "country": "US", "times": 2},
            {"workdays": "CN", "times": "0.5"},
            {"day": "Labor Day", "country": "US", "times": 2},
        ]
    )
    assert [path for path, _ in day_notes(plan.days, range(2011, 2013))] == [("days", 1)]
    assert [path for path, _ in day_notes(plan.days, [2100])] == [("days", 2)]
    assert not day_notes(plan.days, [2024])


def test_closed_days_may_lie_in_the_base_year() -> None:
    (rule,) = plan_with(days=[{"dates": ["2011-08-06..2011-08-12", "2012-08-01"], "weight": 0}]).days
    assert [(span.start, span.end) for span in rule.dates or ()] == [
        (date(2011, 8, 6), date(2011, 8, 12)),
        (date(2012, 8, 1), date(2012, 8, 1)),
    ]


def test_limit_is_for_each_month_unless_together() -> None:
    each, together = plan_with(
        limits=[{"months": "Q1", "min": 5}, {"months": ["1", "2"], "max": 9, "together": "yes"}]
    ).limits
    assert (each.months, each.together) == ((0, 1, 2), False)
    assert (together.months, together.together) == ((0, 1), True)


@pytest.mark.parametrize(("word", "flag"), [("true", True), ("No", False), (True, True), ("FALSE", False)])
def test_flag_is_a_word(word: object, flag: bool) -> None:
    assert plan_with(limits=[{"months": 1, "min": 1, "together": word}]).limits[0].together is flag


def test_year_end_is_the_last_two_months_unless_it_says_otherwise() -> None:
    plan = plan_with(year="2012-04", year_end={"max_share": "32%"})
    assert plan.year_end is not None
    assert (plan.year_end.months, plan.year_end.max_share) == ((10, 11), Fraction(32, 100))
    named = plan_with(year_end={"max_share": "32%", "months": "oct-dec"}).year_end
    assert named is not None
    assert named.months == (9, 10, 11)


def test_titles_keep_their_words_and_lose_their_line_ends() -> None:
    assert plan_with(plan="  Flagship \n store  2012 ").title == "Flagship store 2012"
    assert plan_with(revision=3).revision == "3"


@pytest.mark.parametrize("text", ["", " \n ", "a\x07b", "a\u200bb", "a\x1b[31mb", "a\ud800b"])
def test_text_that_nobody_can_see_is_refused(text: str) -> None:
    assert "plan" in refusal(plan=text)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        pytest.param({"buffer": "-0.1%"}, "`-0.1%` is below 0", id="a little below zero"),
        pytest.param({"target": "-0.001"}, "`-0.001` is not above 0", id="target below zero"),
        pytest.param(
            {"year_end": {"max_share": "100.001%"}}, "`100.001%` is not between", id="part above all"
        ),
        pytest.param(
            {"limits": [{"months": 1, "min": "100.001", "max": 100}]},
            "is 100.001, above `max` 100",
            id="bounds",
        ),
        pytest.param({"limits": [{"months": "1、2", "min": 1}]}, "has a `、` in it", id="Chinese comma"),
        pytest.param({"days": [{"weekdays": "sat,sun", "times": 1}]}, "write [sat, sun]", id="comma"),
    ],
)
def test_refusal_shows_what_was_written(keys: dict[str, Any], message: str) -> None:
    assert message in refusal(**keys)


def test_wrong_year_brings_no_errors_about_its_months() -> None:
    message = refusal(
        year="27",
        base={**BY_MONTH, "jan": 1},
        limits=[{"months": "13", "min": 1}],
        adjust=[{"name": "x", "days": "1999-01-01", "lift": "5%"}],
        new_business=[{"name": "x", "expect": 1, "start": "1999-01"}],
    )
    assert message.startswith("1 validation error")
    assert "`27` is not a year" in message
