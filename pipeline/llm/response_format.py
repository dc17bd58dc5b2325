"""The forms in which a model can be asked for JSON, best first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pipeline.llm.call_log import Message

Form = Literal["json_schema", "json_schema_bare", "json_object", "text"]

FORMS: tuple[Form, ...] = (
    "json_schema",
    "json_schema_bare",
    "json_object",
    "text",
)
"""Bare: the schema without limits of length and number, which some strict modes refuse."""


def next_form(form: Form) -> Form | None:
    """Name the form to try when that one is not supported."""
    place = FORMS.index(form) + 1
    return FORMS[place] if place < len(FORMS) else None


def form_without_schema(form: Form) -> Form | None:
    """Name the form to try when the server takes no schema, whatever is in it."""
    return "json_object" if form.startswith("json_schema") else next_form(form)


def response_format(
    form: Form, name: str, schema: Mapping[str, Any], *, strict: bool = True
) -> dict[str, Any] | None:
    """Make the `response_format` of a request; None where the protocol has none for the form."""
    if form == "text":
        return None
    if form == "json_object":
        return {"type": "json_object"}
    is_bare = form == "json_schema_bare"
    shape: dict[str, Any] = {"name": name}
    if strict:
        shape["strict"] = True
    shape["schema"] = without_limits(schema) if is_bare else schema
    return {"type": "json_schema", "json_schema": shape}


def with_schema(
    form: Form, messages: Sequence[Message], schema: Mapping[str, Any]
) -> list[Message]:
    """Write the schema into the first message, where the request cannot carry it."""
    if form.startswith("json_schema"):
        return list(messages)
    first, *others = messages
    shape = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    told = f"Answer with one JSON object of this JSON Schema and nothing else:\n{shape}"
    content = f"{first['content']}\n\n{told}"
    return [{**first, "content": content}, *others]


def without_system(messages: Sequence[Message]) -> list[Message]:
    """Join system messages to the user's message that follows, for models that take none."""
    kept: list[Message] = []
    before = ""
    for message in messages:
        text = message["content"]
        if message["role"] == "system":
            before += f"{text}\n\n"
            continue
        kept.append({**message, "content": before + text})
        before = ""
    if before:
        kept.append({"role": "user", "content": before.rstrip()})
    return kept


def without_limits(schema: Any) -> Any:
    """Take the limits of length and number from a schema."""
    if isinstance(schema, list):
        return [without_limits(value) for value in schema]
    if not isinstance(schema, Mapping):
        return schema
    limits = ("maxLength", "minLength", "maxItems", "minItems")
    kept: dict[str, Any] = {}
    for key, value in schema.items():
        if key not in limits:
            kept[key] = without_limits(value)
    return kept
