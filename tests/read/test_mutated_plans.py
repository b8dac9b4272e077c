"""Good files with slips of every kind: whatever is in them, the answer is a plan or a message.

Seeded, so that each run is the same; `HYPOTHESIS_PROFILE=thorough` tries twenty times as many.
"""

import os
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from target_cascade.engine.cascade import cascade
from target_cascade.errors import InfeasibleError, InputError
from target_cascade.read.plan_file import read_plan
from target_cascade.write.problem_text import problem_text

RUNS = 20
MUTATIONS = 40 if os.environ.get("HYPOTHESIS_PROFILE") != "thorough" else 800
SECONDS = 5
"""A mutated plan takes some milliseconds; this is what nobody would wait for."""

PLANS = (
    """\
plan: 旗舰店 2027
year: 2027
target: 4000万
buffer: 5%
rounding: {month: 1万, week: 1千, day: 1}
base: [78万, 60万, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
days:
  - {name: weekend, weekdays: sat-sun, times: 0.8}
  - {name: feast, day: spring-festival, window: -9..-3, times: 0.6}
  - {name: Black Friday, day: 4th thu of nov, window: 1..1, weight: 4}
  - {name: closed, dates: [2027-08-06..2027-08-12, 2026-05-01], weight: 0}
new_business: {JD store: 500万, T: {expect: 200万, count_on: 80%, start: 3, ramp: 3}}
year_end: {max_share: 32%}
guardrails: {new_business_share: 30%, festival_days: 9, accept: [{rule: growth, because: approved}]}
""",
    """\
year: 2027-04
target: 1200.50万
rounding: {month: 0.5, day: 0.1}
weeks: sunday
base: {2026-04: 78万, may: 6, 6: 5, 7: 1, 8: 1, 9: 1, 10: 1, 11: 1, 12: 1, 1: 7, 2: 9, 3: 10, fix: {jul: 6万}}
adjust:
  - {name: hired, factor: team, months: 10-3, lift: 8%, because: moved, owner: HR}
  - {name: stock, days: 2027-11-08..2027-11-13, lift: -30%}
  - {name: returns, months: Q2, add: -3万, fallback: later}
limits:
  - {months: 1, min: 10万}
  - {months: Q1, together: true, max: 600万}
  - {months: 7, hold: 60万}
""",
)
PIECES: tuple[str, ...] = (
    *"：，、\t{}[]()\"'“”#|>&*!%@`~?,-.=<\n\r\x00\x07\x85\u2028\ufeff\ud7ff²٣万旗",
    *(
        "- ",
        ": ",
        "? ",
        "..",
        "---\n",
        "...\n",
        "&a ",
        "*a",
        "!!int ",
        "<<: ",
        "[]",
        "{}",
        "''",
        "null",
        "yes",
    ),
    *(
        "-1",
        "0",
        "13",
        "1e9",
        "9" * 30,
        "9" * 60,
        f"0.{'0' * 30}1",
        "5%",
        "1,5",
        "1..",
        "-400..400",
        "2027-02-30",
    ),
    *("[" * 30, "x" * 300, "\x1b[31m", "\\x", "\U0001f600", "P03", "Q9"),
)
BASES = (
    "month,amount\n" + "".join(f"2026-{month:02d},{month}万\n" for month in range(1, 13)),
    "date,amount\n" + "".join(f"2026-{month:02d}-28,{month}.5\n" for month in range(1, 13)),
    "month,shop,amount\n" + "".join(f'"{month}","a,b","1,{month:03d}"\n' for month in range(1, 13)),
)
SETTINGS = (
    "buffer=5%",
    'new_business."JD store".expect=50万',
    "days.closed.weight=1",
    "base.fix.2026-03=60万",
    "rounding={month: 1, week: 1}",
    "base.months[3]=5",
)
KEYS: tuple[str, ...] = (
    *"plan revision currency year target buffer rounding weeks base days new_business adjust".split(),
    *"limits year_end guardrails accept rule buffer_min festival_days".split(),
    *"months min max hold max_share together lift add name day window dates weekdays times weight".split(),
    *"expect count_on start ramp file shape fix by_month because owner fallback factor month week".split(),
)

Mutate = Callable[[random.Random, str], str]


def inserted(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(PIECES) + text[at:]


def deleted(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.choice((1, 1, 2, 5, 20)) :]


def repeated(rng: random.Random, text: str) -> str:
    start, end = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    return text[:end] + text[start : start + 200] + text[end:]


def without_a_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    lines.pop(rng.randrange(len(lines)))
    return "\n".join(lines)


def with_a_line_twice(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
    return "\n".join(lines)


def with_another_value(rng: random.Random, text: str) -> str:
    return _replaced(rng, text, r"[\w.%-]+", (*PIECES, *KEYS))


def with_another_key(rng: random.Random, text: str) -> str:
    return _replaced(rng, text, r"\w+(?=:)", KEYS)


def with_another_number(rng: random.Random, text: str) -> str:
    numbers = ("0", "1", "13", "99", "2028", "1901", "2099", "0.5", "3.14159265358979323846")
    return _replaced(rng, text, r"\d+", (*numbers, str(rng.randrange(10**12))))


def _replaced(rng: random.Random, text: str, pattern: str, choices: tuple[str, ...]) -> str:
    matches = list(re.finditer(pattern, text))
    if not matches:
        return text
    match = rng.choice(matches)
    return text[: match.start()] + rng.choice(choices) + text[match.end() :]


MUTATIONS_OF_TEXT: tuple[Mutate, ...] = (
    inserted,
    deleted,
    repeated,
    without_a_line,
    with_a_line_twice,
    with_another_value,
    with_another_key,
    with_another_number,
)


def mutated(rng: random.Random, texts: tuple[str, ...]) -> bytes:
    text = rng.choice(texts)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        text = rng.choice(MUTATIONS_OF_TEXT)(rng, text)
    raw = bytearray(text.encode("utf-8"))
    if raw and rng.random() < 0.1:
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw)


def answer(path: Path, *settings: str) -> str:
    """``plan``, or the messages; whatever else comes out fails the test."""
    try:
        file = read_plan(str(path), settings)
        try:
            quotas = cascade(file.plan)
        except InfeasibleError as error:
            raise file.located(error) from None
    except InputError as error:
        return "\n".join(problem_text(problem) for problem in error.problems)
    assert sum(month.amount for month in quotas.months) == quotas.planned_total
    return "plan"


@pytest.mark.parametrize("seed", range(RUNS))
def test_mutated_plan_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    path = tmp_path / "plan.yaml"
    answers = []
    for _ in range(MUTATIONS):
        path.write_bytes(mutated(rng, PLANS))
        started = time.perf_counter()
        said = answer(path)
        assert time.perf_counter() - started < SECONDS
        assert all(char.isprintable() or char in "\n\t" for char in said)
        assert said
        answers.append(said)
    assert len(set(answers)) > MUTATIONS // 4, "the mutations reach many different answers"


@pytest.mark.parametrize("seed", range(4))
def test_mutated_base_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    path = tmp_path / "plan.yaml"
    path.write_text("year: 2027\ntarget: 4000万\nbase: base.csv\n", encoding="utf-8")
    answers = set()
    for _ in range(MUTATIONS):
        (tmp_path / "base.csv").write_bytes(mutated(rng, BASES))
        answers.add(answer(path))
    assert len(answers) > MUTATIONS // 4


@pytest.mark.parametrize("seed", range(4))
def test_mutated_setting_is_taken_or_refused(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    path = tmp_path / "plan.yaml"
    path.write_text(PLANS[0], encoding="utf-8")
    # An argument may hold any bytes; Python shows those that are no text as surrogates.
    settings = [mutated(rng, SETTINGS).decode("utf-8", "surrogateescape") for _ in range(MUTATIONS)]
    assert len({answer(path, setting) for setting in settings}) > MUTATIONS // 4
