"""Parts of a difference of products, by logarithms, which add up to it.

Additive LMDI-I: where a = Π x and q = Π y, the part of a − q that one factor has is
L(a, q)·ln(x ÷ y) with the logarithmic mean L(a, q) = (a − q) ÷ ln(a ÷ q), and L = q where a = q
(Ang 2005, The LMDI approach to decomposition analysis: a practical guide, Energy Policy 33, 867-871).
No factor comes first, so their order changes nothing.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from target_cascade.engine.apportion import round_down, round_ideals

_DIGITS = Context(prec=60, rounding=ROUND_HALF_EVEN)
"""Logarithms have 60 digits, correctly rounded, so they are the same on every machine; the largest amount
has 20 or so."""


def log(ratio: Fraction) -> Fraction:
    """The natural logarithm of a number above 0, to 60 digits; that of 1 is exactly 0."""
    quotient = _DIGITS.divide(Decimal(ratio.numerator), Decimal(ratio.denominator))
    return Fraction(_DIGITS.ln(quotient))


def log_parts(actual: Fraction, quota: Fraction, ratios: Sequence[Fraction]) -> list[Fraction]:
    """The part of `actual` − `quota` that each of some ratios has, to some 40 digits: they add up to it.

    All are above 0, and the product of the ratios is `actual` ÷ `quota`.
    """
    mean = quota if actual == quota else (actual - quota) / log(actual / quota)
    return [mean * log(ratio) for ratio in ratios]


def rounded_parts(amount: Fraction, parts: Mapping[str, Fraction], unit: Fraction) -> dict[str, Fraction]:
    """`parts`, which add up to `amount` but for the last of their digits, as multiples of `unit` that add
    up to it exactly.

    Where `amount` has finer decimals than the unit, the largest part has them. Parts are taken by name, so
    their order changes nothing.
    """
    names = sorted(parts)
    if not names:
        return {}
    whole = round_down(amount, unit)
    rounded = dict(zip(names, round_ideals(whole, [parts[name] for name in names], unit), strict=True))
    largest = max(names, key=lambda name: abs(parts[name]))
    rounded[largest] += amount - whole
    return rounded
