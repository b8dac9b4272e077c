"""The cells of a row that name a node, from the first level down."""

from collections.abc import Callable, Sequence

from target_cascade.amount import fold_width
from target_cascade.people.node import Names
from target_cascade.read.people.column_values import Told
from target_cascade.read.people.named_columns import Columns
from target_cascade.read.tables.grid import Cell

_TOTALS = frozenset(
    "total totals subtotal sum 合计 总计 小计 共计 总和 汇总 合計 總計 小計 gesamt summe итого".split()
) | {"grand total", "sub total"}


def level_words(levels: Sequence[str]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """The columns of levels by what they mean, and what is said of one that lacks."""
    words: dict[str, tuple[str, ...]] = {f"level {at}": (level,) for at, level in enumerate(levels)}
    hint = "`cascade.levels` names it; call it so in the header, or correct `levels`"
    return words, dict.fromkeys(words, hint)


class LevelNames:
    """Reads the names of rows; those that stand in many rows once."""

    def __init__(self, told: Told, columns: Columns, levels: int, read: Callable[[Cell], str]) -> None:
        self.told, self.columns = told, columns
        self.places = [columns.places[f"level {at}"] for at in range(levels)]
        self.has_total = False
        self._read = read
        self._known: dict[str, str] = {}

    def total_at_the_end(self, rows: range) -> int | None:
        """The last row, where it has a word for a total on the first level and no name below it."""
        if rows:
            first, *below = (self.told.table.text(rows[-1], place) for place in self.places)
            self.has_total = is_total(first) and not any(below)
        return rows[-1] if self.has_total else None

    def at(self, row: int) -> Names | None:
        """The names from the first level down; None where they are wrong, which is told."""
        texts = [self.told.table.text(row, place) for place in self.places]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            self.told.add(row, self.places[0], "this row names nobody; write the names, or delete the row")
            return None
        if self._is_header(texts):
            self.told.add(row, self.places[0], "this is the header a second time; delete the row")
            return None
        names = [self._name(row, level, text) for level, text in enumerate(texts)]
        return tuple(name for name in names if name is not None) if None not in names else None

    def _is_header(self, texts: Sequence[str]) -> bool:
        return list(texts) == [self.columns.names[f"level {level}"] for level in range(len(self.places))]

    def _name(self, row: int, level: int, text: str) -> str | None:
        if text in self._known:
            return self._known[text]
        place = self.places[level]
        if not text:
            above = self.columns.names[f"level {level}"]
            message = f"`{above}` is empty here, and a level below it is not"
            self.told.add(row, place, f"{message}; write the name in each row, also where it repeats")
            return None
        if is_total(text):
            message = f"`{text}` is a total, and a total is nobody; delete the row"
            self.told.add(row, place, f"{message}, or write another name if it is one")
            return None
        try:
            name = self._read(self.told.table.cell(row, place, placed=False))
        except ValueError as error:
            self.told.add(row, place, str(error))
            return None
        if name[0] in "`'" and name[1:].isdigit():
            name = name[1:]  # What keeps a spreadsheet from reading a number.
        return self._known.setdefault(text, name)


def is_total(text: str) -> bool:
    """Whether a name is a word for a total."""
    return " ".join(fold_width(text).casefold().replace("-", " ").strip(":： ").split()) in _TOTALS
