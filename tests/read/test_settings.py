"""`--set key=value`: where a value goes, and what is said where it cannot go."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from plans import base_of

from target_cascade.errors import InputError
from target_cascade.plan import Plan
from target_cascade.read.plan_file import read_plan

PLAN = """\
plan: Flagship
year: 2012
target: 4000万
base: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
rounding: 1万
new_business: {JD store: 500万, T.mall: {expect: 200万}}
adjust:
  - {name: hired, months: 3-12, lift: 8%}
  - {name: Brand day, months: 8, add: 30万}
  - {name: "1", months: 9, add: 1万}
limits:
  - {months: 1, min: 200万}
"""


@pytest.fixture
def plan_file(tmp_path: Path) -> str:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return str(path)


def value_at(plan: Plan, *keys: str | int) -> Any:
    value: Any = plan
    for key in keys:
        value = value[key] if isinstance(key, int) else getattr(value, key)
    return value


@pytest.mark.parametrize(
    ("setting", "where", "value"),
    [
        pytest.param("target=5000万", ("target",), 50_000_000, id="a key"),
        pytest.param("revision=2", ("revision",), "2", id="a new key"),
        pytest.param(" target = 5000万", ("target",), 50_000_000, id="spaces"),
        pytest.param("target=5,000", ("target",), 5_000, id="a comma"),
        pytest.param("plan=a=b", ("title",), "a=b", id="an equals sign in the value"),
        pytest.param('plan="a: b"', ("title",), "a: b", id="quotes of YAML"),
        pytest.param("adjust.hired.lift=0", ("adjust", 0, "lift"), 0, id="an entry by its name"),
        pytest.param('adjust."Brand day".add=5', ("adjust", 1, "add"), 5, id="a name with a space"),
        pytest.param("adjust.'Brand day'.add=5", ("adjust", 1, "add"), 5, id="single quotes"),
        pytest.param("adjust[1].add=5", ("adjust", 1, "add"), 5, id="an entry by its position"),
        pytest.param("adjust.2.add=5", ("adjust", 2, "add"), 5, id="a position after a dot"),
        pytest.param("adjust.1.add=5", ("adjust", 2, "add"), 5, id="a name goes before a position"),
        pytest.param("limits[0]={months: 2, min: 7}", ("limits", 0, "min"), 7, id="a whole entry"),
        pytest.param("limits[0].because=x", ("limits", 0, "because"), "x", id="a new key of an entry"),
        pytest.param("limits=[]", ("limits",), (), id="a whole list"),
        pytest.param('new_business."JD store"=7', ("new_business", 0, "expect"), 7, id="a short form"),
        pytest.param(
            'new_business."JD store".expect=7', ("new_business", 0, "expect"), 7, id="into a short form"
        ),
        pytest.param(
            'new_business."T.mall".expect=7', ("new_business", 1, "expect"), 7, id="a name with a dot"
        ),
        pytest.param("new_business.other=7", ("new_business", 2, "expect"), 7, id="a new name"),
        pytest.param("rounding.week=1千", ("rounding", "week"), 1_000, id="into the month's unit"),
        pytest.param("rounding.week=1千", ("rounding", "month"), 10_000, id="which stays"),
        pytest.param("base.fix.2011-07=70", ("base", "fix", 6), 70, id="into a list of months"),
        pytest.param("base.months[6]=70", ("base", "months", 6), 70, id="a month by its position"),
        pytest.param("base[6]=70", ("base", "months", 6), 70, id="which may leave out the key of the list"),
        pytest.param("base[11]=70", ("base", "months", 10), 11, id="and its neighbour stays"),
        pytest.param("year_end.max_share=40%", ("year_end", "months"), (10, 11), id="a new section"),
        pytest.param(
            "guardrails.new_business_share=30%",
            ("guardrails", "new_business_share"),
            Fraction("0.3"),
            id="a threshold",
        ),
        pytest.param(
            "guardrails.accept=[{rule: growth, because: x}]",
            ("guardrails", "accept", 0, "rule"),
            "growth",
            id="an accepted rule",
        ),
    ],
)
def test_setting_goes_to_its_place(
    plan_file: str, setting: str, where: tuple[str | int, ...], value: object
) -> None:
    assert value_at(read_plan(plan_file, [setting]).plan, *where) == value


def test_position_goes_into_months_of_the_long_form_too(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    listed = ", ".join(map(str, range(1, 13)))
    path.write_text(f"year: 2012\ntarget: 1\nbase: {{months: [{listed}], because: audited}}\n", "utf-8")
    assert base_of(read_plan(str(path), ["base[11]=70"]).plan) == (*range(1, 12), 70)


@pytest.mark.parametrize("key", ["base.dec", "base.2011-12", "base[11]"])
def test_month_of_a_base_that_is_a_file_is_a_repair(tmp_path: Path, key: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("year: 2012\ntarget: 1\nbase: last_year.csv\n", "utf-8")
    with pytest.raises(InputError, match=r"`base` is a file in the plan, .*; write `base.fix.2011-12`"):
        read_plan(str(path), [f"{key}=5"])


def test_later_setting_wins(plan_file: str) -> None:
    assert read_plan(plan_file, ["target=1", "target=2"]).plan.target == 2


@pytest.mark.parametrize(
    ("setting", "column", "message"),
    [
        pytest.param("buffer", 7, "this is not `key=value`", id="no value"),
        pytest.param("=5", 1, "this is not `key=value`", id="no key"),
        pytest.param("", 1, "this is not `key=value`", id="nothing"),
        pytest.param("buffer.=5%", 8, "this is not `key=value`", id="dot without a key"),
        pytest.param(".buffer=5%", 1, "this is not `key=value`", id="dot in front"),
        pytest.param("a..b=5", 3, "this is not `key=value`", id="two dots"),
        pytest.param(
            "adjust.Brand day.add=5", 13, "a key with dots or spaces stands in double quotes", id="space"
        ),
        pytest.param("adjust[-1].add=5", 7, "this is not `key=value`", id="negative position"),
        pytest.param("adjust[x].add=5", 7, "this is not `key=value`", id="name in brackets"),
        pytest.param("buffer=", 8, "no value stands after the `=`", id="empty value"),
        pytest.param(
            "bufer=5%", 1, "unknown key `bufer` in the plan; did you mean `buffer`?", id="unknown key"
        ),
        pytest.param("buffer=5", 8, "`buffer`: `5` as a fraction would be 500 %", id="bad value"),
        pytest.param("buffer==5%", 8, "`buffer`: `=5%` is not a fraction", id="two equals signs"),
        pytest.param("buffer=[1", 8, "this `[` is not closed", id="open bracket"),
        pytest.param("plan=“a”", 6, "curly quotes would become part of the text", id="curly quotes"),
        pytest.param("plan=!x a", 6, "a plan has no YAML tags such as `!x`", id="tag"),
        pytest.param("plan=\udcff", 1, "this is not text", id="undecodable byte"),
        pytest.param("pl\udcffan=x", 1, "this is not text", id="undecodable byte in a key"),
        pytest.param("plan=a\x07", 7, "a control character U+0007 stands here", id="control character"),
        pytest.param("plan=a: b", 6, "`plan` is a mapping; write a single value", id="second colon"),
        pytest.param(
            "adjust.nobody.add=5", 1, "`adjust` has no entry `nobody`; it has `hired`", id="no such name"
        ),
        pytest.param('adjust."Brnd day".add=5', 1, "did you mean `Brand day`?", id="name misspelt"),
        pytest.param(
            "adjust[3].add=5", 1, "`adjust` has no entry `3`; it has 3, counted from 0", id="position"
        ),
        pytest.param(
            "target.x=5", 1, "`target` is a single value in the plan, so there is no `x`", id="too deep"
        ),
        pytest.param("base[12]=5", 1, "`base.months` has no entry `12`; it has 12", id="thirteenth month"),
        pytest.param("base.dec=5", 1, "`base` is a list in the plan, so there is no `dec` in it", id="month"),
        pytest.param("base.Dec=5", 1, "write `base[0]` for the first month", id="month in capitals"),
        pytest.param("base.2011-12=5", 1, "to `base[11]` for the last", id="month of last year"),
        pytest.param("base.1=5", 1, "so there is no `1` in it", id="a month's number, which is no position"),
        pytest.param("base.foo=5", 1, "unknown key `foo` in `base`", id="unknown key of a list of months"),
        pytest.param("base=nowhere.csv", 6, "`nowhere.csv`: cannot read the base", id="missing base"),
    ],
)
def test_setting_that_cannot_be_is_told_at_its_place(
    plan_file: str, setting: str, column: int, message: str
) -> None:
    with pytest.raises(InputError) as refused:
        read_plan(plan_file, [setting])
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.column) == ("--set", 1, column)
    assert message in problem.message


def test_setting_that_breaks_another_entry_is_told_there(plan_file: str) -> None:
    with pytest.raises(InputError) as refused:
        read_plan(plan_file, ["limits[0].max=1"])
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.column) == (plan_file, 12, 17)
