"""What is kept of a model call, and under which name: no equal request is paid for twice.

`CallLog` is a protocol; store/llm_calls.py keeps the calls.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pipeline.llm.budget import TokenPrice
from pipeline.llm.reply.completion import Completion
from pipeline.llm.tokens import count_limits, estimate_tokens
from pipeline.paper import ModelCall, Usage

Message = Mapping[str, str]
"""`role` and `content`, as the chat-completions protocol has them."""


@dataclass(frozen=True, slots=True)
class CallBooking:
    """What a call is booked to."""

    model: str
    """As it is asked for."""
    paper_id: str
    prompt_version: str
    guess: int
    """Tokens of its prompt, estimated."""


class CallLog(Protocol):
    """Where calls are written down. The store is one; tests have a plain one."""

    def find(self, request_hash: str) -> str | None:
        """Return the reply to that very request, or None."""
        ...

    def record(self, call: ModelCall) -> None:
        """Keep an answered call."""
        ...

    def discard(self, request_hash: str) -> None:
        """No longer give that reply to `find`; what it cost stays counted."""
        ...

    def usage(self) -> Usage:
        """Sum up what this run has used."""
        ...

    def recall(self, key: str) -> str | None:
        """Return what was remembered under that key, in this run or an earlier one."""
        ...

    def remember(self, key: str, value: str) -> None:
        """Keep a text under a key: how a model is asked, which batches are open."""
        ...


class CallRecorder:
    """Writes calls down, before anybody looks at what they say."""

    def __init__(self, log: CallLog, now: Callable[[], datetime]) -> None:
        self._log = log
        self._now = now

    def record(
        self,
        name: str,
        booking: CallBooking,
        completion: Completion,
        price: TokenPrice | None,
        *,
        allowed: int,
        seconds: float,
    ) -> None:
        """Keep an answered call with what it cost.

        Args:
            name: the hash of the request.
            booking: what it is booked to.
            completion: what came; counts that it lacks, or that cannot be, are estimated.
            price: None when it is unknown.
            allowed: tokens that the reply could have.
            seconds: that the call took.
        """
        written = min(estimate_tokens(completion.content), allowed)
        sent = _believed(completion.input_tokens, booking.guess, booking.guess)
        got = _believed(completion.output_tokens, written, allowed)
        call = ModelCall(
            hash=name,
            model=completion.model or booking.model,
            prompt_version=booking.prompt_version,
            input_tokens=sent,
            output_tokens=got,
            cached_tokens=min(completion.cached_tokens, sent),
            cost=None if price is None else price.cost(sent, got),
            seconds=seconds,
            reply=completion.dump(),
            paper_id=booking.paper_id,
            at=self._now(),
        )
        self._log.record(call)


def _believed(reported: int, estimated: int, limit: int) -> int:
    """The reported count of tokens, or the estimate where there is none or it cannot be."""
    most = count_limits.impossible * max(limit, 100)
    return reported if 0 < reported <= most else estimated


def request_hash(
    model: str,
    messages: Sequence[Message],
    schema: Mapping[str, Any],
    options: Mapping[str, Any],
) -> str:
    """Name a request, equal for equal requests: `v1:` and 64 hexadecimal digits.

    It holds no key, and no text of the request can be read from it.
    """
    body = json.dumps(
        [model, list(map(dict, messages)), schema, options],
        ensure_ascii=False,
        sort_keys=True,
    )
    digest = hashlib.sha256(body.encode(errors="replace")).hexdigest()
    # A changed form of request counts up, so that it meets no old reply.
    return f"v1:{digest}"
