"""Problems in the form that editors jump to, each with its line and a caret."""

from target_cascade.errors import Located
from target_cascade.write.prose import text_width

_LONGEST = 160  # characters of a line
_MOST = 1_000  # characters of a message, which may quote what is wrong


def problem_text(problem: Located) -> str:
    """`file:line:column: error: message`, then the line of the file and a caret below it."""
    message = problem.message if len(problem.message) <= _MOST else f"{problem.message[:_MOST]}…"
    head = printable(f"{problem.file}:{problem.line}:{problem.column}: error: {message}")
    # Of a long line the part around the column.
    start = problem.column - _LONGEST // 2 if problem.column > _LONGEST else 0
    line = printable(problem.text[start : start + _LONGEST], keep="\t")
    if not line.strip():
        return head
    before = line[: problem.column - 1 - start]
    # A tab stays a tab, so that the caret lands where the terminal puts the line.
    space = "".join("\t" if char == "\t" else " " * text_width(char) for char in before)
    return f"{head}\n    {line}\n    {space}^"


def printable(text: str, keep: str = "") -> str:
    """`text` on one line and without what a terminal would obey; `keep` are characters that stay."""
    return "".join(
        char if char.isprintable() or char in keep else " " if char.isspace() else "�" for char in text
    )
