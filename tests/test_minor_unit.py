"""The smallest unit of currencies, against ISO 4217."""

from fractions import Fraction

import pytest

from target_cascade.minor_unit import minor_unit


@pytest.mark.parametrize(
    ("currency", "decimals"),
    [
        ("CNY", 2),
        ("USD", 2),
        ("EUR", 2),
        ("JPY", 0),
        ("KRW", 0),
        ("VND", 0),
        ("KWD", 3),
        ("TND", 3),
        ("CLF", 4),
    ],
)
def test_a_currency_has_the_decimals_of_the_standard(currency: str, decimals: int) -> None:
    assert minor_unit(currency) == Fraction(1, 10**decimals)


def test_without_a_currency_it_is_a_hundredth() -> None:
    assert minor_unit(None) == Fraction(1, 100)
