"""A model endpoint on this machine for tests: answers what a test tells it, and keeps what it
was asked.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from pipeline.llm.budget import RunLimits
from pipeline.llm.client import ModelClient
from pipeline.llm.providers import Endpoint
from pipeline.paper import ModelCall, Usage

SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string", "maxLength": 9}},
    "required": ["word"],
    "additionalProperties": False,
}
MESSAGES = [
    {"role": "system", "content": "Say a word."},
    {"role": "user", "content": "Please, in JSON."},
]


@dataclass
class Answer:
    """One answer of the endpoint."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    delay: float = 0.0


def completion(
    content: str | None,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    **usage: Any,
) -> Answer:
    """A chat completion with that content."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "tiny-1-0613",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": {
            "prompt_tokens": 40,
            "completion_tokens": 10,
            "total_tokens": 50,
        }
        | usage,
    }
    return Answer(body=body)


def refusal_of(
    status: int, message: str, code: str | None = None, **headers: str
) -> Answer:
    """An error of the endpoint."""
    error = {"message": message, "type": "some_error", "code": code}
    return Answer(
        status,
        {"error": error},
        {name.replace("_", "-"): value for name, value in headers.items()},
    )


class LoopbackServer:
    """A server on a port of this machine while its block runs."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        raise NotImplementedError


class FakeEndpoint(LoopbackServer):
    """Serves the answers in order, the last one again and again, or what a function makes of a
    request.
    """

    def __init__(
        self, answers: Iterable[Answer] | Callable[[dict[str, Any]], Answer]
    ) -> None:
        self.answers = answers if callable(answers) else list(answers)
        self.requests: list[dict[str, Any]] = []
        self.authorizations: list[str] = []
        self.paths: list[str] = []
        self.most_at_once = self._at_once = 0
        self._lock = threading.Lock()
        self._release = threading.Event()
        super().__init__()

    def __exit__(self, *error: object) -> None:
        self._release.set()
        super().__exit__(*error)

    def answer(self, request: dict[str, Any]) -> Answer:
        with self._lock:
            self.requests.append(request)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            if callable(self.answers):
                return self.answers(request)
            return (
                self.answers.pop(0)
                if len(self.answers) > 1
                else self.answers[0]
            )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                self.reply(
                    Answer(
                        body={
                            "object": "list",
                            "data": [{"id": "served-model", "object": "model"}],
                        }
                    )
                )

            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["Content-Length"]))
                request = json.loads(data) if data[:1] == b"{" else {}
                fake.authorizations.append(
                    self.headers.get("Authorization", "")
                )
                fake.paths.append(self.path)
                answer = fake.answer(request)
                fake._release.wait(answer.delay)
                try:
                    self.reply(answer)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True
                finally:
                    with fake._lock:
                        fake._at_once -= 1

            def reply(self, answer: Answer) -> None:
                text = (
                    answer.body
                    if isinstance(answer.body, str | bytes)
                    else json.dumps(answer.body)
                )
                data = text if isinstance(text, bytes) else text.encode()
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(data)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

        return Handler


class PlainLedger:
    """A ledger in memory."""

    def __init__(self) -> None:
        self.calls: list[ModelCall] = []
        self.discarded: set[str] = set()
        self.memory: dict[str, str] = {}
        self.recorded = threading.Semaphore(0)
        """Released once for each call that was written down."""

    def find(self, request_hash: str) -> str | None:
        if request_hash in self.discarded:
            return None
        return next(
            (call.reply for call in self.calls if call.hash == request_hash),
            None,
        )

    def record(self, call: ModelCall) -> None:
        self.discarded.discard(call.hash)
        self.calls.append(call)
        self.recorded.release()

    def discard(self, request_hash: str) -> None:
        self.discarded.add(request_hash)

    def usage(self) -> Usage:
        unpriced = [call for call in self.calls if call.cost is None]
        return Usage(
            len(self.calls),
            sum(call.input_tokens for call in self.calls),
            sum(call.output_tokens for call in self.calls),
            sum(call.cost or 0.0 for call in self.calls),
            unpriced_calls=len(unpriced),
            unpriced_tokens=sum(
                c.input_tokens + c.output_tokens for c in unpriced
            ),
        )

    def recall(self, key: str) -> str | None:
        return self.memory.get(key)

    def remember(self, key: str, value: str) -> None:
        self.memory[key] = value


class FakeTime:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def now(self) -> datetime:
        return datetime.fromtimestamp(1_800_000_000 + self.time, UTC)


def endpoint_at(url: str, **changes: Any) -> Endpoint:
    """An endpoint for tests."""
    given: dict[str, Any] = {
        "provider": "custom",
        "name": "tiny",
        "key": "sk-secret-1234567890",
        "context": 128_000,
    }
    return Endpoint(base_url=url, key_env="TEST_KEY", **given | changes)


def client_at(
    url: str,
    ledger: PlainLedger | None = None,
    time: FakeTime | None = None,
    **options: Any,
) -> ModelClient:
    """A client for tests, which never really sleeps. Options of the endpoint and of the client
    are told apart.
    """
    time = time or FakeTime()
    of_endpoint = {
        key: options.pop(key)
        for key in list(options)
        if key in Endpoint.__dataclass_fields__
    }
    limits = RunLimits(
        options.pop("budget_per_run", 1.0), options.pop("tokens_per_run", 0)
    )
    options["limits"] = limits
    waits = {
        "sleep": time.sleep,
        "clock": time,
        "now": time.now,
        "jitter": lambda: 1.0,
    }
    return ModelClient(
        endpoint_at(url, **of_endpoint),
        ledger or PlainLedger(),
        **waits | options,
    )
