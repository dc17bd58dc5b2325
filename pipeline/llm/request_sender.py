"""Sends each request once: what was answered is in the log, what costs is booked."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import BatchPending
from pipeline.llm import request_builder
from pipeline.llm.batch.batch_queue import BatchQueue, batch_limits
from pipeline.llm.budget import Budget, CallCost, TokenPrice
from pipeline.llm.call_log import (
    CallBooking,
    CallLog,
    CallRecorder,
    request_hash,
)
from pipeline.llm.providers import Endpoint
from pipeline.llm.reply.completion import Completion, load_completion
from pipeline.llm.request_builder import Question, RequestBuilder
from pipeline.llm.response_format import Form, next_form
from pipeline.llm.tokens import count_limits, estimate_tokens
from pipeline.llm.transport import Transport


@dataclass(frozen=True, slots=True)
class Accounts:
    """Where a call is looked up, set aside and written down."""

    log: CallLog
    recorder: CallRecorder
    budget: Budget
    clock: Callable[[], float]
    """Seconds."""
    warn: Callable[[str], None]


class RequestSender:
    """Sends the requests to one endpoint; equal ones share one answer."""

    def __init__(
        self,
        endpoint: Endpoint,
        builder: RequestBuilder,
        transport: Transport,
        accounts: Accounts,
    ) -> None:
        self._endpoint = endpoint
        self._builder = builder
        self._transport = transport
        self._accounts = accounts
        self.batches: BatchQueue | None = None
        """Where reviews are sent in batches."""
        self.answered: defaultdict[str, set[Form]] = defaultdict(set)
        """The forms in which each model has answered in this run."""
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._warned: set[str] = set()

    async def answer(
        self, request: Mapping[str, Any], question: Question, form: Form
    ) -> tuple[str, Completion]:
        """Give the hash of a request and its stored or new answer.

        Raises:
            BatchPending: it waits in a batch.
            BudgetReached: the call could pass a limit of the run; it is not sent.
            ModelRejected, ModelDown, RequestFailed: as `Transport.send`.
        """
        model, messages = request["model"], request["messages"]
        options = request_builder.options(request)
        name = request_hash(model, messages, question.schema, options)
        async with self._locks[name]:
            await self._collect_batches()
            stored = load_completion(self._accounts.log.find(name) or "")
            if stored is not None:
                return name, stored
            booking = _booking(request, question)
            if self.batches and not question.urgent:
                raise self._queued(self.batches, name, request, booking)
            return name, await self._send(name, request, booking, form)

    def record_of_batch(
        self, name: str, booking: CallBooking, completion: Completion
    ) -> None:
        """Write down an answer that came in a batch."""
        self._accounts.recorder.record(
            name,
            booking,
            completion,
            self._batch_price(booking.model),
            allowed=self._builder.most_output(booking.model),
            seconds=0.0,
        )

    def warn_once(self, message: str, key: str = "") -> None:
        """Warn, but of each thing once in a run."""
        if (key or message) not in self._warned:
            self._warned.add(key or message)
            self._accounts.warn(message)

    async def _collect_batches(self) -> None:
        if self.batches is None:
            return
        async with self._locks["batches"]:
            await self.batches.collect()

    async def _send(
        self,
        name: str,
        request: Mapping[str, Any],
        booking: CallBooking,
        form: Form,
    ) -> Completion:
        price = self._price(booking.model)
        record = self._recorder(name, booking, price)

        def waste(text: str) -> None:
            record(Completion(text, "", "torn", booking.model))
            self._accounts.log.discard(name)

        with self._accounts.budget.reserve(self._most(booking, price)):
            completion = await self._transport.send(
                request,
                form_is_known=self._has_answered(booking.model, form),
                waste=waste,
            )
            record(completion)
        self.answered[booking.model].add(form)
        self._compare_counts(booking.guess, completion.input_tokens)
        return completion

    def _recorder(
        self, name: str, booking: CallBooking, price: TokenPrice | None
    ) -> Callable[[Completion], None]:
        """Writes an answer down, with the seconds from now to then."""
        allowed = self._builder.most_output(booking.model)
        accounts = self._accounts
        begun = accounts.clock()

        def record(completion: Completion) -> None:
            seconds = accounts.clock() - begun
            accounts.recorder.record(
                name,
                booking,
                completion,
                price,
                allowed=allowed,
                seconds=seconds,
            )

        return record

    def _has_answered(self, model: str, form: Form) -> bool:
        """Has it answered in that form, or is there no lower one?"""
        wrote_whole = self._builder.memory.of(model).whole
        lowest = next_form(form) is None
        return wrote_whole or lowest or form in self.answered[model]

    def _most(self, booking: CallBooking, price: TokenPrice | None) -> CallCost:
        """The most that a call can use."""
        sent = round(booking.guess * self._builder.calibration.factor)
        written = self._builder.most_output(booking.model)
        if price is None:
            return CallCost(0.0, sent + written)
        return CallCost(price.cost(sent, written), 0)

    def _queued(
        self,
        batches: BatchQueue,
        name: str,
        request: Mapping[str, Any],
        booking: CallBooking,
    ) -> BatchPending:
        """Put a request into a batch, unless it is in one; the error that it waits."""
        if not batches.holds(name):
            price = self._batch_price(booking.model)
            self._accounts.budget.set_aside(self._most(booking, price))
            batches.add(name, booking, request)
        return batches.pending(name)

    def _batch_price(self, model: str) -> TokenPrice | None:
        price = self._price(model)
        return price.times(batch_limits.price) if price else None

    def _price(self, model: str) -> TokenPrice | None:
        price = self._endpoint.price_of(model)
        if price is None and not self._endpoint.local:
            self.warn_once(
                f"The price of {model} is not known, so budget_per_run cannot stop it and "
                "tokens_per_run does; set [model] price."
            )
        return price

    def _compare_counts(self, guess: int, reported: int) -> None:
        """Learn from the endpoint's count of tokens; tell when it left out most of a prompt."""
        self._builder.calibration.learn(guess, reported)
        is_cut = 0 < reported < count_limits.lowest * guess
        if is_cut and guess > count_limits.long_prompt:
            self.warn_once(
                f"The model read {reported} tokens of a prompt of about {guess}; its server "
                "may cut what is too long. Give it a larger context, or lower [model] context.",
                key="cut",
            )


def _booking(request: Mapping[str, Any], question: Question) -> CallBooking:
    return CallBooking(
        request["model"],
        question.paper_id,
        question.prompt_version,
        estimate_tokens(request_builder.content(request)),
    )
