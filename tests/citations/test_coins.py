"""References in pages, for reference managers."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

from pipeline.citations.coins import AUTHORS, coins
from tests.render.papers import HOSTILE, paper


def test_a_preprint_names_its_title_authors_date_and_address() -> None:
    found = parse_qs(coins(paper(title=r"\textbf{Heads} that Talk")))
    assert found["rft.atitle"] == ["Heads that Talk"]
    assert found["rft.au"] == ["Jan van der Berg", "Wei Zhang"]
    assert found["rft.genre"] == ["preprint"]
    assert found["rft.date"] == ["2026-11-03"]
    assert found["rft_id"] == ["https://arxiv.org/abs/2611.00001v1"]


def test_an_accepted_paper_names_its_conference_and_doi() -> None:
    one = paper(comment="Accepted by CVPR 2027", doi="10.1/x")
    found = parse_qs(coins(one))
    assert found["rft.genre"] == ["proceeding"]
    assert "info:doi/10.1/x" in found["rft_id"]


def test_hostile_words_end_nothing() -> None:
    for words in HOSTILE:
        text = coins(paper(title=words))
        assert not set(text) & set("<>\"' \n")


def test_of_thousands_a_few_authors_are_named() -> None:
    crowd = replace(paper(), authors=tuple(f"A B{at}" for at in range(3001)))
    assert len(parse_qs(coins(crowd))["rft.au"]) == AUTHORS
