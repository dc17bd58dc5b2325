"""The model's client: asks in the form the model takes, never twice the same, never past the budget."""

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
from typing import TYPE_CHECKING, Any, Self

from pipeline.errors import ContextExceeded, ModelDown, ModelRejected, ReviewIncomplete
from pipeline.summarize.cost import Budget, Price
from pipeline.summarize.forms import Form, find_object, next_form, response_format, told
from pipeline.summarize.gate import Clock, Gate, Sleep
from pipeline.summarize.ledger import Call, Ledger, Message, request_hash
from pipeline.summarize.presets import Endpoint
from pipeline.summarize.tokens import WILD, Calibration, estimate
from pipeline.summarize.traits import Memory, Traits
from pipeline.summarize.transport import Answer, Transport

if TYPE_CHECKING:
    from openai import APIStatusError

MOST_OUTPUT = 12_000
"""Tokens of one reply. A review in Chinese takes 3,000 to 5,000; a model that thinks aloud takes more."""
OUTPUT_SHARE = 3
"""A small context gives one part in so many to the reply."""
FILLED = 0.9
"""Share of the allowed tokens from which on a reply that breaks off did so for their sake."""
SHRINK = 0.75
"""What is left of a prompt that was refused as too long, when the endpoint does not say how long it may be."""

LONG = 2_000
"""Tokens of a prompt from which on an estimate is good enough to doubt the endpoint's count."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    data: dict[str, Any] | None
    """The JSON object in it; of a reply that breaks off, what there is of it."""
    fault: str
    """"" or one of: refused, truncated, overlong (it filled all that was allowed), empty, not JSON."""
    model: str
    """As the endpoint names it."""
    hash: str
    form: Form


@dataclass(frozen=True, slots=True)
class Booking:
    """What a call is booked to."""

    title: str
    paper_id: str
    prompt_version: str


class ModelClient:
    """Asks one endpoint. An asynchronous context manager, so that its connections are closed.

    `sleep`, `clock` (seconds), `now` (UTC), `jitter` (0 to 1) and `warn` are the real ones unless given.
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
        self._memory = Memory(ledger, endpoint.base_url, now)
        self._ledger = ledger
        self._budget = Budget(budget_per_run, ledger.spent)
        self._clock, self._now, self._warn = clock, now, warn
        self._gate = Gate(concurrency, requests_per_minute, sleep=sleep, clock=clock)
        self._transport = Transport(endpoint, self._gate, timeout=timeout, sleep=sleep, now=now, jitter=jitter)
        self._calibration = Calibration()
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._name = endpoint.name
        self._warned: set[str] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()

    async def name(self) -> str:
        """The model that is asked first; of a server on this machine without a configured one, the first it lists."""
        async with self._locks["name"]:
            self._name = self._name or await self._transport.first_model()
        return self._name

    def room(self) -> int:
        """Tokens, as `tokens.estimate` counts them, that messages and schema together may have."""
        traits = self.traits()
        limit = self._context(self._name) - self._most_output(self._name)
        return int(min(limit, traits.input or limit) / self._calibration.factor)

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
            self._once(f"{main} is down ({error.message}); asking {self.endpoint.fallback}.", key="fallback")
            return await self._ask(self.endpoint.fallback, messages, schema, None, book)

    def traits(self) -> Traits:
        """What is known of the model that is asked first."""
        return self._memory.of(self._name)

    def learn(self, **changes: Any) -> None:
        """Keep what its replies have shown of the model that is asked first: `form`, `parts`, `whole`."""
        self._memory.learn(self._name, **changes)

    def discard(self, reply: Reply) -> None:
        """That reply led to nothing: the same request may be sent again another night."""
        self._ledger.discard(reply.hash)

    async def _ask(
        self,
        model: str,
        messages: Sequence[Message],
        schema: Mapping[str, Any],
        form: Form | None,
        book: Booking,
    ) -> Reply:
        from openai import APIStatusError

        adapted = False
        while True:
            used = form or self._memory.of(model).form
            request = self._request(model, messages, schema, used, book.title)
            name = request_hash(model, request["messages"], schema, _options(request))
            try:
                answer = await self._answer(name, request, book)
            except APIStatusError as error:
                form, adapted = self._adapt(model, error, used, request), True
                continue
            if adapted:
                self._memory.learn(model, form=used)
            return _reply(answer, name, used, self._most_output(model))

    def _request(
        self, model: str, messages: Sequence[Message], schema: Mapping[str, Any], form: Form, title: str
    ) -> dict[str, Any]:
        traits = self._memory.of(model)
        request = {
            "model": model,
            "messages": told(form, messages, schema),
            traits.limit_key or self.endpoint.limit_key: self._most_output(model),
        }
        shape = response_format(form, title, schema)
        if shape:
            request["response_format"] = shape
        if self.endpoint.extra and not traits.plain:
            request["extra_body"] = dict(self.endpoint.extra)
        return request

    async def _answer(self, name: str, request: dict[str, Any], book: Booking) -> Answer:
        """The stored answer to that request, or a new one. Equal requests wait for the first of them."""
        async with self._locks[name], self._gate.place():
            stored = self._ledger.find(name)
            if stored is not None:
                return Answer(**json.loads(stored))
            price = self._price(request["model"])
            guess = estimate(_content(request))
            most = price.of(round(guess * self._calibration.factor), self._most_output(request["model"]))
            with self._budget.reserve(most):
                begun = self._clock()
                answer = await self._transport.send(request)
                seconds = self._clock() - begun
                self._ledger.record(_call(name, answer, guess, price, seconds=seconds, book=book, at=self._now()))
            self._weigh(guess, answer.input_tokens)
            return answer

    def _weigh(self, guess: int, reported: int) -> None:
        """Learn from the endpoint's own count of tokens, and tell when it left out most of the prompt."""
        self._calibration.learn(guess, reported)
        if 0 < reported < WILD[0] * guess and guess > LONG:
            self._once(
                f"The model read {reported} tokens of a prompt of about {guess}; its server may cut what is too long. "
                "Give it a larger context, or lower [model] context.",
                key="cut",
            )

    def _price(self, model: str) -> Price:
        price = self.endpoint.fallback_price if model == self.endpoint.fallback else self.endpoint.price
        if not price and not self.endpoint.local:
            self._once(f"The price of {model} is not known, so budget_per_run cannot stop it; set [model] price.")
        return price

    def _adapt(self, model: str, error: APIStatusError, used: Form, request: Mapping[str, Any]) -> Form:
        """Learn from a refused request how to put it next: the form to use.

        An error without a known cause may be about the form too: servers say so in many ways, or not at all.

        Raises:
            ContextExceeded, ReviewIncomplete: this request cannot be put otherwise.
        """
        from pipeline.summarize import faults

        shorter = faults.output_limit(error, self._most_output(model))
        if shorter:
            self._memory.learn(model, output=shorter)
            return used
        if faults.too_long(error):
            self._shrink(model, error, estimate(_content(request)))
        option = faults.option_unsupported(error)
        if option == "thinking" and "extra_body" in request:
            self._memory.learn(model, plain=True)
            return used
        if option.startswith("max_") and not self._memory.of(model).limit_key:
            other = "max_tokens" if "max_completion_tokens" in request else "max_completion_tokens"
            self._memory.learn(model, limit_key=other)
            return used
        lower = None if faults.refused(error) else next_form(used)
        if lower is None:
            why = "refuses the text" if faults.refused(error) else "refuses the request"
            words = faults.one_line(error, self.endpoint.key, _content(request))
            raise ReviewIncomplete(f"The model {why}: {words}") from error
        return lower

    def _shrink(self, model: str, error: APIStatusError, guess: int) -> None:
        from pipeline.summarize.faults import stated_limit

        limit, sent = stated_limit(error)
        if sent:
            self._calibration.learn(guess, sent)
        if 0 < limit < self._context(model):
            self._memory.learn(model, context=limit)
        refused = guess * self._calibration.factor
        if self._context(model) - self._most_output(model) >= refused:
            self._memory.learn(model, input=int(refused * SHRINK))
        raise ContextExceeded(f"The prompt of about {guess} tokens is longer than {model} takes.") from error

    def _context(self, model: str) -> int:
        return self._memory.of(model).context or self.endpoint.context

    def _most_output(self, model: str) -> int:
        most = self._memory.of(model).output or MOST_OUTPUT
        return min(most, self._context(model) // OUTPUT_SHARE)

    def _once(self, message: str, key: str = "") -> None:
        if (key or message) not in self._warned:
            self._warned.add(key or message)
            self._warn(message)


def _call(name: str, answer: Answer, guess: int, price: Price, *, seconds: float, book: Booking, at: datetime) -> Call:
    spent = answer.input_tokens or guess, answer.output_tokens or estimate(answer.content)
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


def _options(request: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in request.items() if key not in ("model", "messages")}


def _content(request: Mapping[str, Any]) -> str:
    """All text that the model reads."""
    shape = request.get("response_format", {}).get("json_schema", {})
    return "".join(message["content"] for message in request["messages"]) + (json.dumps(shape) if shape else "")


def _reply(answer: Answer, name: str, form: Form, most: int) -> Reply:
    cut = answer.finish == "length"
    data = find_object(answer.content, partial=cut)
    fault = ""
    if answer.refusal or answer.finish == "content_filter":
        fault = "refused"
    elif cut:
        written = answer.output_tokens or estimate(answer.content)
        fault = "overlong" if written >= FILLED * most else "truncated"
    elif data is None:
        fault = "not JSON" if answer.content.strip() else "empty"
    return Reply(data, fault, answer.model, name, form)
