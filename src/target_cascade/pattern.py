"""A regular expression that is compiled when it is first used: to read a plain file takes few of them."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any


class Pattern:
    """As `re.compile` makes one, with the methods that are used here."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    def match(self, text: str) -> re.Match[str] | None:
        """What the start of `text` is."""
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """What the whole of `text` is."""
        return self._compiled.fullmatch(text)

    def search(self, text: str) -> re.Match[str] | None:
        """The first in `text`."""
        return self._compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All in `text`, in their order."""
        return self._compiled.finditer(text)

    def findall(self, text: str) -> list[Any]:
        """All in `text`, as they are written; of a pattern with groups, what is in them."""
        return self._compiled.findall(text)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """`text` with `new` in the place of each."""
        return self._compiled.sub(new, text)

    def split(self, text: str) -> list[str]:
        """What stands between them."""
        return self._compiled.split(text)
