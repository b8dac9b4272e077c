"""The sentence that a review begins with, as it is read aloud."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from target_cascade.calendar import PlanYear, nrf_year
from target_cascade.report.review.sentences import Standing, landing_shown, standing_sentence
from target_cascade.report.review.words import through_text
from target_cascade.write.cell_text import sentence_text

YEAR = PlanYear.starting(2012)
TARGET, QUOTAS = Fraction(40_000_000), Fraction(42_000_000)
DUE = Fraction(11_410_000)
"""The quotas to the end of May."""


def standing(
    gap: int, due: Fraction = DUE, quotas: Fraction = QUOTAS, since: int | None = None, **other: Any
) -> Standing:
    """A year of 40 million with `quotas` that are `due` through May, of which `gap` more
    came in, and `since` a re-plan another gap."""
    actual, rest = due + gap, quotas - due
    return Standing(
        **{
            "year": YEAR,
            "through": date(2012, 5, 31),
            "target": TARGET,
            "quota": due,
            "actual": actual,
            "gap": Fraction(gap if since is None else since),
            "on_plan": actual + rest,
            "at_pace": actual + rest * actual / due if due else None,
            "rest": rest,
            **other,
        }
    )


CASES = [
    pytest.param(
        standing(-150_000),
        "Through May the year is 150,000 behind its quotas; the buffer of 2,000,000 covers that and has"
        " 1,850,000 left: if the other months bring their quotas, the year lands at 41,850,000, above the"
        " target of 40,000,000, and nothing need change",
        id="behind, and the buffer covers it",
    ),
    pytest.param(
        standing(350_000),
        "Through May the year is 350,000 ahead of its quotas: if the other months bring their quotas, the"
        " year lands at 42,350,000, above the target of 40,000,000, and nothing need change",
        id="ahead",
    ),
    pytest.param(
        standing(0),
        "Through May the year has brought just its quotas: if the other months bring their quotas, the year"
        " lands at 42,000,000, above the target of 40,000,000, and nothing need change",
        id="on plan",
    ),
    pytest.param(
        standing(-1_900_000),
        "Through May the year is 1,900,000 behind its quotas; the buffer of 2,000,000 covers that and has"
        " 100,000 left: if the other months bring their quotas, the year lands at 40,100,000, above the"
        " target of 40,000,000, and nothing need change yet; at the pace so far it would land at"
        " 35,006,134, 4,993,866 below, so the other months have to bring at least 99.7 % of their quotas",
        id="buffer nearly used up",
    ),
    pytest.param(
        standing(-2_000_000),
        "Through May the year is 2,000,000 behind its quotas; the buffer of 2,000,000 covers just that, and"
        " nothing of it is left: if the other months bring their quotas, the year lands at 40,000,000, just"
        " the target, and nothing need change yet; at the pace so far it would land at 34,638,036,"
        " 5,361,964 below, so the other months have to bring at least 100 % of their quotas",
        id="buffer used up to the last unit",
    ),
    pytest.param(
        standing(-2_600_000),
        "Through May the year is 2,600,000 behind its quotas, more than the buffer of 2,000,000: if the other"
        " months bring their quotas, the year lands at 39,400,000, 600,000 below the target of 40,000,000"
        ", and at the pace so far at 32,429,447;"
        " `plan replan` puts the 600,000 on the other months",
        id="buffer used up",
    ),
    pytest.param(
        standing(-600_000, quotas=TARGET),
        "Through May the year is 600,000 behind its quotas, without a buffer: if the other months bring their"
        " quotas, the year lands at 39,400,000, 600,000 below the target of 40,000,000"
        ", and at the pace so far at 37,896,581;"
        " `plan replan` puts"
        " the 600,000 on the other months",
        id="no buffer at all",
    ),
    pytest.param(
        standing(-11_410_000, placed=Fraction(7_640_000)),
        "Through May nothing has come in, for quotas of 11,410,000, more than the buffer of 2,000,000: if the"
        " other months bring their quotas, the year lands at 30,590,000, 9,410,000 below the target of"
        " 40,000,000; `plan replan` can put 7,640,000 of that on the other months, and 1,770,000 find no"
        " place there",
        id="everything missed",
    ),
    pytest.param(
        standing(30_000_000),
        "Through May the year has brought 41,410,000: the target of 40,000,000 is reached already, and"
        " nothing need change",
        id="target reached already",
    ),
    pytest.param(
        standing(-2_600_000, through=date(2012, 5, 17)),
        "Through 17 May the year is 2,600,000 behind its quotas, more than the buffer of 2,000,000: if the"
        " rest of the year brings its quotas, the year lands at 39,400,000, 600,000 below the target of"
        " 40,000,000"
        ", and at the pace so far at 32,429,447;"
        " once May is over, `plan replan` puts what is missing then on the other months, as"
        " far as there is room",
        id="buffer used up within a month",
    ),
    pytest.param(
        standing(-2_600_000, Fraction(34_000_000), through=date(2012, 11, 20)),
        "Through 20 November the year is 2,600,000 behind its quotas, more than the buffer of 2,000,000: if"
        " the rest of the year brings its quotas, the year lands at 39,400,000, 600,000 below the target of"
        " 40,000,000"
        ", and at the pace so far at 38,788,235;"
        " once November is over, `plan replan` puts what is missing then on December, as far as"
        " there is room",
        id="within the last month but one",
    ),
    pytest.param(
        standing(-2_600_000, Fraction(36_190_000), through=date(2012, 11, 30)),
        "Through November the year is 2,600,000 behind its quotas, more than the buffer of 2,000,000: if"
        " December brings its quota, the year lands at 39,400,000, 600,000 below the target of 40,000,000"
        ", and at the pace so far at 38,982,591;"
        " `plan replan` puts the 600,000 on December",
        id="one month left",
    ),
    pytest.param(
        standing(-2_600_000, Fraction(41_000_000), through=date(2012, 12, 20)),
        "Through 20 December the year is 2,600,000 behind its quotas, more than the buffer of 2,000,000: if"
        " the rest of the year brings its quotas, the year lands at 39,400,000, 600,000 below the target of"
        " 40,000,000"
        ", and at the pace so far at 39,336,585;"
        " `plan replan` says what December can still take",
        id="within the last month",
    ),
    pytest.param(
        standing(-1_650_000, QUOTAS, through=date(2012, 12, 31)),
        "The year is over: it brought 40,350,000, 350,000 more than the target of 40,000,000",
        id="year over and reached",
    ),
    pytest.param(
        standing(-2_000_000, QUOTAS, through=date(2012, 12, 31)),
        "The year is over: it brought 40,000,000, just its target",
        id="year over on the unit",
    ),
    pytest.param(
        standing(-2_600_000, QUOTAS, through=date(2012, 12, 31)),
        "The year is over: it brought 39,400,000 and missed the target of 40,000,000 by 600,000",
        id="year over and missed",
    ),
    pytest.param(
        standing(0, Fraction(0)),
        "Through May the year has brought just its quotas: if the other months bring their quotas, the year"
        " lands at 42,000,000, above the target of 40,000,000, and nothing need change",
        id="nothing due yet",
    ),
    pytest.param(
        standing(-2_600_000, rest=Fraction(0), on_plan=Fraction(8_810_000), placed=Fraction(0)),
        "Through May the year is 2,600,000 behind its quotas, and these are 28,590,000 short of the target"
        " themselves: if the other months bring their quotas, the year lands at 8,810,000, 31,190,000 below"
        " the target of 40,000,000; the other months can take nothing of that, and `plan replan` says what"
        " would have to give",
        id="no quota left",
    ),
]
"""Standings of a year of 40 million whose quotas, with a buffer of 5 %, add up to 42 million."""

REVISED: dict[str, Any] = {"through": date(2012, 7, 31), "closed": 4}
REVISIONS = [
    pytest.param(
        standing(0, on_plan=TARGET, closed=4),
        "Nothing has come in since the re-plan after May: if the other months bring their quotas, the year"
        " lands at 40,000,000, just the target, and nothing need change",
        id="just re-planned",
    ),
    pytest.param(
        standing(0, on_plan=TARGET - 50_000, since=-50_000, closed=4),
        "Corrections since the re-plan after May make the closed months 50,000 less, and the re-plan left no"
        " buffer: if the other months bring their quotas, the year lands at 39,950,000, 50,000 below the"
        " target of 40,000,000; `plan replan` puts the 50,000 on the other months",
        id="corrected since",
    ),
    pytest.param(
        standing(0, on_plan=TARGET - 100_000, since=-100_000, **REVISED),
        "Through July, since the re-plan after May, the year is 100,000 behind its quotas, and the re-plan"
        " left no buffer: if the other months bring their quotas, the year lands at 39,900,000, 100,000"
        " below the target of 40,000,000; `plan replan` puts the 100,000 on the other months",
        id="behind again",
    ),
    pytest.param(
        standing(0, on_plan=TARGET + 200_000, since=-100_000, at_pace=None, **REVISED),
        "Through July, since the re-plan after May, the year is 100,000 behind its quotas; the buffer of"
        " 300,000 covers that and has 200,000 left: if the other months bring their quotas, the year lands"
        " at 40,200,000, above the target of 40,000,000, and nothing need change",
        id="behind, with a buffer that was left",
    ),
    pytest.param(
        standing(0, on_plan=TARGET - 200_000, since=100_000, placed=Fraction(50_000), **REVISED),
        "Through July, since the re-plan after May, the year is 100,000 ahead of its quotas, but the re-plan"
        " left 300,000 without a place: if the other months bring their quotas, the year lands at"
        " 39,800,000, 200,000 below the target of 40,000,000; `plan replan` can put 50,000 of that on the"
        " other months, and 150,000 find no place there",
        id="ahead, with a named gap",
    ),
]


@pytest.mark.parametrize(("one", "said"), CASES)
def test_sentence_says_whether_the_target_is_reached_and_what_to_do(one: Standing, said: str) -> None:
    assert sentence_text(standing_sentence(one)) == said


@pytest.mark.parametrize(("one", "said"), REVISIONS)
def test_sentence_of_a_revision_counts_from_the_re_plan(one: Standing, said: str) -> None:
    assert sentence_text(standing_sentence(one)) == said


def test_months_of_a_retail_year_are_periods() -> None:
    year = nrf_year(2012)
    one = standing(-2_600_000, year=year, through=year.months[4].end)
    said = sentence_text(standing_sentence(one))
    assert said.startswith("Through P05 the year is 2,600,000 behind")
    assert "if the other periods bring their quotas" in said
    assert said.endswith("`plan replan` puts the 600,000 on the other periods")


def test_95_per_cent_of_every_month_with_a_buffer_of_5_per_cent_is_a_hair_below_the_target() -> None:
    gap = -DUE * 5 / 100
    said = sentence_text(standing_sentence(standing(int(gap))))
    landing = QUOTAS * 95 / 100
    assert landing == 39_900_000  # 0.95 × 1.05 = 0.9975
    assert "nothing need change yet; at the pace so far it would land at 39,900,000, 100,000 below" in said


@pytest.mark.parametrize("tenths", [Fraction(1, 10), Fraction(9, 10)])
def test_landing_that_is_below_the_target_never_looks_like_it(tenths: Fraction) -> None:
    assert landing_shown(TARGET - tenths, TARGET, Fraction(1)) == TARGET - 1
    assert landing_shown(TARGET + tenths, TARGET, Fraction(1)) in (TARGET, TARGET + 1)


@pytest.mark.parametrize(
    ("year", "day", "said"),
    [
        pytest.param(YEAR, date(2012, 2, 29), "February", id="month"),
        pytest.param(YEAR, date(2012, 2, 28), "28 February", id="leap day to come"),
        pytest.param(PlanYear.starting(2012, 4), date(2013, 1, 31), "January", id="year from April"),
        pytest.param(nrf_year(2012), nrf_year(2012).months[4].end, "P05", id="retail period"),
    ],
)
def test_last_day_of_the_figures_is_called_as_people_do(year: PlanYear, day: date, said: str) -> None:
    assert through_text(year, day) == said
