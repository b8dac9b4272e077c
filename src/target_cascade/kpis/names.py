"""The names of drivers and KPIs, formulas over them, and their numbers, as scalars of the plan file."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, NamedTuple

from target_cascade.amount import exact, fold_width, parse_amount, parse_number
from target_cascade.formula import Formula, parse_formula, parse_name
from target_cascade.scalar import ANY_NUMBER_SCHEMA, Scalar, scalar_text

KNOWN = ("quota", "target", "days", "effective_days")
"""What every formula knows: the period's quota, the year's target, and the period's days."""
_EXACT = (Fraction, Decimal)


class Number(NamedTuple):
    """A number with the way in which it is written: ``1.4%`` is a share, ``0.014`` is none."""

    value: Fraction
    is_share: bool = False


class Range(NamedTuple):
    """From `low` to `high`, both inside it."""

    low: Number
    high: Number


def _name(value: Any) -> str:
    name = parse_name(scalar_text(value))
    if name in KNOWN:
        raise ValueError(f"`{name}` is what every formula knows already; choose another name")
    return name


def _formula(value: Any) -> Formula:
    """A formula; of a plan that is made in Python, an exact number as well."""
    return parse_formula(str(exact(value)) if isinstance(value, _EXACT) else scalar_text(value))


def _number(value: Any) -> Number:
    """A number, an amount or a percentage; of a plan that is made in Python, an exact number as well."""
    if isinstance(value, _EXACT):
        return Number(exact(value))
    text = scalar_text(value)
    if fold_width(text).strip().endswith("%"):
        return Number(parse_number(text), is_share=True)
    return Number(parse_amount(text))


def _range(value: Any) -> Range:
    if isinstance(value, list | tuple):
        raise ValueError("is a list; write the lowest and the highest with `..` between them, as in `3..8`")
    text = scalar_text(value)
    first, separator, last = text.partition("..")
    if not separator or not first.strip() or not last.strip():
        raise ValueError(f"`{text}` is no range; write the lowest and the highest, as in `3..8`")
    low, high = _number(first), _number(last)
    if low.value > high.value:
        raise ValueError(f"`{text}` ends below its start; write `{last.strip()}..{first.strip()}`")
    return Range(low, high)


def _named(read: Callable[[Any], Any]) -> Scalar:
    return Scalar(read, {"type": "string"})


_NUMBER_SCHEMA: dict[str, Any] = {"type": ["number", "string"]}

Name = Annotated[str, _named(_name)]
Formulas = Annotated[Formula, Scalar(_formula, _NUMBER_SCHEMA)]
AnyNumber = Annotated[Number, Scalar(_number, ANY_NUMBER_SCHEMA)]
Ranges = Annotated[Range, Scalar(_range, {"type": "string", "pattern": r"\.\."})]
