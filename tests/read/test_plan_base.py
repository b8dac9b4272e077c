"""The files that a base names: what is read from them, what is filled, and what is said about it."""

from fractions import Fraction
from pathlib import Path

import pytest
from plans import base_of
from sales_texts import AMOUNTS, MONTHS, table

from target_cascade.errors import ChoiceError, InputError
from target_cascade.read.plan_file import PlanFile, read_plan

SHAPE = tuple(range(1, 13))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Last year from May on, the whole of it, and an industry's season."""
    rows = [f"2011-{month:02d},{month * 10}" for month in range(1, 13)]
    (tmp_path / "from_may.csv").write_text("\n".join(["month,amount", *rows[4:]]), "utf-8")
    (tmp_path / "whole.csv").write_text("\n".join(["month,amount", *rows]), "utf-8")
    (tmp_path / "two.csv").write_text(
        "\n".join(["month,sales,revenue", *(f"{row},1" for row in rows)]), "utf-8"
    )
    (tmp_path / "shape.csv").write_text(
        "\n".join(["month,share", *(f"{m},{share}" for m, share in enumerate(SHAPE, 1))]), "utf-8"
    )
    return tmp_path


def read(folder: Path, base: str) -> PlanFile:
    path = folder / "plan.yaml"
    path.write_text(f"year: 2012\ntarget: 1000\nbase: {base}\n", "utf-8")
    return read_plan(str(path))


def refusal(folder: Path, base: str) -> str:
    with pytest.raises(InputError) as error:
        read(folder, base)
    return error.value.problems[0].message


@pytest.mark.parametrize(
    "fill",
    [pytest.param("shape.csv", id="of a file"), pytest.param(str(list(SHAPE)), id="written in the plan")],
)
def test_months_that_a_file_lacks_are_filled_at_the_scale_of_the_others(folder: Path, fill: str) -> None:
    plan = read(folder, f"{{file: from_may.csv, fill: {{shape: {fill}}}}}").plan
    scale = Fraction(sum(10 * month for month in range(5, 13)), sum(SHAPE[4:]))
    assert base_of(plan) == (*(scale * share for share in SHAPE[:4]), *(10 * m for m in range(5, 13)))


def test_a_fill_is_said_aloud(folder: Path) -> None:
    said = read(folder, "{file: from_may.csv, fill: {shape: shape.csv}}").understood
    assert len(said) == 3, "a line for each file, and one on what is filled"
    assert "2011-01, 2011-02, 2011-03, 2011-04 filled" in said[-1]


def test_a_fill_that_fills_nothing_says_so(folder: Path) -> None:
    said = read(folder, "{file: whole.csv, fill: {shape: shape.csv}}").understood
    assert "fills nothing" in said[-1]


def test_a_month_of_0_is_not_filled_and_that_is_said(folder: Path) -> None:
    file = read(folder, "{file: from_may.csv, fix: {2011-01: 0}, fill: {shape: shape.csv}}")
    assert (base_of(file.plan) or ())[0] == 0
    assert "2011-01 said to be 0" in file.understood[-1]


def test_months_that_no_row_is_about_are_named_without_a_fill(folder: Path) -> None:
    assert "2011-01, 2011-02, 2011-03, 2011-04" in refusal(folder, "from_may.csv")


def test_a_fix_stands_for_a_row_that_is_lacking(folder: Path) -> None:
    fixed = "2011-01: 1, 2011-02: 2, 2011-03: 3"
    assert "2011-04" in refusal(folder, f"{{file: from_may.csv, fix: {{{fixed}}}}}")
    plan = read(folder, f"{{file: from_may.csv, fix: {{{fixed}, 2011-04: 4}}}}").plan
    assert list(base_of(plan) or ())[:5] == [1, 2, 3, 4, 50]


def test_a_season_is_read_from_a_file(folder: Path) -> None:
    file = read(folder, "{shape: shape.csv}")
    assert file.plan.base is not None
    assert list(file.plan.base.shape or ()) == list(SHAPE)
    assert [path.name for path in file.files] == ["plan.yaml", "shape.csv"]


def test_amounts_written_by_month_may_be_filled_too(folder: Path) -> None:
    plan = read(folder, "{2011-12: 24, fill: {shape: shape.csv}}").plan
    assert list(base_of(plan) or ()) == [2 * share for share in SHAPE]


def test_a_choice_is_told_as_one_where_nothing_else_is_wrong(folder: Path) -> None:
    with pytest.raises(ChoiceError) as error:
        read(folder, "two.csv")
    assert (error.value.key, error.value.choices) == ("column", ("sales", "revenue"))
    assert read(folder, "{file: two.csv, column: sales}").plan.base


@pytest.mark.parametrize("key", ["file", "shape"])
@pytest.mark.parametrize(
    ("path", "reason"),
    [("nowhere.csv", "No such file"), ("/nowhere.csv", "absolute path")],
    ids=["that is not there", "from the top"],
)
def test_a_path_that_leads_nowhere_is_told_in_the_plan(
    folder: Path, key: str, path: str, reason: str
) -> None:
    with pytest.raises(InputError) as error:
        read(folder, f"{{{key}: {path}}}")
    problem = error.value.problems[0]
    assert (Path(problem.file).name, problem.line) == ("plan.yaml", 3)
    assert reason in problem.message


@pytest.mark.parametrize(
    ("base", "reason"),
    [
        pytest.param("{months: [1,2,3,4,5,6,7,8,9,10,11,12], column: a}", "in a file", id="column of a list"),
        pytest.param("{file: whole.csv, unit: 斤}", "no unit of amounts", id="unit that is none"),
        pytest.param("{file: whole.csv, year: 2012}", "not before the plan year", id="year of the plan"),
        pytest.param("{file: whole.csv, year: 2011-04}", "does not begin", id="year from another month"),
        pytest.param("{shape: shape.csv, unit: 万}", "a `shape` has none", id="unit of a shape"),
    ],
)
def test_keys_that_do_not_go_with_the_base_are_refused(folder: Path, base: str, reason: str) -> None:
    assert reason in refusal(folder, base)


def in_currency(folder: Path, currency: str, text: str) -> PlanFile:
    (folder / "sales.csv").write_text(text, "utf-8")
    path = folder / "plan.yaml"
    path.write_text(f"year: 2012\ntarget: 1000\ncurrency: {currency}\nbase: sales.csv\n", "utf-8")
    return read_plan(str(path))


@pytest.mark.parametrize(
    ("currency", "text", "says"),
    [
        pytest.param(
            "CNY", table("month,销售额（美元）", MONTHS), "`销售额（美元）` (line 1) says USD", id="unit"
        ),
        pytest.param("CNY", table("month,销售额 万美元", MONTHS), "says USD", id="unit outside brackets"),
        pytest.param("CNY", table("month,amount_usd", MONTHS), "says USD", id="name"),
        pytest.param("CNY", table("month,sales (kEUR)", MONTHS), "says EUR", id="scale glued to it"),
        pytest.param("CNY", "单位：₩,\n" + table("month,sales", MONTHS), "says KRW", id="title"),
        pytest.param("CNY", table("month,sales", MONTHS, row="{month},€{amount}"), "`€100` (line 2)", id="€"),
        pytest.param("USD", table("month,sales", MONTHS, row="{month},¥{amount}"), "says CNY or JPY", id="¥"),
        pytest.param(
            "ZAR", table("month,sales ($)", MONTHS), "`sales ($)` (line 1) says another currency", id="$"
        ),
        pytest.param(
            "CNY", table("month,sales,currency", MONTHS, row="{month},{amount},ZAR"), "says ZAR", id="column"
        ),
    ],
)
def test_file_in_another_currency_than_the_plan_is_refused_at_the_base(
    folder: Path, currency: str, text: str, says: str
) -> None:
    with pytest.raises(
        InputError, match=r"amounts are not converted; write .+ in the plan, or convert"
    ) as no:
        in_currency(folder, currency, text)
    problem = no.value.problems[0]
    assert says in problem.message
    assert (Path(problem.file).name, problem.line) == ("plan.yaml", 4)


@pytest.mark.parametrize(
    ("currency", "header", "row"),
    [
        pytest.param("CNY", "month,sales", "{month},¥{amount}", id="¥ of China"),
        pytest.param("JPY", "month,sales", "{month},¥{amount}", id="¥ of Japan"),
        pytest.param("HKD", "month,sales", "{month},${amount}", id="$ of Hong Kong"),
        pytest.param("CAD", "month,sales ($)", "{month},{amount}", id="$ of Canada"),
        pytest.param("TWD", "month,销售额（元）", "{month},{amount}", id="元 of Taiwan"),
        pytest.param("PKR", "month,sales", "{month},Rs {amount}", id="rupees of Pakistan"),
        pytest.param("CNY", "month,sales,币种", "{month},{amount},本币", id="a currency nobody knows"),
        pytest.param("CNY", "month,欧元区销售额", "{month},{amount}", id="a region"),
        pytest.param("EUR", "month,单元销售额", "{month},{amount}", id="a part of a word"),
        pytest.param("EUR", "month,sales", "{month},{amount}", id="nothing said"),
    ],
)
def test_file_whose_sign_may_be_that_of_the_plans_currency_is_read(
    folder: Path, currency: str, header: str, row: str
) -> None:
    plan = in_currency(folder, currency, table(header, MONTHS, row=row)).plan
    assert base_of(plan) == tuple(map(Fraction, AMOUNTS))
