"""Heat map → lines of text: a character a day, by what the day is worth."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.report.table import HeatMap, Strip
from target_cascade.write.cell_text import people_column
from target_cascade.write.prose import text_width

_GAP = "  "
_WEEK = 7


class _Class(NamedTuple):
    """Weights that look alike: those up to `most`, or below it, that no class before has."""

    glyph: str
    ascii: str
    colour: str
    name: str
    most: Fraction | None
    below: bool = False


_CLASSES = (
    _Class("·", ".", "dim", "closed", Fraction(0)),
    _Class("▁", ":", "blue", "below 0.5", Fraction(1, 2), below=True),
    _Class("▃", "-", "cyan", "below 1", Fraction(1), below=True),
    _Class("▅", "=", "dim", "1", Fraction(1)),
    _Class("▆", "+", "yellow", "up to 2", Fraction(2)),
    _Class("▇", "*", "magenta", "up to 4", Fraction(4)),
    _Class("█", "#", "red", "above 4", None),
)
COLOURS = {one.glyph: one.colour for one in _CLASSES}
"""The style of each character that stands for a day; none of them stands in a label or a figure."""


class HeatLine(NamedTuple):
    """A line, and whether it is a head or a sum."""

    text: str
    is_bold: bool = False


def heat_lines(heat: HeatMap, width: int = 80, ascii_only: bool = False) -> Iterator[HeatLine]:
    """The legend, which names the classes of weights that there are, and the map.

    Figures that do not fit into `width` cells go, the last ones first; the days never do.
    """
    yield from map(HeatLine, _legend(heat, width, ascii_only))
    yield HeatLine("")
    texts = _texts(heat, ascii_only)
    widths = _fitting([max(map(text_width, column)) for column in zip(*texts, strict=True)], width)
    lines = iter([_line(row, widths) for row in texts])
    rule = HeatLine(_GAP.join(("-" if ascii_only else "─") * cells for cells in widths))
    yield HeatLine(next(lines), is_bold=True)
    yield rule
    for number, band in enumerate(heat.bands):
        if number and len(band) > 1:
            yield HeatLine("")
        yield from (HeatLine(next(lines)) for _ in band)
    yield rule
    yield from (HeatLine(line, is_bold=True) for line in lines)


def _texts(heat: HeatMap, ascii_only: bool) -> list[list[str]]:
    """The head and each strip as texts of columns: label, days, figures."""
    strips = [*(strip for band in heat.bands for strip in band), *heat.totals]
    days = [_days(strip, ascii_only) for strip in strips]
    longest = max(map(len, days))
    weeks = " ".join(["".join(heat.weekdays)] * (longest // (_WEEK + 1) + 1))
    days = [weeks[:longest], *days]
    labels, *figures = (
        [column.title, *people_column([strip.cells[at] for strip in strips], column.kind)]
        for at, column in enumerate(heat.columns)
    )
    return [list(row) for row in zip(labels, days, *figures, strict=True)]


def _days(strip: Strip, ascii_only: bool) -> str:
    """A character a day below its weekday, a blank between weeks."""
    glyphs = " " * strip.first + "".join(_glyph(_class(weight), ascii_only) for weight in strip.weights)
    weeks = (glyphs[at : at + _WEEK] for at in range(0, len(glyphs), _WEEK))
    return " ".join(weeks) if strip.weights else ""


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    """Label and days from the left, figures from the right."""
    cells = zip(row, widths, strict=False)  # what does not fit has no width
    sided = (text.ljust(width) if at < 2 else text.rjust(width) for at, (text, width) in enumerate(cells))
    return _GAP.join(sided).rstrip()


def _fitting(widths: list[int], width: int) -> list[int]:
    """The widths of the columns that fit: label, days, and as many figures as there is room for."""
    while len(widths) > 2 and sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        widths = widths[:-1]
    return widths


def _legend(heat: HeatMap, width: int, ascii_only: bool) -> Iterator[str]:
    """The classes that there are, on as many lines as they need; no glyph without its name."""
    weights = {weight for band in heat.bands for strip in band for weight in strip.weights}
    found = {_class(weight) for weight in weights}
    line = "A day is worth:"
    for said in (f"{_glyph(one, ascii_only)} {one.name}" for one in _CLASSES if one in found):
        longer = f"{line}{_GAP}{said}"
        if text_width(longer) > width:
            yield line
            longer = f"{_GAP}{said}"
        line = longer
    yield line


def _class(weight: Fraction) -> _Class:
    return next(one for one in _CLASSES if _holds(one, weight))


def _holds(one: _Class, weight: Fraction) -> bool:
    return one.most is None or weight < one.most or (weight == one.most and not one.below)


def _glyph(one: _Class, ascii_only: bool) -> str:
    return one.ascii if ascii_only else one.glyph
