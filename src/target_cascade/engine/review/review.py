"""What came in → how the year stands: its months, its landings, and which contingencies fire."""

from dataclasses import dataclass, field
from fractions import Fraction

from target_cascade.engine.review.came_in import CameIn, Correction
from target_cascade.engine.review.contingencies import Fired, fired
from target_cascade.engine.review.lines import Line, month_lines, total


@dataclass(frozen=True)
class Review:
    """How the year stands. Quotas are those that are agreed; all amounts are in units of currency.

    `total` is the year to date. `buffer` is the planned total less T, below 0 where a re-plan has left a
    gap. `on_plan` is where the year lands if all days after the last one of the figures bring their quotas,
    and `at_pace` if they bring the part of them that the days so far have brought; None where nothing was
    due so far.
    """

    came_in: CameIn = field(repr=False)
    months: tuple[Line, ...]
    total: Line
    buffer: Fraction
    on_plan: Fraction
    at_pace: Fraction | None
    fired: tuple[Fired, ...]
    corrections: tuple[Correction, ...]

    @property
    def target(self) -> Fraction:
        """T."""
        return self.came_in.cascade.plan.target

    @property
    def actual(self) -> Fraction:
        """What came in, of the whole company; there are no gaps in it."""
        assert self.total.actual is not None, "a gap is refused when the figures are taken in"
        return self.total.actual

    @property
    def gap(self) -> Fraction:
        """What came in less the quota to date."""
        return self.actual - self.total.quota_to_date

    @property
    def rest(self) -> Fraction:
        """The quotas of the days after the last one of the figures."""
        return self.came_in.cascade.planned_total - self.total.quota_to_date

    @property
    def buffer_left(self) -> Fraction:
        """What the year may still lose with the target reached; below 0 it is what is missing to it."""
        return self.on_plan - self.target

    @property
    def needed_rate(self) -> Fraction | None:
        """The part of the rest's quotas that still reaches T; None where there is no rest."""
        return (self.target - self.actual) / self.rest if self.rest else None

    @property
    def is_reached(self) -> bool:
        """Whether T is reached if the rest of the year brings its quotas."""
        return self.on_plan >= self.target


def review(came_in: CameIn) -> Review:
    """The year as far as the figures go."""
    cascade = came_in.cascade
    months = month_lines(came_in)
    year = total(months)
    assert year.actual is not None, "a gap is refused when the figures are taken in"
    rest = cascade.planned_total - year.quota_to_date
    reached = year.attainment
    return Review(
        came_in=came_in,
        months=months,
        total=year,
        buffer=cascade.planned_total - cascade.plan.target,
        on_plan=year.actual + rest,
        at_pace=None if reached is None else year.actual + rest * reached,
        fired=fired(came_in, months),
        corrections=came_in.corrections,
    )
