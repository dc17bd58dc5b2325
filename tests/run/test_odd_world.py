"""Whatever arXiv's services send: no trace, no lost paper, and the next run goes on."""

import pytest

from tests.arxiv_loopback import Answer
from tests.run.place import TOPIC


def of_kind(place, kind, answer):
    """Answer requests of one kind strangely."""
    place.arxiv.fault = lambda request: (
        answer(request) if request.path.startswith(f"/{kind}") else None
    )


def with_feed(place):
    place.keys["arxiv.sources"] = ["feed", "api"]


def posted(place):
    store = place.store()
    try:
        return sorted(
            one.paper_id
            for one in store.papers.judged(TOPIC)
            if one.stage == "posted"
        )
    finally:
        store.close()


def runs_well_after(place, runs=2):
    """A run in this world, then clean ones: nothing is lost and nobody sees a trace."""
    place.run()
    assert "Traceback" not in place.said.err
    place.arxiv.fault = lambda request: None
    for _ in range(runs):
        code, _ = place.run()
        assert (code, place.said.err.count("Traceback")) == (0, 0)
    assert len(posted(place)) == 2


@pytest.mark.parametrize(
    "etag",
    ['"\u00fc"', '"' + "x" * 60_000 + '"', '"a\tb"', "W/"],
)
def test_a_feed_with_a_strange_etag(place, etag):
    with_feed(place)
    place.arxiv.add(1, 2)
    plain = place.arxiv.announcement

    def answer(request):
        found = plain(request)
        return Answer(found.status or 200, found.body, headers={"ETag": etag})

    of_kind(place, "atom", answer)
    place.run()
    runs_well_after(place)


@pytest.mark.parametrize(
    "after", ["nan", "inf", "-5", "1e400", "99999999999", "soon"]
)
def test_a_strange_time_to_wait(place, monkeypatch, after):
    place.hasten(monkeypatch)
    place.arxiv.add(1, 2)
    of_kind(
        place, "api", lambda _: Answer(503, b"", headers={"Retry-After": after})
    )
    runs_well_after(place)


@pytest.mark.parametrize(
    "day", ["2099-01-01", "1066-10-14", "9999-12-31", "0001-01-01"]
)
def test_a_feed_of_an_impossible_day(place, day):
    with_feed(place)
    place.arxiv.add(1, 2)
    good, place.arxiv.day = place.arxiv.day, day
    place.run()
    place.arxiv.day = good
    runs_well_after(place)
    store = place.store()
    assert all(one.year == 2026 for one in store.coverage.days(TOPIC))
    store.close()


@pytest.mark.parametrize("day", ["2026-11-21", "2026-11-02"])
def test_the_papers_of_a_feed_count_whatever_its_day(place, day):
    with_feed(place)
    place.arxiv.add(1, 2)
    place.arxiv.announced = [
        (one, "new") for one in place.arxiv.records.values()
    ]
    place.arxiv.day = day
    of_kind(place, "api", lambda _: Answer(429))
    place.run()
    assert len(posted(place)) == 2


@pytest.mark.parametrize(
    "target",
    ["http://[::1", "http://", "//", "http://a\u0000b/", "http://x:99999/"],
)
@pytest.mark.parametrize("kind", ["api", "pdf", "atom"])
def test_a_redirection_to_a_broken_address(place, monkeypatch, target, kind):
    place.hasten(monkeypatch)
    if kind == "atom":
        with_feed(place)
    place.arxiv.add(1, 2)
    of_kind(place, kind, lambda _: Answer(302, headers={"Location": target}))
    runs_well_after(place)


def test_a_record_with_ten_thousand_authors_and_one_with_a_name_without_end(
    place,
):
    many = tuple(f"A. Number{n}" for n in range(10_000))
    place.arxiv.add(1, authors=many)
    place.arxiv.add(2, authors=("X" * 200_000,))
    runs_well_after(place)
    assert all(len(text) < 400_000 for text in place.posts().values())


def test_a_topic_with_a_name_without_end(place):
    place.arxiv.add(1, 2)
    name = "Heads " * 80
    place.keys[f"topics.{name.strip()}"] = place.keys.pop(f"topics.{TOPIC}")
    code, _ = place.run()
    assert (code, len(place.posts())) == (0, 1)


@pytest.mark.parametrize("name", ["con", "-x", "a\u202eb", "\u4eba/\u8138"])
def test_a_topic_with_a_name_that_is_no_file_name(place, name):
    place.arxiv.add(1, 2)
    place.keys[f"topics.{name}"] = place.keys.pop(f"topics.{TOPIC}")
    code, _ = place.run()
    assert (code, len(place.posts())) == (0, 1)
    assert all(
        place.out in path.resolve().parents for path in place.out.rglob("*.md")
    )


def test_details_of_other_papers_than_those_asked_for(place):
    with_feed(place)
    place.arxiv.add(1, 2)
    place.arxiv.announced = [
        (one, "new") for one in place.arxiv.records.values()
    ]
    place.arxiv.add(3, 4)

    def strange(request):
        if "id_list" not in request.query:
            return None
        query = {**request.query, "id_list": "2611.00003,2611.00004"}
        return Answer(body=place.arxiv.feed(query).encode())

    of_kind(place, "api", strange)
    place.run()
    assert "Traceback" not in place.said.err


def test_the_same_paper_as_new_cross_listed_and_replaced(place):
    with_feed(place)
    place.arxiv.add(1, 2)
    kinds = ("replace", "cross", "new", "replace-cross", "nonsense")
    place.arxiv.announced = [
        (one, kind) for one in place.arxiv.records.values() for kind in kinds
    ]
    runs_well_after(place)
