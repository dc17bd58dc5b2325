"""The batches of one endpoint: what waits to be sent, what was sent, and whose answer it is.

A batch outlives the run that sent it: what it holds is remembered in the log of calls, and a
later run collects. It is remembered before it is created, so a kill in between loses nothing:
the next run looks for it among the provider's batches by its digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pipeline.errors import BatchPending, ModelDown
from pipeline.llm.batch.batch_api import BatchApi
from pipeline.llm.call_log import CallBooking, CallLog
from pipeline.llm.failures.error_classification import RequestFailed
from pipeline.llm.failures.error_messages import batch_trouble
from pipeline.llm.providers import Endpoint
from pipeline.llm.reply.completion import Completion
from pipeline.translation import gettext as _

Record = Callable[[str, CallBooking, Completion], None]
"""Writes an answered call down: its hash, what it is booked to, the answer."""


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """What a batch is."""

    requests: int = 500
    """Requests in one; their answers take some 20 MB."""
    price: float = 0.5
    """Share of the price that a batch costs (OpenAI and DashScope, 2026)."""


batch_limits = BatchLimits()


@dataclass
class OpenBatch:
    """A batch that was sent and is not collected."""

    digest: str
    sent: str
    """When, in UTC, as in ISO 8601."""
    items: dict[str, CallBooking]
    """By the hash of the request."""
    id: str = ""
    """As the provider calls it; "" while it is being created."""

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> OpenBatch:
        """Read what was remembered of it."""
        items: dict[str, CallBooking] = {}
        for name, item in stored["items"].items():
            items[name] = CallBooking(**item)
        return cls(stored["digest"], stored["sent"], items, stored["id"])


class BatchQueue:
    """Sends the requests of a run as batches, and collects those of earlier runs."""

    def __init__(
        self,
        endpoint: Endpoint,
        api: BatchApi,
        log: CallLog,
        now: Callable[[], datetime],
        record: Record,
    ) -> None:
        self._endpoint = endpoint
        self._api = api
        self._log = log
        self._now = now
        self._record = record
        self._open: list[OpenBatch] | None = None
        self._waiting: dict[str, tuple[CallBooking, dict[str, Any]]] = {}
        self._refused: dict[str, RequestFailed] = {}
        self._collected = False

    def holds(self, name: str) -> bool:
        """Is that request in a batch, sent or not?

        Raises:
            RequestFailed: its batch has refused it.
        """
        if name in self._refused:
            raise self._refused[name]
        sent = any(name in batch.items for batch in self._batches())
        return sent or name in self._waiting

    def add(
        self, name: str, booking: CallBooking, request: Mapping[str, Any]
    ) -> None:
        """Put a request into the batch that is sent next."""
        body = {k: v for k, v in request.items() if not k.startswith("stream")}
        self._waiting[name] = booking, body

    def pending(self, name: str) -> BatchPending:
        """Say that a request waits, and since when."""
        said = "its request waits in a batch of the provider"
        for batch in self._batches():
            if name in batch.items:
                said = f"{said}, sent {batch.sent}"
        return BatchPending(said)

    async def send(self) -> int:
        """Send what waits; the number of requests.

        Raises:
            ModelRejected, ModelDown: the endpoint takes no batches, or none now.
        """
        sent = 0
        try:
            while names := self._next():
                await self._send(names)
                sent += len(names)
        except RequestFailed as failure:
            raise batch_trouble(failure, self._endpoint) from failure
        return sent

    def _next(self) -> list[str]:
        """The requests of the next batch."""
        return list(self._waiting)[: batch_limits.requests]

    async def collect(self) -> None:
        """Record the answers of the batches that have ended, once in a run.

        A batch is forgotten when all its answers are recorded.

        Raises:
            ModelRejected, ModelDown: the endpoint cannot be asked, or a batch failed.
        """
        if self._collected:
            return
        try:
            for batch in list(self._batches()):
                if await self._collect(batch):
                    self._forget(batch)
        except RequestFailed as failure:
            raise batch_trouble(failure, self._endpoint) from failure
        self._collected = True

    async def _send(self, names: list[str]) -> None:
        requests: dict[str, Mapping[str, Any]] = {}
        items: dict[str, CallBooking] = {}
        for name in names:
            booking, body = self._waiting[name]
            requests[_custom_id(name)] = body
            items[name] = booking
        sent = self._now().isoformat(timespec="minutes")
        batch = OpenBatch(_digest(sent, names), sent, items)
        file = await self._api.upload(requests)
        self._batches().append(batch)
        self._remember()
        batch.id = await self._api.create(file, batch.digest)
        self._remember()
        for name in names:
            del self._waiting[name]

    async def _collect(self, batch: OpenBatch) -> bool:
        """Record the answers of a batch; True when it can be forgotten."""
        batch.id = batch.id or await self._api.find(batch.digest)
        if not batch.id:
            return True
        state = await self._api.poll(batch.id)
        if state.failure:
            self._forget(batch)
            raise self._failed(state.failure.told(self._endpoint.key))
        if not state.ended:
            self._remember()
            return False
        for file in state.files:
            await self._take_answers(batch, file)
        return True

    async def _take_answers(self, batch: OpenBatch, file: str) -> None:
        names = {_custom_id(name): name for name in batch.items}
        for line in await self._api.answers(file):
            name = names.get(line.custom_id)
            if name is None:
                continue
            failure = line.failure
            if line.completion is not None:
                self._record(name, batch.items[name], line.completion)
            elif failure is not None and not failure.cause.is_passing:
                self._refused[name] = failure

    def _failed(self, words: str) -> ModelDown:
        return ModelDown(
            _(
                "A batch at {place} failed: {words}.",
                place=self._endpoint.place,
                words=words,
            ),
            step=_("The next run sends its requests again."),
        )

    def _batches(self) -> list[OpenBatch]:
        if self._open is None:
            self._open = _load(self._log.recall(self._key))
        return self._open

    def _forget(self, batch: OpenBatch) -> None:
        self._open = [each for each in self._batches() if each is not batch]
        self._remember()

    def _remember(self) -> None:
        stored = [asdict(batch) for batch in self._batches()]
        self._log.remember(self._key, json.dumps(stored, ensure_ascii=False))

    @property
    def _key(self) -> str:
        return f"batches at {self._endpoint.place}"


def _load(stored: str | None) -> list[OpenBatch]:
    """Read the batches that were remembered; none where that is damaged."""
    try:
        batches = json.loads(stored or "[]")
        return [OpenBatch.load(each) for each in batches]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []


def _digest(sent: str, names: list[str]) -> str:
    """A mark by which a batch is known among the provider's."""
    text = " ".join([sent, *names])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _custom_id(name: str) -> str:
    """The hash without its version, as the id of a line."""
    return name.rpartition(":")[2]
