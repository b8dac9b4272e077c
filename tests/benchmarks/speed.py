"""How fast a plan is split: `python tests/benchmarks/speed.py` (add a number for that many runs).

Prints two figures, each from one run on this machine:

- whole processes: the wall time of `plan split` on the e-commerce example divided by that of importing
  its fixed libraries, in pairs that alternate, so that both see the same machine (aim: ≤ 1.35);
- the engine: months, weeks and days of that plan, already read (aim: ≤ 15 ms).
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

EXAMPLE = Path(__file__).parents[2] / "examples" / "ecommerce" / "plan.yaml"
LIBRARIES = [sys.executable, "-c", "import typer, pydantic, yaml, rich.table"]
COMMAND = [str(Path(sys.executable).with_name("plan")), "split", str(EXAMPLE)]


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    pairs = [(wall(COMMAND), wall(LIBRARIES)) for _ in range(runs + 2)][2:]
    ratios = sorted(command / libraries for command, libraries in pairs)
    print(f"plan split           {median(c for c, _ in pairs) * 1000:6.0f} ms, median of {runs} processes")
    print(f"its libraries        {median(b for _, b in pairs) * 1000:6.0f} ms")
    print(f"ratio, pair by pair  {median(ratios):6.2f} (from {ratios[0]:.2f} to {ratios[-1]:.2f})")
    times = engine_times(runs)
    print(f"engine               {median(times) * 1000:6.1f} ms (from {times[0] * 1000:.1f})")


def wall(command: list[str]) -> float:
    """Seconds of one process from start to end, its output thrown away."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def engine_times(runs: int) -> list[float]:
    """Seconds of the engine alone, ascending."""
    from target_cascade import load_plan, split

    plan = load_plan(EXAMPLE)
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        days = sum(len(week.parts) for month in split(plan).months for week in month.parts)
        times.append(time.perf_counter() - start)
        assert days == 366
    return sorted(times)


if __name__ == "__main__":
    main()
