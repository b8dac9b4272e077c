"""The plan file as frozen models: what a planner may write, and what each key means.

Whether the numbers of a plan can all be true at once is the engine's question.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationInfo, model_validator

from target_cascade.amount import show
from target_cascade.calendar import WEEK_RULES, WHOLE_WEEKDAYS, PlanYear
from target_cascade.day_rule import DayRule
from target_cascade.entry import Entry, EntryError, Later, ListedByName, exactly_one_of_each
from target_cascade.errors import Path
from target_cascade.guardrails import Guardrails
from target_cascade.last_year import Base
from target_cascade.plan_year import Year, base_year_of, year_of
from target_cascade.scalar import (
    Amount,
    AmountAboveZero,
    AmountFromZero,
    Currency,
    DatesInYear,
    Flag,
    FractionFromZero,
    FractionOfAnySign,
    Months,
    OneOf,
    Part,
    Ramp,
    Start,
    Text,
    YearContext,
)

if TYPE_CHECKING:
    from target_cascade.kpis.driver import Drivers
    from target_cascade.kpis.kpi import Kpis, Sources
    from target_cascade.kpis.team import Actions, Contingencies, Teams
    from target_cascade.people.proposal import Decisions, Proposals
    from target_cascade.people.tree import Tree
    from target_cascade.review.actuals import Actuals
    from target_cascade.review.closed import Closed
else:  # Their keys import them, where a plan has these: see `Later`.
    Drivers = Kpis = Sources = Teams = Actions = Contingencies = Tree = Proposals = Decisions = Any
    Actuals = Closed = Any

Factor = Annotated[str, OneOf("market", "trend", "channel", "opportunity", "team", "maturity", "partner")]


class Rounding(Entry):
    """The units that quotas are whole multiples of; each divides the one before."""

    month: AmountAboveZero = Field(Fraction(1), description="unit of month quotas and limits")
    week: AmountAboveZero | None = Field(None, description="unit of part weeks")
    day: AmountAboveZero | None = Field(None, description="unit of days")
    leaf: AmountAboveZero | None = Field(None, description="unit of part weeks of teams and people")

    @model_validator(mode="before")
    @classmethod
    def _month_alone(cls, value: Any) -> Any:
        if isinstance(value, list | tuple):
            raise ValueError("is a list; write `1万` for months, or `{month: 1万, week: 1千, day: 1}`")
        return value if isinstance(value, Mapping) else {"month": value}

    @model_validator(mode="after")
    def _each_divides_the_one_before(self) -> Self:
        units = (("month", self.month), ("week", self.week_unit), ("day", self.day_unit))
        if (self.week_unit / self.leaf_unit).denominator != 1:
            message = (
                f"is {show(self.leaf_unit)}, which does not divide the week's unit {show(self.week_unit)}"
            )
            raise EntryError(f"{message}, so teams and people could not add up to a week", "leaf")
        for (above, unit), (name, given) in pairwise(units):
            if (unit / given).denominator != 1:
                hint = "; give the week's too" if name == "day" and self.week is None else ""
                raise EntryError(
                    f"is {show(given)}, which does not divide the {above}'s unit {show(unit)}, so"
                    f" {name}s could not add up to a {above}{hint}",
                    name,
                )
        return self

    @classmethod
    def schema_beyond_keys(cls, schema: dict[str, Any]) -> dict[str, Any]:
        """`rounding: 1万` is the month's."""
        return {"anyOf": [schema["properties"]["month"], schema]}

    @property
    def week_unit(self) -> Fraction:
        """The unit of part weeks, in units of currency."""
        return self.week if self.week is not None else _one_or(self.month)

    @property
    def day_unit(self) -> Fraction:
        """The unit of days, in units of currency."""
        return self.day if self.day is not None else _one_or(self.week_unit)

    @property
    def leaf_unit(self) -> Fraction:
        """The unit below the company: of the part weeks of teams and people, in units of currency."""
        return self.leaf if self.leaf is not None else _one_or(self.week_unit)


class NewBusiness(Entry):
    """A line of business that has no base."""

    name: Text = Field(description="what it is called")
    expect: AmountFromZero = Field(description="what it may bring within this plan year")
    count_on: Part = Field(Fraction(1), description="how much of it the plan counts on")
    start: Start | None = Field(None, description="a month or a date; default: the year's first day")
    ramp: Ramp = Field(1, description="months until it runs at full speed")
    owner: Text | None = Field(None, description="who brings it in")
    because: Text | None = Field(None, description="why it may be expected")


class Adjustment(Entry):
    """A cause that lifts months by a fraction, or adds an amount to them."""

    CHOICES = (("lift", "add"),)

    name: Text = Field(description="what it is called")
    factor: Factor | None = Field(None, description="what the cause is about")
    months: Months | None = Field(None, description="the months it covers; default: all")
    days: DatesInYear | None = Field(None, description="the days it covers, instead of months")
    lift: FractionOfAnySign | None = Field(None, description="by how much the months rise")
    add: Amount | None = Field(None, description="the amount it brings over all of its days")
    owner: Text | None = Field(None, description="who answers for it")
    because: Text | None = Field(None, description="why")
    fallback: Text | None = Field(None, description="what is done if it does not come")

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        exactly_one_of_each(self)
        if self.months is not None and self.days is not None:
            raise EntryError("covers months already; write `months` or `days`, not both", "days")
        return self


class Bounds(Entry):
    """What limits have in common."""

    BOUNDS: ClassVar = ("min", "max", "hold", "max_share")

    min: AmountFromZero | None = Field(None, description="at least")
    max: AmountFromZero | None = Field(None, description="at most")
    hold: AmountFromZero | None = Field(None, description="exactly; a multiple of the month's unit")
    max_share: Part | None = Field(None, description="at most this part of the planned total")
    because: Text | None = Field(None, description="why")

    @model_validator(mode="after")
    def _go_together(self) -> Self:
        given = [key for key in self.BOUNDS if getattr(self, key) is not None]
        if not given:
            raise EntryError("bounds nothing yet; write `min`, `max`, `hold` or `max_share`", "")
        if self.hold is not None and len(given) > 1:
            other = next(key for key in given if key != "hold")
            raise EntryError("cannot go with `hold`, which is both bounds at once; keep one", other)
        if self.min is not None and self.max is not None and self.min > self.max:
            raise EntryError(
                f"is {show(self.min)}, above `max` {show(self.max)}, so that no amount would do", "min"
            )
        return self

    @classmethod
    def schema_beyond_keys(cls, schema: dict[str, Any]) -> dict[str, Any]:
        """A limit has one bound at least."""
        return schema | {"anyOf": [{"required": [key]} for key in cls.BOUNDS]}


class Limit(Bounds):
    """A bound that each of its months, or with `together` their sum, must respect."""

    name: Text | None = Field(None, description="what it is called")
    months: Months = Field(description="the months it bounds")
    together: Flag = Field(False, description="bounds the sum of the months, not each of them")


class YearEnd(Bounds):
    """A limit on the year's last months together."""

    together: ClassVar = True
    months: Months = Field((10, 11), description="the months it bounds; default: the year's last two")


class Plan(Entry):
    """One year's plan, as its file says it."""

    title: Text | None = Field(None, alias="plan", description="printed on everything")
    revision: Text | None = Field(None, description="goes up at each agreed change")
    currency: Currency | None = Field(None, description="three letters, such as CNY")
    year: Year = Field(description="2027; 2027-04: twelve months from April; {nrf: 2027}: a retail year")
    target: AmountAboveZero = Field(description="what the year must bring")
    buffer: FractionFromZero = Field(
        Fraction(0), description="how much the months add up to above the target"
    )
    rounding: Rounding = Field(default_factory=Rounding, description="units of month, week and day quotas")
    weeks: Annotated[str, OneOf(*WEEK_RULES)] = Field(
        "iso", description="on which day weeks begin and how they are numbered"
    )
    base: Base | None = Field(None, description="last year: a file, amounts by month, or a shape")
    days: tuple[DayRule, ...] = Field((), description="what a day is worth")
    new_business: Annotated[tuple[NewBusiness, ...], ListedByName()] = Field(
        (), description="carved out of the growth: business without a last year"
    )
    adjust: tuple[Adjustment, ...] = Field((), description="causes that change the months")
    limits: tuple[Limit, ...] = Field((), description="bounds that months must respect")
    year_end: YearEnd | None = Field(None, description="a limit on the year's last months together")
    drivers: Annotated[Drivers, Later("kpis.driver", "Drivers")] = Field(
        {}, description="what is assumed, such as a conversion or an order value"
    )
    kpis: Annotated[Kpis, Later("kpis.kpi", "Kpis")] = Field(
        {}, description="what has to happen for a month's quota to come in"
    )
    sources: Annotated[Sources, Later("kpis.kpi", "Sources")] = Field(
        {}, description="by KPI where it comes from, at which cost"
    )
    teams: Annotated[Teams, Later("kpis.team", "Teams")] = Field(
        {}, description="who leads, budgets, capacities and lead times"
    )
    actions: Annotated[Actions, Later("kpis.team", "Actions")] = Field(
        (), description="what people do for a KPI"
    )
    contingency: Annotated[Contingencies, Later("kpis.team", "Contingencies")] = Field(
        (), description="what is done if a period brings too little"
    )
    cascade: Annotated[Tree | None, Later("people.tree", "Tree")] = Field(
        None, description="the tree of regions, teams and people that the quotas go down"
    )
    proposals: Annotated[Proposals | None, Later("people.proposal", "Proposals")] = Field(
        None, description="what people propose for their own quotas"
    )
    decided: Annotated[Decisions, Later("people.proposal", "Decisions")] = Field(
        (), description="amounts that were settled with people, which become holds"
    )
    actuals: Annotated[Actuals | None, Later("review.actuals", "Actuals")] = Field(
        None, description="what came in: a file, or amounts by month; `plan review` reads it"
    )
    guardrails: Guardrails = Field(
        default_factory=Guardrails, description="thresholds of `plan check`, and the rules it accepts"
    )
    closed: Annotated[Closed | None, Later("review.closed", "Closed")] = Field(
        None, description="written by `plan replan`: what came in, and the quotas as they were re-planned"
    )

    @model_validator(mode="wrap")
    @classmethod
    def _year_first(cls, value: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        """Read the year before the rest, for every month of the file is a month of it."""
        if info.context is None:
            return cls.model_validate(value, context=_context(value))
        return handler(value)

    @model_validator(mode="after")
    def _weeks_of_the_year(self) -> Self:
        if self.year.is_retail and "weeks" in self.model_fields_set:
            begins = WHOLE_WEEKDAYS[self.year.start.weekday()]
            if self.weeks != begins:
                message = f"is {self.weeks}, and the weeks of this retail year begin on its first day, a"
                raise EntryError(f"{message} {begins.capitalize()}; leave it out", "weeks")
        return self

    @model_validator(mode="after")
    def _closed_in_whole_units(self) -> Self:
        for part, month, quota in _closed_quotas(self.closed) if self.closed is not None else ():
            if (quota / self.rounding.month).denominator != 1:
                label, unit = self.year.months[month].label, show(self.rounding.month)
                message = (
                    f"has {show(quota)} in `{part}` for {label}, which is no multiple of the month's unit"
                )
                raise EntryError(f"{message} {unit}, so weeks and days could not add up to it", "closed")
        return self

    @property
    def base_year(self) -> PlanYear:
        """The year that last year's amounts are of, from which they are carried to the plan's calendar."""
        given = self.base.year if self.base is not None else None
        return given or self.year.base

    @property
    def has_base_amounts(self) -> bool:
        """Whether there are last year's amounts; a shape is none."""
        return self.base is not None and self.base.season is None


def base_name(plan: Plan) -> str:
    """What people call the year of the base: last year, or 2010 or 2010/11 where it lies further back."""
    base = plan.base_year
    if base.start == plan.year.base.start:
        return "last year"
    return f"{base.number}/{base.end:%y}" if base.end.year > base.start.year else base.label


def reason_of(plan: Plan, path: Path) -> str | None:
    """The `because` of the entry at a path; None where there is no such entry, or it gives none."""
    entry: Any = plan
    for key in path:
        entry = entry[key] if isinstance(key, int) else getattr(entry, key, None)
    return getattr(entry, "because", None)


def _context(value: Any) -> YearContext:
    """The years that the other keys of a plan are read in; none where what says them is wrong, which is
    reported by the key itself."""
    year = year_of(value.get("year")) if isinstance(value, Mapping) else None
    if year is None:
        return YearContext(None, None)
    base = value.get("base")
    return YearContext(year, base_year_of(base.get("year") if isinstance(base, Mapping) else None, year))


def _closed_quotas(closed: "Closed") -> Iterator[tuple[str, int, Fraction]]:
    """The quotas of a revision by the part of its block and the position of the month."""
    yield from (("months", month, one.quota) for month, one in closed.months.items())
    yield from (("open", month, quota) for month, quota in closed.open.items())


def _one_or(unit: Fraction) -> Fraction:
    return Fraction(1) if unit.denominator == 1 else unit


def plan_schema() -> dict[str, Any]:
    """The JSON Schema of the plan file, short forms included, as editors use it."""
    schema = Plan.model_json_schema(ref_template="#/definitions/{model}")
    definitions = schema.pop("$defs")
    # Draft 07, because the editors' YAML language servers know no later one for sure.
    return {"$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions, **schema}
