"""`--vary key=a,b,c`: where values part, and what is said where they do not."""

import pytest

from target_cascade.errors import InputError
from target_cascade.read.vary import read_varied, refuse_overruled, value_text


def values(option: str) -> list[str]:
    (varied,) = read_varied([option])
    return [value_text(setting) for setting in varied.settings]


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        pytest.param("buffer=3%,5%,8%", ["3%", "5%", "8%"], id="plain"),
        pytest.param("buffer=3%", ["3%"], id="one value"),
        pytest.param(" buffer = 3% ,  5% ", ["3%", "5%"], id="spaces"),
        pytest.param("target=40M,4000万", ["40M", "4000万"], id="suffixes"),
        pytest.param('target="40,000,000","50,000,000"', ["40,000,000", "50,000,000"], id="double quotes"),
        pytest.param("target='40,000','50,000'", ["40,000", "50,000"], id="single quotes"),
        pytest.param("target=40_000,50_000", ["40_000", "50_000"], id="underscores"),
        pytest.param(
            "limits=[],[{months: 11, max: 800万}]", ["[]", "[{months: 11, max: 800万}]"], id="lists"
        ),
        pytest.param("base=[1,2],[2,1]", ["[1,2]", "[2,1]"], id="commas inside brackets"),
        pytest.param(
            'limits=[{because: "a, b]"}],[{because: c}]',
            ['[{because: "a, b]"}]', "[{because: c}]"],
            id="a bracket inside quotes inside brackets",
        ),
        pytest.param("year_end={max: 5, min: 3},{max: 6}", ["{max: 5, min: 3}", "{max: 6}"], id="braces"),
        pytest.param(r'plan="a\",b",c', [r"a\",b", "c"], id="an escaped quote"),
        pytest.param("plan='it''s, so',c", ["it''s, so", "c"], id="a doubled quote"),
        pytest.param("plan=it's,that's", ["it's", "that's"], id="an apostrophe holds nothing together"),
        pytest.param('plan=12" shirts,14" shirts', ['12" shirts', '14" shirts'], id="inches"),
        pytest.param("plan=a]b,c", ["a]b", "c"], id="a bracket that closes nothing"),
        pytest.param('plan="甲，乙",丙', ["甲，乙", "丙"], id="a full-width comma in quotes"),
        pytest.param("plan=甲，乙,丙", ["甲，乙", "丙"], id="a full-width comma among others"),
        pytest.param("target=900,950", ["900", "950"], id="three digits may be values"),
        pytest.param("a=b=c,d", ["b=c", "d"], id="an equals sign in a value"),
    ],
)
def test_values_part_at_commas_outside_quotes_and_brackets(option: str, expected: list[str]) -> None:
    assert values(option) == expected


def test_key_is_kept_as_it_is_written_and_as_its_segments() -> None:
    (varied,) = read_varied(['adjust."Brand  day".add = 5,6'])
    assert varied.key == 'adjust."Brand day".add'
    assert [setting.segments for setting in varied.settings] == [("adjust", "Brand  day", "add")] * 2


@pytest.mark.parametrize(
    ("options", "column", "message"),
    [
        pytest.param(["buffer"], 7, "this is not `key=value`", id="no value"),
        pytest.param(["=3%,5%"], 1, "this is not `key=value`", id="no key"),
        pytest.param(["buffer="], 8, "no value stands after the `=`", id="nothing after the equals sign"),
        pytest.param(["buffer=3%,,5%"], 11, "no value stands here", id="nothing between commas"),
        pytest.param(["buffer=3%, ,5%"], 12, "no value stands here", id="a space between commas"),
        pytest.param(["buffer=,5%"], 8, "no value stands here", id="nothing before a comma"),
        pytest.param(["buffer=3%,"], 11, "no value stands here", id="nothing after a comma"),
        pytest.param(['plan="",a'], 6, "no value stands here", id="empty quotes"),
        pytest.param(["buffer=3%, 5%,3%"], 15, "`3%` stands here a second time", id="a value twice"),
        pytest.param(
            ["target=40,000,000"], 11, "double quotes, and all in single ones, as in", id="an amount"
        ),
        pytest.param(["target=40,000,000"], 11, '\'target="40,000","…"\'', id="an amount as it is meant"),
        pytest.param(["buffer=3%，5%"], 8, "a full-width comma `，` is no comma here", id="full width"),
        pytest.param(["buffer=3%", "buffer=5%"], 1, "`buffer` is varied twice", id="a key twice"),
        pytest.param(["a.b=3", "'a'.b=5"], 1, "`'a'.b` is varied twice", id="a key in two ways"),
        pytest.param(["base[1]=3", "base.months[1]=5"], 1, "`base.months[1]` is varied twice", id="a month"),
        pytest.param(["buffer=\udcff,1"], 1, "this is not text", id="no text"),
    ],
)
def test_what_is_no_list_of_values_is_told_at_its_place(
    options: list[str], column: int, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_varied(options)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("--vary", 1, column)
    assert message in problem.message
    assert problem.text == options[-1]


def test_no_more_is_told_than_is_read() -> None:
    with pytest.raises(InputError) as caught:
        read_varied(["buffer=" + "," * 60_000, "target="])
    assert [problem.column for problem in caught.value.problems] == [8, 9, 10, 11, 12, 8]


def test_problems_of_all_options_are_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        read_varied(["buffer", "target=,5", "plan=a,a"])
    assert [problem.text for problem in caught.value.problems] == ["buffer", "target=,5", "plan=a,a"]


@pytest.mark.parametrize(
    ("setting", "vary", "message"),
    [
        pytest.param("buffer=8%", "buffer=3%,5%", "`buffer` is varied as well", id="the same key"),
        pytest.param("'a'.b = 3", "a.b=3,5", "`'a'.b` is varied as well", id="in another spelling"),
        pytest.param(
            "limits.0.max=1", "limits[0].max=1,2", "`limits.0.max` is varied as well", id="a position"
        ),
        pytest.param("base[1]=3", "base.months[1]=1,2", "`base[1]` is varied as well", id="a month"),
        pytest.param("a.b=3", "a={},[]", "`a.b` is set, and `a` is varied", id="inside what is varied"),
        pytest.param("a={}", "a.b=3,5", "`a` is set, and `a.b` is varied", id="around what is varied"),
    ],
)
def test_key_that_is_set_and_varied_is_refused(setting: str, vary: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        refuse_overruled(["target=1", setting], read_varied(["plan=x,y", vary]))
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.column) == ("--set", 1, 1)
    assert message in problem.message


@pytest.mark.parametrize("setting", ["target=1", "bufer=3", "year_end.months=2", "buffer"])
def test_keys_beside_what_is_varied_are_set(setting: str) -> None:
    """What is no setting is told by the plan that it is put into."""
    refuse_overruled([setting], read_varied(["buffer=3%,5%", "year_end.max_share=30%,40%"]))
