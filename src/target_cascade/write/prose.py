"""Text over several lines, by the cells that it takes in a terminal; and remarks."""

from collections.abc import Iterator
from itertools import accumulate, pairwise
from unicodedata import combining, east_asian_width

from target_cascade.report.table import Note, Notes
from target_cascade.write.cell_text import sentence_text

_INDENT = "  "
_LEAST = 10
"""Cells of a line at least, however narrow the screen is."""
_OPENING, _CLOSING = "（［｛【「『《〈", "，。、；：？！）］｝】」』》〉％"
"""What no Chinese line ends with, and what none begins with."""
_PATH_MARKS = "/:"


def text_width(text: str) -> int:
    """How many cells of a terminal `text` takes: two for a character of East Asian width."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """The lines of `text`, each at most `width` cells; all but the first begin with `indent`.

    It is broken between words, between two Chinese characters, and in what is longer than a line
    behind `/` or `:`, or else anywhere.
    """
    width = max(width, _LEAST)
    lines, line = [], ""
    for piece in _pieces(text):
        if line.strip() and text_width((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = indent
        rest = piece
        while text_width((line + rest).rstrip()) > width:
            full = _fitting(rest, width - text_width(line))
            lines.append(line + full)
            line, rest = indent, rest[len(full) :]
        line += rest
    return [*lines, line.rstrip()]


def note_lines(block: Notes, width: int) -> Iterator[str]:
    """The remarks of a block: of each its head, then what there is to say below it, indented. Margins
    are as wide as the widest."""
    margin = max((text_width(note.margin) for note in block.notes), default=0)
    for note in block.notes:
        if not margin:
            yield from _note_lines(note, width, _INDENT)
            continue
        beside = " " * (margin - text_width(note.margin)) + note.margin
        for line in _note_lines(note, width - margin - len(_INDENT), ""):
            yield f"{beside}{_INDENT}{line}"
            beside = " " * margin


def _note_lines(note: Note, width: int, indent: str) -> Iterator[str]:
    yield from wrapped(sentence_text(note.head), width, indent)
    for line in note.lines:
        for text in wrapped(sentence_text(line), width - len(_INDENT)):
            yield _INDENT + text


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces, at whose ends a line may end."""
    start = 0
    for end, (before, after) in enumerate(pairwise(text), 1):
        if _may_end(before, after):
            yield text[start:end]
            start = end
    yield text[start:]


def _may_end(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if before == " ":
        return after not in " %"  # 5 % is one word
    wide = text_width(before) == text_width(after) == 2
    return wide and before not in _OPENING and after not in _CLOSING


def _fitting(text: str, width: int) -> str:
    """As much of a long word as fits, two cells at least; of a path whole names where one does."""
    widths = accumulate(map(text_width, text))
    fits = text[: max(sum(reached <= max(width, 2) for reached in widths), 1)]
    return fits[: max(fits.rfind(mark) for mark in _PATH_MARKS) + 1] or fits
