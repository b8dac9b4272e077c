"""Files that are written whole or not at all."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from target_cascade.errors import OutputError
from target_cascade.write import files
from target_cascade.write.files import create_file, replace_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one file in it, `old.csv`."""
    (tmp_path / "old.csv").write_bytes(b"old")
    return tmp_path


@pytest.fixture
def mask() -> Iterator[None]:
    """A umask that takes everything from the group and from others."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_new_file_is_written(folder: Path) -> None:
    replace_file(folder / "new.csv", b"new")
    assert content(folder) == {"old.csv": b"old", "new.csv": b"new"}


def test_existing_file_is_replaced(folder: Path) -> None:
    replace_file(folder / "old.csv", b"new")
    assert content(folder) == {"old.csv": b"new"}


@pytest.mark.parametrize("name", ["季度.csv", "a b.csv", ".hidden", "-", "x" * 255])
def test_any_name_of_the_system_will_do(folder: Path, name: str) -> None:
    replace_file(folder / name, b"new")
    assert content(folder) == {"old.csv": b"old", name: b"new"}


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o755])
def test_replaced_file_keeps_its_permissions(folder: Path, mode: int) -> None:
    (folder / "old.csv").chmod(mode)
    replace_file(folder / "old.csv", b"new")
    assert stat.S_IMODE((folder / "old.csv").stat().st_mode) == mode


@pytest.mark.usefixtures("mask")
def test_new_file_has_the_permissions_of_the_umask(folder: Path) -> None:
    replace_file(folder / "new.csv", b"new")
    assert stat.S_IMODE((folder / "new.csv").stat().st_mode) == 0o600


def test_one_of_several_names_is_replaced_and_the_others_stay(folder: Path) -> None:
    (folder / "other.csv").hardlink_to(folder / "old.csv")
    replace_file(folder / "other.csv", b"new")
    assert content(folder) == {"old.csv": b"old", "other.csv": b"new"}


def refused(path: Path, *sources: Path) -> str:
    before = content(path.parent) if path.parent.is_dir() else {}
    with pytest.raises(OutputError) as error:
        replace_file(path, b"new", sources)
    assert (content(path.parent) if path.parent.is_dir() else {}) == before
    return str(error.value).replace(str(path), path.name)


def test_directory_is_refused(folder: Path) -> None:
    (folder / "quotas.csv").mkdir()
    assert refused(folder / "quotas.csv") == "`quotas.csv` is a directory; name a file in it"


@pytest.mark.parametrize("target", ["old.csv", "nowhere.csv", "."])
def test_link_is_refused(folder: Path, target: str) -> None:
    (folder / "link.csv").symlink_to(folder / target)
    assert refused(folder / "link.csv").startswith("`link.csv` is a link to elsewhere")
    assert (folder / "link.csv").is_symlink()


def test_link_in_the_folders_above_is_followed(folder: Path) -> None:
    (folder / "real").mkdir()
    (folder / "link").symlink_to(folder / "real")
    replace_file(folder / "link" / "new.csv", b"new")
    assert content(folder / "real") == {"new.csv": b"new"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_plain_file_is_refused(folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")
    assert refused(folder / "pipe.csv") == "`pipe.csv` is no plain file"


def test_what_the_plan_is_read_from_is_refused(folder: Path) -> None:
    plan = folder / "plan.yaml"
    plan.write_bytes(b"plan")
    (folder / "same.csv").hardlink_to(plan)
    for path in (plan, folder / "." / "plan.yaml", folder / "same.csv"):
        assert refused(path, folder / "base.csv", plan).endswith(
            "is what the plan is read from; name another file"
        )


def test_missing_folder_is_told(folder: Path) -> None:
    assert refused(folder / "nowhere" / "x.csv") == "cannot write `x.csv`: No such file or directory"


def test_file_in_the_place_of_a_folder_is_told(folder: Path) -> None:
    assert refused(folder / "old.csv" / "x.csv") == "cannot write `x.csv`: Not a directory"
    assert content(folder) == {"old.csv": b"old"}


def test_name_that_is_too_long_is_told(folder: Path) -> None:
    assert "File name too long" in refused(folder / ("x" * 256))


@pytest.mark.parametrize("step", ["chmod", "replace"])
@pytest.mark.parametrize("name", ["old.csv", "new.csv"])
def test_what_fails_on_the_way_leaves_nothing_behind(
    folder: Path, name: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, step, no_space)
    assert refused(folder / name) == f"cannot write `{name}`: No space left on device"


def test_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    assert refused(folder / "old.csv") == "cannot write `old.csv`: No space left on device"


def test_folder_that_may_not_be_written_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(**_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    # Not by taking the permission away: whoever is root may write everywhere.
    monkeypatch.setattr(files, "mkstemp", denied)
    assert refused(folder / "old.csv") == "cannot write `old.csv`: Permission denied"


def test_interrupt_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace_file(folder / "old.csv", b"new")
    assert content(folder) == {"old.csv": b"old"}


def test_created_file_is_written(folder: Path) -> None:
    create_file(folder / "new.yaml", b"new")
    assert content(folder) == {"old.csv": b"old", "new.yaml": b"new"}


@pytest.mark.usefixtures("mask")
def test_created_file_has_the_permissions_of_the_umask(folder: Path) -> None:
    create_file(folder / "new.yaml", b"new")
    assert stat.S_IMODE((folder / "new.yaml").stat().st_mode) == 0o600


def without_links(*_: object) -> None:
    raise OSError(errno.EPERM, "no links here")


@pytest.fixture(params=["links", "no links"])
def file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that knows hard links, and one that does not."""
    if request.param == "no links":
        monkeypatch.setattr(os, "link", without_links)


@pytest.mark.usefixtures("file_system")
def test_created_file_holds_all_of_its_content(folder: Path) -> None:
    create_file(folder / "new.yaml", b"new" * 100_000)
    assert content(folder)["new.yaml"] == b"new" * 100_000


@pytest.mark.usefixtures("file_system")
@pytest.mark.parametrize("there", ["file", "folder", "link", "dangling link"])
def test_created_file_takes_the_place_of_nothing(folder: Path, there: str) -> None:
    path = folder / "there"
    match there:
        case "file":
            path.write_bytes(b"mine")
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to(folder / "old.csv")
        case "dangling link":
            path.symlink_to(folder / "nowhere")
    before = sorted(folder.iterdir()), content(folder)
    with pytest.raises(FileExistsError):
        create_file(path, b"new")
    assert (sorted(folder.iterdir()), content(folder)) == before


def test_created_file_that_cannot_be_written_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        create_file(folder / "new.yaml", b"new")
    assert content(folder) == {"old.csv": b"old"}
