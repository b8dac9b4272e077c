"""Apportioning: amounts are rounded here (spec § 5); whole units are given in two other places as well.

Amounts leave here as whole multiples of a unit that add up to what was divided. The other places give
units that are whole already: `engine/people/assign.py` a parent's to its children over the whole year, by
the floors and remainders of running totals, which no division of one amount can do; and
`engine/replan/placing.py` what a year misses to its open months, one unit after another, so that a better
month never raises another one, which largest remainders do not promise.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from math import lcm
from typing import Any, TypeVar, overload

from target_cascade.amount import exact
from target_cascade.errors import AmountError, ApportionError

Exact = int | Fraction | Decimal
"""The number types in which an amount can be said exactly."""

Unit = TypeVar("Unit", int, Fraction, Decimal)


@overload
def apportion(total: Exact, weights: Iterable[Exact]) -> list[int]: ...
@overload
def apportion(total: Exact, weights: Iterable[Exact], unit: Unit) -> list[Unit]: ...
def apportion(total: Exact, weights: Iterable[Exact], unit: Exact = 1) -> list[Any]:
    """Divide `total` in proportion to `weights`, exactly, into whole multiples of `unit`.

    Largest remainder (Hamilton): each part is its ideal `total·w/Σw` floored to the unit, and the
    units left over go to the largest remainders, ties to the earlier. The parts come in the order
    of the weights, have the type of `unit` and add up to `total`; each is less than one unit from
    its ideal.

    Raises `ApportionError` where a weight is negative or no exact number, where no weight is above
    0, where `unit` is not above 0, and where `total` is not a whole number of units.
    """
    numbers = [_exact(weight, f"weight {i}") for i, weight in enumerate(weights)]
    for i, number in enumerate(numbers):
        if number < 0:
            raise ApportionError(f"weight {i} is negative: {number}")
    if not any(numbers):
        raise ApportionError("no weight is above 0, so there is nobody to give the total to")
    size = _exact(unit, "the unit")
    if size <= 0:
        raise ApportionError(f"the unit has to be above 0, not {size}")
    units = _exact(total, "the total") / size
    if units.denominator != 1:
        raise ApportionError(f"the total {total} is not a whole number of units of {unit}")
    return [_times(count, unit) for count in share_units(units.numerator, whole(numbers))]


def share_units(units: int, weights: Sequence[int]) -> list[int]:
    """`units` whole units by largest remainder, in proportion to `weights`.

    The weights are whole, none below 0 and one above it at least.
    """
    total = sum(weights)
    floors = [units * weight // total for weight in weights]
    return _give_rest(units, floors, [units * weight % total for weight in weights])


def round_ideals(amount: Fraction, ideals: Sequence[Fraction], unit: Fraction) -> list[Fraction]:
    """`ideals` as multiples of `unit` that add up to `amount`, by largest remainder.

    Ideals may be negative, as in a bridge. `amount` lies between the sums of the ideals' floors and
    of these with a unit more each: so it is where they add up to it.
    """
    counts = [ideal / unit for ideal in ideals]
    floors = [count.numerator // count.denominator for count in counts]
    remainders = [count - floor for count, floor in zip(counts, floors, strict=True)]
    return [unit * count for count in _give_rest(units_of(amount, unit), floors, remainders)]


def without_end_rounded(amounts: Sequence[Fraction], unit: Fraction) -> list[Fraction]:
    """`amounts` to be printed: those whose decimals do not end as multiples of `unit`, by largest
    remainder, so that they add up to the multiple nearest to their sum; the others as they are."""
    endless = [position for position, amount in enumerate(amounts) if not _has_end(amount)]
    ideals = [amounts[position] for position in endless]
    printed = list(amounts)
    if endless:
        rounded = round_ideals(nearest(sum(ideals, Fraction(0)), unit), ideals, unit)
        for position, amount in zip(endless, rounded, strict=True):
            printed[position] = amount
    return printed


def _has_end(amount: Fraction) -> bool:
    """Whether the decimals of `amount` end: its denominator has no factor but 2 and 5."""
    rest = amount.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1


def units_of(amount: Fraction, unit: Fraction) -> int:
    """How many units make up `amount`, which is a whole number of them."""
    units = amount / unit
    assert units.denominator == 1, f"{amount} is no multiple of {unit}"
    return units.numerator


def running_totals(units: int, weights: Sequence[int]) -> list[int]:
    """`units` whole units over a run of days, so that they fall evenly.

    Each day gets its rounded running total, halves up, less the one before. A run without any
    weight carries no units.
    """
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    reached = [(2 * units * so_far + total) // (2 * total) for so_far in accumulate(weights)]
    return [after - before for before, after in pairwise([0, *reached])]


def whole(numbers: Sequence[Fraction]) -> list[int]:
    """Whole numbers in the same proportions as `numbers`."""
    scale = lcm(*(number.denominator for number in numbers))
    return [number.numerator * (scale // number.denominator) for number in numbers]


def round_up(amount: Fraction, unit: Fraction) -> Fraction:
    """The smallest multiple of `unit` that is not below `amount`."""
    return -round_down(-amount, unit)


def round_down(amount: Fraction, unit: Fraction) -> Fraction:
    """The largest multiple of `unit` that is not above `amount`."""
    return amount // unit * unit


def nearest(amount: Fraction, unit: Fraction) -> Fraction:
    """The multiple of `unit` nearest to `amount`, halves up: for a figure that stands alone and has
    nothing to add up to."""
    return round_down(amount + unit / 2, unit)


def _give_rest(units: int, floors: list[int], remainders: Sequence[int] | Sequence[Fraction]) -> list[int]:
    rest = units - sum(floors)
    assert 0 <= rest <= len(floors), "the ideals are further from the amount than their remainders"
    # The sort is stable, so of two equal remainders the earlier comes first.
    by_remainder = sorted(range(len(floors)), key=lambda i: -remainders[i])
    for i in by_remainder[:rest]:
        floors[i] += 1
    return floors


def _exact(value: object, name: str) -> Fraction:
    try:
        return exact(value)
    except AmountError as error:
        raise ApportionError(f"{name}: {error}") from None


def _times(count: int, unit: Exact) -> Exact:
    if isinstance(unit, Decimal):
        # Not count·unit: decimal arithmetic rounds to the precision of the context.
        _, digits, exponent = unit.as_tuple()
        number = count * int("".join(map(str, digits)))
        return Decimal((int(number < 0), tuple(map(int, str(abs(number)))), int(exponent)))
    return count * unit
