"""What the options say, and a person where they leave something open → a plan that can be split."""

from target_cascade.cli.new.base_year import FoundYear, with_year_tried, year_after
from target_cascade.cli.new.chosen import chosen
from target_cascade.cli.new.drafting import OPTIONS, Drafting, Tried, found_file, one_line
from target_cascade.cli.new.questions import Terminal
from target_cascade.errors import ChoiceError, InputError, Located, UsageError
from target_cascade.write.plan_text import Answers

_INTRODUCTION = (
    "Enter takes what stands in [brackets]. Ctrl-C leaves, and nothing is written.",
    "Amounts: 4000万, 40M, 0.4亿 or 40,000,000.",
    "",
)


def first_draft(drafting: Drafting, given: Answers, person: Terminal | None) -> Tried:
    """The plan of the answers that are given; a person, if there is one, is asked for what is missing,
    and where last year's file leaves a choice.

    Raises `InputError` for given answers that are wrong, `UsageError` where nobody can be asked.
    """
    drafting.check(given)
    year_is_known = bool(given.year or given.base)
    if person is None:
        _refuse_missing(given.target, year_is_known)
        return _of_options(drafting, given, None)
    if given.target and year_is_known:
        return _of_options(drafting, given, person)
    for line in _INTRODUCTION:
        person.say(line)
    if not given.target:
        given = _with_target(drafting, given, person)
    tried = _with_last_year(drafting, given, person)
    return tried if given.new_business else _with_new_business(drafting, tried, person)


def _refuse_missing(target: str, year_is_known: bool) -> None:
    missing = [] if target else ["--target AMOUNT"]
    missing += [] if year_is_known else ["--year YEAR or --from FILE"]
    if missing:
        raise UsageError(f"{' and '.join(missing)} must be given, where there is no terminal to ask in")


def _of_options(drafting: Drafting, given: Answers, person: Terminal | None) -> Tried:
    """The plan of complete answers; of the year, it is enough that last year's file tells it."""
    if given.year:
        return chosen(drafting, given, person)
    file = dict(given.base)["file"]
    found = year_after(drafting, given, person)
    if found.tried is not None:
        return found.tried._replace(remark=f"the year is {found.tried.answers.year}, the one after {file}")
    if found.error is not None and (person is None or not isinstance(found.error, ChoiceError)):
        raise with_year_tried(found.error, found.likeliest)
    if person is not None:
        return _with_last_year(drafting, given, person)
    message = f"`{file}` names no year; say with --year which year the plan is for"
    if found.offered is not None:
        year = found.offered.answers.year
        message = (
            f"which year the plan is for is not sure: `{file}` can be read as the year before {year};"
            f" say --year {year} if it is"
        )
    raise InputError(Located(OPTIONS["year"], 1, 1, message))


def _with_target(drafting: Drafting, given: Answers, person: Terminal) -> Answers:
    def answered(answer: str) -> Answers:
        return given._replace(target=one_line("target", answer))

    answer = person.until_right("What must the year bring", lambda answer: drafting.check(answered(answer)))
    return answered(answer)


def _with_last_year(drafting: Drafting, given: Answers, person: Terminal) -> Tried:
    """The plan with a year, and with last year's file, if there is one; both together have to be right."""
    file = ""
    while True:
        before = file
        answers = given if given.base else _with_file(given, person, file)
        file = dict(answers.base).get("file", "")
        try:
            if not given.year:
                # Named a second time, the year may be what is wrong, so it is asked for all the same.
                answers = _with_year(drafting, answers, person, anyway=file == before)
            return chosen(drafting, answers, person)
        except InputError as error:
            if given.base:
                raise
            if not isinstance(error, ChoiceError):  # which has been explained, and nothing was chosen
                person.explain(error)


def _with_file(given: Answers, person: Terminal, before: str) -> Answers:
    """The answers with last year's file, which may be the one of the answer `before`."""

    def check(answer: str) -> None:
        if answer and answer != without:
            found_file(answer)

    without = "none" if before else ""
    question = f"Last year's sales, a CSV or Excel file ({'or: none' if before else 'Enter: none'})"
    answer = person.until_right(question, check, before, optional=True)
    return given if answer == without else given._replace(base=(("file", found_file(answer)),))


def _with_year(drafting: Drafting, given: Answers, person: Terminal, anyway: bool) -> Answers:
    """The answers with the year that is asked for; by default the one after last year's file.

    Raises `InputError` for a file that is wrong as the likeliest year, unless the year is asked for `anyway`.
    """
    found = year_after(drafting, given, person) if given.base else FoundYear()
    is_choice = isinstance(found.error, ChoiceError)  # which waits until the plan's year is known
    if found.error is not None and not anyway and not is_choice:
        raise found.error
    fitting = found.tried or found.offered
    known = fitting.answers if fitting is not None else given

    def answered(answer: str) -> Answers:
        return known._replace(year=one_line("year", answer))

    question = "Which year, as 2027, or 2027-04 for one from April"
    default = known.year or ("" if is_choice else found.likeliest)
    answer = person.until_right(question, lambda answer: drafting.check(answered(answer)), default)
    return answered(answer)


def _with_new_business(drafting: Drafting, tried: Tried, person: Terminal) -> Tried:
    """The plan with what a person adds to it, which it must be able to carry."""
    question = "New business, which has no last year: its name (Enter: none)"
    while name := _new_name(drafting, tried.answers, person, question):
        more = _with_one_business(drafting, tried.answers, person, name)
        if more is not None:
            tried = more
            question = "Another (Enter: no more)"
    return tried


def _new_name(drafting: Drafting, before: Answers, person: Terminal, question: str) -> str:
    def check(name: str) -> None:
        if name:
            _tried_with(drafting, before, name, "0")

    return person.until_right(question, check, optional=True)


def _with_one_business(drafting: Drafting, before: Answers, person: Terminal, name: str) -> Tried | None:
    """The plan with the business of that name; None where the person drops it."""

    def check(expect: str) -> None:
        if expect:
            _tried_with(drafting, before, name, expect)

    question = f"What may {name} bring this year (Enter: drop it)"
    expect = person.until_right(question, check, optional=True)
    return _tried_with(drafting, before, name, expect) if expect else None


def _tried_with(drafting: Drafting, before: Answers, name: str, expect: str) -> Tried:
    pair = one_line("new_business", name), one_line("new_business", expect)
    return drafting.tried(before._replace(new_business=(*before.new_business, pair)))
