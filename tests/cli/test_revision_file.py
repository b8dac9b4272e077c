"""The file that `plan replan -o` writes, and when it writes none."""

from pathlib import Path

import pytest
from screens import Shown, run_plan

PLAN = "year: 2026\ntarget: 1200\n"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def replan(monkeypatch: pytest.MonkeyPatch, plan: str, january: int, *arguments: str) -> Shown:
    Path("plan.yaml").write_text(plan, encoding="utf-8")
    Path("actuals.csv").write_text(f"month,amount\n2026-01,{january}\n", encoding="utf-8")
    return run_plan(["replan", "plan.yaml", "--actuals", "actuals.csv", *arguments], monkeypatch)


def test_is_not_written_where_every_quota_would_be_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = f"{PLAN}limits: [{{months: 1, hold: 0}}]\n"
    shown = replan(monkeypatch, plan, 1200, "--relax", "-o", "plan-r2.yaml")
    assert shown.status == 2
    assert b"every quota of the revision would be 0" in shown.messages
    assert not Path("plan-r2.yaml").exists()


def test_may_be_called_by_its_ending_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert replan(monkeypatch, PLAN, 90, "-o", ".yaml").status == 0
    assert "\nclosed:" in Path(".yaml").read_text(encoding="utf-8")


def test_of_a_name_that_is_too_long_is_an_error_of_that_file(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"{'n' * 300}.yaml"
    shown = replan(monkeypatch, PLAN, 90, "-o", name)
    assert shown.status == 2
    assert f"plan: error: cannot write `{name}`".encode() in shown.messages


@pytest.mark.parametrize("there", ["revision: 3\n", "revision: 2 # signed by the board\n"])
def test_never_replaces_what_stands_there(monkeypatch: pytest.MonkeyPatch, there: str) -> None:
    Path("other.yaml").write_text(PLAN + there, encoding="utf-8")
    shown = replan(monkeypatch, PLAN, 90, "-o", "other.yaml")
    assert shown.status == 2
    assert b"a plan that was agreed is never rewritten" in shown.messages
    assert Path("other.yaml").read_text(encoding="utf-8") == PLAN + there


def test_written_again_is_the_same_byte_for_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    assert replan(monkeypatch, PLAN, 90, "-o", "plan-r2.yaml").status == 0
    written = Path("plan-r2.yaml").read_bytes()
    assert replan(monkeypatch, PLAN, 90, "-o", "plan-r2.yaml").status == 0
    assert Path("plan-r2.yaml").read_bytes() == written


def test_stands_by_itself_when_the_actuals_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = f"{PLAN}actuals: actuals.csv\n"
    assert replan(monkeypatch, plan, 90, "-o", "plan-r2.yaml").status == 0
    commands = [
        ["split", "plan-r2.yaml"],
        ["split", "plan-r2.yaml", "--by", "day"],
        ["explain", "plan-r2.yaml"],
        ["check", "plan-r2.yaml"],
        ["diff", "plan.yaml", "plan-r2.yaml"],
    ]
    before = [run_plan(command, monkeypatch) for command in commands]
    Path("actuals.csv").unlink()
    assert [run_plan(command, monkeypatch) for command in commands] == before
    shown = run_plan(["review", "plan-r2.yaml", "--format", "csv"], monkeypatch)
    assert shown.status == 0
    assert shown.output.splitlines()[1].startswith(b"2026-01,102,102,90,")


def test_does_not_depend_on_the_order_of_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ["2026-01-01,4", "2026-01-02,4", "2026-01-03,4", "2026-01-04,4"]
    rows += [f"2026-W{week:02d},20" for week in range(2, 19)]
    texts = []
    for name, ordered in (("one.yaml", rows), ("two.yaml", rows[::-1])):
        Path("plan.yaml").write_text(PLAN, encoding="utf-8")
        Path("rows.csv").write_text("\n".join(["day,amount", *ordered, ""]), encoding="utf-8")
        shown = run_plan(["replan", "plan.yaml", "--actuals", "rows.csv", "-o", name], monkeypatch)
        assert shown.status == 0
        texts.append(Path(name).read_bytes())
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("january", "said"),
    [
        pytest.param("1", "2026-01 has 1 beside a quota of 102", id="a hundredth"),
        pytest.param("20000", "2026-01 has 20,000 beside a quota of 102", id="a hundred times"),
        pytest.param("50", "", id="half"),
    ],
)
def test_says_where_the_unit_may_be_another(monkeypatch: pytest.MonkeyPatch, january: str, said: str) -> None:
    messages = replan(monkeypatch, PLAN, int(january)).messages.decode("utf-8")
    assert (said in messages) if said else ("note:" not in messages)


def test_errors_say_what_was_written_without_what_a_terminal_obeys(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = replan(monkeypatch, PLAN, 90, "--through", "\x1b[31mMarch")
    assert shown.status == 2
    assert b"\x1b" not in shown.messages
    assert "\N{REPLACEMENT CHARACTER}[31mMarch" in shown.messages.decode("utf-8")
