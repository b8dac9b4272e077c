"""Names of a workbook's sheets, as spreadsheets allow them."""

from collections.abc import Collection

_LONGEST = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_RESERVED = "history"


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """`wanted` as the name of a sheet: without the seven characters that it may not have, at most 31
    long, and like none of those `taken`, whatever their case."""
    used = {name.casefold() for name in taken} | {_RESERVED, ""}
    plain = wanted.translate(_FORBIDDEN).strip().strip("'").strip()
    name = _cut(plain, "")
    number = 1
    while name.casefold() in used:
        number += 1
        name = _cut(plain, f" ({number})")
    return name


def _cut(text: str, ending: str) -> str:
    """The text with an ending, in as many units of UTF-16 as a name may have."""
    room = _LONGEST - len(ending)
    while len(text.encode("utf-16-le")) // 2 > room:
        text = text[:-1]
    return f"{text.strip(chr(39) + ' ')}{ending}".strip()
