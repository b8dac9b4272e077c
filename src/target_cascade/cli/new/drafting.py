"""Answers → a plan that is not written yet, split, or what is wrong with the answers."""

import os
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

from target_cascade.cli.loading import cascade_of
from target_cascade.engine.apportion import round_up
from target_cascade.engine.cascade import Cascade
from target_cascade.errors import ChoiceError, InputError, Located
from target_cascade.plan import Plan
from target_cascade.read.plan_file import PlanFile, text_of
from target_cascade.read.source import Source
from target_cascade.write.plan_text import Answers, Draft, fill, new_business_too_much

OPTIONS = {
    "target": "--target",
    "year": "--year",
    "buffer": "--buffer",
    "name": "--name",
    "currency": "--currency",
    "country": "--country",
    "new_business": "--new-business",
    "base.file": "--from",
    "base.column": "--column",
    "base.unit": "--unit",
    "base.sheet": "--sheet",
    "base.year": "--base-year",
}
"""The option that gives each answer."""
_STAND_IN = Answers(target="1", year="2027")
"""Answers that are read without a complaint, while there are none."""
_LINE = re.compile(r"^`[\w.\[\]]+`: |, the first in line \d+")
"""What a message says of the plan's keys and lines, which nobody has seen yet."""


class Tried(NamedTuple):
    """A plan as it would be read, its cascade, and what there is to say about how it came about."""

    answers: Answers
    file: PlanFile
    cascade: Cascade
    remark: str = ""


class Drafting(NamedTuple):
    """A template, and what messages call the file that it is to become."""

    template: str
    name: str

    def check(self, answers: Answers) -> None:
        """Raises `InputError`, at their options, for answers that cannot be read, whatever others are
        missing; last year's file is not opened."""
        stand_in = {key: getattr(answers, key) or getattr(_STAND_IN, key) for key in ("target", "year")}
        self._read(answers._replace(base=(), **stand_in))

    def tried(self, answers: Answers) -> Tried:
        """The plan read and split; the path of its base is held against the working directory.

        Raises `InputError` with problems at options, at places of last year's file, or of the plan as
        it would be; `ChoiceError` where the file leaves a choice.
        """
        draft, file = self._read(answers)
        try:
            return Tried(answers, file, cascade_of(file))
        except InputError as error:
            problems = self._at_options(error, draft)
            raise InputError(*(_plainly(problem, file.plan) for problem in problems)) from None

    def _read(self, answers: Answers) -> tuple[Draft, PlanFile]:
        draft = fill(self.template, answers)
        try:
            return draft, text_of(Source(self.name, draft.text)).plan_file()
        except ChoiceError:
            raise
        except InputError as error:
            raise InputError(*self._at_options(error, draft)) from None

    def _at_options(self, error: InputError, draft: Draft) -> Iterator[Located]:
        for problem in error.problems:
            said = draft.answer_of(problem) if problem.file == self.name else None
            if said is None:
                yield problem
                continue
            column = min(max(problem.column - said.start, 1), len(said.answer))
            yield Located(OPTIONS[said.key], 1, column, _LINE.sub("", problem.message), said.answer)


def _plainly(problem: Located, plan: Plan) -> Located:
    """A problem with new business in words for who has just typed it; others as they are."""
    alone = sum((business.expect for business in plan.new_business), Fraction())
    most = round_up(plan.target * (1 + plan.buffer), plan.rounding.month)
    if problem.file != OPTIONS["new_business"] or alone <= most:
        return problem
    return problem._replace(message=new_business_too_much(alone, most, plan.buffer))


def one_line(key: str, answer: str) -> str:
    """The answer without spaces around it, and with plain ones inside.

    Raises `InputError` for what no line of a plan can hold: line ends and other invisible characters.
    """
    for column, char in enumerate(answer.strip(), 1):
        if not char.isprintable() and category(char) != "Zs":
            message = "a character stands here that cannot be printed, or ends the line; type it anew"
            raise InputError(Located(OPTIONS[key], 1, column, message, answer.strip()))
    return " ".join(answer.split())


def found_file(answer: str) -> str:
    """The path from here of last year's file, as a person types it or drops it into a terminal.

    Raises `InputError` where there is no such file, and where no plan could name it.
    """
    ways = (answer, answer.strip("'\""), answer.replace("\\ ", " "))
    path = next((way for way in ways if way and Path(way).exists()), answer)
    try:
        with _plain_file(path).open("rb"):
            pass
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _no_base(answer, f"cannot read `{answer}`: {reason}") from None
    if path != one_line("base.file", path):
        raise _no_base(answer, "a plan cannot hold the spaces of this name; rename the file")
    return path_from(Path(), path) if Path(path).is_absolute() else path


def path_from(folder: Path, path: str) -> str:
    """The path from one folder to a file, with slashes, as a plan names it.

    Raises `InputError` where there is none, as between two drives.
    """
    file = Path(path)
    try:
        way = os.path.relpath(file.parent.resolve() / file.name, folder.resolve())
    except ValueError:
        raise _no_base(path, f"no path leads from `{folder}` to another drive; copy it beside") from None
    return Path(way).as_posix()


def _plain_file(path: str) -> Path:
    if path == "-" or "://" in path:
        raise OSError("a plan names a file that stays, so save it beside the plan first")
    if not Path(path).is_file() and Path(path).exists():
        raise OSError("it is no plain file")
    return Path(path)


def _no_base(answer: str, message: str) -> InputError:
    return InputError(Located(OPTIONS["base.file"], 1, 1, message, answer))
