"""Sparse rows of tf-idf weights."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.tfidf import tfidf_rows

COUNTED = st.lists(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), max_size=6),
    min_size=1,
    max_size=6,
)


def test_a_rare_term_weighs_more_and_each_row_is_of_length_one():
    rows = tfidf_rows([{"a": 1, "b": 1}, {"a": 1}])
    (common, rare) = rows.row(0)[1]
    assert rare / common == pytest.approx(1 + log(3 / 2))
    assert np.hypot(common, rare) == pytest.approx(1)


@given(COUNTED)
def test_a_product_is_that_of_the_full_matrix(counted):
    rows = tfidf_rows(counted)
    size = int(rows.terms.max(initial=-1)) + 1
    full = np.zeros((len(rows), size))
    for place in range(len(rows)):
        terms, weights = rows.row(place)
        full[place, terms] = weights
    vector = np.arange(size, dtype=float)
    assert np.allclose(rows.times(vector), full @ vector, atol=1e-5)
    turned = rows.transposed(size)
    assert np.allclose(
        turned.times(np.ones(len(rows))), full.sum(axis=0), atol=1e-5
    )
    back = rows.take(range(len(rows)))
    assert (back.starts == rows.starts).all()
    assert (back.weights == rows.weights).all()
