"""The house, as a contract: who may import whom, and what no module does."""

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import target_cascade

PACKAGE = Path(target_cascade.__file__).parent
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}

ABOVE = {
    "errors": set[str](),
    "amount": {"errors"},
    "formula_words": {"amount", "errors"},
    "formula": {"formula_words", "amount", "errors"},
    "sentence": set(),
    "currency": set(),
    "pattern": set(),
    "unit_words": {"pattern", "currency"},
    "unit_text": {"unit_words", "pattern", "currency", "amount", "errors"},
    "calendar": {"amount", "errors"},
    "feasts": {"errors"},
    "named_days": {"feasts", "calendar", "amount", "errors"},
    "period_text": {"calendar", "amount", "errors"},
    "scalar": {"feasts", "named_days", "period_text", "calendar", "amount", "errors"},
    "entry": {"scalar"},
    "plan_year": {"entry", "scalar", "period_text", "calendar", "amount", "errors"},
    "last_year": {"plan_year", "entry", "unit_text", "scalar", "period_text", "calendar", "errors"},
    "day_rule": {"entry", "scalar", "named_days", "feasts", "errors"},
    "guardrails": {"entry", "scalar"},
    "minor_unit": set(),
    "kpis": {"formula", "entry", "scalar", "period_text", "calendar", "amount", "errors"},
    "people": {"entry", "scalar", "period_text", "calendar", "amount", "errors"},
    "review": {"last_year", "entry", "scalar", "period_text", "calendar", "amount", "errors"},
    "plan": {
        "guardrails",
        "review",
        "kpis",
        "people",
        "day_rule",
        "last_year",
        "plan_year",
        "entry",
        "scalar",
        "period_text",
        "calendar",
        "amount",
        "errors",
    },
    "engine": {
        "sentence",
        "plan",
        "guardrails",
        "kpis",
        "people",
        "review",
        "formula",
        "minor_unit",
        "day_rule",
        "last_year",
        "entry",
        "named_days",
        "feasts",
        "calendar",
        "amount",
        "errors",
    },
    "report": {
        "sentence",
        "engine",
        "plan",
        "kpis",
        "people",
        "review",
        "guardrails",
        "day_rule",
        "last_year",
        "entry",
        "scalar",
        "named_days",
        "calendar",
        "amount",
        "errors",
    },
    "read": {
        "plan",
        "kpis",
        "people",
        "review",
        "unit_text",
        "pattern",
        "currency",
        "guardrails",
        "day_rule",
        "last_year",
        "plan_year",
        "entry",
        "period_text",
        "calendar",
        "amount",
        "errors",
    },
    "write": {"sentence", "report.table", "amount", "errors"},
    "cli": {
        "read",
        "write",
        "report",
        "engine",
        "plan",
        "review",
        "period_text",
        "calendar",
        "amount",
        "errors",
    },
    "__main__": {"cli"},
    "__init__": {"read", "engine", "plan", "errors"},
}
"""What a module or folder may import beside its own; each line knows only the ones before it, except
that `read` and `write` do not know each other, nor `read` what is made of a plan."""

AT_HOME = {
    "yaml": ("read",),
    "subprocess": ("read.git",),
    "rich": ("write.console",),
    "typer": ("cli",),
    "xlsxwriter": ("write.xlsx",),
    "openpyxl": ("read.tables.workbook",),
    "holidays": ("feasts",),
    "pydantic": (
        "scalar",
        "entry",
        "plan_year",
        "last_year",
        "day_rule",
        "guardrails",
        "kpis",
        "people",
        "review",
        "plan",
        "read.plan_file",
        "read.plan_problems",
    ),
    "pydantic_core": ("scalar", "entry", "plan"),
}
"""Where each package of others may be imported."""

FILES = ("cli", "read.text_file", "write.files")
PARTS = ("read.tables.package",)
"""Opens the parts of a zip whose bytes are in memory, bit by bit, so that none can unpack without end."""
EXACT = (
    "engine",
    "amount",
    "formula",
    "formula_words",
    "unit_text",
    "calendar",
    "feasts",
    "named_days",
    "period_text",
    "scalar",
    "last_year",
    "guardrails",
    "sentence",
    "minor_unit",
    "kpis",
    "people",
    "review",
    "plan",
    "report",
    "read",
)
CLOCK = "cli.options"
"""Asks which day it is, for `--today` where it is left out: what is too late for depends on it."""
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 350, 40

every_module = pytest.mark.parametrize("module", MODULES)


def inside(module: str, homes: tuple[str, ...]) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


def imports(tree: ast.Module) -> Iterator[str]:
    """The modules that are imported anywhere in a module, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports say where they come from"
            yield from ([node.module] if node.module else [])


def own_imports(module: str) -> set[str]:
    names = [
        name.split(".")[1:] for name in imports(MODULES[module]) if name.split(".")[0] == "target_cascade"
    ]
    return {".".join(parts) for parts in names}


def calls(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The names of what is called, with their lines; of a method its last name, with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node.lineno
            elif isinstance(node.func, ast.Attribute):
                yield f".{node.func.attr}", node.lineno


@every_module
def test_imports_only_go_down(module: str) -> None:
    home = module.split(".", maxsplit=1)[0]
    for imported in own_imports(module):
        within = imported.split(".")[0] == home
        assert within or inside(imported, tuple(ABOVE[home])), f"{module} imports {imported}"


def test_the_order_of_the_house_has_no_circle() -> None:
    known: set[str] = set()
    for home, below in ABOVE.items():
        assert {name.split(".")[0] for name in below} <= known, home
        known.add(home)


def test_no_modules_import_each_other_in_a_circle() -> None:
    TopologicalSorter({module: own_imports(module) for module in MODULES}).prepare()


@every_module
def test_packages_of_others_are_imported_at_their_home_only(module: str) -> None:
    for name in imports(MODULES[module]):
        package = name.split(".")[0]
        if package not in sys.stdlib_module_names and package != "target_cascade":
            assert inside(module, AT_HOME.get(package, ())), f"{module} imports {name}"


def test_commands_do_not_import_each_other() -> None:
    commands = {
        module
        for module, tree in MODULES.items()
        if module.startswith("cli.") and any(_names(node) == "HELP" for node in tree.body)
    } - {"cli.app"}
    assert len(commands) >= 3
    for module in commands:
        assert not own_imports(module) & (commands | {"cli.app"}), module


def _names(node: ast.stmt) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    return target.id if isinstance(target, ast.Name) else ""


@every_module
def test_no_float_comes_near_an_amount(module: str) -> None:
    if not inside(module, EXACT):
        return
    assert not [line for name, line in calls(MODULES[module]) if name == "float"]
    constants = [node for node in ast.walk(MODULES[module]) if isinstance(node, ast.Constant)]
    assert not [node.lineno for node in constants if isinstance(node.value, float | complex)]


@every_module
def test_rounding_has_one_place(module: str) -> None:
    rounders = ("round", ".quantize", ".ceil", ".floor", ".trunc", ".__round__", ".limit_denominator")
    if module != "engine.apportion":
        assert not [(name, line) for name, line in calls(MODULES[module]) if name in rounders]


@every_module
def test_streams_and_files_are_touched_at_the_rim_only(module: str) -> None:
    if not inside(module, FILES):
        touching = (
            "print",
            "open",
            "input",
            ".open",
            ".read_text",
            ".read_bytes",
            ".write_text",
            ".write_bytes",
        )
        found = {name for name, _ in calls(MODULES[module]) if name in touching}
        assert found <= ({".open"} if module in PARTS else set())


@every_module
def test_same_input_gives_the_same_output(module: str) -> None:
    changing = {"random", "secrets", "uuid", "time", "locale", "platform", "socket"}
    assert not changing.intersection(name.split(".")[0] for name in imports(MODULES[module]))
    asking = (".today", ".now", ".utcnow", ".getenv", ".expandvars")
    found = [(name, line) for name, line in calls(MODULES[module]) if name in asking]
    assert not found or (module == CLOCK and [name for name, _ in found] == [".today"])


@every_module
def test_engine_asks_nobody(module: str) -> None:
    if inside(module, ("engine",)):
        assert not {"os", "sys", "pathlib", "io", "subprocess"}.intersection(imports(MODULES[module]))


@every_module
def test_nothing_runs_text_as_code(module: str) -> None:
    assert not [(name, line) for name, line in calls(MODULES[module]) if name in ("eval", "exec", "compile")]


@every_module
def test_module_is_named_by_what_it_is_about(module: str) -> None:
    assert not BANNED_NAMES.intersection(module.split("."))


@every_module
def test_module_can_be_read_in_one_go(module: str) -> None:
    path = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@every_module
def test_function_does_one_thing(module: str) -> None:
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert _length(node) <= MOST_LINES_OF_A_FUNCTION, f"{module}.{node.name}"


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


@every_module
def test_errors_are_caught_by_name(module: str) -> None:
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type is not None else "everything"
            broad = caught in ("everything", "Exception", "BaseException")
            raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            assert not broad or raises, f"{module}:{node.lineno} swallows {caught}"
