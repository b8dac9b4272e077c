"""Questions in a terminal: on stderr, so that stdout has results only."""

import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple, TextIO

from target_cascade.errors import InputError
from target_cascade.write.problem_text import printable, problem_text
from target_cascade.write.prose import wrapped

_WIDTH = 80
_MOST_PROBLEMS = 3  # of one answer: whoever has just typed it sees what is meant


class Terminal(NamedTuple):
    """Where questions are put, and where they are answered."""

    answers: TextIO
    questions: TextIO

    def say(self, text: str) -> None:
        """A line, or several."""
        self.questions.write(f"{text}\n")
        self.questions.flush()

    def ask(self, question: str, default: str = "") -> str:
        """One line of answer, without spaces around it; `default` where it is empty.

        Raises `EOFError` at the end of input.
        """
        shown = f" [{default}]" if default else ""
        self.questions.write(printable(f"{question}{shown}? "))
        self.questions.flush()
        line = self.answers.readline()
        if not line:
            raise EOFError
        return line.strip() or default

    def until_right(
        self, question: str, check: Callable[[str], object], default: str = "", optional: bool = False
    ) -> str:
        """The first answer that `check` raises no `InputError` for; of others it is said why not. It is
        empty only where it is `optional`."""
        while True:
            answer = self.ask(question, default)
            if not answer and not optional:
                self.say("  this cannot be left open")
                continue
            try:
                check(answer)
            except InputError as error:
                self.explain(error)
            else:
                return answer

    def explain(self, error: InputError) -> None:
        """What is wrong with an answer; what is wrong with a file, with its place."""
        for problem in error.problems[:_MOST_PROBLEMS]:
            if problem.file.startswith("--"):
                for line in wrapped(f"  {printable(problem.message)}", _WIDTH, "  "):
                    self.say(line)
            else:
                self.say(problem_text(problem))
        if len(error.problems) > _MOST_PROBLEMS:
            self.say(f"  and {len(error.problems) - _MOST_PROBLEMS} more like these")

    def choose(self, question: str, choices: Sequence[str], otherwise: str = "") -> str:
        """One of the choices, by its number or as it is written, or any text where none are known. It is
        empty only where Enter stands for something, which `otherwise` says."""
        for number, choice in enumerate(choices, 1):
            self.say(f"  {number}  {printable(choice)}")
        hints = [f"1 to {len(choices)}"] if len(choices) > 1 else ["1"] if choices else []
        hints += [f"Enter: {otherwise}"] if otherwise else []
        while True:
            answer = self.ask(f"{question} ({'; '.join(hints)})" if hints else question)
            if answer in choices or (otherwise if not answer else not choices):
                return answer
            if answer.isdecimal() and len(answer) < 10 and 1 <= int(answer) <= len(choices):
                return choices[int(answer) - 1]
            self.say("  write the number that stands before it" if choices else "  this cannot be left open")


def terminal() -> Terminal | None:
    """The terminal that a person sits at; None where input or messages come from or go elsewhere."""
    if sys.stdin is None or sys.stderr is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stderr, "replace")):
        getattr(stream, "reconfigure", lambda **_: None)(errors=errors)
    return Terminal(sys.stdin, sys.stderr)
