"""A table with a row a person, as the tree of teams and people; or all that is wrong with it."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from workbooks import Value, of_cells, saved

from target_cascade.calendar import PlanYear
from target_cascade.errors import InputError
from target_cascade.people.node import Bound, Node
from target_cascade.read.people import light_table
from target_cascade.read.people.roster import Roster, read_roster

YEAR = PlanYear.starting(2012)
LEVELS = ("region", "team", "rep")

Read = Callable[..., Roster]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """The roster of a content: bytes of a workbook, or a text in an encoding."""
    monkeypatch.chdir(tmp_path)

    def roster(
        content: str | bytes,
        levels: tuple[str, ...] = LEVELS,
        weight: str | None = None,
        sheet: str | None = None,
        encoding: str = "utf-8",
    ) -> Roster:
        Path("reps").write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read_roster("reps", levels, weight, sheet, YEAR)

    return roster


def told(read: Read, content: str | bytes, **how: Any) -> list[str]:
    """What is said of a bad file, a line each."""
    with pytest.raises(InputError) as error:
        read(content, **how)
    return [f"{p.line}:{p.column}: {p.message}" for p in error.value.problems]


def only_leaf(roster: Roster) -> Node:
    (leaf,) = (leaf for node in roster.nodes for leaf in node.leaves())
    return leaf


def outline(nodes: tuple[Node, ...]) -> Any:
    """The names of a tree: of a leaf its weight."""
    return {node.name: outline(node.members) if node.members else node.weight for node in nodes}


ROSTER = """\
region,team,rep,weight
South,Online,Li,5
South,Online,Wang,2.5
North,Shops,Zhao,1
South,Shops,Chen,3
West,,,4
"""


def test_rows_become_a_tree_in_the_order_of_first_appearance(read: Read) -> None:
    roster = read(ROSTER)
    assert outline(roster.nodes) == {
        "South": {"Online": {"Li": 5, "Wang": Fraction("2.5")}, "Shops": {"Chen": 3}},
        "North": {"Shops": {"Zhao": 1}},
        "West": 4,
    }
    assert [node.name for node in roster.nodes] == ["South", "North", "West"]
    assert roster.understood == "reps: UTF-8, 5 rows, 5 leaves, weights of column weight"


def test_node_knows_its_line(read: Read) -> None:
    south, *_ = read(ROSTER).nodes
    assert [leaf.where for leaf in south.leaves()] == ["reps:2", "reps:3", "reps:5"]
    assert south.where == "reps:2", "a node with members stands where its first row does"


@pytest.mark.parametrize("levels", [1, 2, 6, 20])
def test_tree_is_as_deep_as_its_levels(read: Read, levels: int) -> None:
    names = tuple(f"l{at}" for at in range(levels))
    (node,) = read(f"{','.join(names)}\n{','.join('abcdefghijklmnopqrst'[:levels])}\n", levels=names).nodes
    depth = 1
    while node.members:
        (node,), depth = node.members, depth + 1
    assert depth == levels


@pytest.mark.parametrize(
    ("content", "encoding", "said"),
    [
        pytest.param(ROSTER, "utf-8-sig", "UTF-8", id="UTF-8 with a mark"),
        pytest.param(ROSTER, "utf-16", "UTF-16", id="UTF-16"),
        pytest.param(ROSTER.replace("South", "华南大区"), "gbk", "GBK", id="GBK"),
        pytest.param(ROSTER.replace(",", ";").replace("2.5", "2,5"), "utf-8", "UTF-8", id="semicolons"),
        pytest.param(ROSTER.replace(",", "\t"), "utf-8", "UTF-8", id="tabs"),
        pytest.param(ROSTER.replace("\n", "\r\n"), "utf-8", "UTF-8", id="lines of Windows"),
        pytest.param(f"花名册 2012,,,\n\n{ROSTER}", "utf-8", "UTF-8", id="a title above"),
        pytest.param(
            ROSTER.replace("region,team,rep,weight", "REGION, Team ,ｒｅｐ,权重"),
            "utf-8",
            "UTF-8",
            id="header",
        ),
    ],
)
def test_form_of_the_file_does_not_matter(read: Read, content: str, encoding: str, said: str) -> None:
    roster = read(content, encoding=encoding)
    weights = [leaf.weight for node in roster.nodes for leaf in node.leaves()]
    assert weights == [5, Fraction("2.5"), 3, 1, 4]
    assert roster.understood.startswith(f"reps: {said}, 5 rows, 5 leaves, ")


ONE = "rep,weight,share,start,end,min,max,hold,last_year,resource,note\nLi,"


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        pytest.param("", "weight", Fraction(1), id="no weight"),
        pytest.param("0", "weight", Fraction(0), id="a weight of 0"),
        pytest.param("1.125", "weight", Fraction(9, 8), id="a weight with three decimals"),
        pytest.param(",40%", "share", Fraction(2, 5), id="a share"),
        pytest.param(",0.4", "share", Fraction(2, 5), id="a share as a fraction"),
        pytest.param(",,2012-04-16", "start", date(2012, 4, 16), id="a start"),
        pytest.param(",,2009-04", "start", date(2009, 4, 1), id="a start in another year"),
        pytest.param(",,2012/4/6", "start", date(2012, 4, 6), id="a start with slashes"),
        pytest.param(",,2012年4月", "start", date(2012, 4, 1), id="a start in Chinese"),
        pytest.param(",,20120416", "start", date(2012, 4, 16), id="a start in eight digits"),
        pytest.param(",,2012-04-16 08:30:00", "start", date(2012, 4, 16), id="a start with a time"),
        pytest.param(",,4", "start", date(2012, 4, 1), id="a month of the plan"),
        pytest.param(",,,2012-04", "end", date(2012, 4, 30), id="the end of a month"),
        pytest.param(",,,2012/02/05", "end", date(2012, 2, 5), id="an end"),
        pytest.param(",,,,,,,300万", "last_year", Fraction(3_000_000), id="last year in 万"),
        pytest.param(',,,,,,,"1,234,567.5"', "last_year", Fraction("1234567.5"), id="last year in groups"),
        pytest.param(",,,,,,,,35", "resource", Fraction(35), id="a resource"),
        pytest.param(",,,,,,,,,has left", "note", "has left", id="a note"),
        pytest.param(",,,,,,,,,-", "note", "-", id="a note that says nothing"),
    ],
)
def test_cell_is_read_by_its_column(read: Read, cells: str, field: str, value: object) -> None:
    assert getattr(only_leaf(read(f"{ONE}{cells}\n", levels=("rep",))), field) == value


@pytest.mark.parametrize(
    ("cells", "bound"),
    [
        pytest.param("20万,", Bound(Fraction(200_000), None, True), id="min"),
        pytest.param(",30万", Bound(None, Fraction(300_000), True), id="max"),
        pytest.param("0,30万", Bound(Fraction(0), Fraction(300_000), True), id="both"),
        pytest.param(",,25万", Bound(Fraction(250_000), Fraction(250_000), True), id="hold"),
    ],
)
def test_bound_is_of_every_month(read: Read, cells: str, bound: Bound) -> None:
    leaf = only_leaf(read(f"rep,min,max,hold\nLi,{cells}\n", levels=("rep",)))
    assert leaf.bounds == dict.fromkeys(range(12), bound)


def test_rows_with_the_same_bounds_share_them(read: Read) -> None:
    one, other, free = read("rep,min\na,5\nb,5\nc,\n", levels=("rep",)).nodes
    assert one.bounds is other.bounds
    assert free.bounds == {}


def test_unit_in_the_name_of_a_column_counts(read: Read) -> None:
    leaf = only_leaf(read("rep,去年（万元）\nLi,30\n", levels=("rep",)))
    assert leaf.last_year == 30 * 10_000


def test_column_that_the_plan_names_has_the_weights(read: Read) -> None:
    roster = read("rep,ability,weight\nLi,7,1\nWang,3,1\n", levels=("rep",), weight="Ability")
    assert [node.weight for node in roster.nodes] == [7, 3]
    assert roster.understood.endswith("weights of column ability, column not read: weight")


def test_columns_that_are_not_known_are_named(read: Read) -> None:
    roster = read("rep,phone,weight,city\nLi,1,2,x\n", levels=("rep",))
    assert roster.understood == (
        "reps: UTF-8, 1 row, 1 leaf, weights of column weight, columns not read: phone, city"
    )


def test_total_at_the_end_is_left_out_and_said(read: Read) -> None:
    roster = read(f"{ROSTER}合计,,,15.5\n")
    assert len(roster.nodes) == 3
    assert roster.understood.endswith("weights of column weight, left out: the total in line 7")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        pytest.param("00123", "00123", id="plain"),
        pytest.param('"=""00123"""', "00123", id="as a formula"),
        pytest.param("'00123", "00123", id="behind an apostrophe"),
        pytest.param("`000123", "000123", id="behind a backtick"),
    ],
)
def test_code_keeps_its_zeros(read: Read, code: str, name: str) -> None:
    assert only_leaf(read(f"rep,weight\n{code},5\n", levels=("rep",))).name == name


def test_workbook_is_read_as_it_is_seen(read: Read) -> None:
    values: dict[str, Value] = {"A1": "rep", "B1": "start", "C1": "end", "D1": "share", "E1": "last year"}
    values |= {"A2": 123, "B2": date(2012, 4, 1), "C2": date(2012, 6, 1), "D2": 1, "E2": 1234.5}
    formats = {"A2": "00000", "B2": "yyyy-mm-dd", "C2": '[$-409]mmm"-"yy', "D2": "0%"}
    leaf = only_leaf(read(of_cells(values, formats), levels=("rep",)))
    assert (leaf.name, leaf.start, leaf.end) == ("00123", date(2012, 4, 1), date(2012, 6, 30))
    assert leaf.where == "reps:2"
    assert leaf.share == 1
    assert leaf.last_year == Fraction("1234.5")


def book_of(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


PEOPLE: list[list[Any]] = [["rep", "weight"], ["Li", 2]]


def test_sheet_that_has_the_columns_is_meant(read: Read) -> None:
    roster = read(book_of(notes=[["read me"]], people=PEOPLE), levels=("rep",))
    assert roster.understood == "reps: sheet people, 1 row, 1 leaf, weights of column weight"


def test_of_two_sheets_the_plan_says_which(read: Read) -> None:
    book = book_of(old=PEOPLE, new=[["rep", "weight"], ["Wang", 3]])
    assert told(read, book, levels=("rep",)) == [
        "1:1: 2 sheets have these columns: `old`, `new`; say which with `cascade: {file: …, sheet: …}`"
    ]
    assert only_leaf(read(book, levels=("rep",), sheet="new")).name == "Wang"


ONE_SLIP = [
    pytest.param("", "1:1: the file of `cascade` is empty", id="empty"),
    pytest.param("region,team,rep\n", "1:1: no row stands below the header", id="a header alone"),
    pytest.param(
        "region,rep,weight\na,b,1\n",
        "1:1: no column is called `team`; `cascade.levels` names it; call it so in the header, or correct"
        " `levels`; this row has `region`, `rep`, `weight`",
        id="a level that lacks",
    ),
    pytest.param(
        "region,team,rep,weight,权重\na,b,c,1,1\n",
        "1:24: column `权重` means the same as column `weight`",
        id="two",
    ),
    pytest.param(
        "region,team,rep,team\na,b,c,1\n", "1:17: column `team` stands here a second time", id="a level twice"
    ),
    pytest.param(
        "region,team,rep,wieght\na,b,c,1\n",
        "1:17: column `wieght` is not known here; did you mean `weight`? If not, call it otherwise",
        id="a weight misspelt",
    ),
    pytest.param(
        "单位：万元\nregion,team,rep,min\na,b,c,1\n",
        "1:1: `万元` may be the unit of the amounts below; write it in the names of their columns",
        id="a unit above",
    ),
    pytest.param("region,team,rep\nSouth,,Li\n", "2:7: `team` is empty here, and a level below", id="a gap"),
    pytest.param("region,team,rep,weight\n,,,5\n", "2:1: this row names nobody", id="nobody"),
    pytest.param(
        "region,team,rep\na,b,c\na,b,d\na,b,c\n",
        "4:5: `a/b/c` stands here a second time, the first is in line 2",
        id="a path twice",
    ),
    pytest.param(
        "region,team,rep\na,b\na,b,c\n",
        "3:3: `a/b` is a leaf in line 2, and has members here",
        id="members of a leaf",
    ),
    pytest.param(
        "region,team,rep\na,b,c\na,b\n",
        "3:3: `a/b` has members since line 2, and is a leaf here",
        id="a leaf with members",
    ),
    pytest.param(
        "region,team,rep\nSouth,b,c\nSOUTH,b,d\n",
        "3:1: `SOUTH` and `South` differ in capitals",
        id="capitals",
    ),
    pytest.param("region,team,rep\na,小计,\nb,c,d\n", "2:3: `小计` is a total", id="a subtotal"),
    pytest.param("region,team,rep\nTotal,,\nb,c,d\n", "2:1: `Total` is a total", id="a total above others"),
    pytest.param(
        "region,team,rep\na,b,c\nregion,team,rep\n", "3:1: this is the header a second time", id="two headers"
    ),
    pytest.param("region,team,rep\na,b,#N/A\n", "2:5: `#N/A` is an error of the spreadsheet", id="an error"),
    pytest.param("region,team,rep\na,b,c\x07d\n", "2:5: this cell has characters that cannot", id="a bell"),
    pytest.param(
        "region,team,rep,weight\na,b,c,1\na,b,d,\n",
        "3:7: this row has no weight, and others have one; write 0",
        id="a weight that lacks",
    ),
    pytest.param(
        "region,team,rep,weight\na,b,c,60%\na,b,d,5\n",
        "3:7: `5` is no percentage, and `60%` is one",
        id="mixed",
    ),
    pytest.param("region,team,rep,weight\na,b,c,-1\n", "2:7: `-1` is below 0", id="a weight below 0"),
    pytest.param("region,team,rep,weight\na,b,c,n/a\n", "2:7: `n/a` is no number; leave the cell", id="n/a"),
    pytest.param("region,team,rep,min\na,b,c,无\n", "2:7: `无` is no number; leave the cell", id="无"),
    pytest.param("region,team,rep,min\na,b,c,much\n", "2:7: `much` is no number; write its", id="a word"),
    pytest.param("region,team,rep,min\na,b,c,5%\n", "2:7: `5%` is a percentage, not an amount", id="a part"),
    pytest.param("region,team,rep,share\na,b,c,40\n", "2:7: `40` as a fraction would be 4,000 %", id="share"),
    pytest.param("region,team,rep,share\na,b,c,140%\n", "2:7: `140%` is more than 100 %", id="a large share"),
    pytest.param(
        "region,team,rep,min,max\na,b,c,5,3\n", "2:7: the lowest is 5, above the", id="min above max"
    ),
    pytest.param(
        "region,team,rep,min,hold\na,b,c,5,5\n",
        "2:9: a hold is both bounds at once; leave its",
        id="hold and min",
    ),
    pytest.param(
        "region,team,rep,start,end\na,b,c,2012-04,2012-03\n",
        "2:15: `2012-03-31` is before the start, 2012-04-01",
        id="an end before the start",
    ),
    pytest.param("region,team,rep,start\na,b,c,soon\n", "2:7: `soon` is not a month", id="no date"),
    pytest.param(
        "region,team,rep,start\na,b,c,2012.1\n", "2:7: `2012.1` is not a month", id="may be October"
    ),
    pytest.param(
        "region,team,rep,start\na,b,c,3/4/2012\n", "2:7: `3/4/2012` is not a month", id="two orders"
    ),
    pytest.param(
        "region,team,rep,end\na,b,c,在职\n", "2:7: `在职` is no date; leave the cell", id="still there"
    ),
    pytest.param(
        "region,team,rep,min\na,b,c,1,234\n", "2:9: this row has more cells than the header", id="a comma"
    ),
    pytest.param(
        "region,team,rep,min,note\na,b,c,1,234\n",
        "2:9: `234` may be the rest of `1,234`",
        id="a comma and room",
    ),
    pytest.param(
        "region;team;rep;min\na;b;c;1.234\n",
        "2:7: `1.234` could be 1234 or 1.234",
        id="thousands or decimals",
    ),
    pytest.param(
        "region,team,rep,min (万)\na,b,c,3万\n",
        "2:7: `3万` has a unit of its own, and so has",
        id="units twice",
    ),
    pytest.param('region,team,rep\na,b,"c\n', "2:1: a quote is opened in this row", id="an open quote"),
]


@pytest.mark.parametrize(("content", "message"), ONE_SLIP)
def test_slip_is_told_at_its_cell(read: Read, content: str, message: str) -> None:
    (only,) = told(read, content)
    assert only.startswith(message)


def test_column_that_the_plan_names_and_the_file_lacks(read: Read) -> None:
    (only,) = told(read, "rep,weight\nLi,5\n", levels=("rep",), weight="ability")
    assert only.startswith("1:1: no column is called `ability`; `cascade.weight` names it")
    assert only.endswith("; this row has `rep`, `weight`")


def test_place_of_a_cell_counts_quotes(read: Read) -> None:
    content = 'rep,note,weight\n"Li, Na","a ""b""",x\n'
    assert told(read, content, levels=("rep",)) == [
        "2:20: `x` is no number; write its digits, such as 1234567.89, or nothing"
    ]


def test_cell_of_a_workbook_is_told_by_its_address(read: Read) -> None:
    (only,) = told(read, of_cells({"A1": "rep", "B1": "weight", "A2": "Li", "B2": "x"}), levels=("rep",))
    assert only.startswith("2:2: cell B2 of sheet `Sheet`: `x` is no number")


def test_all_slips_are_told_at_once(read: Read) -> None:
    rows = "a,1\na,2\nb,x\n,3\nc,-1\n"
    assert [line.split(": ")[0] for line in told(read, f"rep,weight\n{rows}", levels=("rep",))] == [
        "3:1",
        "4:3",
        "5:1",
        "6:3",
    ]


def test_of_many_slips_the_first_are_told(read: Read) -> None:
    *first, last = told(read, "rep,weight\n" + "".join(f"p{i},x{i}\n" for i in range(80)), levels=("rep",))
    assert len(first) == 50
    assert last == "52:5: and there may be more from here on"


def test_more_rows_than_are_read_are_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(light_table, "MOST_ROWS", 10)
    assert len(read("rep\n" + "".join(f"p{i}\n" for i in range(9)), levels=("rep",)).nodes) == 9
    (only,) = told(read, "rep\n" + "".join(f"p{i}\n" for i in range(10)), levels=("rep",))
    assert only == "11:1: there are more than 10 rows up to here, and no more are read"


def test_many_rows_are_read_where_a_file_of_sales_has_too_many(read: Read) -> None:
    rows = "".join(f"t{i // 50},{i:05d},{i % 7}\n" for i in range(30_000))
    roster = read(f"team,rep,weight\n{rows}", levels=("team", "rep"))
    assert sum(1 for node in roster.nodes for _ in node.leaves()) == 30_000
    assert len(roster.nodes) == 30_000 / 50
