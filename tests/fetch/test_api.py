"""The search API, spoken to over loopback."""

import itertools
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.retry import Garbled
from pipeline.errors import ArxivDown, BadAnswer, ConfigError, UsageError
from pipeline.fetch.api import ApiLimits, SearchApi, check_search_page
from tests.arxiv_loopback import Answer

START = datetime(2026, 10, 1, tzinfo=UTC)
HTML = Answer(
    body=b"<html><body>arXiv is under maintenance</body></html>",
    headers={"Content-Type": "text/html"},
)


def entry(number, title="A title", version=1):
    moment = f"{START + timedelta(minutes=number):%Y-%m-%dT%H:%M:%SZ}"
    return (
        f"<entry><id>http://arxiv.org/abs/2610.{number:05}v{version}</id><title>{escape(title)}</title>"
        f"<updated>{moment}</updated><published>{moment}</published><summary> An\n  abstract. </summary>"
        "<author><name>Ada  Example</name></author><author><name>Bo Sample</name></author>"
        '<category term="cs.LG"/><category term="cs.CV"/><arxiv:primary_category term="cs.CV"/>'
        "<arxiv:comment>12 pages,\n 3 figures</arxiv:comment><arxiv:doi>10.1/x</arxiv:doi></entry>"
    )


def feed(entries, total, start=0):
    return Answer(
        body=(
            '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
            ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
            f"<opensearch:totalResults>{total}</opensearch:totalResults><opensearch:startIndex>{start}"
            f"</opensearch:startIndex>{''.join(entries)}</feed>\n"
        ).encode()
    )


def listing(numbers):
    """Answers pages of these entries as they are asked for."""

    def answer(request):
        start, size = (
            int(request.query["start"]),
            int(request.query["max_results"]),
        )
        return feed(
            [entry(n) for n in numbers[start : start + size]],
            len(numbers),
            start,
        )

    return answer


@pytest.fixture
def arxiv(client, reader):
    return SearchApi(client, reader)


def ids(papers):
    return [int(paper.id[5:]) for paper in papers]


def test_an_entry_becomes_a_paper(arxiv, server):
    server.answers = [
        feed([entry(7, "Heads &  <i>faces</i>\n that talk", version=3)], 1)
    ]
    (paper,) = arxiv.search("x")
    assert (paper.id, paper.version) == ("2610.00007", 3)
    assert (paper.title, paper.abstract) == (
        "Heads & <i>faces</i> that talk",
        "An abstract.",
    )
    assert paper.authors == ("Ada Example", "Bo Sample")
    assert paper.categories == ("cs.CV", "cs.LG")
    assert paper.published == paper.updated == START + timedelta(minutes=7)
    assert (paper.comment, paper.doi, paper.journal_ref) == (
        "12 pages, 3 figures",
        "10.1/x",
        "",
    )


def test_requests_name_the_program_and_a_contact_and_what_they_take(
    arxiv, server
):
    server.answers = [feed([], 0)]
    assert list(arxiv.search('ti:"talking head"')) == []
    (request,) = server.requests
    assert request.headers["User-Agent"].startswith("arxiv-screen/")
    assert "a@b.example" in request.headers["User-Agent"]
    assert request.headers["Accept"] == "application/atom+xml"
    assert request.query["search_query"] == 'ti:"talking head"'
    assert (request.query["sortBy"], request.query["sortOrder"]) == (
        "submittedDate",
        "ascending",
    )


def test_pages_are_turned_to_the_end_and_kept_three_seconds_apart(
    arxiv, server
):
    server.answer = listing(range(7))
    assert ids(arxiv.search("x")) == list(range(7))
    times = [request.at for request in server.requests]
    assert [request.query["start"] for request in server.requests] == [
        "0",
        "1",
        "3",
        "5",
    ]
    assert all(
        later - earlier >= 3.0 for earlier, later in itertools.pairwise(times)
    )


def test_pages_are_asked_for_only_when_they_are_wanted(arxiv, server):
    server.answer = listing(range(7))
    papers = arxiv.search("x")
    next(papers)
    next(papers)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Answer(503, headers={"Retry-After": "1"}),
        Answer(429, headers={"Retry-After": "0"}),
        Answer(500),
        HTML,
        feed([], 5),
        Answer(body=feed([entry(1)], 1).body, cut=200),
        Answer(
            body=feed([entry(1)], 1).body[:600],
            headers={"Content-Length": None, "Connection": "close"},
        ),
        Answer(body=b"<feed></feed>"),
        Answer(body=b""),
    ],
    ids=[
        "503",
        "429",
        "500",
        "html",
        "empty",
        "cut",
        "torn",
        "headless",
        "nothing",
    ],
)
def test_a_fault_is_waited_out(arxiv, server, fault):
    server.answers = [fault, fault, feed([entry(1)], 1)]
    assert ids(arxiv.search("x")) == [1]
    times = [request.at for request in server.requests]
    assert len(times) == 3
    assert all(
        later - earlier >= 3.0 for earlier, later in itertools.pairwise(times)
    )


def test_retry_after_is_obeyed(arxiv, server):
    server.answers = [Answer(503, headers={"Retry-After": "60"}), feed([], 0)]
    list(arxiv.search("x"))
    assert server.requests[1].at - server.requests[0].at >= 60


@pytest.mark.parametrize("status", [403, 406, 429, 503])
def test_a_service_that_asks_to_be_left_alone_is_asked_once(
    arxiv, server, status
):
    server.answer = lambda request: Answer(status)
    with pytest.raises(ArxivDown) as caught:
        list(arxiv.search("x"))
    assert (caught.value.status, caught.value.throttled) == (status, True)
    assert len(server.requests) == 1


def test_a_long_retry_after_is_left_to_the_caller(arxiv, server, clock):
    server.answer = lambda request: Answer(503, headers={"Retry-After": "3600"})
    with pytest.raises(ArxivDown) as caught:
        list(arxiv.search("x"))
    assert caught.value.after == 3600
    assert clock.now - 1000 < 60


def test_html_for_ever_is_a_bad_answer_not_an_empty_night(arxiv, server):
    server.answer = lambda request: HTML
    with pytest.raises(BadAnswer) as caught:
        list(arxiv.search("x"))
    assert "under maintenance" in caught.value.excerpt


def test_no_server_is_reported_soon(arxiv, clock, server):
    server.close()
    with pytest.raises(ArxivDown):
        list(arxiv.search("x"))
    assert clock.now - 1000 < 60


def test_arxivs_own_words_about_a_bad_question_are_passed_on_at_once(
    arxiv, server
):
    refusal = (
        "<entry><id>https://arxiv.org/api/errors#malformed</id><title>Error</title>"
        "<summary>malformed query</summary><updated>2026-01-01T00:00:00Z</updated></entry>"
    )
    for status in (200, 400):
        server.answers = [Answer(status, feed([refusal], 1).body)]
        with pytest.raises(BadAnswer, match="malformed query"):
            list(arxiv.search("ti:("))


def test_a_wrong_address_is_reported_at_once(arxiv, server):
    server.answer = lambda request: Answer(404, b"not found")
    with pytest.raises(BadAnswer, match="404"):
        list(arxiv.search("x"))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "address", ["", "arxiv", "ftp://x/y", "http://x:port/"]
)
def test_an_address_that_is_none_is_an_error_of_the_configuration(
    settings, connect, reader, address
):
    settings = settings.model_copy(update={"api": address})
    with pytest.raises(ConfigError):
        list(SearchApi(connect(settings), reader).search("x"))


def test_a_redirection_passes_the_gate_too(arxiv, server):
    server.answers = [
        Answer(301, headers={"Location": "/moved?start=0"}),
        feed([entry(1)], 1),
    ]
    assert ids(arxiv.search("x")) == [1]
    first, second = server.requests
    assert second.path == "/moved"
    assert second.at - first.at >= 3.0


def test_redirections_in_a_circle_end(arxiv, server):
    server.answer = lambda request: Answer(302, headers={"Location": "/again"})
    with pytest.raises(BadAnswer, match="302"):
        list(arxiv.search("x"))
    assert len(server.requests) < 10


@given(
    st.binary()
    | st.binary().map(lambda middle: b"<feed>" + middle + b"</feed>")
)
def test_whatever_comes_is_a_feed_or_called_bad(body):
    with suppress(Garbled, BadAnswer):
        check_search_page(body)


@pytest.mark.parametrize(
    "piece",
    [b"<id>http://arxiv.org/api/errors</id>", b"<totalResults", b"<summary"],
)
def test_a_large_feed_of_unfinished_tags_is_turned_away_at_once(piece):
    """Looking for the end of each of them as far as the feed goes would take minutes."""
    with pytest.raises(Garbled):
        check_search_page(
            b"<feed><id>http://arxiv.org/api/errors</id>"
            + piece * 50_000
            + b"</feed>"
        )


def test_a_paper_that_comes_while_pages_are_turned_shifts_nothing(
    arxiv, server
):
    def answer(request):
        return listing(range(5 + len(server.requests)))(request)

    server.answer = answer
    found = ids(arxiv.search("x"))
    assert found == sorted(set(found))
    assert set(range(5)) <= set(found)


def test_a_paper_that_slips_between_pages_is_fetched_again(arxiv, server):
    """A record of the first page goes, so the second page begins one too late."""

    def answer(request):
        return listing(
            [0, 1, 2, 3, 4] if len(server.requests) == 1 else [1, 2, 3, 4, 5]
        )(request)

    server.answer = answer
    assert sorted(ids(arxiv.search("x"))) == [0, 1, 2, 3, 4, 5]


def test_fewer_papers_than_announced_are_not_passed_over_in_silence(
    arxiv, server
):
    server.answer = lambda request: feed(
        [entry(1), entry(2)], 4, int(request.query["start"])
    )
    found = []
    with pytest.raises(BadAnswer, match="2 papers fewer"):
        found.extend(arxiv.search("x"))
    assert server.requests


def test_long_listings_are_taken_up_again_at_the_last_date(
    client, reader, server
):
    arxiv = SearchApi(client, reader, ApiLimits(deep=4))

    def answer(request):
        since = request.query["search_query"].rpartition("[")[2][:12]
        later = [
            n
            for n in range(10)
            if not since.isdecimal()
            or f"{START + timedelta(minutes=n):%Y%m%d%H%M}" >= since
        ]
        return listing(later)(request)

    server.answer = answer
    assert ids(arxiv.search("x")) == list(range(10))
    assert max(int(request.query["start"]) for request in server.requests) < 4
    assert (
        server.requests[-1]
        .query["search_query"]
        .startswith("(x) AND submittedDate:[20261001")
    )


def test_papers_are_fetched_by_id_a_hundred_at_a_time(arxiv, server):

    def answer(request):
        wanted = [
            int(paper_id[5:])
            for paper_id in request.query["id_list"].split(",")
        ]
        return feed([entry(n) for n in wanted], len(wanted))

    server.answer = answer
    assert ids(arxiv.by_id(f"2610.{n:05}" for n in range(101))) == list(
        range(101)
    )
    assert all(
        len(request.query["id_list"].split(",")) <= 100
        for request in server.requests
    )


def test_what_is_no_id_is_not_sent(arxiv, server):
    with pytest.raises(UsageError, match="nonsense"):
        list(arxiv.by_id(["2610.00001", "nonsense"]))
    assert server.requests == []


@pytest.mark.parametrize(
    ("part", "slip"),
    [
        (
            "http://arxiv.org/abs/2610.00001v1",
            "http://arxiv.org/abs/../../etc/passwd",
        ),
        ("http://arxiv.org/abs/2610.00001v1", "http://arxiv.org/"),
        ("http://arxiv.org/abs/2610.00001v1", "2610.1v1"),
        ("2026-10-01T00:01:00Z", "yesterday"),
        ("2026-10-01T00:01:00Z", "2999-01-01T00:00:00Z"),
        ("2026-10-01T00:01:00Z", "0999-01-01T00:00:00Z"),
        ("2026-10-01T00:01:00Z", "0001-01-01T00:00:00+14:00"),
        ("2026-10-01T00:01:00Z", "9999-12-31T23:59:59-14:00"),
        ("<title>A title</title>", "<title> </title>"),
    ],
)
def test_a_record_with_a_slip_is_left_out_with_a_word(
    arxiv, server, notes, part, slip
):
    page = [entry(0), entry(1).replace(part, slip), entry(2)]
    server.answer = lambda request: feed(page, 3, int(request.query["start"]))
    server.answer = lambda request: (
        feed(page[:2], 3)
        if request.query["start"] == "0"
        else feed(page[1:], 3, 1)
    )
    assert ids(arxiv.search("x")) == [0, 2]
    assert "left out" in notes[0]


def test_old_ids_keep_their_archive(arxiv, server):
    server.answers = [
        feed([entry(1).replace("2610.00001v1", "math.AG/0112017v2")], 1)
    ]
    (paper,) = arxiv.search("x")
    assert (paper.id, paper.version) == ("math.AG/0112017", 2)
