"""A grid → the rows of actuals in it: whose, of what, on which days, and how much."""

from collections.abc import Sequence

from target_cascade.errors import ChoiceError, InputError, Located, Place
from target_cascade.plan import Plan
from target_cascade.read.actuals.kpi_values import doubtful_values, unit_doubts
from target_cascade.read.actuals.series import (
    Total,
    Value,
    checked_totals,
    each_once,
    is_money,
    of_series,
    totals_of_days,
)
from target_cascade.read.actuals.series_columns import Split, names_kpis, split_off
from target_cascade.read.actuals.sorted_rows import Sorted, sorted_rows
from target_cascade.read.actuals.understood import Counts, Table, understood
from target_cascade.read.sales.choices import Choices
from target_cascade.read.sales.columns import Column, amount_column
from target_cascade.read.sales.doubts.claims import check_rows, check_sheet, check_titles
from target_cascade.read.sales.doubts.made_on import check_made_on
from target_cascade.read.sales.doubts.one_currency import stated_currency
from target_cascade.read.sales.doubts.row_lengths import short_rows
from target_cascade.read.sales.header_words import meaning_of
from target_cascade.read.sales.layout import frame_of
from target_cascade.read.sales.row_amounts import AmountReader, Amounts, style_for
from target_cascade.read.sales.sheets import first_of
from target_cascade.read.sales.stated_units import unit_for
from target_cascade.read.sales.timeline import Timeline, timeline_as_written
from target_cascade.read.tables.figure_text import is_figure, read_share
from target_cascade.read.tables.grid import Grid
from target_cascade.review.actuals import Actual, Actuals


def actual_rows(grid: Grid, plan: Plan, key: Actuals, sheets: int = 1) -> tuple[list[Actual], str]:
    """The rows of the plan year that have an amount, and the line on how the grid was understood.

    Raises `InputError` and `ChoiceError`.
    """
    choices = Choices(key.column, key.unit, key.sheet)
    split = split_off(grid, plan)
    if not (split.has_kpi and names_kpis(grid.sheet)):
        check_sheet(grid, choices)
    time = timeline_as_written(frame_of(split.grid), plan.year, year_given=False)
    column = _column(time, split, plan, choices.column)
    titles = [cell for cell in time.frame.titles if not (split.has_kpi and names_kpis(cell.text))]
    check_titles(time.frame._replace(titles=titles), column, choices)
    unit = unit_for(time.frame, column, time.rows, choices.unit)
    _raise_any(short_rows(time, column.place))
    rows = sorted_rows(time, split, column, plan)
    table = Table(time, column, unit)
    values, totals, problems = _read(table, rows, plan)
    _raise_any([*rows.problems, *problems])
    values, of_days = totals_of_days(values, plan)
    totals += of_days
    kept, more = _each_day_once(values, time)
    _raise_any(more)
    left = _checked(table, values, kept, totals, plan)
    counts = Counts(len(totals) - len(left), rows.empty, rows.others, [*rows.left_out, *left], sheets)
    return [_actual(value) for value in kept], understood(table, kept, counts, plan)


def has_figures_of_year(grid: Grid, plan: Plan, key: Actuals) -> bool:
    """Whether a sheet that cannot be read has rows of the plan year with sales: it may be the right one."""
    try:
        split = split_off(grid, plan)
        time = timeline_as_written(frame_of(split.grid), plan.year, year_given=False)
        rows = sorted_rows(time, split, _column(time, split, plan, key.column), plan)
    except ChoiceError as error:
        return error.key == "column" and any(meaning_of(name) == "sales" for name in error.choices)
    except InputError:
        return False
    return any(one.placed is not None for one in rows.fine)


def _raise_any(problems: Sequence[Located]) -> None:
    if problems:
        raise InputError(*first_of(problems))


def _column(time: Timeline, split: Split, plan: Plan, asked: str | None) -> Column:
    """The column of the amounts; beside a column of KPIs the only one that has figures, whatever its name."""
    if split.has_kpi and asked is None:
        frame = time.frame
        cells = [row.cells for row in time.rows if row.when is not None and row.when.is_fine]
        others = [place for place in range(len(frame.names)) if place not in time.columns]
        with_figures = [place for place in others if any(is_figure(row[place].text) for row in cells)]
        if len(with_figures) == 1 and meaning_of(frame.names[with_figures[0]]) != "other":
            place = with_figures[0]
            at = (frame.header or frame.body[frame.first])[place]
            return Column(place, frame.names[place], at, is_only=True)
    return amount_column(time, plan.year, asked)


def _read(table: Table, rows: Sorted, plan: Plan) -> tuple[list[Value], list[Total], list[Located]]:
    """The amounts of rows and of totals, of other years too where totals may sum them; and what is wrong."""
    time, column, unit = table
    has_kpis = any(not is_money(plan, one.series.kpi) for one in rows.fine)
    about = [one.row for one in (*rows.fine, *rows.totals)]
    style = style_for(time, about, column, None if has_kpis else unit)
    problems: list[Located] = []
    values: list[Value] = []
    totals: list[Total] = []
    for reader, of_money in (
        (AmountReader(style, unit, column.place), True),
        (AmountReader(style, None, column.place, read_share), False),
    ):
        fine, sums = (
            {one.order: one for one in some if is_money(plan, one.series.kpi) == of_money}
            for some in (rows.fine, rows.totals)
        )
        for amount in reader.read_all([(o, one.row) for o, one in fine.items()], time.frame, problems):
            one = fine[amount.order]
            values.append(Value(one.series, amount, one.placed))
        for amount in reader.read_all([(o, one.row) for o, one in sums.items()], time.frame, problems):
            one = sums[amount.order]
            totals.append(Total(one.series, amount._replace(at=one.named or amount.at), one.placed))
    others = [one.row for one in rows.fine if not is_money(plan, one.series.kpi)]
    problems += unit_doubts(others, time.frame.names, unit, column.place)
    return values, totals, [*problems, *doubtful_values(values, plan)]


def _each_day_once(values: Sequence[Value], time: Timeline) -> tuple[list[Value], list[Located]]:
    """The values of the plan year, with what is wrong where a day of a series has two."""
    kept: list[Value] = []
    problems: list[Located] = []
    for its in of_series(value for value in values if value.placed is not None).values():
        once, wrong = each_once(its, time)
        kept += once
        problems += wrong
    return sorted(kept, key=lambda value: value.row.order), problems


def _checked(
    table: Table, values: Sequence[Value], kept: Sequence[Value], totals: Sequence[Total], plan: Plan
) -> list[str]:
    """The labels of totals that nothing could be held against.

    Raises `InputError` where a total does not agree, where a row says of itself that it is no sales, and
    where amounts are in a currency that the plan's are not in.
    """
    time, column, unit = table
    rows = [value.row for value in kept]
    check_rows(rows, time, column)
    dated = [row for row in rows if row.when.kind in ("month", "day")]
    if time.is_bare:
        check_made_on(time, dated, plan.year)
    money = [value.row for value in kept if is_money(plan, value.series.kpi)]
    sums = [total.row for total in totals if is_money(plan, total.series.kpi)]
    stated, wrong = stated_currency(time, column, unit, Amounts(money, money, sums, 0, 0, (), ()))
    _raise_any(wrong)
    if money and stated is not None and plan.currency is not None and plan.currency not in stated.codes:
        message = f"`{stated.text}` ({stated.where}) says another currency than the plan's, {plan.currency}"
        hint = f"amounts are not converted; convert the file to {plan.currency}"
        raise InputError(column.at.mark.problem(f"{message}: {hint}"))
    problems, left = checked_totals(values, totals, plan.year)
    _raise_any(problems)
    return [total.row.at.text for total in left]


def _actual(value: Value) -> Actual:
    assert value.placed is not None, "rows of other years are not kept"
    period, grain = value.placed
    at = value.row.cell.mark.problem("")
    series = value.series
    return Actual(period, grain, value.row.amount, series.kpi, series.who, Place(at.file, at.line))
