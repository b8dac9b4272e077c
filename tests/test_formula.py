"""Formulas: what they are worth, and what is refused with which words."""

import re
import sys
from dataclasses import dataclass
from fractions import Fraction

import pytest
from fuzz.formulas import answer_to, by_python
from hypothesis import given
from hypothesis import strategies as st

from target_cascade.errors import FormulaError
from target_cascade.formula import (
    MOST_BITS,
    MOST_CHARACTERS,
    MOST_DEPTH,
    RESERVED,
    parse_formula,
    parse_name,
)

KNOWN = {
    "quota": Fraction(6_000_000),
    "order_value": Fraction(200),
    "signed": Fraction(95, 100),
    "refunded": Fraction(4, 100),
    "visits": Fraction(1_000_000),
    "nothing": Fraction(0),
    "a": Fraction(7),
    "b": Fraction(2),
    "c": Fraction(3),
    "客单价": Fraction(200),
    "заказы": Fraction(30),
    "é": Fraction(5),
    "a１": Fraction(11),
    "k": Fraction(13),
}
A, B, C = (KNOWN[name] for name in "abc")

VALUES = [
    pytest.param("200", 200, id="number"),
    pytest.param("1_000", 1000, id="groups with underscores"),
    pytest.param("0.85", Fraction(85, 100), id="decimals"),
    pytest.param(".5", Fraction(1, 2), id="decimals alone"),
    pytest.param("0.1 + 0.2", Fraction(3, 10), id="decimals are exact"),
    pytest.param("２００．５", Fraction(401, 2), id="full-width digits"),
    pytest.param("80万", 80 * 10**4, id="万"),
    pytest.param("1.5亿", 15 * 10**7, id="decimals and 亿"),
    pytest.param("40k", 40_000, id="k"),
    pytest.param("3M", 3 * 10**6, id="M"),
    pytest.param("４ＫＷ", 4 * 10**7, id="full-width suffix"),
    pytest.param("200元", 200, id="元"),
    pytest.param("15%", Fraction(15, 100), id="percentage"),
    pytest.param("１５％", Fraction(15, 100), id="full-width percentage"),
    pytest.param("15 %", Fraction(15, 100), id="percentage after a space"),
    pytest.param("15\u00a0%", Fraction(15, 100), id="percentage after a space that does not break"),
    pytest.param("5% - 3", Fraction(5, 100) - 3, id="percentage, and no remainder"),
    pytest.param("5%-3", Fraction(5, 100) - 3, id="percentage, and no remainder, without spaces"),
    pytest.param("7 %*b", Fraction(7, 100) * B, id="percentage times a name"),
    pytest.param("15% of quota", Fraction(15, 100) * KNOWN["quota"], id="of"),
    pytest.param("15%of quota", Fraction(15, 100) * KNOWN["quota"], id="of without a space"),
    pytest.param("1/3 of a", Fraction(1, 3) * A, id="of binds as a product does, from the left"),
    pytest.param("50% of a + b", A / 2 + B, id="of before a sum"),
    pytest.param("a / (50% of b)", A / (B / 2), id="divided by a part of something"),
    pytest.param("b of a / c", B * A / C, id="of, then divided"),
    pytest.param("a + b * c", A + B * C, id="product before sum"),
    pytest.param("a - b - c", (A - B) - C, id="differences from the left"),
    pytest.param("a / b / c", (A / B) / C, id="quotients from the left"),
    pytest.param("a / b * c", (A / B) * C, id="quotient, then product"),
    pytest.param("a - (b - c)", A - (B - C), id="parentheses"),
    pytest.param("((a))", A, id="parentheses that change nothing"),
    pytest.param("-a * b", -A * B, id="minus of a factor"),
    pytest.param("a * -b", A * -B, id="minus after a sign"),
    pytest.param("a - -b", A + B, id="minus twice"),
    pytest.param("+a", A, id="plus"),
    pytest.param("-+-+-a", -A, id="many signs"),
    pytest.param("a/b", A / B, id="no spaces"),
    pytest.param("  a\n\t+　b ", A + B, id="spaces and lines"),
    pytest.param("（a＋b）×c÷２－１＊1／1", (A + B) * C / 2 - 1, id="full-width signs"),
    pytest.param("a − b", A - B, id="minus sign of typography"),
    pytest.param("min(a)", A, id="min of one"),
    pytest.param("min(a, b, c)", B, id="min of three"),
    pytest.param("max（a，b）", A, id="max with full-width signs"),
    pytest.param("max (a - 10, 0)", 0, id="max with a space"),
    pytest.param("min(max(a, b), c) + 1", C + 1, id="max inside min"),
    pytest.param("min(1, 000, a)", 0, id="commas with spaces part the values of min"),
    pytest.param("min(3,8)", 3, id="comma that is in no number"),
    pytest.param("quota / 客单价", KNOWN["quota"] / 200, id="Chinese name"),
    pytest.param("заказы * 2", 60, id="Russian name"),
    pytest.param("e\u0301 + 1", 6, id="accent typed apart"),
    pytest.param("a１ - 1", 10, id="name that is not folded"),
    pytest.param("k * 2k", 13 * 2000, id="name beside a suffix of the same letter"),
    pytest.param(
        "quota / (order_value * signed * (1 - refunded))",
        Fraction(6_000_000) / (200 * Fraction(95, 100) * Fraction(96, 100)),
        id="orders that make a quota",
    ),
    pytest.param("-" * (MOST_CHARACTERS - 1) + "a", -A, id="as many signs as fit"),
    pytest.param("a+" * (MOST_CHARACTERS // 2 - 1) + "a", A * (MOST_CHARACTERS // 2), id="longest sum"),
    pytest.param("(" * MOST_DEPTH + "a" + ")" * MOST_DEPTH, A, id="deepest parentheses"),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_formula_has_its_exact_value(text: str, expected: int | Fraction) -> None:
    value = parse_formula(text).value(KNOWN)
    assert value == expected
    assert type(value) is Fraction


WRONG = [
    pytest.param("", "the formula is empty", id="empty"),
    pytest.param(" \n", "the formula is empty", id="spaces"),
    pytest.param("orders / ", "`orders /` ends where a value should stand", id="ends after a sign"),
    pytest.param("15% of", "`15% of` ends where a value should stand", id="ends after of"),
    pytest.param("-", "`-` ends where a value should stand", id="sign alone"),
    pytest.param("a * / b", "a value should stand where `/` is, at character 5", id="two signs"),
    pytest.param("× a", "a value should stand where `×` is, at character 1", id="sign first"),
    pytest.param("of a", "a value should stand where `of` is, at character 1", id="of first"),
    pytest.param("()", "a value should stand where `)` is, at character 2", id="empty parentheses"),
    pytest.param("min()", "a value should stand where `)` is, at character 5", id="min of nothing"),
    pytest.param("min(a,)", "a value should stand where `)` is, at character 7", id="comma last"),
    pytest.param("(a + (b)", "the `(` at character 1 is never closed", id="parenthesis open"),
    pytest.param("max(a, b", "the `(` at character 4 is never closed", id="max open"),
    pytest.param("  a + b)", "the `)` at character 6 closes no `(`", id="parenthesis closed twice"),
    pytest.param("2 quota", "a sign is missing between `2` and `quota`, at character 3", id="two values"),
    pytest.param(
        "2quota", "a sign is missing between `2` and `quota`, at character 2", id="two without space"
    ),
    pytest.param("2kg", "a number may end in 千 万 亿, k W M bn or %", id="unit that is none"),
    pytest.param("(a)(b)", "a sign is missing between `)` and `(`, at character 4", id="parentheses touch"),
    pytest.param(
        "5% 3", "a sign is missing between `5%` and `3`, at character 4", id="percentage and number"
    ),
    pytest.param("a if b else c", "a sign is missing between `a` and `if`, at character 3", id="if"),
    pytest.param("min(a b)", "a sign is missing between `a` and `b`, at character 7", id="min without comma"),
    pytest.param("80 万", "an amount is written without a space, `80万`", id="space before 万"),
    pytest.param("2 k", "an amount is written without a space, `2k`", id="number and name that is a unit"),
    pytest.param("a / 15% of b", "`/ 15% of`, at character 5, can be read in two ways", id="divided by % of"),
    pytest.param("a/-15% of b", "`/ 15% of`, at character 4, can be read in two ways", id="divided by -% of"),
    pytest.param("a/1\u2028% of b", "`/ 1% of`, at character 3, can be read", id="divided by % on two lines"),
    pytest.param("sum(a)", "`sum` cannot be called; only min and max can", id="sum"),
    pytest.param("a (1 - b)", "to multiply, write `a * (`", id="name before parentheses"),
    pytest.param("__import__(a)", "`__import__` cannot be called; only min and max can", id="import"),
    pytest.param("MIN(a, b)", "`MIN` cannot be called", id="min in capitals"),
    pytest.param("min", "`min`, at character 1, lacks its values", id="min alone"),
    pytest.param("a * max", "`max`, at character 5, lacks its values", id="max alone"),
    pytest.param("1,000", "`1,000`, at character 1, is no number here; write `1_000` or `1000`", id="comma"),
    pytest.param("a + 1,234,567.5", "write `1_234_567.5` or `1234567.5`", id="commas and decimals"),
    pytest.param("１，０００", "write `1_000` or `1000`", id="full-width comma"),
    pytest.param("1," * 900 + "1", "…`, at character 1, is no number here; write the number", id="commas"),
    pytest.param("0,85", "write `0.85`", id="decimal comma"),
    pytest.param("0,125", "write `0.125`", id="decimal comma before three digits"),
    pytest.param("min(1,000, a)", "`1,000`, at character 5, may be one number or several", id="1,000 in min"),
    pytest.param("max(a, 0,85)", "`0,85`, at character 8, may be one number or several", id="0,85 in max"),
    pytest.param("min(2, (1,000))", "write `1_000` or `1000`", id="comma in parentheses inside min"),
    pytest.param("a, b", "the `,` at character 2 parts nothing; only min and max", id="comma between names"),
    pytest.param("quota ** 2", "`**`, at character 7, has no place in a formula; a power", id="power"),
    pytest.param("quota ＊＊ 2", "`＊＊`, at character 7, has no place", id="full-width power"),
    pytest.param("quota^2", "`^`, at character 6, has no place in a formula; a power", id="power as ^"),
    pytest.param("a // b", "`//`, at character 3, has no place in a formula; to divide", id="whole quotient"),
    pytest.param("a % b", "`%`, at character 3, has no place in a formula; `%` makes", id="remainder"),
    pytest.param(
        "a%", "`%`, at character 2, has no place in a formula; `%` makes", id="percentage of a name"
    ),
    pytest.param("(5)%", "`%`, at character 4, has no place", id="percentage of parentheses"),
    pytest.param("5%%", "`%`, at character 3, has no place", id="percentage of a percentage"),
    pytest.param("80万%", "`%`, at character 4, has no place", id="percentage of an amount"),
    pytest.param("a = b", "a formula is a value, and compares nothing", id="equals"),
    pytest.param("a <= b", "a formula is a value, and compares nothing", id="comparison"),
    pytest.param("a.real", "`.`, at character 2, has no place in a formula; a name has", id="attribute"),
    pytest.param("a[0]", "`[`, at character 2, has no place", id="bracket"),
    pytest.param("'a'", "a text is no value; names are written without quotes", id="text"),
    pytest.param("lambda: a", "`:`, at character 7, has no place", id="lambda"),
    pytest.param("a – b", "a minus is written `-`", id="dash"),
    pytest.param("$5", "write the amount without its currency", id="currency"),
    pytest.param("a + ٣", "digits are written 0 to 9", id="digit of another script"),
    pytest.param("a\u200b+ b", "`U+200B`, at character 2, has no place", id="space that is not seen"),
    pytest.param("a\u3164", "`U+3164`, at character 2, has no place", id="letter that is not seen"),
    pytest.param("\ud800", "`U+D800`, at character 1, has no place", id="half a character"),
    pytest.param("`a`", "`U+0060`, at character 1, has no place", id="backtick"),
    pytest.param("1e5", "the number at character 1 has an exponent", id="exponent"),
    pytest.param("a + 1E-5", "the number at character 5 has an exponent", id="exponent with a sign"),
    pytest.param("1_0000", "`1_0000`, at character 1, is no number; write", id="groups of four"),
    pytest.param("1..2", "`1..2`, at character 1, is no number; write", id="two points"),
    pytest.param("5_a", "`5_a`, at character 1, is no number; write", id="digit before a name"),
    pytest.param("1" * 41, "the number at character 1 has more than 40 characters", id="long number"),
    pytest.param("a + " + "x" * 61, "is longer than the 60 characters that a name may have", id="long name"),
    pytest.param(
        "(" * 51 + "a", "more than 50 parentheses stand inside each other, at character 51", id="deep"
    ),
    pytest.param("(" * 100_000, "the formula has 100,000 characters, and 2,000 are the most", id="endless"),
    pytest.param("+a" * 1001, "the formula has 2,002 characters", id="too long"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_wrong_formula_is_refused_with_its_reason(text: str, message: str) -> None:
    with pytest.raises(FormulaError, match=re.escape(message)) as caught:
        parse_formula(text)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("text", "divisor"),
    [
        pytest.param("a / 0", "`0`", id="zero"),
        pytest.param("a * b / nothing + 1", "`nothing`", id="name"),
        pytest.param("a / -nothing", "`-nothing`", id="name with a minus"),
        pytest.param("a ÷ （b − 2）", "`（b − 2）`", id="parentheses as written"),
        pytest.param("min(a, 1 / (a - a))", "`(a - a)`", id="value of min that is not the smallest"),
        pytest.param("0 / 0", "`0`", id="nothing by nothing"),
    ],
)
def test_division_by_zero_names_the_divisor_as_written(text: str, divisor: str) -> None:
    formula = parse_formula(text)
    with pytest.raises(FormulaError, match=f"^{re.escape(divisor)} is 0, and nothing can be divided by 0$"):
        formula.value(KNOWN)


@pytest.mark.parametrize("text", ["a * a", "1 / a * (1 / a)", "a + a / 3", "min(1, a * a)"])
def test_number_beyond_any_amount_is_refused(text: str) -> None:
    large = Fraction(2 ** (MOST_BITS - 1))
    known = {"a": large + Fraction(1, 3)} if "+" in text else {"a": large}
    with pytest.raises(FormulaError, match=re.escape(f"`{text}` grows beyond any amount")):
        parse_formula(text).value(known)


def test_formula_that_squares_itself_comes_to_an_end() -> None:
    formula, known = parse_formula("x * x"), {"x": Fraction(10, 7)}
    while known["x"].numerator.bit_length() <= MOST_BITS // 2:
        known["x"] = formula.value(known)
    with pytest.raises(FormulaError, match="grows beyond any amount"):
        formula.value(known)


def test_known_number_that_is_too_large_is_refused() -> None:
    with pytest.raises(FormulaError, match="grows beyond any amount"):
        parse_formula("a").value({"a": Fraction(2**MOST_BITS)})


def test_names_stand_once_in_the_order_of_first_use() -> None:
    formula = parse_formula("  min(客单价, quota) of b + quota * __class__ / e\u0301 - 80万 ")
    assert formula.names == ("客单价", "quota", "b", "__class__", "é")
    assert formula.text == "min(客单价, quota) of b + quota * __class__ / e\u0301 - 80万"


def test_formulas_are_compared_by_their_text() -> None:
    assert parse_formula("a + b") == parse_formula(" a + b ")
    assert parse_formula("a + b") != parse_formula("a+b")
    assert len({parse_formula("a"), parse_formula("a "), parse_formula("b")}) == 2


def test_name_that_is_not_known_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError, match="quota"):
        parse_formula("quota").value({})


def test_deepest_formula_leaves_room_on_the_stack() -> None:
    """A formula is read below the command, the reader and the model, which have frames of their own."""
    text = "1 + 1 * -min(" * MOST_DEPTH + "a" + ")" * MOST_DEPTH
    before, depth, frame = sys.getrecursionlimit(), 0, sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]
        depth += 1
    sys.setrecursionlimit(depth + 400)
    try:
        assert parse_formula(text).value({"a": Fraction(1)}) == 1 - MOST_DEPTH % 2
    finally:
        sys.setrecursionlimit(before)


NAMES = [
    pytest.param("order_value", "order_value", id="ASCII"),
    pytest.param(" 客单价 ", "客单价", id="Chinese, spaces around"),
    pytest.param("средний_чек", "средний_чек", id="Russian"),
    pytest.param("ऑर्डर", "ऑर्डर", id="Hindi, with marks"),
    pytest.param("e\u0301", "é", id="accent typed apart"),
    pytest.param("ｑｕｏｔａ", "ｑｕｏｔａ", id="full-width letters stay"),
    pytest.param("_2", "_2", id="underscore and digit"),
    pytest.param("Min", "Min", id="not quite reserved"),
    pytest.param("offer", "offer", id="begins like a reserved word"),
    pytest.param("x" * 60, "x" * 60, id="longest"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_name_is_read(text: str, name: str) -> None:
    assert parse_name(text) == name
    assert parse_formula(text).names == (name,)


WRONG_NAMES = [
    pytest.param("order-value", "`-` stands in it, at character 6; write `order_value`", id="hyphen"),
    pytest.param("order value", "` ` stands in it, at character 6; write `order_value`", id="space"),
    pytest.param("refund %", "write `refund`", id="percent"),
    pytest.param(
        "订单＿数", "`＿` stands in it, at character 3; write `订单_数`", id="full-width underscore"
    ),
    pytest.param(
        "a\u200bb", "`U+200B` stands in it, at character 2; write `a_b`", id="space that is not seen"
    ),
    pytest.param("2nd", "does not begin with a letter or `_`; write `_2nd`", id="digit first"),
    pytest.param("min", "is a word of formulas and can be no name; write `min_value`", id="min"),
    pytest.param("ｏｆ", "is a word of formulas and can be no name; write `of_value`", id="full-width of"),
    pytest.param("", "a name is empty; a name is letters", id="empty"),
    pytest.param("--", "`-` stands in it, at character 1; a name is letters", id="signs alone"),
    pytest.param("x" * 61, "is longer than the 60 characters that a name may have", id="long"),
    pytest.param("\u0301" * 10**6, "is longer than the 60 characters", id="endless marks"),
]


@pytest.mark.parametrize(("text", "message"), WRONG_NAMES)
def test_wrong_name_is_refused_and_another_proposed(text: str, message: str) -> None:
    with pytest.raises(FormulaError, match=re.escape(message)):
        parse_name(text)


@pytest.mark.parametrize("word", RESERVED)
def test_reserved_word_is_no_name(word: str) -> None:
    with pytest.raises(FormulaError, match=f"write `{word}_value`"):
        parse_name(word)


@dataclass(frozen=True)
class Written:
    """A part of a formula: as text, what it is worth, and which sign is outermost in it."""

    text: str
    value: Fraction | None
    """None where something in it is divided by 0."""
    sign: str = ""


_FULL_WIDTH = str.maketrans("+-*/(),%0123456789", "＋－×÷（），％０１２３４５６７８９")
_TIGHTER = {"+": 1, "-": 1, "*": 2, "/": 2, "of": 2}


def _within(part: Written, sign: str, is_right: bool) -> str:
    """`part` as an operand of `sign`, in parentheses where it needs them."""
    needs = _TIGHTER.get(part.sign, 3) < _TIGHTER[sign] + is_right
    two_ways = sign == "of" and part.sign == "/" and part.text.rstrip().endswith("%")
    return f"({part.text})" if needs or two_ways else part.text


def _joined(left: Written, sign: str, right: Written, space: str) -> Written:
    text = f"{_within(left, sign, False)}{space}{sign}{space}{_within(right, sign, True)}"
    value = None
    if left.value is not None and right.value is not None and (sign != "/" or right.value):
        match sign:
            case "+":
                value = left.value + right.value
            case "-":
                value = left.value - right.value
            case "/":
                value = left.value / right.value
            case _:
                value = left.value * right.value
    return Written(text, value, sign)


def _negated(part: Written) -> Written:
    text = f"-({part.text})" if part.sign else f"-{part.text}"
    return Written(text, None if part.value is None else -part.value)


def _chosen(word: str, parts: list[Written]) -> Written:
    values = [part.value for part in parts if part.value is not None]
    value = {"min": min, "max": max}[word](values) if len(values) == len(parts) else None
    return Written(f"{word}({', '.join(part.text for part in parts)})", value)


def _larger(parts: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    signs, words = st.sampled_from(["+", "-", "*", "/"]), st.sampled_from(["min", "max"])
    return st.one_of(
        st.builds(_joined, parts, signs, parts, st.sampled_from(["", " ", "\n", "  "])),
        st.builds(_joined, parts, st.just("of"), parts, st.sampled_from([" ", "\t"])),
        st.builds(_negated, parts),
        st.builds(_chosen, words, st.lists(parts, min_size=1, max_size=3)),
        parts.map(lambda part: Written(f"({part.text})", part.value)),
    )


_numbers = st.integers(0, 9999)
_leaves = st.one_of(
    st.sampled_from(sorted(KNOWN)).map(lambda name: Written(name, KNOWN[name])),
    _numbers.map(lambda number: Written(str(number), Fraction(number))),
    _numbers.map(lambda number: Written(f"{number}%", Fraction(number, 100))),
    _numbers.map(lambda number: Written(f"{number}万", Fraction(number * 10**4))),
    _numbers.map(lambda number: Written(f"0.{number:04d}", Fraction(number, 10**4))),
    _numbers.map(lambda number: Written(f"{number}".translate(_FULL_WIDTH), Fraction(number))),
)


@given(written=st.recursive(_leaves, _larger, max_leaves=25))
def test_written_formula_is_read_as_it_was_meant(written: Written) -> None:
    formula = parse_formula(written.text)
    if written.value is None:
        with pytest.raises(FormulaError, match="is 0, and nothing can be divided by 0"):
            formula.value(KNOWN)
        with pytest.raises(ZeroDivisionError):
            by_python(formula.text, KNOWN)
    else:
        assert formula.value(KNOWN) == written.value == by_python(formula.text, KNOWN)


_tokens = st.sampled_from(
    [*"abc+-*/(),%.=_", "of", "min", "max(", "15%", "1,000", "80万", "客单价", "×", "（"]
)


@given(text=st.text(max_size=60) | st.lists(_tokens, max_size=30).map(" ".join))
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    assert answer_to(text)
