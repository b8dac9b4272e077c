"""The year after last year's file, or what is wrong with the file."""

from typing import NamedTuple

from target_cascade.cli.new.chosen import chosen
from target_cascade.cli.new.drafting import OPTIONS, Drafting, Tried
from target_cascade.cli.new.questions import Terminal
from target_cascade.cli.new.years_written import YearsWritten, years_written
from target_cascade.errors import ChoiceError, InputError
from target_cascade.write.plan_text import Answers


class FoundYear(NamedTuple):
    """`tried` is the plan of the year that the file tells, `offered` that of a year that fits but is not
    sure. Where there is neither, `error` is what is wrong with the file as the year before `likeliest`;
    all are empty where the file names no year."""

    tried: Tried | None = None
    offered: Tried | None = None
    error: InputError | None = None
    likeliest: str = ""


def year_after(drafting: Drafting, given: Answers, person: Terminal | None) -> FoundYear:
    """The plan of the year after last year's file, which is the latest of its full years that it can be
    read as.

    The years are only tried: whether a file is one of that year is for its reader to say. Raises
    `ChoiceError` where nothing was chosen.
    """
    written = years_written(dict(given.base)["file"])
    errors: dict[int, InputError] = {}
    for year in written.full:
        tried = _read_as(drafting, given, str(year + 1), person)
        if isinstance(tried, Tried):
            return FoundYear(tried=tried)
        errors[year] = tried
    if written.likeliest is None:
        return FoundYear()
    return _not_sure(drafting, given, person, written, errors.get(written.likeliest))


def _not_sure(
    drafting: Drafting,
    given: Answers,
    person: Terminal | None,
    written: YearsWritten,
    known: InputError | None,
) -> FoundYear:
    """What the file is as its likeliest year, and as the twelve months up to the last that it has."""
    assert written.likeliest is not None
    likeliest = str(written.likeliest + 1)
    as_likeliest = known or _read_as(drafting, given, likeliest, person)
    if isinstance(as_likeliest, Tried):
        return FoundYear(offered=as_likeliest, likeliest=likeliest)
    if written.ends_in < 12:
        from_month = f"{written.likeliest}-{written.ends_in + 1:02}"
        tried = _read_as(drafting, given, from_month, person)
        if isinstance(tried, Tried):
            return FoundYear(offered=tried, likeliest=from_month)
    return FoundYear(error=as_likeliest, likeliest=likeliest)


def _read_as(drafting: Drafting, given: Answers, year: str, person: Terminal | None) -> Tried | InputError:
    try:
        return chosen(drafting, given._replace(year=year), person, "year")
    except InputError as error:
        if isinstance(error, ChoiceError) and error.key != "year":
            raise
        return error


def with_year_tried(error: InputError, year: str) -> InputError:
    """The error of a file; where it is about years, with the one that it was read for, which nobody said."""
    first = error.problems[0]
    if str(int(year) - 1) not in first.message:
        return error
    hint = f" (read for a plan of {year}; {OPTIONS['year']} says another year)"
    return InputError(first._replace(message=first.message + hint), *error.problems[1:])
