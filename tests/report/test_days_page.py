"""The page of `plan days`: what each day is worth, and the rules that say so."""

import csv
from datetime import date
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from plans import Fields, plan_fields

from target_cascade.engine.demand import Demand
from target_cascade.errors import InfeasibleError, Path, Place
from target_cascade.plan import Plan
from target_cascade.report.days import days_page
from target_cascade.report.table import HeatMap, Notes, Page
from target_cascade.write.cell_text import sentence_text
from target_cascade.write.csv import csv_text
from target_cascade.write.prose import note_lines

WEEKEND = {"name": "weekend", "weekdays": "sat-sun", "times": "0.5"}
CLOSED = {"name": "closed", "dates": "2011-01-03..2011-01-07", "weight": "0"}


def plan(*rules: Fields, **fields: Any) -> Plan:
    return Plan.model_validate({"year": "2012", "target": "2400", "days": list(rules), **fields})


def place(path: Path) -> Place:
    return Place("plan.yaml", 10 + int(path[1]) if path else 1)


def page(of: Plan, which: str = "both") -> Page:
    years = {"both": (of.base_year, of.year), "last": (of.base_year,), "this": (of.year,)}
    return days_page(of, years[which], place)


def answer(*rules: Fields, which: str = "both", **fields: Any) -> str:
    return sentence_text(page(plan(*rules, **fields), which).answer)


def rules(of: Page) -> list[str]:
    blocks = (block for block in of.blocks if isinstance(block, Notes))
    return [line for block in blocks for line in (block.title, *note_lines(block, 80))]


def heat(of: Page) -> HeatMap:
    return next(block for block in of.blocks if isinstance(block, HeatMap))


def records(of: Page) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(csv_text(of.records[0]))))


@pytest.mark.parametrize(
    ("year", "said"),
    [
        pytest.param("2012", "2012 has 366 effective days, 1 more than 2011", id="calendar year"),
        pytest.param("2013", "2013 has 365 effective days, 1 fewer than 2012", id="after a leap year"),
        pytest.param("2027", "2027 has 365 effective days, as many as 2026", id="alike"),
        pytest.param(
            "2027-04", "2027-04 to 2028-03 has 366 effective days, 1 more than last year", id="April year"
        ),
        pytest.param({"nrf": 2017}, "2017 has 371 effective days, 7 more than 2016", id="53 weeks"),
    ],
)
def test_answer_compares_the_years(year: object, said: str) -> None:
    assert answer(year=year).startswith(said)


def test_answer_names_the_months_that_change_most() -> None:
    moved = [
        {"dates": "2011-06-01..2011-06-15", "weight": "0"},
        {"dates": "2012-09-01..2012-09-03", "weight": "0"},
    ]
    # 30 days of June against 15, 27 of September against 30
    assert answer(*moved).endswith("; 2012-06 gains most, +100.0 %; 2012-09 loses most, -10.0 %")


def test_answer_tells_of_a_change_however_small() -> None:
    assert "0.0001 more than 2026" in answer({"dates": "2027-03-01", "weight": "1.0001"}, year="2027")


def test_month_that_was_closed_has_nothing_to_be_compared_with() -> None:
    of = page(plan({"dates": "2011-01-01..2011-01-31", "weight": "0"}))
    before, now = heat(of).bands[0]
    assert (before.cells, now.cells) == (("2011-01", 0, ""), ("2012-01", 31, None))
    assert "2012-01" not in sentence_text(of.answer)


@pytest.mark.parametrize(
    ("which", "said"),
    [
        ("last", "2011 has 360 effective days; most in 2011-03, 31, fewest in 2011-01, 26"),
        ("this", "2012 has 366 effective days; most in 2012-01, 31, fewest in 2012-02, 29"),
    ],
)
def test_one_year_alone(which: str, said: str) -> None:
    assert answer(CLOSED, which=which) == said
    of = page(plan(CLOSED), which)
    assert [column.key for column in heat(of).columns] == ["month", "effective_days"]
    assert {len(band) for band in heat(of).bands} == {1}
    assert {row["date"][:4] for row in records(of)} == {said[:4]}


def test_plan_without_rules_says_so() -> None:
    assert answer().endswith("; the plan has no day rules, so each day is worth 1")
    assert rules(page(plan())) == []


def test_rule_of_neither_year_is_named_whichever_year_is_shown() -> None:
    old = {"name": "old", "dates": ["2010-01-01..2010-01-03", "2010-02-01"], "weight": "0"}
    for which in ("both", "last", "this"):
        of = page(plan(WEEKEND, old, {"day": "02-29", "times": "2"}, year="2014"), which)
        said = sentence_text(of.answer)
        assert said.endswith("; no day of either year is covered by `old`, `days[2]`")
        assert rules(of)[-4:] == [
            "11  old: 2010-01-01..2010-01-03, 2010-02-01, =0",
            "      → covers no day of either year, so it does nothing",
            "12  days[2]: 02-29, ×2",
            "      → covers no day of either year, so it does nothing",
        ]


def test_rule_of_one_year_is_not_idle() -> None:
    of = page(plan(CLOSED), "this")
    assert "covered" not in sentence_text(of.answer)
    assert rules(of)[1:] == ["10  closed: =0", "      2012: no day"]


def test_each_rule_tells_its_days() -> None:
    feast = {"name": "feast", "day": "spring-festival", "window": "-24..-10", "times": "1.25"}
    assert rules(page(plan(WEEKEND, feast, {"day": "11-11", "weight": "9"}))) == [
        "Day rules (lines of plan.yaml)",
        "10  weekend: sat, sun, ×0.5",
        "      2011: 105 days",
        "      2012: 105 days",
        "11  feast: spring-festival -24..-10, ×1.25",
        # the days at the end of 2011 are those of the feast of 2012, 23 January
        "      2011: 17 days, 2011-01-10..2011-01-24, 2011-12-30..2011-12-31",
        "      2012: 13 days, 2012-01-01..2012-01-13",
        "12  days[2]: 11-11, =9",
        "      2011: 1 day, 2011-11-11",
        "      2012: 1 day, 2012-11-11",
    ]


def test_days_off_tell_what_makes_the_weeks_differ() -> None:
    # The list of 2011: New Year on Monday the 3rd, Spring Festival with two weekends worked for it, …
    said = " ".join(rules(page(plan({"workdays": "CN", "weight": "0"}), "last"))[1:])
    first, *days = " ".join(said.split()).split("; ")
    assert first == "10 days[0]: no workday in CN, =0 2011: 115 days"
    assert days[0].startswith(
        "of Monday to Friday 2011-01-03, 2011-02-02..2011-02-04, 2011-02-07..2011-02-08"
    )
    assert days[1].startswith("worked weekends 2011-01-30, 2011-02-12, ")


def test_holiday_is_told_with_its_country() -> None:
    feast = {"name": "moon", "day": "Mid-Autumn Festival", "country": "CN", "window": "-1..1", "times": "2"}
    assert rules(page(plan(feast), "this"))[1:] == [
        "10  moon: Mid-Autumn Festival in CN -1..1, ×2",
        "      2012: 3 days, 2012-09-29..2012-10-01",
    ]


def test_what_is_not_known_of_days_off_stands_below_their_rule() -> None:
    said = rules(page(plan({"workdays": "CN", "weight": "0"}, year="2098"), "this"))
    assert any(line.startswith("      → the make-up days of 2098 in CN are not known") for line in said)
    assert "2097" not in " ".join(said)


def test_many_runs_of_days_are_counted() -> None:
    most, more = ([f"2012-03-{day:02d}" for day in range(1, 2 * n, 2)] for n in (15, 16))
    first, second = ({"dates": days, "times": "2"} for days in (most, more))
    said = rules(page(plan(first, second), "this"))
    assert said[2] == "      2012: 15 days, 2012-03-01, 2012-03-03, 2012-03-05, 2012-03-07, 2012-03-09,"
    assert said[-1] == "      2012: 16 days"


def test_rule_that_only_moves_the_gathering_of_a_retail_base_is_not_idle() -> None:
    # The base year begins on 31 January 2016, and the amount of that month is spread by its weights.
    sales = [f"2016-{month:02d}" for month in range(1, 13)] + ["2017-01"]
    closed = {"dates": "2016-01-01..2016-01-05", "weight": "0"}
    said = answer(closed, year={"nrf": 2017}, base=dict.fromkeys(sales, "100"))
    assert "covered" not in said


def test_rule_that_was_set_stands_beside_what_sets_it() -> None:
    set_rule = days_page(plan(WEEKEND), (plan().year,), lambda path: Place("--set" if path else "p.yaml", 1))
    assert rules(set_rule)[1].startswith("--set  weekend")


@pytest.mark.parametrize(
    ("fields", "initials", "first"),
    [
        pytest.param({}, "MTWTFSS", 6, id="iso"),
        pytest.param({"weeks": "sunday"}, "SMTWTFS", 0, id="Sunday"),
        pytest.param({"weeks": "saturday"}, "SSMTWTF", 1, id="Saturday"),
        pytest.param({"year": {"nrf": 2017}}, "SMTWTFS", 0, id="retail"),
    ],
)
def test_weeks_of_the_map_begin_as_those_of_the_plan(fields: Fields, initials: str, first: int) -> None:
    # 2012 begins on a Sunday
    of = heat(page(plan(WEEKEND, **fields), "this"))
    assert ("".join(of.weekdays), of.bands[0][0].first) == (initials, first)


def test_months_of_retail_years_are_told_apart_by_their_first_days() -> None:
    of = heat(page(plan(year={"nrf": 2017})))
    assert [strip.cells[0] for strip in of.bands[0]] == ["P01 2016-01-31", "P01 2017-01-29"]
    assert [strip.cells[0] for strip in of.totals] == ["2016", "2017"]
    assert {strip.first for band in of.bands for strip in band} == {0}


def test_sums_of_years_that_begin_inside_a_calendar_year_are_not_taken_for_months() -> None:
    of = heat(page(plan(year="2012-04")))
    assert [strip.cells[0] for strip in of.totals] == ["last year", "this year"]


def test_records_are_the_days_with_the_rules_that_cover_them() -> None:
    unnamed = {"day": "01-07", "times": "3"}
    rows = records(page(plan(WEEKEND, unnamed)))
    assert list(rows[0]) == ["date", "month", "week", "weight", "rules"]
    assert [row["date"] for row in (rows[0], rows[364], rows[365], rows[-1])] == [
        "2011-01-01",
        "2011-12-31",
        "2012-01-01",
        "2012-12-31",
    ]
    by_date = {row["date"]: tuple(row.values())[1:] for row in rows}
    assert by_date["2012-01-01"] == ("2012-01", "2011-W52", "0.5", "weekend")
    assert by_date["2012-01-02"] == ("2012-01", "2012-W01", "1", "")
    assert by_date["2012-01-07"] == ("2012-01", "2012-W01", "1.5", "weekend; days[1]")


def test_weight_has_all_of_its_decimals_however_many() -> None:
    tiny = {"dates": "2012-01-01", "times": "0." + "3" * 30}
    row = records(page(plan(tiny, tiny, tiny), "this"))[0]
    assert row["weight"] == f"0.{int('3' * 30) ** 3:090d}"


@settings(max_examples=40)
@given(plan_fields())
def test_map_shows_the_weights_of_the_records(fields: Fields) -> None:
    of = Plan.model_validate(fields)
    shown = page(of)
    weights = {date.fromisoformat(row["date"]): Fraction(row["weight"]) for row in records(shown)}
    for year, at in ((of.base_year, 0), (of.year, 1)):
        months = [tuple(weights.pop(day) for day in month.dates()) for month in year.months]
        strips = [band[at] for band in heat(shown).bands]
        assert [strip.weights for strip in strips] == months
        assert [strip.cells[1] for strip in strips] == list(map(sum, months))
        assert heat(shown).totals[at].cells[1] == sum(map(sum, months))
    assert not weights


@settings(max_examples=40)
@given(plan_fields())
@example({"year": {"nrf": "1996"}, "target": "9M", "base": list(range(12))})  # after a year of 53 weeks
def test_engine_carries_the_base_by_the_weights_that_are_shown(fields: Fields) -> None:
    of = Plan.model_validate(fields)
    try:
        demand = Demand(of)
    except InfeasibleError:
        assume(False)
        raise AssertionError from None
    assume(demand.base is not None)
    # By days, because retail periods of both years have the same labels.
    weights = {date.fromisoformat(row["date"]): Fraction(row["weight"]) for row in records(page(of))}
    amounts = demand.base or ()
    months = zip(of.base_year.months, of.year.months, amounts, demand.corrected, strict=True)
    for before, month, amount, corrected in months:
        worth = sum(map(weights.__getitem__, month.dates()))
        assert corrected * sum(map(weights.__getitem__, before.dates())) == amount * worth
