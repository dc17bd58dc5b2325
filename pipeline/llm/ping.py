"""Whether a model can be used: one small real question, in the form that reviews are asked in."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pipeline.errors import ModelDown, ReviewIncomplete
from pipeline.llm.budget import RunLimits
from pipeline.llm.call_log import Message
from pipeline.llm.client import ModelClient
from pipeline.llm.providers import Endpoint
from pipeline.llm.transport import RetryLimits
from pipeline.paper import ModelCall, Usage
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class PingRequest:
    """The question, and how long its answer is waited for."""

    seconds: float = 60.0
    """At most, whatever [model] timeout says: somebody is waiting."""
    instruction: str = "You answer in JSON."
    question: str = "What colour is a clear sky at noon? One word, in JSON."
    key: str = "colour"
    """The one key of the object that is asked for."""

    def messages(self) -> list[Message]:
        """Write the messages of the request."""
        return [
            {"role": "system", "content": self.instruction},
            {"role": "user", "content": self.question},
        ]

    def schema(self) -> dict[str, Any]:
        """Write the JSON Schema of the answer."""
        return {
            "type": "object",
            "properties": {self.key: {"type": "string"}},
            "required": [self.key],
            "additionalProperties": False,
        }


ping_request = PingRequest()


class ScratchLog:
    """A log of calls that nobody reads again."""

    def __init__(self) -> None:
        self._memory: dict[str, str] = {}
        self._usage = Usage()

    def find(self, request_hash: str) -> str | None:  # noqa: ARG002
        """Know no earlier reply."""
        return None

    def record(self, call: ModelCall) -> None:
        """Forget the call."""

    def discard(self, request_hash: str) -> None:
        """Forget it."""

    def usage(self) -> Usage:
        """Give nothing as used."""
        return self._usage

    def recall(self, key: str) -> str | None:
        """Return what was learnt during this question."""
        return self._memory.get(key)

    def remember(self, key: str, value: str) -> None:
        """Keep it for the rest of this question."""
        self._memory[key] = value


def check_endpoint(
    endpoint: Endpoint, timeout: float = ping_request.seconds
) -> str:
    """Ask one small question; say in words how it was answered.

    Args:
        endpoint: where.
        timeout: seconds for one call, at most a minute.

    Raises:
        ModelRejected: it refuses the key, does not know the model, or is no model's address.
        ModelDown: it does not answer.
        ReviewIncomplete: it answers with something that is no JSON object.
    """
    limits = RunLimits(usd=1.0)
    seconds = min(timeout, ping_request.seconds)
    client = ModelClient(
        endpoint,
        ScratchLog(),
        timeout=seconds,
        limits=limits,
        retry=RetryLimits(tries=1),
    )
    return asyncio.run(_check(endpoint, client))


async def _check(endpoint: Endpoint, client: ModelClient) -> str:
    listed: list[str] = []
    async with client as model:
        name = await model.name()
        reply = await model.ask(
            ping_request.messages(),
            ping_request.schema(),
            title=ping_request.key,
            urgent=True,
        )
        with suppress(ModelDown):  # not every server has a list
            listed = await model.models()
    if reply.data is None:
        raise ReviewIncomplete(
            _(
                '{place}: model "{name}" answers, but with no JSON ({fault}).',
                place=endpoint.place,
                name=name,
                fault=reply.fault,
            ),
            step=_(
                "Choose another model in [model] name, or set options in [model] "
                "extra."
            ),
        )
    return _told(endpoint, name, reply.form, listed)


def _told(endpoint: Endpoint, name: str, form: str, listed: list[str]) -> str:
    served = {name, f"models/{name}"}  # Gemini's list has a prefix
    parts = [f'{endpoint.place} answers; model "{name}" writes JSON ({form})']
    if listed and not served & set(listed):
        parts.append("its list of models does not have that name")
    if endpoint.price_of(name) is None and not endpoint.local:
        parts.append("its price is not known, set [model] price")
    return "; ".join(parts)
