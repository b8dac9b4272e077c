"""Plan file → cascade, with the engine's errors at the lines that they are about."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.errors import InfeasibleError, InputError, Located
from target_cascade.read.plan_file import PlanFile, read_plan

T = TypeVar("T")


def load(path: str, settings: Sequence[str] | None) -> tuple[PlanFile, Cascade]:
    """The plan at `path` with its what-ifs, and its cascade; raises `InputError`."""
    file = read_plan(path, settings or ())
    return file, cascade_of(file)


def cascade_of(file: PlanFile) -> Cascade:
    """The cascade of a plan that has been read; raises `InputError`."""
    try:
        return cascade(file.plan)
    except InfeasibleError as error:
        raise file.located(error) from None


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
