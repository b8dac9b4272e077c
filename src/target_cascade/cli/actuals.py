"""What came in, of a plan or of --actuals: read where a command needs it, with what is said of it."""

from pathlib import Path
from typing import NamedTuple

from target_cascade.errors import InputError, UnreadableError, UsageError
from target_cascade.plan import Plan
from target_cascade.read.actuals.actuals_file import ActualsRead, read_actuals, rows_of
from target_cascade.read.named_files import NamedFiles
from target_cascade.read.plan_file import PlanFile
from target_cascade.read.source import Revised
from target_cascade.read.yaml_tree import locate
from target_cascade.review.actuals import Actual, Actuals


class LoadedActuals(NamedTuple):
    """The rows, the files that they were read from, and lines for stderr on how they were understood."""

    rows: tuple[Actual, ...]
    files: tuple[Path, ...]
    said: tuple[str, ...]


def load_actuals(file: PlanFile, option: str | None) -> LoadedActuals:
    """What came in by the file `option`, from the working directory, or else by the plan's `actuals`, from
    the plan's own folder and revision.

    What the plan decides about its file, such as the unit of its amounts, is decided of `option` too. A
    plan that has closed months goes on without rows where there is no file. Raises `InputError`, and
    `UsageError` where nothing says what came in.
    """
    plan, key = file.plan, file.plan.actuals
    if option is not None:
        chosen = key.model_copy(update={"file": option, "by_month": None}) if key is not None else None
        read = read_actuals(option, plan, chosen or Actuals(file=option))
        return LoadedActuals(read.rows, (Path(option),), (read.understood,))
    if key is None:
        return _without_file(plan)
    if key.file is None:
        return LoadedActuals(rows_of(plan, file.place(("actuals",))), (), ())
    return _of_plan(file, key, key.file)


def _without_file(plan: Plan) -> LoadedActuals:
    if plan.closed is None:
        hint = "write `actuals: actuals.csv` into it, or give --actuals FILE: rows of days, weeks or months"
        raise UsageError(f"the plan does not say what came in; {hint}, such as `2012-05,3380000`")
    return LoadedActuals((), (), (f"note: no actuals are given: what came in is {_of_closed(plan)}",))


def _of_closed(plan: Plan) -> str:
    assert plan.closed is not None
    through = plan.year.months[plan.closed.through].label
    return f"what `closed` has, to {through}"


def _of_plan(file: PlanFile, key: Actuals, name: str) -> LoadedActuals:
    """What the file of a plan says; of one that is not there, a revision has what it closed."""
    path = _beside(file, name)

    def read(named: str | Revised) -> ActualsRead | UnreadableError:
        try:
            return read_actuals(named, file.plan, key)
        except UnreadableError as error:
            if file.plan.closed is None:
                raise
            return error

    files = NamedFiles(lambda one: _beside(file, one), lambda at: locate(file.tree, at), {})
    found = files.read(name, ("actuals", "file"), None, read)
    if isinstance(found, InputError):
        why = found.problems[0].message
        return LoadedActuals((), (), (f"note: `{name}`: {why}; what came in is {_of_closed(file.plan)}",))
    return LoadedActuals(found.rows, (path,) if isinstance(path, Path) else (), (found.understood,))


def _beside(file: PlanFile, path: str) -> Path | Revised:
    """The file to which `path` leads from the plan's folder, in the revision that the plan is of; of a plan
    from stdin, from the working directory."""
    source = file.tree.mark.source
    return source.revised.beside(path) if source.revised is not None else Path(source.name).parent / path
