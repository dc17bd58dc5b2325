"""The forms in which a model can be asked for JSON, best first, and how JSON is found in what
it sends.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pipeline.llm.call_log import Message

Form = Literal["json_schema", "json_schema_bare", "json_object", "text"]

FORMS: tuple[Form, ...] = ("json_schema", "json_schema_bare", "json_object", "text")
"""Bare: the schema without limits of length and number, which some strict modes refuse."""

LIMITS = ("maxLength", "minLength", "maxItems", "minItems")
OPENINGS = 200
"""Braces tried as the start of an object before a text counts as holding none."""


def next_form(form: Form) -> Form | None:
    """The form to try when that one is not supported."""
    place = FORMS.index(form) + 1
    return FORMS[place] if place < len(FORMS) else None


def response_format(
    form: Form, name: str, schema: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The `response_format` of a request, or None where the protocol has none for the form."""
    if form == "text":
        return None
    if form == "json_object":
        return {"type": "json_object"}
    body = schema if form == "json_schema" else bare(schema)
    return {
        "type": "json_schema",
        "json_schema": {"name": name, "strict": True, "schema": body},
    }


def told(
    form: Form, messages: Sequence[Message], schema: Mapping[str, Any]
) -> list[Message]:
    """The messages as sent: where the request cannot carry the schema, the first message does."""
    if form.startswith("json_schema"):
        return list(messages)
    shape = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    first = f"{messages[0]['content']}\n\nAnswer with one JSON object of this JSON Schema and nothing else:\n{shape}"
    return [{**messages[0], "content": first}, *messages[1:]]


def bare(schema: Any) -> Any:
    """The schema without limits."""
    if isinstance(schema, Mapping):
        return {key: bare(value) for key, value in schema.items() if key not in LIMITS}
    return [bare(value) for value in schema] if isinstance(schema, list) else schema


def find_object(text: str, *, partial: bool = False) -> dict[str, Any] | None:
    """The JSON object of a reply: the text itself, or the largest one inside a chat or a code
    fence.

    Args:
        text: what the model sent.
        partial: take an object that breaks off, without its last, unfinished string.
    """
    whole = _loads(text) or (_broken(text) if partial else None)
    return whole if whole is not None else _largest(text)


def _largest(text: str) -> dict[str, Any] | None:
    found, size = None, 0
    start, tries = text.find("{"), 0
    while start >= 0 and tries < OPENINGS:
        tries += 1
        value, end = _decode(text, start)
        if value is not None and end - start > size:
            found, size = value, end - start
        start = text.find("{", end if value is not None else start + 1)
    return found


def _loads(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _decode(text: str, start: int) -> tuple[dict[str, Any] | None, int]:
    try:
        value, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, start
    return value, end


def _broken(text: str) -> dict[str, Any] | None:
    from pydantic_core import from_json

    start = text.find("{")
    try:
        value = from_json(text[start:], allow_partial=True) if start >= 0 else None
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
