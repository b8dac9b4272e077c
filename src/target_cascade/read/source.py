"""The text of a file, and places in it."""

import posixpath
import re
from functools import lru_cache
from pathlib import Path as FilePath
from typing import NamedTuple

from target_cascade.errors import InputError, Located

STDIN = "-"

LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML takes for the end of a line."""


class Revised(NamedTuple):
    """A file in a revision of a git repository.

    `revision` is as it was asked for, empty for the index; `tree` is the object that holds its files,
    empty for the index too; `path` begins at the top of the repository.
    """

    revision: str
    tree: str
    path: str

    @property
    def name(self) -> str:
        """What git and messages call it: ``HEAD~1:plans/plan.yaml``."""
        return f"{self.revision}:{self.path}"

    @property
    def where(self) -> str:
        """The revision, as messages name it."""
        return f"`{self.revision}`" if self.revision else "the index of git"

    def beside(self, path: str) -> "Revised":
        """The file of the same revision to which `path` leads from this one's folder."""
        from_here = posixpath.join(posixpath.dirname(self.path), FilePath(path).as_posix())
        return self._replace(path=posixpath.normpath(from_here))


class Source(NamedTuple):
    """A text with the name that messages call it by, and where it is from if not from a file; `marked`
    says whether a byte order mark stood before it."""

    name: str
    text: str
    revised: Revised | None = None
    marked: bool = False

    @property
    def lines(self) -> list[str]:
        """The lines, without their ends."""
        return _lines(self.text)

    def line(self, number: int) -> str:
        """The line at a position counted from 0; empty beyond the last."""
        return self.lines[number] if number < len(self.lines) else ""

    @property
    def end(self) -> "Mark":
        """The place behind the last character."""
        return Mark(self, len(self.lines) - 1, len(self.lines[-1]))


class Mark(NamedTuple):
    """A place in a source; line and column count from 0, in characters."""

    source: Source
    line: int
    column: int

    def problem(self, message: str) -> Located:
        """`message` at this place."""
        text = self.source.line(self.line)
        return Located(self.source.name, self.line + 1, self.column + 1, message, text)


def half_characters(text: str) -> bool:
    """Whether `text` has surrogates: bytes that are no text, or halves of an escape."""
    return not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)


def too_large(name: str, limit: int, what: str) -> InputError:
    """The error of a file with more than `limit` bytes."""
    return InputError(
        Located(name, 1, 1, f"{what} is larger than {limit:,} bytes, which it never needs to be")
    )


# Of the files that a run reads, two at most: every problem of a long one asks for its lines.
@lru_cache(maxsize=2)
def _lines(text: str) -> list[str]:
    return LINE_END.split(text)
