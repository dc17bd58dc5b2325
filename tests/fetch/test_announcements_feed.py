"""The announcement feed, spoken to over loopback."""

from contextlib import suppress
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.retry import Garbled
from pipeline.errors import ArxivDown, BadAnswer
from pipeline.fetch import announcements_feed
from pipeline.fetch.announcements_feed import (
    AnnouncementsFeed,
    FeedFacts,
    check_feed,
)
from pipeline.fetch.atom_entries import split_names
from tests.arxiv_loopback import Answer

DAY = date(2026, 10, 14)


def entry(
    number, kind="new", title="A title", day=DAY, authors="Ada Example, Bo Li"
):
    name = f"2610.{number:05}v{1 if kind in ('new', 'cross') else 3}"
    return (
        f"<entry><id>oai:arXiv.org:{name}</id><title>{escape(title)}</title>"
        f"<updated>{day}T04:00:19.9+00:00</updated>"
        f"<summary>arXiv:{name} Announce Type: {kind} \nAbstract: An\n abstract. </summary>"
        '<category term="cs.CV"/><category term="cs.LG"/>'
        f"<published>{day}T00:00:00-04:00</published>"
        f"<arxiv:announce_type>{kind}</arxiv:announce_type>"
        "<arxiv:journal_reference>J. 1</arxiv:journal_reference><arxiv:DOI>10.1/x</arxiv:DOI>"
        f"<dc:creator>{escape(authors)}</dc:creator></entry>"
    )


def feed(*entries, title="cs.CV updates on arXiv.org", day=DAY, etag='"one"'):
    return Answer(
        body=(
            '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"><title>{title}</title>'
            f"<updated>{day}T04:00:19.8+00:00</updated>{''.join(entries)}</feed>\n"
        ).encode(),
        headers={"ETag": etag},
    )


class Memory(dict):
    def recall(self, key):
        return self.get(key)

    def remember(self, key, value):
        self[key] = value


@pytest.fixture
def arxiv(client, reader):
    return AnnouncementsFeed(client, reader, Memory())


def never(day):
    return False


def numbers(announcement):
    return [int(one.paper.id[5:]) for one in announcement.papers]


def test_an_entry_becomes_a_paper(arxiv, server):
    server.answers = [feed(entry(7, title="Heads &\n <i>faces</i>"))]
    found = arxiv.latest(("cs.CV",), never)
    (one,) = found.papers
    assert (found.day, found.whole, one.type, one.is_first) == (
        DAY,
        True,
        "new",
        True,
    )
    assert (one.paper.id, one.paper.version) == ("2610.00007", 1)
    assert (one.paper.title, one.paper.abstract) == (
        "Heads & <i>faces</i>",
        "An abstract.",
    )
    assert one.paper.authors == ("Ada Example", "Bo Li")
    assert one.paper.categories == ("cs.CV", "cs.LG")
    assert one.paper.published == datetime(2026, 10, 14, 4, tzinfo=UTC)
    assert (one.paper.comment, one.paper.journal_ref, one.paper.doi) == (
        "",
        "J. 1",
        "10.1/x",
    )


def test_all_categories_are_asked_for_at_once(arxiv, server):
    server.answers = [feed()]
    arxiv.latest(("cs.CV", "cs.LG", "hep-th"), never)
    (request,) = server.requests
    assert request.path == "/atom/cs.CV+cs.LG+hep-th"


def test_new_and_cross_listed_papers_are_first_ones_and_replacements_are_not(
    arxiv, server
):
    kinds = ("new", "cross", "replace", "replace-cross")
    server.answers = [feed(*(entry(n, kind) for n, kind in enumerate(kinds)))]
    found = arxiv.latest(("cs.CV",), never)
    assert [one.is_first for one in found.papers] == [True, True, False, False]


def test_an_empty_feed_is_of_the_day_it_was_built(arxiv, server):
    server.answers = [feed()]
    assert arxiv.latest(("cs.CV",), never).day == DAY


def test_a_feed_that_was_read_is_asked_for_only_if_it_has_changed(
    arxiv, server
):
    server.answers = [feed(entry(1)), Answer(304), feed(entry(2), etag='"two"')]
    arxiv.latest(("cs.CV",), never)
    again = arxiv.latest(("cs.CV",), lambda day: day == DAY)
    assert (again.day, again.unchanged, again.papers) == (DAY, True, ())
    assert numbers(arxiv.latest(("cs.CV",), lambda day: True)) == [2]
    first, second, _ = server.requests
    assert "If-None-Match" not in first.headers
    assert second.headers["If-None-Match"] == '"one"'


def test_a_feed_whose_papers_are_not_known_is_read_again(arxiv, server):
    server.answer = lambda request: feed(entry(1))
    arxiv.latest(("cs.CV",), never)
    assert numbers(arxiv.latest(("cs.CV",), never)) == [1]
    assert "If-None-Match" not in server.requests[1].headers


def test_a_full_feed_is_asked_for_in_halves(arxiv, server, monkeypatch):
    monkeypatch.setattr(announcements_feed, "feed_facts", FeedFacts(size=3))
    papers = {"cs.CV": [1, 2], "cs.LG": [2, 3], "hep-th": [4]}

    def answer(request):
        names = request.path.removeprefix("/atom/").split("+")
        found = dict.fromkeys(n for name in names for n in papers[name])
        return feed(*(entry(n) for n in list(found)[:3]))

    server.answer = answer
    found = arxiv.latest(("cs.CV", "cs.LG", "hep-th"), never)
    assert (sorted(numbers(found)), found.whole) == ([1, 2, 3, 4], True)
    assert len(server.requests) == 5


def test_a_full_archive_is_asked_for_by_its_classes(arxiv, server, monkeypatch):
    monkeypatch.setattr(announcements_feed, "feed_facts", FeedFacts(size=2))
    server.answer = lambda request: (
        feed(entry(1), entry(2))
        if request.path == "/atom/nlin"
        else feed(entry(1))
    )
    found = arxiv.latest(("nlin",), never)
    assert (numbers(found), found.whole) == ([1], True)
    assert (
        server.requests[1].path
        == "/atom/nlin.AO+nlin.CD+nlin.CG+nlin.PS+nlin.SI"
    )


def test_a_full_feed_whose_last_paper_is_a_replacement_has_all_new_ones(
    arxiv, server, monkeypatch
):
    monkeypatch.setattr(announcements_feed, "feed_facts", FeedFacts(size=2))
    server.answers = [feed(entry(1), entry(2, "replace"))]
    assert arxiv.latest(("cs.CV",), never).whole


def test_halves_of_two_days_are_not_whole(arxiv, server, monkeypatch):
    monkeypatch.setattr(announcements_feed, "feed_facts", FeedFacts(size=2))
    server.answers = [
        feed(entry(1), entry(2)),
        feed(entry(1)),
        feed(entry(3, day=date(2026, 10, 15)), day=date(2026, 10, 15)),
    ]
    found = arxiv.latest(("cs.CV", "cs.LG"), never)
    assert (found.day, found.whole) == (date(2026, 10, 15), False)


def test_a_category_that_arxiv_does_not_have_is_left_out_with_a_word(
    arxiv, server, notes
):
    server.answers = [feed(entry(1))]
    arxiv.latest(("cs.CV", "cs.XX"), never)
    assert server.requests[0].path == "/atom/cs.CV"
    assert "cs.XX" in notes[0]
    with pytest.raises(BadAnswer):
        arxiv.latest(("xx",), never)


def test_a_refusal_is_told_at_once(arxiv, server):
    server.answers = [
        Answer(400, feed(title="Feed error for query: cs.CV").body)
    ]
    with pytest.raises(BadAnswer):
        arxiv.latest(("cs.CV",), never)


@pytest.mark.parametrize(
    ("part", "slip"),
    [
        ("oai:arXiv.org:2610.00001v1", "oai:arXiv.org:../x"),
        ("oai:arXiv.org:2610.00001v1", "oai:arXiv.org:2610.00001"),
        (f"<published>{DAY}", "<published>2999-01-01"),
        (f"<published>{DAY}", "<published>0999-01-01"),
        ("announce_type>new", "announce_type>other"),
    ],
)
def test_an_entry_with_a_slip_is_left_out_with_a_word(
    arxiv, server, notes, part, slip
):
    server.answers = [feed(entry(0), entry(1).replace(part, slip))]
    found = arxiv.latest(("cs.CV",), never)
    assert (numbers(found), found.day) == ([0], DAY)
    assert "left out" in notes[0]


@pytest.mark.parametrize(
    "fault",
    [
        Answer(body=b"<html>maintenance</html>"),
        Answer(body=feed(entry(1)).body[:500]),
        Answer(body=feed(entry(1)).body, cut=300),
        Answer(body=b"<feed></feed>"),
        Answer(500),
    ],
    ids=["html", "torn", "cut", "dateless", "500"],
)
def test_a_fault_is_mended_by_asking_again(arxiv, server, fault):
    server.answers = [fault, feed(entry(1))]
    assert numbers(arxiv.latest(("cs.CV",), never)) == [1]


def test_a_feed_that_is_throttled_is_left_alone(arxiv, server):
    server.answer = lambda request: Answer(429)
    with pytest.raises(ArxivDown):
        arxiv.latest(("cs.CV",), never)
    assert len(server.requests) == 1


def test_entities_are_not_expanded(arxiv, server):
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = feed(entry(1)).body.replace(b"<feed", doctype + b"<feed", 1)
    body = body.replace(b"A title", b"A &a; &f; title")
    server.answers = [Answer(body=body)]
    (one,) = arxiv.latest(("cs.CV",), never).papers
    assert "aaaa" not in one.paper.title
    assert "root" not in one.paper.title


@given(
    st.binary()
    | st.binary().map(lambda middle: b"<feed>" + middle + b"</feed>")
)
def test_whatever_comes_is_a_feed_or_called_bad(body):
    with suppress(Garbled, BadAnswer):
        check_feed(body)


def test_suffixes_stay_with_their_names():
    assert split_names("Ada Example, Jr., Bo Li,, Ce III ") == (
        "Ada Example Jr.",
        "Bo Li",
        "Ce III",
    )
