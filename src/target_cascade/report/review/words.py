"""How the review names days, months and the months that are left."""

from datetime import date
from typing import NamedTuple

from target_cascade.calendar import WHOLE_MONTH_NAMES, PlanYear
from target_cascade.report.spans import noun


def month_name(year: PlanYear, position: int) -> str:
    """``May``; ``P05`` of a retail year, whose periods are no months."""
    month = year.months[position]
    return month.label if year.is_retail else WHOLE_MONTH_NAMES[month.start.month - 1].capitalize()


def through_text(year: PlanYear, through: date) -> str:
    """``May``, or ``17 May`` where the month is not over."""
    position = year.position(through)
    if is_month_end(year, through):
        return month_name(year, position)
    return day_and_month(through)


def day_and_month(day: date) -> str:
    """``17 May``."""
    return f"{day.day} {WHOLE_MONTH_NAMES[day.month - 1].capitalize()}"


def is_month_end(year: PlanYear, day: date) -> bool:
    """Whether a month of the plan year ends on the day."""
    return year.months[year.position(day)].end == day


class Rest(NamedTuple):
    """What is left of the year, as the subject of a sentence: ``the other months``, or one of them."""

    subject: str
    is_many: bool = False
    has_quotas: bool = True

    @property
    def bring(self) -> str:
        """``the other months bring their quotas``, ``December brings its quota``."""
        verb, whose = ("bring", "their") if self.is_many else ("brings", "its")
        return f"{self.subject} {verb} {whose} {self.noun}"

    @property
    def have(self) -> str:
        """``the other months have``."""
        return f"{self.subject} {'have' if self.is_many else 'has'}"

    @property
    def noun(self) -> str:
        """``quotas``, or the ``quota`` of one month."""
        return "quotas" if self.has_quotas else "quota"


def rest_of(year: PlanYear, through: date) -> Rest:
    """What is left of the year after a day that is not its last."""
    if not is_month_end(year, through):
        return Rest("the rest of the year")
    last = len(year.months) - 1
    if last - year.position(through) == 1:
        return Rest(month_name(year, last), has_quotas=False)
    return Rest(other_months(year), is_many=True)


def other_months(year: PlanYear) -> str:
    """``the other months``; of a retail year they are periods."""
    return f"the other {noun('month', year)}s"
