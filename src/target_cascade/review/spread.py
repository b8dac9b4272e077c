"""How a re-plan puts what is missing on the open months: ``proportional``, ``even``, ``late``, ``next:3``."""

import re
from typing import Annotated, Any, Literal, NamedTuple

from target_cascade.amount import fold_width
from target_cascade.scalar import Scalar, scalar_text


class Spread(NamedTuple):
    """A policy. `proportional` goes by the months' quotas, `even` gives each the same, `late` goes by
    their quotas times their place (1 for the first open month, 2 for the next, and so on); `next` goes by
    the quotas of the first `months` open months, and leaves the others as they are."""

    kind: Literal["proportional", "even", "late", "next"]
    months: int = 0

    @property
    def text(self) -> str:
        """As the plan file and the command line write it."""
        return f"next:{self.months}" if self.kind == "next" else self.kind


PROPORTIONAL = Spread("proportional")


def parse_spread(text: str) -> Spread:
    """``next:3`` and the other policies. Raises `ValueError`."""
    word = fold_width(text).strip().lower()
    match word:
        case "proportional" | "even" | "late":
            return Spread(word)
    if match := re.fullmatch(r"next\s*:\s*(\d{1,2})", word, re.ASCII):
        months = int(match[1])
        if not 1 <= months <= 12:
            raise ValueError(f"`{text}` names {months} months; write `next:1` to `next:12`")
        return Spread("next", months)
    raise ValueError(f"`{text}` is none of proportional, even, late and next:N, such as `next:3`")


def _read(value: Any) -> Spread:
    return parse_spread(scalar_text(value))


SpreadText = Annotated[
    Spread,
    Scalar(_read, {"type": "string", "pattern": r"^\s*(proportional|even|late|next\s*:\s*[0-9]{1,2})\s*$"}),
]
