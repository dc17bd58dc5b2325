"""Reference lists, told apart by content."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.screen.learning.reference_lists import (
    read_references,
    read_zotero_items,
    tell_format,
)

BIBTEX = """
@article{one, title = {{Talking} Heads of {\\'E}clair}, abstract = {We animate.},
  eprint = {2409.03605v2}, archiveprefix = {arXiv}}
@inproceedings{two, title = "Lip Sync", url = {https://arxiv.org/abs/cs/0112017}}
"""
RIS = """TY  - JOUR
TI  - Talking Heads
AB  - We animate.
UR  - https://arxiv.org/abs/2409.03605
ER  -
TY  - CONF
T1  - Lip Sync
ER  -
"""
CSL = [
    {
        "title": "Talking <i>Heads</i>",
        "abstract": "We animate.",
        "DOI": "10.48550/arXiv.2409.03605",
    },
    {"title": "Lip Sync"},
]


def test_bibtex_gives_titles_abstracts_and_ids():
    first, second = read_references(BIBTEX)
    assert first.title.startswith("Talking Heads of")
    assert (first.abstract, first.arxiv_id) == ("We animate.", "2409.03605")
    assert (second.title, second.arxiv_id) == ("Lip Sync", "cs/0112017")


@pytest.mark.parametrize("text", [RIS, "\ufeff" + RIS, json.dumps(CSL)])
def test_ris_and_csl_json_too(text):
    first, second = read_references(text)
    assert (first.title, first.abstract) == ("Talking Heads", "We animate.")
    assert (first.arxiv_id, second.arxiv_id) == ("2409.03605", "")
    assert second.id.startswith("title-")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (BIBTEX, "bibtex"),
        (RIS, "ris"),
        (json.dumps(CSL), "csl-json"),
        (json.dumps(CSL[0]), "csl-json"),
        ('{"id": "2409.03605", "rating": "keep"}', "ratings"),
        ('{"id": "2409.03605", "rating": "keep"}\n{"id": "2409.03606", "rating": "skip"}', "ratings"),
        ("", "ratings"),
    ],
)  # fmt: skip
def test_the_format_is_told_by_the_content(text, name):
    assert tell_format(text) == name


def test_items_of_zotero_are_read():
    items = [
        {"data": {"title": "Talking Heads", "abstractNote": "We animate.", "extra": "arXiv:2409.03605 [cs]"}},
        {"data": {"itemType": "attachment", "title": ""}},
        {"meta": {}},
    ]  # fmt: skip
    (found,) = read_zotero_items(items)
    assert (found.arxiv_id, found.abstract) == ("2409.03605", "We animate.")


@pytest.mark.parametrize(
    "text", ["[]", "[1, 2]", "@article{x, year = 2020}", '[{"title": 3}]']
)
def test_a_list_without_a_paper_is_an_error(text):
    with pytest.raises(UsageError):
        read_references(text)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text):
    for start in (
        "@article{a, title = {",
        "TY  - JOUR\nTI  - ",
        '[{"title": "',
    ):
        try:
            read_references(start + text)
        except UsageError:
            continue
