"""A server on loopback, a clock that only sleeping moves, settings that point there, and papers."""

from datetime import UTC, datetime

import pytest

from pipeline.config import Arxiv as Settings
from pipeline.paper import Paper
from tests.arxiv_loopback import Clock, Server


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def server(clock):
    server = Server(clock)
    yield server
    server.close()


@pytest.fixture
def settings(server):
    return Settings(
        api=f"{server.url}/api/query",
        pdf=f"{server.url}/pdf",
        oai=f"{server.url}/oai",
        page_size=2,
        contact="a@b.example",
    )


@pytest.fixture
def paper():
    return make_paper


def make_paper(paper_id="2610.00001", version=1, **fields):
    moment = datetime(2026, 10, 1, 12, tzinfo=UTC)
    known = {
        "title": "A title",
        "abstract": "An abstract.",
        "authors": ("Ada Example",),
        "categories": ("cs.CV",),
        "published": moment,
        "updated": moment,
    }
    return Paper(paper_id, version, **{**known, **fields})
