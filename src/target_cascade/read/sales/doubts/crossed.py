"""Tables whose rows and columns both name periods, or whose header has lost a cell: they are not read."""

from collections.abc import Sequence

from target_cascade.errors import InputError
from target_cascade.read.sales.period_cell import read_when
from target_cascade.read.tables.grid import Cell

_FEW = 3
_DAYS = [str(day) for day in range(1, 29)]


def check_days_down(rows: Sequence[Sequence[Cell]], line: int) -> None:
    """Raises `InputError` where the days of a month stand below row `line`, which has months."""
    for column in zip(*rows[line + 1 :], strict=True):
        below = [cell for cell in column if cell.text.isascii() and cell.text.isdigit()]
        if [cell.text for cell in below[: len(_DAYS)]] == _DAYS:
            message = "days stand down and months across, and of such a cross the days are not read"
            hint = "write a row for each day, such as `2011-01-15,780`, or the sums of the months"
            raise InputError(below[0].mark.problem(f"{message}; {hint}"))


def check_header_lost(rows: Sequence[Sequence[Cell]], size: int) -> None:
    """Raises `InputError` where a column has more periods than the `size` of the row that seems to have
    them, below the name of something else."""
    for column in zip(*rows, strict=True):
        places = [i for i, cell in enumerate(column) if _is_period(cell)]
        above = [i for i in range(places[0] if places else 0) if column[i].text]
        if len(places) > max(size, _FEW) and above and sum(bool(cell.text) for cell in rows[above[-1]]) == 1:
            name = column[above[-1]]
            message = f"`{name.text}` stands above months or days, as their header"
            hint = f"write a header with a cell for each column, such as `month,{name.text}`"
            raise InputError(name.mark.problem(f"{message}; {hint}"))


def _is_period(cell: Cell) -> bool:
    when = read_when(cell.text)
    return when is not None and when.is_fine and not when.weak
