"""What stands before a column or a row of numbers, and whether it lets them be months."""

from collections.abc import Sequence

from target_cascade.pattern import Pattern
from target_cascade.read.sales.header_words import names_day, names_hour, names_period, names_year
from target_cascade.read.sales.period_cell import When
from target_cascade.read.tables.grid import Cell

_MONTHLY = Pattern(r"月|期|month|mon\b|mth|period|row labels|行标签|^(?:fy)? ?(?:19|20)\d\d年?$")


def numbers_else(name: str, fine: Sequence[When], is_line: bool) -> bool:
    """Whether numbers from 1 to 12 are those of something else than months: of shops, of hours."""
    if not name or not fine or any(when.kind != "month" or when.year for when in fine):
        return False
    if names_day(name) or names_hour(name):
        return True
    return not (is_line or names_period(name) or names_year(name) or _MONTHLY.search(name.lower()))


def name_before(lane: Sequence[Cell], whens: Sequence[When | None]) -> str:
    """The text that stands before the first period of a lane, nearest to it: perhaps its name."""
    first = next((i for i, when in enumerate(whens) if when is not None and when.is_fine), 0)
    texts = [cell.text for cell, when in zip(lane[:first], whens, strict=False) if cell.text and when is None]
    return next((text for text in texts if names_period(text)), texts[-1] if texts else "")
