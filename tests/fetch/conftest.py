"""A server on loopback, a clock that only sleeping moves, settings that point there, and papers."""

from datetime import UTC, datetime

import pytest

from pipeline.config import Arxiv as Settings
from pipeline.fetch.listing_client import ListingClient
from pipeline.fetch.record_xml import RecordReader
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
        feed=f"{server.url}/atom",
        page_size=2,
        contact="a@b.example",
    )


NOW = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)


@pytest.fixture
def connect(clock):
    """A client for settings, whose clock is the test's."""
    return lambda settings: ListingClient(
        settings, clock=clock, wall=clock, sleep=clock.sleep, jitter=lambda: 0.5
    )


@pytest.fixture
def client(settings, connect):
    return connect(settings)


@pytest.fixture
def notes():
    """What was said to the user."""
    return []


@pytest.fixture
def reader(notes):
    return RecordReader(lambda: NOW, notes.append)


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
