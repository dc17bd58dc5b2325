"""The first choice and the usage of a chat completion, wherever a server puts them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from pipeline.common.clean import storable
from pipeline.llm.failures.server_error import ServerError, read_error
from pipeline.llm.reply.event_stream import THOUGHT_KEYS


@dataclass(frozen=True, slots=True)
class CompletionLimits:
    """What of an answer is kept."""

    content: int = 1_000_000
    """Characters; a review has 30,000, a long thought before it some 400,000."""
    tokens: int = 100_000_000
    """A count above is a mistake of the endpoint; no model takes or writes so many."""
    name: int = 200
    """Characters of a model's name."""


completion_limits = CompletionLimits()


@dataclass(frozen=True, slots=True)
class Completion:
    """What the endpoint sent, reduced to what is read of it; all of it storable."""

    content: str
    refusal: str
    finish: str
    model: str
    input_tokens: int = 0
    """0 when the endpoint does not say; the same for the others."""
    output_tokens: int = 0
    cached_tokens: int = 0
    thought_only: bool = False
    """It thought and came to no answer."""

    def dump(self) -> str:
        """Write it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def load_completion(text: str) -> Completion | None:
    """Read what `dump` wrote, of an older version too; None when that is damaged."""
    names = {field.name for field in fields(Completion)}
    try:
        stored = json.loads(text)
        return Completion(**{k: v for k, v in stored.items() if k in names})
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


class NotACompletion(Exception):
    """An answer with status 200 that holds no completion; `error` is what it says."""

    def __init__(self, error: ServerError, *, no_choice: bool = False) -> None:
        super().__init__(error.words)
        self.error = error
        self.no_choice = no_choice
        """A completion without a choice: a filter took it away."""


def read_completion(status: int, body: Any) -> Completion:
    """Read a chat completion, whatever is missing in it.

    Args:
        status: of HTTP.
        body: decoded JSON, or text that is none.

    Raises:
        NotACompletion: an error sent with status 200, a web page, something else.
    """
    node = _unwrapped(body)
    choices = node.get("choices") if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or "choices" not in node:
        raise NotACompletion(read_error(status, body))
    first = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(first, Mapping):
        said = read_error(status, _remarks(node))
        raise NotACompletion(said, no_choice=not node.get("error"))
    if first.get("error"):
        raise NotACompletion(read_error(status, {"error": first["error"]}))
    return _completion(node, first)


def _unwrapped(body: Any) -> Any:
    """The object that holds `choices`, of a list of one or a level below."""
    if isinstance(body, list) and len(body) == 1:
        body = body[0]
    if not isinstance(body, Mapping) or "choices" in body:
        return body
    inner = (v for v in body.values() if isinstance(v, Mapping) and "choices" in v)
    return next(inner, body)


def _remarks(body: Mapping[str, Any]) -> dict[str, Any]:
    """What a completion without a choice says beside the usual."""
    usual = {"id", "object", "created", "model", "choices", "usage", "service_tier"}
    return {
        key: value
        if isinstance(value, Mapping | list)
        else {"message": f"{key}: {value}"}
        for key, value in body.items()
        if key not in usual and value
    }


def _completion(body: Mapping[str, Any], choice: Mapping[str, Any]) -> Completion:
    given = choice.get("message") or choice.get("delta") or {}
    if isinstance(given, str):
        given = {"content": given}
    message: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    content = _content(message, choice)
    thoughts = "".join(_text(message.get(key)) for key in THOUGHT_KEYS)
    usage = body.get("usage")
    counts: Mapping[str, Any] = usage if isinstance(usage, Mapping) else {}
    thought = bool(thoughts) or _thinking_tokens(counts) > 0
    clean = storable(
        {
            "content": (content or thoughts)[: completion_limits.content],
            "refusal": _text(message.get("refusal")),
            "finish": _text(choice.get("finish_reason")),
            "model": _text(body.get("model"))[: completion_limits.name],
        }
    )
    return Completion(
        **clean,
        input_tokens=_count(counts, "prompt_tokens", "input_tokens"),
        output_tokens=_count(counts, "completion_tokens", "output_tokens"),
        cached_tokens=_cached(counts),
        thought_only=thought and not content,
    )


def _content(message: Mapping[str, Any], choice: Mapping[str, Any]) -> str:
    """The answer: content as text, in parts or as an object, or the arguments of a tool."""
    content = message.get("content", choice.get("text"))
    if isinstance(content, Mapping) and "text" not in content:
        return json.dumps(content, ensure_ascii=False)
    return _text(content) or _tool_arguments(message)


def _tool_arguments(message: Mapping[str, Any]) -> str:
    calls = message.get("tool_calls")
    functions = [
        call.get("function")
        for call in (calls if isinstance(calls, list) else [])
        if isinstance(call, Mapping)
    ]
    for function in (*functions, message.get("function_call")):
        if isinstance(function, Mapping) and function.get("arguments"):
            arguments = function["arguments"]
            if isinstance(arguments, str):
                return arguments
            return json.dumps(arguments, ensure_ascii=False)
    return ""


def _text(value: object) -> str:
    """A string, or the texts of a list of parts without those of its thoughts."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _part(value)
    parts = value if isinstance(value, list) else []
    return "".join(
        _part(part) if isinstance(part, Mapping) else part
        for part in parts
        if isinstance(part, Mapping | str)
    )


def _part(part: Mapping[str, Any]) -> str:
    kind = str(part.get("type", "text"))
    if any(word in kind for word in ("think", "reason", "thought")):
        return ""
    text = part.get("text")
    return text if isinstance(text, str) else ""


def _count(usage: Mapping[str, Any], *keys: str) -> int:
    """A number of tokens, which some servers send as a float or in quotes; 0 for nonsense."""
    value = next((usage[key] for key in keys if usage.get(key) is not None), 0)
    try:
        number = int(float(value))
    except (TypeError, ValueError, OverflowError):
        return 0
    return number if 0 < number <= completion_limits.tokens else 0


def _cached(usage: Mapping[str, Any]) -> int:
    details = usage.get("prompt_tokens_details")
    nested = details if isinstance(details, Mapping) else {}
    return _count(nested, "cached_tokens") or _count(usage, "prompt_cache_hit_tokens")


def _thinking_tokens(usage: Mapping[str, Any]) -> int:
    details = usage.get("completion_tokens_details")
    return _count(details if isinstance(details, Mapping) else {}, "reasoning_tokens")
