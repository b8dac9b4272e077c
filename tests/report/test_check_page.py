"""The page of `plan check`, made of findings that are written by hand."""

import json
from fractions import Fraction
from io import StringIO

import pytest

from target_cascade.engine.check import RULES, Accepted, Checked, Finding, Severity
from target_cascade.errors import Path, Place
from target_cascade.report.check import CheckedPlan, check_page
from target_cascade.report.table import Notes, Page
from target_cascade.sentence import amount, sentence, share
from target_cascade.write.cell_text import sentence_text
from target_cascade.write.console import print_result
from target_cascade.write.csv import csv_text
from target_cascade.write.github import github_text
from target_cascade.write.json import json_text
from target_cascade.write.markdown import markdown_text
from target_cascade.write.plain import plain_text
from target_cascade.write.prose import text_width

LINES = {("adjust", 0): 10, ("adjust", 1): 20, ("guardrails", "accept", 0): 30, ("base",): 5, (): 1}
NOTHING_BY = f"nothing found by {len(RULES)} rules"


def finding(severity: Severity = "warning", path: Path = ("adjust", 0), rule: str = "lift-size") -> Finding:
    message = sentence("a lift of ", share(Fraction(3, 5)))
    remedy = sentence("name a reason")
    return Finding(rule, severity, message, remedy, path, share(Fraction(3, 5)), share(Fraction(1, 2)))


def plan(*findings: Finding, accepted: tuple[Accepted, ...] = (), file: str = "plan.yaml") -> CheckedPlan:
    checked = Checked(findings, accepted)
    return CheckedPlan(file, f"title of {file}", checked, lambda path: Place(file, LINES[path]))


def accepted(*findings: Finding) -> Accepted:
    return Accepted("lift-size", "signed in May", ("guardrails", "accept", 0), findings)


def answer(*plans: CheckedPlan) -> str:
    return sentence_text(check_page(plans).answer)


def screen(page: Page, width: int = 80) -> list[str]:
    return plain_text(page, width).splitlines()


@pytest.mark.parametrize(
    ("plans", "text"),
    [
        pytest.param([plan()], f"plan.yaml: {NOTHING_BY}", id="nothing"),
        pytest.param([plan(finding("error"))], "1 error in plan.yaml", id="one error"),
        pytest.param(
            [plan(finding("error"), finding(), finding(), finding("note"))],
            "1 error, 2 warnings, 1 note in plan.yaml",
            id="each kind",
        ),
        pytest.param([plan(*[finding("note")] * 1200)], "1,200 notes in plan.yaml", id="thousands"),
        pytest.param(
            [plan(accepted=(accepted(finding()),))],
            f"plan.yaml: {NOTHING_BY}; 1 rule accepted",
            id="accepted",
        ),
        pytest.param(
            [plan(finding(), accepted=(accepted(), accepted()))],
            "1 warning in plan.yaml; 2 rules accepted",
            id="found and accepted",
        ),
        pytest.param([plan(), plan()], f"2 plans: {NOTHING_BY}", id="nothing in two"),
        pytest.param(
            [plan(finding()), plan(), plan(finding("error"))], "1 error, 1 warning in 3 plans", id="three"
        ),
    ],
)
def test_answer_counts_what_is_found(plans: list[CheckedPlan], text: str) -> None:
    assert answer(*plans) == text


def test_finding_begins_with_its_place_and_says_what_to_do() -> None:
    assert screen(check_page([plan(finding(path=("adjust", 1)))])) == [
        "1 warning in plan.yaml",
        "title of plan.yaml",
        "",
        "Findings",
        "plan.yaml:20: warning: lift-size",
        "  a lift of 60.0 %",
        "  → name a reason",
    ]


def test_findings_of_several_plans_stand_below_the_titles_of_their_plans() -> None:
    plans = [plan(finding(), file="a.yaml"), plan(file="b.yaml"), plan(finding("note"), file="c.yaml")]
    lines = screen(check_page(plans))
    assert [line for line in lines if line and not line.startswith("  ")] == [
        "1 warning, 1 note in 3 plans",
        "a.yaml, b.yaml, c.yaml",
        "title of a.yaml",
        "a.yaml:10: warning: lift-size",
        "title of c.yaml",
        "c.yaml:10: note: lift-size",
    ]


@pytest.mark.parametrize(
    ("silenced", "text"),
    [
        pytest.param((), "nothing is found any more, so the entry can go", id="nothing any more"),
        pytest.param((finding(),), "silences 1 warning, in line 10", id="one"),
        pytest.param(
            (finding("error"), finding(path=("adjust", 1)), finding(path=("adjust", 1))),
            "silences 1 error, 2 warnings, in lines 10, 20",
            id="several in two lines",
        ),
    ],
)
def test_accepted_rule_is_told_with_its_reason(silenced: tuple[Finding, ...], text: str) -> None:
    assert screen(check_page([plan(accepted=(accepted(*silenced),))]))[-4:] == [
        "Accepted",
        "plan.yaml:30: accepted: lift-size",
        "  signed in May",
        f"  → {text}",
    ]


def test_many_silenced_lines_are_counted() -> None:
    findings = [finding(path=("adjust", number)) for number in range(8)]
    checked = Checked((), (accepted(*findings),))
    page = check_page([CheckedPlan("p", "t", checked, lambda path: Place("p", 10 + int(path[-1])))])
    assert screen(page)[-1] == "  → silences 8 warnings, in lines 10, 11, 12, 13, 14 and 3 more"


def test_accepted_rules_stand_last_and_are_no_records() -> None:
    page = check_page([plan(finding(), accepted=(accepted(finding("error")),)), plan(finding("note"))])
    titles = [block.title for block in page.blocks if isinstance(block, Notes)]
    assert titles == ["title of plan.yaml"] * 2 + ["Accepted"]
    assert [row.cells[1] for row in page.records[0].rows] == ["warning", "note"]


def test_json_has_the_keys_that_machines_rely_on() -> None:
    whole = finding()._replace(
        message=sentence('{x} "双11" ', amount(Fraction(25, 2))), value=amount(Fraction(25, 2))
    )
    records = json.loads(
        json_text(*check_page([plan(whole, finding()._replace(value=None, limit=None))]).records)
    )
    assert records == [
        {
            "rule": "lift-size",
            "severity": "warning",
            "message": '{x} "双11" 12.5',
            "where": {"file": "plan.yaml", "line": 10},
            "value": 12.5,
            "limit": 0.5,
        },
        {
            "rule": "lift-size",
            "severity": "warning",
            "message": "a lift of 60.0 %",
            "where": {"file": "plan.yaml", "line": 10},
            "value": None,
            "limit": None,
        },
    ]


def test_json_of_several_plans_is_one_list_and_of_nothing_an_empty_one() -> None:
    both = check_page([plan(finding(), file="a.yaml"), plan(finding(), file="b.yaml")])
    assert [record["where"]["file"] for record in json.loads(json_text(*both.records))] == [
        "a.yaml",
        "b.yaml",
    ]
    assert json.loads(json_text(*check_page([plan()]).records)) == []


def test_csv_has_the_same_columns() -> None:
    assert csv_text(check_page([plan(finding())]).records[0]) == (
        "rule,severity,message,where.file,where.line,value,limit\n"
        "lift-size,warning,a lift of 60.0 %,plan.yaml,10,0.600000,0.500000\n"
    )


@pytest.mark.parametrize(
    "name",
    ["{0}", "%s %(x)s", "[bold]x[/bold]", "[red]", "]] [", "双十一 大促", "a|b", "<b>", "::error::", "\\"],
)
def test_names_of_entries_may_hold_any_character(name: str) -> None:
    named = finding()._replace(message=sentence(f"`{name}` lifts by ", share(Fraction(3, 5))))
    page = check_page([plan(named, accepted=(accepted()._replace(because=name),))])
    assert f"  `{name}` lifts by 60.0 %" in screen(page)
    assert f"  {name}" in screen(page)
    terminal = StringIO()
    print_result(page, terminal, 80)
    assert f"  `{name}` lifts by 60.0 %\n" in terminal.getvalue()
    assert json.loads(json_text(*page.records))[0]["message"] == f"`{name}` lifts by 60.0 %"
    assert name in github_text(page.records[0]).replace("%25", "%")
    assert markdown_text(page).replace("\\\\", "\0").replace("\\", "").replace("\0", "\\").count(name) == 2


@pytest.mark.parametrize("width", [80, 40, 24])
def test_lines_fit_the_screen_and_the_place_is_not_broken(width: int) -> None:
    long = finding()._replace(remedy=sentence("写上原因，" * 20, "and a word " * 12))
    lines = screen(check_page([plan(long, accepted=(accepted(long),))]), width)
    assert max(map(text_width, lines)) <= width
    assert [line.split(": ")[0] for line in lines if line.startswith("plan.yaml:")] == [
        "plan.yaml:10",
        "plan.yaml:30",
    ]


def test_file_name_that_a_terminal_would_obey_is_shown_harmless_to_people() -> None:
    name = "a\nb\x1b[31m.yaml"
    page = check_page([plan(finding(), file=name)._replace(title="Title"), plan(finding())])
    single = check_page([plan(file=name)._replace(title="Title")])
    assert "\x1b" not in "".join(screen(page) + screen(single))
    assert "a�b�[31m.yaml:10: warning: lift-size" in screen(page)
    assert json.loads(json_text(*page.records))[0]["where"]["file"] == name
