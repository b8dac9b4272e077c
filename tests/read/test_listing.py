"""Names in messages."""

from target_cascade.read.tables.listing import listed


def test_few_names_are_all_listed() -> None:
    assert listed(["a", "b"]) == "`a`, `b`"
    assert listed(["a", "b"], quote="") == "a, b"


def test_of_many_names_the_first_ten_are_listed_and_the_rest_counted() -> None:
    names = [str(number) for number in range(2_000)]
    assert listed(names, quote="") == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 1,990 more"
