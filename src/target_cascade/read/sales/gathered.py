"""Rows of months, days or weeks → the amounts of one year, or why they are none."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from target_cascade.calendar import Period, PlanYear, calendar_month
from target_cascade.errors import ChoiceError, InputError, Located
from target_cascade.read.sales.day_gaps import cut_at_ends
from target_cascade.read.sales.period_cell import When
from target_cascade.read.sales.period_rows import PeriodRow
from target_cascade.read.sales.totals import AmountRow

_CUT = timedelta(days=7)
"""Days without rows that a year may begin or end with; with more, the file may be cut short."""


class Gathered(NamedTuple):
    """The amounts of the months by their position in the year, or of calendar months where a retail
    year is to be made of them; made of `rows` rows of `what`."""

    by_position: Mapping[int, Fraction]
    calendar: Mapping[Period, Fraction]
    daily: bool
    rows: int
    what: str
    lacking: tuple[str, ...]


def days_to_months(rows: list[PeriodRow], year: PlanYear) -> list[PeriodRow]:
    """Days that stand for months become months: one a month, dated alike. Rows of months between rows of
    days become their totals.

    Raises `InputError` for sums of weeks that are dated by one of their days.
    """
    days = [row for row in rows if row.when is not None and row.when.kind == "day"]
    if not days:
        return rows
    _check_no_weeks(days)
    whens = [row.when for row in days if row.when is not None]
    if len({(when.year, when.month) for when in whens}) == len(whens):
        if year.is_retail:
            _check_dated_alike(days)
        return [_month_of_day(row) for row in rows]
    return [_total_of_days(row) for row in rows]


def _check_no_weeks(days: Sequence[PeriodRow]) -> None:
    dates = sorted({_date(row.when) for row in days})
    gaps = {(after - before).days for before, after in pairwise(dates)}
    if len(dates) > 3 and all(gap % 7 == 0 for gap in gaps):
        message = (
            f"the dates are whole weeks apart, such as {dates[0]} and {dates[1]}: sums of weeks do not say"
            " what each month had"
        )
        raise InputError(days[0].at.mark.problem(f"{message}; export days or months"))


def _date(when: When | None) -> date:
    assert when is not None
    return date(when.year, when.month, when.day)


def _check_dated_alike(days: Sequence[PeriodRow]) -> None:
    dates = [_date(row.when) for row in days]
    is_first = all(day.day == 1 for day in dates)
    is_last = all((day + timedelta(days=1)).day == 1 for day in dates)
    if not (is_first or is_last):
        message = "one row a month, dated neither by its first day nor by its last: is it a month or a day?"
        raise InputError(days[0].at.mark.problem(f"{message} write months as `2011-01`"))


def _month_of_day(row: PeriodRow) -> PeriodRow:
    when = row.when
    if when is None or when.kind != "day":
        return row
    return row._replace(when=When("month", when.year, when.month))


def _total_of_days(row: PeriodRow) -> PeriodRow:
    when = row.when
    if when is None or when.kind != "month":
        return row
    return row._replace(when=When("part", when.year, when.month, when.month))


def check_kinds(rows: Sequence[PeriodRow], year: PlanYear) -> None:
    """Raises `InputError` where the rows are of periods or weeks that `year` does not have."""
    kinds = {row.when.kind for row in rows if row.when is not None and row.when.is_fine}
    for row in rows:
        when = row.when
        if when is None or when.kind not in ("period", "week"):
            continue
        if not year.is_retail:
            kind = "a period" if when.kind == "period" else "a week"
            message = f"`{row.at.text}` is {kind} of a retail year, and {year.name} has calendar months"
            hint = "export months or days" if when.kind == "week" else "write months such as `2011-01`"
            raise InputError(row.at.mark.problem(f"{message}; {hint}"))
        if when.kind == "week" and when.year:
            message = f"`{row.at.text}` may be a week of another calendar"
            raise InputError(
                row.at.mark.problem(f"{message}; write `W{when.month:02d}` for a week of {year.name}")
            )
        if len(kinds) > 1:
            raise InputError(
                row.at.mark.problem(f"`{row.at.text}` stands among months or days; keep one kind")
            )


def is_of(when: When, year: PlanYear) -> bool:
    """Whether a month, day or period has a day of `year`."""
    match when.kind:
        case "day":
            return year.start <= date(when.year, when.month, when.day) <= year.end
        case "month":
            first, last = (day.year * 12 + day.month for day in (year.start, year.end))
            return first <= when.year * 12 + when.month <= last
        case "period":
            return when.year in (0, (year.start + timedelta(days=182)).year)
        case _:
            return when.kind == "week"


def check_year(rows: Sequence[PeriodRow], year: PlanYear) -> None:
    """Raises `ChoiceError` where there are rows, and none of them is of `year`."""
    fine = [(row, row.when) for row in rows if row.when is not None and row.when.is_fine]
    if not fine or any(is_of(when, year) for _, when in fine):
        return
    numbers = {_year_of(when, year) for _, when in fine}
    labels = tuple(
        PlanYear.starting(n, year.start.month).label if not year.is_retail else str(n)
        for n in sorted(numbers)
    )
    shown = ", ".join(labels if len(labels) < 4 else (labels[0], "…", labels[-1]))
    first = fine[0][0].at
    raise ChoiceError(
        first.mark.problem(
            f"a base of the wrong year: the rows are of {shown}, and {year.name} is {year.span};"
            f" if {labels[-1]} is meant, say `base: {{file: …, year: {labels[-1]}}}`"
        ),
        key="year",
        choices=labels,
    )


def _year_of(when: When, year: PlanYear) -> int:
    is_before = not year.is_retail and when.kind in ("day", "month") and when.month < year.start.month
    return when.year - is_before


def twice(rows: Iterable[AmountRow]) -> list[Located]:
    """Each month or day that stands a second time."""
    first: dict[When, AmountRow] = {}
    problems: list[Located] = []
    for row in rows:
        before = first.setdefault(row.when._replace(weak=False), row)
        if before is row:
            continue
        message = f"`{row.at.text}` stands here a second time, the first is in {before.at.where}"
        if before.at.text != row.at.text:
            message += f", `{before.at.text}`"
        problems.append(row.at.mark.problem(f"{message}; keep one, or add them up where both are right"))
    return problems


def gathered(
    rows: Sequence[AmountRow], year: PlanYear, may_lack: Collection[str], start: Located
) -> Gathered:
    """The amounts of `year` from its rows, which are all of one kind.

    Raises `InputError` for what is lacking, at `start` where no row is about it.
    """
    kinds = {row.when.kind for row in rows}
    if "month" in kinds and year.is_retail:
        return _calendar_months(rows, year, may_lack, start)
    sums: dict[int, Fraction] = {}
    for row in rows:
        position = _position(row.when, year)
        sums[position] = sums.get(position, Fraction(0)) + row.amount
    if "day" in kinds:
        _check_ends(rows, year, may_lack)
        for position in cut_at_ends(rows, year):
            if year.months[position].label in may_lack:
                del sums[position]
    if "week" in kinds:
        _check_weeks(rows, year, start)
    lacking = tuple(month.label for i, month in enumerate(year.months) if i not in sums)
    _check_lacking(lacking, may_lack, start)
    what = (
        "days"
        if "day" in kinds
        else "weeks"
        if "week" in kinds
        else "months"
        if "month" in kinds
        else "periods"
    )
    return Gathered(sums, {}, "day" in kinds, len(rows), what, lacking)


def _position(when: When, year: PlanYear) -> int:
    match when.kind:
        case "day":
            return year.position(date(when.year, when.month, when.day))
        case "week":
            return year.position(min(year.start + timedelta(days=7 * (when.month - 1)), year.end))
        case "period":
            return when.month - 1
    return (when.year - year.start.year) * 12 + when.month - year.start.month


def shape_position(when: When, year: PlanYear) -> int:
    """Where a month or day of whichever year stands in `year`, or a period or week of a retail year."""
    if when.kind in ("period", "week"):
        return _position(when, year)
    return (when.month - year.start.month) % 12


def _calendar_months(
    rows: Sequence[AmountRow], year: PlanYear, may_lack: Collection[str], start: Located
) -> Gathered:
    found = {(row.when.year, row.when.month): row.amount for row in rows}
    months = {month: (month.start.year, month.start.month) for month in year.calendar_months}
    lacking = tuple(month.label for month, key in months.items() if key not in found)
    why = f", of which last year, {year.span.replace('..', ' to ')}, has days"
    _check_lacking(lacking, may_lack, start, why)
    amounts = {month: found[key] for month, key in months.items() if key in found}
    return Gathered({}, amounts, False, len(rows), "calendar months", lacking)


def _check_lacking(lacking: Sequence[str], may_lack: Collection[str], start: Located, why: str = "") -> None:
    if wrong := [label for label in lacking if label not in may_lack]:
        hint = (
            "write 0 for a month without sales, and what one that is not known would be with `fix` or `fill`"
        )
        message = f"no row is about {', '.join(wrong)}{why}; {hint}"
        raise InputError(start._replace(message=start.message + message))


def _check_ends(rows: Sequence[AmountRow], year: PlanYear, may_lack: Collection[str]) -> None:
    """Whether the days reach over all months that may not lack: a file that is cut short looks like a year
    without sales at its end."""
    days = {date(row.when.year, row.when.month, row.when.day): row for row in rows}
    needed = [month for month in year.months if month.label not in may_lack]
    if not needed:
        return
    first, last = min(days), max(days)
    hint = "export the rest, or repair those months with `fix`, or fill them with `fill`, or add rows of 0"
    if first - needed[0].start > _CUT:
        message = f"the first day with a row is {first}, and {year.name} begins on {year.start}"
        raise InputError(days[first].at.mark.problem(f"{message}: the file may be cut short; {hint}"))
    if needed[-1].end - last > _CUT:
        message = f"the last day with a row is {last}, and {year.name} ends on {year.end}"
        raise InputError(days[last].at.mark.problem(f"{message}: the file may be cut short; {hint}"))


def label_of(when: When, year: PlanYear) -> str:
    """The month that a month, day, period or week of `year` belongs to, as the year calls it."""
    if when.kind == "month" and year.is_retail:
        return calendar_month(when.year, when.month).label
    return year.months[_position(when, year)].label


def _check_weeks(rows: Sequence[AmountRow], year: PlanYear, start: Located) -> None:
    weeks = ((year.end - year.start).days + 1) // 7
    for row in rows:
        if row.when.month > weeks:
            message = f"`{row.at.text}` is no week of {year.name}, which has {weeks}"
            raise InputError(row.at.mark.problem(message))
    found = {row.when.month for row in rows}
    if lacking := [f"W{number:02d}" for number in range(1, weeks + 1) if number not in found]:
        message = f"no row is about {', '.join(lacking)}; write 0 for a week without sales"
        raise InputError(start._replace(message=start.message + message))
