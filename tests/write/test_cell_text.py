"""A cell as text, for people and for machines."""

from datetime import date
from fractions import Fraction

import pytest

from target_cascade.report.table import Cell, Kind
from target_cascade.sentence import Figure, apart, percent, ratio, share
from target_cascade.write.cell_text import decimal, machine_cell, people_cell

CELLS = [
    pytest.param(Fraction(8_400_000), "amount", "8400000", "8,400,000", id="amount"),
    pytest.param(Fraction(25, 2), "amount", "12.5", "12.5", id="amount with decimals"),
    pytest.param(Fraction("-1234.05"), "amount", "-1234.05", "-1,234.05", id="negative amount"),
    pytest.param(Fraction(0), "amount", "0", "0", id="nothing"),
    pytest.param(Fraction(10**30), "amount", f"1{'0' * 30}", f"1{',000' * 10}", id="large amount"),
    pytest.param(Fraction(1, 3), "share", "0.333333", "33.3 %", id="share"),
    pytest.param(Fraction(5, 10**7), "share", "0.000001", "0.0 %", id="half of the last place goes up"),
    pytest.param(Fraction(1), "share", "1.000000", "100.0 %", id="all"),
    pytest.param(Fraction(5, 2), "ratio", "2.500000", "×2.50", id="ratio"),
    pytest.param(Fraction(2005, 1000), "ratio", "2.005000", "×2.01", id="ratio with a half goes up"),
    pytest.param(31, "count", "31", "31", id="count"),
    pytest.param(Fraction(200), "number", "200.000000", "200", id="number without decimals"),
    pytest.param(Fraction(12345, 10), "number", "1234.500000", "1,234.5", id="number"),
    pytest.param(Fraction(619, 3), "number", "206.333333", "206.33", id="number without end"),
    pytest.param(Fraction(85, 100), "number", "0.850000", "0.85", id="number below 1"),
    pytest.param(Fraction(123456, 10**7), "number", "0.012346", "0.0123", id="small number keeps digits"),
    pytest.param(Fraction(-1, 8), "number", "-0.125000", "-0.125", id="negative number"),
    pytest.param(Fraction(0), "number", "0.000000", "0", id="no number at all"),
    pytest.param(Fraction(1, 10**20), "number", "0.000000", "0", id="number beyond all decimals"),
    pytest.param(date(2012, 11, 8), "date", "2012-11-08", "2012-11-08", id="date"),
    pytest.param("旗舰店", "text", "旗舰店", "旗舰店", id="text"),
    pytest.param("Total", "date", "Total", "Total", id="word in the place of a date"),
    pytest.param(None, "amount", "", "–", id="unknown amount"),
    pytest.param(None, "ratio", "", "–", id="unknown ratio"),
    pytest.param(None, "text", "", "", id="no text"),
    pytest.param(None, "bar", "", "", id="no bar"),
]


@pytest.mark.parametrize(("cell", "kind", "machine", "people"), CELLS)
def test_cell(cell: Cell, kind: Kind, machine: str, people: str) -> None:
    assert machine_cell(cell, kind) == machine
    assert people_cell(cell, kind) == people


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(999_999, 10**6), 2, "1.00"),
    ],
)
def test_decimal_rounds_halves_away_from_zero(number: Fraction, places: int, text: str) -> None:
    assert decimal(number, places) == text


@pytest.mark.parametrize(
    ("one", "other", "texts"),
    [
        pytest.param(
            share(Fraction("0.3094")), share(Fraction("0.3086")), ("30.94 %", "30.86 %"), id="shares"
        ),
        pytest.param(share(Fraction("0.35")), share(Fraction("0.3")), ("35.0 %", "30.0 %"), id="far apart"),
        pytest.param(share(Fraction("0.3")), share(Fraction("0.3")), ("30.0 %", "30.0 %"), id="alike"),
        pytest.param(ratio(Fraction("5.0001")), ratio(Fraction(5)), ("×5.0001", "×5.0000"), id="ratios"),
        pytest.param(
            percent(Fraction("-0.5001")), percent(Fraction("-0.5")), ("-50.01 %", "-50.00 %"), id="per cents"
        ),
    ],
)
def test_figures_beside_each_other_have_decimals_that_tell_them_apart(
    one: Figure, other: Figure, texts: tuple[str, str]
) -> None:
    assert tuple(people_cell(figure, "text") for figure in apart(one, other)) == texts
    assert machine_cell(apart(one, other)[0], "text") == machine_cell(one, "text")
