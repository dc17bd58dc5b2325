"""The small arXiv on loopback: the search API and the PDFs, under the addresses that the real
one has.

Its papers were written and typeset for the demonstration (docs/demo). They are always of last
night.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from pipeline.demo.search import Record, compiled

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the small arXiv answers; for `[arxiv] api` and `pdf`."""

    api: str
    pdf: str


@contextmanager
def demo_arxiv(now: datetime) -> Iterator[Urls]:
    """Serve the small arXiv while the `with` lasts. Its papers were submitted in the hours
    before `now`.
    """

    class Answering(_Handler):
        records = records_of(now)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    thread = Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    thread.start()
    try:
        base = f"http://127.0.0.1:{server.server_address[1]}"
        yield Urls(api=f"{base}/api/query", pdf=f"{base}/pdf")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def records_of(now: datetime) -> list[Record]:
    """The bundled records, oldest first, with the dates that make them last night's.

    Their ids hold the day, so that another night's demonstration has new papers; arXiv has had
    none like them.
    """
    records = []
    for line in (HERE / "records.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        moment = now.astimezone(UTC) - timedelta(hours=record.pop("hours_ago"))
        stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        paper_id = f"00{now:%m.%d}{int(record['id'][-3:]):03d}"
        records.append(
            {**record, "id": paper_id, "published": stamp, "updated": stamp}
        )
    return sorted(
        records, key=lambda record: (record["published"], record["id"])
    )


class _Handler(BaseHTTPRequestHandler):
    records: ClassVar[list[Record]] = []

    def log_message(self, *_: object) -> None:
        """Requests are not logged to the terminal."""

    def do_GET(self) -> None:
        """Answer as arXiv does."""
        url = urlsplit(self.path)
        if url.path == "/api/query":
            query = {
                name: values[0] for name, values in parse_qs(url.query).items()
            }
            try:
                self._send(
                    HTTPStatus.OK,
                    _feed(self.records, query).encode(),
                    "application/atom+xml",
                )
            except ValueError as error:
                self._send(
                    HTTPStatus.BAD_REQUEST,
                    _refusal(str(error)).encode(),
                    "application/atom+xml",
                )
        else:
            self._pdf(unquote(url.path))

    def _pdf(self, path: str) -> None:
        named = re.fullmatch(r"/pdf/00\d\d\.\d\d(\d{3})(?:v1)?", path)
        file = HERE / "papers" / f"0000.00{named[1]}.pdf" if named else None
        if file and file.is_file():
            self._send(HTTPStatus.OK, file.read_bytes(), "application/pdf")
        else:
            self._send(
                HTTPStatus.NOT_FOUND,
                b"<html><body>Not found</body></html>",
                "text/html",
            )

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _feed(records: list[Record], query: dict[str, str]) -> str:
    """One page of results, oldest first whatever order is asked for.

    Raises:
        ValueError: the question is not well formed.
    """
    found = _found(records, query)
    start, size = int(query.get("start", 0)), int(query.get("max_results", 10))
    return _document(
        len(found), start, "".join(map(_entry, found[start : start + size]))
    )


def _found(records: list[Record], query: dict[str, str]) -> list[Record]:
    if ids := query.get("id_list"):
        wanted = {re.sub(r"v\d+$", "", paper_id) for paper_id in ids.split(",")}
        return [record for record in records if record["id"] in wanted]
    holds = compiled(query.get("search_query", ""))
    return [record for record in records if holds(record)]


def _entry(record: Record) -> str:
    authors = "".join(
        f"<author><name>{escape(name)}</name></author>"
        for name in record["authors"]
    )
    categories = "".join(
        f"<category term={quoteattr(category)}/>"
        for category in record["categories"]
    )
    return (
        f"<entry><id>http://arxiv.org/abs/{record['id']}v1</id><title>{escape(record['title'])}</title>"
        f"<updated>{record['updated']}</updated><published>{record['published']}</published>"
        f"<summary>{escape(record['abstract'])}</summary>{authors}{categories}"
        f"<arxiv:primary_category term={quoteattr(record['categories'][0])}/>"
        f"<arxiv:comment>{escape(record['comment'])}</arxiv:comment></entry>\n"
    )


def _document(total: int, start: int, entries: str) -> str:
    notice = (
        "A small arXiv with six papers written for this demonstration; "
        "their authors and results are made up."
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<title>{notice}</title>\n<opensearch:totalResults>{total}</opensearch:totalResults>\n"
        f"<opensearch:startIndex>{start}</opensearch:startIndex>\n{entries}</feed>\n"
    )


def _refusal(reason: str) -> str:
    return _document(
        1,
        0,
        f"<entry><id>https://arxiv.org/api/errors</id><title>Error</title><summary>{escape(reason)}</summary></entry>",
    )
