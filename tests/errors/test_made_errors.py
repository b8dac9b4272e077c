"""Bad files that are too large or too binary to be kept: each is made here, and has its one message."""

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from screens import Shown, run_plan

PLAN = "plan: 旗舰店\nyear: 2027\ntarget: 4000万\n"
BASE_PLAN = f"{PLAN}base: base.csv\n"
ROWS = "".join(f"2026-{month:02d},{month}万\n" for month in range(1, 13))
SECONDS = 5
"""A bad file is refused in a fraction of this, also on a slow machine."""

Split = Callable[..., Shown]


@pytest.fixture
def split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Split:
    """What `plan split plan.yaml` says about these files."""
    monkeypatch.chdir(tmp_path)

    def run(plan: bytes | str, base: bytes | str | None = None) -> Shown:
        for name, content in (("plan.yaml", plan), ("base.csv", base)):
            if content is not None:
                raw = content if isinstance(content, bytes) else content.encode()
                Path(name).write_bytes(raw)
        started = time.perf_counter()
        shown = run_plan(["split", "plan.yaml"], monkeypatch)
        assert time.perf_counter() - started < SECONDS
        return shown

    return run


def bomb() -> str:
    """Ten to the ninth values in a few lines."""
    names = "abcdefghi"
    first = f"a: &a [{', '.join('x' * 10)}]\n"
    return first + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in pairwise(names)
    )


BAD_PLANS = [
    pytest.param(
        PLAN.encode("gbk"),
        "1:7: error: this is not text in UTF-8 but perhaps in GBK; save it as UTF-8",
        id="GBK",
    ),
    pytest.param(
        PLAN.encode("utf-16"),
        "1:1: error: this is not text in UTF-8 but in UTF-16; save it as UTF-8",
        id="UTF-16",
    ),
    pytest.param(
        b"PK\x03\x04\xff\xff",
        "1:5: error: this is not text in UTF-8 but a workbook or an archive",
        id="workbook",
    ),
    pytest.param(
        PLAN.encode() + b"buffer: \xff5%\n",
        "4:9: error: this is not text in UTF-8; save it as UTF-8",
        id="a byte",
    ),
    pytest.param(
        f"{PLAN}revision: a\x07b\n", "4:12: error: a control character U+0007 stands here", id="bell"
    ),
    pytest.param(f"{PLAN}revision: \x00\n", "4:11: error: a control character U+0000 stands here", id="NUL"),
    pytest.param(
        f"{PLAN}# {'x' * 1_000_000}", "1:1: error: the plan is larger than 1,000,000 bytes", id="a megabyte"
    ),
    pytest.param("[" * 100_000, "1:22: error: this nests deeper than 20 levels", id="brackets"),
    pytest.param("{a: " * 100_000, "1:82: error: this nests deeper than 20 levels", id="braces"),
    pytest.param(
        PLAN + "".join(f"{'  ' * depth}a:\n" for depth in range(900)),
        "24:41: error: this nests deeper than 20 levels",
        id="indents",
    ),
    pytest.param(bomb() + PLAN, "5:36: error: the plan is too long here, with each alias", id="alias bomb"),
    pytest.param(
        f"{PLAN}because: &long {'x' * 500_000}\nowner: [{'*long, ' * 300}]",
        "5:",
        id="alias of a long text",
    ),
    pytest.param(
        f"{PLAN}limits: [{'{months: 1, min: 1}, ' * 40_000}]",
        "4:10510: error: more than 500 entries stand together here",
        id="list without end",
    ),
    pytest.param(
        PLAN + "".join(f"key{i}: {i}\n" for i in range(50_000)),
        "501:1: error: more than 500 entries stand together here",
        id="keys without end",
    ),
    pytest.param(
        f"year: 2027\ntarget: {'9' * 900_000}\n", "2:9: error: `target`: `9999", id="digits without end"
    ),
    pytest.param(f"{PLAN}{'k' * 900_000}: 3\n", "4:1: error: a key without a colon", id="key without end"),
    pytest.param(f"{PLAN}plan2: '{chr(10) * 900_000}", "4:8: error: a quote is opened here", id="open quote"),
]


@pytest.mark.parametrize(("plan", "message"), BAD_PLANS)
def test_bad_plan_is_refused_with_one_message(split: Split, plan: bytes | str, message: str) -> None:
    shown = split(plan)
    assert (shown.status, shown.output) == (2, b"")
    assert shown.text.startswith(f"plan.yaml:{message}")
    assert shown.text.count(": error: ") == 1
    assert len(shown.text) < 2_000


BAD_BASES = [
    pytest.param(
        f"month,amount\n{ROWS}合计,79万\n".encode("gbk"),
        "base.csv:14:4: error: `合计` is 790,000, and the 12 rows that it sums come to 780,000",
        id="GBK",
    ),
    pytest.param(
        f"month,amount\n{ROWS}".encode("utf-16")[:-1],
        "base.csv:1:1: error: this begins as UTF-16 and is none",
        id="UTF-16",
    ),
    pytest.param(b"PK\x03\x04\xff", "base.csv:1:1: error: this workbook is damaged", id="workbook"),
    pytest.param(
        b"x" * 20_000_001, "base.csv:1:1: error: the base is larger than 20,000,000 bytes", id="size"
    ),
    pytest.param(
        f'month,amount\n2026-01,"{"9" * 200_000}"\n',
        "base.csv:2:1: error: a cell of this row has more than 131,072 characters",
        id="cell without end",
    ),
    pytest.param(f"month,amount\n{ROWS}\x00\n", "base.csv:14:1: error: ", id="NUL"),
]


@pytest.mark.parametrize(("base", "message"), BAD_BASES)
def test_bad_base_is_refused_with_one_message(split: Split, base: bytes | str, message: str) -> None:
    shown = split(BASE_PLAN, base)
    assert (shown.status, shown.output) == (2, b"")
    assert shown.text.startswith(message)
    assert shown.text.count(": error: ") == 1
    assert len(shown.text) < 2_000


def test_base_in_another_form_is_told_by_its_first_rows(split: Split) -> None:
    rows = "".join(f"2026-{month:02d},{month} pieces\n" for month in range(1, 13))
    shown = split(BASE_PLAN, f"month,amount\n2026-01,5\n{rows * 3}")
    *problems, rest = [line for line in shown.text.splitlines() if ": error: " in line]
    assert len(problems) == 20
    assert rest == "base.csv:23:9: error: and there may be more from here on"


def test_base_without_end_is_refused_with_one_message(split: Split) -> None:
    shown = split(BASE_PLAN, "date,amount\n" + "2026/1/1,5\n" * 500_000)
    assert (shown.status, shown.output) == (2, b"")
    assert shown.text.startswith(
        "base.csv:1:1: error: there are more than 300,000 lines; sum the file by day"
    )


def test_plan_with_many_problems_is_told_by_the_first_of_them(split: Split) -> None:
    shown = split(PLAN + "limits:\n" + "  - {months: 13, min: x}\n" * 400)
    *first, rest = [line for line in shown.text.splitlines() if ": error: " in line]
    assert len(first) == 50
    assert rest == "plan.yaml:30:14: error: and 750 more from here on"


def test_limits_that_overlap_in_many_ways_are_told_by_the_first_of_them(split: Split) -> None:
    limits = [
        f"  - {{months: [{i % 12 + 1}, {(i * 5 + 3) % 12 + 1}], together: true, max: {i}}}\n"
        for i in range(300)
    ]
    shown = split(f"{PLAN}limits:\n{''.join(limits)}")
    assert shown.status == 2
    assert shown.text.count(": error: ") == 51


@pytest.mark.parametrize(
    ("path", "message"),
    [
        pytest.param(
            "nowhere.yaml", "nowhere.yaml:1:1: error: cannot read the plan: No such file", id="missing"
        ),
        pytest.param(".", ".:1:1: error: cannot read the plan: Is a directory", id="directory"),
        pytest.param(
            "x" * 300, f"{'x' * 300}:1:1: error: cannot read the plan: File name too long", id="long name"
        ),
    ],
)
def test_plan_that_cannot_be_read(path: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run_plan(["split", path], monkeypatch)
    assert (shown.status, shown.output) == (2, b"")
    assert shown.text.startswith(message)


def test_base_with_a_name_that_no_system_takes(split: Split) -> None:
    shown = split(f"{PLAN}base: {'x' * 300}\n")
    assert shown.status == 2
    assert (
        "cannot read the base: File name too long; its path begins at the folder of the plan file"
        in shown.text
    )
