"""The entries of a list in two plans → which of them are one and the same.

They are matched by their names, not by where they stand; an entry without a name by what it is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from target_cascade.day_rule import DayRule
from target_cascade.entry import Entry
from target_cascade.plan import Limit

Key = tuple[str, int]
"""What tells the entries of a list apart: a name and how often it stood before, or no name and a
number."""

SILENT = {"name", "owner", "because", "fallback", "factor"}
"""What an entry may say without moving a quota."""
_SUBJECTS: Mapping[type[Entry], tuple[str, ...]] = {
    DayRule: ("weekdays", "day", "country", "dates", "workdays"),
    Limit: ("months", "together"),
}
"""The fields in which two entries have to agree to be one and the same where one has no name."""
_UNNAMED = ""


def matched_keys(olds: Sequence[Entry], news: Sequence[Entry]) -> tuple[list[Key], list[Key]]:
    """The keys of the entries of a list in both plans: what they share is one and the same entry.

    Beyond names, an entry is the same where all that moves a quota is: it has been renamed. Where one
    of two has no name it is enough that they are about the same days or months.
    """
    before, after = _own_keys(olds, 0), _own_keys(news, len(olds))
    for told in (_content, _subject):
        taken, known = set(after), set(before)
        gone = {key: told(entry) for key, entry in zip(before, olds, strict=True) if key not in taken}
        come = [(i, told(entry)) for i, entry in enumerate(news) if after[i] not in known]
        for i, said in come:
            same = [key for key, other in gone.items() if other == said]
            if told is _subject and after[i][0] != _UNNAMED:
                same = [key for key in same if key[0] == _UNNAMED]
            if same:
                after[i] = same[0]
                del gone[same[0]]
    return before, after


def _own_keys(entries: Sequence[Any], first: int) -> list[Key]:
    """A key for each entry; the numbers of those without a name begin at `first`."""
    keys: list[Key] = []
    for number, entry in enumerate(entries, first):
        names = [name for name, _ in keys]
        keys.append((_UNNAMED, number) if entry.name is None else (entry.name, names.count(entry.name)))
    return keys


def _content(entry: Any) -> object:
    """All of an entry that can move a quota."""
    return [getattr(entry, key) for key in type(entry).model_fields if key not in SILENT]


def _subject(entry: Any) -> object:
    """The days or months that an entry is about; itself alone where its name tells it apart."""
    subject = _SUBJECTS.get(type(entry))
    return [getattr(entry, key) for key in subject] if subject else object()
