"""What a model sent, brought into the shape of the schema where it is clear what was meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

Schema = Mapping[str, Any]
"""A JSON Schema, or a part of one."""


def into_shape(value: Any, schema: Schema, root: Schema | None = None) -> Any:
    """Bring a value into the shape of a schema, as far as that loses and invents nothing.

    A null where something is asked for counts as absent; a list written as one string, or as
    its only item, becomes a list; keys are spelled as asked. `root` holds the definitions.
    """
    root = root or schema
    schema = _resolved(schema, root)
    kind = schema.get("type")
    if kind == "array":
        items = schema.get("items", {})
        return _list(value, items, root)
    if kind == "object" and isinstance(value, Mapping):
        properties = schema.get("properties", {})
        return _object(value, properties, root)
    return value


def _list(value: Any, items: Schema, root: Schema) -> Any:
    kind = _resolved(items, root).get("type")
    if isinstance(value, str) and kind == "string":
        parts = re.split(r"\s*[,;，；、\n]\s*", value.strip())
        return list(filter(None, parts))
    if isinstance(value, Mapping) and kind == "object":
        value = [value]
    if not isinstance(value, list):
        return value
    there = (each for each in value if each is not None)
    return [into_shape(each, items, root) for each in there]


def _object(value: Schema, asked: Schema, root: Schema) -> dict[str, Any]:
    shaped: dict[str, Any] = {}
    for key, each in with_asked_names(value, asked).items():
        if key not in asked:
            shaped[key] = each
        elif each is not None:
            shaped[key] = into_shape(each, asked[key], root)
    return shaped


def _resolved(schema: Schema, root: Schema) -> Schema:
    """The schema that a `$ref` names."""
    reference = schema.get("$ref")
    if reference is None:
        return schema
    node: Any = root
    for step in str(reference).removeprefix("#/").split("/"):
        node = node.get(step) if isinstance(node, Mapping) else None
    return node if isinstance(node, Mapping) else {}


def with_asked_names(value: Schema, asked: Collection[str]) -> dict[str, Any]:
    """Spell keys as asked, where case, blanks or hyphens are all that differs."""
    names = {_folded(key): key for key in asked}
    spelled: dict[str, Any] = {}
    for key, each in value.items():
        name = names.get(_folded(key), key)
        is_taken = name in value
        spelled[key if is_taken else name] = each
    return spelled


def _folded(key: str) -> str:
    plain = re.sub(r"[\s_-]+", "", key)
    return plain.casefold()
