"""Which column of a frame has the sales, and what its amounts are in."""

from collections.abc import Sequence
from typing import NamedTuple

from target_cascade.calendar import PlanYear
from target_cascade.errors import ChoiceError, InputError
from target_cascade.read.sales.header_words import (
    folded,
    meaning_of,
    names_multiplier,
    names_no_shape,
    names_share,
    names_this_year,
    without_unit,
    years_in,
    years_of,
)
from target_cascade.read.sales.layout import Frame
from target_cascade.read.sales.name_words import speaks_against
from target_cascade.read.sales.period_rows import PeriodRow
from target_cascade.read.sales.sum_column import sum_of_others
from target_cascade.read.sales.timeline import Timeline
from target_cascade.read.tables.figure_text import is_figure
from target_cascade.read.tables.grid import Cell
from target_cascade.read.tables.listing import listed

_SAMPLE = 400


class Column(NamedTuple):
    """A column of a frame that has figures; `name` is empty where none is written."""

    place: int
    name: str
    at: Cell
    is_only: bool = False
    """Whether it was taken because there is no other, whatever its name."""
    sums: int = 0
    """How many other columns it is the sum of, where it was taken for that."""


def amount_column(time: Timeline, year: PlanYear, asked: str | None) -> Column:
    """The column of sales: the one that is asked for, or known by its name, or the only one.

    Raises `ChoiceError` where several or none could
    be meant, and where the only ones are of another year.
    """
    frame = time.frame
    if asked is not None:
        return _asked(time, asked)
    columns = _of_year(frame, _figure_columns(time), year)
    if time.is_bare:
        _check_this_year(frame, columns, year)
    return _known(time, columns)


def shape_column(time: Timeline, asked: str | None) -> Column:
    """The column of a shape: the only one, or the one whose name says so, or the one of sales.

    Raises `ChoiceError`.
    """
    if asked is not None:
        return _asked(time, asked)
    columns = _figure_columns(time)
    usable = [column for column in columns if not names_no_shape(column.name)]
    for choice in (
        usable,
        [column for column in usable if names_share(column.name)],
        [column for column in usable if meaning_of(column.name) == "sales"],
    ):
        if len(choice) == 1:
            return choice[0]
    raise _choice(
        time.frame, usable or columns, "more than one could be the shape" if usable else "none has a shape"
    )


def _all_columns(frame: Frame) -> list[Column]:
    ats = frame.header or (frame.body[frame.first] if frame.body else ())
    return [Column(i, name, ats[i]) for i, name in enumerate(frame.names)]


def _figure_columns(time: Timeline) -> list[Column]:
    """The columns that mostly have figures in the rows of periods, and those that sales is the name of.

    Raises `InputError` where there is none.
    """
    sample = [row.cells for row in time.rows if row.when is not None and row.when.is_fine][:_SAMPLE]
    found = []
    for column in _all_columns(time.frame):
        texts = [cells[column.place] for cells in sample if cells[column.place].text]
        if column.place in time.columns or not texts or names_multiplier(column.name):
            continue
        figures = sum(is_figure(c.text) or c.kind in ("number", "error") or c.text[:1] == "#" for c in texts)
        is_share = all(cell.text.endswith(("%", "％")) for cell in texts)
        if (2 * figures >= len(texts) and not (is_share and meaning_of(column.name) == "unknown")) or (
            _names_sales(column) and figures
        ):
            found.append(column)
    if not found:
        raise _no_figures(time.frame, time.rows)
    return found


def _asked(time: Timeline, asked: str) -> Column:
    frame = time.frame
    columns = [column for column in _all_columns(frame) if column.name and column.place not in time.columns]
    for of in (folded, without_unit):
        found = [column for column in columns if of(column.name) == of(asked)]
        last = [column for column in columns if of(column.name.split(" ")[-1]) == of(asked)]
        if len(found or last) == 1:
            return (found or last)[0]
        if found or last:
            named = " and ".join(column.at.where for column in found or last)
            message = (
                f"{len(found or last)} {frame.line_word}s are called `{asked}`: {named}; rename or delete one"
            )
            raise InputError((found or last)[1].at.mark.problem(message))
    raise _choice(frame, columns, f"none is called `{asked}`")


def _of_year(frame: Frame, columns: list[Column], year: PlanYear) -> list[Column]:
    """The columns that name `year`, where some name years at all, and those that name none."""
    years = {column.place: years_of(column.name) for column in columns}
    if not any(years.values()):
        return columns
    own = {year.start.year, year.end.year} if year.is_retail else {year.start.year}
    mine = [c for c in columns if years[c.place] and years[c.place] <= {year.start.year, year.end.year}]
    mine = [c for c in mine if years[c.place] & own and meaning_of(c.name) != "other"]
    rest = [c for c in columns if not years[c.place] and _names_sales(c)]
    if mine and rest:
        raise _choice(frame, [*mine, *rest], "more than one could be sales")
    if mine or rest:
        return mine or rest
    if no_sales := [c for c in columns if years[c.place] and years[c.place] <= own]:
        raise _choice(frame, no_sales, f"those of {year.name} are not known to be sales")
    if split := [c for c in columns if len(years[c.place]) > 1]:
        message = f"`{split[-1].name}` is a year that lies in two, and {year.name} is {year.span}"
        hint = "write each month with its year, such as `2011-04`"
        raise InputError(split[-1].at.mark.problem(f"{message}; {hint}"))
    found = tuple(str(y) for y in sorted(set().union(*years.values())))
    at = next(column for column in columns if years[column.place])
    raise ChoiceError(
        at.at.mark.problem(
            f"the amounts are those of {listed(found, quote='')}, and {year.name} is {year.span}: a base of"
            f" the wrong year; if {found[-1]} is meant, say `base: {{file: …, year: {found[-1]}}}`"
        ),
        key="year",
        choices=found,
    )


def _check_this_year(frame: Frame, columns: Sequence[Column], year: PlanYear) -> None:
    for column in columns:
        if (
            meaning_of(column.name) != "other"
            and names_this_year(column.name)
            and not any(years_in(cell.text) for cell in frame.titles)
        ):
            message = (
                f"`{column.name}` is of the year that this file was made in, and nothing says which it is"
            )
            hint = f"say `base: {{file: …, year: {year.label}}}` if it is"
            problem = column.at.mark.problem(f"{message}; {hint}")
            raise ChoiceError(problem, key="year", choices=(year.label,))


def _known(time: Timeline, columns: Sequence[Column]) -> Column:
    frame = time.frame
    sales = [column for column in columns if _names_sales(column)]
    unknown = [column for column in columns if meaning_of(column.name) in ("perhaps", "unknown")]
    if [meaning_of(column.name) for column in sales] == ["sales"]:
        return sales[0]
    candidates = sales if any(meaning_of(column.name) == "sales" for column in sales) else unknown
    if len(candidates) == 1 and not speaks_against(folded(candidates[0].name)):
        return candidates[0]._replace(is_only=True)
    if len(candidates) < 2:
        raise _choice(frame, columns, "none is known to be sales")
    named = [(column.place, column.name) for column in candidates]
    if (total := sum_of_others(time.rows, named, frame.grid.separator)) is not None:
        column = next(column for column in candidates if column.place == total)
        return column._replace(sums=len(candidates) - 1)
    if len({folded(column.name) for column in sales}) < len(sales):
        where = " and ".join(column.at.where for column in sales)
        message = f"two {frame.line_word}s are called `{sales[-1].name}` ({where}); rename or delete one"
        raise InputError(sales[-1].at.mark.problem(message))
    raise _choice(frame, candidates, "more than one could be sales")


def _names_sales(column: Column) -> bool:
    return meaning_of(column.name) in ("sales", "perhaps")


def _choice(frame: Frame, columns: Sequence[Column], why: str) -> ChoiceError:
    named = [f"`{column.name}` ({_place(column.at)})" for column in columns if column.name]
    nameless = [f"one without a name ({_place(column.at)})" for column in columns if not column.name]
    word = frame.line_word
    hint = "say which one is meant with `base: {file: …, column: …}`"
    if nameless:
        hint = f"write a header above the {word}s, such as `month,amount`" if not named else hint
    message = f"{why}: {listed([*named, *nameless], quote='')}; {hint}"
    at = columns[0].at if columns else frame.body[0][0]
    choices = tuple(column.name for column in columns if column.name)
    return ChoiceError(at.mark.problem(f"of the {word}s {message}"), key="column", choices=choices)


def _place(cell: Cell) -> str:
    mark = cell.mark
    return cell.where if hasattr(mark, "address") else f"line {mark.line + 1}, character {mark.column + 1}"


def _no_figures(frame: Frame, rows: Sequence[PeriodRow]) -> InputError:
    first = next(row for row in rows if row.when is not None and row.when.is_fine)
    columns = [column for column in _all_columns(frame) if column.place not in frame.periods]
    named = [column for column in columns if _names_sales(column)]
    named = named or [c for c in columns if any(map(str.isdigit, first.cells[c.place].text))]
    if named:
        at = first.cells[named[0].place]
        shown = f"`{at.text}` is not an amount" if at.text else "this cell is empty"
        below = f"below `{named[0].name}`" if named[0].name else "below"
        return InputError(at.mark.problem(f"{shown}, nor is any {below}; write amounts as 78万"))
    message = f"no {frame.line_word} has figures beside the months or days; write an amount in each row"
    return InputError(first.at.mark.problem(message))
