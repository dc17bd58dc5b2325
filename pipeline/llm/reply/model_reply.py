"""The object in what a model sent, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.common.clean import storable
from pipeline.llm.reply.completion import Completion
from pipeline.llm.reply.json_text import find_object
from pipeline.llm.reply.schema_shape import into_shape
from pipeline.llm.response_format import Form
from pipeline.llm.tokens import estimate_tokens

ReplyFault = Literal[
    "", "refused", "truncated", "overlong", "thinking", "empty", "not JSON"
]
"""overlong: it filled all that was allowed. thinking: its thoughts did, or nothing came after."""

FILLED = 0.9
"""Share of the allowed tokens from which on a reply that breaks off did so for their sake."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    data: dict[str, Any] | None
    """The JSON object in it; of a reply that breaks off, what there is of it."""
    fault: ReplyFault
    model: str
    """As the endpoint names it."""
    hash: str
    """Of the request."""
    form: Form


def read_reply(
    completion: Completion,
    name: str,
    form: Form,
    most: int,
    schema: Mapping[str, Any],
) -> Reply:
    """Read the reply in a completion.

    Args:
        completion: what the endpoint sent.
        name: the hash of the request.
        form: in which it was asked.
        most: tokens that the reply was allowed.
        schema: of the object that was asked for.
    """
    keys = tuple(schema.get("properties", {}))
    cut = completion.finish == "length"
    data = find_object(completion.content, keys, mend=not cut)
    fault: ReplyFault = ""
    if _refused(completion):
        fault = "refused"
    elif cut and not _whole(data, keys):
        data = find_object(completion.content, keys, partial=True)
        fault = _broken_off(completion, most)
    elif data is None:
        fault = _nothing(completion)
    shaped = into_shape(storable(data), schema)
    return Reply(shaped, fault, completion.model, name, form)


def _refused(completion: Completion) -> bool:
    blocked = completion.finish.lower().startswith(("content_filter", "safety"))
    return bool(completion.refusal) or blocked


def _whole(data: dict[str, Any] | None, keys: Collection[str]) -> bool:
    return data is not None and bool(keys) and all(key in data for key in keys)


def _broken_off(completion: Completion, most: int) -> ReplyFault:
    if completion.thought_only:
        return "thinking"
    written = completion.output_tokens or estimate_tokens(completion.content)
    return "overlong" if written >= FILLED * most else "truncated"


def _nothing(completion: Completion) -> ReplyFault:
    if completion.thought_only:
        return "thinking"
    return "not JSON" if completion.content.strip() else "empty"
