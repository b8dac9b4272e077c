"""The entry point of the command `plan`, and of ``python -m target_cascade``.

A small plan takes less time than what Python and pydantic do around it, so this leaves out what a
process that ends with its command does not need; docs/decisions.md has the figures.
"""

import gc
import os
import sys
from importlib import import_module
from types import ModuleType
from typing import Any, NoReturn


class NoPlugins(ModuleType):
    """Stands where pydantic keeps its loader of plug-ins, and has none.

    The loader itself reads the metadata of every installed package, for which it imports the
    parser of e-mails. Whatever else a version of pydantic wants of it, it gets from the real one.
    """

    def get_plugins(self) -> tuple[()]:
        """No plug-ins."""
        return ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what the import system asks of any module
            raise AttributeError(name)
        sys.modules.pop(self.__name__, None)
        return getattr(import_module(self.__name__), name)


def main() -> NoReturn:
    """Run the command line, and leave at once: no search for rubbish among modules that all stay,
    and no taking them apart at the end. Tests and other programs call `cli.app.main` instead."""
    gc.disable()
    loader = NoPlugins("pydantic.plugin._loader")
    sys.modules.setdefault(loader.__name__, loader)
    from target_cascade.cli.app import main as run

    gc.freeze()
    gc.enable()
    os._exit(run())


if __name__ == "__main__":
    main()
