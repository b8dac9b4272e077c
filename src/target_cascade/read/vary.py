"""`--vary key=a,b,c`: one key of a plan with several values, each a what-if of its own."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from target_cascade.errors import InputError, Located
from target_cascade.read.settings import Setting, read_setting
from target_cascade.read.source import Mark, Source

_NAME = "--vary"
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""", re.DOTALL)
_OPENING, _CLOSING = "[{", "]}"
_BEFORE_A_TEXT = (",", ":", *_OPENING)
_DIGITS, _REST_OF_AN_AMOUNT = re.compile(r"\d{1,3}"), re.compile(r"0\d\d")
_HINT = (
    "commas stand between values; put an amount that has one in double quotes, and all in single ones,"
    """ as in 'target="{amount}","…"', or write 40M"""
)
_MOST_SLIPS = 5  # of one option: nobody reads more before mending the first of them
_WIDE_COMMA = re.compile(r"^[^\[{\"']*，")


class Varied(NamedTuple):
    """A key, as it is written, and the settings that give it one value each."""

    key: str
    settings: tuple[Setting, ...]


def read_varied(options: Sequence[str]) -> list[Varied]:
    """What each ``--vary`` says.

    Raises `InputError` where one has no key or an empty value, says a value twice, or varies what
    another varies already.
    """
    varied: list[Varied] = []
    problems: list[Located] = []
    for text in options:
        try:
            setting = read_setting(Source(_NAME, text))
        except InputError as error:
            problems += error.problems
            continue
        key = _key(setting)
        again = any(_way(one.settings[0]) == _way(setting) for one in varied)
        if again:
            message = f"`{key}` is varied twice; put all of its values into one {_NAME}"
            problems.append(Mark(setting.source, 0, 0).problem(message))
        values = [setting._replace(start=start, stop=stop) for start, stop in _values(setting)]
        problems += islice(_slips(values), _MOST_SLIPS)
        varied.append(Varied(key, tuple(values)))
    if problems:
        raise InputError(*problems)
    return varied


def refuse_overruled(settings: Sequence[str], varied: Sequence[Varied]) -> None:
    """Raises `InputError` where ``--set`` has a key that is varied, or one of the two is inside the other:
    one of them would silently overrule the other."""
    problems = []
    for text in settings:
        try:
            setting = read_setting(Source("--set", text))
        except InputError:
            continue  # It is told with what else is wrong with the plan, where it is put in.
        for one in varied:
            of_set, of_varied = _way(setting), _way(one.settings[0])
            shorter = min(len(of_set), len(of_varied))
            if of_set[:shorter] == of_varied[:shorter]:
                reason = "varied as well" if of_set == of_varied else f"set, and `{one.key}` is varied"
                message = f"`{_key(setting)}` is {reason}; leave out --set, or put its value into {_NAME}"
                problems.append(Mark(setting.source, 0, 0).problem(message))
    if problems:
        raise InputError(*problems)


def second_of_equals(one: Setting, other: Setting) -> Located:
    """What is wrong where two values of a key are written in two ways and are read as the same."""
    return _slip(other, f"`{value_text(other)}` is the same value as `{value_text(one)}`")


def value_text(setting: Setting) -> str:
    """A value as a name shows it: on one line, and without the quotes that hold it together."""
    text = " ".join(setting.source.text[setting.start : setting.stop].split())
    return text[1:-1] if _QUOTED.fullmatch(text) else text


def _key(setting: Setting) -> str:
    """The key as it is written, on one line."""
    return " ".join(setting.source.text[: setting.start].strip().removesuffix("=").split())


def _way(setting: Setting) -> tuple[str, ...]:
    """The keys that lead to a value, a month of a list of last year's amounts in its long form."""
    keys = setting.segments
    if len(keys) > 1 and keys[0] == "base" and isinstance(keys[1], int):
        keys = ("base", "months", *keys[1:])
    return tuple(map(str, keys))


def _values(setting: Setting) -> Iterator[tuple[int, int]]:
    """Where each value begins and ends: at commas that are not inside quotes, brackets or braces."""
    text, start, depth, at = setting.source.text, setting.start, 0, setting.start
    before = ","  # the last character that is no space: quotes hold a text together where one may begin
    while at < setting.stop:
        quoted = _QUOTED.match(text, at) if before in _BEFORE_A_TEXT else None
        char = text[at]
        at = quoted.end() if quoted else at + 1
        before = before if char.isspace() else char
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(depth - 1, 0)
        elif char == "," and not depth:
            yield start, at - 1
            start = at
    yield start, setting.stop


def _slips(values: Sequence[Setting]) -> Iterator[Located]:
    """What is wrong with values beside each other; what one means is seen where it is put in."""
    seen: set[str] = set()
    before = ""
    for value in values:
        text = value_text(value)
        if not text:
            yield _slip(value, "no value stands here; commas stand between values")
        elif _REST_OF_AN_AMOUNT.fullmatch(text) and _DIGITS.fullmatch(before):
            yield _slip(value, _HINT.format(amount=f"{before},{text}"))
            return
        elif text in seen:
            yield _slip(value, f"the value `{text}` stands here a second time")
        seen.add(text)
        before = text
    if len(values) == 1 and _WIDE_COMMA.search(before):
        yield _slip(values[0], "a full-width comma `，` is no comma here; write `,` between values")


def _slip(value: Setting, message: str) -> Located:
    """`message` at the first character of a value, or at the comma that ends an empty one."""
    text = value.source.text[value.start : value.stop]
    blank = len(text) - len(text.lstrip())
    return Mark(value.source, 0, value.start + blank).problem(message)
