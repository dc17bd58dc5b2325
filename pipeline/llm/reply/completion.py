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
        none_left = not choices and not node.get("error")
        raise NotACompletion(said, no_choice=none_left)
    if first.get("error"):
        raise NotACompletion(read_error(status, {"error": first["error"]}))
    return _completion(node, first)


def _unwrapped(body: Any) -> Any:
    """The object that holds `choices`, of a list of one or a level below."""
    if isinstance(body, list) and len(body) == 1:
        body = body[0]
    if not isinstance(body, Mapping) or "choices" in body:
        return body
    for inner in body.values():
        if isinstance(inner, Mapping) and "choices" in inner:
            return inner
    return body


def _remarks(body: Mapping[str, Any]) -> dict[str, Any]:
    """What a completion without a choice says beside the usual."""
    usual = {
        "id",
        "object",
        "created",
        "model",
        "choices",
        "usage",
        "service_tier",
    }
    remarks: dict[str, Any] = {}
    for key, value in body.items():
        if key in usual or not value:
            continue
        is_scalar = not isinstance(value, Mapping | list)
        remarks[key] = {"message": f"{key}: {value}"} if is_scalar else value
    return remarks


def _completion(
    body: Mapping[str, Any], choice: Mapping[str, Any]
) -> Completion:
    message = _message(choice)
    content = _content(message, choice)
    thoughts = "".join(_text(message.get(key)) for key in THOUGHT_KEYS)
    usage = _mapping(body.get("usage"))
    details = _mapping(usage.get("completion_tokens_details"))
    has_thought = bool(thoughts) or _count(details, "reasoning_tokens") > 0
    whole = content or thoughts
    name = _text(body.get("model"))
    clean = storable(
        {
            "content": whole[: completion_limits.content],
            "refusal": _text(message.get("refusal")),
            "finish": _text(choice.get("finish_reason")),
            "model": name[: completion_limits.name],
        }
    )
    return Completion(
        **clean,
        input_tokens=_count(usage, "prompt_tokens", "input_tokens"),
        output_tokens=_count(usage, "completion_tokens", "output_tokens"),
        cached_tokens=_cached(usage),
        thought_only=has_thought and not content,
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _message(choice: Mapping[str, Any]) -> Mapping[str, Any]:
    given = choice.get("message") or choice.get("delta")
    if isinstance(given, str):
        return {"content": given}
    return _mapping(given)


def _content(message: Mapping[str, Any], choice: Mapping[str, Any]) -> str:
    """The answer: content as text, in parts or as an object, or the arguments of a tool."""
    content = message.get("content", choice.get("text"))
    if isinstance(content, Mapping) and "text" not in content:
        return json.dumps(content, ensure_ascii=False)
    return _text(content) or _tool_arguments(message)


def _tool_arguments(message: Mapping[str, Any]) -> str:
    calls = message.get("tool_calls")
    functions = [message.get("function_call")]
    for call in calls if isinstance(calls, list) else []:
        function = _mapping(call).get("function")
        functions.append(function)
    for function in functions:
        arguments = _mapping(function).get("arguments")
        if isinstance(arguments, str) and arguments:
            return arguments
        if isinstance(arguments, Mapping):
            return json.dumps(arguments, ensure_ascii=False)
    return ""


def _text(value: object) -> str:
    """A string, or the texts of a list of parts without those of its thoughts."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _part(value)
    if not isinstance(value, list):
        return ""
    return "".join(map(_part, value))


def _part(part: object) -> str:
    if isinstance(part, str):
        return part
    told = _mapping(part)
    kind = str(told.get("type", "text"))
    if any(word in kind for word in ("think", "reason", "thought")):
        return ""
    text = told.get("text")
    return text if isinstance(text, str) else ""


def _count(usage: Mapping[str, Any], *keys: str) -> int:
    """A number of tokens, which some servers send as a float or in quotes; 0 for nonsense."""
    stated = (usage[key] for key in keys if usage.get(key) is not None)
    try:
        number = int(float(next(stated, 0)))
    except (TypeError, ValueError, OverflowError):
        return 0
    return number if 0 < number <= completion_limits.tokens else 0


def _cached(usage: Mapping[str, Any]) -> int:
    details = _mapping(usage.get("prompt_tokens_details"))
    cached = _count(details, "cached_tokens")
    return cached or _count(usage, "prompt_cache_hit_tokens")
