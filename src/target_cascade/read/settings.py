"""`key=value`: a what-if, put into the tree of the plan file before it is read."""

import re
from collections.abc import Sequence as Items
from difflib import get_close_matches
from typing import NamedTuple

from target_cascade.calendar import month_number
from target_cascade.errors import InputError, Located
from target_cascade.read.source import Mark, Source, half_characters
from target_cascade.read.yaml_tree import Mapping, Node, Scalar, Sequence, parse_yaml

_NAME = "--set"
_SEGMENT = re.compile(r"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s."'\[\]=]+))""")
_YEAR_MONTH = re.compile(r"\d{4}-\d{1,2}", re.ASCII)
_INDEX = re.compile(r"\[(\d{1,6})\]", re.ASCII)


class Setting(NamedTuple):
    """A value and the keys that lead to it, as an option says them: the text of the value stands in
    `source` from `start` to before `stop`."""

    source: Source
    segments: tuple[str | int, ...]
    start: int
    stop: int


def apply_setting(tree: Node, setting: str | Setting) -> tuple[Node, list[Located]]:
    """The tree with one value replaced or added, and what is wrong with the value as text.

    A text is what follows ``--set``. Raises `InputError` where it is no setting, and where its key
    leads nowhere.
    """
    if isinstance(setting, str):
        setting = read_setting(Source(_NAME, setting))
    value, problems = parse_yaml(setting.source, setting.start, setting.stop)
    return _Value(setting.source, value).into(tree, setting.segments, ()), problems


def read_setting(source: Source) -> Setting:
    """``key=value``: keys from the top with dots between them, an entry of a list by its name or its
    position from 0 (``limits[1].max``), a key with dots or spaces in quotes.

    Raises `InputError` for anything else.
    """
    if half_characters(source.text):
        raise _error(source, 0, "this is not text")
    segments, end = _segments(source)
    if not source.text[end:].strip():
        raise _error(source, end, "no value stands after the `=`")
    return Setting(source, tuple(segments), end, len(source.text))


def _segments(source: Source) -> tuple[list[str | int], int]:
    """The keys before the `=`, and the column at which the value begins."""
    text, position = source.text, 0
    segments: list[str | int] = []
    while match := _SEGMENT.match(text, position):
        segments.append(next(part for part in match.groups() if part is not None))
        position = match.end()
        while index := _INDEX.match(text, position):
            segments.append(int(index[1]))
            position = index.end()
        if text[position : position + 1] != ".":
            break
        position += 1
    rest = re.match(r"\s*=", text[position:])
    if not segments or rest is None or text[position - 1] == ".":
        raise _error(
            source, position, "this is not `key=value`; a key with dots or spaces stands in double quotes"
        )
    return segments, position + rest.end()


class _Value(NamedTuple):
    """A value on its way to its place in the tree."""

    source: Source
    value: Node

    def into(self, node: Node, segments: Items[str | int], above: tuple[str, ...]) -> Node:
        """`node`, which the keys `above` led to, with the value at the rest of the way."""
        if not segments:
            return self.value
        if above == ("base",):
            segments = self._of_base(node, segments)
        segment, rest = segments[0], segments[1:]
        node = _long_form(node, above)
        match node:
            case Mapping():
                return self._into_mapping(node, str(segment), rest, above)
            case Sequence():
                at = self._entry(node, segment, above)
                entries = list(node.entries)
                entries[at] = self.into(entries[at], rest, (*above, str(segment)))
                return node._replace(entries=tuple(entries))
        message = f"`{'.'.join(above)}` is a single value in the plan, so there is no `{segment}` in it"
        raise _error(self.source, 0, message)

    def _of_base(self, node: Node, segments: Items[str | int]) -> Items[str | int]:
        """The way into last year's amounts: a position in their list needs no `months` before it."""
        first = segments[0]
        entries = node.entries if isinstance(node, Mapping) else ()
        of_a_key = any(key.text == "months" and isinstance(value, Sequence) for key, value in entries)
        if isinstance(first, int) and (of_a_key or isinstance(node, Sequence)):
            return ("months", *segments)
        if isinstance(node, Mapping) or not _is_month(str(first)):
            return segments
        # A month's number after a dot is refused: as a position, counted from 0, it would be the next month.
        if isinstance(node, Sequence):
            what, hint = (
                "list",
                "write `base[0]` for the first month of the plan year to `base[11]` for the last",
            )
        else:
            what, hint = "file", "write `base.fix.2011-12` to repair a month of it"
        message = f"`base` is a {what} in the plan, so there is no `{first}` in it; {hint}"
        raise _error(self.source, 0, message)

    def _into_mapping(
        self, node: Mapping, key: str, rest: Items[str | int], above: tuple[str, ...]
    ) -> Mapping:
        entries = list(node.entries)
        for at, (name, old) in enumerate(entries):
            if name.text == key:
                entries[at] = name, self.into(old, rest, (*above, key))
                return node._replace(entries=tuple(entries))
        mark = Mark(self.source, 0, 0)
        new = self.into(Mapping((), mark), rest, (*above, key))
        return node._replace(entries=(*entries, (Scalar(key, mark), new)))

    def _entry(self, node: Sequence, segment: str | int, above: tuple[str, ...]) -> int:
        """The position of the entry that has a name or a number."""
        names = [_name(entry) for entry in node.entries]
        if segment in names:
            return names.index(str(segment))
        if str(segment).isdecimal() and int(segment) < len(names):
            return int(segment)
        if str(segment).isdecimal():
            count = f"it has {len(names)}, counted from 0"
            raise _error(self.source, 0, f"`{'.'.join(above)}` has no entry `{segment}`; {count}")
        near = get_close_matches(str(segment), [name for name in names if name], 1)
        hint = f"; did you mean `{near[0]}`?" if near else f"; it has {_listed(names)}"
        raise _error(self.source, 0, f"`{'.'.join(above)}` has no entry `{segment}`{hint}")


def _long_form(node: Node, above: tuple[str, ...]) -> Node:
    """The mapping that a short form stands for, where a key inside it is asked for."""
    key = ""
    if above == ("base",) and not isinstance(node, Mapping):
        key = "months" if isinstance(node, Sequence) else "file"
    elif above == ("rounding",) and isinstance(node, Scalar):
        key = "month"
    elif above[:1] == ("new_business",) and len(above) == 2 and isinstance(node, Scalar):
        key = "expect"
    return Mapping(((Scalar(key, node.mark), node),), node.mark) if key else node


def _is_month(name: str) -> bool:
    return month_number(name.lower()) is not None or _YEAR_MONTH.fullmatch(name) is not None


def _listed(names: Items[str | None]) -> str:
    """The entries that there are, by name where they have one."""
    shown = [f"`{name}`" for name in names[:6] if name]
    return ", ".join(shown) if shown else f"{len(names)} entries, counted from 0"


def _name(entry: Node) -> str | None:
    if isinstance(entry, Mapping):
        for key, value in entry.entries:
            if key.text == "name" and isinstance(value, Scalar):
                return value.text
    return None


def _error(source: Source, column: int, message: str) -> InputError:
    return InputError(Mark(source, 0, column).problem(message))
