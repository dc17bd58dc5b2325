"""Ids are understood as people paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.arxiv_id import ArxivId
from pipeline.errors import UsageError


@pytest.mark.parametrize(
    "text",
    [
        "2409.03605",
        "  2409.03605 \n",
        "arXiv:2409.03605",
        "arxiv: 2409.03605",
        "https://arxiv.org/abs/2409.03605",
        "http://www.arxiv.org/abs/2409.03605/",
        "arxiv.org/pdf/2409.03605",
        "https://arxiv.org/pdf/2409.03605.pdf#page=3",
        "https://export.arxiv.org/html/2409.03605?context=cs",
        "https://doi.org/10.48550/arXiv.2409.03605",
        "10.48550/arXiv.2409.03605",
        "doi:10.48550/ARXIV.2409.03605",
        "oai:arXiv.org:2409.03605",
        "https://ar5iv.labs.arxiv.org/html/2409.03605",
    ],
)
def test_a_paper_is_known_however_it_is_pasted(text):
    assert ArxivId.parse(text) == ArxivId("2409.03605")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2409.03605v2", ArxivId("2409.03605", 2)),
        ("oai:arXiv.org:2610.10541v1", ArxivId("2610.10541", 1)),
        ("https://arxiv.org/pdf/2409.03605v12.pdf", ArxivId("2409.03605", 12)),
        ("arXiv:2409.03605v1 [cs.CV] 5 Sep 2024", ArxivId("2409.03605", 1)),
        ("cs/0112017v3", ArxivId("cs/0112017", 3)),
        ("https://arxiv.org/abs/math.GT/0309136", ArxivId("math.GT/0309136")),
        ("hep-th/9901001", ArxivId("hep-th/9901001")),
    ],
)
def test_versions_and_old_ids_are_read(text, expected):
    assert ArxivId.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "paper.pdf",
        "2409.036",
        "2409.03605v0",
        "2409.03605v3v1",
        "x2409.03605",
        "２４０９.03605",
        "٢٤٠٩.03605",
        "https://example.org/abs/2409.03605",
        "https://arxiv.org/list/cs.CV/new",
        "see 2409.03605 and 2409.03606",
    ],
)
def test_what_is_none_is_refused_with_a_next_step(text):
    with pytest.raises(UsageError) as caught:
        ArxivId.parse(text)
    assert "2409.03605v2" in caught.value.advice


@given(
    st.from_regex(r"[0-9]{4}\.[0-9]{4,5}", fullmatch=True), st.integers(1, 9999)
)
def test_what_is_printed_is_read_back(paper_id, version):
    for wanted in (ArxivId(paper_id), ArxivId(paper_id, version)):
        assert ArxivId.parse(str(wanted)) == wanted


@given(st.text())
def test_no_text_breaks_the_reading(text):
    found = ArxivId.match(text)
    assert found is None or found.id.isascii()
