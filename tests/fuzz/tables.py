"""Tables of last year's sales as real programs write them, with the amounts that they say."""

import csv
import random
from calendar import monthrange
from collections.abc import Callable
from fractions import Fraction
from io import BytesIO, StringIO
from typing import NamedTuple

YEAR = 2011
_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_CHINESE = "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月".split()

MONTHS: tuple[Callable[[int], str], ...] = (
    lambda month: f"{YEAR}-{month:02d}",
    lambda month: f"{YEAR}/{month}",
    lambda month: f"{YEAR}年{month}月",
    lambda month: f"{month}月",
    lambda month: f"{YEAR}{month:02d}",
    lambda month: f"{YEAR}.{month:02d}",
    lambda month: f"{month:02d}/{YEAR}",
    lambda month: _NAMES[month - 1],
    lambda month: f"{_NAMES[month - 1]} {YEAR}",
    lambda month: f"{_NAMES[month - 1]}-11",
    lambda month: _CHINESE[month - 1],
    str,
    lambda month: f"{YEAR}-{month:02d}-01",
)
DAYS: tuple[Callable[[int, int], str], ...] = (
    lambda month, day: f"{YEAR}-{month:02d}-{day:02d}",
    lambda month, day: f"{YEAR}/{month}/{day}",
    lambda month, day: f"{YEAR}年{month}月{day}日",
    lambda month, day: f"{YEAR}{month:02d}{day:02d}",
    lambda month, day: f"{day:02d}.{month:02d}.{YEAR}",
)


class Number(NamedTuple):
    """How a table writes amounts: each as a multiple of `unit`, which its header names in `named`."""

    written: Callable[[Fraction], str]
    named: str = ""
    unit: int = 1
    ascii: bool = True


def _grouped(amount: Fraction, thousands: str = ",", point: str = ".", places: int = 0) -> str:
    whole, cents = divmod(round(amount * 10**places), 10**places)
    return f"{whole:,}".replace(",", thousands) + (f"{point}{cents:0{places}d}" if places else "")


NUMBERS = (
    Number(lambda amount: str(int(amount))),
    Number(lambda amount: _grouped(amount, places=2)),
    Number(_grouped),
    Number(lambda amount: f"￥{_grouped(amount, places=2)}", ascii=False),
    Number(lambda amount: f"${_grouped(amount)}"),
    Number(lambda amount: _grouped(amount, ".", ",", 2)),
    Number(lambda amount: _grouped(amount / 10_000, "", ".", 4), "（万元）", 10_000, ascii=False),
    Number(lambda amount: _grouped(amount / 1000, ",", ".", 3), " (k)", 1000),
    Number(lambda amount: f"{_grouped(amount / 10_000, '', '.', 4)}万", ascii=False),
)
HEADERS = (
    ("月份", "销售额"),
    ("日期", "成交金额"),
    ("month", "amount"),
    ("Month", "Net sales"),
    ("date", "revenue"),
    ("统计月份", "支付金额"),
)


class Table(NamedTuple):
    """A file, and the amount of each month that it says."""

    content: bytes
    amounts: tuple[Fraction, ...]
    rows: tuple[tuple[str, ...], ...]


def table(rng: random.Random, workbook: bool = False) -> Table:
    """A table in one of the ways that real programs have, as CSV or as a workbook of texts and numbers."""
    number = rng.choice(NUMBERS)
    parts = _parts(rng)
    amounts = tuple(sum(month, Fraction(0)) for month in parts)
    named = rng.choice(HEADERS)
    header: tuple[str, ...] = (named[0], named[1] + number.named)
    rows: list[tuple[str, ...]] = [(label, number.written(amount)) for label, amount in _labelled(rng, parts)]
    if rng.random() < 0.3:
        rows.append((rng.choice(("合计", "总计", "Total")), number.written(sum(amounts, Fraction(0)))))
    if rng.random() < 0.3:
        orders = [str(rng.randrange(1, 999)) for _ in rows]
        header = (header[0], "订单数", header[1])
        rows = [(label, count, amount) for (label, amount), count in zip(rows, orders, strict=True)]
    lines: list[tuple[str, ...]] = [header, *rows]
    if rng.random() < 0.2 and len(rows) < 20:
        lines = list(zip(*lines, strict=True))
    if rng.random() < 0.3:
        lines.insert(0, (rng.choice((f"{YEAR}年销售报表", "Sales report", f"导出时间：{YEAR + 1}-01-05")),))
    content = workbook_of(rng, lines) if workbook else _csv(rng, lines)
    return Table(content, amounts, tuple(lines))


def _parts(rng: random.Random) -> list[list[Fraction]]:
    """The amounts of each month, one or one a day: whole numbers, so that each way of writing is exact."""
    size = rng.choice((9, 999, 99_999, 9_999_999))
    daily = rng.random() < 0.1
    days = [monthrange(YEAR, month)[1] if daily else 1 for month in range(1, 13)]
    return [[Fraction(rng.randrange(1, size)) for _ in range(count)] for count in days]


def _labelled(rng: random.Random, parts: list[list[Fraction]]) -> list[tuple[str, Fraction]]:
    if len(parts[0]) == 1:
        label = rng.choice(MONTHS)
        return [(label(month), part[0]) for month, part in enumerate(parts, 1)]
    of_day = rng.choice(DAYS)
    return [
        (of_day(month, day), amount)
        for month, part in enumerate(parts, 1)
        for day, amount in enumerate(part, 1)
    ]


def _csv(rng: random.Random, lines: list[tuple[str, ...]]) -> bytes:
    text = StringIO()
    separator = rng.choice(",,;\t")
    csv.writer(text, delimiter=separator, lineterminator=rng.choice(("\n", "\r\n"))).writerows(lines)
    encoding = rng.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"))
    return text.getvalue().encode(encoding)


def workbook_of(rng: random.Random, lines: list[tuple[str, ...]]) -> bytes:
    """A workbook with these cells: numbers as numbers, dates as dates, the rest as text."""
    from datetime import datetime

    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(rng.choice(("Sheet1", "销售", "2011")))
        date = book.add_format({"num_format": rng.choice(("yyyy-mm-dd", "yyyy/m", "mmm-yy"))})
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                plain = text.replace(",", "")
                if text.count("-") == 2 and text.startswith(str(YEAR)):
                    sheet.write_datetime(row, column, datetime.fromisoformat(text), date)
                elif plain.replace(".", "", 1).isdigit() and "," not in text[-3:]:
                    sheet.write_number(row, column, float(plain))
                else:
                    sheet.write_string(row, column, text)
        if rng.random() < 0.3:
            book.add_worksheet("Notes").write_string(0, 0, "说明")
    return content.getvalue()
