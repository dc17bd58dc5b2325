"""What a server says in place of a completion, read in whatever shape it says it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.llm.failures.shown_words import is_web_page, one_line, plain_text
from pipeline.llm.failures.stated_wait import read_span, stated_wait

Shape = Literal["json", "html", "text", "none"]


@dataclass(frozen=True, slots=True)
class ErrorKeys:
    """Keys of error bodies, by what stands under them."""

    words: frozenset[str] = frozenset(
        [
            "message",
            "msg",
            "detail",
            "error",
            "error_message",
            "error_msg",
            "error_description",
            "errormessage",
            "description",
            "title",
            "raw",
            "reason",
            "errors",
            "prompt_filter",
        ]
    )
    codes: frozenset[str] = frozenset(
        [
            "code",
            "type",
            "status",
            "reason",
            "error_code",
            "errcode",
            "error_type",
            "quotaid",
        ]
    )
    params: frozenset[str] = frozenset(["param", "loc", "field"])
    context: frozenset[str] = frozenset(["n_ctx", "max_context_length"])
    prompt: frozenset[str] = frozenset(["n_prompt_tokens", "prompt_tokens"])
    wait: frozenset[str] = frozenset(
        ["retrydelay", "retry_after", "retryafter"]
    )


@dataclass(frozen=True, slots=True)
class ErrorLimits:
    """How much of an error is read."""

    words: int = 2_000
    """Characters that are looked at."""
    tokens: int = 1_000_000_000
    """A count above is a slip."""
    wait: int = 1_000_000
    """Seconds; likewise."""
    items: int = 20
    """Of a list."""
    depth: int = 8
    """Levels of a JSON body."""


error_keys = ErrorKeys()
error_limits = ErrorLimits()


@dataclass(frozen=True, slots=True)
class ServerError:
    """What a server said."""

    status: int
    """Of HTTP, or the one in the body where that came with 200."""
    words: str = ""
    """All its sentences."""
    codes: str = ""
    """Its codes, types and reasons."""
    params: str = ""
    """The parts of the request that it names."""
    shape: Shape = "json"
    wait: float | None = None
    """Seconds that it asks to wait; None where it does not."""
    context: int = 0
    """Tokens that the model takes, where it is stated as a number of its own."""
    prompt: int = 0
    """Tokens that were sent, likewise."""

    @property
    def text(self) -> str:
        """All of it, to look for what it means."""
        return f"{self.codes} {self.params} {self.words}"

    def told(self, key: str, sent: str = "") -> str:
        """Say it in one line for a user, without the key and what was sent; "nothing" if so."""
        words = self.words or self.codes
        said = one_line(words, key, sent).rstrip(".")
        is_answer = self.status < 300  # noqa: PLR2004
        if is_answer:
            return said or "nothing"
        status = str(self.status)
        rest = said.removeprefix(status).lstrip()
        return f"{status} {rest}".rstrip()


@dataclass
class _Parts:
    words: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    params: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    wait: float | None = None


def read_error(
    status: int, body: Any, *, wait: float | None = None
) -> ServerError:
    """Read an error from a body: decoded JSON of any shape, or text.

    Args:
        status: of HTTP.
        body: as it came.
        wait: seconds that the headers ask for.
    """
    if isinstance(body, str):
        return _of_text(status, body, wait)
    parts = _Parts()
    _collect(body, "", parts, error_limits.depth)
    words = _joined(parts.words)
    if wait is None:
        wait = parts.wait
    if wait is None:
        wait = stated_wait(words)
    numbers = parts.numbers
    return ServerError(
        _inner_status(status, numbers),
        words,
        _joined(parts.codes),
        _joined(parts.params),
        wait=wait,
        context=numbers.get("context", 0),
        prompt=numbers.get("prompt", 0),
    )


def _joined(parts: list[str]) -> str:
    """Different texts as one, as far as they are looked at."""
    once = dict.fromkeys(parts)
    return " ".join(once)[: error_limits.words]


def _of_text(status: int, body: str, wait: float | None) -> ServerError:
    page = is_web_page(body)
    words = plain_text(body) if page else " ".join(body.split())
    words = words[: error_limits.words]
    if wait is None:
        wait = stated_wait(words)
    shape: Shape = "html" if page else "text" if words else "none"
    return ServerError(status, words, shape=shape, wait=wait)


def _collect(node: Any, key: str, parts: _Parts, depth: int) -> None:
    """Sort what a body holds by the keys it stands under."""
    if depth <= 0:
        return
    if isinstance(node, Mapping):
        for name, value in node.items():
            inner = str(name).lower()
            _collect(value, inner, parts, depth - 1)
    elif isinstance(node, list):
        for value in node[: error_limits.items]:
            _collect(value, key, parts, depth - 1)
    elif isinstance(node, str):
        _collect_text(node, key, parts, depth)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        _collect_number(node, key, parts)


def _collect_text(text: str, key: str, parts: _Parts, depth: int) -> None:
    inner = _decoded(text) if text.startswith(("{", "[")) else None
    if inner is not None:
        _collect(inner, key, parts, depth - 1)
        return
    if key in error_keys.codes:
        _collect_code(text, key, parts)
    elif key in error_keys.words:
        parts.words.append(text)
    elif key in error_keys.params:
        parts.params.append(text)
    elif key in error_keys.wait:
        parts.wait = read_span(text)


def _collect_code(text: str, key: str, parts: _Parts) -> None:
    is_number = text.isascii() and text.isdecimal()
    if is_number:
        number = int(text[:9])
        _collect_number(number, key, parts)
    else:
        parts.codes.append(text)


def _collect_number(number: float, key: str, parts: _Parts) -> None:
    limits = error_limits
    if 0 < number < limits.tokens:
        _collect_tokens(int(number), key, parts)
    if key in error_keys.codes:
        parts.codes.append(str(number))
        code = min(number, limits.wait)
        parts.numbers.setdefault("status", int(code))
    if key in error_keys.wait and 0 <= number < limits.wait:
        parts.wait = float(number)


def _collect_tokens(number: int, key: str, parts: _Parts) -> None:
    if key in error_keys.context:
        parts.numbers.setdefault("context", number)
    elif key in error_keys.prompt:
        parts.numbers.setdefault("prompt", number)


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _inner_status(status: int, numbers: Mapping[str, int]) -> int:
    """The status in a body that came with 200."""
    inner = numbers.get("status", 0)
    is_error = inner in range(400, 600)
    is_answer = status < 300  # noqa: PLR2004
    return inner if is_answer and is_error else status
