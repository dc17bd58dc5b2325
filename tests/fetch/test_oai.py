"""Records by OAI-PMH: the same papers as the search API finds."""

from contextlib import suppress
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.retry import Garbled
from pipeline.errors import ArxivDown, BadAnswer
from pipeline.fetch.oai import Oai, check_listing, sets_of
from pipeline.fetch.query import Window
from pipeline.paper import Topic
from tests.arxiv_loopback import Answer

HEAD = '<?xml version="1.0"?>{}<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
DAY = date(2026, 10, 1)


def record(number, title="A talking head", updated="", extra=""):
    return (
        f"<record><header><identifier>oai:arXiv.org:2610.{number:05}</identifier></header><metadata>"
        f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2610.{number:05}</id><created>2026-10-01</created>{updated}'
        "<authors><author><keyname>Example</keyname><forenames>Ada</forenames><suffix>Jr</suffix></author>"
        "<author><keyname>Plato</keyname></author></authors>"
        f"<title>{escape(title)}</title><categories>cs.CV cs.LG</categories><abstract> An\n abstract. </abstract>"
        f"{extra}</arXiv></metadata></record>"
    )


def page(records, token="", doctype=""):
    tail = f"<resumptionToken>{token}</resumptionToken>" if token else ""
    return Answer(
        body=f"{HEAD.format(doctype)}<ListRecords>{''.join(records)}{tail}</ListRecords></OAI-PMH>\n".encode()
    )


def refusal(code):
    return Answer(
        body=f'{HEAD.format("")}<error code="{code}">in words</error></OAI-PMH>'.encode()
    )


@pytest.fixture
def oai(settings, clock):
    with Oai(
        settings, clock=clock, wall=clock, sleep=clock.sleep, jitter=lambda: 0.5
    ) as client:
        yield client


def ids(papers):
    return [int(paper.id[5:]) for paper in papers]


def test_a_record_becomes_a_paper(oai, server):
    extra = "<comments>12\n pages</comments><journal-ref>J. 1</journal-ref><doi>10.1/x</doi>"
    server.answers = [page([record(1, "Heads & faces", extra=extra)])]
    (paper,) = oai.records(since=DAY)
    assert (paper.id, paper.version, paper.title) == ("2610.00001", 1, "Heads & faces")
    assert paper.authors == ("Ada Example Jr", "Plato")
    assert (paper.categories, paper.abstract) == (("cs.CV", "cs.LG"), "An abstract.")
    assert paper.published == paper.updated == datetime(2026, 10, 1, tzinfo=UTC)
    assert (paper.comment, paper.journal_ref, paper.doi) == (
        "12 pages",
        "J. 1",
        "10.1/x",
    )


def test_a_replaced_paper_is_at_least_version_two(oai, server):
    server.answers = [page([record(1, updated="<updated>2026-10-09</updated>")])]
    (paper,) = oai.records(since=DAY)
    assert (paper.version, paper.updated) == (2, datetime(2026, 10, 9, tzinfo=UTC))


def test_pages_are_turned_by_token_and_kept_apart(oai, server):
    server.answers = [page([record(1), record(2)], "a|b c"), page([record(3)])]
    assert ids(oai.records(since=DAY, until=DAY, set_="cs")) == [1, 2, 3]
    first, second = server.requests
    assert first.query == {
        "verb": "ListRecords",
        "metadataPrefix": "arXiv",
        "from": "2026-10-01",
        "until": "2026-10-01",
        "set": "cs",
    }
    assert second.query == {"verb": "ListRecords", "resumptionToken": "a|b c"}
    assert second.at - first.at >= 3.0


def test_no_records_is_an_empty_list(oai, server):
    server.answers = [refusal("noRecordsMatch")]
    assert list(oai.records(since=DAY)) == []


def test_other_refusals_are_passed_on(oai, server):
    server.answers = [refusal("badArgument")]
    with pytest.raises(BadAnswer, match="in words"):
        list(oai.records(since=DAY))


def test_a_forgotten_token_begins_the_listing_again(oai, server):
    server.answers = [
        page([record(1)], "t"),
        refusal("badResumptionToken"),
        page([record(1)], "u"),
        page([record(2)]),
    ]
    assert ids(oai.records(since=DAY)) == [1, 2]


def test_deleted_records_are_passed_over(oai, server):
    deleted = '<record><header status="deleted"><identifier>oai:arXiv.org:2610.00009</identifier></header></record>'
    server.answers = [page([deleted, record(1)])]
    assert ids(oai.records(since=DAY)) == [1]


@pytest.mark.parametrize(
    "fault",
    [
        Answer(503, headers={"Retry-After": "5"}),
        Answer(429),
        Answer(body=b"<html>maintenance</html>"),
        Answer(body=page([record(1)]).body, cut=300),
        Answer(body=page([record(1)]).body[:400]),
    ],
    ids=["503", "429", "html", "cut", "torn"],
)
def test_a_fault_is_waited_out(oai, server, fault):
    server.answers = [fault, page([record(1)])]
    assert ids(oai.records(since=DAY)) == [1]


def test_throttling_past_the_limit_is_an_error(oai, server):
    server.answer = lambda request: Answer(503)
    with pytest.raises(ArxivDown):
        list(oai.records(since=DAY))


def test_entities_are_not_expanded_and_files_not_read(oai, server):
    doctype = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    hostile = record(1).replace("A talking head", "A &b; talking &f; head")
    server.answers = [page([hostile], doctype=doctype)]
    (paper,) = oai.records(since=DAY)
    assert "root" not in paper.title
    assert "aaaa" not in paper.title


@pytest.mark.parametrize("bad", ["<id>../x</id>", "<id></id>"])
def test_a_record_without_an_id_is_a_bad_answer(oai, server, bad):
    server.answers = [page([record(1).replace("<id>2610.00001</id>", bad)])]
    with pytest.raises(BadAnswer):
        list(oai.records(since=DAY))


@given(
    st.binary().map(lambda middle: b"<OAI-PMH>" + middle + b"</OAI-PMH>") | st.binary()
)
def test_whatever_comes_is_a_listing_or_called_bad(body):
    with suppress(Garbled, BadAnswer):
        check_listing(body)


def test_archives_of_physics_are_subsets():
    assert sets_of(("cs.CV", "eess.IV", "cs.LG", "hep-th", "astro-ph.CO")) == [
        "cs",
        "eess",
        "physics:hep-th",
        "physics:astro-ph",
    ]
    assert sets_of(()) == [""]


def test_a_search_sifts_by_topic_and_window_and_gives_each_paper_once(oai, server):
    server.answer = lambda request: page([record(1), record(2, "Walking heads")])
    topic = Topic("x", ("talking head",), ("cs.CV", "eess.IV"))
    assert ids(oai.search(topic, Window.of_days(DAY, DAY))) == [1]
    assert [request.query["set"] for request in server.requests] == ["cs", "eess"]
    assert (
        ids(oai.search(topic, Window.of_days(date(2026, 10, 2), date(2026, 10, 3))))
        == []
    )
