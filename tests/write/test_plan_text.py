"""Templates and answers → text, in which every answer is read as it was given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from target_cascade.errors import Located
from target_cascade.read.plan_file import text_of
from target_cascade.read.source import Source
from target_cascade.read.yaml_tree import data
from target_cascade.write.plan_text import Answers, Said, fill, quoted

TEMPLATE = """\
plan: $name
year: $year
base: $base
new_business:
  - {name: $business, expect: $expect}
days:
  - {name: off, $days_off, weight: 0}
"""


@pytest.mark.parametrize(
    "text",
    [
        "JD store",
        "京东店",
        "JD: store",
        "#1",
        "shop #1",
        "@home",
        "it's",
        'the "new" one',
        "a, b",
        "{a}",
        "[a]",
        "- a",
        "&a",
        "*a",
        "!a",
        "~",
        "no",
        "null",
        "4,000万",
        "￥4000万",
        "５％",
        "../last year.csv",
        "back\\slash",
        "a：b",
        "“curly”",
        "%a",
        "?",
        "=1+1",
        "a -",
        "🛒",
    ],
)
def test_text_is_read_as_it_was_given(text: str) -> None:
    assert read(quoted(text)) == text


PRINTABLE = st.characters(exclude_categories=("C", "Z")) | st.just(" ")


@given(st.text(PRINTABLE, min_size=1).map(str.strip).filter(bool))
def test_any_text_that_can_be_printed_is_read_as_it_was_given(text: str) -> None:
    assert read(quoted(text)) == text


def read(written: str) -> object:
    """The text that YAML takes a scalar for, alone on its line as within braces."""
    plan = text_of(
        Source("plan.yaml", f"alone: {written}\nlist:\n  - {{first: {written}, second: {written}}}\n")
    )
    assert plan.slips == ()
    values = data(plan.tree)
    assert isinstance(values, dict)
    alone = values["alone"]
    assert values == {"alone": alone, "list": [{"first": alone, "second": alone}]}
    return alone


def test_line_without_an_answer_becomes_a_comment_with_an_example() -> None:
    draft = fill(TEMPLATE, Answers(year="2027"))
    assert draft.text.splitlines() == [
        "# plan: My shop",
        "year: 2027",
        "# base: last_year.csv",
        "# new_business:",
        "#   - {name: new store, expect: 500k}",
        "days:",
        "  - {name: off, weekdays: sat-sun, weight: 0}",
    ]


def test_each_business_gets_a_line() -> None:
    draft = fill(TEMPLATE, Answers(year="2027", new_business=(("a", "1万"), ("b: c", "2万"))))
    assert draft.text.splitlines()[3:6] == [
        "new_business:",
        "  - {name: a, expect: 1万}",
        "  - {name: 'b: c', expect: 2万}",
    ]


def test_file_with_choices_is_a_mapping() -> None:
    answers = Answers(base=(("file", "last.csv"), ("column", "a, b"), ("year", "2026")))
    line = fill("base: $base\n", answers).text
    assert line == "base: {file: last.csv, column: 'a, b', year: 2026}\n"


def test_days_off_are_those_of_a_country_where_one_is_named() -> None:
    assert fill(TEMPLATE, Answers(year="2027", country="DE")).text.endswith("workdays: DE, weight: 0}\n")


def test_other_words_with_a_dollar_sign_stay() -> None:
    assert fill("# $schema=$year.json\n", Answers(year="2027")).text == "# $schema=2027.json\n"


@pytest.mark.parametrize(
    ("line", "column", "key"),
    [
        pytest.param(1, 1, "target", id="key"),
        pytest.param(1, 10, "target", id="value"),
        pytest.param(2, 8, "base.file", id="first of two"),
        pytest.param(2, 14, "base.file", id="inside the first"),
        pytest.param(2, 22, "base.unit", id="second of two"),
        pytest.param(2, 99, "base.unit", id="behind the last"),
        pytest.param(3, 1, None, id="of the template"),
    ],
)
def test_problem_is_about_the_answer_at_its_place(line: int, column: int, key: str | None) -> None:
    answers = Answers(target="1万", base=(("file", "a.csv"), ("unit", "千")))
    draft = fill("target: $target\nbase: $base\nweeks: iso\n", answers)
    said = draft.answer_of(Located("plan.yaml", line, column, "is wrong"))
    assert (said and said.key) == key


def test_place_of_an_answer_holds_its_text() -> None:
    draft = fill("target: $target\n", Answers(target="4,000万"))
    assert draft.said == (Said(0, 8, 16, "target", "4,000万"),)
    assert draft.text[8:16] == "'4,000万'"
