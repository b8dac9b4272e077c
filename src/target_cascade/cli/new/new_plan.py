"""The files of a new plan: where they go, and that nothing that is there is touched."""

from collections.abc import Iterator
from contextlib import suppress
from os.path import lexists
from pathlib import Path
from typing import NamedTuple

from target_cascade.cli.new.drafting import path_from
from target_cascade.cli.schema_text import schema_text
from target_cascade.errors import OutputError
from target_cascade.write.files import create_file
from target_cascade.write.plan_text import Answers


class NewPlan(NamedTuple):
    """A folder that is to have a plan, and beside it the schema that its first line names."""

    folder: Path

    @property
    def plan(self) -> Path:
        """Where the plan goes."""
        return self.folder / "plan.yaml"

    @property
    def schema(self) -> Path:
        """Where the schema goes."""
        return self.folder / "plan.schema.json"

    def refuse_what_is_there(self) -> None:
        """Raises `OutputError` where a plan could not be written, before anybody is asked anything."""
        if lexists(self.plan):
            raise self._there_already()
        if lexists(self.folder) and not self.folder.is_dir():
            raise OutputError(f"`{self.folder}` is no folder; name one, or a new one")
        if not self.folder.is_dir() and not self.folder.parent.is_dir():
            raise OutputError(
                f"`{self.folder}` cannot be made, for there is no folder `{self.folder.parent}`"
            )

    def seen_from_there(self, answers: Answers) -> Answers:
        """The answers with the path of last year's file as it begins in the plan's folder.

        Raises `InputError` where there is no such path.
        """
        from_there = dict(answers.base)
        if "file" in from_there:
            from_there["file"] = path_from(self.folder, from_there["file"])
        return answers._replace(base=tuple(from_there.items()))

    def write(self, text: str) -> list[str]:
        """Write the plan, and the schema where there is none; say what was done.

        Raises `OutputError`, with all as it was, where that cannot be done, also because another
        program has been faster.
        """
        made: list[Path] = []
        try:
            return list(self._written(text, made))
        except OSError as error:
            self._undo(made)
            if isinstance(error, FileExistsError) and lexists(self.plan):
                raise self._there_already() from None
            raise OutputError(f"cannot write `{self.plan}`: {error.strerror or error}") from error
        except BaseException:
            self._undo(made)
            raise

    def _written(self, text: str, made: list[Path]) -> Iterator[str]:
        if not self.folder.is_dir():
            self.folder.mkdir()
            made.append(self.folder)
        schema = schema_text().encode()
        kept = lexists(self.schema)
        if not kept:
            create_file(self.schema, schema)
            made.append(self.schema)
        create_file(self.plan, text.encode())
        yield f"wrote {self.plan}" + ("" if kept else f" and {self.schema}, with which editors complete it")
        if kept and not (self.schema.is_file() and self.schema.read_bytes() == schema):
            yield f"kept {self.schema}, which is not what `plan schema` prints now"

    def _undo(self, made: list[Path]) -> None:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()

    def _there_already(self) -> OutputError:
        hint = "name another folder, as in `plan init plan-2027`, or move it away"
        return OutputError(f"`{self.plan}` is there already, and is not touched; {hint}")
