"""What a model sent, brought into the shape of the schema where it is clear what was meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_BETWEEN = re.compile(r"\s*[,;，；、\n]\s*")
"""What stands between the items of a list that was written as one string."""


def into_shape(value: Any, schema: Mapping[str, Any], root: Any = None) -> Any:
    """Bring a value into the shape of a schema, as far as that loses and invents nothing.

    A null where something is asked for counts as absent; a list written as one string, or as
    its only item, becomes a list; keys are spelled as asked.
    """
    root = schema if root is None else root
    schema = _resolved(schema, root)
    kind = schema.get("type")
    if kind == "array":
        return _list(value, schema.get("items", {}), root)
    if kind == "object" and isinstance(value, Mapping):
        return _object(value, schema.get("properties", {}), root)
    return value


def _list(value: Any, items: Mapping[str, Any], root: Any) -> Any:
    kind = _resolved(items, root).get("type")
    if isinstance(value, str) and kind == "string":
        return [item for item in _BETWEEN.split(value.strip()) if item]
    if isinstance(value, Mapping) and kind == "object":
        value = [value]
    if not isinstance(value, list):
        return value
    return [into_shape(each, items, root) for each in value if each is not None]


def _object(value: Mapping[str, Any], asked: Mapping[str, Any], root: Any) -> Any:
    named = with_asked_names(value, asked)
    return {
        key: into_shape(each, asked[key], root) if key in asked else each
        for key, each in named.items()
        if each is not None or key not in asked
    }


def _resolved(schema: Mapping[str, Any], root: Any) -> Mapping[str, Any]:
    """The schema that a `$ref` names."""
    path = str(schema.get("$ref", "")).lstrip("#/").split("/")
    if "$ref" not in schema:
        return schema
    node: Any = root
    for step in path:
        node = node.get(step, {}) if isinstance(node, Mapping) else {}
    return node if isinstance(node, Mapping) else {}


def with_asked_names(value: Mapping[str, Any], asked: Any) -> dict[str, Any]:
    """Spell keys as asked, where case, blanks or hyphens are all that differs."""
    names = {_folded(key): key for key in asked}
    return {_name(key, value, names): each for key, each in value.items()}


def _name(key: str, value: Mapping[str, Any], names: Mapping[str, str]) -> str:
    name = names.get(_folded(key), key)
    return key if name in value else name


def _folded(key: str) -> str:
    return re.sub(r"[\s_-]+", "", key).casefold()
