"""The page of `plan explain`: its answer, rows that add up, the lines behind them, and what limits do."""

from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import Fields, feasible, plan_fields

from target_cascade.calendar import Period, PlanYear, part_weeks
from target_cascade.engine.apportion import nearest
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.errors import Path, Place
from target_cascade.period_text import parse_period
from target_cascade.plan import Plan
from target_cascade.report.explain import explain_page
from target_cascade.report.table import Notes, Page, Row, Stretch, Table
from target_cascade.sentence import Figure
from target_cascade.write.cell_text import sentence_text
from target_cascade.write.csv import csv_text
from target_cascade.write.plain import plain_text

LINES: dict[Path, int] = {
    ("target",): 2,
    ("rounding",): 3,
    ("base",): 4,
    ("base", "fix", "2010-07"): 5,
    ("days", 0): 11,
    ("days", 1): 12,
    ("adjust", 0): 21,
    ("adjust", 1): 22,
    ("new_business", 0): 31,
    ("limits", 0): 41,
    ("limits", 1): 42,
    ("year_end",): 43,
}
"""Where the entries of a plan stand in its file."""
FLAT = ["100"] * 12
"""Last year without a season: 2010 and 2011 have months of the same length, so b_m = a_m."""
TEN_A_DAY = [str(10 * month.days) for month in PlanYear.starting(2011).months]


def place(path: Path) -> Place:
    while path not in LINES and path:
        path = path[:-1]
    return Place("plan.yaml", LINES.get(path, 1))


def page_of(of: Cascade, period: str = "year") -> Page:
    return explain_page(of, parse_period(period, of.plan.year, of.plan.weeks), place)


def page(period: str = "year", **fields: Any) -> Page:
    """The page of a plan for 2011 with a target of 2400."""
    return page_of(cascade(Plan.model_validate({"year": "2011", "target": "2400", **fields})), period)


def answer(period: str = "year", **fields: Any) -> str:
    return sentence_text(page(period, **fields).answer)


def bridge_of(page: Page) -> Table:
    table = page.blocks[0]
    assert isinstance(table, Table)
    return table


def column(page: Page, key: str) -> dict[str, Any]:
    """The cells of a column by the names of their rows."""
    table = bridge_of(page)
    at = [one.key for one in table.columns].index(key)
    return {str(row.cells[0]): row.cells[at] for row in table.rows}


def notes(page: Page, title: str) -> list[str]:
    """The remarks below a title, behind their margins."""
    said = [block for block in page.blocks if isinstance(block, Notes) and block.title.startswith(title)]
    return [f"{note.margin} {sentence_text(note.head)}" for block in said for note in block.notes]


@st.composite
def periods(draw: st.DrawFn, year: PlanYear, weeks: str) -> Period:
    """A month, a quarter, a week, the year, or a run of days, as the command names them."""
    labels = [part.label for month in year.months for part in part_weeks(month, year, weeks)]
    labels += [one.label for one in (*year.months, *year.quarters())] + ["year"]
    first = year.start + timedelta(days=draw(st.integers(0, 364)))
    last = min(year.end, first + timedelta(days=draw(st.integers(0, 120))))
    text = draw(st.one_of(st.sampled_from(labels), st.just(f"{first}..{last}")))
    return parse_period(text, year, weeks)


def days_of(of: Cascade, period: Period) -> Fraction:
    """The sum of the quotas of the period's days."""
    days = (day for month in of.months for week in month.parts for day in week.parts)
    return sum((day.amount for day in days if day.period.start in period), Fraction(0))


class TestRows:
    @given(plan_fields(), st.data())
    @settings(max_examples=100)
    def test_printed_rows_add_up_to_the_printed_quota_of_any_period(
        self, fields: Fields, data: st.DataObject
    ) -> None:
        of = feasible(fields)
        period = data.draw(periods(of.plan.year, of.plan.weeks))
        shown = explain_page(of, period, place)
        *rows, quota = _printed_amounts(plain_text(shown, 200))
        assert sum(rows) == quota == days_of(of, period)
        *records, total = csv_text(shown.records[0]).splitlines()[1:]
        assert sum(Fraction(record.rpartition(",")[2]) for record in records) == quota
        assert total == f"quota,quota,{total.rpartition(',')[2]}"
        assert Fraction(total.rpartition(",")[2]) == quota

    def test_machines_get_a_row_that_comes_to_nothing_and_people_do_not(self) -> None:
        """The add is 0.004 in a year of 2400, printed in whole units."""
        shown = page(base=FLAT, adjust=[{"name": "tiny", "add": "0.004"}])
        assert "tiny,add,0" in csv_text(shown.records[0]).splitlines()
        assert "tiny" not in column(shown, "amount")

    def test_share_is_of_the_quota_and_kind_is_for_machines(self) -> None:
        shown = page("jan", base=FLAT)
        assert column(shown, "share") == {
            "last year": Fraction(1, 2),
            "growth": Fraction(1, 2),
            "quota": Fraction(1),
        }
        assert column(shown, "kind")["last year"] == "base"
        assert "Kind" not in plain_text(shown)
        assert csv_text(shown.records[0]).splitlines()[0] == "row,kind,amount"

    def test_month_of_nothing_has_its_quota_alone(self) -> None:
        shown = page("feb", base=["100", "0", *["100"] * 10])
        assert column(shown, "amount") == {"quota": 0}
        assert column(shown, "share") == {"quota": None}
        assert sentence_text(shown.answer) == "2011-02 must bring 0: nothing in the plan falls on it"


def _printed_amounts(text: str) -> list[Fraction]:
    """The column of amounts, read from the screen."""
    lines = text.splitlines()
    rule = next(number for number, line in enumerate(lines) if line.startswith("─"))
    start = len(lines[rule].split("  ")[0]) + 2
    end = start + len(lines[rule].split("  ")[1])
    rows = lines[rule + 1 :]
    rows = rows[: rows.index("")] if "" in rows else rows
    return [Fraction(line[start:end].strip().replace(",", "")) for line in rows]


ADD = [{"name": "fair", "months": 1, "add": "60"}]
# g = (2400 − 60) / 1200, and January has 60 more than the others.
GROWTH = (2400 - 60) // 12 - 100


@pytest.mark.parametrize(
    ("period", "fields", "text"),
    [
        pytest.param(
            "jan",
            {"base": FLAT, "adjust": ADD},
            f"2011-01 must bring 255, ×2.55 of last year's 100; the largest step is growth, +{GROWTH}",
            id="growth",
        ),
        pytest.param(
            "jan",
            {"target": "1260", "base": FLAT, "adjust": ADD},
            "2011-01 must bring 160, ×1.60 of last year's 100; the largest step is `fair`, +60",
            id="named cause",
        ),
        pytest.param(
            "jan",
            {"target": "600", "base": FLAT},
            "2011-01 must bring 50, ×0.50 of last year's 100; the largest step is growth, -50",
            id="a year that falls",
        ),
        pytest.param(
            "feb",
            {"year": "2012", "target": "3660", "base": TEN_A_DAY},
            "2012-02 must bring 290, ×1.04 of last year's 280; the largest step is the calendar, +10",
            id="calendar",
        ),
        pytest.param(
            "jan",
            {"target": "1200", "base": FLAT},
            "2011-01 must bring 100, ×1.00 of last year's 100",
            id="as last year",
        ),
        pytest.param(
            "jan",
            {"target": "1201", "base": FLAT},
            "2011-01 must bring 101, ×1.01 of last year's 100",
            id="rounding is no step",
        ),
        pytest.param(
            "year",
            {"base": FLAT, "adjust": ADD},
            "2011 must bring 2,400, ×2.00 of last year's 1,200; the largest step is growth, +1,140",
            id="year",
        ),
        pytest.param(
            "jan", {"base": {"shape": FLAT}}, "2011-01 must bring 200, 8.3 % of the year", id="shape"
        ),
        pytest.param("year", {"base": {"shape": FLAT}}, "2011 must bring 2,400", id="year of a shape"),
        pytest.param(
            "jan",
            {"base": ["0", *FLAT[1:]], "adjust": ADD},
            "2011-01 must bring 60, 2.5 % of the year; the largest step is `fair`, +60",
            id="month without last year",
        ),
        pytest.param(
            "2011-W05",
            {"target": "7300", "base": TEN_A_DAY},
            "2011-W05 (2011-01-31 to 2011-02-06) must bring 140, ×2.00 of its part of last year, 70; the"
            " largest step is growth, +70",
            id="week, with its days",
        ),
        pytest.param(
            "W01", {"weeks": "sunday"}, "W01 (2011-01-01) must bring 7, 0.3 % of the year", id="W01"
        ),
        pytest.param(
            "jan..mar",
            {"base": {"shape": FLAT}},
            "2011-01 to 2011-03 must bring 600, 25.0 % of the year",
            id="range",
        ),
        pytest.param(
            "year",
            {"year": "2011-04", "base": {"shape": FLAT}},
            "2011-04 to 2012-03 must bring 2,400",
            id="year that is named like its first month",
        ),
        pytest.param(
            "Q4",
            {"year": "2011-04", "base": {"shape": FLAT}},
            "2011-Q4 (2012-01-01 to 2012-03-31) must bring 600, 25.0 % of the year",
            id="quarter of the plan's own, with its days",
        ),
        pytest.param(
            "Q4", {"base": {"shape": FLAT}}, "2011-Q4 must bring 600, 25.0 % of the year", id="quarter"
        ),
    ],
)
def test_answer_says_how_much_and_what_moves_it_most(period: str, fields: Fields, text: str) -> None:
    assert answer(period, **fields) == text


DOWN = [{"name": "warehouse", "months": 1, "max": "145", "because": "it is full"}]
# January gives 2400 − 145 to eleven months, whose growth it would have as well.
DEMAND = (2400 - 145) // 11


class TestLimits:
    def test_answer_says_what_the_limit_of_just_these_days_holds_back(self) -> None:
        assert answer("jan", base=FLAT, limits=DOWN).endswith(
            f"growth, +{DEMAND - 100}; demand {DEMAND}, held at 145 by `warehouse`"
        )

    def test_also_where_it_is_the_sum_of_months_that_is_held(self) -> None:
        limits = [{"months": "Q1", "together": True, "min": "1500"}]
        said = f"; demand {3 * (2400 - 1500) // 9}, held at 1,500 by `limits[0]`"
        assert answer("Q1", base=FLAT, limits=limits).endswith(said)
        assert answer("jan-mar", base=FLAT, limits=limits).endswith(said)

    @pytest.mark.parametrize(
        ("period", "moved"),
        [
            pytest.param(
                "2011-01-01..2011-01-10", f"take {(DEMAND - 145) * 10 // 31}", id="some days of the month"
            ),
            pytest.param("Q1", f"take {DEMAND - 145}", id="more months"),
        ],
    )
    def test_where_a_limit_is_of_other_days_the_answer_says_what_it_moves_here(
        self, period: str, moved: str
    ) -> None:
        text = answer(period, base=FLAT, limits=DOWN)
        assert text.endswith(f"; limits {moved}")
        assert "demand" not in text

    def test_where_limits_are_the_largest_step_they_are_told_once(self) -> None:
        limits = [{"months": "1-2", "together": True, "min": "1000"}]
        text = answer("jan", target="1800", base=FLAT, limits=limits)
        assert text.endswith("; the largest step is the limits, +420")

    def test_of_the_year_the_answer_leaves_limits_to_their_notes(self) -> None:
        assert "limits" not in answer("year", base=FLAT, limits=DOWN)

    def test_without_last_year_the_answer_says_what_limits_move(self) -> None:
        text = answer("Q1", base={"shape": FLAT}, limits=DOWN)
        assert (
            text == f"2011-Q1 must bring {145 + 2 * DEMAND}, 23.1 % of the year; limits take {DEMAND - 145}"
        )

    def test_two_entries_that_say_the_same_are_both_named(self) -> None:
        same = [*DOWN, {"months": 1, "max": "145"}]
        assert answer("jan", base=FLAT, limits=same).endswith("held at 145 by `warehouse` and `limits[1]`")

    @pytest.mark.parametrize("period", ["jan", "Q1", "year", "2011-01-05", "2011-01-30..2011-02-03"])
    def test_each_limit_that_holds_a_month_has_a_note_with_line_months_and_reason(self, period: str) -> None:
        shown = page(period, base=FLAT, limits=DOWN)
        assert notes(shown, "Limits (lines of plan.yaml)") == [
            f"41 2011-01: demand {DEMAND}, held at 145 by `warehouse`: it is full"
        ]
        assert column(shown, "line")["limits"] == "41"
        assert not any("none holds" in note for note in notes(shown, ""))

    def test_limits_of_other_months_are_not_told(self) -> None:
        shown = page("feb", base=FLAT, limits=DOWN)
        assert notes(shown, "Limits") == []
        assert "limits" not in column(shown, "amount")

    def test_the_row_of_several_limits_has_the_lines_from_the_first_to_the_last(self) -> None:
        limits = [*DOWN, {"months": 2, "min": "300"}]
        shown = page(base=FLAT, limits=limits, year_end={"max": "100"})
        assert column(shown, "line")["limits"] == "41–43"
        assert [note.split()[0] for note in notes(shown, "Limits")] == ["41", "42", "43"]

    def test_a_demand_that_other_limits_have_made_is_no_sum_of_the_rows_and_says_so(self) -> None:
        """Both months must bring 600, November at most 210: alone it would bring 180."""
        shown = page("nov", base=FLAT, limits=[{"months": 11, "max": "210"}], year_end={"min": "600"})
        assert column(shown, "amount") == {"last year": 100, "growth": 80, "limits": 30, "quota": 210}
        text = sentence_text(shown.answer)
        assert text.endswith("demand 390 under the other limits, held at 210 by `limits[0]`")
        assert "demand 360, held at 600 by `year_end`" in notes(shown, "Limits")[1]

    def test_where_none_holds_a_row_of_limits_says_that_it_is_rounding(self) -> None:
        shown = page(
            "2011-01-01..2011-01-10", base=FLAT, rounding={"month": "50", "week": "1"}, target="2650"
        )
        assert column(shown, "amount")["limits"] > 0
        (note,) = notes(shown, "")
        assert note.startswith(" limits: none holds these days; ")
        assert "; limits" not in sentence_text(shown.answer)

    def test_months_under_a_limit_on_their_sum_share_its_rounding_and_say_so(self) -> None:
        floor = {"name": "floor", "months": "Q3", "together": "true", "min": "10"}
        fields = {"base": FLAT, "rounding": {"month": "8", "week": "1"}, "target": "1208"}
        shown = page("Q3", **fields, limits=[floor])
        # A quarter of the year is 302 and no multiple of 8: the sum of the three months is rounded first.
        assert column(shown, "amount")["limits"] == 304 - 1208 / 4
        said = "what the rounding of 2011-07 to 2011-09 together (`floor`) gives or takes"
        assert notes(shown, "") == [f" limits: none holds these days; the row is {said}"]
        held = page("7", **fields, limits=[floor, {"months": "7", "min": "120"}])
        assert notes(held, "")[-1] == f" limits: the row also has {said}"

    @given(plan_fields())
    @settings(max_examples=60)
    def test_demand_is_the_sum_of_the_printed_rows_before_limits(self, fields: Fields) -> None:
        of = feasible(fields)
        for one in of.held:
            months = [of.months[month].period for month in sorted(one.months)]
            period = Period("these months", months[0].start, months[-1].end)
            if len(months) != sum(period.start <= month.period.start <= period.end for month in of.months):
                continue
            shown = explain_page(of, period, place)
            cells: list[Any] = [row.cells for row in bridge_of(shown).rows]
            rows = [(kind, amount) for _, kind, amount, *_ in cells]
            before = sum(n for kind, n in rows if kind not in ("limits", "rounding", "quota"))
            at_root = sum(of.demand.line(month).at(of.growth) for month in one.months)
            figures = [part.value for part in shown.answer.parts if isinstance(part, Figure)]
            assert figures[-1] == one.amount == rows[-1][1]
            turned = nearest(one.demand, of.plan.rounding.day_unit)
            assert figures[-2] == (before if one.demand == at_root else turned)


FULL: Fields = {
    "rounding": {"month": "50", "week": "1"},
    "target": "2665",
    "base": {"months": FLAT, "fix": {"2010-07": "90"}, "because": "a flood"},
    "days": [
        {"name": "weekend", "weekdays": "sat-sun", "times": "0.5"},
        {"name": "fair", "dates": "2011-01-05", "times": "2"},
    ],
    "new_business": [{"name": "shop", "expect": "120", "because": "the lease is signed"}],
    "adjust": [
        {"name": "team", "lift": "5%", "because": "hired"},
        {"name": "stall", "months": 1, "add": "12"},
    ],
}


class TestLines:
    def test_each_row_has_the_line_of_its_entry(self) -> None:
        shown = page("jan", **FULL, limits=[{"months": 1, "min": "400"}])
        assert column(shown, "line") == {
            "last year": "4",
            "calendar": "11–12",
            "growth": "2",
            "team": "21",
            "stall": "22",
            "shop": "31",
            "limits": "41",
            "quota": None,
        }

    def test_rounding_has_a_line_where_the_plan_says_it(self) -> None:
        assert column(page("jan", **FULL), "line")["rounding"] == "3"
        assert column(page("jan", target="2405", base=FLAT), "line")["rounding"] is None

    def test_calendar_has_no_line_where_no_rule_made_it(self) -> None:
        assert column(page("feb", year="2012", base=FLAT), "line")["calendar"] is None

    @pytest.mark.parametrize(
        ("period", "line"),
        [
            pytest.param("jul", "5", id="the month that is repaired"),
            pytest.param("2011-07-04", "5", id="a day of it"),
            pytest.param("jun", "4", id="another month"),
            pytest.param("Q3", "4", id="several months"),
        ],
    )
    def test_last_year_has_the_line_of_the_month_or_else_of_the_base(self, period: str, line: str) -> None:
        assert column(page(period, **FULL), "line")["last year"] == line

    @pytest.mark.parametrize(
        ("fields", "line"), [({}, "2"), ({"base": {"shape": FLAT}}, "4")], ids=["none", "shape"]
    )
    def test_core_has_the_line_of_the_shape_or_else_of_the_target(self, fields: Fields, line: str) -> None:
        assert column(page("jan", **fields), "line")["core"] == line

    def test_what_is_set_on_the_command_line_has_no_number(self) -> None:
        def set_by(path: Path) -> Place:
            return Place("--set", 1) if path[:1] in (("target",), ("limits",)) else place(path)

        plan = Plan.model_validate({"year": "2011", "target": "2400", "base": FLAT, "limits": DOWN})
        period = parse_period("jan", plan.year, plan.weeks)
        shown = explain_page(cascade(plan), period, set_by)
        assert column(shown, "line") == {
            "last year": "4",
            "growth": "--set",
            "limits": "--set",
            "quota": None,
        }
        assert notes(shown, "Limits (lines of plan.yaml)")[0].startswith("--set 2011-01: demand")

    @pytest.mark.parametrize(
        ("path", "row", "lines"),
        [
            pytest.param(("adjust", 0, "lift"), "team", "21, --set", id="lift"),
            pytest.param(("adjust", 1, "months"), "stall", "22, --set", id="months of an add"),
            pytest.param(("new_business", 0, "count_on"), "shop", "31, --set", id="new business"),
            pytest.param(("limits", 0, "min"), "limits", "41, --set", id="limit"),
            pytest.param(("buffer",), "growth", "2, --set", id="buffer"),
        ],
    )
    def test_an_entry_that_is_changed_on_the_command_line_has_both(
        self, path: Path, row: str, lines: str
    ) -> None:
        def set_by(asked: Path) -> Place:
            return Place("--set", 1) if asked == path else place(asked)

        plan = Plan.model_validate({"year": "2011", **FULL, "limits": [{"months": 1, "min": "400"}]})
        shown = explain_page(cascade(plan), parse_period("jan", plan.year, plan.weeks), set_by)
        assert column(shown, "line")[row] == lines
        assert [found for found in column(shown, "line").values() if found and "--set" in found] == [lines]

    def test_lines_of_the_file_stand_before_what_is_set(self) -> None:
        limits = [*DOWN, {"months": 2, "min": "300"}, {"months": 3, "min": "300"}]

        def set_by(path: Path) -> Place:
            return Place("--set", 1) if path[:2] == ("limits", 1) else place(path)

        plan = Plan.model_validate({"year": "2011", "target": "2400", "base": FLAT, "limits": limits})
        period = parse_period("Q1", plan.year, plan.weeks)
        # The third limit stands nowhere in LINES, so that it is in the first line.
        assert column(explain_page(cascade(plan), period, set_by), "line")["limits"] == "1–41, --set"


class TestReasons:
    def test_rows_with_a_reason_have_a_note(self) -> None:
        said = notes(page("jul", **FULL), "Why (lines of plan.yaml)")
        assert said == ["4 last year: a flood", "21 team: hired", "31 shop: the lease is signed"]

    @pytest.mark.parametrize(("period", "is_told"), [("jun", False), ("Q3", True), ("year", True)])
    def test_a_repair_is_told_where_it_has_been_made(self, period: str, is_told: bool) -> None:
        assert ("4 last year: a flood" in notes(page(period, **FULL), "Why")) == is_told

    def test_a_base_without_repairs_is_told_everywhere(self) -> None:
        base = {"months": FLAT, "because": "audited"}
        assert notes(page("jun", base=base), "Why") == ["4 last year: audited"]

    def test_a_shape_has_its_reason_at_the_core(self) -> None:
        base = {"shape": FLAT, "because": "the trade's"}
        assert notes(page("jun", base=base), "Why") == ["4 core: the trade's"]

    def test_without_reasons_nothing_stands_below_the_rows(self) -> None:
        assert len(page("jan", base=FLAT).blocks) == 1


class TestBars:
    def bars(self) -> list[tuple[str, Stretch]]:
        adjust = [{"name": "fair", "add": "600"}, {"name": "strike", "months": 1, "add": "-180"}]
        shown = page("jan", base=FLAT, adjust=adjust, limits=[{"months": 1, "min": "80"}])
        return list(column(shown, "bar").items())

    def test_each_begins_where_the_one_before_ends(self) -> None:
        *steps, (_, quota) = self.bars()
        ends = [(bar.end, bar.start) if bar.falls else (bar.start, bar.end) for _, bar in steps]
        assert all(one[1] == other[0] for one, other in pairwise(ends))
        assert (ends[0][0], ends[-1][1]) == (quota.start, quota.end)

    def test_what_takes_away_falls(self) -> None:
        assert {row for row, bar in self.bars() if bar.falls} == {"strike"}

    def test_they_run_from_the_lowest_sum_to_the_highest(self) -> None:
        bars = [bar for _, bar in self.bars()]
        assert min(bar.start for bar in bars) == 0
        assert max(bar.end for bar in bars) == 1

    def test_where_a_sum_is_below_zero_the_quota_begins_at_zero_all_the_same(self) -> None:
        lifts = {"one": "-80%", "other": "-80%", "third": "100%"}
        adjust = [{"name": name, "months": 1, "lift": lift} for name, lift in lifts.items()]
        # January has 0.4 of the others' 100: g = 1140 / 1140, so that the sums are 100, 20, -60 and 40.
        bars = column(page("jan", target="1140", base=FLAT, adjust=adjust), "bar")
        assert {row: (bar.start * 160 - 60, bar.end * 160 - 60) for row, bar in bars.items()} == {
            "last year": (0, 100),
            "one": (20, 100),
            "other": (-60, 20),
            "third": (-60, 40),
            "quota": (0, 40),
        }

    def test_a_quota_of_nothing_has_none(self) -> None:
        assert column(page("feb", base=["100", "0", *["100"] * 10]), "bar") == {"quota": None}


def test_records_are_all_rows_with_the_quota_last() -> None:
    records = page("jan", base=FLAT, limits=DOWN).records
    assert [[str(cell) for _, cell in record] for record in records[0].records()] == [
        ["last year", "base", "100"],
        ["growth", "growth", str(DEMAND - 100)],
        ["limits", "limits", str(145 - DEMAND)],
        ["quota", "quota", "145"],
    ]


def test_title_is_that_of_the_plan() -> None:
    assert page("jan", plan="My {shop}", revision="3", currency="EUR").title == "My {shop} · revision 3 · EUR"


def test_rows_are_rows_and_nothing_is_a_sum() -> None:
    assert {row.role for row in bridge_of(page(**FULL)).rows} == {Row(()).role}
