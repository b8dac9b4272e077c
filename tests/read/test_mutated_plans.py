"""Good files with slips of every kind: whatever is in them, the answer is a plan or a message.

Seeded, so that each run is the same; `HYPOTHESIS_PROFILE=thorough` tries twenty times as many.
"""

import os
import random
import time
from pathlib import Path

import pytest
from fuzz.plans import PLANS, SETTINGS, mutated_plan

from target_cascade.engine.cascade import cascade
from target_cascade.errors import InfeasibleError, InputError
from target_cascade.read.plan_file import read_plan
from target_cascade.write.problem_text import problem_text

RUNS = 20
MUTATIONS = 40 if os.environ.get("HYPOTHESIS_PROFILE") != "thorough" else 800
SECONDS = 5
"""A mutated plan takes some milliseconds; this is what nobody would wait for."""

BASES = (
    "month,amount\n" + "".join(f"2026-{month:02d},{month}万\n" for month in range(1, 13)),
    "date,amount\n" + "".join(f"2026-{month:02d}-28,{month}.5\n" for month in range(1, 13)),
    "month,shop,amount\n" + "".join(f'"{month}","a,b","1,{month:03d}"\n' for month in range(1, 13)),
)


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
        path.write_bytes(mutated_plan(rng, PLANS))
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
        (tmp_path / "base.csv").write_bytes(mutated_plan(rng, BASES))
        answers.add(answer(path))
    assert len(answers) > MUTATIONS // 4


ROSTER = "cascade: {file: reps.csv, levels: [region, rep]}\nproposals: {file: asked.csv}\n"
PEOPLE = (
    "region,rep,weight,start,end,min,max,last_year,note\n"
    + "".join(f"r{row % 3},p{row},{row}.5,2027-{row:02d},,{row}万,9万,,x\n" for row in range(1, 9)),
    '名单\nregion,rep,权重,占比\n南,李,5,40%\n南,"王,二",3,60%\n合计,,8,\n',
)
ASKED = (
    "name,period,amount,reason,decided,by\np1,2027-03,30万,x,,\nr2,Q2,,,5,Li\n",
    "region,rep,期间,金额\nr1,p1,3,5\nr1,,4,6\n",
)


@pytest.mark.parametrize("seed", range(4))
def test_mutated_files_of_people_are_read_or_refused(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    path = tmp_path / "plan.yaml"
    path.write_text(f"year: 2027\ntarget: 4000万\n{ROSTER}", encoding="utf-8")
    answers = set()
    for _ in range(MUTATIONS):
        (tmp_path / "reps.csv").write_bytes(mutated_plan(rng, PEOPLE))
        (tmp_path / "asked.csv").write_bytes(mutated_plan(rng, ASKED))
        answers.add(answer(path))
    assert len(answers) > MUTATIONS // 4


@pytest.mark.parametrize("seed", range(4))
def test_mutated_setting_is_taken_or_refused(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    path = tmp_path / "plan.yaml"
    path.write_text(PLANS[0], encoding="utf-8")
    # An argument may hold any bytes; Python shows those that are no text as surrogates.
    settings = [mutated_plan(rng, SETTINGS).decode("utf-8", "surrogateescape") for _ in range(MUTATIONS)]
    assert len({answer(path, setting) for setting in settings}) > MUTATIONS // 4
