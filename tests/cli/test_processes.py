"""What only a process of its own can show: encodings of stdout, pipes that close, full disks, start-up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from processes import COMMAND, PLANS, environment, file_line, run_process, said
from screens import run_plan

FULL = Path("/dev/full")
needs_full_disk = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full to write to")


@pytest.mark.parametrize("arguments", [["split", "flagship.yaml"], ["split", "infeasible.yaml"], ["--help"]])
def test_process_prints_what_the_tests_of_sessions_see(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PLANS)
    monkeypatch.setenv("COLUMNS", "80")
    seen = run_plan(arguments, monkeypatch)
    process = run_process(*arguments, variables={"COLUMNS": "80"})
    assert (process.stdout, process.stderr, process.returncode) == (seen.output, seen.messages, seen.status)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_stdout_without_blocks_gets_lines_and_bars_of_ascii(encoding: str) -> None:
    shown = run_process("split", "flagship.yaml", variables={"PYTHONIOENCODING": encoding})
    assert (shown.returncode, shown.stderr) == (0, said("flagship.yaml"))
    lines = shown.stdout.decode("ascii").splitlines()
    assert lines[0] == "??? 2012 - revision 3 - CNY"
    assert "Growth factor       x2.57" in lines[5]
    assert lines[8].startswith("-------  ----------  -------")
    assert lines[-4].endswith("#" * 25)  # November
    assert max(map(len, lines)) <= 80


def test_explained_quota_is_drawn_in_ascii_where_stdout_is() -> None:
    shown = run_process("explain", "causes.yaml", "2012-11", variables={"PYTHONIOENCODING": "ascii"})
    assert (shown.returncode, shown.stderr) == (0, b"")
    lines = shown.stdout.decode("ascii").splitlines()
    assert lines[0].startswith("2012-11 must bring 7,800,000, x2.69 of last year's 2,900,000")
    rows = {line.split()[0]: line.split() for line in lines if line}
    assert rows["last"][-2:] == ["9", "####"]
    assert rows["limits"][-2:] == ["25-28", "---"]
    assert rows["quota"][-1] == "#" * 11
    assert max(map(len, lines)) <= 80


def test_stdout_in_gbk_keeps_its_characters() -> None:
    shown = run_process("split", "flagship.yaml", variables={"PYTHONIOENCODING": "gbk"})
    assert shown.stdout.decode("gbk").startswith("旗舰店 2012 · revision 3 · CNY")
    assert "?" not in shown.stdout.decode("gbk")


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_what_machines_read_is_utf_8_wherever_it_runs(form: str) -> None:
    arguments = ["split", "flagship.yaml", "--by", "quarter", "--format", form]
    plain = run_process(*arguments)
    ascii_only = run_process(*arguments, variables={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert plain.stdout == ascii_only.stdout
    assert not plain.stdout.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in plain.stdout


def test_schema_is_utf_8_wherever_it_runs() -> None:
    shown = run_process("schema", variables={"PYTHONIOENCODING": "ascii"})
    assert "万" in shown.stdout.decode("utf-8")


def test_messages_on_an_ascii_stderr_are_escaped() -> None:
    shown = run_process("split", "infeasible.yaml", variables={"PYTHONIOENCODING": "ascii"})
    assert shown.returncode == 2
    assert b"min: 400\\u4e07" in shown.stderr


@pytest.mark.parametrize("arguments", [["split", "flagship.yaml", "--by", "day"], ["schema"], ["--help"]])
def test_pipe_that_closes_early_is_no_error(arguments: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        shown = run_process(*arguments, stdout=write)
    finally:
        os.close(write)
    assert shown.stderr == said(*arguments)
    assert shown.returncode == 1


@needs_full_disk
@pytest.mark.parametrize(
    "arguments",
    [
        ["split", "flagship.yaml"],
        ["split", "flagship.yaml", "--format", "csv"],
        ["schema"],
        ["--help"],
        ["--version"],
    ],
    ids=" ".join,
)
def test_full_disk_is_told(arguments: list[str]) -> None:
    with FULL.open("wb") as full:
        shown = run_process(*arguments, stdout=full.fileno())
    assert (
        shown.stderr == said(*arguments) + b"plan: error: cannot write to stdout: No space left on device\n"
    )
    assert shown.returncode == 2


@pytest.mark.parametrize("arguments", [["split", "flagship.yaml"], ["schema"]])
def test_closed_stdout_is_told(arguments: list[str]) -> None:
    shown = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *COMMAND, *arguments],
        cwd=PLANS,
        env=environment(),
        stderr=subprocess.PIPE,
        check=False,
    )
    assert shown.stderr == said(*arguments) + b"plan: error: cannot write to stdout: it is closed\n"
    assert shown.returncode == 2


OF_ALL_KINDS = pytest.mark.parametrize(
    "arguments",
    [["split", "flagship.yaml"], ["check", "weak.yaml"], ["split", "infeasible.yaml"]],
    ids=" ".join,
)


@OF_ALL_KINDS
@needs_full_disk
def test_messages_on_a_full_disk_change_neither_result_nor_status(arguments: list[str]) -> None:
    heard = run_process(*arguments)
    with FULL.open("wb") as full:
        unheard = run_process(*arguments, stderr=full.fileno())
    assert (unheard.stdout, unheard.returncode) == (heard.stdout, heard.returncode)


@OF_ALL_KINDS
def test_messages_that_nobody_reads_change_neither_result_nor_status(arguments: list[str]) -> None:
    heard = run_process(*arguments)
    read, write = os.pipe()
    os.close(read)
    try:
        unheard = run_process(*arguments, stderr=write)
    finally:
        os.close(write)
    assert (unheard.stdout, unheard.returncode) == (heard.stdout, heard.returncode)


@pytest.mark.parametrize(
    "arguments",
    [["split", "flagship.yaml"], ["split", "infeasible.yaml"], ["split", "--bogus"]],
    ids=" ".join,
)
def test_messages_are_not_in_the_result_where_stderr_is_closed(arguments: list[str]) -> None:
    heard = run_process(*arguments)
    unheard = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *COMMAND, *arguments],
        cwd=PLANS,
        env=environment(),
        stdout=subprocess.PIPE,
        check=False,
    )
    assert (unheard.stdout, unheard.returncode) == (heard.stdout, heard.returncode)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "ascii"])
def test_line_of_a_file_is_on_stderr_in_its_encoding(encoding: str, tmp_path: Path) -> None:
    content = (PLANS / "last_year.csv").read_text(encoding="utf-8").replace("amount", "销售额")
    (tmp_path / "去年.csv").write_text(content, encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    plan.write_text("{year: 2012, target: 40M, base: {file: 去年.csv, fix: {2011-07: 0}}}", encoding="utf-8")
    shown = run_process("split", str(plan), "--format", "csv", variables={"PYTHONIOENCODING": encoding})
    line = file_line(str(tmp_path / "去年.csv"), content)
    assert (shown.returncode, shown.stderr) == (0, line.encode(encoding, "backslashreplace"))
    assert shown.stdout.startswith(b"month,")


def test_closed_stdin_is_told() -> None:
    shown = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *COMMAND, "split", "-"],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert shown.stderr == b"stdin:1:1: error: cannot read the plan: it is closed\n"
    assert (shown.returncode, shown.stdout) == (2, b"")


def test_pipe_can_be_read_by_the_next_command() -> None:
    first = subprocess.Popen(
        [*COMMAND, "split", "-", "--format", "csv"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    out, _ = first.communicate((PLANS / "shortest.yaml").read_bytes())
    assert first.returncode == 0
    assert sum(int(line.split(b",")[4]) for line in out.splitlines()[1:]) == 40_000_000


OF_OTHER_COMMANDS = {
    f"target_cascade.{name}"
    for name in (
        "cli.drafting",
        "cli.questions",
        "engine.bridge",
        "engine.check",
        "engine.compare",
        "engine.changes",
        "engine.finding",
        "engine.diff",
        "report.check",
        "report.compare",
        "report.diff",
        "report.explain",
        "report.rule_page",
    )
}
HEAVY = ("rich", "xlsxwriter", "holidays", "dateutil", "jsonschema", "openpyxl")


def test_split_into_a_pipe_imports_nothing_that_it_does_not_use() -> None:
    script = (
        "import sys\n"
        "from target_cascade.cli.app import main\n"
        "sys.argv = ['plan', 'split', 'flagship.yaml']\n"
        "assert main() == 0\n"
        "print(*sorted(sys.modules), file=sys.stderr)\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script], cwd=PLANS, env=environment(), capture_output=True, check=True
    )
    imported = set(shown.stderr.decode().split())
    assert {"target_cascade.engine.cascade", "target_cascade.cli.check"} <= imported
    assert not imported.intersection(HEAVY)
    assert not imported & OF_OTHER_COMMANDS


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("{day: Mid-Autumn Festival, country: CN, times: 0.7}", id="a holiday"),
        pytest.param("{workdays: CN, times: 0.7}", id="working days"),
        pytest.param("{day: spring-festival, times: 0.7}", id="a day of our own"),
    ],
)
def test_holidays_are_imported_for_the_rules_that_need_them(rule: str) -> None:
    script = (
        "import sys\n"
        "from target_cascade.cli.app import main\n"
        "sys.argv = ['plan', 'split', '-']\n"
        "assert main() == 0\n"
        "print('holidays' in sys.modules, file=sys.stderr)\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script],
        input=f"year: 2012\ntarget: 40M\ndays: [{rule}]\n".encode(),
        env=environment(),
        capture_output=True,
        check=True,
    )
    assert shown.stderr.decode().split()[-1] == str("spring-festival" not in rule)


def test_package_imports_nothing_before_it_is_used() -> None:
    script = "import sys, target_cascade; print(*[name for name in sys.modules if 'target_cascade' in name])"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    loaded = [name for name in shown.stdout.decode().split() if not name.startswith("_")]
    assert loaded == ["target_cascade"]
