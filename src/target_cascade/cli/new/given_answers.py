"""The options of `plan init` → answers, as a person would have given them."""

from collections.abc import Mapping, Sequence

from target_cascade.cli.new.drafting import OPTIONS, found_file, one_line
from target_cascade.errors import InputError, Located, UsageError
from target_cascade.write.plan_text import Answers


def given_answers(
    of_plan: Mapping[str, str | None], base: tuple[tuple[str, str], ...], new_business: Sequence[str]
) -> Answers:
    """What the options say; raises `InputError` for a text that no plan can hold."""
    texts = {key: _given(key, text) for key, text in of_plan.items() if text is not None}
    return Answers(**texts, base=base, new_business=tuple(map(_business, new_business)))


def _given(key: str, text: str) -> str:
    if not text.strip():
        raise UsageError(f"{OPTIONS[key]} is empty; write a value, or leave it out")
    return one_line(key, text)


def given_base(file: str | None, choices: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    """Last year's file, by its path from here, and what decides where it leaves a choice."""
    decided = {key: text for key, text in choices.items() if text is not None}
    if file is None:
        for key in decided:
            raise UsageError(f"{OPTIONS[f'base.{key}']} goes with --from FILE")
        return ()
    return (
        ("file", found_file(file)),
        *((key, _given(f"base.{key}", text)) for key, text in decided.items()),
    )


def _business(text: str) -> tuple[str, str]:
    name, equals, expect = text.rpartition("=")
    if not equals or not name.strip() or not expect.strip():
        message = "a name and an amount are needed, with `=` between them, as in `JD store=500万`"
        raise InputError(Located(OPTIONS["new_business"], 1, 1, message, text))
    return _given("new_business", name), _given("new_business", expect)
