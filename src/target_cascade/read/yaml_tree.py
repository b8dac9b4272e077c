"""YAML → a tree in which each scalar is text and everything knows its place.

Built from parser events in one pass: nothing is typed, no tag builds an object, and depth, size
and aliases are bounded before they can grow.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from target_cascade.errors import InputError, Located, Path
from target_cascade.read.source import Mark, Source, half_characters
from target_cascade.read.yaml_slips import explain_error, explain_scalar

_MAX_DEPTH = 20
_MAX_ENTRIES = 500  # of one list or mapping; a year has 366 days
_MAX_NODES = 100_000
_CHARACTERS_OF_A_NODE = 64  # Long texts count as several, or aliases could repeat one without end.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(NamedTuple):
    """A single value; `text` is None where nothing is written."""

    text: str | None
    mark: Mark


class Sequence(NamedTuple):
    """A list."""

    entries: tuple["Node", ...]
    mark: Mark


class Mapping(NamedTuple):
    """Keys and values, in file order; `flow` is true for one in braces."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    mark: Mark
    flow: bool = False


Node = Scalar | Sequence | Mapping


def parse_yaml(source: Source, skip: int = 0, stop: int | None = None) -> tuple[Node, list[Located]]:
    """The tree of a YAML document, and what is wrong with it as text: keys that stand twice, tags,
    quotes that YAML does not know. The first `skip` characters are not part of the document, nor
    those from `stop` on.

    Raises `InputError` where it is no YAML at all, nests too deep or is too large.
    """
    return _Builder(source).document(" " * skip + source.text[skip:stop])


def data(node: Node) -> Any:
    """The tree as dicts, lists and texts. Values that are not written are left out of mappings."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [data(entry) for entry in node.entries]
    return {key.text: data(value) for key, value in node.entries if not _empty(value)}


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """The node and every node below it, each with its path."""
    yield path, node
    if isinstance(node, Sequence):
        for index, entry in enumerate(node.entries):
            yield from walk(entry, (*path, index))
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield from walk(value, (*path, key.text or ""))


def locate(node: Node, path: Path) -> Mark:
    """The place of what `path` leads to, or of the last thing on the way that is there.

    A position in a mapping is that of its entry: short forms of a list are mappings.
    """
    for key in path:
        # A key that is not written is one that a short form stands for.
        node = _below(node, key) or node
    return node.mark


def locate_key(node: Node, path: Path) -> Mark:
    """The place of the key that `path` ends in, or of the mapping that lacks it."""
    *parents, last = path
    for key in parents:
        node = _below(node, key) or node
    if isinstance(node, Mapping):
        for key_node, _ in node.entries:
            if key_node.text == last:
                return key_node.mark
    return node.mark


def _below(node: Node, key: str | int) -> Node | None:
    if isinstance(node, Scalar):
        return None
    if isinstance(node, Mapping):
        if isinstance(key, int):
            return node.entries[key][1] if key < len(node.entries) else None
        return next((value for name, value in node.entries if name.text == key), None)
    return node.entries[key] if isinstance(key, int) and key < len(node.entries) else None


def _empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text is None


class _Builder:
    """Consumes the events of one document."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Located] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.nodes = 0

    def document(self, text: str) -> tuple[Node, list[Located]]:
        """The tree of `text`, and the problems with it that do not hide the rest."""
        root: Node | None = None
        try:
            events = yaml.parse(text, Loader=_Loader)
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    if root is not None:
                        self._refuse(event, "a second document begins here; a plan is one, without `---`")
                    root = self._node(next(events), events, 0)
        except (yaml.MarkedYAMLError, yaml.reader.ReaderError) as error:
            raise InputError(explain_error(error, self.source)) from None
        if root is None:
            message = "the plan is empty; write at least `year` and `target`"
            raise InputError(Mark(self.source, 0, 0).problem(message))
        return root, self.problems

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        mark = self._mark(event)
        self._count(1, mark)
        if depth > _MAX_DEPTH:
            raise InputError(mark.problem(f"this nests deeper than {_MAX_DEPTH} levels, which no plan does"))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, mark)
        before = self.nodes
        if event.tag is not None and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.problems.append(mark.problem(f"a plan has no YAML tags such as `{tag}`, only values"))
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event, mark)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = Sequence(tuple(self._entries(events, depth)), mark)
        else:
            flow = bool(event.flow_style)
            node = Mapping(tuple(self._pairs(events, depth, flow)), mark, flow)
        if event.anchor is not None:
            self.anchors[event.anchor] = node, self.nodes - before + 1
        return node

    def _scalar(self, event: Any, mark: Mark) -> Scalar:
        self._count(len(event.value) // _CHARACTERS_OF_A_NODE, mark)
        if half_characters(event.value):
            self._refuse(event, "an escape stands here that is only half of a character")
        plain = event.implicit[0] and not event.style
        if plain and (slip := explain_scalar(event.value)):
            self.problems.append(mark.problem(slip))
        return Scalar(None if plain and event.value in ("", "~") else event.value, mark)

    def _entries(self, events: Iterator[Any], depth: int) -> Iterator[Node]:
        entries = 0
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            entries = self._one_more(entries, event)
            yield self._node(event, events, depth + 1)

    def _pairs(self, events: Iterator[Any], depth: int, flow: bool) -> Iterator[tuple[Scalar, Node]]:
        first: dict[str | None, Mark] = {}
        entries = 0
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            entries = self._one_more(entries, event)
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.problems.append(key.mark.problem("a list or mapping stands where a key should be"))
            elif key.text in first and not (flow and _empty(value)):  # or cut off, as in 5,000,000
                line = first[key.text].line + 1
                self.problems.append(
                    key.mark.problem(
                        f"`{key.text}` stands here a second time, the first is in line {line}; keep one"
                    )
                )
            else:
                first.setdefault(key.text, key.mark)
                yield key, value

    def _alias(self, event: Any, mark: Mark) -> Node:
        if event.anchor not in self.anchors:
            message = f"`*{event.anchor}` repeats a value that nothing above it has named `&{event.anchor}`"
            raise InputError(mark.problem(f"{message}; quote it if it is text"))
        node, size = self.anchors[event.anchor]
        self._count(size, mark)
        return node

    def _one_more(self, entries: int, event: Any) -> int:
        if entries == _MAX_ENTRIES:
            self._refuse(event, f"more than {_MAX_ENTRIES:,} entries stand together here, which no plan has")
        return entries + 1

    def _count(self, nodes: int, mark: Mark) -> None:
        self.nodes += nodes
        if self.nodes > _MAX_NODES:
            message = "the plan is too long here, with each alias counted as what it repeats"
            raise InputError(mark.problem(message))

    def _mark(self, event: Any) -> Mark:
        return Mark(self.source, event.start_mark.line, event.start_mark.column)

    def _refuse(self, event: Any, message: str) -> None:
        raise InputError(self._mark(event).problem(message))
