"""Golden cases: the sessions of sessions/*.txt, in a folder with the plans of plans/.

`$ ` begins a command: `plan …` with variables before it and `< FILE`, `| head -n N` or `| tail -n N`
behind it, `cat FILE` or `ls`. Below it stands what it prints; lines of stderr begin with `! `, and the
status is told where it is not 0. `pytest tests/cli --update-golden` writes what is printed now.
"""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from screens import Shown, run_plan

HERE = Path(__file__).parent
SESSIONS = sorted((HERE / "sessions").glob("*.txt"))


@pytest.mark.parametrize("session", [pytest.param(path, id=path.stem) for path in SESSIONS])
def test_session_prints_what_it_did(
    session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    shutil.copytree(HERE / "plans", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    before = session.read_text(encoding="utf-8")
    after = played(before, monkeypatch)
    if update_golden:
        session.write_text(after, encoding="utf-8", newline="\n")
        before = after
    assert after == before


def played(text: str, patch: pytest.MonkeyPatch) -> str:
    """The session with what its commands print now."""
    kept = [line for line in text.splitlines() if line.startswith(("# ", "$ "))]
    return "".join(
        f"{line}\n{printed(line.removeprefix('$ '), patch)}" if line.startswith("$ ") else f"{line}\n"
        for line in kept
    )


def printed(command: str, patch: pytest.MonkeyPatch) -> str:
    words, _, pipe = command.partition(" | ")
    shown = run(shlex.split(words), patch)
    lines = shown.output.decode("utf-8").splitlines()
    if match := re.fullmatch(r"(head|tail) -n (\d+)", pipe):
        count = int(match[2])
        lines = lines[:count] if match[1] == "head" else lines[-count:]
    lines += [f"! {line}" for line in shown.messages.decode("utf-8").splitlines()]
    if shown.status:
        lines.append(f"[status {shown.status}]")
    return "".join(f"{line}\n" for line in lines)


def run(words: list[str], patch: pytest.MonkeyPatch) -> Shown:
    match words:
        case ["cat", path]:
            return Shown(Path(path).read_bytes())
        case ["ls"]:
            return Shown("".join(f"{path.name}\n" for path in sorted(Path().iterdir())).encode())
    stdin = b""
    if "<" in words:
        *words, _, path = words
        stdin = Path(path).read_bytes()
    with patch.context() as around:
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            around.setenv(name, value)
        assert words[0] == "plan"
        return run_plan(words[1:], patch, stdin)
