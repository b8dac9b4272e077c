"""How months and days are written in real files: 2011年1月, 01/2011, Jan-11, 2011-01-15 周六, 合计."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from target_cascade.amount import fold_width
from target_cascade.calendar import FIRST_YEAR, LAST_YEAR
from target_cascade.pattern import Pattern
from target_cascade.read.sales.month_names import in_plain_signs, month_of_name
from target_cascade.read.sales.plain_names import kinds_of

Kind = Literal[
    "day",  # a date; without a year where that is not written
    "month",
    "slashed",  # 01/02/2011: `month` and `day` are the two numbers in their order
    "short",  # 01/02/11: the three numbers are `month`, `day` and `other` in their order
    "named",  # Jan-11: `day` is the number, a day or a year
    "dated",  # 15-Jan-11: `day` is the first number, `other` the second
    "period",  # P01: `month` is its number
    "week",  # W01: `month` is its number
    "year",
    "part",  # a quarter, a half, or the total of a month: months `month` to `day`
    "total",
    "subtotal",
    "left out",  # an average, a growth: no amount of a period
    "impossible",  # 2011-02-30
]


class When(NamedTuple):
    """What a cell says about time; `year` is 0 where none is written.

    `weak` is what may be a plain number too: 1, 201101, 40544, 2011.01.
    """

    kind: Kind
    year: int = 0
    month: int = 0
    day: int = 0
    other: int = 0
    weak: bool = False

    @property
    def is_fine(self) -> bool:
        """Whether it names a month or less."""
        return self.kind in _FINE

    @property
    def is_day(self) -> bool:
        """Whether it names a day, perhaps among other readings."""
        return self.kind in ("day", "slashed", "short", "dated")


_FINE = ("day", "month", "slashed", "short", "named", "dated", "period", "week")
_LONGEST = 60
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial numbers, from March 1900 on."""

_NAME = r"(?P<name>[a-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
_CHINESE = "一二三四五六七八九十"
_MONTH_NUMBERS = {name: i for i, name in enumerate("元 二 三 四 五 六 七 八 九 十 十一 十二".split(), 1)} | {
    "一": 1
}
_PART_WORDS = {"一": 1, "二": 2, "三": 3, "四": 4}

_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_WEEKDAY_AFTER = Pattern(rf"[ ,(]*(?:(?:周|星期|礼拜|週)[一二三四五六日天]|(?<![a-z]){_WEEKDAY})\)?$")
_WEEKDAY_BEFORE = Pattern(rf"^{_WEEKDAY},? +")
_TIME = Pattern(
    r"(?<=\d)(?:t| +)(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?: ?(?P<half>[ap]m))?"
    r" ?(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?$"
)
_RANGE = Pattern(
    r" ?(?:~|〜|至|到|—|–|\.\.| - | to ) ?|(?<=\d[./]\d)-(?=\d{4}[./])|(?<=\d[./]\d\d)-(?=\d{4}[./])"
)
_SUBTOTAL = r"小计|小計|本页合计|sub[ -]?totals?|zwischensumme"
_TOTAL = (
    r"合计|总计|共计|总和|总额|汇总|合計|總計|累计|总"
    r"|grand total|totals?|summe|sum|gesamtsumme|gesamtergebnis|gesamt|insgesamt"
)
_TOTAL_WORD = Pattern(
    rf"(?P<before>.*?)[ :_*-]*(?:(?P<sub>{_SUBTOTAL})|{_TOTAL})(?:金额|额|数)?[ :_*-]*(?P<after>.*)"
)
_WHOLE_YEAR = ("全年", "年度", "本年", "全年度", "本年度", "年", "year", "full year", "whole year", "annual")
_PLAIN = Pattern(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?", re.ASCII)
"""What most cells are like; `_FORMS` have it too."""
_LEFT_OUT = Pattern(
    r"平均|均值|月均|日均|同比|环比|占比|比重|比例|增长|增幅|增速|增减|完成率|达成率|最大|最小|最高|最低"
    r"|\b(?:average|avg|mean|median|yoy|mom|growth|share|change|durchschnitt|maximum|minimum|max|min)\b"
)


@lru_cache(maxsize=32_768)
def read_when(text: str) -> When | None:
    """What a cell says about time; None where it says nothing that is known here."""
    if len(text) > _LONGEST or not text:
        return None
    folded = " ".join(fold_width(text).lower().split())
    if folded.isascii() and folded.isdigit():
        return _number(folded)
    if kinds_of(folded):
        return None
    if plain := _PLAIN.fullmatch(folded):
        return (_day if plain["day"] else _month)(plain)
    if folded[-1] in "周一二三四五六日天)" or folded[-1].isalpha() or folded[-1] == ".":
        folded = _WEEKDAY_AFTER.sub("", folded) or folded
    folded = _WEEKDAY_BEFORE.sub("", folded)
    if time := _TIME.search(folded):
        return _without_time(folded[: time.start()], time)
    return _written(folded) or _words(folded)


def _number(digits: str) -> When | None:
    match len(digits):
        case 1 | 2:
            return When("month", 0, int(digits), weak=True) if 1 <= int(digits) <= 12 else None
        case 4:
            return When("year", int(digits), weak=True) if _is_year(int(digits)) else None
        case 5:
            return _of_date(_EPOCH + timedelta(int(digits)))
        case 6:
            return _valid(When("month", int(digits[:4]), int(digits[4:]), weak=True))
        case 8:
            return _valid(When("day", int(digits[:4]), int(digits[4:6]), int(digits[6:]), weak=True))
    return None


def _of_date(day: date) -> When | None:
    return When("day", day.year, day.month, day.day, weak=True) if _is_year(day.year) else None


def _is_year(number: int) -> bool:
    return FIRST_YEAR - 1 <= number <= LAST_YEAR + 1


def _valid(when: When) -> When | None:
    """`when`, if the calendar has it; of a number that it has not, None."""
    if not (_is_year(when.year) or not when.year) or not 1 <= when.month <= 12:
        return None if when.weak else When("impossible")
    if when.kind == "day":
        try:
            date(when.year or 2000, when.month, when.day)
        except ValueError:
            return None if when.weak else When("impossible")
    return when


def _without_time(day: str, time: re.Match[str]) -> When | None:
    when = _written(day)
    if when is None or not when.is_day:
        return None
    is_midnight = not time["time"].replace(":", "").replace(".", "").strip("0") or (
        time["time"].startswith("12:00") and time["half"] == "am"
    )
    # Where an offset is written, the day is that of the place; by Greenwich it may have been another.
    is_local = not time["zone"] or time["zone"].strip("+-0:") not in ("", "z", "utc", "gmt")
    return when if is_local or is_midnight else When("impossible")


def _written(folded: str) -> When | None:
    compact = in_plain_signs(folded)
    for pattern, made in _FORMS:
        if found := pattern.fullmatch(compact):
            when = made(found)
            if when is not None:
                return when
    parts = _RANGE.split(folded)
    return _range(parts[0], parts[1]) if len(parts) == 2 else None


def _range(first: str, last: str) -> When | None:
    """A month or a part of the year that is written as its first and its last day or month."""
    start, end = (_written(part) or _number_or_none(part) for part in (first, last))
    if start is None or end is None or not start.year or start.year != end.year or start.month > end.month:
        return None
    if start.kind == end.kind == "day":
        after = date(end.year, end.month, end.day) + timedelta(1)
        if start.day != 1 or after.day != 1:
            return None
    elif not start.kind == end.kind == "month":
        return None
    return When("month" if start.month == end.month else "part", start.year, start.month, end.month)._replace(
        day=0 if start.month == end.month else end.month
    )


def _number_or_none(text: str) -> When | None:
    return _number(text) if text.isascii() and text.isdigit() else None


def _words(folded: str) -> When | None:
    if folded in ("全年", "全年度", "full year", "whole year"):
        return When("total")
    if found := _TOTAL_WORD.fullmatch(folded.replace(" ", "") if not folded.isascii() else folded):
        rest = _bare((found["before"] + found["after"]).strip(" :_-()*"))
        if not rest or rest in _WHOLE_YEAR:
            return When("subtotal" if found["sub"] else "total")
        when = _number_or_none(rest) or _written(rest)
        if when is not None and when.kind == "month":
            return When("part", when.year, when.month, when.month)
        if when is not None and when.kind in ("year", "part"):
            return when._replace(weak=False)
    return When("left out") if _LEFT_OUT.search(folded) else None


def _bare(text: str) -> str:
    """A label without a unit in it: ``合计(万元``."""
    return re.sub(r"\(?(?:单位:?)?[百千万亿]*[元分]\)?$|\(?(?:rmb|cny|usd|eur)\)?$", "", text).strip(" (:")


def _month(found: re.Match[str]) -> When | None:
    return _valid(When("month", _int(found, "year"), int(found["month"])))


def _day(found: re.Match[str]) -> When | None:
    return _valid(When("day", _int(found, "year"), int(found["month"]), int(found["day"])))


def _of_statistics(found: re.Match[str]) -> When | None:
    """M01 to M12, and M13, which is their average."""
    return (
        When("left out")
        if found["month"] == "13"
        else _valid(When("month", 0, int(found["month"]), weak=True))
    )


def _dotted(found: re.Match[str]) -> When | None:
    return _valid(When("month", int(found["year"]), int(found["month"]), weak=True))


def _chinese_month(found: re.Match[str]) -> When | None:
    month = _MONTH_NUMBERS.get(found["month"]) or int(found["month"])
    if found["day"]:
        return _valid(When("day", _int(found, "year"), month, int(found["day"])))
    return _valid(When("month", _int(found, "year"), month))


def _named(found: re.Match[str]) -> When | None:
    month = month_of_name(found["name"])
    if month is None:
        return None
    groups = found.groupdict()
    if groups.get("short") is not None:
        year = int(groups["short"])
        return When("month", year + (1900 if year > 90 else 2000), month)
    if groups.get("day") is not None and groups.get("year") is not None:
        return _valid(When("day", int(groups["year"]), month, int(groups["day"])))
    if groups.get("second") is not None:
        return When("dated", 0, month, int(groups["day"]), int(groups["second"]))
    if groups.get("day") is not None:
        return When("named", 0, month, int(groups["day"]))
    return _valid(When("month", _int(found, "year"), month))


def _quarter(found: re.Match[str]) -> When | None:
    number = _PART_WORDS.get(found["number"]) or int(found["number"])
    return When("part", _int(found, "year") or _int(found, "late"), 3 * number - 2, 3 * number)


def _half(found: re.Match[str]) -> When | None:
    first = found["half"] in ("上", "1")
    return When("part", _int(found, "year") or _int(found, "late"), 1 if first else 7, 6 if first else 12)


def _int(found: re.Match[str], group: str) -> int:
    return int(found[group] or 0) if group in found.groupdict() else 0


def _slashed(found: re.Match[str]) -> When | None:
    first, second = int(found["first"]), int(found["second"])
    readings = [(first, second), (second, first)]
    if not any(_valid(When("day", int(found["year"]), m, d)) != When("impossible") for m, d in readings):
        return When("impossible")
    return When("slashed", int(found["year"]), first, second)


def _counted(kind: Literal["period", "week"], found: re.Match[str]) -> When | None:
    number = int(found["number"])
    last = 12 if kind == "period" else 53
    return When(kind, _int(found, "year"), number) if 1 <= number <= last else When("impossible")


def _form(pattern: str) -> Pattern:
    return Pattern(pattern.replace("YEAR", _YEAR).replace("NAME", _NAME), re.ASCII)


_MONTH, _DAY = r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_FORMS: tuple[tuple[Pattern, Callable[[re.Match[str]], When | None]], ...] = (
    (_form(rf"YEAR([-/.]){_MONTH}\2{_DAY}"), _day),
    (_form(rf"YEAR年{_MONTH}月{_DAY}[日号]?"), _day),
    (_form(rf"YEAR[-/]{_MONTH}(?:月份?)?"), _month),
    (_form(rf"YEAR\.{_MONTH}"), _dotted),
    (_form(rf"YEAR[- ]?m{_MONTH}"), _month),
    (_form(r"m(?P<month>\d{2})"), _of_statistics),
    (
        _form(
            r"(?:YEAR年)?第?(?P<month>\d{1,2}|十[一二]?|[元一二三四五六七八九])月份?(?:(?P<day>\d{1,2})[日号])?"
        ),
        _chinese_month,
    ),
    (_form(rf"{_MONTH}[-/]YEAR"), _month),
    (_form(rf"{_MONTH}\.YEAR"), _dotted),
    (
        _form(r"(?P<first>\d{1,2})([-/.])(?P<second>\d{1,2})\2YEAR"),
        _slashed,
    ),
    (
        _form(r"(?P<first>\d{1,2})([-/.])(?P<second>\d{1,2})\2(?P<third>\d{2})"),
        lambda found: When("short", 0, int(found["first"]), int(found["second"]), int(found["third"])),
    ),
    (_form(r"NAME"), _named),
    (_form(r"NAME[-/., ]*YEAR"), _named),
    (_form(r"YEAR[-/., ]*NAME"), _named),
    (_form(r"NAME ?[-/]?['’](?P<short>\d{2})"), _named),
    (_form(rf"NAME[-/ ]?{_DAY}"), _named),
    (_form(rf"{_DAY}[-/ ]?NAME"), _named),
    (_form(rf"{_DAY}(?:st|nd|rd|th)?[-/. ]*NAME[-/., ]*YEAR"), _named),
    (_form(rf"NAME[-/. ]*{_DAY}(?:st|nd|rd|th)?[-/, ]+YEAR"), _named),
    (_form(rf"YEAR[-/ ]?NAME[-/ ]?{_DAY}"), _named),
    (_form(rf"{_DAY}[-/. ]NAME[-/. ](?P<second>\d{{2}})"), _named),
    (
        _form(r"(?:YEAR年?[-/ ]?)?第?(?P<number>[1-4一二三四])季度?"),
        _quarter,
    ),
    (_form(r"(?:YEAR年?[-/ ]?)?q(?P<number>[1-4])(?:[-/ ]?(?P<late>\d{4}))?"), _quarter),
    (_form(r"(?:YEAR年?[-/ ]?)?(?P<half>[上下])半年"), _half),
    (_form(r"(?:YEAR年?[-/ ]?)?h(?P<half>[12])(?:[-/ ]?(?P<late>\d{4}))?"), _half),
    (
        _form(r"(?:(?:fy)?YEAR年?[-/ ]?)?(?:p|period ?|第)(?P<number>\d{1,2})期?"),
        lambda found: _counted("period", found),
    ),
    (
        _form(r"(?:(?:fy)?YEAR年?[-/ ]?)?(?:w|wk ?|week ?|第)(?P<number>\d{1,2})周?"),
        lambda found: _counted("week", found),
    ),
    (_form(r"YEAR年度?"), lambda found: _valid(When("year", int(found["year"]), 1))),
)
