"""The columns that split a table of actuals into series: of whom a row is, and of which KPI."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from target_cascade.errors import InputError
from target_cascade.plan import Plan
from target_cascade.read.people.named_columns import folded
from target_cascade.read.sales.header_words import meaning_of, names_period
from target_cascade.read.sales.period_cell import read_when
from target_cascade.read.tables.figure_text import is_figure
from target_cascade.read.tables.grid import Cell, Grid
from target_cascade.read.tables.listing import listed

_KPI = frozenset("kpi kpis metric metrics measure indicator 指标 指标名称 指标名 kpi名称".split())
_EXPLICIT = frozenset("who node 节点 谁".split())
_WHO = frozenset(
    "name names person people staff employee rep reps seller salesperson team teams group region store stores"
    " shop shops branch unit_name 姓名 名称 人员 员工 业务员 业务员姓名 销售员 销售 销售人员 负责人 客户经理"
    " 团队 小组 部门 区域 大区 门店 门店名称 店铺 店铺名称 店名 分店".split()
) | {"sales rep", "sales person", "store name", "shop name", "team name", "full name"}
_ROWS_LOOKED_AT = 80
"""The first ones, for a header: titles may stand above it."""
_HEADER = "write a header such as `month,who,kpi,amount`"


class SeriesCells(NamedTuple):
    """What a line says of whom it is, from the first level down, and of which KPI; no cells where the
    table has no such columns."""

    who: tuple[Cell, ...] = ()
    kpi: Cell | None = None


class Split(NamedTuple):
    """A grid without the columns of series, which `cells` has by the lines of the file."""

    grid: Grid
    cells: Mapping[int, SeriesCells]
    who_names: tuple[str, ...]
    """What the columns that name nodes are called."""

    has_kpi: bool


class _Columns(NamedTuple):
    """Where a header stands among the rows, and its columns of series."""

    header: int
    who: tuple[int, ...]
    kpi: int | None


def split_off(grid: Grid, plan: Plan) -> Split:
    """The grid without the cells that say of whom and of what a row is, in a row for each amount.

    Raises `InputError` where two columns could say it.
    """
    levels = plan.cascade.level_names if plan.cascade is not None else ()
    columns = _find(grid, levels, plan.cascade is not None)
    if columns is None:
        return Split(grid, {}, (), False)
    below = grid.rows[columns.header + 1 :]
    cells = {row[0].mark.line: _cells(row, columns) for row in below if row}
    series = {*columns.who, *((columns.kpi,) if columns.kpi is not None else ())}
    rows = [*grid.rows[: columns.header], *(_without(row, series) for row in grid.rows[columns.header :])]
    periods = _periods_across(rows[columns.header])
    if periods:
        rows = [*rows[: columns.header], *_in_rows(grid, rows[columns.header :], periods)]
    who_names = tuple(grid.rows[columns.header][place].text for place in columns.who)
    return Split(grid._replace(rows=rows), cells, who_names, columns.kpi is not None)


def names_kpis(text: str) -> bool:
    """Whether the name of a column, or of a sheet, says no more than that there are KPIs."""
    return folded(text) in _KPI


def is_explicit(name: str) -> bool:
    """Whether a column of this name has nodes of a tree and can have nothing else."""
    return folded(name) in _EXPLICIT


def _find(grid: Grid, levels: Sequence[str], has_tree: bool) -> _Columns | None:
    names = {folded(level) for level in levels}
    for index, row in enumerate(grid.rows[:_ROWS_LOOKED_AT]):
        words = [folded(cell.text) for cell in row]
        kpis = [place for place, word in enumerate(words) if word in _KPI and word not in names]
        who = [place for place, word in enumerate(words) if word in _EXPLICIT | _WHO | names]
        below = next((row for row in grid.rows[index + 1 :] if any(cell.text for cell in row)), ())
        if (kpis or who) and _is_header(row, {*kpis, *who}, below):
            _check_one(row, kpis, "which KPI it is of")
            chosen = _of_whom(row, who, levels) if has_tree else tuple(who)
            return _Columns(index, chosen, kpis[0] if kpis else None)
    return None


def _is_header(row: Sequence[Cell], series: set[int], below: Sequence[Cell]) -> bool:
    """Whether a row with words for series is a header: `门店` beside the name of one shop is none."""
    others = [cell for place, cell in enumerate(row) if place not in series and cell.text]
    if any(names_period(cell.text) or meaning_of(cell.text) in ("sales", "perhaps") for cell in others):
        return not any(is_figure(cell.text) and not _is_fine(cell) for cell in others)
    if _periods_across([cell if cell in others else cell._replace(text="") for cell in row]):
        return True
    beside = [cell for place, cell in enumerate(below) if place not in series]
    has_row = any(map(_is_fine, beside)) and any(is_figure(cell.text) for cell in beside)
    return bool(others) and has_row and not any(is_figure(cell.text) for cell in others)


def _is_fine(cell: Cell) -> bool:
    when = read_when(cell.text)
    return when is not None and (when.is_fine or when.kind == "year")


def _check_one(row: Sequence[Cell], places: Sequence[int], what: str) -> None:
    if len(places) > 1:
        named = listed([row[place].text for place in places])
        message = f"{named} may each say of a row {what}; keep one of these columns"
        raise InputError(row[places[1]].mark.problem(message))


def _of_whom(row: Sequence[Cell], who: Sequence[int], levels: Sequence[str]) -> tuple[int, ...]:
    """The columns that name nodes: the one called `who`, or those of the levels, or the only other."""
    by_word = {folded(row[place].text): place for place in reversed(who)}
    explicit = [place for place in who if folded(row[place].text) in _EXPLICIT]
    if explicit:
        _check_one(row, explicit, "whose it is")
        return (explicit[0],)
    if named := [by_word[folded(level)] for level in levels if folded(level) in by_word]:
        return tuple(named)
    _check_one(row, who, "whose it is")
    return tuple(who)


def _cells(row: Sequence[Cell], columns: _Columns) -> SeriesCells:
    end = Cell("", row[-1].mark)
    who = tuple(row[place] if place < len(row) else end for place in columns.who)
    if columns.kpi is None:
        return SeriesCells(who)
    return SeriesCells(who, row[columns.kpi] if columns.kpi < len(row) else end)


def _without(row: Sequence[Cell], places: set[int]) -> list[Cell]:
    return [Cell("", cell.mark) if place in places else cell for place, cell in enumerate(row)]


def _periods_across(header: Sequence[Cell]) -> list[int]:
    """The columns that are periods, where a header names some: a table with its periods side by side."""
    whens = [(place, read_when(cell.text)) for place, cell in enumerate(header) if cell.text]
    fine = [(place, when) for place, when in whens if when is not None and when.is_fine]
    if not any(not when.weak for _, when in fine) and len(fine) < 3:
        return []
    kinds = ("total", "subtotal", "part", "left out", "year", "impossible")
    return [place for place, when in whens if when is not None and (when.is_fine or when.kind in kinds)]


def _in_rows(grid: Grid, rows: Sequence[Sequence[Cell]], periods: Sequence[int]) -> list[list[Cell]]:
    """A table with periods side by side, as one with a row for each amount. Raises `InputError` where a
    row of a CSV has not its cells."""
    header = rows[0]
    others = [place for place in range(len(header)) if place not in periods]
    top = header[periods[0]].mark
    made = [[*(header[place] for place in others), Cell("period", top), Cell("amount", top)]]
    for row in rows[1:]:
        if sum(bool(cell.text) for cell in row) == 1 and not any(is_figure(cell.text) for cell in row):
            made.append(list(row))  # a note
            continue
        if not any(cell.text for cell in row):
            continue
        if not grid.sheet:
            _check_length(header, row, periods[-1])
        end = Cell("", row[-1].mark)
        full = [*row, *(end for _ in range(len(header) - len(row)))]
        made += [[*(full[at] for at in others), header[place], full[place]] for place in periods]
    return made


def _check_length(header: Sequence[Cell], row: Sequence[Cell], last: int) -> None:
    if len(row) <= last:
        message = f"this row ends before `{header[last].text}`: a cell in it may be lacking"
        hint = "write a separator for each cell that is empty, or put the lost cell back"
        raise InputError(row[0].mark.problem(f"{message}; {hint}"))
    for cell in row[len(header) :]:
        if cell.text:
            hint = "an amount with commas stands in quotes"
            raise InputError(cell.mark.problem(f"this row has more cells than the header; {hint}"))
