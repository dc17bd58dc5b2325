"""A provider on this machine that speaks OpenAI's batch protocol: files, batches, answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.llm.endpoint import Answer, LoopbackServer


class BatchEndpoint(LoopbackServer):
    """Takes files and batches; `finish` answers what has been sent, by a function of each request.

    `lost` makes it create the next batch and break the connection before it says so.
    """

    def __init__(self, answers: Callable[[dict[str, Any]], Answer]) -> None:
        self.answers = answers
        self.files: dict[str, str] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.direct: list[dict[str, Any]] = []
        self.lost = False
        super().__init__()

    def sent(self) -> list[dict[str, Any]]:
        """The requests of all batches."""
        files = (
            self.files[batch["input_file_id"]]
            for batch in self.batches.values()
        )
        return [
            json.loads(line) for file in files for line in file.splitlines()
        ]

    def finish(self, status: str = "completed") -> None:
        """Answer all batches."""
        for batch in self.batches.values():
            if batch["status"] != "in_progress":
                continue
            batch["status"] = status
            lines = self.files[batch["input_file_id"]].splitlines()
            told = [self._answered(json.loads(line)) for line in lines]
            good = [
                line for line in told if line["response"]["status_code"] == 200
            ]
            bad = [line for line in told if line not in good]
            for key, part in (("output_file_id", good), ("error_file_id", bad)):
                if part:
                    batch[key] = self._keep("\n".join(map(json.dumps, part)))

    def _answered(self, line: dict[str, Any]) -> dict[str, Any]:
        answer = self.answers(line["body"])
        response = {"status_code": answer.status, "body": answer.body}
        return {
            "custom_id": line["custom_id"],
            "response": response,
            "error": None,
        }

    def _keep(self, text: str) -> str:
        name = f"file-{len(self.files) + 1}"
        self.files[name] = text
        return name

    def _handler(self) -> type[BaseHTTPRequestHandler]:  # noqa: C901  one branch a path
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                path = self.path.partition("?")[0].removeprefix("/v1")
                if path == "/batches":
                    self.reply({"data": list(fake.batches.values())})
                elif path.startswith("/batches/"):
                    self.reply(fake.batches[path.removeprefix("/batches/")])
                else:
                    name = path.removeprefix("/files/").removesuffix("/content")
                    self.reply(fake.files[name])

            def do_POST(self) -> None:
                data = self.rfile.read(
                    int(self.headers["Content-Length"])
                ).decode()
                if self.path == "/v1/files":
                    content = re.search(
                        r"jsonl\r\n\r\n(.*?)\r\n--", data, re.DOTALL
                    )
                    assert content
                    assert 'name="purpose"\r\n\r\nbatch' in data
                    self.reply({"id": fake._keep(content[1])})
                elif self.path == "/v1/batches":
                    self.create(json.loads(data))
                else:
                    fake.direct.append(json.loads(data))
                    answer = fake.answers(fake.direct[-1])
                    self.reply(answer.body, answer.status)

            def create(self, wanted: dict[str, Any]) -> None:
                name = f"batch-{len(fake.batches) + 1}"
                fake.batches[name] = {
                    "id": name,
                    "status": "in_progress",
                    **wanted,
                }
                if fake.lost:
                    fake.lost = False
                    self.close_connection = True
                    return
                self.reply(fake.batches[name])

            def reply(self, body: Any, status: int = 200) -> None:
                text = body if isinstance(body, str) else json.dumps(body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

        return Handler
