"""Holidays by name and days off by country, as the library `holidays` knows them.

The library is imported where it is used, because most plans need none of it. Its languages are always
named, or it would take one from the environment.
"""

import re
import unicodedata
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from target_cascade.errors import CalendarError

if TYPE_CHECKING:
    from holidays import HolidayBase

_BETWEEN_NAMES = "; "
_SAME_FEAST = timedelta(days=3)
"""Days of one name that are no further apart are one feast: the New Year holidays of Russia leave the
7th of January to Christmas."""
_LIEU_DAYS_BY_LIST = ("CN",)
"""Countries where a holiday on a weekend gives a day off by law, but only the yearly list says which."""
_BEST_KNOWN_DECADE = 202
_PUBLIC = "public"
_ABOUT_THANKSGIVING = ("black friday", "thanksgiving", "cyber monday")
_BY_THANKSGIVING = "Thanksgiving is `4th thu of nov`, and Black Friday the day after it, `window: 1..1`"


class _Names(NamedTuple):
    """The holidays of a country in ten years, of every category and in every language, by folded name:
    on which days they are (not: made up for), and how the library writes them; and the names and
    years of which it only estimates the days."""

    days: Mapping[str, Collection[date]]
    shown: Mapping[str, str]
    estimated: Collection[tuple[str, int]]


def country_code(text: str) -> str:
    """``CN``, ``US``, or with a part of the country ``DE-BY``, as the library writes it.

    Raises `CalendarError` for a country or a part that it does not know.
    """
    from holidays.registry import EntityLoader

    code, dash, part = (word.strip() for word in unicodedata.normalize("NFKC", text).partition("-"))
    if code.upper() not in EntityLoader.get_country_codes():
        raise CalendarError(_unknown_country(text, code))
    entity = _entity(code.upper())
    if not dash:
        return entity.country
    names = {name.casefold(): name for name in entity.subdivisions}
    names |= {alias.casefold(): name for alias, name in entity.subdivisions_aliases.items()}
    if part.casefold() in names:
        return f"{entity.country}-{names[part.casefold()]}"
    known = ", ".join(entity.subdivisions[:12])
    parts = f"its parts are {known}" + ("…" if len(entity.subdivisions) > 12 else "")
    raise CalendarError(
        f"`{text}`: `{part}` is no part of {entity.country} that the library `holidays` knows; "
        + (parts if known else f"it knows none, so write `{entity.country}`")
    )


def check_holiday(name: str, country: str) -> None:
    """Raises `CalendarError` where `country` has no holiday of that name in any year, or several."""
    known = _known_as(name, country)
    if len(known) == 1:
        return
    shown = _names(country, _decades(country)[0]).shown
    if known:
        shown = {one: text for ten in _decades(country) for one, text in _names(country, ten).shown.items()}
        choices = _listed([f"`{shown[one]}`" for one in known[:4]], "or")
        raise CalendarError(f"`{name}` may be several holidays of {country}; write the whole name: {choices}")
    raise CalendarError(
        f"`{name}` is no holiday of {country} that the library `holidays` knows; {_like_it(name, shown)}"
    )


def _like_it(name: str, shown: Mapping[str, str]) -> str:
    """The names that come nearest to one that is not known, or a few in the same script."""
    wanted, plain = _folded(name), {one: text for one, text in shown.items() if not re.search(r"\d", text)}
    beginnings = {one[: len(wanted)]: one for one in plain}
    near = (
        [one for one in plain if wanted in one][:3]
        or get_close_matches(wanted, plain)
        or [beginnings[one] for one in get_close_matches(wanted, beginnings)]
    )
    if not any(_begin_alike(wanted, one) for one in near):
        near = []
    if near:
        return f"did you mean {_listed([f'`{plain[one]}`' for one in near], 'or')}?"
    some = [text for text in plain.values() if text.isascii() == name.isascii()] or list(plain.values())
    by_rule = f"{_BY_THANKSGIVING}; " if wanted.removesuffix(" day") in _ABOUT_THANKSGIVING else ""
    return by_rule + f"it knows {', '.join(f'`{text}`' for text in some[:5])} and others"


def _begin_alike(wanted: str, name: str) -> bool:
    """Whether one name has the other in it, or a word that begins as the first word of the other does."""
    words = re.split(r"[\s(-]+", name)
    return wanted in name or any(word[:1] == wanted[:1] for word in words)


@lru_cache(maxsize=256)
def first_days(name: str, country: str, year: int) -> tuple[date, ...]:
    """The days in calendar year `year` on which a holiday begins: one mostly, none in a year that does
    not have it, two where a lunar feast comes twice. Where it has several days, this is the first."""
    days = sorted(_days(name, country, year - 1) | _days(name, country, year))
    befores = [date.min, *days]
    begun = (day for before, day in zip(befores, days, strict=False) if day - before > _SAME_FEAST)
    return tuple(day for day in begun if day.year == year)


@lru_cache(maxsize=64)
def days_off(country: str, year: int) -> frozenset[date]:
    """The days of calendar year `year` on which `country` does not work: weekends and public holidays
    with their days in lieu, without the weekend days that are worked to make up for them.

    Of a year whose list of swapped days is not known, only weekends and holidays by law.
    """
    # A swap may reach over New Year, and each year's list is read with its own year.
    calendar, _ = _calendar(
        country, range(year - 1, year + 2), _languages(country)[0], _observes(country, year)
    )
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    return frozenset(day for day in days if day.year == year and not calendar.is_working_day(day))


def holiday_notes(name: str, country: str, years: Iterable[int]) -> Iterator[str]:
    """What is not known of a holiday in some of `years`, a sentence each."""
    known = sorted(set(years))
    if absent := [year for year in known if not _days(name, country, year)]:
        near = sorted({one for year in absent for one in _like_in_year(name, country, year)})
        instead = f"; it has {_listed([f'`{one}`' for one in near[:2]])} there" if near else ""
        yield (
            f"the installed `holidays` has no `{name}` of {country} in {_listed(absent)},"
            f" so the rule covers no day of it then{instead}"
        )
    names = _known_as(name, country)
    if estimated := [
        y for y in known if any((one, y) in _names(country, y // 10).estimated for one in names)
    ]:
        yield (
            f"the day of `{name}` in {country} is an estimate in {_listed(estimated)};"
            " the official one may differ"
        )


def workday_notes(country: str, years: Iterable[int]) -> Iterator[str]:
    """What is not known of a country's days off in some of `years`, a sentence each."""
    asked, entity, swaps = sorted(set(years)), _entity(country), _swap_years(country)
    holidays = range(entity.start_year, entity.end_year + 1)
    if unknown := [year for year in asked if year not in holidays]:
        yield (
            f"the installed `holidays` knows the holidays of {country} from {holidays[0]} to {holidays[-1]};"
            f" in {_listed(unknown)} only its weekends are days off"
        )
    unlisted = [year for year in asked if swaps and year in holidays and year not in swaps]
    if swaps and unlisted:
        yield (
            f"the make-up days of {_listed(unlisted)} in {country} are not known (the installed `holidays`"
            f" has those of {swaps[0]} to {swaps[-1]}); weekends and holidays by law are the days off there,"
            " so compare these years with care: write the days in lieu with `dates` once they are published"
        )
    estimated, warned = [], []
    for year in asked:
        calendar, said = _calendar(country, (year,), _languages(country)[0])
        label = _estimate_label(calendar)
        estimated += [year] if any(_without(label, names)[1] for names in calendar.values()) else []
        warned += [f"`holidays` on the days off of {country} in {year}: {text}" for text in said]
    if estimated:
        yield (
            f"some days off of {country} in {_listed(estimated)} are estimates; the official ones may differ"
        )
    yield from warned


def _like_in_year(name: str, country: str, year: int) -> Iterator[str]:
    """Longer names with this one in them: where only the day after a feast is free, that is its name."""
    names = _names(country, year // 10)
    for one, days in names.days.items():
        if _folded(name) in one and any(day.year == year for day in days):
            yield names.shown[one]


def _days(name: str, country: str, year: int) -> set[date]:
    days = _names(country, year // 10).days
    return {day for one in _known_as(name, country) for day in days.get(one, ()) if day.year == year}


@lru_cache(maxsize=64)
def _known_as(name: str, country: str) -> tuple[str, ...]:
    """The folded names that a name in a plan may mean: one; none of what is unknown.

    A whole name comes first. `Thanksgiving` means Thanksgiving Day, and `Spring Festival` a
    Chinese New Year (Spring Festival), where nothing is called so by its whole name; that may be several.
    """
    wanted, decades = _folded(name), _decades(country)
    if any(wanted in _names(country, decade).days for decade in decades):
        return (wanted,)
    every = {known for decade in decades for known in _names(country, decade).days}
    return tuple(sorted(known for known in every if wanted in _short_for(known)))


def _short_for(name: str) -> Iterator[str]:
    yield name.removesuffix(" day").removesuffix(" holiday")
    if match := re.fullmatch(r"(.+?) ?\((.+)\)", name):
        yield from match.groups()


@lru_cache(maxsize=256)
def _names(country: str, decade: int) -> _Names:
    """The holidays of the years that begin with the digits of `decade`."""
    entity, years = _entity(country), range(decade * 10, decade * 10 + 10)
    days: dict[str, set[date]] = {}
    shown: dict[str, str] = {}
    estimated: set[tuple[str, int]] = set()
    for language in _languages(country):
        calendar, _ = _calendar(country, years, language, False, entity.supported_categories)
        label = _estimate_label(calendar)
        for day, names in calendar.items():
            for text in names.split(_BETWEEN_NAMES):
                name, is_estimate = _without(label, text)
                folded = _folded(name)
                days.setdefault(folded, set()).add(day)
                shown.setdefault(folded, name)
                estimated |= {(folded, day.year)} if is_estimate else set()
    return _Names(days, shown, estimated)


def _estimate_label(calendar: "HolidayBase") -> tuple[str, str]:
    """What stands before and after the name of a holiday whose day is an estimate."""
    before, _, after = calendar.tr(getattr(calendar, "estimated_label", "%s")).partition("%s")
    return before, after


def _without(label: tuple[str, str], name: str) -> tuple[str, bool]:
    """A name without the label of an estimate, and whether it had one."""
    before, after = label
    is_estimate = (before or after) != "" and name.startswith(before) and name.endswith(after)
    return (name[len(before) : len(name) - len(after)] if is_estimate else name), is_estimate


def _decades(country: str) -> list[int]:
    """The tens of years that the library knows of a country, the one with most names first."""
    entity = _entity(country)
    decades = range(entity.start_year // 10, entity.end_year // 10 + 1)
    return sorted(decades, key=lambda decade: abs(decade - _BEST_KNOWN_DECADE))


@lru_cache(maxsize=64)
def _swap_years(country: str) -> range | None:
    """From the first to the last year of which the library has the list of working and free days that
    a government has swapped; None in a country that swaps none."""
    entity = _entity(country)
    years = {
        year
        for table in ("special_public_holidays", "special_public_holidays_observed")
        for year, rows in getattr(entity, table, {}).items()
        # A special holiday is month, day and name; a swap has two dates, and perhaps a year.
        if any(len(row) > 3 for row in (rows if rows and isinstance(rows[0], tuple) else (rows,)))
    }
    return range(min(years), max(years) + 1) if years else None


def _observes(country: str, year: int) -> bool:
    swaps = _swap_years(country)
    return country.partition("-")[0] not in _LIEU_DAYS_BY_LIST or swaps is None or year in swaps


@lru_cache(maxsize=64)
def _entity(country: str) -> "HolidayBase":
    return _calendar(country, (), None)[0]


def _languages(country: str) -> list[str | None]:
    """The languages that the library has the names of a country's holidays in, its own before English
    and English before the others; none is named where there is but one."""
    entity = _entity(country)
    order = (entity.default_language, "en_US")
    return sorted(entity.supported_languages, key=lambda one: (one != order[0], one != order[1])) or [None]


def _calendar(
    country: str,
    years: Iterable[int],
    language: str | None,
    observed: bool = True,
    categories: Sequence[str] = (_PUBLIC,),
) -> tuple["HolidayBase", list[str]]:
    """The library's own calendar, and what it warns of: years of which it knows some holidays only."""
    from holidays import country_holidays

    code, _, part = country.partition("-")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        calendar = country_holidays(
            code, part or None, years, observed=observed, language=language, categories=categories
        )
    return calendar, [str(one.message) for one in said if issubclass(one.category, UserWarning)]


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    """A name without what people write in two ways: case, width, spaces and the form of apostrophes."""
    return " ".join(unicodedata.normalize("NFKC", name).replace("’", "'").casefold().split())


def _unknown_country(text: str, code: str) -> str:
    from holidays.registry import COUNTRIES

    # Each has the name of its class, its two letters and its three.
    names = {name.replace("_", " "): codes[1] for name, codes in COUNTRIES.items()}
    near = get_close_matches(code.lower(), names, 1)
    hint = f"did you mean `{names[near[0]]}` ({near[0].title()})?" if near else "write `CN`, `US`, or `DE-BY`"
    return f"`{text}` is no country that the library `holidays` knows; {hint}"


def _listed(values: Sequence[object], word: str = "and") -> str:
    *more, last = map(str, values)
    return f"{', '.join(more)} {word} {last}" if more else last
