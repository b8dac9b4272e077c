"""Plan file → cascade, with the engine's errors at the lines that they are about."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from target_cascade.cli.delivery import line_width, tell
from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.errors import InfeasibleError, InputError, Located
from target_cascade.read.plan_file import PlanFile, read_plan
from target_cascade.write.problem_text import printable

T = TypeVar("T")

_LONGEST_LINE = 1_000


def load(path: str, settings: Sequence[str] | None) -> tuple[PlanFile, Cascade]:
    """The plan at `path` with its what-ifs, and its cascade; raises `InputError`."""
    file = read_plan(path, settings or ())
    try:
        cascade = cascade_of(file)
    except InputError:
        say(file)  # A file that was read as something else may be why the numbers cannot be true.
        raise
    return with_note_on_frozen(file, cascade), cascade


def with_note_on_frozen(file: PlanFile, cascade: Cascade) -> PlanFile:
    """The plan with a line to `say` where a review has frozen its quotas and its entries would by now give
    others, so that nobody takes an edit for one that has moved a quota."""
    if file.plan.closed is None or not cascade.altered_since_closed:
        return file
    through = cascade.closed_months[-1].period.label
    note = (
        f"{file.place(()).file}: the quotas are frozen, closed through {through}; what its entries say"
        " otherwise since the first revision moves none of them, and the next `plan replan` goes by the"
        " target and the limits as they are now"
    )
    return file._replace(understood=(*file.understood, note))


def say(*files: PlanFile) -> None:
    """On stderr, what was understood of the files that plans name, once each; on a terminal not wider
    than that is."""
    tell_lines(dict.fromkeys(line for file in files for line in file.understood))


def tell_lines(lines: Iterable[str]) -> None:
    """Lines on stderr that may have anything in them that stands in a file."""
    for line in lines:
        # Names of files, sheets and columns are in it, which may have what a terminal would obey.
        tell(_fitted(printable(line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…")))


def _fitted(line: str) -> str:
    """The line as stderr takes it: one line for programs, and several on a terminal that is narrower."""
    if not sys.stderr.isatty():
        return line
    from target_cascade.write.prose import wrapped

    # What stderr lacks it writes as `\u4e07`, which is longer, so that it is measured as that.
    encoding = sys.stderr.encoding
    escaped = line.encode(encoding, "backslashreplace").decode(encoding)
    return "\n".join(wrapped(escaped, line_width(sys.stderr), "  "))


def cascade_of(file: PlanFile) -> Cascade:
    """The cascade of a plan that has been read; raises `InputError`."""
    with located(file):
        return cascade(file.plan)


def each_of(loads: Iterable[Callable[[], T]]) -> list[T]:
    """What each load gives; raises `InputError` with what is wrong with any of them, told once."""
    loaded: list[T] = []
    problems: list[Located] = []
    for one in loads:
        try:
            loaded.append(one())
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(*dict.fromkeys(problems))
    return loaded


@contextmanager
def located(file: PlanFile) -> Iterator[None]:
    """What the engine finds impossible inside is told at the lines of the plan that it is about."""
    try:
        yield
    except InfeasibleError as error:
        raise file.located(error) from None
