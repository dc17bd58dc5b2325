"""Kept papers reach a server that speaks Zotero's API, each once, whatever it asks for."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

pytest.importorskip("pyzotero")

from pipeline.config import Zotero
from pipeline.errors import ServiceDown, UsageError
from pipeline.run.services.zotero_saving import save_to_zotero, zotero_item
from tests.render.papers import paper


class ZoteroServer:
    """A library with a version; `faults` are given before the truth, one a write."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []
        self.version = 7
        self.faults: list[int] = []
        self.writes: list[int] = []
        self.others: list[dict[str, Any]] = []
        """What somebody else writes while the program waits."""

    def put(self, item: dict[str, Any]) -> str:
        self.version += 1
        key = f"KEY{len(self.items):05d}"
        self.items.append(
            {"key": key, "version": self.version, "data": {**item, "key": key}}
        )
        return key


class Handler(BaseHTTPRequestHandler):
    library: ClassVar[ZoteroServer]

    def answer(self, status: int, body: object, **headers: str) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Last-Modified-Version", str(self.library.version))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        found = self.library.items if "/collections/KEPT" in self.path else []
        self.answer(200, found, Total_Results=str(len(found)), Backoff="0.01")

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.library.writes.append(len(sent))
        while self.library.others:
            self.library.put(self.library.others.pop())
        fault = self.library.faults.pop(0) if self.library.faults else 0
        if fault == 429:
            self.send_response(429)
            self.send_header("Retry-After", "0.01")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif fault:
            self.answer(fault, {})
        elif (
            int(self.headers["If-Unmodified-Since-Version"])
            != self.library.version
        ):
            self.answer(412, {})
        elif len(sent) > 50:
            self.answer(413, {})
        else:
            keys = {
                str(at): self.library.put(item) for at, item in enumerate(sent)
            }
            self.answer(200, {"success": keys, "successful": {}, "failed": {}})

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def zotero(monkeypatch):
    library = Handler.library = ZoteroServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    ).start()
    monkeypatch.setenv("ZOTERO_API_KEY", "hidden-key")
    place = f"http://127.0.0.1:{server.server_port}"
    yield SimpleNamespace(
        library=library,
        settings=Zotero(library="users/1", save="KEPT", endpoint=place),
    )
    server.shutdown()
    server.server_close()


def papers(count: int) -> list[Any]:
    return [paper(f"2611.{at:05d}") for at in range(1, count + 1)]


def ids(library: ZoteroServer) -> list[str]:
    return [item["data"]["archiveID"] for item in library.items]


def test_papers_are_written_once_and_in_batches(zotero):
    assert save_to_zotero(zotero.settings, papers(70)) == 70
    assert zotero.library.writes == [50, 20]
    assert save_to_zotero(zotero.settings, papers(71)) == 1
    assert len(set(ids(zotero.library))) == len(ids(zotero.library)) == 71


def test_what_somebody_else_wrote_meanwhile_is_not_written_again(zotero):
    first, second = papers(2)
    zotero.library.others.append(zotero_item(first, "KEPT"))
    assert save_to_zotero(zotero.settings, [first, second]) == 1
    assert sorted(ids(zotero.library)) == [
        "arXiv:2611.00001",
        "arXiv:2611.00002",
    ]


def test_a_server_that_asks_to_wait_is_asked_again(zotero):
    zotero.library.faults = [429, 412]
    assert save_to_zotero(zotero.settings, papers(1)) == 1
    assert len(zotero.library.writes) == 3


def test_one_that_always_asks_to_wait_or_refuses_is_told_without_the_key(
    zotero,
):
    for fault in (429, 403):
        zotero.library.faults = [fault] * 9
        with pytest.raises(ServiceDown) as caught:
            save_to_zotero(zotero.settings, papers(1))
        assert "hidden-key" not in str(caught.value)
    assert zotero.library.items == []


def test_an_item_names_people_groups_and_the_paper():
    one = paper(
        authors=("Jan van der Berg", "The ATLAS Collaboration", ":", "et al.")
    )
    item = zotero_item(one, "KEPT")
    assert item["creators"] == [
        {
            "creatorType": "author",
            "firstName": "Jan",
            "lastName": "van der Berg",
        },
        {"creatorType": "author", "name": "The ATLAS Collaboration"},
    ]
    assert item["archiveID"] == "arXiv:2611.00001"
    assert item["date"] == "2026-11-03"
    assert item["collections"] == ["KEPT"]


def test_without_a_collection_nothing_is_written():
    with pytest.raises(UsageError, match="No Zotero collection"):
        save_to_zotero(Zotero(library="users/1"), papers(1))
