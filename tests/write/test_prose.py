"""Text over several lines, and remarks with and without a margin."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from target_cascade.report.table import Note, Notes
from target_cascade.sentence import amount, sentence
from target_cascade.write.prose import note_lines, text_width, wrapped


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("", 20, [""], id="nothing"),
        pytest.param("one two", 20, ["one two"], id="room for all"),
        pytest.param("exactly twenty cells", 20, ["exactly twenty cells"], id="just room"),
        pytest.param("exactly twenty, cells", 20, ["exactly twenty,", "cells"], id="one cell less"),
        pytest.param("a  b   c", 20, ["a  b   c"], id="spaces stay"),
        pytest.param("one two     three", 10, ["one two", "three"], id="but not at the end of a line"),
        pytest.param("  one two three", 10, ["  one two", "three"], id="spaces at the beginning stay"),
        pytest.param(
            "grows by 25 % now", 11, ["grows by", "25 % now"], id="a number stays with its per cent"
        ),
        pytest.param("a" * 25, 10, ["a" * 10, "a" * 10, "a" * 5], id="a word that is too long is cut"),
        pytest.param("see " + "a" * 12, 10, ["see", "a" * 10, "aa"], id="and begins a line"),
        pytest.param("main:plans/north.yaml", 11, ["main:plans/", "north.yaml"], id="a path, behind a slash"),
        pytest.param("plans/" + "a" * 12, 10, ["plans/", "a" * 10, "aa"], id="a name in it that is too long"),
        pytest.param("a" * 12 + " b", 10, ["a" * 10, "aa b"], id="what follows it stands beside its end"),
        pytest.param("one two three", 3, ["one two", "three"], id="ten cells at least"),
        pytest.param("旗舰店" * 4, 10, ["旗舰店旗舰", "店旗舰店旗", "舰店"], id="Chinese, two cells each"),
        pytest.param("旗舰店" * 4, 11, ["旗舰店旗舰", "店旗舰店旗", "舰店"], id="no half of a character"),
        pytest.param(
            "rent: 仓库已满不能多发货", 12, ["rent: 仓库已", "满不能多发货"], id="Chinese fills the line"
        ),
        pytest.param("仓库已满，不能发货。", 10, ["仓库已满，", "不能发货。"], id="a comma that fits"),
        pytest.param("这个仓库满，不能发货", 10, ["这个仓库", "满，不能发", "货"], id="none begins a line"),
        pytest.param(
            "这个仓库（满）不能", 10, ["这个仓库", "（满）不能"], id="nor does an opening one end it"
        ),
        pytest.param("这是给旗舰30万", 10, ["这是给旗", "舰30万"], id="an amount stays whole"),
        pytest.param("x" * 8 + "e\u0301" * 4, 10, ["x" * 8 + "e\u0301" * 2, "e\u0301" * 2], id="accents"),
    ],
)
def test_text_is_broken_between_words(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("one two three four", ["one two", "  three", "  four"], id="words"),
        pytest.param("a" * 25, ["a" * 10, f"  {'a' * 8}", f"  {'a' * 7}"], id="a word that is cut"),
        pytest.param("旗舰店" * 4, ["旗舰店旗舰", "  店旗舰店", "  旗舰店"], id="Chinese"),
        pytest.param("see " + "a" * 12, ["see", f"  {'a' * 8}", f"  {'a' * 4}"], id="a word after another"),
    ],
)
def test_all_lines_but_the_first_are_indented(text: str, lines: list[str]) -> None:
    assert wrapped(text, 10, "  ") == lines


WORDS = st.text(st.sampled_from("ab, 店（）。！🛒e\u0301"), max_size=60)


@given(WORDS, st.integers(10, 40), st.sampled_from(["", "  ", "    "]))
def test_no_line_is_too_long_and_nothing_but_spaces_is_lost(text: str, width: int, indent: str) -> None:
    lines = wrapped(text, width, indent)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line) <= width for line in lines)
    assert all(line.startswith(indent) for line in lines[1:])
    assert not any(line.endswith(" ") for line in lines)


LONG = sentence(
    "January: demand ", amount(Fraction(1_906_041)), ", held at ", amount(Fraction(2_000_000)), " by `rent`"
)


@pytest.mark.parametrize(
    ("notes", "width", "lines"),
    [
        pytest.param((), 40, [], id="no remark"),
        pytest.param((Note(sentence("short")),), 40, ["short"], id="a head alone"),
        pytest.param(
            (Note(LONG),),
            31,
            ["January: demand 1,906,041, held", "  at 2,000,000 by `rent`"],
            id="a long head is indented below its first line",
        ),
        pytest.param(
            (Note(sentence("plan.yaml:43: warning"), (LONG, sentence("→ less"))),),
            33,
            [
                "plan.yaml:43: warning",
                "  January: demand 1,906,041, held",
                "  at 2,000,000 by `rent`",
                "  → less",
            ],
            id="what there is to say is indented as a whole",
        ),
        pytest.param(
            (Note(LONG, margin="8"), Note(sentence("short"), margin="41"), Note(sentence("no line"))),
            35,
            [
                " 8  January: demand 1,906,041, held",
                "    at 2,000,000 by `rent`",
                "41  short",
                "    no line",
            ],
            id="margins are as wide as the widest, and text stays beside them",
        ),
        pytest.param(
            (Note(sentence("head"), (sentence("line"),), "--set"),),
            40,
            ["--set  head", "         line"],
            id="a margin before a head and a line",
        ),
        pytest.param(
            (Note(sentence("仓库已满，不能多发货"), margin="41"),),
            16,
            ["41  仓库已满，不", "    能多发货"],
            id="Chinese beside a margin",
        ),
    ],
)
def test_remarks_stand_below_each_other(notes: tuple[Note, ...], width: int, lines: list[str]) -> None:
    assert list(note_lines(Notes("Notes", notes), width)) == lines
