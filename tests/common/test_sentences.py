"""Sentences are slices of the text, and abbreviations, figures and initials do not end them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We follow Smith et al. [12] and others. It works.", 2),
        ("See Fig. 3 for lamps, e.g. Red ones. The rest is dark.", 2),
        ("The score is 94.37 on Sec. 4.2 data (cf. Eq. 5). We stop.", 2),
        ("It was built by J. R. Lamp in the U.S. in 1999. He left.", 2),
        ("Lamps vs. stars differ. Dr. Glow agrees.", 2),
        ("This is shown by Other et al. We propose more.", 2),
        ("“Lamps glow.” (They do.) Boats float!", 3),
        ("本文提出一种方法。该方法很快！是否有效？", 3),
        ("No end here", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, parts):
    assert len(list(split_sentences(text))) == parts


@given(st.text(max_size=300))
def test_every_sentence_stands_in_the_text_and_nothing_is_lost(text):
    parts = list(split_sentences(text))
    assert all(part in text for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
