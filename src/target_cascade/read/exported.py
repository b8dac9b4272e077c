"""The quotas of an earlier run, from the .csv or .json that `plan export` or `plan split` wrote."""

import re
from calendar import monthrange
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Literal, NamedTuple, TypeVar

from target_cascade.calendar import FIRST_YEAR, LAST_YEAR, PlanYear
from target_cascade.errors import CalendarError, InputError, Located
from target_cascade.period_text import parse_date
from target_cascade.read.exported_year import PERIOD, is_retail, year_of_periods, year_of_quarters
from target_cascade.read.records import DIFFERENCE, Record, Records, csv_records, is_difference, json_records
from target_cascade.read.text_file import read_source

_MAX_BYTES = 1_000_000
_MOST_PROBLEMS = 20  # A file in another form has one in each row.
_FOR_PEOPLE = (".md", ".xls", ".xlsm", ".xlsx")

_By = Literal["date", "week", "month", "quarter"]
_COLUMNS: Mapping[_By, tuple[str, ...]] = {
    "date": ("date", "month", "week"),
    "week": ("week", "month", "start", "end"),
    "month": ("month",),
    "quarter": ("quarter", "start"),
}
"""What a row is about and which columns say it, the finest first: a row of a day has a month as well."""
_RETAIL_COLUMNS: Mapping[_By, tuple[str, ...]] = {
    **_COLUMNS,
    "month": ("month", "start", "end"),
    "quarter": ("quarter", "start", "end"),
}
"""Of a retail year, whose periods do not say when they are."""

_LABELS = {
    "date": (r"\d{4}-\d\d-\d\d", "2012-11-08"),
    "start": (r"\d{4}-\d\d-\d\d", "2012-11-08"),
    "end": (r"\d{4}-\d\d-\d\d", "2012-11-08"),
    "week": (r"(\d{4}-)?W\d\d", "2012-W45"),
    "month": (r"[1-9]\d{3}-(0[1-9]|1[0-2])", "2012-11"),
    "quarter": (r"[1-9]\d{3}-Q[1-4]", "2012-Q4"),
}
"""How the cells of a column are written, and an example."""
_RETAIL_LABELS = _LABELS | {"month": (PERIOD, "P11"), "week": (r"W\d\d", "W45")}

_Label = TypeVar("_Label", bound=Hashable)


class Exported(NamedTuple):
    """The quotas of a whole `year` by the labels of their periods, in the order of the file.

    What the file cannot tell is empty: days add up to weeks and months, and months to quarters, but
    whole weeks to nothing.
    """

    name: str
    year: PlanYear
    days: Mapping[str, Fraction]
    part_weeks: Mapping[tuple[str, str], Fraction]
    """By month and week."""
    weeks: Mapping[str, Fraction]
    months: Mapping[str, Fraction]
    quarters: Mapping[str, Fraction]
    spans: Mapping[tuple[str, ...], tuple[date, date]]
    """The first and the last day of each day, part week and week, by what names it in `by_label`."""

    def by_label(self, by: str) -> dict[tuple[str, ...], Fraction]:
        """The quotas of a quarter, month, week, whole week or day, by what names each: of a week its
        month too. Empty where the file cannot tell."""
        if by == "week":
            return {(month, week): quota for (month, week), quota in self.part_weeks.items()}
        known = {
            "quarter": self.quarters,
            "month": self.months,
            "whole week": self.weeks,
            "day": self.days,
        }
        return {(label,): quota for label, quota in known[by].items()}

    @property
    def levels(self) -> list[str]:
        """The levels that the file can tell, in plain words."""
        levels = ("quarters", "months", "weeks", "days")
        return [level for level in levels if getattr(self, level)]


class _Row(NamedTuple):
    """What a record says: the labels of its columns, and the days, months or quarters from `first` to
    `last`, by numbers that follow each other."""

    record: Record
    labels: Mapping[str, str]
    first: int
    last: int
    quota: Fraction


def is_exported(path: str) -> bool:
    """Whether `path` is to be read as the quotas of an earlier run and not as a plan: by its ending,
    and for .json by what is in it, a list of periods or the keys of a plan. What `plan diff` writes
    is no plan either.

    Raises `InputError` where that .json cannot be read.
    """
    ending = FilePath(path).suffix.lower()
    if ending == ".json":
        text = read_source(path, _MAX_BYTES, "the export", or_gbk=True).text
        return text.lstrip().startswith("[") or is_difference(text)
    return ending == ".csv" or ending in _FOR_PEOPLE


def read_exported(path: str) -> Exported:
    """The quotas in the .csv or .json at `path`, which may be ``REV:path`` of git.

    Raises `InputError` with every row that cannot be read, or with every one that is twice or
    missing (the first of them in a long file), and where the rows are no whole year.
    """
    ending = FilePath(path).suffix.lower()
    if ending in _FOR_PEOPLE:
        message = f"the quotas of an earlier run are read from .csv or .json, and this is {ending}"
        raise InputError(Located(path, 1, 1, f"{message}; `plan export` writes those as well"))
    source = read_source(path, _MAX_BYTES, "the export", or_gbk=True)
    file = json_records(source) if ending == ".json" else csv_records(source)
    by = _by(file)
    retail = is_retail(file)
    rows, problems = _read(file, by, retail)
    if problems := problems or [*_twice_or_missing(rows, by), *([] if retail else _cut_months(rows, by))]:
        raise InputError(*_first(problems))
    year = _retail_year(rows, by) if retail else _year(rows, by)
    return _gathered(source.name, year, rows, by)


def _first(problems: Sequence[Located]) -> list[Located]:
    first, rest = list(problems[:_MOST_PROBLEMS]), problems[_MOST_PROBLEMS:]
    if rest:
        first.append(rest[0]._replace(message=f"and {len(rest)} more from here on", text=""))
    return first


def _by(file: Records) -> _By:
    """What the rows are about."""
    if not file.records:
        raise InputError(file.mark.problem("no quotas stand here; `plan export` writes what is read"))
    by = next((by for by in _COLUMNS if by in file.columns), None)
    wanted = (_RETAIL_COLUMNS if is_retail(file) else _COLUMNS)[by or "month"]
    absent = [column for column in (*wanted, "quota") if column not in file.columns]
    if {"old", "new"} <= set(file.columns) and "quota" in absent:
        raise InputError(file.mark.problem(DIFFERENCE))
    if absent:
        names = ", ".join(f"`{column}`" for column in absent)
        message = f"no column is called {names}; `plan export` and `plan split` write what is read here"
        raise InputError(file.mark.problem(message))
    assert by is not None
    return by


def _read(file: Records, by: _By, retail: bool) -> tuple[list[_Row], list[Located]]:
    """The rows, and what is wrong with those that cannot be read."""
    rows: list[_Row] = []
    problems: list[Located] = []
    for record in file.records:
        try:
            rows.append(_row(record, by, retail))
        except InputError as error:
            problems += error.problems
    return rows, problems


def _row(record: Record, by: _By, retail: bool) -> _Row:
    columns, known = (_RETAIL_COLUMNS, _RETAIL_LABELS) if retail else (_COLUMNS, _LABELS)
    labels = {
        column: _label(record, column, known[column], column == "month" and by == "week" and not retail)
        for column in columns[by]
    }
    first, last = _span(record, labels, by, retail)
    quota = record.amount("quota")
    if quota < 0:
        raise InputError(record.problem("quota", f"`{record.cell('quota').text}` is below 0, as no quota is"))
    return _Row(record, labels, first, last, quota)


def _label(record: Record, column: str, known: tuple[str, str], may_be_empty: bool) -> str:
    text = record.cell(column).text
    pattern, example = known
    if not re.fullmatch(pattern, text, re.ASCII) and (text or not may_be_empty):
        about = f"`{text}`" if text else "an empty cell"
        hint = f"in an export it is written `{example}`; a spreadsheet may have changed it"
        raise InputError(record.problem(column, f"{about} is no {column}: {hint}"))
    return text


def _span(record: Record, labels: Mapping[str, str], by: _By, retail: bool) -> tuple[int, int]:
    """The first and the last day, month or quarter, numbered so that they follow each other."""
    if by in ("month", "quarter") and not retail:
        year, part = labels[by].replace("Q", "").split("-")
        number = int(year) * (12 if by == "month" else 4) + int(part)
        return number, number
    columns = ("date", "date") if by == "date" else ("start", "end")
    start, end = (_day(record, column, labels) for column in columns)
    if end < start:
        raise InputError(record.problem("end", f"`{end}` is before `{start}`"))
    return start.toordinal(), end.toordinal()


def _day(record: Record, column: str, labels: Mapping[str, str]) -> date:
    try:
        day = parse_date(labels[column])
    except CalendarError as error:
        raise InputError(record.problem(column, str(error))) from None
    month = labels.get("month", "")
    if not month.startswith("P") and not labels[column].startswith(month):
        raise InputError(record.problem("month", f"`{day}` is not in `{labels['month']}`"))
    return day


def _twice_or_missing(rows: Sequence[_Row], by: _By) -> Iterator[Located]:
    for before, row in pairwise(sorted(rows, key=lambda row: row.first)):
        label, name = row.labels[by], before.record.name
        if row.first <= before.last and label == before.labels[by]:
            message = f"`{label}` stands here a second time, the first is in {name}; keep one"
            yield row.record.problem(by, message)
        elif row.first <= before.last:
            yield row.record.problem(by, f"`{label}` has days that {name} has already")
        elif row.first > before.last + 1:
            message = f"something is missing between `{before.labels[by]}` in {name} and `{label}`"
            yield row.record.problem(by, f"{message}; an export has the whole year")


def _cut_months(rows: Sequence[_Row], by: _By) -> Iterator[Located]:
    """Where the days begin or end within a month, of which they say too little."""
    if by in ("date", "week"):
        first, last = min(rows, key=lambda row: row.first), max(rows, key=lambda row: row.last)
        start, end = date.fromordinal(first.first), date.fromordinal(last.last)
        within = "within a month; an export has the whole year"
        if start.day > 1:
            yield first.record.problem(by, f"the quotas begin on {start}, {within}")
        if end.day < monthrange(end.year, end.month)[1]:
            yield last.record.problem(by, f"the quotas end on {end}, {within}")


def _year(rows: Sequence[_Row], by: _By) -> PlanYear:
    """The year that rows without a gap make up. Raises `InputError` where they are more or less."""
    first, last = min(rows, key=lambda row: row.first), max(rows, key=lambda row: row.last)
    start = _start(first, by)
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        message = f"`{start.year}` is outside {FIRST_YEAR} to {LAST_YEAR}, the years that plans can have"
        raise InputError(first.record.problem(by, message))
    _check_whole(first, last, by)
    year = PlanYear.starting(start.year, start.month)
    if by == "quarter":
        _check_quarters(rows, year)
    return year


def _retail_year(rows: Sequence[_Row], by: _By) -> PlanYear:
    """The retail year that rows without a gap make up. Raises `InputError` where they are none."""
    part = "quarter" if by == "quarter" else "month"
    spans: dict[str, tuple[date, date]] = {}
    for row in rows:
        label, first, last = row.labels[part], date.fromordinal(row.first), date.fromordinal(row.last)
        start, end = spans.get(label, (first, last))
        spans[label] = min(start, first), max(end, last)
    try:
        year = year_of_quarters(spans.values()) if by == "quarter" else year_of_periods(spans)
    except CalendarError as error:
        raise InputError(max(rows, key=lambda row: row.last).record.problem(part, str(error))) from None
    if by == "quarter":
        _check_quarters(rows, year)
    return year


def _check_whole(first: _Row, last: _Row, by: _By) -> None:
    unit, whole = ("quarter", 4) if by == "quarter" else ("month", 12)
    count = _months_between(first, last) if by in ("date", "week") else last.last - first.first + 1
    if count != whole:
        span = f"from `{first.labels[by]}` to `{last.labels[by]}` it is {count} {unit}{'s' * (count > 1)}"
        absent = f"{whole - count} {'is' if whole - count == 1 else 'are'} missing before or after"
        rest = absent if count < whole else "keep one year"
        raise InputError(last.record.problem(by, f"{span}, and an export has the {whole} of a year; {rest}"))


def _start(row: _Row, by: _By) -> date:
    """The day on which a row begins. Raises `InputError` where the calendar has none."""
    if by == "quarter":
        return _day(row.record, "start", row.labels)
    return date.fromisoformat(f"{row.labels['month']}-01") if by == "month" else date.fromordinal(row.first)


def _months_between(first: _Row, last: _Row) -> int:
    """How many months have a day from the first to the last."""
    start, end = date.fromordinal(first.first), date.fromordinal(last.last)
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _check_quarters(rows: Sequence[_Row], year: PlanYear) -> None:
    starts = {period.label: str(period.start) for period in year.quarters()}
    for row in rows:
        quarter, start = row.labels["quarter"], row.labels["start"]
        if starts.get(quarter) != start:
            message = f"`{start}` is not the first day of `{quarter}` in a year that begins on {year.start}"
            raise InputError(row.record.problem("start", message))


def _gathered(name: str, year: PlanYear, rows: Sequence[_Row], by: _By) -> Exported:
    days = _sums((row.labels["date"], row.quota) for row in rows if by == "date")
    in_months = [row for row in rows if "month" in row.labels]
    is_whole_weeks = any(not row.labels["month"] for row in in_months)
    spans = _spans(rows, by)
    weeks = _sums((row.labels["week"], row.quota) for row in rows if "week" in row.labels)
    part_weeks = _sums(
        ((row.labels["month"], row.labels["week"]), row.quota) for row in rows if "week" in row.labels
    )
    months = _sums((row.labels["month"], row.quota) for row in in_months)
    if is_whole_weeks:
        return Exported(name, year, {}, {}, weeks, {}, {}, spans)
    quarters = _sums((row.labels["quarter"], row.quota) for row in rows if by == "quarter")
    quarters = quarters or _quarters(months, year)
    return Exported(name, year, days, part_weeks, weeks, months, quarters, spans)


def _quarters(months: Mapping[str, Fraction], year: PlanYear) -> dict[str, Fraction]:
    if not months:
        return {}
    labels = [quarter.label for quarter in year.quarters()]
    return _sums((labels[at // 3], months[month.label]) for at, month in enumerate(year.months))


def _spans(rows: Sequence[_Row], by: _By) -> dict[tuple[str, ...], tuple[date, date]]:
    """The days of what is shorter than a month; a week's are those of its parts in both months."""
    found: dict[tuple[str, ...], tuple[date, date]] = {}
    for row in rows if by in ("date", "week") else ():
        week, first, last = row.labels["week"], date.fromordinal(row.first), date.fromordinal(row.last)
        for labels in ((week,), (row.labels["month"], week), (row.labels.get("date", week),)):
            start, end = found.get(labels, (first, last))
            found[labels] = min(start, first), max(end, last)
    return found


def _sums(quotas: Iterable[tuple[_Label, Fraction]]) -> dict[_Label, Fraction]:
    sums: dict[_Label, Fraction] = {}
    for label, quota in quotas:
        sums[label] = sums.get(label, Fraction(0)) + quota
    return sums
