"""How fast a year is handed to many people: `python tests/benchmarks/cascade.py [--leaves N]`.

The part weeks of the e-commerce example go to stores, 3,000 by default, in three ways:

- a tree: to 30 regions by the sums of their stores, and from each region to its stores;
- one parent: to all stores at once;
- starts: the same, but half of the stores open during the year, some in every part week, and grow
  for four. Then the sums of the weights differ, and so the fractions have long denominators.

The same stores are split with pandas too, the plain way: quota × weight ÷ sum of the weights, rounded.
That is faster and does not add up; by how much is printed. pandas is needed for nothing else:
`pip install -e '.[bench]'`. Times are of the processor, in the fastest
of five runs, or in one above 10,000 stores.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from target_cascade import load_plan, split
from target_cascade.engine.people.assign import assign, shares

EXAMPLE = Path(__file__).parents[2] / "examples" / "ecommerce" / "plan.yaml"
REGIONS = 30
RAMP_WEEKS = 4

Amounts = list[int]
Stores = list[tuple[int, Sequence[int]]]
"""Weights, and the pattern of the part weeks."""
Result = TypeVar("Result")


def main() -> int:
    """Measure and print; 2 where pandas is missing."""
    parser = argparse.ArgumentParser(description="How fast a year is handed to many people.")
    parser.add_argument("--leaves", type=int, default=3000, metavar="N", help="stores (default: 3000)")
    leaves = parser.parse_args().leaves
    if leaves < REGIONS:
        parser.error(f"--leaves {leaves}: each of {REGIONS} regions needs a store")
    try:
        pandas = import_module("pandas")
    except ModuleNotFoundError:
        print(
            "pandas is missing, and the kernel is compared with it: pip install -e '.[bench]'",
            file=sys.stderr,
        )
        return 2
    parts = [part for month in split(load_plan(EXAMPLE)).months for part in month.parts]
    amounts, days = [int(part.amount) for part in parts], [part.period.days for part in parts]
    draw = Random(5)
    weights = [draw.randrange(100, 10_000) for _ in range(leaves)]
    compare(pandas, amounts, weights, days)
    return 0


def compare(pandas: Any, amounts: Amounts, weights: list[int], days: list[int]) -> None:
    """Print a line per way of splitting, and what the plain way leaves open."""
    cells = len(weights) * len(amounts)
    print(
        f"{len(weights):,} stores × {len(amounts)} part weeks = {cells:,} cells; {sum(amounts):,} in the year"
    )
    runs = 5 if len(weights) <= 10_000 else 1
    stores: Stores = [(weight, days) for weight in weights]
    by_pandas(pandas, amounts[:1], weights[:1])  # its first call loads half of it
    plain, rounded = timed(lambda: by_pandas(pandas, amounts, weights), runs)
    print(f"pandas      {plain:8.3f} s {cells / plain:13,.0f} cells a second")
    for name, way in {
        "a tree": lambda: by_regions(amounts, stores),
        "one parent": lambda: by_weight(amounts, stores),
        "starts": lambda: by_weight(amounts, with_starts(weights, days)),
    }.items():
        seconds, rows = timed(way, runs)
        assert [sum(column) for column in zip(*rows, strict=True)] == amounts
        speed = f"{seconds:8.3f} s {cells / seconds:13,.0f} cells a second"
        print(f"{name:11} {speed}, {seconds / plain:5.1f} times as long; every column adds up")
    off = [sum(column) - amount for column, amount in zip(rounded, amounts, strict=True)]
    print(f"columns of pandas that do not add up: {sum(map(bool, off))} of {len(off)},", end=" ")
    print(f"from {min(off):+,} to {max(off):+,}; in the year {sum(off):+,}")


def by_pandas(pandas: Any, amounts: Amounts, weights: list[int]) -> list[list[int]]:
    """The columns of a plain split."""
    stores = pandas.DataFrame({"weight": weights})
    share = stores.weight / stores.weight.sum()
    quotas = pandas.DataFrame(
        {t: (amount * share).round().astype("int64") for t, amount in enumerate(amounts)}
    )
    return [quotas[t].tolist() for t in quotas]


def by_weight(amounts: Amounts, stores: Stores) -> list[list[int]]:
    """All stores under one parent."""
    return assign(amounts, *shares(amounts, stores))


def by_regions(amounts: Amounts, stores: Stores) -> list[list[int]]:
    """Regions first, then each region's stores; the stores lie in regions by turns."""
    days = stores[0][1]
    regions = [stores[place::REGIONS] for place in range(REGIONS)]
    given = by_weight(amounts, [(sum(weight for weight, _ in region), days) for region in regions])
    return [row for share, region in zip(given, regions, strict=True) for row in by_weight(share, region)]


def with_starts(weights: list[int], days: list[int]) -> Stores:
    """Every second store starts in some part week, at a quarter of its weight, and grows by quarters."""
    full = [RAMP_WEEKS * count for count in days]
    growing = [
        [count * min(RAMP_WEEKS, max(0, t - start + 1)) for t, count in enumerate(days)]
        for start in range(len(days))
    ]
    return [(weight, growing[i // 2 % len(days)] if i % 2 else full) for i, weight in enumerate(weights)]


def timed(way: Callable[[], Result], runs: int) -> tuple[float, Result]:
    """Processor seconds of the fastest of so many runs, and what came out."""
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        result = way()
        seconds.append(time.process_time() - start)
    return min(seconds), result


if __name__ == "__main__":
    sys.exit(main())
