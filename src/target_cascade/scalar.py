"""The scalars of a plan file: text that its key gives a type to.

A month becomes a position in the plan year and a date is held against it, so these read the year
from the context of the validation.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import core_schema

from target_cascade.amount import exact, fold_width, parse_amount, parse_fraction, parse_number, plain
from target_cascade.calendar import Period, PlanYear
from target_cascade.errors import CalendarError
from target_cascade.feasts import country_code
from target_cascade.named_days import Anchor, Window, parse_anchor, parse_window
from target_cascade.period_text import (
    parse_base_month,
    parse_date_ranges,
    parse_months,
    parse_start,
    parse_weekdays,
)

T = TypeVar("T")


class YearContext(NamedTuple):
    """What validators need to know of the file around them; no year where it could not be read."""

    year: PlanYear | None
    base: PlanYear | None = None
    """The year that last year's amounts are of."""


class Scalar:
    """Annotates a field with the function that reads it and the JSON Schema that editors see.

    pydantic's `PlainValidator` does the same; but it inspects each function and target type, which
    a start-up would have to wait for.
    """

    def __init__(self, read: Callable[[Any], Any], schema: Mapping[str, Any]) -> None:
        self.read = read
        self.schema = schema

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return dict(self.schema)


class TextOr:
    """Annotates a field that is a text, or a value of one of `kinds` that pydantic reads as `longer`.

    `read` makes the field's value of a text, `made` of what has been read as `longer`; `schema` is what
    editors see beside the schema of that.
    """

    def __init__(
        self,
        read: Callable[[Any], Any],
        schema: Sequence[Mapping[str, Any]],
        longer: Any,
        kinds: tuple[type, ...],
        made: Callable[[Any], Any],
    ) -> None:
        def validated(value: Any, as_longer: core_schema.ValidatorFunctionWrapHandler) -> Any:
            return made(as_longer(value)) if isinstance(value, kinds) else read(value)

        self.validated = validated
        self.schema, self.longer = schema, longer

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        longer = handler.generate_schema(self.longer)
        return core_schema.no_info_wrap_validator_function(self.validated, longer)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        # An entry says itself how editors see it, which pydantic forgets of one that is wrapped.
        seen = getattr(self.longer, "__get_pydantic_json_schema__", lambda inner, handler: handler(inner))
        return {"anyOf": [*map(dict, self.schema), seen(schema["schema"], handler)]}


class ScalarInYear(Scalar):
    """A scalar that means something only within a plan year; `read` takes both.

    Where the year itself is wrong, which is reported at its own place, the value is `unknown`.
    """

    def __init__(self, read: Callable[[Any, PlanYear], Any], unknown: Any, schema: Mapping[str, Any]) -> None:
        def read_in_context(value: Any, info: ValidationInfo) -> Any:
            if info.context is None:
                raise ValueError("means something only within a plan; validate the whole of it")
            year = self.year_in(info.context)
            return unknown if year is None else read(value, year)

        self.read_in_context = read_in_context
        self.schema = schema

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self.read_in_context)

    def year_in(self, context: YearContext) -> PlanYear | None:
        """The year within which the scalar means something."""
        return context.year


class ScalarInBaseYear(ScalarInYear):
    """A scalar that means something only within the year of the base."""

    def year_in(self, context: YearContext) -> PlanYear | None:
        """The year that last year's amounts are of."""
        return context.base


class OneOf(Scalar):
    """One word of a few."""

    def __init__(self, *choices: str) -> None:
        def read(value: Any) -> str:
            text = read_text(value)
            if text not in choices:
                raise ValueError(f"`{text}` is not one of {', '.join(choices)}")
            return text

        super().__init__(read, {"enum": list(choices)})


def scalar_text(value: Any) -> str:
    """The text of a single value; whole numbers and dates of Python are read as they print.

    Raises ValueError for lists, mappings and what else is no single value.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, date) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    if isinstance(value, Mapping):
        raise ValueError("is a mapping; write a single value")
    if isinstance(value, Sequence):
        raise ValueError("is a list; write a single value")
    raise ValueError(f"{value!r} is not text")


def read_text(value: Any) -> str:
    """A text of at least one visible character, on one line; raises ValueError."""
    text = " ".join(scalar_text(value).split())
    if not text:
        raise ValueError("is empty; write a text, or leave the key out")
    if not text.isprintable():
        raise ValueError("has characters that cannot be printed; type the text anew")
    return text


def _texts(value: Any) -> list[str]:
    if isinstance(value, list | tuple):
        if not value:
            raise ValueError("is an empty list; name at least one, or leave the key out")
        return [_one_of_a_list(one) for one in value]
    return [_one_of_a_list(value)]


def _one_of_a_list(value: Any) -> str:
    text = scalar_text(value)
    if comma := re.search("[,，、]", text):
        parts = ", ".join(part.strip() for part in re.split("[,，、]", text))
        raise ValueError(f"`{text}` has a `{comma[0]}` in it, which makes no list; write [{parts}]")
    return text


def _flag(value: Any) -> bool:
    word = str(value).lower() if isinstance(value, bool) else scalar_text(value).lower()
    if word not in ("true", "false", "yes", "no"):
        raise ValueError(f"`{word}` is neither `true` nor `false`; write one of them")
    return word in ("true", "yes")


def _amount(value: Any) -> Fraction:
    return parse_amount(value) if isinstance(value, str) else _decimal(value)


def _number(value: Any) -> Fraction:
    return parse_number(value) if isinstance(value, str) else _decimal(value)


def _fraction(value: Any) -> Fraction:
    return parse_fraction(value if isinstance(value, str) else plain(_decimal(value)))


def _decimal(value: Any) -> Fraction:
    """A number of Python whose decimals end, as all do that a file can say."""
    number = exact(scalar_text(value) if isinstance(value, Mapping | Sequence) else value)
    plain(number)  # raises where they do not
    return number


def _at_least_zero(read: Callable[[Any], Fraction]) -> Callable[[Any], Fraction]:
    def validate(value: Any) -> Fraction:
        number = read(value)
        if number < 0:
            raise ValueError(f"`{value}` is below 0; only 0 and more makes sense here")
        return number

    return validate


def _above_zero(value: Any) -> Fraction:
    amount = _amount(value)
    if amount <= 0:
        raise ValueError(f"`{value}` is not above 0; write an amount that is")
    return amount


def _part(value: Any) -> Fraction:
    fraction = _fraction(value)
    if not 0 <= fraction <= 1:
        raise ValueError(f"`{value}` is not between 0 % and 100 %")
    return fraction


def _ramp(value: Any) -> int:
    text = scalar_text(value)
    if not re.fullmatch(r"[0-9]{1,3}(\.0+)?", fold_width(text).strip()) or not (steps := _number(text)):
        raise ValueError(f"`{text}` is not a number of months; write a whole one from 1 on, such as `3`")
    return int(steps)


def _whole(of_what: str) -> Callable[[Any], int]:
    def validate(value: Any) -> int:
        text = scalar_text(value)
        if not re.fullmatch(r"[0-9]{1,3}", fold_width(text).strip()):
            raise ValueError(f"`{text}` is not a number of {of_what}; write a whole one, such as `5`")
        return int(fold_width(text))

    return validate


def _currency(value: Any) -> str:
    code = read_text(value)
    if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
        raise ValueError(f"`{code}` is not a currency code; write three capitals, such as CNY")
    return code


def _dates_in_year(value: Any, year: PlanYear) -> tuple[Period, ...]:
    ranges = parse_date_ranges(_texts(value))
    for span in ranges:
        if not year.start <= span.start <= span.end <= year.end:
            raise CalendarError(f"`{span.label}` is outside the plan year, {year.start} to {year.end}")
    return ranges


# What editors check while a plan is typed: as strict as can be said in a line, and never stricter
# than the functions above. An editor types plain numbers itself, so each comes as number or as text.
_DIGITS = "[0-9０-９.．][0-9０-９.．,，_＿]*"


def _number_or(pattern: str, **bounds: int) -> dict[str, Any]:
    return {"anyOf": [{"type": "number", **bounds}, {"type": "string", "pattern": rf"^\s*{pattern}\s*$"}]}


def _one_or_more(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "array", "items": schema, "minItems": 1}]}


def _amount_schema(**bounds: int) -> dict[str, Any]:
    return _number_or(rf"[^0-9０-９A-Za-z]*{_DIGITS}\s*[A-Za-zＡ-Ｚａ-ｚ千万十百亿]{{0,2}}", **bounds)


def _fraction_schema(sign: str = "", **bounds: int) -> dict[str, Any]:
    pattern = rf"{sign}({_DIGITS}\s*[%％]|[01０１]?([.．][0-9０-９]+)?)"
    return _number_or(pattern, maximum=1, **bounds)


AMOUNT_SCHEMA = _amount_schema()
ANY_NUMBER_SCHEMA = _number_or(rf"[^0-9０-９A-Za-z]*{_DIGITS}\s*([A-Za-zＡ-Ｚａ-ｚ千万十百亿]{{0,2}}|[%％])")
"""A number, an amount or a percentage."""
_TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean"]}
MONTH_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "integer", "minimum": 1, "maximum": 12}, {"type": "string"}]
}
_DATES_SCHEMA = _one_or_more({"type": "string", "pattern": r"^\s*[0-9０-９]{4}"})
_COUNTRY_SCHEMA: dict[str, Any] = {"type": "string", "pattern": r"^\s*[A-Za-zＡ-Ｚａ-ｚ]{2,3}\s*([-－].+)?$"}
_WINDOW_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "integer"},
        {"type": "string", "pattern": r"^\s*[-+]?[0-9]+(\s*\.\.\s*[-+]?[0-9]+)?\s*$"},
    ]
}
_FLAG_SCHEMA: dict[str, Any] = {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no"]}]}

Amount = Annotated[Fraction, Scalar(_amount, AMOUNT_SCHEMA)]
AmountFromZero = Annotated[Fraction, Scalar(_at_least_zero(_amount), _amount_schema(minimum=0))]
AmountAboveZero = Annotated[Fraction, Scalar(_above_zero, _amount_schema(exclusiveMinimum=0))]
NumberFromZero = Annotated[
    Fraction, Scalar(_at_least_zero(_number), _number_or(rf"\+?{_DIGITS}\s*[%％]?", minimum=0))
]
FractionOfAnySign = Annotated[Fraction, Scalar(_fraction, _fraction_schema("[-+−－＋]?", minimum=-1))]
FractionFromZero = Annotated[Fraction, Scalar(_at_least_zero(_fraction), _fraction_schema(minimum=0))]
Part = Annotated[Fraction, Scalar(_part, _fraction_schema(minimum=0))]
Text = Annotated[str, Scalar(read_text, _TEXT_SCHEMA)]
Flag = Annotated[bool, Scalar(_flag, _FLAG_SCHEMA)]
Currency = Annotated[str, Scalar(_currency, {"type": "string", "pattern": "^[A-Z]{3}$"})]
Ramp = Annotated[int, Scalar(_ramp, _number_or("[0-9０-９]+", minimum=1))]
DaysFromZero = Annotated[int, Scalar(_whole("days"), _number_or("[0-9０-９]+", minimum=0))]
PeopleFromZero = Annotated[int, Scalar(_whole("people"), _number_or("[0-9０-９]+", minimum=0))]
Months = Annotated[
    tuple[int, ...],
    ScalarInYear(lambda value, year: parse_months(_texts(value), year), (), _one_or_more(MONTH_SCHEMA)),
]
Start = Annotated[
    date,
    ScalarInYear(lambda value, year: parse_start(scalar_text(value), year), date.min, MONTH_SCHEMA),
]
BaseMonth = Annotated[
    int | Period,
    ScalarInBaseYear(lambda value, year: parse_base_month(scalar_text(value), year), 0, MONTH_SCHEMA),
]
"""A position in the year of the base; of a retail year also a calendar month that has a day of it."""
DatesInYear = Annotated[tuple[Period, ...], ScalarInYear(_dates_in_year, (), _DATES_SCHEMA)]
Dates = Annotated[tuple[Period, ...], Scalar(lambda value: parse_date_ranges(_texts(value)), _DATES_SCHEMA)]
Weekdays = Annotated[
    frozenset[int],
    Scalar(lambda value: parse_weekdays(_texts(value)), _one_or_more({"type": "string"})),
]
NamedDay = Annotated[Anchor, Scalar(lambda value: parse_anchor(read_text(value)), {"type": "string"})]
Country = Annotated[str, Scalar(lambda value: country_code(read_text(value)), _COUNTRY_SCHEMA)]
DayWindow = Annotated[Window, Scalar(lambda value: parse_window(scalar_text(value)), _WINDOW_SCHEMA)]
