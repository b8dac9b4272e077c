"""The command: workers that fuzz, and a watch over them that saves what hangs or kills one."""

import argparse
import multiprocessing
import multiprocessing.connection
import resource
import sys
import tempfile
import time
import traceback
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from fuzz.lines import PACKAGE
from fuzz.loop import MEGABYTES, Result, Run, peak, read_case, save, write_case
from fuzz.targets import TARGETS

_HANGS = 30.0
"""Seconds after which a worker is ended: what takes longer may be in a library that nothing interrupts."""
_MOST_BYTES = 2_000_000_000


def main() -> int:
    """Run, and give the exit status: 1 where there are findings."""
    options = _options()
    folder = options.findings or Path(tempfile.mkdtemp(prefix="findings-"))
    if options.again:
        return _again(options.again)
    found: list[str] = []
    names = list(TARGETS) if options.target == "all" else [options.target]
    for name in names:
        found += watched(name, options.seconds / len(names), options.seed, folder)
    for kind in found:
        print(f"finding: {kind}")
    print(f"{len(found)} findings" + (f", saved in {folder}" if found else ""))
    return 1 if found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python tests/fuzz", description="See docs/fuzzing.md.")
    parser.add_argument("target", choices=[*TARGETS, "all"], nargs="?", default="all")
    parser.add_argument("--seconds", type=float, default=60.0, help="of all targets together")
    parser.add_argument("--seed", type=int, default=0, help="another one looks elsewhere")
    parser.add_argument("--findings", type=Path, help="the folder that inputs are saved in")
    parser.add_argument("--again", type=Path, help="ask a saved input again")
    return parser.parse_args()


def watched(name: str, seconds: float, seed: int, folder: Path) -> list[str]:
    """Fuzz a target for `seconds`; kinds of findings. A worker that ends early is replaced."""
    end = time.monotonic() + seconds
    found: list[str] = []
    while time.monotonic() < end:
        since = multiprocessing.Value("d", time.monotonic())
        receiver, sender = multiprocessing.Pipe(duplex=False)
        worker = multiprocessing.Process(target=_work, args=(name, seed, folder, end, since, sender))
        worker.start()
        kind = _wait(worker, since)
        if receiver.poll():
            found += receiver.recv()
        if kind:
            place = folder / f"work-{name}-{seed}" / TARGETS[name].file
            found.append(f"{kind}: {save(folder, name, read_case(place)[1], kind, '').name}")
        seed += 1000
    return found


def _wait(worker: multiprocessing.Process, since: "Synchronized[float]") -> str:
    """Until the worker ends; how, if not well."""
    while worker.is_alive():
        worker.join(0.5)
        if worker.is_alive() and time.monotonic() - since.value > _HANGS:
            worker.kill()
            worker.join()
            return f"no answer in {_HANGS:.0f} s"
    if worker.exitcode == 3:
        return f"more than {MEGABYTES} MB"
    return f"the process ended with {worker.exitcode}" if worker.exitcode else ""


def _work(
    name: str,
    seed: int,
    folder: Path,
    end: float,
    since: "Synchronized[float]",
    sender: "multiprocessing.connection.Connection",
) -> None:
    """A worker: fuzzes to the end, sends the kinds of its findings and prints what it did."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    run = Run(name, seed, folder)

    def begins() -> None:
        since.value = time.monotonic()

    start = time.monotonic()
    try:
        result = run.until(lambda _: time.monotonic() >= end, begins)
    except MemoryError:
        sender.send(_named(run))
        sys.exit(3)
    sender.send(_named(run))
    _print(name, result, time.monotonic() - start)


def _named(run: Run) -> list[str]:
    return [f"{kind}: {path.name}" for kind, path in run.findings.items()]


def _print(name: str, result: Result, seconds: float) -> None:
    rate = result.runs / seconds
    print(
        f"{name}: {result.runs:,} inputs in {seconds:.0f} s ({rate:.0f} a second), {result.answers} kinds of"
    )
    print(f"  answers, {peak():.0f} MB at the most; lines of functions reached:")
    for module in sorted(Path(PACKAGE).rglob("*.py")):
        reached, total = result.lines.reached(module)
        if reached and ("read" in module.parts or module.stem.startswith("formula")):
            print(f"  {reached / total:4.0%} of {total:4d}  {module.relative_to(PACKAGE)}")
    sys.stdout.flush()


def _again(path: Path) -> int:
    """Ask a saved input again, in a folder of its own, and show what comes of it."""
    name, case = read_case(path)
    place = Path(tempfile.mkdtemp()) / TARGETS[name].file
    write_case(place, name, case)
    start = time.process_time()
    try:
        print(TARGETS[name].answer(place, case))
    except Exception:  # noqa: BLE001 it is what is looked for
        traceback.print_exc()
    print(f"{time.process_time() - start:.2f} s, {peak():.0f} MB at the most")
    return 0
