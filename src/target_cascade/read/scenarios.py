"""Plans and the values that their keys are varied by → the scenarios that are compared, with names."""

import re
from collections.abc import Iterable, Sequence
from itertools import product
from math import prod
from pathlib import PurePath
from typing import NamedTuple

from target_cascade.errors import UsageError
from target_cascade.read.settings import Setting
from target_cascade.read.source import STDIN
from target_cascade.read.vary import Varied, value_text

MOST_SCENARIOS = 50
"""Nobody chooses from more; a program that wants more runs the command several times."""

_REVISED = re.compile(r"(?P<revision>(?:\{[^}]*\}|[^:{])+):(?![/\\])(?P<path>.+)", re.DOTALL)
"""``REV:path``, where a colon in braces is part of the revision. A file that is called so is named so."""


class Variant(NamedTuple):
    """A plan file with some of its keys set, and what it is called beside the others; `plan` is what
    all variants of the file are called."""

    name: str
    path: str
    settings: tuple[Setting, ...] = ()
    plan: str = ""


def variants(paths: Sequence[str], varied: Sequence[Varied]) -> list[Variant]:
    """Every plan with every combination of values, the last key changing fastest.

    A plan is called by its file, as shortly as the others allow, a variant by its values; both where
    there are several of both. Raises `UsageError` where that is fewer than two, more than
    `MOST_SCENARIOS`, or one plan twice.
    """
    _check(paths, varied)
    made = []
    for plan, path in zip(map(_printable, file_names(paths)), paths, strict=True):
        for settings in product(*(one.settings for one in varied)):
            values = ", ".join(
                f"{one.key}={value_text(setting)}" for one, setting in zip(varied, settings, strict=True)
            )
            name = " · ".join(part for part in (plan if len(paths) > 1 else "", values) if part)
            made.append(Variant(_printable(name), path, settings, plan))
    return made


def file_names(paths: Sequence[str]) -> list[str]:
    """What to call files that lie in several folders or revisions, without what they have in common.

    The file without its ending: ``careful``, with folders where another has the same: ``north/plan``.
    Where all have the same, only the folders tell them apart: ``north``. The revision of a file goes
    before its name, ``HEAD:careful``; where only revisions differ, it is the name: ``HEAD``.
    """
    found = [_REVISED.fullmatch(path) for path in paths]
    revisions = [match["revision"] if match else "" for match in found]
    files = [match["path"] if match else path for match, path in zip(found, paths, strict=True)]
    named = _names_of(list(dict.fromkeys(files)))
    several = len(set(revisions)) > 1
    if len(named) == 1 and several and all(revisions):
        names = revisions
    else:
        names = [
            f"{revision}:{named[file]}" if several and revision else named[file]
            for revision, file in zip(revisions, files, strict=True)
        ]
    return names if len(set(names)) == len(names) else list(paths)


def _names_of(files: Sequence[str]) -> dict[str, str]:
    """What to call different files of one folder tree."""
    whole = [_parts(file) for file in files]
    folders = [parts[:-1] for parts in whole]
    forms = [[_without_ending(parts) for parts in whole], whole]
    if len(whole) > 1 and len({parts[-1] for parts in whole}) == 1 and all(folders):
        forms.insert(0, folders)
    for form in forms:
        names = [_shortest(parts, form) for parts in form]
        if len(set(names)) == len(names):
            return dict(zip(files, names, strict=True))
    return {file: file for file in files}


def _check(paths: Sequence[str], varied: Sequence[Varied]) -> None:
    if paths.count(STDIN) > 1:
        raise UsageError("`-` stands for stdin, which can be read once")
    files = [PurePath(path) for path in paths]
    for at, path in enumerate(paths):
        if files[at] in files[:at]:
            raise UsageError(f"`{path}` is given twice; to see it with another value, use --vary KEY=A,B")
    count = len(paths) * prod(len(one.settings) for one in varied)
    if count < 2:
        raise UsageError("one scenario is nothing to compare; give a second plan, or --vary KEY=A,B")
    if count > MOST_SCENARIOS:
        factors = [f"{len(paths)} plan{'s' * (len(paths) > 1)}"]
        factors += [f"{len(one.settings)} values of {one.key}" for one in varied]
        raise UsageError(f"{' × '.join(factors)} are {count} scenarios; {MOST_SCENARIOS} are the most")


def _parts(path: str) -> tuple[str, ...]:
    return ("stdin",) if path == STDIN else PurePath(path).parts or (path,)


def _without_ending(parts: tuple[str, ...]) -> tuple[str, ...]:
    return (*parts[:-1], PurePath(parts[-1]).stem)


def _shortest(parts: tuple[str, ...], among: Iterable[tuple[str, ...]]) -> str:
    """As many parts from the end as no other path ends in; all of them where there are no such."""
    others = [other for other in among if other != parts]
    counts = range(1, len(parts))
    enough = (n for n in counts if not any(other[-n:] == parts[-n:] for other in others))
    return PurePath(*parts[-next(enough, len(parts)) :]).as_posix()


def _printable(name: str) -> str:
    """A file may be called by what a terminal would obey."""
    return "".join(char if char.isprintable() else "�" for char in name)
