"""The rows of a frame → the one day or month that each can mean, decided by all of them together."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from target_cascade.amount import fold_width
from target_cascade.calendar import PlanYear, calendar_month
from target_cascade.errors import ChoiceError, InputError, Located
from target_cascade.pattern import Pattern
from target_cascade.read.sales.doubts.date_doubts import check_clock, check_swapped, check_turn_of_year
from target_cascade.read.sales.header_words import years_in
from target_cascade.read.sales.layout import Frame
from target_cascade.read.sales.period_cell import When, read_when
from target_cascade.read.sales.period_rows import PeriodRow
from target_cascade.read.tables.listing import listed


def dated(
    rows: list[PeriodRow], frame: Frame, year: PlanYear, year_given: bool, is_shape: bool = False
) -> list[PeriodRow]:
    """The rows, each with the one day or month that it can mean, and its year.

    Raises `InputError` where the column as a whole leaves two readings, `ChoiceError` where a title
    names another year than the months are asked for.
    """
    if not is_shape:
        check_clock(rows)
    rows = _years_named_once(rows, frame)
    rows = _tenth_or_first(rows)
    rows = _one_order(_with_whole_years(rows, year), year)
    rows = _names_and_numbers(rows, year)
    if any(_is_bare(row) for row in rows):
        if not is_shape:
            _check_bare(rows, frame, year, year_given)
        rows = [row._replace(when=_in_year(row.when, year)) if _is_bare(row) else row for row in rows]
    if not is_shape:
        check_turn_of_year(rows)
    return [_checked_date(row) for row in rows]


def _is_bare(row: PeriodRow) -> bool:
    return row.when is not None and row.when.kind in ("day", "month") and not row.when.year


def _in_year(when: When | None, year: PlanYear) -> When | None:
    assert when is not None
    return when._replace(year=year.start.year + (when.month < year.start.month))


def _checked_date(row: PeriodRow) -> PeriodRow:
    when = row.when
    if when is not None and when.kind == "day":
        try:
            date(when.year, when.month, when.day)
        except ValueError:
            return row._replace(when=When("impossible"))
    return row


def _years_named_once(rows: list[PeriodRow], frame: Frame) -> list[PeriodRow]:
    """Bare months take the year that stands above them, or below: ``2011年``, or ``2011年12月``.

    Raises `InputError` where it stands between them, and none above the first.
    """
    bare = [i for i, row in enumerate(rows) if _is_bare(row)]
    years = [i for i, row in enumerate(rows) if row.when is not None and row.when.kind == "year"]
    dated_rows = [
        i for i, row in enumerate(rows) if row.when is not None and row.when.is_fine and row.when.year
    ]
    if not bare or not (years or dated_rows):
        return rows
    if dated_rows:
        return _carried_on(rows, bare)
    top = 0
    if is_above := years[0] < bare[0] or years[-1] < bare[-1]:
        top = 0 if years[0] < bare[0] else _year_above(rows, frame, rows[years[0]])
    made = list(rows)
    for i in bare:
        near = [y for y in years if (y < i if is_above else y > i)]
        named = rows[near[-1 if is_above else 0]].when if near else None
        bare_when = made[i].when
        assert bare_when is not None
        made[i] = made[i]._replace(when=bare_when._replace(year=named.year if named is not None else top))
    return made


def _year_above(rows: Sequence[PeriodRow], frame: Frame, below: PeriodRow) -> int:
    """The year in a title of its own above the first of two blocks, of which the second has `below`."""
    whens = [read_when(cell.text) for cell in frame.titles]
    years = {when.year for when in whens if when is not None and when.kind == "year"}
    if len(years) == 1:
        return years.pop()
    first = next(row for row in rows if _is_bare(row)).at
    message = f"`{first.text}` is of no known year: `{below.at.text}` ({below.at.where}) stands below it"
    raise InputError(first.mark.problem(f"{message} and above others; write `2011年` above these too"))


def _carried_on(rows: list[PeriodRow], bare: Sequence[int]) -> list[PeriodRow]:
    """``2011年1月, 2月, …``: the year goes on as long as the months do."""
    made = list(rows)
    before: When | None = None
    for i, row in enumerate(rows):
        if row.when is None or not row.when.is_fine:
            continue
        if i in bare:
            if before is None or (row.when.month, row.when.day) <= (before.month, before.day):
                hint = f"write the year too, such as `2011-{row.when.month:02d}`"
                raise InputError(row.at.mark.problem(f"`{row.at.text}` is of no known year; {hint}"))
            made[i] = row._replace(when=row.when._replace(year=before.year))
        before = made[i].when
    return made


_MANY_DAYS = 20
_KEPT_ZERO = Pattern(r"\d{4}\.10", re.ASCII)
_TENTH = Pattern(r"(\d{4})\.1", re.ASCII)


def _tenth_or_first(rows: list[PeriodRow]) -> list[PeriodRow]:
    """A spreadsheet makes 2011.1 of 2011.10, so it is January only where the file keeps such zeros."""
    if any(_KEPT_ZERO.fullmatch(fold_width(row.at.text)) for row in rows):
        return rows
    for row in rows:
        if found := _TENTH.fullmatch(fold_width(row.at.text)):
            message = f"`{row.at.text}` may be January, or October that has lost its 0; write `{found[1]}-01`"
            raise InputError(row.at.mark.problem(f"{message} or `{found[1]}-10`"))
    return rows


def _with_whole_years(rows: list[PeriodRow], year: PlanYear) -> list[PeriodRow]:
    """01/02/11 ends in its year where all rows have one or two years there, and many days before it."""
    short = [row.when for row in rows if row.when is not None and row.when.kind == "short"]
    if not short:
        return rows
    lasts = {when.other for when in short}
    own = {year.start.year % 100, year.end.year % 100}
    near = {(year.start.year + off) % 100 for off in range(-3, 4)}
    if not (lasts & own and lasts <= near and len({when.month for when in short}) > len(near)):
        first = next(row for row in rows if row.when is not None and row.when.kind == "short")
        message = f"`{first.at.text}` has its year in two digits, and nothing tells which these are"
        raise InputError(first.at.mark.problem(f"{message}; write `{year.start.year}-01-15`"))
    return [
        row._replace(when=_slashed(row.when)) if row.when is not None and row.when.kind == "short" else row
        for row in rows
    ]


def _slashed(when: When) -> When:
    is_date = min(when.month, when.day) in range(1, 13) and max(when.month, when.day) in range(1, 32)
    return When("slashed", 2000 + when.other, when.month, when.day) if is_date else When("impossible")


def _one_order(rows: list[PeriodRow], year: PlanYear) -> list[PeriodRow]:
    """Whether days or months stand first in 01/02/2011, decided by the whole column."""
    slashed = [row for row in rows if row.when is not None and row.when.kind == "slashed"]
    if not slashed:
        return rows
    check_swapped(rows)
    day_first = next((r for r in slashed if r.when is not None and r.when.month > 12), None)
    month_first = next((r for r in slashed if r.when is not None and r.when.day > 12), None)
    if day_first is not None and month_first is not None:
        later = max(day_first, month_first, key=lambda row: row.at.mark.line)
        other = month_first if later is day_first else day_first
        message = (
            f"`{later.at.text}` and `{other.at.text}` ({other.at.where}) have day and month in two orders"
        )
        raise InputError(later.at.mark.problem(f"{message}; write `2011-01-15`"))
    if day_first is None and month_first is None:
        return _order_of_a_year(rows, slashed, year)
    return [_ordered(row, day_first is not None) for row in rows]


def _ordered(row: PeriodRow, day_first: bool) -> PeriodRow:
    if row.when is None or row.when.kind != "slashed":
        return row
    month, day = (row.when.day, row.when.month) if day_first else (row.when.month, row.when.day)
    return row._replace(when=When("day", row.when.year, month, day))


def _order_of_a_year(rows: list[PeriodRow], slashed: Sequence[PeriodRow], year: PlanYear) -> list[PeriodRow]:
    wanted = {(month.start.year, month.start.month) for month in year.calendar_months}
    readings = [[_ordered(row, day_first) for row in rows] for day_first in (True, False)]
    whole = []
    for reading in readings:
        months = [(r.when.year, r.when.month) for r in reading if r.when is not None and r.when.kind == "day"]
        if wanted <= set(months) and max(Counter(months).values()) == 1:
            whole.append(reading)
    if len(whole) == 1 or (len(whole) == 2 and readings[0] == readings[1]):
        return whole[0]
    message = f"`{slashed[0].at.text}` may begin with the day or with the month, and no row tells which"
    raise InputError(slashed[0].at.mark.problem(f"{message}; write `2011-01-15`"))


def _names_and_numbers(rows: list[PeriodRow], year: PlanYear) -> list[PeriodRow]:
    """Jan-11 is January 2011 where all rows together can be nothing else, and never 11 January."""
    named = [row for row in rows if row.when is not None and row.when.kind in ("named", "dated")]
    if not named:
        return rows
    kinds = {row.when.kind for row in named if row.when is not None}
    whens = [row.when for row in named if row.when is not None]
    short = {day.year % 100: day.year for day in (year.start, year.end)}
    if kinds == {"dated"}:
        others = {when.other for when in whens}
        if others <= set(short) and not {when.day for when in whens} <= set(short):
            return [
                _made(row, When("day", short[row.when.other], row.when.month, row.when.day))
                if row.when is not None and row.when.kind == "dated"
                else row
                for row in rows
            ]
    elif kinds == {"named"} and _are_months(whens, year):
        return [
            _made(row, When("month", 2000 + row.when.day, row.when.month))
            if row.when is not None and row.when.kind == "named"
            else row
            for row in rows
        ]
    if kinds == {"named"} and _are_days(whens):
        return [
            _made(row, When("day", 0, row.when.month, row.when.day))
            if row.when is not None and row.when.kind == "named"
            else row
            for row in rows
        ]
    first = named[0].at
    hint = f"write months as `{year.start.year}-01` and days as `{year.start.year}-01-15`"
    raise InputError(first.mark.problem(f"`{first.text}` may be a day, or a month of a year; {hint}"))


def _are_days(whens: Sequence[When]) -> bool:
    """Whether each month has more numbers than a file has years: 1-Jan, 2-Jan, … are days."""
    numbers: dict[int, set[int]] = {}
    for when in whens:
        numbers.setdefault(when.month, set()).add(when.day)
    return all(len(days) >= _MANY_DAYS for days in numbers.values())


def _made(row: PeriodRow, when: When) -> PeriodRow:
    return row._replace(when=when)


def _are_months(whens: Sequence[When], year: PlanYear) -> bool:
    if {when.day for when in whens} == {year.start.year % 100} and year.start.month == 1:
        return True
    months = sorted({(2000 + when.day) * 12 + when.month - 1 for when in whens})
    run = all(after - before == 1 for before, after in pairwise(months))
    first, last = (day.year * 12 + day.month - 1 for day in (year.start, year.end))
    return run and len(months) == len(whens) >= 12 and months[0] <= first and last <= months[-1]


def _check_bare(rows: Sequence[PeriodRow], frame: Frame, year: PlanYear, year_given: bool) -> None:
    """Months without a year are of `year` where nothing says another one."""
    first = next(row for row in rows if _is_bare(row))
    if year_given:
        return
    _check_titles(rows, frame, year)
    hint = (
        f"write months with their years, such as `{calendar_month(year.start.year, year.start.month).label}`"
    )
    if year.is_retail and year.start.year != year.end.year:
        message = f"`{first.at.text}` is of no known year, and {year.name} lies in two of them, {year.span}"
        raise InputError(first.at.mark.problem(f"{message}; {hint}"))
    if year.start.month > 1 and not year.is_retail and not _in_plan_order(rows, year):
        message = (
            f"`{first.at.text}` is of no known year: {year.name} is {year.span}, and these months do not"
            " stand in its order, so they may be those of one calendar year"
        )
        raise ChoiceError(
            first.at.mark.problem(f"{message}; {hint}, or say `base: {{file: …, year: {year.label}}}`"),
            key="year",
            choices=(year.label,),
        )


def _in_plan_order(rows: Sequence[PeriodRow], year: PlanYear) -> bool:
    whens = [row.when for row in rows if _is_bare(row) and row.when is not None]
    positions = [((when.month - year.start.month) % 12, when.day) for when in whens]
    if positions[0] > positions[-1]:
        positions.reverse()
    is_rising = all(before < after for before, after in pairwise(positions))
    return is_rising and positions[0][0] <= 12 - year.start.month


_ABOUT = Pattern(
    r"期间|周期|年度|时间范围|数据|以上|上述|金额|period|range|data|figures|above", re.IGNORECASE
)


def _check_titles(rows: Sequence[PeriodRow], frame: Frame, year: PlanYear) -> None:
    own = {year.start.year, year.end.year}
    stem = re.split(r"[/\\:]", frame.grid.name)[-1]
    problems: list[tuple[Located, set[int]]] = []
    names = [frame.header[place] for place in frame.periods if frame.header]
    # What a note says of a year may be about anything; what it says of a period is about the table.
    parts = [
        row.at
        for row in rows
        if row.when is not None and row.when.kind == "part" and row.when.year not in {0, *own}
    ]
    notes = [cell for row in rows if row.when is None for cell in row.cells if _ABOUT.search(cell.text)]
    for cell in (*frame.titles, *names, *parts, *notes):
        if others := years_in(cell.text) - own:
            problems += [(cell.mark.problem(_of_other_years(cell.text, others, year)), others)]
    at = frame.body[0][0]
    for name in (frame.grid.sheet, stem.rpartition(".")[0]):
        if (others := years_in(name.replace("_", " "))) and not others & own:
            problems += [(at.mark.problem(_of_other_years(name, others, year)), others)]
    if problems:
        years = tuple(str(y) for y in sorted({y for _, others in problems for y in others}))
        raise ChoiceError(*(problem for problem, _ in problems[:1]), key="year", choices=years)


def _of_other_years(text: str, others: set[int], year: PlanYear) -> str:
    shown = text if len(text) <= 40 else text[:40] + "…"
    named = listed([str(other) for other in sorted(others)], quote="")
    return (
        f"`{shown}` names {named}, the months here have no year, and {year.name} is {year.span}:"
        f" perhaps a base of the wrong year; say which it is with `base: {{file: …, year: {year.label}}}`"
    )
