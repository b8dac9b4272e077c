"""Amounts as real files have them, and in which style."""

from fractions import Fraction

import pytest

from target_cascade.errors import InputError
from target_cascade.read.tables.figure_text import (
    Style,
    is_figure,
    own_unit,
    read_figure,
    read_share,
    style_of,
)
from target_cascade.read.tables.grid import Cell, CellKind, SheetMark

POINT, COMMA = Style("."), Style(",")


def cell(text: str, kind: CellKind = "text", row: int = 1) -> Cell:
    return Cell(text, SheetMark("f.xlsx", "Sheet1", row, 1), kind)


def cells(*texts: str) -> list[Cell]:
    return [cell(text, row=row) for row, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        *[
            (text, 1234)
            for text in ("1234", "1,234", "1_234", "1'234", "1’234", "1 234", "1\xa0234", "1\u2009234")
        ],
        *[
            (text, 1234)
            for text in ("￥1,234.00", "¥ 1,234", "$1234", "€1234", "1,234元", "1234 USD", "RMB 1,234")
        ],
        *[(text, 1234) for text in ("CNY1234", "US$1,234", "1,234.", "+1234", "１，２３４", "人民币1234元")],
        *[
            (text, -1234)
            for text in ("-1234", "(1,234)", "（1,234）", "1,234-", "-￥1,234.00", "￥-1,234", "(￥1,234)")
        ],
        *[(text, -1234) for text in ("−1234", "–1234", "$1,234-", "($1,234.0)")],
        *[(text, 12_000) for text in ("1.2万", "1.2 万元", "1.2W", "12k", "￥1.2万")],
        *[(text, 3_000_000) for text in ("3M", "3 Mio.", "3mn", "3百万")],
        ("3亿元", 300_000_000),
        ("0.5", Fraction(1, 2)),
        (".5", Fraction(1, 2)),
        ("0", 0),
        ("-0.00", 0),
        ("1,234,567.891", Fraction(1_234_567_891, 1000)),
    ],
)
def test_amount_is_read_with_a_decimal_point(text: str, amount: Fraction) -> None:
    assert is_figure(text)
    assert read_figure(cell(text), POINT) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", Fraction(123_456, 100)),
        ("1.234.567", 1_234_567),
        ("1.234", 1_234),
        ("12,5", Fraction(25, 2)),
        ("1 234,5", Fraction(2469, 2)),
        ("1'234,5", Fraction(2469, 2)),
        ("(1.234,50 €)", Fraction(-2469, 2)),
        ("1,2 Mio. €", 1_200_000),
    ],
)
def test_amount_is_read_with_a_decimal_comma(text: str, amount: Fraction) -> None:
    assert is_figure(text)
    assert read_figure(cell(text), COMMA) == amount


def test_number_of_a_workbook_has_a_point_in_any_file() -> None:
    assert read_figure(cell("1.234", "number"), COMMA) == Fraction(1234, 1000)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("12,34,567", "in no groups of three, as 1,234,567 is"),
        ("1,23", "in no groups of three"),
        ("0,123", "in no groups of three"),
        ("1.234,56", "by more than one sign"),
        ("1,000_000", "by more than one sign"),
        ("1.2.3", "stands in it 2 times"),
        ("8.3%", "is a percentage"),
        ("1.2E+07", "with an exponent, which may have lost digits"),
        ("", "this cell is empty"),
        *[(text, "is no number; write 0") for text in "- -- — / N/A n/a 无 暂无 null None NaN ？ ".split()],
        *[
            (text, "is an error of the spreadsheet")
            for text in "#REF! #DIV/0! #N/A #VALUE! #NAME? ########".split()
        ],
        *[
            (text, "is not an amount")
            for text in "abc 5件 1,234CR --5 -(5) (-5) (5 5) 0x12 12:30 2011-01 5月 ￥".split()
        ],
        ("9" * 41, "is not an amount"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        read_figure(cell(text), POINT)
    assert message in refused.value.problems[0].message


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ("#REF!", "error", "error of the spreadsheet"),
        ("=B2+B3", "error", "a formula without a value"),
        ("2011-01-01", "date", "is a date"),
        ("20%", "number", "is a percentage"),
    ],
)
def test_what_a_workbook_says_is_no_amount_is_refused(text: str, kind: CellKind, message: str) -> None:
    with pytest.raises(InputError, match=f"cell B2 of sheet `Sheet1`: .*{message}"):
        read_figure(cell(text, kind), POINT)


@pytest.mark.parametrize(
    "text", "2011-01 2011/1 一月 Jan 5月 合计 — N/A #REF! 1-2 1:30 W01 Q1 1,234kg".split()
)
def test_text_is_no_figure(text: str) -> None:
    assert not is_figure(text)


@pytest.mark.parametrize(
    ("text", "share"), [("8.3%", Fraction(83, 1000)), ("8.3", Fraction(83, 10)), ("5‰", Fraction(5, 1000))]
)
def test_share_may_be_a_percentage(text: str, share: Fraction) -> None:
    assert read_share(cell(text), POINT) == share


@pytest.mark.parametrize(("text", "unit"), [("1.2万", "万"), ("3M", "m"), ("5", ""), ("5元", ""), ("5%", "")])
def test_scale_of_a_figure_is_told(text: str, unit: str) -> None:
    assert own_unit(text) == unit


@pytest.mark.parametrize(
    ("texts", "separator", "decimal"),
    [
        *[
            ((text, "5"), separator, ",")
            for separator in ",;\t"
            for text in ("1.234,56", "1.234.567", "12,5", "1234,56")
        ],
        *[
            ((text, "5"), ";", ".")
            for text in ("1,234.56", "1,234,567", "12.5", "1234.5", "0.123", ".5", "1'234.567")
        ],
        (("1.234", "12,5"), ";", ","),
        (("1,234", "12.5"), ";", "."),
        (("1,234", "950"), ",", "."),
        (("1,234", "950"), "\t", "."),
        (("1,234", "950"), "", "."),
        (("1.234万", "9万"), ",", "."),
        (("950", "text", "-"), ";", "."),
    ],
)
def test_style_is_that_of_the_whole_file(texts: tuple[str, ...], separator: str, decimal: str) -> None:
    assert style_of(cells(*texts), separator) == Style(decimal)


@pytest.mark.parametrize(
    ("texts", "separator"),
    [
        (("1,234", "950"), ";"),
        (("1.234", "950"), ";"),
        (("1.234万", "9万"), ";"),
        (("1.234", "950"), ","),
        (("1.234", "1,234"), ","),
        (("1.234", "950"), ""),
    ],
)
def test_style_that_nothing_proves_is_refused(texts: tuple[str, ...], separator: str) -> None:
    with pytest.raises(InputError, match=r"could be 1234 or 1\.234"):
        style_of(cells(*texts), separator)


def test_unit_of_thousands_makes_three_decimals_likely_but_not_between_semicolons() -> None:
    assert style_of(cells("1.234", "950"), ",", scaled=True) == POINT
    with pytest.raises(InputError, match="could be"):
        style_of(cells("1.234", "950"), ";", scaled=True)


def test_two_styles_are_refused_with_both_cells() -> None:
    with pytest.raises(InputError, match=r"cell B2 .*`12,5` has a comma .* `12\.5` in cell B1 a point"):
        style_of(cells("12.5", "12,5"), ";")


def test_numbers_of_a_workbook_prove_nothing() -> None:
    assert style_of([cell("12.5", "number"), cell("12,5")], "") == COMMA


@pytest.mark.parametrize(
    ("text", "amount"),
    [("₹7,80,123.45", Fraction("780123.45")), ("MX$780,123.45", Fraction("780123.45")), ("'780000", 780_000)],
)
def test_figures_of_other_places_are_read(text: str, amount: Fraction) -> None:
    assert read_figure(cell(text), POINT) == amount
    assert style_of(cells(text), ",") == POINT
