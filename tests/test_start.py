"""What the entry point leaves out, and that nothing is missing for it."""

import subprocess
import sys
from pathlib import Path

PLAN = Path(__file__).parent / "cli" / "plans" / "flagship.yaml"


def run_python(script: str, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, check=True, text=True
    ).stdout


def test_command_runs_without_pydantics_loader_of_plugins() -> None:
    script = """if True:
        import os, sys
        from target_cascade import __main__ as start
        def leave(status):
            print(status, type(sys.modules["pydantic.plugin._loader"]).__name__)
        os._exit = leave
        sys.argv = ["plan", "split", sys.argv[1]]
        start.main()
    """
    assert run_python(script, str(PLAN)).splitlines()[-1] == "0 NoPlugins"


def test_what_else_is_asked_of_the_loader_comes_from_the_real_one() -> None:
    script = """if True:
        import sys
        from target_cascade.__main__ import NoPlugins
        name = "pydantic.plugin._loader"
        sys.modules[name] = NoPlugins(name)
        from pydantic.plugin import _loader
        print(tuple(_loader.get_plugins()), _loader.PYDANTIC_ENTRY_POINT_GROUP)
    """
    assert run_python(script) == "() pydantic\n"


def test_check_of_a_plan_without_kpis_and_people_imports_nothing_of_theirs() -> None:
    script = """if True:
        import sys
        from target_cascade import check, load_plan, split
        check(split(load_plan(sys.argv[1])))
        later = ("kpis", "people", "formula", "engine.kpis.numbers", "engine.people.quotas")
        print([name for name in later if f"target_cascade.{name}" in sys.modules])
    """
    assert run_python(script, str(PLAN)) == "[]\n"
