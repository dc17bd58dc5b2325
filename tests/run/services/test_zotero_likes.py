"""A Zotero library teaches a night, once a day, and never holds it up."""

import json
import threading
from contextlib import closing
from dataclasses import replace

import pytest

pytest.importorskip("pyzotero")

from pipeline.run.services import zotero_likes
from tests.arxiv_loopback import Answer, Clock, Server
from tests.run.place import TOPIC

ITEMS = [
    {"key": "A", "data": {"title": "Talking Head Animation", "abstractNote": "We animate a talking head.", "url": "https://arxiv.org/abs/2409.03605"}},
    {"key": "B", "data": {"title": "Concrete of Bridges"}},
]  # fmt: skip
LIKED = [("2409.03605", TOPIC, "keep")]


@pytest.fixture
def library(place):
    """A library on loopback; `answer` may be set anew."""
    place.arxiv.add(1)
    server = Server(Clock())
    server.answer = lambda request: Answer(
        body=json.dumps(ITEMS).encode(),
        headers={"Content-Type": "application/json"},
    )
    place.keys |= {
        "zotero.library": "users/1",
        "zotero.endpoint": server.url,
    }
    yield server
    server.close()


def ratings(place):
    with closing(place.store()) as store:
        return [
            (one.paper_id, one.topic, one.rating)
            for one in store.nights.ratings()
        ]


def test_the_papers_of_a_library_count_as_liked_after_a_night(place, library):
    code, report = place.run()
    assert code == 0
    assert ratings(place) == LIKED
    assert report["troubles"] == []


def test_a_library_is_read_once_a_day(place, library):
    place.run()
    place.run()
    assert len(library.requests) == 1
    place.nights(1)
    place.run()
    assert len(library.requests) == 2


def test_what_the_reader_skipped_stays_skipped(place, library):
    place.run()
    with closing(place.store()) as store:
        (liked,) = store.nights.ratings()
        store.nights.rate(replace(liked, rating="skip"))
    place.nights(1)
    place.run()
    assert ratings(place) == [("2409.03605", TOPIC, "skip")]


def test_a_library_that_fails_is_told_and_the_night_goes_on(place, library):
    library.answer = lambda request: Answer(403, b"Forbidden")
    code, report = place.run()
    assert code == 0
    assert report["topics"][0]["posted"] == 1
    assert [
        "Zotero gives no papers" in one["what"] for one in report["troubles"]
    ]
    library.answer = lambda request: Answer(
        body=b"[]", headers={"Content-Type": "application/json"}
    )
    assert place.run()[1]["troubles"] == []


def test_a_library_that_never_answers_is_left_behind(
    place, library, monkeypatch
):
    hurry = replace(zotero_likes.library_limits, seconds=0.05)
    monkeypatch.setattr(zotero_likes, "library_limits", hurry)
    over = threading.Event()
    library.answer = lambda request: over.wait(20) and Answer(body=b"[]")
    code, report = place.run()
    over.set()
    assert code == 0
    assert report["topics"][0]["posted"] == 1
    assert len(report["troubles"]) == 1


def test_a_dry_run_asks_no_library(place, library):
    place.run()
    place.nights(1)
    place.run(dry_run=True)
    assert len(library.requests) == 1
