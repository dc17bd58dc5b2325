"""One paper's review by itself."""

from pipeline.paper import Entry
from pipeline.render.single import NO_VERDICT, review_text
from tests.samples import document, paper, review


def text(**changes):
    return review_text(Entry(paper(1, **changes), NO_VERDICT, document(), review()), "zh")


def test_it_holds_the_whole_review_and_no_score_nobody_gave():
    shown = text()
    assert shown.startswith("# Talking Head Study 1\n")
    assert "**Summary**" in shown
    assert "分数" not in shown
    assert "[arXiv](https://arxiv.org/abs/2611.00001v1)" in shown
    assert "<img" not in shown


def test_a_pdf_of_ones_own_leads_to_no_page_on_arxiv():
    assert "arxiv.org" not in text(version=0, authors=())
