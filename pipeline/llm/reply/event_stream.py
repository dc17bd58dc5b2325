"""An answer that comes in pieces (server-sent events), put together as if it had come whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

THOUGHT_KEYS = ("reasoning_content", "reasoning", "thinking")
"""Where servers put what a model thought, beside its content."""


def is_event_stream(body: str) -> bool:
    """Does that body begin as an event stream does?"""
    return bool(re.match(r"\s*(data|event|id|retry)\s*:|\s*:", body[:200]))


def join_events(body: str) -> dict[str, Any]:
    """Join the pieces of an event stream to one chat completion, or to the error in it."""
    message = _Message()
    for event in _events(body):
        if "error" in event and not event.get("choices"):
            return event
        message.add(event)
    return message.completion()


def _events(body: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in the `data:` lines; a line that is none is passed over."""
    for line in body.splitlines():
        name, _, data = line.partition(":")
        if name.strip() != "data":
            continue
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            yield value


@dataclass
class _Message:
    """What the pieces have told so far."""

    content: list[str] = field(default_factory=list)
    thought: list[str] = field(default_factory=list)
    refusal: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)
    finish: str | None = None
    model: str | None = None
    usage: Any = None
    events: int = 0
    pieces: int = 0
    """Events with a choice."""

    def add(self, event: Mapping[str, Any]) -> None:
        """Take in one event."""
        self.events += 1
        self.usage = event.get("usage") or self.usage
        self.model = event.get("model") or self.model
        choices = event.get("choices")
        first = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(first, Mapping):
            return
        self.pieces += 1
        self.finish = first.get("finish_reason") or self.finish
        delta = first.get("delta") or first.get("message") or first
        if isinstance(delta, Mapping):
            self._add_delta(delta)

    def _add_delta(self, delta: Mapping[str, Any]) -> None:
        content = delta.get("content", delta.get("text"))
        self.content += _texts(content)
        refusal = delta.get("refusal")
        self.refusal += _texts(refusal)
        for key in THOUGHT_KEYS:
            thought = delta.get(key)
            self.thought += _texts(thought)
        calls = delta.get("tool_calls")
        if isinstance(calls, list):
            self._add_tool_calls(calls)

    def _add_tool_calls(self, calls: list[Any]) -> None:
        for call in calls:
            function = (
                call.get("function") if isinstance(call, Mapping) else None
            )
            if isinstance(function, Mapping):
                arguments = function.get("arguments")
                self.arguments += _texts(arguments)

    def completion(self) -> dict[str, Any]:
        """Give all of it as if it had come whole."""
        if not self.events:
            return {}
        body: dict[str, Any] = {
            "usage": self.usage,
            "model": self.model,
            "choices": [],
        }
        if self.pieces:
            choice = {"message": self._whole(), "finish_reason": self.finish}
            body["choices"] = [choice]
        return body

    def _whole(self) -> dict[str, Any]:
        message: dict[str, Any] = {
            "content": "".join(self.content),
            "refusal": "".join(self.refusal),
            "reasoning_content": "".join(self.thought),
        }
        if self.arguments:
            function = {"arguments": "".join(self.arguments)}
            message["tool_calls"] = [{"function": function}]
        return message


def _texts(value: object) -> list[str]:
    """The text of a piece: a string, or a list of parts."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        return []
    parts = (part for part in value if isinstance(part, Mapping))
    texts = (part.get("text") for part in parts)
    return [text for text in texts if isinstance(text, str)]
