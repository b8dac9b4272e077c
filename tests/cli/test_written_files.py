"""The bytes that -o writes, and that nothing is written where anything is wrong."""

import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from processes import PLANS, said
from screens import Shown, run_plan

from target_cascade.cli.delivery import file_bytes
from target_cascade.errors import OutputError
from target_cascade.report.table import Column, Row, Table

BOM = b"\xef\xbb\xbf"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(PLANS, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plan(patch: pytest.MonkeyPatch, *arguments: str) -> Shown:
    return run_plan(list(arguments), patch)


@pytest.mark.parametrize("by", ["quarter", "month", "week", "day"])
@pytest.mark.parametrize("command", ["split", "export"])
def test_csv_file_is_what_stdout_shows_with_a_byte_order_mark(
    command: str, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = plan(monkeypatch, "split", "flagship.yaml", "--by", by, "--format", "csv")
    written = plan(monkeypatch, command, "flagship.yaml", "--by", by, "-o", "quotas.csv")
    assert (written.status, written.output, written.messages) == (0, b"", said("flagship.yaml"))
    assert Path("quotas.csv").read_bytes() == BOM + shown.output
    assert b"\r" not in shown.output


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("command", ["split", "export"])
def test_encoding_of_a_csv_file_can_be_chosen(
    command: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = plan(monkeypatch, "split", "flagship.yaml", "--format", "csv")
    plan(monkeypatch, command, "flagship.yaml", "-o", "quotas.csv", "--encoding", encoding)
    assert Path("quotas.csv").read_bytes() == shown.output.decode().encode(encoding)


@pytest.mark.parametrize(("ending", "form"), [("json", "json"), ("md", "markdown"), ("txt", "table")])
def test_other_files_are_what_stdout_shows(ending: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = plan(monkeypatch, "split", "flagship.yaml", "--format", form)
    plan(monkeypatch, "split", "flagship.yaml", "-o", f"quotas.{ending}")
    assert Path(f"quotas.{ending}").read_bytes() == shown.output


def test_file_of_text_has_80_columns_wherever_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    plan(monkeypatch, "split", "flagship.yaml", "-o", "quotas.txt")
    lines = Path("quotas.txt").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) == 80


def text_table(text: str) -> Table:
    columns = (Column("name", "Name", "text"), Column("quota", "Quota", "amount"))
    return Table("Names", "Title", (), columns, (Row((text, Fraction(1))),))


def test_text_that_an_encoding_knows_is_written_in_it() -> None:
    assert file_bytes(text_table("旗舰店"), "csv", "gbk") == "name,quota\n旗舰店,1\n".encode("gbk")
    assert file_bytes(text_table("旗舰店"), "csv", None) == BOM + "name,quota\n旗舰店,1\n".encode()


def test_text_that_an_encoding_lacks_is_told() -> None:
    with pytest.raises(OutputError, match="`🛒` cannot be written in gbk; use --encoding utf-8"):
        file_bytes(text_table("a🛒"), "csv", "gbk")


@pytest.mark.parametrize("name", ["old.csv", "old.json", "old.md", "old.txt", "old.xlsx"])
@pytest.mark.parametrize("bad", ["infeasible.yaml", "last_year.csv", "nowhere.yaml"])
def test_what_stood_there_still_stands_after_an_error(
    folder: Path, bad: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(name).write_bytes(b"old")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    command = "export" if name.endswith("xlsx") else "split"
    shown = plan(monkeypatch, command, bad, "-o", name)
    assert (shown.status, shown.output) == (2, b"")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_link_to_elsewhere_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("elsewhere.csv").write_bytes(b"old")
    Path("link.csv").symlink_to("elsewhere.csv")
    shown = plan(monkeypatch, "split", "shortest.yaml", "-o", "link.csv")
    assert (shown.status, Path("elsewhere.csv").read_bytes()) == (2, b"old")
    assert "is a link to elsewhere" in shown.text
    assert {path.name for path in folder.iterdir()} >= {"link.csv", "elsewhere.csv"}


def test_plan_and_base_are_not_written_over_by_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for source in ("flagship.yaml", "last_year.csv"):
        Path("same.csv").hardlink_to(source)
        shown = plan(monkeypatch, "export", "flagship.yaml", "-o", "same.csv")
        assert shown.status == 2
        assert "is what the plan is read from" in shown.text
        Path("same.csv").unlink()


def test_exports_to_one_folder_leave_no_other_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name for path in folder.iterdir()}
    names = {f"quotas{ending}" for ending in (".csv", ".xlsx", ".json", ".md")}
    for name in (*names, *names):
        assert plan(monkeypatch, "export", "flagship.yaml", "-o", name).status == 0
    assert {path.name for path in folder.iterdir()} == before | names
