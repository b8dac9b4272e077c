"""The tree and the proposals of a plan with the files that they name, and what is wrong with both."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path as FilePath

from target_cascade.errors import InputError, Located, Path, Problem
from target_cascade.people.checked import problems
from target_cascade.people.tree import Tree
from target_cascade.plan import Plan
from target_cascade.read.named_files import NamedFiles
from target_cascade.read.people.proposals_file import read_proposals
from target_cascade.read.people.roster import read_roster
from target_cascade.read.source import Mark, Revised

MOST_LEVELS = 20

Files = tuple[FilePath | Revised, ...]


def with_people_read(
    plan: Plan, files: NamedFiles, told: Callable[[Problem], Located]
) -> tuple[Plan, Files, tuple[str, ...]]:
    """The plan with its tree and its proposals, their files, and what was understood of each; `told` puts
    a problem of the plan at its place.

    Raises `InputError` with all that is wrong with them.
    """
    wrong: list[Located] = []
    said: list[str] = []
    names: list[str] = []
    for one in (_with_tree, _with_proposals):
        try:
            plan, file, understood = one(plan, files)
        except InputError as error:
            wrong += error.problems
            continue
        names += [file] if file is not None else []
        said += understood
    if wrong:
        raise InputError(*wrong)
    read = tuple(files.beside(name) for name in names)
    if found := list(_located(problems(plan), [_name(file) for file in read], told)):
        raise InputError(*found)
    return plan, read, tuple(said)


def _with_tree(plan: Plan, files: NamedFiles) -> tuple[Plan, str | None, Sequence[str]]:
    tree = plan.cascade
    if tree is None or tree.file is None:
        return plan, None, ()
    levels, weight, sheet = _levels(tree, files.mark), tree.weight, tree.sheet
    roster = files.read(
        tree.file,
        ("cascade", "file"),
        ("cascade", levels, weight, sheet, plan.year),
        lambda path: read_roster(path, levels, weight, sheet, plan.year),
    )
    plan = plan.model_copy(update={"cascade": tree.with_file_read(roster.nodes)})
    return plan, tree.file, (roster.understood,)


def _levels(tree: Tree, mark: Callable[[Path], Mark]) -> tuple[str, ...]:
    levels = tree.level_names
    if len(levels) > MOST_LEVELS:
        message = f"`cascade.levels` has {len(levels)} levels, and a tree of a file has no more than"
        raise InputError(mark(("cascade", "levels")).problem(f"{message} {MOST_LEVELS}"))
    return levels


def _with_proposals(plan: Plan, files: NamedFiles) -> tuple[Plan, str | None, Sequence[str]]:
    proposals = plan.proposals
    if proposals is None or proposals.file is None:
        return plan, None, ()
    levels = plan.cascade.level_names if plan.cascade is not None else ()
    read = files.read(
        proposals.file,
        ("proposals", "file"),
        ("proposals", levels, proposals.sheet, plan.year),
        lambda path: read_proposals(path, levels, proposals.sheet, plan.year),
    )
    plan = plan.model_copy(update={"proposals": proposals.with_file_read(read.proposed)})
    return plan, proposals.file, (read.understood,)


def _name(file: FilePath | Revised) -> str:
    return file.name if isinstance(file, Revised) else str(file)


def _located(
    found: Iterator[Problem], files: Sequence[str], told: Callable[[Problem], Located]
) -> Iterator[Located]:
    """The problems at their places: those of rows in the files, the others in the plan."""
    for problem in found:
        at = re.match(r"(\d+): ", problem.message.removeprefix(f"{_of(problem, files)}:"))
        if at is not None:
            file = _of(problem, files)
            yield Located(file, int(at[1]), 1, problem.message[len(file) + 1 + at.end() :])
        else:
            yield told(problem)


def _of(problem: Problem, files: Sequence[str]) -> str:
    """The file whose name a message begins with; empty where it begins with none."""
    return next((file for file in files if problem.message.startswith(f"{file}:")), "")
