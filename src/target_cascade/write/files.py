"""Files that are written whole or not at all."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from target_cascade.errors import OutputError


def replace_file(path: Path, content: bytes, sources: Iterable[Path] = ()) -> None:
    """Put `content` at `path` by way of a temporary file beside it and a rename.

    An existing file is replaced and keeps its permissions. Raises `OutputError`, with nothing
    changed, for a directory, a link or what is no plain file, for one of `sources`, which the
    content was made from, and where the system refuses.
    """
    try:
        _check(path, sources)
        descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        temporary = Path(name)
        try:
            _write(descriptor, content)
            temporary.chmod(_mode(path))
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _keep_name(path.parent)
    except OSError as error:
        raise OutputError(f"cannot write `{path}`: {error.strerror or error}") from error


def create_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, where nothing may be, whole or not at all.

    Raises `FileExistsError` where anything is there by then, and the `OSError` of a system that refuses.
    """
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    temporary = Path(name)
    try:
        _write(descriptor, content)
        temporary.chmod(_mode(path))
        _link(temporary, path, content)
    finally:
        temporary.unlink(missing_ok=True)
    _keep_name(path.parent)


def _link(temporary: Path, path: Path, content: bytes) -> None:
    """A second name for a file, which unlike a rename takes nobody's place."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as FAT
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _mode(path))
        try:
            _write(descriptor, content)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _check(path: Path, sources: Iterable[Path]) -> None:
    if path.is_symlink():
        raise OutputError(f"`{path}` is a link to elsewhere; name the file itself, or another")
    if path.is_dir():
        raise OutputError(f"`{path}` is a directory; name a file in it")
    if path.exists() and not path.is_file():
        raise OutputError(f"`{path}` is no plain file")
    if path.exists() and any(source.exists() and path.samefile(source) for source in sources):
        raise OutputError(f"`{path}` is what the plan is read from; name another file")


def _write(descriptor: int, content: bytes) -> None:
    """`content` on the disk, and the file closed: an open one cannot be renamed everywhere."""
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _mode(path: Path) -> int:
    """The permissions of the file that stands there, or of a new one."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _keep_name(folder: Path) -> None:
    """See to it that the folder's new entry outlives a power cut, where a folder can be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
