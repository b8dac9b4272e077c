"""Formulas to mutate, and what holds of whatever comes of them."""

import random
import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction

from fuzz.texts import (
    PIECES,
    Mutate,
    cut_off,
    deleted,
    repeated,
    repeated_often,
    replaced,
    with_another_number,
)
from target_cascade.errors import FormulaError
from target_cascade.formula import MOST_BITS, Formula, parse_formula, parse_name

FORMULAS: tuple[str, ...] = (
    "quota / (order_value * signed * (1 - refunded))",
    "visits * (1 - free_visits)",
    "15% of quota",
    "min(paid_visits, 80万) + max(0, paid_visits - 80万) * 0.7",
    "（订单 × 客单价）÷ １．５亿 － ５％",
    "1/3 of target + .5 - -quota",
    "max(1,000, x) / (x - x)",
    "-(((a + b) - c) * +d) / 40k",
    "заказы*1_000.25/days",
    "quota ** 2 // 3 % 5",
    "__import__('os').system('true')",
    "a / 15% of b",
    "1,000 + 0,85",
    "order-value",
)
_PARTS: tuple[str, ...] = (
    *PIECES,
    *"+ - * / ( ) , % ** // of min max min( max( quota a 客单价 заказы é e\u0301".split(),
    *"ｏｆ ＋ － （ ） ， ％ × ÷ − 0 0.0 1/3 15% 1_000 1,000 80万 万 40k 3M 2kg 1e5 ٣ ３".split(),
    *"\u200b\u3164\u0301\u2028_",
    *"__class__ .real".split(),
    *("(" * 49, "-" * 300, "a*" * 200, "min(" * 60, "9" * 39, "9" * 41, "x" * 60, "x" * 61),
)


def with_a_part(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(("", " ")) + rng.choice(_PARTS) + text[at:]


def with_another_part(rng: random.Random, text: str) -> str:
    return replaced(rng, text, r"[\w.%]+|[^\w\s]", _PARTS)


def inside_another(rng: random.Random, text: str) -> str:
    """`text` as a value of one of the formulas."""
    return replaced(rng, rng.choice(FORMULAS), r"\w+", (text, f"({text})", f"-({text})"))


MUTATIONS_OF_FORMULAS: tuple[Mutate, ...] = (
    with_a_part,
    with_a_part,
    with_another_part,
    with_another_part,
    inside_another,
    deleted,
    cut_off,
    repeated,
    repeated_often,
    with_another_number,
)


def answer_to(text: str) -> str:
    """What `text` is, as a formula and as a name: a value, or messages."""
    return f"{_formula_answer(text)} / {_name_answer(text)}"


def _formula_answer(text: str) -> str:
    try:
        formula = parse_formula(text)
    except FormulaError as error:
        return checked(str(error), text)
    assert formula.text == text.strip()
    assert all(parse_name(name) == name for name in formula.names)
    assert len(set(formula.names)) == len(formula.names)
    known = {name: Fraction(3 * at - 5, at + 1) for at, name in enumerate(formula.names)}
    try:
        value = formula.value(known)
    except FormulaError as error:
        return checked(str(error), text)
    check_value(formula, value, known)
    return "value"


def check_value(formula: Formula, value: Fraction, known: Mapping[str, Fraction]) -> None:
    """The value is exact and bounded, and what the language of Python makes of the same formula."""
    assert type(value) is Fraction
    assert max(value.numerator.bit_length(), value.denominator.bit_length()) <= MOST_BITS
    if len(formula.text) <= 300:
        assert value == by_python(formula.text, known), "another value than by Python"


def checked(message: str, text: str) -> str:
    """`message`, which can be shown on one line, and tells of a character that is there."""
    assert message
    assert message.isprintable()
    assert len(message) < 300
    places = re.findall(r"(?<=at character )\d+", message)
    assert all(1 <= int(place) <= len(text.strip()) for place in places), message
    return message


def _name_answer(text: str) -> str:
    try:
        name = parse_name(text)
    except FormulaError as error:
        message = checked(str(error), text)
        proposed = re.search(r"; write `(\w.*)`$", message)
        assert proposed is None or parse_name(proposed[1])
        return message
    assert parse_name(name) == name
    assert parse_formula(name).names == (name,)
    return "name"


_ASCII = str.maketrans("（）＋－−＊／，％×÷", "()+--*/,%*/")
_PART = re.compile(
    r"(?P<number>[0-9０-９.．][0-9０-９._．＿]*)(?:\s*(?P<percent>%)|(?P<unit>[^\s+*/(),%-]*))"
    r"|(?P<name>[^\s+*/(),%.．-]+)"
)
_UNITS = {"": 1, "k": 10**3, "千": 10**3, "w": 10**4, "万": 10**4, "十万": 10**5, "m": 10**6, "百万": 10**6}
_UNITS |= {"kw": 10**7, "千万": 10**7, "亿": 10**8, "bn": 10**9}


def by_python(text: str, known: Mapping[str, Fraction]) -> Fraction:
    """The value of a good formula as Python's own parser has it. Raises `ZeroDivisionError`."""
    written = _PART.sub(_in_python, " ".join(text.split()).translate(_ASCII))
    names = {"min": lambda *values: min(values), "max": lambda *values: max(values)}
    value = eval(written, {"__builtins__": {}}, {"F": Fraction, "known": known, **names})
    assert isinstance(value, Fraction)
    return value


def _in_python(part: re.Match[str]) -> str:
    if part["number"] is None:
        word = unicodedata.normalize("NFC", part["name"])
        plain = unicodedata.normalize("NFKC", word)
        return {"of": "*", "min": "min", "max": "max"}.get(plain, f"known[{word!r}]")
    number = unicodedata.normalize("NFKC", part["number"]).replace("_", "")
    unit = unicodedata.normalize("NFKC", part["unit"] or "").lower().removesuffix("元")
    return f"(F({number!r}) / 100)" if part["percent"] else f"(F({number!r}) * {_UNITS[unit]})"
