"""Table → JSON with numbers that no float has touched."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

from target_cascade.report.table import Column, Row, Table, Value
from target_cascade.write.json import json_text

COLUMNS = (
    Column("name", "Name", "text"),
    Column("start", "Start", "date"),
    Column("days", "Days", "count"),
    Column("quota", "Quota", "amount", vital=True),
    Column("share", "Share", "share"),
    Column("bar", "", "bar", "people"),
)


def test_records_are_read_back_exactly() -> None:
    quota = Fraction("12345678901234567890.05")
    rows = (
        Row(('a "quoted"\n旗舰店 =1', date(2012, 1, 1), 31, quota, Fraction(1, 3), Fraction(1))),
        Row(("b", None, 0, None, None, None)),
        Row(("Total", None, 31, quota, Fraction(1), None), "total"),
    )
    text = json_text(Table("Names", "Title", (), COLUMNS, rows))
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal) == [
        {
            "name": 'a "quoted"\n旗舰店 =1',
            "start": "2012-01-01",
            "days": 31,
            "quota": Decimal("12345678901234567890.05"),
            "share": Decimal("0.333333"),
        },
        {"name": "b", "start": None, "days": 0, "quota": None, "share": None},
    ]
    assert "旗舰店" in text


def test_table_without_rows_is_an_empty_list() -> None:
    assert json.loads(json_text(Table("Names", "Title", (), COLUMNS, ()))) == []


def test_values_stand_behind_the_first_table() -> None:
    months, limits = (Table(name, "", (), COLUMNS[:1], (Row(("a",)),)) for name in ("Months", "Limits"))
    values = (Value("missing", Fraction("12345678901234567890.05")), Value("spread", "next:3", "text"))
    assert json_text(months, limits, values=values) == (
        '{\n  "months": [\n    {"name": "a"}\n  ],\n  "missing": 12345678901234567890.05,\n'
        '  "spread": "next:3",\n  "limits": [\n    {"name": "a"}\n  ]\n}\n'
    )
    assert json.loads(json_text(months, values=values[1:])) == {"months": [{"name": "a"}], "spread": "next:3"}
