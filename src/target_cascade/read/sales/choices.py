"""What a plan decides about a file that it reads."""

from typing import NamedTuple


class Choices(NamedTuple):
    """What a plan decides where a file leaves a choice; None where it does not say.

    With `year_given`, months without a year are of the year that is asked for, whatever a title says;
    the months that have their labels in `may_lack` may be without a row or an amount.
    """

    column: str | None = None
    unit: str | None = None
    sheet: str | None = None
    year_given: bool = False
    may_lack: frozenset[str] = frozenset()
