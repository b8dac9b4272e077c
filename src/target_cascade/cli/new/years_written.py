"""Which years last year's file is written with: what a plan's year may be found by."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from target_cascade.read.tables.files import read_grids

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d) ?[-/.年] ?(1[0-2]|0?[1-9])(?!\d)", re.ASCII)
_FIGURE = re.compile(r"[-+]?[\d,]+(?:\.\d+)?", re.ASCII)
_MONTHS = 12
_MOST_YEARS = 3  # that last year's file is tried for


class YearsWritten(NamedTuple):
    """`full` are the years that as many cells as a year has months are written with, the latest first;
    not many. `likeliest` is the one to look at where the file is none of them, None where no year is in
    it: a title may be all that has it, and that may be when the file was exported. `ends_in` is the
    last month that is written with it, 12 where none is."""

    full: tuple[int, ...] = ()
    likeliest: int | None = None
    ends_in: int = 12


def years_written(path: str) -> YearsWritten:
    """The years in the cells of a file of sales.

    Raises `InputError` where it cannot be read as a table.
    """
    cells: Counter[int] = Counter()
    weights: dict[int, int] = {}
    months: dict[int, int] = {}
    for texts in _rows(path):
        for text in texts:
            years = set(map(int, _YEAR.findall(text)))
            cells.update(years)
            if _FIGURE.fullmatch(text) and not _MONTH.fullmatch(text):  # an amount, or a year without months
                continue
            for year in years:
                # A year beside amounts counts more than one of a title, which stands alone in its row.
                weights[year] = min(weights.get(year, 0) + (len(texts) > 1), 2)
            for year, month in _MONTH.findall(text):
                months[int(year)] = max(months.get(int(year), 0), int(month))
    full = sorted((year for year, count in cells.items() if count >= _MONTHS), reverse=True)[:_MOST_YEARS]
    likeliest = max(weights, key=lambda year: (weights[year], year), default=None)
    likeliest = full[0] if likeliest is None and full else likeliest
    return YearsWritten(tuple(full), likeliest, months.get(likeliest or 0, 12))


def _rows(path: str) -> Iterator[list[str]]:
    for grid in read_grids(path, "the base"):
        for row in grid.rows:
            yield [cell.text for cell in row if cell.text]
