"""The small arXiv is fetched through the same code as the real one."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.config_file import load
from pipeline.demo.search import compiled
from pipeline.demo.server import demo_arxiv, records_of
from pipeline.errors import BadAnswer, NoPdf
from pipeline.fetch.api import SearchApi
from pipeline.fetch.listing_client import ListingClient
from pipeline.fetch.pdf_download import PdfDownloads
from pipeline.fetch.query import (
    Window,
    is_listed_in,
    listing_query,
    topic_categories,
)
from pipeline.fetch.record_xml import RecordReader

NOW = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
LAST_NIGHT = Window(NOW - timedelta(days=1), NOW)
RECORD = {
    "title": "A talking-head",
    "abstract": "Some faces.",
    "authors": ["Ada Example"],
    "categories": ["cs.CV"],
}


@pytest.fixture
def settings():
    with demo_arxiv(NOW) as urls:
        yield load(environ={}).arxiv.model_copy(
            update={"api": urls.api, "pdf": urls.pdf, "interval": 0.001}
        )


def test_the_papers_are_of_last_night_whenever_that_is():
    for now in (NOW, datetime(1999, 1, 1, tzinfo=UTC)):
        moments = [
            datetime.fromisoformat(record["published"])
            for record in records_of(now)
        ]
        assert all(
            timedelta(0) < now - moment < timedelta(days=1)
            for moment in moments
        )


def search(settings, query):
    reader = RecordReader(lambda: NOW, lambda words: None)
    return list(SearchApi(ListingClient(settings), reader).search(query))


@pytest.mark.parametrize(
    "name", ["Talking Head", "Facial Expression Recognition"]
)
def test_shipped_topics_find_their_papers(settings, name):
    categories = topic_categories(load(environ={}).topic(name))
    found = search(settings, listing_query(categories, LAST_NIGHT))
    everything = search(settings, str(LAST_NIGHT))
    assert found
    assert found == [
        one for one in everything if is_listed_in(one.categories, categories)
    ]


def test_another_night_has_papers_of_its_own():
    ids = [
        {record["id"] for record in records_of(NOW + timedelta(days=days))}
        for days in (0, 1)
    ]
    assert not ids[0] & ids[1]


async def test_every_paper_has_a_whole_pdf(settings, tmp_path):
    papers = await asyncio.to_thread(search, settings, str(LAST_NIGHT))
    fast = settings.model_copy(update={"pdf_interval": 0.0})
    async with PdfDownloads(fast) as pdfs:
        for paper in papers:
            assert (
                await pdfs.download(paper, tmp_path)
            ).stat().st_size < 150_000
    assert len(papers) >= 6


async def test_other_papers_have_none(settings, tmp_path):
    paper = (await asyncio.to_thread(search, settings, str(LAST_NIGHT)))[0]
    async with PdfDownloads(
        settings.model_copy(update={"pdf": settings.pdf + "/.."})
    ) as pdfs:
        with pytest.raises(NoPdf):
            await pdfs.download(paper, tmp_path)


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ('ti:"talking head"', True),
        ('ti:"talking heads" AND abs:face', True),
        ('ti:"head talking"', False),
        ("cat:cs.* ANDNOT (abs:faces OR au:nobody)", False),
        ("(cat:cs.LG OR all:example) ANDNOT cat:cs.LG", True),
    ],
)
def test_questions_are_understood(query, holds):
    assert compiled(query)(RECORD) is holds


@pytest.mark.parametrize(
    "query", ["", "(ti:a", "ti:a)", "AND", "ti:a AND", "xx:a"]
)
def test_malformed_questions_are_refused_as_arxiv_does(settings, query):
    with pytest.raises(BadAnswer):
        search(settings, query)
