"""A table with a row a proposal, as what people propose; or all that is wrong with it."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from workbooks import Value, of_cells

from target_cascade.calendar import PlanYear
from target_cascade.errors import InputError
from target_cascade.people.proposal import Proposal, Span
from target_cascade.read.people.proposals_file import ProposalsRead, read_proposals

YEAR = PlanYear.starting(2012)
HEADER = "name,period,amount,reason,needs,decided,by,because\n"

Read = Callable[..., ProposalsRead]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    monkeypatch.chdir(tmp_path)

    def proposals(
        content: str | bytes, levels: tuple[str, ...] = ("region", "rep"), sheet: str | None = None
    ) -> ProposalsRead:
        Path("asked").write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_proposals("asked", levels, sheet, YEAR)

    return proposals


def told(read: Read, content: str | bytes, **how: Any) -> list[str]:
    with pytest.raises(InputError) as error:
        read(content, **how)
    return [f"{p.line}:{p.column}: {p.message}" for p in error.value.problems]


def only(read: ProposalsRead) -> Proposal:
    ((proposal, _),) = read.proposed
    return proposal


def test_row_is_a_proposal(read: Read) -> None:
    found = read(f"{HEADER}South/Li,2012-03,30万,two new clients,a van,,,\n")
    assert only(found) == Proposal.model_construct(
        name="South/Li",
        period=Span("2012-03", (2,)),
        amount=Fraction(300_000),
        reason="two new clients",
        needs="a van",
        decided=None,
        by=None,
        because=None,
    )
    assert found.proposed[0].where == "asked:2"
    assert found.understood == "asked: UTF-8, 1 proposal, total 300,000"


def test_empty_amount_is_no_proposal_of_0(read: Read) -> None:
    found = read(f"{HEADER}Li,3,,,,,,\nWang,3,0,,,,,\n")
    assert [proposal.amount for proposal, _ in found.proposed] == [None, 0]
    assert found.understood == "asked: UTF-8, 2 proposals, total 0, 1 without an amount"


def test_decision_stands_beside_its_proposal(read: Read) -> None:
    found = read(f"{HEADER}Li,3,30万,,,25万,Chen,as last year\n")
    assert only(found).decided == 250_000
    assert (only(found).by, only(found).because) == ("Chen", "as last year")
    assert found.understood.endswith("total 300,000, 1 decided")


@pytest.mark.parametrize(
    ("text", "label", "months"),
    [
        pytest.param("2012-03", "2012-03", (2,), id="a month"),
        pytest.param("2012/3", "2012-03", (2,), id="with a slash"),
        pytest.param("2012年3月", "2012-03", (2,), id="in Chinese"),
        pytest.param("3月", "2012-03", (2,), id="in Chinese without a year"),
        pytest.param("Q2", "2012-Q2", (3, 4, 5), id="a quarter"),
        pytest.param("year", "2012", tuple(range(12)), id="the year"),
        pytest.param("10-12", "2012-10..2012-12", (9, 10, 11), id="several"),
    ],
)
def test_period_is_a_run_of_months(read: Read, text: str, label: str, months: tuple[int, ...]) -> None:
    assert only(read(f"{HEADER}Li,{text},5\n")).period == (label, months)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("姓名,期间,金额,理由", id="one set of words"),
        pytest.param("名称,月份,提报,原因", id="another"),
        pytest.param("NAME, Period ,Amount,Reason", id="capitals and spaces"),
    ],
)
def test_header_may_be_in_other_words(read: Read, header: str) -> None:
    proposal = only(read(f"{header}\n李,3,30万,客户多\n"))
    assert (proposal.name, proposal.reason) == ("李", "客户多")
    assert proposal.amount == 300_000


def test_columns_of_levels_name_a_node_of_any_level(read: Read) -> None:
    found = read("region,rep,period,amount\nSouth,Li,3,5\nNorth,,3,6\n")
    assert [proposal.name for proposal, _ in found.proposed] == ["South/Li", "North"]


def test_month_of_a_workbook_is_one_though_it_is_a_date(read: Read) -> None:
    values: dict[str, Value] = {
        "A1": "name",
        "B1": "period",
        "C1": "amount",
        "A2": 7,
        "B2": date(2012, 3, 1),
        "C2": 5000,
    }
    proposal = only(read(of_cells(values, {"A2": "000", "B2": "yyyy-mm"})))
    assert (proposal.name, proposal.period.months) == ("007", (2,))
    assert proposal.amount == 5000


def test_total_at_the_end_is_left_out_and_said(read: Read) -> None:
    found = read("name,period,amount,id\nLi,3,5,1\nWang,3,6,2\n合计,,11,\n")
    assert found.understood == (
        "asked: UTF-8, 2 proposals, total 11, left out: the total in line 4, column not read: id"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            "period,amount\n3,5\n",
            "1:1: no column is called `name`; it names the node",
            id="no name",
        ),
        pytest.param("name,amount\na,5\n", "1:1: no column is called `period`; it has", id="no period"),
        pytest.param("name,period\na,3\n", "1:1: no column is called `amount`; it has", id="no amount"),
        pytest.param(
            "region,period,amount\na,3,5\n",
            "1:1: no column is called `rep`; `cascade.levels` names it",
            id="a level that lacks",
        ),
        pytest.param(HEADER, "1:1: no row stands below the header; write one a proposal", id="no row"),
        pytest.param(f"{HEADER},3,5\n", "2:1: this row names nobody", id="nobody"),
        pytest.param(f"{HEADER}a,,5\n", "2:3: the period is empty; write a month", id="no period in a row"),
        pytest.param(f"{HEADER}a,W12,5\n", "2:3: `W12` is no whole month", id="a week"),
        pytest.param(f"{HEADER}a,2013-01,5\n", "2:3: `2013-01` is outside", id="another year"),
        pytest.param(f"{HEADER}a,3,-\n", "2:5: `-` is no number; leave the cell empty, or", id="a dash"),
        pytest.param(f"{HEADER}a,3,n/a\n", "2:5: `n/a` is no number; leave the cell empty", id="n/a"),
        pytest.param(f"{HEADER}a,3,无\n", "2:5: `无` is no number; leave the cell empty", id="无"),
        pytest.param(f"{HEADER}a,3,-5\n", "2:5: `-5` is below 0", id="below 0"),
        pytest.param(f"{HEADER}a,3,1,234\n", "2:7: `234` may be the rest of `1,234`", id="a comma"),
        pytest.param(f"{HEADER}a,3,5\na,2012-03,6\n", "3:1: `a` has a proposal for 2012-03 in", id="twice"),
        pytest.param(
            f"{HEADER}a,3,5,,,,Chen\n",
            "2:10: `by` tells of a decision, and there is",
            id="by alone",
        ),
        pytest.param(
            f"{HEADER}合计,3,5\n",
            "2:1: `合计` is a total, and a total is nobody",
            id="a total of March",
        ),
    ],
)
def test_slip_is_told_at_its_cell(read: Read, content: str, message: str) -> None:
    (problem,) = told(read, content)
    assert problem.startswith(message)


def test_all_slips_are_told_at_once(read: Read) -> None:
    found = told(read, f"{HEADER},14,x,,,,me\nLi,3,5\n")
    assert [line.split(": ")[0] for line in found] == ["2:1", "2:2", "2:5", "2:10"]
