"""Which service is asked, which is left alone, and what is said meanwhile."""

import itertools
from datetime import UTC, datetime

import pytest

from pipeline.errors import ArxivDown
from pipeline.fetch.query import Window
from pipeline.fetch.sources import ArxivListings
from tests.arxiv_loopback import Answer
from tests.fetch import test_announcements_feed as feeds
from tests.fetch import test_api as api
from tests.fetch import test_oai as oai

WINDOW = Window(
    datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 1, 23, tzinfo=UTC)
)
CATEGORIES = ("cs.CV",)


class World:
    """Three services, each up or down at a time of the test's clock."""

    def __init__(self, server, clock):
        self.server, self.clock = server, clock
        self.down = {"atom": (0, 0), "api": (0, 0), "oai": (0, 0)}
        self.status = 429
        server.answer = self.answer

    def answer(self, request):
        kind = request.path.split("/")[1]
        first, last = self.down[kind]
        if first <= self.clock.now - 1000 < last:
            return Answer(self.status, b"Rate exceeded.")
        if kind == "api":
            return api.feed([api.entry(1), api.entry(2)], 2)
        if kind == "oai":
            return oai.page([oai.record(1), oai.record(2)])
        return feeds.feed(feeds.entry(1))

    def asked(self, kind):
        return [
            one.at - 1000
            for one in self.server.requests
            if f"/{kind}" in one.path
        ]


@pytest.fixture
def world(server, clock):
    return World(server, clock)


@pytest.fixture
def listings(client, reader):
    return ArxivListings(client, reader, feeds.Memory())


def listed(listings, *, updates=False):
    pages = listings.listing(
        CATEGORIES, WINDOW, changed_since=WINDOW.since.date(), updates=updates
    )
    return {paper.id for page in pages for paper in page.papers}


EVERYTHING = {"2610.00001", "2610.00002"}


def test_the_first_source_that_answers_is_enough(world, listings):
    assert listed(listings) == EVERYTHING
    assert (len(world.asked("api")), world.asked("oai")) == (1, [])


def test_a_throttled_source_is_left_alone_while_the_next_one_is_asked(
    world, listings
):
    world.down["api"] = (0, 100)
    assert listed(listings) == EVERYTHING
    assert listed(listings) == EVERYTHING
    assert (len(world.asked("api")), len(world.asked("oai"))) == (1, 2)


def test_a_bad_half_hour_is_waited_out_in_few_requests_and_with_words(
    world, listings, notes
):
    world.down["api"] = world.down["oai"] = (0, 1560)
    assert listed(listings) == EVERYTHING
    for kind in ("api", "oai"):
        times = world.asked(kind)
        assert len(times) <= 6
        assert all(b - a >= 100 for a, b in itertools.pairwise(times))
    assert world.clock.now - 1000 < 2700
    assert any("asking again" in note for note in notes)


def test_after_all_patience_the_run_gives_up_and_says_when_it_goes_on(
    world, listings, clock
):
    world.down["api"] = world.down["oai"] = (0, 1e9)
    with pytest.raises(ArxivDown) as caught:
        listed(listings)
    assert clock.now - 1000 <= 2700 + 60
    assert "next run" in caught.value.step
    assert "429" in caught.value.message


@pytest.fixture
def offline(settings, connect, clock):
    """A client for addresses where nobody listens."""
    nowhere = "http://127.0.0.1:9"
    changed = {"api": nowhere, "oai": nowhere, "feed": nowhere}
    return connect(settings.model_copy(update=changed))


def test_without_network_somebody_who_watches_is_told_after_a_few_tries(
    offline, reader, clock
):
    listings = ArxivListings(offline, reader, feeds.Memory(), watched=True)
    assert listings.announcement(CATEGORIES, lambda day: False) is None
    with pytest.raises(ArxivDown) as caught:
        listed(listings)
    assert clock.now - 1000 < 30
    assert caught.value.message.count("connection") == 1
    assert "network" in caught.value.step


def test_without_network_an_unattended_run_waits_and_says_so(
    offline, reader, clock, notes
):
    listings = ArxivListings(offline, reader, feeds.Memory())
    with pytest.raises(ArxivDown):
        listed(listings)
    assert 2000 < clock.now - 1000 <= 2700 + 60
    assert any("asking again" in note for note in notes)


def test_somebody_who_watches_waits_for_a_service_that_is_there(
    world, client, reader
):
    listings = ArxivListings(client, reader, feeds.Memory(), watched=True)
    world.down["api"] = world.down["oai"] = (0, 600)
    assert listed(listings) == EVERYTHING


def test_what_refuses_the_question_is_not_asked_again(world, listings, clock):
    world.down["api"] = world.down["oai"] = (0, 1e9)
    world.status = 404
    with pytest.raises(ArxivDown):
        listed(listings)
    assert len(world.asked("api")) == len(world.asked("oai")) == 1
    assert clock.now - 1000 < 60


def test_a_feed_that_is_down_is_no_error(world, listings, notes):
    world.down["atom"] = (0, 100)
    assert listings.announcement(CATEGORIES, lambda day: False) is None
    assert "announcement feed" in notes[0]


def test_details_are_not_waited_for(world, listings, paper):
    world.down["api"] = (0, 1e9)
    listed(listings)
    before = len(world.asked("api"))
    with pytest.raises(ArxivDown):
        list(listings.complete([paper("2610.00001")]))
    assert len(world.asked("api")) == before


def test_three_seconds_lie_between_requests_to_whichever_services(
    world, listings
):
    listings.announcement(CATEGORIES, lambda day: False)
    listed(listings, updates=True)
    world.down["api"] = (0, 1e9)
    listed(listings)
    times = [one.at for one in world.server.requests]
    assert len(times) >= 5
    assert all(
        later - earlier >= 3.0 for earlier, later in itertools.pairwise(times)
    )


def test_the_order_of_the_configuration_holds(
    client, reader, world, settings, connect
):
    chosen = settings.model_copy(update={"sources": ("oai",)})
    listings = ArxivListings(connect(chosen), reader, feeds.Memory())
    assert listings.announcement(CATEGORIES, lambda day: False) is None
    assert listed(listings) == EVERYTHING
    assert (world.asked("api"), world.asked("atom")) == ([], [])


@pytest.mark.parametrize("name", ["feed", "api", "oai"])
def test_each_source_says_how_fresh_it_is(world, listings, name):
    assert "2026" in listings.freshness(name)


def test_changes_of_a_day_come_from_oai_alone(world, listings):
    pages = listings.changes(CATEGORIES, WINDOW.since.date())
    assert {one.id for page in pages for one in page} == EVERYTHING
    assert (world.asked("api"), len(world.asked("oai"))) == ([], 1)
    world.down["oai"] = (0, 1e9)
    for _ in range(2):  # it is left alone after the first time
        with pytest.raises(ArxivDown):
            list(listings.changes(CATEGORIES, WINDOW.since.date()))
    assert len(world.asked("oai")) == 2
