"""OpenAI's batch protocol: upload requests as a file, create a batch, poll it, collect the file
of its answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.llm.connection import Connection
from pipeline.llm.failures.error_classification import (
    ErrorCause,
    RequestFailed,
    classify,
)
from pipeline.llm.failures.server_error import ServerError, read_error
from pipeline.llm.reply.completion import Completion, NotACompletion, read_completion
from pipeline.llm.reply.raw_answer import RawAnswer

CHAT = "/v1/chat/completions"
"""What each request of a batch is for."""
ENDED = ("completed", "expired", "cancelled")
"""States of a batch that may have answers; one that `failed` has none."""
LISTED = 100
"""Batches among which one is looked for that was being created."""
MOST_BYTES = 100_000_000
"""Of a file of answers that are read."""


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
        lines = [_request_line(name, body) for name, body in requests.items()]
        data = "\n".join(lines).encode(errors="replace")
        file = ("requests.jsonl", data, "application/jsonl")
        form = {"data": {"purpose": "batch"}, "files": {"file": file}}
        return _text((await self._ask("POST", "/files", form=form)).get("id"))

    async def create(self, file: str, digest: str) -> str:
        """Create a batch of a file, marked with a digest; its id."""
        body = {
            "input_file_id": file,
            "endpoint": CHAT,
            "completion_window": "24h",
            "metadata": {"digest": digest},
        }
        return _text((await self._ask("POST", "/batches", body=body)).get("id"))

    async def find(self, digest: str) -> str:
        """Find the batch marked with that digest; its id, "" where there is none."""
        listed = (await self._ask("GET", f"/batches?limit={LISTED}")).get("data")
        for batch in _objects(listed):
            told = batch.get("metadata")
            if isinstance(told, Mapping) and told.get("digest") == digest:
                return _text(batch.get("id"))
        return ""

    async def poll(self, batch: str) -> BatchState:
        """Ask how far a batch is."""
        state = await self._ask("GET", f"/batches/{batch}")
        failed = state.get("status") == "failed"
        files = (state.get("output_file_id"), state.get("error_file_id"))
        return BatchState(
            read_error(0, state.get("errors") or {}) if failed else None,
            ended=state.get("status") in ENDED,
            files=tuple(filter(None, map(_text, files))),
        )

    async def answers(self, file: str) -> Iterator[BatchLine]:
        """Read a file of answers."""
        path = f"/files/{file}/content"
        answer = await self._exchange("GET", path, limit=MOST_BYTES)
        return (_batch_line(_decoded(line)) for line in answer.text.splitlines())

    async def _ask(self, method: str, path: str, **sent: Any) -> Mapping[str, Any]:
        return _decoded((await self._exchange(method, path, **sent)).text)

    async def _exchange(self, method: str, path: str, **sent: Any) -> RawAnswer:
        return await self._connection.exchange(method, path, **sent)


def _request_line(name: str, body: Mapping[str, Any]) -> str:
    request = {"custom_id": name, "method": "POST", "url": CHAT, "body": body}
    return json.dumps(request, ensure_ascii=False)


def _decoded(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> Sequence[Mapping[str, Any]]:
    entries = value if isinstance(value, list) else []
    return [each for each in entries if isinstance(each, Mapping)]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _batch_line(line: Mapping[str, Any]) -> BatchLine:
    """Read one line of a file of answers."""
    name = _text(line.get("custom_id"))
    response = line.get("response")
    told: Mapping[str, Any] = response if isinstance(response, Mapping) else {}
    status = told.get("status_code")
    code = status if isinstance(status, int) else 0
    if line.get("error") or not 200 <= code < 300:  # noqa: PLR2004
        said = read_error(code, line.get("error") or told.get("body") or {})
        return BatchLine(name, failure=RequestFailed(classify(said), said))
    try:
        return BatchLine(name, read_completion(code, told.get("body")))
    except NotACompletion as found:
        cause = ErrorCause.FILTERED if found.no_choice else classify(found.error)
        return BatchLine(name, failure=RequestFailed(cause, found.error))
