"""The page of `plan review`: periods, landings, remarks, nodes, KPIs, and a team's Monday."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from target_cascade.calendar import Period
from target_cascade.engine.cascade import cascade
from target_cascade.engine.review.came_in import CameIn, came_in
from target_cascade.engine.review.review import review
from target_cascade.errors import UsageError
from target_cascade.plan import Plan
from target_cascade.report.review.pace import company_series, monday_after, pace
from target_cascade.report.review.page import known_kpi, kpi_review_page, node_review_page, review_page
from target_cascade.report.review.sentences import enough
from target_cascade.report.review.week import team_review_page, with_pace
from target_cascade.report.table import Notes, Page, Table
from target_cascade.review.actuals import Actual
from target_cascade.sentence import Figure, Sentence
from target_cascade.write.cell_text import people_cell, sentence_text

PLAN: dict[str, Any] = {
    "year": 2027,
    "target": 3_650_000,  # 10,000 a day
    "drivers": {"price": {"default": 100, "team": "Shop"}, "conversion": {"default": "2%", "team": "Shop"}},
    "kpis": {
        "orders": {"formula": "quota / price", "unit": "count", "team": "Shop"},
        "visits": {"formula": "orders / conversion", "unit": "count", "team": "Ads"},
        "spend": {"formula": "visits * 2", "unit": "money", "team": "Ads", "max": "50% of quota"},
        "late": {"at_most": "3%", "of": "orders", "team": "Shop"},
        "talk": {"between": "3..8", "team": "Shop"},
    },
    "teams": {"Shop": {}, "Ads": {}, "Idle": {}},
    "cascade": {"members": [{"name": f"n{at}"} for at in range(10)]},
}
FEBRUARY = date(2027, 2, 28)


def plan_of(**fields: Any) -> Plan:
    return Plan.model_validate({**PLAN, **fields})


def months(*amounts: Any, kpi: str | None = None, who: str | None = None) -> list[Actual]:
    """Rows of the first months."""
    year = plan_of().year
    pairs = zip(year.months, amounts, strict=False)
    return [Actual(month, "month", Fraction(amount), kpi, who) for month, amount in pairs]


def days(through: date, a_day: int, kpi: str | None = None, who: str | None = None) -> list[Actual]:
    """Rows of all days of the year so far."""
    first = date(2027, 1, 1)
    dates = (first + timedelta(at) for at in range((through - first).days + 1))
    return [Actual(Period(str(day), day, day), "day", Fraction(a_day), kpi, who) for day in dates]


def figures(*rows: Actual, plan: Plan | None = None, through: date | None = None) -> CameIn:
    return came_in(cascade(plan or plan_of()), rows, through)


def page_of(*rows: Actual, **other: Any) -> Page:
    return review_page(review(figures(*rows, **other)))


def shown(table: Table, *keys: str) -> list[tuple[str, ...]]:
    """The cells of some columns as people read them."""
    places = [(at, column) for key in keys for at, column in enumerate(table.columns) if column.key == key]
    return [tuple(people_cell(row.cells[at], column.kind) for at, column in places) for row in table.rows]


def block(page: Page, name: str) -> Table:
    return next(one for one in page.blocks if isinstance(one, Table) and one.name == name)


def remarks(page: Page) -> list[str]:
    return [sentence_text(note.head) for one in page.blocks if isinstance(one, Notes) for note in one.notes]


def record(page: Page, name: str) -> Table:
    return next(one for one in page.records if one.name == name)


def test_months_are_compared_with_their_quotas_and_the_year_to_date_is_their_sum() -> None:
    table = block(page_of(*months(300_000, 280_000)), "Months")
    assert shown(table, "period", "quota_to_date", "actual", "gap", "status") == [
        ("2027-01", "310,000", "300,000", "-10,000", "amber"),
        ("2027-02", "280,000", "280,000", "0", "green"),
        ("Year to date", "590,000", "580,000", "-10,000", "green"),
    ]


def test_month_that_is_not_over_is_compared_with_its_quota_to_date_and_says_so() -> None:
    page = page_of(*days(date(2027, 1, 17), 9_000))
    assert shown(block(page, "Months"), "period", "quota_to_date", "actual") == [
        ("2027-01 to 17 January", f"{17 * 10_000:,}", f"{17 * 9_000:,}"),
        ("Year to date", f"{17 * 10_000:,}", f"{17 * 9_000:,}"),
    ]
    assert "2027-01 is not over: 170,000 of its 310,000 is due by 17 January" in remarks(page)


@pytest.mark.parametrize(
    ("buffer", "is_told"),
    [
        pytest.param("10%", True, id="covered by the buffer"),
        pytest.param("0%", False, id="not covered"),
    ],
)
def test_red_month_is_no_reason_to_change_the_plan_while_the_target_is_reached(
    buffer: str, is_told: bool
) -> None:
    page = page_of(*months(250_000), plan=plan_of(buffer=buffer))
    assert shown(block(page, "Months"), "status")[0] == ("red",)
    told = "2027-01 is red, and the target is still reached: no reason to change the plan"
    assert (told in remarks(page)) is is_told


def test_landings_have_the_rest_on_plan_at_pace_and_just_enough() -> None:
    plan = plan_of(buffer="10%")  # 4,015,000
    page = page_of(*months(0, 0), plan=plan, through=FEBRUARY)
    assert [row.cells[1:] for row in block(page, "Landings").rows] == [
        (Fraction(4_015_000 - 649_000), Fraction(-284_000)),
        (Fraction(0), Fraction(-3_650_000)),
        (Fraction(3_650_000), Fraction(0)),
    ]


@pytest.mark.parametrize(
    ("catch_up", "said"),
    [
        pytest.param("2", "`plan replan` puts the 190,000 on the other months", id="all of it"),
        pytest.param(
            "1.02",  # of each of the ten quotas, in whole units
            "`plan replan` can put 61,200 of that on the other months, and 128,800 find no place there",
            id="a part of it",
        ),
        pytest.param("1", "the other months can take nothing of that", id="nothing of it"),
    ],
)
def test_sentence_promises_no_more_than_a_re_plan_can_place(catch_up: str, said: str) -> None:
    plan = plan_of(guardrails={"catch_up": catch_up})
    page = page_of(*months(200_000, 200_000), plan=plan)
    assert said in sentence_text(page.answer)


def test_year_that_is_over_lands_nowhere_but_where_it_is() -> None:
    page = page_of(*months(*[310_000] * 12))
    assert not [one for one in page.blocks if isinstance(one, Table) and one.name == "Landings"]
    assert sentence_text(page.answer).startswith("The year is over: it brought 3,720,000, 70,000 more")


@pytest.mark.parametrize(
    ("needed", "so_far", "told"),
    [
        pytest.param("0.95833", "0.94", "0.959", id="rounded up"),
        pytest.param("0.96144", "0.96196", "0.9615", id="so far it is enough"),
        pytest.param("0.5", "0.5", "0.5", id="the same"),
        pytest.param("1.2", None, "1.2", id="nothing due yet"),
        pytest.param("0.99905", "0.914", "0.9991", id="not all of the quotas"),
    ],
)
def test_part_that_is_enough_is_rounded_up_but_never_above_what_is_enough_so_far(
    needed: str, so_far: str | None, told: str
) -> None:
    assert enough(Fraction(needed), None if so_far is None else Fraction(so_far)) == Fraction(told)


def test_many_nodes_are_shown_by_the_lowest_and_the_highest_and_machines_get_all() -> None:
    rows = [row for at in range(10) for row in months(20_000 + at * 2_000, who=f"n{at}")]
    page = page_of(*rows)
    names = [cell for (cell,) in shown(block(page, "Nodes"), "node")]
    assert names == ["n0", "n1", "n2", "… 4 more …", "n7", "n8", "n9"]
    assert len(record(page, "Nodes").rows) == 10


def test_months_that_a_node_lacks_are_named_beside_it() -> None:
    rows = [*months(310_000, 280_000), *months(0, 28_000, who="n1")[1:]]
    page = page_of(*rows)
    assert shown(block(page, "Nodes"), "node", "quota_to_date") == [("n1 (without 2027-01)", "28,000")]
    assert record(page, "Nodes").rows[0].cells[:2] == ("n1", "2027-01")


def test_page_of_a_node_says_where_its_year_comes_to() -> None:
    page = node_review_page(figures(*months(310_000), *months(29_000, who="n3")), "n3")
    said = "Through January n3 is 2,000 behind its quotas of 31,000 (93.5 %); with the rest on plan its year"
    assert sentence_text(page.answer) == f"{said} is 363,000 of 365,000"


@pytest.mark.parametrize(
    ("kpi", "planned", "actual", "status"),
    [
        pytest.param("orders", 3_100, 3_000, "amber", id="more is better"),
        pytest.param("spend", 310_000, 300_000, "green", id="money that is spent"),
        pytest.param("spend", 310_000, 330_000, "amber", id="too much is spent"),
        pytest.param("late", Fraction(3, 100), Fraction(4, 100), "red", id="at most"),
        pytest.param("conversion", Fraction(2, 100), Fraction(19, 1000), "amber", id="driver"),
    ],
)
def test_kpi_is_judged_by_the_side_that_is_better(
    kpi: str, planned: Fraction, actual: Fraction, status: str
) -> None:
    page = kpi_review_page(figures(*months(310_000), *months(actual, kpi=kpi)), kpi)
    row = record(page, "KPIs").rows[0].cells
    values = [cell.value for cell in row[2:4] if isinstance(cell, Figure)]
    assert (values, row[-1]) == ([planned, actual], status)


@pytest.mark.parametrize("text", ["Price", " price", "PRICE"])
def test_kpi_is_found_in_letters_of_either_case(text: str) -> None:
    assert known_kpi(plan_of(), text) == "price"


def test_kpi_without_one_planned_value_is_refused_alone_and_left_out_of_the_page() -> None:
    rows = [*months(310_000), *months(5, kpi="talk")]
    with pytest.raises(UsageError, match="lies in a range"):
        kpi_review_page(figures(*rows), "talk")
    assert not [one for one in page_of(*rows).records if one.name == "KPIs"]


def test_weeks_of_monthly_figures_are_refused_with_what_to_export() -> None:
    with pytest.raises(UsageError, match="export sales by day or by week"):
        review_page(review(figures(*months(310_000))), "week")


def test_months_that_are_known_as_a_whole_only_are_named_above_the_weeks_of_others() -> None:
    february = [row for row in days(date(2027, 2, 14), 9_000) if row.period.start.month == 2]
    page = review_page(review(figures(*months(310_000), *february)), "week")
    assert "2027-01: only known by month, so no weeks are shown; the year to date has them" in remarks(page)
    weeks = [row.cells for row in record(page, "Weeks").rows]
    assert weeks[0][:2] == ("2027-01", "2026-W53")
    assert {cells[0] for cells in weeks if cells[4] is None} == {"2027-01"}
    assert {cells[0] for cells in weeks if cells[4] is not None} == {"2027-02"}


def test_pace_is_what_is_left_of_the_month_by_effective_days() -> None:
    plan = plan_of(days=[{"name": "half", "weekdays": "sun", "times": "0.5"}])
    taken = figures(*days(date(2027, 1, 17), 9_000), plan=plan)  # a Sunday
    monday = monday_after(taken.cascade, taken.through)
    assert monday is not None
    one = pace(company_series(taken), monday, taken.through)
    quota, left_days, gone_days = taken.cascade.months[0].amount, 14 - 1, 17 - Fraction(3, 2)
    assert [monday.days_left, monday.days_gone] == [left_days, gone_days]
    assert one.left == quota - 17 * 9_000
    assert one.needed == -(-one.left // left_days)  # a whole unit, rounded up
    assert one.so_far == round(17 * 9_000 / gone_days)
    assert one.last_actual == 7 * 9_000
    assert one.this_actual is None


def test_pace_after_the_last_day_of_a_month_is_of_the_next_one() -> None:
    taken = figures(*months(300_000))
    monday = monday_after(taken.cascade, taken.through)
    assert monday is not None
    one = pace(company_series(taken), monday, taken.through)
    assert [one.left, one.needed, one.so_far] == [280_000, 10_000, None]
    assert one.last_actual is None, "weeks of monthly figures are not known"


def test_month_that_has_brought_its_quota_needs_nothing_more() -> None:
    taken = figures(*days(date(2027, 1, 17), 20_000))
    monday = monday_after(taken.cascade, taken.through)
    assert monday is not None
    one = pace(company_series(taken), monday, taken.through)
    assert [one.left, one.needed] == [310_000 - 340_000, 0]
    orders = days(date(2027, 1, 17), 20_000, kpi="orders")
    found = review(figures(*days(date(2027, 1, 17), 20_000), *orders))
    said = sentence_text(team_review_page(found, "Shop").answer)
    assert said.endswith("2027-01 has brought all of its own already")


def test_year_that_is_over_has_no_week_to_come() -> None:
    found = review(figures(*months(*[310_000] * 12)))
    page = review_page(found)
    assert with_pace(page, found) == page
    with pytest.raises(UsageError, match="the year is over"):
        team_review_page(found, "Shop")


def test_team_has_the_kpis_that_it_owns_with_what_is_not_known_left_empty() -> None:
    through = date(2027, 1, 17)
    found = review(figures(*days(through, 9_000), *days(through, 4_500, kpi="visits")))
    table = block(team_review_page(found, "ads"), "Pace")
    assert [column.title for column in table.columns] == ["", "visits", "spend"]
    assert shown(table, "what", "visits", "spend") == [
        ("last week, 2027-W02: planned", "35,000", "70,000"),
        ("last week, 2027-W02: came in", "31,500", "–"),
        ("this week, 2027-W03: planned", "35,000", "70,000"),
        ("left of 2027-01", f"{155_000 - 17 * 4_500:,}", "–"),
        ("needed on an ordinary day of that", f"{-(-(155_000 - 17 * 4_500) // 14):,}", "–"),
        ("an ordinary day of 2027-01 so far", "4,500", "–"),
    ]


def test_team_without_figures_says_what_to_write() -> None:
    page = team_review_page(review(figures(*months(310_000))), "Ads")
    assert remarks(page)[-1].startswith("the actuals have no figures of Ads")


def test_team_without_a_number_of_its_own_says_so() -> None:
    page = team_review_page(review(figures(*months(310_000))), "Idle")
    assert sentence_text(page.answer).endswith("no number of its own that adds up; what it does is below")


def test_somebody_of_the_tree_has_a_monday_too() -> None:
    through = date(2027, 1, 17)
    found = review(figures(*days(through, 9_000), *days(through, 900, who="n4")))
    page = team_review_page(found, "n4")
    assert shown(block(page, "Pace"), "sales")[0] == ("7,000",)
    assert "an ordinary day has to bring 1,122 for the rest of 2027-01" in sentence_text(page.answer)


def test_contingency_that_fires_says_what_to_do_and_who() -> None:
    contingency = {"when": "2027-01 < 85%", "do": "call", "who": "Ads", "amount": 5_000, "because": "calm"}
    page = page_of(*months(248_000), plan=plan_of(contingency=[contingency]))
    said = (
        "2027-01 has brought 248,000 (80.0 % of its quota, less than 85 %): call; Ads does it, and it brings"
    )
    assert f"{said} 5,000; because calm" in remarks(page)
    assert sentence_text(page.answer).endswith("; what was agreed for 2027-01 is due: call")
    assert [str(cell) for cell in record(page, "Contingencies").rows[0].cells[:3]] == [
        "2027-01 < 85%",
        "call",
        "Ads",
    ]


def test_causes_add_up_to_the_gap() -> None:
    page = page_of(*months(280_000), *months(2_900, kpi="orders"), *months(150_000, kpi="visits"))
    parts = [row.cells[1] for row in record(page, "Causes").rows]
    assert sum(part for part in parts if isinstance(part, Fraction)) == 280_000 - 310_000
    assert isinstance(page.answer, Sentence)


def test_causes_are_printed_in_day_units_and_machines_get_the_exact_parts() -> None:
    page = page_of(*months(280_000), *months(2_900, kpi="orders"), *months(150_000, kpi="visits"))
    printed = shown(block(page, "Causes"), "cause", "gap")
    assert [cause for cause, _ in printed[:-1]] == [
        "price (sales ÷ orders)",
        "conversion (orders ÷ visits)",
        "visits",
    ]
    assert all("." not in gap for _, gap in printed)
    assert sum(int(gap.replace(",", "")) for _, gap in printed[:-1]) == -30_000
    parts = [row.cells[1] for row in record(page, "Causes").rows]
    assert any(part.denominator > 1 for part in parts if isinstance(part, Fraction))


@pytest.mark.parametrize(
    ("sales", "orders", "said"),
    [
        pytest.param(
            270_000, None, "2027-02: the actuals have no figures of drivers or KPIs then", id="no figures"
        ),
        pytest.param(0, 2_900, "2027-02: sales are not above 0", id="no sales"),
        pytest.param(270_000, 0, "2027-02: what came in of orders is not above 0", id="a figure of 0"),
    ],
)
def test_month_that_drivers_do_not_explain_says_why(sales: int, orders: int | None, said: str) -> None:
    figures = [2_900] if orders is None else [2_900, orders]
    page = page_of(*months(280_000, sales), *months(*figures, kpi="orders"), through=FEBRUARY)
    assert f"{said}, so nothing of its gap is explained" in remarks(page)


def revision(**fields: Any) -> Plan:
    """January and February are closed with 80 % of their quotas."""
    quotas = [one.amount for one in cascade(plan_of()).months]
    labels = [one.label for one in plan_of().year.months]
    pairs = dict(zip(labels, map(int, quotas), strict=True))
    closed = {
        "through": labels[1],
        "months": {one: {"quota": pairs[one], "actual": pairs[one] * 4 // 5} for one in labels[:2]},
        "open": {one: pairs[one] for one in labels[2:]},
        "first": pairs,
    }
    return plan_of(closed=closed, **fields)


def test_months_that_are_closed_have_no_figures_of_drivers_in_a_file_of_the_open_ones() -> None:
    rows = [*months(0, 0, 300_000)[2:], *months(0, 0, 2_900, kpi="orders")[2:]]
    said = "2027-01 to 2027-02 are closed, and the actuals have no figures of drivers or KPIs then"
    assert any(one.startswith(said) for one in remarks(page_of(*rows, plan=revision()))), remarks(
        page_of(*rows, plan=revision())
    )


def test_contingency_that_was_met_when_the_plan_was_closed_says_so_after_what_is_new() -> None:
    contingency = [{"when": f"2027-0{month} < 85%", "do": f"call {month}"} for month in (2, 3)]
    page = page_of(*months(0, 0, 200_000)[2:], plan=revision(contingency=contingency))
    fired = [one for one in remarks(page) if "call" in one]
    assert fired[0].endswith("less than 85 %): call 3")
    assert fired[1].endswith("call 2 (met when the plan was closed through 2027-02)")
    assert [row.cells[-1] for row in record(page, "Contingencies").rows] == ["yes", "no"]


def weeks_to(through: date, amount: Any) -> list[Actual]:
    """The first days of the year, and then whole weeks."""
    rows = days(date(2027, 1, 3), 9_000)
    start = date(2027, 1, 4)
    while start <= through:
        end = start + timedelta(6)
        rows.append(Actual(Period(f"{start:%G-W%V}", start, end), "week", Fraction(amount)))
        start = end + timedelta(1)
    return rows


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        pytest.param("60001", Fraction(1), id="whole amounts"),
        pytest.param("60001.5", Fraction(1, 2), id="a decimal"),
    ],
)
def test_week_in_two_months_is_printed_as_finely_as_the_actuals_and_adds_up(
    amount: str, unit: Fraction
) -> None:
    taken = figures(*weeks_to(date(2027, 4, 4), amount))
    found = review(taken)
    assert any((line.actual or 0) / unit % 1 for line in found.months), "the shares of the week are finer"
    rows = block(review_page(found, "week"), "Weeks").rows
    brought = 3 * 9_000 + 13 * Fraction(amount)
    for role in ("row", "group", "total"):
        parts = [row.cells[2] for row in rows if row.role == role]
        amounts = [part for part in parts if isinstance(part, Fraction)]
        assert sum(amounts) == brought
        assert all((one / unit).denominator == 1 for one in amounts)
    monthly = block(review_page(found), "Months").rows
    assert [row.cells[2] for row in monthly[:-1]] == [row.cells[2] for row in rows if row.role == "group"]


def test_node_that_lacks_a_month_says_so_in_its_sentence_and_total() -> None:
    rows = [*months(310_000, 280_000), *months(0, 28_000, who="n1")[1:]]
    page = node_review_page(figures(*rows), "n1")
    assert sentence_text(page.answer).startswith("Through February n1 (without 2027-01) has brought just")
    assert shown(block(page, "Months"), "period") == [("2027-02",), ("As far as known",)]


def test_kpi_that_lacks_a_month_says_so_in_its_sentence_and_total() -> None:
    rows = [*months(310_000, 280_000), *months(0, 2_800, kpi="orders")[1:]]
    page = kpi_review_page(figures(*rows), "orders")
    said = "Orders through February, as far as known: 2,800 of 2,800 planned, 100.0 %"
    assert sentence_text(page.answer) == said
    assert shown(block(page, "Months"), "period") == [("2027-02",), ("As far as known",)]


def test_weeks_of_a_monthly_kpi_are_refused_with_what_to_export() -> None:
    taken = figures(*months(310_000), *months(2_900, kpi="orders"))
    with pytest.raises(UsageError, match="export `orders` by day or by week"):
        kpi_review_page(taken, "orders", "week")
