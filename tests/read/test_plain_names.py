"""Names of sales from which refunds are taken off, and names that only have a word for sales."""

import pytest

from target_cascade.read.sales.header_words import meaning_of

SALES = "GMV（不含退款）|销售额（不含退款）|成交金额（已扣退款）|净销售额"
SALES += "|Sales (net of returns)|Net sales after refunds"
OTHER = "退款金额|已扣退款金额|不含退款|退款额（不含运费）|Refunds net of tax"

OTHER += "|销售提成|销售退回|营业税|成交订单|未成交金额|询盘金额|坪效|打款金额|Sales people|Sales rebate"
OTHER += "|Sales opportunities|Sales bonus|SALES_CNT|Presales|Aftersales"


@pytest.mark.parametrize("name", SALES.split("|"))
def test_sales_less_refunds_are_sales(name: str) -> None:
    assert meaning_of(name) == "sales"


@pytest.mark.parametrize("name", OTHER.split("|"))
def test_what_only_has_the_word_is_no_sales(name: str) -> None:
    assert meaning_of(name) == "other"
