"""A server on loopback that answers what a test wants, and a clock that moves only when
somebody sleeps.
"""

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse


@dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    cut: int | None = None
    """Close the connection after so many bytes of the body."""


@dataclass
class Request:
    path: str
    query: dict
    headers: dict
    at: float
    """Time of arrival by the test's clock."""


class Clock:
    """Time that passes by sleeping."""

    def __init__(self):
        self.now, self.slept = 1000.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    async def asleep(self, seconds):
        self.sleep(seconds)
        await asyncio.sleep(0)


class Server:
    """Answers with what `answer(request)` gives, which a test sets; a list of answers is given
    one by one.
    """

    def __init__(self, clock):
        self.clock, self.requests, self.answers = clock, [], []
        self.answer = lambda request: self.answers.pop(0)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do_GET(handler):  # noqa: N805
                self._serve(handler)

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.thread = threading.Thread(
            target=self.http.serve_forever,
            kwargs={"poll_interval": 0.01},
            daemon=True,
        )
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.http.server_address[1]}"

    def _serve(self, handler):
        url = urlparse(handler.path)
        query = {
            name: values[0] for name, values in parse_qs(url.query).items()
        }
        request = Request(url.path, query, dict(handler.headers), self.clock())
        self.requests.append(request)
        answer = self.answer(request)
        handler.send_response(answer.status)
        for name, value in {
            "Content-Length": str(len(answer.body)),
            **answer.headers,
        }.items():
            if value is not None:
                handler.send_header(name, value)
        handler.end_headers()
        with suppress(ConnectionError):  # the client may have seen enough
            handler.wfile.write(answer.body[: answer.cut])
        if answer.cut is not None or "Content-Length" in answer.headers:
            handler.close_connection = True

    def close(self):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()
