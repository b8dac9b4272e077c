"""Help, and what is said where a command line makes no sense."""

from importlib.metadata import version

import pytest
from processes import PLANS
from screens import Shown, run_plan

COMMANDS = (
    *"init split explain check rule compare diff kpi sheet cascade reconcile review replan".split(),
    *"days export schema".split(),
)


@pytest.fixture
def plan(monkeypatch: pytest.MonkeyPatch) -> "Plan":
    monkeypatch.chdir(PLANS)
    monkeypatch.setenv("COLUMNS", "80")
    return Plan(monkeypatch)


class Plan:
    """Runs the command."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def __call__(self, *arguments: str) -> Shown:
        return run_plan(list(arguments), self.patch)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_leads_with_an_example(plan: Plan, command: str) -> None:
    shown = plan(*command.split(), "--help")
    lines = shown.text.splitlines()
    assert shown.status == 0
    assert lines[0].startswith("Usage: plan")
    assert lines[2].strip().startswith(f"Example: plan {command}".strip())
    assert max(map(len, lines)) <= 80


def test_help_lists_every_command(plan: Plan) -> None:
    listed = plan("--help").text.partition("Commands:")[2].splitlines()
    assert [line.split()[0] for line in listed if line.strip()] == list(COMMANDS)
    assert plan().text.splitlines()[0].startswith("Usage: plan")


@pytest.mark.parametrize("command", ["split", "export"])
def test_help_explains_every_option(plan: Plan, command: str) -> None:
    options = plan(command, "--help").text.partition("Options:")[2]
    for option in ("--by", "--set", "--output", "--encoding"):
        assert option in options


def test_version_is_that_of_the_package(plan: Plan) -> None:
    assert plan("--version").text == f"plan {version('target-cascade')}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["splt", "shortest.yaml"], "No such command 'splt'", id="unknown command"),
        pytest.param(["split"], "Missing argument 'PLAN'", id="no plan"),
        pytest.param(["export", "shortest.yaml"], "Missing option '-o'", id="no file"),
        pytest.param(["split", "shortest.yaml", "--bogus"], "No such option: --bogus", id="unknown option"),
        pytest.param(["split", "shortest.yaml", "--by", "year"], "'year' is not one of", id="unknown period"),
        pytest.param(
            ["split", "shortest.yaml", "--format", "xml"], "'xml' is not one of", id="unknown format"
        ),
        pytest.param(
            ["split", "shortest.yaml", "-o", "x.csv", "--encoding", "big5"],
            "'big5' is not one of",
            id="encoding",
        ),
        pytest.param(["split", "shortest.yaml", "april.yaml"], "unexpected extra argument", id="two plans"),
        pytest.param(["split", "shortest.yaml", "--set"], "requires an argument", id="nothing to set"),
        pytest.param(["schema", "shortest.yaml"], "unexpected extra argument", id="a plan for the schema"),
    ],
)
def test_wrong_use_ends_with_status_2(plan: Plan, arguments: list[str], message: str) -> None:
    shown = plan(*arguments)
    assert (shown.status, shown.output) == (2, b"")
    assert message in shown.text
    assert "Traceback" not in shown.text
