"""The head of a page names its paper for reference managers."""

from dataclasses import replace

from pipeline.citations.meta_tags import meta_tags
from tests.render.sample_posts import paper


def tags(**fields):
    found = {}
    for name, content in meta_tags(replace(paper(), **fields)):
        found.setdefault(name, []).append(content)
    return found


def test_title_every_author_and_the_day_are_named():
    found = tags(title=r"Caf\'e Heads", authors=("Ada Example", "Bo Sample"))
    assert found["citation_title"] == ["Café Heads"]
    assert found["citation_author"] == ["Ada Example", "Bo Sample"]
    (day,) = found["citation_publication_date"]
    assert len(day.split("/")) == 3


def test_a_preprint_has_its_number_for_a_journal():
    found = tags(comment="", journal_ref="")
    assert found["citation_journal_title"] == [f"arXiv:{paper().id}"]
    assert "citation_conference_title" not in found


def test_a_venue_stands_under_its_kind():
    found = tags(comment="Accepted at CVPR 2026", journal_ref="")
    assert "Vision" in found["citation_conference_title"][0]
    assert "citation_journal_title" not in found


def test_what_is_not_known_has_no_tag():
    found = tags(doi="", version=0)
    assert not {"citation_doi", "citation_arxiv_id", "citation_pdf_url"} & set(
        found
    )
