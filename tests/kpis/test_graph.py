"""Names in formulas: which are known, and in which order KPIs are computed."""

from random import Random
from typing import Any

import pytest
from kpi_plans import plan_of, shop

from target_cascade.engine.cascade import cascade
from target_cascade.engine.kpis.numbers import kpi_numbers
from target_cascade.errors import InfeasibleError, Path
from target_cascade.kpis.graph import order, problems

COUNT = {"unit": "count"}


def told(**fields: Any) -> list[tuple[str, Path]]:
    return [(problem.message, problem.path) for problem in problems(plan_of(**fields))]


def test_the_plan_of_the_specification_has_no_problems() -> None:
    assert told(**shop()) == []


@pytest.mark.parametrize(
    ("fields", "message", "path"),
    [
        pytest.param(
            {"drivers": {"visits": 5}, "kpis": {"visits": {"formula": "quota"}}},
            "`visits` is a driver as well, so a formula could mean either; rename one of them",
            ("kpis", "visits"),
            id="driver-and-kpi",
        ),
        pytest.param(
            {"drivers": {"order_value": 200}, "kpis": {"orders": {"formula": "quota / order_valu"}}},
            "`quota / order_valu` uses `order_valu`, which is no driver and no KPI;"
            " did you mean `order_value`?",
            ("kpis", "orders", "formula"),
            id="formula-near",
        ),
        pytest.param(
            {"kpis": {"orders": {"formula": "quota / 客单价"}}},
            "`quota / 客单价` uses `客单价`, which is no driver and no KPI;"
            " known are `orders`, `quota`, `target`, `days`, `effective_days`",
            ("kpis", "orders", "formula"),
            id="formula-unknown",
        ),
        pytest.param(
            {"kpis": {"orders": {"formula": "quota", "max": "Quotas"}}},
            "`Quotas` uses `Quotas`, which is no driver and no KPI; did you mean `quota`?",
            ("kpis", "orders", "max"),
            id="max",
        ),
        pytest.param(
            {
                "kpis": {"visits": {"formula": "quota", **COUNT}},
                "sources": {"visits": [{"name": "ads", "cost": "dais"}]},
            },
            "`dais` uses `dais`, which is no driver and no KPI; did you mean `days`?",
            ("sources", "visits", 0, "cost"),
            id="cost",
        ),
        pytest.param(
            {
                "kpis": {"visits": {"formula": "quota", **COUNT}},
                "sources": {"visits": [{"name": "ads", "cost": 1, "max": "visit"}]},
            },
            "`visit` uses `visit`, which is no driver and no KPI; did you mean `visits`?",
            ("sources", "visits", 0, "max"),
            id="max-of-a-source",
        ),
        pytest.param(
            {"teams": {"Sales": {"budget": "15% of Quote"}}},
            "`15% of Quote` uses `Quote`, which is no driver and no KPI; did you mean `quota`?",
            ("teams", "Sales", "budget"),
            id="budget",
        ),
        pytest.param(
            {"kpis": {"talk": {"between": "3..8"}, "calls": {"formula": "quota / talk", **COUNT}}},
            "`quota / talk` uses `talk`, which lies in a range and so is no one number;"
            " make a driver of the number that is meant",
            ("kpis", "calls", "formula"),
            id="between",
        ),
        pytest.param(
            {"kpis": {"orders": {"formula": "orders + 1"}}},
            "`orders` needs itself; its formula has to begin from other names",
            ("kpis", "orders", "formula"),
            id="needs-itself",
        ),
        pytest.param(
            {"sources": {"visits": [{"name": "ads", "cost": 1}]}},
            "`visits` is no KPI; there is none that could be named here",
            ("sources", "visits"),
            id="sources-of-nothing",
        ),
        pytest.param(
            {
                "kpis": {"visits": {"formula": "quota", **COUNT}},
                "sources": {"visit": [{"name": "ads", "cost": 1}]},
            },
            "`visit` is no KPI; did you mean `visits`?",
            ("sources", "visit"),
            id="sources-near",
        ),
        pytest.param(
            {"kpis": {"good": {"at_least": "98%"}}, "sources": {"good": [{"name": "ads", "cost": 1}]}},
            "`good` is a bound that always holds, and does not add up over days;"
            " name a KPI with `unit: count or money`",
            ("sources", "good"),
            id="sources-of-a-bound",
        ),
        pytest.param(
            {"kpis": {"visits": {"formula": "quota"}}, "sources": {"visits": [{"name": "ads", "cost": 1}]}},
            "`visits` is a ratio, and does not add up over days;"
            " name a KPI with `unit: count or money`, or give it this unit",
            ("sources", "visits"),
            id="sources-of-a-ratio",
        ),
        pytest.param(
            {
                "kpis": {"visits": {"formula": "quota", **COUNT}},
                "sources": {"visits": [{"name": "ads", "cost": 1}, {"name": "ads", "cost": 2}]},
            },
            "`ads` is a source of `visits` already; give each a name of its own",
            ("sources", "visits", 1, "name"),
            id="two-sources-of-one-name",
        ),
        pytest.param(
            {
                "kpis": {"orders": {"formula": "quota", **COUNT}},
                "teams": {"Logistics": {"capacity_per_day": {"order": 4000}}},
            },
            "`order` is no KPI; did you mean `orders`?",
            ("teams", "Logistics", "capacity_per_day", "order"),
            id="capacity",
        ),
        pytest.param(
            {"drivers": {"speed": 5}, "actions": [{"kpi": "sped", "do": "run"}]},
            "`sped` is no KPI and no driver; did you mean `speed`?",
            ("actions", 0, "kpi"),
            id="action",
        ),
        pytest.param(
            {"kpis": {"good": {"at_least": "98%", "of": "orders"}}},
            "`orders` is no KPI; there is none that could be named here",
            ("kpis", "good", "of"),
            id="part-of-nothing",
        ),
        pytest.param(
            {
                "kpis": {
                    "good": {"at_least": "98%", "of": "answers"},
                    "answers": {"formula": "quota", "unit": "seconds"},
                }
            },
            "`answers` is in `seconds`, and does not add up over days;"
            " name a KPI with `unit: count or money`, or give it this unit",
            ("kpis", "good", "of"),
            id="part-of-a-ratio",
        ),
    ],
)
def test_a_name_that_cannot_be_meant_is_refused(fields: dict[str, Any], message: str, path: Path) -> None:
    assert told(**fields) == [(message, path)]


def test_a_plan_built_in_python_raises_all_problems_at_once() -> None:
    plan = plan_of(kpis={"a": {"formula": "nothing_known"}, "b": {"formula": "b"}})
    with pytest.raises(InfeasibleError) as error:
        kpi_numbers(cascade(plan))
    assert list(error.value.problems) == list(problems(plan))
    assert len(error.value.problems) == 2


def test_an_action_may_be_for_a_driver_or_any_kpi() -> None:
    actions = [{"kpi": name, "do": "train"} for name in ("conversion", "reply_seconds", "orders")]
    assert told(**shop(), actions=actions) == []


class TestCircles:
    def test_a_circle_is_told_once_from_the_kpi_that_stands_first(self) -> None:
        kpis = {
            "visits": {"formula": "calls"},
            "orders": {"formula": "visits"},
            "calls": {"formula": "orders"},
        }
        message = (
            "`visits` needs `calls`, which needs `orders`, which needs `visits`;"
            " one of them has to be computed without the others"
        )
        assert told(kpis=kpis) == [(message, ("kpis", "visits", "formula"))]

    def test_two_circles_are_two_problems(self) -> None:
        kpis = {name: {"formula": formula} for name, formula in zip("abcde", "badca", strict=True)}
        assert [path for _, path in told(kpis=kpis)] == [("kpis", "a", "formula"), ("kpis", "c", "formula")]

    def test_a_circle_of_a_thousand_is_told_in_short(self) -> None:
        kpis = {f"k{i}": {"formula": f"k{(i + 1) % 1000}"} for i in range(1000)}
        ((message, path),) = told(kpis=kpis)
        assert path == ("kpis", "k0", "formula")
        assert message.startswith("`k0` needs `k1`, which needs `k2`")
        assert len(message) < 250


class TestOrder:
    def test_kpis_come_after_what_they_need_and_else_in_file_order(self) -> None:
        kpis = {
            name: {"formula": formula}
            for name, formula in {"d": "b + c", "a": "1", "c": "b", "b": "a"}.items()
        }
        assert order(plan_of(kpis=kpis)) == ("a", "b", "c", "d")

    def test_a_chain_of_a_thousand_in_any_order(self) -> None:
        chain = [("k0", "quota"), *((f"k{i}", f"k{i - 1} + 1") for i in range(1, 1000))]
        shuffled = Random(5).sample(chain, len(chain))
        plan = plan_of(kpis={name: {"formula": formula} for name, formula in shuffled})
        assert list(problems(plan)) == []
        assert order(plan) == tuple(name for name, _ in chain)
