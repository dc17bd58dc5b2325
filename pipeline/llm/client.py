"""The client of a model: asks in the form it takes, within the limits of a run."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from pipeline.common.rate_limit import AsyncGate
from pipeline.errors import ModelDown, ModelRejected
from pipeline.llm.batch.batch_api import BatchApi
from pipeline.llm.batch.batch_queue import BatchQueue
from pipeline.llm.budget import Budget, RunLimits
from pipeline.llm.call_log import CallLog, CallRecorder, Message
from pipeline.llm.capabilities import Capabilities, CapabilityMemory
from pipeline.llm.connection import Connection
from pipeline.llm.failures.error_classification import ErrorCause, RequestFailed
from pipeline.llm.providers import Endpoint
from pipeline.llm.reply.model_reply import Reply, read_reply
from pipeline.llm.request_builder import Question, RequestBuilder
from pipeline.llm.request_sender import Accounts, RequestSender
from pipeline.llm.response_format import Form
from pipeline.llm.transport import RetryLimits, Transport, Waits, retry_limits

log = logging.getLogger(__name__)


class ModelClient:
    """Asks one endpoint. An asynchronous context manager, so that its connections are closed.

    `sleep`, `clock` (seconds), `now` (UTC), `jitter` (0 to 1) and `warn` are the real ones
    unless given.
    """

    first_alone = 15.0
    """Seconds that others wait for the first request; a refusal comes sooner."""

    def __init__(
        self,
        endpoint: Endpoint,
        call_log: CallLog,
        *,
        concurrency: int = 8,
        requests_per_minute: int = 0,
        limits: RunLimits | None = None,
        timeout: float = 180.0,
        batch: bool = False,
        retry: RetryLimits = retry_limits,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        jitter: Callable[[], float] = random.random,
        warn: Callable[[str], None] = log.warning,
    ) -> None:
        self.endpoint = endpoint
        self._log = call_log
        memory = CapabilityMemory(call_log, endpoint.place, now)
        self._builder = RequestBuilder(endpoint, memory)
        interval = 60.0 / requests_per_minute if requests_per_minute else 0.0
        self._gate = AsyncGate(interval, concurrency, clock=clock, sleep=sleep)
        self._connection = Connection(endpoint, timeout, now)
        waits = Waits(sleep, jitter)
        self._transport = Transport(
            endpoint, self._connection, self._gate, waits, retry
        )
        budget = Budget(limits or RunLimits(), call_log.usage)
        recorder = CallRecorder(call_log, now)
        accounts = Accounts(call_log, recorder, budget, clock, warn)
        self._sender = RequestSender(
            endpoint, self._builder, self._transport, accounts
        )
        if batch:
            api = BatchApi(self._connection)
            record = self._sender.record_of_batch
            self._sender.batches = BatchQueue(
                endpoint, api, call_log, now, record
            )
        self._naming = asyncio.Lock()
        self._first: dict[str, asyncio.Event] = {}
        self._lowered: dict[str, Form] = {}
        self._name = endpoint.name

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._connection.close()

    async def name(self) -> str:
        """Name the model that is asked first.

        Of a server on this machine without a configured one it is the first it lists.
        """
        async with self._naming:
            self._name = self._name or await self._transport.first_model()
        return self._name

    async def models(self) -> list[str]:
        """List the models of the endpoint; none where it has no list.

        Raises:
            ModelRejected, ModelDown: it cannot be used, or not reached.
        """
        return await self._transport.models()

    def room(self, model: str = "") -> int:
        """Count the tokens, as `estimate_tokens` does, that messages and schema may have."""
        return self._builder.room(model or self._name)

    async def ask(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, Any],
        *,
        title: str = "review",
        paper_id: str = "",
        prompt_version: str = "",
        form: Form | None = None,
        model: str = "",
        urgent: bool = False,
    ) -> Reply:
        """Ask for one JSON object.

        Args:
            messages: the prompt; what never changes stands first.
            schema: JSON Schema of the object, in the subset that strict modes take.
            title: the name of the schema: letters, digits, `_`.
            paper_id: what the call is booked to; several are joined by commas.
            prompt_version: booked with the call.
            form: ask in that form instead of the one the model is known to take.
            model: ask that model of the endpoint; "" = the first one.
            urgent: never wait for a batch.

        Raises:
            ModelRejected, ModelDown: no call, or none now, can succeed.
            BudgetReached: the call could pass a limit of the run; it is not sent.
            BatchPending: it waits in a batch; a later run gets the answer.
            ContextExceeded: the prompt is too long; `room()` is smaller now.
            ReviewIncomplete: the endpoint refuses this request.
        """
        question = Question(
            messages, schema, title, paper_id, prompt_version, urgent
        )
        first = model or await self.name()
        try:
            return await self._ask(first, question, form)
        except ModelRejected:
            raise
        except ModelDown as error:
            if not self.endpoint.fallback:
                raise
            self._sender.warn_once(
                f"{first} is down ({error.message}); asking {self.endpoint.fallback}.",
                key="fallback",
            )
            return await self._ask(self.endpoint.fallback, question, None)

    def capabilities(self) -> Capabilities:
        """Return what is known of the model that is asked first."""
        return self._builder.memory.of(self._name)

    def learn(self, **changes: Any) -> None:
        """Keep what its replies have shown of the model that is asked first.

        A lower `form` counts from the second paper on, since one bad reply is chance.
        """
        form = changes.get("form")
        if form and self._lowered.get(self._name) != form:
            self._lowered[self._name] = changes.pop("form")
        if changes:
            self._builder.memory.learn(self._name, **changes)

    def discard(self, answer: Reply) -> None:
        """Forget a reply that led to nothing: the same request may be sent again."""
        self._log.discard(answer.hash)

    async def send_batch(self) -> int:
        """Send the requests that wait for a batch; their number.

        Raises:
            ModelRejected, ModelDown: the endpoint takes no batches, or none now.
        """
        batches = self._sender.batches
        return await batches.send() if batches else 0

    async def _ask(
        self, model: str, question: Question, form: Form | None
    ) -> Reply:
        causes: list[ErrorCause] = []
        # A place before the request is made: those before it may teach how.
        async with self._gate.place(), self._first_alone(model):
            while True:
                used = form or self._builder.memory.of(model).form
                request = self._builder.request(model, question, used)
                try:
                    name, completion = await self._sender.answer(
                        request, question, used
                    )
                except RequestFailed as failure:
                    form = self._builder.adapt(model, failure, used, request)
                    causes += [failure.cause] if form != used else []
                    if self._sender.batches:  # its answer comes in another run
                        self._keep_form(model, form, causes)
                    continue
                self._keep_form(model, used, causes)
                most = self._builder.most_output(model)
                return read_reply(completion, name, used, most, question.schema)

    @asynccontextmanager
    async def _first_alone(self, model: str) -> AsyncIterator[None]:
        """Let one request find out whether and how a model answers, before others follow."""
        if (first := self._first.get(model)) is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.first_alone):
                    await first.wait()
            yield
            return
        first = self._first[model] = asyncio.Event()
        try:
            yield
        finally:
            first.set()

    def _keep_form(
        self, model: str, used: Form, causes: Sequence[ErrorCause]
    ) -> None:
        """Remember the form that was answered after others were refused.

        For a month where the server named the form as the cause, for a day where it did not,
        and not at all where the model has answered in a better one.
        """
        if not causes or ErrorCause.INVALID_OUTPUT in causes:
            return
        better = self._sender.answered[model] - {used}
        doubtful = any(cause is not ErrorCause.FORM for cause in causes)
        if not (doubtful and better):
            self._builder.memory.learn(model, doubtful=doubtful, form=used)
