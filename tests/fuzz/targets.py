"""What is fuzzed: a case goes in, an answer comes out; anything else is a finding."""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stderr
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from fuzz.formulas import FORMULAS, MUTATIONS_OF_FORMULAS, answer_to
from fuzz.plans import (
    CALENDAR_PLANS,
    MUTATIONS_OF_PLANS,
    PERIODS,
    PLANS,
    SETTINGS,
    nested,
    with_a_byte,
)
from fuzz.tables import YEAR, table
from fuzz.texts import MUTATIONS_OF_TABLES, mutated_bytes, mutated_table, mutated_text
from fuzz.workbooks import mutated_workbook
from target_cascade.calendar import PlanYear, nrf_year
from target_cascade.cli.loading import say
from target_cascade.engine.cascade import cascade
from target_cascade.errors import InfeasibleError, InputError, TargetCascadeError
from target_cascade.period_text import parse_period
from target_cascade.read.plan_file import PlanFile, read_plan
from target_cascade.read.sales.sales_file import Choices, Sales, read_sales, read_shape
from target_cascade.report.explain import explain_page
from target_cascade.write.problem_text import problem_text

ROOT = Path(__file__).parents[2]
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_TOTAL = re.compile(r"total (-?[\d,]+(?:\.\d+)?)")


class Case(NamedTuple):
    """The bytes of a file, and texts that go with it: settings and a period, or choices."""

    content: bytes
    texts: tuple[str, ...] = ()


class Target(NamedTuple):
    """`answer` raises nothing but what is a finding; its text tells one kind of answer from another."""

    file: str
    seeds: Callable[[random.Random], list[Case]]
    mutated: Callable[[random.Random, Case, Sequence[Case]], Case]
    answer: Callable[[Path, Case], str]


def plan_answer(path: Path, case: Case) -> str:
    """The answer to a plan with one setting and the bridge of one period, or the messages."""
    *settings, period = case.texts
    try:
        file = read_plan(str(path), [setting for setting in settings if setting])
        _check_said(file)
        return _explained(file, period)
    except InputError as error:
        return _messages(error, path)
    except TargetCascadeError as error:
        return _shown(str(error))


def _explained(file: PlanFile, period: str) -> str:
    try:
        quotas = cascade(file.plan)
    except InfeasibleError as error:
        raise file.located(error) from None
    assert sum(month.amount for month in quotas.months) == quotas.planned_total
    explain_page(quotas, parse_period(period, file.plan.year, file.plan.weeks), file.place)
    return "plan"


def plan_seeds(rng: random.Random) -> list[Case]:
    """The plans of the tests and of the examples."""
    files = [*(ROOT / "examples").rglob("*.yaml"), *(ROOT / "tests" / "cli" / "plans").rglob("*.yaml")]
    contents = [
        *(file.read_bytes() for file in sorted(files)),
        *(t.encode() for t in (*PLANS, *CALENDAR_PLANS)),
    ]
    return [Case(content, (rng.choice(("", *SETTINGS)), "year")) for content in contents]


def plan_mutated(rng: random.Random, case: Case, others: Sequence[Case]) -> Case:
    """With slips in the plan, in the setting or in the period."""
    setting, period = case.texts
    content = case.content
    match rng.randrange(12):
        case 0:
            setting = mutated_text(rng, rng.choice(SETTINGS), MUTATIONS_OF_PLANS)
            setting = with_a_byte(rng, setting.encode("utf-8", "replace")).decode("utf-8", "surrogateescape")
        case 1:
            period = mutated_text(rng, rng.choice(PERIODS), MUTATIONS_OF_TABLES)
        case 2:
            content = mutated_bytes(rng, content, [other.content for other in others])
        case 3:
            content = nested(rng, _text(content)).encode("utf-8", "replace")
        case _:
            text = mutated_text(rng, _text(content), MUTATIONS_OF_PLANS)
            content = with_a_byte(rng, text.encode("utf-8", "replace"))
    return Case(content, (setting, period))


YEARS: dict[str, Callable[[], PlanYear]] = {
    "2011": lambda: PlanYear.starting(YEAR)._replace(name="last year"),
    "2011-04": lambda: PlanYear.starting(YEAR, 4)._replace(name="last year"),
    "nrf": lambda: nrf_year(YEAR)._replace(name="last year"),
}
CHOICES: dict[str, Choices] = {
    "none": Choices(),
    "column": Choices(column="销售额"),
    "unit": Choices(unit="万"),
    "sheet": Choices(sheet="Sheet1"),
    "year": Choices(year_given=True),
    "lack": Choices(
        may_lack=frozenset(
            month.label for made in YEARS.values() for month in (*made().months, *made().calendar_months)
        )
    ),
}
_LIKELY = ("none", "none", "none", "year", "lack", *CHOICES)


def reader_answer(path: Path, case: Case) -> str:
    """The answer to a table as last year's sales, or as a shape; or the messages."""
    year_name, choice, what = case.texts
    year, choices = YEARS[year_name](), CHOICES[choice]
    try:
        if what == "shape":
            shape, line = read_shape(str(path), year, choices.column, choices.sheet)
            check_shape(shape, line)
            return f"shape, {_kind(line)}"
        sales = read_sales(str(path), year, choices)
    except InputError as error:
        return _messages(error, path)
    check_sales(sales, year, choices)
    return f"sales, {_kind(sales.understood)}"


def check_sales(sales: Sales, year: PlanYear, choices: Choices) -> None:
    """What holds of all sales that are read: whole, of the year, and as much as the line on them says."""
    assert not (sales.by_position and sales.calendar)
    amounts = [*sales.by_position.values(), *sales.calendar.values()]
    assert all(type(amount) is Fraction for amount in amounts)
    if sales.calendar or (year.is_retail and not sales.by_position):
        assert set(sales.calendar) <= set(year.calendar_months)
        count = len(year.calendar_months)
    else:
        assert set(sales.by_position) <= set(range(12))
        count = 12
    assert len(amounts) == count or choices.may_lack, f"{len(amounts)} of {count} months"
    assert amounts, "no amount at all"
    said = _TOTAL.findall(sales.understood)
    assert said, sales.understood
    # More than two decimals are cut in a message.
    total = sum(amounts, Fraction(0))
    assert any(abs(Fraction(one.replace(",", "")) - total) < Fraction(1, 100) for one in said), (
        sales.understood
    )


def check_shape(shape: tuple[Fraction, ...], line: str) -> None:
    assert len(shape) == 12
    assert all(type(part) is Fraction and part >= 0 for part in shape)
    assert sum(shape) > 0
    assert line


def reader_seeds(rng: random.Random) -> list[Case]:
    """Tables in many ways of writing, and those of the examples and the tests."""
    files = [*(ROOT / "examples").rglob("*.csv"), *(ROOT / "tests" / "errors").rglob("*.csv")]
    contents = [file.read_bytes() for file in sorted(files)]
    contents += [table(rng).content for _ in range(120)]
    return [_with_choices(rng, content) for content in contents]


def workbook_seeds(rng: random.Random) -> list[Case]:
    """Workbooks with tables in many ways of writing."""
    return [_with_choices(rng, table(rng, workbook=True).content) for _ in range(60)]


def reader_mutated(rng: random.Random, case: Case, others: Sequence[Case]) -> Case:
    content = mutated_table(rng, case.content, [other.content for other in _some(rng, others)])
    return _with_choices(rng, content) if rng.random() < 0.3 else case._replace(content=content)


def workbook_mutated(rng: random.Random, case: Case, others: Sequence[Case]) -> Case:
    content = mutated_workbook(rng, case.content, [other.content for other in _some(rng, others)])
    return _with_choices(rng, content) if rng.random() < 0.3 else case._replace(content=content)


def written_answer(path: Path, case: Case) -> str:
    """The answer to a table whose amounts are known, the last of the texts: read exactly, or refused."""
    try:
        sales = read_sales(str(path), YEARS["2011"](), Choices(year_given=True))
    except InputError as error:
        return _messages(error, path)
    read = tuple(sales.by_position.get(position) for position in range(12))
    assert read == tuple(map(Fraction, case.texts[0].split())), f"read wrongly: {sales.understood}"
    check_sales(sales, YEARS["2011"](), Choices())
    return f"sales, {_kind(sales.understood)}"


def written_seeds(rng: random.Random) -> list[Case]:
    return [_written(rng)]


def written_mutated(rng: random.Random, case: Case, others: Sequence[Case]) -> Case:  # noqa: ARG001
    return _written(rng)


def _written(rng: random.Random) -> Case:
    made = table(rng, workbook=rng.random() < 0.15)
    return Case(made.content, (" ".join(map(str, made.amounts)),))


def formulas_answer(path: Path, case: Case) -> str:  # noqa: ARG001
    """The answer to a text as a formula and as a name; a value must be what Python makes of it too."""
    return _kind(answer_to(_text(case.content)))


def formulas_seeds(rng: random.Random) -> list[Case]:  # noqa: ARG001
    return [Case(text.encode()) for text in FORMULAS]


def formulas_mutated(rng: random.Random, case: Case, others: Sequence[Case]) -> Case:  # noqa: ARG001
    text = mutated_text(rng, _text(case.content), MUTATIONS_OF_FORMULAS)
    return Case(with_a_byte(rng, text[:5_000].encode("utf-8", "replace")))


def _with_choices(rng: random.Random, content: bytes) -> Case:
    texts = (
        rng.choice(("2011", "2011", *YEARS)),
        rng.choice(_LIKELY),
        rng.choice(("sales",) * 5 + ("shape",)),
    )
    return Case(content, texts)


def _some(rng: random.Random, cases: Sequence[Case]) -> Iterable[Case]:
    return rng.sample(cases, min(3, len(cases)))


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _messages(error: InputError, path: Path) -> str:
    """The kinds of messages of `error`, each of which must be text, at a place that is there."""
    assert error.problems
    for problem in error.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message.strip()
        assert not problem.text or problem.column <= len(problem.text) + 1, "the caret is beyond the line"
        if problem.file == str(path) and path.suffix != ".xlsx":
            assert problem.line <= lines_in(path), f"line {problem.line} is beyond the file"
        shown = problem_text(problem)
        assert all(char.isprintable() or char in "\n\t" for char in shown)
        shown.encode("utf-8")
    return " / ".join(sorted({_kind(problem.message) for problem in error.problems}))


def lines_in(path: Path) -> int:
    """Lines as an editor counts them at the most, in whatever encoding."""
    content = path.read_bytes()
    texts = [content.decode(encoding, "replace") for encoding in _ENCODINGS]
    return max(len(_LINE_END.split(text)) for text in texts)


def _check_said(file: PlanFile) -> None:
    """What is said of the files of a plan is text, and nothing that a terminal would obey."""
    with redirect_stderr(StringIO()) as stderr:
        say(file)
    assert all(char.isprintable() or char == "\n" for char in stderr.getvalue())


def _shown(message: str) -> str:
    message.encode("utf-8", "surrogateescape")
    return _kind(message)


def _kind(message: str) -> str:
    """A message without what it quotes and counts."""
    return re.sub(r"`[^`]*`|\S*\d\S*|[^\x00-\x7f]+", "_", message[:400])[:120]


TARGETS: dict[str, Target] = {
    "plan": Target("plan.yaml", plan_seeds, plan_mutated, plan_answer),
    "csv": Target("base.csv", reader_seeds, reader_mutated, reader_answer),
    "workbook": Target("base.xlsx", workbook_seeds, workbook_mutated, reader_answer),
    "written": Target("base.csv", written_seeds, written_mutated, written_answer),
    "formulas": Target("formula.txt", formulas_seeds, formulas_mutated, formulas_answer),
}
