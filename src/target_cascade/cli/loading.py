"""Plan file → cascade, with the engine's errors at the lines that they are about."""

from collections.abc import Sequence

from target_cascade.engine.cascade import Cascade, cascade
from target_cascade.errors import InfeasibleError
from target_cascade.read.plan_file import PlanFile, read_plan


def load(path: str, settings: Sequence[str] | None) -> tuple[PlanFile, Cascade]:
    """The plan at `path` with its what-ifs, and its cascade; raises `InputError`."""
    file = read_plan(path, settings or ())
    try:
        return file, cascade(file.plan)
    except InfeasibleError as error:
        raise file.located(error) from None
