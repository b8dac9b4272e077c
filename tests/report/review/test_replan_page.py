"""What a re-plan says: the sentence of its page, what binds, and what would have to give."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest

from target_cascade.engine.cascade import cascade
from target_cascade.engine.replan.replan import Replan, replan
from target_cascade.engine.review.came_in import came_in
from target_cascade.errors import Place
from target_cascade.plan import Plan
from target_cascade.report.review.replan import replan_page
from target_cascade.report.review.replan_sentence import month_names
from target_cascade.report.table import Cell, Notes, Page, Table
from target_cascade.review.actuals import Actual
from target_cascade.review.spread import PROPORTIONAL, Spread, parse_spread
from target_cascade.write.cell_text import sentence_text

LINE = 7
"""Where all entries of the plans below stand."""


def replanned(
    *actuals: int, spread: Spread = PROPORTIONAL, relax: bool = False, year: Any = "2026", **keys: Any
) -> Replan:
    """T = 1,200 over twelve equal months in units of 10, with a buffer of 5 %: 110 or 100 a month."""
    fields = {"year": year, "target": 1200, "buffer": "5%", "rounding": 10, "base": [100] * 12, **keys}
    plan = Plan.model_validate(fields)
    rows = [
        Actual(month, "month", Fraction(amount))
        for month, amount in zip(plan.year.months, actuals, strict=False)
    ]
    return replan(came_in(cascade(plan), rows), spread, relax)


def page_of(one: Replan) -> Page:
    return replan_page(one, lambda _: Place("plan.yaml", LINE))


def answer(one: Replan) -> str:
    return sentence_text(page_of(one).answer)


def notes(one: Replan) -> list[str]:
    """All remarks below the table, each behind its margin."""
    blocks = [block for block in page_of(one).blocks if isinstance(block, Notes)]
    return [f"{note.margin} {sentence_text(note.head)}".strip() for block in blocks for note in block.notes]


def quotas(**keys: Any) -> list[int]:
    fields = {"year": "2026", "target": 1200, "buffer": "5%", "rounding": 10, "base": [100] * 12, **keys}
    return [int(month.amount) for month in cascade(Plan.model_validate(fields)).months]


AGREED = quotas()
AS_AGREED = tuple(AGREED[:4])


def less(missed: int) -> tuple[int, ...]:
    """Four months of which the last brings so much less than agreed."""
    return (*AS_AGREED[:3], AS_AGREED[3] - missed)


@pytest.mark.parametrize(
    ("actuals", "said"),
    [
        pytest.param(
            AS_AGREED,
            "Nothing need change: through April the year has brought just what was agreed, and with the"
            " quotas of the other months the year comes to 1,260; the target of 1,200 is reached with a"
            " buffer of 60 left",
            id="as agreed",
        ),
        pytest.param(
            less(60),
            "Nothing need change: through April the year has brought 60 less than was agreed, and with the"
            " quotas of the other months the year comes to 1,200, just the target; no buffer is left",
            id="the buffer covers just that",
        ),
        pytest.param(
            less(-5),
            "Nothing need change: through April the year has brought 5 more than was agreed, and with the"
            " quotas of the other months the year comes to 1,265; the target of 1,200 is reached with a"
            " buffer of 65 left",
            id="ahead",
        ),
        pytest.param(
            less(61),
            "The target of 1,200 is still reached: after April 1 was missing, and it now stands on May; a"
            " buffer of 9 is left, from rounding",
            id="one month raised",
        ),
        pytest.param(
            less(100),
            "The target of 1,200 is still reached: after April 40 was missing, and it now stands on May to"
            " August, in proportion to their quotas; no buffer is left",
            id="some months raised",
        ),
    ],
)
def test_sentence_says_whether_the_target_is_reached(actuals: tuple[int, ...], said: str) -> None:
    assert answer(replanned(*actuals)) == said


def test_year_that_is_over_has_no_month_left() -> None:
    assert (
        answer(replanned(*AGREED)) == "The year is over: it brought 1,260, 60 more than the target of 1,200"
    )
    short = "The year is over: it brought 1,199 and missed the target of 1,200 by 1"
    missed = answer(replanned(*AGREED[:-1], AGREED[-1] - 61))
    assert missed == f"{short}; no month is left to put that on"
    just = answer(replanned(*AGREED[:-1], AGREED[-1] - 60))
    assert just == "The year is over: it brought 1,200, just the target of 1,200"


def test_relaxed_months_say_by_how_much() -> None:
    one = replanned(*less(-45), relax=True)
    lowered = month_names(
        [move.position for move in one.months if move.state == "open" and move.change], one.cascade.plan.year
    )
    assert answer(one) == (
        f"After April the year is 45 above its first plan: {lowered} may bring 40 less, and the year still"
        " comes to 1,265, the target of 1,200 with a buffer of 65"
    )
    assert notes(one) == ["bank: 45 came in above what was agreed"]


def test_surplus_is_a_bank_that_relax_may_spend() -> None:
    (note,) = notes(replanned(*less(-45)))
    stay = "bank: 45 came in above what was agreed; the quotas stay"
    assert note == f"{stay}, and `--relax` would take up to 45 off the open months"


def test_gap_has_its_amount_and_what_would_have_to_give() -> None:
    one = replanned(*less(400))
    short = 1200 - int(one.total_after)
    assert short > 0
    assert one.would_give is not None
    assert one.would_give.catch_up is not None
    percent = one.would_give.catch_up * 100
    assert answer(one) == (
        f"{short} of the target of 1,200 has no place: after April 340 was missing, and May to December can"
        f" take {340 - short} of it; there is a place for the rest with a `catch_up` of {percent} %"
    )
    assert notes(one)[0].startswith(
        "2026-05 to 2026-12: each at most 125 % of the quota in the first revision"
    )


def test_gap_of_a_policy_names_the_other_policy() -> None:
    one = replanned(*less(150), spread=parse_spread("next:1"))
    assert answer(one).endswith("; `--spread proportional` has a place for all of it")
    left = next(note for note in notes(one) if "left as agreed" in note)
    assert left == "2026-06 to 2026-12: left as agreed by `--spread next:1`"


@pytest.mark.parametrize(
    ("keys", "said", "note"),
    [
        pytest.param(
            {"limits": [{"name": "hall", "months": ["5-12"], "max": 110, "because": "it is small"}]},
            "there is a place for the rest with a higher `hall`",
            f"{LINE} 2026-05 to 2026-12: each at most 110 by `hall`: it is small; without it ",
            id="a limit of each month",
        ),
        pytest.param(
            {"limits": [{"months": ["5-12"], "together": True, "max": 850}]},
            "there is a place for the rest with a higher `limits[0]`",
            f"{LINE} 2026-05 to 2026-12 together: at most 850 by `limits[0]`; without it ",
            id="a limit of their sum",
        ),
        pytest.param(
            {
                "limits": [{"months": ["5-11"], "max": 110}, {"months": [12], "max": 110}],
            },
            "no single bound makes room for it: something else must bring it, or the target give",
            "",
            id="two limits",
        ),
        pytest.param(
            {
                "limits": [{"months": ["5-11"], "max": 110}, {"months": [12], "max": 110}],
                "contingency": [{"when": "2026-04 < 90%", "do": "a sale", "amount": 50, "who": "Li"}],
            },
            "no single bound makes room for it, and a sale would bring 50",
            f"{LINE} a sale (Li), brings 50; its case has come",
            id="a contingency",
        ),
    ],
)
def test_what_gives_is_the_limit_that_makes_room(keys: dict[str, Any], said: str, note: str) -> None:
    before = quotas(**keys)
    one = replanned(*before[:3], before[3] - 220, **keys)
    assert answer(one).endswith(f"; {said}"), answer(one)
    assert any(line.startswith(note) for line in notes(one)), notes(one)


def test_limit_that_what_came_in_has_used_up_says_what_is_left_over() -> None:
    keys: dict[str, Any] = {"limits": [{"name": "stock", "months": ["4-5"], "together": True, "max": 220}]}
    before = quotas(**keys)
    # April takes more of the limit than was agreed, so that May stands above what it leaves over.
    one = replanned(0, before[1], before[2], before[3] + 30, **keys)
    left = 220 - before[3] - 30
    assert f"{LINE} 2026-05: `stock` leaves {left} over, and {before[4]} is agreed" in [
        note.partition(";")[0] for note in notes(one)
    ]


def test_months_of_a_retail_year_have_their_own_names() -> None:
    one = replanned(100, 100, 10, year={"nrf": "2026"})
    assert " after P03 " in answer(one)
    table = page_of(one).blocks[0]
    assert isinstance(table, Table)
    assert table.columns[0].title == "Period"


@pytest.mark.parametrize(
    ("positions", "text"),
    [
        pytest.param([5], "June", id="one"),
        pytest.param([5, 6, 7], "June to August", id="run"),
        pytest.param([5, 6, 10], "June to July and November", id="run and one"),
        pytest.param([4, 6, 10, 11], "May, July and November to December", id="three"),
    ],
)
def test_month_names_join_runs(positions: list[int], text: str) -> None:
    assert month_names(positions, Plan.model_validate({"year": "2026", "target": 1}).year) == text


def fractions(cells: Iterable[Cell]) -> list[Fraction]:
    return [cell for cell in cells if isinstance(cell, Fraction)]


@pytest.mark.parametrize("missed", [0, 61, 137, 400])
def test_table_has_the_sums_and_records_have_the_months(missed: int) -> None:
    one = replanned(*less(missed))
    page = page_of(one)
    table = page.blocks[0]
    assert isinstance(table, Table)
    closed, opened, year = (fractions(row.cells[1:4]) for row in table.rows if row.role != "row")
    assert [a + b for a, b in zip(closed, opened, strict=True)] == year
    assert year[1] == one.total_after
    assert opened[2] == one.placed
    months = [[cell for _, cell in record] for record in page.records[0].records()]
    assert [month[1] for month in months] == ["closed"] * 4 + ["open"] * 8
    for month in months:
        old, new, change = fractions(month)
        assert new - old == change


@pytest.mark.parametrize("missed", [0, 61, 137, 400])
def test_values_add_up(missed: int) -> None:
    page = page_of(replanned(*less(missed)))
    of = {one.key: one.value for one in page.values if isinstance(one.value, Fraction)}
    assert of["needed"] == of["placed"] + of["unplaced"]
    assert of["total"] == 1260 - missed + of["placed"]
    assert of["buffer_left"] == max(0, of["total"] - 1200)
    assert of["missing"] == max(0, missed - 60)
