"""What people slip on when they type YAML, said in their words instead of the parser's."""

import re
from collections.abc import Iterable
from typing import Any

from target_cascade.errors import Located
from target_cascade.read.source import Mark, Source

_CURLY_OPEN, _CURLY_CLOSE = "“‘", "”’"
_START = r"\s*(?:- )?\s*\{?\s*"  # of a line, before its first key
_KEY = r"[^\s:：,{}\[\]#'\"][^:：,{}\[\]#'\"]*"


def explain_error(error: Any, source: Source) -> Located:
    """A parser's error at the line where the slip is, which often is the one before."""
    if not hasattr(error, "problem_mark"):
        return _bad_character(source)
    stopped, began = error.problem_mark, error.context_mark
    line = (stopped or began).line if stopped or began else 0
    for candidate in _candidates(error, line):
        # A line that has been read may well have these, inside a text.
        slips = _SLIPS if candidate in _unread(error, line) else _SLIPS_BETWEEN_VALUES
        if slip := _explained(Mark(source, candidate, 0), None, slips):
            return slip
    message, about = _in_plain_words(error)
    if about == "opening" and began.line == line:
        message, about = "a comma or a closing bracket is missing before this", "stop"
    if about == "line" and source.line(line)[: stopped.column].strip():
        message = "the value ends before this; quote a text that has quotes or brackets in it"
    at = began if began and about in ("opening", "start") else stopped
    mark = Mark(source, at.line if at else 0, at.column if at else 0)
    return (mark if mark.line < len(source.lines) else source.end).problem(message)


def explain_line(mark: Mark, length: int | None = None) -> Located | None:
    """The slip in the line that `mark` is in, from there on or in so many characters; None where
    there is none."""
    return _explained(mark, length, _SLIPS)


def _explained(mark: Mark, length: int | None, slips: Iterable[tuple[str, str]]) -> Located | None:
    text = mark.source.line(mark.line)[mark.column :][:length]
    for pattern, message in slips:
        if match := re.match(pattern, text):
            place = Mark(mark.source, mark.line, mark.column + match.start(match.lastindex or 0))
            return place.problem(message.format(**match.groupdict()))
    return None


def explain_scalar(text: str) -> str:
    """What is wrong with an unquoted text as such; empty where nothing is."""
    if text[:1] and text[0] in _CURLY_OPEN:
        rest = text[1:]
        closes = [i for i, char in enumerate(rest) if char in _CURLY_CLOSE]
        if not closes or closes == [len(rest) - 1]:
            return 'curly quotes would become part of the text; type straight ones: "…"'
    return ""


def _candidates(error: Any, line: int) -> list[int]:
    """The lines to look at: where the parser stopped, the ones before it, where it began."""
    context = error.context_mark.line if error.context_mark is not None else line
    return list(dict.fromkeys([line, line - 1, line - 2, context])) if line > 1 else [line, 0]


def _unread(error: Any, line: int) -> set[int]:
    """The lines that the parser was in the middle of."""
    return {line, error.context_mark.line} if "flow" in str(error.context) else {line}


_SLIPS_BETWEEN_VALUES = (
    (r" *(\t)", "a tab indents this line; YAML wants spaces"),
    (rf"{_START}{_KEY}(：)", "a full-width colon `：` is no colon to YAML; write `:` and a space"),
    (rf"{_START}{_KEY}:([\u00a0\u3000])", "a full-width space stands after the colon; type an ordinary one"),
    (rf"{_START}(?P<key>{_KEY}):()(?=[^\s:/])", "a space is missing after the colon; write `{key}: …`"),
    (r"\s*-()(?=\{|[^\W\d])", "a space is missing after the dash; write `- ` before each entry of a list"),
    (r".*?\{.*?(，)\s*$", "a full-width comma `，` is no comma to YAML; write `,`"),
)
_SLIPS = (
    *_SLIPS_BETWEEN_VALUES,
    (r".*?\{.*?(，)", "a full-width comma `，` is no comma to YAML; write `,`"),
    (r".*?([［］｛｝])", "a full-width bracket is no bracket to YAML; write `[ ]` or `{{ }}`"),
    (rf".*?([{_CURLY_OPEN}{_CURLY_CLOSE}])", 'curly quotes are no quotes to YAML; type straight ones: "…"'),
)
"""How a line begins that has a slip, with a group at the place of it, and what to say."""


def _in_plain_words(error: Any) -> tuple[str, str]:
    """The message, and what it is about: where the parser came to a ``stop`` or had its ``start``, the
    ``opening`` of what is not closed, or the ``line`` that it stopped in."""
    problem, context = str(error.problem or ""), str(error.context or "")
    for words, message, about in _PLAIN_WORDS:
        if re.search(words, f"{context}; {problem}"):
            return message, about
    return f"YAML cannot read this: {problem or context}", "stop"


_PLAIN_WORDS = (
    (
        "escape|hexa?decimal",
        "a backslash in double quotes begins an escape, and this is none; write two",
        "stop",
    ),
    ("flow mapping", "this `{` is not closed, or a comma is missing between two of its keys", "opening"),
    ("flow sequence", "this `[` is not closed, or a comma is missing between two of its values", "opening"),
    ("quoted scalar", "a quote is opened here and not closed", "start"),
    ("could not find expected ':'", "a key without a colon; write `key: value`", "start"),
    (
        "mapping values are not allowed",
        "a second colon in one line, or a line that is indented too far; quote a text that has a colon in it",
        "stop",
    ),
    ("sequence entries are not allowed", "`- ` begins a list, and that begins on a line of its own", "stop"),
    ("block mapping|block collection", "this line is not indented like the lines beside it", "line"),
    ("cannot start any token", "a value cannot begin with this character; quote it", "stop"),
    (
        "undefined alias|an alias|an anchor",
        "`*` and `&` begin the name of a value that is repeated; quote them if they are text",
        "stop",
    ),
    ("expected node content", "a value is missing before this, or a closing bracket", "stop"),
    ("a tag", "`!` begins a YAML tag, and a plan has none; quote it if it is text", "stop"),
    (
        "block scalar|mapping keys are not allowed",
        "`|`, `>` and `?` have a meaning of their own at the beginning of a value; quote it",
        "stop",
    ),
)


def _bad_character(source: Source) -> Located:
    """The first character that no YAML file may have."""
    match = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", source.text)
    before = source._replace(text=source.text[: match.start() if match else 0])
    char = f" U+{ord(match[0]):04X}" if match else ""
    return before.end._replace(source=source).problem(
        f"a control character{char} stands here, which no text file should have; delete it"
    )
