"""What some days are worth: the entries under `days`."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Self

from pydantic import (
    Field,
    model_validator,
)

from target_cascade.entry import Entry, EntryError, exactly_one_of_each
from target_cascade.errors import CalendarError, Path
from target_cascade.feasts import check_holiday, holiday_notes, workday_notes
from target_cascade.named_days import NO_NAMED_DAY, Anchor
from target_cascade.scalar import (
    Country,
    Dates,
    DayWindow,
    NamedDay,
    NumberFromZero,
    Text,
    Weekdays,
)


class DayRule(Entry):
    """What some days are worth: `times` multiplies their weight, `weight` sets it."""

    CHOICES = (("weekdays", "day", "dates", "workdays"), ("times", "weight"))

    name: Text | None = Field(None, description="what the rule is about")
    weekdays: Weekdays | None = Field(None, description="sat-sun, or [mon, wed]")
    day: NamedDay | None = Field(
        None,
        description="11-11 · 4th thu of nov · last fri of nov · easter · spring-festival ·"
        " a holiday by its name, with `country`",
    )
    country: Country | None = Field(None, description="the country whose holiday `day` is: CN, US, DE-BY")
    window: DayWindow | None = Field(None, description="days around `day`: -9..-3")
    dates: Dates | None = Field(None, description="2012-08-06..2012-08-12, one date, or a list")
    workdays: Country | None = Field(
        None, description="a country such as CN; covers the days on which it does not work"
    )
    times: NumberFromZero | None = Field(None, description="multiplies the day's weight")
    weight: NumberFromZero | None = Field(None, description="sets the day's weight; 0 is closed")

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        exactly_one_of_each(self)
        if self.window is not None and self.day is None:
            raise EntryError("stands around a `day`, and there is none here", "window")
        return self

    @model_validator(mode="after")
    def _holiday_of_a_country(self) -> Self:
        if self.day is None or self.day.kind != "feast":
            if self.country is not None:
                raise EntryError(self._country_is_idle(), "country")
        elif self.country is None:
            raise EntryError(f"`{self.day.name}` {NO_NAMED_DAY}", "day")
        else:
            try:
                check_holiday(self.day.name, self.country)
            except CalendarError as error:
                raise EntryError(str(error), "day") from None
        return self

    def _country_is_idle(self) -> str:
        if self.day is None:
            return "goes with a `day` that is a holiday by its name, and there is none here"
        return f"goes with a holiday by its name; `{self.day.text}` needs none, so leave it out"

    @classmethod
    def schema_beyond_keys(cls, schema: dict[str, Any]) -> dict[str, Any]:
        """`window` and `country` say more of a `day`."""
        return schema | {"dependencies": {"window": ["day"], "country": ["day"]}}

    @property
    def anchor(self) -> Anchor | None:
        """The `day`, which has days of its own now: of a holiday with its country."""
        return self.day and self.day._replace(country=self.country or "")

    def notes(self, years: Iterable[int]) -> Iterator[str]:
        """What is not known of the rule's days in some calendar years, a sentence each."""
        if self.day is not None and self.country is not None:
            yield from holiday_notes(self.day.name, self.country, years)
        if self.workdays is not None:
            yield from workday_notes(self.workdays, years)


def day_notes(days: Iterable[DayRule], years: Collection[int]) -> list[tuple[Path, str]]:
    """What is not known of the days of some rules in some calendar years, a sentence each, with the
    path of the rule."""
    return [(("days", number), note) for number, rule in enumerate(days) for note in rule.notes(years)]
