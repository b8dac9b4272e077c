"""The day on which a file was made, which no month in it can be after."""

from collections.abc import Sequence

from target_cascade.calendar import PlanYear
from target_cascade.errors import ChoiceError
from target_cascade.read.sales.header_words import made_on
from target_cascade.read.sales.period_cell import When
from target_cascade.read.sales.timeline import Timeline
from target_cascade.read.sales.totals import AmountRow


def check_made_on(time: Timeline, mine: Sequence[AmountRow], year: PlanYear) -> None:
    """Raises `ChoiceError` where months without a year are of a later month than the file was made in."""
    around = [cell for row in time.rows if row.when is None for cell in row.cells]
    last = max((row for row in mine if row.amount), key=lambda row: _place(row.when), default=None)
    for cell in (*time.frame.titles, *time.frame.notes, *around):
        made = made_on(cell.text)
        if last is None or made is None or made >= _place(last.when):
            continue
        message = (
            f"`{cell.text}` is before `{last.at.text}` ({last.at.where}) of {last.when.year}: perhaps a"
            f" base of the wrong year; say which it is with `base: {{file: …, year: {year.label}}}`"
        )
        choices = (str(made[0] - 1), year.label)
        raise ChoiceError(cell.mark.problem(message), key="year", choices=choices)


def _place(when: When) -> tuple[int, int]:
    return when.year, when.month
