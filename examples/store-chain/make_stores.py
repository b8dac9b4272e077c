"""Writes the stores of a chain to stdout, as the file that the plan beside this one reads.

    python examples/store-chain/make_stores.py > examples/store-chain/stores.csv

The same number of stores is the same file: their sizes follow from their numbers.
"""

import csv
import sys

REGIONS = ("North", "East", "South", "West", "Centre")
STORES = 3000


def rows(stores: int) -> list[list[str]]:
    """The stores, each with its codes and what it has."""
    made = []
    for number in range(stores):
        region = REGIONS[number % len(REGIONS)]
        district = f"{region} {number // len(REGIONS) % 12 + 1:02d}"
        size = 120 + number * 541 % 880  # square metres
        opened = f"2027-{number // 43 % 11 + 2:02d}" if number % 43 == 17 else ""
        closes = "2027-08" if number % 113 == 59 and not opened else ""
        last_year = "" if opened else str(size * (2_350 + number * 104_729 % 900))
        made.append([region, district, f"{number + 1:05d}", str(size), opened, closes, last_year])
    return made


def main() -> None:
    """Write them; a number after the command is how many."""
    stores = int(sys.argv[1]) if len(sys.argv) > 1 else STORES
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["region", "district", "store", "size", "start", "end", "last_year"])
    writer.writerows(rows(stores))


if __name__ == "__main__":
    main()
