"""The page of `plan diff`: what is altered in words, and what holds a cause back."""

from fractions import Fraction
from typing import Any

import pytest
from findings import FLAT, plan_of

from target_cascade.engine.alterations import Alteration, alterations, drafts
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.engine.changes import Known, Labels, changes, quotas, unit_of
from target_cascade.engine.diff import diff
from target_cascade.report.alteration import alteration_text
from target_cascade.report.diff import Side, diff_page
from target_cascade.report.table import Notes, Page, Table
from target_cascade.write.cell_text import people_cell, sentence_text

Fields = dict[str, Any]

AMOUNTS = {f"2026-{month:02d}": 100 for month in range(1, 13)}
SHOP = {"name": "shop", "expect": 300, "count_on": "80%", "start": 3, "ramp": 3}
PRICES = {"name": "prices", "months": "4-12", "lift": "4%"}
HIGH = {"months": 11, "max": 110}
WEEKEND = {"weekdays": "sat-sun", "times": "0.8"}
MOON = {"name": "moon", "day": "Mid-Autumn Festival", "country": "CN", "times": "0.7"}
FEAST = {"name": "feast", "day": "spring-festival", "window": "-2..6", "times": "0.25"}
LACKING = dict.fromkeys(list(AMOUNTS)[1:], 100)
"""A last year without its first month."""
EVEN, RISING = {"shape": [1] * 12}, {"shape": [*range(1, 13)]}


def altered(old: Fields, new: Fields) -> list[Alteration]:
    return alterations(*drafts(plan_of(old), plan_of(new)))


def texts(old: Fields, new: Fields) -> list[str]:
    year = plan_of(new).year
    return [sentence_text(alteration_text(one, year)) for one in altered(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        pytest.param({}, {"target": 1500}, "target 1,000 → 1,500", id="target"),
        pytest.param({}, {"buffer": "2.5%"}, "buffer 0 % → 2.5 %", id="buffer"),
        pytest.param({}, {"weeks": "sunday"}, "weeks iso → sunday", id="weeks"),
        pytest.param({}, {"plan": "Shop {0} [b]"}, "plan none → Shop {0} [b]", id="title"),
        pytest.param({}, {"rounding": {"month": 10}}, "rounding: month 1 → 10", id="rounding"),
        pytest.param({}, {"year": "2028"}, "year 2027 → 2028", id="year"),
        pytest.param(
            {"adjust": [{**PRICES, "name": "base"}]},
            {"adjust": [{**PRICES, "name": "base", "lift": "5%"}]},
            "base: lift 4 % → 5 %",
            id="an entry that is called like a section",
        ),
        pytest.param(
            {},
            {"guardrails": {"growth": 3, "buffer_min": "5%", "accept": [{"rule": "growth", "because": "x"}]}},
            "guardrails: buffer_min 3 % → 5 %, growth 2 → 3, accept added",
            id="guardrails",
        ),
        pytest.param(
            {"new_business": [SHOP]},
            {"new_business": [{**SHOP, "count_on": "60%", "start": "2027-05-10"}]},
            "shop: count_on 80 % → 60 %, start 2027-03-01 → 2027-05-10",
            id="new business",
        ),
        pytest.param(
            {},
            {"new_business": [{**SHOP, "owner": "Mara", "because": "signed"}]},
            "shop (new): expect 300, count_on 80 %, start 2027-03-01, ramp 3",
            id="new business that comes",
        ),
        pytest.param(
            {"adjust": [PRICES]},
            {},
            "prices (removed): months 2027-04 to 2027-12, lift 4 %",
            id="a lift that goes",
        ),
        pytest.param(
            {"adjust": [PRICES]},
            {"adjust": [{"name": "prices", "days": "2027-11-08..2027-11-13", "add": -30, "because": "x"}]},
            "prices: months 2027-04 to 2027-12 → none, days none → 2027-11-08 to 2027-11-13,"
            " lift 4 % → none, add none → -30, because added",
            id="a lift that becomes an add",
        ),
        pytest.param(
            {"adjust": [{**PRICES, "because": "x"}]},
            {"adjust": [{**PRICES, "name": "dearer", "because": "y"}]},
            "dearer: was called prices, because reworded",
            id="another name",
        ),
        pytest.param(
            {"limits": [HIGH]},
            {"limits": [{**HIGH, "max": 120}]},
            "limits[0], 2027-11: max 110 → 120",
            id="a limit",
        ),
        pytest.param(
            {"limits": [HIGH]},
            {"limits": [{**HIGH, "name": "warehouse"}]},
            "warehouse: had no name",
            id="a limit that gets a name",
        ),
        pytest.param(
            {},
            {"limits": [{"name": "spring", "months": "q2", "together": True, "min": 30, "max_share": "30%"}]},
            "spring (new): months 2027-04 to 2027-06, together, min 30, max_share 30 %",
            id="a limit that comes",
        ),
        pytest.param(
            {"limits": [{"months": "1-2", "together": True, "max": 300}]},
            {"limits": [{"months": "1-2", "together": True, "max": 400}]},
            "limits[0], 2027-01 to 2027-02 together: max 300 → 400",
            id="a limit of a sum",
        ),
        pytest.param(
            {"year_end": {"max_share": "32%"}},
            {"year_end": {"months": "10-12", "max_share": "40%"}},
            "year_end: months 2027-11 to 2027-12 → 2027-10 to 2027-12, max_share 32 % → 40 %",
            id="the year's end",
        ),
        pytest.param(
            {"days": [WEEKEND]},
            {"days": [{**WEEKEND, "times": "70%"}]},
            "days[0], sat, sun: times 0.8 → 0.7",
            id="days",
        ),
        pytest.param(
            {"days": [MOON]}, {"days": [{**MOON, "country": "HK"}]}, "moon: country CN → HK", id="a country"
        ),
        pytest.param(
            {"days": [MOON]},
            {"days": [{**MOON, "day": "Dragon Boat Festival"}]},
            "moon: day Mid-Autumn Festival → Dragon Boat Festival",
            id="a holiday",
        ),
        pytest.param(
            {"days": [{"name": "off", "workdays": "CN", "times": "0.5"}]},
            {"days": [{"name": "off", "workdays": "DE-BY", "times": "0.5"}]},
            "off: workdays CN → DE-BY",
            id="workdays",
        ),
        pytest.param(
            {"days": [{"workdays": "CN", "times": "0.5"}]},
            {"days": [{"workdays": "CN", "times": "0.6"}]},
            "days[0], CN: times 0.5 → 0.6",
            id="workdays without a name",
        ),
        pytest.param(
            {},
            {"days": [MOON]},
            "moon (new): day Mid-Autumn Festival, country CN, times 0.7",
            id="a new holiday",
        ),
        pytest.param(
            {"days": [FEAST]},
            {"days": [{**FEAST, "window": "-3..6", "name": "Spring Festival"}]},
            "Spring Festival (new): day spring-festival, window -3..6, times 0.25",
            id="a day rule that comes",
        ),
        pytest.param(
            {"days": [{"day": "4th thu of nov", "weight": 4}]},
            {"days": [{"day": "4th thu of nov", "window": "1..1", "weight": 3}]},
            "days[0]: window none → 1..1, weight 4 → 3",
            id="a window",
        ),
        pytest.param(
            {"days": [{"dates": "2027-08-02..2027-08-06", "weight": 0}]},
            {"days": [{"dates": "2027-08-02..2027-08-06", "weight": 1}]},
            "days[0], 2027-08-02 to 2027-08-06: weight 0 → 1",
            id="dates",
        ),
        pytest.param(
            {"days": [{**FEAST, "weight": 1, "times": None}, {"name": "a", "day": "11-11", "weight": 2}]},
            {"days": [{"name": "a", "day": "11-11", "weight": 2}, {**FEAST, "weight": 1, "times": None}]},
            "days: order of the rules",
            id="the order of day rules",
        ),
        pytest.param(
            {"base": AMOUNTS},
            {"base": AMOUNTS | {"2026-02": 80, "2026-07": 60}},
            "base: 2026-02 100 → 80, 2026-07 100 → 60",
            id="a few months of last year",
        ),
        pytest.param(
            {"base": AMOUNTS},
            {"base": AMOUNTS | dict.fromkeys(list(AMOUNTS)[:4], 110)},
            "base: 4 months of last year, together 400 → 440",
            id="more months of last year",
        ),
        pytest.param(
            {}, {"base": AMOUNTS}, "base: 12 months of last year, together 0 → 1,200", id="a last year"
        ),
        pytest.param(
            {"base": {"shape": [1] * 12}},
            {"base": {"shape": [*range(12)]}},
            "base: 11 months of the shape",
            id="shape",
        ),
        pytest.param(
            {"base": AMOUNTS}, {"base": {"shape": [1] * 12}}, "base: amounts → a shape", id="to a shape"
        ),
        pytest.param(
            {"base": {"shape": [1] * 12}}, {"base": [1] * 12}, "base: a shape → amounts", id="from a shape"
        ),
        pytest.param({"base": AMOUNTS}, {}, "base: 12 months of last year, together 1,200 → 0", id="no base"),
        pytest.param(
            {"base": {**LACKING, "fill": EVEN}},
            {"base": {**LACKING, "fill": RISING}},
            "base: fill: another season",
            id="another season that fills",
        ),
        pytest.param(
            {"base": AMOUNTS},
            {"base": {**LACKING, "fill": EVEN}},
            "base: fill added; 2026-01 100 → none",
            id="a month that is now filled",
        ),
        pytest.param(
            {"base": {**LACKING, "fill": EVEN}},
            {"base": AMOUNTS},
            "base: fill removed; 2026-01 none → 100",
            id="a month that is no longer filled",
        ),
        pytest.param(
            {"base": AMOUNTS}, {"base": {**AMOUNTS, "fill": EVEN}}, "base: fill added", id="fills nothing"
        ),
        pytest.param(
            {},
            {"base": {**LACKING, "fill": EVEN}},
            "base: fill added; 11 months of last year, together 0 → 1,100",
            id="a last year that is filled",
        ),
        pytest.param(
            {"base": {"year": 2025, "2025-03": 100, "2025-04": 90, "fill": EVEN}},
            {},
            "base: fill removed; 2025-03 100 → none, 2025-04 90 → none",
            id="months of an earlier year that go",
        ),
        pytest.param(
            {"base": {"year": 2025, "months": [100] * 12}},
            {"base": {"year": 2024, "months": [110] * 12}},
            "base: year 2025 → 2024; 12 months of last year, together 1,200 → 1,320",
            id="another year with other amounts",
        ),
        pytest.param(
            {"base": [100] * 12},
            {"base": {"year": 2024, "months": [100] * 12}},
            "base: year 2026 → 2024",
            id="another year with the same amounts",
        ),
        pytest.param(
            {"base": {"year": 2025, "2025-03": 100, "fill": EVEN}},
            {"base": {"year": 2024, "2024-03": 90, "fill": RISING}},
            "base: year 2025 → 2024; fill: another season; 2024-03 100 → 90",
            id="another year and another season",
        ),
        pytest.param(
            {"base": AMOUNTS},
            {"base": {**AMOUNTS, "because": "x"}},
            "base: because added",
            id="a reason of last year",
        ),
        pytest.param(
            {"base": AMOUNTS},
            {"base": {**AMOUNTS, "fix": {"2026-07": 60}}},
            "fix 2026-07 none → 60",
            id="a repair",
        ),
    ],
)
def test_alteration_says_what_is_altered(old: Fields, new: Fields, text: str) -> None:
    found = texts(*({key: _without_none(value) for key, value in fields.items()} for fields in (old, new)))
    assert found[:1] == [text]


def _without_none(value: Any) -> Any:
    """`value` without the keys that an entry does not write."""
    if isinstance(value, list):
        return [_without_none(one) for one in value]
    return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


def of(**fields: Any) -> Cascade:
    return cascade(plan_of({"target": 1200, "base": FLAT, **fields}))


def page(old: Cascade, new: Cascade) -> Page:
    sides = [
        Side(name, quotas(one, "month"), one.plan) for name, one in (("old.yaml", old), ("new.yaml", new))
    ]
    changed = changes(sides[0].quotas, sides[1].quotas, unit_of(new, "month"))
    return diff_page(sides[0], sides[1], changed, "month", diff(old, new))


def causes(shown: Page) -> list[str]:
    (table,) = (block for block in shown.blocks if isinstance(block, Table) and block.name == "Causes")
    return [people_cell(row.cells[0], "text") for row in table.rows if row.role == "row"]


@pytest.mark.parametrize(
    ("old", "new", "remark"),
    [
        pytest.param({}, {"target": 1300}, "", id="what moves months"),
        pytest.param(
            {},
            {"adjust": [{"name": "a", "lift": "5%"}]},
            " (moves no month; growth factor ×1.00 → ×0.95)",
            id="a lift of the whole year",
        ),
        pytest.param(
            {},
            {"adjust": [{"name": "a", "months": "1-12", "lift": "5%"}]},
            " (moves no month; growth factor ×1.00 → ×0.95)",
            id="12 months",
        ),
        pytest.param({}, {"limits": [{**HIGH, "max": 500}]}, " (does not bind)", id="a wide limit"),
        pytest.param({}, {"weeks": "sunday"}, " (moves weeks and days only)", id="weeks"),
        pytest.param(
            {},
            {"adjust": [{"name": "a", "months": 6, "add": "0.1"}]},
            " (moves less than a rounding unit)",
            id="little",
        ),
        pytest.param({}, {"adjust": [{"name": "a", "add": 0}]}, " (moves no month)", id="nothing"),
        pytest.param(
            {}, {"rounding": {"month": 1, "day": 1}}, " (moves no month)", id="a default that is written"
        ),
        pytest.param(
            {"limits": [{**HIGH, "max": 90}]},
            {"limits": [{**HIGH, "max": 90}], "adjust": [{"name": "a", "months": 11, "lift": "9%"}]},
            " (2027-11 held by `limits[0]`)",
            id="a limit without a name",
        ),
        pytest.param(
            {"limits": [{**HIGH, "max": 90, "name": "ware|house {x}"}]},
            {
                "limits": [{**HIGH, "max": 90, "name": "ware|house {x}"}],
                "adjust": [{"name": "a", "months": 11, "lift": "9%"}],
            },
            " (2027-11 held by `ware|house {x}`)",
            id="a limit with a name",
        ),
        pytest.param(
            {"year_end": {"max": 150}},
            {"adjust": [{"name": "a", "months": "11-12", "lift": "9%"}]},
            " (2027-11 to 2027-12 held by `year_end` of the old plan)",
            id="a limit that goes afterwards",
        ),
    ],
)
def test_first_cause_says_what_holds_it_back(old: Fields, new: Fields, remark: str) -> None:
    first = causes(page(of(**old), of(**new)))[0]
    assert first.endswith(remark)
    assert ("(" in first.replace("(new)", "")) is bool(remark)


@pytest.mark.parametrize(
    ("old", "new", "answer"),
    [
        pytest.param(
            {},
            {"target": 1320},
            "The year rises by 120 (+10.0 %) from 1,200 to 1,320; all 12 months change, 2027-01 most, by +10",
            id="more",
        ),
        pytest.param(
            {},
            {"target": 900, "limits": [{"months": 1, "hold": 20}]},
            "The year falls by 300 (-25.0 %) from 1,200 to 900; all 12 months change, 2027-01 most, by -80",
            id="less",
        ),
        pytest.param(
            {},
            {"limits": [{"months": 3, "hold": 45}]},
            "The year stays at 1,200; all 12 months change, 2027-03 most, by -55",
            id="the same",
        ),
        pytest.param(
            {"target": 60_000},
            {"target": 60_001},
            "The year rises by 1 from 60,000 to 60,001; only 2027-01 changes, by +1",
            id="hardly more",
        ),
        pytest.param(
            {}, {"weeks": "sunday"}, "Every month keeps its quota; other periods do not.", id="only weeks"
        ),
        pytest.param(
            {}, {"year_end": {"max": 900}}, "No quota differs, although the plans do.", id="no quota"
        ),
        pytest.param(
            {"adjust": [{"name": "a", "lift": "0%"}]},
            {"adjust": [{"name": "a", "lift": "25%"}]},
            "No quota differs, although the plans do; growth factor ×1.00 → ×0.80.",
            id="only growth",
        ),
        pytest.param({}, {"plan": "A"}, "No quota differs: what has changed moves none.", id="only words"),
        pytest.param({}, {}, "No quota differs: the plans say the same.", id="the same plan"),
    ],
)
def test_answer_is_what_the_year_and_its_months_do(old: Fields, new: Fields, answer: str) -> None:
    assert sentence_text(page(of(**old), of(**new)).answer) == answer


def notes(shown: Page) -> list[str]:
    found = (block for block in shown.blocks if isinstance(block, Notes))
    return [sentence_text(note.head) for block in found for note in block.notes]


def test_amounts_of_two_currencies_are_told() -> None:
    shown = page(of(currency="CNY"), of(currency="EUR"))
    assert shown.title == "old.yaml → new.yaml · CNY → EUR"
    assert notes(shown) == [
        "The amounts are in two currencies, CNY and EUR, and compared as they stand.",
        "currency CNY → EUR",
    ]


def test_a_currency_that_one_plan_names_is_that_of_both() -> None:
    assert page(of(), of(currency="EUR")).title == "old.yaml → new.yaml · EUR"


def test_months_of_two_years_are_told_to_stand_by_their_places() -> None:
    said = "The two share no month; each stands beside the one at the same place in its year."
    assert notes(page(of(), of(year="2028"))) == [said]


def test_without_a_plan_on_both_sides_the_causes_are_not_known() -> None:
    new = of()
    old = Side("old.csv", {("2027-01",): Known(Fraction(90)), ("2027-02",): Known(Fraction(100))})
    changed = changes(old.quotas, quotas(new, "month"), Fraction(1))
    shown = diff_page(old, Side("new.yaml", quotas(new, "month"), new.plan), changed, "month", None)
    assert notes(shown) == ["`old.csv` holds quotas only, so that the causes are not known."]
    assert [table.name for table in shown.records] == ["Months"]
    (table,) = (block for block in shown.blocks if isinstance(block, Table))
    assert [row.cells[:4] for row in table.rows[:3]] == [
        ("2027-01", Fraction(90), Fraction(100), Fraction(10)),
        ("2027-02 unchanged", None, None, None),
        ("2027-03", None, Fraction(100), Fraction(100)),
    ]


def test_runs_of_months_that_stay_are_one_row_and_rows_add_up_to_the_total() -> None:
    bounds = [{"months": "1-6", "hold": 100}, {"months": 12, "hold": 100}]
    shown = page(of(limits=bounds), of(limits=bounds, adjust=[{"name": "a", "months": 8, "lift": "40%"}]))
    table = next(block for block in shown.blocks if isinstance(block, Table) and block.name == "Months")
    folds = [row.cells[0] for row in table.rows if row.role == "fold"]
    assert folds == ["2027-01 to 2027-06 unchanged", "2027-12 unchanged"]
    moves = [row.cells[3] for row in table.rows if row.role == "row"]
    total = next(row for row in table.rows if row.role == "total")
    assert sum(move for move in moves if isinstance(move, Fraction)) == total.cells[3]


A_SHOP = {**SHOP, "name": "A"}
A_LIFT = {**PRICES, "name": "A"}


@pytest.mark.parametrize(
    ("old", "new", "starts"),
    [
        pytest.param(
            {"new_business": [A_SHOP]},
            {"adjust": [A_LIFT]},
            ["A in new_business (removed): ", "A in adjust (new): "],
            id="one name in two sections",
        ),
        pytest.param(
            {"new_business": [A_SHOP]},
            {"new_business": [{**A_SHOP, "owner": "Mara"}], "adjust": [A_LIFT]},
            ["A in adjust (new): "],
            id="one of them moves nothing",
        ),
        pytest.param(
            {"new_business": [A_SHOP], "adjust": [A_LIFT]},
            {"new_business": [A_SHOP]},
            ["A (removed): "],
            id="the other stays",
        ),
        pytest.param(
            {"new_business": [{**SHOP, "name": "target"}]},
            {"target": 1300},
            ["target in new_business (removed): ", "target 1,200 → 1,300"],
            id="the name of a key",
        ),
        pytest.param(
            {"limits": [{"months": 1, "max": 500}, HIGH]},
            {},
            ["limits[0] of the old plan (removed): ", "limits[1] of the old plan (removed): "],
            id="no name and no place in the new plan",
        ),
    ],
)
def test_cause_says_where_it_stands_if_its_name_does_not(old: Fields, new: Fields, starts: list[str]) -> None:
    found = causes(page(of(**old), of(**new)))
    assert len(found) == len(starts)
    for text, start in zip(found, starts, strict=True):
        assert text.startswith(start)


def test_nothing_that_differs_is_no_table_for_people() -> None:
    shown = page(of(), of(year_end={"max": 900}))
    assert [block.name for block in shown.blocks if isinstance(block, Table)] == ["Causes"]
    assert [len(table.rows) for table in shown.records] == [12, 1]


def test_run_of_weeks_names_the_month_of_a_week_that_is_cut() -> None:
    parts = (
        ("2027-09", "2027-W39"),
        ("2027-10", "2027-W39"),
        ("2027-10", "2027-W40"),
        ("2027-10", "2027-W41"),
    )
    old: dict[Labels, Known] = {labels: Known(Fraction(5)) for labels in parts}
    new = {**old, parts[0]: Known(Fraction(6)), parts[-1]: Known(Fraction(4))}
    changed = changes(old, new, Fraction(1))
    shown = diff_page(Side("old.csv", old), Side("new.csv", new), changed, "week", None)
    (table,) = (block for block in shown.blocks if isinstance(block, Table))
    folds = [row.cells[0] for row in table.rows if row.role == "fold"]
    assert folds == ["2027-W39 in 2027-10 to 2027-W40 unchanged"]
