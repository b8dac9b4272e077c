"""Everything a user can get wrong, one class per cause.

A programming mistake is not in here: it keeps its traceback.
"""

from typing import NamedTuple

Path = tuple[str | int, ...]
"""Where in the plan file: keys and list positions from the top, e.g. ``("limits", 1, "max")``."""


class Problem(NamedTuple):
    """One thing that is wrong with a plan, and the entry that it is about.

    Problems are values: they are gathered, so that a person sees all of them at once.
    """

    message: str
    path: Path = ()


class Located(NamedTuple):
    """A problem at its place in a file; `line` and `column` count from 1, in characters."""

    file: str
    line: int
    column: int
    message: str
    text: str = ""
    """The line of the file that `column` points into; empty where there is none to show."""


class Place(NamedTuple):
    """Where an entry stands: a file as it was named, and the line, which counts from 1."""

    file: str
    line: int


class TargetCascadeError(Exception):
    """The base of every error that the user, and not the program, can mend."""


class ApportionError(TargetCascadeError, ValueError):
    """An amount cannot be divided as asked: bad weights, or no whole number of units."""


class AmountError(TargetCascadeError, ValueError):
    """A text is no amount, number or fraction."""


class FormulaError(TargetCascadeError, ValueError):
    """A text is no formula, or one whose value cannot be known."""


class CalendarError(TargetCascadeError, ValueError):
    """A text names no month, day or range, or one that the plan year does not have."""


class RevisionError(TargetCascadeError, ValueError):
    """A name of git's leads to no file that can be read."""


class InfeasibleError(TargetCascadeError):
    """A plan that is well written, but whose numbers cannot all be true at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(problem.message for problem in problems))
        self.problems = problems


class InputError(TargetCascadeError):
    """A file that cannot be read as what it should be, with every problem at its place."""

    def __init__(self, *problems: Located) -> None:
        super().__init__("\n".join(f"{p.file}:{p.line}:{p.column}: error: {p.message}" for p in problems))
        self.problems = problems


class ChoiceError(InputError):
    """A file that leaves a choice which the user can settle: `key` (``column``, ``sheet``, ``unit`` or
    ``year``) is what to write below `base`, `choices` are what it may be, where they are known."""

    def __init__(self, *problems: Located, key: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(*problems)
        self.key, self.choices = key, choices


class UnreadableError(InputError):
    """A file that is not there, or that the system does not let us read."""


class OutputError(TargetCascadeError):
    """A file that cannot be written; whatever stood there before still stands."""


class UsageError(TargetCascadeError):
    """Options that do not go together, or a plan that is used before its files are read."""
