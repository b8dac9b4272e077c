"""The number format of a cell → how what is seen differs from what is stored."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from target_cascade.errors import AmountError
from target_cascade.pattern import Pattern
from target_cascade.read.tables.figure_text import own_unit
from target_cascade.unit_text import parse_unit

_TOKEN = Pattern(
    r'"(?P<quoted>[^"]*)"?|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[(?P<rule>[^\]]*)\]|[\\!](?P<one>.)|[_*].|(?P<code>.)',
    re.DOTALL,
)
_GENERAL = Pattern(r"general|g/通用格式", re.IGNORECASE)
_SCALES = Pattern(r"(?<=[0#?.]),+(?![0#?,])")
_OF_DATES = frozenset("年 月 月份 日 号".split())
_DIGITS, _POINTS = "0#?", ".．。·"


class Shown(NamedTuple):
    """How a number is shown: as a percentage; divided by `divided_by`, or 0 where its format says one
    thing and does another; with a `suffix` that is a scale, as in ``0"万"``, or belongs to a date, as in
    ``0"月"``.

    A suffix that only says what the number is divided by, as in ``0!.0,"万"``, is none.
    """

    is_percent: bool = False
    divided_by: int = 1
    suffix: str = ""


class _Sign(NamedTuple):
    char: str
    is_literal: bool


def shown(number_format: str) -> Shown:
    """What a number format, such as ``#,##0.0,"万"``, does to a number that is not 0."""
    sections, is_ruled = _sections(number_format)
    made = (_of_section(section) for section in sections[: 3 if is_ruled else 2])
    kinds = [kind for kind in made if kind is not None]
    if not kinds:
        return Shown()
    if len(set(kinds)) == 1:
        return kinds[0]
    if any(kind.suffix or kind.is_percent or not kind.divided_by for kind in kinds):
        return Shown(divided_by=0)
    return Shown(divided_by=max(kind.divided_by for kind in kinds))


def _sections(number_format: str) -> tuple[list[list[_Sign]], bool]:
    """The sections, and whether conditions say which is meant."""
    sections: list[list[_Sign]] = [[]]
    is_ruled = False
    for token in _TOKEN.finditer(_GENERAL.sub("0", number_format)):
        if token["code"] == ";":
            sections.append([])
        elif token["code"]:
            sections[-1].append(_Sign(token["code"], False))
        elif token["rule"] is not None:
            is_ruled = is_ruled or token["rule"][:1] in ("<", ">", "=")
        else:
            literal = token["quoted"] or token["money"] or token["one"] or ""
            sections[-1] += [_Sign(char, True) for char in literal]
    return sections, is_ruled


def _of_section(section: list[_Sign]) -> Shown | None:
    """What a section does; None where it shows no digit."""
    places = [at for at, sign in enumerate(section) if not sign.is_literal and sign.char in _DIGITS]
    if not places:
        return None
    codes = "".join(sign.char for sign in section if not sign.is_literal)
    tail = "".join(_tail(section[places[-1] + 1 :])).strip()
    divided_by = 1000 ** sum(len(commas) for commas in _SCALES.findall(codes)) * 10 ** _moved(section)
    if tail in _OF_DATES:
        return Shown(suffix=tail)
    return _understood("%" in codes, divided_by, tail)


def _moved(section: list[_Sign]) -> int:
    """How many digits stand behind a point that is drawn among them, and is none: 4 in ``0!.0000``."""
    whole = list(takewhile(lambda sign: sign.is_literal or sign.char != ".", section))
    is_digit = [not sign.is_literal and sign.char in _DIGITS for sign in whole]
    for at, sign in enumerate(whole):
        if sign.is_literal and sign.char in _POINTS and any(is_digit[:at]):
            return sum(is_digit[at:])
    return 0


def _tail(signs: list[_Sign]) -> Iterator[str]:
    is_number = True
    for sign in signs:
        is_number = is_number and not sign.is_literal and sign.char in ".,"
        if not is_number:
            yield sign.char


def _understood(is_percent: bool, divided_by: int, tail: str) -> Shown:
    try:
        worth = parse_unit(tail) if tail else 0
    except AmountError:
        worth = 0
    is_scale = bool(own_unit(f"1{tail}"))
    if worth in (0, divided_by) and not is_scale:
        return Shown(is_percent, divided_by)
    if worth == divided_by:
        return Shown(is_percent, divided_by)
    if divided_by == 1 and is_scale:
        return Shown(is_percent, 1, tail)
    return Shown(is_percent, 0)
