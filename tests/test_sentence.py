"""Sentences: how several become one."""

import pytest

from target_cascade.sentence import Sentence, count, joined, listed, sentence
from target_cascade.write.cell_text import sentence_text

ORDERS, VISITS, MONEY = (
    sentence(count(n), f" {word}") for n, word in ((1, "order"), (2, "visits"), (3, "yuan"))
)


@pytest.mark.parametrize(
    ("sentences", "text"),
    [
        pytest.param([ORDERS], "1 order", id="one"),
        pytest.param([ORDERS, VISITS], "1 order and 2 visits", id="two"),
        pytest.param([ORDERS, VISITS, MONEY], "1 order, 2 visits and 3 yuan", id="three"),
    ],
)
def test_last_of_a_list_stands_behind_and(sentences: list[Sentence], text: str) -> None:
    assert sentence_text(listed(sentences)) == text
    assert sentence_text(joined(sentences)) == text.replace(" and", ",")
