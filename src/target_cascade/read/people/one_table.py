"""Of the sheets of a workbook, the one that has the columns."""

from collections.abc import Callable, Sequence

from target_cascade.errors import InputError, Located
from target_cascade.read.people.light_table import LightTable
from target_cascade.read.people.named_columns import Columns
from target_cascade.read.tables.listing import listed


def one_of(
    tables: Sequence[LightTable], section: str, find: Callable[[LightTable], Columns]
) -> tuple[LightTable, Columns]:
    """The one table in which `find` finds its columns. Raises `InputError` where several have them, and
    what is wrong with the first where none has."""
    found: list[tuple[LightTable, Columns]] = []
    errors: list[InputError] = []
    for table in tables:
        try:
            found.append((table, find(table)))
        except InputError as error:
            errors.append(error)
    if not found:
        raise min(errors, key=lambda error: len(error.problems))
    if len(found) > 1:
        names = listed([table.sheet for table, _ in found])
        hint = f"say which with `{section}: {{file: …, sheet: …}}`"
        message = f"{len(found)} sheets have these columns: {names}; {hint}"
        raise InputError(Located(found[0][0].name, 1, 1, message))
    return found[0]
