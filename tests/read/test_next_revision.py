"""The text of the next revision: `revision` and `closed` are written, and every other byte is kept."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from target_cascade.errors import InputError
from target_cascade.read.next_revision import NextRevision, next_revision, revision_after
from target_cascade.read.plan_file import load_plan, text_of
from target_cascade.read.source import Source
from target_cascade.read.text_file import read_source
from target_cascade.review.closed import Closed, ClosedMonth
from target_cascade.review.spread import PROPORTIONAL, Spread

MONTHS = 12


def block(closed: int = 2, spread: Spread = PROPORTIONAL, actual: Fraction = Fraction(95)) -> Closed:
    """A block as a re-plan makes it."""
    months = {
        month: ClosedMonth.model_construct(quota=Fraction(100), actual=actual, was=None)
        for month in range(closed)
    }
    return Closed.model_construct(
        through=closed - 1,
        months=months,
        open={month: Fraction(110) for month in range(closed, MONTHS)},
        first=dict.fromkeys(range(MONTHS), Fraction(100)),
        spread=spread,
    )


def lines_of(closed: Closed, indent: str = "") -> str:
    """The block of a calendar year 2012 as a file has it."""
    said = [f"{'closed:':<27}# frozen: quotas as agreed, what came in, and how the rest was re-planned"]
    said += [f"  through: 2012-{closed.through + 1:02d}", "  months:"]
    said += [f"    2012-{m + 1:02d}: {{quota: 100, actual: 95}}" for m in closed.months]
    said += ["  open:"] * bool(closed.open) + [f"    2012-{m + 1:02d}: 110" for m in closed.open]
    said += ["  first:"] + [f"    2012-{m + 1:02d}: 100" for m in closed.first]
    return "\n".join(indent + line for line in [*said, f"  spread: {closed.spread.text}"])


def written(text: str, closed: Closed | None = None) -> NextRevision:
    return next_revision(text_of(Source("plan.yaml", text)).plan_file(), closed or block())


BLOCK = lines_of(block())
OLD = lines_of(block(1)).replace("2012-01: {quota: 100", "# agreed in May\n    2012-01: {quota: 100")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("r1", "r2", id="number behind a letter"),
        pytest.param("1", "2", id="number alone"),
        pytest.param("9", "10", id="one digit more"),
        pytest.param("r09", "r10", id="as many digits"),
        pytest.param("v1.9", "v1.10", id="last of two numbers"),
        pytest.param("第１", "第2", id="full width"),
        pytest.param("draft", "draft 2", id="no number"),
        pytest.param("2 final", "2 final 2", id="number not at the end"),
        pytest.param(None, "2", id="none"),
        pytest.param("2012-12", "2012-12 2", id="month"),
        pytest.param("as of 2012-05-31", "as of 2012-05-31 2", id="date"),
    ],
)
def test_revision_is_one_higher(before: str | None, after: str) -> None:
    assert revision_after(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("revision: r1  # May", "revision: r2  # May", id="plain"),
        pytest.param("revision: 'r1'", "revision: 'r2'", id="single quotes"),
        pytest.param('revision: "r1"', 'revision: "r2"', id="double quotes"),
        pytest.param('revision: "a \\" 1"', "revision: 'a \" 2'", id="a quote inside"),
        pytest.param("revision: 'it''s 1'", "revision: 'it''s 2'", id="an apostrophe inside"),
        pytest.param("'revision' : r1", "'revision' : r2", id="key in quotes"),
        pytest.param("? revision\n: r1", "? revision\n: r2", id="key behind a question mark"),
        pytest.param("revision:\n  r1\n# why", "revision:\n  r2\n# why", id="value on a line of its own"),
        pytest.param("revision: the first\n  one 1", "revision: the first one 2", id="value of two lines"),
        pytest.param("revision: |\n  r1\n\n# why", "revision: r2\n\n# why", id="text block"),
        pytest.param("plan: &name r1\nrevision: *name", "plan: &name r1\nrevision: r2", id="alias"),
        pytest.param("revision: &mine r1", "revision: r2", id="anchor that nothing repeats"),
        pytest.param(
            "plan: &key revision\n*key : r1", "plan: &key revision\n*key : r2", id="alias as the key"
        ),
        pytest.param("revision: 初稿 # 五月", "revision: 初稿 2 # 五月", id="chinese"),
    ],
)
def test_revision_is_replaced_where_it_stands(before: str, after: str) -> None:
    made = written(f"# top\n{before}\nyear: 2012\ntarget: 1000 # T\n")
    assert made.text == f"# top\n{after}\nyear: 2012\ntarget: 1000 # T\n\n{BLOCK}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("plan: A # ours\n{year}", "plan: A # ours\nrevision: 2\n{year}", id="title"),
        pytest.param("plan: |\n  A\n\n{year}", "plan: |\n  A\nrevision: 2\n\n{year}", id="text block"),
        pytest.param("# top\n\n{year}", "# top\n\nrevision: 2\n{year}", id="no title"),
    ],
)
def test_revision_that_was_not_there_stands_below_the_title_or_on_top(before: str, after: str) -> None:
    year = "year: 2012\ntarget: 1000\n"
    assert written(before.format(year=year)).text == f"{after.format(year=year)}\n{BLOCK}\n"


PLAN = "revision: {}\nyear: 2012\ntarget: 1000"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("{plan}\n", "{plan}\n\n{block}\n", id="below the last key"),
        pytest.param("{plan}", "{plan}\n\n{block}", id="no last line end"),
        pytest.param("{plan}\n\n", "{plan}\n\n{block}\n", id="an empty line is there"),
        pytest.param("{plan}\n# the end\n", "{plan}\n# the end\n\n{block}\n", id="below a comment"),
        pytest.param("{plan}\n  # the end", "{plan}\n  # the end\n\n{block}", id="comment without line end"),
        pytest.param("---\n{plan}\n...\n# end\n", "---\n{plan}\n\n{block}\n...\n# end\n", id="document end"),
        pytest.param("%YAML 1.1\n---\n{plan}\n...", "%YAML 1.1\n---\n{plan}\n\n{block}\n...", id="directive"),
        pytest.param(
            "{plan}\nplan: >\n  a\n  b", "{plan}\nplan: >\n  a\n  b\n\n{block}", id="below a text block"
        ),
        pytest.param("{plan}\nplan: |+\n  a\n\n", "{plan}\nplan: |+\n  a\n\n{block}\n", id="ends kept"),
        pytest.param("{plan}\n" + OLD + "\n", "{plan}\n{block}\n", id="in its place"),
        pytest.param("{plan}\n" + OLD, "{plan}\n{block}", id="in its place, no last line end"),
        pytest.param(OLD + "\n# more\n{plan}\n", "{block}\n# more\n{plan}\n", id="in its place, first"),
        pytest.param(OLD + " # late\n\n{plan}\n", "{block}\n\n{plan}\n", id="comment behind it"),
        pytest.param(
            "? " + OLD[:6] + "\n:\n" + OLD[7:] + "\n{plan}\n", "{block}\n{plan}\n", id="question mark"
        ),
    ],
)
def test_block_stands_at_the_end_or_where_the_old_one_stood(before: str, after: str) -> None:
    made = written(before.replace("{plan}", PLAN.format("r1")))
    assert made.text == after.replace("{plan}", PLAN.format("r2")).replace("{block}", BLOCK)


def test_block_in_braces_becomes_one_of_lines() -> None:
    def quotas(first: int, amount: int) -> str:
        return ", ".join(f"2012-{month:02d}: {amount}" for month in range(first, 13))

    one = "{through: 2012-01, months: {2012-01: {quota: 100,\n actual: 95}}"
    braces = f"closed: {one}, open: {{{quotas(2, 110)}}}, first: {{{quotas(1, 100)}}}}} # flow\n"
    made = written(f"{PLAN.format('r1')}\n{braces}days: []\n")
    assert made.text == f"{PLAN.format('r2')}\n{BLOCK}\ndays: []\n"


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["CRLF", "CR"])
def test_new_lines_end_as_the_others_do(end: str) -> None:
    made = written("plan: 店铺 # 甲\nyear: 2012\ntarget: 1000\n".replace("\n", end))
    assert made.text == f"plan: 店铺 # 甲\nrevision: 2\nyear: 2012\ntarget: 1000\n\n{BLOCK}\n".replace(
        "\n", end
    )


def test_keys_that_are_indented_stay_so() -> None:
    made = written("  year: 2012\n  target: 1000\n")
    assert made.text == f"  revision: 2\n  year: 2012\n  target: 1000\n\n{lines_of(block(), '  ')}\n"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without mark", "byte order mark"])
def test_byte_order_mark_is_kept(mark: bytes, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(mark + "year: 2012\ntarget: 1000万\n".encode())
    text = text_of(read_source(str(path), 1000, "the plan"), path)
    made = next_revision(text.plan_file(), block())
    assert made.content == mark + f"revision: 2\nyear: 2012\ntarget: 1000万\n\n{BLOCK}\n".encode()
    path.write_bytes(made.content)
    assert load_plan(path).closed == block()


def test_block_has_corrections_fractions_and_no_open_months_at_the_end_of_the_year() -> None:
    closed = block(MONTHS, Spread("next", 3), Fraction(-381, 4))
    corrected = ClosedMonth.model_construct(quota=Fraction(100), actual=Fraction(1, 2), was=Fraction(2))
    closed = closed.model_copy(update={"months": closed.months | {3: corrected}})
    made = written("year: 2012\ntarget: 1000\n", closed)
    assert (
        "    2012-04: {quota: 100, actual: 0.5, was: 2}\n    2012-05: {quota: 100, actual: -95.25}\n"
        in made.text
    )
    assert "open:" not in made.text
    assert made.read.plan.closed == closed


@pytest.mark.parametrize(
    ("year", "first"), [("2012-04", "2012-04"), ("{nrf: 2012}", "P01")], ids=["from April", "retail year"]
)
def test_months_are_named_as_the_year_names_them(year: str, first: str) -> None:
    made = written(f"year: {year}\ntarget: 1000\n")
    assert f"\n  months:\n    {first}: {{quota: 100, actual: 95}}\n" in made.text
    assert made.read.plan.closed == block()


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        pytest.param("{year: 2012, target: 1000}\n", (1, 1), "stands in braces", id="plan in braces"),
        pytest.param(
            "revision: &r r1\nplan: *r\nyear: 2012\ntarget: 1000\n", (1, 11), "`*r` repeats `&r`", id="shared"
        ),
    ],
)
def test_text_that_cannot_be_kept_is_refused(text: str, at: tuple[int, int], message: str) -> None:
    with pytest.raises(InputError) as refused:
        written(text)
    (problem,) = refused.value.problems
    assert (problem.line, problem.column) == at
    assert message in problem.message


def test_next_revision_of_a_next_revision_differs_by_its_number_alone() -> None:
    once = written("# x\nplan: A\nyear: 2012\ntarget: 1000")
    twice = written(once.text)
    assert twice.text == once.text.replace("revision: 2", "revision: 3")


PIECES = st.sampled_from(
    [
        "plan: 我的 shop",
        "currency: CNY   # 元",
        "buffer: 5 %",
        "rounding: {month: 1,\n    week: 1}",
        "days:\n- {weekdays: sat-sun, times: 0.9}\n# between\n- weekdays: mon\n  times: 1.1",
        "adjust:\n    - name: &n 'Brand day'\n      months: 3\n      # odd\n      lift: 5%",
        "contingency:\n - do: wait\n   when: 2012-06 < 90%\n   who: >-\n     one\n\n     two",
        'limits: [{months: 11, max: 900, because: "a # b: c"}]',
        "base: [10, 20, 30, 40, 50, 60,\n  70, 80, 90, 10, 20,\n  30]",
        "guardrails:\n\n\n  catch_up: 1.5\n  # tail",
        "weeks: 'iso'",
    ]
)
REVISIONS = st.sampled_from(
    [
        ("revision: r1", "revision: r2"),
        ('revision:   "7"  # x', 'revision:   "8"  # x'),
        ("revision:\n    'a 1'\n", "revision:\n    'a 2'\n"),
        ("revision: |-\n   b", "revision: b 2"),
    ]
)
BETWEEN = st.sampled_from(["", "\n", "# 注\n", " # deep: {\n", "\n\n# 'x\n\n", "  \n"])


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str, bool]:
    """A plan with keys in any order and lines of comments, blanks and nothing between them; what its next
    revision is, with BLOCK for the block; and whether there was one before."""
    pieces = [(piece, piece) for piece in draw(st.sets(PIECES, max_size=6))]
    pieces += [("year: 2012", "year: 2012"), ("target: 1000", "target: 1000")]
    revision = draw(st.lists(REVISIONS, max_size=1))
    old = draw(st.lists(st.sampled_from([OLD, OLD + "  # end"]), max_size=1))
    pieces = draw(st.permutations([*pieces, *revision, *((one, "BLOCK") for one in old)]))
    heads = [one.partition(":")[0] for one, _ in pieces]
    if not revision:
        at = heads.index("plan") if "plan" in heads else 0
        same, after = pieces[at]
        pieces[at] = same, f"{after}\nrevision: 2" if "plan" in heads else f"revision: 2\n{after}"
    between = [draw(BETWEEN) for _ in pieces]
    before, after = (
        "".join(f"{gap}{piece[side]}\n" for gap, piece in zip(between, pieces, strict=True))
        for side in (0, 1)
    )
    start, end = draw(st.sampled_from(["", "---\n", "# 前\n--- # y\n"])), draw(BETWEEN)
    close = draw(st.sampled_from(["", "...\n", "...\n# z\n"]))
    after = f"{start}{after}{end}{'' if old else 'BLOCK' + chr(10)}{close}"
    return f"{start}{before}{end}{close}", after, bool(old)


@given(texts(), st.integers(1, MONTHS), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_all_that_is_not_written_is_kept(
    plan: tuple[str, str, bool], closed: int, last_end: bool, end: str
) -> None:
    before, after, is_replaced = plan
    after = after.replace("BLOCK", lines_of(block(closed)))
    before, after = before.replace("\n", end), after.replace("\n", end)
    if not last_end:
        before, after = before.removesuffix(end), after.removesuffix(end)
    made = written(before, block(closed))
    assert made.read.plan.closed == block(closed)
    if is_replaced:
        assert made.text == after
    else:  # but for an empty line before the block
        assert _filled(made.text) == _filled(after)
    assert made.text.replace("\r\n", "").count("\n") == (0 if end == "\r\n" else made.text.count("\n"))


def _filled(text: str) -> list[str]:
    """The lines of a text that are not empty."""
    return [line for line in text.splitlines() if line.strip()]
