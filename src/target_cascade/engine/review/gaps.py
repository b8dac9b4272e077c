"""Days of which nothing is known, though they are needed: refused, with what to write."""

from collections.abc import Iterator, Sequence
from datetime import date

from target_cascade.calendar import WEEKDAYS, Period
from target_cascade.engine.cascade import Cascade
from target_cascade.engine.review.refused import refused
from target_cascade.engine.review.series import Lacking, Series
from target_cascade.errors import TargetCascadeError
from target_cascade.review.actuals import Actual

_FEW = 4


def check_no_gaps(company: Series, needed: Period) -> None:
    """Raises `InputError` where days of `needed` lack, at the row before the first of them."""
    runs = list(_within(company.lacking, needed))
    if runs:
        raise _gap(company, runs, needed)


def named(cascade: Cascade, run: Period, row: Actual | None) -> str:
    """What a run of days is called: by months or weeks as the row beside it is, and by months where it is
    whole months. A part of a week that the year begins or ends with is written by its days."""
    grain = "day" if row is None else row.grain
    months = [month for month in cascade.plan.year.months if _meet(month, run)]
    if grain == "week" and run.days >= len(WEEKDAYS):
        parts = [part.period for month in cascade.months for part in month.parts]
        return listed([part.label for part in parts if _meet(part, run)])
    is_whole = months[0].start == run.start and months[-1].end == run.end
    return listed([month.label for month in months]) if grain == "month" or is_whole else run.label


def listed(names: Sequence[str]) -> str:
    """``2012-03, 2012-04``; of many the first ones and the last."""
    once = list(dict.fromkeys(names))
    return ", ".join(once if len(once) <= _FEW else (*once[:2], "…", once[-1]))


def _within(runs: Sequence[Lacking], needed: Period) -> Iterator[Lacking]:
    for run in runs:
        start, end = max(run.start, needed.start), min(run.end, needed.end)
        if start <= end:
            yield run._replace(start=start, end=end)


def _gap(company: Series, runs: Sequence[Lacking], needed: Period) -> TargetCascadeError:
    """Names all that lacks; the place is that of the first run."""
    cascade, first = company.cascade, runs[0]
    lack = listed([named(cascade, run.period, run.before or run.after) for run in runs])
    hint = "write 0 where nothing was sold"
    if first.before is None:
        assert first.after is not None, "a series has rows"
        label = first.after.period.label
        message = f"the first figures are of {label}, and they are needed from {needed.start} on: {lack}"
        if first.after.grain == "week" and runs[0].period.days < len(WEEKDAYS):
            return refused(f"{message} {_lacks(lack)}; {_as_days(first, label)}", first.after.where)
        return refused(
            f"{message} {_lacks(lack)}, and the file may be cut short; add what is missing, or {hint}",
            first.after.where,
        )
    if first.after is None:
        until = _until(company.cascade, first.before.period.end)
        message = f"the figures end with {first.before.period.label}, and the review goes to {needed.end}"
        return refused(
            f"{message}: {lack} {_lacks(lack)}; add the rest, {hint}, or say --through {until}",
            first.before.where,
        )
    message = f"no row is about {lack}, before {first.after.period.label}: what came in then is not known"
    return refused(f"{message}; add it, or {hint}", first.before.where)


def _lacks(lack: str) -> str:
    return "lack" if "," in lack or ".." in lack else "lacks"


def _until(cascade: Cascade, end: date) -> str:
    month = cascade.plan.year.months[cascade.plan.year.position(end)]
    return month.label if month.end == end else str(end)


def _meet(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def _as_days(lacking: Lacking, week: str) -> str:
    """What to write where the year begins inside a week: a column of weeks has only whole ones."""
    if "W" not in week:
        return f"write the actuals by day from {lacking.start} on, or by month"
    days = f"a row for {lacking.start}"
    if lacking.period.days > 1:
        days = f"a row a day from {lacking.start} to {lacking.end}"
    return f"add {days}, 0 where nothing was sold: call the column `day`, and write weeks in it as `{week}`"
