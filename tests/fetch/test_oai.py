"""Records by OAI-PMH: the same papers as the search API finds."""

from contextlib import suppress
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.retry import Garbled
from pipeline.errors import ArxivDown, BadAnswer
from pipeline.fetch.oai import OaiPmh, check_listing, sets_of
from tests.arxiv_loopback import Answer

HEAD = '<?xml version="1.0"?>{}<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
DAY = date(2026, 10, 1)


FIRST = (
    '<version version="v1"><date>Thu, 01 Oct 2026 08:09:10 GMT</date></version>'
)
SECOND = (
    '<version version="v2"><date>Fri, 09 Oct 2026 01:02:03 GMT</date></version>'
)


def record(
    number,
    title="A talking head",
    versions=FIRST,
    extra="",
    authors="Ada Example",
):
    return (
        f"<record><header><identifier>oai:arXiv.org:2610.{number:05}</identifier></header><metadata>"
        f'<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2610.{number:05}</id><submitter>Ada</submitter>'
        f"{versions}<title>{escape(title)}</title><authors>{escape(authors)}</authors>"
        f"<categories>cs.CV cs.LG</categories>{extra}<abstract> An\n abstract. </abstract>"
        "</arXivRaw></metadata></record>"
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
def oai(client, reader):
    return OaiPmh(client, reader)


def listed(oai, set_="cs:cs:CV"):
    return [paper for page in oai.pages(set_, DAY, DAY) for paper in page]


def ids(papers):
    return [int(paper.id[5:]) for paper in papers]


def test_a_record_becomes_a_paper(oai, server):
    extra = "<comments>12\n pages</comments><journal-ref>J. 1</journal-ref><doi>10.1/x</doi>"
    authors = r"A. B\'{e}rard (1), Plato and Bo Sample, Jr. (2) ((1) Place, (2) Place)"
    server.answers = [
        page([record(1, "Heads & faces", extra=extra, authors=authors)])
    ]
    (paper,) = listed(oai)
    assert (paper.id, paper.version, paper.title) == (
        "2610.00001",
        1,
        "Heads & faces",
    )
    assert paper.authors == ("A. Bérard", "Plato", "Bo Sample Jr.")
    assert (paper.categories, paper.abstract) == (
        ("cs.CV", "cs.LG"),
        "An abstract.",
    )
    assert (
        paper.published
        == paper.updated
        == datetime(2026, 10, 1, 8, 9, 10, tzinfo=UTC)
    )
    assert (paper.comment, paper.journal_ref, paper.doi) == (
        "12 pages",
        "J. 1",
        "10.1/x",
    )


@pytest.mark.parametrize("versions", [FIRST + SECOND, SECOND + FIRST])
def test_versions_have_the_dates_that_are_listed(oai, server, versions):
    server.answers = [page([record(1, versions=versions)])]
    (paper,) = listed(oai)
    assert paper.version == 2
    assert paper.published == datetime(2026, 10, 1, 8, 9, 10, tzinfo=UTC)
    assert paper.updated == datetime(2026, 10, 9, 1, 2, 3, tzinfo=UTC)


def test_pages_are_turned_by_token_and_kept_apart(oai, server):
    server.answers = [page([record(1), record(2)], "a|b c"), page([record(3)])]
    assert ids(listed(oai, "cs")) == [1, 2, 3]
    first, second = server.requests
    assert first.query == {
        "verb": "ListRecords",
        "metadataPrefix": "arXivRaw",
        "from": "2026-10-01",
        "until": "2026-10-01",
        "set": "cs",
    }
    assert second.query == {"verb": "ListRecords", "resumptionToken": "a|b c"}
    assert second.at - first.at >= 3.0


def test_no_records_is_an_empty_list(oai, server):
    server.answers = [refusal("noRecordsMatch")]
    assert listed(oai) == []


def test_other_refusals_are_passed_on(oai, server):
    server.answers = [refusal("badArgument")]
    with pytest.raises(BadAnswer, match="in words"):
        listed(oai)


def test_a_forgotten_token_begins_the_listing_again(oai, server):
    server.answers = [
        page([record(1)], "t"),
        refusal("badResumptionToken"),
        page([record(1)], "u"),
        page([record(2)]),
    ]
    assert ids(listed(oai)) == [1, 2]


def test_deleted_records_are_passed_over(oai, server):
    deleted = '<record><header status="deleted"><identifier>oai:arXiv.org:2610.00009</identifier></header></record>'
    server.answers = [page([deleted, record(1)])]
    assert ids(listed(oai)) == [1]


@pytest.mark.parametrize(
    "fault",
    [
        Answer(503, headers={"Retry-After": "0"}),
        Answer(503, headers={"Retry-After": "5"}),
        Answer(body=b"<html>maintenance</html>"),
        Answer(body=page([record(1)]).body, cut=300),
        Answer(body=page([record(1)]).body[:400]),
        Answer(body=b"<OAI-PMH></broken></OAI-PMH>"),
    ],
    ids=["the edge's 503", "503", "html", "cut", "torn", "broken"],
)
def test_a_fault_is_mended_by_the_same_request(oai, server, clock, fault):
    server.answers = [fault, page([record(1)])]
    assert ids(listed(oai)) == [1]
    first, second = server.requests
    assert first.query == second.query
    assert clock.now - 1000 < 15


def test_a_service_that_asks_to_be_left_alone_is_asked_once(oai, server):
    server.answer = lambda request: Answer(503)
    with pytest.raises(ArxivDown):
        listed(oai)
    assert len(server.requests) == 1


def test_a_token_that_comes_again_is_an_error_and_no_endless_loop(oai, server):
    server.answer = lambda request: page([record(1)], "same")
    with pytest.raises(BadAnswer, match="does not advance"):
        listed(oai)
    assert len(server.requests) < 5


def test_known_records_under_ever_new_tokens_are_an_error(oai, server):
    server.answer = lambda request: page([record(1)], str(len(server.requests)))
    with pytest.raises(BadAnswer, match="does not advance"):
        listed(oai)
    assert len(server.requests) < 5


def test_a_token_that_is_forgotten_again_and_again_is_an_error(oai, server):
    server.answer = lambda request: (
        refusal("badResumptionToken")
        if "resumptionToken" in request.query
        else page([record(1)], "t")
    )
    with pytest.raises(BadAnswer, match="forgetting"):
        listed(oai)


def test_entities_are_not_expanded_and_files_not_read(oai, server):
    doctype = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    hostile = record(1).replace("A talking head", "A &b; talking &f; head")
    server.answers = [page([hostile], doctype=doctype)]
    (paper,) = listed(oai)
    assert "root" not in paper.title
    assert "aaaa" not in paper.title


@pytest.mark.parametrize(
    ("part", "slip"),
    [
        ("<id>2610.00001</id>", "<id>../x</id>"),
        ("<id>2610.00001</id>", "<id></id>"),
        (FIRST, ""),
        (FIRST, FIRST.replace("01 Oct 2026", "01 Oct 2999")),
        (FIRST, FIRST.replace("01 Oct 2026", "99 Oct 2026")),
        (FIRST, FIRST.replace('"v1"', '"v1\x85"')),
        ("cs.CV cs.LG", ""),
    ],
)
def test_a_record_with_a_slip_is_left_out_with_a_word(
    oai, server, notes, part, slip
):
    server.answers = [page([record(1).replace(part, slip), record(2)])]
    assert ids(listed(oai)) == [2]
    assert "left out" in notes[0]


@given(
    st.binary().map(lambda middle: b"<OAI-PMH>" + middle + b"</OAI-PMH>")
    | st.binary()
)
def test_whatever_comes_is_a_listing_or_called_bad(body):
    with suppress(Garbled, BadAnswer):
        check_listing(body)


def test_sets_are_the_narrowest_that_hold_the_categories():
    assert sets_of(
        ("cs.CV", "eess.IV", "cs.LG", "hep-th", "astro-ph.CO", "q-bio")
    ) == [
        "cs:cs:CV",
        "cs:cs:LG",
        "eess:eess:IV",
        "physics:hep-th",
        "physics:astro-ph:CO",
        "q-bio",
    ]
    assert sets_of(("cs.CV", "cs.LG", "cs.AI", "cs.CL")) == ["cs"]


def test_days_are_asked_for_one_by_one(oai, server):
    server.answer = lambda request: page([record(1)])
    pages = oai.days(("cs.CV",), DAY, date(2026, 10, 3))
    assert len(list(pages)) == 3
    assert [one.query["from"] for one in server.requests] == [
        "2026-10-01",
        "2026-10-02",
        "2026-10-03",
    ]
    assert all(
        one.query["from"] == one.query["until"] for one in server.requests
    )
