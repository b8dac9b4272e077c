"""The tree and the proposals of a plan, read beside it by the rules of last year's file."""

import subprocess
import sys
from pathlib import Path

import pytest
from repositories import isolate, needs_git, new_repository
from screens import run_plan

from target_cascade.errors import InputError
from target_cascade.read.plan_file import PlanFile, read_plan, read_text

PLAN = """\
year: 2012
target: 4000万
cascade: {file: reps.csv, levels: [region, rep]}
proposals: asked.csv
"""
REPS = "region,rep,weight\nSouth,Li,5\nSouth,Wang,3\nNorth,Zhao,2\n"
ASKED = "name,period,amount\nLi,2012-03,30万\nNorth,Q2,\n"


def write(folder: Path, plan: str = PLAN, reps: str = REPS, asked: str = ASKED) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("plan.yaml", plan), ("reps.csv", reps), ("asked.csv", asked)):
        (folder / name).write_text(content, encoding="utf-8")
    return folder / "plan.yaml"


def messages(path: Path) -> list[str]:
    with pytest.raises(InputError) as error:
        read_plan(str(path))
    return [f"{Path(p.file).name}:{p.line}:{p.column}: {p.message}" for p in error.value.problems]


def names(file: PlanFile) -> list[str]:
    assert file.plan.cascade is not None
    return [leaf.name for node in file.plan.cascade.nodes for leaf in node.leaves()]


def test_plan_has_the_people_of_its_file(tmp_path: Path) -> None:
    file = read_plan(str(write(tmp_path)))
    assert names(file) == ["Li", "Wang", "Zhao"]
    assert file.plan.proposals is not None
    assert [one.proposal.amount for one in file.plan.proposals.proposed] == [300_000, None]


def test_files_are_beside_the_plan_and_known_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    file = read_plan("plans/plan.yaml")
    assert file.files == (Path("plans/plan.yaml"), Path("plans/reps.csv"), Path("plans/asked.csv"))
    assert file.understood == (
        "plans/reps.csv: UTF-8, 3 rows, 3 leaves, weights of column weight",
        "plans/asked.csv: UTF-8, 2 proposals, total 300,000, 1 without an amount",
    )


@pytest.mark.parametrize("name", ["reps.csv", "asked.csv"])
def test_file_of_people_is_never_written_over(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = Path(name).read_bytes()
    assert run_plan(["split", "plan.yaml", "-o", name], monkeypatch).status == 2
    assert Path(name).read_bytes() == before


@needs_git
def test_people_of_a_revision_are_those_of_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    isolate(monkeypatch, tmp_path)
    repo = new_repository(tmp_path / "plans")
    for name, content in (("plan.yaml", PLAN), ("reps.csv", REPS), ("asked.csv", ASKED)):
        repo.write(name, content)
    repo.commit("as agreed")
    repo.write("reps.csv", REPS + "North,Chen,2\n")
    monkeypatch.chdir(repo.folder)
    assert names(read_plan("HEAD:plan.yaml")) == ["Li", "Wang", "Zhao"]
    assert names(read_plan("plan.yaml")) == ["Li", "Wang", "Zhao", "Chen"]


def test_variants_of_a_plan_read_each_file_once(tmp_path: Path) -> None:
    text = read_text(str(write(tmp_path)))
    one, other = text.plan_file(), text.plan_file(["target=5000万"])
    assert one.plan.cascade is not None
    assert other.plan.cascade is not None
    assert one.plan.cascade.nodes is other.plan.cascade.nodes
    assert text.plan_file(["cascade.weight=weight"]).plan.cascade is not None


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        pytest.param(
            PLAN.replace("reps.csv", "/reps.csv"),
            "plan.yaml:3:17: `/reps.csv` is an absolute path; a plan reads files by their path from its own"
            " folder, so that it can move with them",
            id="an absolute path",
        ),
        pytest.param(
            PLAN.replace("asked.csv", "nowhere.csv"),
            "plan.yaml:4:12: `nowhere.csv`: cannot read the file of `proposals`: No such file or directory;"
            " its path begins at the folder of the plan file",
            id="no such file",
        ),
        pytest.param(
            PLAN.replace("[region, rep]", f"[{', '.join(f'l{at}' for at in range(21))}]"),
            "plan.yaml:3:35: `cascade.levels` has 21 levels, and a tree of a file has no more than 20",
            id="too deep",
        ),
    ],
)
def test_file_that_cannot_be_named_so(plan: str, message: str, tmp_path: Path) -> None:
    assert messages(write(tmp_path, plan)) == [message]


def test_slips_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    plan = f"{PLAN}base: nowhere.csv\nkpis: {{a: {{formula: qouta}}}}\n"
    found = messages(write(tmp_path, plan, f"{REPS}North,,x\n", f"{ASKED}Li,Q2,-\n"))
    assert [line.split(": ")[0] for line in found] == [
        "asked.csv:4:7",
        "plan.yaml:5:7",
        "plan.yaml:6:21",
        "reps.csv:5:1",
        "reps.csv:5:8",
    ]


def test_what_the_whole_tree_is_wrong_about_is_told_in_its_file(tmp_path: Path) -> None:
    reps = "region,rep,share\nSouth,Li,60%\nSouth,Wang,30%\n"
    plan = "year: 2012\ntarget: 4000万\ncascade: {file: reps.csv, levels: [region, rep]}\n"
    (only,) = messages(write(tmp_path, plan, reps))
    assert only.startswith("reps.csv:3:1: the shares below `South` add up to 90 %, and not to 100 %")


def test_proposal_for_nobody_is_told_in_its_file(tmp_path: Path) -> None:
    (only,) = messages(write(tmp_path, asked="name,period,amount\nLu,3,5\n"))
    assert only.startswith("asked.csv:2:1: `Lu` is no node of the tree")


def test_plan_of_stdin_reads_from_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path)
    monkeypatch.chdir(tmp_path)
    found = subprocess.run(
        [sys.executable, "-m", "target_cascade", "split", "-"],
        input=path.read_bytes(),
        capture_output=True,
        check=True,
    )
    assert found.stderr.decode().startswith("reps.csv: UTF-8, 3 rows, 3 leaves")


@pytest.mark.parametrize(
    ("plan", "imported"),
    [
        pytest.param("", [], id="neither"),
        pytest.param("drivers: {a: 3}\n", ["kpis", "formula"], id="drivers"),
        pytest.param("cascade: [{name: South}]\n", ["people", "read.people"], id="people"),
    ],
)
def test_models_are_imported_where_a_plan_has_their_keys(
    plan: str, imported: list[str], tmp_path: Path
) -> None:
    path = write(tmp_path, f"year: 2012\ntarget: 4000万\n{plan}")
    script = """if True:
        import sys
        from target_cascade.read.plan_file import read_plan
        from target_cascade.engine.cascade import cascade
        cascade(read_plan(sys.argv[1]).plan)
        for name in ("kpis", "people", "read.people", "formula", "read.sales"):
            print(name) if f"target_cascade.{name}" in sys.modules else None
    """
    run = [sys.executable, "-c", script, str(path)]
    assert subprocess.run(run, capture_output=True, check=True, text=True).stdout.split() == imported
