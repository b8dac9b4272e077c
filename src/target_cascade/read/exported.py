"""The quotas of an earlier run, from the .csv or .json that `plan export` or `plan split` wrote."""

import re
from calendar import monthrange
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Literal, NamedTuple, TypeVar

from target_cascade.amount import parse_amount
from target_cascade.errors import AmountError, CalendarError, InputError, Located
from target_cascade.period_text import parse_date
from target_cascade.read.records import Record, Records, csv_records, json_records
from target_cascade.read.source import read_source

_MAX_BYTES = 1_000_000
_MOST_PROBLEMS = 20  # A file in another form has one in each row.
_FOR_PEOPLE = (".md", ".xls", ".xlsm", ".xlsx")

_By = Literal["date", "week", "month", "quarter"]
_COLUMNS: Mapping[_By, tuple[str, ...]] = {
    "date": ("date", "month", "week"),
    "week": ("week", "month", "start", "end"),
    "month": ("month",),
    "quarter": ("quarter",),
}
"""What a row is about and which columns say it, the finest first: a row of a day has a month as well."""

_LABELS = {
    "date": (r"\d{4}-\d\d-\d\d", "2012-11-08"),
    "start": (r"\d{4}-\d\d-\d\d", "2012-11-08"),
    "end": (r"\d{4}-\d\d-\d\d", "2012-11-08"),
    "week": (r"(\d{4}-)?W\d\d", "2012-W45"),
    "month": (r"\d{4}-(0[1-9]|1[0-2])", "2012-11"),
    "quarter": (r"\d{4}-Q[1-4]", "2012-Q4"),
}
"""How the cells of a column are written, and an example."""

_Label = TypeVar("_Label", bound=Hashable)


class Exported(NamedTuple):
    """Quotas by the labels of their periods, in the order of the file.

    What the file cannot tell is empty: days add up to weeks and months, and twelve months to
    quarters, but whole weeks to nothing.
    """

    name: str
    days: Mapping[str, Fraction]
    part_weeks: Mapping[tuple[str, str], Fraction]
    """By month and week."""
    weeks: Mapping[str, Fraction]
    months: Mapping[str, Fraction]
    quarters: Mapping[str, Fraction]

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
    and for .json by what is in it, a list of periods or the keys of a plan.

    Raises `InputError` where that .json cannot be read.
    """
    ending = FilePath(path).suffix.lower()
    if ending == ".json":
        return read_source(path, _MAX_BYTES, "the export", or_gbk=True).text.lstrip().startswith("[")
    return ending == ".csv" or ending in _FOR_PEOPLE


def read_exported(path: str) -> Exported:
    """The quotas in the .csv or .json at `path`, which may be ``REV:path`` of git.

    Raises `InputError` with every row that cannot be read, or with every one that is twice or
    missing (the first of them in a long file).
    """
    ending = FilePath(path).suffix.lower()
    if ending in _FOR_PEOPLE:
        message = f"the quotas of an earlier run are read from .csv or .json, and this is {ending}"
        raise InputError(Located(path, 1, 1, f"{message}; `plan export` writes those as well"))
    source = read_source(path, _MAX_BYTES, "the export", or_gbk=True)
    file = json_records(source) if ending == ".json" else csv_records(source)
    by = _by(file)
    rows, problems = _read(file, by)
    if problems := problems or [*_twice_or_missing(rows, by), *_cut_months(rows, by)]:
        raise InputError(*_first(problems))
    return _gathered(source.name, rows, by)


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
    absent = [column for column in (*_COLUMNS[by or "month"], "quota") if column not in file.columns]
    if absent:
        names = ", ".join(f"`{column}`" for column in absent)
        message = f"no column is called {names}; `plan export` and `plan split` write what is read here"
        raise InputError(file.mark.problem(message))
    assert by is not None
    return by


def _read(file: Records, by: _By) -> tuple[list[_Row], list[Located]]:
    """The rows, and what is wrong with those that cannot be read."""
    rows: list[_Row] = []
    problems: list[Located] = []
    for record in file.records:
        try:
            rows.append(_row(record, by))
        except InputError as error:
            problems += error.problems
    return rows, problems


def _row(record: Record, by: _By) -> _Row:
    labels = {
        column: _label(record, column, may_be_empty=column == "month" and by == "week")
        for column in _COLUMNS[by]
    }
    first, last = _span(record, labels, by)
    try:
        return _Row(record, labels, first, last, parse_amount(record.cell("quota").text))
    except AmountError as error:
        raise InputError(record.problem("quota", str(error))) from None


def _label(record: Record, column: str, may_be_empty: bool) -> str:
    text = record.cell(column).text
    pattern, example = _LABELS[column]
    if not re.fullmatch(pattern, text, re.ASCII) and (text or not may_be_empty):
        about = f"`{text}`" if text else "an empty cell"
        hint = f"in an export it is written `{example}`; a spreadsheet may have changed it"
        raise InputError(record.problem(column, f"{about} is no {column}: {hint}"))
    return text


def _span(record: Record, labels: Mapping[str, str], by: _By) -> tuple[int, int]:
    """The first and the last day, month or quarter, numbered so that they follow each other."""
    if by in ("month", "quarter"):
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
    if labels["month"] and not labels[column].startswith(labels["month"]):
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


def _gathered(name: str, rows: Sequence[_Row], by: _By) -> Exported:
    days = _sums((row.labels["date"], row.quota) for row in rows if by == "date")
    in_months = [row for row in rows if "month" in row.labels]
    is_whole_weeks = any(not row.labels["month"] for row in in_months)
    weeks = _sums((row.labels["week"], row.quota) for row in rows if "week" in row.labels)
    part_weeks = _sums(
        ((row.labels["month"], row.labels["week"]), row.quota) for row in rows if "week" in row.labels
    )
    months = _sums((row.labels["month"], row.quota) for row in in_months)
    if is_whole_weeks:
        return Exported(name, {}, {}, weeks, {}, {})
    quarters = _sums((row.labels["quarter"], row.quota) for row in rows if by == "quarter")
    return Exported(name, days, part_weeks, weeks, months, quarters or _quarters(months))


def _quarters(months: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The quotas of the plan's quarters, which its first month's year names; of no other number of
    months than twelve."""
    labels = sorted(months)
    if len(labels) != 12:
        return {}
    return _sums((f"{labels[0][:4]}-Q{at // 3 + 1}", months[label]) for at, label in enumerate(labels))


def _sums(quotas: Iterable[tuple[_Label, Fraction]]) -> dict[_Label, Fraction]:
    sums: dict[_Label, Fraction] = {}
    for label, quota in quotas:
        sums[label] = sums.get(label, Fraction(0)) + quota
    return sums
