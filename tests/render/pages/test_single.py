"""A review by itself, of a paper on arXiv and of a PDF of one's own."""

import pytest

from pipeline.paper import Entry
from pipeline.render.pages.single import no_verdict, review_text
from tests import samples


def text_of(language="zh", document=None, review=None, **changes):
    return review_text(
        Entry(
            samples.paper(**changes),
            no_verdict,
            document or samples.document(),
            review or samples.review(),
        ),
        language,
    )


def line_of(label, text):
    (line,) = (line for line in text.splitlines() if f"**{label}**" in line)
    return line.partition(f"**{label}**")[2].lstrip("：: ")


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


@pytest.mark.parametrize(
    ("language", "authors", "none"),
    [("zh", "匿名稿件", "无"), ("en", "Anonymous manuscript", "None")],
)
def test_a_manuscript_that_names_nobody_is_called_anonymous(
    language, authors, none
):
    shown = text_of(
        language,
        samples.document(first_affiliation="Institution A, City"),
        samples.review(affiliation=""),
        version=0,
        authors=("First Author", "Second Author"),
    )
    assert line_of("Authors", shown) == authors
    assert line_of("Affiliation", shown) == none
    assert "Institution" not in shown
    assert "First Author" not in shown


def test_without_any_fact_no_empty_entry_stands_in_the_list():
    shown = text_of(
        document=samples.document(first_affiliation="", code_urls=()),
        review=samples.review(affiliation=""),
        version=0,
    )
    assert "-" not in map(str.strip, shown.splitlines())
