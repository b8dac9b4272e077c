"""What days and months ask for, as a line in the growth factor (spec § 3 and § 4).

A day's value is its weight times a rate:

    v(d) = w(d) · [ κ·(g·(1 + Σ lifts) + Σ new business) + Σ adds ]    with κ = b_m / W(m)

because core, lifts and new business follow ω(d) = κ·w(d), and adds follow w(d). So days of a month
that the same causes cover share a rate, and sums over days are sums of whole weights.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from target_cascade.amount import show
from target_cascade.calendar import PlanYear
from target_cascade.engine.apportion import whole
from target_cascade.engine.carried_base import base_amounts, corrected_base
from target_cascade.engine.weights import weighted_days
from target_cascade.errors import InfeasibleError, Path, Problem
from target_cascade.plan import Adjustment, NewBusiness, Plan

NOTHING = Fraction(0)


class Cause(NamedTuple):
    """A named entry and what it does to each day of the plan year.

    `shares` has an entry a day: of a lift, the lift; of new business, its amount per unit of ω(d);
    of an add, its amount per effective day; `NOTHING` on a day that the cause leaves alone.
    """

    kind: str
    """``lift``, ``add`` or ``new_business``."""
    name: str
    path: Path
    shares: Sequence[Fraction]


class Rate(NamedTuple):
    """A day's value per effective day: `slope·g + fixed`."""

    slope: Fraction
    fixed: Fraction

    def at(self, growth: Fraction) -> Fraction:
        """The rate at a growth factor."""
        return self.slope * growth + self.fixed


class Demand:
    """The demand of every day of the plan year, and of its months.

    Offsets count days from the plan year's first; `months[m]` are the offsets of month m.
    """

    def __init__(self, plan: Plan) -> None:
        year = plan.year
        weights = weighted_days(plan)
        self.year = year
        self.base = base_amounts(plan, weights)
        self.corrected = corrected_base(plan, self.base, weights)
        self.denominator = weights.denominator
        self.weights = [weights.scaled(day) for month in year.months for day in month.dates()]
        self.months = tuple(_offsets(year))
        self.month_of = [month for month, days in enumerate(self.months) for _ in days]
        self.core = tuple(
            base / worth if (worth := self.effective_days(days)) else NOTHING
            for base, days in zip(self.corrected, self.months, strict=True)
        )
        self.causes = tuple(_causes(plan, self))
        self.rates = self._rates()
        self._takes = any(entry.add is not None and entry.add < 0 for entry in plan.adjust)

    def effective_days(self, days: Iterable[int]) -> Fraction:
        """W(S) of the days at some offsets."""
        return Fraction(sum(self.weights[day] for day in days), self.denominator)

    def line(self, month: int) -> Rate:
        """x_m(g) of the month at a position, in units of currency."""
        days: dict[int, int] = {}
        rates: dict[int, Rate] = {}
        for day in self.months[month]:
            rate = self.rates[day]
            rates[id(rate)] = rate
            days[id(rate)] = days.get(id(rate), 0) + self.weights[day]
        slope = sum((rates[key].slope * worth for key, worth in days.items()), NOTHING)
        fixed = sum((rates[key].fixed * worth for key, worth in days.items()), NOTHING)
        return Rate(slope / self.denominator, fixed / self.denominator)

    def check(self, month: int, growth: Fraction) -> None:
        """Raises `InfeasibleError` where adds take more from a day than it brings."""
        if not self._takes:
            return
        days = self.months[month]
        values = {day: self.rates[day].at(growth) * self.weights[day] / self.denominator for day in days}
        worst = min(values, key=lambda day: values[day])
        if values[worst] < 0:
            raise InfeasibleError(self._below_zero(worst, values[worst]))

    def values(self, month: int, growth: Fraction) -> list[int]:
        """The month's day values at a growth factor, as whole numbers in their proportions."""
        days = self.months[month]
        rates = {id(self.rates[day]): self.rates[day] for day in days}
        numbers = dict(zip(rates, whole([rate.at(growth) for rate in rates.values()]), strict=True))
        return [self.weights[day] * numbers[id(self.rates[day])] for day in days]

    def of_cause(self, cause: Cause, days: Iterable[int]) -> Fraction:
        """What a cause brings on some days: in currency, and per unit of growth for a lift."""
        total = NOTHING
        for core, worth, share in self._by_share(cause.shares, days):
            total += share * worth * (1 if cause.kind == "add" else core)
        return total / self.denominator

    def of_core(self, days: Iterable[int]) -> Fraction:
        """Σ ω(d) of some days: what they would bring at a growth of 1 without any cause."""
        worth = [0] * len(self.months)
        for day in days:
            worth[self.month_of[day]] += self.weights[day]
        total = sum((core * w for core, w in zip(self.core, worth, strict=True)), NOTHING)
        return total / self.denominator

    def _by_share(
        self, shares: Sequence[Fraction], days: Iterable[int]
    ) -> Iterator[tuple[Fraction, int, Fraction]]:
        """Core, summed weights and share of each group of days that have both in common."""
        groups: dict[tuple[int, int], int] = {}
        share_of: dict[int, Fraction] = {}
        for day in days:
            share = shares[day]
            if share is not NOTHING:
                share_of[id(share)] = share
                key = self.month_of[day], id(share)
                groups[key] = groups.get(key, 0) + self.weights[day]
        for (month, share_id), worth in groups.items():
            yield self.core[month], worth, share_of[share_id]

    def _rates(self) -> list[Rate]:
        shares = list(zip(*(cause.shares for cause in self.causes), strict=True))
        known: dict[tuple[int, ...], Rate] = {}
        rates: list[Rate] = []
        for day, month in enumerate(self.month_of):
            # Most days are covered by what covers the day before, which is quicker to see than to look up.
            if day and month == self.month_of[day - 1] and (not shares or shares[day] == shares[day - 1]):
                rates.append(rates[-1])
                continue
            key = (month, *map(id, shares[day])) if shares else (month,)
            if key not in known:
                known[key] = self._rate(month, day)
            rates.append(known[key])
        return rates

    def _rate(self, month: int, day: int) -> Rate:
        sums = {"lift": NOTHING, "add": NOTHING, "new_business": NOTHING}
        for cause in self.causes:
            if cause.shares[day] is not NOTHING:
                sums[cause.kind] += cause.shares[day]
        if sums["lift"] < -1:
            raise InfeasibleError(self._lifts_too_low(day, sums["lift"]))
        core = self.core[month]
        return Rate(core * (1 + sums["lift"]), core * sums["new_business"] + sums["add"])

    def _lifts_too_low(self, day: int, total: Fraction) -> Problem:
        lifts = [c for c in self.causes if c.kind == "lift" and c.shares[day] < 0]
        names = ", ".join(f"`{cause.name}`" for cause in sorted(lifts, key=lambda c: c.shares[day])[:3])
        return Problem(
            f"the lifts of {self.date_of(day)} add up to {show(total * 100)} %, and less than nothing"
            f" cannot be sold; most weigh {names}",
            lifts[0].path,
        )

    def _below_zero(self, day: int, amount: Fraction) -> Problem:
        adds = [c for c in self.causes if c.kind == "add" and c.shares[day] < 0]
        worst = min(adds, key=lambda cause: cause.shares[day])
        return Problem(
            f"`{worst.name}` takes more from {self.date_of(day)} than the day brings, which leaves"
            f" {show(amount)}; spread it over more days or take less",
            worst.path,
        )

    def date_of(self, day: int) -> str:
        """The date at an offset, as a message names it."""
        month = self.month_of[day]
        return self.year.months[month].dates()[day - self.months[month].start].isoformat()


def _offsets(year: PlanYear) -> Iterator[range]:
    first = 0
    for month in year.months:
        yield range(first, first + month.days)
        first += month.days


def _causes(plan: Plan, demand: Demand) -> Iterator[Cause]:
    """Lifts, adds and new business in file order; raises `InfeasibleError` with all that fail."""
    problems: list[Problem] = []
    for index, entry in enumerate(plan.adjust):
        try:
            yield _adjustment(entry, ("adjust", index), demand)
        except InfeasibleError as error:
            problems.extend(error.problems)
    for index, business in enumerate(plan.new_business):
        try:
            yield _new_business(business, ("new_business", index), demand)
        except InfeasibleError as error:
            problems.extend(error.problems)
    if problems:
        raise InfeasibleError(*problems)


def _adjustment(entry: Adjustment, path: Path, demand: Demand) -> Cause:
    covered = _covered(entry, demand)
    if entry.lift is not None:
        return Cause("lift", entry.name, path, _spread(entry.lift, covered, demand))
    worth = demand.effective_days(covered)
    if not worth:
        raise InfeasibleError(
            Problem(
                f"`{entry.name}` brings {show(entry.add or NOTHING)} on days that are all closed:"
                " their weights are 0",
                (*path, "add"),
            )
        )
    return Cause("add", entry.name, path, _spread((entry.add or NOTHING) / worth, covered, demand))


def _new_business(entry: NewBusiness, path: Path, demand: Demand) -> Cause:
    start = entry.start or demand.year.start
    first_month = demand.year.position(start)
    first_day = (start - demand.year.start).days
    steps = [min(Fraction(1), Fraction(m - first_month + 1, entry.ramp)) for m in range(12)]
    open_days = [range(max(days.start, first_day), days.stop) for days in demand.months]
    carried = sum(
        (
            step * core * demand.effective_days(days)
            for step, core, days in zip(steps, demand.core, open_days, strict=True)
            if days
        ),
        NOTHING,
    )
    if not carried:
        raise InfeasibleError(
            Problem(
                f"`{entry.name}` follows the season, and from {start} on the season is 0: no base and"
                " no open day to carry it",
                (*path, "start") if entry.start else path,
            )
        )
    per_core = entry.expect * entry.count_on / carried
    shares = [NOTHING] * first_day
    for step, days in zip(steps, open_days, strict=True):
        shares += [step * per_core] * len(days)
    return Cause("new_business", entry.name, path, shares)


def _covered(entry: Adjustment, demand: Demand) -> set[int]:
    if entry.days is not None:
        first = demand.year.start
        return {
            offset
            for span in entry.days
            for offset in range((span.start - first).days, (span.end - first).days + 1)
        }
    months = range(12) if entry.months is None else entry.months
    return {day for month in months for day in demand.months[month]}


def _spread(share: Fraction, covered: set[int], demand: Demand) -> list[Fraction]:
    return [share if day in covered else NOTHING for day in range(len(demand.weights))]
