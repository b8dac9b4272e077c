"""Where the keys of a YAML document begin and end, in characters, so that a text can be put in between."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import yaml

from target_cascade.read.source import LINE_END

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class KeySpan(NamedTuple):
    """A key of the document's mapping.

    `start` is where its line begins and `stop` where the line ends that has the last of its value, without
    the line's end; the value itself is from `value` to `end`. `style` is the quote of a single value, empty
    where it has none. `anchors` are the names that YAML gives to key and value and parts of it, `aliases`
    those that are repeated there.
    """

    key: str | None
    start: int
    stop: int
    value: int
    end: int
    style: str
    anchors: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()


class Spans(NamedTuple):
    """The keys in file order; whether they stand in braces; and where the document ends: before its `...`,
    or with the text."""

    keys: tuple[KeySpan, ...]
    flow: bool
    end: int


def key_spans(text: str) -> Spans:
    """The spans of a text that `parse_yaml` has found to be one mapping without a slip."""
    events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
    root: Any = next(event for event in events if isinstance(event, yaml.NodeEvent))
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    keys = tuple(_keys(text, starts, events))
    after: Any = next(event for event in events if isinstance(event, yaml.DocumentEndEvent))
    return Spans(keys, bool(root.flow_style), after.start_mark.index if after.explicit else len(text))


def _keys(text: str, starts: Sequence[int], events: Iterator[Any]) -> Iterator[KeySpan]:
    named: dict[str, str] = {}
    first: Any
    while not isinstance(first := next(events), yaml.MappingEndEvent):
        value = list(_node(next(events), events))
        for event in (first, *value):
            if isinstance(event, yaml.ScalarEvent) and event.anchor is not None:
                named[event.anchor] = event.value
        name = named[str(first.anchor)] if isinstance(first, yaml.AliasEvent) else first.value
        start = starts[bisect_right(starts, first.start_mark.index) - 1]
        yield _key(text, name, start, value)._replace(
            anchors=_names((yaml.ScalarEvent, yaml.CollectionStartEvent), first, *value),
            aliases=_names(yaml.AliasEvent, first, *value),
        )


def _key(text: str, name: str, start: int, value: Sequence[Any]) -> KeySpan:
    # The event that ends a mapping without braces stands where the next key does, and has no width.
    ends = [event.end_mark.index for event in value if event.end_mark.index > event.start_mark.index]
    end = max(ends, default=value[0].start_mark.index)
    style = getattr(value[0], "style", None) or ""
    if style in ("|", ">"):  # to which the empty lines below it belong
        end = len(text[:end].rstrip())
    line_end = LINE_END.search(text, end)
    stop = line_end.start() if line_end else len(text)
    return KeySpan(name, start, stop, value[0].start_mark.index, end, style)


def _node(event: Any, events: Iterator[Any]) -> Iterator[Any]:
    """The events of a node, of which `event` is the first."""
    yield event
    depth = int(isinstance(event, yaml.CollectionStartEvent))
    while depth:
        event = next(events)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        yield event


def _names(kinds: Any, *events: Any) -> frozenset[str]:
    found = (event for event in events if isinstance(event, kinds))
    return frozenset(event.anchor for event in found if event.anchor is not None)
