"""Plans and their variants → cascades and findings, or all that is wrong with any of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from target_cascade.cli.loading import cascade_of, located, with_note_on_frozen
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.check import Checked, check
from target_cascade.errors import InputError, Located
from target_cascade.read.plan_file import PlanFile, PlanText, read_text
from target_cascade.read.scenarios import Variant
from target_cascade.read.vary import second_of_equals

_MOST_NAMES = 3


class Loaded(NamedTuple):
    """A scenario with the files that it was read from, and what the guardrails find in it."""

    name: str
    file: PlanFile
    cascade: Cascade
    checked: Checked


def load_scenarios(variants: Sequence[Variant], settings: Sequence[str], today: date) -> list[Loaded]:
    """Each variant with `settings` put into it before its own, checked on the day `today`; a file is read
    once.

    Raises `InputError` with the problems of all; one that not all have names those that have it. Without
    any, for values of a key that are read as the same.
    """
    texts = {path: _text(path) for path in dict.fromkeys(variant.path for variant in variants)}
    loaded: list[Loaded] = []
    found: dict[Located, list[Variant]] = {}
    for variant in variants:
        try:
            loaded.append(_load(variant, texts[variant.path], settings, today))
        except InputError as error:
            for problem in error.problems:
                found.setdefault(problem, []).append(variant)
    if found:
        raise InputError(*(_named(problem, having, variants) for problem, having in found.items()))
    if twice := dict.fromkeys(_values_twice(variants, loaded)):
        raise InputError(*twice)
    return loaded


def _values_twice(variants: Sequence[Variant], loaded: Sequence[Loaded]) -> Iterator[Located]:
    """Values that make the same plan, where no other key differs."""
    for (one, first), (other, second) in combinations(zip(variants, loaded, strict=True), 2):
        if one.path == other.path:
            pairs = zip(one.settings, other.settings, strict=True)
            differing = [(a, b) for a, b in pairs if a != b]
            if len(differing) == 1 and first.file.plan == second.file.plan:
                yield second_of_equals(*differing[0])


def _text(path: str) -> PlanText | InputError:
    try:
        return read_text(path)
    except InputError as error:
        return error


def _load(variant: Variant, text: PlanText | InputError, settings: Sequence[str], today: date) -> Loaded:
    if isinstance(text, InputError):
        raise text
    file = text.plan_file([*settings, *variant.settings])
    cascade = cascade_of(file)
    with located(file):
        checked = check(cascade, today)
    return Loaded(variant.name, with_note_on_frozen(file, cascade), cascade, checked)


def _named(problem: Located, having: Sequence[Variant], variants: Sequence[Variant]) -> Located:
    """The problem with the plans or scenarios that have it, where its place leaves open which."""
    plans = {variant.path: variant.plan or variant.name for variant in having}
    whole = len(having) == sum(variant.path in plans for variant in variants)
    of_an_option = problem.file.startswith("--")
    if len(having) == len(variants) or (whole and not of_an_option):
        return problem
    names = list(plans.values()) if whole else [variant.name for variant in having]
    listed = ", ".join(f"`{name}`" for name in names[:_MOST_NAMES])
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return problem._replace(message=f"{listed}{more}: {problem.message}")
