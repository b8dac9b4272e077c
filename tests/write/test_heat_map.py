"""Heat maps: a character a day below its weekday, with a legend, for each kind of screen."""

from fractions import Fraction
from io import StringIO

import pytest

from target_cascade.report.table import Column, HeatMap, Page, Strip
from target_cascade.sentence import sentence
from target_cascade.write.console import print_result
from target_cascade.write.heat_map import heat_lines
from target_cascade.write.markdown import markdown_text
from target_cascade.write.plain import plain_text

COLUMNS = (
    Column("month", "Month", "text"),
    Column("effective_days", "Worth", "days"),
    Column("change", "Change", "percent"),
)
WEEK = ("M", "T", "W", "T", "F", "S", "S")
ONE, HALF = Fraction(1), Fraction(1, 2)


def heat(*bands: tuple[Strip, ...], totals: tuple[Strip, ...] = ()) -> HeatMap:
    return HeatMap(WEEK, COLUMNS, bands, totals)


def strip(
    *weights: Fraction, first: int = 0, label: str = "2012-01", change: Fraction | str | None = ""
) -> Strip:
    return Strip((label, sum(weights, Fraction(0)), change), first, weights)


def lines(of: HeatMap, width: int = 80, ascii_only: bool = False) -> list[str]:
    return [line.text for line in heat_lines(of, width, ascii_only)]


@pytest.mark.parametrize(
    ("weight", "glyph", "plain", "name"),
    [
        pytest.param("0", "·", ".", "closed", id="closed"),
        pytest.param("0.001", "▁", ":", "below 0.5", id="hardly open"),
        pytest.param("0.499", "▁", ":", "below 0.5", id="less than half"),
        pytest.param("0.5", "▃", "-", "below 1", id="half"),
        pytest.param("0.999", "▃", "-", "below 1", id="nearly ordinary"),
        pytest.param("1", "▅", "=", "1", id="ordinary"),
        pytest.param("1.001", "▆", "+", "up to 2", id="hardly more"),
        pytest.param("2", "▆", "+", "up to 2", id="twice"),
        pytest.param("2.001", "▇", "*", "up to 4", id="more than twice"),
        pytest.param("4", "▇", "*", "up to 4", id="four times"),
        pytest.param("4.001", "█", "#", "above 4", id="more than four times"),
    ],
)
def test_day_is_drawn_by_its_weight(weight: str, glyph: str, plain: str, name: str) -> None:
    for ascii_only, char in ((False, glyph), (True, plain)):
        legend, _, _, _, row, _ = lines(heat((strip(Fraction(weight)),)), ascii_only=ascii_only)
        assert legend == f"A day is worth:  {char} {name}"
        assert row.split()[1] == char


def test_legend_names_the_classes_that_there_are_from_little_to_much() -> None:
    weights = [Fraction(9), ONE, Fraction(0), ONE]
    assert lines(heat((strip(*weights),)))[0] == "A day is worth:  · closed  ▅ 1  █ above 4"


def test_legend_of_a_narrow_screen_keeps_each_class_whole() -> None:
    weights = [Fraction(0), HALF, ONE, Fraction(9)]
    assert lines(heat((strip(*weights),)), 28)[:4] == [
        "A day is worth:  · closed",
        "  ▃ below 1  ▅ 1  █ above 4",
        "",
        "Month    MTWT  Worth  Change",
    ]


def test_days_stand_below_their_weekdays() -> None:
    head, _, row, *_ = lines(heat((strip(*[ONE] * 31, first=6),)))[2:]
    assert head == "Month    MTWTFSS MTWTFSS MTWTFSS MTWTFSS MTWTFSS MT  Worth  Change"
    assert row == "2012-01        ▅ ▅▅▅▅▅▅▅ ▅▅▅▅▅▅▅ ▅▅▅▅▅▅▅ ▅▅▅▅▅▅▅ ▅▅     31"


def test_strips_of_a_band_stand_together_and_bands_apart() -> None:
    before, now = strip(ONE, label="2011-01"), strip(HALF, change=Fraction(-1, 2))
    total = (Strip(("2011", ONE, "")), Strip(("2012", HALF, None)))
    assert lines(heat((before, now), (before, now), totals=total))[2:] == [
        "Month    M  Worth   Change",
        "───────  ─  ─────  ───────",
        "2011-01  ▅    1.0",
        "2012-01  ▃    0.5  -50.0 %",
        "",
        "2011-01  ▅    1.0",
        "2012-01  ▃    0.5  -50.0 %",
        "───────  ─  ─────  ───────",
        "2011          1.0",
        "2012          0.5        –",
    ]


def test_bands_of_one_strip_need_no_blank_lines() -> None:
    assert "" not in lines(heat((strip(ONE),), (strip(ONE),)))[2:]


@pytest.mark.parametrize(
    ("width", "head"),
    [(26, "Month    M  Worth  Change"), (24, "Month    M  Worth"), (16, "Month    M"), (5, "Month    M")],
)
def test_narrow_screen_has_the_days_and_the_figures_that_fit(width: int, head: str) -> None:
    assert head in lines(heat((strip(ONE),)), width)


def test_effective_days_have_two_decimals_at_most() -> None:
    rows = lines(heat((strip(Fraction("0.8515")),), (strip(Fraction(1200)),)))[4:6]
    assert [row.split()[-1] for row in rows] == ["0.85", "1,200.00"]


def page() -> Page:
    return Page(sentence("2012 has 1.5 effective days"), "Plan", (heat((strip(ONE, HALF),)),), ())


def test_page_on_a_screen_is_that_of_a_file() -> None:
    stream = StringIO()
    print_result(page(), stream, 80)
    assert [line.rstrip() for line in stream.getvalue().splitlines()] == plain_text(page()).splitlines()


def test_screen_without_blocks_gets_a_map_of_ascii() -> None:
    text = plain_text(page(), ascii_only=True)
    assert text.isascii()
    assert "2012-01  =-    1.5" in text


def test_terminal_shows_classes_in_colour_and_no_label(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = StringIO()
    print_result(page(), stream, 80)
    row = next(line for line in stream.getvalue().splitlines() if line.startswith("2012-01"))
    assert row == "2012-01  \x1b[2m▅\x1b[0m\x1b[36m▃\x1b[0m    1.5"


def test_markdown_keeps_the_map_as_it_is() -> None:
    text = markdown_text(page())
    assert text.endswith(f"\n```text\n{chr(10).join(lines(heat((strip(ONE, HALF),))))}\n```\n")
