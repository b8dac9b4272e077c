"""The screens in README and docs, run as a reader would run them.

In a ```console block, a line that begins with `$ ` is a command and the lines below it are what it
prints. A ```yaml block whose first line is a comment with a file's name, `# plan.yaml`, is that
file. Both stand in a folder that holds a copy of `examples/`, as in a checkout.
"""

import io
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from target_cascade.cli.app import main

_BLOCK = re.compile(r"(?<=^```)(console|yaml)\n(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# (\S+\.yaml)\n")


class Shown(NamedTuple):
    """What a command prints: stdout, then stderr, and the status that it ends with."""

    output: bytes
    messages: bytes = b""
    status: int = 0

    @property
    def text(self) -> str:
        """Both as a terminal shows them."""
        return (self.output + self.messages).decode("utf-8")


def run_page(markdown: str, folder: Path, patch: pytest.MonkeyPatch) -> str:
    """The page with what its commands print in `folder` now."""
    patch.chdir(folder)
    patch.setenv("COLUMNS", "80")

    def block(match: re.Match[str]) -> str:
        language, body = match.groups()
        if language == "console":
            return f"console\n{''.join(_screen(body, patch))}"
        if named := _FILE.match(body):
            (folder / named[1]).write_text(body, encoding="utf-8")
        return match[0]

    return _BLOCK.sub(block, markdown)


def commands(markdown: str) -> list[str]:
    """The commands of a page's screens."""
    bodies = (body for language, body in _BLOCK.findall(markdown) if language == "console")
    return [line[2:] for body in bodies for line in body.splitlines() if line.startswith("$ ")]


def fragments(markdown: str) -> list[str]:
    """The pieces of plans on a page, without those that are a file."""
    return [
        body for language, body in _BLOCK.findall(markdown) if language == "yaml" and not _FILE.match(body)
    ]


def same_help(one: str, other: str) -> bool:
    """Whether two help texts say the same; how types are bracketed is typer's and changes with it."""
    return _help_words(one) == _help_words(other)


def _help_words(text: str) -> list[str]:
    return re.sub(r"<str>|[][<>{}\\]", "", text).split()


def _screen(body: str, patch: pytest.MonkeyPatch) -> Iterator[str]:
    for shown in re.split(r"^(?=\$ )", body, flags=re.MULTILINE):
        if not shown:
            continue
        line, _, before = shown.partition("\n")
        after = _run(line.removeprefix("$ "), patch).text
        keep = line.endswith("--help") and same_help(before, after)
        yield f"{line}\n{before if keep else after}"


def _run(command: str, patch: pytest.MonkeyPatch) -> Shown:
    """`plan` and a few commands of the shell, with `|` between them and `> FILE` behind them."""
    parts = shlex.shlex(command, posix=True, punctuation_chars="|>")
    parts.whitespace_split = True
    words = list(parts)
    target = words.pop() if ">" in words else ""
    stages = [list(stage) for bar, stage in groupby(words, "|".__eq__) if not bar]
    shown = Shown(b"")
    for stage in stages:
        shown = _run_stage([word for word in stage if word != ">"], shown, patch)
    if target:
        Path(target).write_bytes(shown.output)
        return shown._replace(output=b"")
    return shown


def _run_stage(words: list[str], before: Shown, patch: pytest.MonkeyPatch) -> Shown:
    match words:
        case ["plan", *arguments]:
            return run_plan(arguments, patch, before.output)
        case ["cat", path]:
            return Shown(Path(path).read_bytes())
        case ["cp", path, "."]:
            shutil.copy(path, ".")
            return Shown(b"")
        case ["head", "-n", count, *path]:
            content = Path(path[0]).read_bytes() if path else before.output
            return before._replace(output=b"".join(content.splitlines(keepends=True)[: int(count)]))
        case ["tail", "-n", count, *path]:
            content = Path(path[0]).read_bytes() if path else before.output
            return before._replace(output=b"".join(content.splitlines(keepends=True)[-int(count) :]))
    raise ValueError(f"no screen can show `{' '.join(words)}`")


def run_plan(arguments: list[str], patch: pytest.MonkeyPatch, stdin: bytes = b"") -> Shown:
    """What `plan` prints with these arguments."""
    streams = {
        name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for name in ("out", "err")
    }
    with patch.context() as run:
        run.setattr(sys, "argv", ["plan", *arguments])
        run.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        run.setattr(sys, "stdout", streams["out"])
        run.setattr(sys, "stderr", streams["err"])
        status = main()
        for stream in streams.values():
            stream.flush()
    out, err = (stream.buffer.getvalue() for stream in streams.values())
    return Shown(out, err, status)
