"""The files that a plan names: by their paths from its own folder, in its own revision."""

from collections.abc import Callable, Hashable
from pathlib import Path as FilePath
from typing import Any, NamedTuple, TypeVar

from target_cascade.errors import InputError, Path, UnreadableError
from target_cascade.read.source import Mark, Revised

T = TypeVar("T")


class NamedFiles(NamedTuple):
    """Reads the files beside a plan, whose keys stand at marks."""

    beside: Callable[[str], FilePath | Revised]
    mark: Callable[[Path], Mark]
    known: dict[Hashable, Any]
    """What files have said already: the variants of one plan read each of them once."""

    def read(self, file: str, at: Path, how: Hashable, read: Callable[[str | Revised], T]) -> T:
        """What `read` makes of a file in the way `how`; its path, which stands at `at`, must begin at the
        plan's folder. Raises `InputError`."""
        key = (file, how)
        if key not in self.known:
            self.known[key] = self._read(file, at, read)
        made: T = self.known[key]
        return made

    def _read(self, file: str, at: Path, read: Callable[[str | Revised], T]) -> T:
        mark = self.mark(at)
        if FilePath(file).is_absolute():
            hint = "a plan reads files by their path from its own folder, so that it can move with them"
            raise InputError(mark.problem(f"`{file}` is an absolute path; {hint}"))
        try:
            beside = self.beside(file)
            return read(beside if isinstance(beside, Revised) else str(beside))
        except UnreadableError as error:
            hint = "its path begins at the folder of the plan file"
            raise InputError(mark.problem(f"`{file}`: {error.problems[0].message}; {hint}")) from None
