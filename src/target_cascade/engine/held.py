"""Which bounds hold months away from what they would bring without them."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from target_cascade.engine.growth import Node, Settled
from target_cascade.engine.limits import Bound
from target_cascade.errors import Path
from target_cascade.plan import Bounds, Plan


class Held(NamedTuple):
    """A bound that binds: `months` would bring `demand` together and are held at `amount`.

    `name` is what messages call the entry, `months` are positions in the plan year, and `demand` is
    Σ x_m(g) at the root's growth factor, as in a bridge.
    """

    name: str
    path: Path
    months: frozenset[int]
    side: Literal["at most", "at least"]
    demand: Fraction
    amount: Fraction

    def entry(self, plan: Plan) -> Bounds | None:
        """The entry of `plan` that bounds the months."""
        head, *index = self.path
        return plan.limits[int(index[0])] if head == "limits" else plan.year_end


def held(
    bounds: Iterable[Bound], settled: Iterable[tuple[Node, Settled]], growth: Fraction
) -> Iterator[Held]:
    """The bounds that bind, in file order; of several on the same months the tightest.

    `growth` is the root's growth factor, at which demand is told.
    """
    outcomes = {frozenset(node.months): (node, outcome.growth) for node, outcome in settled}
    for bound in bounds:
        if bound.months not in outcomes:  # on the whole year, which the planned total decides
            continue
        node, own_growth = outcomes[bound.months]
        wish, demand = node.wish(own_growth), node.line.at(growth)
        if bound.high is not None and bound.high == node.high and wish > bound.high:
            # Within months that a minimum holds up the demand may be lower than what they come to.
            asked = demand if demand > bound.high else wish
            yield Held(bound.name, bound.path, bound.months, "at most", asked, bound.high)
        elif 0 < bound.low == node.low and wish < bound.low:
            asked = demand if demand < bound.low else wish
            yield Held(bound.name, bound.path, bound.months, "at least", asked, bound.low)
