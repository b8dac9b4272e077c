"""Text → formula: `quota / (order_value * 95%)`, `15% of quota`, `min(visits, 80万)`.

A formula may come with a plan that somebody else wrote, so it has names, numbers, percentages,
``+ - * / ( )``, ``min``, ``max`` and ``of``, and nothing else; its text, depth and numbers are bounded.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from target_cascade.amount import fold_width
from target_cascade.errors import FormulaError
from target_cascade.formula_words import RESERVED, Token, is_number, missing, parse_name, quoted, tokens

__all__ = [
    "MOST_BITS",
    "MOST_CHARACTERS",
    "MOST_DEPTH",
    "RESERVED",
    "Factor",
    "Formula",
    "parse_formula",
    "parse_name",
]

MOST_CHARACTERS = 2_000
MOST_DEPTH = 50
"""Parentheses inside each other; all that is recursive here is bounded by it."""
MOST_BITS = 4_096
"""Binary digits of a numerator or a denominator, so that formulas that square each other end somewhere."""

_LEVELS = (("+", "-"), ("*", "/", "of"))
"""Signs that bind weakly first. `of` is a multiplication."""
_MOST_GROUPS = 9
_DOUBTFUL = re.compile(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0,[0-9]+)(?![0-9_])")
"""What may be one number, 1,000 or 0,85, although a comma parts values where it stands."""
_WITH_COMMAS = re.compile(r"[0-9]+(?:,[0-9]+)+(?:\.[0-9]+)?")


class _Number(NamedTuple):
    number: Fraction


class _Name(NamedTuple):
    name: str


class _Negation(NamedTuple):
    operand: "_Node"


class _Choice(NamedTuple):
    """The smallest or the largest of one value or more."""

    word: str
    values: tuple["_Node", ...]


class _Step(NamedTuple):
    sign: str
    operand: "_Node"
    text: str
    """The operand as written."""


class _Chain(NamedTuple):
    """What one level of signs joins, from left to right: flat, so that a long sum is not a deep tree."""

    first: "_Node"
    steps: tuple[_Step, ...]


_Node = _Number | _Name | _Negation | _Choice | _Chain


@dataclass(frozen=True, slots=True)
class Factor:
    """What a formula is multiplied by `power` times, or divided by, where `power` is below 0: a name, a
    number, or all of a sum or a choice."""

    names: tuple[str, ...]
    """Every name in it, in the order of first use."""
    power: int
    is_name: bool
    """Whether it is a name and nothing else."""
    _tree: _Node = field(repr=False)

    def value(self, known: Mapping[str, Fraction]) -> Fraction:
        """Its exact value, without `power`; all `names` are in `known`. Raises as `Formula.value` does."""
        return _value(self._tree, known, " ".join(self.names))


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that has been read; two are equal if they are written the same."""

    text: str
    """As written, without the spaces around it."""
    names: tuple[str, ...] = field(compare=False)
    """Every name that it uses, in NFC, each once, in the order of first use."""
    _tree: _Node = field(compare=False, repr=False)

    def value(self, known: Mapping[str, Fraction]) -> Fraction:
        """The exact value; all `names` are in `known`.

        Raises `FormulaError` for a division by zero and for a number of more than `MOST_BITS`.
        """
        return _value(self._tree, known, self.text)

    @property
    def factors(self) -> tuple[Factor, ...]:
        """What it is the product of, with a power of 1 or -1 each, as written and without parentheses; a
        sum or a choice is one factor."""
        return tuple(_factors(self._tree, 1))


def parse_formula(text: str) -> Formula:
    """The formula that `text` is. Raises `FormulaError`, whose characters count from 1, after spaces."""
    text = text.strip()
    if not text:
        raise FormulaError("the formula is empty; write one such as `quota / order_value`")
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(
            f"the formula has {len(text):,} characters, and {MOST_CHARACTERS:,} are the most;"
            " make a KPI of a part of it"
        )
    parser = _Parser(text)
    tree = parser.whole()
    return Formula(text, tuple(parser.names), tree)


class _Parser:
    """Reads a formula from left to right; `names` are gathered in their order."""

    def __init__(self, text: str) -> None:
        self.names: dict[str, None] = {}
        self._text = text
        self._tokens = tuple(tokens(text))
        self._at = 0
        self._depth = 0

    def whole(self) -> _Node:
        tree = self._chain()
        if self._now.kind != "end":
            raise FormulaError(self._not_joined())
        return tree

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _sees(self, *signs: str) -> bool:
        return self._now.kind == "sign" and self._now.text in signs

    def _chain(self, level: int = 0) -> _Node:
        """Operands that the signs of `level` join; those of a sum are the chains of the next level."""
        is_last = level + 1 == len(_LEVELS)
        first = self._signed() if is_last else self._chain(level + 1)
        steps: list[_Step] = []
        while self._sees(*_LEVELS[level]):
            if steps and steps[-1].sign == "/":
                self._check_of()
            sign, start = self._take().text, self._now.start
            operand = self._signed() if is_last else self._chain(level + 1)
            steps.append(_Step(sign, operand, self._text[start : self._tokens[self._at - 1].end]))
        return _Chain(first, tuple(steps)) if steps else first

    def _check_of(self) -> None:
        """`a / 15% of b` is (a / 15%) * b by its signs, and a / (15% of b) when read aloud."""
        before = self._tokens[self._at - 1]
        if self._sees("of") and fold_width(before.text).endswith("%"):
            raise FormulaError(
                f"`/ {before.text} of`, at character {before.start + 1}, can be read in two ways;"
                f" write `/ ({before.text} of …)`, or `*` instead of `of`"
            )

    def _signed(self) -> _Node:
        is_negative = False
        while self._sees("+", "-"):
            is_negative ^= self._take().text == "-"
        operand = self._operand()
        return _Negation(operand) if is_negative else operand

    def _operand(self) -> _Node:
        token = self._now
        if token.kind == "end":
            raise FormulaError(f"{quoted(self._text, ends=True)} ends where a value should stand")
        self._at += 1
        if token.kind == "number":
            return _Number(token.number)
        if token.kind == "name":
            return self._name(token)
        if token.text in ("min", "max"):
            return self._choice(token)
        if token.text == "(":
            return self._inside(token)[0]
        written = self._text[token.start : token.end]
        raise FormulaError(f"a value should stand where `{written}` is, at character {token.start + 1}")

    def _name(self, token: Token) -> _Node:
        if self._sees("("):
            raise FormulaError(
                f"at character {token.start + 1}, `{token.text}` cannot be called; only min and max can"
                f" (to multiply, write `{token.text} * (`)"
            )
        self.names[token.text] = None
        return _Name(token.text)

    def _choice(self, token: Token) -> _Node:
        if not self._sees("("):
            raise FormulaError(
                f"`{token.text}`, at character {token.start + 1}, lacks its values;"
                f" write them as in `{token.text}(a, b)`"
            )
        return _Choice(token.text, self._inside(self._take(), may_part=True))

    def _inside(self, opening: Token, may_part: bool = False) -> tuple[_Node, ...]:
        """The values from `opening`, which has been taken, to its `)`."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise FormulaError(
                f"more than {MOST_DEPTH} parentheses stand inside each other, at character"
                f" {opening.start + 1}; make a KPI of a part of it"
            )
        values = [self._chain()]
        while may_part and self._sees(","):
            if doubtful := _DOUBTFUL.match(fold_width(self._text), self._tokens[self._at - 1].start):
                raise FormulaError(
                    f"{quoted(doubtful[0])}, at character {doubtful.start() + 1}, may be one number or"
                    " several; write it without a comma, or a space behind the comma"
                )
            self._take()
            values.append(self._chain())
        if not self._sees(")"):
            raise FormulaError(self._not_joined(opening))
        self._take()
        self._depth -= 1
        return tuple(values)

    def _not_joined(self, opening: Token | None = None) -> str:
        """What is wrong with what stands after a value, where neither a sign nor the end does."""
        token, before = self._now, self._tokens[self._at - 1]
        if token.kind == "end" and opening is not None:
            return f"the `(` at character {opening.start + 1} is never closed; write a `)` for it"
        if self._sees(")"):
            return f"the `)` at character {token.start + 1} closes no `(`; delete it, or write the `(`"
        if self._sees(","):
            return self._comma(before)
        left, right = (self._text[one.start : one.end] for one in (before, token))
        message = missing(left, right, token.start)
        if before.kind == "number" and is_number(joined := f"{before.text}{token.text}"):
            message += f"; an amount is written without a space, `{joined}`"
        return message

    def _comma(self, before: Token) -> str:
        written = _WITH_COMMAS.match(fold_width(self._text), before.start)
        if written is None or before.kind != "number":
            place = f"character {self._now.start + 1}"
            return f"the `,` at {place} parts nothing; only min and max have several values"
        groups = written[0].split(",")
        are_thousands = all(re.fullmatch(r"[0-9]{3}(?:\.[0-9]+)?", group) for group in groups[1:])
        instead = "the number without `,`"
        if len(groups) <= _MOST_GROUPS and are_thousands and groups[0] != "0":
            instead = f"`{'_'.join(groups)}` or `{''.join(groups)}`"
        elif len(groups) == 2 and "." not in groups[1]:
            instead = f"`{'.'.join(groups)}`"
        return f"{quoted(written[0])}, at character {before.start + 1}, is no number here; write {instead}"


def _factors(node: _Node, power: int) -> Iterator[Factor]:
    match node:
        case _Chain(first, steps) if all(step.sign in _LEVELS[-1] for step in steps):
            yield from _factors(first, power)
            for step in steps:
                yield from _factors(step.operand, -power if step.sign == "/" else power)
        case _Negation(operand):
            yield Factor((), power, is_name=False, _tree=_Number(Fraction(-1)))
            yield from _factors(operand, power)
        case _:
            yield Factor(tuple(dict.fromkeys(_names(node))), power, isinstance(node, _Name), node)


def _names(node: _Node) -> Iterator[str]:
    match node:
        case _Name(name):
            yield name
        case _Negation(operand):
            yield from _names(operand)
        case _Choice(_, values):
            for value in values:
                yield from _names(value)
        case _Chain(first, steps):
            yield from _names(first)
            for step in steps:
                yield from _names(step.operand)


def _value(node: _Node, known: Mapping[str, Fraction], whole: str) -> Fraction:
    match node:
        case _Number(number):
            return number
        case _Name(name):
            return _bounded(known[name], whole)
        case _Negation(operand):
            return -_value(operand, known, whole)
        case _Choice(word, values):
            return (min if word == "min" else max)([_value(value, known, whole) for value in values])
        case _Chain(first, steps):
            result = _value(first, known, whole)
            for step in steps:
                result = _bounded(_joined(result, step, _value(step.operand, known, whole)), whole)
            return result


def _joined(left: Fraction, step: _Step, right: Fraction) -> Fraction:
    match step.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "/" if not right:
            raise FormulaError(f"{quoted(step.text)} is 0, and nothing can be divided by 0")
        case "/":
            return left / right
    return left * right


def _bounded(number: Fraction, whole: str) -> Fraction:
    if max(number.numerator.bit_length(), number.denominator.bit_length()) > MOST_BITS:
        raise FormulaError(f"{quoted(whole)} grows beyond any amount")
    return number
