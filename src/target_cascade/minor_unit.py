"""The smallest unit that an amount of a currency is paid in (ISO 4217, list one)."""

from fractions import Fraction

_DECIMALS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
"""Decimals of the currencies that have not two."""


def minor_unit(currency: str | None) -> Fraction:
    """The minor unit in units of currency: 1/100 of CNY and without a currency, 1 of JPY, 1/1000 of KWD."""
    return Fraction(1, 10 ** _DECIMALS.get(currency or "", 2))
