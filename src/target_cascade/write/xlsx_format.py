"""How cells of a workbook look: colours, and how numbers of a kind are shown."""

from decimal import Decimal
from fractions import Fraction

from target_cascade.amount import plain
from target_cascade.report.table import Cell, Kind
from target_cascade.sentence import Figure
from target_cascade.write.cell_text import people_cell
from target_cascade.write.sheet import SheetColumn, places

STATED = 3
"""Further decimals of a percentage that the plan states, where it has them."""
TITLE_SIZE, SMALL_SIZE = 16, 9
"""In points, of which an inch has 72."""

DARK, MIDDLE, PALE, LINE, GREY = "#1F4E79", "#A9BED3", "#DCE6F1", "#C9D3DE", "#6B7785"

Properties = dict[str, str | int | bool]
"""Properties of a cell's format, by XlsxWriter's names for them."""

TITLE: Properties = {"bold": True, "font_size": TITLE_SIZE, "font_color": DARK, "text_wrap": True}
FACT: Properties = {"bold": True, "align": "right"}
REMARK: Properties = {"font_size": SMALL_SIZE, "font_color": GREY, "indent": 1}
HEAD: Properties = {"bold": True, "bg_color": PALE, "bottom": 1, "bottom_color": DARK, "valign": "vcenter"}
HEAD_OF_NUMBERS: Properties = {"align": "right", "indent": 2}
"""The indent leaves room for a filter's button."""
ROW: Properties = {"bottom": 1, "bottom_color": LINE}
BREAK: Properties = {"top": 1, "top_color": DARK}
TOTAL: Properties = {"bold": True, "bottom": 1, "bottom_color": DARK, "valign": "vcenter", **BREAK}
GROUP: Properties = {"bold": True, "bg_color": PALE}
FACT_LINE: Properties = {"text_wrap": True, "valign": "top"}
SECTION: Properties = {"bold": True, "font_color": DARK, "valign": "vcenter"}


def cell_style(column: SheetColumn, cell: Cell) -> Properties:
    """How a cell of a column looks; a figure as what it is, whatever the others in its column are."""
    if isinstance(cell, Figure):
        return {"align": "right", **_figure_format(cell)}
    if isinstance(cell, str) or column.column.kind == "text":
        return text_style(column)
    is_stated = column.column.kind == "share" and column.column.quotient is None
    decimals = STATED if is_stated else column.places
    if column.column.kind == "number" and isinstance(cell, Fraction):
        decimals = _places_of_number(cell)
    align = "right" if column.is_number else "left"
    return {"align": align, **number_format(column.column.kind, decimals)}


def text_style(column: SheetColumn) -> Properties:
    """How a text of a column looks."""
    return {"align": "left", "indent": int(column.follows_number), "text_wrap": column.wraps}


def _figure_format(figure: Figure) -> Properties:
    value = Fraction(figure.value)
    match figure.kind:
        case "amount":
            return number_format("amount", places([value]))
        case "number":
            return number_format("number", _places_of_number(value))
        case "share":
            return number_format("share", 1)
    return number_format(figure.kind, 0)


def _places_of_number(value: Fraction) -> int:
    """As many decimals as people see elsewhere."""
    return len(people_cell(value, "number").partition(".")[2])


def number_format(kind: Kind, decimals: int) -> Properties:
    """How numbers of a kind are shown; `decimals` are an amount's, or the further ones of a share."""
    match kind:
        case "amount" | "number" | "count":
            return {"num_format": "#,##0" + ("." + "0" * decimals if decimals else "")}
        case "share" | "stated":
            return {"num_format": "0.0" + "#" * decimals + "%"}
        case "ratio":
            return {"num_format": '"×"0.00'}
        case "date":
            return {"num_format": "yyyy-mm-dd"}
    return {}


def kept_number(cell: int | Fraction, kind: Kind) -> int | Decimal | float:
    """A number as a workbook keeps it: amounts digit by digit, quotients as the nearest float."""
    if isinstance(cell, int):
        return cell
    return Decimal(plain(cell)) if kind == "amount" else float(cell)
