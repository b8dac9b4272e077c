"""Plans and varied keys → scenarios, and what they are called."""

import re

import pytest

from target_cascade.errors import UsageError
from target_cascade.read.scenarios import MOST_SCENARIOS, file_names, variants
from target_cascade.read.vary import read_varied


def names(paths: list[str], *options: str) -> list[str]:
    return [variant.name for variant in variants(paths, read_varied(options))]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        pytest.param(["careful.yaml", "bold.yaml"], ["careful", "bold"], id="files"),
        pytest.param(["a/x.yaml", "b/y.yaml"], ["x", "y"], id="files of several folders"),
        pytest.param(["north/plan.yaml", "south/plan.yaml"], ["north", "south"], id="folders"),
        pytest.param(["/s/north/p.yaml", "/s/south/p.yaml"], ["north", "south"], id="absolute paths"),
        pytest.param(["a/n/p.yaml", "b/n/p.yaml"], ["a/n", "b/n"], id="folders of the same name"),
        pytest.param(["a/p.yaml", "b/p.yaml", "bold.yaml"], ["a/p", "b/p", "bold"], id="files and folders"),
        pytest.param(["plan.yaml", "north/plan.yaml"], ["plan", "north/plan"], id="one without a folder"),
        pytest.param(["../plan.yaml", "plan.yaml"], ["../plan", "plan"], id="the folder above"),
        pytest.param(["plan.yaml", "plan.yml"], ["plan.yaml", "plan.yml"], id="endings"),
        pytest.param(["plan.v1.yaml", "plan.v2.yaml"], ["plan.v1", "plan.v2"], id="dots"),
        pytest.param(["-", "bold.yaml"], ["stdin", "bold"], id="stdin"),
        pytest.param(["-", "stdin.yaml"], ["stdin", "stdin.yaml"], id="a file that is called stdin"),
        pytest.param(["-", "stdin"], ["-", "stdin"], id="a file without an ending that is called stdin"),
        pytest.param(["甲.yaml", "乙.yaml"], ["甲", "乙"], id="Chinese"),
        pytest.param(["HEAD~1:p.yaml", "p.yaml"], ["HEAD~1:p", "p"], id="a revision"),
        pytest.param(
            ["main:plans/n.yaml", "HEAD:plans/n.yaml", "HEAD~1:plans/n.yaml"],
            ["main", "HEAD", "HEAD~1"],
            id="revisions of a file in a folder",
        ),
        pytest.param(
            ["HEAD:plans/n.yaml", "plans/n.yaml"], ["HEAD:n", "n"], id="a revision of a file in a folder"
        ),
        pytest.param(["HEAD:a/n.yaml", "HEAD:a/s.yaml"], ["n", "s"], id="files of one revision"),
        pytest.param(["HEAD:n/p.yaml", "HEAD:s/p.yaml"], ["n", "s"], id="folders of one revision"),
        pytest.param(
            ["HEAD:a/n.yaml", "HEAD:a/s.yaml", "main:a/n.yaml"],
            ["HEAD:n", "HEAD:s", "main:n"],
            id="files and revisions",
        ),
        pytest.param(
            ["origin/main:p.yaml", "origin/next:p.yaml"], ["origin/main", "origin/next"], id="branches"
        ),
        pytest.param(
            ["HEAD@{2027-01-31 10:00}:p.yaml", "HEAD:p.yaml"],
            ["HEAD@{2027-01-31 10:00}", "HEAD"],
            id="a colon in a revision",
        ),
        pytest.param([":p.yaml", "HEAD:p.yaml"], [":p", "HEAD:p"], id="the index"),
        pytest.param(["HEAD:p.yaml", "HEAD:./p.yaml"], ["p.yaml", "./p.yaml"], id="at the top, and here"),
    ],
)
def test_files_are_called_as_shortly_as_tells_them_apart(paths: list[str], expected: list[str]) -> None:
    assert file_names(paths) == expected
    assert names(paths) == expected


@pytest.mark.parametrize(
    ("paths", "options", "expected"),
    [
        pytest.param(["a.yaml"], ["buffer=3%,5%"], ["buffer=3%", "buffer=5%"], id="one plan"),
        pytest.param(
            ["a.yaml", "b.yaml"],
            ["buffer=3%,5%"],
            ["a · buffer=3%", "a · buffer=5%", "b · buffer=3%", "b · buffer=5%"],
            id="each plan with each value",
        ),
        pytest.param(
            ["a.yaml"],
            ["buffer=3%,5%", "target=40M,50M"],
            [f"buffer={buffer}, target={target}" for buffer in ("3%", "5%") for target in ("40M", "50M")],
            id="every combination",
        ),
        pytest.param(
            ["a.yaml"],
            ['target="4,000","5,000"'],
            ["target=4,000", "target=5,000"],
            id="without the quotes that hold a value together",
        ),
        pytest.param(["a.yaml", "b.yaml"], ["buffer=3%"], ["a · buffer=3%", "b · buffer=3%"], id="one value"),
    ],
)
def test_variants_are_called_by_their_values(
    paths: list[str], options: list[str], expected: list[str]
) -> None:
    assert names(paths, *options) == expected


def test_settings_come_in_the_order_of_the_options() -> None:
    *_, last = variants(["a.yaml"], read_varied(["buffer=3%,5%", "target=40M,50M"]))
    assert [setting.segments for setting in last.settings] == [("buffer",), ("target",)]


def test_name_has_nothing_that_a_terminal_would_obey() -> None:
    assert names(["a\x1b[31m.yaml", "b\n.yaml"]) == ["a�[31m", "b�"]


@pytest.mark.parametrize(
    ("paths", "options", "message"),
    [
        pytest.param(["a.yaml"], [], "one scenario is nothing to compare", id="one plan"),
        pytest.param(["a.yaml"], ["buffer=3%"], "one scenario is nothing to compare", id="one value"),
        pytest.param(["a.yaml", "b.yaml", "a.yaml"], [], "`a.yaml` is given twice", id="a plan twice"),
        pytest.param(["a.yaml", "./a.yaml"], [], "`./a.yaml` is given twice", id="in another spelling"),
        pytest.param(["-", "-"], [], "`-` stands for stdin, which can be read once", id="stdin twice"),
        pytest.param(
            ["a.yaml", "b.yaml"],
            ["buffer=1%,2%,3%,4%,5%,6%", "target=1M,2M,3M,4M,5M"],
            f"2 plans × 6 values of buffer × 5 values of target are 60 scenarios; {MOST_SCENARIOS} are",
            id="too many",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(paths: list[str], options: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=f"^{re.escape(message)}"):
        variants(paths, read_varied(options))
