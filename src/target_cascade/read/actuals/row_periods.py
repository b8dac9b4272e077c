"""The rows of actuals → the days, weeks and months that they are about, each as long as it is."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from target_cascade.calendar import Period, calendar_month, first_weekday, part_weeks
from target_cascade.errors import CalendarError, InputError
from target_cascade.pattern import Pattern
from target_cascade.period_text import parse_period
from target_cascade.plan import Plan
from target_cascade.read.sales.header_words import folded, names_day, names_month, names_week
from target_cascade.read.sales.period_cell import When
from target_cascade.read.sales.period_rows import PeriodRow
from target_cascade.review.actuals import Grain

_WEEK_LAST = Pattern(
    r"(?:week|wk)s?[ -]?(?:ending|ended|ends|end|to)(?: date| on)?|w/?e"
    r"|(?:周|星期)(?:结束|截止)(?:日期?)?|周末日期"
)
_WEEK_FIRST = Pattern(
    r"(?:week|wk)s?[ -]?(?:of|starts?|starting|begins?|beginning|commencing|from)(?: date| on)?|w/?c"
    r"|(?:周|星期)(?:开始|起始)(?:日期?)?|周初日期"
)
_WEEK_HINT = "call the column `week starting`, `week ending` or `day`, whichever it is"
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

_Days = Literal["day", "month", "week first", "week last"]
"""What the dates of rows stand for."""


class Placed(NamedTuple):
    """The days that a row is about."""

    period: Period
    grain: Grain


def days_meaning(rows: Sequence[PeriodRow], name: str, plan: Plan) -> _Days:
    """What the dates of `rows`, which stand below `name`, are: days, or one day of a longer period.

    Raises `InputError` where that is not known.
    """
    days = [row for row in rows if row.when is not None and row.when.kind == "day"]
    word = folded(name)
    if not days or names_day(name):
        return "day"
    if _WEEK_LAST.fullmatch(word):
        return "week last"
    if _WEEK_FIRST.fullmatch(word):
        return "week first"
    if names_week(name):
        _check_first_of_weeks(days, plan)
        return "week first"
    has_months = any(row.when is not None and row.when.kind == "month" for row in rows)
    return "day" if has_months else _one_or_all_days(days, names_month(name))


def names_weeks(name: str) -> bool:
    """Whether a column of this name has weeks, or their first or last days."""
    word = folded(name)
    return names_week(name) or bool(_WEEK_FIRST.fullmatch(word) or _WEEK_LAST.fullmatch(word))


def _one_or_all_days(rows: Sequence[PeriodRow], of_months: bool) -> _Days:
    dates = sorted({_date(row) for row in rows})
    one_a_month = len({(day.year, day.month) for day in dates}) == len(dates)
    are_first = all(day.day == 1 for day in dates)
    are_last = all((day + timedelta(1)).day == 1 for day in dates)
    if one_a_month and (of_months or (len(dates) > 1 and (are_first or are_last))):
        return "month"
    if one_a_month and (len(dates) > 1 or are_first or are_last):
        message = (
            f"`{rows[0].at.text}` may stand for its month or be a day, as there is one such date a month"
        )
        hint = f"write months as `{dates[0]:%Y-%m}`, or call the column `day` where they are days"
        raise InputError(rows[0].at.mark.problem(f"{message}; {hint}"))
    gaps = {(after - before).days for before, after in pairwise(dates)}
    if gaps and all(gap % 7 == 0 for gap in gaps):
        message = f"the dates are whole weeks apart, such as {dates[0]} and {dates[1]}, so they may stand for"
        raise InputError(rows[0].at.mark.problem(f"{message} weeks; {_WEEK_HINT}"))
    return "day"


def _check_first_of_weeks(rows: Sequence[PeriodRow], plan: Plan) -> None:
    """Raises `InputError` where the dates of weeks are not the days on which the plan's weeks begin."""
    first = first_weekday(plan.year, plan.weeks)
    for row in rows:
        day = _date(row)
        if day.weekday() != first:
            message = f"`{row.at.text}` is a {_WEEKDAYS[day.weekday()]}, and the plan's weeks begin on a"
            hint = "call the column `week starting` or `week ending`, whichever it is"
            raise InputError(row.at.mark.problem(f"{message} {_WEEKDAYS[first]}; {hint}"))


def _date(row: PeriodRow) -> date:
    assert row.when is not None
    return date(row.when.year, row.when.month, row.when.day)


def placed(row: PeriodRow, days: _Days, plan: Plan) -> Placed | None:
    """The days that a row is about; None where they are not in the plan year.

    `days` is what dates stand for. Raises `InputError` where the plan year has no such period, or only a
    part of it.
    """
    when, year = row.when, plan.year
    assert when is not None
    try:
        found = _placed(when, days, plan)
    except CalendarError as error:
        raise InputError(row.at.mark.problem(str(error))) from None
    except _NotHereError as error:
        raise InputError(row.at.mark.problem(f"`{row.at.text}` {error}")) from None
    if found is None or found.period.end < year.start or found.period.start > year.end:
        return None
    if found.period.start < year.start or found.period.end > year.end:
        message = f"`{row.at.text}` has days of another year than {year.name}, {year.span}, which are in"
        hint = _days_hint(found, max(found.period.start, year.start), plan)
        raise InputError(row.at.mark.problem(f"{message} its amount too; {hint}"))
    return found


def _days_hint(found: Placed, first: date, plan: Plan) -> str:
    """How the days of a period that lie in the plan year are written: beside weeks, dates would stand for
    weeks too, so these need their names."""
    hint = f"write its days in {plan.year.name} as rows of their own, such as `{first}`"
    if found.grain != "week":
        return hint
    step = timedelta(7 if found.period.start < plan.year.start else -7)
    start, end = found.period.start + step, found.period.end + step
    beside = _called(Period("", start, end), plan).label
    if not beside:
        return f"write the actuals by day, from `{plan.year.start}` on, or by month"
    return f"{hint}: call the column `day`, and write whole weeks in it as `{beside}`"


class _NotHereError(Exception):
    """A period of a kind that the plan year does not have."""


def _placed(when: When, days: _Days, plan: Plan) -> Placed | None:
    year = plan.year
    match when.kind:
        case "day":
            return _of_date(date(when.year, when.month, when.day), days, plan)
        case "month":
            return _month(when.year, when.month, plan)
        case "period":
            if not year.is_retail:
                message = f"is a period of a retail year, and {year.name} has calendar months"
                raise _NotHereError(f"{message}; write months such as `{year.months[0].label}`")
            years = (0, year.number, (year.start + timedelta(182)).year)
            return Placed(year.months[when.month - 1], "month") if when.year in years else None
    return _week(when, plan)


def _of_date(day: date, days: _Days, plan: Plan) -> Placed:
    if days == "day":
        return Placed(Period(str(day), day, day), "day")
    if days == "month":
        return _month(day.year, day.month, plan)
    start = day if days == "week first" else day - timedelta(6)
    end = start + timedelta(6)
    return Placed(_called(Period(f"{start}..{end}", start, end), plan), "week")


def _month(number: int, month: int, plan: Plan) -> Placed:
    if plan.year.is_retail:
        message = f"is a month of the calendar, and {plan.year.name} has periods"
        raise _NotHereError(f"{message}; write P01 to P12, weeks such as W01, or days")
    return Placed(calendar_month(number, month), "month")


def _called(week: Period, plan: Plan) -> Period:
    """The week under its name in the plan, where it is one of the plan's weeks."""
    year = plan.year
    if not year.start <= week.start <= week.end <= year.end:
        return week
    month = year.months[year.position(week.start)]
    if week.start.weekday() != first_weekday(year, plan.weeks):
        return week
    parts = part_weeks(month, year, plan.weeks)
    return week._replace(label=next(part.label for part in parts if part.start == week.start))


def _week(when: When, plan: Plan) -> Placed | None:
    """A week by its number: of the plan's own weeks, or of a calendar year by ISO 8601."""
    year, number = plan.year, f"W{when.month:02d}"
    if plan.weeks != "iso" or year.is_retail:
        if when.year:
            message = f"may be a week of another calendar, as the plan's weeks begin on a {_first_day(plan)}"
            raise _NotHereError(f"{message}; write `{number}` for a week of {year.name}")
        return Placed(parse_period(number, year, plan.weeks), "week")
    in_year = when.year or (year.start.year if year.start.month == 1 else 0)
    if not in_year:
        named = parse_period(number, year, plan.weeks).label
        in_year = int(named[:4])
    try:
        start = date.fromisocalendar(in_year, when.month, 1)
    except ValueError:
        raise _NotHereError(f"is no week: {in_year} has 52 of them by ISO 8601") from None
    week = Period(f"{in_year}-{number}", start, start + timedelta(6))
    return Placed(week, "week")


def _first_day(plan: Plan) -> str:
    return _WEEKDAYS[first_weekday(plan.year, plan.weeks)]


def when_of(found: Placed, written: When, plan: Plan) -> When:
    """What a row is about as totals compare it: months that stand as dates are months, and weeks have
    their place in the plan year."""
    if found.grain == "week":
        return When("week", plan.year.number, (found.period.start - plan.year.start).days // 7 + 1)
    if found.grain == "month" and written.kind == "day":
        return When("month", found.period.start.year, found.period.start.month)
    return written
