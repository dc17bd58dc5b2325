"""A Zotero library over the wire."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

pytest.importorskip("pyzotero")

from pipeline.config import Zotero
from pipeline.errors import ServiceDown, UsageError
from pipeline.run.services.zotero_library import fetch_zotero

ITEMS = [
    {"key": "A", "data": {"title": "Talking Heads", "abstractNote": "We animate.", "url": "https://arxiv.org/abs/2409.03605"}},
    {"key": "B", "data": {"title": "Lip Sync"}},
]  # fmt: skip


class Library(BaseHTTPRequestHandler):
    asked: ClassVar[list] = []
    status = 200

    def do_GET(self):
        Library.asked.append(
            (
                self.path,
                self.headers.get("Zotero-API-Key")
                or self.headers.get("Authorization"),
            )
        )
        body = json.dumps(ITEMS).encode()
        self.send_response(Library.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def endpoint():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Library)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Library.asked, Library.status = [], 200
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_papers_of_a_collection_are_read_with_the_key(
    endpoint, monkeypatch
):
    monkeypatch.setenv("A_KEY", "secret")
    settings = Zotero(
        library="groups/456",
        collection="ABCD",
        endpoint=endpoint,
        key_env="A_KEY",
    )
    found = fetch_zotero(settings)
    assert [(one.title, one.arxiv_id) for one in found] == [
        ("Talking Heads", "2409.03605"),
        ("Lip Sync", ""),
    ]
    path, key = Library.asked[0]
    assert path.startswith("/groups/456/collections/ABCD/items/top")
    assert key is not None
    assert "secret" in key


def test_an_error_names_no_key(endpoint, monkeypatch):
    monkeypatch.setenv("A_KEY", "secret")
    Library.status = 403
    with pytest.raises(ServiceDown) as caught:
        fetch_zotero(
            Zotero(library="users/1", endpoint=endpoint, key_env="A_KEY")
        )
    assert "secret" not in str(caught.value)


def test_without_a_library_nothing_is_asked():
    with pytest.raises(UsageError):
        fetch_zotero(Zotero())
