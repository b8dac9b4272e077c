"""The next revision of a plan, written beside it and never over what was agreed."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from target_cascade.cli.loading import cascade_of
from target_cascade.errors import OutputError, UsageError
from target_cascade.read.next_revision import NextRevision, next_revision
from target_cascade.read.plan_file import PlanFile
from target_cascade.read.yaml_tree import data
from target_cascade.write.files import replace_file

if TYPE_CHECKING:
    from target_cascade.cli.options import Encoding
    from target_cascade.review.closed import Closed

_ENDINGS = (".yaml", ".yml")
_NEVER = "a plan that was agreed is never rewritten"


def is_revision(output: str) -> bool:
    """Whether the file to write is a plan."""
    return output.lower().endswith(_ENDINGS)


def check_options(output: str, settings: Sequence[str] | None, encoding: "Encoding | None") -> None:
    """Raises `UsageError` for options that do not go with a revision."""
    if settings:
        raise UsageError(
            f"--set is a what-if, and `{output}` would be the plan that people work by; write"
            f" {', '.join(settings)} into the plan itself, or leave -o out"
        )
    if encoding is not None:
        raise UsageError(f"--encoding is for CSV files; `{output}` is a plan, which is UTF-8")


def write_revision(
    file: PlanFile, closed: "Closed", output: str, sources: Collection[Path]
) -> tuple[str, ...]:
    """Write the next revision of the plan with the block `closed`, whole or not at all; what to say of it.

    Raises `InputError` for a plan of a form that nothing can be put into, and `OutputError` where the text
    would not be the same plan, or where something else stands at `output`.
    """
    path = Path(output)
    if not any(closed.quotas):
        hint = "which leaves nothing to share, explain or compare; keep some of them, without --relax"
        raise OutputError(f"nothing is written: every quota of the revision would be 0, {hint}")
    made = next_revision(file, closed)
    _check_quotas(made, closed)
    _check_free(path, made, sources)
    replace_file(path, made.content, sources)
    through = file.plan.year.months[closed.through].label
    return tuple(
        _said(file, path, f"wrote {output}: revision {made.read.plan.revision}, closed through {through}")
    )


def _check_quotas(made: NextRevision, closed: "Closed") -> None:
    """Raises `OutputError` where the text gives other quotas than those of the re-plan."""
    quotas = tuple(month.amount for month in cascade_of(made.read).months)
    if quotas != closed.quotas:
        raise OutputError(
            "nothing is written: the revision would not have the quotas of the re-plan; this is a mistake of"
            " the program, please report it with the plan"
        )


def _check_free(path: Path, made: NextRevision, sources: Collection[Path]) -> None:
    """Raises `OutputError` where something stands at `path` that is not this very revision, byte for byte."""
    try:
        if not path.is_file():
            return
    except OSError:  # such as a name that is too long, which writing it tells
        return
    if any(source.exists() and path.samefile(source) for source in sources):
        hint = f"name a file of its own for revision {made.read.plan.revision}"
        raise OutputError(f"`{path}` is what the plan is read from, and {_NEVER}; {hint}")
    if path.read_bytes() != made.content:
        raise OutputError(
            f"`{path}` is there and is not this revision, and {_NEVER}; name another file, or take that one"
            " away if nobody agreed on it"
        )


def _said(file: PlanFile, path: Path, written: str) -> Iterator[str]:
    """What was written, and which files the plan will not find from its new folder."""
    yield written
    source = file.tree.mark.source
    folder = None if source.revised is not None else Path(source.name).parent
    if folder is not None and folder.resolve() == path.parent.resolve():
        return
    lacking = [name for name in _named_files(data(file.tree)) if not _is_there(name, path.parent, folder)]
    if lacking:
        names = ", ".join(f"`{name}`" for name in lacking)
        yield (
            f"note: {path} reads {names} from its own folder, where the plan's files of that name are not;"
            " put copies there, or write the revision beside the plan"
        )


def _is_there(name: str, folder: Path, before: Path | None) -> bool:
    """Whether a file stands in the new folder, the same as in the one before where that is known."""
    there = folder / name
    if not there.is_file():
        return False
    old = None if before is None else before / name
    return old is None or not old.is_file() or old.read_bytes() == there.read_bytes()


def _named_files(plan: dict[str, Any]) -> Iterator[str]:
    """The files that a plan names, by their paths from its folder."""
    for key in ("base", "cascade", "proposals", "actuals"):
        entry = plan.get(key)
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, dict):
            fill = entry.get("fill")
            named = [
                entry.get("file"),
                entry.get("shape"),
                fill.get("shape") if isinstance(fill, dict) else None,
            ]
            yield from (name for name in named if isinstance(name, str))
