"""Names in a message: the first of them, where there are many."""

from collections.abc import Sequence

_MOST = 10


def listed(names: Sequence[str], quote: str = "`") -> str:
    """``a``, ``b`` and 3 more: of thousands of sheets nobody reads all."""
    shown = ", ".join(f"{quote}{name}{quote}" for name in names[:_MOST])
    return shown if len(names) <= _MOST else f"{shown} and {len(names) - _MOST:,} more"
