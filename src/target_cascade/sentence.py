"""What results say in words: text with figures in it that nobody has formatted yet."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

FigureKind = Literal["amount", "change", "share", "stated", "percent", "ratio", "count", "days", "number"]
"""What a figure is: amounts and changes of amounts are in units of currency; shares, ratios and
percents (changes against what was) are plain fractions; days are effective days. A stated share is one
that stands in a plan, and keeps all of its decimals. A number is in a unit of its own, such as minutes."""


class Figure(NamedTuple):
    """A number with what it is; an amount is one whose decimals end.

    `beside` is another number of its kind that is read with it: the two are shown with as many decimals
    as tell them apart.
    """

    value: Fraction | int
    kind: FigureKind
    beside: Fraction | int | None = None


class Sentence(NamedTuple):
    """Text and figures, in the order in which they are read."""

    parts: tuple[str | Figure, ...] = ()

    def __add__(self, other: object) -> "Sentence":
        """The sentence and more of it."""
        if not isinstance(other, Sentence):
            return NotImplemented
        return Sentence(self.parts + other.parts)


def sentence(*parts: str | Figure) -> Sentence:
    """``sentence("new business carries ", share(part))``."""
    return Sentence(parts)


def joined(sentences: Iterable[Sentence]) -> Sentence:
    """All of them with commas between: ``a, b, c``."""
    parts = [part for one in sentences for part in (", ", *one.parts)]
    return Sentence(tuple(parts[1:]))


def listed(sentences: Sequence[Sentence]) -> Sentence:
    """All of them, of which there is one at least, with a word before the last: ``a, b and c``."""
    *before, last = sentences
    return joined(before) + sentence(" and ") + last if before else last


def apart(one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """Two figures that no rounding makes look alike: 30.94 % and 30.86 %, not 30.9 % twice."""
    return one._replace(beside=other.value), other._replace(beside=one.value)


def all_apart(limit: Figure, figures: Sequence[Figure]) -> tuple[Figure, list[Figure]]:
    """A limit and the figures above it, none of which looks like it."""
    told = [figure._replace(beside=limit.value) for figure in figures]
    return limit._replace(beside=min(figure.value for figure in figures)), told


def amount(value: Fraction) -> Figure:
    """An amount, in units of currency."""
    return Figure(value, "amount")


def change(value: Fraction) -> Figure:
    """By how much an amount changes, printed with its sign."""
    return Figure(value, "change")


def share(value: Fraction) -> Figure:
    """A part of something: 1/20 is 5 %."""
    return Figure(value, "share")


def stated(value: Fraction) -> Figure:
    """A share as a plan states it: 1/20 is 5 %, and 1/400 is 0.25 %."""
    return Figure(value, "stated")


def percent(value: Fraction) -> Figure:
    """A change against what was, printed with its sign: 1/20 is +5 %."""
    return Figure(value, "percent")


def ratio(value: Fraction) -> Figure:
    """How many times: 5/2 is ×2.50."""
    return Figure(value, "ratio")


def days(value: Fraction) -> Figure:
    """Effective days, whose decimals end."""
    return Figure(value, "days")


def count(value: int) -> Figure:
    """How many."""
    return Figure(value, "count")


def number(value: Fraction) -> Figure:
    """A number in whatever its unit is, such as an order value or minutes."""
    return Figure(value, "number")
