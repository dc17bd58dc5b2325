"""What a server says in place of a completion, read in whatever shape it says it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

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


@dataclass(frozen=True, slots=True)
class ErrorLimits:
    """How much of an error is read."""

    words: int = 2_000
    """Characters that are looked at."""
    tokens: int = 1_000_000_000
    """A count above is a slip."""
    wait: int = 1_000_000
    """Seconds; likewise."""
    depth: int = 8
    """Levels of a JSON body."""
    shown: int = 200
    """Characters that are shown."""
    echo: int = 24
    """Characters in a row that stand in the request too, from which on they are taken for a
    repetition of it.
    """


error_keys = ErrorKeys()
error_limits = ErrorLimits()

_HIDDEN_HTML = re.compile(r"(?is)<(head|script|style)\b.*?</\1\s*>|<!--.*?-->")
_TAG = re.compile(r"<[^<>]{0,500}>")
_SECRET = re.compile(
    r"(?<=://)[^\s/@]{1,300}(?=@)|([?&][\w.-]{1,60}=)[^\s&\"')]{1,300}"
)
"""User and password in an address, values in its query."""
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_WAIT = re.compile(
    r"(?:retry|try again|available|wait)[^.\d]{0,30}?((?:\d{1,6}(?:\.\d{1,9})?\s*"
    r"(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h)\s*){1,3})",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(\d{1,6}(?:\.\d{1,9})?)\s*(ms|milli|s|m|h)", re.IGNORECASE)


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
        said = one_line(self.words or self.codes, key, sent).rstrip(".")
        failed = self.status >= 300  # noqa: PLR2004
        status = str(self.status) if failed else ""
        said = said.removeprefix(status).lstrip()
        return " ".join(filter(None, (status, said))) or "nothing"


@dataclass
class _Parts:
    words: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    params: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    wait: float | None = None


def read_error(status: int, body: Any, *, wait: float | None = None) -> ServerError:
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
    words = " ".join(dict.fromkeys(parts.words))[: error_limits.words]
    if wait is None:
        wait = parts.wait if parts.wait is not None else stated_wait(words)
    return ServerError(
        _inner_status(status, parts.numbers),
        words,
        " ".join(parts.codes)[: error_limits.words],
        " ".join(parts.params)[: error_limits.words],
        wait=wait,
        context=parts.numbers.get("context", 0),
        prompt=parts.numbers.get("prompt", 0),
    )


def _of_text(status: int, body: str, wait: float | None) -> ServerError:
    page = is_web_page(body)
    words = plain_text(body) if page else " ".join(body.split())
    words = words[: error_limits.words]
    if wait is None:
        wait = stated_wait(words)
    shape: Shape = "html" if page else "text" if words else "none"
    return ServerError(status, words, shape=shape, wait=wait)


def is_web_page(body: str) -> bool:
    """Does that text begin as a web page does?"""
    return bool(re.match(r"(?i)\s*(<!doctype html|<html|<head|<body)", body[:500]))


def plain_text(page: str) -> str:
    """Take the tags from a web page."""
    short = page[:50_000]
    return " ".join(html.unescape(_TAG.sub(" ", _HIDDEN_HTML.sub(" ", short))).split())


def _collect(node: Any, key: str, parts: _Parts, depth: int) -> None:
    """Sort what a body holds by the keys it stands under."""
    if depth <= 0:
        return
    if isinstance(node, Mapping):
        for name, value in node.items():
            _collect(value, str(name).lower(), parts, depth - 1)
    elif isinstance(node, list):
        for value in node[:20]:
            _collect(value, key, parts, depth - 1)
    elif isinstance(node, str):
        _collect_text(node, key, parts, depth)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        _collect_number(node, key, parts)


def _collect_text(text: str, key: str, parts: _Parts, depth: int) -> None:
    if text[:1] in "{[" and (inner := _decoded(text)) is not None:
        _collect(inner, key, parts, depth - 1)
        return
    if key in error_keys.codes:
        parts.codes.append(text)
        if text.isascii() and text.isdecimal():
            _collect_number(int(text[:9]), key, parts)
    elif key in error_keys.words:
        parts.words.append(text)
    elif key in error_keys.params:
        parts.params.append(text)
    elif key in ("retrydelay", "retry_after"):
        parts.wait = _span(text)


def _collect_number(number: float, key: str, parts: _Parts) -> None:
    kinds = {"context": error_keys.context, "prompt": error_keys.prompt}
    for kind, keys in kinds.items():
        if key in keys and 0 < number < error_limits.tokens:
            parts.numbers.setdefault(kind, int(number))
    if key in error_keys.codes:
        parts.codes.append(str(number))
        parts.numbers.setdefault("status", int(min(number, error_limits.wait)))
    if key in ("retry_after", "retryafter") and 0 <= number < error_limits.wait:
        parts.wait = float(number)


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _inner_status(status: int, numbers: Mapping[str, int]) -> int:
    """The status in a body that came with 200."""
    inner = numbers.get("status", 0)
    return inner if status < 400 and 400 <= inner < 600 else status  # noqa: PLR2004


def stated_wait(words: str) -> float | None:
    """Find the seconds that words ask to wait ("try again in 7m3.5s"); None without any."""
    found = _WAIT.search(words)
    return _span(found[1]) if found else None


def _span(text: str) -> float | None:
    """Seconds in "3s", "7m3.5s", "250ms"."""
    pieces = _SPAN.findall(text.lower())
    if not pieces:
        return None
    units = {"milli": "ms"}
    return sum(float(n) * _UNITS[units.get(unit, unit)] for n, unit in pieces)


def one_line(words: str, key: str, sent: str = "") -> str:
    """Shorten what a server said for a user.

    Args:
        words: as it said them.
        key: the secret that must not stand in it.
        sent: the text of the request; its repetitions are left out.
    """
    words = words.replace(key, "…") if len(key) > len("none") else words
    words = _SECRET.sub(lambda found: f"{found[1] or ''}…", words)
    words = re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", words)
    short = _without_echo(words[: error_limits.words], " ".join(sent.split()))
    return short.strip()[: error_limits.shown]


def _without_echo(words: str, sent: str) -> str:
    """The words without each longer stretch of them that stands in the text that was sent."""
    kept, at = "", 0
    while at < len(words):
        length = error_limits.echo
        while at + length <= len(words) and words[at : at + length] in sent:
            length += 1
        echoed = length > error_limits.echo
        kept += "…" if echoed else words[at]
        at += length - 1 if echoed else 1
    return kept
