"""Rules about capacities, order-by dates, contingencies and owners, on each threshold and beyond it."""

from datetime import date
from typing import Any

import pytest
from findings import Fields, Found, findings, found, number, only, told

from target_cascade.sentence import amount, count, share
from target_cascade.write.cell_text import sentence_text

BECAUSE = {"because": "x"}
MONTH = 300
"""What each month brings in these plans: in June 10 a day."""


def planned(**fields: Any) -> Fields:
    return {"target": 12 * MONTH, "limits": [{"months": "1-12", "hold": MONTH, **BECAUSE}], **fields}


def packed(capacity: Any, **fields: Any) -> Fields:
    return planned(
        kpis={"parcels": {"formula": "quota", "unit": "count", "team": "Logistics"}},
        teams={"Logistics": {"capacity_per_day": {"parcels": capacity}}},
        **fields,
    )


FAIR = {"days": [{"dates": "2027-06-11", "weight": 21}]}
"""With it the days of June are 6 and, on the 11th, 126: 29 + 21 times 6 are 300."""
PLACE = ("teams", "Logistics", "capacity_per_day", "parcels")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(packed(126, **FAIR), [], id="on the capacity"),
        pytest.param(
            packed(125, **FAIR),
            [Found("warning", PLACE, amount(number(126)), amount(number(125)))],
            id="above it",
        ),
        pytest.param(packed("100万", **FAIR), [], id="room for all"),
        pytest.param({**packed(1), "teams": {"Logistics": {}}}, [], id="no capacity"),
    ],
)
def test_day_above_a_capacity(fields: Fields, expected: list[Found]) -> None:
    assert found("peak-day", fields) == expected


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param(
            packed(100, **FAIR),
            "2027-06-11 brings 126 of `parcels`, more than the 100 that `Logistics` can do on a day",
            id="one day",
        ),
        pytest.param(
            packed(100, days=[{"dates": ["2027-06-11", "2027-07-09"], "weight": 21}]),
            "2027-06-11 brings 126 of `parcels`, more than the 100 that `Logistics` can do on a day;"
            " it is so on 2 days",
            id="two days, the first of the largest",
        ),
    ],
)
def test_words_of_peak_day(fields: Fields, words: str) -> None:
    assert told("peak-day", fields) == words


def bought(lead_days: int = 45, unit: str = "count", **team: Any) -> Fields:
    kpi = {"formula": "quota * takes", "unit": unit, "team": "Purchasing"}
    return planned(
        kpis={"coats": kpi, "orders": {"formula": "quota", "unit": "count", "team": "Shop"}},
        drivers={"takes": {"default": 1, "1-2": 0}},
        teams={"Purchasing": {"lead_days": lead_days, **team}, "Shop": {}},
    )


MARCH_ORDER = date(2027, 1, 15)
"""45 days before 1 March: 14 of January after it, the 28 of February, and 3 that are 16, 17 and 18."""


def late(days: int) -> list[Found]:
    return [Found("error", ("teams", "Purchasing", "lead_days"), count(days), count(0))]


def test_order_by_date_is_the_lead_days_before_the_month() -> None:
    assert (date(2027, 3, 1) - MARCH_ORDER).days == 45


@pytest.mark.parametrize(
    ("today", "fields", "expected"),
    [
        pytest.param(date(2027, 1, 15), bought(), [], id="on the last day"),
        pytest.param(date(2027, 1, 16), bought(), late(1), id="a day later"),
        pytest.param(date(2026, 1, 1), bought(), [], id="long before"),
        pytest.param(date(2027, 12, 31), bought(), late(75), id="the last month is not over"),
        pytest.param(date(2028, 1, 1), bought(), [], id="all is over"),
        pytest.param(None, bought(), [], id="on no day"),
        pytest.param(date(2027, 3, 2), bought(0), late(1), id="no lead, and the month has begun"),
        pytest.param(date(2027, 1, 16), bought(ordered="2027-03"), [], id="it is ordered"),
        pytest.param(
            date(2027, 1, 16), bought(ordered="2027-02"), late(1), id="ordered up to the month before"
        ),
        pytest.param(date(2027, 2, 16), bought(ordered=3), late(1), id="of two months one is ordered"),
        pytest.param(date(2027, 1, 16), bought(unit="money"), late(1), id="in money"),
        pytest.param(date(2027, 1, 16), bought(unit="boxes"), [], id="a ratio is not ordered"),
        pytest.param(
            date(2027, 1, 16), {**bought(), "teams": {"Purchasing": {}}}, [], id="no lead days are said"
        ),
    ],
)
def test_order_by_date_that_has_passed(today: date | None, fields: Fields, expected: list[Found]) -> None:
    assert found("order-by", fields, today) == expected


@pytest.mark.parametrize(
    ("today", "words"),
    [
        pytest.param(
            date(2027, 1, 16),
            "`Purchasing` had to order the 300 of `coats` for 2027-03 by 2027-01-15, 45 days before the"
            " month, and it is 2027-01-16",
            id="one month",
        ),
        pytest.param(
            date(2027, 4, 1),
            "`Purchasing` had to order the 300 of `coats` for 2027-04 by 2027-02-15, 45 days before the"
            " month, and it is 2027-04-01; it is so in 2 months",
            id="March is over, April and May are late",
        ),
    ],
)
def test_words_of_order_by(today: date, words: str) -> None:
    assert told("order-by", bought(), today) == words


def test_order_by_tells_each_kpi_of_a_team_and_no_money_that_is_not_spent() -> None:
    fields = bought()
    kpi = {"formula": "quota * takes", "unit": "money", "team": "Purchasing"}
    fields["kpis"] |= {"goods": kpi, "margin": kpi | {"spends": False}}
    assert found("order-by", fields, date(2027, 1, 16)) == late(1) * 2


def test_lead_days_before_the_first_day_there_is_are_no_error() -> None:
    assert findings("order-by", bought(999) | {"year": 1902}, date(1902, 1, 1)) != []


def heavy(june: int, **fields: Any) -> Fields:
    """June brings `june` of 1000."""
    return {"limits": [{"months": 6, "hold": june, **BECAUSE}], **fields}


def contingency(*when: str) -> Fields:
    return {"contingency": [{"when": one, "do": "a second sale"} for one in when]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(heavy(150), None, id="on the threshold"),
        pytest.param(heavy(151), ("target",), id="above it"),
        pytest.param(heavy(151, **contingency("6 < 85%")), None, id="spoken of"),
        pytest.param(heavy(151, **contingency("Q2 < 90%")), None, id="its quarter is spoken of"),
        pytest.param(heavy(151, **contingency("7 < 85%")), ("contingency",), id="another is spoken of"),
    ],
)
def test_month_without_contingency(fields: Fields, expected: Any) -> None:
    limit = share(number("0.15"))
    one = [] if expected is None else [Found("warning", expected, share(number("0.151")), limit)]
    assert found("contingency", fields) == one


def test_contingency_has_a_threshold_of_the_plan() -> None:
    assert found("contingency", heavy(151, guardrails={"contingency_share": "20%"})) == []


def test_words_of_contingency_name_each_month() -> None:
    fields = {"limits": [{"months": "6", "hold": 160, **BECAUSE}, {"months": "7", "hold": 200, **BECAUSE}]}
    finding = only("contingency", fields)
    assert sentence_text(finding.message) == (
        "more than 15.0 % of the year is to come in 2027-06 (16.0 %), 2027-07 (20.0 %), and no contingency"
        " says what is done if it does not"
    )
    assert "when 2027-07 < 85%" in sentence_text(finding.remedy)


def kpis(*teams: str | None) -> Fields:
    """KPIs of teams, or of none, each with an action."""
    entries = {
        f"k{i}": {"formula": "quota", **({"team": team} if team else {})} for i, team in enumerate(teams)
    }
    return {"kpis": entries, "actions": [{"kpi": name, "do": "count them"} for name in entries]}


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        pytest.param(kpis("A", None), ("kpis", "k1"), "the KPI `k1` has no team", id="a KPI"),
        pytest.param(
            kpis(None, "A", None), ("kpis", "k0"), "the KPIs `k0`, `k2` have no team", id="two KPIs"
        ),
        pytest.param(
            kpis(*[None] * 15),
            ("kpis", "k0"),
            "the KPIs `k0`, `k1`, `k2` and 12 more have no team",
            id="fifteen KPIs",
        ),
        pytest.param(
            {**kpis("A"), "drivers": {"a": {"default": 1, "team": "A"}, "b": 2}},
            ("drivers", "b"),
            "the driver `b` has no team",
            id="a driver",
        ),
        pytest.param(
            {**kpis("A", "A"), "actions": [{"kpi": "k1", "do": "count them"}]},
            ("kpis", "k0"),
            "the KPI `k0` has no action",
            id="no action",
        ),
    ],
)
def test_number_that_nobody_owns(fields: Fields, path: Any, words: str) -> None:
    finding = only("unowned", fields)
    assert (finding.severity, finding.path, finding.limit) == ("note", path, None)
    assert sentence_text(finding.message) == words


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        pytest.param(
            {"actions": [{"kpi": "k0", "do": "x", "who": "Warhouse"}]}, ("actions", 0, "who"), id="who"
        ),
        pytest.param(
            {"contingency": [{"when": "3 < 80%", "do": "x", "who": "Warehousse"}]},
            ("contingency", 0, "who"),
            id="a contingency's",
        ),
        pytest.param(
            {"drivers": {"a": {"default": 1, "team": "warehouse"}}}, ("drivers", "a", "team"), id="a driver's"
        ),
        pytest.param(
            {"actions": [{"kpi": "k0", "do": "x", "who": "Wei Wangg"}]}, ("actions", 0, "who"), id="a lead"
        ),
    ],
)
def test_owner_that_is_nearly_somebody_is_found(fields: Fields, path: Any) -> None:
    plan = {**kpis("Warehouse"), "teams": {"Warehouse": {"lead": "Wei Wang"}}, **fields}
    (finding,) = [
        one for one in findings("unowned", plan) if "nobody is called" in sentence_text(one.message)
    ]
    assert finding.path == path


@pytest.mark.parametrize("who", ["Warehouse", "Sales A", "Sales B", "Lin"])
def test_owner_of_another_name_is_nobodys_slip(who: str) -> None:
    plan = {**kpis("Sales B"), "teams": {"Warehouse": {}, "Sales A": {}}}
    plan["actions"] = [{"kpi": "k0", "do": "x", "who": who}]
    assert not [one for one in findings("unowned", plan) if "nobody is called" in sentence_text(one.message)]


def test_number_with_an_owner_and_an_action_is_not_found() -> None:
    assert findings("unowned", kpis("A", "B") | {"drivers": {"a": {"default": 1, "team": "A"}}}) == []
