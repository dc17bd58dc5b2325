"""Statistics of announced papers."""

import numpy as np
import pytest

from pipeline.screen.terms.background import (
    build_background,
    dump_background,
    load_background,
    shipped_background,
)
from pipeline.screen.terms.paper_text import PaperText


@pytest.fixture
def built(background):
    return build_background(
        [PaperText(paper) for paper in background], dimensions=8
    )


def test_a_rare_word_counts_more_than_a_common_one(built):
    assert built.rarity("protein") > built.rarity("study")
    assert built.rarity("unheard") > built.rarity("protein")


def test_papers_of_one_field_lie_together_in_the_reduced_space(built, paper):
    texts = [
        "Tactile fingers of a robot",
        "Grasping soft fruit",
        "Parsing of legal contracts",
    ]
    counted = [PaperText(paper(text)).terms for text in texts]
    first, second, third = built.reduce(built.rows(counted))
    assert first @ second > 0.8
    assert abs(first @ third) < 0.3


def test_what_is_written_is_read(built, background):
    again = load_background(dump_background(built))
    assert again.terms == built.terms
    assert again.abbreviations == built.abbreviations
    rows = built.rows([PaperText(paper).terms for paper in background[:20]])
    before, after = built.reduce(rows), again.reduce(rows)
    assert np.abs(before @ before.T - after @ after.T).max() < 0.02


def test_the_same_papers_give_the_same_bytes(background):
    texts = [PaperText(paper) for paper in background]
    assert dump_background(build_background(texts)) == dump_background(
        build_background(texts)
    )


def test_a_paper_without_any_known_word_is_nowhere(built, paper):
    (place,) = built.reduce(built.rows([PaperText(paper("Zyzzyva")).terms]))
    assert not place.any()


def test_the_background_that_travels_with_the_program_is_small_and_of_many_papers():
    found = shipped_background()
    assert found.size >= 500
    assert found.abbreviations.means("LLM")
