"""The text of a file, and places in it."""

import re
import stat
import sys
from functools import lru_cache
from pathlib import Path as FilePath
from typing import NamedTuple

from target_cascade.errors import InputError, Located, UnreadableError

STDIN = "-"

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML takes for the end of a line


class Source(NamedTuple):
    """A text with the name that messages call it by."""

    name: str
    text: str

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


def read_source(path: str, limit: int, what: str, plain: bool = False) -> Source:
    """The text of the file at `path`, or of stdin where it is ``-``.

    With `plain`, pipes and devices are not read: a path that a plan names must not make it wait.
    Raises `UnreadableError` where there is no such file, `InputError` where it has more than `limit`
    bytes and where it is not UTF-8.
    """
    name = "stdin" if path == STDIN else path
    try:
        raw = _bytes(path, limit + 1, plain)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(Located(name, 1, 1, f"cannot read {what}: {reason}")) from None
    if len(raw) > limit:
        raise InputError(
            Located(name, 1, 1, f"{what} is larger than {limit:,} bytes, which it never needs to be")
        )
    return Source(name, _decoded(raw, name))


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


def _decoded(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
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
