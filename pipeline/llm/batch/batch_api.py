"""OpenAI's batch protocol: upload a file of requests, create a batch, poll it, collect."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.llm.connection import Connection
from pipeline.llm.failures.error_classification import (
    ErrorCause,
    RequestFailed,
    classify,
)
from pipeline.llm.failures.server_error import ServerError, read_error
from pipeline.llm.reply.completion import (
    Completion,
    NotACompletion,
    read_completion,
)
from pipeline.llm.reply.raw_answer import RawAnswer


@dataclass(frozen=True, slots=True)
class BatchProtocol:
    """What the protocol prescribes, and how much of it is read."""

    url: str = "/v1/chat/completions"
    """What each request of a batch is for."""
    window: str = "24h"
    """Within which a batch is answered."""
    ended: tuple[str, ...] = ("completed", "expired", "cancelled")
    """States of a batch that may have answers; one that `failed` has none."""
    listed: int = 100
    """Batches among which one is looked for that was being created."""
    answers: int = 100_000_000
    """Bytes of a file of answers that are read."""


protocol = BatchProtocol()


@dataclass(frozen=True, slots=True)
class BatchLine:
    """The answer to one request of a batch: a completion or a failure."""

    custom_id: str
    completion: Completion | None = None
    failure: RequestFailed | None = None


@dataclass(frozen=True, slots=True)
class BatchState:
    """How far a batch is."""

    failure: ServerError | None
    """Why it failed as a whole."""
    ended: bool
    files: tuple[str, ...]
    """Those of its answers and of its errors."""


class BatchApi:
    """The batches of one endpoint. Each method raises RequestFailed when it is not answered."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def upload(self, requests: Mapping[str, Mapping[str, Any]]) -> str:
        """Upload requests by their ids; the file's id."""
        lines = (_request_line(name, body) for name, body in requests.items())
        text = "\n".join(lines)
        data = text.encode(errors="replace")
        form = {
            "data": {"purpose": "batch"},
            "files": {"file": ("requests.jsonl", data, "application/jsonl")},
        }
        answer = await self._ask("POST", "/files", form=form)
        return _text(answer.get("id"))

    async def create(self, file: str, digest: str) -> str:
        """Create a batch of a file, marked with a digest; its id."""
        body = {
            "input_file_id": file,
            "endpoint": protocol.url,
            "completion_window": protocol.window,
            "metadata": {"digest": digest},
        }
        answer = await self._ask("POST", "/batches", body=body)
        return _text(answer.get("id"))

    async def find(self, digest: str) -> str:
        """Find the batch marked with that digest; its id, "" where there is none."""
        path = f"/batches?limit={protocol.listed}"
        answer = await self._ask("GET", path)
        for batch in _objects(answer.get("data")):
            metadata = _object(batch.get("metadata"))
            if metadata.get("digest") == digest:
                return _text(batch.get("id"))
        return ""

    async def poll(self, batch: str) -> BatchState:
        """Ask how far a batch is."""
        state = await self._ask("GET", f"/batches/{batch}")
        status = state.get("status")
        failure = None
        if status == "failed":
            errors = state.get("errors") or {}
            failure = read_error(0, errors)
        files = (
            _text(state.get(key)) for key in ("output_file_id", "error_file_id")
        )
        known = tuple(filter(None, files))
        return BatchState(failure, ended=status in protocol.ended, files=known)

    async def answers(self, file: str) -> Iterator[BatchLine]:
        """Read a file of answers."""
        path = f"/files/{file}/content"
        answer = await self._exchange("GET", path, limit=protocol.answers)
        lines = answer.text.splitlines()
        return (_batch_line(_decoded(line)) for line in lines)

    async def _ask(
        self, method: str, path: str, **sent: Any
    ) -> Mapping[str, Any]:
        answer = await self._exchange(method, path, **sent)
        return _decoded(answer.text)

    async def _exchange(self, method: str, path: str, **sent: Any) -> RawAnswer:
        return await self._connection.exchange(method, path, **sent)


def _request_line(name: str, body: Mapping[str, Any]) -> str:
    request = {
        "custom_id": name,
        "method": "POST",
        "url": protocol.url,
        "body": body,
    }
    return json.dumps(request, ensure_ascii=False)


def _decoded(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return _object(value)


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _objects(value: object) -> list[Mapping[str, Any]]:
    entries = value if isinstance(value, list) else []
    return [each for each in entries if isinstance(each, Mapping)]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _batch_line(line: Mapping[str, Any]) -> BatchLine:
    """Read one line of a file of answers."""
    name = _text(line.get("custom_id"))
    response = _object(line.get("response"))
    stated = response.get("status_code")
    status = stated if isinstance(stated, int) else 0
    body = response.get("body")
    error = line.get("error")
    if error or status not in range(200, 300):
        said = read_error(status, error or body or {})
        return BatchLine(name, failure=RequestFailed(classify(said), said))
    try:
        completion = read_completion(status, body)
    except NotACompletion as found:
        cause = (
            ErrorCause.FILTERED if found.no_choice else classify(found.error)
        )
        return BatchLine(name, failure=RequestFailed(cause, found.error))
    return BatchLine(name, completion)
