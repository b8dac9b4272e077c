"""The text of a file, and places in it."""

import posixpath
import re
import stat
import sys
from contextlib import suppress
from functools import lru_cache
from os.path import lexists
from pathlib import Path as FilePath
from typing import NamedTuple

from target_cascade.errors import InputError, Located, UnreadableError

STDIN = "-"

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML takes for the end of a line
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


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
    """A text with the name that messages call it by, and where it is from if not from a file."""

    name: str
    text: str
    revised: Revised | None = None

    @property
    def lines(self) -> list[str]:
        """The lines, without their ends."""
        return _lines(self.text)

    def line(self, number: int) -> str:
        """The line at a position counted from 0; empty beyond the last."""
        return self.lines[number] if number < len(self.lines) else ""


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


def read_source(
    path: str | Revised, limit: int, what: str, plain: bool = False, or_gbk: bool = False
) -> Source:
    """The text of the file at `path`, of a revision where it is ``REV:path`` of git and no file has
    this name, or of stdin where it is ``-``; in UTF-8, or in GBK where that is read too.

    With `plain`, it is the path of a file and nothing else: a path that a plan names must not make it
    wait for a pipe, nor lead out of the plan's own revision.
    Raises `UnreadableError` where there is no such file, `InputError` where it has more than `limit`
    bytes and where it is in another encoding.
    """
    name = path.name if isinstance(path, Revised) else "stdin" if path == STDIN else path
    try:
        if isinstance(path, Revised) or (not plain and _names_revision(path)):
            from target_cascade.read.revision import read_revision

            revised, raw = read_revision(path, limit, what)
        else:
            revised, raw = None, _bytes(path, limit + 1, plain)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        if isinstance(error, FileNotFoundError) and isinstance(path, str) and not plain:
            from target_cascade.read.revision import hint_at_revision

            reason += hint_at_revision(path)
        raise UnreadableError(Located(name, 1, 1, f"cannot read {what}: {reason}")) from None
    if len(raw) > limit:
        raise too_large(name, limit, what)
    return Source(name, _decoded(raw, name, or_gbk), revised)


def too_large(name: str, limit: int, what: str) -> InputError:
    """The error of a file with more than `limit` bytes."""
    return InputError(
        Located(name, 1, 1, f"{what} is larger than {limit:,} bytes, which it never needs to be")
    )


def _names_revision(path: str) -> bool:
    """Whether `path` is ``REV:path``: what exists by that very name is a file, as is ``C:/plan.yaml``."""
    return ":" in path and not _DRIVE.match(path) and not lexists(path)


def _bytes(path: str, most: int, plain: bool) -> bytes:
    if path != STDIN:
        mode = FilePath(path).stat().st_mode
        if plain and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise OSError("it is no plain file")
        with FilePath(path).open("rb") as file:
            return file.read(most)
    if sys.stdin is None:
        raise OSError("it is closed")
    return sys.stdin.buffer.read(most)


# Of the files that a run reads, two at most: every problem of a long one asks for its lines.
@lru_cache(maxsize=2)
def _lines(text: str) -> list[str]:
    return _LINE_END.split(text)


def _decoded(raw: bytes, name: str, or_gbk: bool) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if or_gbk:
            with suppress(UnicodeDecodeError):
                return raw.decode("gb18030")
        before = raw[: error.start].decode("utf-8", "replace").split("\n")
        raise InputError(
            Located(
                name,
                len(before),
                len(before[-1]) + 1,
                f"this is not text in UTF-8{_encoding_guess(raw)}",
            )
        ) from None


def _encoding_guess(raw: bytes) -> str:
    if raw[:4] == b"PK\x03\x04":
        return " but a workbook or an archive; a spreadsheet saves its sheet as CSV in UTF-8"
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return " but in UTF-16; save it as UTF-8"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "; save it as UTF-8"
    return " but perhaps in GBK; save it as UTF-8"
