"""Requests sent as a batch, answered within a day at half the price (OpenAI's batch protocol):
upload the requests as a file, create the batch, poll it, collect the file of its answers.

A batch outlives the run that sent it: what it holds is remembered in the log of calls, and a
later run collects. It is remembered before it is created, so a kill in between loses nothing:
the next run looks for it among the provider's batches by its digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from pipeline.errors import ModelDown, ModelRejected
from pipeline.llm.call_log import CallBooking, CallLog
from pipeline.llm.error_classification import HOPELESS, ErrorCause, classify
from pipeline.llm.providers import Endpoint
from pipeline.llm.reply.completion import Completion, NotACompletion, read_completion
from pipeline.llm.reply.server_error import read_error
from pipeline.llm.transport import RawAnswer, RequestFailed, Transport


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """How large a batch is."""

    requests: int = 500
    """Requests in one; their answers take some 20 MB."""
    answers: int = 100_000_000
    """Bytes of a file of answers that are read."""
    price: float = 0.5
    """Share of the price that a batch costs (OpenAI and DashScope, 2026)."""
    listed: int = 100
    """Batches of the provider among which one is looked for that was being created."""


batch_limits = BatchLimits()

CHAT = "/v1/chat/completions"
"""What each request of a batch is for."""
ENDED = ("completed", "expired", "cancelled")
"""States of a batch that may have answers; `failed` has none."""


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
        items = {name: CallBooking(**item) for name, item in stored["items"].items()}
        return cls(stored["digest"], stored["sent"], items, stored["id"])


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """The answer to one request of a batch: a completion or a failure."""

    name: str
    booking: CallBooking
    completion: Completion | None = None
    failure: RequestFailed | None = None


@dataclass
class BatchQueue:
    """The batches of one endpoint: those that were sent, and the one that is being filled."""

    endpoint: Endpoint
    transport: Transport
    log: CallLog
    now: Callable[[], datetime]
    _open: list[OpenBatch] | None = None
    _waiting: dict[str, tuple[CallBooking, dict[str, Any]]] = field(
        default_factory=dict
    )

    def sent_at(self, name: str) -> str | None:
        """Tell when that request was sent, "" when it waits to be; None when it is in no batch."""
        if name in self._waiting:
            return ""
        held = (batch.sent for batch in self._batches() if name in batch.items)
        return next(held, None)

    def add(self, name: str, booking: CallBooking, request: Mapping[str, Any]) -> None:
        """Put a request into the batch that is sent next."""
        body = {key: value for key, value in request.items() if key != "stream"}
        self._waiting[name] = booking, body

    async def send(self) -> int:
        """Send what waits; the number of requests.

        Raises:
            ModelRejected, ModelDown: the endpoint takes no batches, or none now.
        """
        names = list(self._waiting)
        for start in range(0, len(names), batch_limits.requests):
            await self._send(names[start : start + batch_limits.requests])
        return len(names)

    async def collect(self, record: Callable[[BatchAnswer], None]) -> None:
        """Collect the answers of the batches that have ended; each is given to `record`.

        A batch is forgotten when all its answers are recorded.

        Raises:
            ModelRejected, ModelDown: the endpoint cannot be asked, or a batch failed.
        """
        for batch in list(self._batches()):
            found = batch.id or await self._find_created(batch)
            if not found or await self._collect(batch, record):
                self._forget(batch)

    async def _send(self, names: list[str]) -> None:
        lines = [_line(name, self._waiting[name][1]) for name in names]
        data = "\n".join(lines).encode(errors="replace")
        digest = hashlib.sha256(data).hexdigest()[:32]
        items = {name: self._waiting[name][0] for name in names}
        batch = OpenBatch(digest, self.now().isoformat(timespec="minutes"), items)
        uploaded = await self._upload(data)
        self._batches().append(batch)
        self._remember()
        body = {
            "input_file_id": uploaded,
            "endpoint": CHAT,
            "completion_window": "24h",
            "metadata": {"digest": digest},
        }
        created = await self._ask("POST", "/batches", body=body)
        batch.id = str(created.get("id", ""))
        self._remember()
        for name in names:
            del self._waiting[name]

    async def _upload(self, data: bytes) -> str:
        file = ("requests.jsonl", data, "application/jsonl")
        form = {"data": {"purpose": "batch"}, "files": {"file": file}}
        answer = await self._ask("POST", "/files", form=form)
        return str(answer.get("id", ""))

    async def _find_created(self, batch: OpenBatch) -> bool:
        """Find a batch that was being created when its run was killed."""
        path = f"/batches?limit={batch_limits.listed}"
        listed = (await self._ask("GET", path)).get("data")
        for each in listed if isinstance(listed, list) else []:
            told = each.get("metadata") if isinstance(each, Mapping) else None
            if isinstance(told, Mapping) and told.get("digest") == batch.digest:
                batch.id = str(each.get("id", ""))
                self._remember()
                return True
        return False

    async def _collect(
        self, batch: OpenBatch, record: Callable[[BatchAnswer], None]
    ) -> bool:
        """Record the answers of a batch; False while it is at work."""
        state = await self._ask("GET", f"/batches/{batch.id}")
        if state.get("status") == "failed":
            self._forget(batch)
            raise self._failed(state)
        if state.get("status") not in ENDED:
            return False
        for key in ("output_file_id", "error_file_id"):
            if state.get(key):
                for answer in await self._answers(batch, str(state[key])):
                    record(answer)
        return True

    async def _answers(self, batch: OpenBatch, file: str) -> Iterator[BatchAnswer]:
        names = {_custom_id(name): name for name in batch.items}
        path = f"/files/{file}/content"
        text = (await self._exchange("GET", path, limit=batch_limits.answers)).text
        lines = (_object(line) for line in text.splitlines())
        known = ((names.get(str(line.get("custom_id"))), line) for line in lines)
        return (_answer(name, batch.items[name], line) for name, line in known if name)

    async def _ask(self, method: str, path: str, **sent: Any) -> Mapping[str, Any]:
        return _object((await self._exchange(method, path, **sent)).text)

    async def _exchange(self, method: str, path: str, **sent: Any) -> RawAnswer:
        """One request about batches; a passing failure ends it for this run."""
        try:
            return await self.transport.exchange(method, path, **sent)
        except RequestFailed as failure:
            raise self._down(failure) from failure

    def _down(self, failure: RequestFailed) -> ModelDown:
        if failure.cause is ErrorCause.WRONG_ADDRESS:
            return ModelRejected(
                f"{self.endpoint.place} takes no batches.",
                step="Set [model] batch = false.",
            )
        if failure.cause in HOPELESS:
            return self.transport.rejection(failure, self.endpoint.name)
        words = failure.error.told(self.endpoint.key)
        return ModelDown(f"{self.endpoint.place} cannot be asked for batches: {words}.")

    def _failed(self, state: Mapping[str, Any]) -> ModelDown:
        said = read_error(0, state.get("errors") or {})
        words = said.told(self.endpoint.key)
        return ModelDown(
            f"A batch at {self.endpoint.place} failed: {words}.",
            step="The next run sends its requests again.",
        )

    def _batches(self) -> list[OpenBatch]:
        if self._open is None:
            self._open = _load(self.log.recall(self._key))
        return self._open

    def _forget(self, batch: OpenBatch) -> None:
        self._open = [each for each in self._batches() if each is not batch]
        self._remember()

    def _remember(self) -> None:
        stored = [asdict(batch) for batch in self._batches()]
        self.log.remember(self._key, json.dumps(stored, ensure_ascii=False))

    @property
    def _key(self) -> str:
        return f"batches at {self.endpoint.place}"


def _load(stored: str | None) -> list[OpenBatch]:
    """Read the batches that were remembered; none where that is damaged."""
    try:
        return [OpenBatch.load(each) for each in json.loads(stored or "[]")]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []


def _custom_id(name: str) -> str:
    return name.rpartition(":")[2]


def _line(name: str, body: Mapping[str, Any]) -> str:
    """One line of the file that is uploaded."""
    request = {
        "custom_id": _custom_id(name),
        "method": "POST",
        "url": CHAT,
        "body": body,
    }
    return json.dumps(request, ensure_ascii=False)


def _object(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _answer(name: str, booking: CallBooking, line: Mapping[str, Any]) -> BatchAnswer:
    """Read one line of the file of answers."""
    response = line.get("response")
    told: Mapping[str, Any] = response if isinstance(response, Mapping) else {}
    status = told.get("status_code")
    status = status if isinstance(status, int) else 0
    if line.get("error") or not 200 <= status < 300:  # noqa: PLR2004
        body = line.get("error") or told.get("body") or {}
        said = read_error(status, {"error": body})
        return BatchAnswer(name, booking, failure=RequestFailed(classify(said), said))
    try:
        return BatchAnswer(name, booking, read_completion(status, told.get("body")))
    except NotACompletion as found:
        cause = ErrorCause.FILTERED if found.no_choice else classify(found.error)
        return BatchAnswer(name, booking, failure=RequestFailed(cause, found.error))
