"""Text ↔ exact numbers: the grammar of amounts, numbers and fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest

from target_cascade.amount import (
    exact,
    fold_width,
    parse_amount,
    parse_fraction,
    parse_number,
    plain,
    show,
)
from target_cascade.errors import AmountError

AMOUNTS = [
    pytest.param("0", 0, id="zero"),
    pytest.param("40000000", 40_000_000, id="digits"),
    pytest.param("40_000_000", 40_000_000, id="groups with underscores"),
    pytest.param("40,000,000", 40_000_000, id="groups with commas"),
    pytest.param("999,999.99", Fraction("999999.99"), id="groups and decimals"),
    pytest.param("0.4", Fraction(4, 10), id="decimals"),
    pytest.param(".5", Fraction(1, 2), id="decimals alone"),
    pytest.param("0.10", Fraction(1, 10), id="decimals that end in 0"),
    pytest.param("007", 7, id="zeros in front"),
    pytest.param("+5", 5, id="plus"),
    pytest.param("-30万", -30 * 10**4, id="minus"),
    pytest.param("−30万", -30 * 10**4, id="minus sign of typography"),
    pytest.param("- 30万", -30 * 10**4, id="minus and a space"),
    pytest.param("  8 ", 8, id="spaces around"),
    pytest.param("3千", 3 * 10**3, id="千"),
    pytest.param("3k", 3 * 10**3, id="k"),
    pytest.param("3K", 3 * 10**3, id="K"),
    pytest.param("4000万", 4000 * 10**4, id="万"),
    pytest.param("4000W", 4000 * 10**4, id="W"),
    pytest.param("4000w", 4000 * 10**4, id="w"),
    pytest.param("3十万", 3 * 10**5, id="十万"),
    pytest.param("3百万", 3 * 10**6, id="百万"),
    pytest.param("40M", 40 * 10**6, id="M"),
    pytest.param("40m", 40 * 10**6, id="m"),
    pytest.param("4千万", 4 * 10**7, id="千万"),
    pytest.param("4KW", 4 * 10**7, id="KW"),
    pytest.param("4kw", 4 * 10**7, id="kw"),
    pytest.param("0.4亿", 4 * 10**7, id="亿"),
    pytest.param("1.2bn", 12 * 10**8, id="bn"),
    pytest.param("1.2BN", 12 * 10**8, id="BN"),
    pytest.param("4000 万", 4000 * 10**4, id="space before the suffix"),
    pytest.param("1,234.5万", 12_345_000, id="groups, decimals and a suffix"),
    pytest.param("４０００万", 4000 * 10**4, id="full-width digits"),
    pytest.param("４０，０００，０００", 40_000_000, id="full-width commas"),
    pytest.param("１．５亿", 15 * 10**7, id="full-width point"),
    pytest.param("４ＫＷ", 4 * 10**7, id="full-width letters"),
    pytest.param("　８　", 8, id="full-width spaces"),
    pytest.param("－３０万", -30 * 10**4, id="full-width minus"),
    pytest.param("￥4000万", 4000 * 10**4, id="full-width yen sign"),
    pytest.param("¥ 4000万", 4000 * 10**4, id="yen sign and a space"),
    pytest.param("$40M", 40 * 10**6, id="dollar"),
    pytest.param("€40M", 40 * 10**6, id="euro"),
    pytest.param("£1,000", 1000, id="pound"),
    pytest.param("-¥5", -5, id="minus before the sign"),
    pytest.param("9" * 40, int("9" * 40), id="forty digits"),
]

NO_AMOUNTS = [
    pytest.param("", id="empty"),
    pytest.param("   ", id="blank"),
    pytest.param("1,00", id="comma as a decimal point"),
    pytest.param("4000,0000", id="groups of four"),
    pytest.param("1,000_000", id="two kinds of groups"),
    pytest.param("40 000 000", id="groups with spaces"),
    pytest.param("4.000.000", id="groups with points"),
    pytest.param("1__000", id="two underscores"),
    pytest.param("_1", id="underscore in front"),
    pytest.param("1_", id="underscore behind"),
    pytest.param("1.", id="point without decimals"),
    pytest.param(".", id="point alone"),
    pytest.param("1e9", id="exponent"),
    pytest.param("1e999999999", id="giant exponent"),
    pytest.param("4000x", id="unknown suffix"),
    pytest.param("4000万万", id="two suffixes"),
    pytest.param("4000元万", id="currency before the suffix"),
    pytest.param("万", id="suffix alone"),
    pytest.param("5%", id="percentage"),
    pytest.param("9" * 50, id="fifty digits"),
    pytest.param("²", id="superscript"),
    pytest.param("①", id="circled digit"),
    pytest.param("٣", id="Arabic digit"),
    pytest.param("四千万", id="Chinese digits"),
    pytest.param("nan", id="nan"),
    pytest.param("inf", id="inf"),
    pytest.param("0x10", id="hexadecimal"),
    pytest.param("0o17", id="octal"),
    pytest.param("1/3", id="ratio"),
    pytest.param("--5", id="two signs"),
    pytest.param("(5)", id="parentheses"),
    pytest.param("5-6", id="range"),
    pytest.param("16:00", id="time"),
    pytest.param("yes", id="word"),
    pytest.param("1\n2", id="two lines"),
]


@pytest.mark.parametrize(("text", "amount"), AMOUNTS)
def test_amount_is_read_exactly(text: str, amount: Fraction | int) -> None:
    assert parse_amount(text) == amount


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        parse_amount(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("1,00", "between groups of three digits", id="groups"),
        pytest.param("1e9", "write all the digits", id="exponent"),
        pytest.param("5%", "write what it comes to", id="percentage"),
        pytest.param("4000x", "千 万 十万 百万 千万 亿, W KW, k M bn", id="suffix"),
        pytest.param("9" * 41, "more than 40 characters", id="length"),
        pytest.param("", "an empty text is not an amount", id="empty"),
        pytest.param("much", "write 4000万, 40M, 0.4亿 or 40_000_000", id="anything else"),
    ],
)
def test_refusal_says_what_to_write(text: str, hint: str) -> None:
    with pytest.raises(AmountError, match=hint):
        parse_amount(text)


def test_refusal_quotes_the_beginning_of_a_long_text() -> None:
    with pytest.raises(AmountError, match=f"^`{'x' * 40}…` is not an amount"):
        parse_amount("x" * 1_000_000)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("0", 0, id="zero"),
        pytest.param("9", 9, id="whole"),
        pytest.param("0.8", Fraction(8, 10), id="decimals"),
        pytest.param("80%", Fraction(8, 10), id="percentage"),
        pytest.param("80 %", Fraction(8, 10), id="space before the percent sign"),
        pytest.param("１２．５％", Fraction(125, 1000), id="full width"),
        pytest.param("1,000", 1000, id="groups"),
        pytest.param("-0.5", Fraction(-1, 2), id="minus"),
        pytest.param("0.333333333333333", Fraction(333333333333333, 10**15), id="all decimals count"),
    ],
)
def test_number_is_read_exactly(text: str, number: Fraction | int) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "9万", "$5", "5%%", "%5", "half", "1e2", "0,8", "1" * 41, "٣"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(AmountError, match=r"is not a number; write `0\.8` or `80%`"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        pytest.param("5%", Fraction(5, 100), id="percentage"),
        pytest.param("５％", Fraction(5, 100), id="full-width percentage"),
        pytest.param("0.05", Fraction(5, 100), id="decimals"),
        pytest.param("1", 1, id="one"),
        pytest.param("-1", -1, id="minus one"),
        pytest.param("250%", Fraction(5, 2), id="more than all"),
        pytest.param("-30%", Fraction(-3, 10), id="less"),
    ],
)
def test_fraction_is_read_exactly(text: str, fraction: Fraction | int) -> None:
    assert parse_fraction(text) == fraction


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "5",
            "`5` as a fraction would be 500 %; write `5%` for 5 %, or a number between 0 and 1",
            id="five",
        ),
        pytest.param("1.08", "write `1.08%` for 1.08 %", id="growth rate"),
        pytest.param("-2", "write `-2%` for -2 %", id="below minus one"),
        pytest.param("200万", "`200万` is not a fraction; write `5%` or `0.05`", id="amount"),
        pytest.param("5,5%", "`5,5%` is not a fraction", id="comma as a decimal point"),
        pytest.param("", "an empty text is not a fraction", id="empty"),
    ],
)
def test_what_is_no_fraction_is_refused(text: str, message: str) -> None:
    with pytest.raises(AmountError) as refused:
        parse_fraction(text)
    assert message in str(refused.value)


@pytest.mark.parametrize("number", [3, Fraction(1, 3), Decimal("0.1"), Decimal("1E+3")])
def test_exact_number_types_are_taken(number: int | Fraction | Decimal) -> None:
    assert exact(number) == Fraction(number)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        pytest.param(0.1, "is a float, which is not exact", id="float"),
        pytest.param(Decimal("NaN"), "not a finite number", id="nan"),
        pytest.param(Decimal("-Infinity"), "not a finite number", id="infinity"),
        pytest.param(Decimal("1E+999999"), "too large or too small", id="giant"),
        pytest.param(Decimal("1E-999999"), "too large or too small", id="tiny"),
        pytest.param("5", "is not a number", id="text"),
        pytest.param(None, "is not a number", id="nothing"),
    ],
)
def test_inexact_number_types_are_refused(value: object, reason: str) -> None:
    with pytest.raises(AmountError, match=reason):
        exact(value)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        pytest.param(Fraction(8_400_000), "8400000", id="whole"),
        pytest.param(Fraction(25, 2), "12.5", id="decimals"),
        pytest.param(Fraction(1, 400), "0.0025", id="below one"),
        pytest.param(Fraction(-1, 20), "-0.05", id="negative"),
        pytest.param(Fraction(0), "0", id="zero"),
        pytest.param(Fraction(1, 10**40), "0." + "0" * 39 + "1", id="forty decimals"),
    ],
)
def test_plain_writes_all_decimals(number: Fraction, text: str) -> None:
    assert plain(number) == text
    assert Fraction(text) == number


def test_plain_of_a_number_without_finite_decimals_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="1/3 has no finite decimal"):
        plain(Fraction(1, 3))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        pytest.param(Fraction(40_000_000), "40,000,000", id="thousands apart"),
        pytest.param(Fraction(-3_000_000), "-3,000,000", id="negative"),
        pytest.param(Fraction("1234.5"), "1,234.5", id="one decimal"),
        pytest.param(Fraction("0.000125"), "0.000125", id="six decimals"),
        pytest.param(Fraction(2, 3), "0.66", id="cut, not rounded"),
        pytest.param(Fraction(-1000, 3), "-333.33", id="cut towards zero"),
        pytest.param(Fraction(1, 3000), "0.0003", id="a rest is not shown as 0"),
        pytest.param(Fraction(0), "0", id="zero"),
    ],
)
def test_show_is_for_people(number: Fraction, text: str) -> None:
    assert show(number) == text


def test_fold_width_folds_nothing_but_width() -> None:
    assert fold_width("ＡＺａｚ０９（）！～　￥−") == "AZaz09()!~ ¥-"
    assert fold_width("²①٣万。、") == "²①٣万。、"
