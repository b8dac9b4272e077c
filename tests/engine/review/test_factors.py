"""Which formulas are links of a chain from the quota down, and with which factors."""

from typing import Any

import pytest
from kpi_plans import numbers_of

from target_cascade.engine.review.factors import chains, names_of
from target_cascade.formula import parse_formula

DRIVERS = {"a": 2, "b": 3, "c": "4%"}
Told = list[tuple[tuple[str, ...], int]]


def told(formula: str, has: tuple[str, ...] = (), **kpis: str) -> Told | None:
    """The factors of the last link of a KPI `k`; None where it has no chain."""
    formulas: dict[str, Any] = {"k": formula, **kpis}
    fields = {name: {"formula": one, "unit": "count"} for name, one in formulas.items()}
    found = chains(numbers_of(drivers=DRIVERS, kpis=fields), lambda name: name in has)
    last = next((chain[-1] for chain in found if chain[-1].kpi == "k"), None)
    return None if last is None else [(names_of(factor), factor.power) for factor in last.factors]


LINKS = [
    pytest.param("quota / a", [(("a",), -1)], id="a divisor"),
    pytest.param("a * quota", [(("a",), 1)], id="quota behind it"),
    pytest.param("quota / (a * (1 - c))", [(("a",), -1), (("c",), -1)], id="a product to divide by"),
    pytest.param("quota / (a / b)", [(("a",), -1), (("b",), 1)], id="a quotient to divide by"),
    pytest.param("((quota)) / ((a))", [(("a",), -1)], id="parentheses"),
    pytest.param("15% of quota / 3 * 2", [], id="numbers are the same in plan and actual"),
    pytest.param("quota / a / a", [(("a",), -2)], id="a power by repetition"),
    pytest.param("quota * a / a", [], id="a driver that cancels out"),
    pytest.param("quota * quota / quota / a", [(("a",), -1)], id="a quota that cancels out"),
    pytest.param("- quota / - a", [(("a",), -1)], id="signs"),
    pytest.param("quota / days * a", [(("a",), 1)], id="days are the same in plan and actual"),
    pytest.param("quota / min(a, b)", [(("a", "b"), -1)], id="a choice of drivers is one factor"),
    pytest.param("quota / (1 - c - a / 100)", [(("c", "a"), -1)], id="a sum of drivers is one factor"),
]

ENDS = [
    pytest.param("quota - a", id="a difference"),
    pytest.param("quota * quota / 1M", id="a square"),
    pytest.param("quota / quota * a", id="no quota left"),
    pytest.param("100 / (1 + quota)", id="the quota in a sum"),
    pytest.param("max(0, quota / a)", id="the quota in a choice"),
    pytest.param("quota / (1 + quota / 1M)", id="the quota twice"),
    pytest.param("a * b", id="no quota"),
]


@pytest.mark.parametrize(("formula", "factors"), LINKS)
def test_a_product_is_a_link(formula: str, factors: Told) -> None:
    assert told(formula) == factors


@pytest.mark.parametrize("formula", ENDS)
def test_what_is_no_product_has_no_chain(formula: str) -> None:
    assert told(formula) is None


def test_a_chain_ends_at_what_is_no_product_and_nothing_hangs_below() -> None:
    assert told("m / a", m="quota / 3 + 1") is None


def test_a_formula_of_two_kpis_is_no_link() -> None:
    assert told("m * n / 1M", m="quota / a", n="quota / b") is None


def test_a_ratio_without_figures_stands_for_its_own_factors() -> None:
    assert told("quota / rate", rate="a * b") == [(("a",), -1), (("b",), -1)]
    assert told("quota / rate", has=("rate",), rate="a * b") == [(("rate",), -1)]


def test_a_chain_goes_by_what_formulas_need_and_not_by_file_order() -> None:
    kpis = {"visits": {"formula": "orders / c"}, "orders": {"formula": "quota / a"}}
    found = chains(numbers_of(drivers=DRIVERS, kpis=kpis), lambda _: False)
    assert [[link.kpi for link in chain] for chain in found] == [["orders", "visits"], ["orders"]]


def test_factors_multiply_to_the_formula() -> None:
    known = {"quota": parse_formula("7").value({}), "a": parse_formula("3").value({})}
    formula = parse_formula("-(quota / (a * 2)) * (1 + a) / -max(a, 5) of 4")
    product = parse_formula("1").value({})
    for factor in formula.factors:
        product *= factor.value(known) ** factor.power
    assert product == formula.value(known)
