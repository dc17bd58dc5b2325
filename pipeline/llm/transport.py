"""One request to the endpoint: sent in its turn, tried again where that can help. The only
retry of the stage.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.errors import ModelDown, ModelRejected
from pipeline.llm.providers import Endpoint
from pipeline.llm.request_builder import content
from pipeline.llm.request_gate import Gate, Sleep

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI
    from tenacity import RetryCallState

TRIES = 6
"""Tries of one request; where 0.3 of all answers are errors, one request in 1,400 fails."""
PATIENCE = 300.0
"""Seconds of waiting for one request in all."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds before the second try, doubled from try to try, and their limit."""
LOST = 3
"""Requests in a row that ended without an answer, each after all its tries, until the model
counts as down.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the endpoint sent, reduced to what is read of it."""

    content: str
    refusal: str
    finish: str
    model: str
    input_tokens: int = 0
    """0 when the endpoint does not say; the same for the others."""
    output_tokens: int = 0
    cached_tokens: int = 0


class Transport:
    """The connection to one endpoint, with its memory of what cannot succeed."""

    def __init__(
        self,
        endpoint: Endpoint,
        gate: Gate,
        *,
        timeout: float,
        sleep: Sleep,
        now: Callable[[], datetime],
        jitter: Callable[[], float],
    ) -> None:
        self._endpoint = endpoint
        self._gate = gate
        self._timeout = timeout
        self._sleep, self._now, self._jitter = sleep, now, jitter
        self._client: AsyncOpenAI | None = None
        self._rejected: dict[str, ModelRejected] = {}
        self._lost: dict[str, int] = {}

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def send(self, request: Mapping[str, Any]) -> Answer:
        """Send one chat-completions request.

        Raises:
            ModelRejected: no request of this run to that model can succeed; later calls raise
                it without asking.
            ModelDown: no answer after the last try, or none for several requests before.
            APIStatusError: this very request is refused (400, 413, 422).
        """
        from openai import APIStatusError, OpenAIError

        from pipeline.llm.error_classification import NoCompletion

        self._stop_if_hopeless(request["model"])
        try:
            answer = await self._try(request)
        except APIStatusError as error:
            raise self._judge(error, request) from error
        except (OpenAIError, TimeoutError, NoCompletion) as error:
            raise self._down(error, request) from error
        self._lost[request["model"]] = 0
        return answer

    async def first_model(self) -> str:
        """The name of the first model that the endpoint lists.

        Raises:
            ModelDown: it lists none, or cannot be reached.
        """
        from openai import OpenAIError

        try:
            async with asyncio.timeout(self._timeout):
                listed = await self._open().models.list()
            return listed.data[0].id
        except (
            OpenAIError,
            TimeoutError,
            ValueError,
            AttributeError,
            TypeError,
            IndexError,
        ) as error:
            raise self._down(error, {"model": "", "messages": ()}) from error

    async def _try(self, request: Mapping[str, Any]) -> Answer:
        from tenacity import AsyncRetrying, retry_if_exception

        from pipeline.llm.error_classification import worth_another_try

        retrying = AsyncRetrying(
            retry=retry_if_exception(worth_another_try),
            wait=self._wait,
            stop=_enough,
            sleep=self._sleep,
            reraise=True,
        )
        return await retrying(self._once, request)

    async def _once(self, request: Mapping[str, Any]) -> Answer:
        from pipeline.llm.error_classification import NoCompletion

        await self._gate.turn()
        self._stop_if_hopeless(request["model"])
        async with asyncio.timeout(self._timeout):
            try:
                return _read(await self._open().chat.completions.create(**request))
            except ValueError as error:
                raise NoCompletion("the answer is not JSON") from error

    def _open(self) -> AsyncOpenAI:
        if self._client is None:
            from openai import AsyncOpenAI, DefaultAsyncHttpxClient

            local = self._endpoint.local
            self._client = AsyncOpenAI(
                api_key=self._endpoint.key,
                base_url=self._endpoint.base_url,
                max_retries=0,
                timeout=self._timeout,
                http_client=DefaultAsyncHttpxClient(trust_env=False)
                if local
                else None,  # no proxy on the way
            )
        return self._client

    def _wait(self, state: RetryCallState) -> float:
        from pipeline.llm.error_classification import retry_after

        error = state.outcome.exception() if state.outcome else None
        stated = retry_after(error, self._now())
        if stated:
            self._gate.hold(stated if stated <= PATIENCE else 0)
            return stated
        doubled = min(FIRST_WAIT * 2.0 ** (state.attempt_number - 1), LONGEST_WAIT)
        return doubled * (0.5 + self._jitter() / 2)

    def _stop_if_hopeless(self, model: str) -> None:
        if model in self._rejected:
            raise self._rejected[model]
        if self._lost.get(model, 0) >= LOST:
            raise ModelDown(
                f"The model at {self._endpoint.place} is down: {LOST} requests in a row got no answer.",
                tries=0,
            )

    def _judge(self, error: APIStatusError, request: Mapping[str, Any]) -> Exception:
        from pipeline.llm.error_classification import refuses_all, worth_another_try

        if worth_another_try(error):
            return self._down(error, request)
        why = refuses_all(error)
        if not why:
            return error
        subject = {"is not known": f'model "{request["model"]}"'}.get(
            why, f"the key in {self._endpoint.key_env or '[model]'}"
        )
        message = f"{self._endpoint.place}: {subject} {why} ({error.status_code})."
        if why == "refuses the key":
            message = f"{self._endpoint.place} refuses {subject} ({error.status_code})."
        rejected = ModelRejected(message, status=error.status_code, tries=1)
        return self._rejected.setdefault(request["model"], rejected)

    def _down(self, error: Exception, request: Mapping[str, Any]) -> Exception:
        from pipeline.llm.error_classification import one_line

        model = request["model"]
        self._lost[model] = self._lost.get(model, 0) + 1
        words = one_line(error, self._endpoint.key, content(request))
        return ModelDown(
            f"The model at {self._endpoint.place} gave no usable answer: {words}",
            status=getattr(error, "status_code", None),
            tries=TRIES,
        )


def _enough(state: RetryCallState) -> bool:
    return (
        state.attempt_number >= TRIES
        or state.idle_for + state.upcoming_sleep > PATIENCE
    )


def _read(completion: Any) -> Answer:
    """The first choice and the usage of a chat completion, whatever is missing.

    Raises:
        NoCompletion: an answer without a choice: a web page, an error sent with status 200.
    """
    from pipeline.llm.error_classification import NoCompletion

    choices = getattr(completion, "choices", None)
    first = choices[0] if isinstance(choices, list) and choices else None
    message = getattr(first, "message", None)
    if message is None:
        raise NoCompletion(
            "the answer is no chat completion; is the address right? Most end in /v1"
        )
    usage = getattr(completion, "usage", None)
    details = getattr(usage, "prompt_tokens_details", None)
    return Answer(
        content=_text(getattr(message, "content", None)),
        refusal=_text(getattr(message, "refusal", None)),
        finish=_text(getattr(first, "finish_reason", None)),
        model=_text(getattr(completion, "model", None)),
        input_tokens=_count(getattr(usage, "prompt_tokens", None)),
        output_tokens=_count(getattr(usage, "completion_tokens", None)),
        cached_tokens=_count(getattr(details, "cached_tokens", None)),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
