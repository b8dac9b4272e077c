"""What the reader of sales says is wrong, in the words of actuals: of `actuals:` and its keys."""

import re

from target_cascade.calendar import PlanYear
from target_cascade.errors import ChoiceError, InputError, Located

_YEAR_CHOICE = re.compile(
    r"(?P<begin>, or say|; say which it is with|; if [^;`]* is meant, say|; say)"
    r" `base: \{file: …, year: [^`]*\}`(?: if (?:they are of [^;]*|it is))?"
)
_WORDS = (
    ("`base: {file", "`actuals: {file"),
    ("a base of the wrong", "figures of the wrong"),
    ("are last year's sales, say", "are what came in, say"),
    (", and let `fill` or `fix` stand for its month", ""),
)


def of_actuals(error: InputError, year: PlanYear) -> InputError:
    """The error with what to write for actuals; they have no `year`, as they are of the plan year."""
    problems = [_told(problem, year) for problem in error.problems]
    if isinstance(error, ChoiceError):
        return ChoiceError(*problems, key=error.key, choices=error.choices)
    return type(error)(*problems)


def _told(problem: Located, year: PlanYear) -> Located:
    like = year.months[0].label if not year.is_retail else str(year.start)
    instead = f"; write {'days' if year.is_retail else 'months'} with their years, such as `{like}`"
    message = _YEAR_CHOICE.sub(lambda found: "" if found["begin"] == ", or say" else instead, problem.message)
    for said, meant in _WORDS:
        message = message.replace(said, meant)
    return problem._replace(message=message)
