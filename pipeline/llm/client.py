"""The model's client: asks in the form the model takes, never twice the same, never past the
budget.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from pipeline.errors import ModelDown, ModelRejected
from pipeline.llm import request_builder, response
from pipeline.llm.budget import Budget, Price
from pipeline.llm.call_log import Call, Ledger, Message, request_hash
from pipeline.llm.capabilities import Memory, Traits
from pipeline.llm.providers import Endpoint
from pipeline.llm.request_builder import Asking
from pipeline.llm.request_gate import Clock, Gate, Sleep
from pipeline.llm.response import Reply
from pipeline.llm.response_format import Form
from pipeline.llm.tokens import WILD, estimate
from pipeline.llm.transport import Answer, Transport

LONG = 2_000
"""Tokens of a prompt from which on an estimate is good enough to doubt the endpoint's count."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Booking:
    """What a call is booked to."""

    title: str
    paper_id: str
    prompt_version: str


class ModelClient:
    """Asks one endpoint. An asynchronous context manager, so that its connections are closed.

    `sleep`, `clock` (seconds), `now` (UTC), `jitter` (0 to 1) and `warn` are the real ones
    unless given.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        ledger: Ledger,
        *,
        concurrency: int = 8,
        requests_per_minute: int = 0,
        budget_per_run: float = 1.0,
        timeout: float = 180.0,
        sleep: Sleep = asyncio.sleep,
        clock: Clock = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        jitter: Callable[[], float] = random.random,
        warn: Callable[[str], None] = log.warning,
    ) -> None:
        self.endpoint = endpoint
        self._asking = Asking(endpoint, Memory(ledger, endpoint.place, now))
        self._ledger = ledger
        self._budget = Budget(budget_per_run, ledger.spent)
        self._clock, self._now, self._warn = clock, now, warn
        self._gate = Gate(concurrency, requests_per_minute, sleep=sleep, clock=clock)
        self._transport = Transport(
            endpoint, self._gate, timeout=timeout, sleep=sleep, now=now, jitter=jitter
        )
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._name = endpoint.name
        self._warned: set[str] = set()

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
        await self._transport.close()

    async def name(self) -> str:
        """The model that is asked first; of a server on this machine without a configured one,
        the first it lists.
        """
        async with self._locks["name"]:
            self._name = self._name or await self._transport.first_model()
        return self._name

    def room(self) -> int:
        """Tokens, as `tokens.estimate` counts them, that messages and schema together may have."""
        return self._asking.room(self._name)

    async def ask(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, Any],
        *,
        title: str = "review",
        paper_id: str = "",
        prompt_version: str = "",
        form: Form | None = None,
    ) -> Reply:
        """Ask for one JSON object.

        Args:
            messages: the prompt; what never changes stands first.
            schema: JSON Schema of the object, in the subset that strict modes take.
            title: the name of the schema: letters, digits, `_`.
            paper_id: what the call is booked to; several are joined by commas.
            prompt_version: booked with the call.
            form: ask in that form instead of the one the model is known to take.

        Raises:
            ModelRejected, ModelDown: no call, or none now, can succeed.
            BudgetReached: the call could pass the budget; it is not sent.
            ContextExceeded: the prompt is too long; `room()` is smaller now.
            ReviewIncomplete: the endpoint refuses this request.
        """
        book = Booking(title, paper_id, prompt_version)
        main = await self.name()
        try:
            return await self._ask(main, messages, schema, form, book)
        except ModelRejected:
            raise
        except ModelDown as error:
            if not self.endpoint.fallback:
                raise
            self._once(
                f"{main} is down ({error.message}); asking {self.endpoint.fallback}.",
                key="fallback",
            )
            return await self._ask(self.endpoint.fallback, messages, schema, None, book)

    def traits(self) -> Traits:
        """What is known of the model that is asked first."""
        return self._asking.memory.of(self._name)

    def learn(self, **changes: Any) -> None:
        """Keep what its replies have shown of the model that is asked first: `form`, `parts`,
        `whole`.
        """
        self._asking.memory.learn(self._name, **changes)

    def discard(self, answer: Reply) -> None:
        """That reply led to nothing: the same request may be sent again another night."""
        self._ledger.discard(answer.hash)

    async def _ask(
        self,
        model: str,
        messages: Sequence[Message],
        schema: Mapping[str, Any],
        form: Form | None,
        book: Booking,
    ) -> Reply:
        from openai import APIStatusError

        async with (
            self._gate.place()
        ):  # before the request is put: those before it may teach how
            adapted = False
            while True:
                used = form or self._asking.memory.of(model).form
                request = self._asking.request(
                    model, messages, schema, used, book.title
                )
                name = request_hash(
                    model, request["messages"], schema, request_builder.options(request)
                )
                try:
                    answer = await self._answer(name, request, book)
                except APIStatusError as error:
                    form, adapted = (
                        self._asking.adapt(model, error, used, request),
                        True,
                    )
                    continue
                if adapted:
                    self._asking.memory.learn(model, form=used)
                return response.read(
                    answer, name, used, self._asking.most_output(model)
                )

    async def _answer(
        self, name: str, request: dict[str, Any], book: Booking
    ) -> Answer:
        """The stored answer to that request, or a new one. Equal requests wait for the first of
        them.
        """
        async with self._locks[name]:
            stored = self._ledger.find(name)
            if stored is not None:
                return Answer(**json.loads(stored))
            price = self._price(request["model"])
            guess = estimate(request_builder.content(request))
            most = price.of(
                round(guess * self._asking.calibration.factor),
                self._asking.most_output(request["model"]),
            )
            with self._budget.reserve(most):
                begun = self._clock()
                answer = await self._transport.send(request)
                seconds = self._clock() - begun
                self._ledger.record(
                    _call(
                        name,
                        answer,
                        guess,
                        price,
                        seconds=seconds,
                        book=book,
                        at=self._now(),
                    )
                )
            self._weigh(guess, answer.input_tokens)
            return answer

    def _weigh(self, guess: int, reported: int) -> None:
        """Learn from the endpoint's own count of tokens, and tell when it left out most of the
        prompt.
        """
        self._asking.calibration.learn(guess, reported)
        if 0 < reported < WILD[0] * guess and guess > LONG:
            self._once(
                f"The model read {reported} tokens of a prompt of about {guess}; its server may cut what is too long. "
                "Give it a larger context, or lower [model] context.",
                key="cut",
            )

    def _price(self, model: str) -> Price:
        price = (
            self.endpoint.fallback_price
            if model == self.endpoint.fallback
            else self.endpoint.price
        )
        if not price and not self.endpoint.local:
            self._once(
                f"The price of {model} is not known, so budget_per_run cannot stop it; set [model] price."
            )
        return price

    def _once(self, message: str, key: str = "") -> None:
        if (key or message) not in self._warned:
            self._warned.add(key or message)
            self._warn(message)


def _call(
    name: str,
    answer: Answer,
    guess: int,
    price: Price,
    *,
    seconds: float,
    book: Booking,
    at: datetime,
) -> Call:
    spent = (
        answer.input_tokens or guess,
        answer.output_tokens or estimate(answer.content),
    )
    return Call(
        hash=name,
        model=answer.model,
        prompt_version=book.prompt_version,
        input_tokens=spent[0],
        output_tokens=spent[1],
        cached_tokens=answer.cached_tokens,
        cost=price.of(*spent),
        seconds=seconds,
        reply=json.dumps(asdict(answer), ensure_ascii=False),
        paper_id=book.paper_id,
        at=at,
    )
