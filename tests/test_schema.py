"""The JSON Schema of the plan file, held against a real validator.

Plans are typed here as editors type them, by the core schema of YAML 1.2: dates stay text.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from target_cascade import TargetCascadeError, load_plan
from target_cascade.plan import plan_schema

EXAMPLES = Path(__file__).parent.parent / "examples"
DOCS = Path(__file__).parent.parent / "docs" / "plan-file.md"
VALIDATOR = Draft7Validator(plan_schema())
YEAR_AND_TARGET = "year: 2012\ntarget: 4000万\n"
_QUOTAS = [f"2012-{month:02d}: 1" for month in range(1, 13)]
CLOSED = (
    "{through: 2012-01, months: {2012-01: {quota: 1, actual: -0.5, was: 2}},"
    f" open: {{{', '.join(_QUOTAS[1:])}}}, first: {{{', '.join(_QUOTAS)}}}}}"
)
TWELVE = ", ".join(["10万"] * 12)


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2 core: numbers, true and false, null; the rest is text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the loader's own way to say so


for _tag, _pattern, _first in (
    ("null", "null|~|", "n~"),
    ("bool", "true|false|True|False", "tfTF"),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), [*_first, ""]
    )


def accepts(text: str) -> bool:
    """Whether an editor finds nothing wrong with the plan."""
    typed = yaml.load(text, CoreLoader)
    return VALIDATOR.is_valid(json.loads(json.dumps(typed)))


def loads(text: str, folder: Path) -> bool:
    """Whether the program reads the plan."""
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        load_plan(path)
    except TargetCascadeError:
        return False
    return True


def test_schema_is_a_schema() -> None:
    Draft7Validator.check_schema(plan_schema())


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/plan.yaml")), ids=lambda path: path.parent.name)
def test_schema_accepts_the_example(path: Path) -> None:
    assert accepts(path.read_text(encoding="utf-8"))


def test_schema_accepts_the_examples_of_the_docs() -> None:
    """The plan that docs/plan-file.md shows for KPIs, teams and people."""
    blocks = re.findall(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    sections = "drivers kpis sources teams actions contingency cascade proposals decided".split()
    shown = [block for block in blocks if re.match(rf"({'|'.join(sections)}):", block)]
    assert len(shown) >= len(sections) - 1
    for block in shown:
        assert accepts(YEAR_AND_TARGET + block), block


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param("", id="year and target alone"),
        pytest.param("year: 2012-04\ntarget: 40_000_000", id="a year from April"),
        pytest.param("year: 2012\ntarget: ￥４０００万", id="full width"),
        pytest.param("plan: 618\nrevision: 2012-01-05", id="texts that look like numbers"),
        pytest.param("buffer: 5%", id="a per cent"),
        pytest.param("buffer: 0.05", id="a fraction"),
        pytest.param("rounding: 1万", id="rounding of months alone"),
        pytest.param("rounding: {month: 1万, week: 1k, day: 0.5}", id="three units"),
        pytest.param(f"base: [{TWELVE}]", id="base as a list"),
        pytest.param(f"base: {{months: [{TWELVE}], fix: {{2011-07: 60万}}}}", id="base months repaired"),
        pytest.param(
            "base: {" + ", ".join(f"2011-{m:02d}: {m}万" for m in range(1, 13)) + "}", id="base by month"
        ),
        pytest.param(
            "base: {" + ", ".join(f"{m}: 1M" for m in range(1, 13)) + "}", id="base by month number"
        ),
        pytest.param("year: {nrf: 2027}\ntarget: 4000万", id="the NRF's year"),
        pytest.param("year: {nrf: 2024, base_weeks: 52}\ntarget: 4000万", id="restated"),
        pytest.param(
            "year: {pattern: 4-4-5, ends: 2027-12-25, weeks: 53, base_weeks: 52, leap: P02}\ntarget: 4000万",
            id="a year of weeks",
        ),
        pytest.param(
            "year: {nrf: 2027}\ntarget: 4000万\n"
            "base: {" + ", ".join(f"P{m:02d}: {m}万" for m in range(1, 13)) + "}\n"
            "limits: [{months: P10, max: 900万}, {months: P11-P12, together: true, max_share: 40%}]",
            id="periods",
        ),
        pytest.param(f"base: {{months: [{TWELVE}], year: 2010}}", id="base of an earlier year"),
        pytest.param(
            f"year: 2012-04\ntarget: 4000万\nbase: {{months: [{TWELVE}], year: 2010-04}}",
            id="base of an earlier year from April",
        ),
        pytest.param(
            "base: {2011-10: 9万, 2011-11: 16万, fill: {shape: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}}",
            id="a season that fills",
        ),
        pytest.param("base: {shape: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11.5, 30%]}", id="a shape"),
        pytest.param("days: [{weekdays: sat-sun, times: 0.8}]", id="weekdays"),
        pytest.param("days: [{weekdays: [mon, wed], times: 80%}]", id="a list of weekdays"),
        pytest.param("days: [{day: 11-11, weight: 9}, {day: 06-18, weight: 2}]", id="days of the year"),
        pytest.param("days: [{day: easter, window: -2..1, weight: 0}]", id="easter"),
        pytest.param("days: [{day: 4th thu of nov, window: 1, weight: 4}]", id="an nth weekday"),
        pytest.param("days: [{day: Easter, weight: 0}]", id="easter in capitals"),
        pytest.param("days: [{day: 中秋节, country: CN, times: 0.7}]", id="a holiday"),
        pytest.param("days: [{day: Fronleichnam, country: de-by, window: 1..3, times: 2}]", id="of a part"),
        pytest.param("days: [{workdays: CN, times: 0.5}]", id="working days"),
        pytest.param("days: [{dates: 2012-08-06..2012-08-12, weight: 0}]", id="dates"),
        pytest.param("days: [{dates: [2011-08-06, 2012-08-06], weight: 0}]", id="a list of dates"),
        pytest.param("new_business: {JD store: 500万}", id="new business by name"),
        pytest.param("new_business: {JD store: {expect: 1M, start: 3}}", id="new business by name, in full"),
        pytest.param("new_business: [{name: JD, expect: 1M, start: 2012-03-15, ramp: 3}]", id="new business"),
        pytest.param("adjust: [{name: x, months: 3, lift: -5%}]", id="a month as a number"),
        pytest.param("adjust: [{name: x, months: 3-12, lift: 0.5}]", id="a range of months"),
        pytest.param("adjust: [{name: x, months: [1, mar, Q4], add: -30万}]", id="a list of months"),
        pytest.param("adjust: [{name: x, days: 2012-11-08..2012-11-13, lift: 30%}]", id="days of a cause"),
        pytest.param("limits: [{months: Q1, together: true, min: 600万}]", id="together"),
        pytest.param("limits: [{months: 1-12, max_share: 20%}]", id="a share at most"),
        pytest.param("limits: [{months: 7, hold: 260万, because: no}]", id="a held month"),
        pytest.param("year_end: {max_share: 32%}", id="the year's end"),
        pytest.param("guardrails: {new_business_share: 30%, growth: 3, one_off: 250%}", id="thresholds"),
        pytest.param("guardrails: {festival_days: 7, back_loaded: 0}", id="a threshold of days"),
        pytest.param(
            "guardrails: {attainment_green: 99%, attainment_amber: 0.9, catch_up: 2}", id="of reviews"
        ),
        pytest.param("actuals: {2012-01: 203万, feb: -3}", id="actuals by month"),
        pytest.param(f"closed: {CLOSED}", id="closed months"),
        pytest.param(
            "guardrails: {accept: [{rule: growth, because: approved}, {rule: buffer, because: 2}]}",
            id="accepted",
        ),
        pytest.param("rounding: {month: 100, leaf: 0.01}", id="a unit of people"),
        pytest.param("drivers: {a: 45%, b: 0.85, c: 80万}", id="drivers"),
        pytest.param(
            "drivers: {a: {default: 1, mar-may: 3, Q3: 4, 2012-12: 5, unit: money, better: lower}}",
            id="exceptions by month",
        ),
        pytest.param("drivers: {a: {from: 1.4%, to: 1.8%, best: 1.7%, team: T}}", id="a glide"),
        pytest.param(
            "kpis: {a: {formula: quota / 200, unit: count}, b: {at_least: 98%}, c: {between: 3..8}}",
            id="KPIs",
        ),
        pytest.param(
            "kpis: {a: {formula: quota / 2, unit: count}}\nsources: {a: [{name: x, cost: 0.7, max: 80万}]}",
            id="sources",
        ),
        pytest.param("teams: {P: {lead: Wang, budget: 15% of quota, lead_days: 45}, Q: {}}", id="teams"),
        pytest.param("drivers: {a: 1}\nactions: [{kpi: a, do: b, from: 2012-03, until: 6}]", id="actions"),
        pytest.param("contingency: [{when: 2012-11 < 85%, do: extra sale, amount: 80万}]", id="contingency"),
        pytest.param("cascade: [{name: S, share: 40%}, {name: N, share: 0.6}]", id="a tree of shares"),
        pytest.param(
            "cascade: [{name: S, members: [{name: Li, weight: 5, start: 2011-04, end: 2012-06-15}]}]",
            id="a tree",
        ),
        pytest.param(
            "cascade: {levels: [t, r], members: [{name: S, members: [{name: Li, min: {3: 5, 11-12: 8}}]}],"
            " ramp: [25%, 50%], over_assign: {t: 5%}}",
            id="a tree with names for its levels",
        ),
        pytest.param(
            "cascade: [{name: Li}]\nproposals: [{name: Li, period: 3}, {name: Li, period: Q2, amount: 5}]",
            id="proposals",
        ),
        pytest.param("cascade: [{name: Li}]\ndecided: [{name: Li, period: 3, amount: 5}]", id="decisions"),
    ],
)
def test_schema_accepts_what_the_program_reads(keys: str, tmp_path: Path) -> None:
    text = keys if keys.startswith("year") and "target" in keys else YEAR_AND_TARGET + keys
    assert loads(text, tmp_path)
    assert accepts(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("year: 2012", id="no target"),
        pytest.param("target: 4000万", id="no year"),
        pytest.param("year: 1850\ntarget: 4000万", id="a year long ago"),
        pytest.param("year: [2012]\ntarget: 4000万", id="a list where a year should be"),
        pytest.param("year: {nrf: 27}\ntarget: 4000万", id="an NRF year of two digits"),
        pytest.param("year: {pattern: 4-5-5, ends: 2028-01-29}\ntarget: 4000万", id="no known pattern"),
        pytest.param("year: {pattern: 4-5-4, ends: 2028-01-29, weeks: 51}\ntarget: 4000万", id="51 weeks"),
        pytest.param("year: {pattern: 4-5-4}\ntarget: 4000万", id="a pattern without an end"),
        pytest.param("year: {nrf: 2027, pattern: 4-5-4}\ntarget: 4000万", id="by rule and by hand"),
        pytest.param("year: {nrf: 2027, week: 53}\ntarget: 4000万", id="an unknown key of a retail year"),
        pytest.param(f"{YEAR_AND_TARGET}base: {{months: [{TWELVE}], year: last}}", id="a year in words"),
        pytest.param(f"{YEAR_AND_TARGET}base: {{2011-03: 5, fill: 4}}", id="a fill without a shape"),
        pytest.param("year: 2012\ntarget: 0", id="a target of nothing"),
        pytest.param("year: 2012\ntarget: a lot", id="a target without a number"),
        pytest.param(f"{YEAR_AND_TARGET}bufer: 5%", id="an unknown key"),
        pytest.param(f"{YEAR_AND_TARGET}buffer: 5", id="a fraction above 1"),
        pytest.param(f"{YEAR_AND_TARGET}buffer:", id="a key without a value"),
        pytest.param(f"{YEAR_AND_TARGET}currency: yuan", id="no currency code"),
        pytest.param(f"{YEAR_AND_TARGET}weeks: tuesday", id="no rule for weeks"),
        pytest.param(f"{YEAR_AND_TARGET}rounding: {{year: 1万}}", id="a unit of nothing known"),
        pytest.param(f"{YEAR_AND_TARGET}base: [1, 2, 3]", id="three months of a base"),
        pytest.param(
            f"{YEAR_AND_TARGET}base: {{colour: amount, file: a.csv}}", id="an unknown key of the base"
        ),
        pytest.param(f"{YEAR_AND_TARGET}days: {{weekdays: sat-sun}}", id="a mapping where a list should be"),
        pytest.param(f"{YEAR_AND_TARGET}days: [{{weekdays: sat-sun}}]", id="neither times nor weight"),
        pytest.param(
            f"{YEAR_AND_TARGET}days: [{{day: 11-11, dates: 2012-11-11, weight: 2}}]", id="two anchors"
        ),
        pytest.param(
            f"{YEAR_AND_TARGET}days: [{{dates: 2012-11-11, country: CN, weight: 2}}]",
            id="a country without a day",
        ),
        pytest.param(
            f"{YEAR_AND_TARGET}days: [{{weekdays: sun, workdays: CN, weight: 2}}]", id="two kinds of days"
        ),
        pytest.param(f"{YEAR_AND_TARGET}days: [{{workdays: China, weight: 2}}]", id="no code of a country"),
        pytest.param(f"{YEAR_AND_TARGET}new_business: [{{name: JD}}]", id="new business without an amount"),
        pytest.param(f"{YEAR_AND_TARGET}new_business: {{JD: {{start: 3}}}}", id="by name without an amount"),
        pytest.param(f"{YEAR_AND_TARGET}adjust: [{{lift: 5%}}]", id="adjust without a name"),
        pytest.param(f"{YEAR_AND_TARGET}adjust: [{{name: x, lift: 5%, add: 30万}}]", id="lift and add"),
        pytest.param(
            f"{YEAR_AND_TARGET}adjust: [{{name: x, lift: [5%]}}]", id="a list where a value should be"
        ),
        pytest.param(f"{YEAR_AND_TARGET}adjust: [{{name: x, factor: luck, lift: 5%}}]", id="no known factor"),
        pytest.param(
            f"{YEAR_AND_TARGET}adjust: [{{name: x, months: 13, lift: 5%}}]", id="a thirteenth month"
        ),
        pytest.param(f"{YEAR_AND_TARGET}limits: [{{min: 1M}}]", id="a limit without months"),
        pytest.param(f"{YEAR_AND_TARGET}limits: [{{months: 1}}]", id="a limit without a bound"),
        pytest.param(
            f"{YEAR_AND_TARGET}limits: [{{months: 1, max_share: 120%}}, 5]", id="a limit that is none"
        ),
        pytest.param(f"{YEAR_AND_TARGET}year_end: 32%", id="a value where keys should be"),
        pytest.param(f"{YEAR_AND_TARGET}guardrails: {{new_business_share: 30}}", id="a threshold above 1"),
        pytest.param(f"{YEAR_AND_TARGET}guardrails: {{ignore: all}}", id="an unknown threshold"),
        pytest.param(f"{YEAR_AND_TARGET}actuals: {{fiel: a.csv}}", id="an unknown key of actuals"),
        pytest.param(f"{YEAR_AND_TARGET}actuals: {{2012-01: much}}", id="an actual in words"),
        pytest.param(f"{YEAR_AND_TARGET}closed: {{through: 2012-01}}", id="a block without months"),
        pytest.param(f"{YEAR_AND_TARGET}closed: {CLOSED[:-1]}, spread: all}}", id="no known spread"),
        pytest.param(f"{YEAR_AND_TARGET}guardrails: {{festival_days: soon}}", id="days in words"),
        pytest.param(f"{YEAR_AND_TARGET}guardrails: {{accept: [{{rule: growth}}]}}", id="no reason"),
        pytest.param(
            f"{YEAR_AND_TARGET}guardrails: {{accept: [{{rule: all, because: x}}]}}", id="an unknown rule"
        ),
        pytest.param(f"{YEAR_AND_TARGET}drivers: [a]", id="drivers in a list"),
        pytest.param(f"{YEAR_AND_TARGET}drivers: {{a: high}}", id="a driver in words"),
        pytest.param(f"{YEAR_AND_TARGET}drivers: {{a: {{defualt: 5}}}}", id="an unknown key of a driver"),
        pytest.param(f"{YEAR_AND_TARGET}drivers: {{a: {{default: 5, better: up}}}}", id="no known way"),
        pytest.param(f"{YEAR_AND_TARGET}kpis: {{a: {{unit: count}}}}", id="a KPI without a formula"),
        pytest.param(
            f"{YEAR_AND_TARGET}kpis: {{a: {{formula: quota, at_most: 3}}}}",
            id="a KPI of two kinds",
        ),
        pytest.param(f"{YEAR_AND_TARGET}kpis: {{a: {{between: 3-8}}}}", id="no range"),
        pytest.param(f"{YEAR_AND_TARGET}sources: {{a: [{{name: x}}]}}", id="a source without a cost"),
        pytest.param(f"{YEAR_AND_TARGET}teams: {{P: Wang}}", id="a team that is a name"),
        pytest.param(f"{YEAR_AND_TARGET}actions: [{{kpi: a}}]", id="an action without a deed"),
        pytest.param(f"{YEAR_AND_TARGET}contingency: [{{when: 2012-11, do: x}}]", id="a period alone"),
        pytest.param(f"{YEAR_AND_TARGET}cascade: []", id="a tree of nobody"),
        pytest.param(f"{YEAR_AND_TARGET}cascade: {{levels: [a]}}", id="levels alone"),
        pytest.param(f"{YEAR_AND_TARGET}cascade: {{file: reps.csv}}", id="a file without levels"),
        pytest.param(f"{YEAR_AND_TARGET}cascade: [{{weight: 3}}]", id="a node without a name"),
        pytest.param(f"{YEAR_AND_TARGET}cascade: [{{name: a, wieght: 3}}]", id="an unknown key of a node"),
        pytest.param(f"{YEAR_AND_TARGET}cascade: [{{name: a, share: 40}}]", id="a share above 1"),
        pytest.param(f"{YEAR_AND_TARGET}proposals: {{fiel: x}}", id="an unknown key of proposals"),
        pytest.param(f"{YEAR_AND_TARGET}proposals: [{{name: a, amount: 3}}]", id="a proposal for no period"),
        pytest.param(
            f"{YEAR_AND_TARGET}decided: [{{name: a, period: 3}}]",
            id="a decision without an amount",
        ),
    ],
)
def test_schema_refuses_what_the_program_refuses(text: str, tmp_path: Path) -> None:
    assert not loads(text, tmp_path)
    assert not accepts(text)


def test_each_key_is_described() -> None:
    for keys in _properties(plan_schema()):
        assert [key for key, schema in keys.items() if not schema.get("description")] == []


def _properties(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield schema["properties"]
        schema = list(schema.values())
    for below in schema if isinstance(schema, list) else ():
        yield from _properties(below)
