"""A file, stdin or a file of a git revision → its text."""

import re
import stat
import sys
from codecs import BOM_UTF8
from contextlib import suppress
from os.path import lexists
from pathlib import Path as FilePath
from typing import NamedTuple

from target_cascade.errors import InputError, Located, UnreadableError
from target_cascade.read.source import STDIN, Revised, Source, too_large

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class Raw(NamedTuple):
    """The bytes of a file, with the name that messages call it by, and where it is from if of git."""

    name: str
    content: bytes
    revised: Revised | None = None


def read_source(
    path: str | Revised, limit: int, what: str, plain: bool = False, or_gbk: bool = False
) -> Source:
    """The text of the file at `path`, of a revision where it is ``REV:path`` of git and no file has
    this name, or of stdin where it is ``-``; in UTF-8, or in GBK where that is read too.

    `plain`, `limit` and what is raised are as of `read_raw`; `InputError` is also for other encodings.
    """
    name, content, revised = read_raw(path, limit, what, plain)
    return Source(name, _decoded(content, name, or_gbk), revised, content.startswith(BOM_UTF8))


def read_raw(path: str | Revised, limit: int, what: str, plain: bool = False) -> Raw:
    """The bytes of the file at `path`.

    With `plain`, it is the path of a file and nothing else: a path that a plan names must not make it
    wait for a pipe, nor lead out of the plan's own revision.
    Raises `UnreadableError` where there is no such file, `InputError` where it has more than `limit`
    bytes.
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
    return Raw(name, raw, revised)


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
