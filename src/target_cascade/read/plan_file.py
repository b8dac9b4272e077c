"""A plan file → `Plan`, or all that is wrong with it, each at its place."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from collections.abc import Sequence as Sequences
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from target_cascade.day_rule import day_notes
from target_cascade.errors import ChoiceError, InfeasibleError, InputError, Located, Path, Place
from target_cascade.plan import Plan
from target_cascade.read.plan_problems import plan_problems, shown, told_at
from target_cascade.read.source import STDIN, Revised, Source
from target_cascade.read.text_file import read_source
from target_cascade.read.yaml_slips import explain_line
from target_cascade.read.yaml_tree import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    data,
    locate,
    parse_yaml,
    walk,
)

if TYPE_CHECKING:
    from target_cascade.read.settings import Setting

_MAX_BYTES = 1_000_000

_MOST_PROBLEMS = 50  # told at once: nobody reads more before mending the first of them


_NAMING_NODES = ("cascade", "proposals", "decided")
"""Lists whose names are those of people: a name that stands in them twice has checks of its own."""


class PlanFile(NamedTuple):
    """A plan, the files that it was read from, and the tree that knows its lines."""

    plan: Plan
    tree: Node
    files: tuple[FilePath, ...]
    understood: tuple[str, ...] = ()
    """What was understood of each file that the plan names, and what it leaves unsaid; a line each."""

    def place(self, path: Path) -> Place:
        """Where the entry at `path` stands, or what holds it where it is not written."""
        mark = locate(self.tree, path)
        return Place(mark.source.name, mark.line + 1)

    def located(self, error: InfeasibleError) -> InputError:
        """The engine's error at the lines that it is about."""
        located = (locate(self.tree, problem.path).problem(problem.message) for problem in error.problems)
        return InputError(*_in_order(located))


def load_plan(path: str | FilePath) -> Plan:
    """The plan in the YAML file at `path`, with the base file that it names.

    Raises `InputError` with everything that is wrong, each with file, line and column.
    """
    return read_plan(str(path)).plan


def read_plan(path: str, settings: Sequences[str] = ()) -> PlanFile:
    """The plan at `path` (``-`` is stdin), with each ``key=value`` of `settings` put into it.

    Raises `InputError` with everything that is wrong, each with file, line and column.
    """
    return read_text(path).plan_file(settings)


_WithFiles = tuple[Plan, Sequences[FilePath | Revised], Sequences[str]]
"""A plan, the files that were read into it, and what was understood of them."""


class PlanText(NamedTuple):
    """What is written in a plan file, not yet read as a plan; with what is wrong with it as text.

    `path` is None for stdin.
    """

    path: FilePath | Revised | None
    tree: Mapping
    slips: tuple[Located, ...]
    known: dict[Hashable, Any]
    """What the files that it names have said already."""

    def plan_file(self, settings: "Sequences[str | Setting]" = ()) -> PlanFile:
        """The plan, with `settings` put into it one after another.

        Raises `InputError` with everything that is wrong, each with file, line and column.
        """
        tree, problems = self._with(settings)
        loose = list(_loose_keys(tree))
        problems += [*(problem for _, problem in loose), *_empty_entries(tree), *_names_twice(tree)]
        plan, more = _validated(tree, {path for path, _ in loose})
        # A slip of the text is told once: what is wrong with the value at its place follows from it.
        slips = {(problem.line, problem.column) for problem in problems}
        problems += [problem for problem in more if (problem.line, problem.column) not in slips]
        file = self._with_files(plan, tree, problems) if plan is not None else None
        if problems or file is None:
            raise InputError(*_in_order(problems))
        return file._replace(understood=(*file.understood, *_notes(file)))

    def _with_files(self, plan: Plan, tree: Node, problems: list[Located]) -> PlanFile:
        """The plan with the files that it names read; what is wrong with them is added to `problems`.

        Raises `ChoiceError` where nothing else is wrong than a choice that a file leaves.
        """
        files: list[FilePath | Revised | None] = [self.path]
        understood: list[str] = []
        for read in (self._with_base, self._with_people):
            try:
                plan, more, said = read(plan, tree)
            except ChoiceError:
                if not problems:
                    raise
            except InputError as error:
                problems += error.problems
            else:
                files += more
                understood += said
        problems += _kpi_problems(plan, tree)
        named = tuple(file for file in files if isinstance(file, FilePath))
        return PlanFile(plan, tree, named, tuple(understood))

    def _with_base(self, plan: Plan, tree: Node) -> _WithFiles:
        """The plan with the files of its base read."""
        if plan.base is None or not plan.base.has_more_to_read:
            return plan, (), ()
        from target_cascade.read.plan_base import BaseFiles

        files_of = BaseFiles(
            plan.base_year, self._beside, lambda path: locate(tree, path), self.known, plan.currency
        )
        read = files_of.read(plan.base)
        return plan.model_copy(update={"base": read.base}), read.files, read.understood

    def _with_people(self, plan: Plan, tree: Node) -> _WithFiles:
        """The plan with the files of its teams and people read, and all that is wrong with them known."""
        if plan.cascade is None and plan.proposals is None and not plan.decided:
            return plan, (), ()
        from target_cascade.read.named_files import NamedFiles
        from target_cascade.read.people.people_files import with_people_read

        files = NamedFiles(self._beside, lambda path: locate(tree, path), self.known)
        return with_people_read(plan, files, lambda problem: told_at(tree, problem))

    def _beside(self, path: str) -> FilePath | Revised:
        """The file to which `path` leads from the plan's folder, in the revision that the plan is of."""
        match self.path:
            case Revised() as revised:
                return revised.beside(path)
            case FilePath() as file:
                return file.parent / path
        return FilePath(path)

    def _with(self, settings: "Sequences[str | Setting]") -> tuple[Node, list[Located]]:
        """The tree with `settings` put into it, and all slips of text."""
        tree: Node = self.tree
        problems = list(self.slips)
        for setting in settings:
            from target_cascade.read.settings import apply_setting

            tree, more = apply_setting(tree, setting)
            problems += more
        return tree, problems


def read_text(path: str) -> PlanText:
    """The keys and values of the file at `path` (``-`` is stdin).

    Raises `InputError` where it is no YAML, or no mapping.
    """
    source = read_source(path, _MAX_BYTES, "the plan")
    return text_of(source, source.revised or (None if path == STDIN else FilePath(path)))


def text_of(source: Source, path: FilePath | Revised | None = None) -> PlanText:
    """The keys and values of a text, which stands at `path`; without one, the paths in it begin at the
    working directory. Raises `InputError` where it is no YAML, or no mapping.
    """
    tree, slips = parse_yaml(source)
    if not isinstance(tree, Mapping):
        raise InputError(*(slips or [_no_mapping(tree)]))
    return PlanText(path, tree, tuple(slips), {})


def _notes(file: PlanFile) -> Iterator[str]:
    """What the calendars of countries do not know of the plan's years, each at its rule."""
    plan = file.plan
    years = {*plan.base_year.calendar_years, *plan.year.calendar_years}
    for path, note in day_notes(plan.days, years):
        place = file.place(path)
        yield f"{place.file}:{place.line}: note: {note}"


def _validated(tree: Node, loose: Collection[Path]) -> tuple[Plan | None, list[Located]]:
    try:
        return Plan.model_validate(data(tree)), []
    except ValidationError as error:
        return None, list(plan_problems(error, tree, loose))


def _kpi_problems(plan: Plan, tree: Node) -> list[Located]:
    """What is wrong with the names that KPIs, sources, teams and actions use."""
    if not (plan.drivers or plan.kpis or plan.sources or plan.teams or plan.actions):
        return []
    from target_cascade.kpis.graph import problems

    return [told_at(tree, problem) for problem in problems(plan)]


def _no_mapping(tree: Node) -> Located:
    slip = explain_line(tree.mark) if isinstance(tree, Scalar) else None
    return slip or tree.mark.problem("this is no plan; a plan is keys and values, such as `year: 2027`")


def _loose_keys(tree: Node) -> Iterator[tuple[Path, Located]]:
    """Keys without a value: forgotten, or cut off by a comma inside braces. Of the pieces that one
    value has been cut into, the first."""
    for path, node in walk(tree):
        after_a_piece = False
        for key, value in node.entries if isinstance(node, Mapping) else ():
            loose = isinstance(value, Scalar) and value.text is None
            piece = loose and _cut_off(key)
            if loose and not (piece and after_a_piece):
                yield (*path, key.text or ""), _loose(key, piece)
            after_a_piece = piece


def _cut_off(key: Scalar) -> bool:
    """Whether no colon follows a key that has no value, as is possible inside braces only."""
    after = key.mark.source.line(key.mark.line)[key.mark.column + len(key.text or "") :].lstrip()
    return after[:1] in (",", "}")


def _loose(key: Scalar, piece: bool) -> Located:
    if piece and (slip := explain_line(key.mark, len(key.text or ""))):
        return slip
    if piece:
        return key.mark.problem(
            f"a comma inside braces begins a new key, so `{key.text}` stands alone here; quote the"
            ' value that it is part of ("500,000"), or use brackets for a list ([mon, wed])'
        )
    return key.mark.problem(f"`{key.text}` has no value; write one, or leave the key out")


def _empty_entries(tree: Node) -> Iterator[Located]:
    for path, node in walk(tree):
        for entry in node.entries if isinstance(node, Sequence) else ():
            if isinstance(entry, Scalar) and entry.text is None:
                yield entry.mark.problem(f"`{shown(path)}` has an empty entry; fill it, or delete its line")


def _names_twice(tree: Node) -> Iterator[Located]:
    for key, entries in tree.entries if isinstance(tree, Mapping) else ():
        if key.text in _NAMING_NODES:
            continue
        first: dict[str, int] = {}
        for entry in entries.entries if isinstance(entries, Sequence) else ():
            for field, name in entry.entries if isinstance(entry, Mapping) else ():
                if field.text != "name" or not isinstance(name, Scalar):
                    continue
                text = " ".join((name.text or "").split())
                if text in first:
                    yield name.mark.problem(
                        f"two entries of `{key.text}` have the name `{text}`, the first in line"
                        f" {first[text]}; names tell entries apart, so give each its own"
                    )
                first.setdefault(text, name.mark.line + 1)


def _in_order(problems: Iterable[Located]) -> list[Located]:
    """By place in the file; a problem that two checks have found is told once."""
    ordered = sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line, p.column))
    if len(ordered) <= _MOST_PROBLEMS:
        return ordered
    rest = ordered[_MOST_PROBLEMS:]
    return [
        *ordered[:_MOST_PROBLEMS],
        rest[0]._replace(message=f"and {len(rest)} more from here on", text=""),
    ]
