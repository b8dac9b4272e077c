"""Table → plain text, for pipes and files."""

from target_cascade.report.table import Table
from target_cascade.write.grid import Grid, aligned, grid

_ASCII = str.maketrans("─×·–", "-x--")  # each as wide as what stands for it


def plain_text(table: Table, width: int = 80, ascii_only: bool = False) -> str:
    """The table as lines of at most `width` cells, where its quotas leave room for that."""
    laid = grid(table, width, ascii_only)
    lines = [laid.title, "", *laid.facts, "", *_lines(laid)]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return text.translate(_ASCII) if ascii_only else text


def _lines(laid: Grid) -> list[str]:
    rule = "  ".join("─" * width for width in laid.widths)
    lines: list[str] = []
    for row in laid.rows:
        if row.role == "total":
            lines.append(rule)
        lines.append(aligned(laid, row))
        if row.role == "head":
            lines.append(rule)
    return lines
