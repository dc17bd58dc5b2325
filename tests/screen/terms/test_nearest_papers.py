"""What the papers nearest to a paper say of a topic."""

import numpy as np
import pytest

from pipeline.screen.terms.background import build_background
from pipeline.screen.terms.corpus import Corpus
from pipeline.screen.terms.nearest_papers import Neighbourhood, neighbour_limits
from pipeline.screen.terms.paper_text import PaperText


@pytest.fixture
def corpus(background):
    """Papers of eight fields."""
    texts = [PaperText(one) for one in background]
    return Corpus(texts, build_background(texts, dimensions=8))


def test_the_nearest_papers_are_those_with_the_same_words(corpus):
    near, alike = corpus.nearest_to(0, 5)
    assert len(near) == 5
    assert 0 not in near
    words = corpus.texts[0].words
    shared = [len(words & corpus.texts[place].words) for place in near]
    every = [len(words & text.words) for text in corpus.texts]
    assert min(shared) > np.median(every)
    assert (alike > 0).all()


def test_likeness_to_a_paper_is_the_cosine_of_their_words(corpus):
    near, alike = corpus.nearest(*corpus.rows.row(3), len(corpus))
    dense = np.zeros((len(corpus), len(corpus.background.terms)))
    for place in range(len(corpus)):
        terms, weights = corpus.rows.row(place)
        dense[place, terms] = weights
    assert np.allclose(alike, (dense @ dense[3])[near], atol=1e-5)


def test_fewer_papers_than_are_asked_for_are_all_of_them(corpus):
    near, _ = corpus.nearest_to(0, 10 * len(corpus))
    assert set(near) == set(range(len(corpus)))


def test_a_paper_among_papers_of_the_topic_has_more_than_one_among_strangers(
    corpus,
):
    near, _ = corpus.nearest_to(0, neighbour_limits.papers)
    proof = np.zeros(len(corpus))
    proof[near] = 1.0
    around = Neighbourhood(corpus, proof)
    everyone, alike = corpus.nearest_to(0, len(corpus))
    place = int(everyone[alike.argsort()[1]])  # the first is the paper itself
    among, apart = around.measure(corpus.rows, [0, place], own=True)[[0, place]]
    assert among > 0 > apart


def test_no_paper_is_its_own_neighbour(corpus):
    proof = np.zeros(len(corpus))
    proof[0] = 1.0
    (own, *_) = Neighbourhood(corpus, proof).measure(corpus.rows, [0], own=True)
    (other, *_) = Neighbourhood(corpus, proof).measure(
        corpus.rows, [0], own=False
    )
    assert own < other


def test_rows_that_are_not_asked_for_have_the_least_figure(corpus):
    around = Neighbourhood(corpus, np.ones(len(corpus)))
    found = around.measure(corpus.rows, [], own=True)
    assert (found == neighbour_limits.least).all()


def test_a_topic_that_no_paper_names_has_no_news_anywhere(corpus):
    around = Neighbourhood(corpus, np.zeros(len(corpus)))
    found = around.measure(corpus.rows, range(len(corpus)), own=True)
    assert np.allclose(found, 0)
