"""Holidays by name and days off by country, held against what governments have published."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from holidays.registry import EntityLoader

from target_cascade.errors import CalendarError
from target_cascade.feasts import (
    check_holiday,
    country_code,
    days_off,
    first_days,
    holiday_notes,
    workday_notes,
)
from target_cascade.named_days import spring_festival

COUNTRIES = sorted(EntityLoader.get_country_codes(include_aliases=False))


def days_of(name: str, country: str, year: int) -> list[str]:
    return [str(day) for day in first_days(name, country, year)]


def of_year(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (day for number in range(366) if (day := first + timedelta(number)).year == year)


def made_up(country: str, year: int) -> list[str]:
    """Days of a weekend that are worked."""
    off = days_off(country, year)
    return [f"{day:%m-%d}" for day in of_year(year) if day.weekday() >= 5 and day not in off]


def holidays_in_the_week(country: str, year: int) -> list[str]:
    return [f"{day:%m-%d}" for day in sorted(days_off(country, year)) if day.weekday() < 5]


@pytest.mark.parametrize(
    ("name", "country", "days"),
    [
        pytest.param("Mid-Autumn Festival", "CN", ["2011-09-12"], id="Mid-Autumn 2011"),
        pytest.param("Mid-Autumn Festival", "CN", ["2012-09-30"], id="Mid-Autumn 2012"),
        pytest.param("中秋节", "CN", ["2012-09-30"], id="Mid-Autumn in Chinese"),
        pytest.param("中秋節", "TW", ["2012-09-30"], id="Mid-Autumn in Taiwan"),
        pytest.param("Dragon Boat Festival", "CN", ["2012-06-23"], id="Dragon Boat"),
        pytest.param("清明节", "CN", ["2012-04-04"], id="Qingming"),
        pytest.param("国庆节", "CN", ["2012-10-01"], id="the first of three days"),
        pytest.param("Spring Festival", "CN", ["2012-01-23"], id="the name inside the brackets"),
        pytest.param("Chinese New Year", "CN", ["2012-01-23"], id="the name before the brackets"),
        pytest.param("Thanksgiving Day", "US", ["2027-11-25"], id="Thanksgiving Day"),
        pytest.param("Thanksgiving", "US", ["2027-11-25"], id="Thanksgiving"),
        pytest.param("Mother's Day", "US", ["2027-05-09"], id="an unofficial day"),
        pytest.param("ＭＯＴＨＥＲ’S   day", "US", ["2027-05-09"], id="width, case, spaces, apostrophe"),
        pytest.param("Fronleichnam", "DE-BY", ["2027-05-27"], id="a part of a country"),
        pytest.param("Corpus Christi", "DE-BY", ["2027-05-27"], id="a part of a country, in English"),
        pytest.param("Christmas Day", "US", ["2027-12-25"], id="the day itself, not the one in lieu"),
        pytest.param("New Year Holidays", "RU", ["2024-01-01"], id="around another holiday"),
        # Ramazan Bayramı begins on 1 Shawwal.
        pytest.param("Eid al-Fitr", "TR", ["2000-01-08", "2000-12-27"], id="twice a year"),
        pytest.param("Eid al-Fitr", "TR", ["2024-04-10"], id="first of three"),
        # By law from the day after 29 Ramadan on.
        pytest.param("عطلة عيد الفطر", "SA", ["2024-04-09"], id="Eid in Arabic"),
        pytest.param("敬老の日", "JP", ["2024-09-16"], id="Japanese"),
        pytest.param("Diwali", "IN", ["2024-10-31"], id="Indian"),
        pytest.param("Juneteenth National Independence Day", "US", ["2021-06-19"], id="its first year"),
    ],
)
def test_holiday_begins_on(name: str, country: str, days: list[str]) -> None:
    check_holiday(name, country)
    assert days_of(name, country, int(days[0][:4])) == days


def test_days_across_new_year_are_one_holiday() -> None:
    # Kurban Bayramı: 10 January 2006, and four days from 31 December 2006 on.
    assert days_of("Eid al-Adha", "TR", 2006) == ["2006-01-10", "2006-12-31"]
    assert days_of("Eid al-Adha", "TR", 2007) == ["2007-12-20"]


@pytest.mark.parametrize(
    ("name", "country", "year"),
    [
        pytest.param("Juneteenth National Independence Day", "US", 2020, id="before there was one"),
        pytest.param("中秋节", "CN", 2007, id="before it was a public holiday"),
        pytest.param("Mid-Autumn Festival", "CN", 2101, id="beyond the library"),
    ],
)
def test_year_without_the_holiday_has_no_day(name: str, country: str, year: int) -> None:
    check_holiday(name, country)
    assert first_days(name, country, year) == ()


def test_spring_festival_by_name_is_that_of_the_table() -> None:
    for year in range(1950, 2100):
        assert first_days("春节", "CN", year) == (spring_festival(year),)


@pytest.mark.parametrize(
    ("name", "country", "message"),
    [
        pytest.param("Mid-Autum Festival", "CN", "did you mean `Mid-Autumn Festival`", id="misspelled"),
        pytest.param("Mid Autmn", "CN", "did you mean `Mid-Autumn Festival`", id="the beginning, misspelled"),
        pytest.param("中秋", "CN", "did you mean `中秋节`", id="cut short"),
        pytest.param("Juneteenth", "US", "`Juneteenth National Independence Day`?", id="the first word"),
        pytest.param("Thanksgiving", "CN", "it knows `New Year's Day`, `Chinese", id="of another country"),
        pytest.param("Black Friday", "US", "Thanksgiving is `4th thu of nov`", id="a day of trade"),
        pytest.param(
            "Cristmas", "US", "did you mean `Christmas Eve` or `Christmas Day`?", id="another letter left out"
        ),
        pytest.param("愚人", "CN", "it knows `元旦`, `春节`, ", id="a few in its script"),
        pytest.param("Fronleichnam", "DE", "is no holiday of DE", id="of a part alone"),
        pytest.param("休息日", "CN", "may be several holidays of CN", id="no name of one day"),
    ],
)
def test_name_that_no_holiday_has_is_refused(name: str, country: str, message: str) -> None:
    with pytest.raises(CalendarError) as caught:
        check_holiday(name, country)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CN", "CN"),
        (" cn ", "CN"),
        ("ＣＮ", "CN"),
        ("CHN", "CN"),
        ("UK", "GB"),
        ("NO", "NO"),
        ("DE-BY", "DE-BY"),
        ("de-bayern", "DE-BY"),
        ("US-CA", "US-CA"),
    ],
)
def test_country_is_read(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("China", "did you mean `CN` (China)?", id="a name"),
        pytest.param("XX", "write `CN`, `US`, or `DE-BY`", id="no country"),
        pytest.param("JAN", "is no country", id="another word that the library exports"),
        pytest.param("XNYS", "is no country", id="a market"),
        pytest.param("DE-XX", "`XX` is no part of DE that", id="no part"),
        pytest.param("DE-", "`` is no part of DE that", id="a part forgotten"),
        pytest.param("CN-11", "it knows none, so write `CN`", id="a country without parts"),
    ],
)
def test_what_is_no_country_is_refused(text: str, message: str) -> None:
    with pytest.raises(CalendarError) as caught:
        country_code(text)
    assert message in str(caught.value)


@pytest.mark.parametrize("country", COUNTRIES[::5])
def test_every_country_can_be_asked(country: str) -> None:
    assert country_code(country) == country
    assert {day.year for day in days_off(country, 2024)} == {2024}
    with pytest.raises(CalendarError, match="is no holiday of"):
        check_holiday("qqqqqqqq", country)


@pytest.mark.parametrize(
    ("year", "worked"),
    [
        # The State Council's notices of 6 December 2011 and 25 October 2023.
        pytest.param(2012, "01-21 01-29 03-31 04-01 04-28 09-29", id="2012"),
        pytest.param(2024, "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12", id="2024"),
        pytest.param(2011, "01-30 02-12 04-02 10-08 10-09 12-31", id="2011, one by the list of 2012"),
    ],
)
def test_make_up_days_of_china_are_worked(year: int, worked: str) -> None:
    assert made_up("CN", year) == worked.split()


def test_swapped_days_of_china_are_off() -> None:
    off = "01-02 01-03 01-23 01-24 01-25 01-26 01-27 04-02 04-03 04-04 04-30 05-01 06-22"
    assert holidays_in_the_week("CN", 2012) == [*off.split(), *(f"10-0{day}" for day in range(1, 6))]


def test_year_without_a_list_has_weekends_and_holidays_by_law() -> None:
    # Of holidays on a weekend only the list of that year could say which day is off instead.
    year = 2099
    feasts = [first_days(name, "CN", year)[0] for name in ("清明节", "端午节", "中秋节")]
    spring = [spring_festival(year) + timedelta(days) for days in (-1, 0, 1, 2)]
    others = [
        date(year, 1, 1),
        date(year, 5, 1),
        date(year, 5, 2),
        *(date(year, 10, day) for day in (1, 2, 3)),
    ]
    weekends = {day for day in of_year(year) if day.weekday() >= 5}
    assert days_off("CN", year) == weekends.union(feasts, spring, others)
    assert weekends.intersection([*feasts, *spring, *others]), "one of them is on a weekend"


@pytest.mark.parametrize(
    ("country", "year", "weekend"),
    [
        pytest.param("US", 2024, {5, 6}, id="Saturday and Sunday"),
        pytest.param("SA", 2012, {3, 4}, id="Thursday and Friday, to June 2013"),
        pytest.param("SA", 2014, {4, 5}, id="Friday and Saturday, from June 2013"),
        pytest.param("JP", 2024, {5, 6}, id="Japan"),
        pytest.param("IN", 2024, {5, 6}, id="India"),
        pytest.param("BN", 2024, {4, 6}, id="Friday and Sunday"),
    ],
)
def test_weekend_is_the_country_s_own(country: str, year: int, weekend: set[int]) -> None:
    off = days_off(country, year)
    always_off = {day.weekday() for day in of_year(year)} - {
        day.weekday() for day in of_year(year) if day not in off
    }
    assert always_off == weekend


def test_day_in_lieu_of_a_weekend_is_off() -> None:
    # 25 December 2027 and 1 January 2028 are Saturdays.
    assert {date(2027, 12, 24), date(2027, 12, 31)} <= days_off("US", 2027)
    assert "12-23" not in holidays_in_the_week("US", 2027)


def test_note_says_which_years_lack_a_holiday() -> None:
    (note,) = holiday_notes("Juneteenth National Independence Day", "US", [2019, 2020, 2021])
    assert "has no `Juneteenth National Independence Day` of US in 2019 and 2020, so the rule covers" in note


def test_note_names_the_day_that_a_country_keeps_instead() -> None:
    # Only where the day after is a Sunday has Hong Kong the feast itself.
    (note,) = holiday_notes("Mid-Autumn Festival", "HK", [2011, 2012])
    assert "Day following" in note


def test_note_says_in_which_years_a_day_is_an_estimate() -> None:
    assert list(holiday_notes("Ramazan Bayramı", "TR", [2011, 2077])) == [
        "the day of `Ramazan Bayramı` in TR is an estimate in 2077; the official one may differ"
    ]


def test_holiday_that_is_known_needs_no_note() -> None:
    assert not list(holiday_notes("中秋节", "CN", [2011, 2012]))


@pytest.mark.parametrize(
    ("country", "years", "note"),
    [
        pytest.param("CN", [2011, 2012], None, id="published"),
        pytest.param("US", [2011, 2099], None, id="a country that swaps no days"),
        pytest.param("CN", [1999, 2001], "the make-up days of 1999 in CN are not known", id="too early"),
        pytest.param("CN", [2026, 2100], "the make-up days of 2100 in CN are not known", id="not published"),
        pytest.param("LK", [2099], "in 2099 only its weekends are days off", id="beyond the library"),
        pytest.param("IN", [2040], "`holidays` on the days off of IN in 2040: ", id="known in part"),
        pytest.param("TR", [2099], "some days off of TR in 2099 are estimates", id="by the moon"),
    ],
)
def test_notes_on_days_off(country: str, years: list[int], note: str | None) -> None:
    notes = list(workday_notes(country, years))
    assert notes == [] if note is None else any(note in one for one in notes)


def test_language_of_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "from target_cascade.feasts import *\n"
        "print(first_days('Mid-Autumn Festival', 'CN', 2012), first_days('Fronleichnam', 'DE-BY', 2012))\n"
        "print(sorted(days_off('SA', 2012)), list(workday_notes('TR', [2030])))\n"
    )
    told = set()
    for language in ("", "th", "zh_CN:en_US"):
        monkeypatch.setenv("LANGUAGE", language)
        told.add(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout)
    assert len(told) == 1
