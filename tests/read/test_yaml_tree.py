"""YAML → a tree of texts with their places, with both of the parsers that there are."""

from typing import Any

import pytest
import yaml

from target_cascade.errors import InputError
from target_cascade.read import yaml_tree
from target_cascade.read.source import Source
from target_cascade.read.yaml_tree import data, locate, locate_key, parse_yaml, walk

LOADERS = [pytest.param(yaml.SafeLoader, id="Python")]
if yaml.__with_libyaml__:
    LOADERS.append(pytest.param(yaml.CSafeLoader, id="libyaml"))


@pytest.fixture(params=LOADERS)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "_Loader", request.param)


pytestmark = pytest.mark.usefixtures("parser")


def parsed(text: str) -> Any:
    tree, problems = parse_yaml(Source("plan.yaml", text))
    assert not problems
    return data(tree)


def told(text: str) -> list[tuple[int, int, str]]:
    try:
        _, problems = parse_yaml(Source("plan.yaml", text))
    except InputError as error:
        problems = list(error.problems)
    return [(problem.line, problem.column, problem.message.split(";")[0]) for problem in problems]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        pytest.param("a: 1\nb: [x, y]\n", {"a": "1", "b": ["x", "y"]}, id="texts"),
        pytest.param("a: {b: {c: d}}", {"a": {"b": {"c": "d"}}}, id="nested"),
        pytest.param("a: &x [1]\nb: *x\n", {"a": ["1"], "b": ["1"]}, id="alias"),
        pytest.param("a:\nb: ~\nc: ''\nd: '~'\n", {"c": "", "d": "~"}, id="what is not written is left out"),
        pytest.param("[a, ~]", ["a", None], id="but keeps its place in a list"),
        pytest.param("<<: {a: b}", {"<<": {"a": "b"}}, id="no merge"),
        pytest.param("! a", "a", id="the tag of a plain text"),
        pytest.param("'\\n': \"\\u4e07\"", {"\\n": "万"}, id="escapes"),
        pytest.param("a: >\n  two\n  lines\n", {"a": "two lines\n"}, id="folded"),
    ],
)
def test_values_are_texts(text: str, tree: object) -> None:
    assert parsed(text) == tree


def test_each_value_knows_its_place() -> None:
    text = "旗舰: 店\nb:\n  - {x: 1,  y: [2, 3]}\n"
    tree, _ = parse_yaml(Source("plan.yaml", text))
    places = {path: (node.mark.line, node.mark.column) for path, node in walk(tree)}
    assert places[("旗舰",)] == (0, 4)
    assert places[("b", 0)] == (2, 4)
    assert places[("b", 0, "y", 1)] == (2, 19)
    key = locate_key(tree, ("b", 0, "y"))
    assert (key.line, key.column) == (2, 12)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        pytest.param((), (0, 0), id="the whole"),
        pytest.param(("a", "x"), (0, 7), id="a value"),
        pytest.param(("a", "y"), (0, 3), id="what is missing is where it should be"),
        pytest.param(("a", "y", 5, "z"), (0, 3), id="and so is what would be in it"),
        pytest.param(("b", 1), (1, 7), id="an entry"),
        pytest.param(("b", 7), (1, 3), id="an entry that is not there"),
        pytest.param(("c", 0, "expect"), (2, 7), id="a short form"),
    ],
)
def test_place_of_a_path(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    tree, _ = parse_yaml(Source("plan.yaml", "a: {x: 1}\nb: [1, 2]\nc: {x: 1}\n"))
    mark = locate(tree, path)
    assert (mark.line, mark.column) == place


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param(
            "a: 1\na: 2\n", [(2, 1, "`a` stands here a second time, the first is in line 1")], id="key twice"
        ),
        pytest.param(
            "a: !x 1\nb: !!int 2\n",
            [
                (1, 4, "a plan has no YAML tags such as `!x`, only values"),
                (2, 4, "a plan has no YAML tags such as `!!int`, only values"),
            ],
            id="tags",
        ),
        pytest.param("a: “b”", [(1, 4, "curly quotes would become part of the text")], id="curly quotes"),
        pytest.param(
            "? [a]\n: b", [(1, 3, "a list or mapping stands where a key should be")], id="key of a list"
        ),
        pytest.param("", [(1, 1, "the plan is empty")], id="nothing"),
        pytest.param("# only\n", [(1, 1, "the plan is empty")], id="a comment"),
        pytest.param("a: 1\n---\nb: 2\n", [(2, 1, "a second document begins here")], id="two documents"),
        pytest.param(
            "a: *b", [(1, 4, "`*b` repeats a value that nothing above it has named `&b`")], id="alias"
        ),
        pytest.param(
            "a: \x07",
            [(1, 4, "a control character U+0007 stands here, which no text file should have")],
            id="bell",
        ),
        pytest.param("\ta: 1", [(1, 1, "a tab indents this line")], id="tab"),
        pytest.param(
            "a: 1\nb：2\nc: 3\n", [(2, 2, "a full-width colon `：` is no colon to YAML")], id="wide colon"
        ),
        pytest.param("a: 1\nb:2\nc: 3\n", [(2, 3, "a space is missing after the colon")], id="no space"),
        pytest.param(
            "a: [1,\nb: 2\n",
            [(1, 4, "this `[` is not closed, or a comma is missing between two of its values")],
            id="bracket",
        ),
        pytest.param(
            "a: {b: 1\nc: 2\n",
            [(1, 4, "this `{` is not closed, or a comma is missing between two of its keys")],
            id="brace",
        ),
        pytest.param(
            "a: {b: 1]}", [(1, 9, "a comma or a closing bracket is missing before this")], id="wrong bracket"
        ),
        pytest.param("a: 'b\nc: d\n", [(1, 4, "a quote is opened here and not closed")], id="quote"),
        pytest.param(
            "a: b: c",
            [(1, 5, "a second colon in one line, or a line that is indented too far")],
            id="second colon",
        ),
        pytest.param("a: 1\n  b\nc\n", [(3, 1, "a key without a colon")], id="no colon"),
        pytest.param(
            "a: 1\nb:\n    c: 1\n  d: 2\n",
            [(4, 3, "this line is not indented like the lines beside it")],
            id="indent",
        ),
        pytest.param("a: @b", [(1, 4, "a value cannot begin with this character")], id="at sign"),
        pytest.param("[" * 30, [(1, 22, "this nests deeper than 20 levels, which no plan does")], id="depth"),
    ],
)
def test_slip_is_told_in_plain_words(text: str, problems: list[tuple[int, int, str]]) -> None:
    assert told(text) == problems


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("plan: “one” store\na: 1\nb:\n    c: 1\n  d: 2\n", id="curly quotes in the first line"),
        pytest.param("a: 1\nb:\n    c: say “one”\n  d: 2\n", id="curly quotes in the line before"),
        pytest.param("a: 1\nb:\n    c: {x: 好，的}\n  d: 2\n", id="comma in a text"),
        pytest.param("a: 1\nb:\n    c: 店：一\n  d: 2\n", id="colon in a text"),
        pytest.param("a: 1\nb:\n    # 注：一 “x”\n    c: 1\n  d: 2\n", id="a remark"),
        pytest.param("a: 1\nb:\n    c: http://a\n  d: 2\n", id="a link"),
    ],
)
def test_good_lines_above_are_not_blamed(text: str) -> None:
    ((line, column, message),) = told(text)
    assert (line, column) == (text.count("\n"), 3)
    assert message == "this line is not indented like the lines beside it"


def test_half_of_a_character_is_refused() -> None:
    ((line, column, message),) = told('a: "x"\nb: "\\ud800"')
    assert line == 2
    assert column >= 4
    assert "escape" in message


def test_unknown_escape_is_told_in_plain_words() -> None:
    ((line, column, message),) = told('a: "\\q"')
    assert (line, message) == (1, "a backslash in double quotes begins an escape, and this is none")
    assert column in (5, 6)  # one parser stops at the backslash, the other behind it


def test_aliases_count_as_what_they_repeat() -> None:
    hundred = f"a: &a [{', '.join('x' * 100)}]\n"
    ten_thousand = [f"k{i}: [{', '.join(['*a'] * 99)}]\n" for i in range(10)]
    assert len(parsed(hundred + "".join(ten_thousand[:9]))["k8"][98]) == 100
    assert told(hundred + "".join(ten_thousand))[0][2].startswith("the plan is too long here")


def test_long_text_cannot_be_repeated_without_end() -> None:
    text = f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 400)}]\n"
    assert told(text)[0][2].startswith("the plan is too long here")


@pytest.mark.parametrize("text", ["[{}]", "{{{}}}"])
def test_five_hundred_entries_are_the_most(text: str) -> None:
    entries = [f"k{i}: {i}" if "{{" in text else str(i) for i in range(501)]
    assert told(text.format(", ".join(entries[:500]))) == []
    assert (
        told(text.format(", ".join(entries)))[0][2]
        == "more than 500 entries stand together here, which no plan has"
    )
