"""A template and what the user has said → the text of a plan file.

A template is a plan file with `$names` where answers go. A line whose answer is missing becomes a
comment with an example in its place, and with it the heading above that has nothing else.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from target_cascade.amount import show
from target_cascade.errors import Located

_HOLDER = re.compile(r"\$(name|currency|year|target|buffer|base|days_off|business|expect)\b")
_PLAIN = re.compile(r"(?:\.\./)*[^\W_](?:[\w ./%-]*[\w%])?")
"""What YAML reads as it is written, also within braces; all other text is quoted."""
_EXAMPLES = {
    "name": "My shop",
    "currency": "CNY",
    "base": "last_year.csv",
    "business": "new store",
    "expect": "500k",
}


class Answers(NamedTuple):
    """What the user has said of a plan, as it was written; empty where nothing was.

    `base` is what stands below the key of that name: the path of the file from the plan's folder, and
    what decides where the file leaves a choice. `new_business` has names with amounts.
    """

    target: str = ""
    year: str = ""
    buffer: str = ""
    name: str = ""
    currency: str = ""
    country: str = ""
    base: tuple[tuple[str, str], ...] = ()
    new_business: tuple[tuple[str, str], ...] = ()


class Said(NamedTuple):
    """Where an answer stands in the text: a line, which counts from 0, and characters of it."""

    line: int
    start: int
    end: int
    key: str
    answer: str


class Draft(NamedTuple):
    """The text of a plan, and where in it each answer stands."""

    text: str
    said: tuple[Said, ...]

    def answer_of(self, problem: Located) -> Said | None:
        """The answer that a problem of the text is about; None for what the template says."""
        found = [one for one in self.said if one.line == problem.line - 1]
        behind = [one for one in found if one.end >= problem.column]
        return next(iter(behind or found[::-1]), None)


class _Piece(NamedTuple):
    """A part of a line; `key` says of which answer it is, empty for what the template says."""

    text: str
    key: str = ""
    answer: str = ""


def fill(template: str, answers: Answers) -> Draft:
    """The template with the answers in it, each quoted where YAML would take it for something else."""
    lines: list[list[_Piece]] = []
    for line in template.splitlines():
        for pieces in _filled(line, answers):
            if pieces is None and lines and _is_heading(lines[-1]):
                lines[-1] = [_Piece(f"# {lines[-1][0].text}")]
            lines.append([_Piece(f"# {_HOLDER.sub(_example, line)}")] if pieces is None else pieces)
    text = "".join(f"{''.join(piece.text for piece in line)}\n" for line in lines)
    return Draft(text, tuple(said for number, line in enumerate(lines) for said in _said(number, line)))


def quoted(text: str) -> str:
    """`text`, all of it printable, as a YAML scalar on one line."""
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def new_business_too_much(alone: Fraction, most: Fraction, buffer: Fraction) -> str:
    """Why no plan can carry the new business of the answers: it brings more than `most`, the target with
    its buffer."""
    above = f" with the buffer of {show(100 * buffer)} %" if buffer else ""
    message = f"would bring {show(alone)}, more than the months are to add up to ({show(most)}{above})"
    return f"new business alone {message}"


def _filled(line: str, answers: Answers) -> Iterator[list[_Piece] | None]:
    """The line with answers in it, once for each business; None where there is none."""
    businesses = answers.new_business if "$business" in line else (("", ""),)
    for business in businesses or (("", ""),):
        held = _held(answers, *business)
        parts = _HOLDER.split(line)
        if all(held[name] for name in parts[1::2]):
            yield [
                piece
                for number, part in enumerate(parts)
                for piece in (held[part] if number % 2 else [_Piece(part)])
            ]
        else:
            yield None


def _held(answers: Answers, business: str, expect: str) -> dict[str, list[_Piece]]:
    """What stands for each name of a template; nothing where no answer does."""
    day_off = ("workdays: ", "country", answers.country) if answers.country else ("weekdays: ", "", "sat-sun")
    return {
        "days_off": [_Piece(day_off[0]), _Piece(quoted(day_off[2]), *day_off[1:])],
        "base": _base(answers.base),
        "business": _one("new_business", business),
        "expect": _one("new_business", expect),
        **{key: _one(key, getattr(answers, key)) for key in ("name", "currency", "year", "target", "buffer")},
    }


def _one(key: str, answer: str) -> list[_Piece]:
    return [_Piece(quoted(answer), key, answer)] if answer else []


def _base(base: tuple[tuple[str, str], ...]) -> list[_Piece]:
    """`last_year.csv`, or `{file: last_year.csv, column: …}` where more is said."""
    if len(base) < 2:
        return [piece for key, answer in base for piece in _one(f"base.{key}", answer)]
    pieces = [_Piece("{")]
    for number, (key, answer) in enumerate(base):
        pieces += [_Piece(f"{', ' if number else ''}{key}: "), *_one(f"base.{key}", answer)]
    return [*pieces, _Piece("}")]


def _is_heading(line: list[_Piece]) -> bool:
    return len(line) == 1 and line[0].text.endswith(":") and not line[0].text.startswith("#")


def _example(holder: re.Match[str]) -> str:
    return _EXAMPLES[holder[1]]


def _said(number: int, line: list[_Piece]) -> Iterator[Said]:
    start = 0
    for piece in line:
        end = start + len(piece.text)
        if piece.key:
            yield Said(number, start, end, piece.key, piece.answer)
        start = end
