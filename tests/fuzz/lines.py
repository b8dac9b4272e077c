"""Which lines of the package have run: what guides the fuzzer, and what it reports."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import target_cascade

PACKAGE = str(Path(target_cascade.__file__).parent)


_MOST = 400
"""Lines of one function that are looked at in one run: to look at all of a long loop takes too long."""


class Lines:
    """Lines not yet run, by function. A function whose lines have all run costs nothing any more."""

    def __init__(self) -> None:
        self.left: dict[CodeType, set[int]] = {}
        self.count = 0
        self._seen: Counter[CodeType] = Counter()

    def run(self, call: Callable[[], str]) -> str:
        """What `call` gives; `count` grows by the lines that have run for the first time."""
        self._seen.clear()
        sys.settrace(self._called)
        try:
            return call()
        finally:
            sys.settrace(None)

    def _called(self, frame: FrameType, event: str, arg: object) -> Any:  # noqa: ARG002
        code = frame.f_code
        left = self.left.get(code)
        if left is None:
            left = self.left[code] = lines_of(code) if code.co_filename.startswith(PACKAGE) else set()
        return self._ran if left and self._seen[code] < _MOST else None

    def _ran(self, frame: FrameType, event: str, arg: object) -> Any:  # noqa: ARG002
        code, line = frame.f_code, frame.f_lineno
        left = self.left[code]
        self._seen[code] += 1
        if event == "line" and line in left:
            left.remove(line)
            self.count += 1
        if not left or self._seen[code] >= _MOST:
            frame.f_trace_lines = False  # To return None would not stop it.
        return self._ran

    def reached(self, module: Path) -> tuple[int, int]:
        """How many lines of a module's functions have run, and how many there are."""
        codes = list(functions(compile(module.read_text(encoding="utf-8"), str(module), "exec")))
        left = {_key(code): lines for code, lines in self.left.items() if code.co_filename == str(module)}
        lines = {_key(code): lines_of(code) for code in codes}
        total = sum(map(len, lines.values()))
        return total - sum(len(left.get(key, whole)) for key, whole in lines.items()), total


def _key(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def lines_of(code: CodeType) -> set[int]:
    """The lines of a function's own body."""
    return {line for _, _, line in code.co_lines() if line is not None and line != code.co_firstlineno}


def functions(code: CodeType) -> Iterator[CodeType]:
    """The functions in the code of a module, at any depth; the bodies of classes run at import."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_flags & 2:  # it has locals of its own: no class
                yield inner
            yield from functions(inner)
