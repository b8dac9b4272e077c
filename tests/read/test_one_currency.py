"""Amounts in several currencies, which are never added up."""

import pytest
from sales_texts import AMOUNTS, BARE, MONTHS, amounts, read, table

from target_cascade.errors import InputError


def with_one(row: str, other: str, header: str = "month,sales") -> str:
    """Twelve rows of which the third is written like `other`."""
    lines = table(header, MONTHS, row=row).split("\n")
    lines[3] = other.format(month=MONTHS[2], amount=AMOUNTS[2])
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            with_one("{month},¥{amount}", "{month},${amount}"),
            r"`\$300` is another currency than `¥100` \(line 2\)",
        ),
        (with_one("{month},€{amount}", "{month},£{amount}"), "`£300` is another currency than `€100`"),
        (with_one("{month},{amount}元", "{month},£{amount}"), "`£300` is another currency than `100元`"),
        (with_one("{month},{amount} CNY", "{month},{amount} USD"), "`300 USD` is another"),
        (with_one("{month},${amount}", "{month},HK${amount}"), r"`HK\$300` is another"),
        (with_one("{month},${amount}", "{month},C${amount}"), r"`C\$300` is another"),
        (with_one("{month},A${amount}", "{month},${amount}"), r"`\$300` is another"),
        ("币种：$,\n" + table("month,sales", MONTHS, row="{month},¥{amount}"), "`¥100` is another currency"),
        ("（RMB）,\n" + table("month,sales", MONTHS, row="{month},{amount} USD"), "`100 USD` is another"),
        (
            with_one("{month},{amount},CNY", "{month},{amount},USD", "month,sales,currency"),
            "`USD` is another",
        ),
        (
            with_one("{month},{amount},人民币", "{month},{amount},美元", "月份,销售额,币种"),
            "`美元` is another",
        ),
        (with_one("{month},{amount},CNY", "{month},{amount},USD", "month,sales,x"), "`USD` is another"),
        (with_one("{month},{amount},$", "{month},{amount},C$", "month,sales,currency"), r"`C\$` is another"),
        (table("month,Sales USD", MONTHS, row="{month},¥{amount}"), "`¥100` is another currency than `Sales"),
        *(
            (f"{title},\n" + table("month,sales", MONTHS, row="{month},¥{amount}"), "`¥100` is another")
            for title in ("币种：HK$", "单位：NT$", "₩", "Sales in ₹", "(₹)")
        ),
        (
            table("月份,销售额(元)", BARE, row="{month},${amount}"),
            r"`\$100` is another currency than `销售额",
        ),
    ],
)
def test_two_currencies_are_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        with_one("{month},¥{amount}", "{month},{amount}元"),
        "币种：人民币,\n" + table("month,sales", MONTHS, row="{month},¥{amount}"),
        table("month,sales (CAD)", MONTHS, row="{month},${amount}"),
        with_one("{month},¥{amount}", "{month},{amount}"),
        with_one("{month},${amount}", "{month},US${amount}"),
        table("月份,销售额(元)", BARE, row="{month},NT${amount}"),
        table("month,sales,currency", MONTHS, row="{month},{amount},usd"),
        table("month,sales", MONTHS, row="{month},{amount} kr"),
        table("month,sales", MONTHS, row='{month},"R$ {amount},00"'),
        table("month,sales", MONTHS, row="{month},{amount} zł"),
        table("month,sales", MONTHS, row="{month},{amount} TL"),
        table("month,sales", MONTHS, row="{month},{amount}.-"),
        "(1 USD = 6.8 CNY),\n" + table("month,sales", MONTHS, row="{month},¥{amount}"),
        table("月份,欧元区销售额", BARE, row="{month},¥{amount}"),
        table("月份,单元销售额", BARE, row="{month},${amount}"),
    ],
)
def test_one_currency_is_read_however_it_is_written(text: str) -> None:
    assert amounts(read(text)) == AMOUNTS


def test_amount_in_an_unknown_currency_is_told_with_its_cell() -> None:
    with pytest.raises(InputError, match="`100 quux` is not an amount, nor is any below `foo`"):
        read(table("month,foo", MONTHS, row="{month},{amount} quux"))
