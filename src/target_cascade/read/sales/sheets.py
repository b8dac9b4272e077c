"""Of the sheets of a workbook, the one that is meant."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from target_cascade.errors import ChoiceError, InputError, Located
from target_cascade.read.sales.doubts.claims import NotSalesError
from target_cascade.read.sales.header_words import meaning_of
from target_cascade.read.sales.layout import NoTableError
from target_cascade.read.tables.grid import Grid
from target_cascade.read.tables.listing import listed

_Read = TypeVar("_Read")

_MOST_PROBLEMS = 20  # A file in another form has one in each row.


def read_one_of(
    grids: Sequence[Grid],
    read: Callable[[Grid], _Read],
    may_be_meant: Callable[[Grid], bool] = lambda _: False,
) -> _Read:
    """What `read` makes of the one grid that it can read.

    Raises `ChoiceError` where it can read two, or where one that it cannot read `may_be_meant`; and the
    error of the grid that comes nearest where it can read none.
    """
    done: list[tuple[Grid, _Read]] = []
    errors: list[tuple[Grid, InputError]] = []
    for grid in grids:
        try:
            done.append((grid, read(grid)))
        except InputError as error:
            errors.append((grid, error))
    meant = [(grid, result) for grid, result in done if meaning_of(grid.sheet) != "other"] or done
    if not meant:
        raise max((error for _, error in errors), key=_nearness)
    if len(meant) > 1:
        raise _several([grid for grid, _ in meant])
    for grid, why in errors:
        if meaning_of(grid.sheet) != "other" and _nearness(why) > 1 and may_be_meant(grid):
            raise _broken(meant[0][0], grid, why)
    return meant[0][1]


def _nearness(error: InputError) -> int:
    """How far a sheet was understood before it could not be: what is wrong with the best is told."""
    if isinstance(error, NoTableError):
        return 0
    is_aside = isinstance(error, NotSalesError) or (isinstance(error, ChoiceError) and error.key == "year")
    return 1 if is_aside else 2


def _broken(read: Grid, other: Grid, error: InputError) -> ChoiceError:
    message = (
        f"sheet `{read.sheet}` can be read, and sheet `{other.sheet}` may be the one that is meant, but for"
        f" this; say which with `base: {{file: …, sheet: …}}`"
    )
    problem = error.problems[0]
    problem = problem._replace(message=f"{problem.message} ({message})")
    return ChoiceError(problem, key="sheet", choices=(read.sheet, other.sheet))


def _several(grids: Sequence[Grid]) -> ChoiceError:
    names = tuple(grid.sheet for grid in grids)
    message = (
        f"{len(names)} sheets could be meant: {listed(names)}; say which with `base: {{file: …, sheet: …}}`"
    )
    return ChoiceError(Located(grids[0].name, 1, 1, message), key="sheet", choices=names)


def first_of(problems: Sequence[Located]) -> list[Located]:
    """Each problem once, by place; of a long file the first of them."""
    ordered = sorted(dict.fromkeys(problems), key=lambda problem: (problem.line, problem.column))
    if len(ordered) <= _MOST_PROBLEMS:
        return ordered
    more = ordered[_MOST_PROBLEMS]._replace(message="and there may be more from here on", text="")
    return [*ordered[:_MOST_PROBLEMS], more]
