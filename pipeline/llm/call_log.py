"""What a model call leaves behind, and where it is kept: no equal request is paid for twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

HASH_VERSION = "1"
"""Goes before the hash, so that a changed form of request shows and meets no old reply."""

Message = Mapping[str, str]
"""`role` and `content`, as the chat-completions protocol has them."""


@dataclass(frozen=True, slots=True)
class Call:
    """One answered model call."""

    hash: str
    model: str
    """As the endpoint names it."""
    prompt_version: str
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    """Of the input, those the endpoint had in its cache; 0 when it does not say."""
    cost: float
    """USD; 0 when the price is unknown."""
    seconds: float
    reply: str
    """A JSON object: what the endpoint sent, enough to read it again without asking."""
    paper_id: str
    """The paper it was about; several are joined by commas."""
    at: datetime
    """In UTC."""


class Ledger(Protocol):
    """Where calls are written down. The store is one; tests have a plain one."""

    def find(self, request_hash: str) -> str | None:
        """The reply to that very request, or None."""
        ...

    def record(self, call: Call) -> None:
        """Keep an answered call."""
        ...

    def discard(self, request_hash: str) -> None:
        """No longer give that reply to `find`: it led to nothing. What it cost stays counted."""
        ...

    def spent(self) -> float:
        """USD spent in this run."""
        ...

    def recall(self, key: str) -> str | None:
        """What was remembered of a model, in this run or an earlier one."""
        ...

    def remember(self, key: str, value: str) -> None:
        """Keep what was learnt of a model: the form it answers in, the context it takes."""
        ...


def request_hash(
    model: str,
    messages: Sequence[Message],
    schema: Mapping[str, Any],
    options: Mapping[str, Any],
) -> str:
    """A name for a request, equal for equal requests; `v1:` and 64 hexadecimal digits. Holds no
    key.
    """
    body = json.dumps(
        [model, list(map(dict, messages)), schema, options],
        ensure_ascii=False,
        sort_keys=True,
    )
    return f"v{HASH_VERSION}:{hashlib.sha256(body.encode()).hexdigest()}"
