"""Where a month's amount of a KPI comes from: the cheapest source first, up to what it brings at most."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.engine.apportion import nearest, round_down


class Offer(NamedTuple):
    """What one costs at a source in a month, and the most that it brings then; None: no bound."""

    name: str
    cost: Fraction
    most: Fraction | None


class SourcePart(NamedTuple):
    """What comes from one source: `amount` in the KPI's unit, `cost` in units of currency."""

    name: str
    amount: Fraction
    cost: Fraction


class Sourced(NamedTuple):
    """A month of a KPI: `parts`, cheapest first, and `unfilled` add up to `wanted`.

    Every source has its part; that of one which is not needed is 0.
    """

    month: int
    wanted: Fraction
    parts: tuple[SourcePart, ...]
    unfilled: Fraction


def sourced(
    month: int, wanted: Fraction, offers: Sequence[Offer], unit: Fraction, minor_unit: Fraction
) -> Sourced:
    """`wanted`, a multiple of `unit` and not below 0, from the cheapest on; of equal ones the earlier first.

    The most that a source brings is snapped down to `unit`, and not below 0. Costs are rounded to
    the multiple of `minor_unit` that is nearest.
    """
    rest, parts = wanted, []
    for offer in sorted(offers, key=lambda offer: offer.cost):
        most = rest if offer.most is None else max(Fraction(0), round_down(offer.most, unit))
        amount = min(rest, most)
        rest -= amount
        parts.append(SourcePart(offer.name, amount, nearest(amount * offer.cost, minor_unit)))
    return Sourced(month, wanted, tuple(parts), rest)
