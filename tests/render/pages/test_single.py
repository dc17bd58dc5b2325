"""A review by itself, of a paper on arXiv and of a PDF of one's own."""

from pipeline.paper import Entry
from pipeline.render.pages.single import NO_VERDICT, review_text
from tests import samples


def text_of(**changes):
    return review_text(
        Entry(
            samples.paper(**changes),
            NO_VERDICT,
            samples.document(),
            samples.review(),
        ),
        "zh",
    )


def test_a_paper_of_arxiv_has_its_links_and_pages_in_the_pdf():
    shown = text_of()
    assert "[PDF](https://arxiv.org/pdf/2611.00001v1)" in shown
    assert "[论文链接](https://arxiv.org/abs/2611.00001v1)" in shown
    assert 'href="https://arxiv.org/pdf/2611.00001v1#page=1"' in shown


def test_a_pdf_of_ones_own_has_pages_but_no_link_that_leads_nowhere():
    shown = text_of(version=0, authors=())
    assert "<sup>p1</sup>" in shown
    assert "]()" not in shown
    assert 'href=""' not in shown


def test_a_paper_that_nobody_judged_has_no_score():
    assert "分数" not in text_of()
