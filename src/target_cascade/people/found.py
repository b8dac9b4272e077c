"""Nodes by what people call them: `South/Li`, or a name that no other node has."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

from target_cascade.errors import UsageError
from target_cascade.people.node import Names, Node, walk

_MOST_NAMED = 3
_MOST_COMPARED = 5_000  # nearness is looked for among so many names: more take seconds for one slip


class NodeNames:
    """The names of all nodes of a tree."""

    def __init__(self, roots: Iterable[Node]) -> None:
        self._by_name: dict[str, list[Names]] = defaultdict(list)
        for names, _ in walk(roots):
            self._by_name[names[-1]].append(names)

    def find(self, text: str) -> Names:
        """The names from the first level down to the node that `text` means.

        The whole path always does; its last part does where only one node ends in it. Raises
        `UsageError` with names that are near, or with the paths that it may be.
        """
        parts = tuple(part.strip() for part in text.split("/"))
        named = self._by_name.get(parts[-1], [])
        if parts in named:
            return parts
        ending = [names for names in named if names[-len(parts) :] == parts]
        if len(ending) == 1:
            return ending[0]
        raise UsageError(_several(text, ending) if ending else self._unknown(text, parts, named))

    def _unknown(self, text: str, parts: Names, named: list[Names]) -> str:
        names = list(self._by_name)[:_MOST_COMPARED]
        near = named or [
            path for name in get_close_matches(parts[-1], names, _MOST_NAMED) for path in self._by_name[name]
        ]
        hint = f"; did you mean {_listed(near)}?" if near else "; write a node of `cascade`, as South/Li"
        return f"`{text}` is no node of the tree{hint}"


def _several(text: str, paths: list[Names]) -> str:
    return f"`{text}` is the name of {len(paths)} nodes; write which one: {_listed(paths)}"


def _listed(paths: list[Names]) -> str:
    shown = [f"`{'/'.join(path)}`" for path in paths[:_MOST_NAMED]]
    more = len(paths) - len(shown)
    return " or ".join(shown) + (f", or {more} more" if more > 0 else "")
