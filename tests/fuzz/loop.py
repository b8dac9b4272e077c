"""The loop: mutate, ask, keep what reached something new, save what should not be."""

import hashlib
import json
import random
import re
import resource
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from fuzz.lines import PACKAGE, Lines
from fuzz.targets import TARGETS, Case, Target

SECONDS = 1.0
MEGABYTES = 200
"""What an input may take: of the whole process, as a user would see it."""
_HELD = 4_000
_LARGEST = 2_000_000
"""Bytes of an input that is kept to be mutated further: larger ones come anew, from small ones."""


class Result(NamedTuple):
    """What a run did; `findings` are kinds of failure, each saved once."""

    runs: int
    findings: tuple[str, ...]
    answers: int
    lines: Lines


class Run:
    """One worker on one target; `folder` gets the case under way and all findings.

    Where it has its process `alone`, lines guide it, and the process may have no more than `MEGABYTES`.
    """

    def __init__(self, target: str, seed: int, folder: Path, alone: bool = True) -> None:
        self.name, self.target = target, TARGETS[target]
        self.alone = alone
        self.rng = random.Random(f"{target} {seed}")
        self.folder = folder
        self.place = folder / f"work-{target}-{seed}"
        self.place.mkdir(parents=True, exist_ok=True)
        self.path = self.place / self.target.file
        self.held = self.target.seeds(self.rng)
        self.fresh: list[Case] = []
        self.answers: Counter[str] = Counter()
        self.findings: dict[str, Path] = {}
        self.lines = Lines()
        self.runs = 0

    def until(self, is_over: Callable[[int], bool], begins: Callable[[], None] = lambda: None) -> Result:
        """Run the seeds, then mutations of them, until `is_over` of the number of mutations."""
        for case in list(self.held):
            begins()
            self.one(case)
        seeds = self.runs
        while not is_over(self.runs - seeds):
            # What has reached something new lately leads further than what has been tried for long.
            source = self.fresh if self.fresh and self.rng.random() < 0.4 else self.held
            # Of two the shorter one: long files take long, and say little more.
            chosen = min(self.rng.choice(source), self.rng.choice(source), key=lambda c: len(c.content))
            begins()
            case = self.target.mutated(self.rng, chosen, self.held)
            self.one(case)
        return Result(self.runs, tuple(self.findings), len(self.answers), self.lines)

    def one(self, case: Case) -> None:
        """Ask, and keep the case if its answer or the lines it reached are new."""
        write_case(self.path, self.name, case)
        before = self.lines.count
        start = time.process_time()
        try:
            kind = self._answer(case)
        except Exception as error:  # noqa: BLE001 whatever it is, it is a finding
            kind = _kind_of(error)
            self._found(case, kind, traceback.format_exc())
        self.runs += 1
        if time.process_time() - start > SECONDS:
            self._check_slow(case)
        if self.alone and peak() > MEGABYTES:
            raise MemoryError(f"more than {MEGABYTES} MB")
        self.answers[kind] += 1
        if (self.lines.count > before or self.answers[kind] == 1) and len(case.content) < _LARGEST:
            self._keep(case)

    def _answer(self, case: Case) -> str:
        if self.alone:
            return self.lines.run(lambda: self.target.answer(self.path, case))
        return self.target.answer(self.path, case)

    def _keep(self, case: Case) -> None:
        self.held.append(case)
        self.fresh = [*self.fresh[-200:], case]
        if len(self.held) > _HELD:
            self.held.pop(self.rng.randrange(_HELD // 2))

    def _check_slow(self, case: Case) -> None:
        """A finding if it takes long again, without being traced: twice, as others use the machine too."""
        times = []
        for _ in range(2):
            start = time.process_time()
            ask(self.target, self.path, case)
            times.append(time.process_time() - start)
        if (seconds := min(times)) > SECONDS:
            self._found(case, "slow", f"{seconds:.2f} s")

    def _found(self, case: Case, kind: str, said: str) -> None:
        if kind not in self.findings:
            self.findings[kind] = save(self.folder, self.name, case, kind, said)


def ask(target: Target, path: Path, case: Case) -> str:
    """The answer, or what kind of failure there is."""
    try:
        return target.answer(path, case)
    except Exception as error:  # noqa: BLE001 whatever it is, it is a finding
        return _kind_of(error)


def peak() -> float:
    """Megabytes that this process has had at once, at the most."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says also counts the process that this one was forked from.
        highest = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8"))
        if highest is not None:
            return int(highest[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write_case(path: Path, name: str, case: Case) -> None:
    """The file, with what goes with it beside it, so that a case outlives the process that it kills."""
    path.write_bytes(case.content)
    if case.texts:
        path.with_suffix(".json").write_text(json.dumps([name, *case.texts]), encoding="utf-8")
    if name == "plan":
        # A plan may name a file; itself is as good as any.
        path.with_name("base.csv").write_bytes(_BASE)


_BASE = (
    "month,成交金额（万元）\n" + "".join(f"2026-{month:02d},{month}\n" for month in range(1, 13))
).encode()


def read_case(path: Path) -> tuple[str, Case]:
    """The target and the case of a file that `save` or `write_case` has written."""
    name, *texts = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return name, Case(path.read_bytes(), tuple(texts))


def save(folder: Path, name: str, case: Case, kind: str, said: str) -> Path:
    """Save a finding: the input, what goes with it, and what was wrong."""
    number = hashlib.sha256(case.content).hexdigest()[:8]
    path = folder / f"{name}-{number}{Path(TARGETS[name].file).suffix}"
    write_case(path, "", case)
    path.with_suffix(".json").write_text(json.dumps([name, *case.texts]), encoding="utf-8")
    path.with_suffix(".txt").write_text(f"{kind}\n\n{said}\n", encoding="utf-8", errors="backslashreplace")
    return path


def _kind_of(error: Exception) -> str:
    """The error and the place in the package that it comes from."""
    places = traceback.extract_tb(error.__traceback__)
    own = [place for place in places if place.filename.startswith(PACKAGE)] or places
    last = own[-1]
    said = str(error)[:30] if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} {said} at {Path(last.filename).name}:{last.lineno}".replace("  ", " ")
