"""What the entries of a plan file have in common: how they refuse, and how editors see them."""

from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from typing import Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationInfo,
)
from pydantic_core import core_schema

from target_cascade.scalar import AMOUNT_SCHEMA


class EntryError(ValueError):
    """An entry whose keys do not go together; `key` is the one to look at first, or empty."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message)
        self.key = key


class Entry(BaseModel):
    """A mapping of the plan file: frozen, and a key that is not known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    CHOICES: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Sets of keys of which an entry has exactly one."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The entry as editors see it: its keys, which are written or left out and never null."""
        schema = dict(handler.resolve_ref_schema(handler(core)))
        schema["properties"] = {name: _written(key) for name, key in schema["properties"].items()}
        if cls.CHOICES:
            schema["allOf"] = [{"oneOf": [{"required": [key]} for key in keys]} for keys in cls.CHOICES]
        return cls.schema_beyond_keys(schema)

    @classmethod
    def schema_beyond_keys(cls, schema: dict[str, Any]) -> dict[str, Any]:
        """The schema of the entry's keys, with its short forms and what holds between keys."""
        return schema


def exactly_one_of_each(entry: Entry) -> None:
    """Raises `EntryError` where `entry` has none or several of one of its `CHOICES`."""
    for keys in entry.CHOICES:
        given = [key for key in keys if getattr(entry, key) is not None]
        wanted = " or ".join(f"`{key}`" for key in keys)
        if not given:
            raise EntryError(f"needs {wanted}", "")
        if len(given) > 1:
            raise EntryError(f"cannot go with `{given[0]}`; write {wanted}, one of them", given[1])


class ListedByName:
    """Annotates a list of entries that may also be written by name: `{JD store: 5M}`."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(_listed_by_name, handler(source))

    def __get_pydantic_json_schema__(
        self, core: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        entries = handler(core)
        named = dict(handler.resolve_ref_schema(entries["items"]))
        unnamed = named | {"required": [key for key in named["required"] if key != "name"]}
        by_name = {"type": "object", "additionalProperties": {"anyOf": [AMOUNT_SCHEMA, unnamed]}}
        return {"anyOf": [entries, by_name]}


class Later:
    """Annotates a key of the plan whose models are imported only where a plan has it: most plans split a
    year and nothing else, and should not wait for the models of teams and people."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = f"target_cascade.{module}", name

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """What validates the key; its first use imports the models."""
        return TypeAdapter(getattr(import_module(self.module), self.name))

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self._validated)

    def __get_pydantic_json_schema__(
        self, core: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        schema = handler(self.adapter.core_schema)
        kind = getattr(import_module(self.module), self.name)
        if "$ref" in schema or not (isinstance(kind, type) and issubclass(kind, Entry)):
            return schema
        # An entry says itself how editors see it, which pydantic forgets of one that stands alone.
        return kind.__get_pydantic_json_schema__(self.adapter.core_schema, handler)

    def _validated(self, value: Any, info: ValidationInfo) -> Any:
        return self.adapter.validate_python(value, context=info.context)


def _listed_by_name(value: Any) -> Any:
    """`{JD store: 5M}` as the list of entries that it is short for."""
    if not isinstance(value, Mapping):
        return value
    return [
        {"name": name, **(body if isinstance(body, Mapping) else {"expect": body})}
        for name, body in value.items()
    ]


def _written(key: dict[str, Any]) -> dict[str, Any]:
    """A key's schema without what pydantic knows of Python: the None of a key that is left out, its
    default, and a title that repeats its name."""
    kept = {word: rule for word, rule in key.items() if word not in ("title", "default", "anyOf")}
    choices: list[dict[str, Any]] = [choice for choice in key.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        return choices[0] | kept
    return kept | ({"anyOf": choices} if choices else {})
