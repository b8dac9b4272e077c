"""What last year's file leaves open, settled by a person; or a plan, where it leaves nothing open."""

import re

from target_cascade.cli.new.drafting import OPTIONS, Drafting, Tried, one_line
from target_cascade.cli.new.questions import Terminal
from target_cascade.errors import ChoiceError
from target_cascade.write.plan_text import Answers

_CHOICES = {
    "column": ("Which column", ""),
    "sheet": ("Which sheet", ""),
    "unit": ("Which unit", ""),
    "year": ("Which year are its figures of", "another file or year"),
}
"""What is asked where a file leaves a choice, and what else there is to do than to choose."""
_HINT = re.compile(r";[^;]*`base: \{[^}]*\}`[^;)]*")
"""What a message says is to be written into the plan, which the answer to a menu does."""


def chosen(drafting: Drafting, answers: Answers, person: Terminal | None, never: str = "") -> Tried:
    """The plan, after a person has settled what last year's file leaves open; nobody is asked for `never`.

    Raises `InputError`; `ChoiceError` where nothing was chosen, which without a person names the option.
    """
    while True:
        try:
            return drafting.tried(answers)
        except ChoiceError as error:
            if error.key == never:
                raise
            if person is None:
                raise _with_option(error) from None
            person.explain(_for_a_menu(error))
            question, otherwise = _CHOICES[error.key]
            choice = one_line(f"base.{error.key}", person.choose(question, error.choices, otherwise))
            if not choice:
                raise
            kept = (one for one in answers.base if one[0] != error.key)
            answers = answers._replace(base=(*kept, (error.key, choice)))


def _with_option(error: ChoiceError) -> ChoiceError:
    hint = f"; {OPTIONS[f'base.{error.key}']} says it"
    problems = (problem._replace(message=problem.message + hint) for problem in error.problems)
    return ChoiceError(*problems, key=error.key, choices=error.choices)


def _for_a_menu(error: ChoiceError) -> ChoiceError:
    problems = (problem._replace(message=_HINT.sub("", problem.message)) for problem in error.problems)
    return ChoiceError(*problems, key=error.key, choices=error.choices)
